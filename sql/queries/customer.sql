-- SPDX-License-Identifier: Apache-2.0
-- Customers, what each import said of them, and the marks of whose history changed.

-- name: customer_find
-- The customer of a code.
-- args: code text
-- row: id int
SELECT id FROM customer WHERE code = $1;

-- name: customer_find_of
-- The customer of a code, if it belongs to this rep; '': whomever it belongs to.
-- args: code text, rep text
-- row: id int
SELECT c.id FROM customer c LEFT JOIN label l ON l.id = c.rep_id WHERE c.code = $1 AND ($2 = '' OR l.code = $2);

-- name: customer_where
-- Where a customer is and what it is called, if it belongs to this rep; '': whomever it belongs to.
-- args: code text, rep text
-- row: name text, place int?, city text, region text
SELECT c.name, c.place, city.code AS city, region.code AS region
FROM customer c
JOIN label city ON city.id = c.city_id
JOIN label region ON region.id = c.region_id
LEFT JOIN label l ON l.id = c.rep_id
WHERE c.code = $1 AND ($2 = '' OR l.code = $2);

-- name: customer_find_taxid
-- The code of the customer with this tax number; the first by code when there are several.
-- args: tax_id text
-- row: code text
SELECT code FROM customer WHERE tax_id = $1 ORDER BY code LIMIT 1; -- no nulls

-- name: customer_max
-- The greatest id, of customers that were merged into others too, and how many are marked as changed.
-- row: max_id int, dirty int
SELECT (SELECT coalesce(max(id), 0) FROM (SELECT max(id) AS id FROM customer UNION ALL SELECT max(id) FROM duplicate_absorbed) all_ids) AS max_id, (SELECT count(*) FROM customer_dirty) AS dirty;

-- name: customer_add
-- A new customer; what is known of it comes with its facts.
-- args: id int, code text
INSERT INTO customer (id, code) VALUES ($1, $2);

-- name: customer_fact_add
-- What one import says of one customer.
-- args: customer_id int, import_id int, part int, source int, day int?, name text, tax_id text, phone text, email text
-- args: company_id int, rep_id int, segment_id int, region_id int, city_id int, closed_on int?, last_contact int?
-- args: registered_on int?, credit_cents int?, blocked int?, place int?
INSERT INTO customer_fact (customer_id, import_id, part, source, day, name, tax_id, phone, email, company_id, rep_id,
    segment_id, region_id, city_id, closed_on, last_contact,
    registered_on, credit_cents, blocked, place)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18,
    $19, $20);

-- name: customer_fact_bound
-- The last of the next so many customers of an import.
-- args: import_id int, after_id int, most int
-- row: customer_id int?
SELECT max(customer_id) AS customer_id FROM (
    SELECT DISTINCT customer_id FROM customer_fact
    WHERE import_id = $1 AND customer_id > $2
    ORDER BY customer_id -- no nulls
    LIMIT $3
) AS batch;

-- name: customer_fact_list
-- All facts, but those of import $4, of the customers between two ids that import $1 mentions.
-- args: import_id int, after_id int, to_id int, without_import int
-- row: customer_id int, import_id int, source int, day int?, name text, tax_id text, phone text, email text
-- row: company_id int, rep_id int, segment_id int, region_id int, city_id int, closed_on int?, last_contact int?
-- row: registered_on int?, credit_cents int?, blocked int?, place int?
SELECT f.customer_id, f.import_id, f.source, f.day, f.name, f.tax_id, f.phone, f.email, f.company_id, f.rep_id,
    f.segment_id, f.region_id, f.city_id, f.closed_on, f.last_contact,
    f.registered_on, f.credit_cents, f.blocked, f.place
FROM (
    SELECT DISTINCT customer_id FROM customer_fact WHERE import_id = $1 AND customer_id > $2 AND customer_id <= $3
) AS t
JOIN customer_fact f ON f.customer_id = t.customer_id
WHERE f.import_id <> $4
ORDER BY t.customer_id -- no nulls

-- name: customer_fact_of
-- All facts of one customer, as customer_fact_list has them.
-- args: customer_id int
-- row: customer_id int, import_id int, source int, day int?, name text, tax_id text, phone text, email text
-- row: company_id int, rep_id int, segment_id int, region_id int, city_id int, closed_on int?, last_contact int?
-- row: registered_on int?, credit_cents int?, blocked int?, place int?
SELECT f.customer_id, f.import_id, f.source, f.day, f.name, f.tax_id, f.phone, f.email, f.company_id, f.rep_id,
    f.segment_id, f.region_id, f.city_id, f.closed_on, f.last_contact,
    f.registered_on, f.credit_cents, f.blocked, f.place
FROM customer_fact f WHERE f.customer_id = $1;

-- name: customer_merged_add
-- What the facts of one customer say together.
-- args: id int, name text, name_fold text, tax_id text, phone text, email text, company_id int, rep_id int
-- args: segment_id int, region_id int, city_id int, closed_on int?, last_contact int?
-- args: registered_on int?, credit_cents int?, blocked int?, place int?
INSERT INTO customer_merged (id, name, name_fold, tax_id, phone, email, company_id, rep_id, segment_id, region_id,
    city_id, closed_on, last_contact, registered_on, credit_cents, blocked, place)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17);

-- name: customer_merged_contact
-- Who was talked to later than any import says: contacts that were logged count too.
-- args: after_id int, to_id int
UPDATE customer_merged SET last_contact = t.day
FROM (
    SELECT customer_id, max(day) AS day FROM contact WHERE customer_id > $1 AND customer_id <= $2 GROUP BY customer_id
) AS t
WHERE customer_merged.id = t.customer_id AND (customer_merged.last_contact IS NULL OR customer_merged.last_contact < t.day);

-- name: customer_merged_dirty
-- Mark the customers that will differ, where there is a score to bring up to date.
INSERT INTO customer_dirty (customer_id, since)
SELECT c.id, 2147483647
FROM customer_merged m
JOIN customer c ON c.id = m.id + 0 -- SQLite, without statistics, would walk all customers instead
WHERE EXISTS (SELECT 1 FROM score_run)
    AND (c.name, c.tax_id, c.phone, c.email, c.company_id, c.rep_id, c.segment_id, c.region_id, c.city_id, c.closed_on, c.last_contact,
        c.registered_on, c.credit_cents, c.blocked, c.place)
    IS DISTINCT FROM (m.name, m.tax_id, m.phone, m.email, m.company_id, m.rep_id, m.segment_id, m.region_id, m.city_id, m.closed_on, m.last_contact,
        m.registered_on, m.credit_cents, m.blocked, m.place)
ON CONFLICT (customer_id) DO NOTHING;

-- name: customer_merged_apply
-- Give the customers what was merged, where it differs.
UPDATE customer
SET name = m.name, name_fold = m.name_fold, tax_id = m.tax_id, phone = m.phone, email = m.email,
    company_id = m.company_id, rep_id = m.rep_id, segment_id = m.segment_id, region_id = m.region_id,
    city_id = m.city_id, closed_on = m.closed_on, last_contact = m.last_contact,
    registered_on = m.registered_on, credit_cents = m.credit_cents, blocked = m.blocked,
    place = m.place
FROM customer_merged m
WHERE customer.id = m.id + 0
    AND (customer.name, customer.tax_id, customer.phone, customer.email, customer.company_id, customer.rep_id,
        customer.segment_id, customer.region_id, customer.city_id, customer.closed_on, customer.last_contact,
        customer.registered_on, customer.credit_cents, customer.blocked, customer.place)
    IS DISTINCT FROM (m.name, m.tax_id, m.phone, m.email, m.company_id, m.rep_id, m.segment_id, m.region_id, m.city_id,
        m.closed_on, m.last_contact, m.registered_on, m.credit_cents, m.blocked, m.place);

-- only: sqlite
-- name: customer_merged_clear
-- Leave the room empty.
DELETE FROM customer_merged;

-- only: pg
-- name: customer_merged_clear
-- Leave the room empty, without the dead rows that DELETE would heap up.
TRUNCATE customer_merged;

-- name: customer_dirty_add
-- This customer's history changed from a day on; of interest only where there is a score.
-- args: customer_id int, since int
INSERT INTO customer_dirty (customer_id, since)
SELECT CAST($1 AS BIGINT), CAST($2 AS BIGINT) WHERE EXISTS (SELECT 1 FROM score_run)
ON CONFLICT (customer_id) DO UPDATE SET since = excluded.since WHERE excluded.since < customer_dirty.since;

-- name: customer_brief_all
-- What a score needs of every customer.
-- row: id int, code text, company_id int, rep_id int, segment_id int, region_id int, city_id int, closed_on int?
SELECT id, code, company_id, rep_id, segment_id, region_id, city_id, closed_on FROM customer
ORDER BY id -- no nulls

-- name: customer_brief_dirty
-- The same of those marked as changed.
-- row: id int, code text, company_id int, rep_id int, segment_id int, region_id int, city_id int, closed_on int?
SELECT c.id, c.code, c.company_id, c.rep_id, c.segment_id, c.region_id, c.city_id, c.closed_on
FROM customer_dirty d
JOIN customer c ON c.id = d.customer_id
ORDER BY d.customer_id -- no nulls

-- name: customer_registered
-- Customers that a customers file named, whether they bought or not.
-- row: id int
SELECT DISTINCT coalesce(m.main_id, f.customer_id) AS id
FROM customer_fact f LEFT JOIN duplicate_merge m ON m.customer_id = f.customer_id
WHERE f.source = 2;

-- name: customer_undo_dirty
-- Mark those that only this import knows: they are about to go.
-- args: import_id int
INSERT INTO customer_dirty (customer_id, since)
SELECT DISTINCT t.customer_id, 2147483647 FROM customer_fact t
WHERE t.import_id = $1 AND EXISTS (SELECT 1 FROM score_run)
    AND NOT EXISTS (SELECT 1 FROM customer_fact f WHERE f.customer_id = t.customer_id AND f.import_id <> $1)
ON CONFLICT (customer_id) DO NOTHING;

-- name: customer_undo
-- Customers go that nothing mentions but this import, and whom nobody has worked with or merged.
-- args: import_id int
DELETE FROM customer
WHERE id IN (SELECT customer_id FROM customer_fact WHERE import_id = $1)
    AND id NOT IN (SELECT customer_id FROM duplicate_merge UNION SELECT into_id FROM duplicate_merge)
    AND NOT EXISTS (SELECT 1 FROM customer_fact f WHERE f.customer_id = customer.id AND f.import_id <> $1)
    AND NOT EXISTS (SELECT 1 FROM document d WHERE d.customer_id = customer.id)
    AND NOT EXISTS (SELECT 1 FROM record r WHERE r.customer_id = customer.id)
    AND NOT EXISTS (SELECT 1 FROM contact t WHERE t.customer_id = customer.id)
    AND NOT EXISTS (SELECT 1 FROM appointment a WHERE a.customer_id = customer.id)
    AND NOT EXISTS (SELECT 1 FROM customer_note n WHERE n.customer_id = customer.id)
    AND NOT EXISTS (SELECT 1 FROM person p WHERE p.customer_id = customer.id);

-- name: customer_fact_undo
-- What this import said is forgotten.
-- args: import_id int
DELETE FROM customer_fact WHERE import_id = $1;
