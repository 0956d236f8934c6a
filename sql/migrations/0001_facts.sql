-- SPDX-License-Identifier: Apache-2.0
-- All facts: what was imported, typed or decided. Whatever can be computed from them is in sql/derived.sql.
--
-- Every number is BIGINT: days since 1970-01-01, moments in microseconds UTC, money in minor units, e4 in 1/10,000.
-- A migration that was given out never changes (its checksum is kept in each database); a later one mends it.

CREATE TABLE schema_migration (
    version BIGINT NOT NULL PRIMARY KEY,
    name {{text}} NOT NULL,
    checksum {{text}} NOT NULL,
    applied_us BIGINT NOT NULL
);
CREATE TABLE setting (name {{text}} NOT NULL PRIMARY KEY, value {{text}} NOT NULL) {{without_rowid}};
CREATE TABLE audit (
    id {{identity}},
    at_us BIGINT NOT NULL,
    who {{text}} NOT NULL,
    what {{text}} NOT NULL,
    subject {{text}} NOT NULL,
    before_text {{text}} NOT NULL,
    after_text {{text}} NOT NULL
);
-- Numbers that the one writer gives out: the value is the last one given.
CREATE TABLE counter (name {{text}} NOT NULL PRIMARY KEY, value BIGINT NOT NULL) {{without_rowid}};

-- Companies, reps, segments, regions and cities; 0 is "none" of every kind.
CREATE TABLE label (id {{key}}, kind BIGINT NOT NULL, code {{text}} NOT NULL, UNIQUE (kind, code));
INSERT INTO label (id, kind, code) VALUES (0, 0, '');

CREATE TABLE customer (
    id {{key}},
    code {{text}} NOT NULL UNIQUE,
    company_id BIGINT NOT NULL DEFAULT 0,
    rep_id BIGINT NOT NULL DEFAULT 0,
    segment_id BIGINT NOT NULL DEFAULT 0,
    region_id BIGINT NOT NULL DEFAULT 0,
    city_id BIGINT NOT NULL DEFAULT 0,
    closed_on BIGINT,
    last_contact BIGINT,
    name {{text}} NOT NULL DEFAULT '',
    name_fold {{text}} NOT NULL DEFAULT '',
    tax_id {{text}} NOT NULL DEFAULT '',
    phone {{text}} NOT NULL DEFAULT '',
    email {{text}} NOT NULL DEFAULT ''
);
CREATE INDEX customer_name ON customer (name_fold);
CREATE INDEX customer_tax ON customer (tax_id);

-- What one import said of a customer; the customer's own columns are merged from these.
-- An import may say several things of one customer, each with its own day: parts 0, 1, 2 ...
CREATE TABLE customer_fact (
    customer_id BIGINT NOT NULL,
    import_id BIGINT NOT NULL,
    part BIGINT NOT NULL,
    source BIGINT NOT NULL,
    day BIGINT,
    name {{text}} NOT NULL,
    tax_id {{text}} NOT NULL,
    phone {{text}} NOT NULL,
    email {{text}} NOT NULL,
    company_id BIGINT NOT NULL,
    rep_id BIGINT NOT NULL,
    segment_id BIGINT NOT NULL,
    region_id BIGINT NOT NULL,
    city_id BIGINT NOT NULL,
    closed_on BIGINT,
    last_contact BIGINT,
    PRIMARY KEY (customer_id, import_id, part)
) {{without_rowid}};
CREATE INDEX customer_fact_import ON customer_fact (import_id, customer_id);
-- Room in which a merge lays its results down before they replace the customers'; empty between transactions.
CREATE TABLE customer_merged (
    id {{key}},
    name {{text}} NOT NULL,
    name_fold {{text}} NOT NULL,
    tax_id {{text}} NOT NULL,
    phone {{text}} NOT NULL,
    email {{text}} NOT NULL,
    company_id BIGINT NOT NULL,
    rep_id BIGINT NOT NULL,
    segment_id BIGINT NOT NULL,
    region_id BIGINT NOT NULL,
    city_id BIGINT NOT NULL,
    closed_on BIGINT,
    last_contact BIGINT
);
-- Customers whose history or attributes changed since the kept score was made, and from which day on.
CREATE TABLE customer_dirty (
    customer_id {{key}},
    since BIGINT NOT NULL
);

CREATE TABLE product (
    id {{key}},
    code {{text}} NOT NULL UNIQUE,
    name {{text}} NOT NULL DEFAULT '',
    kind {{text}} NOT NULL DEFAULT '',
    goods BIGINT NOT NULL DEFAULT 1
);
CREATE TABLE product_fact (
    product_id BIGINT NOT NULL,
    import_id BIGINT NOT NULL,
    source BIGINT NOT NULL,
    day BIGINT,
    name {{text}} NOT NULL,
    kind {{text}} NOT NULL,
    PRIMARY KEY (product_id, import_id)
) {{without_rowid}};
CREATE INDEX product_fact_import ON product_fact (import_id, product_id);

-- Orders and invoices in import order; first the columns that a score reads of every one. import_id: whose version it is.
CREATE TABLE document (
    id {{row_id}},
    customer_id BIGINT NOT NULL,
    day BIGINT NOT NULL,
    kind BIGINT NOT NULL,
    value_cents BIGINT NOT NULL,
    source BIGINT NOT NULL,
    company_id BIGINT NOT NULL,
    number {{text}} NOT NULL,
    rep_id BIGINT NOT NULL,
    lines BIGINT NOT NULL,
    hash BIGINT NOT NULL,
    import_id BIGINT NOT NULL
);
-- Each also in the scripts document_bare and document_indexed: the first import goes into a table without them.
CREATE UNIQUE INDEX document_customer ON document (customer_id, id);
CREATE INDEX document_number ON document (source, company_id, number);
CREATE INDEX document_import ON document (import_id);
CREATE TABLE line (
    document_id BIGINT NOT NULL,
    seq BIGINT NOT NULL,
    customer_id BIGINT NOT NULL,
    product_id BIGINT NOT NULL,
    quantity_e4 BIGINT NOT NULL,
    price_e4 BIGINT NOT NULL,
    value_cents BIGINT NOT NULL,
    PRIMARY KEY (document_id, seq, customer_id)
) {{without_rowid}};

-- Versions of documents that a later import overwrote. by_import, the import that did, names the version for good;
-- import_id, whose it is, moves to another import that holds the same when its own is undone.
CREATE TABLE document_before (
    id BIGINT NOT NULL,
    by_import BIGINT NOT NULL,
    customer_id BIGINT NOT NULL,
    day BIGINT NOT NULL,
    kind BIGINT NOT NULL,
    value_cents BIGINT NOT NULL,
    source BIGINT NOT NULL,
    company_id BIGINT NOT NULL,
    number {{text}} NOT NULL,
    rep_id BIGINT NOT NULL,
    lines BIGINT NOT NULL,
    hash BIGINT NOT NULL,
    import_id BIGINT NOT NULL,
    PRIMARY KEY (id, by_import, customer_id)
) {{without_rowid}};
CREATE INDEX document_before_import ON document_before (import_id);
CREATE TABLE line_before (
    document_id BIGINT NOT NULL,
    by_import BIGINT NOT NULL,
    seq BIGINT NOT NULL,
    customer_id BIGINT NOT NULL,
    product_id BIGINT NOT NULL,
    quantity_e4 BIGINT NOT NULL,
    price_e4 BIGINT NOT NULL,
    value_cents BIGINT NOT NULL,
    PRIMARY KEY (document_id, by_import, seq, customer_id)
) {{without_rowid}};
-- Imports that held the content which stood already: the version that was current then.
CREATE TABLE document_same (
    import_id BIGINT NOT NULL,
    document_id BIGINT NOT NULL,
    customer_id BIGINT NOT NULL,
    PRIMARY KEY (import_id, document_id, customer_id)
) {{without_rowid}};

-- Titles, quotes and tickets, with the same three tables of versions.
CREATE TABLE record (
    id {{identity}},
    customer_id BIGINT NOT NULL,
    kind BIGINT NOT NULL,
    number {{text}} NOT NULL,
    part {{text}} NOT NULL,
    day BIGINT,
    due_on BIGINT,
    closed_on BIGINT,
    amount_cents BIGINT,
    open_cents BIGINT,
    state {{text}} NOT NULL,
    text {{text}} NOT NULL,
    import_id BIGINT NOT NULL,
    UNIQUE (customer_id, kind, number, part)
);
CREATE INDEX record_import ON record (import_id);
CREATE TABLE record_before (
    id BIGINT NOT NULL,
    by_import BIGINT NOT NULL,
    customer_id BIGINT NOT NULL,
    kind BIGINT NOT NULL,
    number {{text}} NOT NULL,
    part {{text}} NOT NULL,
    day BIGINT,
    due_on BIGINT,
    closed_on BIGINT,
    amount_cents BIGINT,
    open_cents BIGINT,
    state {{text}} NOT NULL,
    text {{text}} NOT NULL,
    import_id BIGINT NOT NULL,
    PRIMARY KEY (id, by_import, customer_id)
) {{without_rowid}};
CREATE INDEX record_before_import ON record_before (import_id);
CREATE TABLE record_same (
    import_id BIGINT NOT NULL,
    record_id BIGINT NOT NULL,
    customer_id BIGINT NOT NULL,
    PRIMARY KEY (import_id, record_id, customer_id)
) {{without_rowid}};

CREATE TABLE import (
    id {{key}},
    kind BIGINT NOT NULL,
    files {{text}} NOT NULL,
    started_us BIGINT NOT NULL,
    finished_us BIGINT NOT NULL DEFAULT 0,
    undone_us BIGINT NOT NULL DEFAULT 0,
    rows_all BIGINT NOT NULL DEFAULT 0,
    rows_added BIGINT NOT NULL DEFAULT 0,
    rows_changed BIGINT NOT NULL DEFAULT 0,
    rows_unchanged BIGINT NOT NULL DEFAULT 0,
    rows_rejected BIGINT NOT NULL DEFAULT 0,
    rows_blank BIGINT NOT NULL DEFAULT 0,
    first_day BIGINT,
    last_day BIGINT
);
CREATE TABLE import_file (
    import_id BIGINT NOT NULL REFERENCES import (id),
    seq BIGINT NOT NULL,
    path {{text}} NOT NULL,
    rows_all BIGINT NOT NULL,
    rows_added BIGINT NOT NULL,
    rows_changed BIGINT NOT NULL,
    rows_unchanged BIGINT NOT NULL,
    rows_rejected BIGINT NOT NULL,
    rows_blank BIGINT NOT NULL,
    PRIMARY KEY (import_id, seq)
);
CREATE TABLE import_reject (
    import_id BIGINT NOT NULL,
    seq BIGINT NOT NULL,
    file {{text}} NOT NULL,
    line BIGINT NOT NULL,
    column_name {{text}} NOT NULL,
    reason {{text}} NOT NULL,
    detail {{text}} NOT NULL,
    row_text {{text}} NOT NULL,
    PRIMARY KEY (import_id, seq)
) {{without_rowid}};
CREATE TABLE mapping (
    kind BIGINT NOT NULL,
    name {{text}} NOT NULL,
    mapping_text {{text}} NOT NULL,
    PRIMARY KEY (kind, name)
);

-- The company's rules of inactivity, one a scope; both in the words of the policy command.
CREATE TABLE policy_rule (scope {{text}} NOT NULL PRIMARY KEY, rule {{text}} NOT NULL) {{without_rowid}};
