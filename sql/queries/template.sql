-- SPDX-License-Identifier: Apache-2.0
-- Letters to customers that are written once.

-- name: template_list
-- All of them, the retired too.
-- row: id int, name text, lang text, subject text, body text, offer int, offer_text text, offer_until int?, token text
-- row: made_us int, retired_us int, version int
SELECT id, name, lang, subject, body, offer, offer_text, offer_until, token, made_us, retired_us, version
FROM template ORDER BY id; -- no nulls

-- name: template_find
-- One by its id.
-- args: id int
-- row: id int, name text, lang text, subject text, body text, offer int, offer_text text, offer_until int?, token text
-- row: made_us int, retired_us int, version int
SELECT id, name, lang, subject, body, offer, offer_text, offer_until, token, made_us, retired_us, version
FROM template WHERE id = $1;

-- name: template_find_token
-- What a form made.
-- args: token text
-- row: id int, name text, lang text, subject text, body text, offer int, offer_text text, offer_until int?, token text
-- row: made_us int, retired_us int, version int
SELECT id, name, lang, subject, body, offer, offer_text, offer_until, token, made_us, retired_us, version
FROM template WHERE token = $1;

-- name: template_ids
-- The greatest id, and how many there are.
-- row: id int, templates int
SELECT coalesce(max(id), 0) AS id, count(*) AS templates FROM template;

-- name: template_add
-- A new one.
-- args: id int, name text, lang text, subject text, body text, offer int, offer_text text, offer_until int?, token text
-- args: made_us int
INSERT INTO template (id, name, lang, subject, body, offer, offer_text, offer_until, token, made_us)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10);

-- name: template_change
-- All that a person edits, if nobody else has since the version.
-- args: id int, version int, name text, lang text, subject text, body text, offer int, offer_text text, offer_until int?
-- args: retired_us int
UPDATE template SET name = $3, lang = $4, subject = $5, body = $6, offer = $7, offer_text = $8, offer_until = $9,
    retired_us = $10, version = version + 1
WHERE id = $1 AND version = $2;
