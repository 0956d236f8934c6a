-- SPDX-License-Identifier: Apache-2.0
-- What other programs sign in with, and what they were answered when they wrote: the same key again is answered as the first time.

-- hash: of the token, which itself is kept nowhere; grants: names with a blank between; rate: requests a minute.
CREATE TABLE api_token (
    id {{key}},
    name {{text}} NOT NULL,
    hash {{text}} NOT NULL UNIQUE,
    user_id BIGINT NOT NULL,
    grants {{text}} NOT NULL,
    rate BIGINT NOT NULL,
    made_us BIGINT NOT NULL,
    made_by {{text}} NOT NULL,
    seen_us BIGINT NOT NULL DEFAULT 0,
    expires_us BIGINT NOT NULL DEFAULT 0,
    retired_us BIGINT NOT NULL DEFAULT 0
);
CREATE INDEX api_token_user ON api_token (user_id);
-- digest: of what was asked; status 0: being answered.
CREATE TABLE api_answer (
    token_id BIGINT NOT NULL,
    key {{text}} NOT NULL,
    digest {{text}} NOT NULL,
    status BIGINT NOT NULL DEFAULT 0,
    etag {{text}} NOT NULL DEFAULT '',
    body {{text}} NOT NULL DEFAULT '',
    made_us BIGINT NOT NULL,
    PRIMARY KEY (token_id, key)
) {{without_rowid}};
CREATE INDEX api_answer_made ON api_answer (made_us);
-- Other programs read what was logged and what changed since they last asked.
CREATE INDEX contact_made ON contact (made_us, id);
CREATE INDEX appointment_changed ON appointment (changed_us, id);
