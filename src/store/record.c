// SPDX-License-Identifier: Apache-2.0
/* record -- titles, quotes and tickets: put by key, read by customer.
 *
 * Must not know what a state means. Invariant: as with documents, what an import overwrites is kept as a version first.
 */
#include "store/record.h"

#include "store/erasure.h"
#include "store/rows.h"

static bool same_content(const struct record *record, struct sql_rows *rows) {
    return record->day.n == sql_get_day(rows, 1).n && record->due_on.n == sql_get_day(rows, 2).n &&
           record->closed_on.n == sql_get_day(rows, 3).n && record->amount_cents == sql_get_int(rows, 4) &&
           record->open_cents == sql_get_int(rows, 5) && str_equal(record->state, sql_get_text(rows, 6)) &&
           str_equal(record->text, sql_get_text(rows, 7));
}

static bool record_add(struct cx *cx, struct db *db, int64_t import_id, const struct record *record) {
    return SQL_RUN(cx, db, SQL_RECORD_ADD, sql_int(record->customer_id), sql_int(record->kind),
                   sql_text(record->number), sql_text(record->part), sql_day(record->day), sql_day(record->due_on),
                   sql_day(record->closed_on), sql_number(record->amount_cents), sql_number(record->open_cents),
                   sql_text(record->state), sql_text(record->text), sql_int(import_id));
}

static bool record_change(struct cx *cx, struct db *db, int64_t import_id, const struct record *record, int64_t old_id,
                          bool keep) {
    struct sql_value id = sql_int(old_id), customer = sql_int(record->customer_id), mine = sql_int(import_id);
    if (keep && (!SQL_RUN(cx, db, SQL_RECORD_SAME_DROP, mine, id, customer) ||
                 !SQL_RUN(cx, db, SQL_RECORD_KEEP, id, customer, mine)))
        return false;
    return SQL_RUN(cx, db, SQL_RECORD_PUT, id, customer, sql_day(record->day), sql_day(record->due_on),
                   sql_day(record->closed_on), sql_number(record->amount_cents), sql_number(record->open_cents),
                   sql_text(record->state), sql_text(record->text), mine);
}

bool record_put(struct cx *cx, struct db *db, int64_t import_id, const struct record *told, enum record_put *out) {
    struct sql_rows *rows;
    struct record kept = *told;
    const struct record *record = &kept;
    bool erased = false;
    if (told->text.n > 0 && !erasure_has(cx, db, told->customer_id, &erased))
        return false;
    if (erased)
        kept.text = (struct str){0};
    const struct sql_value key[] = {sql_int(record->customer_id), sql_int(record->kind), sql_text(record->number),
                                    sql_text(record->part)};
    bool found = false, same = false,
         done = sql_open(cx, db, SQL_RECORD_FIND, key, 4, &rows) && sql_next(cx, rows, &found);
    int64_t id = 0, owner = 0;
    if (done && found) {
        id = sql_get_int(rows, 0);
        same = same_content(record, rows);
        owner = sql_get_int(rows, 8);
    }
    sql_close(rows);
    if (!done)
        return false;
    *out = !found ? RECORD_ADDED : same ? RECORD_SAME : RECORD_CHANGED;
    if (!same && !SQL_RUN(cx, db, SQL_STANDING_DUE_ADD, sql_int(record->customer_id)))
        return false;
    if (!found)
        return record_add(cx, db, import_id, record);
    if (!same)
        return record_change(cx, db, import_id, record, id, owner != import_id);
    return owner == import_id ||
           SQL_RUN(cx, db, SQL_RECORD_SAME_ADD, sql_int(import_id), sql_int(id), sql_int(record->customer_id));
}

struct record record_at(struct cx *cx, struct sql_rows *rows, int64_t customer_id) {
    return (struct record){.id = sql_get_int(rows, 0),
                           .customer_id = customer_id,
                           .kind = (enum import_kind)sql_get_int(rows, 1),
                           .number = str_copy(cx->arena, sql_get_text(rows, 2)),
                           .part = str_copy(cx->arena, sql_get_text(rows, 3)),
                           .day = sql_get_day(rows, 4),
                           .due_on = sql_get_day(rows, 5),
                           .closed_on = sql_get_day(rows, 6),
                           .amount_cents = sql_get_int(rows, 7),
                           .open_cents = sql_get_int(rows, 8),
                           .state = str_copy(cx->arena, sql_get_text(rows, 9)),
                           .text = str_copy(cx->arena, sql_get_text(rows, 10))};
}
