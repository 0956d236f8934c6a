-- SPDX-License-Identifier: Apache-2.0
-- The score by column (src/store/score_strip.c). The integer columns of strip_rows are the strips, in their order.

-- name: strip_ids
-- Whom there is a row of.
-- row: customer_id int
SELECT customer_id FROM score ORDER BY customer_id; -- no nulls

-- name: strip_rows
-- One part: the columns of the customers between two ids. Both tables are bounded, so that no planner reads them whole.
-- args: first int, last int
-- row: customer_id int, status int, purchases int, first_on int?, last_on int?, gap_median_e4 int?
-- row: gap_mean_e4 int?, gap_sd_e4 int?, cycle_e4 int?, overdue_e4 int?, at_risk_on int?, inactive_on int?
-- row: lost_on int?, value_total int?, value_12m int?, value_prev_12m int?, average_cents int?, return_e4 int?
-- row: ranked int, company_id int, rep_id int, segment_id int, region_id int, city_id int, last_contact int?
-- row: p_active_e4 int?, p_active_low_e4 int?, p_active_high_e4 int?, p_alive_e4 int?, next_on int?, next_from int?
-- row: next_to int?, expected_90d_e4 int?, expected_365d_cents int?, registered_on int?
-- row: blocked int?, credit_cents int?, place int?
-- row: code text, name_fold text, tax_id text, phone text
SELECT s.customer_id, s.status, s.purchases, s.first_on, s.last_on, s.gap_median_e4, s.gap_mean_e4, s.gap_sd_e4,
    s.cycle_e4, s.overdue_e4, s.at_risk_on, s.inactive_on, s.lost_on, s.value_total, s.value_12m, s.value_prev_12m,
    s.average_cents, s.return_e4, s.ranked, c.company_id, c.rep_id, c.segment_id, c.region_id, c.city_id,
    CASE WHEN c.last_contact > (SELECT as_of FROM score_run)
        THEN (SELECT st.contact_on FROM standing st WHERE st.customer_id = c.id) ELSE c.last_contact END AS last_contact,
    s.p_active_e4, s.p_active_low_e4, s.p_active_high_e4, s.p_alive_e4, s.next_on, s.next_from, s.next_to,
    s.expected_90d_e4, s.expected_365d_cents, c.registered_on, c.blocked, c.credit_cents, c.place, c.code, c.name_fold, c.tax_id, c.phone
FROM score s JOIN customer c ON c.id = s.customer_id
WHERE s.customer_id >= $1 AND s.customer_id <= $2 AND c.id >= $1 AND c.id <= $2
ORDER BY s.customer_id; -- no nulls

-- name: strip_by_code
-- All customers by code.
-- row: id int
SELECT id FROM customer ORDER BY code; -- no nulls

-- name: strip_by_name
-- Customers that have a name, by its folded form.
-- row: id int, name_fold text
SELECT id, name_fold FROM customer WHERE name_fold <> '' ORDER BY name_fold; -- no nulls

-- name: strip_by_tax
-- Customers that have a CPF or CNPJ, by it.
-- row: id int, tax_id text
SELECT id, tax_id FROM customer WHERE tax_id <> '' ORDER BY tax_id; -- no nulls

-- name: strip_clear
-- Before they are packed anew.
DELETE FROM score_strip;

-- name: strip_add
-- One column of one part.
-- args: strip int, part int, data blob
INSERT INTO score_strip (strip, part, data) VALUES ($1, $2, $3);

-- name: strip_load
-- A column of all customers.
-- args: strip int
-- row: part int, data blob
SELECT part, data FROM score_strip WHERE strip = $1 ORDER BY part; -- no nulls
