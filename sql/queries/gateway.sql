-- SPDX-License-Identifier: Apache-2.0
-- Providers of messages that take an HTTP request for each.

-- name: gateway_list
-- All, the retired last, by name.
-- row: id int, name text, url text, headers text, body text, form int, secret text, expects text, per_minute int, state int
-- row: made_us int, made_by text, version int
SELECT id, name, url, headers, body, form, secret, expects, per_minute, state, made_us, made_by, version FROM gateway
ORDER BY CASE state WHEN 3 THEN 1 ELSE 0 END, name, id; -- no nulls

-- name: gateway_name_list
-- What messages can go by, by name; the retired (state 3) too.
-- row: id int, name text, state int
SELECT id, name, state FROM gateway ORDER BY name, id -- no nulls
LIMIT {{all}};

-- name: gateway_find
-- One.
-- args: id int
-- row: id int, name text, url text, headers text, body text, form int, secret text, expects text, per_minute int, state int
-- row: made_us int, made_by text, version int
SELECT id, name, url, headers, body, form, secret, expects, per_minute, state, made_us, made_by, version FROM gateway WHERE id = $1;

-- name: gateway_of_token
-- What a form made before.
-- args: token text
-- row: id int
SELECT id FROM gateway WHERE token = $1;

-- name: gateway_add
-- A new one.
-- args: id int, name text, url text, headers text, body text, form int, secret text, expects text, per_minute int, made_us int
-- args: made_by text, token text
INSERT INTO gateway (id, name, url, headers, body, form, secret, expects, per_minute, state, made_us, made_by, token)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, 1, $10, $11, $12);

-- name: gateway_change
-- What a person edits, if nobody else has since the version.
-- args: id int, version int, name text, url text, headers text, body text, form int, secret text, expects text, per_minute int
UPDATE gateway SET name = $3, url = $4, headers = $5, body = $6, form = $7, secret = $8, expects = $9, per_minute = $10,
    version = version + 1
WHERE id = $1 AND version = $2 AND state <> 3;

-- name: gateway_state
-- In use, paused or retired from now on.
-- args: id int, state int
UPDATE gateway SET state = $2, version = version + 1 WHERE id = $1 AND state <> $2 AND state <> 3;

-- name: gateway_restored
-- A copy of a database sends nothing by itself.
UPDATE gateway SET state = 2, version = version + 1 WHERE state = 1;
