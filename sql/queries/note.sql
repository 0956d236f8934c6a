-- SPDX-License-Identifier: Apache-2.0
-- Notes on a customer. Never edited: taken back by who wrote them, and kept as retired.

-- name: note_list
-- The newest that stand, with who wrote them.
-- args: customer_id int, notes int
-- row: id int, user_id int, author text, at_us int, text text, retired_us int, version int
SELECT n.id, n.user_id, coalesce(u.name, '') AS author, n.at_us, n.text, n.retired_us, n.version
FROM customer_note n LEFT JOIN app_user u ON u.id = n.user_id
WHERE n.customer_id = $1 AND n.retired_us = 0
ORDER BY n.at_us DESC, n.id DESC LIMIT $2; -- no nulls

-- name: note_find
-- One of them, taken back or not.
-- args: customer_id int, id int
-- row: id int, user_id int, author text, at_us int, text text, retired_us int, version int
SELECT n.id, n.user_id, coalesce(u.name, '') AS author, n.at_us, n.text, n.retired_us, n.version
FROM customer_note n LEFT JOIN app_user u ON u.id = n.user_id
WHERE n.customer_id = $1 AND n.id = $2;

-- name: note_add
-- A new one; the same form sent twice adds one.
-- args: customer_id int, user_id int, at_us int, text text, token text
INSERT INTO customer_note (customer_id, user_id, at_us, text, token) VALUES ($1, $2, $3, $4, $5)
ON CONFLICT (customer_id, token) DO NOTHING;

-- name: note_retire
-- Take it back.
-- args: customer_id int, id int, retired_us int
UPDATE customer_note SET retired_us = $3, version = version + 1 WHERE customer_id = $1 AND id = $2 AND retired_us = 0;
