-- SPDX-License-Identifier: Apache-2.0
-- What went to customers by e-mail, or by a gateway as text messages. Lists of numbers are texts of numbers with commas between.

-- name: mailing_max
-- The greatest id.
-- row: id int
SELECT coalesce(max(id), 0) AS id FROM mailing;

-- name: mailing_add
-- A new one.
-- args: id int, template_id int, name text, subject text, body text, offer int, offer_text text, offer_until int?
-- args: user_id int, one int, asked int, customers int, left_out int, day int, token text, made_us int, gateway_id int
INSERT INTO mailing (id, template_id, name, subject, body, offer, offer_text, offer_until, user_id, one, asked, customers,
    left_out, day, token, made_us, gateway_id)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17);

-- name: mailing_find_token
-- What a form made.
-- args: token text
-- row: id int
SELECT id FROM mailing WHERE token = $1;

-- name: mailing_asked
-- Did the customer want it?
-- args: id int
-- row: asked int
SELECT asked FROM mailing WHERE id = $1;

-- name: mailing_off
-- What had not gone is called off.
-- args: id int, off_us int, off_by text
UPDATE mailing SET off_us = $2, off_by = $3 WHERE id = $1 AND off_us = 0;

-- name: mailing_waiting
-- Messages of one that have not gone.
-- args: cause text
-- row: id int, version int
SELECT id, version FROM message WHERE cause = $1 AND state IN (1, 7) ORDER BY id; -- no nulls

-- name: mailing_list
-- Of somebody, or of all (user 0), the newest first; or one (id > 0). With what became of the messages.
-- args: user_id int, id int, before int, most int
-- row: id int, template_id int, name text, subject text, body text, offer int, offer_text text, offer_until int?
-- row: user_id int, user_name text, one int, asked int, customers int, left_out int, day int, made_us int, off_us int
-- row: off_by text, due int, sent int, failed int, off int, held int, opened int, clicked int, customer text
-- row: gateway_id int, gateway text
WITH listed AS MATERIALIZED (
    SELECT id FROM mailing
    WHERE ($1 = 0 OR user_id = $1) AND ($2 = 0 OR id = $2) AND id < $3
    ORDER BY id DESC -- no nulls
    LIMIT $4
), seen AS MATERIALIZED (
    SELECT s.id, m.state, m.customer_id, m.subject,
        CASE WHEN EXISTS (SELECT 1 FROM mailing_mark k WHERE k.message_id = m.id AND k.kind = 1) THEN 1 ELSE 0 END AS opened,
        CASE WHEN EXISTS (SELECT 1 FROM mailing_mark k WHERE k.message_id = m.id AND k.kind = 2) THEN 1 ELSE 0 END AS clicked
    FROM listed s JOIN message m ON m.cause = 'letter:' || s.id
), counted AS MATERIALIZED (
    SELECT id, CAST(sum(CASE WHEN state IN (1, 2) THEN 1 ELSE 0 END) AS BIGINT) AS due,
        CAST(sum(CASE WHEN state = 3 THEN 1 ELSE 0 END) AS BIGINT) AS sent,
        CAST(sum(CASE WHEN state IN (4, 5) THEN 1 ELSE 0 END) AS BIGINT) AS failed,
        CAST(sum(CASE WHEN state = 6 THEN 1 ELSE 0 END) AS BIGINT) AS off,
        CAST(sum(CASE WHEN state = 7 THEN 1 ELSE 0 END) AS BIGINT) AS held,
        CAST(sum(opened) AS BIGINT) AS opened, CAST(sum(clicked) AS BIGINT) AS clicked, max(customer_id) AS customer_id,
        max(subject) AS subject
    FROM seen GROUP BY id
)
SELECT g.id, g.template_id, g.name, CASE WHEN g.one = 1 THEN coalesce(n.subject, '') ELSE g.subject END AS subject, g.body,
    g.offer, g.offer_text, g.offer_until, g.user_id, coalesce(u.name, '') AS user_name, g.one, g.asked, g.customers,
    g.left_out, g.day, g.made_us, g.off_us, g.off_by, coalesce(n.due, 0) AS due, coalesce(n.sent, 0) AS sent,
    coalesce(n.failed, 0) AS failed, coalesce(n.off, 0) AS off, coalesce(n.held, 0) AS held,
    coalesce(n.opened, 0) AS opened, coalesce(n.clicked, 0) AS clicked,
    CASE WHEN g.one = 1 THEN coalesce(c.name, '') ELSE '' END AS customer, g.gateway_id, coalesce(w.name, '') AS gateway
FROM listed s JOIN mailing g ON g.id = s.id
LEFT JOIN counted n ON n.id = g.id
LEFT JOIN customer c ON c.id = n.customer_id
LEFT JOIN app_user u ON u.id = g.user_id
LEFT JOIN gateway w ON w.id = g.gateway_id
ORDER BY g.id DESC; -- no nulls

-- name: mailing_message
-- To whom one went, of a rep's customers (empty: all), in the order it was written, so many from one on.
-- args: cause text, rep text, after int, most int
-- row: id int, code text, customer text, person text, address text, state int, why text, words text, due_us int
-- row: sent_us int, opened_us int?, clicked_us int?
SELECT m.id, coalesce(c.code, '') AS code, coalesce(c.name, '') AS customer, m.name AS person, m.address, m.state, m.why,
    m.words, m.due_us, m.sent_us,
    (SELECT min(k.first_us) FROM mailing_mark k WHERE k.message_id = m.id AND k.kind = 1) AS opened_us,
    (SELECT min(k.first_us) FROM mailing_mark k WHERE k.message_id = m.id AND k.kind = 2) AS clicked_us
FROM message m
LEFT JOIN customer c ON c.id = m.customer_id
LEFT JOIN label rep ON rep.id = c.rep_id
WHERE m.cause = $1 AND m.id > $3 AND ($2 = '' OR rep.code = $2)
ORDER BY m.id -- no nulls
LIMIT $4;

-- name: mailing_mark_put
-- Opened, or clicked.
-- args: message_id int, kind int, url text, at_us int
INSERT INTO mailing_mark (message_id, kind, url, first_us, last_us, times) VALUES ($1, $2, $3, $4, $4, 1)
ON CONFLICT (message_id, kind, url) DO UPDATE SET last_us = $4, times = mailing_mark.times + 1;

-- together: mailing_way
-- Whom a letter can go to, and who is there.
-- of: mailing_party mailing_person

-- only: sqlite
-- name: mailing_party
-- Whom a letter can go to: what of a customer its fields show.
-- args: ids text
-- row: customer_id int, code text, name text, rep text, city text, email text, phone text, closed_on int?, last_on int?
SELECT c.id AS customer_id, c.code, c.name,
    coalesce((SELECT min(u.name) FROM app_user u WHERE u.rep_id = c.rep_id AND c.rep_id > 0 AND u.retired_us = 0), rep.code) AS rep,
    city.code AS city, c.email, c.phone, c.closed_on, s.last_on
FROM json_each('[' || $1 || ']') j JOIN customer c ON c.id = j.value
JOIN label rep ON rep.id = c.rep_id
JOIN label city ON city.id = c.city_id
LEFT JOIN score s ON s.customer_id = c.id
ORDER BY c.id -- no nulls
LIMIT {{all}};

-- only: pg
-- name: mailing_party
-- Whom a letter can go to: what of a customer its fields show.
-- args: ids text
-- row: customer_id int, code text, name text, rep text, city text, email text, phone text, closed_on int?, last_on int?
SELECT c.id AS customer_id, c.code, c.name,
    coalesce((SELECT min(u.name) FROM app_user u WHERE u.rep_id = c.rep_id AND c.rep_id > 0 AND u.retired_us = 0), rep.code) AS rep,
    city.code AS city, c.email, c.phone, c.closed_on, s.last_on
FROM customer c
JOIN label rep ON rep.id = c.rep_id
JOIN label city ON city.id = c.city_id
LEFT JOIN score s ON s.customer_id = c.id
WHERE c.id = ANY (CAST(string_to_array($1, ',') AS BIGINT[]))
ORDER BY c.id -- no nulls
LIMIT {{all}};

-- only: sqlite
-- name: mailing_person
-- Who is there and has an address.
-- args: ids text
-- row: customer_id int, id int, name text, email text, phone text, consent_email int, consent_phone int
SELECT p.customer_id, p.id, p.name, p.email, p.phone, p.consent_email, p.consent_phone
FROM json_each('[' || $1 || ']') j JOIN person p ON p.customer_id = j.value
WHERE p.retired_us = 0 AND (p.email <> '' OR p.phone <> '')
ORDER BY p.customer_id, p.id -- no nulls
LIMIT {{all}};

-- only: pg
-- name: mailing_person
-- Who is there and has an address.
-- args: ids text
-- row: customer_id int, id int, name text, email text, phone text, consent_email int, consent_phone int
SELECT p.customer_id, p.id, p.name, p.email, p.phone, p.consent_email, p.consent_phone
FROM person p
WHERE p.customer_id = ANY (CAST(string_to_array($1, ',') AS BIGINT[])) AND p.retired_us = 0 AND (p.email <> '' OR p.phone <> '')
ORDER BY p.customer_id, p.id -- no nulls
LIMIT {{all}};

-- name: mailing_product
-- What a customer bought most often since a day, so many.
-- args: customer_id int, since int, most int
-- row: name text
SELECT CASE WHEN p.name = '' THEN p.code ELSE p.name END AS name
FROM document d
JOIN line l ON l.document_id = d.id AND l.customer_id = d.customer_id
JOIN product p ON p.id = l.product_id AND p.goods = 1
WHERE d.customer_id = $1 AND d.day >= $2 AND d.kind = 1
GROUP BY p.id, p.name, p.code
ORDER BY count(DISTINCT d.id) DESC, sum(l.value_cents) DESC, p.code -- no nulls
LIMIT $3;
