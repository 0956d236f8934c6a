-- SPDX-License-Identifier: Apache-2.0
-- Who is to talk to whom, when.

-- name: appointment_add
-- A new one, open.
-- args: id int, customer_id int, user_id int, day int, minute int, channel int, note text, token text, made_us int
INSERT INTO appointment (id, customer_id, user_id, day, minute, channel, note, token, made_us, changed_us)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $9);

-- name: appointment_find
-- One of a customer.
-- args: customer_id int, id int
-- row: id int, customer_id int, user_id int, day int, minute int, channel int, note text, state int, contact_id int
-- row: token text, made_us int, changed_us int, version int
SELECT id, customer_id, user_id, day, minute, channel, note, state, contact_id, token, made_us, changed_us, version
FROM appointment WHERE customer_id = $1 AND id = $2;

-- name: appointment_find_token
-- What a form made.
-- args: customer_id int, token text
-- row: id int, customer_id int, user_id int, day int, minute int, channel int, note text, state int, contact_id int
-- row: token text, made_us int, changed_us int, version int
SELECT id, customer_id, user_id, day, minute, channel, note, state, contact_id, token, made_us, changed_us, version
FROM appointment WHERE customer_id = $1 AND token = $2;

-- name: appointment_change
-- All that changes of it, if nobody else has since the version.
-- args: customer_id int, id int, version int, user_id int, day int, minute int, channel int, note text, state int
-- args: contact_id int, changed_us int
UPDATE appointment SET user_id = $4, day = $5, minute = $6, channel = $7, note = $8, state = $9, contact_id = $10,
    changed_us = $11, version = version + 1
WHERE customer_id = $1 AND id = $2 AND version = $3;

-- name: appointment_due
-- Open ones of a user between two days; of a rep (role 1) those whose customer is still in their portfolio.
-- args: user_id int, from_day int, until_day int, most int
-- row: id int, customer_id int, user_id int, day int, minute int, channel int, note text, state int, contact_id int
-- row: token text, made_us int, changed_us int, version int
-- row: code text, customer text, city text, phone text, user_name text
SELECT a.id, a.customer_id, a.user_id, a.day, a.minute, a.channel, a.note, a.state, a.contact_id, a.token, a.made_us,
    a.changed_us, a.version, c.code, c.name AS customer, coalesce(l.code, '') AS city, c.phone,
    coalesce(u.name, '') AS user_name
FROM appointment a
JOIN customer c ON c.id = a.customer_id
LEFT JOIN label l ON l.id = c.city_id
LEFT JOIN app_user u ON u.id = a.user_id
WHERE a.user_id = $1 AND a.state = 0 AND a.day >= $2 AND a.day <= $3
    AND (u.role IS NULL OR u.role <> 1 OR u.rep_id = c.rep_id)
ORDER BY a.day, a.minute, a.id -- no nulls
LIMIT $4;

-- name: appointment_count
-- Open ones of a user up to a day; of a rep (role 1) those whose customer is still in their portfolio.
-- args: user_id int, day int
-- row: n int
SELECT count(*) AS n FROM appointment a
JOIN customer c ON c.id = a.customer_id
LEFT JOIN app_user u ON u.id = a.user_id
WHERE a.user_id = $1 AND a.state = 0 AND a.day <= $2 AND (u.role IS NULL OR u.role <> 1 OR u.rep_id = c.rep_id);

-- name: appointment_list
-- A customer's, in no order.
-- args: customer_id int
-- row: id int, customer_id int, user_id int, day int, minute int, channel int, note text, state int, contact_id int
-- row: token text, made_us int, changed_us int, version int
-- row: code text, customer text, city text, phone text, user_name text
SELECT a.id, a.customer_id, a.user_id, a.day, a.minute, a.channel, a.note, a.state, a.contact_id, a.token, a.made_us,
    a.changed_us, a.version, c.code, c.name AS customer, coalesce(l.code, '') AS city, c.phone,
    coalesce(u.name, '') AS user_name
FROM appointment a
JOIN customer c ON c.id = a.customer_id
LEFT JOIN label l ON l.id = c.city_id
LEFT JOIN app_user u ON u.id = a.user_id
WHERE a.customer_id = $1;

-- name: appointment_near
-- How an appointment's customer is near a user: at hand, picked for a list that names them, or made by a contact on such a list.
-- args: customer_id int, user_id int, now_us int, token text
-- row: n int
SELECT (SELECT count(*) FROM customer_hold h WHERE h.customer_id = $1 AND h.user_id = $2 AND h.until_us > $3)
    + (SELECT count(*) FROM worklist_user u
       JOIN worklist w ON w.id = u.worklist_id AND w.retired_us = 0
       JOIN worklist_customer p ON p.worklist_id = u.worklist_id AND p.customer_id = $1
       WHERE u.user_id = $2)
    + (SELECT count(*) FROM contact c
       JOIN worklist w ON w.id = c.worklist_id AND w.retired_us = 0
       JOIN worklist_user u ON u.worklist_id = c.worklist_id AND u.user_id = $2
       WHERE c.customer_id = $1 AND 'next:' || c.token = $4) AS n;
