-- SPDX-License-Identifier: Apache-2.0
-- Questions that take too long for a page, and their answers. kind: 1 the rhythm of purchases, 2 a backtest, 3 rules that are tried. state: 1 asked,
-- 2 under way, 3 done, 4 failed. mark: of the question with the facts and rules it was asked of, so that the same one is answered
-- once. about: of kind 3 the rules, a line each. as_of, facts: what it was answered for.
CREATE TABLE study (
    id {{key}},
    kind BIGINT NOT NULL,
    state BIGINT NOT NULL,
    who {{text}} NOT NULL,
    asked_us BIGINT NOT NULL,
    started_us BIGINT NOT NULL DEFAULT 0,
    ended_us BIGINT NOT NULL DEFAULT 0,
    as_of BIGINT NOT NULL,
    facts BIGINT NOT NULL,
    mark {{text}} NOT NULL UNIQUE,
    about {{text}} NOT NULL,
    result {{text}} NOT NULL DEFAULT '',
    told {{text}} NOT NULL DEFAULT ''
);
CREATE INDEX study_kind ON study (kind, state, id);

-- Who changes status under the rules that are tried; place: the largest value first.
CREATE TABLE study_customer (
    study_id BIGINT NOT NULL,
    place BIGINT NOT NULL,
    customer_id BIGINT NOT NULL,
    status_before BIGINT NOT NULL,
    status_after BIGINT NOT NULL,
    value_cents BIGINT NOT NULL,
    PRIMARY KEY (study_id, place, customer_id)
) {{without_rowid}};
