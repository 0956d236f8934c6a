-- SPDX-License-Identifier: Apache-2.0
-- Customers that are one (src/store/duplicate.c): merging, taking it back, and finding them.

-- name: duplicate_merge_list
-- Who was merged into whom.
-- row: customer_id int, into_id int, main_id int
SELECT customer_id, into_id, main_id FROM duplicate_merge
ORDER BY customer_id; -- no nulls

-- name: duplicate_merge_add
-- One is part of another from now on.
-- args: customer_id int, into_id int, main_id int, who text, made_us int
INSERT INTO duplicate_merge (customer_id, into_id, main_id, who, made_us) VALUES ($1, $2, $3, $4, $5);

-- name: duplicate_merge_drop
-- And no longer.
-- args: customer_id int
DELETE FROM duplicate_merge WHERE customer_id = $1;

-- name: duplicate_merge_main
-- Its chain ends elsewhere.
-- args: customer_id int, main_id int
UPDATE duplicate_merge SET main_id = $2 WHERE customer_id = $1;

-- name: duplicate_find
-- Who was merged, by the code; if the main customer belongs to this rep ('': whomever it belongs to).
-- args: code text, rep text
-- row: customer_id int, into_id int, main_id int, code text, name text, tax_id text, phone text, rep text
-- row: into_code text, main_code text, who text, made_us int
SELECT m.customer_id, m.into_id, m.main_id, a.code, a.name, a.tax_id, a.phone, coalesce(l.code, '') AS rep,
    coalesce(i.code, c.code) AS into_code, c.code AS main_code, m.who, m.made_us
FROM duplicate_absorbed a
JOIN duplicate_merge m ON m.customer_id = a.id
JOIN customer c ON c.id = m.main_id
LEFT JOIN duplicate_absorbed i ON i.id = m.into_id
LEFT JOIN label l ON l.id = a.rep_id
LEFT JOIN label own ON own.id = c.rep_id
WHERE a.code = $1 AND ($2 = '' OR own.code = $2);

-- name: duplicate_list
-- All who were merged, the newest first; of one main customer, or ('') of all.
-- args: main_code text, most int
-- row: customer_id int, into_id int, main_id int, code text, name text, tax_id text, phone text, rep text
-- row: into_code text, main_code text, who text, made_us int
SELECT m.customer_id, m.into_id, m.main_id, a.code, a.name, a.tax_id, a.phone, coalesce(l.code, '') AS rep,
    coalesce(i.code, c.code) AS into_code, c.code AS main_code, m.who, m.made_us
FROM duplicate_merge m
JOIN duplicate_absorbed a ON a.id = m.customer_id
JOIN customer c ON c.id = m.main_id
LEFT JOIN duplicate_absorbed i ON i.id = m.into_id
LEFT JOIN label l ON l.id = a.rep_id
WHERE $1 = '' OR c.code = $1
ORDER BY m.made_us DESC, m.customer_id DESC LIMIT $2; -- no nulls

-- Facts that files brought: taken over by the main customer, and given back. What came of a document's number or a
-- title's key stays as it was, so that an import finds it again.

-- name: duplicate_document_note
-- Whose they are.
-- args: customer_id int
INSERT INTO duplicate_moved (customer_id, what, row_id, was)
SELECT customer_id, 1, id, '' FROM document WHERE customer_id = $1;

-- name: duplicate_line_take
-- The lines of the documents that are to be taken over.
-- args: customer_id int, main_id int
UPDATE line SET customer_id = $2
WHERE document_id IN (SELECT id FROM document WHERE customer_id = $1);

-- name: duplicate_document_take
-- And the documents.
-- args: customer_id int, main_id int
UPDATE document SET customer_id = $2 WHERE customer_id = $1;

-- name: duplicate_line_give
-- The lines back.
-- args: customer_id int
UPDATE line SET customer_id = $1
WHERE document_id IN (SELECT row_id FROM duplicate_moved WHERE customer_id = $1 AND what = 1);

-- name: duplicate_document_give
-- And the documents.
-- args: customer_id int
UPDATE document SET customer_id = $1
WHERE id IN (SELECT row_id FROM duplicate_moved WHERE customer_id = $1 AND what = 1);

-- name: duplicate_record_note
-- Whose they are, under which key.
-- args: customer_id int
INSERT INTO duplicate_moved (customer_id, what, row_id, was)
SELECT customer_id, 2, id, number FROM record WHERE customer_id = $1;

-- name: duplicate_record_rename
-- Where the main customer has one of that key, they get another meanwhile.
-- args: customer_id int, main_id int
UPDATE record SET number = number || '@' || (SELECT a.code FROM customer a WHERE a.id = $1)
WHERE customer_id = $1 AND EXISTS (SELECT 1 FROM record o WHERE o.customer_id = $2 AND o.kind = record.kind
    AND o.number = record.number AND o.part = record.part);

-- name: duplicate_record_take
-- They count for the main customer.
-- args: customer_id int, main_id int
UPDATE record SET customer_id = $2 WHERE customer_id = $1;

-- name: duplicate_record_give
-- Back, under their own key.
-- args: customer_id int
UPDATE record SET customer_id = $1, number = (
    SELECT m.was FROM duplicate_moved m WHERE m.customer_id = $1 AND m.what = 2 AND m.row_id = record.id)
WHERE id IN (SELECT row_id FROM duplicate_moved WHERE customer_id = $1 AND what = 2);

-- What people wrote.

-- name: duplicate_person_note
-- Whose they are, under which key.
-- args: customer_id int
INSERT INTO duplicate_moved (customer_id, what, row_id, was)
SELECT customer_id, 3, id, token FROM person WHERE customer_id = $1;

-- name: duplicate_person_rename
-- Where the main customer has one of that key, they get another meanwhile.
-- args: customer_id int, main_id int
UPDATE person SET token = token || '@' || (SELECT a.code FROM customer a WHERE a.id = $1)
WHERE customer_id = $1 AND EXISTS (SELECT 1 FROM person o WHERE o.customer_id = $2 AND o.token = person.token);

-- name: duplicate_person_take
-- They count for the main customer.
-- args: customer_id int, main_id int
UPDATE person SET customer_id = $2 WHERE customer_id = $1;

-- name: duplicate_person_give
-- Back, under their own key.
-- args: customer_id int
UPDATE person SET customer_id = $1, token = (
    SELECT m.was FROM duplicate_moved m WHERE m.customer_id = $1 AND m.what = 3 AND m.row_id = person.id)
WHERE id IN (SELECT row_id FROM duplicate_moved WHERE customer_id = $1 AND what = 3);

-- name: duplicate_message_note
-- Which messages were to the customer.
-- args: customer_id int
INSERT INTO duplicate_moved (customer_id, what, row_id, was)
SELECT customer_id, 10, id, '' FROM message WHERE customer_id = $1;

-- name: duplicate_message_take
-- They count for the main customer.
-- args: customer_id int, main_id int
UPDATE message SET customer_id = $2 WHERE customer_id = $1;

-- name: duplicate_message_give
-- Back.
-- args: customer_id int
UPDATE message SET customer_id = $1
WHERE id IN (SELECT row_id FROM duplicate_moved WHERE customer_id = $1 AND what = 10);

-- name: duplicate_contact_note
-- Whose they are, under which key.
-- args: customer_id int
INSERT INTO duplicate_moved (customer_id, what, row_id, was)
SELECT customer_id, 4, id, token FROM contact WHERE customer_id = $1;

-- name: duplicate_contact_rename
-- Where the main customer has one of that key, they get another meanwhile.
-- args: customer_id int, main_id int
UPDATE contact SET token = token || '@' || (SELECT a.code FROM customer a WHERE a.id = $1)
WHERE customer_id = $1 AND EXISTS (SELECT 1 FROM contact o WHERE o.customer_id = $2 AND o.token = contact.token);

-- name: duplicate_contact_take
-- They count for the main customer.
-- args: customer_id int, main_id int
UPDATE contact SET customer_id = $2 WHERE customer_id = $1;

-- name: duplicate_contact_give
-- Back, under their own key.
-- args: customer_id int
UPDATE contact SET customer_id = $1, token = (
    SELECT m.was FROM duplicate_moved m WHERE m.customer_id = $1 AND m.what = 4 AND m.row_id = contact.id)
WHERE id IN (SELECT row_id FROM duplicate_moved WHERE customer_id = $1 AND what = 4);

-- name: duplicate_appointment_note
-- Whose they are, under which key.
-- args: customer_id int
INSERT INTO duplicate_moved (customer_id, what, row_id, was)
SELECT customer_id, 5, id, token FROM appointment WHERE customer_id = $1;

-- name: duplicate_appointment_rename
-- Where the main customer has one of that key, they get another meanwhile.
-- args: customer_id int, main_id int
UPDATE appointment SET token = token || '@' || (SELECT a.code FROM customer a WHERE a.id = $1)
WHERE customer_id = $1 AND EXISTS (SELECT 1 FROM appointment o WHERE o.customer_id = $2 AND o.token = appointment.token);

-- name: duplicate_appointment_take
-- They count for the main customer.
-- args: customer_id int, main_id int
UPDATE appointment SET customer_id = $2 WHERE customer_id = $1;

-- name: duplicate_appointment_give
-- Back, under their own key.
-- args: customer_id int
UPDATE appointment SET customer_id = $1, token = (
    SELECT m.was FROM duplicate_moved m WHERE m.customer_id = $1 AND m.what = 5 AND m.row_id = appointment.id)
WHERE id IN (SELECT row_id FROM duplicate_moved WHERE customer_id = $1 AND what = 5);

-- name: duplicate_customer_note_note
-- Whose they are, under which key.
-- args: customer_id int
INSERT INTO duplicate_moved (customer_id, what, row_id, was)
SELECT customer_id, 6, id, token FROM customer_note WHERE customer_id = $1;

-- name: duplicate_customer_note_rename
-- Where the main customer has one of that key, they get another meanwhile.
-- args: customer_id int, main_id int
UPDATE customer_note SET token = token || '@' || (SELECT a.code FROM customer a WHERE a.id = $1)
WHERE customer_id = $1 AND EXISTS (SELECT 1 FROM customer_note o WHERE o.customer_id = $2 AND o.token = customer_note.token);

-- name: duplicate_customer_note_take
-- They count for the main customer.
-- args: customer_id int, main_id int
UPDATE customer_note SET customer_id = $2 WHERE customer_id = $1;

-- name: duplicate_customer_note_give
-- Back, under their own key.
-- args: customer_id int
UPDATE customer_note SET customer_id = $1, token = (
    SELECT m.was FROM duplicate_moved m WHERE m.customer_id = $1 AND m.what = 6 AND m.row_id = customer_note.id)
WHERE id IN (SELECT row_id FROM duplicate_moved WHERE customer_id = $1 AND what = 6);

-- name: duplicate_memo_note
-- Which memos are about it.
-- args: customer_id int
INSERT INTO duplicate_moved (customer_id, what, row_id, was)
SELECT customer_id, 11, id, '' FROM memo WHERE customer_id > 0 AND customer_id = $1;

-- name: duplicate_memo_take
-- They are about the main customer.
-- args: customer_id int, main_id int
UPDATE memo SET customer_id = $2 WHERE customer_id > 0 AND customer_id = $1;

-- name: duplicate_memo_give
-- And about the other again.
-- args: customer_id int
UPDATE memo SET customer_id = $1 WHERE id IN (SELECT row_id FROM duplicate_moved WHERE customer_id = $1 AND what = 11);

-- name: duplicate_crossing_take
-- What was noted of the customer was of the main one: it is no news once more. Its own rows stay, for the day it is a customer again.
-- args: customer_id int, main_id int
INSERT INTO crossing (customer_id, kind, last_on, due_on, noted_on, noted_us, state)
SELECT $2, kind, last_on, due_on, noted_on, noted_us, state FROM crossing WHERE customer_id = $1
ON CONFLICT (customer_id, kind, last_on) DO NOTHING;

-- name: duplicate_alert_told_take
-- And who was told of it.
-- args: customer_id int, main_id int
INSERT INTO alert_told (customer_id, alert_id, user_id, event, last_on, told_on)
SELECT $2, alert_id, user_id, event, last_on, told_on FROM alert_told WHERE customer_id = $1
ON CONFLICT (customer_id, alert_id, user_id, event, last_on) DO NOTHING;

-- Tags and work lists: the main customer has those of all. Who was merged keeps none meanwhile.

-- name: duplicate_customer_tag_note
-- Which it has; 1: the main customer has it only from here.
-- args: customer_id int, main_id int
INSERT INTO duplicate_moved (customer_id, what, row_id, was)
SELECT t.customer_id, 7, t.tag_id,
    CASE WHEN EXISTS (SELECT 1 FROM customer_tag o WHERE o.customer_id = $2 AND o.tag_id = t.tag_id) THEN '' ELSE '1' END
FROM customer_tag t WHERE t.customer_id = $1;

-- name: duplicate_customer_tag_take
-- The main customer gets what it has not.
-- args: customer_id int, main_id int
INSERT INTO customer_tag (customer_id, tag_id)
SELECT CAST($2 AS BIGINT), t.tag_id FROM customer_tag t WHERE t.customer_id = $1
ON CONFLICT (customer_id, tag_id) DO NOTHING;

-- name: duplicate_customer_tag_leave
-- And the other has none.
-- args: customer_id int
DELETE FROM customer_tag WHERE customer_id = $1;

-- name: duplicate_customer_tag_pass
-- Before one is given back: another that was merged and has it too is from whom the main customer has it now.
-- args: customer_id int, main_id int
UPDATE duplicate_moved SET was = '1'
WHERE what = 7 AND was = '' AND customer_id = (
    SELECT min(o.customer_id) FROM duplicate_merge g CROSS JOIN duplicate_moved o
    WHERE o.customer_id = g.customer_id AND o.what = 7 AND o.row_id = duplicate_moved.row_id AND o.customer_id <> $1 AND g.main_id = $2
) AND EXISTS (
    SELECT 1 FROM duplicate_moved mine
    WHERE mine.customer_id = $1 AND mine.what = 7 AND mine.row_id = duplicate_moved.row_id AND mine.was = '1');

-- name: duplicate_customer_tag_drop
-- What the main customer had only from it goes.
-- args: customer_id int, main_id int
DELETE FROM customer_tag
WHERE customer_id = $2 AND tag_id IN (
    SELECT mine.row_id FROM duplicate_moved mine WHERE mine.customer_id = $1 AND mine.what = 7 AND mine.was = '1'
    EXCEPT
    SELECT o.row_id FROM duplicate_merge g CROSS JOIN duplicate_moved o
    WHERE o.customer_id = g.customer_id AND o.what = 7 AND o.customer_id <> $1 AND g.main_id = $2);

-- name: duplicate_customer_tag_give
-- And it has its own again.
-- args: customer_id int
INSERT INTO customer_tag (customer_id, tag_id)
SELECT customer_id, row_id FROM duplicate_moved WHERE customer_id = $1 AND what = 7
ON CONFLICT (customer_id, tag_id) DO NOTHING;

-- name: duplicate_tag_give
-- One tag becomes another: who was merged has the other; asked before anybody gets it.
-- args: from_id int, into_id int
INSERT INTO duplicate_moved (customer_id, what, row_id, was)
SELECT d.customer_id, 7, CAST($2 AS BIGINT), CASE WHEN EXISTS (
        SELECT 1 FROM duplicate_merge g JOIN customer_tag o ON o.customer_id = g.main_id
        WHERE g.customer_id = d.customer_id AND o.tag_id = $2) THEN '' ELSE d.was END
FROM duplicate_moved d WHERE d.what = 7 AND d.row_id = $1
ON CONFLICT (customer_id, what, row_id) DO NOTHING;

-- name: duplicate_tag_own
-- Where the main customer has the one of its own, it has the other of its own too.
-- args: from_id int, into_id int
UPDATE duplicate_moved SET was = ''
WHERE what = 7 AND row_id = $2 AND EXISTS (
    SELECT 1 FROM duplicate_merge g JOIN customer_tag o ON o.customer_id = g.main_id
    WHERE g.customer_id = duplicate_moved.customer_id AND o.tag_id = $1)
    AND NOT EXISTS (
    SELECT 1 FROM duplicate_merge g JOIN duplicate_merge h ON h.main_id = g.main_id
        JOIN duplicate_moved o ON o.customer_id = h.customer_id AND o.what = 7 AND o.row_id = $1 AND o.was = '1'
    WHERE g.customer_id = duplicate_moved.customer_id);

-- name: duplicate_tag_clear
-- And not the one any more.
-- args: tag_id int
DELETE FROM duplicate_moved WHERE what = 7 AND row_id = $1;

-- name: duplicate_worklist_customer_note
-- Which it has; 1: the main customer has it only from here.
-- args: customer_id int, main_id int
INSERT INTO duplicate_moved (customer_id, what, row_id, was)
SELECT t.customer_id, 8, t.worklist_id,
    CASE WHEN EXISTS (SELECT 1 FROM worklist_customer o WHERE o.customer_id = $2 AND o.worklist_id = t.worklist_id) THEN '' ELSE '1' END
FROM worklist_customer t WHERE t.customer_id = $1;

-- name: duplicate_worklist_customer_take
-- The main customer gets what it has not.
-- args: customer_id int, main_id int
INSERT INTO worklist_customer (customer_id, worklist_id)
SELECT CAST($2 AS BIGINT), t.worklist_id FROM worklist_customer t WHERE t.customer_id = $1
ON CONFLICT (worklist_id, customer_id) DO NOTHING;

-- name: duplicate_worklist_customer_leave
-- And the other has none.
-- args: customer_id int
DELETE FROM worklist_customer WHERE customer_id = $1;

-- name: duplicate_worklist_customer_pass
-- Before one is given back: another that was merged and has it too is from whom the main customer has it now.
-- args: customer_id int, main_id int
UPDATE duplicate_moved SET was = '1'
WHERE what = 8 AND was = '' AND customer_id = (
    SELECT min(o.customer_id) FROM duplicate_merge g CROSS JOIN duplicate_moved o
    WHERE o.customer_id = g.customer_id AND o.what = 8 AND o.row_id = duplicate_moved.row_id AND o.customer_id <> $1 AND g.main_id = $2
) AND EXISTS (
    SELECT 1 FROM duplicate_moved mine
    WHERE mine.customer_id = $1 AND mine.what = 8 AND mine.row_id = duplicate_moved.row_id AND mine.was = '1');

-- name: duplicate_worklist_customer_drop
-- What the main customer had only from it goes.
-- args: customer_id int, main_id int
DELETE FROM worklist_customer
WHERE customer_id = $2 AND worklist_id IN (
    SELECT mine.row_id FROM duplicate_moved mine WHERE mine.customer_id = $1 AND mine.what = 8 AND mine.was = '1'
    EXCEPT
    SELECT o.row_id FROM duplicate_merge g CROSS JOIN duplicate_moved o
    WHERE o.customer_id = g.customer_id AND o.what = 8 AND o.customer_id <> $1 AND g.main_id = $2);

-- name: duplicate_worklist_customer_give
-- And it has its own again.
-- args: customer_id int
INSERT INTO worklist_customer (customer_id, worklist_id)
SELECT customer_id, row_id FROM duplicate_moved WHERE customer_id = $1 AND what = 8
ON CONFLICT (worklist_id, customer_id) DO NOTHING;

-- name: duplicate_worklist_skip_note
-- Until when it was put off, on lists where the main customer was not.
-- args: customer_id int, main_id int
INSERT INTO duplicate_moved (customer_id, what, row_id, was)
SELECT k.customer_id, 9, k.worklist_id, '' FROM worklist_skip k
WHERE k.customer_id = $1
    AND NOT EXISTS (SELECT 1 FROM worklist_skip o WHERE o.customer_id = $2 AND o.worklist_id = k.worklist_id);

-- name: duplicate_worklist_skip_take
-- So is the main customer.
-- args: customer_id int, main_id int
UPDATE worklist_skip SET customer_id = $2
WHERE customer_id = $1 AND worklist_id IN (SELECT row_id FROM duplicate_moved WHERE customer_id = $1 AND what = 9);

-- name: duplicate_worklist_skip_give
-- And back.
-- args: customer_id int, main_id int
UPDATE worklist_skip SET customer_id = $1
WHERE customer_id = $2 AND worklist_id IN (SELECT row_id FROM duplicate_moved WHERE customer_id = $1 AND what = 9);

-- name: duplicate_moved_drop
-- All of it, from one kind to another, stands under its own customer again.
-- args: customer_id int, from_what int, to_what int
DELETE FROM duplicate_moved WHERE customer_id = $1 AND what >= $2 AND what <= $3;

-- Who is a customer.

-- name: duplicate_absorb
-- It is none by itself any more.
-- args: customer_id int
INSERT INTO duplicate_absorbed (id, code, company_id, rep_id, segment_id, region_id, city_id, closed_on, last_contact, name, name_fold,
    tax_id, phone, email, registered_on, credit_cents, blocked, place)
SELECT id, code, company_id, rep_id, segment_id, region_id, city_id, closed_on, last_contact, name, name_fold,
    tax_id, phone, email, registered_on, credit_cents, blocked, place FROM customer WHERE id = $1;

-- name: duplicate_absorb_drop
-- Its row is kept there.
-- args: customer_id int
DELETE FROM customer WHERE id = $1;

-- name: duplicate_release
-- It is one again.
-- args: customer_id int
INSERT INTO customer (id, code, company_id, rep_id, segment_id, region_id, city_id, closed_on, last_contact, name, name_fold,
    tax_id, phone, email, registered_on, credit_cents, blocked, place)
SELECT id, code, company_id, rep_id, segment_id, region_id, city_id, closed_on, last_contact, name, name_fold,
    tax_id, phone, email, registered_on, credit_cents, blocked, place FROM duplicate_absorbed WHERE id = $1;

-- name: duplicate_release_drop
-- Its row was kept here.
-- args: customer_id int
DELETE FROM duplicate_absorbed WHERE id = $1;

-- name: duplicate_mark
-- The history of a customer changes with that of one that is merged, from its first document on; where the rules know no chances,
-- nothing but the two hangs on how old it is.
-- args: customer_id int, of_id int
INSERT INTO customer_dirty (customer_id, since)
SELECT CAST($1 AS BIGINT), CASE WHEN (SELECT alive FROM score_run) = '' THEN 2147483647
    ELSE coalesce((SELECT min(d.day) FROM document d WHERE d.customer_id = $2), 2147483647) END
WHERE EXISTS (SELECT 1 FROM score_run)
ON CONFLICT (customer_id) DO UPDATE SET since = excluded.since WHERE excluded.since < customer_dirty.since;

-- name: duplicate_mark_on
-- A mark that an import left at a customer is its main customer's.
-- args: customer_id int, main_id int
INSERT INTO customer_dirty (customer_id, since)
SELECT CAST($2 AS BIGINT), since FROM customer_dirty WHERE customer_id = $1
ON CONFLICT (customer_id) DO UPDATE SET since = excluded.since WHERE excluded.since < customer_dirty.since;

-- name: duplicate_due_on
-- So is what changed of its titles, quotes and tickets.
-- args: customer_id int, main_id int
INSERT INTO standing_due (customer_id)
SELECT CAST($2 AS BIGINT) FROM standing_due WHERE customer_id = $1
ON CONFLICT (customer_id) DO NOTHING;

-- name: duplicate_mark_drop
-- It has no row that could change.
-- args: customer_id int
DELETE FROM customer_dirty WHERE customer_id = $1;

-- name: duplicate_due_drop
-- Nor titles.
-- args: customer_id int
DELETE FROM standing_due WHERE customer_id = $1;

-- Not the same.

-- name: duplicate_apart_add
-- Two are to stay apart.
-- args: a_id int, b_id int, who text, made_us int
INSERT INTO duplicate_apart (a_id, b_id, who, made_us) VALUES ($1, $2, $3, $4)
ON CONFLICT (a_id, b_id) DO NOTHING;

-- name: duplicate_apart_drop
-- That is taken back.
-- args: a_id int, b_id int
DELETE FROM duplicate_apart WHERE a_id = $1 AND b_id = $2;

-- name: duplicate_apart_list
-- All, the newest first.
-- row: a_id int, b_id int, a_code text, a_name text, b_code text, b_name text, who text, made_us int
SELECT p.a_id, p.b_id, a.code AS a_code, a.name AS a_name, b.code AS b_code, b.name AS b_name, p.who, p.made_us
FROM duplicate_apart p
JOIN customer a ON a.id = p.a_id
JOIN customer b ON b.id = p.b_id
ORDER BY p.made_us DESC, p.a_id, p.b_id; -- no nulls

-- Finding.

-- name: duplicate_all
-- What is compared of every customer.
-- row: id int, name text, tax_id text, phone text, city_id int
SELECT id, name, tax_id, phone, city_id FROM customer ORDER BY id; -- no nulls

-- name: duplicate_phones
-- And how its persons are reached.
-- row: customer_id int, phone text
SELECT customer_id, phone FROM person WHERE retired_us = 0 AND phone <> '' ORDER BY customer_id, id; -- no nulls

-- name: duplicate_pair_clear
-- Before all are found anew.
DELETE FROM duplicate_pair;

-- name: duplicate_pair_add
-- Two that may be one.
-- args: a_id int, b_id int, kinds int, strength_e4 int, likeness_e4 int
INSERT INTO duplicate_pair (a_id, b_id, kinds, strength_e4, likeness_e4) VALUES ($1, $2, $3, $4, $5);

-- name: duplicate_run_clear
-- And when.
DELETE FROM duplicate_run;

-- name: duplicate_run_add
-- All were looked at.
-- args: made_us int, facts int, customers int, found int
INSERT INTO duplicate_run (made_us, facts, customers, found) VALUES ($1, $2, $3, $4);

-- name: duplicate_run_find
-- When they were last.
-- row: made_us int, facts int, customers int, found int
SELECT made_us, facts, customers, found FROM duplicate_run;

-- name: duplicate_pair_list
-- Pairs of customers that stand, and were not said to be apart, by id.
-- row: a_id int, b_id int, kinds int, strength_e4 int, likeness_e4 int
SELECT p.a_id, p.b_id, p.kinds, p.strength_e4, p.likeness_e4
FROM duplicate_pair p
JOIN customer a ON a.id = p.a_id
JOIN customer b ON b.id = p.b_id
WHERE NOT EXISTS (SELECT 1 FROM duplicate_apart x WHERE x.a_id = p.a_id AND x.b_id = p.b_id)
ORDER BY p.a_id, p.b_id; -- no nulls

-- name: duplicate_customers
-- Who is in one, as the list of groups shows them, by id.
-- row: id int, code text, name text, tax_id text, phone text, city text, rep text, purchases int
-- row: value_cents int, last_on int?
SELECT c.id, c.code, c.name, c.tax_id, c.phone, city.code AS city, rep.code AS rep, coalesce(s.purchases, 0) AS purchases,
    coalesce(s.value_total, 0) AS value_cents, s.last_on
FROM customer c
JOIN label city ON city.id = c.city_id
JOIN label rep ON rep.id = c.rep_id
LEFT JOIN score s ON s.customer_id = c.id
WHERE c.id IN (SELECT a_id FROM duplicate_pair UNION SELECT b_id FROM duplicate_pair)
ORDER BY c.id; -- no nulls

-- name: duplicate_side
-- Up to five customers by their codes with what is known of each, by id; codes of none: ''.
-- args: code1 text, code2 text, code3 text, code4 text, code5 text
-- row: id int, code text, name text, tax_id text, company text, rep text, segment text, region text, city text, phone text
-- row: email text, closed_on int?, last_contact int?, status int?, purchases int?, first_on int?, last_on int?
-- row: value_total int?, value_12m int?, documents int, titles int, open_cents int?, contacts int, persons int, notes int
-- row: tags int
SELECT c.id, c.code, c.name, c.tax_id, company.code AS company, rep.code AS rep, segment.code AS segment,
    region.code AS region, city.code AS city, c.phone, c.email, c.closed_on, c.last_contact, s.status, s.purchases,
    s.first_on, s.last_on, s.value_total, s.value_12m,
    (SELECT count(*) FROM document d WHERE d.customer_id = c.id) AS documents,
    (SELECT count(*) FROM record r WHERE r.customer_id = c.id AND r.kind = 4) AS titles, st.open_cents,
    (SELECT count(*) FROM contact k WHERE k.customer_id = c.id) AS contacts,
    (SELECT count(*) FROM person p WHERE p.customer_id = c.id AND p.retired_us = 0) AS persons,
    (SELECT count(*) FROM customer_note n WHERE n.customer_id = c.id AND n.retired_us = 0) AS notes,
    (SELECT count(*) FROM customer_tag t WHERE t.customer_id = c.id) AS tags
FROM customer c
JOIN label company ON company.id = c.company_id
JOIN label rep ON rep.id = c.rep_id
JOIN label segment ON segment.id = c.segment_id
JOIN label region ON region.id = c.region_id
JOIN label city ON city.id = c.city_id
LEFT JOIN score s ON s.customer_id = c.id
LEFT JOIN standing st ON st.customer_id = c.id
WHERE c.code IN ($1, $2, $3, $4, $5)
ORDER BY c.id; -- no nulls
