-- SPDX-License-Identifier: Apache-2.0
-- The installation's settings, and who changed what.

-- name: setting_find
-- One setting's value.
-- args: name text
-- row: value text
SELECT value FROM setting WHERE name = $1;

-- name: setting_put
-- Set it, whether it was there or not.
-- args: name text, value text
INSERT INTO setting (name, value) VALUES ($1, $2)
ON CONFLICT (name) DO UPDATE SET value = excluded.value;

-- name: setting_drop
-- Not set any more.
-- args: name text
DELETE FROM setting WHERE name = $1;

-- name: setting_list
-- All of them.
-- row: name text, value text
SELECT name, value FROM setting ORDER BY name; -- no nulls

-- name: audit_add
-- One line of the audit trail.
-- args: at_us int, who text, what text, subject text, before_text text, after_text text
INSERT INTO audit (at_us, who, what, subject, before_text, after_text) VALUES ($1, $2, $3, $4, $5, $6);

-- name: counter_find
-- The last number given out.
-- args: name text
-- row: value int
SELECT value FROM counter WHERE name = $1;

-- name: counter_put
-- Numbers up to this one are given out.
-- args: name text, value int
INSERT INTO counter (name, value) VALUES ($1, $2)
ON CONFLICT (name) DO UPDATE SET value = excluded.value;
