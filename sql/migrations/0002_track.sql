-- SPDX-License-Identifier: Apache-2.0
-- The published track record: what a backtest of the newest quarter that was over said, kept once a month and never changed.
-- Figures (e6: in 1/1,000,000, NULL: could not be had) with their 80 % intervals; month: its first day.

CREATE TABLE track (
    month BIGINT NOT NULL,
    subject BIGINT NOT NULL, -- 1 the rules in force, 2 what the program foretold by itself
    said {{text}} NOT NULL,  -- the rules' text, or the method that was chosen
    cut BIGINT NOT NULL,
    known_until BIGINT NOT NULL,
    horizon_days BIGINT NOT NULL,
    made_us BIGINT NOT NULL,
    cases BIGINT NOT NULL,
    happened BIGINT NOT NULL,
    auc_e6 BIGINT,
    auc_low_e6 BIGINT,
    auc_high_e6 BIGINT,
    lift_e6 BIGINT,
    lift_low_e6 BIGINT,
    lift_high_e6 BIGINT,
    brier_e6 BIGINT,
    brier_low_e6 BIGINT,
    brier_high_e6 BIGINT,
    log_score_e6 BIGINT,
    log_score_low_e6 BIGINT,
    log_score_high_e6 BIGINT,
    lost_value_e6 BIGINT,
    lost_value_low_e6 BIGINT,
    lost_value_high_e6 BIGINT,
    flagged BIGINT NOT NULL,
    false_alarms_e6 BIGINT NOT NULL, -- a week and rep
    PRIMARY KEY (month, subject)
) {{without_rowid}};
