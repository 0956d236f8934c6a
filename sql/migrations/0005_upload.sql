-- SPDX-License-Identifier: Apache-2.0
-- Files that were brought to the pages to be imported. state: 1 to be looked at, 2 asked for, 3 under way, 4 done, 5 failed,
-- 6 put away. place: of the folder that its files stand in, as servers may share a database and not their disks. said: what a person or a rule said of how to read them; told: warnings of the import, or why it failed.

CREATE TABLE upload (
    id {{key}},
    kind BIGINT NOT NULL,
    state BIGINT NOT NULL,
    who {{text}} NOT NULL,
    made_us BIGINT NOT NULL,
    started_us BIGINT NOT NULL DEFAULT 0,
    ended_us BIGINT NOT NULL DEFAULT 0,
    import_id BIGINT NOT NULL DEFAULT 0,
    said {{text}} NOT NULL DEFAULT '',
    told {{text}} NOT NULL DEFAULT '',
    place {{text}} NOT NULL,
    token {{text}} NOT NULL UNIQUE
);
CREATE INDEX upload_state ON upload (state, id);
CREATE INDEX upload_import ON upload (import_id) WHERE import_id > 0;

-- name: as the sender calls it; stored: in the folder of uploads.
CREATE TABLE upload_file (
    upload_id BIGINT NOT NULL,
    seq BIGINT NOT NULL,
    name {{text}} NOT NULL,
    stored {{text}} NOT NULL,
    bytes BIGINT NOT NULL,
    PRIMARY KEY (upload_id, seq)
) {{without_rowid}};
