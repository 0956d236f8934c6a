-- SPDX-License-Identifier: Apache-2.0
-- Addresses that are not to be used, and whom they bar. Lists of numbers are texts of numbers with commas between.

-- name: suppression_max
-- The greatest id.
-- row: id int
SELECT coalesce(max(id), 0) AS id FROM suppression;

-- name: suppression_add
-- A new one; the same form sent twice adds one.
-- args: id int, kind int, hash int, channel int, source int, day int, until_on int?, note text, shown text, who text
-- args: made_us int, token text
INSERT INTO suppression (id, kind, hash, channel, source, day, until_on, note, shown, who, made_us, token)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
ON CONFLICT (token) DO NOTHING;

-- name: suppression_find
-- One by its id.
-- args: id int
-- row: id int, kind int, hash int, channel int, source int, day int, until_on int?, note text, shown text, who text
-- row: made_us int, lifted_us int, lifted_by text, lifted_why text
SELECT id, kind, hash, channel, source, day, until_on, note, shown, who, made_us, lifted_us, lifted_by, lifted_why
FROM suppression WHERE id = $1;

-- name: suppression_lift
-- It holds no longer, if it did.
-- args: id int, lifted_us int, lifted_by text, lifted_why text
UPDATE suppression SET lifted_us = $2, lifted_by = $3, lifted_why = $4 WHERE id = $1 AND lifted_us = 0;

-- name: suppression_lift_source
-- Those of an address that came from one source hold no longer.
-- args: hash int, source int, lifted_us int, lifted_by text, lifted_why text
UPDATE suppression SET lifted_us = $3, lifted_by = $4, lifted_why = $5
WHERE hash = $1 AND source = $2 AND lifted_us = 0;

-- part: suppression.lines
-- The list.
SELECT id, kind, hash, channel, source, day, until_on, note, shown, who, made_us, lifted_us, lifted_by, lifted_why
FROM suppression WHERE id > 0

-- part: suppression.hash
-- Of one address.
-- args: hash int
AND hash = $1

-- part: suppression.channel
-- Of one channel.
-- args: channel int
AND channel = $1

-- part: suppression.source
-- From one source.
-- args: source int
AND source = $1

-- part: suppression.holds
-- That hold on a day.
-- args: day int
AND lifted_us = 0 AND (until_on IS NULL OR until_on >= $1)

-- part: suppression.over
-- That do not.
-- args: day int
AND (lifted_us > 0 OR until_on < $1)

-- part: suppression.before
-- Older than one that was shown.
-- args: id int
AND id < $1

-- part: suppression.newest
-- The newest first, so many.
-- args: most int
ORDER BY id DESC LIMIT $1 -- no nulls

-- only: sqlite
-- name: suppression_among
-- What holds on a day for any of these hashes; of a state's list: channel 1, source 6.
-- args: hashes text, day int
-- row: hash int, channel int, source int, day int, until_on int?, state text
SELECT s.hash, s.channel, s.source, s.day, s.until_on, '' AS state
FROM json_each('[' || $1 || ']') j JOIN suppression s ON s.hash = j.value
WHERE s.lifted_us = 0 AND (s.until_on IS NULL OR s.until_on >= $2)
UNION ALL
SELECT n.hash, 1, 6, b.day, NULL, b.state
FROM block_list b JOIN json_each('[' || $1 || ']') j JOIN block_number n ON n.state = b.state AND n.hash = j.value;

-- only: pg
-- name: suppression_among
-- What holds on a day for any of these hashes; of a state's list: channel 1, source 6.
-- args: hashes text, day int
-- row: hash int, channel int, source int, day int, until_on int?, state text
SELECT s.hash, s.channel, s.source, s.day, s.until_on, '' AS state
FROM suppression s
WHERE s.hash = ANY (CAST(string_to_array($1, ',') AS BIGINT[])) AND s.lifted_us = 0 AND (s.until_on IS NULL OR s.until_on >= $2)
UNION ALL
SELECT n.hash, CAST(1 AS BIGINT), CAST(6 AS BIGINT), b.day, CAST(NULL AS BIGINT), b.state
FROM block_list b JOIN block_number n ON n.state = b.state AND n.hash = ANY (CAST(string_to_array($1, ',') AS BIGINT[]));

-- only: sqlite
-- name: reach_address
-- How customers and the people there are reached: person_id 0 is the customer itself, -1 one that was merged into it.
-- args: ids text
-- row: customer_id int, person_id int, phone text, email text, tax_id text, consent_phone int, consent_email int
SELECT c.id AS customer_id, 0 AS person_id, c.phone, c.email, c.tax_id, 0 AS consent_phone, 0 AS consent_email
FROM json_each('[' || $1 || ']') j JOIN customer c ON c.id = j.value
UNION ALL
SELECT p.customer_id, p.id, p.phone, p.email, '', p.consent_phone, p.consent_email
FROM json_each('[' || $1 || ']') j JOIN person p ON p.customer_id = j.value
WHERE p.retired_us = 0
UNION ALL
SELECT m.main_id, -1, a.phone, a.email, a.tax_id, 0, 0
FROM duplicate_merge m JOIN duplicate_absorbed a ON a.id = m.customer_id
WHERE m.main_id IN (SELECT value FROM json_each('[' || $1 || ']'));

-- only: pg
-- name: reach_address
-- How customers and the people there are reached: person_id 0 is the customer itself, -1 one that was merged into it.
-- args: ids text
-- row: customer_id int, person_id int, phone text, email text, tax_id text, consent_phone int, consent_email int
SELECT c.id AS customer_id, CAST(0 AS BIGINT) AS person_id, c.phone, c.email, c.tax_id, CAST(0 AS BIGINT) AS consent_phone,
    CAST(0 AS BIGINT) AS consent_email
FROM customer c WHERE c.id = ANY (CAST(string_to_array($1, ',') AS BIGINT[]))
UNION ALL
SELECT p.customer_id, p.id, p.phone, p.email, '', p.consent_phone, p.consent_email
FROM person p WHERE p.customer_id = ANY (CAST(string_to_array($1, ',') AS BIGINT[])) AND p.retired_us = 0
UNION ALL
SELECT m.main_id, CAST(-1 AS BIGINT), a.phone, a.email, a.tax_id, CAST(0 AS BIGINT), CAST(0 AS BIGINT)
FROM duplicate_merge m JOIN duplicate_absorbed a ON a.id = m.customer_id
WHERE m.main_id = ANY (CAST(string_to_array($1, ',') AS BIGINT[]));

-- only: sqlite
-- name: reach_contact
-- The days of contacts with customers after a day, but of wrong numbers (outcome 6).
-- args: ids text, since int
-- row: customer_id int, day int
SELECT t.customer_id, t.day FROM json_each('[' || $1 || ']') j JOIN contact t ON t.customer_id = j.value
WHERE t.day > $2 AND t.outcome <> 6;

-- only: pg
-- name: reach_contact
-- The days of contacts with customers after a day, but of wrong numbers (outcome 6).
-- args: ids text, since int
-- row: customer_id int, day int
SELECT t.customer_id, t.day FROM contact t
WHERE t.customer_id = ANY (CAST(string_to_array($1, ',') AS BIGINT[])) AND t.day > $2 AND t.outcome <> 6;
