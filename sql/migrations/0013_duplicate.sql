-- SPDX-License-Identifier: Apache-2.0
-- Customers that are one: what was merged, what is to stay apart, and what was last found (src/store/duplicate.h).

-- customer_id counts as a part of into_id; main_id: where that chain ends, a customer of the table customer.
CREATE TABLE duplicate_merge (
    customer_id {{key}},
    into_id BIGINT NOT NULL,
    main_id BIGINT NOT NULL,
    who {{text}} NOT NULL,
    made_us BIGINT NOT NULL
);
-- The row of table customer of who was merged into another, as it comes back.
CREATE TABLE duplicate_absorbed (
    id {{key}},
    code {{text}} NOT NULL UNIQUE,
    company_id BIGINT NOT NULL,
    rep_id BIGINT NOT NULL,
    segment_id BIGINT NOT NULL,
    region_id BIGINT NOT NULL,
    city_id BIGINT NOT NULL,
    closed_on BIGINT,
    last_contact BIGINT,
    name {{text}} NOT NULL,
    name_fold {{text}} NOT NULL,
    tax_id {{text}} NOT NULL,
    phone {{text}} NOT NULL,
    email {{text}} NOT NULL,
    registered_on BIGINT,
    credit_cents BIGINT,
    blocked BIGINT,
    place BIGINT
);
-- Which rows stand under the main customer though they are of another one. what: 1 document, 2 record, 3 person, 4 contact,
-- 5 appointment, 6 note, 7 tag, 8 work list, 9 put off on a work list; row_id: its number, of 7 to 9 that of the tag or list.
-- was: what of its key had to change (2 to 6); 1: the main customer has it only from there (7, 8).
CREATE TABLE duplicate_moved (
    customer_id BIGINT NOT NULL,
    what BIGINT NOT NULL,
    row_id BIGINT NOT NULL,
    was {{text}} NOT NULL,
    PRIMARY KEY (customer_id, what, row_id)
) {{without_rowid}};
-- Two that are not the same, whatever they have in common: a_id < b_id.
CREATE TABLE duplicate_apart (
    a_id BIGINT NOT NULL,
    b_id BIGINT NOT NULL,
    who {{text}} NOT NULL,
    made_us BIGINT NOT NULL,
    PRIMARY KEY (a_id, b_id)
) {{without_rowid}};
-- What the last look found, the strongest first kept. kinds: bits of enum duplicate_kind (src/core/duplicate.h).
CREATE TABLE duplicate_pair (
    a_id BIGINT NOT NULL,
    b_id BIGINT NOT NULL,
    kinds BIGINT NOT NULL,
    strength_e4 BIGINT NOT NULL,
    likeness_e4 BIGINT NOT NULL,
    PRIMARY KEY (a_id, b_id)
) {{without_rowid}};
-- One row: when it looked, at what (facts as in score_run), at how many customers; found: pairs, also those beyond what is kept.
CREATE TABLE duplicate_run (
    made_us BIGINT NOT NULL,
    facts BIGINT NOT NULL,
    customers BIGINT NOT NULL,
    found BIGINT NOT NULL
);
