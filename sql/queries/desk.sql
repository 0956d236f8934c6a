-- SPDX-License-Identifier: Apache-2.0
-- What decides who is next for a person at work.

-- name: desk_due
-- Open appointments of a user up to a day, as appointment_due, but with customers whom another has at hand or who were put off.
-- args: user_id int, day int, now_us int, worklist_id int, shown int
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
WHERE a.user_id = $1 AND a.state = 0 AND a.day <= $2
    AND (u.role IS NULL OR u.role <> 1 OR u.rep_id = c.rep_id)
    AND NOT EXISTS (
        SELECT 1 FROM customer_hold h WHERE h.customer_id = a.customer_id AND h.user_id <> $1 AND h.until_us > $3
    )
    AND NOT EXISTS (
        SELECT 1 FROM worklist_skip k WHERE k.worklist_id = $4 AND k.customer_id = a.customer_id AND k.until_on > $2
    )
ORDER BY a.day, a.minute, a.id -- no nulls
LIMIT $5;

-- together: desk
-- Whom they have at hand, others have or was put off; what they did on a list and how long it lets rest; what is due; who was
-- picked; the lists and who works on which.
-- of: hold_find hold_list worklist_skip_list worklist_tally setting_find desk_due appointment_count worklist_picked
-- of: worklist_plain worklist_user_list

-- together: desk_own
-- What waits for a person on the first page: appointments that are due, memos that are not read; and which days are worked.
-- of: appointment_due memo_unread holiday_workdays
