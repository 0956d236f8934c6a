-- SPDX-License-Identifier: Apache-2.0
-- Imports: what came in, what was refused, how columns were named. Undoing one is in document, record, customer, product.

-- name: import_begin
-- A new import; its number is never used again, also when it is undone.
-- args: kind int, files text, started_us int
-- row: id int
INSERT INTO import (id, kind, files, started_us)
SELECT coalesce(max(id), 0) + 1, CAST($1 AS BIGINT), CAST($2 AS TEXT), CAST($3 AS BIGINT) FROM import
RETURNING id;

-- name: import_finish
-- How it went.
-- args: id int, finished_us int, rows_all int, rows_added int, rows_changed int, rows_unchanged int, rows_rejected int
-- args: rows_blank int, first_day int?, last_day int?
UPDATE import
SET finished_us = $2, rows_all = $3, rows_added = $4, rows_changed = $5, rows_unchanged = $6, rows_rejected = $7,
    rows_blank = $8, first_day = $9, last_day = $10
WHERE id = $1;

-- name: import_undone
-- It was taken back.
-- args: id int, undone_us int
UPDATE import SET undone_us = $2 WHERE id = $1;

-- name: import_list
-- All imports, the newest first.
-- row: id int, kind int, files text, started_us int, finished_us int, undone_us int, rows_all int, rows_added int
-- row: rows_changed int, rows_unchanged int, rows_rejected int, rows_blank int, first_day int?, last_day int?
SELECT id, kind, files, started_us, finished_us, undone_us, rows_all, rows_added, rows_changed, rows_unchanged,
    rows_rejected, rows_blank, first_day, last_day
FROM import
ORDER BY id DESC -- no nulls

-- name: import_find
-- One import.
-- args: id int
-- row: id int, kind int, files text, started_us int, finished_us int, undone_us int, rows_all int, rows_added int
-- row: rows_changed int, rows_unchanged int, rows_rejected int, rows_blank int, first_day int?, last_day int?
SELECT id, kind, files, started_us, finished_us, undone_us, rows_all, rows_added, rows_changed, rows_unchanged,
    rows_rejected, rows_blank, first_day, last_day
FROM import
WHERE id = $1;

-- name: import_file_add
-- One file of an import.
-- args: import_id int, seq int, path text, rows_all int, rows_added int, rows_changed int, rows_unchanged int
-- args: rows_rejected int, rows_blank int
INSERT INTO import_file (import_id, seq, path, rows_all, rows_added, rows_changed, rows_unchanged, rows_rejected, rows_blank)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9);

-- name: import_reject_last
-- The number of the last rejected row that was kept.
-- args: import_id int
-- row: seq int
SELECT coalesce(max(seq), 0) AS seq FROM import_reject WHERE import_id = $1;

-- name: import_reject_add
-- One rejected row as it stood.
-- args: import_id int, seq int, file text, line int, column_name text, reason text, detail text, row_text text
INSERT INTO import_reject (import_id, seq, file, line, column_name, reason, detail, row_text)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8);

-- name: import_reject_list
-- The rejected rows of one import in their order.
-- args: import_id int
-- row: file text, line int, column_name text, reason text, detail text, row_text text
SELECT file, line, column_name, reason, detail, row_text FROM import_reject
WHERE import_id = $1
ORDER BY seq -- no nulls

-- name: mapping_put
-- A saved mapping of columns, under a name.
-- args: kind int, name text, mapping_text text
INSERT INTO mapping (kind, name, mapping_text) VALUES ($1, $2, $3)
ON CONFLICT (kind, name) DO UPDATE SET mapping_text = excluded.mapping_text;

-- name: mapping_list
-- The names of a kind's mappings.
-- args: kind int
-- row: name text
SELECT name FROM mapping WHERE kind = $1
ORDER BY name; -- no nulls

-- name: mapping_find
-- The mapping of a name.
-- args: kind int, name text
-- row: mapping_text text
SELECT mapping_text FROM mapping WHERE kind = $1 AND name = $2;
