// SPDX-License-Identifier: Apache-2.0
/* note -- see note.h. Must not judge whose note it is. Every call is one statement.
 */
#include "store/note.h"

#include "store/rows.h"

struct note note_at(struct cx *cx, struct sql_rows *rows) {
    return (struct note){.id = sql_get_int(rows, 0),
                         .user_id = sql_get_int(rows, 1),
                         .author = str_copy(cx->arena, sql_get_text(rows, 2)),
                         .at_us = sql_get_int(rows, 3),
                         .text = str_copy(cx->arena, sql_get_text(rows, 4)),
                         .retired_us = sql_get_int(rows, 5),
                         .version = sql_get_int(rows, 6)};
}

bool note_find(struct cx *cx, struct db *db, int64_t customer_id, int64_t id, bool *found, struct note *out) {
    struct sql_rows *rows;
    *found = false;
    bool done = sql_open(cx, db, SQL_NOTE_FIND, (struct sql_value[]){sql_int(customer_id), sql_int(id)}, 2, &rows) &&
                sql_next(cx, rows, found);
    if (done && *found)
        *out = note_at(cx, rows);
    sql_close(rows);
    return done;
}

bool note_add(struct cx *cx, struct db *db, int64_t customer_id, const struct note *note, struct str token,
              bool *added) {
    const struct sql_value args[] = {sql_int(customer_id), sql_int(note->user_id), sql_int(note->at_us),
                                     sql_text(note->text), sql_text(token)};
    int64_t rows = 0;
    bool done = sql_run(cx, db, SQL_NOTE_ADD, args, 5, &rows);
    *added = rows > 0;
    return done;
}

bool note_retire(struct cx *cx, struct db *db, int64_t customer_id, int64_t id, int64_t now_us, bool *changed) {
    const struct sql_value args[] = {sql_int(customer_id), sql_int(id), sql_int(now_us)};
    int64_t rows = 0;
    bool done = sql_run(cx, db, SQL_NOTE_RETIRE, args, 3, &rows);
    *changed = rows > 0;
    return done;
}
