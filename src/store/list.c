// SPDX-License-Identifier: Apache-2.0
/* list -- customers by any filter in any order: a filter becomes a query over columns (list_scan), the strips are read
 * and scanned, and only the customers that are shown are read as rows (list_rows).
 *
 * Must not know how a list is shown. Invariant: a customer counts either by the strips or, when it is in score_moved, by
 * its row; both ways are filtered and ordered by the same code.
 */
#include "store/list.h"

#include <stdlib.h>
#include <string.h>

#include "stats/stat.h"
#include "store/list_from.h"
#include "store/list_recall.h"
#include "store/list_rows.h"

enum { LIST_TEXTS = STRIP_END - STRIP_ORDERED };

struct list {
    struct cx *cx;
    struct db *db;
    struct list_query query;
    struct score_strips strips;
    struct list_block part; /* of the strips, the one being scanned */
    uint64_t *key;
    struct sql_rows *text[LIST_TEXTS]; /* parts of the strips of texts still to come; NULL: not wanted */
    struct list_rows rows;
    int64_t *moved_id; /* ascending */
    size_t moved_ids;
    struct placed *moved; /* those that pass, in order */
    size_t moveds;
    bool by_text; /* the order is of texts: code, name, tax id */
    bool back;    /* the order is walked backwards */
    struct list_bound bound;
    struct list_totals *totals; /* NULL: not wanted */
};

/* Where the classes end among the codes of the strips. */
static bool find_places(struct list *l) {
    struct list_query *q = &l->query;
    int64_t *id = l->part.column[STRIP_CUSTOMER], *place = l->part.column[STRIP_CODE];
    for (size_t part = 0; part < l->strips.parts; part++) {
        size_t n = score_strips_rows(&l->strips, part);
        if (!score_strip_read(l->cx, &l->strips, STRIP_CUSTOMER, part, id))
            return false;
        bool has_a = q->a_last >= id[0] && q->a_last <= id[n - 1], has_b = q->b_last >= id[0] && q->b_last <= id[n - 1];
        if (!has_a && !has_b)
            continue;
        if (!score_strip_read(l->cx, &l->strips, STRIP_CODE, part, place))
            return false;
        for (size_t i = 0; i < n; i++) {
            q->a_place = id[i] == q->a_last ? place[i] : q->a_place;
            q->b_place = id[i] == q->b_last ? place[i] : q->b_place;
        }
    }
    return true;
}

static bool load(struct list *l, uint64_t more) {
    if (!score_ids(l->cx, l->db, SQL_SCORE_MOVED_LIST, &l->moved_id, &l->moved_ids) ||
        !score_strips_load(l->cx, l->db, list_scan_wanted(&l->query) | more, &l->strips))
        return false;
    if (!l->strips.parts && !l->moved_ids && l->query.run->customers)
        return cx_fail(l->cx, ERR_CONFLICT, S("list.score_gone"));
    for (int k = 0; k < STRIP_ORDERED; k++) {
        if (l->strips.data[k])
            l->part.column[k] = arena_new(l->cx->arena, int64_t, STRIP_ROWS);
    }
    l->part.pass = arena_new(l->cx->arena, unsigned char, STRIP_ROWS);
    l->part.scratch = arena_new(l->cx->arena, unsigned char, STRIP_ROWS);
    l->key = arena_new(l->cx->arena, uint64_t, STRIP_ROWS);
    return !l->query.abc || find_places(l);
}

/* Put out those whose rows are newer; both sides come by id. */
static void leave_moved(const struct list *l, struct list_block *block, size_t *at) {
    const int64_t *id = block->column[STRIP_CUSTOMER];
    for (size_t i = 0; i < block->n && *at < l->moved_ids; i++) {
        while (*at < l->moved_ids && l->moved_id[*at] < id[i])
            ++*at;
        if (*at < l->moved_ids && l->moved_id[*at] == id[i])
            block->pass[i] = 0;
    }
}

/* The texts of the next part; they live until the one after it. */
static bool next_text(struct list *l, struct sql_rows *rows, struct str *out) {
    bool more;
    if (!sql_next(l->cx, rows, &more))
        return false;
    *out = more ? sql_get_text(rows, 1) : (struct str){0};
    return more || cx_fail(l->cx, ERR_DB, S("list.strips_broken"));
}

static bool open_texts(struct list *l) {
    uint64_t wanted = list_scan_wanted(&l->query);
    for (int k = 0; k < LIST_TEXTS; k++) {
        const struct sql_value strip = sql_int(STRIP_ORDERED + k);
        if ((wanted >> (STRIP_ORDERED + k) & 1) && !sql_open(l->cx, l->db, SQL_STRIP_LOAD, &strip, 1, &l->text[k]))
            return false;
    }
    return true;
}

static void close_texts(struct list *l) {
    for (int k = 0; k < LIST_TEXTS; k++) {
        sql_close(l->text[k]);
        l->text[k] = NULL;
    }
}

/* Read one part and filter it. */
static bool scan_part(struct list *l, size_t part, size_t *moved_at) {
    struct list_block *block = &l->part;
    block->n = score_strips_rows(&l->strips, part);
    for (int k = 0; k < STRIP_ORDERED; k++) {
        if (l->strips.data[k] && !score_strip_read(l->cx, &l->strips, (enum score_strip)k, part, block->column[k]))
            return false;
    }
    for (int k = 0; k < LIST_TEXTS; k++) {
        struct str *const text[LIST_TEXTS] = {&block->text, &block->tax_text, &block->phone_text};
        if (l->text[k] && !next_text(l, l->text[k], text[k]))
            return false;
    }
    memset(block->pass, 1, block->n);
    leave_moved(l, block, moved_at);
    list_scan_filter(&l->query, block);
    return true;
}

/* A single row as a block of its own. */
static bool row_passes(struct list *l, struct list_row *row, uint64_t *key) {
    unsigned char pass = 1, scratch;
    struct list_block one = {.n = 1, .pass = &pass, .scratch = &scratch, .code = &row->customer.code};
    for (int k = 0; k < STRIP_NUMBERS; k++)
        one.column[k] = &row->number[k];
    int64_t no_place = 0;
    for (int k = STRIP_NUMBERS; k < STRIP_ORDERED; k++)
        one.column[k] = &no_place;
    struct buf text, tax_text, phone_text;
    buf_init(&text, l->cx->arena, 0);
    buf_init(&tax_text, l->cx->arena, 0);
    buf_init(&phone_text, l->cx->arena, 0);
    if (l->query.needle[0].n) {
        score_strip_text(l->cx->arena, &text, row->customer.code, row->name_fold);
        score_strip_tax_text(l->cx->arena, &tax_text, row->customer.tax_id);
        score_strip_phone_text(&phone_text, row->customer.phone);
    }
    one.text = buf_str(&text);
    one.tax_text = buf_str(&tax_text);
    one.phone_text = buf_str(&phone_text);
    list_scan_filter(&l->query, &one);
    list_scan_keys(&l->query, &one, key);
    return pass;
}

/* -- those whose rows are newer --------------------------------------------------------------------------------------- */

/* A row and its place in the order asked for. */
struct placed {
    struct list_row row;
    uint64_t key;
};

static struct str order_text(const struct list *l, const struct list_row *row) {
    return l->query.order == STRIP_CODE   ? row->customer.code
           : l->query.order == STRIP_NAME ? row->name_fold
                                          : row->customer.tax_id;
}

static int placed_compare(const struct list *l, const struct placed *a, const struct placed *b) {
    int order = 0;
    if (l->by_text) {
        struct str x = order_text(l, &a->row), y = order_text(l, &b->row);
        if (!x.n != !y.n)
            order = x.n ? -1 : 1;
        else
            order = l->query.descending ? str_compare(y, x) : str_compare(x, y);
    } else if (a->key != b->key) {
        order = a->key < b->key ? -1 : 1;
    }
    order = order ? order : str_compare(a->row.customer.code, b->row.customer.code);
    return l->back ? -order : order;
}

static int moved_compare(const void *a, const void *b, void *list) {
    return placed_compare(list, a, b);
}

static void add(struct list_totals *out, int64_t total, int64_t value_12m, int64_t times) {
    out->customers += times;
    out->value_total += total == STAT_NONE ? 0 : total * times;
    out->value_12m += value_12m == STAT_NONE ? 0 : value_12m * times;
}

static bool is_behind_bound(const struct list *l, const struct placed *placed) {
    if (!l->bound.set)
        return true;
    const struct placed from = {.row = *l->bound.row, .key = l->bound.row_key};
    return placed_compare(l, placed, &from) > 0;
}

/* Read them, keep those that pass, in order. */
static bool read_moved(struct list *l) {
    struct list_row *batch = arena_new(l->cx->arena, struct list_row, LIST_BATCH);
    l->moved = arena_new(l->cx->arena, struct placed, l->moved_ids + 1);
    for (size_t at = 0, n; at < l->moved_ids; at += n) {
        size_t got;
        n = l->moved_ids - at < LIST_BATCH ? l->moved_ids - at : LIST_BATCH;
        if (!list_rows_read(&l->rows, l->cx->arena, l->moved_id + at, n, true, batch, &got))
            return false;
        for (size_t i = 0; i < got; i++) {
            struct placed *placed = &l->moved[l->moveds];
            placed->row = batch[i];
            if (!row_passes(l, &placed->row, &placed->key))
                continue;
            if (l->totals)
                add(l->totals, placed->row.number[STRIP_TOTAL], placed->row.number[STRIP_12M], 1);
            l->moveds += is_behind_bound(l, placed);
        }
    }
    qsort_r(l->moved, l->moveds, sizeof *l->moved, moved_compare, l);
    return true;
}

static bool open_list(struct cx *cx, struct db *db, const struct score_run *run, const struct list_filter *filter,
                      struct list_order order, const struct list_from *from, struct list_totals *totals,
                      struct list *l) {
    const uint64_t summed = UINT64_C(1) << STRIP_TOTAL | UINT64_C(1) << STRIP_12M;
    *l = (struct list){.cx = cx, .db = db, .totals = totals, .back = from->set && from->back};
    if (totals)
        *totals = (struct list_totals){0};
    if (!list_query_make(cx, db, run, filter, order, &l->query) || !load(l, totals ? summed : 0) ||
        !list_rows_open(cx, db, run, &l->rows) ||
        !list_bound_make(cx, db, &l->query, order.column, from, &l->strips, l->part.column, &l->bound))
        return false;
    if (l->back) {
        l->bound.hit.key = ~l->bound.hit.key;
        l->bound.hit.place = -l->bound.hit.place;
    }
    l->by_text = l->query.order >= STRIP_NUMBERS;
    return read_moved(l);
}

/* -- all together ------------------------------------------------------------------------------------------------------ */

/* What is done with each part after its filter. */
typedef void part_scanned(struct list *l, void *owner);

static bool scan_all(struct list *l, part_scanned *scanned, void *owner) {
    size_t moved_at = 0, part = 0;
    bool good = open_texts(l);
    for (; good && part < l->strips.parts; part++) {
        good = scan_part(l, part, &moved_at);
        if (good)
            scanned(l, owner);
    }
    close_texts(l);
    return good;
}

static void add_part(struct list *l) {
    const struct list_block *block = &l->part;
    for (size_t i = 0; i < block->n; i++)
        add(l->totals, block->column[STRIP_TOTAL][i], block->column[STRIP_12M][i], block->pass[i]);
}

/* Places are doubled: a page may begin between two of them (list_from.c). Backwards, keys and places are turned round. */
static void offer_part(struct list *l, void *owner) {
    struct list_top *top = owner;
    const struct list_block *block = &l->part;
    if (l->totals)
        add_part(l);
    if (!top)
        return;
    list_scan_keys(&l->query, block, l->key);
    const uint64_t turn = l->back ? UINT64_MAX : 0, first = l->bound.set ? l->bound.hit.key : 0;
    const int64_t step = l->back ? -2 : 2;
    uint64_t last = list_top_bound(top);
    for (size_t i = 0; i < block->n; i++) {
        uint64_t key = l->key[i] ^ turn;
        if (!(block->pass[i] & (key >= first) & (key <= last)))
            continue;
        const struct list_hit hit = {
            .key = key, .place = step * block->column[STRIP_CODE][i], .customer_id = block->column[STRIP_CUSTOMER][i]};
        if (l->bound.set && !list_hit_behind(&hit, &l->bound.hit))
            continue;
        list_top_offer(top, hit);
        last = list_top_bound(top);
    }
}

/* Hits and newer rows, merged by order. */
struct merge {
    struct list *list;
    size_t moved_at;
    int64_t left; /* to show */
    list_visit *visit;
    void *owner;
};

static bool show(struct merge *m, const struct list_row *row) {
    m->left--;
    return m->visit(m->list->cx, m->owner, &row->customer);
}

/* Show the newer rows that come before `next` (NULL: all that are left). */
static bool show_moved(struct merge *m, const struct placed *next) {
    const struct list *l = m->list;
    while (m->left > 0 && m->moved_at < l->moveds && (!next || placed_compare(l, &l->moved[m->moved_at], next) < 0)) {
        if (!show(m, &l->moved[m->moved_at++].row))
            return false;
    }
    return true;
}

static bool show_batch(struct merge *m, struct arena *arena, const struct list_hit *hit, size_t n) {
    int64_t id[LIST_BATCH];
    struct list_row *row = arena_new(arena, struct list_row, LIST_BATCH);
    size_t got;
    for (size_t i = 0; i < n; i++)
        id[i] = hit[i].customer_id;
    if (!list_rows_read(&m->list->rows, arena, id, n, false, row, &got))
        return false;
    for (size_t i = 0; i < n; i++) {
        const struct placed placed = {.row = row[i], .key = m->list->back ? ~hit[i].key : hit[i].key};
        if (!show_moved(m, &placed) || (m->left > 0 && !show(m, &row[i])))
            return false;
    }
    return true;
}

bool list_page_make(struct cx *cx, struct db *db, const struct score_run *run, const struct list_filter *filter,
                    struct list_order order, const struct list_from *from, int64_t limit, list_visit *visit,
                    void *owner, struct list_totals *totals) {
    struct list l;
    if (!open_list(cx, db, run, filter, order, from, totals, &l))
        return false;
    struct arena arena;
    arena_init(&arena, 0, cx->arena->full, cx->arena->owner);
    struct list_top top = {.arena = cx->arena, .most = limit > 0 ? (size_t)limit : 0};
    struct merge m = {.list = &l, .left = limit > 0 ? limit : INT64_MAX, .visit = visit, .owner = owner};
    bool good = scan_all(&l, offer_part, &top);
    list_top_sort(&top);
    for (size_t at = 0; good && at < top.n && m.left > 0; at += LIST_BATCH) {
        arena_reset(&arena);
        good = show_batch(&m, &arena, top.hit + at, top.n - at < LIST_BATCH ? top.n - at : LIST_BATCH);
    }
    good = good && show_moved(&m, NULL);
    arena_clear(&arena);
    return good;
}

static const struct list_from from_the_first = {.number = STAT_NONE};

bool list_each(struct cx *cx, struct db *db, const struct score_run *run, const struct list_filter *filter,
               struct list_order order, int64_t limit, list_visit *visit, void *owner) {
    return list_page(cx, db, run, filter, order, &from_the_first, limit, visit, owner, NULL);
}

bool list_total(struct cx *cx, struct db *db, const struct score_run *run, const struct list_filter *filter,
                struct list_totals *out) {
    struct list l;
    *out = (struct list_totals){0};
    return open_list(cx, db, run, filter, (struct list_order){COLUMN_CODE, false}, &from_the_first, out, &l) &&
           scan_all(&l, offer_part, NULL);
}

static int compare_ids(const void *a, const void *b) {
    const int64_t *x = a, *y = b;
    return (*x > *y) - (*x < *y);
}

bool list_ids(struct cx *cx, struct db *db, const struct score_run *run, const struct list_filter *filter,
              int64_t **out, size_t *n) {
    struct list l;
    if (!open_list(cx, db, run, filter, (struct list_order){COLUMN_CODE, false}, &from_the_first, NULL, &l))
        return false;
    struct list_top top = {.arena = cx->arena};
    if (!scan_all(&l, offer_part, &top))
        return false;
    *out = arena_new(cx->arena, int64_t, top.n + l.moveds + 1);
    *n = 0;
    for (size_t i = 0; i < top.n; i++)
        (*out)[(*n)++] = top.hit[i].customer_id;
    for (size_t i = 0; i < l.moveds; i++)
        (*out)[(*n)++] = l.moved[i].row.customer.id.v;
    qsort(*out, *n, sizeof **out, compare_ids);
    return true;
}

bool list_customer(struct cx *cx, struct db *db, const struct score_run *run, int64_t id, bool *found,
                   struct customer *out) {
    struct list_rows rows;
    struct list_row row;
    size_t got = 0;
    if (!list_rows_open(cx, db, run, &rows) || !list_rows_read(&rows, cx->arena, &id, 1, true, &row, &got))
        return false;
    *found = got > 0;
    if (*found)
        *out = row.customer;
    return true;
}

/* -- how -------------------------------------------------------------------------------------------------------------- */

static bool explain(struct cx *cx, struct db *db, enum sql_part part, int64_t argument, struct buf *out) {
    const struct sql_value arg = sql_int(argument);
    struct sql_text text;
    struct sql_rows *rows;
    sql_text_init(&text, cx, db);
    sql_compose(&text, PART_LIST_EXPLAIN, NULL, 0);
    sql_compose(&text, part, &arg, 1);
    if (!sql_open_text(cx, db, &text, &rows))
        return false;
    int detail = db_kind(db) == DB_SQLITE ? 3 : 0; /* EXPLAIN QUERY PLAN: id, parent, unused, detail */
    bool more, good;
    while ((good = sql_next(cx, rows, &more)) && more) {
        buf_put(out, S("  "));
        buf_put(out, sql_get_text(rows, detail));
        buf_char(out, '\n');
    }
    sql_close(rows);
    return good;
}

bool list_plan(struct cx *cx, struct db *db, const struct score_run *run, const struct list_filter *filter,
               struct list_order order, int64_t limit, struct str *out) {
    struct list_query query;
    if (!list_query_make(cx, db, run, filter, order, &query))
        return false;
    struct buf buf;
    buf_init(&buf, cx->arena, 0);
    uint64_t wanted = list_scan_wanted(&query);
    for (int strip = 0; strip < STRIP_END; strip++) {
        if (!(wanted >> strip & 1))
            continue;
        buf_printf(&buf, "strip %d:\n", strip);
        if (!explain(cx, db, PART_LIST_STRIP, strip, &buf))
            return false;
    }
    buf_printf(&buf, "rows of the first %lld, %d at a time:\n", (long long)limit, LIST_BATCH);
    bool good = explain(cx, db, PART_LIST_ROW, 1, &buf);
    *out = buf_str(&buf);
    return good;
}
