-- SPDX-License-Identifier: Apache-2.0
-- The outbox. States, channels and kinds: src/core/message.h.

-- name: message_max
-- The greatest number.
-- row: id int
SELECT coalesce(max(id), 0) AS id FROM message;

-- name: message_add
-- One message; the same one a second time is none.
-- args: id int, cause text, recipient text, day int, channel int, kind int, state int, user_id int, customer_id int
-- args: person_id int, from_user_id int, template_id int, gateway_id int, offer text, address text, name text, reply_to text
-- args: subject text, fold text, token text, header text, made_us int, due_us int, sent_us int, why text
INSERT INTO message (id, cause, recipient, day, channel, kind, state, user_id, customer_id, person_id, from_user_id, template_id,
    gateway_id, offer, address, name, reply_to, subject, fold, token, header, made_us, due_us, sent_us, why)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23, $24, $25)
ON CONFLICT (cause, recipient, day, channel) DO NOTHING;

-- name: message_body_add
-- What it says.
-- args: message_id int, text text, html text, picture blob
INSERT INTO message_body (message_id, text, html, picture) VALUES ($1, $2, $3, $4);

-- name: message_of
-- The number of the one for this cause, recipient, day and channel.
-- args: cause text, recipient text, day int, channel int
-- row: id int
SELECT id FROM message WHERE cause = $1 AND recipient = $2 AND day = $3 AND channel = $4;

-- name: message_of_token
-- The number of the one with this token.
-- args: token text
-- row: id int
SELECT id FROM message WHERE token = $1;

-- name: message_of_header
-- The number of the one whose Message-ID begins so.
-- args: header text
-- row: id int
SELECT id FROM message WHERE header = $1;

-- name: message_find
-- One.
-- args: id int
-- row: id int, cause text, recipient text, day int, channel int, kind int, state int, user_id int, customer_id int
-- row: person_id int, from_user_id int, template_id int, gateway_id int, offer text, address text, name text, reply_to text
-- row: subject text, token text, header text, made_us int, due_us int, lease_us int, lease_by text, began_us int, sent_us int
-- row: read_us int, tries int, code int, why text, words text, version int
SELECT id, cause, recipient, day, channel, kind, state, user_id, customer_id, person_id, from_user_id, template_id, gateway_id,
    offer, address, name, reply_to, subject, token, header, made_us, due_us, lease_us, lease_by, began_us, sent_us, read_us,
    tries, code, why, words, version
FROM message WHERE id = $1;

-- name: message_body_find
-- What one says.
-- args: id int
-- row: text text, html text, picture blob
SELECT text, html, picture FROM message_body WHERE message_id = $1;

-- ---- sending ----

-- name: message_lapsed
-- Those whose sender is gone: what had not gone out is due again, of what had nobody can know.
-- args: now_us int, most_us int, why text
UPDATE message SET state = CASE WHEN began_us > 0 THEN 5 ELSE 1 END, lease_us = 0, why = CASE WHEN began_us > 0 THEN $3 ELSE '' END,
    words = CASE WHEN began_us > 0 THEN '' ELSE words END,
    lease_by = CASE WHEN began_us > 0 THEN lease_by ELSE '' END, version = version + 1
WHERE state = 2 AND (lease_us <= $1 OR lease_us > $2);

-- name: message_lapsing
-- Is there one whose sender is gone?
-- args: now_us int, most_us int
-- row: id int
SELECT id FROM message WHERE state = 2 AND (lease_us <= $1 OR lease_us > $2) LIMIT 1;

-- name: message_next_due
-- When the next one of a channel is due.
-- args: channel int
-- row: due_us int
SELECT due_us FROM message WHERE channel = $1 AND state = 1 ORDER BY due_us, id LIMIT 1; -- no nulls

-- name: message_under_way
-- How many of a channel went out since a moment, or are about to. What went out later than until_us did so by a clock that has gone back.
-- args: channel int, since_us int, until_us int
-- row: n int
SELECT (SELECT count(*) FROM message WHERE channel = $1 AND began_us > $2 AND began_us <= $3)
    + (SELECT count(*) FROM message WHERE state = 2 AND channel = $1 AND began_us <= $2) AS n;

-- name: message_take
-- The first of a channel that are due.
-- args: channel int, now_us int, lease_us int, lease_by text, most int
UPDATE message SET state = 2, lease_us = $3, lease_by = $4, began_us = 0
WHERE id IN (SELECT id FROM message WHERE channel = $1 AND state = 1 AND due_us <= $2 ORDER BY due_us, id LIMIT $5); -- no nulls

-- name: message_taken
-- What was taken, with what it says.
-- args: lease_by text
-- row: id int, cause text, recipient text, day int, channel int, kind int, state int, user_id int, customer_id int
-- row: person_id int, from_user_id int, template_id int, gateway_id int, offer text, address text, name text, reply_to text
-- row: subject text, token text, header text, made_us int, due_us int, lease_us int, lease_by text, began_us int, sent_us int
-- row: read_us int, tries int, code int, why text, words text, version int, text text, html text, picture blob
SELECT m.id, m.cause, m.recipient, m.day, m.channel, m.kind, m.state, m.user_id, m.customer_id, m.person_id, m.from_user_id,
    m.template_id, m.gateway_id, m.offer, m.address, m.name, m.reply_to, m.subject, m.token, m.header, m.made_us, m.due_us,
    m.lease_us, m.lease_by, m.began_us, m.sent_us, m.read_us, m.tries, m.code, m.why, m.words, m.version, b.text, b.html, b.picture
FROM message m JOIN message_body b ON b.message_id = m.id
WHERE m.lease_by = $1 AND m.state = 2
ORDER BY m.due_us, m.id; -- no nulls

-- name: message_began
-- Its last byte is about to go out.
-- args: id int, lease_by text, now_us int, until_us int
UPDATE message SET began_us = $3, lease_us = $4, tries = tries + 1, version = version + 1
WHERE id = $1 AND lease_by = $2 AND state = 2 AND began_us = 0;

-- name: message_end
-- How it went; also of one that was thought to be lost meanwhile.
-- args: id int, lease_by text, state int, due_us int, sent_us int, code int, why text, words text, tried int
UPDATE message SET state = $3, due_us = $4, sent_us = $5, code = $6, why = $7, words = $8, lease_us = 0, lease_by = '',
    tries = tries + CASE WHEN began_us > 0 THEN 0 ELSE $9 END, version = version + 1
WHERE id = $1 AND lease_by = $2 AND (state = 2 OR (state = 5 AND began_us > 0));

-- name: message_let_go
-- What was taken and not begun is due as before.
-- args: lease_by text
UPDATE message SET state = 1, lease_us = 0, lease_by = '' WHERE lease_by = $1 AND state = 2 AND began_us = 0;

-- name: message_again
-- Once more, at once, if nothing has happened to it since the version.
-- args: id int, version int, due_us int
UPDATE message SET state = 1, due_us = $3, lease_us = 0, lease_by = '', began_us = 0, sent_us = 0, tries = 0, code = 0, why = '', words = '',
    version = version + 1
WHERE id = $1 AND version = $2;

-- name: message_readdress
-- To another address.
-- args: id int, address text
UPDATE message SET address = $2 WHERE id = $1;

-- name: message_state_put
-- Another state, if nothing has happened to it since the version.
-- args: id int, version int, state int, why text
UPDATE message SET state = $3, why = $4, version = version + 1 WHERE id = $1 AND version = $2;

-- name: message_restored
-- A copy of a database must not send what the first one sent.
-- args: why text
UPDATE message SET state = CASE WHEN began_us > 0 AND state = 2 THEN 5 ELSE 7 END, why = $1, lease_us = 0, lease_by = '',
    version = version + 1
WHERE state IN (1, 2);

-- name: message_sweep
-- What old ones said; nothing of those still to be sent.
-- args: before_us int
DELETE FROM message_body WHERE message_id IN (
    SELECT b.message_id FROM message_body b JOIN message m ON m.id = b.message_id WHERE m.made_us < $1 AND m.state NOT IN (1, 2));

-- ---- looking ----

-- part: message.lines
-- Messages, with the code of the customer and who wrote them. The filters follow.
SELECT m.id, m.cause, m.recipient, m.day, m.channel, m.kind, m.state, m.user_id, m.customer_id, m.person_id, m.from_user_id,
    m.template_id, m.gateway_id, m.offer, m.address, m.name, m.reply_to, m.subject, m.token, m.header, m.made_us, m.due_us,
    m.lease_us, m.lease_by, m.began_us, m.sent_us, m.read_us, m.tries, m.code, m.why, m.words, m.version,
    coalesce(c.code, '') AS customer_code, coalesce(u.name, '') AS from_name
FROM message m LEFT JOIN customer c ON c.id = m.customer_id LEFT JOIN app_user u ON u.id = m.from_user_id
WHERE m.id > 0

-- part: message.count
-- How many they are, and the newest. The filters follow.
SELECT count(*) AS n, coalesce(max(m.id), 0) AS newest FROM message m WHERE m.id > 0

-- part: message.upto
-- Not written after one.
-- args: id int
AND m.id <= $1

-- part: message.state
-- In one state.
-- args: state int
AND m.state = $1

-- part: message.kind
-- Of one kind.
-- args: kind int
AND m.kind = $1

-- part: message.channel
-- By one channel.
-- args: channel int
AND m.channel = $1

-- part: message.user
-- To one user.
-- args: user_id int
AND m.user_id = $1

-- part: message.customer
-- To one customer and the people there.
-- args: customer_id int
AND m.customer_id = $1

-- part: message.holds
-- Where a text stands in the name, the address or the subject: a folded pattern.
-- args: pattern text
AND m.fold LIKE $1 ESCAPE '!'

-- part: message.only
-- One.
-- args: id int
AND m.id = $1

-- part: message.older
-- Written before one.
-- args: id int
AND m.id < $1

-- part: message.newer
-- Written after one.
-- args: id int
AND m.id > $1

-- part: message.newest
-- The newest first, so many.
-- args: most int
ORDER BY m.id DESC LIMIT $1 -- no nulls

-- part: message.oldest
-- The oldest first, so many.
-- args: most int
ORDER BY m.id LIMIT $1 -- no nulls

-- name: message_counts
-- How many stand in each state in which somebody may have to do something; no more than so many are counted.
-- args: most int
-- row: due int, sending int, parked int, unknown int, held int
SELECT (SELECT count(*) FROM (SELECT 1 FROM message WHERE state = 1 LIMIT $1) AS a) AS due,
    (SELECT count(*) FROM (SELECT 1 FROM message WHERE state = 2 LIMIT $1) AS b) AS sending,
    (SELECT count(*) FROM (SELECT 1 FROM message WHERE state = 4 LIMIT $1) AS c) AS parked,
    (SELECT count(*) FROM (SELECT 1 FROM message WHERE state = 5 LIMIT $1) AS d) AS unknown,
    (SELECT count(*) FROM (SELECT 1 FROM message WHERE state = 7 LIMIT $1) AS e) AS held;

-- name: message_trouble
-- What stands in the way of all: what was said when no message was asked about, so that none counted it as a try.
-- args: channel int
-- row: words text, code int
SELECT words, code FROM message WHERE channel = $1 AND state = 1 AND tries = 0 AND words > '' ORDER BY due_us LIMIT 1; -- no nulls

-- ---- one's own ----

-- name: message_read_put
-- Its reader has seen it; the first time counts.
-- args: id int, user_id int, now_us int
UPDATE message SET read_us = $3 WHERE id = $1 AND user_id = $2 AND channel = 1 AND read_us = 0;

-- name: message_unread
-- How many messages inside the program somebody has not read.
-- args: user_id int
-- row: n int
SELECT count(*) AS n FROM message WHERE user_id = $1 AND channel = 1 AND read_us = 0;
