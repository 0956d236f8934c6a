-- SPDX-License-Identifier: Apache-2.0
-- Who is told what, when and how: customers that crossed a line, the rules of who hears of it, and what each was told.

-- Noted with each score. kind: 1 became late, 2 inactive, 3 came back. last_on: the purchase whose window ran out, or which ended the
-- stretch, so that a due date that is worked out anew is no other crossing. state: 1 news; 2 it lay before telling began; 3 one of so
-- many at once (new rules, a long import) that nobody is told of each.
CREATE TABLE crossing (
    customer_id BIGINT NOT NULL,
    kind BIGINT NOT NULL,
    last_on BIGINT NOT NULL,
    due_on BIGINT NOT NULL,
    noted_on BIGINT NOT NULL,
    noted_us BIGINT NOT NULL,
    state BIGINT NOT NULL,
    PRIMARY KEY (customer_id, kind, last_on)
) {{without_rowid}};
CREATE INDEX crossing_noted ON crossing (noted_on);

-- events, recipients, channels: bits of core/alert.h. query: which customers, as the address of their page after '?'; empty: any.
-- from_on: what was noted before is no news to this rule. told_on, told_people: when it told somebody last, and how many.
CREATE TABLE alert (
    id {{key}},
    name {{text}} NOT NULL,
    events BIGINT NOT NULL,
    ahead_days BIGINT NOT NULL,
    idle_days BIGINT NOT NULL,
    query {{text}} NOT NULL,
    recipients BIGINT NOT NULL,
    worklist_id BIGINT NOT NULL DEFAULT 0,
    layout BIGINT NOT NULL,
    channels BIGINT NOT NULL,
    schedule {{text}} NOT NULL,
    state BIGINT NOT NULL,
    from_on BIGINT NOT NULL,
    made_us BIGINT NOT NULL,
    made_by {{text}} NOT NULL,
    token {{text}} NOT NULL UNIQUE,
    retired_us BIGINT NOT NULL DEFAULT 0,
    version BIGINT NOT NULL DEFAULT 1,
    told_on BIGINT,
    told_people BIGINT NOT NULL DEFAULT 0
);
-- Who is named by name.
CREATE TABLE alert_user (
    alert_id BIGINT NOT NULL,
    user_id BIGINT NOT NULL,
    PRIMARY KEY (alert_id, user_id)
) {{without_rowid}};
-- Of what each was told: never of the same again by the same rule. event: the number of the bit.
CREATE TABLE alert_told (
    customer_id BIGINT NOT NULL,
    alert_id BIGINT NOT NULL,
    user_id BIGINT NOT NULL,
    event BIGINT NOT NULL,
    last_on BIGINT NOT NULL,
    told_on BIGINT NOT NULL,
    PRIMARY KEY (customer_id, alert_id, user_id, event, last_on)
) {{without_rowid}};
CREATE INDEX alert_told_when ON alert_told (alert_id, told_on);

-- Whose team somebody belongs to, and where a message reaches them.
ALTER TABLE app_user ADD COLUMN manager_id BIGINT NOT NULL DEFAULT 0;
ALTER TABLE app_user ADD COLUMN phone {{text}} NOT NULL DEFAULT '';
