-- SPDX-License-Identifier: Apache-2.0
-- The rules of inactivity, as text.

-- name: policy_list
-- All rules.
-- row: scope text, rule text
SELECT scope, rule FROM policy_rule ORDER BY scope; -- no nulls

-- name: policy_others
-- How many rules are there for other scopes?
-- args: scope text
-- row: n int
SELECT count(*) AS n FROM policy_rule WHERE scope <> $1;

-- name: policy_put
-- The rule of a scope.
-- args: scope text, rule text
INSERT INTO policy_rule (scope, rule) VALUES ($1, $2)
ON CONFLICT (scope) DO UPDATE SET rule = excluded.rule;

-- name: policy_remove
-- No rule for this scope.
-- args: scope text
DELETE FROM policy_rule WHERE scope = $1;
