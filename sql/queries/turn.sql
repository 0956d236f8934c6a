-- SPDX-License-Identifier: Apache-2.0
-- Whose turn it is.

-- name: turn_find
-- Whose.
-- args: name text
-- row: who text, until_us int
SELECT who, until_us FROM turn WHERE name = $1;

-- name: turn_put
-- It is theirs.
-- args: name text, who text, until_us int
INSERT INTO turn (name, who, until_us) VALUES ($1, $2, $3)
ON CONFLICT (name) DO UPDATE SET who = excluded.who, until_us = excluded.until_us;

-- name: turn_hold
-- And still is.
-- args: who text, until_us int
UPDATE turn SET until_us = $2 WHERE who = $1;

-- name: turn_leave
-- Not any more.
-- args: name text, who text
DELETE FROM turn WHERE name = $1 AND who = $2;

-- name: turn_restored
-- In a database made of a backup nobody is at anything.
DELETE FROM turn;
