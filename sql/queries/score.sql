-- SPDX-License-Identifier: Apache-2.0
-- The derived tables: what the fold found. Their definitions are in sql/derived.sql.

-- name: score_run_find
-- What the tables in sight were made for.
-- row: as_of int, policy text, facts int, made_us int, customers int, value_12m int, ranked int, a_value int
-- row: a_ties int, a_above int, a_sum int, a_code text, b_value int, b_ties int, b_above int, b_sum int
-- row: b_code text, season int, model text, alive text
SELECT as_of, policy, facts, made_us, customers, value_12m, ranked, a_value, a_ties, a_above, a_sum, a_code, b_value,
    b_ties, b_above, b_sum, b_code, season, model, alive FROM score_run;

-- name: score_run_day
-- The day they were made for.
-- row: as_of int
SELECT as_of FROM score_run;

-- name: score_run_clear
-- Forget it.
DELETE FROM score_run;

-- name: score_run_add
-- Remember it: the only row.
-- args: as_of int, policy text, facts int, made_us int, customers int, value_12m int, ranked int, a_value int
-- args: a_ties int, a_above int, a_sum int, a_code text, b_value int, b_ties int, b_above int, b_sum int
-- args: b_code text, season int, model text, alive text
INSERT INTO score_run (as_of, policy, facts, made_us, customers, value_12m, ranked, a_value, a_ties, a_above, a_sum, a_code, b_value,
    b_ties, b_above, b_sum, b_code, season, model, alive)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20);

-- name: score_cut_list
-- The cuts of the quintiles.
-- row: axis int, cut int, from_value int, less int, bought int
SELECT axis, cut, from_value, less, bought FROM score_cut ORDER BY axis, cut; -- no nulls

-- name: score_cut_put
-- One cut.
-- args: axis int, cut int, from_value int, less int, bought int
INSERT INTO score_cut (axis, cut, from_value, less, bought) VALUES ($1, $2, $3, $4, $5)
ON CONFLICT (axis, cut) DO UPDATE
SET from_value = excluded.from_value, less = excluded.less, bought = excluded.bought;

-- only: sqlite
-- script: score_empty
-- The kept tables without rows and without what slows down filling them.
DROP INDEX IF EXISTS score_ranked;
DROP INDEX IF EXISTS score_bought;
DROP INDEX IF EXISTS score_at_risk;
DROP INDEX IF EXISTS score_inactive;
DROP INDEX IF EXISTS episode_ended;
DELETE FROM score_run;
DELETE FROM score_cut;
DELETE FROM score_step;
DELETE FROM score;
DELETE FROM episode;
DELETE FROM flow;
DELETE FROM prior;
DELETE FROM waited;
DELETE FROM season;
DELETE FROM standing;
DELETE FROM standing_due;
DELETE FROM score_strip;
DELETE FROM score_moved;
DELETE FROM forecast;
DELETE FROM forecast_trial;

-- only: pg
-- script: score_empty
-- The kept tables without rows and without what slows down filling them. Strips are not compressed a second time.
DROP INDEX IF EXISTS score_ranked;
DROP INDEX IF EXISTS score_bought;
DROP INDEX IF EXISTS score_at_risk;
DROP INDEX IF EXISTS score_inactive;
DROP INDEX IF EXISTS episode_ended;
TRUNCATE score_run, score_cut, score_step, score, episode, prior, waited, season, standing, standing_due, score_strip,
    score_moved, forecast, forecast_trial;
ALTER TABLE score_strip ALTER COLUMN data SET STORAGE EXTERNAL;
TRUNCATE flow;

-- only: pg
-- script: score_analyze
-- Tell the planner what it has before the first question comes: of tables just filled it knows nothing.
ANALYZE score;
ANALYZE episode;
ANALYZE customer;
ANALYZE label;

-- name: score_add
-- A row of a whole set.
-- args: customer_id int, status int, purchases int, first_on int?, last_on int?, gap_median_e4 int?
-- args: gap_mean_e4 int?, gap_sd_e4 int?, cycle_e4 int?, overdue_e4 int?, prior_days int?, prior_assumed int
-- args: rule int, at_risk_on int?, inactive_on int?, lost_on int?, value_total int?, value_12m int?
-- args: value_prev_12m int?, average_cents int?, return_e4 int?, trend int, ranked int, gaps blob, segment_id int
-- args: p_active_e4 int?, p_active_low_e4 int?, p_active_high_e4 int?, p_alive_e4 int?, next_on int?, next_from int?
-- args: next_to int?, expected_90d_e4 int?, expected_365d_cents int?, method int, flow_as blob
INSERT INTO score (
    customer_id, status, purchases, first_on, last_on, gap_median_e4, gap_mean_e4, gap_sd_e4, cycle_e4, overdue_e4,
    prior_days, prior_assumed, rule, at_risk_on, inactive_on, lost_on, value_total, value_12m, value_prev_12m,
    average_cents, return_e4, trend, ranked, gaps, segment_id, p_active_e4, p_active_low_e4, p_active_high_e4,
    p_alive_e4, next_on, next_from, next_to, expected_90d_e4, expected_365d_cents, method, flow_as)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23,
        $24, $25, $26, $27, $28, $29, $30, $31, $32, $33, $34, $35, $36);

-- name: score_put
-- A row in place of the customer's old one.
-- args: customer_id int, status int, purchases int, first_on int?, last_on int?, gap_median_e4 int?
-- args: gap_mean_e4 int?, gap_sd_e4 int?, cycle_e4 int?, overdue_e4 int?, prior_days int?, prior_assumed int
-- args: rule int, at_risk_on int?, inactive_on int?, lost_on int?, value_total int?, value_12m int?
-- args: value_prev_12m int?, average_cents int?, return_e4 int?, trend int, ranked int, gaps blob, segment_id int
-- args: p_active_e4 int?, p_active_low_e4 int?, p_active_high_e4 int?, p_alive_e4 int?, next_on int?, next_from int?
-- args: next_to int?, expected_90d_e4 int?, expected_365d_cents int?, method int, flow_as blob
INSERT INTO score (
    customer_id, status, purchases, first_on, last_on, gap_median_e4, gap_mean_e4, gap_sd_e4, cycle_e4, overdue_e4,
    prior_days, prior_assumed, rule, at_risk_on, inactive_on, lost_on, value_total, value_12m, value_prev_12m,
    average_cents, return_e4, trend, ranked, gaps, segment_id, p_active_e4, p_active_low_e4, p_active_high_e4,
    p_alive_e4, next_on, next_from, next_to, expected_90d_e4, expected_365d_cents, method, flow_as)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23,
        $24, $25, $26, $27, $28, $29, $30, $31, $32, $33, $34, $35, $36)
ON CONFLICT (customer_id) DO UPDATE SET
    status = excluded.status,
    purchases = excluded.purchases,
    first_on = excluded.first_on,
    last_on = excluded.last_on,
    gap_median_e4 = excluded.gap_median_e4,
    gap_mean_e4 = excluded.gap_mean_e4,
    gap_sd_e4 = excluded.gap_sd_e4,
    cycle_e4 = excluded.cycle_e4,
    overdue_e4 = excluded.overdue_e4,
    prior_days = excluded.prior_days,
    prior_assumed = excluded.prior_assumed,
    rule = excluded.rule,
    at_risk_on = excluded.at_risk_on,
    inactive_on = excluded.inactive_on,
    lost_on = excluded.lost_on,
    value_total = excluded.value_total,
    value_12m = excluded.value_12m,
    value_prev_12m = excluded.value_prev_12m,
    average_cents = excluded.average_cents,
    return_e4 = excluded.return_e4,
    trend = excluded.trend,
    ranked = excluded.ranked,
    gaps = excluded.gaps,
    segment_id = excluded.segment_id,
    p_active_e4 = excluded.p_active_e4,
    p_active_low_e4 = excluded.p_active_low_e4,
    p_active_high_e4 = excluded.p_active_high_e4,
    p_alive_e4 = excluded.p_alive_e4,
    next_on = excluded.next_on,
    next_from = excluded.next_from,
    next_to = excluded.next_to,
    expected_90d_e4 = excluded.expected_90d_e4,
    expected_365d_cents = excluded.expected_365d_cents,
    method = excluded.method,
    flow_as = excluded.flow_as;

-- name: score_remove
-- The customer has no row any more.
-- args: customer int
DELETE FROM score WHERE customer_id = $1;

-- name: score_moved_add
-- The row counts, no longer what was packed of it.
-- args: customer int
INSERT INTO score_moved (customer_id) VALUES ($1) ON CONFLICT (customer_id) DO NOTHING;

-- name: score_moved_list
-- Customers whose rows are newer than the strips, or gone.
-- row: customer_id int
SELECT customer_id FROM score_moved ORDER BY customer_id; -- no nulls

-- name: score_moved_count
-- How many.
-- row: n int
SELECT count(*) AS n FROM score_moved;

-- name: score_moved_clear
-- The strips are as new as the rows.
DELETE FROM score_moved;

-- name: score_step_add
-- Counted while a whole set was written.
-- args: axis int, value int, times int
INSERT INTO score_step (axis, value, times) VALUES ($1, $2, $3);

-- name: score_step_leave
-- This customer's old row does not count any more. (A list of rows, IN (SELECT ...), would read the whole table.)
-- args: customer int
UPDATE score_step SET times = times - 1
WHERE (axis = 0 AND value = (SELECT last_on FROM score WHERE customer_id = $1 AND purchases > 0))
    OR (axis = 1 AND value = (SELECT purchases FROM score WHERE customer_id = $1 AND purchases > 0))
    OR (axis = 3 AND value = (SELECT first_on FROM score WHERE customer_id = $1 AND purchases > 0))
    OR (axis = 4 AND value = (SELECT status FROM score WHERE customer_id = $1));

-- name: score_step_join
-- A new row counts.
-- args: axis int, value int
INSERT INTO score_step (axis, value, times) VALUES ($1, $2, 1)
ON CONFLICT (axis, value) DO UPDATE SET times = score_step.times + 1;

-- name: score_step_up
-- The next larger value and its customers.
-- args: axis int, value int
-- row: value int, times int
SELECT value, times FROM score_step WHERE axis = $1 AND value > $2 AND times > 0 ORDER BY value LIMIT 1; -- no nulls

-- name: score_step_down
-- The next smaller one.
-- args: axis int, value int
-- row: value int, times int
SELECT value, times FROM score_step WHERE axis = $1 AND value < $2 AND times > 0
ORDER BY value DESC LIMIT 1; -- no nulls

-- name: score_bought_up
-- The next larger net value among customers that bought, and how many have just this one.
-- args: value int
-- row: value int, times int
SELECT value_total AS value, count(*) AS times FROM score
WHERE purchases > 0
    AND value_total = (SELECT min(next.value_total) FROM score next WHERE next.purchases > 0 AND next.value_total > $1)
GROUP BY value_total;

-- name: score_bought_down
-- The next smaller one.
-- args: value int
-- row: value int, times int
SELECT value_total AS value, count(*) AS times FROM score
WHERE purchases > 0
    AND value_total = (SELECT max(next.value_total) FROM score next WHERE next.purchases > 0 AND next.value_total < $1)
GROUP BY value_total;

-- name: score_ranked_down
-- Ranked customers behind a place: less value, or as much and a greater code.
-- args: value int, code text, most int
-- row: value_12m int, code text
SELECT s.value_12m, c.code FROM score s JOIN customer c ON c.id = s.customer_id
WHERE s.ranked = 1 AND s.value_12m <= $1 AND (s.value_12m < $1 OR c.code > $2)
ORDER BY s.value_12m DESC, c.code LIMIT $3; -- no nulls

-- name: score_ranked_up
-- Ranked customers before a place, the nearest first.
-- args: value int, code text, most int
-- row: value_12m int, code text
SELECT s.value_12m, c.code FROM score s JOIN customer c ON c.id = s.customer_id
WHERE s.ranked = 1 AND s.value_12m >= $1 AND (s.value_12m > $1 OR c.code < $2)
ORDER BY s.value_12m, c.code DESC LIMIT $3; -- no nulls

-- name: score_find
-- One customer's row; it may outlive the customer until the next score.
-- args: customer int
-- row: customer_id int, status int, purchases int, first_on int?, last_on int?, gap_median_e4 int?
-- row: gap_mean_e4 int?, gap_sd_e4 int?, cycle_e4 int?, overdue_e4 int?, prior_days int?, prior_assumed int
-- row: rule int, at_risk_on int?, inactive_on int?, lost_on int?, value_total int?, value_12m int?
-- row: value_prev_12m int?, average_cents int?, return_e4 int?, trend int, ranked int, gaps blob, code text, segment_id int
-- row: p_active_e4 int?, p_active_low_e4 int?, p_active_high_e4 int?, p_alive_e4 int?, next_on int?, next_from int?
-- row: next_to int?, expected_90d_e4 int?, expected_365d_cents int?, method int, flow_as blob
SELECT s.customer_id, s.status, s.purchases, s.first_on, s.last_on, s.gap_median_e4, s.gap_mean_e4, s.gap_sd_e4,
    s.cycle_e4, s.overdue_e4, s.prior_days, s.prior_assumed, s.rule, s.at_risk_on, s.inactive_on, s.lost_on,
    s.value_total, s.value_12m, s.value_prev_12m, s.average_cents, s.return_e4, s.trend, s.ranked, s.gaps, coalesce(c.code, a.code, '') AS code, s.segment_id,
    s.p_active_e4, s.p_active_low_e4, s.p_active_high_e4, s.p_alive_e4, s.next_on, s.next_from, s.next_to,
    s.expected_90d_e4, s.expected_365d_cents, s.method, s.flow_as
FROM score s
LEFT JOIN customer c ON c.id = s.customer_id
LEFT JOIN duplicate_absorbed a ON a.id = s.customer_id
WHERE s.customer_id = $1;

-- name: score_scan
-- Every row, with whom it groups the customer.
-- row: customer_id int, status int, purchases int, first_on int?, last_on int?, value_12m int?, cycle_e4 int?
-- row: ranked int, gaps blob, code text, closed_on int?, company_id int, rep_id int, segment_id int, region_id int
-- row: city_id int
SELECT s.customer_id, s.status, s.purchases, s.first_on, s.last_on, s.value_12m, s.cycle_e4, s.ranked, s.gaps, c.code,
    c.closed_on, c.company_id, c.rep_id, c.segment_id, c.region_id, c.city_id
FROM score s JOIN customer c ON c.id = s.customer_id;

-- name: episode_add
-- A stretch of inactivity; without an end while it lasts.
-- args: customer int, began_on int, ended_on int?
INSERT INTO episode (customer_id, began_on, ended_on) VALUES ($1, $2, $3);

-- name: episode_remove
-- All of one customer.
-- args: customer int
DELETE FROM episode WHERE customer_id = $1;

-- name: episode_list
-- Of one customer, the oldest first.
-- args: customer int
-- row: customer_id int, began_on int, ended_on int?
SELECT customer_id, began_on, ended_on FROM episode WHERE customer_id = $1 ORDER BY began_on; -- no nulls

-- name: episode_scan
-- Of all customers.
-- row: customer_id int, began_on int, ended_on int?
SELECT customer_id, began_on, ended_on FROM episode ORDER BY customer_id, began_on; -- no nulls

-- name: prior_put
-- What a segment's gaps were known to be at the start of a month.
-- args: segment int, month int, gaps int, below int, at_median int, median_days int
INSERT INTO prior (segment_id, month, gaps, below, at_median, median_days) VALUES ($1, $2, $3, $4, $5, $6)
ON CONFLICT (segment_id, month) DO UPDATE
SET gaps = excluded.gaps, below = excluded.below, at_median = excluded.at_median, median_days = excluded.median_days;

-- name: prior_add
-- The same while a whole set is written.
-- args: segment int, month int, gaps int, below int, at_median int, median_days int
INSERT INTO prior (segment_id, month, gaps, below, at_median, median_days) VALUES ($1, $2, $3, $4, $5, $6);

-- name: prior_list
-- All of them.
-- row: segment_id int, month int, gaps int, below int, at_median int, median_days int
SELECT segment_id, month, gaps, below, at_median, median_days FROM prior ORDER BY segment_id, month; -- no nulls

-- name: season_add
-- What the company had sold up to a day, net.
-- args: day int, upto_cents int
INSERT INTO season (day, upto_cents) VALUES ($1, $2);

-- name: season_list
-- Of every day that a season looks at.
-- row: day int, upto_cents int
SELECT day, upto_cents FROM season ORDER BY day; -- no nulls

-- name: score_first_day
-- The company's first purchase.
-- row: first_on int?
SELECT min(value) AS first_on FROM score_step WHERE axis = 3 AND times > 0;

-- name: score_last_day
-- The company's newest purchase.
-- row: last_on int?
SELECT max(value) AS last_on FROM score_step WHERE axis = 0 AND times > 0;

-- name: score_status_count
-- Customers by status.
-- row: status int, customers int
SELECT value AS status, times AS customers FROM score_step WHERE axis = 4;

-- name: waited_add
-- How many waited so long, while a whole set is written.
-- args: segment int, tenths int, times int
INSERT INTO waited (segment_id, tenths, times) VALUES ($1, $2, $3);

-- name: waited_change
-- So many more, or fewer.
-- args: segment int, tenths int, times int
INSERT INTO waited (segment_id, tenths, times) VALUES ($1, $2, $3)
ON CONFLICT (segment_id, tenths) DO UPDATE SET times = waited.times + excluded.times;

-- name: waited_list
-- Of one segment, the shortest wait first.
-- args: segment int
-- row: segment_id int, tenths int, times int
SELECT segment_id, tenths, times FROM waited WHERE segment_id = $1 AND times <> 0 ORDER BY tenths; -- no nulls

-- name: dirty_list
-- Customers that the next score looks at, and from which day on they changed.
-- row: customer_id int, since int
SELECT customer_id, since FROM customer_dirty ORDER BY customer_id; -- no nulls

-- name: dirty_clear
-- They were looked at.
DELETE FROM customer_dirty;
