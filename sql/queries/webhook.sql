-- SPDX-License-Identifier: Apache-2.0
-- Other programs that are told of events, and what was last told of each customer. States and kinds: sql/migrations/*_webhook.sql.

-- name: webhook_list
-- All, the retired last, by name; how much waits to be sent, and how much was given up.
-- row: id int, name text, url text, secret text, topics int, lang text, state int, why text, made_us int, made_by text
-- row: version int, wait_us int, failing_us int, told_us int, waiting int, given_up int
SELECT w.id, w.name, w.url, w.secret, w.topics, w.lang, w.state, w.why, w.made_us, w.made_by, w.version, w.wait_us,
    w.failing_us, w.told_us,
    (SELECT count(*) FROM webhook_delivery d WHERE d.webhook_id = w.id AND d.state = 1) AS waiting,
    (SELECT count(*) FROM webhook_delivery d WHERE d.webhook_id = w.id AND d.state = 3) AS given_up
FROM webhook w
ORDER BY CASE w.state WHEN 3 THEN 1 ELSE 0 END, w.name, w.id; -- no nulls

-- name: webhook_find
-- One.
-- args: id int
-- row: id int, name text, url text, secret text, topics int, lang text, state int, why text, made_us int, made_by text
-- row: version int, wait_us int, failing_us int, told_us int, waiting int, given_up int
SELECT w.id, w.name, w.url, w.secret, w.topics, w.lang, w.state, w.why, w.made_us, w.made_by, w.version, w.wait_us,
    w.failing_us, w.told_us,
    (SELECT count(*) FROM webhook_delivery d WHERE d.webhook_id = w.id AND d.state = 1) AS waiting,
    (SELECT count(*) FROM webhook_delivery d WHERE d.webhook_id = w.id AND d.state = 3) AS given_up
FROM webhook w WHERE w.id = $1;

-- name: webhook_of_token
-- What a form made before.
-- args: token text
-- row: id int
SELECT id FROM webhook WHERE token = $1;

-- name: webhook_add
-- A new one.
-- args: id int, name text, url text, secret text, topics int, lang text, made_us int, made_by text, token text
INSERT INTO webhook (id, name, url, secret, topics, lang, state, made_us, made_by, token)
VALUES ($1, $2, $3, $4, $5, $6, 1, $7, $8, $9);

-- name: webhook_change
-- What a person edits, if nobody else has since the version.
-- args: id int, version int, name text, url text, topics int
UPDATE webhook SET name = $3, url = $4, topics = $5, version = version + 1 WHERE id = $1 AND version = $2 AND state <> 3;

-- name: webhook_secret
-- Another secret.
-- args: id int, secret text
UPDATE webhook SET secret = $2, version = version + 1 WHERE id = $1 AND state <> 3;

-- name: webhook_seal
-- The same secret, kept sealed.
-- args: id int, was text, sealed text
UPDATE webhook SET secret = $3 WHERE id = $1 AND secret = $2;

-- name: webhook_state
-- Told, paused or retired from now on; what failed before is forgotten.
-- args: id int, state int, why text
UPDATE webhook SET state = $2, why = $3, wait_us = 0, fails = 0, failing_us = 0, version = version + 1
WHERE id = $1 AND state <> $2 AND state <> 3;

-- name: webhook_topics
-- What those that are told ask for, a row each.
-- row: topics int
SELECT topics FROM webhook WHERE state = 1;

-- name: webhook_restored
-- A copy of a database must not tell anybody anything by itself.
-- args: why text
UPDATE webhook SET state = 2, why = $1, lease_us = 0, version = version + 1 WHERE state = 1;

-- ---- what was told of customers ----

-- name: webhook_told_clear
-- Nobody asks any more, or telling begins anew.
DELETE FROM webhook_told;

-- name: webhook_told_make
-- As it stands now: what happened before was never to be told. Also those that were not there before.
INSERT INTO webhook_told (customer_id, status, ended_on)
SELECT s.customer_id, s.status,
    coalesce((SELECT max(e.ended_on) FROM episode e WHERE e.customer_id = s.customer_id), 0) AS ended_on
FROM score s
WHERE NOT EXISTS (SELECT 1 FROM webhook_told t WHERE t.customer_id = s.customer_id);

-- name: webhook_told_make_moved
-- The same, of those whose row changed.
INSERT INTO webhook_told (customer_id, status, ended_on)
SELECT s.customer_id, s.status,
    coalesce((SELECT max(e.ended_on) FROM episode e WHERE e.customer_id = s.customer_id), 0) AS ended_on
FROM score_moved m JOIN score s ON s.customer_id = m.customer_id
WHERE NOT EXISTS (SELECT 1 FROM webhook_told t WHERE t.customer_id = m.customer_id);

-- name: webhook_told_drop
-- Customers that are none any more: their number may be another's.
DELETE FROM webhook_told WHERE NOT EXISTS (SELECT 1 FROM score s WHERE s.customer_id = webhook_told.customer_id);

-- name: webhook_told_drop_moved
-- The same, of those whose row changed.
DELETE FROM webhook_told WHERE customer_id IN (SELECT customer_id FROM score_moved)
    AND NOT EXISTS (SELECT 1 FROM score s WHERE s.customer_id = webhook_told.customer_id);

-- name: webhook_crossed
-- An event for each customer whose status is not what was last told; day: the one it crossed on, as far as it is known.
-- args: first int, name text, now_us int, as_of int
INSERT INTO webhook_event (id, name, kind, subject, occasion, at_us, was, became, day)
SELECT $1 + row_number() OVER (ORDER BY s.customer_id), $2 || CAST(s.customer_id AS TEXT), 1, s.customer_id, $3, $3, -- no nulls
    t.status, s.status,
    coalesce(CASE s.status WHEN 3 THEN s.at_risk_on WHEN 4 THEN s.inactive_on WHEN 5 THEN s.lost_on
        WHEN 6 THEN NULL ELSE s.last_on END, $4)
FROM webhook_told t JOIN score s ON s.customer_id = t.customer_id
WHERE s.status <> t.status
ON CONFLICT (kind, subject, occasion) DO NOTHING;

-- name: webhook_crossed_moved
-- The same, of those whose row changed.
-- args: first int, name text, now_us int, as_of int
INSERT INTO webhook_event (id, name, kind, subject, occasion, at_us, was, became, day)
SELECT $1 + row_number() OVER (ORDER BY s.customer_id), $2 || CAST(s.customer_id AS TEXT), 1, s.customer_id, $3, $3, -- no nulls
    t.status, s.status,
    coalesce(CASE s.status WHEN 3 THEN s.at_risk_on WHEN 4 THEN s.inactive_on WHEN 5 THEN s.lost_on
        WHEN 6 THEN NULL ELSE s.last_on END, $4)
FROM score_moved m JOIN webhook_told t ON t.customer_id = m.customer_id JOIN score s ON s.customer_id = m.customer_id
WHERE s.status <> t.status
ON CONFLICT (kind, subject, occasion) DO NOTHING;

-- name: webhook_told_crossed
-- It was told now.
-- args: first int
UPDATE webhook_told SET status = (SELECT e.became FROM webhook_event e
    WHERE e.kind = 1 AND e.subject = webhook_told.customer_id AND e.id > $1)
WHERE customer_id IN (SELECT e.subject FROM webhook_event e WHERE e.id > $1 AND e.kind = 1);

-- name: webhook_returned
-- An event for each customer whose newest purchase that ended an episode lies in these days and was not told.
-- args: first int, name text, now_us int, from_day int, to_day int
INSERT INTO webhook_event (id, name, kind, subject, occasion, at_us, day)
SELECT $1 + row_number() OVER (ORDER BY e.customer_id), $2 || CAST(e.customer_id AS TEXT), 4, e.customer_id, -- no nulls
    e.ended_on, $3, e.ended_on
FROM (SELECT customer_id, max(ended_on) AS ended_on FROM episode
    WHERE ended_on IS NOT NULL AND ended_on >= $4 AND ended_on <= $5 GROUP BY customer_id) e
JOIN webhook_told t ON t.customer_id = e.customer_id
WHERE t.ended_on < e.ended_on
ON CONFLICT (kind, subject, occasion) DO NOTHING;

-- name: webhook_told_returned
-- It was told now.
-- args: first int
UPDATE webhook_told SET ended_on = (SELECT e.day FROM webhook_event e
    WHERE e.kind = 4 AND e.subject = webhook_told.customer_id AND e.id > $1)
WHERE customer_id IN (SELECT e.subject FROM webhook_event e WHERE e.id > $1 AND e.kind = 4);
