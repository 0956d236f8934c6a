// SPDX-License-Identifier: Apache-2.0
/* bought -- see bought.h. Counted here and not by the database: a sort, a window and two groupings of a hundred lines took
 * three quarters of the time that the page of a customer took.
 *
 * Must not know whose lines they are. Invariant: lines come document by document, so one that was counted is the last one.
 */
#include "store/bought.h"

#include <stdlib.h>

#include "core/document.h"
#include "store/rows.h"

struct bought_entry {
    struct bought bought;
    int64_t product_id, document_id; /* the document counted last */
    struct day sold;                 /* of the last price; DAY_NONE: never sold */
};

enum { SLOTS_FIRST = 64 };

static size_t slot_of(const struct bought_tally *t, int64_t product_id) {
    size_t i = (size_t)((uint64_t)product_id * UINT64_C(0x9e3779b97f4a7c15) >> 32) & (t->slots - 1);
    while (t->slot[i] != 0 && t->entry[t->slot[i] - 1].product_id != product_id)
        i = (i + 1) & (t->slots - 1);
    return i;
}

static void grow(struct bought_tally *t) {
    t->slots = t->slots ? t->slots * 2 : SLOTS_FIRST;
    t->slot = arena_new(t->cx->arena, uint32_t, t->slots);
    for (size_t i = 0; i < t->n; i++)
        t->slot[slot_of(t, t->entry[i].product_id)] = (uint32_t)i + 1;
}

static struct bought_entry *entry_of(struct bought_tally *t, struct sql_rows *rows) {
    int64_t product_id = sql_get_int(rows, 0);
    if (t->n * 2 >= t->slots)
        grow(t);
    size_t slot = slot_of(t, product_id);
    if (t->slot[slot] == 0) {
        const struct bought bought = {.code = str_copy(t->cx->arena, sql_get_text(rows, 7)),
                                      .name = str_copy(t->cx->arena, sql_get_text(rows, 8)),
                                      .first = sql_get_day(rows, 2),
                                      .last = sql_get_day(rows, 2)};
        const struct bought_entry fresh = {.bought = bought, .product_id = product_id, .sold = DAY_NONE};
        ROWS_ADD(t->cx, t->entry, t->n, fresh);
        t->slot[slot] = (uint32_t)t->n;
    }
    return &t->entry[t->slot[slot] - 1];
}

void bought_line(struct bought_tally *tally, struct sql_rows *rows) {
    struct bought_entry *e = entry_of(tally, rows);
    struct bought *b = &e->bought;
    int64_t document_id = sql_get_int(rows, 1);
    struct day day = sql_get_day(rows, 2);
    b->quantity_e4 += sql_get_int(rows, 4);
    b->value_cents += sql_get_int(rows, 6);
    b->first = day.n < b->first.n ? day : b->first;
    b->last = day.n > b->last.n ? day : b->last;
    if (sql_get_int(rows, 3) == DOCUMENT_RETURN)
        return;
    b->times += b->times == 0 || e->document_id != document_id;
    e->document_id = document_id;
    if (!day_is(e->sold) || day.n >= e->sold.n) {
        e->sold = day;
        b->last_price_e4 = sql_get_int(rows, 5);
    }
}

static int dearest_first(const void *a, const void *b) {
    const struct bought *x = a, *y = b;
    if (x->value_cents != y->value_cents)
        return x->value_cents > y->value_cents ? -1 : 1;
    return str_compare(x->code, y->code);
}

struct bought *bought_sum(const struct bought_tally *tally, size_t *n) {
    struct bought *out = arena_new(tally->cx->arena, struct bought, tally->n + 1);
    *n = 0;
    for (size_t i = 0; i < tally->n; i++)
        if (tally->entry[i].bought.times > 0)
            out[(*n)++] = tally->entry[i].bought;
    qsort(out, *n, sizeof *out, dearest_first);
    return out;
}

bool product_bought(struct cx *cx, struct db *db, int64_t customer_id, struct day as_of, struct bought **out,
                    size_t *n) {
    struct bought_tally tally = {.cx = cx};
    const struct sql_value args[] = {sql_int(customer_id), sql_day(as_of)};
    struct sql_rows *rows;
    bool more = false, done = sql_open(cx, db, SQL_PRODUCT_LINE, args, 2, &rows);
    while (done && (done = sql_next(cx, rows, &more)) && more)
        bought_line(&tally, rows);
    sql_close(rows);
    *out = bought_sum(&tally, n);
    return done;
}
