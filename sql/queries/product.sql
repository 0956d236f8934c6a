-- SPDX-License-Identifier: Apache-2.0
-- Products, what each import said of them, and what one customer bought.

-- name: product_find
-- The product of a code.
-- args: code text
-- row: id int
SELECT id FROM product WHERE code = $1;

-- name: product_max
-- The greatest id.
-- row: id int
SELECT coalesce(max(id), 0) AS id FROM product;

-- name: product_add
-- A new product; what is known of it comes with its facts.
-- args: id int, code text
INSERT INTO product (id, code) VALUES ($1, $2);

-- name: product_fact_add
-- What one import says of one product.
-- args: product_id int, import_id int, source int, day int?, name text, kind text
INSERT INTO product_fact (product_id, import_id, source, day, name, kind) VALUES ($1, $2, $3, $4, $5, $6);

-- name: product_fact_list
-- All facts, but those of import $2, of the products that import $1 mentions, beside what the product says now.
-- args: import_id int, without_import int
-- row: id int, code text, old_name text, old_kind text, goods int, import_id int, source int, day int?, name text, kind text
SELECT p.id, p.code, p.name AS old_name, p.kind AS old_kind, p.goods, f.import_id, f.source, f.day, f.name, f.kind
FROM product_fact t
JOIN product p ON p.id = t.product_id
JOIN product_fact f ON f.product_id = t.product_id
WHERE t.import_id = $1 AND f.import_id <> $2
ORDER BY t.product_id -- no nulls

-- name: product_put
-- What the facts say together, and whether it is goods.
-- args: id int, name text, kind text, goods int
UPDATE product SET name = $2, kind = $3, goods = $4 WHERE id = $1;

-- name: product_undo
-- Products go that nothing mentions but this import.
-- args: import_id int
DELETE FROM product
WHERE id IN (SELECT product_id FROM product_fact WHERE import_id = $1)
    AND NOT EXISTS (SELECT 1 FROM product_fact f WHERE f.product_id = product.id AND f.import_id <> $1);

-- name: product_fact_undo
-- What this import said is forgotten.
-- args: import_id int
DELETE FROM product_fact WHERE import_id = $1;

-- name: product_line
-- What one customer was sold or sent back up to a day, goods only, line by line in the order of documents.
-- args: customer_id int, as_of int
-- row: product_id int, document_id int, day int, kind int, quantity_e4 int, price_e4 int, value_cents int, code text, name text
SELECT l.product_id, d.id AS document_id, d.day, d.kind, l.quantity_e4, l.price_e4, l.value_cents, p.code, p.name
FROM document d
JOIN line l ON l.document_id = d.id AND l.customer_id = d.customer_id
JOIN product p ON p.id = l.product_id AND p.goods = 1
WHERE d.customer_id = $1 AND d.day <= $2 AND d.kind <> 3
ORDER BY d.id, l.seq -- no nulls
LIMIT {{all}};
