// SPDX-License-Identifier: Apache-2.0
/* document -- finding, writing and reading documents with their lines.
 *
 * Must not compare contents: the caller's hash does. Invariant: what an import overwrites is first kept as a version under
 * that import's number, once, however often the same import comes back to the document.
 */
#include "store/document.h"

#include "store/rows.h"

struct document_row document_at(struct cx *cx, struct sql_rows *rows) {
    return (struct document_row){
        .id = sql_get_int(rows, 0),
        .customer_id = sql_get_int(rows, 1),
        .source = (enum document_source)sql_get_int(rows, 2),
        .company_id = sql_get_int(rows, 3),
        .number = str_copy(cx->arena, sql_get_text(rows, 4)),
        .kind = (enum document_kind)sql_get_int(rows, 5),
        .day = sql_get_day(rows, 6),
        .rep_id = sql_get_int(rows, 7),
        .value_cents = sql_get_int(rows, 8),
        .lines = sql_get_int(rows, 9),
        .hash = sql_get_int(rows, 10),
        .import_id = sql_get_int(rows, 11),
    };
}

static bool find(struct cx *cx, struct db *db, enum document_source source, int64_t company_id, struct str number,
                 bool *found, struct document_row *out, int64_t *import_id) {
    struct sql_rows *rows;
    const struct sql_value args[] = {sql_int(source), sql_int(company_id), sql_text(number)};
    *found = false;
    bool done = sql_open(cx, db, SQL_DOCUMENT_FIND, args, 3, &rows) && sql_next(cx, rows, found);
    if (done && *found) {
        *out = document_at(cx, rows);
        *import_id = sql_get_int(rows, 11);
    }
    sql_close(rows);
    return done;
}

bool document_find(struct cx *cx, struct db *db, enum document_source source, int64_t company_id, struct str number,
                   bool *found, struct document_row *out) {
    int64_t import_id;
    return find(cx, db, source, company_id, number, found, out, &import_id);
}

bool document_next_id(struct cx *cx, struct db *db, int64_t *id) {
    bool found;
    *id = 0;
    if (!sql_one_int(cx, db, SQL_COUNTER_FIND, (struct sql_value[]){sql_text(S("document"))}, 1, &found, id))
        return false;
    ++*id;
    return true;
}

bool document_any(struct cx *cx, struct db *db, bool *any) {
    int64_t id;
    return sql_one_int(cx, db, SQL_DOCUMENT_ANY, NULL, 0, any, &id);
}

bool document_bare(struct cx *cx, struct db *db) {
    return sql_run(cx, db, SQL_DOCUMENT_BARE, NULL, 0, NULL);
}

bool document_indexed(struct cx *cx, struct db *db) {
    return sql_run(cx, db, SQL_DOCUMENT_INDEXED, NULL, 0, NULL);
}

/* -- writing -- */

struct document_writer {
    struct db *db;
    int64_t import_id;
    int64_t last_id, counter; /* greatest id written; what the counter says */
    struct sql_bulk *document, *line, *same;
};

bool document_writer_open(struct cx *cx, struct db *db, int64_t import_id, struct document_writer **out) {
    struct document_writer *to = *out = arena_new(cx->arena, struct document_writer, 1);
    to->db = db;
    to->import_id = import_id;
    if (!document_next_id(cx, db, &to->counter))
        return false;
    to->counter--;
    return sql_bulk_open(cx, db, SQL_DOCUMENT_ADD, &to->document) && sql_bulk_open(cx, db, SQL_LINE_ADD, &to->line) &&
           sql_bulk_open(cx, db, SQL_DOCUMENT_SAME_ADD, &to->same);
}

bool document_writer_add(struct cx *cx, struct document_writer *to, const struct document_row *row,
                         const struct document_line *line) {
    const struct sql_value args[] = {
        sql_int(row->id),          sql_int(row->customer_id), sql_int(row->day.n),      sql_int(row->kind),
        sql_int(row->value_cents), sql_int(row->source),      sql_int(row->company_id), sql_text(row->number),
        sql_int(row->rep_id),      sql_int(row->lines),       sql_int(row->hash),       sql_int(to->import_id),
    };
    if (!sql_bulk_add(cx, to->document, args, sizeof args / sizeof *args))
        return false;
    for (int64_t i = 0; i < row->lines; i++) {
        const struct sql_value one[] = {
            sql_int(row->id),
            sql_int(i + 1),
            sql_int(row->customer_id),
            sql_int(line[i].product_id),
            sql_int(line[i].quantity_e4),
            sql_int(line[i].price_e4),
            sql_int(line[i].value_cents),
        };
        if (!sql_bulk_add(cx, to->line, one, sizeof one / sizeof *one))
            return false;
    }
    if (row->id > to->last_id)
        to->last_id = row->id;
    return true;
}

static bool flush(struct cx *cx, struct document_writer *to) {
    return sql_bulk_flush(cx, to->document) && sql_bulk_flush(cx, to->line) && sql_bulk_flush(cx, to->same);
}

/* The standing version. What this import wrote may still wait in the bulk's buffer: then it is sent first. */
static bool standing(struct cx *cx, struct document_writer *to, const struct document_row *row,
                     struct document_row *out, int64_t *import_id) {
    bool found;
    if (!find(cx, to->db, row->source, row->company_id, row->number, &found, out, import_id))
        return false;
    if (!found || *import_id == to->import_id) {
        if (!flush(cx, to) || !find(cx, to->db, row->source, row->company_id, row->number, &found, out, import_id))
            return false;
    }
    if (found && out->id == row->id)
        return true;
    cx_fail(cx, ERR_BUG, S("db.bug"), S("document"));
    return cx_detail(cx, "document %lld is to be replaced and is not there", (long long)row->id);
}

bool document_writer_replace(struct cx *cx, struct document_writer *to, const struct document_row *row,
                             const struct document_line *line) {
    struct arena_mark mark = arena_mark_get(cx->arena);
    struct document_row old;
    int64_t owner;
    if (!standing(cx, to, row, &old, &owner))
        return false;
    struct sql_value id = sql_int(old.id), customer = sql_int(old.customer_id), mine = sql_int(to->import_id);
    if (owner != to->import_id) {
        if (!sql_bulk_flush(cx, to->same) || !SQL_RUN(cx, to->db, SQL_DOCUMENT_SAME_DROP, mine, id, customer) ||
            !SQL_RUN(cx, to->db, SQL_DOCUMENT_KEEP, id, customer, mine) ||
            !SQL_RUN(cx, to->db, SQL_LINE_KEEP, id, customer, mine))
            return false;
    }
    if (!SQL_RUN(cx, to->db, SQL_LINE_DROP, id, customer) || !SQL_RUN(cx, to->db, SQL_DOCUMENT_DROP, id, customer))
        return false;
    arena_rewind(cx->arena, mark);
    return document_writer_add(cx, to, row, line);
}

bool document_writer_same(struct cx *cx, struct document_writer *to, const struct document_row *row) {
    const struct sql_value args[] = {sql_int(to->import_id), sql_int(row->id), sql_int(row->customer_id)};
    return sql_bulk_add(cx, to->same, args, sizeof args / sizeof *args);
}

bool document_writer_cover(struct cx *cx, struct document_writer *to, const struct document_row *row,
                           const struct document_line *line) {
    if (!SQL_RUN(cx, to->db, SQL_DOCUMENT_COVER, sql_int(row->id), sql_int(row->customer_id), sql_int(row->day.n),
                 sql_int(row->kind), sql_int(row->value_cents), sql_int(row->source), sql_int(row->company_id),
                 sql_text(row->number), sql_int(row->rep_id), sql_int(row->lines), sql_int(row->hash),
                 sql_int(to->import_id)))
        return false;
    for (int64_t i = 0; i < row->lines; i++) {
        if (!SQL_RUN(cx, to->db, SQL_LINE_COVER, sql_int(row->id), sql_int(i + 1), sql_int(row->customer_id),
                     sql_int(line[i].product_id), sql_int(line[i].quantity_e4), sql_int(line[i].price_e4),
                     sql_int(line[i].value_cents), sql_int(to->import_id)))
            return false;
    }
    return true;
}

bool document_writer_close(struct cx *cx, struct document_writer *to) {
    if (!to)
        return true;
    bool done = !cx->err.code && flush(cx, to);
    if (done && to->last_id > to->counter)
        done = SQL_RUN(cx, to->db, SQL_COUNTER_PUT, sql_text(S("document")), sql_int(to->last_id));
    sql_bulk_close(to->document);
    sql_bulk_close(to->line);
    sql_bulk_close(to->same);
    to->document = to->line = to->same = NULL;
    return done;
}

/* -- reading -- */

bool document_brief_each(struct cx *cx, struct db *db, int64_t customer_id, struct day as_of,
                         document_brief_visit *visit, void *owner) {
    struct sql_rows *rows;
    const struct sql_value args[] = {sql_int(customer_id), sql_int(as_of.n)};
    bool more = false, done = customer_id ? sql_open(cx, db, SQL_DOCUMENT_BRIEF_OF, args, 2, &rows)
                                          : sql_scan(cx, db, SQL_DOCUMENT_BRIEF_ALL, args + 1, 1, &rows);
    while (done && (done = sql_next(cx, rows, &more)) && more) {
        const struct document_brief brief = {.customer_id = sql_get_int(rows, 0),
                                             .day = sql_get_day(rows, 1),
                                             .kind = (enum document_kind)sql_get_int(rows, 2),
                                             .value_cents = sql_get_int(rows, 3)};
        done = visit(cx, owner, &brief);
    }
    sql_close(rows);
    return done;
}

bool document_lines(struct cx *cx, struct db *db, const struct document_row *row, struct document_line **out,
                    size_t *n) {
    struct sql_rows *rows;
    const struct sql_value args[] = {sql_int(row->id), sql_int(row->customer_id)};
    bool more = false, done = sql_open(cx, db, SQL_LINE_LIST, args, 2, &rows);
    *out = arena_new(cx->arena, struct document_line, (size_t)row->lines + 1);
    *n = 0;
    while (done && (done = sql_next(cx, rows, &more)) && more && *n < (size_t)row->lines)
        (*out)[(*n)++] = (struct document_line){.product_id = sql_get_int(rows, 0),
                                                .quantity_e4 = sql_get_int(rows, 1),
                                                .price_e4 = sql_get_int(rows, 2),
                                                .value_cents = sql_get_int(rows, 3)};
    sql_close(rows);
    return done;
}
