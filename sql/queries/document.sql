-- SPDX-License-Identifier: Apache-2.0
-- Orders and invoices, their versions, and taking an import's back. Kinds: 1 sale, 2 return, 3 cancelled, 4 unvalued.

-- name: document_find
-- A document by its key.
-- args: source int, company_id int, number text
-- row: id int, customer_id int, source int, company_id int, number text, kind int, day int, rep_id int, value_cents int
-- row: lines int, hash int, import_id int
SELECT id, customer_id, source, company_id, number, kind, day, rep_id, value_cents, lines, hash, import_id
FROM document
WHERE source = $1 AND company_id = $2 AND number = $3;

-- name: document_any
-- Is there one at all?
-- row: id int
SELECT id FROM document LIMIT 1;

-- script: document_bare
-- The first documents come in the order of a file, not of any index: those are made when all are there, by sorting.
DROP INDEX document_customer;
DROP INDEX document_number;
DROP INDEX document_import;

-- script: document_indexed
-- The indexes of the migration.
CREATE UNIQUE INDEX document_customer ON document (customer_id, id);
CREATE INDEX document_number ON document (source, company_id, number);
CREATE INDEX document_import ON document (import_id);

-- name: document_add
-- A document.
-- args: id int, customer_id int, day int, kind int, value_cents int, source int, company_id int, number text, rep_id int
-- args: lines int, hash int, import_id int
INSERT INTO document (id, customer_id, day, kind, value_cents, source, company_id, number, rep_id, lines, hash, import_id)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12);

-- name: line_add
-- A line of one.
-- args: document_id int, seq int, customer_id int, product_id int, quantity_e4 int, price_e4 int, value_cents int
INSERT INTO line (document_id, seq, customer_id, product_id, quantity_e4, price_e4, value_cents)
VALUES ($1, $2, $3, $4, $5, $6, $7);

-- name: line_list
-- The lines of one, in order.
-- args: document_id int, customer_id int
-- row: product_id int, quantity_e4 int, price_e4 int, value_cents int
SELECT product_id, quantity_e4, price_e4, value_cents FROM line WHERE document_id = $1 AND customer_id = $2
ORDER BY seq; -- no nulls

-- name: document_same_add
-- An import held what stood already.
-- args: import_id int, document_id int, customer_id int
INSERT INTO document_same (import_id, document_id, customer_id) VALUES ($1, $2, $3);

-- name: document_same_drop
-- An import that held what stood has other content after all.
-- args: import_id int, document_id int, customer_id int
DELETE FROM document_same WHERE import_id = $1 AND document_id = $2 AND customer_id = $3;

-- name: document_keep
-- Keep the version that an import is about to overwrite.
-- args: id int, customer_id int, by_import int
INSERT INTO document_before (id, by_import, customer_id, day, kind, value_cents, source, company_id, number, rep_id,
    lines, hash, import_id)
SELECT id, CAST($3 AS BIGINT), customer_id, day, kind, value_cents, source, company_id, number, rep_id, lines, hash, import_id
FROM document
WHERE id = $1 AND customer_id = $2;

-- name: line_keep
-- And its lines.
-- args: document_id int, customer_id int, by_import int
INSERT INTO line_before (document_id, by_import, seq, customer_id, product_id, quantity_e4, price_e4, value_cents)
SELECT document_id, CAST($3 AS BIGINT), seq, customer_id, product_id, quantity_e4, price_e4, value_cents
FROM line
WHERE document_id = $1 AND customer_id = $2;

-- name: document_cover
-- A version that another one covers from the first: the import that holds it is its owner and its own overwriter.
-- args: id int, customer_id int, day int, kind int, value_cents int, source int, company_id int, number text, rep_id int
-- args: lines int, hash int, import_id int
INSERT INTO document_before (id, by_import, customer_id, day, kind, value_cents, source, company_id, number, rep_id,
    lines, hash, import_id)
VALUES ($1, $12, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12);

-- name: line_cover
-- A line of one.
-- args: document_id int, seq int, customer_id int, product_id int, quantity_e4 int, price_e4 int, value_cents int
-- args: by_import int
INSERT INTO line_before (document_id, by_import, seq, customer_id, product_id, quantity_e4, price_e4, value_cents)
VALUES ($1, $8, $2, $3, $4, $5, $6, $7);

-- name: document_drop
-- Take the standing version away.
-- args: id int, customer_id int
DELETE FROM document WHERE id = $1 AND customer_id = $2;

-- name: line_drop
-- And its lines.
-- args: document_id int, customer_id int
DELETE FROM line WHERE document_id = $1 AND customer_id = $2;

-- name: document_brief_all
-- What a score reads of every document up to a day.
-- args: as_of int
-- row: customer_id int, day int, kind int, value_cents int
SELECT customer_id, day, kind, value_cents FROM document WHERE day <= $1;

-- name: document_brief_of
-- The same of one customer by day.
-- args: customer_id int, as_of int
-- row: customer_id int, day int, kind int, value_cents int
SELECT customer_id, day, kind, value_cents FROM document WHERE customer_id = $1 AND day <= $2
ORDER BY day, id -- no nulls

-- name: document_newest
-- The newest documents of one customer, and all since a day; in no order.
-- args: customer_id int, as_of int, documents int, since int
-- row: id int, customer_id int, source int, company_id int, number text, kind int, day int, rep_id int, value_cents int
-- row: lines int, hash int, import_id int
SELECT id, customer_id, source, company_id, number, kind, day, rep_id, value_cents, lines, hash, import_id
FROM document
WHERE customer_id = $1 AND day <= $2 AND (
    day >= $4
    OR id IN (
        SELECT id FROM document WHERE customer_id = $1 AND day <= $2
        ORDER BY day DESC, id DESC LIMIT $3 -- no nulls
    )
);

-- Undo, in this order. Owner of a version: its import_id. Holders: the imports in document_same between the version's
-- own and the one that overwrote it. While import $1 is undone its own versions still carry $1.

-- name: document_undo_same
-- What this import only held too.
-- args: import_id int
DELETE FROM document_same WHERE import_id = $1;

-- name: document_undo_heir
-- Standing versions that a later import holds too are that one's from now on.
-- args: import_id int
UPDATE document SET import_id = h.heir
FROM (
    SELECT document_id, customer_id, min(import_id) AS heir FROM document_same
    WHERE import_id > $1
    GROUP BY document_id, customer_id
) AS h
WHERE document.id = h.document_id AND document.customer_id = h.customer_id AND document.import_id = $1;

-- name: document_undo_heir_before
-- The same for versions that were overwritten since.
-- args: import_id int
UPDATE document_before SET import_id = h.heir
FROM (
    SELECT b.id, b.by_import, b.customer_id, min(s.import_id) AS heir
    FROM document_before b
    JOIN document_same s ON s.document_id = b.id AND s.customer_id = b.customer_id
    WHERE b.import_id = $1 AND s.import_id > $1 AND s.import_id < b.by_import
    GROUP BY b.id, b.by_import, b.customer_id
) AS h
WHERE document_before.id = h.id AND document_before.by_import = h.by_import
    AND document_before.customer_id = h.customer_id AND document_before.import_id = $1;

-- name: line_undo_before
-- Overwritten versions of this import alone: their lines.
-- args: import_id int
DELETE FROM line_before
WHERE EXISTS (
    SELECT 1 FROM document_before b
    WHERE b.import_id = $1 AND b.id = line_before.document_id AND b.by_import = line_before.by_import
        AND b.customer_id = line_before.customer_id
);

-- name: document_undo_before
-- And they themselves.
-- args: import_id int
DELETE FROM document_before WHERE import_id = $1;

-- name: document_undo_dirty
-- Mark whose history changes: customers of the versions that go and of those that come back.
-- args: import_id int
INSERT INTO customer_dirty (customer_id, since)
SELECT t.customer_id, min(t.day)
FROM (
    SELECT d.customer_id, d.day FROM document d WHERE d.import_id = $1
    UNION ALL
    SELECT b.customer_id, b.day FROM document_before b JOIN document d ON d.id = b.id WHERE d.import_id = $1
) AS t
WHERE EXISTS (SELECT 1 FROM score_run)
GROUP BY t.customer_id
ON CONFLICT (customer_id) DO UPDATE SET since = excluded.since WHERE excluded.since < customer_dirty.since;

-- name: line_undo
-- The lines of this import's standing versions.
-- args: import_id int
DELETE FROM line WHERE document_id IN (SELECT id FROM document WHERE import_id = $1);

-- name: line_undo_restore
-- Instead, those of the version before, where there is one.
-- args: import_id int
INSERT INTO line (document_id, seq, customer_id, product_id, quantity_e4, price_e4, value_cents)
SELECT l.document_id, l.seq, l.customer_id, l.product_id, l.quantity_e4, l.price_e4, l.value_cents
FROM (
    SELECT b.id, max(b.by_import) AS by_import
    FROM document d
    JOIN document_before b ON b.id = d.id
    WHERE d.import_id = $1
    GROUP BY b.id
) AS last
JOIN line_before l ON l.document_id = last.id AND l.by_import = last.by_import;

-- name: document_undo_restore
-- The version before takes the place again.
-- args: import_id int
UPDATE document
SET customer_id = b.customer_id, day = b.day, kind = b.kind, value_cents = b.value_cents, rep_id = b.rep_id,
    lines = b.lines, hash = b.hash, import_id = b.import_id
FROM (
    SELECT b.id, max(b.by_import) AS by_import
    FROM document d
    JOIN document_before b ON b.id = d.id
    WHERE d.import_id = $1
    GROUP BY b.id
) AS last
JOIN document_before b ON b.id = last.id AND b.by_import = last.by_import
WHERE document.id = b.id AND document.import_id = $1;

-- name: document_undo
-- Where there was none, the document goes.
-- args: import_id int
DELETE FROM document WHERE import_id = $1;

-- name: line_undo_restored
-- A version that stands again is no longer one of before: its lines.
DELETE FROM line_before
WHERE EXISTS (
    SELECT 1 FROM document_before b
    JOIN document d ON d.id = b.id AND d.customer_id = b.customer_id AND d.import_id = b.import_id
    WHERE b.id = line_before.document_id AND b.by_import = line_before.by_import
        AND b.customer_id = line_before.customer_id
);

-- name: document_undo_restored
-- And it itself.
DELETE FROM document_before
WHERE EXISTS (
    SELECT 1 FROM document d
    WHERE d.id = document_before.id AND d.customer_id = document_before.customer_id
        AND d.import_id = document_before.import_id
);
