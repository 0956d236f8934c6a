-- SPDX-License-Identifier: Apache-2.0
-- People at a customer, with what they agreed to. Always asked for through their customer.

-- name: person_list
-- Those at one customer who are still there, in no order.
-- args: customer_id int
-- row: id int, name text, position text, phone text, email text, consent_phone int, consent_email int
-- row: consent_on int?, consent_source text, made_us int, retired_us int, version int
SELECT id, name, position, phone, email, consent_phone, consent_email, consent_on, consent_source, made_us, retired_us, version
FROM person WHERE customer_id = $1 AND retired_us = 0;

-- name: person_find
-- One of them, retired or not.
-- args: customer_id int, id int
-- row: id int, name text, position text, phone text, email text, consent_phone int, consent_email int
-- row: consent_on int?, consent_source text, made_us int, retired_us int, version int
SELECT id, name, position, phone, email, consent_phone, consent_email, consent_on, consent_source, made_us, retired_us, version
FROM person WHERE customer_id = $1 AND id = $2;

-- name: person_add
-- A new one; the same form sent twice adds one.
-- args: customer_id int, name text, position text, phone text, email text, consent_phone int, consent_email int
-- args: consent_on int?, consent_source text, token text, made_us int
INSERT INTO person (customer_id, name, position, phone, email, consent_phone, consent_email, consent_on, consent_source,
    token, made_us)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
ON CONFLICT (customer_id, token) DO NOTHING;

-- name: person_change
-- All that is edited, if nobody else has since the version.
-- args: customer_id int, id int, version int, name text, position text, phone text, email text, consent_phone int
-- args: consent_email int, consent_on int?, consent_source text, retired_us int
UPDATE person SET name = $4, position = $5, phone = $6, email = $7, consent_phone = $8, consent_email = $9,
    consent_on = $10, consent_source = $11, retired_us = $12, version = version + 1
WHERE customer_id = $1 AND id = $2 AND version = $3;
