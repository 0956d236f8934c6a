// SPDX-License-Identifier: Apache-2.0
/* crossing -- see the header. Invariant: a row by customer, kind and the purchase it hangs on. */
#include "store/crossing.h"

#include "store/rows.h"

bool crossing_bought(struct cx *cx, struct db *db, bool *out) {
    int64_t id;
    return sql_one_int(cx, db, SQL_CROSSING_BOUGHT, NULL, 0, out, &id);
}

bool crossing_note(struct cx *cx, struct db *db, enum alert_event kind, const struct crossing_look *look, int64_t *n) {
    static const enum sql_id all[] = {[ALERT_BECAME_AT_RISK] = SQL_CROSSING_LATE,
                                      [ALERT_BECAME_INACTIVE] = SQL_CROSSING_GONE,
                                      [ALERT_REACTIVATED] = SQL_CROSSING_BACK};
    static const enum sql_id moved[] = {[ALERT_BECAME_AT_RISK] = SQL_CROSSING_LATE_MOVED,
                                        [ALERT_BECAME_INACTIVE] = SQL_CROSSING_GONE_MOVED,
                                        [ALERT_REACTIVATED] = SQL_CROSSING_BACK_MOVED};
    const struct sql_value args[] = {sql_int(look->from.n), sql_int(look->as_of.n), sql_int(look->news_from.n),
                                     sql_int(look->now_us)};
    return sql_run(cx, db, look->moved ? moved[kind] : all[kind], args, 4, n);
}

bool crossing_many(struct cx *cx, struct db *db, enum alert_event kind, const struct crossing_look *look) {
    return SQL_RUN(cx, db, SQL_CROSSING_MANY, sql_int(look->as_of.n), sql_int(look->now_us), sql_int(kind));
}

bool crossing_sweep(struct cx *cx, struct db *db, struct day before) {
    return SQL_RUN(cx, db, SQL_CROSSING_SWEEP, sql_int(before.n));
}

bool crossing_forget(struct cx *cx, struct db *db, struct day after) {
    return SQL_RUN(cx, db, SQL_CROSSING_FORGET, sql_int(after.n));
}

static struct day day_at(struct sql_rows *rows, int column) {
    return (struct day){(int32_t)sql_get_int(rows, column)};
}

bool crossing_news(struct cx *cx, struct db *db, struct day from, struct day as_of, struct crossing **out, size_t *n) {
    struct sql_rows *rows;
    bool more = false,
         done = sql_open(cx, db, SQL_CROSSING_NEWS, (struct sql_value[]){sql_int(from.n), sql_int(as_of.n)}, 2, &rows);
    *out = NULL;
    *n = 0;
    while (done && (done = sql_next(cx, rows, &more)) && more) {
        const struct crossing one = {.customer_id = sql_get_int(rows, 0),
                                     .kind = (enum alert_event)sql_get_int(rows, 1),
                                     .last_on = day_at(rows, 2),
                                     .due_on = day_at(rows, 3),
                                     .noted_on = day_at(rows, 4)};
        ROWS_ADD(cx, *out, *n, one);
    }
    sql_close(rows);
    return done;
}

bool crossing_ahead(struct cx *cx, struct db *db, struct day from, struct day to, struct crossing **out, size_t *n) {
    struct sql_rows *rows;
    bool more = false,
         done = sql_open(cx, db, SQL_CROSSING_AHEAD, (struct sql_value[]){sql_int(from.n), sql_int(to.n)}, 2, &rows);
    *out = NULL;
    *n = 0;
    while (done && (done = sql_next(cx, rows, &more)) && more) {
        const struct crossing one = {.customer_id = sql_get_int(rows, 0),
                                     .kind = ALERT_INACTIVE_IN,
                                     .last_on = day_at(rows, 1),
                                     .due_on = day_at(rows, 2),
                                     .noted_on = from};
        ROWS_ADD(cx, *out, *n, one);
    }
    sql_close(rows);
    return done;
}

bool crossing_bulk(struct cx *cx, struct db *db, struct day from, struct crossing_bulk **out, size_t *n) {
    struct sql_rows *rows;
    bool more = false, done = sql_open(cx, db, SQL_CROSSING_BULK, (struct sql_value[]){sql_int(from.n)}, 1, &rows);
    *out = NULL;
    *n = 0;
    while (done && (done = sql_next(cx, rows, &more)) && more) {
        const struct crossing_bulk one = {day_at(rows, 0), (enum alert_event)sql_get_int(rows, 1),
                                          sql_get_int(rows, 2)};
        ROWS_ADD(cx, *out, *n, one);
    }
    sql_close(rows);
    return done;
}
