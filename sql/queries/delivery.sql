-- SPDX-License-Identifier: Apache-2.0
-- Events that some webhook is told of, and each telling. States and kinds: sql/migrations/*_webhook.sql.

-- name: delivery_event_max
-- The greatest number of an event.
-- row: id int
SELECT coalesce(max(id), 0) AS id FROM webhook_event;

-- name: delivery_event_add
-- One event; the same one a second time is none.
-- args: id int, name text, kind int, subject int, occasion int, at_us int, was int, became int, day int, many int
INSERT INTO webhook_event (id, name, kind, subject, occasion, at_us, was, became, day, many)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
ON CONFLICT (kind, subject, occasion) DO NOTHING;

-- name: delivery_event_drop
-- Too many to be told one by one.
-- args: first int, kind int
DELETE FROM webhook_event WHERE id > $1 AND kind = $2;

-- name: delivery_max
-- The greatest number.
-- row: id int
SELECT coalesce(max(id), 0) AS id FROM webhook_delivery;

-- name: delivery_add
-- Each event of a kind past a number, for each webhook that asks for the topic.
-- args: first int, event int, kind int, topic int, tries int, now_us int
INSERT INTO webhook_delivery (id, webhook_id, event_id, state, tries_left, due_us)
SELECT $1 + row_number() OVER (ORDER BY e.id, w.id), w.id, e.id, 1, $5, $6 -- no nulls
FROM webhook_event e JOIN webhook w ON w.state = 1 AND (w.topics & $4) <> 0
WHERE e.id > $2 AND e.kind = $3;

-- name: delivery_add_to
-- One event for one webhook, at once.
-- args: id int, webhook_id int, event_id int, tries int
INSERT INTO webhook_delivery (id, webhook_id, event_id, state, tries_left, due_us) VALUES ($1, $2, $3, 1, $4, 0);

-- name: delivery_waiting
-- Webhooks that nobody is sending to, and when the next of each is due.
-- args: now_us int
-- row: id int, state int, wait_us int, due_us int?
SELECT w.id, w.state, w.wait_us,
    (SELECT min(d.due_us) FROM webhook_delivery d WHERE d.webhook_id = w.id AND d.state = 1) AS due_us
FROM webhook w
WHERE w.state <> 3 AND w.lease_us <= $1
ORDER BY w.id; -- no nulls

-- name: delivery_next
-- What is due first for a webhook, with all that sending it takes.
-- args: webhook_id int
-- row: id int, webhook_id int, tries int, tries_left int, url text, secret text, lang text
-- row: event_id int, name text, kind int, subject int, at_us int, was int, became int, day int, many int
SELECT d.id, d.webhook_id, d.tries, d.tries_left, w.url, w.secret, w.lang, e.id AS event_id, e.name, e.kind, e.subject, e.at_us,
    e.was, e.became, e.day, e.many
FROM webhook_delivery d JOIN webhook w ON w.id = d.webhook_id JOIN webhook_event e ON e.id = d.event_id
WHERE d.webhook_id = $1 AND d.state = 1
ORDER BY d.due_us, d.id -- no nulls
LIMIT 1;

-- name: delivery_lease
-- Somebody is sending to it, until a moment (0: no longer).
-- args: webhook_id int, lease_us int
UPDATE webhook SET lease_us = $2 WHERE id = $1;

-- name: delivery_tried
-- It is on its way; counted before, so that what kills the program is not tried for ever.
-- args: id int, now_us int
UPDATE webhook_delivery SET tries = tries + 1, tries_left = tries_left - 1, tried_us = $2 WHERE id = $1;

-- name: delivery_taken
-- The receiver took it.
-- args: id int, status int, answer text, ms int
UPDATE webhook_delivery SET state = 2, status = $2, fault = '', answer = $3, ms = $4 WHERE id = $1;

-- name: delivery_failed
-- It did not: again at a moment, or given up (0).
-- args: id int, status int, fault text, answer text, ms int, due_us int
UPDATE webhook_delivery SET state = CASE WHEN $6 = 0 THEN 3 ELSE 1 END, due_us = $6, status = $2, fault = $3, answer = $4, ms = $5
WHERE id = $1 AND state = 1;

-- name: delivery_good
-- What is at the other end answers as it should.
-- args: webhook_id int, now_us int
UPDATE webhook SET lease_us = 0, wait_us = 0, fails = 0, failing_us = 0, told_us = $2 WHERE id = $1;

-- name: delivery_bad
-- It does not: nothing before a moment.
-- args: webhook_id int, now_us int, wait_us int
UPDATE webhook SET lease_us = 0, wait_us = $3, fails = fails + 1, failing_us = CASE WHEN failing_us = 0 THEN $2 ELSE failing_us END
WHERE id = $1;

-- name: delivery_fails
-- How often in a row it has failed, and since when.
-- args: webhook_id int
-- row: fails int, failing_us int
SELECT fails, failing_us FROM webhook WHERE id = $1;

-- name: delivery_resend
-- Once more, at once.
-- args: webhook_id int, id int
UPDATE webhook_delivery SET tries_left = CASE WHEN state = 1 AND tries_left > 0 THEN tries_left ELSE 1 END, state = 1, due_us = 0
WHERE webhook_id = $1 AND id = $2;

-- name: delivery_give_up
-- All that still wait, of one webhook.
-- args: webhook_id int
UPDATE webhook_delivery SET state = 3 WHERE webhook_id = $1 AND state = 1;

-- name: delivery_list
-- Those of a webhook in a state (0: any), the newest first, before an event.
-- args: webhook_id int, state int, before int, most int
-- row: id int, event_id int, name text, kind int, subject int, at_us int, was int, became int, day int, many int, code text
-- row: state int, tries int, tries_left int, due_us int, tried_us int, status int, fault text, answer text, ms int
SELECT d.id, d.event_id, e.name, e.kind, e.subject, e.at_us, e.was, e.became, e.day, e.many, coalesce(c.code, '') AS code,
    d.state, d.tries, d.tries_left, d.due_us, d.tried_us, d.status, d.fault, d.answer, d.ms
FROM webhook_delivery d JOIN webhook_event e ON e.id = d.event_id
LEFT JOIN customer c ON c.id = e.subject AND e.kind IN (1, 4)
WHERE d.webhook_id = $1 AND (d.state = $2 OR $2 = 0) AND d.event_id < $3
ORDER BY d.event_id DESC -- no nulls
LIMIT $4;

-- name: delivery_sweep
-- What is over and old goes.
-- args: before_us int
DELETE FROM webhook_delivery WHERE state <> 1 AND event_id IN (SELECT id FROM webhook_event WHERE at_us < $1);

-- name: delivery_event_sweep
-- Events that nobody is told of any more.
-- args: before_us int
DELETE FROM webhook_event WHERE at_us < $1
    AND NOT EXISTS (SELECT 1 FROM webhook_delivery d WHERE d.event_id = webhook_event.id);
