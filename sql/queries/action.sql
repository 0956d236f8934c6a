-- SPDX-License-Identifier: Apache-2.0
-- What is done about reasons and objections.

-- name: action_list
-- All of them, the retired too, with how many contacts named the cause, and how many there were at all, in so many days before it was
-- done and in those since (the day itself with them, so many at most).
-- args: as_of int, days int
-- row: id int, choice_id int, what text, owner text, due_on int, state int, done_on int?, effect text, token text
-- row: made_us int, retired_us int, version int
-- row: kind int, choice text, before_contacts int, before_all int, after_contacts int, after_all int
WITH done AS MATERIALIZED (
    SELECT a.id, c.kind, a.choice_id, a.done_on, a.done_on - $2 AS from_day,
        CASE WHEN a.done_on + $2 - 1 < $1 THEN a.done_on + $2 - 1 ELSE $1 END AS to_day
    FROM action a
    JOIN choice c ON c.id = a.choice_id
    WHERE a.done_on IS NOT NULL
), per_day AS MATERIALIZED (
    SELECT day, count(*) AS n FROM contact
    WHERE day >= (SELECT coalesce(min(from_day), $1 + 1) FROM done) AND day <= $1
    GROUP BY day
), heard AS MATERIALIZED (
    SELECT d.id, CASE WHEN d.kind = 1 THEN
            (SELECT count(*) FROM contact k WHERE k.reason_id > 0 AND k.reason_id = d.choice_id AND k.day >= d.from_day
                AND k.day < d.done_on)
        ELSE (SELECT count(*) FROM contact k WHERE k.objection_id > 0 AND k.objection_id = d.choice_id
                AND k.day >= d.from_day AND k.day < d.done_on) END AS before_n,
        CASE WHEN d.kind = 1 THEN
            (SELECT count(*) FROM contact k WHERE k.reason_id > 0 AND k.reason_id = d.choice_id AND k.day >= d.done_on
                AND k.day <= d.to_day)
        ELSE (SELECT count(*) FROM contact k WHERE k.objection_id > 0 AND k.objection_id = d.choice_id
                AND k.day >= d.done_on AND k.day <= d.to_day) END AS after_n
    FROM done d
), made AS MATERIALIZED (
    SELECT d.id, CAST(sum(CASE WHEN p.day < d.done_on THEN p.n ELSE 0 END) AS BIGINT) AS before_n,
        CAST(sum(CASE WHEN p.day >= d.done_on THEN p.n ELSE 0 END) AS BIGINT) AS after_n
    FROM done d JOIN per_day p ON p.day >= d.from_day AND p.day <= d.to_day GROUP BY d.id
)
SELECT a.id, a.choice_id, a.what, a.owner, a.due_on, a.state, a.done_on, a.effect, a.token, a.made_us, a.retired_us,
    a.version, c.kind, c.name AS choice, coalesce(h.before_n, 0) AS before_contacts,
    coalesce(m.before_n, 0) AS before_all, coalesce(h.after_n, 0) AS after_contacts, coalesce(m.after_n, 0) AS after_all
FROM action a
JOIN choice c ON c.id = a.choice_id
LEFT JOIN heard h ON h.id = a.id
LEFT JOIN made m ON m.id = a.id
ORDER BY a.due_on, a.id; -- no nulls

-- name: action_find
-- One by its id.
-- args: id int
-- row: id int, choice_id int, what text, owner text, due_on int, state int, done_on int?, effect text, token text
-- row: made_us int, retired_us int, version int
SELECT id, choice_id, what, owner, due_on, state, done_on, effect, token, made_us, retired_us, version
FROM action WHERE id = $1;

-- name: action_find_token
-- What a form made.
-- args: token text
-- row: id int, choice_id int, what text, owner text, due_on int, state int, done_on int?, effect text, token text
-- row: made_us int, retired_us int, version int
SELECT id, choice_id, what, owner, due_on, state, done_on, effect, token, made_us, retired_us, version
FROM action WHERE token = $1;

-- name: action_ids
-- The greatest id, and how many there are.
-- row: id int, actions int
SELECT coalesce(max(id), 0) AS id, count(*) AS actions FROM action;

-- name: action_add
-- A new one.
-- args: id int, choice_id int, what text, owner text, due_on int, state int, done_on int?, effect text, token text
-- args: made_us int
INSERT INTO action (id, choice_id, what, owner, due_on, state, done_on, effect, token, made_us)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10);

-- name: action_change
-- All that a person edits, if nobody else has since the version.
-- args: id int, version int, choice_id int, what text, owner text, due_on int, state int, done_on int?, effect text
-- args: retired_us int
UPDATE action SET choice_id = $3, what = $4, owner = $5, due_on = $6, state = $7, done_on = $8, effect = $9,
    retired_us = $10, version = version + 1
WHERE id = $1 AND version = $2;
