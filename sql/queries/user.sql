-- SPDX-License-Identifier: Apache-2.0
-- Who signs in, their sessions, one-time links and wrong guesses.

-- name: user_add
-- A new user.
-- args: id int, login text, name text, role int, rep_id int, email text, password text, must_totp int, lang text, made_us int
-- args: manager_id int, phone text
INSERT INTO app_user (id, login, name, role, rep_id, email, password, must_totp, lang, made_us, manager_id, phone)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12);

-- name: user_find
-- One user by id.
-- args: id int
-- row: id int, login text, name text, role int, rep_id int, email text, password text, totp text, totp_step int
-- row: must_totp int, lang text, theme text, feed text, made_us int, retired_us int, version int, rep text, manager_id int, phone text
SELECT u.id, u.login, u.name, u.role, u.rep_id, u.email, u.password, u.totp, u.totp_step, u.must_totp, u.lang, u.theme, u.feed,
    u.made_us, u.retired_us, u.version, coalesce(l.code, '') AS rep, u.manager_id, u.phone
FROM app_user u LEFT JOIN label l ON l.id = u.rep_id WHERE u.id = $1;

-- name: user_find_login
-- One user by login.
-- args: login text
-- row: id int, login text, name text, role int, rep_id int, email text, password text, totp text, totp_step int
-- row: must_totp int, lang text, theme text, feed text, made_us int, retired_us int, version int, rep text, manager_id int, phone text
SELECT u.id, u.login, u.name, u.role, u.rep_id, u.email, u.password, u.totp, u.totp_step, u.must_totp, u.lang, u.theme, u.feed,
    u.made_us, u.retired_us, u.version, coalesce(l.code, '') AS rep, u.manager_id, u.phone
FROM app_user u LEFT JOIN label l ON l.id = u.rep_id WHERE u.login = $1;

-- name: user_find_feed
-- One user by the address of the calendar feed (its hash).
-- args: feed text
-- row: id int, login text, name text, role int, rep_id int, email text, password text, totp text, totp_step int
-- row: must_totp int, lang text, theme text, feed text, made_us int, retired_us int, version int, rep text, manager_id int, phone text
SELECT u.id, u.login, u.name, u.role, u.rep_id, u.email, u.password, u.totp, u.totp_step, u.must_totp, u.lang, u.theme, u.feed,
    u.made_us, u.retired_us, u.version, coalesce(l.code, '') AS rep, u.manager_id, u.phone
FROM app_user u LEFT JOIN label l ON l.id = u.rep_id WHERE u.feed = $1 AND u.feed <> '';

-- name: user_list
-- Everybody, by login.
-- row: id int, login text, name text, role int, rep_id int, email text, password text, totp text, totp_step int
-- row: must_totp int, lang text, theme text, feed text, made_us int, retired_us int, version int, rep text, manager_id int, phone text
SELECT u.id, u.login, u.name, u.role, u.rep_id, u.email, u.password, u.totp, u.totp_step, u.must_totp, u.lang, u.theme, u.feed,
    u.made_us, u.retired_us, u.version, coalesce(l.code, '') AS rep, u.manager_id, u.phone
FROM app_user u LEFT JOIN label l ON l.id = u.rep_id
ORDER BY u.login; -- no nulls

-- name: user_change
-- All that an admin edits, if nobody else has since the version.
-- args: id int, version int, name text, role int, rep_id int, email text, must_totp int, lang text, retired_us int
-- args: manager_id int, phone text
UPDATE app_user SET name = $3, role = $4, rep_id = $5, email = $6, must_totp = $7, lang = $8, retired_us = $9, manager_id = $10,
    phone = $11, version = version + 1
WHERE id = $1 AND version = $2;

-- name: user_password
-- A new password.
-- args: id int, password text
UPDATE app_user SET password = $2, version = version + 1 WHERE id = $1;

-- name: user_totp
-- The second factor: set, or taken away with ''.
-- args: id int, totp text, totp_step int
UPDATE app_user SET totp = $2, totp_step = $3, version = version + 1 WHERE id = $1;

-- name: user_totp_step
-- The step of the code that was used: it counts once.
-- args: id int, totp_step int
UPDATE app_user SET totp_step = $2 WHERE id = $1 AND totp_step < $2;

-- name: user_looks
-- What one chooses for oneself.
-- args: id int, lang text, theme text
UPDATE app_user SET lang = $2, theme = $3 WHERE id = $1;

-- name: user_feed
-- The hash of the address of the calendar feed.
-- args: id int, feed text
UPDATE app_user SET feed = $2 WHERE id = $1;

-- name: session_add
-- A new session.
-- args: hash text, user_id int, step int, made_us int, address text, agent text
INSERT INTO app_session (hash, user_id, step, made_us, seen_us, address, agent) VALUES ($1, $2, $3, $4, $4, $5, $6);

-- name: session_user
-- The session of a token's hash, whose it is and how many messages they have not read: what every page begins with.
-- args: hash text
-- row: hash text, user_id int, step int, made_us int, seen_us int, address text, agent text, unread int
-- row: id int, login text, name text, role int, rep_id int, email text, password text, totp text, totp_step int
-- row: must_totp int, lang text, theme text, feed text, user_made_us int, retired_us int, version int, rep text, manager_id int, phone text
SELECT s.hash, s.user_id, s.step, s.made_us, s.seen_us, s.address, s.agent,
    (SELECT count(*) FROM message m WHERE m.user_id = s.user_id AND m.channel = 1 AND m.read_us = 0) AS unread,
    u.id, u.login, u.name, u.role, u.rep_id, u.email, u.password, u.totp, u.totp_step, u.must_totp, u.lang, u.theme, u.feed,
    u.made_us AS user_made_us, u.retired_us, u.version, coalesce(l.code, '') AS rep, u.manager_id, u.phone
FROM app_session s JOIN app_user u ON u.id = s.user_id LEFT JOIN label l ON l.id = u.rep_id WHERE s.hash = $1;

-- name: session_list
-- The sessions of a user, the newest first.
-- args: user_id int
-- row: hash text, user_id int, step int, made_us int, seen_us int, address text, agent text
SELECT hash, user_id, step, made_us, seen_us, address, agent FROM app_session WHERE user_id = $1
ORDER BY made_us DESC, hash; -- no nulls

-- name: session_all
-- Of everybody, those that have not run out, the last used first.
-- args: made_since_us int, seen_since_us int, most int
-- row: hash text, user_id int, step int, made_us int, seen_us int, address text, agent text
-- row: login text, name text, role int
SELECT s.hash, s.user_id, s.step, s.made_us, s.seen_us, s.address, s.agent, u.login, u.name, u.role
FROM app_session s JOIN app_user u ON u.id = s.user_id
WHERE s.made_us >= $1 AND s.seen_us >= $2 AND u.retired_us = 0
ORDER BY s.seen_us DESC, s.hash -- no nulls
LIMIT $3;

-- name: session_seen
-- It was used now.
-- args: hash text, seen_us int
UPDATE app_session SET seen_us = $2 WHERE hash = $1;

-- name: session_known
-- A whole session like one that began with the password.
-- args: hash text
UPDATE app_session SET step = 0 WHERE hash = $1;

-- name: session_end
-- It opens nothing any more.
-- args: hash text, user_id int
DELETE FROM app_session WHERE hash = $1 AND user_id = $2;

-- name: session_end_all
-- All of a user but this one.
-- args: user_id int, but text
DELETE FROM app_session WHERE user_id = $1 AND hash <> $2;

-- name: session_sweep
-- Those that were made or last used too long ago.
-- args: made_before_us int, seen_before_us int
DELETE FROM app_session WHERE made_us < $1 OR seen_us < $2;

-- name: link_add
-- A link that signs in once.
-- args: hash text, user_id int, ends_us int
INSERT INTO signin_link (hash, user_id, ends_us) VALUES ($1, $2, $3);

-- name: link_find
-- Whose link it is, while it lasts.
-- args: hash text, now_us int
-- row: user_id int
SELECT user_id FROM signin_link WHERE hash = $1 AND ends_us > $2;

-- name: link_remove
-- It was used, or has ended.
-- args: hash text, now_us int
DELETE FROM signin_link WHERE hash = $1 OR ends_us <= $2;

-- name: guess_find
-- How often it was guessed wrong, and until when nobody may try.
-- args: subject text
-- row: wrong int, last_us int, until_us int
SELECT wrong, last_us, until_us FROM signin_guess WHERE subject = $1;

-- name: guess_all
-- All that still count, the newest first.
-- args: most int
-- row: subject text, wrong int, last_us int, until_us int
SELECT subject, wrong, last_us, until_us FROM signin_guess
ORDER BY last_us DESC, subject -- no nulls
LIMIT $1;

-- name: guess_put
-- Another wrong guess.
-- args: subject text, wrong int, last_us int, until_us int
INSERT INTO signin_guess (subject, wrong, last_us, until_us) VALUES ($1, $2, $3, $4)
ON CONFLICT (subject) DO UPDATE SET wrong = excluded.wrong, last_us = excluded.last_us, until_us = excluded.until_us;

-- name: guess_clear
-- Guessed right; also those that were long ago.
-- args: subject text, before_us int
DELETE FROM signin_guess WHERE subject = $1 OR last_us < $2;

-- name: user_max
-- The greatest id.
-- row: id int
SELECT coalesce(max(id), 0) AS id FROM app_user;
