-- SPDX-License-Identifier: Apache-2.0
-- Do the kept derived tables say what the temporary ones say? For `verify`.

-- only: pg
-- name: difference_path
-- What to look through for a name, one step after another.
-- row: path text
SELECT current_setting('search_path') AS path;

-- only: pg
-- name: difference_path_set
-- Look there until the transaction ends.
-- args: path text
-- row: path text
SELECT set_config('search_path', $1, true) AS path;

-- only: pg
-- name: difference_path_kept
-- Look at the kept tables first.
-- row: path text
SELECT set_config('search_path', current_setting('search_path') || ', pg_temp', true) AS path;

-- name: difference_score
-- Rows of score that only one of the two has.
-- row: n int, customer int?
SELECT count(DISTINCT customer_id) AS n, min(customer_id) AS customer FROM (
    SELECT * FROM (
        SELECT customer_id, status, purchases, first_on, last_on, gap_median_e4, gap_mean_e4, gap_sd_e4, cycle_e4,
            overdue_e4, prior_days, prior_assumed, rule, at_risk_on, inactive_on, lost_on, value_total,
            value_12m, value_prev_12m, average_cents, return_e4, trend, ranked, gaps, segment_id,
            p_active_e4, p_active_low_e4, p_active_high_e4, p_alive_e4, next_on, next_from, next_to,
            expected_90d_e4, expected_365d_cents, method, flow_as
        FROM {{kept}}score
        EXCEPT
        SELECT customer_id, status, purchases, first_on, last_on, gap_median_e4, gap_mean_e4, gap_sd_e4, cycle_e4,
            overdue_e4, prior_days, prior_assumed, rule, at_risk_on, inactive_on, lost_on, value_total,
            value_12m, value_prev_12m, average_cents, return_e4, trend, ranked, gaps, segment_id,
            p_active_e4, p_active_low_e4, p_active_high_e4, p_alive_e4, next_on, next_from, next_to,
            expected_90d_e4, expected_365d_cents, method, flow_as
        FROM {{temp}}.score) gone
    UNION ALL
    SELECT * FROM (
        SELECT customer_id, status, purchases, first_on, last_on, gap_median_e4, gap_mean_e4, gap_sd_e4, cycle_e4,
            overdue_e4, prior_days, prior_assumed, rule, at_risk_on, inactive_on, lost_on, value_total,
            value_12m, value_prev_12m, average_cents, return_e4, trend, ranked, gaps, segment_id,
            p_active_e4, p_active_low_e4, p_active_high_e4, p_alive_e4, next_on, next_from, next_to,
            expected_90d_e4, expected_365d_cents, method, flow_as
        FROM {{temp}}.score
        EXCEPT
        SELECT customer_id, status, purchases, first_on, last_on, gap_median_e4, gap_mean_e4, gap_sd_e4, cycle_e4,
            overdue_e4, prior_days, prior_assumed, rule, at_risk_on, inactive_on, lost_on, value_total,
            value_12m, value_prev_12m, average_cents, return_e4, trend, ranked, gaps, segment_id,
            p_active_e4, p_active_low_e4, p_active_high_e4, p_alive_e4, next_on, next_from, next_to,
            expected_90d_e4, expected_365d_cents, method, flow_as
        FROM {{kept}}score) come) d;

-- name: difference_episode
-- Rows of episode that only one of the two has.
-- row: n int, customer int?
SELECT count(*) AS n, min(customer_id) AS customer FROM (
    SELECT * FROM (
        SELECT customer_id, began_on, ended_on
        FROM {{kept}}episode
        EXCEPT
        SELECT customer_id, began_on, ended_on
        FROM {{temp}}.episode) gone
    UNION ALL
    SELECT * FROM (
        SELECT customer_id, began_on, ended_on
        FROM {{temp}}.episode
        EXCEPT
        SELECT customer_id, began_on, ended_on
        FROM {{kept}}episode) come) d;

-- name: difference_prior
-- Rows of prior that only one of the two has.
-- row: n int, customer int?
SELECT count(*) AS n, 0 AS customer FROM (
    SELECT * FROM (
        SELECT segment_id, month, gaps, below, at_median, median_days
        FROM {{kept}}prior
        EXCEPT
        SELECT segment_id, month, gaps, below, at_median, median_days
        FROM {{temp}}.prior) gone
    UNION ALL
    SELECT * FROM (
        SELECT segment_id, month, gaps, below, at_median, median_days
        FROM {{temp}}.prior
        EXCEPT
        SELECT segment_id, month, gaps, below, at_median, median_days
        FROM {{kept}}prior) come) d;

-- name: difference_waited
-- Rows of waited that only one of the two has.
-- row: n int, customer int?
SELECT count(*) AS n, 0 AS customer FROM (
    SELECT * FROM (
        SELECT segment_id, tenths, times
        FROM {{kept}}waited WHERE times <> 0
        EXCEPT
        SELECT segment_id, tenths, times
        FROM {{temp}}.waited WHERE times <> 0) gone
    UNION ALL
    SELECT * FROM (
        SELECT segment_id, tenths, times
        FROM {{temp}}.waited WHERE times <> 0
        EXCEPT
        SELECT segment_id, tenths, times
        FROM {{kept}}waited WHERE times <> 0) come) d;

-- name: difference_run
-- Rows of score_run that only one of the two has.
-- row: n int, customer int?
SELECT count(*) AS n, 0 AS customer FROM (
    SELECT * FROM (
        SELECT as_of, policy, facts, customers, value_12m, ranked, a_value, a_ties, a_above, a_sum, a_code, b_value,
            b_ties, b_above, b_sum, b_code, season, model, alive
        FROM {{kept}}score_run
        EXCEPT
        SELECT as_of, policy, facts, customers, value_12m, ranked, a_value, a_ties, a_above, a_sum, a_code, b_value,
            b_ties, b_above, b_sum, b_code, season, model, alive
        FROM {{temp}}.score_run) gone
    UNION ALL
    SELECT * FROM (
        SELECT as_of, policy, facts, customers, value_12m, ranked, a_value, a_ties, a_above, a_sum, a_code, b_value,
            b_ties, b_above, b_sum, b_code, season, model, alive
        FROM {{temp}}.score_run
        EXCEPT
        SELECT as_of, policy, facts, customers, value_12m, ranked, a_value, a_ties, a_above, a_sum, a_code, b_value,
            b_ties, b_above, b_sum, b_code, season, model, alive
        FROM {{kept}}score_run) come) d;

-- name: difference_cut
-- Rows of score_cut that only one of the two has.
-- row: n int, customer int?
SELECT count(*) AS n, 0 AS customer FROM (
    SELECT * FROM (
        SELECT axis, cut, from_value, less, bought
        FROM {{kept}}score_cut
        EXCEPT
        SELECT axis, cut, from_value, less, bought
        FROM {{temp}}.score_cut) gone
    UNION ALL
    SELECT * FROM (
        SELECT axis, cut, from_value, less, bought
        FROM {{temp}}.score_cut
        EXCEPT
        SELECT axis, cut, from_value, less, bought
        FROM {{kept}}score_cut) come) d;

-- name: difference_step
-- Rows of score_step that only one of the two has.
-- row: n int, customer int?
SELECT count(*) AS n, 0 AS customer FROM (
    SELECT * FROM (
        SELECT axis, value, times
        FROM {{kept}}score_step WHERE times <> 0
        EXCEPT
        SELECT axis, value, times
        FROM {{temp}}.score_step WHERE times <> 0) gone
    UNION ALL
    SELECT * FROM (
        SELECT axis, value, times
        FROM {{temp}}.score_step WHERE times <> 0
        EXCEPT
        SELECT axis, value, times
        FROM {{kept}}score_step WHERE times <> 0) come) d;

-- name: difference_standing
-- Rows of standing that only one of the two has.
-- row: n int, customer int?
SELECT count(DISTINCT customer_id) AS n, min(customer_id) AS customer FROM (
    SELECT * FROM (
        SELECT customer_id, open_cents, overdue_cents, standing, quotes, quote_cents, tickets, contact_on, outcome,
            objection_id, appointment_on
        FROM {{kept}}standing
        EXCEPT
        SELECT customer_id, open_cents, overdue_cents, standing, quotes, quote_cents, tickets, contact_on, outcome,
            objection_id, appointment_on
        FROM {{temp}}.standing) gone
    UNION ALL
    SELECT * FROM (
        SELECT customer_id, open_cents, overdue_cents, standing, quotes, quote_cents, tickets, contact_on, outcome,
            objection_id, appointment_on
        FROM {{temp}}.standing
        EXCEPT
        SELECT customer_id, open_cents, overdue_cents, standing, quotes, quote_cents, tickets, contact_on, outcome,
            objection_id, appointment_on
        FROM {{kept}}standing) come) d;

-- name: difference_season
-- Rows of season that only one of the two has.
-- row: n int, customer int?
SELECT count(*) AS n, 0 AS customer FROM (
    SELECT * FROM (
        SELECT day, upto_cents FROM {{kept}}season
        EXCEPT
        SELECT day, upto_cents FROM {{temp}}.season) gone
    UNION ALL
    SELECT * FROM (
        SELECT day, upto_cents FROM {{temp}}.season
        EXCEPT
        SELECT day, upto_cents FROM {{kept}}season) come) d;
