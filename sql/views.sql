-- SPDX-License-Identifier: Apache-2.0
-- Views with readable columns for people's own SQL and for BI tools: money as numbers with decimals, days
-- as dates (SQLite, which has none: ISO text), statuses as words. What each column means: docs/user/sql.md, which a test holds
-- against this file; a name or a type never changes, new columns come at the end. Made anew whenever this file or
-- derived.sql changes, with the rights that were given on them. The program itself never reads them. They show the
-- kept score, whatever temporary one a connection answers from.

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
DROP VIEW IF EXISTS v_contact;
DROP VIEW IF EXISTS v_flow;

-- script: view_make
-- Customers, purchases, documents with their lines, titles, quotes, tickets, scores, episodes, contacts, the account.
CREATE VIEW v_customer AS
SELECT c.id, c.code, c.name, c.tax_id, company.code AS company, rep.code AS rep, segment.code AS segment,
    region.code AS region, city.code AS city, c.phone, c.email, {{date c.closed_on}} AS closed_on,
    {{date c.last_contact}} AS last_contact,
    CASE s.status WHEN 0 THEN 'prospect' WHEN 1 THEN 'new' WHEN 2 THEN 'active' WHEN 3 THEN 'at_risk'
        WHEN 4 THEN 'inactive' WHEN 5 THEN 'lost' WHEN 6 THEN 'closed' END AS status,
    s.purchases, {{date s.first_on}} AS first_purchase, {{date s.last_on}} AS last_purchase,
    run.as_of - s.last_on AS recency_days, {{decimal s.cycle_e4}} AS cycle_days,
    {{date s.at_risk_on}} AS at_risk_on, {{date s.inactive_on}} AS inactive_on, {{date s.lost_on}} AS lost_on,
    {{money s.value_total}} AS value_total, {{money s.value_12m}} AS value_12m, {{date run.as_of}} AS as_of
FROM customer c
JOIN label company ON company.id = c.company_id
JOIN label rep ON rep.id = c.rep_id
JOIN label segment ON segment.id = c.segment_id
JOIN label region ON region.id = c.region_id
JOIN label city ON city.id = c.city_id
LEFT JOIN score s ON s.customer_id = c.id
LEFT JOIN score_run run ON s.customer_id IS NOT NULL;

-- A purchase as the fold sees it: one customer, one day, net. Kinds: 1 sale, 2 return, 3 cancelled, 4 a sale of unknown value.
CREATE VIEW v_purchase AS
SELECT c.code AS customer, {{date d.day}} AS day, {{money sum(d.value_cents)}} AS net, count(*) AS documents
FROM document d
JOIN customer c ON c.id = d.customer_id
WHERE d.kind <> 3
GROUP BY c.id, c.code, d.day
HAVING sum(CASE WHEN d.kind = 4 THEN 1 ELSE 0 END) > 0
    OR (sum(CASE WHEN d.kind = 1 THEN 1 ELSE 0 END) > 0 AND sum(d.value_cents) > 0);

CREATE VIEW v_document AS
SELECT d.id, c.code AS customer, CASE d.source WHEN 1 THEN 'orders' WHEN 2 THEN 'nfe' END AS source,
    company.code AS company, d.number,
    CASE d.kind WHEN 1 THEN 'sale' WHEN 2 THEN 'return' WHEN 3 THEN 'cancelled' WHEN 4 THEN 'unvalued' END AS kind,
    {{date d.day}} AS day, rep.code AS rep, {{money d.value_cents}} AS value, d.lines, d.import_id
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
SELECT c.code AS customer, r.number, r.part, {{date r.day}} AS day, {{date r.due_on}} AS due_on,
    {{date r.closed_on}} AS paid_on, {{money r.amount_cents}} AS amount, {{money r.open_cents}} AS open_amount, r.state
FROM record r
JOIN customer c ON c.id = r.customer_id
WHERE r.kind = 4;

CREATE VIEW v_quote AS
SELECT c.code AS customer, r.number, {{date r.day}} AS day, {{date r.due_on}} AS valid_until,
    {{date r.closed_on}} AS answered_on, {{money r.amount_cents}} AS amount, r.state, r.text
FROM record r
JOIN customer c ON c.id = r.customer_id
WHERE r.kind = 5;

CREATE VIEW v_ticket AS
SELECT c.code AS customer, r.number, {{date r.day}} AS day, {{date r.due_on}} AS due_on,
    {{date r.closed_on}} AS closed_on, r.state, r.text
FROM record r
JOIN customer c ON c.id = r.customer_id
WHERE r.kind = 6;

-- As of the day of the last `reativa score`; the chances and days are those of the model that it names.
CREATE VIEW v_score AS
SELECT c.code AS customer, c.name, {{date run.as_of}} AS as_of,
    CASE s.status WHEN 0 THEN 'prospect' WHEN 1 THEN 'new' WHEN 2 THEN 'active' WHEN 3 THEN 'at_risk'
        WHEN 4 THEN 'inactive' WHEN 5 THEN 'lost' WHEN 6 THEN 'closed' END AS status,
    s.purchases, {{date s.first_on}} AS first_purchase, {{date s.last_on}} AS last_purchase,
    run.as_of - s.last_on AS recency_days, {{decimal s.gap_median_e4}} AS gap_median_days,
    {{decimal s.gap_mean_e4}} AS gap_mean_days, {{decimal s.gap_sd_e4}} AS gap_sd_days,
    {{decimal s.cycle_e4}} AS cycle_days, {{decimal s.overdue_e4}} AS overdue_ratio,
    {{date s.at_risk_on}} AS at_risk_on, {{date s.inactive_on}} AS inactive_on, {{date s.lost_on}} AS lost_on,
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
    {{date s.next_on}} AS next_purchase_on, {{date s.next_from}} AS next_purchase_from,
    {{date s.next_to}} AS next_purchase_to, {{decimal s.expected_90d_e4}} AS expected_purchases_90d,
    {{money s.expected_365d_cents}} AS expected_value_365d,
    CASE s.method WHEN 1 THEN 'cycle' WHEN 2 THEN 'nbd' WHEN 3 THEN 'bgnbd' WHEN 4 THEN 'mbgnbd'
        WHEN 5 THEN 'mbgcnbd' WHEN 6 THEN 'mixk' WHEN 7 THEN 'pnbd' WHEN 8 THEN 'stack' END AS model
FROM score s
JOIN customer c ON c.id = s.customer_id
CROSS JOIN score_run run;

-- As the account of customers counts them (docs/methods/flow.md): nothing begins after a closing, and a closing ends what is
-- under way. reason: what was said last in a contact while it lasted.
CREATE VIEW v_episode AS
SELECT e.customer, {{date e.began_on}} AS began_on, {{date e.ended_on}} AS ended_on,
    coalesce(e.ended_on, e.as_of) - e.began_on AS days,
    e.ended_by,
    (SELECT r.name FROM contact t JOIN choice r ON r.id = t.reason_id
        WHERE t.customer_id = e.customer_id AND t.reason_id > 0 AND t.day >= e.began_on
            AND t.day <= coalesce(e.ended_on, e.as_of)
        ORDER BY t.at_us DESC, t.id DESC LIMIT 1) AS reason -- no nulls
FROM (SELECT x.customer_id, x.code AS customer, x.began_on, x.as_of, x.closed_on,
        CASE WHEN x.closed_on IS NULL OR x.ended_on <= x.closed_on THEN x.ended_on ELSE x.closed_on END AS ended_on,
        CASE WHEN x.ended_on <= coalesce(x.closed_on, x.ended_on) THEN 'purchase'
            WHEN x.closed_on IS NOT NULL THEN 'closing' END AS ended_by
    FROM (SELECT p.customer_id, c.code, p.began_on, p.ended_on, run.as_of,
            CASE WHEN c.closed_on <= run.as_of THEN c.closed_on END AS closed_on
        FROM episode p
        JOIN customer c ON c.id = p.customer_id
        CROSS JOIN score_run run) x
    WHERE x.closed_on IS NULL OR x.began_on < x.closed_on) e;

CREATE VIEW v_contact AS
SELECT t.id, c.code AS customer, {{moment t.at_us}} AS contacted_at, {{date t.day}} AS day, u.login AS attendant,
    p.name AS person,
    CASE t.channel WHEN 1 THEN 'call' WHEN 2 THEN 'visit' WHEN 3 THEN 'email' WHEN 4 THEN 'message'
        WHEN 5 THEN 'other' END AS channel,
    CASE t.outcome WHEN 1 THEN 'ordered' WHEN 2 THEN 'quoted' WHEN 3 THEN 'later' WHEN 4 THEN 'no_answer'
        WHEN 5 THEN 'refused' WHEN 6 THEN 'wrong_number' WHEN 7 THEN 'closed' WHEN 8 THEN 'do_not_contact'
        WHEN 9 THEN 'sent' END AS outcome,
    occurrence.name AS occurrence, reason.name AS reason, objection.name AS objection, w.name AS work_list,
    {{money t.value_cents}} AS value, t.note
FROM contact t
JOIN customer c ON c.id = t.customer_id
LEFT JOIN app_user u ON u.id = t.user_id
LEFT JOIN person p ON p.id = t.person_id AND p.customer_id = t.customer_id
LEFT JOIN choice occurrence ON occurrence.id = t.occurrence_id
LEFT JOIN choice reason ON reason.id = t.reason_id
LEFT JOIN choice objection ON objection.id = t.objection_id
LEFT JOIN worklist w ON w.id = t.worklist_id;

-- The account of customers: each month from the company's first to the score's, of everybody and of each group in which
-- anything ever happened, so that every closing is the next opening. grouped_by 'all': of everybody.
CREATE VIEW v_flow AS
WITH RECURSIVE month (number, last) AS (
    SELECT min(f.month), max((CAST(substr({{iso run.as_of}}, 1, 4) AS INTEGER) - 1970) * 12
        + CAST(substr({{iso run.as_of}}, 6, 2) AS INTEGER) - 1)
    FROM flow f CROSS JOIN score_run run WHERE f.kind = 0 AND f.new_customers > 0
    UNION ALL
    SELECT number + 1, last FROM month WHERE number < last
), grouping (kind, label) AS (
    SELECT DISTINCT f.kind, f.label FROM flow f
    WHERE f.kind <= 6 AND f.inside = 0 AND (f.became_inactive <> 0 OR f.recovered <> 0 OR f.written_off <> 0
        OR f.bought <> 0 OR f.new_customers <> 0 OR f.closed <> 0 OR f.prospects <> 0)
), account (kind, label, month, became_inactive, recovered, written_off, bought, new_customers, closing) AS (
    SELECT g.kind, g.label, m.number, coalesce(f.became_inactive, 0), coalesce(f.recovered, 0),
        coalesce(f.written_off, 0), coalesce(f.bought, 0), coalesce(f.new_customers, 0),
        CAST(sum(coalesce(f.became_inactive - f.recovered - f.written_off, 0))
            OVER (PARTITION BY g.kind, g.label ORDER BY m.number) AS BIGINT) -- no nulls
    FROM grouping g
    CROSS JOIN month m
    LEFT JOIN flow f ON f.kind = g.kind AND f.inside = 0 AND f.label = g.label AND f.month = m.number
)
SELECT CASE a.kind WHEN 0 THEN 'all' WHEN 1 THEN 'company' WHEN 2 THEN 'rep' WHEN 3 THEN 'segment' WHEN 4 THEN 'region'
        WHEN 5 THEN 'city' WHEN 6 THEN 'abc' END AS grouped_by,
    CASE a.kind WHEN 0 THEN '' WHEN 6 THEN CASE a.label WHEN 65 THEN 'A' WHEN 66 THEN 'B' WHEN 67 THEN 'C' ELSE '' END
        ELSE l.code END AS group_code,
    {{first_of_month a.month}} AS month, a.closing - a.became_inactive + a.recovered + a.written_off AS opening,
    a.became_inactive, a.recovered, a.written_off, a.closing, a.bought, a.new_customers
FROM account a
LEFT JOIN label l ON a.kind BETWEEN 1 AND 5 AND l.id = a.label;
