-- SPDX-License-Identifier: Apache-2.0
-- The published track record: rows are added once and never changed.

-- name: track_newest
-- The newest month that is kept.
-- row: month int?
SELECT max(month) AS month FROM track;

-- name: track_span
-- First and newest sale up to a day (kinds: sale, unvalued).
-- args: until int
-- row: first int?, last int?
SELECT min(day) AS first, max(day) AS last FROM document WHERE day <= $1 AND kind IN (1, 4);

-- name: track_add
-- A row, unless its month has one.
-- args: month int, subject int, said text, cut int, known_until int, horizon_days int, made_us int, cases int
-- args: happened int, auc_e6 int?, auc_low_e6 int?, auc_high_e6 int?, lift_e6 int?, lift_low_e6 int?
-- args: lift_high_e6 int?, brier_e6 int?, brier_low_e6 int?, brier_high_e6 int?, log_score_e6 int?
-- args: log_score_low_e6 int?, log_score_high_e6 int?, lost_value_e6 int?, lost_value_low_e6 int?
-- args: lost_value_high_e6 int?, flagged int, false_alarms_e6 int
INSERT INTO track (month, subject, said, cut, known_until, horizon_days, made_us, cases, happened, auc_e6, auc_low_e6,
    auc_high_e6, lift_e6, lift_low_e6, lift_high_e6, brier_e6, brier_low_e6, brier_high_e6, log_score_e6,
    log_score_low_e6, log_score_high_e6, lost_value_e6, lost_value_low_e6, lost_value_high_e6, flagged, false_alarms_e6)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23, $24,
    $25, $26)
ON CONFLICT (month, subject) DO NOTHING;

-- name: track_list
-- All of it, oldest first.
-- row: month int, subject int, said text, cut int, known_until int, horizon_days int, made_us int, cases int
-- row: happened int, auc_e6 int?, auc_low_e6 int?, auc_high_e6 int?, lift_e6 int?, lift_low_e6 int?
-- row: lift_high_e6 int?, brier_e6 int?, brier_low_e6 int?, brier_high_e6 int?, log_score_e6 int?
-- row: log_score_low_e6 int?, log_score_high_e6 int?, lost_value_e6 int?, lost_value_low_e6 int?
-- row: lost_value_high_e6 int?, flagged int, false_alarms_e6 int
SELECT month, subject, said, cut, known_until, horizon_days, made_us, cases, happened, auc_e6, auc_low_e6,
    auc_high_e6, lift_e6, lift_low_e6, lift_high_e6, brier_e6, brier_low_e6, brier_high_e6, log_score_e6,
    log_score_low_e6, log_score_high_e6, lost_value_e6, lost_value_low_e6, lost_value_high_e6, flagged, false_alarms_e6
FROM track ORDER BY month, subject; -- no nulls
