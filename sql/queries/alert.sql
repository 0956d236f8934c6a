-- SPDX-License-Identifier: Apache-2.0
-- The rules of who is told what, whom they name, and what each was told. Bits and states: src/core/alert.h.

-- name: alert_list
-- All, the retired last, by name; when each told somebody last.
-- row: id int, name text, events int, ahead_days int, idle_days int, query text, recipients int, worklist_id int
-- row: layout int, channels int, schedule text, state int, from_on int, made_us int, made_by text, retired_us int
-- row: version int, told_on int?, told_people int, gateway_id int
SELECT a.id, a.name, a.events, a.ahead_days, a.idle_days, a.query, a.recipients, a.worklist_id, a.layout, a.channels,
    a.schedule, a.state, a.from_on, a.made_us, a.made_by, a.retired_us, a.version, a.told_on, a.told_people,
    a.gateway_id
FROM alert a
ORDER BY CASE WHEN a.retired_us > 0 THEN 1 ELSE 0 END, a.name, a.id; -- no nulls

-- name: alert_find
-- One.
-- args: id int
-- row: id int, name text, events int, ahead_days int, idle_days int, query text, recipients int, worklist_id int
-- row: layout int, channels int, schedule text, state int, from_on int, made_us int, made_by text, retired_us int
-- row: version int, told_on int?, told_people int, gateway_id int
SELECT a.id, a.name, a.events, a.ahead_days, a.idle_days, a.query, a.recipients, a.worklist_id, a.layout, a.channels,
    a.schedule, a.state, a.from_on, a.made_us, a.made_by, a.retired_us, a.version, a.told_on, a.told_people,
    a.gateway_id
FROM alert a WHERE a.id = $1;

-- name: alert_of_token
-- What a form made before.
-- args: token text
-- row: id int
SELECT id FROM alert WHERE token = $1;

-- name: alert_add
-- A new one.
-- args: id int, name text, events int, ahead_days int, idle_days int, query text, recipients int, worklist_id int
-- args: layout int, channels int, schedule text, state int, from_on int, made_us int, made_by text, token text
-- args: gateway_id int
INSERT INTO alert (id, name, events, ahead_days, idle_days, query, recipients, worklist_id, layout, channels, schedule, state,
    from_on, made_us, made_by, token, gateway_id)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17);

-- name: alert_change
-- All that a person edits, if nobody else has since the version.
-- args: id int, version int, name text, events int, ahead_days int, idle_days int, query text, recipients int
-- args: worklist_id int, layout int, channels int, schedule text, state int, from_on int, retired_us int
-- args: gateway_id int
UPDATE alert SET name = $3, events = $4, ahead_days = $5, idle_days = $6, query = $7, recipients = $8, worklist_id = $9,
    layout = $10, channels = $11, schedule = $12, state = $13, from_on = $14, retired_us = $15,
    gateway_id = $16, version = version + 1
WHERE id = $1 AND version = $2;

-- together: alert_choices
-- Who is named by which rule, and what a rule can tell phones by.
-- of: alert_user_list gateway_name_list

-- name: alert_user_list
-- Who is named by which; the retired too.
-- row: alert_id int, user_id int
SELECT alert_id, user_id FROM alert_user ORDER BY alert_id, user_id -- no nulls
LIMIT {{all}};

-- name: alert_user_clear
-- Nobody is named.
-- args: alert_id int
DELETE FROM alert_user WHERE alert_id = $1;

-- name: alert_user_add
-- Somebody is.
-- args: alert_id int, user_id int
INSERT INTO alert_user (alert_id, user_id) VALUES ($1, $2) ON CONFLICT (alert_id, user_id) DO NOTHING;

-- name: alert_told_list
-- Of what a rule told whom since a day.
-- args: alert_id int, from_day int
-- row: customer_id int, user_id int, event int, last_on int
SELECT customer_id, user_id, event, last_on FROM alert_told WHERE alert_id = $1 AND told_on >= $2
ORDER BY customer_id, user_id, event, last_on; -- no nulls

-- name: alert_told_add
-- It was told now; what was before counts from now on again.
-- args: customer_id int, alert_id int, user_id int, event int, last_on int, told_on int
INSERT INTO alert_told (customer_id, alert_id, user_id, event, last_on, told_on) VALUES ($1, $2, $3, $4, $5, $6)
ON CONFLICT (customer_id, alert_id, user_id, event, last_on) DO UPDATE SET told_on = excluded.told_on;

-- name: alert_told_find
-- Was it told since a day?
-- args: customer_id int, alert_id int, user_id int, event int, last_on int, from_day int
-- row: told_on int
SELECT told_on FROM alert_told
WHERE customer_id = $1 AND alert_id = $2 AND user_id = $3 AND event = $4 AND last_on = $5 AND told_on >= $6;

-- name: alert_story
-- Who was told of which customers by a rule on a day.
-- args: alert_id int, user_id int, told_on int, most int
-- row: code text, name text, event int, last_on int
SELECT c.code, c.name, t.event, t.last_on FROM alert_told t JOIN customer c ON c.id = t.customer_id
WHERE t.alert_id = $1 AND t.user_id = $2 AND t.told_on = $3
ORDER BY c.code, t.event LIMIT $4; -- no nulls

-- name: alert_told_sweep
-- What was told too long ago to be asked for.
-- args: alert_id int, before_day int
DELETE FROM alert_told WHERE alert_id = $1 AND told_on < $2;

-- name: alert_ran
-- It told so many people on a day; more of the same day count together.
-- args: id int, told_on int, people int
UPDATE alert SET told_people = CASE WHEN told_on = $2 THEN told_people ELSE 0 END + $3, told_on = $2 WHERE id = $1;

-- name: alert_queries
-- What every rule asks.
-- row: id int, query text
SELECT id, query FROM alert ORDER BY id; -- no nulls

-- name: alert_requery
-- It asks the same in other words.
-- args: id int, query text
UPDATE alert SET query = $2, version = version + 1 WHERE id = $1;
