-- SPDX-License-Identifier: Apache-2.0
-- Titles, quotes and tickets, their versions, and taking an import's back (as told in document.sql).

-- name: record_find
-- A record by its key.
-- args: customer_id int, kind int, number text, part text
-- row: id int, day int?, due_on int?, closed_on int?, amount_cents int?, open_cents int?, state text, text text
-- row: import_id int
SELECT id, day, due_on, closed_on, amount_cents, open_cents, state, text, import_id
FROM record
WHERE customer_id = $1 AND kind = $2 AND number = $3 AND part = $4;

-- name: record_add
-- A new one.
-- args: customer_id int, kind int, number text, part text, day int?, due_on int?, closed_on int?
-- args: amount_cents int?, open_cents int?, state text, text text, import_id int
INSERT INTO record (customer_id, kind, number, part, day, due_on, closed_on, amount_cents, open_cents, state, text, import_id)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12);

-- name: record_keep
-- Keep the version that an import is about to overwrite.
-- args: id int, customer_id int, by_import int
INSERT INTO record_before (id, by_import, customer_id, kind, number, part, day, due_on, closed_on, amount_cents, open_cents, state, text, import_id)
SELECT id, CAST($3 AS BIGINT), customer_id, kind, number, part, day, due_on, closed_on, amount_cents, open_cents, state, text, import_id
FROM record
WHERE id = $1 AND customer_id = $2;

-- name: record_put
-- Overwrite it; the key stays.
-- args: id int, customer_id int, day int?, due_on int?, closed_on int?, amount_cents int?, open_cents int?, state text
-- args: text text, import_id int
UPDATE record
SET day = $3, due_on = $4, closed_on = $5, amount_cents = $6, open_cents = $7, state = $8, text = $9, import_id = $10
WHERE id = $1 AND customer_id = $2;

-- name: record_same_add
-- An import held what stood already.
-- args: import_id int, record_id int, customer_id int
INSERT INTO record_same (import_id, record_id, customer_id) VALUES ($1, $2, $3)
ON CONFLICT (import_id, record_id, customer_id) DO NOTHING;

-- name: record_same_drop
-- An import that held what stood has other content after all.
-- args: import_id int, record_id int, customer_id int
DELETE FROM record_same WHERE import_id = $1 AND record_id = $2 AND customer_id = $3;

-- name: record_list
-- The records of one customer, in no order.
-- args: customer_id int
-- row: id int, kind int, number text, part text, day int?, due_on int?, closed_on int?, amount_cents int?, open_cents int?
-- row: state text, text text
SELECT id, kind, number, part, day, due_on, closed_on, amount_cents, open_cents, state, text
FROM record
WHERE customer_id = $1;

-- name: record_undo_same
-- What this import only held too.
-- args: import_id int
DELETE FROM record_same WHERE import_id = $1;

-- name: record_undo_heir
-- Standing versions that a later import holds too are that one's from now on.
-- args: import_id int
UPDATE record SET import_id = h.heir
FROM (
    SELECT record_id, customer_id, min(import_id) AS heir FROM record_same
    WHERE import_id > $1
    GROUP BY record_id, customer_id
) AS h
WHERE record.id = h.record_id AND record.customer_id = h.customer_id AND record.import_id = $1;

-- name: record_undo_heir_before
-- The same for versions that were overwritten since.
-- args: import_id int
UPDATE record_before SET import_id = h.heir
FROM (
    SELECT b.id, b.by_import, b.customer_id, min(s.import_id) AS heir
    FROM record_before b
    JOIN record_same s ON s.record_id = b.id AND s.customer_id = b.customer_id
    WHERE b.import_id = $1 AND s.import_id > $1 AND s.import_id < b.by_import
    GROUP BY b.id, b.by_import, b.customer_id
) AS h
WHERE record_before.id = h.id AND record_before.by_import = h.by_import
    AND record_before.customer_id = h.customer_id AND record_before.import_id = $1;

-- name: record_undo_before
-- Overwritten versions of this import alone.
-- args: import_id int
DELETE FROM record_before WHERE import_id = $1;

-- name: record_undo_restore
-- The version before takes the place again.
-- args: import_id int
UPDATE record
SET day = b.day, due_on = b.due_on, closed_on = b.closed_on, amount_cents = b.amount_cents,
    open_cents = b.open_cents, state = b.state, text = b.text, import_id = b.import_id
FROM (
    SELECT b.id, max(b.by_import) AS by_import
    FROM record r
    JOIN record_before b ON b.id = r.id
    WHERE r.import_id = $1
    GROUP BY b.id
) AS last
JOIN record_before b ON b.id = last.id AND b.by_import = last.by_import
WHERE record.id = b.id AND record.import_id = $1;

-- name: record_undo
-- Where there was none, the record goes.
-- args: import_id int
DELETE FROM record WHERE import_id = $1;

-- name: record_undo_restored
-- A version that stands again is no longer one of before.
DELETE FROM record_before
WHERE EXISTS (
    SELECT 1 FROM record r
    WHERE r.id = record_before.id AND r.customer_id = record_before.customer_id
        AND r.import_id = record_before.import_id
);
