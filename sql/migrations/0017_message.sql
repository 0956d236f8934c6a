-- SPDX-License-Identifier: Apache-2.0
-- The outbox: every message to somebody, written with its cause, and how its sending went.

-- cause: "alert:12"; recipient: "user:5", "customer:88", "person:77"; day: the one it is of. One message for the four. channel, kind, state: src/core/message.h.
-- user_id, customer_id, person_id: whom it is to; from_user_id: who wrote it; 0: nobody. token: for addresses in the message that need no sign-in; header: the part
-- before the @ of its Message-ID, the same at every try. lease_us, lease_by: somebody is sending it, until then; began_us: the moment before its last
-- byte went out (0: it has not gone out). why: the key of a sentence of ours, words: what the server said, code: its number.
CREATE TABLE message (
    id {{key}},
    cause {{text}} NOT NULL,
    recipient {{text}} NOT NULL,
    day BIGINT NOT NULL,
    channel BIGINT NOT NULL,
    kind BIGINT NOT NULL,
    state BIGINT NOT NULL,
    user_id BIGINT NOT NULL,
    customer_id BIGINT NOT NULL,
    person_id BIGINT NOT NULL,
    from_user_id BIGINT NOT NULL,
    template_id BIGINT NOT NULL,
    gateway_id BIGINT NOT NULL,
    offer {{text}} NOT NULL,
    address {{text}} NOT NULL,
    name {{text}} NOT NULL,
    reply_to {{text}} NOT NULL,
    subject {{text}} NOT NULL,
    fold {{text}} NOT NULL,
    token {{text}} NOT NULL UNIQUE,
    header {{text}} NOT NULL UNIQUE,
    made_us BIGINT NOT NULL,
    due_us BIGINT NOT NULL,
    lease_us BIGINT NOT NULL DEFAULT 0,
    lease_by {{text}} NOT NULL DEFAULT '',
    began_us BIGINT NOT NULL DEFAULT 0,
    sent_us BIGINT NOT NULL DEFAULT 0,
    read_us BIGINT NOT NULL DEFAULT 0,
    tries BIGINT NOT NULL DEFAULT 0,
    code BIGINT NOT NULL DEFAULT 0,
    why {{text}} NOT NULL DEFAULT '',
    words {{text}} NOT NULL DEFAULT '',
    version BIGINT NOT NULL DEFAULT 1,
    UNIQUE (cause, recipient, day, channel)
);
CREATE INDEX message_due ON message (channel, due_us, id) WHERE state = 1;
CREATE INDEX message_sending ON message (lease_by) WHERE state = 2;
CREATE INDEX message_state ON message (state, id);
CREATE INDEX message_user ON message (user_id, channel, id);
CREATE INDEX message_customer ON message (customer_id, id);
CREATE INDEX message_began ON message (channel, began_us);
CREATE INDEX message_made ON message (made_us);

-- What it says; gone when it is old. picture: a PNG that the HTML shows as cid:chart.
CREATE TABLE message_body (
    message_id {{key}},
    text {{text}} NOT NULL,
    html {{text}} NOT NULL,
    picture {{blob}} NOT NULL
);
