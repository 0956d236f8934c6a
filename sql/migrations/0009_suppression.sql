-- SPDX-License-Identifier: Apache-2.0
-- Addresses that are not to be used: one list for every channel. hash: of the address, under the key that the setting
-- address_key holds (src/core/address.h); shown: the address itself, empty where it was erased. kind, channel, source:
-- src/core/suppression.h. What was lifted stays, with who lifted it and why.

CREATE TABLE suppression (
    id {{key}},
    kind BIGINT NOT NULL,
    hash BIGINT NOT NULL,
    channel BIGINT NOT NULL,
    source BIGINT NOT NULL,
    day BIGINT NOT NULL,
    until_on BIGINT,
    note {{text}} NOT NULL DEFAULT '',
    shown {{text}} NOT NULL DEFAULT '',
    who {{text}} NOT NULL,
    made_us BIGINT NOT NULL,
    lifted_us BIGINT NOT NULL DEFAULT 0,
    lifted_by {{text}} NOT NULL DEFAULT '',
    lifted_why {{text}} NOT NULL DEFAULT '',
    token {{text}} NOT NULL UNIQUE
);
CREATE INDEX suppression_hash ON suppression (hash);

-- Numbers that the law of a state lets nobody call, as its office gives them out: only their hashes. A state has one list.
CREATE TABLE block_list (
    state {{text}} NOT NULL PRIMARY KEY,
    day BIGINT NOT NULL,
    entries BIGINT NOT NULL,
    refused BIGINT NOT NULL,
    hits BIGINT NOT NULL,
    file {{text}} NOT NULL,
    who {{text}} NOT NULL,
    made_us BIGINT NOT NULL
) {{without_rowid}};
CREATE TABLE block_number (
    state {{text}} NOT NULL,
    hash BIGINT NOT NULL,
    PRIMARY KEY (state, hash)
) {{without_rowid}};
