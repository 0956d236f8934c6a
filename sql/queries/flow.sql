-- SPDX-License-Identifier: Apache-2.0
-- The account of customers by month, kept as sums (table flow in sql/derived.sql).

-- name: flow_add
-- Sums of one month while a whole set is written.
-- args: kind int, inside int, label int, month int, became_inactive int, recovered int, written_off int, bought int
-- args: new_customers int, closed int, prospects int
INSERT INTO flow (kind, inside, label, month, became_inactive, recovered, written_off, bought, new_customers, closed,
    prospects)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11);

-- name: flow_change
-- So many more, or fewer.
-- args: kind int, inside int, label int, month int, became_inactive int, recovered int, written_off int, bought int
-- args: new_customers int, closed int, prospects int
INSERT INTO flow (kind, inside, label, month, became_inactive, recovered, written_off, bought, new_customers, closed,
    prospects)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
ON CONFLICT (kind, inside, label, month) DO UPDATE SET
    became_inactive = flow.became_inactive + excluded.became_inactive,
    recovered = flow.recovered + excluded.recovered,
    written_off = flow.written_off + excluded.written_off,
    bought = flow.bought + excluded.bought,
    new_customers = flow.new_customers + excluded.new_customers,
    closed = flow.closed + excluded.closed,
    prospects = flow.prospects + excluded.prospects;

-- name: flow_list
-- Of everybody (inside 0), or of one label of the first kind: the sums by the second.
-- args: kind int, inside int
-- row: label int, month int, became_inactive int, recovered int, written_off int, bought int, new_customers int
-- row: closed int, prospects int
SELECT label, month, became_inactive, recovered, written_off, bought, new_customers, closed, prospects
FROM flow WHERE kind = $1 AND inside = $2
ORDER BY label, month; -- no nulls

-- name: flow_list_turned
-- Of one label of the second kind: the sums by the first.
-- args: kind int, label int
-- row: inside int, month int, became_inactive int, recovered int, written_off int, bought int, new_customers int
-- row: closed int, prospects int
SELECT inside, month, became_inactive, recovered, written_off, bought, new_customers, closed, prospects
FROM flow WHERE kind = $1 AND label = $2
ORDER BY inside, month; -- no nulls

-- name: flow_reasons
-- By the reason that was said last in a contact while a stretch of inactivity lasted, of the stretches with one, as v_episode
-- has them: of everybody (kind 0), or of those with one label of this kind.
-- args: as_of int, kind int, label int
-- row: reason_id int, name text, day int, became_inactive int, recovered int, written_off int
WITH said AS (
    SELECT t.reason_id, e.began_on,
        CASE WHEN c.closed_on <= $1 AND (e.ended_on IS NULL OR e.ended_on > c.closed_on) THEN c.closed_on
            ELSE e.ended_on END AS over_on,
        CASE WHEN c.closed_on <= $1 AND (e.ended_on IS NULL OR e.ended_on > c.closed_on) THEN 1 ELSE 0 END AS off,
        row_number() OVER (PARTITION BY e.customer_id, e.began_on ORDER BY t.at_us DESC, t.id DESC) AS place -- no nulls
    FROM contact t
    JOIN customer c ON c.id = t.customer_id
    JOIN episode e ON e.customer_id = t.customer_id AND e.began_on <= t.day
    WHERE t.reason_id > 0 AND t.day <= coalesce(e.ended_on, $1)
        AND (c.closed_on IS NULL OR c.closed_on > $1 OR (e.began_on < c.closed_on AND t.day <= c.closed_on))
        AND ($2 = 0 OR $3 = CASE $2 WHEN 1 THEN c.company_id WHEN 2 THEN c.rep_id WHEN 3 THEN c.segment_id
            WHEN 4 THEN c.region_id END)
)
SELECT m.reason_id, r.name, m.day, CAST(sum(m.became) AS BIGINT) AS became_inactive,
    CAST(sum(m.back) AS BIGINT) AS recovered, CAST(sum(m.off) AS BIGINT) AS written_off
FROM (
    SELECT s.reason_id, s.began_on AS day, 1 AS became, 0 AS back, 0 AS off FROM said s WHERE s.place = 1
    UNION ALL
    SELECT s.reason_id, s.over_on, 0, 1 - s.off, s.off FROM said s WHERE s.place = 1 AND s.over_on IS NOT NULL) m
JOIN choice r ON r.id = m.reason_id
GROUP BY m.reason_id, r.name, m.day
ORDER BY m.reason_id, m.day; -- no nulls

-- name: flow_first
-- The month of the company's first purchase.
-- row: month int?
SELECT min(month) AS month FROM flow WHERE kind = 0 AND new_customers > 0;

-- name: flow_as_put
-- By which class a customer counts now.
-- args: customer int, flow_as blob
UPDATE score SET flow_as = $2 WHERE customer_id = $1;

-- name: flow_between
-- Ranked customers behind one place, down to and with another: those whose class a moved cut changes.
-- args: high int, high_code text, low int, low_code text
-- row: customer_id int, code text, value_12m int
SELECT s.customer_id, c.code, s.value_12m
FROM score s JOIN customer c ON c.id = s.customer_id
WHERE s.ranked = 1 AND s.value_12m <= $1 AND s.value_12m >= $3
    AND (s.value_12m < $1 OR c.code > $2) AND (s.value_12m > $3 OR c.code <= $4);

-- name: difference_flow
-- Sums that only one of the two has.
-- row: n int, customer int?
SELECT count(*) AS n, 0 AS customer FROM (
    SELECT * FROM (
        SELECT kind, inside, label, month, became_inactive, recovered, written_off, bought, new_customers, closed,
            prospects
        FROM {{kept}}flow
        WHERE became_inactive <> 0 OR recovered <> 0 OR written_off <> 0 OR bought <> 0 OR new_customers <> 0
            OR closed <> 0 OR prospects <> 0
        EXCEPT
        SELECT kind, inside, label, month, became_inactive, recovered, written_off, bought, new_customers, closed,
            prospects
        FROM {{temp}}.flow) gone
    UNION ALL
    SELECT * FROM (
        SELECT kind, inside, label, month, became_inactive, recovered, written_off, bought, new_customers, closed,
            prospects
        FROM {{temp}}.flow
        EXCEPT
        SELECT kind, inside, label, month, became_inactive, recovered, written_off, bought, new_customers, closed,
            prospects
        FROM {{kept}}flow) come) d;

-- name: flow_who_inactive
-- Customers who became inactive between two days; not those who were closed by then.
-- args: from_day int, to_day int, as_of int
-- row: customer_id int
SELECT DISTINCT e.customer_id FROM episode e JOIN customer c ON c.id = e.customer_id
WHERE e.began_on >= $1 AND e.began_on <= $2
    AND (c.closed_on IS NULL OR c.closed_on > $3 OR e.began_on < c.closed_on)
ORDER BY e.customer_id; -- no nulls

-- name: flow_who_recovered
-- Customers whom a purchase between two days won back, before they were closed.
-- args: from_day int, to_day int, as_of int
-- row: customer_id int
SELECT DISTINCT e.customer_id FROM episode e JOIN customer c ON c.id = e.customer_id
WHERE e.ended_on >= $1 AND e.ended_on <= $2
    AND (c.closed_on IS NULL OR c.closed_on > $3 OR (e.began_on < c.closed_on AND e.ended_on <= c.closed_on))
ORDER BY e.customer_id; -- no nulls

-- name: flow_recovered_count
-- How many customers a purchase between two days won back, as flow_who_recovered finds them.
-- args: from_day int, to_day int, as_of int
-- row: n int
SELECT count(DISTINCT e.customer_id) AS n FROM episode e JOIN customer c ON c.id = e.customer_id
WHERE e.ended_on >= $1 AND e.ended_on <= $2
    AND (c.closed_on IS NULL OR c.closed_on > $3 OR (e.began_on < c.closed_on AND e.ended_on <= c.closed_on));

-- name: flow_who_written_off
-- Customers who were closed between two days while they were inactive.
-- args: from_day int, to_day int, as_of int
-- row: customer_id int
SELECT DISTINCT e.customer_id FROM customer c JOIN episode e ON e.customer_id = c.id
WHERE c.closed_on >= $1 AND c.closed_on <= $2 AND c.closed_on <= $3
    AND e.began_on < c.closed_on AND (e.ended_on IS NULL OR e.ended_on > c.closed_on)
ORDER BY e.customer_id; -- no nulls
