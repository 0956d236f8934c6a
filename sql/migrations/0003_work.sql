-- SPDX-License-Identifier: Apache-2.0
-- Who signs in, and the work with customers: contacts, appointments, notes, persons, tags, views, work lists.
--
-- What a person edits has a version that every change moves, so that the second of two is told; what was used is retired
-- (retired_us > 0), never deleted; token is chosen by who writes, so that the same form sent twice is kept once.

-- The trail is read newest first: all of it, by who, by what.
CREATE INDEX audit_at ON audit (at_us, id);
CREATE INDEX audit_who ON audit (who, at_us, id);
CREATE INDEX audit_what ON audit (what, at_us, id);

CREATE TABLE app_user (
    id {{key}},
    login {{text}} NOT NULL UNIQUE,
    name {{text}} NOT NULL,
    role BIGINT NOT NULL,
    rep_id BIGINT NOT NULL DEFAULT 0,
    email {{text}} NOT NULL DEFAULT '',
    password {{text}} NOT NULL DEFAULT '',
    totp {{text}} NOT NULL DEFAULT '',
    totp_step BIGINT NOT NULL DEFAULT 0,
    must_totp BIGINT NOT NULL DEFAULT 0,
    lang {{text}} NOT NULL DEFAULT '',
    theme {{text}} NOT NULL DEFAULT '',
    feed {{text}} NOT NULL DEFAULT '',
    made_us BIGINT NOT NULL,
    retired_us BIGINT NOT NULL DEFAULT 0,
    version BIGINT NOT NULL DEFAULT 1
);
CREATE INDEX app_user_feed ON app_user (feed);
-- hash: of the token in the cookie. step: 1 the second factor is still to come, 2 it came by a link, not with the password; 3 both.
CREATE TABLE app_session (
    hash {{text}} NOT NULL PRIMARY KEY,
    user_id BIGINT NOT NULL,
    step BIGINT NOT NULL,
    made_us BIGINT NOT NULL,
    seen_us BIGINT NOT NULL,
    address {{text}} NOT NULL,
    agent {{text}} NOT NULL
) {{without_rowid}};
CREATE INDEX app_session_user ON app_session (user_id);
CREATE TABLE signin_link (
    hash {{text}} NOT NULL PRIMARY KEY,
    user_id BIGINT NOT NULL,
    ends_us BIGINT NOT NULL
) {{without_rowid}};
-- Wrong guesses, by "login:..." and "from:..."; nobody may try again before until_us.
CREATE TABLE signin_guess (
    subject {{text}} NOT NULL PRIMARY KEY,
    wrong BIGINT NOT NULL,
    last_us BIGINT NOT NULL,
    until_us BIGINT NOT NULL
) {{without_rowid}};

-- Whose customers: a rep is offered only what stands in the own portfolio.
CREATE INDEX customer_rep ON customer (rep_id);

-- The company's own lists to choose from; kind 1 reason, 2 objection, 3 occurrence.
CREATE TABLE choice (
    id {{key}},
    kind BIGINT NOT NULL,
    name {{text}} NOT NULL,
    owner {{text}} NOT NULL DEFAULT '',
    preventable BIGINT NOT NULL DEFAULT 0,
    argument {{text}} NOT NULL DEFAULT '',
    made_us BIGINT NOT NULL,
    retired_us BIGINT NOT NULL DEFAULT 0,
    version BIGINT NOT NULL DEFAULT 1,
    UNIQUE (kind, name)
);

-- Somebody at a customer. consent: 0 not asked, 1 yes, 2 no.
CREATE TABLE person (
    id {{identity}},
    customer_id BIGINT NOT NULL,
    name {{text}} NOT NULL,
    position {{text}} NOT NULL DEFAULT '',
    phone {{text}} NOT NULL DEFAULT '',
    email {{text}} NOT NULL DEFAULT '',
    consent_phone BIGINT NOT NULL DEFAULT 0,
    consent_email BIGINT NOT NULL DEFAULT 0,
    consent_on BIGINT,
    consent_source {{text}} NOT NULL DEFAULT '',
    token {{text}} NOT NULL,
    made_us BIGINT NOT NULL,
    retired_us BIGINT NOT NULL DEFAULT 0,
    version BIGINT NOT NULL DEFAULT 1
);
CREATE UNIQUE INDEX person_customer ON person (customer_id, id);
CREATE UNIQUE INDEX person_token ON person (customer_id, token);

-- One attempt to talk. channel, outcome: core/contact.h.
CREATE TABLE contact (
    id {{row_id}},
    customer_id BIGINT NOT NULL,
    user_id BIGINT NOT NULL,
    person_id BIGINT NOT NULL DEFAULT 0,
    at_us BIGINT NOT NULL,
    day BIGINT NOT NULL,
    channel BIGINT NOT NULL,
    outcome BIGINT NOT NULL,
    occurrence_id BIGINT NOT NULL DEFAULT 0,
    reason_id BIGINT NOT NULL DEFAULT 0,
    objection_id BIGINT NOT NULL DEFAULT 0,
    worklist_id BIGINT NOT NULL DEFAULT 0,
    appointment_id BIGINT NOT NULL DEFAULT 0,
    value_cents BIGINT,
    note {{text}} NOT NULL DEFAULT '',
    token {{text}} NOT NULL,
    made_us BIGINT NOT NULL
);
CREATE UNIQUE INDEX contact_customer ON contact (customer_id, at_us, id);
CREATE UNIQUE INDEX contact_token ON contact (customer_id, token);
CREATE INDEX contact_user ON contact (user_id, day);
CREATE INDEX contact_worklist ON contact (worklist_id, day);
CREATE INDEX contact_reason ON contact (reason_id, day) WHERE reason_id > 0;
CREATE INDEX contact_objection ON contact (objection_id, day) WHERE objection_id > 0;
CREATE INDEX contact_occurrence ON contact (occurrence_id, day) WHERE occurrence_id > 0;

-- state: 0 open, 1 kept, 2 called off. minute: of the day, -1 any time.
CREATE TABLE appointment (
    id {{row_id}},
    customer_id BIGINT NOT NULL,
    user_id BIGINT NOT NULL,
    day BIGINT NOT NULL,
    minute BIGINT NOT NULL,
    channel BIGINT NOT NULL,
    note {{text}} NOT NULL DEFAULT '',
    state BIGINT NOT NULL DEFAULT 0,
    contact_id BIGINT NOT NULL DEFAULT 0,
    token {{text}} NOT NULL,
    made_us BIGINT NOT NULL,
    changed_us BIGINT NOT NULL,
    version BIGINT NOT NULL DEFAULT 1
);
CREATE UNIQUE INDEX appointment_customer ON appointment (customer_id, id);
CREATE UNIQUE INDEX appointment_token ON appointment (customer_id, token);
CREATE INDEX appointment_due ON appointment (user_id, state, day);

CREATE TABLE customer_note (
    id {{identity}},
    customer_id BIGINT NOT NULL,
    user_id BIGINT NOT NULL,
    at_us BIGINT NOT NULL,
    text {{text}} NOT NULL,
    token {{text}} NOT NULL,
    retired_us BIGINT NOT NULL DEFAULT 0,
    version BIGINT NOT NULL DEFAULT 1
);
CREATE UNIQUE INDEX customer_note_customer ON customer_note (customer_id, at_us, id);
CREATE UNIQUE INDEX customer_note_token ON customer_note (customer_id, token);

CREATE TABLE tag (
    id {{key}},
    name {{text}} NOT NULL UNIQUE,
    made_us BIGINT NOT NULL,
    retired_us BIGINT NOT NULL DEFAULT 0,
    version BIGINT NOT NULL DEFAULT 1
);
CREATE TABLE customer_tag (
    customer_id BIGINT NOT NULL,
    tag_id BIGINT NOT NULL,
    PRIMARY KEY (customer_id, tag_id)
) {{without_rowid}};
CREATE INDEX customer_tag_tag ON customer_tag (tag_id, customer_id);

-- What a list of customers shows: query is the page's own address after '?'.
CREATE TABLE saved_view (
    id {{key}},
    user_id BIGINT NOT NULL,
    name {{text}} NOT NULL,
    query {{text}} NOT NULL,
    shared BIGINT NOT NULL DEFAULT 0,
    made_us BIGINT NOT NULL,
    retired_us BIGINT NOT NULL DEFAULT 0,
    version BIGINT NOT NULL DEFAULT 1
);
CREATE INDEX saved_view_user ON saved_view (user_id);
-- Of one user: pinned to the menu, opened first.
CREATE TABLE view_choice (
    user_id BIGINT NOT NULL,
    view_id BIGINT NOT NULL,
    pinned BIGINT NOT NULL,
    first BIGINT NOT NULL,
    PRIMARY KEY (user_id, view_id)
) {{without_rowid}};

CREATE TABLE worklist (
    id {{key}},
    name {{text}} NOT NULL,
    query {{text}} NOT NULL,
    capacity BIGINT NOT NULL,
    starts_on BIGINT NOT NULL,
    ends_on BIGINT,
    script {{text}} NOT NULL DEFAULT '',
    user_id BIGINT NOT NULL,
    made_us BIGINT NOT NULL,
    retired_us BIGINT NOT NULL DEFAULT 0,
    version BIGINT NOT NULL DEFAULT 1
);
CREATE TABLE worklist_user (
    worklist_id BIGINT NOT NULL,
    user_id BIGINT NOT NULL,
    PRIMARY KEY (worklist_id, user_id)
) {{without_rowid}};
CREATE INDEX worklist_user_user ON worklist_user (user_id);
-- Picked by hand, beside those that the query finds.
CREATE TABLE worklist_customer (
    worklist_id BIGINT NOT NULL,
    customer_id BIGINT NOT NULL,
    PRIMARY KEY (worklist_id, customer_id)
) {{without_rowid}};
-- Not to be shown again before a day.
CREATE TABLE worklist_skip (
    worklist_id BIGINT NOT NULL,
    customer_id BIGINT NOT NULL,
    user_id BIGINT NOT NULL,
    until_on BIGINT NOT NULL,
    why {{text}} NOT NULL,
    PRIMARY KEY (worklist_id, customer_id)
) {{without_rowid}};
-- Whom an agent has at hand; nobody else gets the customer before until_us.
CREATE TABLE customer_hold (
    customer_id {{key}},
    user_id BIGINT NOT NULL,
    until_us BIGINT NOT NULL
);
CREATE INDEX customer_hold_user ON customer_hold (user_id);
