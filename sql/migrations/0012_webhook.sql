-- SPDX-License-Identifier: Apache-2.0
-- Other programs that are told of events, what they are to be told, and how each telling went.

-- topics: bits, 1 << enum webhook_topic (src/core/webhook.h). state: 1 told, 2 paused, 3 retired. why: the key of a sentence, when the program
-- paused it. lease_us: somebody is sending until then; wait_us: not before, since it failed fails times, the first at failing_us.
CREATE TABLE webhook (
    id {{key}},
    name {{text}} NOT NULL,
    url {{text}} NOT NULL,
    secret {{text}} NOT NULL,
    topics BIGINT NOT NULL,
    lang {{text}} NOT NULL,
    state BIGINT NOT NULL,
    why {{text}} NOT NULL DEFAULT '',
    made_us BIGINT NOT NULL,
    made_by {{text}} NOT NULL,
    version BIGINT NOT NULL DEFAULT 1,
    lease_us BIGINT NOT NULL DEFAULT 0,
    wait_us BIGINT NOT NULL DEFAULT 0,
    fails BIGINT NOT NULL DEFAULT 0,
    failing_us BIGINT NOT NULL DEFAULT 0,
    told_us BIGINT NOT NULL DEFAULT 0,
    token {{text}} NOT NULL UNIQUE
);

-- Only what some webhook was to be told. kind: enum webhook_kind. subject: number of the customer, contact or import; occasion: what makes it this one event
-- and no other. was and became: statuses; day: from which on; many: how many customers, of those that tell only a number.
CREATE TABLE webhook_event (
    id {{key}},
    name {{text}} NOT NULL UNIQUE,
    kind BIGINT NOT NULL,
    subject BIGINT NOT NULL,
    occasion BIGINT NOT NULL,
    at_us BIGINT NOT NULL,
    was BIGINT NOT NULL DEFAULT 0,
    became BIGINT NOT NULL DEFAULT 0,
    day BIGINT NOT NULL DEFAULT 0,
    many BIGINT NOT NULL DEFAULT 0,
    UNIQUE (kind, subject, occasion)
);
CREATE INDEX webhook_event_at ON webhook_event (at_us);

-- state: 1 due, 2 taken by the receiver, 3 given up. tries: of all; left: how many more before it is given up. due_us 0: asked for by hand, which neither a pause nor a
-- wait holds. status: of the last answer, 0 none; fault: why there was none (src/channel/post.h).
CREATE TABLE webhook_delivery (
    id {{key}},
    webhook_id BIGINT NOT NULL,
    event_id BIGINT NOT NULL,
    state BIGINT NOT NULL,
    tries BIGINT NOT NULL DEFAULT 0,
    tries_left BIGINT NOT NULL,
    due_us BIGINT NOT NULL,
    tried_us BIGINT NOT NULL DEFAULT 0,
    status BIGINT NOT NULL DEFAULT 0,
    fault {{text}} NOT NULL DEFAULT '',
    answer {{text}} NOT NULL DEFAULT '',
    ms BIGINT NOT NULL DEFAULT 0,
    UNIQUE (webhook_id, event_id)
);
CREATE INDEX webhook_delivery_due ON webhook_delivery (webhook_id, due_us) WHERE state = 1;
CREATE INDEX webhook_delivery_dead ON webhook_delivery (webhook_id, event_id) WHERE state = 3;
CREATE INDEX webhook_delivery_event ON webhook_delivery (event_id);

-- What was last told of each customer, or stood when telling began: the status, and the newest purchase that ended an episode (0: none). Only while some webhook
-- asks for it.
CREATE TABLE webhook_told (
    customer_id {{key}},
    status BIGINT NOT NULL,
    ended_on BIGINT NOT NULL
);
