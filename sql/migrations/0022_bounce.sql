-- SPDX-License-Identifier: Apache-2.0
-- Mail that came back into the company's mailbox for it, and what followed.

-- mark: hash of the mail, so that each counts once. kind, result, ended: src/core/bounce.h. message_id: the message of ours it is about, which knows whom
-- it was to; 0: none. address: the one it tells of, hash: of it (0: none). status, said: as the report has them; sender, subject,
-- text: of the mail itself, which anybody may have written.
CREATE TABLE bounce (
    id {{key}},
    mark {{text}} NOT NULL UNIQUE,
    seen_us BIGINT NOT NULL,
    kind BIGINT NOT NULL,
    result BIGINT NOT NULL,
    ended BIGINT NOT NULL,
    message_id BIGINT NOT NULL,
    hash BIGINT NOT NULL,
    address {{text}} NOT NULL,
    status {{text}} NOT NULL,
    said {{text}} NOT NULL,
    sender {{text}} NOT NULL,
    subject {{text}} NOT NULL,
    text {{text}} NOT NULL,
    fold {{text}} NOT NULL
);
CREATE INDEX bounce_message ON bounce (message_id, id);
CREATE INDEX bounce_hash ON bounce (hash, seen_us);
CREATE INDEX bounce_ended ON bounce (ended, id);
CREATE INDEX bounce_seen ON bounce (seen_us);
