-- SPDX-License-Identifier: Apache-2.0
-- Providers of messages (SMS, WhatsApp) that take an HTTP request for each.

-- url, headers (a line each) and body are texts with fields. form: enum merge_form of the values in the body. secret: sealed; what {secret} stands for.
-- expects: what the answer's first bytes must hold to be a success; empty: its status is enough. state: 1 in use, 2 paused, 3 retired.
CREATE TABLE gateway (
    id {{key}},
    name {{text}} NOT NULL,
    url {{text}} NOT NULL,
    headers {{text}} NOT NULL,
    body {{text}} NOT NULL,
    form BIGINT NOT NULL,
    secret {{text}} NOT NULL,
    expects {{text}} NOT NULL,
    per_minute BIGINT NOT NULL,
    state BIGINT NOT NULL,
    made_us BIGINT NOT NULL,
    made_by {{text}} NOT NULL,
    token {{text}} NOT NULL UNIQUE,
    version BIGINT NOT NULL DEFAULT 1
);
