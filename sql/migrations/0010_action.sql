-- SPDX-License-Identifier: Apache-2.0
-- What is done about a reason or an objection: by whom, until when, and what came of it. state: core/action.h.

CREATE TABLE action (
    id {{key}},
    choice_id BIGINT NOT NULL,
    what {{text}} NOT NULL,
    owner {{text}} NOT NULL,
    due_on BIGINT NOT NULL,
    state BIGINT NOT NULL,
    done_on BIGINT,
    effect {{text}} NOT NULL DEFAULT '',
    token {{text}} NOT NULL UNIQUE,
    made_us BIGINT NOT NULL,
    retired_us BIGINT NOT NULL DEFAULT 0,
    version BIGINT NOT NULL DEFAULT 1
);
CREATE INDEX action_choice ON action (choice_id);
