-- SPDX-License-Identifier: Apache-2.0
-- What `reativa analyze clickhouse://...` asks of a cluster (src/app/cluster.h). Only what ClickHouse 18.16 (Debian 12) and today's versions both
-- understand: docs/operations/clickhouse.md has the table of functions. Days are numbers since 1970-01-01, money is in cents, e4 in 1/10,000.
--
-- {names} are replaced by the program, each by its kind: names are quoted, texts too, numbers are numbers. {orders...} alone are the analyst's
-- own SQL, which runs with the analyst's own rights.

-- name: orders_look
-- The types of the columns of the orders, without reading them.
SELECT {orders_customer} AS reativa_customer, {orders_day} AS reativa_day, {orders_value} AS reativa_value, {orders_changed} AS reativa_changed
FROM {orders_from} LIMIT 0 FORMAT TabSeparatedWithNamesAndTypes

-- name: orders_unusable
-- Rows that name no customer, no day or no value.
SELECT count() FROM {orders_from} AND NOT ({usable}) FORMAT TabSeparated

-- name: tables_left
-- Work tables that begin like this: what runs left that were killed, and what others are at.
SELECT name FROM system.tables WHERE database = {database} AND substring(name, 1, {prefix_n}) = {prefix} FORMAT TabSeparated

-- name: table_exists
-- 1 when there is such a table.
SELECT count() FROM system.tables WHERE database = {database} AND name = {table} FORMAT TabSeparated

-- name: table_columns
-- How many of a result's own columns (and of its days') a table has: is it ours to replace?
SELECT countIf(name IN ('gap_sd_e4', 'expected_purchases', 'as_of')), countIf(name IN ('days', 'net', 'back')) FROM system.columns
WHERE database = {database} AND table = {table} FORMAT TabSeparated

-- name: table_drop
-- A table that nobody needs any more.
DROP {temporary}TABLE IF EXISTS {table}

-- name: table_rename
-- Takes a table's place, as one statement of all that belong together.
RENAME TABLE {renames}

-- name: query_stop
-- What was given up waiting for need not go on.
KILL QUERY WHERE query_id = {id} ASYNC

-- name: days_make
-- Of each customer the days of business in order, netted: of every day what was sold less what came back, and what came back.
CREATE {temporary}TABLE {days} (customer String, days Array(UInt16), net Array(Int64), back Array(Int64), changed Int64) {engine}

-- name: days_fill
-- The days of everybody. The whole of the inner query runs where the rows are, on each server or (rows of a customer on several) from states that
-- are joined here.
INSERT INTO {days} SELECT reativa_customer, reativa_days, reativa_net, reativa_back, reativa_changed FROM (
    WITH
        {orders_customer} AS reativa_customer, {orders_day} AS reativa_day, {orders_cents} AS reativa_cents,
        groupArray(reativa_day) AS reativa_each_day, groupArray(reativa_cents) AS reativa_each_cents,
        arraySort(reativa_each_day) AS reativa_sorted,
        arrayPushBack(arrayPopFront(reativa_sorted), toUInt16(0)) AS reativa_day_after,
        arrayCumSum(arraySort((v, d) -> d, reativa_each_cents, reativa_each_day)) AS reativa_sums,
        arrayCumSum(arraySort((v, d) -> d, arrayMap(v -> if(v < 0, -v, 0), reativa_each_cents), reativa_each_day)) AS reativa_backs
    SELECT
        reativa_customer,
        arrayFilter((d, e) -> d != e, reativa_sorted, reativa_day_after) AS reativa_days,
        arrayPopFront(arrayDifference(arrayPushFront(arrayFilter((v, d, e) -> d != e, reativa_sums, reativa_sorted, reativa_day_after), toInt64(0)))) AS reativa_net,
        arrayPopFront(arrayDifference(arrayPushFront(arrayFilter((v, d, e) -> d != e, reativa_backs, reativa_sorted, reativa_day_after), toInt64(0)))) AS reativa_back,
        max({orders_moment}) AS reativa_changed
    FROM {orders_from} AND ({usable}) {orders_only}
    GROUP BY reativa_customer
)

-- name: days_only
-- Part of days_fill: only those of whom a row has changed since.
AND {orders_customer} GLOBAL IN (SELECT {orders_customer} FROM {orders_from} AND ({usable}) AND ({orders_moment}) >= {since})

-- name: days_keep
-- Those of the last time of whom no row has changed.
INSERT INTO {days} SELECT customer, days, net, back, changed FROM {days_before} WHERE customer NOT IN (SELECT customer FROM {days})

-- name: days_count
-- Customers, those of them that came twice, their documents' days, the newest change.
SELECT count(), count() - uniqExact(customer), sum(length(days)), max(changed) FROM {days} FORMAT TabSeparated

-- name: person
-- Part of others: what is known of each on a day. Whose rows are all later was not known then.
SELECT customer, days, net, bought, n, first, last, gaps, g, median_e4, spread, pairs, own_n, own_x2, month,
    arraySum(arrayMap((d, v) -> if(d <= {as_of}, v, 0), days, net)) AS value_total,
    arraySum(arrayMap((d, v) -> if(d <= {as_of} AND d > {as_of} - 365, v, 0), days, net)) AS value_12m,
    arraySum(arrayMap((d, v) -> if(d <= {as_of} - 365 AND d > {as_of} - 730, v, 0), days, net)) AS value_prev_12m,
    arraySum(arrayMap((d, v) -> if(d <= {as_of}, v, 0), days, back)) AS returned
FROM (
    SELECT customer, days, net, back, bought, n, first, last, gaps, g,
        toInt64(sorted[greatest(intDiv(g + 1, 2), 1)] + sorted[intDiv(g, 2) + 1]) * 5000 AS median_e4,
        g * arraySum(arrayMap(v -> toInt64(v) * toInt64(v), gaps)) - toInt64(last - first) * toInt64(last - first) AS spread,
        greatest(g * (g - 1), 1) AS pairs,
        least(g, 12) AS own_n,
        toInt32(recent[greatest(intDiv(own_n + 1, 2), 1)] + recent[intDiv(own_n, 2) + 1]) AS own_x2,
        toInt32((toYear(toDate(last)) - 1970) * 12 + toMonth(toDate(last)) - 1) AS month
    FROM (
        SELECT customer, days, net, back, bought, gaps,
            toInt32(length(bought)) AS n, toInt64(length(gaps)) AS g,
            bought[1] AS first, bought[greatest(n, 1)] AS last,
            arraySort(gaps) AS sorted, arraySort(arraySlice(arrayReverse(gaps), 1, 12)) AS recent
        FROM (
            SELECT customer, days, net, back,
                arrayFilter((d, v) -> d <= {as_of} AND v > 0, days, net) AS bought,
                arrayPopFront(arrayDifference(bought)) AS gaps
            FROM {days} WHERE days[1] <= {as_of}
        )
    )
)

-- name: gap_counts
-- How many gaps of each length closed in each month.
SELECT toInt32((toYear(toDate(ended)) - 1970) * 12 + toMonth(toDate(ended)) - 1) AS closed, gap, count() FROM (
    SELECT arrayPopFront(bought) AS ends, gaps FROM (
        SELECT arrayFilter((d, v) -> d <= {as_of} AND v > 0, days, net) AS bought, arrayPopFront(arrayDifference(bought)) AS gaps
        FROM {days} WHERE days[1] <= {as_of}
    )
) ARRAY JOIN ends AS ended, gaps AS gap GROUP BY closed, gap ORDER BY closed, gap FORMAT TabSeparated

-- name: day_totals
-- What everybody together bought on each day, net, and whether anybody bought (who came back with more than was taken did not).
SELECT day, sum(cents), max(cents > 0) FROM {days} ARRAY JOIN days AS day, net AS cents WHERE day <= {as_of} GROUP BY day ORDER BY day FORMAT TabSeparated

-- name: cycle_inputs
-- All that decides a cycle, once: twice the median of the last gaps, how many those are, and the month that says which gap is usual.
SELECT own_x2, own_n, month FROM ({person}) WHERE n > 0 GROUP BY own_x2, own_n, month FORMAT TabSeparated

-- name: cycle_make
-- What came of each of those, by the program itself.
CREATE {temporary}TABLE {cycle} (own_x2 Int32, own_n Int64, month Int32, cycle_e4 Int64, trend_days Int32, season_now Int64, season_before Int64) {engine}

-- name: cycle_fill
-- Its rows come with it.
INSERT INTO {cycle} FORMAT TabSeparated

-- name: stage_make
-- Everybody's numbers, before those that hang on all together.
CREATE {temporary}TABLE {stage} (
    customer String, status Int8, purchases Int32, first_purchase Int32, last_purchase Int32, recency_days Int32,
    gap_median_e4 Nullable(Int64), gap_mean_e4 Nullable(Int64), gap_sd_e4 Nullable(Int64), cycle_e4 Nullable(Int64), overdue_e4 Nullable(Int64),
    at_risk_on Int32, inactive_on Int32, lost_on Int32, value_total Int64, value_12m Int64, value_prev_12m Int64,
    average_cents Nullable(Int64), return_e4 Nullable(Int64), trend Int8
) {engine}

-- name: stage_fill
-- Integers only, so they are the program's own to the last digit: the root of the standard deviation is floored and then put right. trend_days must
-- be used outside of brackets of functions too (here: who has none has no arrow), or 18.16 forgets it.
INSERT INTO {stage} SELECT
    customer,
    multiIf(n = 0, 0, {as_of} >= lost_on, 5, {as_of} >= inactive_on, 4, {as_of} >= at_risk_on, 3, n = 1, 1, 2) AS status,
    n, first, last, {as_of} - last,
    if(g > 0, median_e4, NULL),
    if(g > 0, intDiv((last - first) * 20000 + g, 2 * greatest(g, 1)), NULL),
    if(g > 1, intDiv(root - (root * root > twice) + ((root + 1) * (root + 1) <= twice) + 1, 2), NULL),
    if(n > 0, cycle_e4, NULL),
    if(n > 0, intDiv(2 * ({as_of} - last) * 100000000 + cycle, 2 * cycle), NULL),
    at_risk_on, inactive_on, lost_on,
    value_total, value_12m, value_prev_12m,
    if(n > 0, if(value_total < 0, -1, 1) * intDiv(2 * abs(value_total) + n, 2 * greatest(n, 1)), NULL),
    if(gross > 0, intDiv(20000 * returned + gross, 2 * greatest(gross, 1)), NULL),
    multiIf(trend_days = 0 OR (now <= 0 AND before <= 0), 0, before <= 0, 3, now <= 0, 1,
        toDecimal128(now, 0) * toDecimal128(season_before * 5, 0) >= toDecimal128(before, 0) * toDecimal128(season_now * 6, 0), 3,
        toDecimal128(now, 0) * toDecimal128(season_before * 5, 0) <= toDecimal128(before, 0) * toDecimal128(season_now * 4, 0), 1, 2)
FROM (
    SELECT customer, n, first, last, g, median_e4, cycle_e4, cycle, value_total, value_12m, value_prev_12m, returned, gross, now, before, season_now, season_before, trend_days,
        if(n > 0, last + least(at_risk_days, inactive_days) + 1, 0) AS at_risk_on,
        if(n > 0, last + inactive_days + 1, 0) AS inactive_on,
        if(n > 0, last + greatest({lost_days}, inactive_days) + 1, 0) AS lost_on,
        twice, toInt64(floor(sqrt(twice))) AS root
    FROM (
        SELECT customer, n, first, last, g, median_e4, cycle_e4, cycle, value_total, value_12m, value_prev_12m, returned, season_now, season_before, trend_days,
            {inactive_days} AS inactive_days,
            {at_risk_days} AS at_risk_days,
            value_total + returned AS gross,
            intDiv(spread, pairs) * 400000000 + intDiv((spread % pairs) * 400000000, pairs) AS twice,
            arraySum(arrayMap((d, v) -> if(d <= {as_of} AND d > {as_of} - trend_days, v, 0), days, net)) AS now,
            arraySum(arrayMap((d, v) -> if(d <= {as_of} - trend_days AND d > {as_of} - 2 * trend_days, v, 0), days, net)) AS before
        FROM (
            SELECT customer, days, net, n, first, last, g, median_e4, spread, pairs, value_total, value_12m, value_prev_12m, returned,
                cycle_e4, greatest(cycle_e4, 1) AS cycle, trend_days, season_now, season_before
            FROM ({person}) AS people ANY LEFT JOIN {cycle} AS cycles USING (own_x2, own_n, month)
        )
    )
)

-- name: due_cycle_inactive
-- Part of stage_fill: days of silence to inactivity under a rule of cycles.
toInt64(greatest(least(intDiv({inactive_e4} * cycle, 100000000), {ceiling}), {floor}))

-- name: due_cycle_at_risk
-- ... and to being late: in proportion where the days were held between their bounds.
greatest(0, least(if(inactive_days != intDiv({inactive_e4} * cycle, 100000000), intDiv(inactive_days * {at_risk_e4}, {inactive_e4}),
    intDiv({at_risk_e4} * cycle, 100000000)), inactive_days))

-- name: number
-- Part of stage_fill: days of a rule of days.
toInt64({number})

-- name: bounds
-- The smallest, the largest and all together of a column, to look for its cuts.
SELECT count(), min({column}), max({column}), sum({column}) FROM {stage} WHERE {of} FORMAT TabSeparated

-- name: buckets
-- A column's values between two bounds, in buckets of one width.
SELECT intDiv({column} - {low}, {width}) AS bucket, count(), sum({column}) FROM {stage}
WHERE ({of}) AND {column} >= {low} AND {column} <= {high} GROUP BY bucket ORDER BY bucket FORMAT TabSeparated

-- name: tie
-- The last customer by code that a cut takes of those with just its value.
SELECT customer FROM {stage} WHERE ({of}) AND {column} = {value} ORDER BY customer LIMIT {before}, 1 FORMAT TabSeparated

-- name: ranked
-- Part of others: who has a class.
purchases > 0 AND last_purchase > {as_of} - 365

-- name: buyer
-- Part of others: who bought.
purchases > 0

-- name: status_counts
-- Customers of each status.
SELECT status, count() FROM {stage} GROUP BY status ORDER BY status FORMAT TabSeparated

-- name: histogram
-- Customers as the models know them, equal ones once.
SELECT purchases - 1 AS x, last_purchase - first_purchase AS t_x, {as_of} - first_purchase AS observed, count() FROM {stage}
WHERE purchases > 0 GROUP BY x, t_x, observed ORDER BY x, t_x, observed FORMAT TabSeparated

-- name: chance_make
-- What a model says of each of those, by the program itself.
CREATE {temporary}TABLE {chance} (x Int64, t_x Int64, observed Int64, alive Float64, active Float64, expected Float64) {engine}

-- name: chance_fill
-- Its rows come with it.
INSERT INTO {chance} FORMAT TabSeparated

-- name: result_make
-- What people read.
CREATE {temporary}TABLE {result} (
    customer String, status String, purchases Int32, first_purchase Nullable(Date), last_purchase Nullable(Date), recency_days Nullable(Int32),
    gap_median_e4 Nullable(Int64), gap_mean_e4 Nullable(Int64), gap_sd_e4 Nullable(Int64), cycle_e4 Nullable(Int64), overdue_e4 Nullable(Int64),
    at_risk_on Nullable(Date), inactive_on Nullable(Date), lost_on Nullable(Date), value_total_cents Int64, value_12m_cents Int64,
    value_prev_12m_cents Int64, average_cents Nullable(Int64), return_e4 Nullable(Int64), trend String, abc String,
    r Int8, f Int8, m Int8, p_alive Nullable(Float64), p_active Nullable(Float64), expected_purchases Nullable(Float64), as_of Date
) {engine}

-- name: result_fill
-- Classes are comparisons with cuts, chances closed forms or a look at the table of them.
INSERT INTO {result} SELECT
    customer, ['prospect', 'new', 'active', 'at_risk', 'inactive', 'lost'][status + 1], purchases,
    if(purchases > 0, toDate(first_purchase), NULL), if(purchases > 0, toDate(last_purchase), NULL), if(purchases > 0, recency_days, NULL),
    gap_median_e4, gap_mean_e4, gap_sd_e4, cycle_e4, overdue_e4,
    if(purchases > 0, toDate(least(at_risk_on, 65535)), NULL), if(purchases > 0, toDate(least(inactive_on, 65535)), NULL),
    if(purchases > 0, toDate(least(lost_on, 65535)), NULL),
    value_total, value_12m, value_prev_12m, average_cents, return_e4, ['', 'down', 'flat', 'up'][trend + 1],
    multiIf(NOT ({ranked}), '', {in_a}, 'A', {in_b}, 'B', 'C'),
    if(purchases > 0, 1 + {r_cuts}, 0), if(purchases > 0, 1 + {f_cuts}, 0), if(purchases > 0, 1 + {m_cuts}, 0),
    if(purchases > 0, {alive}, NULL), if(purchases > 0, {active}, NULL), if(purchases > 0, {expected}, NULL), toDate({as_of})
FROM {result_from}

-- name: result_plain
-- Part of result_fill: without a table of chances.
(SELECT *, toInt64(purchases - 1) AS x, toInt64(last_purchase - first_purchase) AS t_x, toInt64({as_of} - first_purchase) AS observed FROM {stage})

-- name: result_foretold
-- Part of result_fill: with one.
(SELECT customer, status, purchases, first_purchase, last_purchase, recency_days, gap_median_e4, gap_mean_e4, gap_sd_e4, cycle_e4, overdue_e4,
    at_risk_on, inactive_on, lost_on, value_total, value_12m, value_prev_12m, average_cents, return_e4, trend, x, t_x, observed, alive, active, expected
FROM {plain} AS people ANY LEFT JOIN {chance} AS chances USING (x, t_x, observed))

-- name: in_cut
-- Part of result_fill: above a cut, or among those of just its value by code.
value_12m > {value} OR (value_12m = {value} AND customer <= {code})

-- name: quintile
-- Part of result_fill: how many of the four cuts a value has reached.
(({column} >= {cut1}) + ({column} >= {cut2}) + ({column} >= {cut3}) + ({column} >= {cut4}))

-- name: nbd_alive
-- Closed form: nobody leaves.
1.

-- name: nbd_active
-- Closed form of the NBD: the chance of a purchase within the horizon.
1 - pow(({alpha} + observed) / ({alpha} + observed + {horizon}), {r} + x)

-- name: nbd_expected
-- Closed form of the NBD.
({r} + x) / ({alpha} + observed) * {horizon}

-- name: bgnbd_alive
-- Closed form of the BG/NBD: who never came again is alive by definition.
if(x = 0, 1., 1 / (1 + {a} / ({b} + x - 1) * pow(({alpha} + observed) / ({alpha} + t_x), {r} + x)))

-- name: mbgnbd_alive
-- Closed form of the MBG/NBD.
1 / (1 + {a} / ({b} + x) * pow(({alpha} + observed) / ({alpha} + t_x), {r} + x))

-- name: alive_active
-- Closed form of both: alive, and a purchase within the horizon.
({alive}) * (1 - pow(({alpha} + observed) / ({alpha} + observed + {horizon}), {r} + x))

-- name: none
-- Part of result_fill: nothing is foretold.
NULL

-- name: joined_alive
-- Part of result_fill: looked up.
alive

-- name: joined_active
-- Part of result_fill: looked up.
active

-- name: joined_expected
-- Part of result_fill: looked up.
expected

-- name: result_rows
-- All of it, to be written as a file.
SELECT * FROM {result} ORDER BY customer FORMAT TabSeparated
