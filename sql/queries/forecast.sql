-- SPDX-License-Identifier: Apache-2.0
-- What a set of derived tables foretells with. The tables are in sql/derived.sql.

-- name: forecast_find
-- The model, and what was found when it was learnt.
-- row: method int, learnt_on int, customers int, purchases int, first_on int?, enough_on int?, origins int
-- row: warnings int, season int, segments text, model text
SELECT method, learnt_on, customers, purchases, first_on, enough_on, origins, warnings, season, segments, model
FROM forecast;

-- name: forecast_add
-- The only row.
-- args: method int, learnt_on int, customers int, purchases int, first_on int?, enough_on int?, origins int
-- args: warnings int, season int, segments text, model text
INSERT INTO forecast (method, learnt_on, customers, purchases, first_on, enough_on, origins, warnings, season, segments,
    model)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11);

-- name: forecast_trial_add
-- How well a method had foretold.
-- args: method int, cases int, happened int, log_score_e6 int?, log_score_low_e6 int?, log_score_high_e6 int?
-- args: auc_e6 int?, auc_low_e6 int?, auc_high_e6 int?
INSERT INTO forecast_trial (method, cases, happened, log_score_e6, log_score_low_e6, log_score_high_e6, auc_e6,
    auc_low_e6, auc_high_e6)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9);

-- name: forecast_trial_list
-- All that were tried.
-- row: method int, cases int, happened int, log_score_e6 int?, log_score_low_e6 int?, log_score_high_e6 int?
-- row: auc_e6 int?, auc_low_e6 int?, auc_high_e6 int?
SELECT method, cases, happened, log_score_e6, log_score_low_e6, log_score_high_e6, auc_e6, auc_low_e6, auc_high_e6
FROM forecast_trial ORDER BY method; -- no nulls
