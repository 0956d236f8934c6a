// SPDX-License-Identifier: Apache-2.0
/* label -- labels by code, remembered by the open database: an import asks for the same few again and again.
 *
 * Must not forget the memory's limits: a rollback empties it, as a label added by what was rolled back is gone.
 */
#include "store/label.h"

#include <string.h>

#include "base/limits.h"
#include "store/driver.h"

bool label_of(struct cx *cx, struct db *db, enum label_kind kind, struct str code, int64_t *id) {
    char key[LIMIT_CODE + 8];
    bool found = false, remembered = code.n <= LIMIT_CODE;
    *id = 0;
    if (!code.n)
        return true;
    key[0] = (char)('0' + (int)kind);
    if (remembered)
        memcpy(key + 1, code.p, code.n);
    struct str text = {key, code.n + 1};
    if (remembered && map_find(&db->labels, text, id))
        return true;
    const struct sql_value args[] = {sql_int(kind), sql_text(code)};
    if (!sql_one_int(cx, db, SQL_LABEL_FIND, args, 2, &found, id) ||
        (!found && !sql_one_int(cx, db, SQL_LABEL_ADD, args, 2, &found, id)))
        return false;
    if (remembered)
        map_put(&db->labels, text, *id);
    return true;
}

bool label_find(struct cx *cx, struct db *db, enum label_kind kind, struct str code, int64_t *id) {
    bool found;
    if (!sql_one_int(cx, db, SQL_LABEL_FIND, (struct sql_value[]){sql_int(kind), sql_text(code)}, 2, &found, id))
        return false;
    if (found)
        return true;
    struct sql_rows *rows;
    bool more = false, done = sql_open(cx, db, SQL_LABEL_LIST, (struct sql_value[]){sql_int(kind)}, 1, &rows);
    struct str wanted = str_fold(cx->arena, code);
    *id = -1;
    while (done && *id < 0 && (done = sql_next(cx, rows, &more)) && more) {
        struct arena_mark mark = arena_mark_get(cx->arena);
        if (str_equal(wanted, str_fold(cx->arena, sql_get_text(rows, 2))))
            *id = sql_get_int(rows, 0);
        arena_rewind(cx->arena, mark);
    }
    sql_close(rows);
    return done;
}

static bool rows_take(struct cx *cx, struct sql_rows *rows, bool opened, struct label **out, size_t *n) {
    size_t room = 0;
    bool more = false, done = opened;
    *out = NULL;
    *n = 0;
    while (done && (done = sql_next(cx, rows, &more)) && more) {
        if (*n == room) {
            size_t larger = room ? room * 2 : 32;
            *out = arena_grow(cx->arena, *out, room, larger, sizeof **out);
            room = larger;
        }
        (*out)[(*n)++] = (struct label){.id = sql_get_int(rows, 0),
                                        .kind = (enum label_kind)sql_get_int(rows, 1),
                                        .code = str_copy(cx->arena, sql_get_text(rows, 2))};
    }
    sql_close(rows);
    return done;
}

bool label_list(struct cx *cx, struct db *db, enum label_kind kind, struct label **out, size_t *n) {
    struct sql_rows *rows;
    bool opened = sql_open(cx, db, SQL_LABEL_LIST, (struct sql_value[]){sql_int(kind)}, 1, &rows);
    return rows_take(cx, rows, opened, out, n);
}

bool label_list_of(struct cx *cx, struct db *db, struct str rep, struct label **out, size_t *n) {
    struct sql_rows *rows;
    bool opened = sql_open(cx, db, SQL_LABEL_LIST_OF, (struct sql_value[]){sql_text(rep)}, 1, &rows);
    return rows_take(cx, rows, opened, out, n);
}
