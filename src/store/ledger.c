// SPDX-License-Identifier: Apache-2.0
/* ledger -- see ledger.h. Must not know who asks. */
#include "store/ledger.h"

#include "store/rows.h"

enum { CONTACT_CODE = 23 };

static bool rows_open(struct cx *cx, struct db *db, enum sql_id id, struct ledger_place after, struct str rep,
                      int64_t most, struct sql_rows **rows) {
    const struct sql_value args[] = {sql_int(after.at_us), sql_int(after.id), sql_text(rep), sql_int(most)};
    return sql_open(cx, db, id, args, 4, rows);
}

bool ledger_contacts(struct cx *cx, struct db *db, struct ledger_place after, struct str rep, int64_t most,
                     struct ledger_contact **out, size_t *n) {
    struct sql_rows *rows = NULL;
    bool more = false, done = rows_open(cx, db, SQL_LEDGER_CONTACTS, after, rep, most, &rows);
    *out = arena_new(cx->arena, struct ledger_contact, (size_t)most);
    *n = 0;
    while (done && (done = sql_next(cx, rows, &more)) && more)
        (*out)[(*n)++] = (struct ledger_contact){.row = contact_row_at(cx, rows),
                                                 .code = str_copy(cx->arena, sql_get_text(rows, CONTACT_CODE))};
    sql_close(rows);
    return done;
}

bool ledger_appointments(struct cx *cx, struct db *db, struct ledger_place after, struct str rep, int64_t most,
                         struct appointment_row **out, size_t *n) {
    struct sql_rows *rows = NULL;
    bool more = false, done = rows_open(cx, db, SQL_LEDGER_APPOINTMENTS, after, rep, most, &rows);
    *out = arena_new(cx->arena, struct appointment_row, (size_t)most);
    *n = 0;
    while (done && (done = sql_next(cx, rows, &more)) && more)
        (*out)[(*n)++] = appointment_row_at(cx, rows);
    sql_close(rows);
    return done;
}
