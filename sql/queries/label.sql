-- SPDX-License-Identifier: Apache-2.0
-- Companies, reps, segments, regions, cities by their codes.

-- name: label_find
-- The label of a code.
-- args: kind int, code text
-- row: id int
SELECT id FROM label WHERE kind = $1 AND code = $2;

-- name: label_add
-- A new label; ids are given out by the one writer.
-- args: kind int, code text
-- row: id int
INSERT INTO label (id, kind, code)
SELECT max(id) + 1, CAST($1 AS BIGINT), CAST($2 AS TEXT) FROM label
RETURNING id;

-- name: label_list_of
-- Those that the customers of one rep have, and the rep's own, by kind and code.
-- args: rep text
-- row: id int, kind int, code text
SELECT id, kind, code FROM label
WHERE id <> 0 AND ((kind = 2 AND code = $1) OR id IN (
    SELECT company_id FROM customer WHERE rep_id = (SELECT id FROM label WHERE kind = 2 AND code = $1)
    UNION SELECT segment_id FROM customer WHERE rep_id = (SELECT id FROM label WHERE kind = 2 AND code = $1)
    UNION SELECT region_id FROM customer WHERE rep_id = (SELECT id FROM label WHERE kind = 2 AND code = $1)
    UNION SELECT city_id FROM customer WHERE rep_id = (SELECT id FROM label WHERE kind = 2 AND code = $1)))
ORDER BY kind, code; -- no nulls

-- name: label_code
-- The code of a label.
-- args: id int
-- row: code text
SELECT code FROM label WHERE id = $1;

-- name: label_list
-- All of one kind (0: of every kind) by code.
-- args: kind int
-- row: id int, kind int, code text
SELECT id, kind, code FROM label WHERE (kind = $1 OR $1 = 0) AND id <> 0
ORDER BY kind, code -- no nulls
