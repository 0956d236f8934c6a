-- SPDX-License-Identifier: Apache-2.0
-- Days that the company itself does not work on, beside the national ones that are computed, or does although they are holidays (worked).
-- kind and at: enum holiday_when of core/holiday.h.
CREATE TABLE holiday (
    id {{key}},
    name {{text}} NOT NULL,
    kind BIGINT NOT NULL,
    at BIGINT NOT NULL,
    worked BIGINT NOT NULL,
    token {{text}} NOT NULL UNIQUE,
    made_us BIGINT NOT NULL,
    retired_us BIGINT NOT NULL DEFAULT 0,
    version BIGINT NOT NULL DEFAULT 1
);
