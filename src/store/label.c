// SPDX-License-Identifier: Apache-2.0
/* label -- labels by code, remembered by the open database: an import asks for the same few again and again.
 *
 * Must not forget the memory's limits: a rollback empties it, as a label added by what was rolled back is gone.
 */
#include "store/label.h"

#include <string.h>

#include "base/limits.h"
#include "base/pack.h"
#include "store/driver.h"
#include "store/picture.h"
#include "store/rows.h"

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

static bool find(struct cx *cx, struct db *db, enum label_kind kind, struct str code, int64_t *id) {
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

bool label_find(struct cx *cx, struct db *db, enum label_kind kind, struct str code, int64_t *id) {
    struct picture_ask ask;
    struct str known;
    bool found;
    if (!picture_find(cx, db, cx_text(cx, "label %d %.*s", (int)kind, STR_ARG(code)), &ask, &found, &known))
        return false;
    if (found && pack_bytes_take(&known, id, sizeof *id))
        return true;
    if (!find(cx, db, kind, code, id))
        return false;
    picture_keep(db, &ask, (struct str){(const char *)id, sizeof *id});
    return true;
}

static bool rows_take(struct cx *cx, struct sql_rows *rows, bool opened, struct label **out, size_t *n) {
    bool more = false, done = opened;
    *out = NULL;
    *n = 0;
    while (done && (done = sql_next(cx, rows, &more)) && more)
        ROWS_ADD(cx, *out, *n,
                 ((struct label){.id = sql_get_int(rows, 0),
                                 .kind = (enum label_kind)sql_get_int(rows, 1),
                                 .code = str_copy(cx->arena, sql_get_text(rows, 2))}));
    sql_close(rows);
    return done;
}

static const size_t code_of[] = {offsetof(struct label, code)};
static const struct pack_kind label_kind = {sizeof(struct label), code_of, 1};

/* Of a statement with one argument; a page of customers lets people choose from thousands of them. */
static bool list(struct cx *cx, struct db *db, enum sql_id id, struct sql_value arg, struct str key, struct label **out,
                 size_t *n) {
    struct picture_ask ask;
    struct str kept;
    struct sql_rows *rows;
    bool found;
    if (!picture_find(cx, db, key, &ask, &found, &kept))
        return false;
    if (found && (*out = pack_list_take(cx->arena, &label_kind, kept, n)) != NULL)
        return true;
    bool opened = sql_open(cx, db, id, &arg, 1, &rows);
    if (!rows_take(cx, rows, opened, out, n))
        return false;
    if (picture_recalls(db))
        picture_keep(db, &ask, pack_list(cx->arena, &label_kind, *out, *n));
    return true;
}

bool label_list(struct cx *cx, struct db *db, enum label_kind kind, struct label **out, size_t *n) {
    return list(cx, db, SQL_LABEL_LIST, sql_int(kind), cx_text(cx, "labels %d", (int)kind), out, n);
}

bool label_list_of(struct cx *cx, struct db *db, struct str rep, struct label **out, size_t *n) {
    return list(cx, db, SQL_LABEL_LIST_OF, sql_text(rep), cx_text(cx, "labels of %.*s", STR_ARG(rep)), out, n);
}
