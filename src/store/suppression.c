// SPDX-License-Identifier: Apache-2.0
/* suppression -- see the header. Must not judge who may be contacted. Every call is one statement. */
#include "store/suppression.h"

#include "store/driver.h"
#include "store/rows.h"

int64_t suppression_hash(const struct db *db, const struct address *address) {
    return address_hash(db->address_key, address);
}

static struct suppression suppression_at(struct sql_rows *rows) {
    return (struct suppression){.id = sql_get_int(rows, 0),
                                .kind = (enum address_kind)sql_get_int(rows, 1),
                                .hash = sql_get_int(rows, 2),
                                .channel = (enum suppression_channel)sql_get_int(rows, 3),
                                .source = (enum suppression_source)sql_get_int(rows, 4),
                                .day = sql_get_day(rows, 5),
                                .until = sql_get_day(rows, 6),
                                .note = sql_get_text(rows, 7),
                                .shown = sql_get_text(rows, 8),
                                .who = sql_get_text(rows, 9),
                                .made_us = sql_get_int(rows, 10),
                                .lifted_us = sql_get_int(rows, 11),
                                .lifted_by = sql_get_text(rows, 12),
                                .lifted_why = sql_get_text(rows, 13)};
}

static struct suppression kept(struct cx *cx, struct suppression s) {
    struct str *text[] = {&s.note, &s.shown, &s.who, &s.lifted_by, &s.lifted_why};
    for (size_t i = 0; i < sizeof text / sizeof *text; i++)
        *text[i] = str_copy(cx->arena, *text[i]);
    return s;
}

bool suppression_add(struct cx *cx, struct db *db, struct suppression *s, struct str token, bool *added) {
    bool found;
    int64_t changed = 0;
    if (!sql_one_int(cx, db, SQL_SUPPRESSION_MAX, NULL, 0, &found, &s->id))
        return false;
    s->id++;
    const struct sql_value args[] = {sql_int(s->id),     sql_int(s->kind), sql_int(s->hash),    sql_int(s->channel),
                                     sql_int(s->source), sql_day(s->day),  sql_day(s->until),   sql_text(s->note),
                                     sql_text(s->shown), sql_text(s->who), sql_int(s->made_us), sql_text(token)};
    bool done = sql_run(cx, db, SQL_SUPPRESSION_ADD, args, sizeof args / sizeof *args, &changed);
    *added = changed > 0;
    return done;
}

bool suppression_find(struct cx *cx, struct db *db, int64_t id, bool *found, struct suppression *out) {
    struct sql_rows *rows;
    *found = false;
    bool done = sql_open(cx, db, SQL_SUPPRESSION_FIND, (struct sql_value[]){sql_int(id)}, 1, &rows) &&
                sql_next(cx, rows, found);
    if (done && *found)
        *out = kept(cx, suppression_at(rows));
    sql_close(rows);
    return done;
}

bool suppression_lift(struct cx *cx, struct db *db, int64_t id, int64_t now_us, struct str who, struct str why,
                      bool *changed) {
    const struct sql_value args[] = {sql_int(id), sql_int(now_us), sql_text(who), sql_text(why)};
    int64_t rows = 0;
    bool done = sql_run(cx, db, SQL_SUPPRESSION_LIFT, args, 4, &rows);
    *changed = rows > 0;
    return done;
}

bool suppression_lift_source(struct cx *cx, struct db *db, int64_t hash, enum suppression_source source, int64_t now_us,
                             struct str who, struct str why) {
    return SQL_RUN(cx, db, SQL_SUPPRESSION_LIFT_SOURCE, sql_int(hash), sql_int(source), sql_int(now_us), sql_text(who),
                   sql_text(why));
}

static void compose(struct sql_text *text, const struct suppression_filter *f) {
    sql_compose(text, PART_SUPPRESSION_LINES, NULL, 0);
    if (f->of_hash)
        sql_compose(text, PART_SUPPRESSION_HASH, (struct sql_value[]){sql_int(f->hash)}, 1);
    if (f->channel >= 0)
        sql_compose(text, PART_SUPPRESSION_CHANNEL, (struct sql_value[]){sql_int(f->channel)}, 1);
    if (f->source >= 0)
        sql_compose(text, PART_SUPPRESSION_SOURCE, (struct sql_value[]){sql_int(f->source)}, 1);
    if (f->holds >= 0)
        sql_compose(text, f->holds == 1 ? PART_SUPPRESSION_HOLDS : PART_SUPPRESSION_OVER,
                    (struct sql_value[]){sql_int(f->day.n)}, 1);
    if (f->before > 0)
        sql_compose(text, PART_SUPPRESSION_BEFORE, (struct sql_value[]){sql_int(f->before)}, 1);
    sql_compose(text, PART_SUPPRESSION_NEWEST, (struct sql_value[]){sql_int(f->most)}, 1);
}

bool suppression_each(struct cx *cx, struct db *db, const struct suppression_filter *filter, suppression_take *take,
                      void *owner) {
    struct sql_text text;
    struct sql_rows *rows;
    bool more = false;
    sql_text_init(&text, cx, db);
    compose(&text, filter);
    bool done = sql_open_text(cx, db, &text, &rows);
    while (done && (done = sql_next(cx, rows, &more)) && more) {
        const struct suppression s = suppression_at(rows);
        done = take(cx, owner, &s);
    }
    sql_close(rows);
    return done;
}

/* ---- what is asked of it ---- */

bool suppression_among(struct cx *cx, struct db *db, const int64_t *hash, size_t n, struct day day,
                       struct suppression_hit **out, size_t *hits) {
    struct sql_rows *rows = NULL;
    *out = NULL;
    *hits = 0;
    if (n == 0 || !db->has_key)
        return true;
    const struct sql_value args[] = {sql_text(rows_numbers(cx, hash, n)), sql_int(day.n)};
    bool more = false, done = sql_open(cx, db, SQL_SUPPRESSION_AMONG, args, 2, &rows);
    while (done && (done = sql_next(cx, rows, &more)) && more) {
        const struct suppression_hit hit = {.hash = sql_get_int(rows, 0),
                                            .channel = (enum suppression_channel)sql_get_int(rows, 1),
                                            .source = (enum suppression_source)sql_get_int(rows, 2),
                                            .day = sql_get_day(rows, 3),
                                            .until = sql_get_day(rows, 4),
                                            .state = str_copy(cx->arena, sql_get_text(rows, 5))};
        ROWS_ADD(cx, *out, *hits, hit);
    }
    sql_close(rows);
    return done;
}

bool reach_address(struct cx *cx, struct db *db, const int64_t *customer, size_t n, struct reach_row **out,
                   size_t *count) {
    struct sql_rows *rows = NULL;
    *out = NULL;
    *count = 0;
    if (n == 0)
        return true;
    const struct sql_value ids = sql_text(rows_numbers(cx, customer, n));
    bool more = false, done = sql_open(cx, db, SQL_REACH_ADDRESS, &ids, 1, &rows);
    while (done && (done = sql_next(cx, rows, &more)) && more) {
        const struct reach_row row = {.customer_id = sql_get_int(rows, 0),
                                      .person_id = sql_get_int(rows, 1),
                                      .phone = str_copy(cx->arena, sql_get_text(rows, 2)),
                                      .email = str_copy(cx->arena, sql_get_text(rows, 3)),
                                      .tax_id = str_copy(cx->arena, sql_get_text(rows, 4)),
                                      .consent_phone = (enum consent)sql_get_int(rows, 5),
                                      .consent_email = (enum consent)sql_get_int(rows, 6)};
        ROWS_ADD(cx, *out, *count, row);
    }
    sql_close(rows);
    return done;
}

bool reach_contact(struct cx *cx, struct db *db, const int64_t *customer, size_t n, struct day after,
                   struct reach_contact **out, size_t *count) {
    struct sql_rows *rows = NULL;
    *out = NULL;
    *count = 0;
    if (n == 0)
        return true;
    const struct sql_value args[] = {sql_text(rows_numbers(cx, customer, n)), sql_int(after.n)};
    bool more = false, done = sql_open(cx, db, SQL_REACH_CONTACT, args, 2, &rows);
    while (done && (done = sql_next(cx, rows, &more)) && more) {
        const struct reach_contact row = {sql_get_int(rows, 0), sql_get_day(rows, 1)};
        ROWS_ADD(cx, *out, *count, row);
    }
    sql_close(rows);
    return done;
}

/* ---- states' lists ---- */

bool block_lists(struct cx *cx, struct db *db, struct block_list **out, size_t *n) {
    struct sql_rows *rows;
    bool more = false, done = sql_open(cx, db, SQL_BLOCK_LIST, NULL, 0, &rows);
    *out = NULL;
    *n = 0;
    while (done && (done = sql_next(cx, rows, &more)) && more) {
        const struct block_list list = {.state = str_copy(cx->arena, sql_get_text(rows, 0)),
                                        .day = sql_get_day(rows, 1),
                                        .entries = sql_get_int(rows, 2),
                                        .refused = sql_get_int(rows, 3),
                                        .hits = sql_get_int(rows, 4),
                                        .file = str_copy(cx->arena, sql_get_text(rows, 5)),
                                        .who = str_copy(cx->arena, sql_get_text(rows, 6)),
                                        .made_us = sql_get_int(rows, 7)};
        ROWS_ADD(cx, *out, *n, list);
    }
    sql_close(rows);
    return done;
}

bool block_drop(struct cx *cx, struct db *db, struct str state) {
    return SQL_RUN(cx, db, SQL_BLOCK_NUMBERS_DROP, sql_text(state)) && SQL_RUN(cx, db, SQL_BLOCK_DROP, sql_text(state));
}

bool block_put(struct cx *cx, struct db *db, const struct block_list *list, const int64_t *hash, size_t n) {
    struct sql_bulk *bulk = NULL;
    const struct sql_value args[] = {sql_text(list->state),  sql_day(list->day),    sql_int(list->entries),
                                     sql_int(list->refused), sql_int(list->hits),   sql_text(list->file),
                                     sql_text(list->who),    sql_int(list->made_us)};
    bool done = SQL_RUN(cx, db, SQL_BLOCK_NUMBERS_DROP, sql_text(list->state)) &&
                sql_bulk_open(cx, db, SQL_BLOCK_NUMBER_ADD, &bulk);
    for (size_t i = 0; done && i < n; i++)
        done = sql_bulk_add(cx, bulk, (struct sql_value[]){sql_text(list->state), sql_int(hash[i])}, 2);
    done = done && sql_bulk_flush(cx, bulk);
    sql_bulk_close(bulk);
    return done && sql_run(cx, db, SQL_BLOCK_PUT, args, sizeof args / sizeof *args, NULL);
}

bool block_phones(struct cx *cx, struct db *db, block_phone_take *take, void *owner) {
    struct sql_rows *rows;
    bool more = false, done = sql_scan(cx, db, SQL_BLOCK_PHONES, NULL, 0, &rows);
    while (done && (done = sql_next(cx, rows, &more)) && more)
        done = take(cx, owner, sql_get_text(rows, 0));
    sql_close(rows);
    return done;
}
