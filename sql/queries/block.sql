-- SPDX-License-Identifier: Apache-2.0
-- Numbers that nobody may call, by state.

-- name: block_list
-- All lists.
-- row: state text, day int, entries int, refused int, hits int, file text, who text, made_us int
SELECT state, day, entries, refused, hits, file, who, made_us FROM block_list ORDER BY state; -- no nulls

-- name: block_put
-- A state's list, in the place of an earlier one.
-- args: state text, day int, entries int, refused int, hits int, file text, who text, made_us int
INSERT INTO block_list (state, day, entries, refused, hits, file, who, made_us) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
ON CONFLICT (state) DO UPDATE SET day = excluded.day, entries = excluded.entries, refused = excluded.refused,
    hits = excluded.hits, file = excluded.file, who = excluded.who, made_us = excluded.made_us;

-- name: block_drop
-- No list of a state any more.
-- args: state text
DELETE FROM block_list WHERE state = $1;

-- name: block_numbers_drop
-- Its numbers.
-- args: state text
DELETE FROM block_number WHERE state = $1;

-- name: block_number_add
-- One number of a state's list.
-- args: state text, hash int
INSERT INTO block_number (state, hash) VALUES ($1, $2);

-- name: block_phones
-- Every number of customers and of the people there.
-- row: phone text
SELECT phone FROM customer WHERE phone <> ''
UNION ALL
SELECT phone FROM person WHERE phone <> '' AND retired_us = 0;
