-- SPDX-License-Identifier: Apache-2.0
-- What the fold finds: tables that can be dropped and rebuilt from the facts with the same result.
--
-- Each exists twice at times: kept, and as a temporary table of the same name that hides the kept one from every
-- statement of its connection. Absent numbers and days are NULL, yes and no are 1 and 0.

-- script: derived_drop
-- Take the kept ones away.
DROP TABLE IF EXISTS score_run;
DROP TABLE IF EXISTS score_cut;
DROP TABLE IF EXISTS score_step;
DROP TABLE IF EXISTS score;
DROP TABLE IF EXISTS score_strip;
DROP TABLE IF EXISTS score_moved;
DROP TABLE IF EXISTS forecast;
DROP TABLE IF EXISTS forecast_trial;
DROP TABLE IF EXISTS episode;
DROP TABLE IF EXISTS flow;
DROP TABLE IF EXISTS prior;
DROP TABLE IF EXISTS waited;
DROP TABLE IF EXISTS season;
DROP TABLE IF EXISTS standing;
DROP TABLE IF EXISTS standing_due;

-- script: derived_hidden_drop
-- Take the temporary ones away, so that the kept ones are in sight again.
DROP TABLE IF EXISTS {{temp}}.score_run;
DROP TABLE IF EXISTS {{temp}}.score_cut;
DROP TABLE IF EXISTS {{temp}}.score_step;
DROP TABLE IF EXISTS {{temp}}.score;
DROP TABLE IF EXISTS {{temp}}.score_strip;
DROP TABLE IF EXISTS {{temp}}.score_moved;
DROP TABLE IF EXISTS {{temp}}.forecast;
DROP TABLE IF EXISTS {{temp}}.forecast_trial;
DROP TABLE IF EXISTS {{temp}}.episode;
DROP TABLE IF EXISTS {{temp}}.flow;
DROP TABLE IF EXISTS {{temp}}.prior;
DROP TABLE IF EXISTS {{temp}}.waited;
DROP TABLE IF EXISTS {{temp}}.season;
DROP TABLE IF EXISTS {{temp}}.standing;
DROP TABLE IF EXISTS {{temp}}.standing_due;

-- script: derived_tables
-- Make them, empty.

-- One row: what the others were made for, and the cuts that turn their numbers into classes.
CREATE {{temporary}}TABLE score_run (
    as_of BIGINT NOT NULL,
    policy {{text}} NOT NULL,
    facts BIGINT NOT NULL,
    made_us BIGINT NOT NULL,
    customers BIGINT NOT NULL,
    value_12m BIGINT NOT NULL,
    ranked BIGINT NOT NULL,
    a_value BIGINT NOT NULL,
    a_ties BIGINT NOT NULL,
    a_above BIGINT NOT NULL,
    a_sum BIGINT NOT NULL,
    a_code {{text}} NOT NULL,
    b_value BIGINT NOT NULL,
    b_ties BIGINT NOT NULL,
    b_above BIGINT NOT NULL,
    b_sum BIGINT NOT NULL,
    b_code {{text}} NOT NULL,
    season BIGINT NOT NULL,
    model {{text}} NOT NULL,
    alive {{text}} NOT NULL
);
-- One row: what the set foretells with (as src/stats/forecast.c writes it, with the labels of its segments in their
-- order), and what was found when it was learnt. method 0: nothing is foretold.
CREATE {{temporary}}TABLE forecast (
    method BIGINT NOT NULL,
    learnt_on BIGINT NOT NULL,
    customers BIGINT NOT NULL,
    purchases BIGINT NOT NULL,
    first_on BIGINT,
    enough_on BIGINT,
    origins BIGINT NOT NULL,
    warnings BIGINT NOT NULL,
    season BIGINT NOT NULL,
    segments {{text}} NOT NULL,
    model {{text}} NOT NULL
);
-- How well each method that was tried had foretold, out of time; smaller log scores and larger areas are better.
CREATE {{temporary}}TABLE forecast_trial (
    method {{key}},
    cases BIGINT NOT NULL,
    happened BIGINT NOT NULL,
    log_score_e6 BIGINT,
    log_score_low_e6 BIGINT,
    log_score_high_e6 BIGINT,
    auc_e6 BIGINT,
    auc_low_e6 BIGINT,
    auc_high_e6 BIGINT
);
-- Where the quintiles of recency (0), frequency (1) and money (2) begin: score cut + 2 from from_value on.
CREATE {{temporary}}TABLE score_cut (
    axis BIGINT NOT NULL,
    cut BIGINT NOT NULL,
    from_value BIGINT NOT NULL,
    less BIGINT NOT NULL,
    bought BIGINT NOT NULL,
    PRIMARY KEY (axis, cut)
) {{without_rowid}};
-- How many customers that bought have a last day (axis 0), a number of purchases (1) or a first day (3) of just this value,
-- and how many of all have a status (4).
CREATE {{temporary}}TABLE score_step (
    axis BIGINT NOT NULL,
    value BIGINT NOT NULL,
    times BIGINT NOT NULL,
    PRIMARY KEY (axis, value)
) {{without_rowid}};
CREATE {{temporary}}TABLE score (
    customer_id {{key}},
    status BIGINT NOT NULL,
    purchases BIGINT NOT NULL,
    first_on BIGINT,
    last_on BIGINT,
    gap_median_e4 BIGINT,
    gap_mean_e4 BIGINT,
    gap_sd_e4 BIGINT,
    cycle_e4 BIGINT,
    overdue_e4 BIGINT,
    prior_days BIGINT,
    prior_assumed BIGINT NOT NULL,
    rule BIGINT NOT NULL,
    at_risk_on BIGINT,
    inactive_on BIGINT,
    lost_on BIGINT,
    value_total BIGINT,
    value_12m BIGINT,
    value_prev_12m BIGINT,
    average_cents BIGINT,
    return_e4 BIGINT,
    trend BIGINT NOT NULL,
    ranked BIGINT NOT NULL,
    gaps {{blob}} NOT NULL,
    segment_id BIGINT NOT NULL,
    p_active_e4 BIGINT,
    p_active_low_e4 BIGINT,
    p_active_high_e4 BIGINT,
    p_alive_e4 BIGINT,
    next_on BIGINT,
    next_from BIGINT,
    next_to BIGINT,
    expected_90d_e4 BIGINT,
    expected_365d_cents BIGINT,
    method BIGINT NOT NULL,
    flow_as {{blob}} NOT NULL
);
CREATE {{temporary}}TABLE episode (
    customer_id BIGINT NOT NULL,
    began_on BIGINT NOT NULL,
    ended_on BIGINT,
    PRIMARY KEY (customer_id, began_on)
) {{without_rowid}};
-- The account of customers by month, summed while rows are written. kind: 0 everybody, 1 to 6 by company, rep, segment,
-- region, city, class (label: its letter); 8 x one + another: of both, inside the one's label, by the other. score.flow_as
-- says under which labels, class and closing a row was counted (src/store/flow.h).
CREATE {{temporary}}TABLE flow (
    kind BIGINT NOT NULL,
    inside BIGINT NOT NULL,
    label BIGINT NOT NULL,
    month BIGINT NOT NULL,
    became_inactive BIGINT NOT NULL,
    recovered BIGINT NOT NULL,
    written_off BIGINT NOT NULL,
    bought BIGINT NOT NULL,
    new_customers BIGINT NOT NULL,
    closed BIGINT NOT NULL,
    prospects BIGINT NOT NULL,
    PRIMARY KEY (kind, inside, label, month)
) {{without_rowid}};
CREATE {{temporary}}TABLE prior (
    segment_id BIGINT NOT NULL,
    month BIGINT NOT NULL,
    gaps BIGINT NOT NULL,
    below BIGINT NOT NULL,
    at_median BIGINT NOT NULL,
    median_days BIGINT NOT NULL,
    PRIMARY KEY (segment_id, month)
) {{without_rowid}};
CREATE {{temporary}}TABLE waited (
    segment_id BIGINT NOT NULL,
    tenths BIGINT NOT NULL,
    times BIGINT NOT NULL,
    PRIMARY KEY (segment_id, tenths)
) {{without_rowid}};
-- The company's net value up to each day that lies a year or more before the score's; only where it has two years.
CREATE {{temporary}}TABLE season (
    day {{key}},
    upto_cents BIGINT NOT NULL
);

-- What is open with a customer and how it pays, as of the score's day; only of those of whom there is something. standing:
-- core/standing.h. contact_on, outcome: of the last contact that was logged; objection_id: the last one that was made.
CREATE {{temporary}}TABLE standing (
    customer_id {{key}},
    open_cents BIGINT,
    overdue_cents BIGINT,
    standing BIGINT,
    quotes BIGINT,
    quote_cents BIGINT,
    tickets BIGINT,
    contact_on BIGINT,
    outcome BIGINT,
    objection_id BIGINT,
    appointment_on BIGINT
);
-- Of whom a title, quote or ticket changed since.
CREATE {{temporary}}TABLE standing_due (customer_id {{key}});

-- The score once more by column, packed (src/store/strip.h): what a list reads instead of a million rows, and what is
-- searched: names, codes, tax ids, phones. A customer in score_moved changed since it was packed and counts by its row.
CREATE {{temporary}}TABLE score_strip (
    strip BIGINT NOT NULL,
    part BIGINT NOT NULL,
    data {{blob}} NOT NULL,
    PRIMARY KEY (strip, part)
);
CREATE {{temporary}}TABLE score_moved (customer_id {{key}});

-- script: derived_indexes
-- For walking from a cut to its neighbours; only the kept tables need it.
CREATE INDEX score_ranked ON score (value_12m) WHERE ranked = 1;
CREATE INDEX score_bought ON score (value_total) WHERE purchases > 0;
-- For who came back over some days.
CREATE INDEX episode_ended ON episode (ended_on) WHERE ended_on IS NOT NULL;
-- Who became late or inactive within some days, or soon will be: the cost hangs on how many those are, and no row is looked up.
CREATE INDEX score_at_risk ON score (at_risk_on, status, last_on, customer_id) WHERE status = 3;
CREATE INDEX score_inactive ON score (inactive_on, status, last_on, customer_id) WHERE status IN (3, 4);
