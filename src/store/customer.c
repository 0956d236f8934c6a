// SPDX-License-Identifier: Apache-2.0
/* customer -- customers, their facts, and merging those into what a customer is.
 *
 * Must not prefer one import for being run later than another, except among customers files, whose order is what makes
 * one newer, and of transfers, which speak among those. Invariant: outside a transaction every customer's attributes are the merge of its facts, and its last contact
 * the newest of those told and those logged.
 */
#include "store/customer.h"

#include <stdlib.h>

#include "stats/stat.h"
#include "store/erasure.h"
#include "store/merge.h"
#include "store/rows.h"
#include "store/sql.h"

bool customer_find_id(struct cx *cx, struct db *db, struct str code, bool *found, int64_t *id) {
    return sql_one_int(cx, db, SQL_CUSTOMER_FIND, (struct sql_value[]){sql_text(code)}, 1, found, id);
}

bool customer_max_id(struct cx *cx, struct db *db, int64_t *max_id, int64_t *dirty) {
    struct sql_rows *rows;
    bool more, done = sql_open(cx, db, SQL_CUSTOMER_MAX, NULL, 0, &rows) && sql_next(cx, rows, &more);
    if (done) {
        *max_id = sql_get_int(rows, 0);
        *dirty = sql_get_int(rows, 1);
    }
    sql_close(rows);
    return done;
}

bool customer_next_id(struct cx *cx, struct db *db, int64_t *id) {
    int64_t dirty;
    if (!customer_max_id(cx, db, id, &dirty))
        return false;
    ++*id;
    return true;
}

bool customer_dirty(struct cx *cx, struct db *db, int64_t customer_id, struct day since) {
    return SQL_RUN(cx, db, SQL_CUSTOMER_DIRTY_ADD, sql_int(customer_id), sql_int(since.n));
}

bool customer_find_of(struct cx *cx, struct db *db, struct str code, struct str rep, bool *found, int64_t *id) {
    return sql_one_int(cx, db, SQL_CUSTOMER_FIND_OF, (struct sql_value[]){sql_text(code), sql_text(rep)}, 2, found, id);
}

bool customer_where(struct cx *cx, struct db *db, struct str code, struct str rep, bool *found,
                    struct customer_where *out) {
    struct sql_rows *rows;
    bool done = sql_open(cx, db, SQL_CUSTOMER_WHERE, (struct sql_value[]){sql_text(code), sql_text(rep)}, 2, &rows) &&
                sql_next(cx, rows, found);
    if (done && *found)
        *out = (struct customer_where){.name = str_copy(cx->arena, sql_get_text(rows, 0)),
                                       .place = sql_get_int(rows, 1),
                                       .city = str_copy(cx->arena, sql_get_text(rows, 2)),
                                       .region = str_copy(cx->arena, sql_get_text(rows, 3))};
    sql_close(rows);
    return done;
}

bool customer_find_taxid(struct cx *cx, struct db *db, struct str tax_id, bool *found, struct str *code) {
    struct sql_rows *rows;
    bool done = sql_open(cx, db, SQL_CUSTOMER_FIND_TAXID, (struct sql_value[]){sql_text(tax_id)}, 1, &rows) &&
                sql_next(cx, rows, found);
    if (done && *found)
        *code = str_copy(cx->arena, sql_get_text(rows, 0));
    sql_close(rows);
    return done;
}

/* -- writing -- */

struct customer_writer {
    struct sql_bulk *customer, *fact;
    struct erasure_among *erased;
};

bool customer_writer_open(struct cx *cx, struct db *db, struct customer_writer **out) {
    struct customer_writer *to = *out = arena_new(cx->arena, struct customer_writer, 1);
    return erasure_among_open(cx, db, &to->erased) && sql_bulk_open(cx, db, SQL_CUSTOMER_ADD, &to->customer) &&
           sql_bulk_open(cx, db, SQL_CUSTOMER_FACT_ADD, &to->fact);
}

bool customer_writer_add(struct cx *cx, struct customer_writer *to, int64_t id, struct str code) {
    const struct sql_value args[] = {sql_int(id), sql_text(code)};
    erasure_among_code(cx, to->erased, id, code);
    return sql_bulk_add(cx, to->customer, args, sizeof args / sizeof *args);
}

static struct sql_value number_of(const struct customer_fact *fact, enum customer_number which) {
    return fact->number ? sql_number(fact->number[which]) : sql_null();
}

/* Of whom was erased, files say what they like: who it is and how to reach them is not kept. */
bool customer_writer_fact(struct cx *cx, struct customer_writer *to, const struct customer_fact *fact) {
    bool erased = erasure_among_has(to->erased, fact->customer_id, fact->tax_id);
    const struct sql_value args[] = {
        sql_int(fact->customer_id),
        sql_int(fact->import_id),
        sql_int(fact->part),
        sql_int(fact->source),
        sql_day(fact->day),
        sql_text(erased ? (struct str){0} : fact->name),
        sql_text(fact->tax_id),
        sql_text(erased ? (struct str){0} : fact->phone),
        sql_text(erased ? (struct str){0} : fact->email),
        sql_int(fact->label[LABEL_COMPANY]),
        sql_int(fact->label[LABEL_REP]),
        sql_int(fact->label[LABEL_SEGMENT]),
        sql_int(fact->label[LABEL_REGION]),
        sql_int(fact->label[LABEL_CITY]),
        sql_day(fact->closed_on),
        sql_day(fact->last_contact),
        number_of(fact, CUSTOMER_REGISTERED),
        number_of(fact, CUSTOMER_CREDIT),
        number_of(fact, CUSTOMER_BLOCKED),
        erased ? sql_null() : number_of(fact, CUSTOMER_PLACE),
    };
    return sql_bulk_add(cx, to->fact, args, sizeof args / sizeof *args);
}

bool customer_writer_send(struct cx *cx, struct customer_writer *to) {
    return sql_bulk_flush(cx, to->customer) && sql_bulk_flush(cx, to->fact);
}

bool customer_writer_close(struct cx *cx, struct customer_writer *to) {
    if (!to)
        return true;
    bool done = !cx->err.code && customer_writer_send(cx, to);
    sql_bulk_close(to->customer);
    sql_bulk_close(to->fact);
    to->customer = to->fact = NULL;
    return done;
}

/* -- merging -- */

enum { FACT_NUMBERS = 15 };  /* the first of them in a row of customer_fact_list */
enum { MERGE_MOST = 20000 }; /* customers merged at a time: their results wait in a table, not in memory */

/* Who said whose the customer is. */
struct rep_said {
    enum fact_source source;
    int64_t import_id, rep_id;
    struct day day;
};

/* Where the value of each field came from, so that the next fact can be held against it. */
struct merge {
    int64_t id;
    struct customer_fact now;
    struct fact_rank name, tax_id, phone, email, label[LABEL_KIND_END], closed_on, last_contact;
    int64_t number[CUSTOMER_NUMBERS];
    struct fact_rank number_rank[CUSTOMER_NUMBERS];
    struct rep_said *said; /* by import, once a transfer is among them */
    size_t saids;
    bool transferred;
};

static struct customer_fact read_fact(struct sql_rows *rows) {
    struct customer_fact fact = {
        .customer_id = sql_get_int(rows, 0),
        .import_id = sql_get_int(rows, 1),
        .source = (enum fact_source)sql_get_int(rows, 2),
        .day = sql_get_day(rows, 3),
        .name = sql_get_text(rows, 4),
        .tax_id = sql_get_text(rows, 5),
        .phone = sql_get_text(rows, 6),
        .email = sql_get_text(rows, 7),
        .closed_on = sql_get_day(rows, 13),
        .last_contact = sql_get_day(rows, 14),
    };
    for (int kind = LABEL_COMPANY; kind < LABEL_KIND_END; kind++)
        fact.label[kind] = sql_get_int(rows, 8 + kind - LABEL_COMPANY);
    return fact;
}

static void merge_text(struct cx *cx, struct str *now, struct fact_rank *rank, struct fact_rank other,
                       struct str text) {
    int order = fact_rank_compare(other, *rank);
    if (text.n && (!rank->source || order > 0 || (order == 0 && str_compare(text, *now) > 0))) {
        *now = str_copy(cx->arena, text);
        *rank = other;
    }
}

static void merge_day(struct day *now, struct fact_rank *rank, struct fact_rank other, struct day day) {
    int order = fact_rank_compare(other, *rank);
    if (day_is(day) && (!rank->source || order > 0 || (order == 0 && day.n > now->n))) {
        *now = day;
        *rank = other;
    }
}

static void merge_number(int64_t *now, struct fact_rank *rank, struct fact_rank other, int64_t number) {
    int order = fact_rank_compare(other, *rank);
    if (number != STAT_NONE && (!rank->source || order > 0 || (order == 0 && number > *now))) {
        *now = number;
        *rank = other;
    }
}

static bool label_greater(struct cx *cx, struct db *db, int64_t a, int64_t b, bool *out) {
    struct str code[2] = {{NULL, 0}, {NULL, 0}};
    const int64_t id[2] = {a, b};
    bool done = true;
    for (int i = 0; done && i < 2; i++) {
        struct sql_rows *rows;
        bool more = false;
        done = sql_open(cx, db, SQL_LABEL_CODE, (struct sql_value[]){sql_int(id[i])}, 1, &rows) &&
               sql_next(cx, rows, &more);
        if (done && more)
            code[i] = str_copy(cx->arena, sql_get_text(rows, 0));
        sql_close(rows);
    }
    *out = str_compare(code[0], code[1]) > 0;
    return done;
}

static bool merge_label(struct cx *cx, struct db *db, int64_t *now, struct fact_rank *rank, struct fact_rank other,
                        int64_t label) {
    int order = fact_rank_compare(other, *rank);
    if (!label || label == *now)
        return label == 0 || order <= 0 || (*rank = other, true);
    bool better = !rank->source || order > 0;
    if (!better && order == 0 && !label_greater(cx, db, label, *now, &better))
        return false;
    if (better) {
        *now = label;
        *rank = other;
    }
    return true;
}

/* number: of the fact, by enum customer_number. */
static bool merge_fact(struct cx *cx, struct db *db, struct merge *to, const struct customer_fact *fact,
                       const int64_t *number) {
    struct fact_rank rank = {(int)fact->source, fact->import_id, fact->day};
    const struct rep_said said = {fact->source, fact->import_id, fact->label[LABEL_REP], fact->day};
    if (said.rep_id != 0)
        ROWS_ADD(cx, to->said, to->saids, said);
    if (fact->source == FACT_FROM_TRANSFER) {
        to->transferred = true;
        return true;
    }
    merge_text(cx, &to->now.name, &to->name, rank, fact->name);
    merge_text(cx, &to->now.tax_id, &to->tax_id, rank, fact->tax_id);
    merge_text(cx, &to->now.phone, &to->phone, rank, fact->phone);
    merge_text(cx, &to->now.email, &to->email, rank, fact->email);
    merge_day(&to->now.closed_on, &to->closed_on, rank, fact->closed_on);
    merge_day(&to->now.last_contact, &to->last_contact, rank, fact->last_contact);
    for (int i = 0; i < CUSTOMER_NUMBERS; i++)
        merge_number(&to->number[i], &to->number_rank[i], rank, number[i]);
    for (int kind = LABEL_COMPANY; kind < LABEL_KIND_END; kind++) {
        if (!merge_label(cx, db, &to->now.label[kind], &to->label[kind], rank, fact->label[kind]))
            return false;
    }
    return true;
}

static int by_import(const void *a, const void *b) {
    const struct rep_said *x = a, *y = b;
    int order = (x->import_id > y->import_id) - (x->import_id < y->import_id);
    return order != 0 ? order : (x->rep_id > y->rep_id) - (x->rep_id < y->rep_id);
}

/* What was said so far of whose the customer is. */
struct rep_fold {
    int64_t rep, file, order; /* whose it is; what the last customers file said, and the newest order; 0: nothing */
    struct day order_day;
    bool holds; /* a transfer does */
    int64_t told, from;
};

static bool rep_order(struct cx *cx, struct db *db, struct rep_fold *f, const struct rep_said *s) {
    bool newer = f->order == 0 || s->day.n > f->order_day.n;
    if (!newer && s->day.n == f->order_day.n && !label_greater(cx, db, s->rep_id, f->order, &newer))
        return false;
    if (newer) {
        f->order = s->rep_id;
        f->order_day = s->day;
    }
    if (!f->holds && f->file == 0)
        f->rep = f->order;
    return true;
}

static void rep_file(struct rep_fold *f, int64_t rep_id) {
    f->file = rep_id;
    if (f->holds && (rep_id == f->told || rep_id == f->from))
        return;
    f->rep = rep_id;
    f->holds = false;
}

/* Whose a customer is that was handed over: one fact after another, in the order in which they came. */
static bool rep_follow(struct cx *cx, struct db *db, struct merge *merge) {
    struct rep_fold f = {.order_day = DAY_NONE};
    qsort(merge->said, merge->saids, sizeof *merge->said, by_import);
    for (size_t i = 0; i < merge->saids; i++) {
        const struct rep_said *s = &merge->said[i];
        if (s->source == FACT_FROM_ORDERS) {
            if (!rep_order(cx, db, &f, s))
                return false;
        } else if (s->source == FACT_FROM_CUSTOMERS) {
            rep_file(&f, s->rep_id);
        } else {
            f.told = f.file != 0 ? f.file : f.order;
            f.from = f.rep;
            f.rep = s->rep_id;
            f.holds = true;
        }
    }
    merge->now.label[LABEL_REP] = f.rep;
    return true;
}

static bool merge_write(struct cx *cx, struct db *db, struct sql_bulk *bulk, struct merge *merge) {
    if (merge->transferred && !rep_follow(cx, db, merge))
        return false;
    const struct customer_fact *now = &merge->now;
    const struct sql_value args[] = {
        sql_int(merge->id),
        sql_text(now->name),
        sql_text(str_fold(cx->arena, now->name)),
        sql_text(now->tax_id),
        sql_text(now->phone),
        sql_text(now->email),
        sql_int(now->label[LABEL_COMPANY]),
        sql_int(now->label[LABEL_REP]),
        sql_int(now->label[LABEL_SEGMENT]),
        sql_int(now->label[LABEL_REGION]),
        sql_int(now->label[LABEL_CITY]),
        sql_day(now->closed_on),
        sql_day(now->last_contact),
        sql_number(merge->number[CUSTOMER_REGISTERED]),
        sql_number(merge->number[CUSTOMER_CREDIT]),
        sql_number(merge->number[CUSTOMER_BLOCKED]),
        sql_number(merge->number[CUSTOMER_PLACE]),
    };
    return sql_bulk_add(cx, bulk, args, sizeof args / sizeof *args);
}

static struct merge merge_begin(int64_t id) {
    struct merge merge = {.id = id, .now = {.closed_on = DAY_NONE, .last_contact = DAY_NONE}};
    for (int i = 0; i < CUSTOMER_NUMBERS; i++)
        merge.number[i] = STAT_NONE;
    return merge;
}

/* The customers of one batch: their facts come by customer, each customer's result goes into customer_merged. */
static bool merge_batch(struct cx *cx, struct db *db, enum sql_id facts, const struct sql_value *args, size_t n,
                        struct sql_bulk *bulk) {
    struct sql_rows *rows;
    struct merge merge = merge_begin(0);
    struct arena_mark mark = arena_mark_get(cx->arena);
    bool more = false, done = sql_open(cx, db, facts, args, n, &rows);
    while (done && (done = sql_next(cx, rows, &more)) && more) {
        struct customer_fact fact = read_fact(rows);
        if (fact.customer_id != merge.id) {
            if (merge.id && !(done = merge_write(cx, db, bulk, &merge)))
                break;
            arena_rewind(cx->arena, mark);
            merge = merge_begin(fact.customer_id);
        }
        int64_t number[CUSTOMER_NUMBERS];
        for (int i = 0; i < CUSTOMER_NUMBERS; i++)
            number[i] = sql_get_int(rows, FACT_NUMBERS + i);
        done = merge_fact(cx, db, &merge, &fact, number);
    }
    if (done && merge.id)
        done = merge_write(cx, db, bulk, &merge);
    sql_close(rows);
    if (done)
        arena_rewind(cx->arena, mark);
    return done && sql_bulk_flush(cx, bulk);
}

/* What waits in customer_merged, of the customers behind one id up to another, becomes theirs. */
static bool merge_settle(struct cx *cx, struct db *db, int64_t after, int64_t to, int64_t *changed) {
    const struct sql_value range[] = {sql_int(after), sql_int(to)};
    return sql_run(cx, db, SQL_CUSTOMER_MERGED_CONTACT, range, 2, NULL) &&
           sql_run(cx, db, SQL_CUSTOMER_MERGED_DIRTY, NULL, 0, NULL) &&
           sql_run(cx, db, SQL_CUSTOMER_MERGED_APPLY, NULL, 0, changed) &&
           sql_run(cx, db, SQL_CUSTOMER_MERGED_CLEAR, NULL, 0, NULL);
}

bool customer_merge_without(struct cx *cx, struct db *db, int64_t import_id, int64_t without, int64_t *changed) {
    struct sql_bulk *bulk = NULL;
    int64_t from = 0, to = 0, batch = 0;
    bool found, done = sql_run(cx, db, SQL_CUSTOMER_MERGED_CLEAR, NULL, 0, NULL) &&
                       sql_bulk_open(cx, db, SQL_CUSTOMER_MERGED_ADD, &bulk);
    *changed = 0;
    while (done) {
        const struct sql_value bound[] = {sql_int(import_id), sql_int(from), sql_int(MERGE_MOST)};
        if (!(done = sql_one_int(cx, db, SQL_CUSTOMER_FACT_BOUND, bound, 3, &found, &to)) || to == INT64_MIN)
            break;
        const struct sql_value range[] = {sql_int(import_id), sql_int(from), sql_int(to), sql_int(without)};
        done = merge_batch(cx, db, SQL_CUSTOMER_FACT_LIST, range, 4, bulk) && merge_settle(cx, db, from, to, &batch);
        *changed += batch;
        from = to;
    }
    sql_bulk_close(bulk);
    return done;
}

bool customer_merge_one(struct cx *cx, struct db *db, int64_t id) {
    struct sql_bulk *bulk = NULL;
    bool done = sql_run(cx, db, SQL_CUSTOMER_MERGED_CLEAR, NULL, 0, NULL) &&
                sql_bulk_open(cx, db, SQL_CUSTOMER_MERGED_ADD, &bulk) &&
                merge_batch(cx, db, SQL_CUSTOMER_FACT_OF, (struct sql_value[]){sql_int(id)}, 1, bulk) &&
                merge_settle(cx, db, id - 1, id, NULL);
    sql_bulk_close(bulk);
    return done;
}

bool customer_merge(struct cx *cx, struct db *db, int64_t import_id, int64_t *changed) {
    return customer_merge_without(cx, db, import_id, -1, changed);
}

/* -- reading -- */

bool customer_brief_each(struct cx *cx, struct db *db, bool dirty_only, customer_brief_visit *visit, void *owner) {
    struct sql_rows *rows;
    bool more = false, done = dirty_only ? sql_open(cx, db, SQL_CUSTOMER_BRIEF_DIRTY, NULL, 0, &rows)
                                         : sql_scan(cx, db, SQL_CUSTOMER_BRIEF_ALL, NULL, 0, &rows);
    while (done && (done = sql_next(cx, rows, &more)) && more) {
        struct customer_brief brief = {
            .id = sql_get_int(rows, 0), .code = sql_get_text(rows, 1), .closed_on = sql_get_day(rows, 7)};
        for (int kind = LABEL_COMPANY; kind < LABEL_KIND_END; kind++)
            brief.label[kind] = sql_get_int(rows, 2 + kind - LABEL_COMPANY);
        done = visit(cx, owner, &brief);
    }
    sql_close(rows);
    return done;
}

bool customer_registered_each(struct cx *cx, struct db *db, customer_id_visit *visit, void *owner) {
    struct sql_rows *rows;
    bool more = false, done = sql_scan(cx, db, SQL_CUSTOMER_REGISTERED, NULL, 0, &rows);
    while (done && (done = sql_next(cx, rows, &more)) && more)
        done = visit(cx, owner, sql_get_int(rows, 0));
    sql_close(rows);
    return done;
}
