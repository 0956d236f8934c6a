-- SPDX-License-Identifier: Apache-2.0
-- Customers handed from one portfolio to another (src/store/transfer.c). Of transfer_customer: moved 1, the customer went.

-- name: transfer_add
-- A new one, waiting for its day.
-- args: id int, day int, rep_id int, along int, reason text, said text, who text, made_us int, token text
INSERT INTO transfer (id, state, day, rep_id, along, reason, said, who, made_us, token)
VALUES ($1, 1, $2, $3, $4, $5, $6, $7, $8, $9);

-- name: transfer_token
-- The transfer of a form that was sent before.
-- args: token text
-- row: id int
SELECT id FROM transfer WHERE token = $1;

-- name: transfer_customer_add
-- A customer of it.
-- args: transfer_id int, customer_id int, from_rep_id int
INSERT INTO transfer_customer (transfer_id, customer_id, from_rep_id) VALUES ($1, $2, $3);

-- name: transfer_customer_from
-- Whose they are now.
-- args: transfer_id int
UPDATE transfer_customer SET from_rep_id = c.rep_id FROM customer c WHERE transfer_id = $1 AND c.id = customer_id;

-- name: transfer_customer_had
-- Who is the new rep's already has nowhere to go.
-- args: transfer_id int, rep_id int
DELETE FROM transfer_customer WHERE transfer_id = $1 AND from_rep_id = $2;

-- name: transfer_count
-- How many customers are in it.
-- args: transfer_id int
-- row: n int
SELECT count(*) AS n FROM transfer_customer WHERE transfer_id = $1;

-- name: transfer_due
-- Those whose day has come, the oldest first.
-- args: day int
-- row: id int
SELECT id FROM transfer WHERE state = 1 AND day <= $1
ORDER BY day, id; -- no nulls

-- name: transfer_move
-- Mark those who are still whose they were.
-- args: transfer_id int
UPDATE transfer_customer SET moved = 1
WHERE transfer_id = $1 AND EXISTS (SELECT 1 FROM customer c WHERE c.id = customer_id AND c.rep_id = from_rep_id);

-- name: transfer_facts
-- Say so of each of them, under this import.
-- args: transfer_id int, import_id int, rep_id int
INSERT INTO customer_fact (customer_id, import_id, part, source, name, tax_id, phone, email, company_id, rep_id, segment_id,
    region_id, city_id)
SELECT customer_id, CAST($2 AS BIGINT), 0, 3, '', '', '', '', 0, CAST($3 AS BIGINT), 0, 0, 0
FROM transfer_customer WHERE transfer_id = $1 AND moved = 1;

-- name: transfer_done
-- It was done.
-- args: id int, done_us int, import_id int
UPDATE transfer SET state = 2, done_us = $2, import_id = $3 WHERE id = $1 AND state = 1;

-- name: transfer_off
-- It is called off, while it waits.
-- args: id int, ended_us int, ended_by text
UPDATE transfer SET state = 3, ended_us = $2, ended_by = $3 WHERE id = $1 AND state = 1;

-- name: transfer_undone
-- The one of this import is undone.
-- args: import_id int, ended_us int, ended_by text
UPDATE transfer SET state = 4, ended_us = $2, ended_by = $3 WHERE import_id = $1 AND import_id > 0 AND state = 2;

-- name: transfer_of_import
-- The transfer of an import.
-- args: import_id int
-- row: id int
SELECT id FROM transfer WHERE import_id = $1 AND import_id > 0;

-- name: transfer_user
-- The people of a rep, who have not left.
-- args: rep_id int
-- row: id int
SELECT id FROM app_user WHERE rep_id = $1 AND role = 1 AND retired_us = 0
ORDER BY id; -- no nulls

-- name: transfer_along_appointments
-- Note the open appointments that the reps' own people have with those who went.
-- args: transfer_id int, to_user int
INSERT INTO transfer_along (transfer_id, kind, item_id, customer_id, from_user, to_user)
SELECT t.transfer_id, 1, a.id, a.customer_id, a.user_id, CAST($2 AS BIGINT)
FROM transfer_customer t
JOIN appointment a ON a.customer_id = t.customer_id AND a.state = 0
JOIN app_user u ON u.id = a.user_id AND u.role = 1 AND u.rep_id = t.from_rep_id
WHERE t.transfer_id = $1 AND t.moved = 1 AND a.user_id <> $2;

-- name: transfer_along_worklists
-- Note the open work lists of the reps' own people on which those who went were picked, and the new one is not.
-- args: transfer_id int, to_user int
INSERT INTO transfer_along (transfer_id, kind, item_id, customer_id, from_user, to_user)
SELECT CAST($1 AS BIGINT), 2, w.id, 0, min(m.user_id), CAST($2 AS BIGINT)
FROM transfer_customer t
JOIN app_user u ON u.rep_id = t.from_rep_id AND u.role = 1
JOIN worklist_user m ON m.user_id = u.id
JOIN worklist w ON w.id = m.worklist_id AND w.retired_us = 0
JOIN worklist_customer p ON p.worklist_id = w.id AND p.customer_id = t.customer_id
WHERE t.transfer_id = $1 AND t.moved = 1
    AND NOT EXISTS (SELECT 1 FROM worklist_user x WHERE x.worklist_id = w.id AND x.user_id = $2)
GROUP BY w.id;

-- name: transfer_appointments_give
-- Those appointments are the new one's.
-- args: transfer_id int, changed_us int
UPDATE appointment SET user_id = a.to_user, changed_us = $2, version = version + 1
FROM transfer_along a
WHERE a.transfer_id = $1 AND a.kind = 1 AND appointment.id = a.item_id AND appointment.customer_id = a.customer_id;

-- name: transfer_appointments_back
-- Those that are still open and still the new one's go back, where the customer did.
-- args: transfer_id int, changed_us int
UPDATE appointment SET user_id = a.from_user, changed_us = $2, version = version + 1
FROM transfer_along a
WHERE a.transfer_id = $1 AND a.kind = 1 AND appointment.id = a.item_id AND appointment.customer_id = a.customer_id
    AND appointment.state = 0 AND appointment.user_id = a.to_user
    AND EXISTS (SELECT 1 FROM transfer_customer t JOIN customer c ON c.id = t.customer_id AND c.rep_id = t.from_rep_id
        WHERE t.transfer_id = a.transfer_id AND t.customer_id = a.customer_id);

-- name: transfer_worklists_give
-- The new one works those lists.
-- args: transfer_id int
INSERT INTO worklist_user (worklist_id, user_id)
SELECT item_id, to_user FROM transfer_along WHERE transfer_id = $1 AND kind = 2;

-- name: transfer_worklists_back
-- Not any more.
-- args: transfer_id int
DELETE FROM worklist_user WHERE EXISTS (
    SELECT 1 FROM transfer_along a
    WHERE a.transfer_id = $1 AND a.kind = 2 AND a.item_id = worklist_user.worklist_id AND a.to_user = worklist_user.user_id);

-- name: transfer_holds_end
-- Nobody of another portfolio has them at hand any more.
-- args: transfer_id int, rep_id int
DELETE FROM customer_hold
WHERE customer_id IN (SELECT customer_id FROM transfer_customer WHERE transfer_id = $1 AND moved = 1)
    AND EXISTS (SELECT 1 FROM app_user u WHERE u.id = customer_hold.user_id AND u.role = 1 AND u.rep_id <> $2);

-- name: transfer_ties
-- Customers to whom something is tied, once for each: 1 an open appointment, 2 a place on an open work list, 3 somebody has them at hand.
-- args: now_us int
-- row: kind int, customer_id int
SELECT 1 AS kind, a.customer_id FROM app_user u JOIN appointment a ON a.user_id = u.id AND a.state = 0
UNION ALL
SELECT 2, p.customer_id FROM worklist w JOIN worklist_customer p ON p.worklist_id = w.id WHERE w.retired_us = 0
UNION ALL
SELECT 3, h.customer_id FROM customer_hold h WHERE h.until_us > $1;

-- name: transfer_list
-- All of them, the newest first; of one, by its id (0: all), or of one rep, to or from them (0: any).
-- args: id int, rep_id int
-- row: id int, state int, day int, rep text, along int, reason text, said text, who text, made_us int, done_us int, ended_us int
-- row: ended_by text, import_id int, customers int, moved int, stands int, rep_id int
SELECT t.id, t.state, t.day, l.code AS rep, t.along, t.reason, t.said, t.who, t.made_us, t.done_us, t.ended_us, t.ended_by,
    t.import_id,
    (SELECT count(*) FROM transfer_customer k WHERE k.transfer_id = t.id) AS customers,
    (SELECT count(*) FROM transfer_customer k WHERE k.transfer_id = t.id AND k.moved = 1) AS moved,
    CASE WHEN $1 = 0 THEN 0 ELSE
        (SELECT count(*) FROM transfer_customer k JOIN customer c ON c.id = k.customer_id AND c.rep_id = t.rep_id
         WHERE k.transfer_id = t.id AND k.moved = 1) END AS stands,
    t.rep_id
FROM transfer t
JOIN label l ON l.id = t.rep_id
WHERE ($1 = 0 OR t.id = $1) AND ($2 = 0 OR t.rep_id = $2
    OR EXISTS (SELECT 1 FROM transfer_customer k WHERE k.transfer_id = t.id AND k.from_rep_id = $2))
ORDER BY t.id DESC; -- no nulls

-- name: transfer_members
-- The customers of one, by code, behind a code; also those that were merged since, whose rep is that of the main one.
-- args: transfer_id int, after text, most int
-- row: code text, name text, from_rep text, moved int, now_rep text
SELECT c.code AS code, c.name, f.code AS from_rep, k.moved, n.code AS now_rep
FROM transfer_customer k
JOIN customer c ON c.id = k.customer_id
JOIN label f ON f.id = k.from_rep_id
JOIN label n ON n.id = c.rep_id
WHERE k.transfer_id = $1 AND c.code > $2
UNION ALL
SELECT a.code, a.name, f.code, k.moved, n.code
FROM transfer_customer k
JOIN duplicate_absorbed a ON a.id = k.customer_id
JOIN duplicate_merge m ON m.customer_id = a.id
JOIN customer c ON c.id = m.main_id
JOIN label f ON f.id = k.from_rep_id
JOIN label n ON n.id = c.rep_id
WHERE k.transfer_id = $1 AND a.code > $2
ORDER BY code -- no nulls
LIMIT $3;

-- name: transfer_of_customer
-- The transfers of one customer, in no order.
-- args: customer_id int
-- row: id int, state int, day int, from_rep text, to_rep text, who text, reason text, done_us int, moved int
SELECT t.id, t.state, t.day, f.code AS from_rep, l.code AS to_rep, t.who, t.reason, t.done_us, k.moved
FROM transfer_customer k
JOIN transfer t ON t.id = k.transfer_id
JOIN label f ON f.id = k.from_rep_id
JOIN label l ON l.id = t.rep_id
WHERE k.customer_id = $1 AND t.state <> 3;
