-- SPDX-License-Identifier: Apache-2.0
-- Letters to customers that are written once.

-- together: template_choices
-- What letters are written by, and what they can go by.
-- of: template_list gateway_name_list

-- name: template_list
-- All of them, the retired too.
-- row: id int, name text, lang text, subject text, body text, offer int, offer_text text, offer_until int?, token text
-- row: made_us int, retired_us int, version int, gateway_id int, gateway text, gateway_gone int
SELECT t.id, t.name, t.lang, t.subject, t.body, t.offer, t.offer_text, t.offer_until, t.token, t.made_us, t.retired_us, t.version,
    t.gateway_id, coalesce(g.name, '') AS gateway, CASE WHEN t.gateway_id > 0 AND coalesce(g.state, 3) = 3 THEN 1 ELSE 0 END AS gateway_gone
FROM template t LEFT JOIN gateway g ON g.id = t.gateway_id ORDER BY t.id -- no nulls
LIMIT {{all}};

-- name: template_find
-- One by its id.
-- args: id int
-- row: id int, name text, lang text, subject text, body text, offer int, offer_text text, offer_until int?, token text
-- row: made_us int, retired_us int, version int, gateway_id int, gateway text, gateway_gone int
SELECT t.id, t.name, t.lang, t.subject, t.body, t.offer, t.offer_text, t.offer_until, t.token, t.made_us, t.retired_us, t.version,
    t.gateway_id, coalesce(g.name, '') AS gateway, CASE WHEN t.gateway_id > 0 AND coalesce(g.state, 3) = 3 THEN 1 ELSE 0 END AS gateway_gone
FROM template t LEFT JOIN gateway g ON g.id = t.gateway_id WHERE t.id = $1;

-- name: template_find_token
-- What a form made.
-- args: token text
-- row: id int, name text, lang text, subject text, body text, offer int, offer_text text, offer_until int?, token text
-- row: made_us int, retired_us int, version int, gateway_id int, gateway text, gateway_gone int
SELECT t.id, t.name, t.lang, t.subject, t.body, t.offer, t.offer_text, t.offer_until, t.token, t.made_us, t.retired_us, t.version,
    t.gateway_id, coalesce(g.name, '') AS gateway, CASE WHEN t.gateway_id > 0 AND coalesce(g.state, 3) = 3 THEN 1 ELSE 0 END AS gateway_gone
FROM template t LEFT JOIN gateway g ON g.id = t.gateway_id WHERE t.token = $1;

-- name: template_ids
-- The greatest id, and how many there are.
-- row: id int, templates int
SELECT coalesce(max(id), 0) AS id, count(*) AS templates FROM template;

-- name: template_add
-- A new one.
-- args: id int, name text, lang text, subject text, body text, offer int, offer_text text, offer_until int?, token text
-- args: made_us int, gateway_id int
INSERT INTO template (id, name, lang, subject, body, offer, offer_text, offer_until, token, made_us, gateway_id)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11);

-- name: template_change
-- All that a person edits, if nobody else has since the version.
-- args: id int, version int, name text, lang text, subject text, body text, offer int, offer_text text, offer_until int?
-- args: retired_us int, gateway_id int
UPDATE template SET name = $3, lang = $4, subject = $5, body = $6, offer = $7, offer_text = $8, offer_until = $9,
    retired_us = $10, gateway_id = $11, version = version + 1
WHERE id = $1 AND version = $2;
