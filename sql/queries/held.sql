-- SPDX-License-Identifier: Apache-2.0
-- All that is held of a customer and of the people there, for whoever asks for their data. The columns are the names in the file.

-- name: held_scan
-- Every customer and everybody there, retired too, by what they can be found; who was merged, under the main one.
-- row: customer_id int, person_id int, code text, customer text, person text, phone text, email text, tax_id text, own_code text
SELECT id AS customer_id, CAST(0 AS BIGINT) AS person_id, code, name AS customer, '' AS person, phone, email, tax_id,
    code AS own_code
FROM customer
UNION ALL
SELECT c.id, CAST(0 AS BIGINT), c.code, a.name, '', a.phone, a.email, a.tax_id, a.code
FROM duplicate_merge m JOIN duplicate_absorbed a ON a.id = m.customer_id JOIN customer c ON c.id = m.main_id
UNION ALL
SELECT p.customer_id, p.id, c.code, c.name, p.name, p.phone, p.email, '', c.code
FROM person p JOIN customer c ON c.id = p.customer_id;

-- name: held_customer
-- The customer as it stands, then those merged into it.
-- args: customer_id int
-- row: code text, name text, tax_id text, phone text, email text, company text, rep text, segment text, region text
-- row: city text, closed_on int?, last_contact_on int?, registered_on int?, credit_cents int?, blocked int?
SELECT c.code, c.name, c.tax_id, c.phone, c.email, company.code AS company, rep.code AS rep, segment.code AS segment,
    region.code AS region, city.code AS city, c.closed_on, c.last_contact AS last_contact_on, c.registered_on,
    c.credit_cents, c.blocked
FROM (SELECT id, code, name, tax_id, phone, email, company_id, rep_id, segment_id, region_id, city_id, closed_on, last_contact,
        registered_on, credit_cents, blocked, 0 AS place FROM customer WHERE id = $1
    UNION ALL
    SELECT a.id, a.code, a.name, a.tax_id, a.phone, a.email, a.company_id, a.rep_id, a.segment_id, a.region_id, a.city_id, a.closed_on,
        a.last_contact, a.registered_on, a.credit_cents, a.blocked, 1
    FROM duplicate_merge m JOIN duplicate_absorbed a ON a.id = m.customer_id WHERE m.main_id = $1) c
JOIN label company ON company.id = c.company_id
JOIN label rep ON rep.id = c.rep_id
JOIN label segment ON segment.id = c.segment_id
JOIN label region ON region.id = c.region_id
JOIN label city ON city.id = c.city_id
ORDER BY c.place, c.id; -- no nulls

-- name: held_fact
-- What each import said of the customer and of those merged into it.
-- args: customer_id int
-- row: import_id int, said_on int?, name text, tax_id text, phone text, email text, files text, imported_us int
SELECT f.import_id, f.day AS said_on, f.name, f.tax_id, f.phone, f.email, coalesce(i.files, '') AS files,
    coalesce(i.started_us, 0) AS imported_us
FROM customer_fact f LEFT JOIN import i ON i.id = f.import_id
WHERE f.customer_id = $1 OR f.customer_id IN (SELECT m.customer_id FROM duplicate_merge m WHERE m.main_id = $1)
ORDER BY f.import_id, f.part, f.customer_id; -- no nulls

-- name: held_person
-- The people there, retired too, with what they agreed to (0 not asked, 1 yes, 2 no).
-- args: customer_id int
-- row: id int, name text, position text, phone text, email text, consent_phone int, consent_email int
-- row: consent_on int?, consent_source text, made_us int, retired_us int
SELECT id, name, position, phone, email, consent_phone, consent_email, consent_on, consent_source, made_us, retired_us
FROM person WHERE customer_id = $1 ORDER BY id; -- no nulls

-- name: held_contact
-- Every contact.
-- args: customer_id int
-- row: at_us int, user_name text, person_id int, channel int, outcome int, value_cents int?, note text
SELECT t.at_us, coalesce(u.name, '') AS user_name, t.person_id, t.channel, t.outcome, t.value_cents, t.note
FROM contact t LEFT JOIN app_user u ON u.id = t.user_id
WHERE t.customer_id = $1 ORDER BY t.at_us, t.id; -- no nulls

-- name: held_appointment
-- Every appointment.
-- args: customer_id int
-- row: due_on int, user_name text, channel int, state int, note text, made_us int
SELECT a.day AS due_on, coalesce(u.name, '') AS user_name, a.channel, a.state, a.note, a.made_us
FROM appointment a LEFT JOIN app_user u ON u.id = a.user_id
WHERE a.customer_id = $1 ORDER BY a.id; -- no nulls

-- name: held_note
-- Every note, those taken back too.
-- args: customer_id int
-- row: at_us int, user_name text, note text, retired_us int
SELECT n.at_us, coalesce(u.name, '') AS user_name, n.text AS note, n.retired_us
FROM customer_note n LEFT JOIN app_user u ON u.id = n.user_id
WHERE n.customer_id = $1 ORDER BY n.at_us, n.id; -- no nulls

-- name: held_memo
-- Every memo about the customer, those taken back too.
-- args: customer_id int
-- row: made_us int, user_name text, appears_on int, memo text, taken_us int
SELECT m.made_us, coalesce(u.name, '') AS user_name, m.day AS appears_on, m.text AS memo, m.taken_us
FROM memo m LEFT JOIN app_user u ON u.id = m.user_id
WHERE m.customer_id > 0 AND m.customer_id = $1 ORDER BY m.id; -- no nulls

-- name: held_tag
-- The customer's tags.
-- args: customer_id int
-- row: name text
SELECT t.name FROM customer_tag c JOIN tag t ON t.id = c.tag_id WHERE c.customer_id = $1 ORDER BY t.name; -- no nulls

-- name: held_skip
-- Why the customer was put off on a work list.
-- args: customer_id int
-- row: worklist_id int, until_on int, why text
SELECT worklist_id, until_on, why FROM worklist_skip WHERE customer_id = $1 ORDER BY worklist_id; -- no nulls

-- name: held_document
-- Orders and invoices.
-- args: customer_id int
-- row: number text, issued_on int, kind int, value_cents int, lines int
SELECT number, day AS issued_on, kind, value_cents, lines FROM document WHERE customer_id = $1 ORDER BY day, id; -- no nulls

-- name: held_record
-- Titles, quotes and tickets.
-- args: customer_id int
-- row: kind int, number text, part text, issued_on int?, due_on int?, closed_on int?, amount_cents int?, open_cents int?
-- row: state text, note text
SELECT kind, number, part, day AS issued_on, due_on, closed_on, amount_cents, open_cents, state, text AS note
FROM record WHERE customer_id = $1 ORDER BY kind, number, part; -- no nulls

-- name: held_message
-- Messages to the customer and to the people there; the channel and the state as numbers (2 e-mail, 3 gateway; 3 sent).
-- args: customer_id int
-- row: made_us int, sent_us int, user_name text, channel int, state int, name text, address text, subject text, offer text, note text
SELECT m.made_us, m.sent_us, coalesce(u.name, '') AS user_name, m.channel, m.state, m.name, m.address, m.subject, m.offer,
    coalesce(b.text, '') AS note
FROM message m LEFT JOIN app_user u ON u.id = m.from_user_id LEFT JOIN message_body b ON b.message_id = m.id
WHERE m.customer_id = $1 ORDER BY m.id; -- no nulls

-- name: held_mark
-- What was opened and clicked of messages to the customer and to the people there: 1 opened, 2 clicked.
-- args: customer_id int
-- row: first_us int, last_us int, kind int, times int, url text
SELECT k.first_us, k.last_us, k.kind, k.times, k.url FROM mailing_mark k JOIN message m ON m.id = k.message_id
WHERE m.customer_id = $1 ORDER BY k.first_us, k.message_id, k.kind, k.url; -- no nulls

-- name: held_bounce
-- What came back of messages to the customer and to the people there.
-- args: customer_id int
-- row: seen_us int, address text, status text, note text
SELECT b.seen_us, b.address, b.status, b.said AS note FROM bounce b JOIN message m ON m.id = b.message_id
WHERE m.customer_id = $1 ORDER BY b.id; -- no nulls

-- name: held_audit
-- What the trail says of the customer and of those merged into it, by code; it has no index, as this is asked seldom.
-- args: code text
-- row: at_us int, who text, what text, before text, after text
SELECT at_us, who, what, before_text AS before, after_text AS after FROM audit
WHERE subject = $1 OR subject IN (SELECT a.code FROM duplicate_absorbed a JOIN duplicate_merge m ON m.customer_id = a.id
    JOIN customer c ON c.id = m.main_id WHERE c.code = $1)
ORDER BY at_us, id; -- no nulls
