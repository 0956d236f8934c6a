-- SPDX-License-Identifier: Apache-2.0
-- The rules of inactivity, as text, and all that were ever saved.

-- name: policy_list
-- All rules; those whose place nobody has said have 0.
-- row: scope text, rule text, place int
SELECT scope, rule, place FROM policy_rule ORDER BY place, scope; -- no nulls

-- name: policy_others
-- How many rules are there for other scopes, and of them with a place?
-- args: scope text
-- row: n int, placed int
SELECT count(*) AS n, count(CASE WHEN place > 0 THEN 1 END) AS placed FROM policy_rule WHERE scope <> $1;

-- name: policy_put
-- The rule of a scope; one that is there keeps its place.
-- args: scope text, rule text
INSERT INTO policy_rule (scope, rule) VALUES ($1, $2)
ON CONFLICT (scope) DO UPDATE SET rule = excluded.rule;

-- name: policy_add
-- A rule at its place.
-- args: scope text, rule text, place int
INSERT INTO policy_rule (scope, rule, place) VALUES ($1, $2, $3);

-- name: policy_remove
-- No rule for this scope.
-- args: scope text
DELETE FROM policy_rule WHERE scope = $1;

-- name: policy_clear
-- No rules, for others that come in the same transaction.
DELETE FROM policy_rule;

-- name: policy_version_add
-- Rules that were saved; ids are never used again.
-- args: id int, made_us int, who text, note text, rules text, in_force_us int?, token text
INSERT INTO policy_version (id, made_us, who, note, rules, in_force_us, token) VALUES ($1, $2, $3, $4, $5, $6, $7);

-- name: policy_version_token
-- What a form saved that was sent before.
-- args: token text
-- row: id int
SELECT id FROM policy_version WHERE token = $1 AND token > '';

-- name: policy_version_newest
-- Which were saved last?
-- row: id int
SELECT max(id) AS id FROM policy_version HAVING count(*) > 0;

-- name: policy_version_list
-- What was saved, the newest first; before_id: older than this one.
-- args: before_id int, most int
-- row: id int, made_us int, who text, note text, rules text, in_force_us int?, told text
SELECT id, made_us, who, note, rules, in_force_us, told FROM policy_version WHERE id < $1
ORDER BY id DESC LIMIT $2; -- no nulls

-- name: policy_version_enter
-- It comes into force, unless others were saved since.
-- args: id int, in_force_us int
UPDATE policy_version SET in_force_us = $2, told = ''
WHERE id = $1 AND in_force_us IS NULL AND id = (SELECT max(id) FROM policy_version);

-- name: policy_version_told
-- Why its score failed.
-- args: id int, told text
UPDATE policy_version SET told = $2 WHERE id = $1 AND in_force_us IS NULL;
