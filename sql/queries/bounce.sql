-- SPDX-License-Identifier: Apache-2.0
-- Mail that came back. Kinds, results and ends: src/core/bounce.h.

-- name: bounce_max
-- The greatest number.
-- row: id int
SELECT coalesce(max(id), 0) AS id FROM bounce;

-- name: bounce_add
-- One.
-- args: id int, mark text, seen_us int, kind int, result int, ended int, message_id int, hash int
-- args: address text, status text, said text, sender text, subject text, text text, fold text
INSERT INTO bounce (id, mark, seen_us, kind, result, ended, message_id, hash, address, status, said, sender, subject, text, fold)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15);

-- name: bounce_known
-- Was this mail here before?
-- args: mark text
-- row: id int
SELECT id FROM bounce WHERE mark = $1;

-- name: bounce_soft
-- How many messages to an address but for one came back softly since a moment.
-- args: hash int, but_id int, since_us int
-- row: n int
SELECT count(DISTINCT message_id) AS n FROM bounce
WHERE hash = $1 AND message_id <> $2 AND seen_us >= $3 AND result = 4 AND ended IN (4, 5);

-- name: bounce_of_message
-- What came back of one message, the newest first.
-- args: message_id int, most int
-- row: id int, seen_us int, kind int, result int, ended int, message_id int, address text, status text, said text, sender text
-- row: subject text, text text, customer text
SELECT b.id, b.seen_us, b.kind, b.result, b.ended, b.message_id, b.address, b.status, b.said, b.sender, b.subject, b.text,
    '' AS customer
FROM bounce b WHERE b.message_id = $1 ORDER BY b.id DESC LIMIT $2; -- no nulls

-- part: bounce.rows
-- Mails, with the customers' codes.
SELECT b.id, b.seen_us, b.kind, b.result, b.ended, b.message_id, b.address, b.status, b.said, b.sender, b.subject, b.text,
    coalesce(c.code, '') AS customer
FROM bounce b LEFT JOIN message m ON m.id = b.message_id LEFT JOIN customer c ON c.id = m.customer_id WHERE b.id > 0

-- part: bounce.ended
-- With what followed.
-- args: ended int
AND b.ended = $1

-- part: bounce.holds
-- Where a text stands.
-- args: pattern text
AND b.fold LIKE $1 ESCAPE '!'

-- part: bounce.before
-- Older than one that was shown.
-- args: id int
AND b.id < $1

-- part: bounce.newest
-- The newest first, so many.
-- args: most int
ORDER BY b.id DESC LIMIT $1 -- no nulls

-- name: bounce_sweep
-- What is not about a message of ours, older than a moment or more than are kept; anything older than another moment.
-- args: before_us int, before_id int, long_before_us int
DELETE FROM bounce WHERE (message_id = 0 AND (seen_us < $1 OR id <= $2)) OR seen_us < $3;
