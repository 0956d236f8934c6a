-- SPDX-License-Identifier: Apache-2.0
-- Attempts to talk to customers.

-- name: contact_add
-- One attempt.
-- args: id int, customer_id int, user_id int, person_id int, at_us int, day int, channel int, outcome int
-- args: occurrence_id int, reason_id int, objection_id int, worklist_id int, appointment_id int, value_cents int?
-- args: note text, token text, made_us int
INSERT INTO contact (id, customer_id, user_id, person_id, at_us, day, channel, outcome, occurrence_id, reason_id,
    objection_id, worklist_id, appointment_id, value_cents, note, token, made_us)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17);

-- name: contact_find_token
-- What a form made.
-- args: customer_id int, token text
-- row: id int, customer_id int, user_id int, person_id int, at_us int, day int, channel int, outcome int
-- row: occurrence_id int, reason_id int, objection_id int, worklist_id int, appointment_id int, value_cents int?
-- row: note text, token text, made_us int
SELECT id, customer_id, user_id, person_id, at_us, day, channel, outcome, occurrence_id, reason_id, objection_id,
    worklist_id, appointment_id, value_cents, note, token, made_us
FROM contact WHERE customer_id = $1 AND token = $2;

-- name: contact_list
-- A customer's, the newest first, with the names behind the numbers.
-- args: customer_id int, contacts int
-- row: id int, customer_id int, user_id int, person_id int, at_us int, day int, channel int, outcome int
-- row: occurrence_id int, reason_id int, objection_id int, worklist_id int, appointment_id int, value_cents int?
-- row: note text, token text, made_us int
-- row: user_name text, person_name text, occurrence text, reason text, objection text, worklist text
SELECT c.id, c.customer_id, c.user_id, c.person_id, c.at_us, c.day, c.channel, c.outcome, c.occurrence_id, c.reason_id,
    c.objection_id, c.worklist_id, c.appointment_id, c.value_cents, c.note, c.token, c.made_us,
    coalesce(u.name, '') AS user_name, coalesce(p.name, '') AS person_name, coalesce(o.name, '') AS occurrence,
    coalesce(r.name, '') AS reason, coalesce(j.name, '') AS objection, coalesce(w.name, '') AS worklist
FROM contact c
LEFT JOIN app_user u ON u.id = c.user_id
LEFT JOIN person p ON p.customer_id = c.customer_id AND p.id = c.person_id
LEFT JOIN choice o ON o.id = c.occurrence_id
LEFT JOIN choice r ON r.id = c.reason_id
LEFT JOIN choice j ON j.id = c.objection_id
LEFT JOIN worklist w ON w.id = c.worklist_id
WHERE c.customer_id = $1
ORDER BY c.at_us DESC, c.id DESC -- no nulls
LIMIT $2;

-- name: contact_in_vain
-- Tries without an answer (outcome 4) since somebody last answered.
-- args: customer_id int
-- row: n int
SELECT count(*) AS n FROM contact
WHERE customer_id = $1 AND outcome = 4
    AND at_us > (SELECT coalesce(max(a.at_us), -1) FROM contact a WHERE a.customer_id = $1 AND a.outcome <> 4);

-- name: contact_last_put
-- The customer was talked to on this day, unless a later one is known.
-- args: customer_id int, day int
UPDATE customer SET last_contact = $2 WHERE id = $1 AND (last_contact IS NULL OR last_contact < $2);

-- name: contact_check
-- How many there are of what a contact names: each is 1 when it is there.
-- args: customer_id int, person_id int, occurrence_id int, reason_id int, objection_id int, worklist_id int
-- args: appointment_id int
-- row: person int, occurrence int, reason int, objection int, worklist int, appointment int
SELECT (SELECT count(*) FROM person WHERE customer_id = $1 AND id = $2) AS person,
    (SELECT count(*) FROM choice WHERE id = $3 AND kind = 3) AS occurrence,
    (SELECT count(*) FROM choice WHERE id = $4 AND kind = 1) AS reason,
    (SELECT count(*) FROM choice WHERE id = $5 AND kind = 2) AS objection,
    (SELECT count(*) FROM worklist WHERE id = $6) AS worklist,
    (SELECT count(*) FROM appointment WHERE customer_id = $1 AND id = $7) AS appointment;
