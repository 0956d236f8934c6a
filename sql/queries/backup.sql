-- SPDX-License-Identifier: Apache-2.0
-- Every table of facts, whole: read from one database, written to another. A migration that makes a table or a column
-- changes these too; a test holds them against the tables that are there.

-- name: backup_used
-- Does anybody's data stand in this database?
-- row: used int
SELECT (SELECT count(*) FROM import) + (SELECT count(*) FROM customer) + (SELECT count(*) FROM audit)
    + (SELECT count(*) FROM policy_rule) AS used;

-- name: backup_clear_label
-- The label that every new database has comes with the copy.
DELETE FROM label;

-- name: backup_clear_setting
-- The settings come with the copy.
DELETE FROM setting;

-- name: backup_clear_job
-- So do the jobs that a program which looked into it has made.
DELETE FROM job;

-- name: backup_clear_job_run
-- And how they went.
DELETE FROM job_run;

-- part: backup.clear
-- Everything in one table goes; its name follows.
DELETE FROM

-- name: backup_facts
-- What a backup holds.
-- row: schema int?, customers int, documents int, newest int?
SELECT (SELECT max(version) FROM schema_migration) AS schema, (SELECT count(*) FROM customer) AS customers,
    (SELECT count(*) FROM document) AS documents, (SELECT max(day) FROM document) AS newest;

-- only: sqlite
-- name: backup_into
-- A consistent copy of the whole file, while others read and write.
-- args: path text
VACUUM INTO $1;

-- only: pg
-- name: backup_number_audit
-- Numbers go on behind those that were copied.
-- row: next int
SELECT setval(pg_get_serial_sequence('audit', 'id'), coalesce(max(id), 0) + 1, false) AS next FROM audit;

-- only: pg
-- name: backup_number_record
-- Numbers go on behind those that were copied.
-- row: next int
SELECT setval(pg_get_serial_sequence('record', 'id'), coalesce(max(id), 0) + 1, false) AS next FROM record;

-- only: pg
-- name: backup_number_person
-- Numbers go on behind those that were copied.
-- row: next int
SELECT setval(pg_get_serial_sequence('person', 'id'), coalesce(max(id), 0) + 1, false) AS next FROM person;

-- only: pg
-- name: backup_number_customer_note
-- Numbers go on behind those that were copied.
-- row: next int
SELECT setval(pg_get_serial_sequence('customer_note', 'id'), coalesce(max(id), 0) + 1, false) AS next FROM customer_note;

-- only: sqlite
-- name: check_file
-- What the database finds wrong with its own file; one row `ok` when nothing is.
-- row: integrity_check text
SELECT integrity_check FROM pragma_integrity_check;

-- only: sqlite
-- name: check_keys
-- Rows that refer to none.
-- row: n int
SELECT count(*) AS n FROM pragma_foreign_key_check;

-- name: check_documents
-- Documents whose value or number of lines is not that of their lines.
-- row: n int, number text?
SELECT count(*) AS n, min(d.number) AS number
FROM document d
LEFT JOIN (SELECT document_id, count(*) AS lines, sum(value_cents) AS value_cents FROM line GROUP BY document_id) l
    ON l.document_id = d.id
WHERE d.lines <> coalesce(l.lines, 0) OR d.value_cents <> coalesce(l.value_cents, 0);

-- name: check_lines
-- Lines of no document.
-- row: n int
SELECT count(*) AS n FROM line l WHERE NOT EXISTS (SELECT 1 FROM document d WHERE d.id = l.document_id);

-- name: check_owners
-- Documents of no customer.
-- row: n int
SELECT count(*) AS n FROM document d WHERE NOT EXISTS (SELECT 1 FROM customer c WHERE c.id = d.customer_id);

-- name: check_merges
-- Merges that do not hold: who was merged is still a customer or is lost, or the main customer is none.
-- row: n int
SELECT count(*) AS n FROM duplicate_merge m
WHERE EXISTS (SELECT 1 FROM customer c WHERE c.id = m.customer_id)
    OR NOT EXISTS (SELECT 1 FROM duplicate_absorbed a WHERE a.id = m.customer_id)
    OR NOT EXISTS (SELECT 1 FROM customer c WHERE c.id = m.main_id);

-- name: backup_read_setting
-- Out of the table setting; the picture is every database's own (src/store/picture.h).
-- row: name text, value text
SELECT name, value FROM setting WHERE name <> 'picture' ORDER BY name; -- no nulls

-- name: backup_write_setting
-- Into the table setting.
-- args: name text, value text
INSERT INTO setting (name, value)
VALUES ($1, $2);

-- name: backup_read_audit
-- Out of the table audit.
-- row: id int, at_us int, who text, what text, subject text, before_text text, after_text text
SELECT id, at_us, who, what, subject, before_text, after_text FROM audit ORDER BY id; -- no nulls

-- name: backup_write_audit
-- Into the table audit.
-- args: id int, at_us int, who text, what text, subject text, before_text text, after_text text
INSERT INTO audit (id, at_us, who, what, subject, before_text, after_text)
VALUES ($1, $2, $3, $4, $5, $6, $7);

-- name: backup_read_counter
-- Out of the table counter.
-- row: name text, value int
SELECT name, value FROM counter ORDER BY name; -- no nulls

-- name: backup_write_counter
-- Into the table counter.
-- args: name text, value int
INSERT INTO counter (name, value)
VALUES ($1, $2);

-- name: backup_read_label
-- Out of the table label.
-- row: id int, kind int, code text
SELECT id, kind, code FROM label ORDER BY id; -- no nulls

-- name: backup_write_label
-- Into the table label.
-- args: id int, kind int, code text
INSERT INTO label (id, kind, code)
VALUES ($1, $2, $3);

-- name: backup_read_customer
-- Out of the table customer.
-- row: id int, code text, company_id int, rep_id int, segment_id int, region_id int, city_id int, closed_on int?
-- row: last_contact int?, name text, name_fold text, tax_id text, phone text, email text
-- row: registered_on int?, credit_cents int?, blocked int?, place int?
SELECT id, code, company_id, rep_id, segment_id, region_id, city_id, closed_on, last_contact, name, name_fold,
    tax_id, phone, email, registered_on, credit_cents, blocked, place
FROM customer ORDER BY id; -- no nulls

-- name: backup_write_customer
-- Into the table customer.
-- args: id int, code text, company_id int, rep_id int, segment_id int, region_id int, city_id int, closed_on int?
-- args: last_contact int?, name text, name_fold text, tax_id text, phone text, email text
-- args: registered_on int?, credit_cents int?, blocked int?, place int?
INSERT INTO customer (id, code, company_id, rep_id, segment_id, region_id, city_id, closed_on, last_contact, name,
    name_fold, tax_id, phone, email, registered_on, credit_cents, blocked, place)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18);

-- name: backup_read_customer_fact
-- Out of the table customer_fact.
-- row: customer_id int, import_id int, part int, source int, day int?, name text, tax_id text, phone text, email text
-- row: company_id int, rep_id int, segment_id int, region_id int, city_id int, closed_on int?, last_contact int?
-- row: registered_on int?, credit_cents int?, blocked int?, place int?
SELECT customer_id, import_id, part, source, day, name, tax_id, phone, email, company_id, rep_id, segment_id,
    region_id, city_id, closed_on, last_contact, registered_on, credit_cents, blocked, place
FROM customer_fact ORDER BY customer_id, import_id, part; -- no nulls

-- name: backup_write_customer_fact
-- Into the table customer_fact.
-- args: customer_id int, import_id int, part int, source int, day int?, name text, tax_id text, phone text, email text
-- args: company_id int, rep_id int, segment_id int, region_id int, city_id int, closed_on int?, last_contact int?
-- args: registered_on int?, credit_cents int?, blocked int?, place int?
INSERT INTO customer_fact (customer_id, import_id, part, source, day, name, tax_id, phone, email, company_id,
    rep_id, segment_id, region_id, city_id, closed_on, last_contact, registered_on, credit_cents, blocked, place)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16,
    $17, $18, $19, $20);

-- name: backup_read_customer_dirty
-- Out of the table customer_dirty.
-- row: customer_id int, since int
SELECT customer_id, since FROM customer_dirty ORDER BY customer_id; -- no nulls

-- name: backup_write_customer_dirty
-- Into the table customer_dirty.
-- args: customer_id int, since int
INSERT INTO customer_dirty (customer_id, since)
VALUES ($1, $2);

-- name: backup_read_product
-- Out of the table product.
-- row: id int, code text, name text, kind text, goods int
SELECT id, code, name, kind, goods FROM product ORDER BY id; -- no nulls

-- name: backup_write_product
-- Into the table product.
-- args: id int, code text, name text, kind text, goods int
INSERT INTO product (id, code, name, kind, goods)
VALUES ($1, $2, $3, $4, $5);

-- name: backup_read_product_fact
-- Out of the table product_fact.
-- row: product_id int, import_id int, source int, day int?, name text, kind text
SELECT product_id, import_id, source, day, name, kind
FROM product_fact ORDER BY product_id, import_id; -- no nulls

-- name: backup_write_product_fact
-- Into the table product_fact.
-- args: product_id int, import_id int, source int, day int?, name text, kind text
INSERT INTO product_fact (product_id, import_id, source, day, name, kind)
VALUES ($1, $2, $3, $4, $5, $6);

-- name: backup_read_document
-- Out of the table document.
-- row: id int, customer_id int, day int, kind int, value_cents int, source int, company_id int, number text
-- row: rep_id int, lines int, hash int, import_id int
SELECT id, customer_id, day, kind, value_cents, source, company_id, number, rep_id, lines, hash, import_id
FROM document ORDER BY id; -- no nulls

-- name: backup_write_document
-- Into the table document.
-- args: id int, customer_id int, day int, kind int, value_cents int, source int, company_id int, number text
-- args: rep_id int, lines int, hash int, import_id int
INSERT INTO document (id, customer_id, day, kind, value_cents, source, company_id, number, rep_id, lines, hash,
    import_id)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12);

-- name: backup_read_line
-- Out of the table line.
-- row: document_id int, seq int, customer_id int, product_id int, quantity_e4 int, price_e4 int, value_cents int
SELECT document_id, seq, customer_id, product_id, quantity_e4, price_e4, value_cents
FROM line ORDER BY document_id, seq, customer_id; -- no nulls

-- name: backup_write_line
-- Into the table line.
-- args: document_id int, seq int, customer_id int, product_id int, quantity_e4 int, price_e4 int, value_cents int
INSERT INTO line (document_id, seq, customer_id, product_id, quantity_e4, price_e4, value_cents)
VALUES ($1, $2, $3, $4, $5, $6, $7);

-- name: backup_read_document_before
-- Out of the table document_before.
-- row: id int, by_import int, customer_id int, day int, kind int, value_cents int, source int, company_id int
-- row: number text, rep_id int, lines int, hash int, import_id int
SELECT id, by_import, customer_id, day, kind, value_cents, source, company_id, number, rep_id, lines, hash,
    import_id
FROM document_before ORDER BY id, by_import, customer_id; -- no nulls

-- name: backup_write_document_before
-- Into the table document_before.
-- args: id int, by_import int, customer_id int, day int, kind int, value_cents int, source int, company_id int
-- args: number text, rep_id int, lines int, hash int, import_id int
INSERT INTO document_before (id, by_import, customer_id, day, kind, value_cents, source, company_id, number,
    rep_id, lines, hash, import_id)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13);

-- name: backup_read_line_before
-- Out of the table line_before.
-- row: document_id int, by_import int, seq int, customer_id int, product_id int, quantity_e4 int, price_e4 int
-- row: value_cents int
SELECT document_id, by_import, seq, customer_id, product_id, quantity_e4, price_e4, value_cents
FROM line_before ORDER BY document_id, by_import, seq, customer_id; -- no nulls

-- name: backup_write_line_before
-- Into the table line_before.
-- args: document_id int, by_import int, seq int, customer_id int, product_id int, quantity_e4 int, price_e4 int
-- args: value_cents int
INSERT INTO line_before (document_id, by_import, seq, customer_id, product_id, quantity_e4, price_e4, value_cents)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8);

-- name: backup_read_document_same
-- Out of the table document_same.
-- row: import_id int, document_id int, customer_id int
SELECT import_id, document_id, customer_id
FROM document_same ORDER BY import_id, document_id, customer_id; -- no nulls

-- name: backup_write_document_same
-- Into the table document_same.
-- args: import_id int, document_id int, customer_id int
INSERT INTO document_same (import_id, document_id, customer_id)
VALUES ($1, $2, $3);

-- name: backup_read_record
-- Out of the table record.
-- row: id int, customer_id int, kind int, number text, part text, day int?, due_on int?, closed_on int?
-- row: amount_cents int?, open_cents int?, state text, text text, import_id int
SELECT id, customer_id, kind, number, part, day, due_on, closed_on, amount_cents, open_cents, state, text,
    import_id
FROM record ORDER BY id; -- no nulls

-- name: backup_write_record
-- Into the table record.
-- args: id int, customer_id int, kind int, number text, part text, day int?, due_on int?, closed_on int?
-- args: amount_cents int?, open_cents int?, state text, text text, import_id int
INSERT INTO record (id, customer_id, kind, number, part, day, due_on, closed_on, amount_cents, open_cents, state,
    text, import_id)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13);

-- name: backup_read_record_before
-- Out of the table record_before.
-- row: id int, by_import int, customer_id int, kind int, number text, part text, day int?, due_on int?, closed_on int?
-- row: amount_cents int?, open_cents int?, state text, text text, import_id int
SELECT id, by_import, customer_id, kind, number, part, day, due_on, closed_on, amount_cents, open_cents, state,
    text, import_id
FROM record_before ORDER BY id, by_import, customer_id; -- no nulls

-- name: backup_write_record_before
-- Into the table record_before.
-- args: id int, by_import int, customer_id int, kind int, number text, part text, day int?, due_on int?, closed_on int?
-- args: amount_cents int?, open_cents int?, state text, text text, import_id int
INSERT INTO record_before (id, by_import, customer_id, kind, number, part, day, due_on, closed_on, amount_cents,
    open_cents, state, text, import_id)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14);

-- name: backup_read_record_same
-- Out of the table record_same.
-- row: import_id int, record_id int, customer_id int
SELECT import_id, record_id, customer_id FROM record_same ORDER BY import_id, record_id, customer_id; -- no nulls

-- name: backup_write_record_same
-- Into the table record_same.
-- args: import_id int, record_id int, customer_id int
INSERT INTO record_same (import_id, record_id, customer_id)
VALUES ($1, $2, $3);

-- name: backup_read_import
-- Out of the table import.
-- row: id int, kind int, files text, started_us int, finished_us int, undone_us int, rows_all int, rows_added int
-- row: rows_changed int, rows_unchanged int, rows_rejected int, rows_blank int, first_day int?, last_day int?
SELECT id, kind, files, started_us, finished_us, undone_us, rows_all, rows_added, rows_changed, rows_unchanged,
    rows_rejected, rows_blank, first_day, last_day
FROM import ORDER BY id; -- no nulls

-- name: backup_write_import
-- Into the table import.
-- args: id int, kind int, files text, started_us int, finished_us int, undone_us int, rows_all int, rows_added int
-- args: rows_changed int, rows_unchanged int, rows_rejected int, rows_blank int, first_day int?, last_day int?
INSERT INTO import (id, kind, files, started_us, finished_us, undone_us, rows_all, rows_added, rows_changed,
    rows_unchanged, rows_rejected, rows_blank, first_day, last_day)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14);

-- name: backup_read_import_file
-- Out of the table import_file.
-- row: import_id int, seq int, path text, rows_all int, rows_added int, rows_changed int, rows_unchanged int
-- row: rows_rejected int, rows_blank int
SELECT import_id, seq, path, rows_all, rows_added, rows_changed, rows_unchanged, rows_rejected, rows_blank
FROM import_file ORDER BY import_id, seq; -- no nulls

-- name: backup_write_import_file
-- Into the table import_file.
-- args: import_id int, seq int, path text, rows_all int, rows_added int, rows_changed int, rows_unchanged int
-- args: rows_rejected int, rows_blank int
INSERT INTO import_file (import_id, seq, path, rows_all, rows_added, rows_changed, rows_unchanged, rows_rejected,
    rows_blank)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9);

-- name: backup_read_import_reject
-- Out of the table import_reject.
-- row: import_id int, seq int, file text, line int, column_name text, reason text, detail text, row_text text
SELECT import_id, seq, file, line, column_name, reason, detail, row_text
FROM import_reject ORDER BY import_id, seq; -- no nulls

-- name: backup_write_import_reject
-- Into the table import_reject.
-- args: import_id int, seq int, file text, line int, column_name text, reason text, detail text, row_text text
INSERT INTO import_reject (import_id, seq, file, line, column_name, reason, detail, row_text)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8);

-- name: backup_read_mapping
-- Out of the table mapping.
-- row: kind int, name text, mapping_text text
SELECT kind, name, mapping_text FROM mapping ORDER BY kind, name; -- no nulls

-- name: backup_write_mapping
-- Into the table mapping.
-- args: kind int, name text, mapping_text text
INSERT INTO mapping (kind, name, mapping_text)
VALUES ($1, $2, $3);

-- name: backup_read_policy_rule
-- Out of the table policy_rule.
-- row: scope text, rule text, place int
SELECT scope, rule, place FROM policy_rule ORDER BY scope; -- no nulls

-- name: backup_write_policy_rule
-- Into the table policy_rule.
-- args: scope text, rule text, place int
INSERT INTO policy_rule (scope, rule, place)
VALUES ($1, $2, $3);

-- name: backup_read_policy_version
-- The table.
-- row: id int, made_us int, who text, note text, rules text, in_force_us int?, told text, token text
SELECT id, made_us, who, note, rules, in_force_us, told, token FROM policy_version;

-- name: backup_write_policy_version
-- A row of the table.
-- args: id int, made_us int, who text, note text, rules text, in_force_us int?, told text, token text
INSERT INTO policy_version (id, made_us, who, note, rules, in_force_us, told, token)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8);

-- name: backup_read_study
-- The table.
-- row: id int, kind int, state int, who text, asked_us int, started_us int, ended_us int, as_of int, facts int, mark text, about text
-- row: result text, told text
SELECT id, kind, state, who, asked_us, started_us, ended_us, as_of, facts, mark, about, result, told FROM study;

-- name: backup_write_study
-- A row of the table.
-- args: id int, kind int, state int, who text, asked_us int, started_us int, ended_us int, as_of int, facts int, mark text, about text
-- args: result text, told text
INSERT INTO study (id, kind, state, who, asked_us, started_us, ended_us, as_of, facts, mark, about, result, told)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13);

-- name: backup_read_study_customer
-- The table.
-- row: study_id int, place int, customer_id int, status_before int, status_after int, value_cents int
SELECT study_id, place, customer_id, status_before, status_after, value_cents FROM study_customer;

-- name: backup_write_study_customer
-- A row of the table.
-- args: study_id int, place int, customer_id int, status_before int, status_after int, value_cents int
INSERT INTO study_customer (study_id, place, customer_id, status_before, status_after, value_cents)
VALUES ($1, $2, $3, $4, $5, $6);

-- name: backup_read_track
-- Out of the table track.
-- row: month int, subject int, said text, cut int, known_until int, horizon_days int, made_us int, cases int
-- row: happened int, auc_e6 int?, auc_low_e6 int?, auc_high_e6 int?, lift_e6 int?, lift_low_e6 int?
-- row: lift_high_e6 int?, brier_e6 int?, brier_low_e6 int?, brier_high_e6 int?, log_score_e6 int?
-- row: log_score_low_e6 int?, log_score_high_e6 int?, lost_value_e6 int?, lost_value_low_e6 int?
-- row: lost_value_high_e6 int?, flagged int, false_alarms_e6 int
SELECT month, subject, said, cut, known_until, horizon_days, made_us, cases, happened, auc_e6, auc_low_e6,
    auc_high_e6, lift_e6, lift_low_e6, lift_high_e6, brier_e6, brier_low_e6, brier_high_e6, log_score_e6,
    log_score_low_e6, log_score_high_e6, lost_value_e6, lost_value_low_e6, lost_value_high_e6, flagged, false_alarms_e6
FROM track ORDER BY month, subject; -- no nulls

-- name: backup_write_track
-- Into the table track.
-- args: month int, subject int, said text, cut int, known_until int, horizon_days int, made_us int, cases int
-- args: happened int, auc_e6 int?, auc_low_e6 int?, auc_high_e6 int?, lift_e6 int?, lift_low_e6 int?
-- args: lift_high_e6 int?, brier_e6 int?, brier_low_e6 int?, brier_high_e6 int?, log_score_e6 int?
-- args: log_score_low_e6 int?, log_score_high_e6 int?, lost_value_e6 int?, lost_value_low_e6 int?
-- args: lost_value_high_e6 int?, flagged int, false_alarms_e6 int
INSERT INTO track (month, subject, said, cut, known_until, horizon_days, made_us, cases, happened, auc_e6, auc_low_e6,
    auc_high_e6, lift_e6, lift_low_e6, lift_high_e6, brier_e6, brier_low_e6, brier_high_e6, log_score_e6,
    log_score_low_e6, log_score_high_e6, lost_value_e6, lost_value_low_e6, lost_value_high_e6, flagged, false_alarms_e6)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23, $24,
    $25, $26);

-- name: backup_read_app_user
-- The table.
-- row: id int, login text, name text, role int, rep_id int, email text, password text, totp text, totp_step int
-- row: must_totp int, lang text, theme text, feed text, made_us int, retired_us int, version int, manager_id int, phone text
SELECT id, login, name, role, rep_id, email, password, totp, totp_step, must_totp, lang, theme, feed, made_us,
    retired_us, version, manager_id, phone FROM app_user;

-- name: backup_write_app_user
-- A row of the table.
-- args: id int, login text, name text, role int, rep_id int, email text, password text, totp text, totp_step int
-- args: must_totp int, lang text, theme text, feed text, made_us int, retired_us int, version int, manager_id int, phone text
INSERT INTO app_user (id, login, name, role, rep_id, email, password, totp, totp_step, must_totp, lang, theme, feed,
    made_us, retired_us, version, manager_id, phone)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18);

-- name: backup_read_app_session
-- The table.
-- row: hash text, user_id int, step int, made_us int, seen_us int, address text, agent text
SELECT hash, user_id, step, made_us, seen_us, address, agent FROM app_session;

-- name: backup_write_app_session
-- A row of the table.
-- args: hash text, user_id int, step int, made_us int, seen_us int, address text, agent text
INSERT INTO app_session (hash, user_id, step, made_us, seen_us, address, agent)
VALUES ($1, $2, $3, $4, $5, $6, $7);

-- name: backup_read_signin_link
-- The table.
-- row: hash text, user_id int, ends_us int
SELECT hash, user_id, ends_us FROM signin_link;

-- name: backup_write_signin_link
-- A row of the table.
-- args: hash text, user_id int, ends_us int
INSERT INTO signin_link (hash, user_id, ends_us)
VALUES ($1, $2, $3);

-- name: backup_read_signin_guess
-- The table.
-- row: subject text, wrong int, last_us int, until_us int
SELECT subject, wrong, last_us, until_us FROM signin_guess;

-- name: backup_write_signin_guess
-- A row of the table.
-- args: subject text, wrong int, last_us int, until_us int
INSERT INTO signin_guess (subject, wrong, last_us, until_us)
VALUES ($1, $2, $3, $4);

-- name: backup_read_choice
-- The table.
-- row: id int, kind int, name text, owner text, preventable int, argument text, made_us int
-- row: retired_us int, version int
SELECT id, kind, name, owner, preventable, argument, made_us, retired_us, version FROM choice;

-- name: backup_write_choice
-- A row of the table.
-- args: id int, kind int, name text, owner text, preventable int, argument text, made_us int
-- args: retired_us int, version int
INSERT INTO choice (id, kind, name, owner, preventable, argument, made_us, retired_us, version)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9);

-- name: backup_read_action
-- The table.
-- row: id int, choice_id int, what text, owner text, due_on int, state int, done_on int?, effect text, token text
-- row: made_us int, retired_us int, version int
SELECT id, choice_id, what, owner, due_on, state, done_on, effect, token, made_us, retired_us, version FROM action;

-- name: backup_write_action
-- A row of the table.
-- args: id int, choice_id int, what text, owner text, due_on int, state int, done_on int?, effect text, token text
-- args: made_us int, retired_us int, version int
INSERT INTO action (id, choice_id, what, owner, due_on, state, done_on, effect, token, made_us, retired_us, version)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12);

-- name: backup_read_template
-- The table.
-- row: id int, name text, lang text, subject text, body text, offer int, offer_text text, offer_until int?, token text
-- row: made_us int, retired_us int, version int, gateway_id int
SELECT id, name, lang, subject, body, offer, offer_text, offer_until, token, made_us, retired_us, version, gateway_id FROM template;

-- name: backup_write_template
-- A row of the table.
-- args: id int, name text, lang text, subject text, body text, offer int, offer_text text, offer_until int?, token text
-- args: made_us int, retired_us int, version int, gateway_id int
INSERT INTO template (id, name, lang, subject, body, offer, offer_text, offer_until, token, made_us, retired_us, version,
    gateway_id)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13);

-- name: backup_read_mailing
-- The table.
-- row: id int, template_id int, name text, subject text, body text, offer int, offer_text text, offer_until int?
-- row: user_id int, one int, asked int, customers int, left_out int, day int, token text, made_us int, off_us int, off_by text
-- row: gateway_id int
SELECT id, template_id, name, subject, body, offer, offer_text, offer_until, user_id, one, asked, customers, left_out, day,
    token, made_us, off_us, off_by, gateway_id
FROM mailing;

-- name: backup_write_mailing
-- A row of the table.
-- args: id int, template_id int, name text, subject text, body text, offer int, offer_text text, offer_until int?
-- args: user_id int, one int, asked int, customers int, left_out int, day int, token text, made_us int, off_us int, off_by text
-- args: gateway_id int
INSERT INTO mailing (id, template_id, name, subject, body, offer, offer_text, offer_until, user_id, one, asked, customers, left_out, day,
    token, made_us, off_us, off_by, gateway_id)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19);

-- name: backup_read_mailing_mark
-- The table.
-- row: message_id int, kind int, url text, first_us int, last_us int, times int
SELECT message_id, kind, url, first_us, last_us, times FROM mailing_mark;

-- name: backup_write_mailing_mark
-- A row of the table.
-- args: message_id int, kind int, url text, first_us int, last_us int, times int
INSERT INTO mailing_mark (message_id, kind, url, first_us, last_us, times) VALUES ($1, $2, $3, $4, $5, $6);

-- name: backup_read_upload
-- The table.
-- row: id int, kind int, state int, who text, made_us int, started_us int, ended_us int, import_id int, said text, told text
-- row: place text, token text
SELECT id, kind, state, who, made_us, started_us, ended_us, import_id, said, told, place, token FROM upload;

-- name: backup_write_upload
-- A row of the table.
-- args: id int, kind int, state int, who text, made_us int, started_us int, ended_us int, import_id int, said text, told text
-- args: place text, token text
INSERT INTO upload (id, kind, state, who, made_us, started_us, ended_us, import_id, said, told, place, token)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12);

-- name: backup_read_upload_file
-- The table.
-- row: upload_id int, seq int, name text, stored text, bytes int
SELECT upload_id, seq, name, stored, bytes FROM upload_file;

-- name: backup_write_upload_file
-- A row of the table.
-- args: upload_id int, seq int, name text, stored text, bytes int
INSERT INTO upload_file (upload_id, seq, name, stored, bytes) VALUES ($1, $2, $3, $4, $5);

-- name: backup_read_person
-- The table.
-- row: id int, customer_id int, name text, position text, phone text, email text, consent_phone int
-- row: consent_email int, consent_on int?, consent_source text, token text, made_us int, retired_us int
-- row: version int
SELECT id, customer_id, name, position, phone, email, consent_phone, consent_email, consent_on, consent_source,
    token, made_us, retired_us, version FROM person;

-- name: backup_write_person
-- A row of the table.
-- args: id int, customer_id int, name text, position text, phone text, email text, consent_phone int
-- args: consent_email int, consent_on int?, consent_source text, token text, made_us int, retired_us int
-- args: version int
INSERT INTO person (id, customer_id, name, position, phone, email, consent_phone, consent_email, consent_on,
    consent_source, token, made_us, retired_us, version)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14);

-- name: backup_read_contact
-- The table.
-- row: id int, customer_id int, user_id int, person_id int, at_us int, day int, channel int, outcome int
-- row: occurrence_id int, reason_id int, objection_id int, worklist_id int, appointment_id int, value_cents int?
-- row: note text, token text, made_us int
SELECT id, customer_id, user_id, person_id, at_us, day, channel, outcome, occurrence_id, reason_id, objection_id,
    worklist_id, appointment_id, value_cents, note, token, made_us FROM contact;

-- name: backup_write_contact
-- A row of the table.
-- args: id int, customer_id int, user_id int, person_id int, at_us int, day int, channel int, outcome int
-- args: occurrence_id int, reason_id int, objection_id int, worklist_id int, appointment_id int, value_cents int?
-- args: note text, token text, made_us int
INSERT INTO contact (id, customer_id, user_id, person_id, at_us, day, channel, outcome, occurrence_id, reason_id,
    objection_id, worklist_id, appointment_id, value_cents, note, token, made_us)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17);

-- name: backup_read_appointment
-- The table.
-- row: id int, customer_id int, user_id int, day int, minute int, channel int, note text, state int, contact_id int
-- row: token text, made_us int, changed_us int, version int
SELECT id, customer_id, user_id, day, minute, channel, note, state, contact_id, token, made_us, changed_us, version FROM appointment;

-- name: backup_write_appointment
-- A row of the table.
-- args: id int, customer_id int, user_id int, day int, minute int, channel int, note text, state int
-- args: contact_id int, token text, made_us int, changed_us int, version int
INSERT INTO appointment (id, customer_id, user_id, day, minute, channel, note, state, contact_id, token, made_us,
    changed_us, version)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13);

-- name: backup_read_customer_note
-- The table.
-- row: id int, customer_id int, user_id int, at_us int, text text, token text, retired_us int, version int
SELECT id, customer_id, user_id, at_us, text, token, retired_us, version FROM customer_note;

-- name: backup_write_customer_note
-- A row of the table.
-- args: id int, customer_id int, user_id int, at_us int, text text, token text, retired_us int, version int
INSERT INTO customer_note (id, customer_id, user_id, at_us, text, token, retired_us, version)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8);

-- name: backup_read_memo
-- The table.
-- row: id int, user_id int, customer_id int, answers int, aim int, aimed text, day int, text text, text_fold text, token text
-- row: made_us int, taken_us int
SELECT id, user_id, customer_id, answers, aim, aimed, day, text, text_fold, token, made_us, taken_us FROM memo;

-- name: backup_write_memo
-- A row of the table.
-- args: id int, user_id int, customer_id int, answers int, aim int, aimed text, day int, text text, text_fold text, token text
-- args: made_us int, taken_us int
INSERT INTO memo (id, user_id, customer_id, answers, aim, aimed, day, text, text_fold, token, made_us, taken_us)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12);

-- name: backup_read_memo_reader
-- The table.
-- row: user_id int, day int, memo_id int, read_us int, archived_us int
SELECT user_id, day, memo_id, read_us, archived_us FROM memo_reader;

-- name: backup_write_memo_reader
-- A row of the table.
-- args: user_id int, day int, memo_id int, read_us int, archived_us int
INSERT INTO memo_reader (user_id, day, memo_id, read_us, archived_us) VALUES ($1, $2, $3, $4, $5);

-- name: backup_read_tag
-- The table.
-- row: id int, name text, made_us int, retired_us int, version int
SELECT id, name, made_us, retired_us, version FROM tag;

-- name: backup_write_tag
-- A row of the table.
-- args: id int, name text, made_us int, retired_us int, version int
INSERT INTO tag (id, name, made_us, retired_us, version)
VALUES ($1, $2, $3, $4, $5);

-- name: backup_read_customer_tag
-- The table.
-- row: customer_id int, tag_id int
SELECT customer_id, tag_id FROM customer_tag;

-- name: backup_write_customer_tag
-- A row of the table.
-- args: customer_id int, tag_id int
INSERT INTO customer_tag (customer_id, tag_id)
VALUES ($1, $2);

-- name: backup_read_saved_view
-- The table.
-- row: id int, user_id int, name text, query text, shared int, made_us int, retired_us int, version int
SELECT id, user_id, name, query, shared, made_us, retired_us, version FROM saved_view;

-- name: backup_write_saved_view
-- A row of the table.
-- args: id int, user_id int, name text, query text, shared int, made_us int, retired_us int, version int
INSERT INTO saved_view (id, user_id, name, query, shared, made_us, retired_us, version)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8);

-- name: backup_read_view_choice
-- The table.
-- row: user_id int, view_id int, pinned int, first int
SELECT user_id, view_id, pinned, first FROM view_choice;

-- name: backup_write_view_choice
-- A row of the table.
-- args: user_id int, view_id int, pinned int, first int
INSERT INTO view_choice (user_id, view_id, pinned, first)
VALUES ($1, $2, $3, $4);

-- name: backup_read_worklist
-- The table.
-- row: id int, name text, query text, capacity int, starts_on int, ends_on int?, script text, user_id int
-- row: made_us int, retired_us int, version int
SELECT id, name, query, capacity, starts_on, ends_on, script, user_id, made_us, retired_us, version FROM worklist;

-- name: backup_write_worklist
-- A row of the table.
-- args: id int, name text, query text, capacity int, starts_on int, ends_on int?, script text, user_id int
-- args: made_us int, retired_us int, version int
INSERT INTO worklist (id, name, query, capacity, starts_on, ends_on, script, user_id, made_us, retired_us, version)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11);

-- name: backup_read_worklist_user
-- The table.
-- row: worklist_id int, user_id int
SELECT worklist_id, user_id FROM worklist_user;

-- name: backup_write_worklist_user
-- A row of the table.
-- args: worklist_id int, user_id int
INSERT INTO worklist_user (worklist_id, user_id)
VALUES ($1, $2);

-- name: backup_read_worklist_customer
-- The table.
-- row: worklist_id int, customer_id int
SELECT worklist_id, customer_id FROM worklist_customer;

-- name: backup_write_worklist_customer
-- A row of the table.
-- args: worklist_id int, customer_id int
INSERT INTO worklist_customer (worklist_id, customer_id)
VALUES ($1, $2);

-- name: backup_read_worklist_skip
-- The table.
-- row: worklist_id int, customer_id int, user_id int, until_on int, why text
SELECT worklist_id, customer_id, user_id, until_on, why FROM worklist_skip;

-- name: backup_write_worklist_skip
-- A row of the table.
-- args: worklist_id int, customer_id int, user_id int, until_on int, why text
INSERT INTO worklist_skip (worklist_id, customer_id, user_id, until_on, why)
VALUES ($1, $2, $3, $4, $5);

-- name: backup_read_customer_hold
-- The table.
-- row: customer_id int, user_id int, until_us int
SELECT customer_id, user_id, until_us FROM customer_hold;

-- name: backup_write_customer_hold
-- A row of the table.
-- args: customer_id int, user_id int, until_us int
INSERT INTO customer_hold (customer_id, user_id, until_us)
VALUES ($1, $2, $3);

-- name: backup_read_api_token
-- The table.
-- row: id int, name text, hash text, user_id int, grants text, rate int, made_us int, made_by text, seen_us int, expires_us int
-- row: retired_us int
SELECT id, name, hash, user_id, grants, rate, made_us, made_by, seen_us, expires_us, retired_us FROM api_token;

-- name: backup_write_api_token
-- A row of the table.
-- args: id int, name text, hash text, user_id int, grants text, rate int, made_us int, made_by text, seen_us int, expires_us int
-- args: retired_us int
INSERT INTO api_token (id, name, hash, user_id, grants, rate, made_us, made_by, seen_us, expires_us, retired_us)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11);

-- name: backup_read_api_answer
-- The table.
-- row: token_id int, key text, digest text, status int, etag text, body text, made_us int
SELECT token_id, key, digest, status, etag, body, made_us FROM api_answer;

-- name: backup_write_api_answer
-- A row of the table.
-- args: token_id int, key text, digest text, status int, etag text, body text, made_us int
INSERT INTO api_answer (token_id, key, digest, status, etag, body, made_us)
VALUES ($1, $2, $3, $4, $5, $6, $7);

-- name: backup_read_suppression
-- The table.
-- row: id int, kind int, hash int, channel int, source int, day int, until_on int?, note text, shown text, who text
-- row: made_us int, lifted_us int, lifted_by text, lifted_why text, token text
SELECT id, kind, hash, channel, source, day, until_on, note, shown, who, made_us, lifted_us, lifted_by, lifted_why, token
FROM suppression;

-- name: backup_write_suppression
-- A row of the table.
-- args: id int, kind int, hash int, channel int, source int, day int, until_on int?, note text, shown text, who text
-- args: made_us int, lifted_us int, lifted_by text, lifted_why text, token text
INSERT INTO suppression (id, kind, hash, channel, source, day, until_on, note, shown, who, made_us, lifted_us, lifted_by, lifted_why, token)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15);

-- name: backup_read_block_list
-- The table.
-- row: state text, day int, entries int, refused int, hits int, file text, who text, made_us int
SELECT state, day, entries, refused, hits, file, who, made_us FROM block_list;

-- name: backup_write_block_list
-- A row of the table.
-- args: state text, day int, entries int, refused int, hits int, file text, who text, made_us int
INSERT INTO block_list (state, day, entries, refused, hits, file, who, made_us)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8);

-- name: backup_read_block_number
-- The table.
-- row: state text, hash int
SELECT state, hash FROM block_number;

-- name: backup_write_block_number
-- A row of the table.
-- args: state text, hash int
INSERT INTO block_number (state, hash)
VALUES ($1, $2);

-- name: backup_read_transfer
-- Every row of transfer.
-- row: id int, state int, day int, rep_id int, along int, reason text, said text, who text, made_us int, done_us int, ended_us int, ended_by text, import_id int, token text
SELECT id, state, day, rep_id, along, reason, said, who, made_us, done_us, ended_us, ended_by, import_id, token FROM transfer;

-- name: backup_write_transfer
-- One row of transfer.
-- args: id int, state int, day int, rep_id int, along int, reason text, said text, who text, made_us int, done_us int, ended_us int, ended_by text, import_id int, token text
INSERT INTO transfer (id, state, day, rep_id, along, reason, said, who, made_us, done_us, ended_us, ended_by, import_id, token)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14);

-- name: backup_read_transfer_customer
-- Every row of transfer_customer.
-- row: transfer_id int, customer_id int, from_rep_id int, moved int
SELECT transfer_id, customer_id, from_rep_id, moved FROM transfer_customer;

-- name: backup_write_transfer_customer
-- One row of transfer_customer.
-- args: transfer_id int, customer_id int, from_rep_id int, moved int
INSERT INTO transfer_customer (transfer_id, customer_id, from_rep_id, moved)
VALUES ($1, $2, $3, $4);

-- name: backup_read_transfer_along
-- Every row of transfer_along.
-- row: transfer_id int, kind int, item_id int, customer_id int, from_user int, to_user int
SELECT transfer_id, kind, item_id, customer_id, from_user, to_user FROM transfer_along;

-- name: backup_write_transfer_along
-- One row of transfer_along.
-- args: transfer_id int, kind int, item_id int, customer_id int, from_user int, to_user int
INSERT INTO transfer_along (transfer_id, kind, item_id, customer_id, from_user, to_user)
VALUES ($1, $2, $3, $4, $5, $6);

-- name: backup_read_webhook
-- The table.
-- row: id int, name text, url text, secret text, topics int, lang text, state int, why text, made_us int
-- row: made_by text, version int, lease_us int, wait_us int, fails int, failing_us int, told_us int, token text
SELECT id, name, url, secret, topics, lang, state, why, made_us,
    made_by, version, lease_us, wait_us, fails, failing_us, told_us, token FROM webhook;

-- name: backup_write_webhook
-- A row of the table.
-- args: id int, name text, url text, secret text, topics int, lang text, state int, why text, made_us int
-- args: made_by text, version int, lease_us int, wait_us int, fails int, failing_us int, told_us int, token text
INSERT INTO webhook (id, name, url, secret, topics, lang, state, why, made_us,
    made_by, version, lease_us, wait_us, fails, failing_us, told_us, token)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17);

-- name: backup_read_webhook_event
-- The table.
-- row: id int, name text, kind int, subject int, occasion int, at_us int, was int, became int, day int
-- row: many int
SELECT id, name, kind, subject, occasion, at_us, was, became, day, many FROM webhook_event;

-- name: backup_write_webhook_event
-- A row of the table.
-- args: id int, name text, kind int, subject int, occasion int, at_us int, was int, became int, day int
-- args: many int
INSERT INTO webhook_event (id, name, kind, subject, occasion, at_us, was, became, day, many)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10);

-- name: backup_read_webhook_delivery
-- The table.
-- row: id int, webhook_id int, event_id int, state int, tries int, tries_left int, due_us int, tried_us int, status int
-- row: fault text, answer text, ms int
SELECT id, webhook_id, event_id, state, tries, tries_left, due_us,
    tried_us, status, fault, answer, ms FROM webhook_delivery;

-- name: backup_write_webhook_delivery
-- A row of the table.
-- args: id int, webhook_id int, event_id int, state int, tries int, tries_left int, due_us int, tried_us int, status int
-- args: fault text, answer text, ms int
INSERT INTO webhook_delivery (id, webhook_id, event_id, state, tries, tries_left, due_us,
    tried_us, status, fault, answer, ms)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12);

-- name: backup_read_webhook_told
-- The table.
-- row: customer_id int, status int, ended_on int
SELECT customer_id, status, ended_on FROM webhook_told;

-- name: backup_write_webhook_told
-- A row of the table.
-- args: customer_id int, status int, ended_on int
INSERT INTO webhook_told (customer_id, status, ended_on)
VALUES ($1, $2, $3);

-- name: backup_read_duplicate_merge
-- Out of the table duplicate_merge.
-- row: customer_id int, into_id int, main_id int, who text, made_us int
SELECT customer_id, into_id, main_id, who, made_us
FROM duplicate_merge ORDER BY customer_id; -- no nulls

-- name: backup_write_duplicate_merge
-- Into the table duplicate_merge.
-- args: customer_id int, into_id int, main_id int, who text, made_us int
INSERT INTO duplicate_merge (customer_id, into_id, main_id, who, made_us)
VALUES ($1, $2, $3, $4, $5);

-- name: backup_read_duplicate_absorbed
-- Out of the table duplicate_absorbed.
-- row: id int, code text, company_id int, rep_id int, segment_id int, region_id int, city_id int, closed_on int?
-- row: last_contact int?, name text, name_fold text, tax_id text, phone text, email text, registered_on int?
-- row: credit_cents int?, blocked int?, place int?
SELECT id, code, company_id, rep_id, segment_id, region_id, city_id, closed_on, last_contact, name, name_fold, tax_id,
    phone, email, registered_on, credit_cents, blocked, place
FROM duplicate_absorbed ORDER BY id; -- no nulls

-- name: backup_write_duplicate_absorbed
-- Into the table duplicate_absorbed.
-- args: id int, code text, company_id int, rep_id int, segment_id int, region_id int, city_id int, closed_on int?
-- args: last_contact int?, name text, name_fold text, tax_id text, phone text, email text, registered_on int?
-- args: credit_cents int?, blocked int?, place int?
INSERT INTO duplicate_absorbed (id, code, company_id, rep_id, segment_id, region_id, city_id, closed_on, last_contact,
    name, name_fold, tax_id, phone, email, registered_on, credit_cents, blocked, place)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18);

-- name: backup_read_duplicate_moved
-- Out of the table duplicate_moved.
-- row: customer_id int, what int, row_id int, was text
SELECT customer_id, what, row_id, was
FROM duplicate_moved ORDER BY customer_id, what, row_id; -- no nulls

-- name: backup_write_duplicate_moved
-- Into the table duplicate_moved.
-- args: customer_id int, what int, row_id int, was text
INSERT INTO duplicate_moved (customer_id, what, row_id, was)
VALUES ($1, $2, $3, $4);

-- name: backup_read_duplicate_apart
-- Out of the table duplicate_apart.
-- row: a_id int, b_id int, who text, made_us int
SELECT a_id, b_id, who, made_us
FROM duplicate_apart ORDER BY a_id, b_id; -- no nulls

-- name: backup_write_duplicate_apart
-- Into the table duplicate_apart.
-- args: a_id int, b_id int, who text, made_us int
INSERT INTO duplicate_apart (a_id, b_id, who, made_us)
VALUES ($1, $2, $3, $4);

-- name: backup_read_duplicate_pair
-- Out of the table duplicate_pair.
-- row: a_id int, b_id int, kinds int, strength_e4 int, likeness_e4 int
SELECT a_id, b_id, kinds, strength_e4, likeness_e4
FROM duplicate_pair ORDER BY a_id, b_id; -- no nulls

-- name: backup_write_duplicate_pair
-- Into the table duplicate_pair.
-- args: a_id int, b_id int, kinds int, strength_e4 int, likeness_e4 int
INSERT INTO duplicate_pair (a_id, b_id, kinds, strength_e4, likeness_e4)
VALUES ($1, $2, $3, $4, $5);

-- name: backup_read_duplicate_run
-- Out of the table duplicate_run.
-- row: made_us int, facts int, customers int, found int
SELECT made_us, facts, customers, found
FROM duplicate_run ORDER BY made_us; -- no nulls

-- name: backup_write_duplicate_run
-- Into the table duplicate_run.
-- args: made_us int, facts int, customers int, found int
INSERT INTO duplicate_run (made_us, facts, customers, found)
VALUES ($1, $2, $3, $4);

-- name: backup_read_erasure
-- The table.
-- row: code text, tax_hash int?, who text, made_us int, token text
SELECT code, tax_hash, who, made_us, token FROM erasure;

-- name: backup_write_erasure
-- A row of the table.
-- args: code text, tax_hash int?, who text, made_us int, token text
INSERT INTO erasure (code, tax_hash, who, made_us, token) VALUES ($1, $2, $3, $4, $5);

-- name: backup_read_message
-- The table.
-- row: id int, cause text, recipient text, day int, channel int, kind int, state int, user_id int, customer_id int
-- row: person_id int, from_user_id int, template_id int, gateway_id int, offer text, address text, name text
-- row: reply_to text, subject text, fold text, token text, header text, made_us int, due_us int, lease_us int
-- row: lease_by text, began_us int, sent_us int, read_us int, tries int, code int, why text, words text, version int
SELECT id, cause, recipient, day, channel, kind, state, user_id, customer_id, person_id, from_user_id, template_id,
    gateway_id, offer, address, name, reply_to, subject, fold, token, header, made_us, due_us, lease_us, lease_by,
    began_us, sent_us, read_us, tries, code, why, words, version
FROM message ORDER BY id; -- no nulls

-- name: backup_write_message
-- A row of the table.
-- args: id int, cause text, recipient text, day int, channel int, kind int, state int, user_id int, customer_id int
-- args: person_id int, from_user_id int, template_id int, gateway_id int, offer text, address text, name text
-- args: reply_to text, subject text, fold text, token text, header text, made_us int, due_us int, lease_us int
-- args: lease_by text, began_us int, sent_us int, read_us int, tries int, code int, why text, words text, version int
INSERT INTO message (id, cause, recipient, day, channel, kind, state, user_id, customer_id, person_id, from_user_id, template_id,
    gateway_id, offer, address, name, reply_to, subject, fold, token, header, made_us, due_us, lease_us, lease_by,
    began_us, sent_us, read_us, tries, code, why, words, version)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23, $24, $25, $26, $27, $28, $29, $30, $31, $32, $33);

-- name: backup_read_message_body
-- The table.
-- row: message_id int, text text, html text, picture blob
SELECT message_id, text, html, picture FROM message_body ORDER BY message_id; -- no nulls

-- name: backup_write_message_body
-- A row of the table.
-- args: message_id int, text text, html text, picture blob
INSERT INTO message_body (message_id, text, html, picture) VALUES ($1, $2, $3, $4);

-- name: backup_read_crossing
-- The table.
-- row: customer_id int, kind int, last_on int, due_on int, noted_on int, noted_us int, state int
SELECT customer_id, kind, last_on, due_on, noted_on, noted_us, state FROM crossing;

-- name: backup_write_crossing
-- A row of the table.
-- args: customer_id int, kind int, last_on int, due_on int, noted_on int, noted_us int, state int
INSERT INTO crossing (customer_id, kind, last_on, due_on, noted_on, noted_us, state)
VALUES ($1, $2, $3, $4, $5, $6, $7);

-- name: backup_read_alert
-- The table.
-- row: id int, name text, events int, ahead_days int, idle_days int, query text, recipients int, worklist_id int
-- row: layout int, channels int, schedule text, state int, from_on int, made_us int, made_by text, token text
-- row: retired_us int, version int, told_on int?, told_people int, gateway_id int
SELECT id, name, events, ahead_days, idle_days, query, recipients, worklist_id, layout, channels, schedule, state,
    from_on, made_us, made_by, token, retired_us, version, told_on, told_people, gateway_id FROM alert;

-- name: backup_write_alert
-- A row of the table.
-- args: id int, name text, events int, ahead_days int, idle_days int, query text, recipients int, worklist_id int
-- args: layout int, channels int, schedule text, state int, from_on int, made_us int, made_by text, token text
-- args: retired_us int, version int, told_on int?, told_people int, gateway_id int
INSERT INTO alert (id, name, events, ahead_days, idle_days, query, recipients, worklist_id, layout, channels,
    schedule, state, from_on, made_us, made_by, token, retired_us, version, told_on, told_people, gateway_id)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21);

-- name: backup_read_alert_user
-- The table.
-- row: alert_id int, user_id int
SELECT alert_id, user_id FROM alert_user;

-- name: backup_write_alert_user
-- A row of the table.
-- args: alert_id int, user_id int
INSERT INTO alert_user (alert_id, user_id)
VALUES ($1, $2);

-- name: backup_read_alert_told
-- The table.
-- row: customer_id int, alert_id int, user_id int, event int, last_on int, told_on int
SELECT customer_id, alert_id, user_id, event, last_on, told_on FROM alert_told;

-- name: backup_write_alert_told
-- A row of the table.
-- args: customer_id int, alert_id int, user_id int, event int, last_on int, told_on int
INSERT INTO alert_told (customer_id, alert_id, user_id, event, last_on, told_on)
VALUES ($1, $2, $3, $4, $5, $6);

-- name: backup_read_job
-- The table.
-- row: id int, name text, schedule text, state int, due_us int, wait_us int, tries int, asked_us int, asked_by text
-- row: lease_us int, lease_by text, done_us int, version int
SELECT id, name, schedule, state, due_us, wait_us, tries, asked_us, asked_by, lease_us, lease_by, done_us, version FROM job;

-- name: backup_write_job
-- A row of the table.
-- args: id int, name text, schedule text, state int, due_us int, wait_us int, tries int, asked_us int, asked_by text
-- args: lease_us int, lease_by text, done_us int, version int
INSERT INTO job (id, name, schedule, state, due_us, wait_us, tries, asked_us, asked_by, lease_us, lease_by, done_us, version)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13);

-- name: backup_read_job_run
-- The table.
-- row: id int, job_id int, due_us int, missed int, asked_by text, began_us int, ended_us int, result int, said text
SELECT id, job_id, due_us, missed, asked_by, began_us, ended_us, result, said FROM job_run;

-- name: backup_write_job_run
-- A row of the table.
-- args: id int, job_id int, due_us int, missed int, asked_by text, began_us int, ended_us int, result int, said text
INSERT INTO job_run (id, job_id, due_us, missed, asked_by, began_us, ended_us, result, said)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9);

-- name: backup_read_holiday
-- The table.
-- row: id int, name text, kind int, at int, worked int, token text, made_us int, retired_us int, version int
SELECT id, name, kind, at, worked, token, made_us, retired_us, version FROM holiday;

-- name: backup_write_holiday
-- A row of the table.
-- args: id int, name text, kind int, at int, worked int, token text, made_us int, retired_us int, version int
INSERT INTO holiday (id, name, kind, at, worked, token, made_us, retired_us, version)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9);

-- name: backup_read_bounce
-- The table.
-- row: id int, mark text, seen_us int, kind int, result int, ended int, message_id int
-- row: hash int, address text, status text, said text, sender text, subject text, text text, fold text
SELECT id, mark, seen_us, kind, result, ended, message_id, hash, address, status, said, sender,
    subject, text, fold
FROM bounce ORDER BY id; -- no nulls

-- name: backup_write_bounce
-- A row of the table.
-- args: id int, mark text, seen_us int, kind int, result int, ended int, message_id int
-- args: hash int, address text, status text, said text, sender text, subject text, text text, fold text
INSERT INTO bounce (id, mark, seen_us, kind, result, ended, message_id, hash, address, status, said,
    sender, subject, text, fold)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15);

-- name: backup_read_gateway
-- The table.
-- row: id int, name text, url text, headers text, body text, form int, secret text, expects text, per_minute int, state int
-- row: made_us int, made_by text, token text, version int
SELECT id, name, url, headers, body, form, secret, expects, per_minute, state, made_us, made_by, token, version FROM gateway;

-- name: backup_write_gateway
-- A row of the table.
-- args: id int, name text, url text, headers text, body text, form int, secret text, expects text, per_minute int, state int
-- args: made_us int, made_by text, token text, version int
INSERT INTO gateway (id, name, url, headers, body, form, secret, expects, per_minute, state, made_us, made_by, token, version)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14);

-- name: backup_read_turn
-- The table.
-- row: name text, who text, until_us int
SELECT name, who, until_us FROM turn;

-- name: backup_write_turn
-- A row of the table.
-- args: name text, who text, until_us int
INSERT INTO turn (name, who, until_us)
VALUES ($1, $2, $3);
