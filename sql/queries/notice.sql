-- SPDX-License-Identifier: Apache-2.0
-- Messages of the channel inside the program (1), as their reader sees them.

-- name: notice_list
-- Somebody's, the newest first.
-- args: user_id int, most int
-- row: id int, kind int, subject text, fold text, made_us int, read_us int, sender text
SELECT m.id, m.kind, m.subject, m.fold, m.made_us, m.read_us, coalesce(u.name, '') AS sender
FROM message m LEFT JOIN app_user u ON u.id = m.from_user_id
WHERE m.user_id = $1 AND m.channel = 1
ORDER BY m.id DESC -- no nulls
LIMIT $2;

-- name: notice_read_all
-- Somebody has seen all of theirs.
-- args: user_id int, now_us int
UPDATE message SET read_us = $2 WHERE user_id = $1 AND channel = 1 AND read_us = 0;
