// SPDX-License-Identifier: Apache-2.0
/* reader -- see reader.h. Commands about accounts take no arguments: statements of sql/queries/reader.sql write them, with the
 * server's own quoting, and they are run as they come.
 */
#include "store/reader.h"

#include "store/driver.h"
#include "store/pg.h"

enum { COMMANDS = 64 };

/* Runs what a statement writes. All is read first: one connection does one thing at a time. */
static bool run_written(struct cx *cx, struct db *db, enum sql_id id, const struct sql_value *args, size_t n) {
    struct sql_rows *rows = NULL;
    const char *command[COMMANDS];
    size_t commands = 0;
    bool more = false, good = sql_open(cx, db, id, args, n, &rows);
    while (good && (good = sql_next(cx, rows, &more)) && more && commands < COMMANDS)
        command[commands++] = str_terminated(cx->arena, sql_get_text(rows, 0));
    sql_close(rows);
    for (size_t i = 0; i < commands && good; i++)
        good = db->driver->script(cx, db, command[i]);
    return good;
}

#define RUN_WRITTEN(cx, db, id, ...)                                                                                   \
    run_written((cx), (db), (id), (const struct sql_value[]){__VA_ARGS__},                                             \
                sizeof((const struct sql_value[]){__VA_ARGS__}) / sizeof(struct sql_value))

bool reader_rights(struct cx *cx, struct db *db, struct reader_right **out, size_t *n) {
    struct sql_rows *rows = NULL;
    size_t room = 0;
    *out = NULL;
    *n = 0;
    if (db->kind != DB_PG)
        return true;
    bool more = false, good = sql_open(cx, db, SQL_READER_RIGHTS, NULL, 0, &rows);
    while (good && (good = sql_next(cx, rows, &more)) && more) {
        if (*n == room) {
            *out = arena_grow(cx->arena, *out, room, room + 32, sizeof **out);
            room += 32;
        }
        (*out)[(*n)++] = (struct reader_right){.name = str_copy(cx->arena, sql_get_text(rows, 0)),
                                               .view = str_copy(cx->arena, sql_get_text(rows, 1)),
                                               .whole = sql_get_int(rows, 2) == 1};
    }
    sql_close(rows);
    return good;
}

bool reader_rights_put(struct cx *cx, struct db *db, const struct reader_right *right, size_t n) {
    for (size_t i = 0; i < n; i++) {
        bool again = right[i].whole && i > 0 && str_equal(right[i - 1].name, right[i].name);
        struct str view = right[i].whole ? S("") : right[i].view;
        if (!again && !RUN_WRITTEN(cx, db, SQL_READER_GRANT, sql_text(right[i].name), sql_text(view)))
            return false;
    }
    return true;
}

bool reader_may(struct cx *cx, struct db *db, struct str name, bool *may, bool *taken) {
    struct sql_rows *rows = NULL;
    bool more = false, good = sql_open(cx, db, SQL_READER_MAY, (struct sql_value[]){sql_text(name)}, 1, &rows) &&
                              sql_next(cx, rows, &more);
    *may = good && more && sql_get_int(rows, 0) == 1;
    *taken = good && more && sql_get_int(rows, 1) > 0;
    sql_close(rows);
    return good;
}

bool reader_put(struct cx *cx, struct db *db, struct str name, struct str password, bool renew) {
    struct str kept;
    return pg_password(cx, db, name, password, &kept) &&
           RUN_WRITTEN(cx, db, renew ? SQL_READER_RENEW : SQL_READER_MAKE, sql_text(name), sql_text(kept)) &&
           RUN_WRITTEN(cx, db, SQL_READER_SETTLE, sql_text(name)) &&
           RUN_WRITTEN(cx, db, SQL_READER_GRANT, sql_text(name), sql_text(S("")));
}

bool reader_remove(struct cx *cx, struct db *db, struct str name) {
    return RUN_WRITTEN(cx, db, SQL_READER_REMOVE, sql_text(name));
}
