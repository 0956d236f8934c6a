// SPDX-License-Identifier: Apache-2.0
/* erasure -- see the header. Must not decide what is personal: app/erase does. Invariant: what is listed in `hangs` and `texts` is every
 * place where a text about a customer is kept.
 */
#include "store/erasure.h"

#include <stdlib.h>

#include "stats/stat.h"
#include "store/driver.h"
#include "store/rows.h"
#include "store/score.h"
#include "store/score_strip.h"

bool erasure_find(struct cx *cx, struct db *db, struct str code, bool *found, struct erasure *out) {
    struct sql_rows *rows;
    *found = false;
    bool done =
        sql_open(cx, db, SQL_ERASURE_FIND, (struct sql_value[]){sql_text(code)}, 1, &rows) && sql_next(cx, rows, found);
    if (done && *found)
        *out = (struct erasure){.code = code,
                                .made_us = sql_get_int(rows, 0),
                                .who = str_copy(cx->arena, sql_get_text(rows, 1)),
                                .token = str_copy(cx->arena, sql_get_text(rows, 2)),
                                .tax_hash = STAT_NONE};
    sql_close(rows);
    return done;
}

bool erasure_list(struct cx *cx, struct db *db, struct erasure **out, size_t *n) {
    struct sql_rows *rows;
    bool more = false, done = sql_open(cx, db, SQL_ERASURE_LIST, NULL, 0, &rows);
    *out = NULL;
    *n = 0;
    while (done && (done = sql_next(cx, rows, &more)) && more) {
        const struct erasure one = {.code = str_copy(cx->arena, sql_get_text(rows, 0)),
                                    .tax_hash = sql_get_int(rows, 1),
                                    .who = str_copy(cx->arena, sql_get_text(rows, 2)),
                                    .made_us = sql_get_int(rows, 3),
                                    .token = str_copy(cx->arena, sql_get_text(rows, 4))};
        ROWS_ADD(cx, *out, *n, one);
    }
    sql_close(rows);
    return done;
}

bool erasure_put(struct cx *cx, struct db *db, const struct erasure *e) {
    return SQL_RUN(cx, db, SQL_ERASURE_PUT, sql_text(e->code), sql_number(e->tax_hash), sql_text(e->who),
                   sql_int(e->made_us), sql_text(e->token));
}

bool erasure_count(struct cx *cx, struct db *db, int64_t customer_id, struct erasure_count *out) {
    struct sql_rows *rows;
    bool more = false,
         done = sql_open(cx, db, SQL_ERASURE_COUNT, (struct sql_value[]){sql_int(customer_id)}, 1, &rows) &&
                sql_next(cx, rows, &more);
    *out = (struct erasure_count){0};
    int64_t *to[] = {&out->persons, &out->notes,   &out->contacts,  &out->appointments, &out->texts,
                     &out->facts,   &out->uploads, &out->documents, &out->value_cents};
    for (int i = 0; done && more && i < (int)(sizeof to / sizeof *to); i++)
        *to[i] = sql_get_int(rows, i);
    sql_close(rows);
    return done;
}

bool erasure_said(struct cx *cx, struct db *db, int64_t customer_id, struct erasure_said **out, size_t *n) {
    struct sql_rows *rows;
    bool more = false, done = sql_open(cx, db, SQL_ERASURE_SAID, (struct sql_value[]){sql_int(customer_id)}, 1, &rows);
    *out = NULL;
    *n = 0;
    while (done && (done = sql_next(cx, rows, &more)) && more) {
        const struct erasure_said said = {.code = str_copy(cx->arena, sql_get_text(rows, 0)),
                                          .name = str_copy(cx->arena, sql_get_text(rows, 1)),
                                          .phone = str_copy(cx->arena, sql_get_text(rows, 2)),
                                          .email = str_copy(cx->arena, sql_get_text(rows, 3)),
                                          .tax_id = str_copy(cx->arena, sql_get_text(rows, 4))};
        ROWS_ADD(cx, *out, *n, said);
    }
    sql_close(rows);
    return done;
}

bool erasure_has(struct cx *cx, struct db *db, int64_t customer_id, bool *out) {
    int64_t id;
    return sql_one_int(cx, db, SQL_ERASURE_HAS, (struct sql_value[]){sql_int(customer_id)}, 1, out, &id);
}

/* ---- taking it away ---- */

static const struct {
    enum sql_id id;
    bool timed;
} hangs[] = {{SQL_ERASURE_CUSTOMER, false}, {SQL_ERASURE_FACT, false},         {SQL_ERASURE_PERSON, true},
             {SQL_ERASURE_CONTACT, false},  {SQL_ERASURE_APPOINTMENT, true},   {SQL_ERASURE_NOTE, true},
             {SQL_ERASURE_SKIP, false},     {SQL_ERASURE_RECORD, false},       {SQL_ERASURE_RECORD_BEFORE, false},
             {SQL_ERASURE_MEMO, true},      {SQL_ERASURE_PAIR, false},         {SQL_ERASURE_TRANSFER, false},
             {SQL_ERASURE_ABSORBED, false}, {SQL_ERASURE_TOLD_BODY, false},    {SQL_ERASURE_TOLD, false},
             {SQL_ERASURE_MARK, false},     {SQL_ERASURE_MESSAGE_BODY, false}, {SQL_ERASURE_MESSAGE, false},
             {SQL_ERASURE_BOUNCE, false}};

bool erasure_customer(struct cx *cx, struct db *db, int64_t customer_id, int64_t now_us) {
    const struct sql_value args[] = {sql_int(customer_id), sql_int(now_us)};
    bool done = SQL_RUN(cx, db, SQL_ERASURE_UPLOAD, sql_int(now_us));
    for (size_t i = 0; done && i < sizeof hangs / sizeof *hangs; i++)
        done = sql_run(cx, db, hangs[i].id, args, hangs[i].timed ? 2 : 1, NULL);
    return done;
}

bool erasure_audit(struct cx *cx, struct db *db, struct str code) {
    return SQL_RUN(cx, db, SQL_ERASURE_AUDIT, sql_text(code));
}

bool erasure_address(struct cx *cx, struct db *db, int64_t hash) {
    return SQL_RUN(cx, db, SQL_ERASURE_SUPPRESSION, sql_int(hash));
}

static const struct texts {
    enum sql_id scan, wipe;
    enum erasure_text kind;
    bool more; /* there is a second statement */
    enum sql_id also;
} texts[] = {{.scan = SQL_ERASURE_SCAN_AUDIT, .wipe = SQL_ERASURE_WIPE_AUDIT, .kind = ERASURE_WORDS},
             {.scan = SQL_ERASURE_SCAN_MEMO, .wipe = SQL_ERASURE_WIPE_MEMO, .kind = ERASURE_WORDS},
             {.scan = SQL_ERASURE_SCAN_REJECT, .wipe = SQL_ERASURE_WIPE_REJECT, .kind = ERASURE_ROW},
             {.scan = SQL_ERASURE_SCAN_ANSWER, .wipe = SQL_ERASURE_WIPE_ANSWER, .kind = ERASURE_ROW},
             {.scan = SQL_ERASURE_SCAN_DELIVERY, .wipe = SQL_ERASURE_WIPE_DELIVERY, .kind = ERASURE_ROW},
             {.scan = SQL_ERASURE_SCAN_TRANSFER, .wipe = SQL_ERASURE_WIPE_TRANSFER, .kind = ERASURE_WORDS},
             {.scan = SQL_ERASURE_SCAN_UPLOAD, .wipe = SQL_ERASURE_WIPE_UPLOAD, .kind = ERASURE_WORDS},
             {.scan = SQL_ERASURE_SCAN_SUPPRESSION, .wipe = SQL_ERASURE_WIPE_SUPPRESSION, .kind = ERASURE_WORDS},
             {.scan = SQL_ERASURE_SCAN_MESSAGE, .wipe = SQL_ERASURE_WIPE_MESSAGE, .kind = ERASURE_WORDS},
             {.scan = SQL_ERASURE_SCAN_BODY,
              .wipe = SQL_ERASURE_WIPE_BODY,
              .kind = ERASURE_PAGE,
              .more = true,
              .also = SQL_ERASURE_WIPE_SPOKEN},
             {.scan = SQL_ERASURE_SCAN_MAILING, .wipe = SQL_ERASURE_WIPE_MAILING, .kind = ERASURE_WORDS},
             {.scan = SQL_ERASURE_SCAN_BOUNCE, .wipe = SQL_ERASURE_WIPE_BOUNCE, .kind = ERASURE_WORDS}};

struct text_key {
    int64_t id;
    struct str part;
};

static bool texts_find(struct cx *cx, struct db *db, const struct texts *of, erasure_holds *holds, void *owner,
                       struct text_key **out, size_t *n) {
    struct sql_rows *rows;
    bool more = false, done = sql_scan(cx, db, of->scan, NULL, 0, &rows);
    *out = NULL;
    *n = 0;
    while (done && (done = sql_next(cx, rows, &more)) && more) {
        struct arena_mark mark = arena_mark_get(cx->arena);
        bool found = holds(owner, cx->arena, sql_get_text(rows, 2), of->kind) ||
                     holds(owner, cx->arena, sql_get_text(rows, 3), of->kind);
        arena_rewind(cx->arena, mark);
        if (!found)
            continue;
        const struct text_key key = {sql_get_int(rows, 0), str_copy(cx->arena, sql_get_text(rows, 1))};
        ROWS_ADD(cx, *out, *n, key);
    }
    sql_close(rows);
    return done;
}

bool erasure_texts(struct cx *cx, struct db *db, erasure_holds *holds, void *owner, int64_t *emptied) {
    bool done = true;
    for (size_t i = 0; done && i < sizeof texts / sizeof *texts; i++) {
        struct text_key *key;
        size_t n;
        done = texts_find(cx, db, &texts[i], holds, owner, &key, &n);
        for (size_t k = 0; done && k < n; k++)
            done = SQL_RUN(cx, db, texts[i].wipe, sql_int(key[k].id), sql_text(key[k].part)) &&
                   (!texts[i].more || SQL_RUN(cx, db, texts[i].also, sql_int(key[k].id), sql_text(key[k].part)));
        *emptied += (int64_t)n;
    }
    return done;
}

bool erasure_searched(struct cx *cx, struct db *db) {
    struct score_run run;
    bool found;
    return score_run_find(cx, db, &found, &run) && (!found || score_strips_make(cx, db));
}

bool erasure_clean(struct cx *cx, struct db *db) {
    bool found = false;
    int64_t busy = 0;
    if (!sql_run(cx, db, SQL_ERASURE_VACUUM, NULL, 0, NULL) ||
        !sql_one_int(cx, db, SQL_ERASURE_LOG, NULL, 0, &found, &busy))
        return false;
    return busy == 0 || cx_fail(cx, ERR_IO, S("erase.not_clean"));
}

/* ---- keeping it away ---- */

struct erasure_among {
    const struct db *db;
    struct erasure *erased; /* by code */
    size_t n;
    int64_t *tax; /* hashes, ascending */
    size_t taxes;
    int64_t *id; /* ascending */
    size_t ids;
};

static int by_number(const void *a, const void *b) {
    const int64_t *x = a, *y = b;
    return (*x > *y) - (*x < *y);
}

static int by_code(const void *a, const void *b) {
    const struct erasure *x = a, *y = b;
    return str_compare(x->code, y->code);
}

static bool number_among(const int64_t *number, size_t n, int64_t wanted) {
    return n > 0 && bsearch(&wanted, number, n, sizeof *number, by_number) != NULL;
}

bool erasure_among_open(struct cx *cx, struct db *db, struct erasure_among **out) {
    struct erasure_among *among = *out = arena_new(cx->arena, struct erasure_among, 1);
    struct sql_rows *rows = NULL;
    bool more = false, done = erasure_list(cx, db, &among->erased, &among->n);
    among->db = db;
    if (!done || among->n == 0)
        return done;
    qsort(among->erased, among->n, sizeof *among->erased, by_code); /* databases have orders of their own */
    for (size_t i = 0; i < among->n; i++)
        if (among->erased[i].tax_hash != STAT_NONE)
            ROWS_ADD(cx, among->tax, among->taxes, among->erased[i].tax_hash);
    if (among->taxes > 0)
        qsort(among->tax, among->taxes, sizeof *among->tax, by_number);
    done = sql_open(cx, db, SQL_ERASURE_IDS, NULL, 0, &rows);
    while (done && (done = sql_next(cx, rows, &more)) && more)
        ROWS_ADD(cx, among->id, among->ids, sql_get_int(rows, 0));
    sql_close(rows);
    return done;
}

void erasure_among_code(struct cx *cx, struct erasure_among *among, int64_t id, struct str code) {
    for (size_t low = 0, high = among->n; low < high;) {
        size_t middle = low + (high - low) / 2;
        int order = str_compare(code, among->erased[middle].code);
        if (order == 0) {
            ROWS_ADD(cx, among->id, among->ids, id);
            return;
        }
        if (order < 0)
            high = middle;
        else
            low = middle + 1;
    }
}

bool erasure_among_has(const struct erasure_among *among, int64_t id, struct str tax_id) {
    struct address address;
    return number_among(among->id, among->ids, id) ||
           (among->taxes > 0 && tax_id.n > 0 && address_tax_id(tax_id, &address) &&
            number_among(among->tax, among->taxes, address_hash(among->db->address_key, &address)));
}
