// SPDX-License-Identifier: Apache-2.0
/* list_from -- see list_from.h.
 *
 * A page is remembered by what stood in its last row: the value that the list is ordered by, and the code. So nothing is
 * counted off, and a customer who changed or went since does not shift the pages. The strips know texts only by their
 * places; the place of a text that none of them has is found from the last one before it: the page then begins between two
 * places. Invariant: for each hit of the strips, "behind the bound" is what "behind the row that was shown" is.
 */
#include "store/list_from.h"

#include "stats/stat.h"
#include "store/label.h"

/* Behind all customers of the same value, or before them. Places begin at 1. */
static const int64_t BEFORE_ALL = -1;

struct finding {
    struct cx *cx;
    struct db *db;
    const struct list_query *query;
    const struct score_strips *strips;
    int64_t *const *column;
};

/* The number of a customer in a strip; INT64_MIN when the strips do not have the customer. */
static bool number_of(const struct finding *f, int64_t id, enum score_strip strip, int64_t *out) {
    int64_t *ids = f->column[STRIP_CUSTOMER], *numbers = f->column[strip];
    *out = INT64_MIN;
    for (size_t part = 0; part < f->strips->parts; part++) {
        size_t n = score_strips_rows(f->strips, part);
        if (!score_strip_read(f->cx, f->strips, STRIP_CUSTOMER, part, ids))
            return false;
        if (id < ids[0] || id > ids[n - 1])
            continue;
        if (!score_strip_read(f->cx, f->strips, strip, part, numbers))
            return false;
        for (size_t i = 0; i < n; i++)
            *out = ids[i] == id ? numbers[i] : *out;
    }
    return true;
}

/* The place of the last text up to this one; *exact: it is this one. 0: all come after it. */
static bool place_upto(const struct finding *f, enum score_strip strip, struct str text, int64_t *place, bool *exact) {
    enum sql_id id = strip == STRIP_CODE   ? SQL_LIST_CODE_UPTO
                     : strip == STRIP_NAME ? SQL_LIST_NAME_UPTO
                                           : SQL_LIST_TAX_UPTO;
    const struct sql_value arg = sql_text(text);
    struct sql_rows *rows;
    bool more = false;
    int64_t customer = 0;
    *exact = false;
    *place = 0;
    bool good = sql_open(f->cx, f->db, id, &arg, 1, &rows) && sql_next(f->cx, rows, &more);
    if (good && more) {
        customer = sql_get_int(rows, 0);
        *exact = str_equal(sql_get_text(rows, 1), text);
    }
    sql_close(rows);
    if (!good || !more)
        return good;
    return number_of(f, customer, strip, place);
}

static uint64_t turned(const struct list_query *query, int64_t number) {
    return (uint64_t)number ^ (UINT64_C(1) << 63 ^ (query->descending ? UINT64_MAX : 0));
}

/* Among those of the same key: the customer's own place, or between two. */
static bool place_by_code(const struct finding *f, const struct list_from *from, struct list_hit *hit) {
    int64_t place;
    bool exact;
    if (!place_upto(f, STRIP_CODE, from->code, &place, &exact))
        return false;
    /* Between places p and p + 1 there is none: half a step is made by doubling all of them (list.c). */
    hit->place = 2 * place + !exact;
    return true;
}

/* By a text: its key, or a bound between two keys, before all of the one that comes next. */
static bool text_bound(const struct finding *f, const struct list_from *from, struct list_hit *hit) {
    enum score_strip strip = f->query->order;
    struct str text = strip == STRIP_CODE ? from->code : from->text;
    int64_t place;
    bool exact;
    if (text.n == 0) {
        hit->key = UINT64_MAX;
        return place_by_code(f, from, hit);
    }
    if (!place_upto(f, strip, text, &place, &exact))
        return false;
    if (exact) {
        hit->key = turned(f->query, place);
        return place_by_code(f, from, hit);
    }
    *hit = (struct list_hit){.key = turned(f->query, f->query->descending ? place : place + 1), .place = BEFORE_ALL};
    return true;
}

static bool label_kind_of(enum score_strip strip, enum label_kind *out) {
    static const enum label_kind kind[] = {[STRIP_COMPANY - STRIP_COMPANY] = LABEL_COMPANY,
                                           [STRIP_REP - STRIP_COMPANY] = LABEL_REP,
                                           [STRIP_SEGMENT - STRIP_COMPANY] = LABEL_SEGMENT,
                                           [STRIP_REGION - STRIP_COMPANY] = LABEL_REGION,
                                           [STRIP_CITY - STRIP_COMPANY] = LABEL_CITY};
    if (strip < STRIP_COMPANY || strip > STRIP_CITY)
        return false;
    *out = kind[strip - STRIP_COMPANY];
    return true;
}

/* What a customer with that value would have in the column of the order. */
static bool number_from(const struct finding *f, enum column order, const struct list_from *from, int64_t *out) {
    enum label_kind kind;
    *out = from->number;
    if (order == COLUMN_LAST_OBJECTION)
        return from->text.n == 0 || list_objection(f->cx, f->db, from->text, out);
    if (f->query->place_of_label == NULL || !label_kind_of(f->query->order, &kind)) {
        if (order == COLUMN_RECENCY_DAYS && from->number != STAT_NONE)
            *out = f->query->run->as_of.n - from->number;
        return true;
    }
    *out = 0;
    return from->text.n == 0 || label_find(f->cx, f->db, kind, from->text, out);
}

bool list_bound_make(struct cx *cx, struct db *db, const struct list_query *query, enum column order,
                     const struct list_from *from, const struct score_strips *strips, int64_t *const *column,
                     struct list_bound *out) {
    const struct finding f = {cx, db, query, strips, column};
    int64_t number = STAT_NONE;
    *out = (struct list_bound){.set = from->set};
    if (!from->set)
        return true;
    struct list_row *row = out->row = arena_new(cx->arena, struct list_row, 1);
    row->customer.code = from->code;
    row->name_fold = row->customer.tax_id = from->text;
    if (query->order >= STRIP_NUMBERS)
        return text_bound(&f, from, &out->hit);
    if (!number_from(&f, order, from, &number))
        return false;
    struct list_block one = {.n = 1};
    one.column[query->order] = &number;
    list_scan_keys(query, &one, &out->row_key);
    out->hit.key = out->row_key;
    return place_by_code(&f, from, &out->hit);
}

struct list_from list_from_customer(struct arena *arena, enum column column, const struct customer *customer) {
    struct list_from from = {.set = true, .number = STAT_NONE, .code = customer->code};
    struct column_value value = column_value(arena, customer, column);
    if (column == COLUMN_NAME)
        from.text = str_fold(arena, customer->name);
    else if (column_defs[column].type == COLUMN_TEXT)
        from.text = value.text;
    else if (!value.absent)
        from.number = value.number;
    return from;
}
