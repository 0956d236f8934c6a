-- SPDX-License-Identifier: Apache-2.0
-- Memos ("post-its") from one person to others, and who has read them.

-- customer_id: 0, about none. answers: the memo it replies to; 0 none. aim: core/memo.h; aimed: of which role or region, in the words
-- that were chosen. day: on which it appears. text_fold: to search in. taken_us: when its writer took it back.
CREATE TABLE memo (
    id {{key}},
    user_id BIGINT NOT NULL,
    customer_id BIGINT NOT NULL DEFAULT 0,
    answers BIGINT NOT NULL DEFAULT 0,
    aim BIGINT NOT NULL,
    aimed {{text}} NOT NULL DEFAULT '',
    day BIGINT NOT NULL,
    text {{text}} NOT NULL,
    text_fold {{text}} NOT NULL,
    token {{text}} NOT NULL UNIQUE,
    made_us BIGINT NOT NULL,
    taken_us BIGINT NOT NULL DEFAULT 0
);
CREATE INDEX memo_user ON memo (user_id, id);
CREATE INDEX memo_customer ON memo (customer_id) WHERE customer_id > 0;
CREATE INDEX memo_answers ON memo (answers) WHERE answers > 0;

-- To whom it went; day: as the memo's.
CREATE TABLE memo_reader (
    user_id BIGINT NOT NULL,
    day BIGINT NOT NULL,
    memo_id BIGINT NOT NULL,
    read_us BIGINT NOT NULL DEFAULT 0,
    archived_us BIGINT NOT NULL DEFAULT 0,
    PRIMARY KEY (user_id, day, memo_id)
) {{without_rowid}};
CREATE UNIQUE INDEX memo_reader_memo ON memo_reader (memo_id, user_id);
CREATE INDEX memo_reader_unread ON memo_reader (user_id, day, memo_id) WHERE read_us = 0;
