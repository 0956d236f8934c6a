-- SPDX-License-Identifier: Apache-2.0
-- What was logged and agreed with all customers, in the order it was written, for other programs.

-- name: ledger_contacts
-- Contacts logged after a place, in the portfolio of a rep (empty: anybody's), with the names behind the numbers.
-- args: made_us int, id int, rep text, contacts int
-- row: id int, customer_id int, user_id int, person_id int, at_us int, day int, channel int, outcome int
-- row: occurrence_id int, reason_id int, objection_id int, worklist_id int, appointment_id int, value_cents int?
-- row: note text, token text, made_us int
-- row: user_name text, person_name text, occurrence text, reason text, objection text, worklist text, code text
SELECT c.id, c.customer_id, c.user_id, c.person_id, c.at_us, c.day, c.channel, c.outcome, c.occurrence_id, c.reason_id,
    c.objection_id, c.worklist_id, c.appointment_id, c.value_cents, c.note, c.token, c.made_us,
    coalesce(u.name, '') AS user_name, coalesce(p.name, '') AS person_name, coalesce(o.name, '') AS occurrence,
    coalesce(r.name, '') AS reason, coalesce(j.name, '') AS objection, coalesce(w.name, '') AS worklist, m.code
FROM contact c
JOIN customer m ON m.id = c.customer_id
LEFT JOIN label l ON l.id = m.rep_id
LEFT JOIN app_user u ON u.id = c.user_id
LEFT JOIN person p ON p.customer_id = c.customer_id AND p.id = c.person_id
LEFT JOIN choice o ON o.id = c.occurrence_id
LEFT JOIN choice r ON r.id = c.reason_id
LEFT JOIN choice j ON j.id = c.objection_id
LEFT JOIN worklist w ON w.id = c.worklist_id
WHERE (c.made_us, c.id) > ($1, $2) AND ($3 = '' OR l.code = $3)
ORDER BY c.made_us, c.id -- no nulls
LIMIT $4;

-- name: ledger_appointments
-- Appointments made or changed after a place, in the portfolio of a rep (empty: anybody's).
-- args: changed_us int, id int, rep text, appointments int
-- row: id int, customer_id int, user_id int, day int, minute int, channel int, note text, state int, contact_id int
-- row: token text, made_us int, changed_us int, version int
-- row: code text, customer text, city text, phone text, user_name text
SELECT a.id, a.customer_id, a.user_id, a.day, a.minute, a.channel, a.note, a.state, a.contact_id, a.token, a.made_us,
    a.changed_us, a.version, c.code, c.name AS customer, coalesce(t.code, '') AS city, c.phone,
    coalesce(u.name, '') AS user_name
FROM appointment a
JOIN customer c ON c.id = a.customer_id
LEFT JOIN label l ON l.id = c.rep_id
LEFT JOIN label t ON t.id = c.city_id
LEFT JOIN app_user u ON u.id = a.user_id
WHERE (a.changed_us, a.id) > ($1, $2) AND ($3 = '' OR l.code = $3)
ORDER BY a.changed_us, a.id -- no nulls
LIMIT $4;
