-- SPDX-License-Identifier: Apache-2.0
-- What is open with customers, as of the day of the score in sight (src/store/standing.c).

-- name: standing_make
-- Of the customers between two ids. What came after that day is not there, what was settled after it is still open; who
-- is to be met (met = 1) is known only as of the newest day. Kinds: 4 titles, 5 quotes, 6 tickets. A day has 86,400,000,000 microseconds.
-- args: first int, last int, met int
INSERT INTO standing (customer_id, open_cents, overdue_cents, standing, quotes, quote_cents, tickets, contact_on, outcome,
    objection_id, appointment_on)
WITH paper AS (
    SELECT r.customer_id, r.kind, r.due_on, r.amount_cents, n.as_of,
        CASE WHEN r.closed_on <= n.as_of THEN r.closed_on END AS closed_on,
        CASE WHEN r.closed_on > n.as_of THEN r.amount_cents ELSE r.open_cents END AS open_cents
    FROM record r CROSS JOIN score_run n
    WHERE r.customer_id >= $1 AND r.customer_id <= $2 AND (r.day IS NULL OR r.day <= n.as_of)
)
SELECT customer_id, CAST(max(open_cents) AS BIGINT), CAST(max(overdue_cents) AS BIGINT), max(standing), max(quotes),
    CAST(max(quote_cents) AS BIGINT), max(tickets), max(contact_on), max(outcome), max(objection_id), max(appointment_on)
FROM (
    SELECT customer_id,
        sum(CASE WHEN kind = 4 THEN CASE WHEN open_cents > 0 THEN open_cents ELSE 0 END END) AS open_cents,
        sum(CASE WHEN kind = 4 THEN CASE WHEN open_cents > 0 AND due_on < as_of THEN open_cents ELSE 0 END END)
            AS overdue_cents,
        max(CASE WHEN kind <> 4 THEN NULL WHEN open_cents > 0 AND due_on < as_of THEN 3
            WHEN open_cents > 0 THEN 1 WHEN closed_on > due_on THEN 2 ELSE 1 END) AS standing,
        sum(CASE WHEN kind = 5 THEN CASE WHEN closed_on IS NULL THEN 1 ELSE 0 END END) AS quotes,
        sum(CASE WHEN kind = 5 THEN CASE WHEN closed_on IS NULL THEN coalesce(amount_cents, 0) ELSE 0 END END)
            AS quote_cents,
        sum(CASE WHEN kind = 6 THEN CASE WHEN closed_on IS NULL THEN 1 ELSE 0 END END) AS tickets,
        CAST(NULL AS BIGINT) AS contact_on, CAST(NULL AS BIGINT) AS outcome, CAST(NULL AS BIGINT) AS objection_id,
        CAST(NULL AS BIGINT) AS appointment_on
    FROM paper GROUP BY customer_id
    UNION ALL
    SELECT customer_id, NULL, NULL, NULL, NULL, NULL, NULL, day, outcome, NULL, NULL
    FROM (
        SELECT c.customer_id, c.day, c.outcome,
            row_number() OVER (PARTITION BY c.customer_id ORDER BY c.at_us DESC, c.id DESC) AS place -- no nulls
        FROM contact c CROSS JOIN score_run n
        WHERE c.customer_id >= $1 AND c.customer_id <= $2 AND c.day <= n.as_of
    ) spoken WHERE place = 1
    UNION ALL
    SELECT customer_id, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, objection_id, NULL
    FROM (
        SELECT c.customer_id, c.objection_id,
            row_number() OVER (PARTITION BY c.customer_id ORDER BY c.at_us DESC, c.id DESC) AS place -- no nulls
        FROM contact c CROSS JOIN score_run n
        WHERE c.customer_id >= $1 AND c.customer_id <= $2 AND c.day <= n.as_of AND c.objection_id > 0
    ) objected WHERE place = 1
    UNION ALL
    SELECT a.customer_id, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, min(a.day)
    FROM appointment a CROSS JOIN score_run n
    WHERE a.customer_id >= $1 AND a.customer_id <= $2 AND a.state = 0 AND a.made_us < (n.as_of + 2) * 86400000000
        AND $3 = 1
    GROUP BY a.customer_id
) part
GROUP BY customer_id;

-- name: standing_remove
-- Before it is found anew.
-- args: customer int
DELETE FROM standing WHERE customer_id = $1;

-- name: standing_rows
-- Those between two ids. The columns from open_cents on are strips, in their order.
-- args: first int, last int
-- row: customer_id int, open_cents int?, overdue_cents int?, standing int?, quotes int?, quote_cents int?, tickets int?
-- row: outcome int?, objection_id int?, appointment_on int?
SELECT customer_id, open_cents, overdue_cents, standing, quotes, quote_cents, tickets, outcome, objection_id,
    appointment_on
FROM standing WHERE customer_id >= $1 AND customer_id <= $2
ORDER BY customer_id; -- no nulls

-- name: standing_objection
-- The objection of a name.
-- args: name text
-- row: id int
SELECT id FROM choice WHERE kind = 2 AND name = $1;

-- name: standing_due_add
-- A title, quote or ticket of this customer changed; of interest only where there is a score.
-- args: customer int
INSERT INTO standing_due (customer_id) SELECT CAST($1 AS BIGINT) WHERE EXISTS (SELECT 1 FROM score_run)
ON CONFLICT (customer_id) DO NOTHING;

-- name: standing_due_undo
-- The same of all whose titles, quotes and tickets an import brought that is about to be taken back.
-- args: import_id int
INSERT INTO standing_due (customer_id)
SELECT customer_id FROM (
    SELECT customer_id FROM record WHERE import_id = $1
    UNION SELECT customer_id FROM record_before WHERE import_id = $1
) t
WHERE EXISTS (SELECT 1 FROM score_run)
ON CONFLICT (customer_id) DO NOTHING;

-- name: standing_due_list
-- Who they are.
-- row: customer_id int
SELECT customer_id FROM standing_due ORDER BY customer_id; -- no nulls

-- name: standing_due_clear
-- All of them were found anew.
DELETE FROM standing_due;

-- name: standing_clear
-- Before all is found anew.
DELETE FROM standing;
