-- SPDX-License-Identifier: Apache-2.0
-- Lists of customers. Which customers, and in which order, is found in the strips (src/store/list_scan.c).

-- name: list_rows
-- Whole customers by id, in no order. The first integer columns are the strips of strip_rows, in their order.
-- args: c1 int, c2 int, c3 int, c4 int, c5 int, c6 int, c7 int, c8 int, c9 int, c10 int, c11 int, c12 int, c13 int
-- args: c14 int, c15 int, c16 int, c17 int, c18 int, c19 int, c20 int, c21 int, c22 int, c23 int, c24 int, c25 int
-- args: c26 int, c27 int, c28 int, c29 int, c30 int, c31 int, c32 int, c33 int, c34 int, c35 int, c36 int, c37 int
-- args: c38 int, c39 int, c40 int, c41 int, c42 int, c43 int, c44 int, c45 int, c46 int, c47 int, c48 int, c49 int
-- args: c50 int
-- row: customer_id int, status int, purchases int, first_on int?, last_on int?, gap_median_e4 int?
-- row: gap_mean_e4 int?, gap_sd_e4 int?, cycle_e4 int?, overdue_e4 int?, at_risk_on int?, inactive_on int?
-- row: lost_on int?, value_total int?, value_12m int?, value_prev_12m int?, average_cents int?, return_e4 int?
-- row: ranked int, company_id int, rep_id int, segment_id int, region_id int, city_id int, last_contact int?
-- row: p_active_e4 int?, p_active_low_e4 int?, p_active_high_e4 int?, p_alive_e4 int?, next_on int?, next_from int?
-- row: next_to int?, expected_90d_e4 int?, expected_365d_cents int?, registered_on int?
-- row: blocked int?, credit_cents int?, place int?, open_cents int?, overdue_cents int?, standing int?
-- row: quotes int?, quote_cents int?, tickets int?, outcome int?, objection_id int?, appointment_on int?
-- row: credit_left int?
-- row: trend int, prior_days int?, prior_assumed int, rule int, gaps blob, method int, code text, name text, name_fold text
-- row: tax_id text, phone text, email text, closed_on int?, company text, rep text, segment text, region text
-- row: city text, objection text
SELECT s.customer_id, s.status, s.purchases, s.first_on, s.last_on, s.gap_median_e4, s.gap_mean_e4, s.gap_sd_e4,
    s.cycle_e4, s.overdue_e4, s.at_risk_on, s.inactive_on, s.lost_on, s.value_total, s.value_12m, s.value_prev_12m,
    s.average_cents, s.return_e4, s.ranked, c.company_id, c.rep_id, c.segment_id, c.region_id, c.city_id,
    CASE WHEN c.last_contact > (SELECT as_of FROM score_run) THEN st.contact_on ELSE c.last_contact END AS last_contact,
    s.p_active_e4, s.p_active_low_e4, s.p_active_high_e4, s.p_alive_e4, s.next_on, s.next_from, s.next_to,
    s.expected_90d_e4, s.expected_365d_cents, c.registered_on, c.blocked, c.credit_cents, c.place, st.open_cents, st.overdue_cents, st.standing, st.quotes, st.quote_cents,
    st.tickets, st.outcome, st.objection_id, st.appointment_on,
    c.credit_cents - coalesce(st.open_cents, 0) AS credit_left, s.trend,
    s.prior_days, s.prior_assumed, s.rule, s.gaps, s.method, c.code, c.name, c.name_fold, c.tax_id, c.phone, c.email,
    c.closed_on,
    company.code AS company, rep.code AS rep, segment.code AS segment, region.code AS region, city.code AS city,
    coalesce(objection.name, '') AS objection
FROM score s
JOIN customer c ON c.id = s.customer_id
JOIN label company ON company.id = c.company_id
JOIN label rep ON rep.id = c.rep_id
JOIN label segment ON segment.id = c.segment_id
JOIN label region ON region.id = c.region_id
JOIN label city ON city.id = c.city_id
LEFT JOIN standing st ON st.customer_id = s.customer_id
LEFT JOIN choice objection ON objection.id = st.objection_id
WHERE s.customer_id IN (
    $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23, $24,
    $25, $26, $27, $28, $29, $30, $31, $32, $33, $34, $35, $36, $37, $38, $39, $40, $41, $42, $43, $44, $45, $46,
    $47, $48, $49, $50);

-- name: list_customer
-- The customer of a code, when it has a row.
-- args: code text
-- row: id int
SELECT c.id FROM customer c JOIN score s ON s.customer_id = c.id WHERE c.code = $1;

-- name: list_code_upto
-- The last customer, by code, up to a code among those whose strips stand.
-- args: code text
-- row: id int, code text
SELECT c.id, c.code FROM customer c JOIN score s ON s.customer_id = c.id
WHERE c.code <= $1 AND NOT EXISTS (SELECT 1 FROM score_moved m WHERE m.customer_id = c.id)
ORDER BY c.code DESC LIMIT 1; -- no nulls

-- name: list_name_upto
-- The last customer, by folded name, up to a name among those whose strips stand.
-- args: name_fold text
-- row: id int, name_fold text
SELECT c.id, c.name_fold FROM customer c JOIN score s ON s.customer_id = c.id
WHERE c.name_fold <= $1 AND c.name_fold > '' AND NOT EXISTS (SELECT 1 FROM score_moved m WHERE m.customer_id = c.id)
ORDER BY c.name_fold DESC LIMIT 1; -- no nulls

-- name: list_tax_upto
-- The same by CPF or CNPJ.
-- args: tax_id text
-- row: id int, tax_id text
SELECT c.id, c.tax_id FROM customer c JOIN score s ON s.customer_id = c.id
WHERE c.tax_id <= $1 AND c.tax_id > '' AND NOT EXISTS (SELECT 1 FROM score_moved m WHERE m.customer_id = c.id)
ORDER BY c.tax_id DESC LIMIT 1; -- no nulls

-- name: list_tagged
-- Who has a tag.
-- args: name text
-- row: customer_id int
SELECT t.customer_id FROM customer_tag t JOIN tag g ON g.id = t.tag_id WHERE g.name = $1
ORDER BY t.customer_id; -- no nulls

-- name: list_codes_near
-- Codes around one that nobody has.
-- args: code text
-- row: code text
SELECT code FROM (SELECT code FROM customer WHERE code > $1 ORDER BY code LIMIT 2) above -- no nulls
UNION ALL
SELECT code FROM (SELECT code FROM customer WHERE code < $1 ORDER BY code DESC LIMIT 2) below; -- no nulls

-- only: sqlite
-- part: list.explain
-- How would you answer this?
EXPLAIN QUERY PLAN

-- only: pg
-- part: list.explain
-- How would you answer this?
EXPLAIN

-- part: list.strip
-- As strip_load, to be explained.
-- args: strip int
SELECT part, data FROM score_strip WHERE strip = $1 ORDER BY part -- no nulls

-- part: list.row
-- As list_rows for one customer, to be explained.
-- args: customer int
SELECT s.status, c.name, rep.code
FROM score s
JOIN customer c ON c.id = s.customer_id
JOIN label rep ON rep.id = c.rep_id
WHERE s.customer_id IN ($1)
