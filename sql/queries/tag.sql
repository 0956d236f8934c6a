-- SPDX-License-Identifier: Apache-2.0
-- Tags: words of the company's own that customers carry.

-- name: tag_find
-- The tag of a name.
-- args: name text
-- row: id int, name text, made_us int, retired_us int, version int
SELECT id, name, made_us, retired_us, version FROM tag WHERE name = $1;

-- name: tag_list
-- All by name, those in use first.
-- row: id int, name text, made_us int, retired_us int, version int
SELECT id, name, made_us, retired_us, version FROM tag
ORDER BY retired_us > 0, name; -- no nulls

-- name: tag_add
-- A new tag; ids are given out by the one writer.
-- args: name text, made_us int
-- row: id int
INSERT INTO tag (id, name, made_us)
SELECT coalesce(max(id), 0) + 1, CAST($1 AS TEXT), CAST($2 AS BIGINT) FROM tag
RETURNING id;

-- name: tag_revive
-- It is in use again.
-- args: id int
UPDATE tag SET retired_us = 0, version = version + 1 WHERE id = $1 AND retired_us > 0;

-- name: tag_of
-- The tags of a customer, in no order.
-- args: customer_id int
-- row: name text
SELECT g.name FROM customer_tag t JOIN tag g ON g.id = t.tag_id WHERE t.customer_id = $1;

-- name: tag_put
-- A customer gets a tag; nothing when it has it.
-- args: customer_id int, tag_id int
INSERT INTO customer_tag (customer_id, tag_id) VALUES ($1, $2)
ON CONFLICT (customer_id, tag_id) DO NOTHING;

-- name: tag_has
-- Who has a tag, by id.
-- args: tag_id int
-- row: customer_id int
SELECT customer_id FROM customer_tag WHERE tag_id = $1
ORDER BY customer_id; -- no nulls

-- name: tag_put_many
-- Of customers that do not have it.
-- args: customer_id int, tag_id int
INSERT INTO customer_tag (customer_id, tag_id) VALUES ($1, $2);

-- name: tag_take
-- A customer loses a tag.
-- args: customer_id int, tag_id int
DELETE FROM customer_tag WHERE customer_id = $1 AND tag_id = $2;

-- name: tag_get
-- The tag of a number.
-- args: id int
-- row: id int, name text, made_us int, retired_us int, version int
SELECT id, name, made_us, retired_us, version FROM tag WHERE id = $1;

-- name: tag_uses
-- All with how many customers carry them.
-- row: id int, name text, made_us int, retired_us int, version int, customers int
SELECT g.id, g.name, g.made_us, g.retired_us, g.version,
    (SELECT count(*) FROM customer_tag t WHERE t.tag_id = g.id) AS customers
FROM tag g ORDER BY g.name; -- no nulls

-- name: tag_change
-- Its name and its retirement, if nobody else has since the version.
-- args: id int, version int, name text, retired_us int
UPDATE tag SET name = $3, retired_us = $4, version = version + 1 WHERE id = $1 AND version = $2;

-- name: tag_give
-- Whoever has one tag has the other too.
-- args: from_id int, into_id int
INSERT INTO customer_tag (customer_id, tag_id) SELECT t.customer_id, CAST($2 AS BIGINT) FROM customer_tag t WHERE t.tag_id = $1
ON CONFLICT (customer_id, tag_id) DO NOTHING;

-- name: tag_clear
-- Nobody has it any more.
-- args: id int
DELETE FROM customer_tag WHERE tag_id = $1;
