-- SPDX-License-Identifier: Apache-2.0
-- Saved views: what a list of customers shows, one's own and those that are shared.

-- name: saved_view_list
-- Those that a user sees, by name: their own and what is shared; with what they chose for themselves.
-- args: user_id int
-- row: id int, user_id int, name text, query text, shared int, made_us int, retired_us int, version int, owner text
-- row: pinned int, first int
SELECT v.id, v.user_id, v.name, v.query, v.shared, v.made_us, v.retired_us, v.version, coalesce(u.name, '') AS owner,
    coalesce(c.pinned, 0) AS pinned, coalesce(c.first, 0) AS first
FROM saved_view v
LEFT JOIN app_user u ON u.id = v.user_id
LEFT JOIN view_choice c ON c.view_id = v.id AND c.user_id = $1
WHERE v.user_id = $1 OR v.shared = 1
ORDER BY v.retired_us > 0, v.name, v.id; -- no nulls

-- name: saved_view_add
-- A new view; ids are given out by the one writer.
-- args: user_id int, name text, query text, shared int, made_us int
-- row: id int
INSERT INTO saved_view (id, user_id, name, query, shared, made_us)
SELECT coalesce(max(id), 0) + 1, CAST($1 AS BIGINT), CAST($2 AS TEXT), CAST($3 AS TEXT), CAST($4 AS BIGINT), CAST($5 AS BIGINT)
FROM saved_view
RETURNING id;

-- name: saved_view_change
-- What its owner edits, if nobody has since the version.
-- args: id int, version int, name text, query text, shared int, retired_us int
UPDATE saved_view SET name = $3, query = $4, shared = $5, retired_us = $6, version = version + 1
WHERE id = $1 AND version = $2;

-- name: saved_view_choose
-- What one user wants of a view: pinned to the top, opened first.
-- args: user_id int, view_id int, pinned int, first int
INSERT INTO view_choice (user_id, view_id, pinned, first) VALUES ($1, $2, $3, $4)
ON CONFLICT (user_id, view_id) DO UPDATE SET pinned = excluded.pinned, first = excluded.first;

-- name: saved_view_unfirst
-- No other view opens first.
-- args: user_id int, view_id int
UPDATE view_choice SET first = 0 WHERE user_id = $1 AND view_id <> $2 AND first = 1;

-- name: saved_view_queries
-- What every view asks, whosever it is.
-- row: id int, query text
SELECT id, query FROM saved_view ORDER BY id; -- no nulls

-- name: saved_view_requery
-- It asks the same in other words.
-- args: id int, query text
UPDATE saved_view SET query = $2, version = version + 1 WHERE id = $1;
