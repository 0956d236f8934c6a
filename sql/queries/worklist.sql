-- SPDX-License-Identifier: Apache-2.0
-- Work lists: who is to be contacted, by whom, and how far that is.

-- name: worklist_max
-- The greatest id.
-- row: id int
SELECT coalesce(max(id), 0) AS id FROM worklist;

-- name: worklist_add
-- A new one.
-- args: id int, name text, query text, capacity int, starts_on int, ends_on int?, script text, user_id int, made_us int
INSERT INTO worklist (id, name, query, capacity, starts_on, ends_on, script, user_id, made_us)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9);

-- name: worklist_change
-- All that a manager edits, if nobody else has since the version.
-- args: id int, version int, name text, query text, capacity int, starts_on int, ends_on int?, script text
-- args: retired_us int
UPDATE worklist SET name = $3, query = $4, capacity = $5, starts_on = $6, ends_on = $7, script = $8, retired_us = $9,
    version = version + 1
WHERE id = $1 AND version = $2;

-- name: worklist_find
-- One of them.
-- args: id int
-- row: id int, name text, query text, capacity int, starts_on int, ends_on int?, script text, user_id int
-- row: made_us int, retired_us int, version int
SELECT id, name, query, capacity, starts_on, ends_on, script, user_id, made_us, retired_us, version
FROM worklist WHERE id = $1;

-- name: worklist_list
-- All of them with what was done on them since they began and on a day. Outcomes 4 and 6: nobody answered; 1: ordered.
-- args: day int
-- row: id int, name text, query text, capacity int, starts_on int, ends_on int?, script text, user_id int
-- row: made_us int, retired_us int, version int
-- row: customers int, reached int, ordered int, customers_day int, reached_day int, ordered_day int
SELECT w.id, w.name, w.query, w.capacity, w.starts_on, w.ends_on, w.script, w.user_id, w.made_us, w.retired_us, w.version,
    count(DISTINCT c.customer_id) AS customers,
    count(DISTINCT CASE WHEN c.outcome NOT IN (4, 6, 9) THEN c.customer_id END) AS reached,
    count(DISTINCT CASE WHEN c.outcome = 1 THEN c.customer_id END) AS ordered,
    count(DISTINCT CASE WHEN c.day = $1 THEN c.customer_id END) AS customers_day,
    count(DISTINCT CASE WHEN c.day = $1 AND c.outcome NOT IN (4, 6, 9) THEN c.customer_id END) AS reached_day,
    count(DISTINCT CASE WHEN c.day = $1 AND c.outcome = 1 THEN c.customer_id END) AS ordered_day
FROM worklist w
LEFT JOIN contact c ON c.worklist_id = w.id
GROUP BY w.id, w.name, w.query, w.capacity, w.starts_on, w.ends_on, w.script, w.user_id, w.made_us, w.retired_us, w.version
ORDER BY w.name, w.id -- no nulls
LIMIT {{all}};

-- name: worklist_plain
-- All of them without what was done.
-- row: id int, name text, query text, capacity int, starts_on int, ends_on int?, script text, user_id int
-- row: made_us int, retired_us int, version int
SELECT id, name, query, capacity, starts_on, ends_on, script, user_id, made_us, retired_us, version FROM worklist
ORDER BY name, id -- no nulls
LIMIT {{all}};

-- together: worklist_board
-- All lists with what was done, and who works on which.
-- of: worklist_list worklist_user_list

-- name: worklist_user_list
-- Who works on which list.
-- row: worklist_id int, user_id int, name text
SELECT w.worklist_id, w.user_id, coalesce(u.name, '') AS name
FROM worklist_user w LEFT JOIN app_user u ON u.id = w.user_id
ORDER BY w.worklist_id, u.name NULLS LAST, w.user_id
LIMIT {{all}};

-- name: worklist_user_clear
-- Nobody works on it.
-- args: worklist_id int
DELETE FROM worklist_user WHERE worklist_id = $1;

-- name: worklist_user_add
-- Somebody does.
-- args: worklist_id int, user_id int
INSERT INTO worklist_user (worklist_id, user_id) VALUES ($1, $2) ON CONFLICT (worklist_id, user_id) DO NOTHING;

-- name: worklist_customer_add
-- A customer picked by hand.
-- args: worklist_id int, customer_id int
INSERT INTO worklist_customer (worklist_id, customer_id) VALUES ($1, $2) ON CONFLICT (worklist_id, customer_id) DO NOTHING;

-- name: worklist_customer_drop
-- Not any more.
-- args: worklist_id int, customer_id int
DELETE FROM worklist_customer WHERE worklist_id = $1 AND customer_id = $2;

-- name: worklist_picked
-- Picked customers who are not closed on a day, are in the portfolio of a rep ('': anybody's), and not put off; the dearest first.
-- args: worklist_id int, rep text, day int
-- row: id int, code text, name text, city text, last_contact int?
SELECT c.id, c.code, c.name, coalesce(t.code, '') AS city, c.last_contact
FROM worklist_customer p
JOIN customer c ON c.id = p.customer_id
LEFT JOIN label l ON l.id = c.rep_id
LEFT JOIN label t ON t.id = c.city_id
LEFT JOIN score s ON s.customer_id = c.id
LEFT JOIN worklist_skip k ON k.worklist_id = p.worklist_id AND k.customer_id = p.customer_id AND k.until_on > $3
WHERE p.worklist_id = $1 AND ($2 = '' OR l.code = $2)
    AND (c.closed_on IS NULL OR c.closed_on > $3) AND k.customer_id IS NULL
ORDER BY s.value_12m DESC NULLS LAST, c.code NULLS LAST
LIMIT {{all}};

-- name: worklist_skip_put
-- Not to be shown again before a day.
-- args: worklist_id int, customer_id int, user_id int, until_on int, why text
INSERT INTO worklist_skip (worklist_id, customer_id, user_id, until_on, why) VALUES ($1, $2, $3, $4, $5)
ON CONFLICT (worklist_id, customer_id) DO UPDATE
SET user_id = excluded.user_id, until_on = excluded.until_on, why = excluded.why;

-- name: worklist_skip_list
-- Who is put off on a day.
-- args: worklist_id int, day int
-- row: customer_id int
SELECT customer_id FROM worklist_skip WHERE worklist_id = $1 AND until_on > $2 ORDER BY customer_id -- no nulls
LIMIT {{all}};

-- name: worklist_state
-- What of a customer decides whether it is still to be given out.
-- args: customer_id int, appointment_id int
-- row: last_contact int?, appointment int
SELECT c.last_contact, (SELECT count(*) FROM appointment a WHERE a.customer_id = $1 AND a.id = $2 AND a.state = 0) AS appointment
FROM customer c WHERE c.id = $1;

-- name: worklist_tally
-- What a user did on a list on a day.
-- args: worklist_id int, user_id int, day int
-- row: n int
SELECT count(DISTINCT customer_id) AS n FROM contact WHERE worklist_id = $1 AND day = $3 AND user_id = $2;

-- name: worklist_queries
-- What every list asks.
-- row: id int, query text
SELECT id, query FROM worklist ORDER BY id; -- no nulls

-- name: worklist_requery
-- It asks the same in other words.
-- args: id int, query text
UPDATE worklist SET query = $2, version = version + 1 WHERE id = $1;

-- name: worklist_members
-- Customers picked for a list, by code, behind one: in the portfolio of a rep ('': anybody's), whose name or code fits ('': any), with
-- what was done on this list. Nothing of another list is told.
-- args: worklist_id int, rep text, pattern text, after_code text, most int
-- row: id int, code text, name text, city text, rep text, closed_on int?, skip_until int?, skip_why text
-- row: contacts int, last_day int?, last_outcome int, last_user text
SELECT c.id, c.code, c.name, coalesce(t.code, '') AS city, coalesce(l.code, '') AS rep, c.closed_on,
    k.until_on AS skip_until, coalesce(k.why, '') AS skip_why,
    (SELECT count(*) FROM contact x WHERE x.customer_id = c.id AND x.worklist_id = $1) AS contacts,
    (SELECT max(x.day) FROM contact x WHERE x.customer_id = c.id AND x.worklist_id = $1) AS last_day,
    coalesce((SELECT x.outcome FROM contact x WHERE x.customer_id = c.id AND x.worklist_id = $1
        ORDER BY x.at_us DESC, x.id DESC -- no nulls
        LIMIT 1), 0) AS last_outcome,
    coalesce((SELECT u.name FROM contact x JOIN app_user u ON u.id = x.user_id WHERE x.customer_id = c.id AND x.worklist_id = $1
        ORDER BY x.at_us DESC, x.id DESC -- no nulls
        LIMIT 1), '') AS last_user
FROM worklist_customer p
JOIN customer c ON c.id = p.customer_id
LEFT JOIN label l ON l.id = c.rep_id
LEFT JOIN label t ON t.id = c.city_id
LEFT JOIN worklist_skip k ON k.worklist_id = p.worklist_id AND k.customer_id = p.customer_id
WHERE p.worklist_id = $1 AND ($2 = '' OR l.code = $2) AND c.code > $4
    AND ($3 = '' OR c.name_fold LIKE $3 ESCAPE '!' OR lower(c.code) LIKE $3 ESCAPE '!')
ORDER BY c.code -- no nulls
LIMIT $5;

-- name: worklist_members_count
-- How many that is, behind none, and how many of them were contacted on this list.
-- args: worklist_id int, rep text, pattern text
-- row: n int, contacted int
SELECT count(*) AS n,
    count(CASE WHEN EXISTS (SELECT 1 FROM contact x WHERE x.customer_id = c.id AND x.worklist_id = $1) THEN 1 END) AS contacted
FROM worklist_customer p
JOIN customer c ON c.id = p.customer_id
LEFT JOIN label l ON l.id = c.rep_id
WHERE p.worklist_id = $1 AND ($2 = '' OR l.code = $2)
    AND ($3 = '' OR c.name_fold LIKE $3 ESCAPE '!' OR lower(c.code) LIKE $3 ESCAPE '!');
