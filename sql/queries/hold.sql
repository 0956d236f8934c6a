-- SPDX-License-Identifier: Apache-2.0
-- Whom an agent has at hand.

-- name: hold_take
-- The customer is this user's until then, unless another has it now.
-- args: customer_id int, user_id int, until_us int, now_us int
INSERT INTO customer_hold (customer_id, user_id, until_us) VALUES ($1, $2, $3)
ON CONFLICT (customer_id) DO UPDATE SET user_id = excluded.user_id, until_us = excluded.until_us
WHERE customer_hold.user_id = excluded.user_id OR customer_hold.until_us <= $4;

-- name: hold_leave
-- This user has only this customer, if any.
-- args: user_id int, but_id int
DELETE FROM customer_hold WHERE user_id = $1 AND customer_id <> $2;

-- name: hold_release
-- This user does not have the customer any more.
-- args: customer_id int, user_id int
DELETE FROM customer_hold WHERE customer_id = $1 AND user_id = $2;

-- name: hold_find
-- Whom a user has at hand.
-- args: user_id int, now_us int
-- row: customer_id int, code text, name text
SELECT h.customer_id, c.code, c.name FROM customer_hold h JOIN customer c ON c.id = h.customer_id
WHERE h.user_id = $1 AND h.until_us > $2;

-- name: hold_list
-- All that are held now by others: as many as there are agents at work.
-- args: user_id int, now_us int
-- row: customer_id int
SELECT customer_id FROM customer_hold WHERE user_id <> $1 AND until_us > $2 ORDER BY customer_id -- no nulls
LIMIT {{all}};
