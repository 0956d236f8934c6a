// SPDX-License-Identifier: Apache-2.0
/* product -- products, their facts, and what one customer bought.
 *
 * Must not decide what is goods: the caller's function does. Invariant: outside a transaction a product's name and kind
 * are the merge of its facts.
 */
#include "store/product.h"

#include "store/merge.h"
#include "store/sql.h"

bool product_find_id(struct cx *cx, struct db *db, struct str code, bool *found, int64_t *id) {
    return sql_one_int(cx, db, SQL_PRODUCT_FIND, (struct sql_value[]){sql_text(code)}, 1, found, id);
}

bool product_next_id(struct cx *cx, struct db *db, int64_t *id) {
    bool found;
    if (!sql_one_int(cx, db, SQL_PRODUCT_MAX, NULL, 0, &found, id))
        return false;
    ++*id;
    return true;
}

bool product_add(struct cx *cx, struct db *db, int64_t id, struct str code) {
    return SQL_RUN(cx, db, SQL_PRODUCT_ADD, sql_int(id), sql_text(code));
}

bool product_fact_add(struct cx *cx, struct db *db, const struct product_fact *fact) {
    return SQL_RUN(cx, db, SQL_PRODUCT_FACT_ADD, sql_int(fact->product_id), sql_int(fact->import_id),
                   sql_int(fact->source), sql_day(fact->day), sql_text(fact->name), sql_text(fact->kind));
}

/* -- merging -- */

struct merged {
    int64_t id;
    struct str code, old_name, old_kind, name, kind;
    int64_t old_goods;
    struct fact_rank name_rank, kind_rank;
};

struct merging {
    struct merged *list;
    size_t n, room;
};

static void take(struct cx *cx, struct str *now, struct fact_rank *rank, struct fact_rank other, struct str text) {
    int order = fact_rank_compare(other, *rank);
    if (text.n && (!rank->source || order > 0 || (order == 0 && str_compare(text, *now) > 0))) {
        *now = str_copy(cx->arena, text);
        *rank = other;
    }
}

static struct merged *merged_of(struct cx *cx, struct merging *all, struct sql_rows *rows) {
    int64_t id = sql_get_int(rows, 0);
    if (all->n && all->list[all->n - 1].id == id)
        return &all->list[all->n - 1];
    if (all->n == all->room) {
        size_t room = all->room ? all->room * 2 : 256;
        all->list = arena_grow(cx->arena, all->list, all->room, room, sizeof *all->list);
        all->room = room;
    }
    struct merged *merged = &all->list[all->n++];
    *merged = (struct merged){.id = id,
                              .code = str_copy(cx->arena, sql_get_text(rows, 1)),
                              .old_name = str_copy(cx->arena, sql_get_text(rows, 2)),
                              .old_kind = str_copy(cx->arena, sql_get_text(rows, 3)),
                              .old_goods = sql_get_int(rows, 4)};
    return merged;
}

bool product_merge_without(struct cx *cx, struct db *db, int64_t import_id, int64_t without, product_goods *is_goods,
                           int64_t *changed) {
    struct sql_rows *rows;
    struct merging all = {0};
    const struct sql_value args[] = {sql_int(import_id), sql_int(without)};
    bool more = false, done = sql_open(cx, db, SQL_PRODUCT_FACT_LIST, args, 2, &rows);
    *changed = 0;
    while (done && (done = sql_next(cx, rows, &more)) && more) {
        struct merged *merged = merged_of(cx, &all, rows);
        struct fact_rank rank = {(int)sql_get_int(rows, 6), sql_get_int(rows, 5), sql_get_day(rows, 7)};
        take(cx, &merged->name, &merged->name_rank, rank, sql_get_text(rows, 8));
        take(cx, &merged->kind, &merged->kind_rank, rank, sql_get_text(rows, 9));
    }
    sql_close(rows);
    for (size_t i = 0; done && i < all.n; i++) {
        const struct merged *m = &all.list[i];
        int64_t goods = is_goods(cx, m->code, m->name, m->kind) ? 1 : 0;
        if (goods == m->old_goods && str_equal(m->name, m->old_name) && str_equal(m->kind, m->old_kind))
            continue;
        done = SQL_RUN(cx, db, SQL_PRODUCT_PUT, sql_int(m->id), sql_text(m->name), sql_text(m->kind), sql_int(goods));
        ++*changed;
    }
    return done;
}

bool product_merge(struct cx *cx, struct db *db, int64_t import_id, product_goods *is_goods, int64_t *changed) {
    return product_merge_without(cx, db, import_id, -1, is_goods, changed);
}
