-- SPDX-License-Identifier: Apache-2.0
-- Purchases that ended a stretch of inactivity.

-- name: reactivated_list
-- Those between two days, by customer and day: what was ordered from that day until before the customer's next one, and the last
-- contact within so many days before it. Kinds: 2 return, 3 cancelled. Outcomes 4 and 6: nobody answered. A label of -1: any.
-- args: from_day int, to_day int, as_of int, within int, company int, rep int, segment int, region int
-- row: customer_id int, code text, name text, company text, rep text, segment text, region text
-- row: day int, orders int, value_cents int, last_on int?
-- row: user_id int, user_name text, contact_on int?, channel int
WITH won AS MATERIALIZED (
    SELECT e.customer_id, e.ended_on, coalesce(
        (SELECT min(n.ended_on) FROM episode n WHERE n.customer_id = e.customer_id AND n.ended_on > e.ended_on), $3 + 1
    ) AS next_on
    FROM episode e
    JOIN customer c ON c.id = e.customer_id
    WHERE e.ended_on >= $1 AND e.ended_on <= $2
        AND (c.closed_on IS NULL OR c.closed_on > $3 OR (e.began_on < c.closed_on AND e.ended_on <= c.closed_on))
        AND ($5 < 0 OR c.company_id = $5) AND ($6 < 0 OR c.rep_id = $6)
        AND ($7 < 0 OR c.segment_id = $7) AND ($8 < 0 OR c.region_id = $8)
), ordered AS MATERIALIZED (
    SELECT w.customer_id, w.ended_on, count(CASE WHEN d.kind <> 2 THEN 1 END) AS orders,
        CAST(sum(d.value_cents) AS BIGINT) AS value_cents, max(CASE WHEN d.kind <> 2 THEN d.day END) AS last_on
    FROM won w
    JOIN document d ON d.customer_id = w.customer_id
    WHERE d.day >= w.ended_on AND d.day < w.next_on AND d.day <= $3 AND d.kind <> 3
    GROUP BY w.customer_id, w.ended_on
)
SELECT o.customer_id, c.code, c.name, company.code AS company, rep.code AS rep, segment.code AS segment,
    region.code AS region, o.ended_on AS day, o.orders, o.value_cents, o.last_on,
    coalesce(k.user_id, 0) AS user_id, coalesce(u.name, '') AS user_name, k.day AS contact_on,
    coalesce(k.channel, 0) AS channel
FROM ordered o
JOIN customer c ON c.id = o.customer_id
JOIN label company ON company.id = c.company_id
JOIN label rep ON rep.id = c.rep_id
JOIN label segment ON segment.id = c.segment_id
JOIN label region ON region.id = c.region_id
LEFT JOIN contact k ON k.customer_id = o.customer_id AND k.id = (
    SELECT t.id FROM contact t
    WHERE t.customer_id = o.customer_id AND t.day <= o.ended_on AND t.day >= o.ended_on - $4
        AND t.outcome NOT IN (4, 6, 9)
    ORDER BY t.at_us DESC, t.id DESC LIMIT 1 -- no nulls
)
LEFT JOIN app_user u ON u.id = k.user_id
ORDER BY o.customer_id, o.ended_on; -- no nulls
