-- SPDX-License-Identifier: Apache-2.0
-- Which days are worked: settings, and the company's own holidays.

-- name: holiday_workdays
-- What the settings say of the week and the country, and each holiday in use.
-- row: name text, value text, kind int, at int, worked int
SELECT name, value, 0 AS kind, 0 AS at, 0 AS worked FROM setting WHERE name IN ('workdays', 'country')
UNION ALL
SELECT name, '' AS value, kind, at, worked FROM holiday WHERE retired_us = 0;

-- name: holiday_list
-- All of them, the retired too.
-- row: id int, name text, kind int, at int, worked int, token text, made_us int, retired_us int, version int
SELECT id, name, kind, at, worked, token, made_us, retired_us, version FROM holiday ORDER BY id; -- no nulls

-- name: holiday_add
-- A new one.
-- args: id int, name text, kind int, at int, worked int, token text, made_us int
INSERT INTO holiday (id, name, kind, at, worked, token, made_us) VALUES ($1, $2, $3, $4, $5, $6, $7);

-- name: holiday_change
-- All that a person edits, if nobody else has since the version.
-- args: id int, version int, name text, kind int, at int, worked int, retired_us int
UPDATE holiday SET name = $3, kind = $4, at = $5, worked = $6, retired_us = $7, version = version + 1
WHERE id = $1 AND version = $2;
