-- SPDX-License-Identifier: Apache-2.0
-- Contacts of some days as figures and as a list, and the purchases that came after them. The parts are put together by
-- src/store/contacts.c: which (chosen), of these all, a page or each customer's last (picked), their purchases (taken), and what is
-- shown of them. Outcomes 1: ordered, 4 and 6: nobody was spoken to. Document kinds: 1 sale, 3 cancelled, 4 of unknown value.

-- part: contacts.chosen
-- Those of some days, at customers of some groups, made and ended in some way; less than 0: any, 0: without. pattern: empty, or in
-- lower case.
-- args: from_day int, to_day int, company int, rep int, segment int, region int, user_id int, channel int, outcome int
-- args: occurrence int, reason int, objection int, reached int, folded text, pattern text
WITH chosen AS (
    SELECT k.id, k.customer_id, k.user_id, k.at_us, k.day, k.channel, k.outcome, k.occurrence_id, k.reason_id,
        k.objection_id, c.rep_id, c.segment_id, c.region_id,
        CASE WHEN k.outcome IN (4, 6, 9) THEN 0 ELSE 1 END AS reached
    FROM contact k
    JOIN customer c ON c.id = k.customer_id
    WHERE k.day >= $1 AND k.day <= $2 AND ($3 < 0 OR c.company_id = $3) AND ($4 < 0 OR c.rep_id = $4)
        AND ($5 < 0 OR c.segment_id = $5) AND ($6 < 0 OR c.region_id = $6) AND ($7 < 0 OR k.user_id = $7)
        AND ($8 < 0 OR k.channel = $8) AND ($9 < 0 OR k.outcome = $9) AND ($10 < 0 OR k.occurrence_id = $10)
        AND ($11 < 0 OR k.reason_id = $11) AND ($12 < 0 OR k.objection_id = $12)
        AND ($13 < 0 OR (CASE WHEN k.outcome IN (4, 6, 9) THEN 0 ELSE 1 END) = $13)
        AND ($15 = '' OR c.name_fold LIKE $14 ESCAPE '!' OR lower(c.code) LIKE $15 ESCAPE '!'
            OR lower(k.note) LIKE $15 ESCAPE '!')
)

-- part: contacts.all
-- All of them; in the order of customers, so that what is read of each next stands near what was read before.
, picked AS MATERIALIZED (
    SELECT * FROM chosen ORDER BY customer_id -- no nulls
)

-- part: contacts.page
-- The newest older than one that was shown.
-- args: day int, at_us int, id int, most int
, picked AS MATERIALIZED (
    SELECT * FROM chosen WHERE day <= $1 AND (day, at_us, id) < ($1, $2, $3)
    ORDER BY day DESC, at_us DESC, id DESC -- no nulls
    LIMIT $4
)

-- part: contacts.last
-- The last one with each customer.
, picked AS MATERIALIZED (
    SELECT * FROM (
        SELECT h.*, row_number() OVER (PARTITION BY h.customer_id ORDER BY h.at_us DESC, h.id DESC) AS place -- no nulls
        FROM chosen h
    ) x WHERE place = 1
)

-- part: contacts.taken
-- Purchases on the day of a contact that reached somebody or so many days after it, before the customer's next such contact.
-- args: within int, as_of int
, until AS (
    SELECT s.id, s.customer_id, s.day, coalesce(
        (SELECT min(n.day) FROM contact n WHERE n.customer_id = s.customer_id AND (n.at_us, n.id) > (s.at_us, s.id)
            AND n.outcome NOT IN (4, 6, 9)), $2 + 1
    ) AS next_day
    FROM picked s
    JOIN score t ON t.customer_id = s.customer_id
    WHERE s.reached = 1 AND t.last_on >= s.day
), bought AS (
    SELECT u.id, d.day, sum(d.value_cents) AS value_cents
    FROM until u
    JOIN document d ON d.customer_id = u.customer_id
    WHERE d.day >= u.day AND d.day < u.next_day AND d.day <= u.day + $1 AND d.day <= $2 AND d.kind <> 3
    GROUP BY u.id, d.day
    HAVING sum(CASE WHEN d.kind = 4 THEN 1 ELSE 0 END) > 0
        OR (sum(CASE WHEN d.kind = 1 THEN 1 ELSE 0 END) > 0 AND sum(d.value_cents) > 0)
), taken AS MATERIALIZED (
    SELECT id, count(*) AS purchases, sum(value_cents) AS value_cents FROM bought GROUP BY id
)

-- part: contacts.figures
-- Summed: kind 0 all of them; 1 by 1 who made them, 2 rep, 3 segment, 4 region, 5 channel, 6 outcome, 7 occurrence, 8 reason,
-- 9 objection; 2 by reason and 3 by objection, of those that name one.
-- args: by int
SELECT 0 AS kind, 0 AS id, count(*) AS contacts, count(DISTINCT s.customer_id) AS customers,
    CAST(coalesce(sum(s.reached), 0) AS BIGINT) AS reached,
    CAST(coalesce(sum(CASE WHEN s.outcome = 1 THEN 1 ELSE 0 END), 0) AS BIGINT) AS ordered, count(t.id) AS followed,
    CAST(coalesce(sum(t.purchases), 0) AS BIGINT) AS purchases,
    CAST(coalesce(sum(t.value_cents), 0) AS BIGINT) AS value_cents
FROM picked s
LEFT JOIN taken t ON t.id = s.id
UNION ALL
SELECT 1 AS kind, CASE $1 WHEN 1 THEN s.user_id WHEN 2 THEN s.rep_id WHEN 3 THEN s.segment_id WHEN 4 THEN s.region_id
    WHEN 5 THEN s.channel WHEN 6 THEN s.outcome WHEN 7 THEN s.occurrence_id WHEN 8 THEN s.reason_id
    ELSE s.objection_id END AS id, count(*) AS contacts, count(DISTINCT s.customer_id) AS customers,
    CAST(sum(s.reached) AS BIGINT) AS reached,
    CAST(sum(CASE WHEN s.outcome = 1 THEN 1 ELSE 0 END) AS BIGINT) AS ordered, count(t.id) AS followed,
    CAST(coalesce(sum(t.purchases), 0) AS BIGINT) AS purchases,
    CAST(coalesce(sum(t.value_cents), 0) AS BIGINT) AS value_cents
FROM picked s
LEFT JOIN taken t ON t.id = s.id
GROUP BY 2
UNION ALL
SELECT 2 AS kind, s.reason_id AS id, count(*) AS contacts, 0, 0, 0, 0, 0, 0
FROM picked s WHERE s.reason_id > 0 GROUP BY s.reason_id
UNION ALL
SELECT 3 AS kind, s.objection_id AS id, count(*) AS contacts, 0, 0, 0, 0, 0, 0
FROM picked s WHERE s.objection_id > 0 GROUP BY s.objection_id

-- part: contacts.rows
-- One by one with the names behind the numbers, the newest first; followed 1: those alone that a purchase came after.
-- args: followed int, day int, at_us int, id int, most int
SELECT s.id, s.at_us, s.day, c.code, c.name, coalesce(rep.code, '') AS rep, coalesce(segment.code, '') AS segment,
    coalesce(region.code, '') AS region, coalesce(u.name, '') AS user_name, coalesce(p.name, '') AS person, s.channel, s.outcome,
    coalesce(o.name, '') AS occurrence, coalesce(r.name, '') AS reason, coalesce(j.name, '') AS objection, k.note,
    coalesce(t.purchases, 0) AS purchases, CAST(coalesce(t.value_cents, 0) AS BIGINT) AS value_cents
FROM picked s
JOIN contact k ON k.customer_id = s.customer_id AND k.at_us = s.at_us AND k.id = s.id
JOIN customer c ON c.id = s.customer_id
LEFT JOIN label rep ON rep.id = s.rep_id
LEFT JOIN label segment ON segment.id = s.segment_id
LEFT JOIN label region ON region.id = s.region_id
LEFT JOIN app_user u ON u.id = s.user_id
LEFT JOIN person p ON p.customer_id = k.customer_id AND p.id = k.person_id
LEFT JOIN choice o ON o.id = s.occurrence_id
LEFT JOIN choice r ON r.id = s.reason_id
LEFT JOIN choice j ON j.id = s.objection_id
LEFT JOIN taken t ON t.id = s.id
WHERE ($1 = 0 OR t.purchases > 0) AND (s.day, s.at_us, s.id) < ($2, $3, $4)
ORDER BY s.day DESC, s.at_us DESC, s.id DESC -- no nulls
LIMIT $5

-- name: contacts_names
-- What contacts can be told apart by, each kind in the order of its names: kind 1 users, 2 labels, 3 choices; sub is the kind of the
-- label or the choice.
-- row: kind int, id int, sub int, name text, owner text, preventable int, retired int
SELECT 1 AS kind, id, 0 AS sub, name, '' AS owner, 0 AS preventable, CASE WHEN retired_us > 0 THEN 1 ELSE 0 END AS retired
FROM app_user
UNION ALL
SELECT 2, id, kind, code, '', 0, 0 FROM label WHERE kind > 0 AND kind <= 4
UNION ALL
SELECT 3, id, kind, name, owner, preventable, CASE WHEN retired_us > 0 THEN 1 ELSE 0 END FROM choice
ORDER BY 1, 3, 4, 2; -- no nulls
