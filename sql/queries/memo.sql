-- SPDX-License-Identifier: Apache-2.0
-- Memos. Never edited: taken back by who wrote them. Which customer one is about is told only to who may see that customer: a rep
-- (role 1) those of the own portfolio, everybody else all.

-- name: memo_add
-- A new one; the same form sent twice adds one.
-- args: id int, user_id int, customer_id int, answers int, aim int, aimed text, day int, text text, text_fold text, token text
-- args: made_us int
INSERT INTO memo (id, user_id, customer_id, answers, aim, aimed, day, text, text_fold, token, made_us)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11);

-- name: memo_find_token
-- What a form made.
-- args: token text
-- row: id int, user_id int
SELECT id, user_id FROM memo WHERE token = $1;

-- name: memo_reader_add
-- To one more person, once.
-- args: memo_id int, user_id int, day int
INSERT INTO memo_reader (user_id, day, memo_id) VALUES ($2, $3, $1)
ON CONFLICT (memo_id, user_id) DO NOTHING;

-- name: memo_find
-- One, for who wrote it, or for whom it went to once it has appeared, unless it was taken back.
-- args: id int, viewer int, day int
-- row: id int, user_id int, customer_id int, answers int, aim int, aimed text, day int, text text, made_us int, taken_us int
-- row: author text, code text, customer text, received int, read_us int, archived_us int, readers int, read int, first text
SELECT m.id, m.user_id, m.customer_id, m.answers, m.aim, m.aimed, m.day, m.text, m.made_us, m.taken_us,
    coalesce(w.name, '') AS author, coalesce(c.code, '') AS code, coalesce(c.name, '') AS customer,
    CASE WHEN r.user_id IS NULL THEN 0 ELSE 1 END AS received, coalesce(r.read_us, 0) AS read_us,
    coalesce(r.archived_us, 0) AS archived_us, (SELECT count(*) FROM memo_reader t WHERE t.memo_id = m.id) AS readers,
    (SELECT count(*) FROM memo_reader t WHERE t.memo_id = m.id AND t.read_us > 0) AS read,
    coalesce((SELECT min(u.name) FROM memo_reader t JOIN app_user u ON u.id = t.user_id WHERE t.memo_id = m.id), '') AS first
FROM memo m
JOIN app_user v ON v.id = $2
LEFT JOIN memo_reader r ON r.memo_id = m.id AND r.user_id = v.id
LEFT JOIN app_user w ON w.id = m.user_id
LEFT JOIN customer c ON c.id = m.customer_id AND m.customer_id > 0 AND (v.role <> 1 OR (c.rep_id = v.rep_id AND v.rep_id > 0))
WHERE m.id = $1 AND (m.user_id = v.id OR (r.user_id IS NOT NULL AND r.day <= $3 AND m.taken_us = 0));

-- name: memo_unread
-- Those that have appeared to a person and are not read, the oldest first; unread: how many there are.
-- args: user_id int, until_day int, memos int
-- row: id int, user_id int, customer_id int, answers int, aim int, aimed text, day int, text text, made_us int, taken_us int
-- row: author text, code text, customer text, unread int
SELECT m.id, m.user_id, m.customer_id, m.answers, m.aim, m.aimed, m.day, m.text, m.made_us, m.taken_us,
    coalesce(w.name, '') AS author, coalesce(c.code, '') AS code, coalesce(c.name, '') AS customer, count(*) OVER () AS unread
FROM memo_reader r
JOIN memo m ON m.id = r.memo_id AND m.taken_us = 0
JOIN app_user v ON v.id = r.user_id
LEFT JOIN app_user w ON w.id = m.user_id
LEFT JOIN customer c ON c.id = m.customer_id AND m.customer_id > 0 AND (v.role <> 1 OR (c.rep_id = v.rep_id AND v.rep_id > 0))
WHERE r.user_id = $1 AND r.read_us = 0 AND r.day <= $2
ORDER BY r.day, m.id LIMIT $3; -- no nulls

-- name: memo_received
-- What has appeared to a person, the newest first: read (0 no, 1 yes, -1 both), archived likewise, from one person (0: anybody), with
-- a pattern in its text or in its customer ('': any), before one that was shown.
-- args: viewer int, day int, read int, archived int, writer int, pattern text, before_day int, before_id int, most int
-- row: id int, user_id int, customer_id int, answers int, aim int, aimed text, day int, text text, made_us int, taken_us int
-- row: author text, code text, customer text, received int, read_us int, archived_us int, readers int, read int, first text
SELECT m.id, m.user_id, m.customer_id, m.answers, m.aim, m.aimed, m.day, m.text, m.made_us, m.taken_us,
    coalesce(w.name, '') AS author, coalesce(c.code, '') AS code, coalesce(c.name, '') AS customer, 1 AS received, r.read_us,
    r.archived_us, 0 AS readers, 0 AS read, '' AS first
FROM memo_reader r
JOIN memo m ON m.id = r.memo_id AND m.taken_us = 0
JOIN app_user v ON v.id = r.user_id
LEFT JOIN app_user w ON w.id = m.user_id
LEFT JOIN customer c ON c.id = m.customer_id AND m.customer_id > 0 AND (v.role <> 1 OR (c.rep_id = v.rep_id AND v.rep_id > 0))
WHERE r.user_id = $1 AND r.day <= $2 AND ($3 < 0 OR (r.read_us > 0) = ($3 > 0)) AND ($4 < 0 OR (r.archived_us > 0) = ($4 > 0))
    AND ($5 = 0 OR m.user_id = $5)
    AND ($6 = '' OR m.text_fold LIKE $6 ESCAPE '!' OR c.name_fold LIKE $6 ESCAPE '!' OR lower(c.code) LIKE $6 ESCAPE '!')
    AND (r.day, r.memo_id) < ($7, $8)
ORDER BY r.day DESC, r.memo_id DESC LIMIT $9; -- no nulls

-- name: memo_sent
-- What a person wrote, the newest first: taken back (0 no, 1 yes, -1 both), not read by all (1: only those), to one person (0: anybody),
-- with a pattern, before one that was shown.
-- args: viewer int, taken int, waiting int, reader int, pattern text, before_id int, most int
-- row: id int, user_id int, customer_id int, answers int, aim int, aimed text, day int, text text, made_us int, taken_us int
-- row: author text, code text, customer text, received int, read_us int, archived_us int, readers int, read int, first text
SELECT m.id, m.user_id, m.customer_id, m.answers, m.aim, m.aimed, m.day, m.text, m.made_us, m.taken_us, v.name AS author,
    coalesce(c.code, '') AS code, coalesce(c.name, '') AS customer, 0 AS received, 0 AS read_us, 0 AS archived_us,
    (SELECT count(*) FROM memo_reader t WHERE t.memo_id = m.id) AS readers,
    (SELECT count(*) FROM memo_reader t WHERE t.memo_id = m.id AND t.read_us > 0) AS read,
    coalesce((SELECT min(u.name) FROM memo_reader t JOIN app_user u ON u.id = t.user_id WHERE t.memo_id = m.id), '') AS first
FROM memo m
JOIN app_user v ON v.id = m.user_id
LEFT JOIN customer c ON c.id = m.customer_id AND m.customer_id > 0 AND (v.role <> 1 OR (c.rep_id = v.rep_id AND v.rep_id > 0))
WHERE m.user_id = $1 AND ($2 < 0 OR (m.taken_us > 0) = ($2 > 0))
    AND ($3 = 0 OR EXISTS (SELECT 1 FROM memo_reader t WHERE t.memo_id = m.id AND t.read_us = 0))
    AND ($4 = 0 OR EXISTS (SELECT 1 FROM memo_reader t WHERE t.memo_id = m.id AND t.user_id = $4))
    AND ($5 = '' OR m.text_fold LIKE $5 ESCAPE '!' OR c.name_fold LIKE $5 ESCAPE '!' OR lower(c.code) LIKE $5 ESCAPE '!')
    AND m.id < $6
ORDER BY m.id DESC LIMIT $7; -- no nulls

-- name: memo_readers
-- To whom one went, and since when it is read; by name.
-- args: id int
-- row: user_id int, name text, role int, read_us int
SELECT r.user_id, coalesce(u.name, '') AS name, coalesce(u.role, 0) AS role, r.read_us
FROM memo_reader r LEFT JOIN app_user u ON u.id = r.user_id
WHERE r.memo_id = $1 ORDER BY name, r.user_id; -- no nulls

-- name: memo_replies
-- Replies to one that a person wrote or got, the oldest first.
-- args: id int, viewer int, day int, most int
-- row: id int, user_id int, customer_id int, answers int, aim int, aimed text, day int, text text, made_us int, taken_us int
-- row: author text, code text, customer text, received int, read_us int, archived_us int, readers int, read int, first text
SELECT m.id, m.user_id, m.customer_id, m.answers, m.aim, m.aimed, m.day, m.text, m.made_us, m.taken_us,
    coalesce(w.name, '') AS author, '' AS code, '' AS customer, CASE WHEN r.user_id IS NULL THEN 0 ELSE 1 END AS received,
    coalesce(r.read_us, 0) AS read_us, 0 AS archived_us, 0 AS readers, 0 AS read, '' AS first
FROM memo m
LEFT JOIN memo_reader r ON r.memo_id = m.id AND r.user_id = $2
LEFT JOIN app_user w ON w.id = m.user_id
WHERE m.answers > 0 AND m.answers = $1 AND m.taken_us = 0
    AND (m.user_id = $2 OR (r.user_id IS NOT NULL AND r.day <= $3))
ORDER BY m.id LIMIT $4; -- no nulls

-- name: memo_read
-- It is read, from now on.
-- args: id int, user_id int, now_us int
UPDATE memo_reader SET read_us = $3 WHERE memo_id = $1 AND user_id = $2 AND read_us = 0;

-- name: memo_archive
-- Put away (archived_us > 0), or back among the others. What is put away is read.
-- args: id int, user_id int, archived_us int, now_us int
UPDATE memo_reader SET archived_us = $3, read_us = CASE WHEN read_us = 0 THEN $4 ELSE read_us END
WHERE memo_id = $1 AND user_id = $2 AND (archived_us > 0) <> ($3 > 0);

-- name: memo_take
-- Taken back by who wrote it.
-- args: id int, user_id int, now_us int
UPDATE memo SET taken_us = $3 WHERE id = $1 AND user_id = $2 AND taken_us = 0;

-- name: memo_region
-- The reps who have customers in a region.
-- args: region_id int
-- row: id int
SELECT u.id FROM app_user u
WHERE u.role = 1 AND u.retired_us = 0 AND u.rep_id > 0
    AND EXISTS (SELECT 1 FROM customer c WHERE c.rep_id = u.rep_id AND c.region_id = $1)
ORDER BY u.id; -- no nulls
