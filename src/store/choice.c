// SPDX-License-Identifier: Apache-2.0
/* choice -- see choice.h. Must not judge names or who may change them. Uses are counted where they are kept, in the contacts, so
 * that they cannot differ from them.
 */
#include "store/choice.h"

#include "store/rows.h"

struct choice choice_at(struct cx *cx, struct sql_rows *rows) {
    return (struct choice){.id = sql_get_int(rows, 0),
                           .kind = (enum choice_kind)sql_get_int(rows, 1),
                           .name = str_copy(cx->arena, sql_get_text(rows, 2)),
                           .owner = str_copy(cx->arena, sql_get_text(rows, 3)),
                           .preventable = sql_get_int(rows, 4) == 1,
                           .argument = str_copy(cx->arena, sql_get_text(rows, 5)),
                           .made_us = sql_get_int(rows, 6),
                           .retired_us = sql_get_int(rows, 7),
                           .version = sql_get_int(rows, 8)};
}

bool choice_list(struct cx *cx, struct db *db, enum choice_kind kind, bool retired_too, struct choice **out,
                 size_t *n) {
    struct sql_rows *rows;
    bool more = false,
         done = sql_open(cx, db, SQL_CHOICE_LIST, (struct sql_value[]){sql_int(kind), sql_int(retired_too)}, 2, &rows);
    *out = NULL;
    *n = 0;
    while (done && (done = sql_next(cx, rows, &more)) && more)
        ROWS_ADD(cx, *out, *n, choice_at(cx, rows));
    sql_close(rows);
    return done;
}

bool choice_find(struct cx *cx, struct db *db, int64_t id, bool *found, struct choice *out) {
    struct sql_rows *rows;
    *found = false;
    bool done =
        sql_open(cx, db, SQL_CHOICE_FIND, (struct sql_value[]){sql_int(id)}, 1, &rows) && sql_next(cx, rows, found);
    if (done && *found)
        *out = choice_at(cx, rows);
    sql_close(rows);
    return done;
}

bool choice_uses(struct cx *cx, struct db *db, enum choice_kind kind, struct day from, struct day until,
                 struct choice_use **out, size_t *n) {
    static const enum sql_id by_kind[CHOICE_KINDS] = {[CHOICE_REASON] = SQL_CHOICE_USES_REASON,
                                                      [CHOICE_OBJECTION] = SQL_CHOICE_USES_OBJECTION,
                                                      [CHOICE_OCCURRENCE] = SQL_CHOICE_USES_OCCURRENCE};
    const struct sql_value days[] = {sql_int(day_is(from) ? from.n : INT32_MIN),
                                     sql_int(day_is(until) ? until.n : INT32_MAX)};
    struct sql_rows *rows;
    bool more = false, done = sql_open(cx, db, by_kind[kind], days, 2, &rows);
    *out = NULL;
    *n = 0;
    while (done && (done = sql_next(cx, rows, &more)) && more)
        ROWS_ADD(cx, *out, *n,
                 ((struct choice_use){sql_get_int(rows, 0), sql_get_int(rows, 1), sql_get_day(rows, 2),
                                      sql_get_day(rows, 3)}));
    sql_close(rows);
    return done;
}

/* Within the caller's transaction. */
bool choice_add(struct cx *cx, struct db *db, struct choice *choice) {
    bool found;
    int64_t greatest;
    if (!sql_one_int(cx, db, SQL_CHOICE_MAX, NULL, 0, &found, &greatest))
        return false;
    choice->id = greatest + 1;
    choice->version = 1;
    return SQL_RUN(cx, db, SQL_CHOICE_ADD, sql_int(choice->id), sql_int(choice->kind), sql_text(choice->name),
                   sql_text(choice->owner), sql_int(choice->preventable), sql_text(choice->argument),
                   sql_int(choice->made_us));
}

bool choice_change(struct cx *cx, struct db *db, const struct choice *choice, bool *changed) {
    const struct sql_value args[] = {
        sql_int(choice->id),          sql_int(choice->version),   sql_text(choice->name),     sql_text(choice->owner),
        sql_int(choice->preventable), sql_text(choice->argument), sql_int(choice->retired_us)};
    int64_t rows = 0;
    bool done = sql_run(cx, db, SQL_CHOICE_CHANGE, args, sizeof args / sizeof *args, &rows);
    *changed = rows > 0;
    return done;
}
