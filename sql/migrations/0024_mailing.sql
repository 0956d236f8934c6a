-- SPDX-License-Identifier: Apache-2.0
-- What went to customers by e-mail: one writing to one of them, or to many at once. The messages themselves: table message, cause 'letter:ID'.

-- name: of the template. subject, body: as sent to many, with fields; of a letter to one they stand in its message alone. asked: the customer
-- wanted it, so the limit on contact pressure does not hold. one: written to one customer. off_us: what had not gone was called off.
CREATE TABLE mailing (
    id {{key}},
    template_id BIGINT NOT NULL,
    name {{text}} NOT NULL,
    subject {{text}} NOT NULL,
    body {{text}} NOT NULL,
    offer BIGINT NOT NULL,
    offer_text {{text}} NOT NULL,
    offer_until BIGINT,
    user_id BIGINT NOT NULL,
    one BIGINT NOT NULL,
    asked BIGINT NOT NULL,
    customers BIGINT NOT NULL,
    left_out BIGINT NOT NULL,
    day BIGINT NOT NULL,
    token {{text}} NOT NULL UNIQUE,
    made_us BIGINT NOT NULL,
    off_us BIGINT NOT NULL DEFAULT 0,
    off_by {{text}} NOT NULL DEFAULT ''
);
CREATE INDEX mailing_user ON mailing (user_id, id);

-- Opened, clicked: recorded only where the company wants it. kind: 1 opened, 2 clicked. url: what was clicked.
CREATE TABLE mailing_mark (
    message_id BIGINT NOT NULL,
    kind BIGINT NOT NULL,
    url {{text}} NOT NULL,
    first_us BIGINT NOT NULL,
    last_us BIGINT NOT NULL,
    times BIGINT NOT NULL,
    PRIMARY KEY (message_id, kind, url)
) {{without_rowid}};
