// SPDX-License-Identifier: Apache-2.0
/* duplicate_pair -- what is compared to find customers that are one, what was found, and what is to stay apart.
 *
 * Must not judge. Invariant: of two customers the one with the smaller id is named first.
 */
#include "store/duplicate.h"

#include "store/rows.h"

static struct str text_at(struct cx *cx, struct sql_rows *rows, int column) {
    return str_copy(cx->arena, sql_get_text(rows, column));
}

/* ---- what is to stay apart ---- */

static bool apart_run(struct cx *cx, struct db *db, enum sql_id id, int64_t one, int64_t other,
                      const struct sql_value *more, size_t n, bool *changed) {
    struct sql_value args[4] = {sql_int(one < other ? one : other), sql_int(one < other ? other : one)};
    int64_t rows = 0;
    for (size_t i = 0; i < n; i++)
        args[2 + i] = more[i];
    bool done = sql_run(cx, db, id, args, 2 + n, &rows);
    *changed = rows > 0;
    return done;
}

bool duplicate_apart_put(struct cx *cx, struct db *db, int64_t one, int64_t other, struct str who, int64_t now_us,
                         bool *changed) {
    const struct sql_value more[] = {sql_text(who), sql_int(now_us)};
    return apart_run(cx, db, SQL_DUPLICATE_APART_ADD, one, other, more, 2, changed);
}

bool duplicate_apart_take(struct cx *cx, struct db *db, int64_t one, int64_t other, bool *changed) {
    return apart_run(cx, db, SQL_DUPLICATE_APART_DROP, one, other, NULL, 0, changed);
}

bool duplicate_apart_list(struct cx *cx, struct db *db, struct duplicate_apart **out, size_t *n) {
    struct sql_rows *rows;
    bool more = false, done = sql_open(cx, db, SQL_DUPLICATE_APART_LIST, NULL, 0, &rows);
    *out = NULL;
    *n = 0;
    while (done && (done = sql_next(cx, rows, &more)) && more) {
        const struct duplicate_apart one = {.a_id = sql_get_int(rows, 0),
                                            .b_id = sql_get_int(rows, 1),
                                            .a_code = text_at(cx, rows, 2),
                                            .a_name = text_at(cx, rows, 3),
                                            .b_code = text_at(cx, rows, 4),
                                            .b_name = text_at(cx, rows, 5),
                                            .who = text_at(cx, rows, 6),
                                            .made_us = sql_get_int(rows, 7)};
        ROWS_ADD(cx, *out, *n, one);
    }
    sql_close(rows);
    return done;
}

/* ---- what is compared ---- */

bool duplicate_each(struct cx *cx, struct db *db, duplicate_take *take, void *owner) {
    struct sql_rows *rows;
    bool more = false, done = sql_scan(cx, db, SQL_DUPLICATE_ALL, NULL, 0, &rows);
    while (done && (done = sql_next(cx, rows, &more)) && more)
        done = take(cx, owner, sql_get_int(rows, 0), sql_get_int(rows, 4), sql_get_text(rows, 1), sql_get_text(rows, 2),
                    sql_get_text(rows, 3));
    sql_close(rows);
    return done;
}

bool duplicate_phone_each(struct cx *cx, struct db *db, duplicate_phone_take *take, void *owner) {
    struct sql_rows *rows;
    bool more = false, done = sql_scan(cx, db, SQL_DUPLICATE_PHONES, NULL, 0, &rows);
    while (done && (done = sql_next(cx, rows, &more)) && more)
        done = take(cx, owner, sql_get_int(rows, 0), sql_get_text(rows, 1));
    sql_close(rows);
    return done;
}

/* ---- what was found ---- */

bool duplicate_pairs_put(struct cx *cx, struct db *db, const struct duplicate_run *run,
                         const struct duplicate_pair *pair, size_t n) {
    struct sql_bulk *bulk = NULL;
    bool done = sql_run(cx, db, SQL_DUPLICATE_PAIR_CLEAR, NULL, 0, NULL) &&
                sql_run(cx, db, SQL_DUPLICATE_RUN_CLEAR, NULL, 0, NULL) &&
                sql_bulk_open(cx, db, SQL_DUPLICATE_PAIR_ADD, &bulk);
    for (size_t i = 0; done && i < n; i++) {
        const struct sql_value args[] = {sql_int(pair[i].a), sql_int(pair[i].b), sql_int(pair[i].kinds),
                                         sql_int(pair[i].strength_e4), sql_int(pair[i].likeness_e4)};
        done = sql_bulk_add(cx, bulk, args, 5);
    }
    done = done && sql_bulk_flush(cx, bulk) &&
           SQL_RUN(cx, db, SQL_DUPLICATE_RUN_ADD, sql_int(run->made_us), sql_int(run->facts), sql_int(run->customers),
                   sql_int(run->found));
    sql_bulk_close(bulk);
    return done;
}

bool duplicate_run_find(struct cx *cx, struct db *db, bool *found, struct duplicate_run *out) {
    struct sql_rows *rows;
    bool done = sql_open(cx, db, SQL_DUPLICATE_RUN_FIND, NULL, 0, &rows) && sql_next(cx, rows, found);
    if (done && *found)
        *out = (struct duplicate_run){sql_get_int(rows, 0), sql_get_int(rows, 1), sql_get_int(rows, 2),
                                      sql_get_int(rows, 3)};
    sql_close(rows);
    return done;
}

bool duplicate_pairs(struct cx *cx, struct db *db, struct duplicate_pair **out, size_t *n) {
    struct sql_rows *rows;
    bool more = false, done = sql_open(cx, db, SQL_DUPLICATE_PAIR_LIST, NULL, 0, &rows);
    *out = NULL;
    *n = 0;
    while (done && (done = sql_next(cx, rows, &more)) && more) {
        const struct duplicate_pair one = {.a = sql_get_int(rows, 0),
                                           .b = sql_get_int(rows, 1),
                                           .kinds = (unsigned)sql_get_int(rows, 2),
                                           .strength_e4 = (int32_t)sql_get_int(rows, 3),
                                           .likeness_e4 = (int32_t)sql_get_int(rows, 4)};
        ROWS_ADD(cx, *out, *n, one);
    }
    sql_close(rows);
    return done;
}

bool duplicate_customers(struct cx *cx, struct db *db, struct duplicate_customer **out, size_t *n) {
    struct sql_rows *rows;
    bool more = false, done = sql_open(cx, db, SQL_DUPLICATE_CUSTOMERS, NULL, 0, &rows);
    *out = NULL;
    *n = 0;
    while (done && (done = sql_next(cx, rows, &more)) && more) {
        const struct duplicate_customer one = {.id = sql_get_int(rows, 0),
                                               .code = text_at(cx, rows, 1),
                                               .name = text_at(cx, rows, 2),
                                               .tax_id = text_at(cx, rows, 3),
                                               .phone = text_at(cx, rows, 4),
                                               .city = text_at(cx, rows, 5),
                                               .rep = text_at(cx, rows, 6),
                                               .purchases = sql_get_int(rows, 7),
                                               .value_cents = sql_get_int(rows, 8),
                                               .last_on = sql_get_day(rows, 9)};
        ROWS_ADD(cx, *out, *n, one);
    }
    sql_close(rows);
    return done;
}

/* ---- side by side ---- */

static struct duplicate_side side_at(struct cx *cx, struct sql_rows *rows) {
    return (struct duplicate_side){.id = sql_get_int(rows, 0),
                                   .code = text_at(cx, rows, 1),
                                   .name = text_at(cx, rows, 2),
                                   .tax_id = text_at(cx, rows, 3),
                                   .company = text_at(cx, rows, 4),
                                   .rep = text_at(cx, rows, 5),
                                   .segment = text_at(cx, rows, 6),
                                   .region = text_at(cx, rows, 7),
                                   .city = text_at(cx, rows, 8),
                                   .phone = text_at(cx, rows, 9),
                                   .email = text_at(cx, rows, 10),
                                   .closed_on = sql_get_day(rows, 11),
                                   .last_contact = sql_get_day(rows, 12),
                                   .status = sql_get_int(rows, 13),
                                   .purchases = sql_get_int(rows, 14),
                                   .first_on = sql_get_day(rows, 15),
                                   .last_on = sql_get_day(rows, 16),
                                   .value_total = sql_get_int(rows, 17),
                                   .value_12m = sql_get_int(rows, 18),
                                   .documents = sql_get_int(rows, 19),
                                   .titles = sql_get_int(rows, 20),
                                   .open_cents = sql_get_int(rows, 21),
                                   .contacts = sql_get_int(rows, 22),
                                   .persons = sql_get_int(rows, 23),
                                   .notes = sql_get_int(rows, 24),
                                   .tags = sql_get_int(rows, 25)};
}

bool duplicate_sides(struct cx *cx, struct db *db, const struct str *code, size_t n,
                     struct duplicate_side out[DUPLICATE_SIDES], size_t *found) {
    struct sql_rows *rows;
    struct sql_value args[DUPLICATE_SIDES];
    for (size_t i = 0; i < DUPLICATE_SIDES; i++)
        args[i] = sql_text(i < n ? code[i] : S(""));
    *found = 0;
    bool more = false, done = sql_open(cx, db, SQL_DUPLICATE_SIDE, args, DUPLICATE_SIDES, &rows);
    while (done && (done = sql_next(cx, rows, &more)) && more && *found < DUPLICATE_SIDES)
        out[(*found)++] = side_at(cx, rows);
    sql_close(rows);
    return done;
}
