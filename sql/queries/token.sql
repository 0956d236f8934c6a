-- SPDX-License-Identifier: Apache-2.0
-- Tokens of the API, and what was answered to a key.

-- name: token_max
-- The greatest id, 0 without any.
-- row: id int
SELECT coalesce(max(id), 0) AS id FROM api_token;

-- name: token_add
-- A new token.
-- args: id int, name text, hash text, user_id int, grants text, rate int, made_us int, made_by text, expires_us int
INSERT INTO api_token (id, name, hash, user_id, grants, rate, made_us, made_by, expires_us)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9);

-- name: token_find
-- One token by its hash.
-- args: hash text
-- row: id int, name text, user_id int, login text, grants text, rate int, made_us int, made_by text, seen_us int, expires_us int
-- row: retired_us int
SELECT t.id, t.name, t.user_id, u.login, t.grants, t.rate, t.made_us, t.made_by, t.seen_us, t.expires_us, t.retired_us
FROM api_token t JOIN app_user u ON u.id = t.user_id WHERE t.hash = $1;

-- name: token_list
-- All, or those of one user (0: all); those in use first, by name.
-- args: user_id int
-- row: id int, name text, user_id int, login text, grants text, rate int, made_us int, made_by text, seen_us int, expires_us int
-- row: retired_us int
SELECT t.id, t.name, t.user_id, u.login, t.grants, t.rate, t.made_us, t.made_by, t.seen_us, t.expires_us, t.retired_us
FROM api_token t JOIN app_user u ON u.id = t.user_id WHERE $1 = 0 OR t.user_id = $1
ORDER BY t.retired_us > 0, t.name, t.id; -- no nulls

-- name: token_seen
-- It was used.
-- args: id int, seen_us int
UPDATE api_token SET seen_us = $2 WHERE id = $1;

-- name: token_retire
-- It ends, if it has not.
-- args: id int, retired_us int
UPDATE api_token SET retired_us = $2 WHERE id = $1 AND retired_us = 0;

-- name: answer_find
-- What was answered to a key.
-- args: token_id int, key text
-- row: digest text, status int, etag text, body text, made_us int
SELECT digest, status, etag, body, made_us FROM api_answer WHERE token_id = $1 AND key = $2;

-- name: answer_claim
-- A key is being answered from now on.
-- args: token_id int, key text, digest text, made_us int
INSERT INTO api_answer (token_id, key, digest, made_us) VALUES ($1, $2, $3, $4)
ON CONFLICT (token_id, key) DO UPDATE SET digest = excluded.digest, made_us = excluded.made_us, status = 0;

-- name: answer_put
-- What was answered.
-- args: token_id int, key text, status int, etag text, body text
UPDATE api_answer SET status = $3, etag = $4, body = $5 WHERE token_id = $1 AND key = $2;

-- name: answer_drop
-- Nothing was done for this key: it may be used again.
-- args: token_id int, key text
DELETE FROM api_answer WHERE token_id = $1 AND key = $2;

-- name: answer_sweep
-- What is older goes.
-- args: made_before_us int
DELETE FROM api_answer WHERE made_us < $1;
