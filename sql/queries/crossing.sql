-- SPDX-License-Identifier: Apache-2.0
-- Customers that became late, inactive, or came back: noted once each. Kinds and states: sql/migrations/*_alert.sql.

-- name: crossing_bought
-- Has anybody bought, by the score?
-- row: customer_id int
SELECT customer_id FROM score WHERE last_on IS NOT NULL LIMIT 1; -- any one

-- name: crossing_late
-- Who is late and became so within some days; news from one of them on.
-- args: from_day int, as_of int, news_from int, now_us int
INSERT INTO crossing (customer_id, kind, last_on, due_on, noted_on, noted_us, state)
SELECT s.customer_id, 1, s.last_on, s.at_risk_on, $2, $4, CASE WHEN s.at_risk_on >= $3 THEN 1 ELSE 2 END
FROM score s
WHERE s.status = 3 AND s.at_risk_on >= $1 AND s.at_risk_on <= $2
    AND NOT EXISTS (SELECT 1 FROM crossing x WHERE x.customer_id = s.customer_id AND x.kind = 1 AND x.last_on = s.last_on)
ON CONFLICT (customer_id, kind, last_on) DO NOTHING;

-- name: crossing_late_moved
-- The same, of those whose row changed.
-- args: from_day int, as_of int, news_from int, now_us int
INSERT INTO crossing (customer_id, kind, last_on, due_on, noted_on, noted_us, state)
SELECT s.customer_id, 1, s.last_on, s.at_risk_on, $2, $4, CASE WHEN s.at_risk_on >= $3 THEN 1 ELSE 2 END
FROM score_moved m JOIN score s ON s.customer_id = m.customer_id
WHERE s.status = 3 AND s.at_risk_on >= $1 AND s.at_risk_on <= $2
    AND NOT EXISTS (SELECT 1 FROM crossing x WHERE x.customer_id = s.customer_id AND x.kind = 1 AND x.last_on = s.last_on)
ON CONFLICT (customer_id, kind, last_on) DO NOTHING;

-- name: crossing_gone
-- Who is inactive and became so within some days.
-- args: from_day int, as_of int, news_from int, now_us int
INSERT INTO crossing (customer_id, kind, last_on, due_on, noted_on, noted_us, state)
SELECT s.customer_id, 2, s.last_on, s.inactive_on, $2, $4, CASE WHEN s.inactive_on >= $3 THEN 1 ELSE 2 END
FROM score s
WHERE s.status IN (3, 4) AND s.status = 4 AND s.inactive_on >= $1 AND s.inactive_on <= $2
    AND NOT EXISTS (SELECT 1 FROM crossing x WHERE x.customer_id = s.customer_id AND x.kind = 2 AND x.last_on = s.last_on)
ON CONFLICT (customer_id, kind, last_on) DO NOTHING;

-- name: crossing_gone_moved
-- The same, of those whose row changed.
-- args: from_day int, as_of int, news_from int, now_us int
INSERT INTO crossing (customer_id, kind, last_on, due_on, noted_on, noted_us, state)
SELECT s.customer_id, 2, s.last_on, s.inactive_on, $2, $4, CASE WHEN s.inactive_on >= $3 THEN 1 ELSE 2 END
FROM score_moved m JOIN score s ON s.customer_id = m.customer_id
WHERE s.status = 4 AND s.inactive_on >= $1 AND s.inactive_on <= $2
    AND NOT EXISTS (SELECT 1 FROM crossing x WHERE x.customer_id = s.customer_id AND x.kind = 2 AND x.last_on = s.last_on)
ON CONFLICT (customer_id, kind, last_on) DO NOTHING;

-- name: crossing_back
-- Whose purchase ended a stretch of inactivity within some days.
-- args: from_day int, as_of int, news_from int, now_us int
INSERT INTO crossing (customer_id, kind, last_on, due_on, noted_on, noted_us, state)
SELECT e.customer_id, 3, e.ended_on, e.ended_on, $2, $4, CASE WHEN e.ended_on >= $3 THEN 1 ELSE 2 END
FROM episode e
WHERE e.ended_on IS NOT NULL AND e.ended_on >= $1 AND e.ended_on <= $2
    AND NOT EXISTS (SELECT 1 FROM crossing x WHERE x.customer_id = e.customer_id AND x.kind = 3 AND x.last_on = e.ended_on)
ON CONFLICT (customer_id, kind, last_on) DO NOTHING;

-- name: crossing_back_moved
-- The same, of those whose row changed.
-- args: from_day int, as_of int, news_from int, now_us int
INSERT INTO crossing (customer_id, kind, last_on, due_on, noted_on, noted_us, state)
SELECT e.customer_id, 3, e.ended_on, e.ended_on, $2, $4, CASE WHEN e.ended_on >= $3 THEN 1 ELSE 2 END
FROM score_moved m JOIN episode e ON e.customer_id = m.customer_id
WHERE e.ended_on IS NOT NULL AND e.ended_on >= $1 AND e.ended_on <= $2
    AND NOT EXISTS (SELECT 1 FROM crossing x WHERE x.customer_id = e.customer_id AND x.kind = 3 AND x.last_on = e.ended_on)
ON CONFLICT (customer_id, kind, last_on) DO NOTHING;

-- name: crossing_many
-- They were too many at once: nobody is told of each.
-- args: as_of int, now_us int, kind int
UPDATE crossing SET state = 3 WHERE noted_on = $1 AND noted_us = $2 AND kind = $3 AND state = 1;

-- name: crossing_forget
-- What was noted of days to come, by a clock that has gone back since, may come true yet.
-- args: after_day int
DELETE FROM crossing WHERE noted_on > $1;

-- name: crossing_sweep
-- What is too long ago to be taken for news again.
-- args: before_day int
DELETE FROM crossing WHERE noted_on < $1;

-- name: crossing_news
-- What is news since a day and still so: who came back since is not late any more, who became inactive since has been late too.
-- args: from_day int, as_of int
-- row: customer_id int, kind int, last_on int, due_on int, noted_on int
SELECT x.customer_id, x.kind, x.last_on, x.due_on, x.noted_on
FROM crossing x JOIN score s ON s.customer_id = x.customer_id
WHERE x.noted_on >= $1 AND x.noted_on <= $2 AND x.state = 1
    AND ((x.kind = 1 AND s.status IN (3, 4) AND s.last_on = x.last_on) OR (x.kind = 2 AND s.status = 4 AND s.last_on = x.last_on)
        OR (x.kind = 3 AND s.last_on >= x.last_on AND s.status <> 6))
ORDER BY x.customer_id, x.kind, x.last_on; -- no nulls

-- name: crossing_ahead
-- Who is late and becomes inactive within some days to come.
-- args: from_day int, to_day int
-- row: customer_id int, last_on int, inactive_on int
SELECT s.customer_id, s.last_on, s.inactive_on
FROM score s
WHERE s.status IN (3, 4) AND s.status = 3 AND s.inactive_on >= $1 AND s.inactive_on <= $2
ORDER BY s.customer_id; -- no nulls

-- name: crossing_bulk
-- The newest of those noted since a day that were too many at once.
-- args: from_day int
-- row: noted_on int, kind int, n int
SELECT noted_on, kind, count(*) AS n FROM crossing WHERE noted_on >= $1 AND state = 3
GROUP BY noted_on, kind ORDER BY noted_on DESC, kind; -- no nulls
