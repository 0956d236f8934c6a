// SPDX-License-Identifier: Apache-2.0
/* flow -- see flow.h. Must not know what makes a customer inactive. Invariant: a kind of table flow is 8 x what it is inside
 * of + what it is by, and inside comes before by, so that each pair is kept once and read from both sides.
 */
#include "store/flow.h"

#include "store/flow_row.h"
#include "store/label.h"
#include "store/score_row.h"

enum { KINDS = 8, KEYS = 4 };
_Static_assert((int)FLOW_COMPANY == (int)LABEL_COMPANY && (int)FLOW_ABC == (int)LABEL_KIND_END, "kinds of labels");

void flow_cell_args(const struct flow_cell *cell, struct sql_value out[FLOW_CELL_ARGS]) {
    out[0] = sql_int(KINDS * (int64_t)cell->inside + (int64_t)cell->by);
    out[1] = sql_int(cell->inside_label);
    out[2] = sql_int(cell->label);
    out[3] = sql_int(cell->month);
    for (size_t i = 0; i < FLOW_FIGURES; i++)
        out[KEYS + i] = sql_int(cell->figure[i]);
}

bool flow_change(struct cx *cx, struct db *db, const struct flow_cell *cell) {
    struct sql_value args[FLOW_CELL_ARGS];
    flow_cell_args(cell, args);
    return sql_run(cx, db, SQL_FLOW_CHANGE, args, FLOW_CELL_ARGS, NULL);
}

bool flow_class_put(struct cx *cx, struct db *db, const struct score_row *row) {
    return SQL_RUN(cx, db, SQL_FLOW_AS_PUT, sql_int(row->customer_id), sql_blob(score_flow_write(cx->arena, row)));
}

bool flow_each(struct cx *cx, struct db *db, enum flow_by by, enum flow_by inside, int64_t inside_label,
               flow_visit *visit, void *owner) {
    bool turned = inside > by;
    int64_t kind = turned ? KINDS * (int64_t)by + (int64_t)inside : KINDS * (int64_t)inside + (int64_t)by;
    const struct sql_value args[] = {sql_int(kind), sql_int(inside_label)};
    struct sql_rows *rows;
    if (!sql_open(cx, db, turned ? SQL_FLOW_LIST_TURNED : SQL_FLOW_LIST, args, 2, &rows))
        return false;
    bool more, good;
    while ((good = sql_next(cx, rows, &more)) && more) {
        struct flow_cell cell = {.by = by,
                                 .inside = inside,
                                 .inside_label = inside_label,
                                 .label = sql_get_int(rows, 0),
                                 .month = (int32_t)sql_get_int(rows, 1)};
        for (int i = 0; i < FLOW_FIGURES; i++)
            cell.figure[i] = sql_get_int(rows, 2 + i);
        good = visit(cx, owner, &cell);
        if (!good)
            break;
    }
    sql_close(rows);
    return good;
}

bool flow_reasons(struct cx *cx, struct db *db, struct day as_of, enum flow_by inside, int64_t inside_label,
                  struct flow_reason **out, size_t *n) {
    const struct sql_value args[] = {sql_int(as_of.n), sql_int((int64_t)inside), sql_int(inside_label)};
    size_t room = 64;
    struct sql_rows *rows;
    *out = arena_new(cx->arena, struct flow_reason, room);
    *n = 0;
    if (!sql_open(cx, db, SQL_FLOW_REASONS, args, 3, &rows))
        return false;
    bool more, good;
    while ((good = sql_next(cx, rows, &more)) && more) {
        if (*n == room) {
            *out = arena_grow(cx->arena, *out, *n, room * 2, sizeof **out);
            room *= 2;
        }
        struct flow_reason *row = &(*out)[*n];
        *row = (struct flow_reason){.reason_id = sql_get_int(rows, 0), .day = sql_get_day(rows, 2)};
        bool same = *n > 0 && row[-1].reason_id == row->reason_id;
        row->name = same ? row[-1].name : str_copy(cx->arena, sql_get_text(rows, 1));
        for (int i = 0; i < FLOW_PAIR_FIGURES; i++)
            row->figure[i] = sql_get_int(rows, 3 + i);
        ++*n;
    }
    sql_close(rows);
    return good;
}

bool flow_first_month(struct cx *cx, struct db *db, bool *found, int32_t *out) {
    struct sql_rows *rows;
    bool more = false, good = sql_open(cx, db, SQL_FLOW_FIRST, NULL, 0, &rows) && sql_next(cx, rows, &more);
    *found = good && more && !sql_is_null(rows, 0);
    *out = *found ? (int32_t)sql_get_int(rows, 0) : 0;
    sql_close(rows);
    return good;
}

bool flow_recovered(struct cx *cx, struct db *db, struct day from, struct day to, struct day as_of, int64_t *out) {
    const struct sql_value args[] = {sql_int(from.n), sql_int(to.n), sql_int(as_of.n)};
    bool found;
    return sql_one_int(cx, db, SQL_FLOW_RECOVERED_COUNT, args, 3, &found, out);
}

bool flow_between(struct cx *cx, struct db *db, const struct score_rank *high, const struct score_rank *low,
                  struct flow_ranked **out, size_t *n) {
    const struct sql_value args[] = {sql_int(high->value_12m), sql_text(high->code), sql_int(low->value_12m),
                                     sql_text(low->code)};
    size_t room = 64;
    struct sql_rows *rows;
    *out = arena_new(cx->arena, struct flow_ranked, room);
    *n = 0;
    if (!sql_open(cx, db, SQL_FLOW_BETWEEN, args, 4, &rows))
        return false;
    bool more, good;
    while ((good = sql_next(cx, rows, &more)) && more) {
        if (*n == room) {
            *out = arena_grow(cx->arena, *out, *n, room * 2, sizeof **out);
            room *= 2;
        }
        (*out)[(*n)++] = (struct flow_ranked){.customer_id = sql_get_int(rows, 0),
                                              .code = str_copy(cx->arena, sql_get_text(rows, 1)),
                                              .value_12m = sql_get_int(rows, 2)};
    }
    sql_close(rows);
    return good;
}
