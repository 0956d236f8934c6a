-- SPDX-License-Identifier: Apache-2.0
-- Letters to customers that are written once: subject and text with fields, and what is offered. offer: src/core/template.h.

CREATE TABLE template (
    id {{key}},
    name {{text}} NOT NULL,
    lang {{text}} NOT NULL,
    subject {{text}} NOT NULL,
    body {{text}} NOT NULL,
    offer BIGINT NOT NULL,
    offer_text {{text}} NOT NULL,
    offer_until BIGINT,
    token {{text}} NOT NULL UNIQUE,
    made_us BIGINT NOT NULL,
    retired_us BIGINT NOT NULL DEFAULT 0,
    version BIGINT NOT NULL DEFAULT 1
);
