-- SPDX-License-Identifier: Apache-2.0
-- Erasing the personal data of a customer: what is known of it, taking it away, and keeping it away (src/store/erasure.c).
--
-- customer_id is that of a customer which stands; who was merged into it is erased with it.

-- name: erasure_count
-- What there is to be erased, and of what stays how much there is.
-- args: customer_id int
-- row: persons int, notes int, contacts int, appointments int, texts int, facts int, uploads int, documents int, value_cents int
SELECT (SELECT count(*) FROM person WHERE customer_id = $1 AND (name > '' OR phone > '' OR email > '')) AS persons,
    (SELECT count(*) FROM customer_note WHERE customer_id = $1 AND text > '') AS notes,
    (SELECT count(*) FROM contact WHERE customer_id = $1 AND note > '') AS contacts,
    (SELECT count(*) FROM appointment WHERE customer_id = $1 AND note > '') AS appointments,
    (SELECT count(*) FROM record WHERE customer_id = $1 AND text > '') AS texts,
    (SELECT count(*) FROM customer_fact WHERE (name > '' OR phone > '' OR email > '' OR place IS NOT NULL)
        AND customer_id IN (SELECT CAST($1 AS BIGINT) UNION ALL SELECT customer_id FROM duplicate_merge WHERE main_id = $1)) AS facts,
    (SELECT count(*) FROM upload WHERE state IN (1, 5)) AS uploads,
    (SELECT count(*) FROM document WHERE customer_id = $1) AS documents,
    (SELECT CAST(coalesce(sum(value_cents), 0) AS BIGINT) FROM document WHERE customer_id = $1) AS value_cents;

-- name: erasure_said
-- Every name and address it and the people there were ever known by; the customer's own and those of merged ones have their code.
-- args: customer_id int
-- row: code text, name text, phone text, email text, tax_id text
SELECT code, name, phone, email, tax_id FROM customer WHERE id = $1
UNION ALL
SELECT a.code, a.name, a.phone, a.email, a.tax_id FROM duplicate_absorbed a JOIN duplicate_merge m ON m.customer_id = a.id WHERE m.main_id = $1
UNION ALL
SELECT '', name, phone, email, tax_id FROM customer_fact
WHERE customer_id IN (SELECT CAST($1 AS BIGINT) UNION ALL SELECT customer_id FROM duplicate_merge WHERE main_id = $1)
UNION ALL
SELECT '', name, phone, email, '' FROM person WHERE customer_id = $1;

-- name: erasure_find
-- Was this code erased?
-- args: code text
-- row: made_us int, who text, token text
SELECT made_us, who, token FROM erasure WHERE code = $1;

-- name: erasure_list
-- All of them.
-- row: code text, tax_hash int?, who text, made_us int, token text
SELECT code, tax_hash, who, made_us, token FROM erasure
ORDER BY code; -- no nulls

-- name: erasure_has
-- Was it, by the id of a customer or of one merged into another?
-- args: customer_id int
-- row: id int
SELECT c.id FROM customer c JOIN erasure e ON e.code = c.code WHERE c.id = $1
UNION ALL
SELECT a.id FROM duplicate_absorbed a JOIN erasure e ON e.code = a.code WHERE a.id = $1;

-- name: erasure_ids
-- Those that are customers, or were merged into one.
-- row: id int
SELECT id FROM (
    SELECT c.id FROM erasure e JOIN customer c ON c.code = e.code
    UNION
    SELECT a.id FROM erasure e JOIN duplicate_absorbed a ON a.code = e.code
) AS erased
ORDER BY id; -- no nulls

-- name: erasure_put
-- This code was erased, maybe once more.
-- args: code text, tax_hash int?, who text, made_us int, token text
INSERT INTO erasure (code, tax_hash, who, made_us, token) VALUES ($1, $2, $3, $4, $5)
ON CONFLICT (code) DO UPDATE SET tax_hash = coalesce(excluded.tax_hash, erasure.tax_hash), who = excluded.who, made_us = excluded.made_us,
    token = excluded.token;

-- name: erasure_customer
-- The customer; the tax number stays, as its invoices are known by it.
-- args: customer_id int
UPDATE customer SET name = '', name_fold = '', phone = '', email = '', place = NULL WHERE id = $1;

-- name: erasure_absorbed
-- Those merged into it.
-- args: customer_id int
UPDATE duplicate_absorbed SET name = '', name_fold = '', phone = '', email = '', place = NULL
WHERE id IN (SELECT customer_id FROM duplicate_merge WHERE main_id = $1);

-- name: erasure_fact
-- What each import said.
-- args: customer_id int
UPDATE customer_fact SET name = '', phone = '', email = '', place = NULL
WHERE customer_id IN (SELECT CAST($1 AS BIGINT) UNION ALL SELECT customer_id FROM duplicate_merge WHERE main_id = $1);

-- name: erasure_person
-- The people there: their rows stay, empty and retired, as contacts point to them.
-- args: customer_id int, now_us int
UPDATE person SET name = '', position = '', phone = '', email = '', consent_phone = 0, consent_email = 0, consent_on = NULL,
    consent_source = '', retired_us = CASE WHEN retired_us = 0 THEN $2 ELSE retired_us END, version = version + 1
WHERE customer_id = $1;

-- name: erasure_contact
-- What was written of contacts.
-- args: customer_id int
UPDATE contact SET note = '' WHERE customer_id = $1 AND note > '';

-- name: erasure_appointment
-- And of appointments.
-- args: customer_id int, now_us int
UPDATE appointment SET note = '', changed_us = $2, version = version + 1 WHERE customer_id = $1 AND note > '';

-- name: erasure_note
-- Notes: empty and taken back.
-- args: customer_id int, now_us int
UPDATE customer_note SET text = '', retired_us = CASE WHEN retired_us = 0 THEN $2 ELSE retired_us END, version = version + 1
WHERE customer_id = $1;

-- name: erasure_memo
-- Memos about it: empty and taken back, and about nobody.
-- args: customer_id int, now_us int
UPDATE memo SET text = '', text_fold = '', customer_id = 0, taken_us = CASE WHEN taken_us = 0 THEN $2 ELSE taken_us END
WHERE customer_id > 0 AND customer_id = $1;

-- name: erasure_skip
-- Why it was put off.
-- args: customer_id int
UPDATE worklist_skip SET why = '' WHERE customer_id = $1;

-- name: erasure_record
-- Texts of titles, quotes and tickets.
-- args: customer_id int
UPDATE record SET text = '' WHERE customer_id = $1 AND text > '';

-- name: erasure_record_before
-- And of what imports overwrote of them.
-- args: customer_id int
UPDATE record_before SET text = ''
WHERE text > '' AND customer_id IN (SELECT CAST($1 AS BIGINT) UNION ALL SELECT customer_id FROM duplicate_merge WHERE main_id = $1);

-- name: erasure_pair
-- With whom it was found alike.
-- args: customer_id int
DELETE FROM duplicate_pair
WHERE a_id IN (SELECT CAST($1 AS BIGINT) UNION ALL SELECT customer_id FROM duplicate_merge WHERE main_id = $1)
    OR b_id IN (SELECT CAST($1 AS BIGINT) UNION ALL SELECT customer_id FROM duplicate_merge WHERE main_id = $1);

-- name: erasure_transfer
-- Why it was handed over, where it alone was.
-- args: customer_id int
UPDATE transfer SET reason = ''
WHERE id IN (SELECT transfer_id FROM transfer_customer WHERE customer_id = $1)
    AND NOT EXISTS (SELECT 1 FROM transfer_customer o WHERE o.transfer_id = transfer.id AND o.customer_id <> $1);

-- name: erasure_told_body
-- What users were told of it and of others by rules of alerts.
-- args: customer_id int
DELETE FROM message_body WHERE message_id IN (
    SELECT m.id FROM alert_told t
    JOIN message m ON m.cause = 'alert:' || CAST(t.alert_id AS TEXT) AND m.recipient = 'user:' || CAST(t.user_id AS TEXT) AND m.day = t.told_on
    WHERE t.customer_id IN (SELECT CAST($1 AS BIGINT) UNION ALL SELECT customer_id FROM duplicate_merge WHERE main_id = $1));

-- name: erasure_told
-- Their subjects, which name who stood first; what still waited is not sent.
-- args: customer_id int
UPDATE message SET subject = '', fold = '', words = '', version = version + 1,
    state = CASE WHEN state IN (1, 7) OR (state = 2 AND began_us = 0) THEN 6 ELSE state END
WHERE id IN (
    SELECT m.id FROM alert_told t
    JOIN message m ON m.cause = 'alert:' || CAST(t.alert_id AS TEXT) AND m.recipient = 'user:' || CAST(t.user_id AS TEXT) AND m.day = t.told_on
    WHERE t.customer_id IN (SELECT CAST($1 AS BIGINT) UNION ALL SELECT customer_id FROM duplicate_merge WHERE main_id = $1));

-- name: erasure_mark
-- What was opened and clicked there.
-- args: customer_id int
DELETE FROM mailing_mark WHERE message_id IN (SELECT id FROM message WHERE customer_id = $1);

-- name: erasure_message_body
-- What was written to it and to the people there.
-- args: customer_id int
DELETE FROM message_body WHERE message_id IN (SELECT id FROM message WHERE customer_id = $1);

-- name: erasure_message
-- And to whom; what still waited is not sent. That something was sent, when and why, stays.
-- args: customer_id int
UPDATE message SET address = '', name = '', subject = '', fold = '', reply_to = '', words = '', version = version + 1,
    state = CASE WHEN state IN (1, 7) OR (state = 2 AND began_us = 0) THEN 6 ELSE state END
WHERE customer_id = $1;

-- name: erasure_bounce
-- What came back of it.
-- args: customer_id int
UPDATE bounce SET address = '', said = '', sender = '', subject = '', text = '', fold = ''
WHERE message_id IN (SELECT id FROM message WHERE customer_id = $1);

-- name: erasure_audit
-- What the trail says of it; that something was done, by whom and when, stays..
-- args: code text
UPDATE audit SET before_text = '', after_text = '' WHERE subject = $1 AND what NOT IN ('erase', 'held');

-- name: erasure_upload
-- Files that wait to be looked at, or were refused, are put away.
-- args: now_us int
UPDATE upload SET state = 6, ended_us = $1 WHERE state IN (1, 5);

-- name: erasure_suppression
-- Entries of the list for an address keep its hash alone.
-- args: hash int
UPDATE suppression SET shown = '', note = '', lifted_why = '' WHERE hash = $1;

-- Texts that may hold a name or an address of anybody: looked through whole, and emptied where they do. id and part are their key.

-- name: erasure_scan_audit
-- The trail.
-- row: id int, part text, one text, two text
SELECT id, '' AS part, before_text AS one, after_text AS two FROM audit WHERE what NOT IN ('erase', 'held');

-- name: erasure_wipe_audit
-- A line of it.
-- args: id int, part text
UPDATE audit SET before_text = '', after_text = '' WHERE id = $1 AND CAST($2 AS TEXT) = '';

-- name: erasure_scan_memo
-- Memos about nobody, or about others.
-- row: id int, part text, one text, two text
SELECT id, '' AS part, text AS one, '' AS two FROM memo WHERE text > '';

-- name: erasure_wipe_memo
-- One of them.
-- args: id int, part text
UPDATE memo SET text = '', text_fold = '' WHERE id = $1 AND CAST($2 AS TEXT) = '';

-- name: erasure_scan_reject
-- Rows that imports refused.
-- row: id int, part text, one text, two text
SELECT import_id AS id, CAST(seq AS TEXT) AS part, detail AS one, row_text AS two FROM import_reject;

-- name: erasure_wipe_reject
-- One of them.
-- args: id int, part text
UPDATE import_reject SET detail = '', row_text = '' WHERE import_id = $1 AND seq = CAST($2 AS BIGINT);

-- name: erasure_scan_answer
-- What other programs were answered.
-- row: id int, part text, one text, two text
SELECT token_id AS id, key AS part, body AS one, '' AS two FROM api_answer;

-- name: erasure_wipe_answer
-- One answer.
-- args: id int, part text
UPDATE api_answer SET body = '{}' WHERE token_id = $1 AND key = $2;

-- name: erasure_scan_delivery
-- What receivers of events answered.
-- row: id int, part text, one text, two text
SELECT id, '' AS part, answer AS one, '' AS two FROM webhook_delivery WHERE answer > '';

-- name: erasure_wipe_delivery
-- One answer.
-- args: id int, part text
UPDATE webhook_delivery SET answer = '' WHERE id = $1 AND CAST($2 AS TEXT) = '';

-- name: erasure_scan_transfer
-- Why portfolios were handed over.
-- row: id int, part text, one text, two text
SELECT id, '' AS part, reason AS one, said AS two FROM transfer;

-- name: erasure_wipe_transfer
-- One of them.
-- args: id int, part text
UPDATE transfer SET reason = '', said = '' WHERE id = $1 AND CAST($2 AS TEXT) = '';

-- name: erasure_scan_upload
-- What was told of files.
-- row: id int, part text, one text, two text
SELECT id, '' AS part, told AS one, '' AS two FROM upload WHERE told > '';

-- name: erasure_wipe_upload
-- Of one upload.
-- args: id int, part text
UPDATE upload SET told = '' WHERE id = $1 AND CAST($2 AS TEXT) = '';

-- name: erasure_scan_suppression
-- What was noted with addresses.
-- row: id int, part text, one text, two text
SELECT id, '' AS part, note AS one, lifted_why AS two FROM suppression;

-- name: erasure_wipe_suppression
-- With one of them.
-- args: id int, part text
UPDATE suppression SET note = '', lifted_why = '' WHERE id = $1 AND CAST($2 AS TEXT) = '';

-- name: erasure_scan_message
-- Subjects of messages, where tests went, and what servers said.
-- row: id int, part text, one text, two text
SELECT id, '' AS part, CASE WHEN kind = 2 THEN subject || ' ' || address ELSE subject END AS one, words AS two FROM message;

-- name: erasure_wipe_message
-- Of one message.
-- args: id int, part text
UPDATE message SET subject = '', fold = '', words = '', address = CASE WHEN kind = 2 THEN '' ELSE address END
WHERE id = $1 AND CAST($2 AS TEXT) = '';

-- name: erasure_scan_body
-- What messages said, to users too.
-- row: id int, part text, one text, two text
SELECT message_id AS id, '' AS part, text AS one, html AS two FROM message_body;

-- name: erasure_wipe_body
-- One message.
-- args: id int, part text
DELETE FROM message_body WHERE message_id = $1 AND CAST($2 AS TEXT) = '';

-- name: erasure_wipe_spoken
-- And its subject; what says nothing any more is not sent.
-- args: id int, part text
UPDATE message SET subject = '', fold = '', words = '', version = version + 1,
    state = CASE WHEN state IN (1, 7) OR (state = 2 AND began_us = 0) THEN 6 ELSE state END
WHERE id = $1 AND CAST($2 AS TEXT) = '';

-- name: erasure_scan_mailing
-- What was written to many.
-- row: id int, part text, one text, two text
SELECT id, '' AS part, subject AS one, body AS two FROM mailing WHERE body > '';

-- name: erasure_wipe_mailing
-- One of them.
-- args: id int, part text
UPDATE mailing SET subject = '', body = '' WHERE id = $1 AND CAST($2 AS TEXT) = '';

-- name: erasure_scan_bounce
-- What mail that came back says.
-- row: id int, part text, one text, two text
SELECT id, '' AS part, address || ' ' || said || ' ' || sender AS one, subject || ' ' || text AS two FROM bounce;

-- name: erasure_wipe_bounce
-- Of one mail.
-- args: id int, part text
UPDATE bounce SET address = '', said = '', sender = '', subject = '', text = '', fold = '' WHERE id = $1 AND CAST($2 AS TEXT) = '';

-- The file of the database is written anew, so that it holds nothing that was taken away.

-- only: sqlite
-- script: erasure_vacuum
-- All of it.
VACUUM;

-- only: pg
-- script: erasure_vacuum
-- The tables that held it.
VACUUM customer, duplicate_absorbed, customer_fact, person, contact, appointment, customer_note, memo, worklist_skip, record, record_before,
    transfer, audit, import_reject, api_answer, webhook_delivery, upload, suppression, message, message_body, mailing, mailing_mark, bounce, score_strip;

-- only: sqlite
-- name: erasure_log
-- And its log is emptied.
-- row: busy int, log int, checkpointed int
PRAGMA wal_checkpoint(TRUNCATE);

-- only: pg
-- name: erasure_log
-- Its log is the server's own.
-- row: busy int, log int, checkpointed int
SELECT CAST(0 AS BIGINT) AS busy, CAST(0 AS BIGINT) AS log, CAST(0 AS BIGINT) AS checkpointed;
