-- SPDX-License-Identifier: Apache-2.0
-- Customers handed from one portfolio to another. What a transfer says stands beside what files say of the customer: facts of source
-- 3, under the transfer's own import (src/store/customer.h).

-- state: 1 waits for its day, 2 done, 3 called off, 4 undone. said: which customers, in words; along: bits, see src/store/transfer.h.
CREATE TABLE transfer (
    id {{key}},
    state BIGINT NOT NULL,
    day BIGINT NOT NULL,
    rep_id BIGINT NOT NULL,
    along BIGINT NOT NULL,
    reason {{text}} NOT NULL DEFAULT '',
    said {{text}} NOT NULL DEFAULT '',
    who {{text}} NOT NULL,
    made_us BIGINT NOT NULL,
    done_us BIGINT NOT NULL DEFAULT 0,
    ended_us BIGINT NOT NULL DEFAULT 0,
    ended_by {{text}} NOT NULL DEFAULT '',
    import_id BIGINT NOT NULL DEFAULT 0,
    token {{text}} NOT NULL UNIQUE
);
CREATE INDEX transfer_due ON transfer (state, day);
CREATE INDEX transfer_import ON transfer (import_id) WHERE import_id > 0;
-- from_rep_id: whose the customer was when the transfer was made; moved: it still was when it was done.
CREATE TABLE transfer_customer (
    transfer_id BIGINT NOT NULL,
    customer_id BIGINT NOT NULL,
    from_rep_id BIGINT NOT NULL,
    moved BIGINT NOT NULL DEFAULT 0,
    PRIMARY KEY (transfer_id, customer_id)
) {{without_rowid}};
CREATE INDEX transfer_customer_customer ON transfer_customer (customer_id, transfer_id);
-- What went with them. kind: 1 an appointment, from one user to another; 2 a work list that to_user was put on.
CREATE TABLE transfer_along (
    transfer_id BIGINT NOT NULL,
    kind BIGINT NOT NULL,
    item_id BIGINT NOT NULL,
    customer_id BIGINT NOT NULL,
    from_user BIGINT NOT NULL,
    to_user BIGINT NOT NULL,
    PRIMARY KEY (transfer_id, kind, item_id)
) {{without_rowid}};
