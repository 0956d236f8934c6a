-- SPDX-License-Identifier: Apache-2.0
-- Views with readable columns for people's own SQL and for BI tools: days as ISO text, money as numbers with decimals.
-- Made anew whenever this file changes. The program itself never reads them.

-- script: view_drop
-- Take all views away, so that what they look at can be made anew.
DROP VIEW IF EXISTS v_customer;
DROP VIEW IF EXISTS v_purchase;
DROP VIEW IF EXISTS v_document;
DROP VIEW IF EXISTS v_line;
DROP VIEW IF EXISTS v_title;
DROP VIEW IF EXISTS v_quote;
DROP VIEW IF EXISTS v_ticket;
DROP VIEW IF EXISTS v_score;
DROP VIEW IF EXISTS v_episode;

-- script: view_make
-- Customers, purchases, documents with their lines, titles, quotes, tickets, scores, episodes.
CREATE VIEW v_customer AS
SELECT c.id, c.code, c.name, c.tax_id, company.code AS company, rep.code AS rep, segment.code AS segment,
    region.code AS region, city.code AS city, c.phone, c.email, {{iso c.closed_on}} AS closed_on,
    {{iso c.last_contact}} AS last_contact
FROM customer c
JOIN label company ON company.id = c.company_id
JOIN label rep ON rep.id = c.rep_id
JOIN label segment ON segment.id = c.segment_id
JOIN label region ON region.id = c.region_id
JOIN label city ON city.id = c.city_id;

-- Kinds: 1 sale, 2 return, 3 cancelled, 4 a sale of unknown value.
CREATE VIEW v_purchase AS
SELECT c.code AS customer, {{iso d.day}} AS day, {{money sum(d.value_cents)}} AS net, count(*) AS documents
FROM document d
JOIN customer c ON c.id = d.customer_id
WHERE d.kind <> 3
GROUP BY c.code, d.day
HAVING sum(CASE WHEN d.kind = 4 THEN 1 ELSE 0 END) > 0
    OR (sum(CASE WHEN d.kind = 1 THEN 1 ELSE 0 END) > 0 AND sum(d.value_cents) > 0);

CREATE VIEW v_document AS
SELECT d.id, c.code AS customer, CASE d.source WHEN 1 THEN 'orders' WHEN 2 THEN 'nfe' END AS source,
    company.code AS company, d.number,
    CASE d.kind WHEN 1 THEN 'sale' WHEN 2 THEN 'return' WHEN 3 THEN 'cancelled' WHEN 4 THEN 'unvalued' END AS kind,
    {{iso d.day}} AS day, rep.code AS rep, {{money d.value_cents}} AS value, d.lines, d.import_id
FROM document d
JOIN customer c ON c.id = d.customer_id
JOIN label company ON company.id = d.company_id
JOIN label rep ON rep.id = d.rep_id;

CREATE VIEW v_line AS
SELECT l.document_id, l.seq, c.code AS customer, p.code AS product, p.name AS product_name, p.goods,
    {{decimal l.quantity_e4}} AS quantity, {{decimal l.price_e4}} AS price, {{money l.value_cents}} AS value
FROM line l
JOIN customer c ON c.id = l.customer_id
LEFT JOIN product p ON p.id = l.product_id;

CREATE VIEW v_title AS
SELECT c.code AS customer, r.number, r.part, {{iso r.day}} AS day, {{iso r.due_on}} AS due_on,
    {{iso r.closed_on}} AS paid_on, {{money r.amount_cents}} AS amount, {{money r.open_cents}} AS open_amount, r.state
FROM record r
JOIN customer c ON c.id = r.customer_id
WHERE r.kind = 4;

CREATE VIEW v_quote AS
SELECT c.code AS customer, r.number, {{iso r.day}} AS day, {{iso r.due_on}} AS valid_until,
    {{iso r.closed_on}} AS answered_on, {{money r.amount_cents}} AS amount, r.state, r.text
FROM record r
JOIN customer c ON c.id = r.customer_id
WHERE r.kind = 5;

CREATE VIEW v_ticket AS
SELECT c.code AS customer, r.number, {{iso r.day}} AS day, {{iso r.due_on}} AS due_on,
    {{iso r.closed_on}} AS closed_on, r.state, r.text
FROM record r
JOIN customer c ON c.id = r.customer_id
WHERE r.kind = 6;

-- As of the day of the last `reativa score`; the chances and days are those of the model that it names.
CREATE VIEW v_score AS
SELECT c.code AS customer, c.name, {{iso run.as_of}} AS as_of,
    CASE s.status WHEN 0 THEN 'prospect' WHEN 1 THEN 'new' WHEN 2 THEN 'active' WHEN 3 THEN 'at_risk'
        WHEN 4 THEN 'inactive' WHEN 5 THEN 'lost' WHEN 6 THEN 'closed' END AS status,
    s.purchases, {{iso s.first_on}} AS first_purchase, {{iso s.last_on}} AS last_purchase,
    run.as_of - s.last_on AS recency_days, {{decimal s.gap_median_e4}} AS gap_median_days,
    {{decimal s.gap_mean_e4}} AS gap_mean_days, {{decimal s.gap_sd_e4}} AS gap_sd_days,
    {{decimal s.cycle_e4}} AS cycle_days, {{decimal s.overdue_e4}} AS overdue_ratio,
    {{iso s.at_risk_on}} AS at_risk_on, {{iso s.inactive_on}} AS inactive_on, {{iso s.lost_on}} AS lost_on,
    {{money s.value_total}} AS value_total, {{money s.value_12m}} AS value_12m,
    {{money s.value_prev_12m}} AS value_prev_12m, {{money s.average_cents}} AS average_purchase,
    {{decimal s.return_e4}} AS return_rate,
    CASE s.trend WHEN 1 THEN 'down' WHEN 2 THEN 'flat' WHEN 3 THEN 'up' END AS trend,
    CASE WHEN s.ranked = 0 THEN NULL
        WHEN run.a_ties > 0 AND (s.value_12m > run.a_value OR (s.value_12m = run.a_value AND c.code <= run.a_code))
            THEN 'A'
        WHEN run.b_ties > 0 AND (s.value_12m > run.b_value OR (s.value_12m = run.b_value AND c.code <= run.b_code))
            THEN 'B'
        ELSE 'C' END AS abc,
    {{decimal s.p_active_e4}} AS p_active_90d, {{decimal s.p_active_low_e4}} AS p_active_low,
    {{decimal s.p_active_high_e4}} AS p_active_high, {{decimal s.p_alive_e4}} AS p_alive,
    {{iso s.next_on}} AS next_purchase_on, {{iso s.next_from}} AS next_purchase_from,
    {{iso s.next_to}} AS next_purchase_to, {{decimal s.expected_90d_e4}} AS expected_purchases_90d,
    {{money s.expected_365d_cents}} AS expected_value_365d,
    CASE s.method WHEN 1 THEN 'cycle' WHEN 2 THEN 'nbd' WHEN 3 THEN 'bgnbd' WHEN 4 THEN 'mbgnbd'
        WHEN 5 THEN 'mbgcnbd' WHEN 6 THEN 'mixk' WHEN 7 THEN 'pnbd' WHEN 8 THEN 'stack' END AS model
FROM score s
JOIN customer c ON c.id = s.customer_id
CROSS JOIN score_run run;

CREATE VIEW v_episode AS
SELECT c.code AS customer, {{iso e.began_on}} AS began_on, {{iso e.ended_on}} AS ended_on,
    e.ended_on - e.began_on AS days
FROM episode e
JOIN customer c ON c.id = e.customer_id;
