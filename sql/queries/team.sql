-- SPDX-License-Identifier: Apache-2.0
-- The people behind the portfolios (src/store/team.c).

-- name: team_people
-- Users with a rep's code, how many contacts they made between two days, and when they last signed in.
-- args: from_day int, as_of int
-- row: id int, login text, name text, role int, retired_us int, rep_id int, rep text, contacts int, seen_us int
SELECT u.id, u.login, u.name, u.role, u.retired_us, u.rep_id, l.code AS rep,
    (SELECT count(*) FROM contact k WHERE k.user_id = u.id AND k.day >= $1 AND k.day <= $2) AS contacts,
    coalesce((SELECT a.at_us FROM audit a WHERE a.who = u.login AND a.what = 'signin'
        ORDER BY a.at_us DESC LIMIT 1), 0) AS seen_us -- no nulls
FROM app_user u
JOIN label l ON l.id = u.rep_id
WHERE u.rep_id > 0
ORDER BY l.code, u.login; -- no nulls

-- name: team_sums
-- By portfolio: customers whom a purchase won back, as flow_recovered_count counts them; contacts with its customers.
-- args: recovered_from int, contacts_from int, as_of int
-- row: rep_id int, recovered int, contacts int
SELECT c.rep_id, count(DISTINCT e.customer_id) AS recovered, 0 AS contacts
FROM episode e JOIN customer c ON c.id = e.customer_id
WHERE e.ended_on >= $1 AND e.ended_on <= $3
    AND (c.closed_on IS NULL OR c.closed_on > $3 OR (e.began_on < c.closed_on AND e.ended_on <= c.closed_on))
GROUP BY c.rep_id
UNION ALL
SELECT c.rep_id, 0 AS recovered, count(*) AS contacts
FROM app_user u
JOIN contact k ON k.user_id = u.id AND k.day >= $2 AND k.day <= $3
JOIN customer c ON c.id = k.customer_id
GROUP BY c.rep_id;
