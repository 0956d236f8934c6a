-- SPDX-License-Identifier: Apache-2.0
-- The audit trail, read newest first. The parts are put together by src/store/audit.c; each filter has its index.

-- part: audit.lines
-- Lines of the trail.
SELECT id, at_us, who, what, subject, before_text, after_text FROM audit WHERE at_us > 0

-- part: audit.who
-- By one person.
-- args: who text
AND who = $1

-- part: audit.what
-- Of one kind.
-- args: what text
AND what = $1

-- part: audit.time
-- Between two moments, the second not included.
-- args: from_us int, until_us int
AND at_us >= $1 AND at_us < $2

-- part: audit.holds
-- Where a text stands, in any letters: a pattern in lower case.
-- args: pattern text
AND (lower(subject) LIKE $1 ESCAPE '!' OR lower(before_text) LIKE $1 ESCAPE '!' OR lower(after_text) LIKE $1 ESCAPE '!'
OR lower(who) LIKE $1 ESCAPE '!')

-- part: audit.before
-- Older than a line that was shown.
-- args: at_us int, id int
AND (at_us, id) < ($1, $2)

-- part: audit.newest
-- The newest first, so many.
-- args: most int
ORDER BY at_us DESC, id DESC LIMIT $1 -- no nulls

-- name: audit_whos
-- Everybody who is in the trail, each found by a step along the index.
-- row: who text
WITH RECURSIVE each_one(who) AS (
    SELECT min(who) FROM audit
    UNION ALL
    SELECT (SELECT min(a.who) FROM audit a WHERE a.who > each_one.who) FROM each_one WHERE each_one.who IS NOT NULL
)
SELECT who FROM each_one WHERE who IS NOT NULL LIMIT 500;

-- name: audit_whats
-- Every kind of change that is in the trail.
-- row: what text
WITH RECURSIVE each_one(what) AS (
    SELECT min(what) FROM audit
    UNION ALL
    SELECT (SELECT min(a.what) FROM audit a WHERE a.what > each_one.what) FROM each_one WHERE each_one.what IS NOT NULL
)
SELECT what FROM each_one WHERE what IS NOT NULL LIMIT 500;
