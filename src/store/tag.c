// SPDX-License-Identifier: Apache-2.0
/* tag -- see tag.h. Must not judge names. */
#include "store/tag.h"

#include "base/pack.h"
#include "store/picture.h"
#include "store/rows.h"
#include "store/sql.h"

static struct tag tag_at(struct cx *cx, struct sql_rows *rows) {
    return (struct tag){.id = sql_get_int(rows, 0),
                        .name = str_copy(cx->arena, sql_get_text(rows, 1)),
                        .made_us = sql_get_int(rows, 2),
                        .retired_us = sql_get_int(rows, 3),
                        .version = sql_get_int(rows, 4)};
}

bool tag_find(struct cx *cx, struct db *db, struct str name, bool *found, struct tag *out) {
    const struct sql_value by = sql_text(name);
    struct sql_rows *rows;
    *found = false;
    bool done = sql_open(cx, db, SQL_TAG_FIND, &by, 1, &rows) && sql_next(cx, rows, found);
    if (done && *found)
        *out = tag_at(cx, rows);
    sql_close(rows);
    return done;
}

static bool list_read(struct cx *cx, struct db *db, struct tag **out, size_t *n) {
    struct sql_rows *rows;
    bool more = false, done = sql_open(cx, db, SQL_TAG_LIST, NULL, 0, &rows);
    *out = NULL;
    *n = 0;
    while (done && (done = sql_next(cx, rows, &more)) && more)
        ROWS_ADD(cx, *out, *n, tag_at(cx, rows));
    sql_close(rows);
    return done;
}

static const size_t name_of[] = {offsetof(struct tag, name)};
static const struct pack_kind tag_kind = {sizeof(struct tag), name_of, 1};

bool tag_list(struct cx *cx, struct db *db, struct tag **out, size_t *n) {
    struct picture_ask ask;
    struct str kept;
    bool found;
    if (!picture_find(cx, db, S("tags"), &ask, &found, &kept))
        return false;
    if (found && (*out = pack_list_take(cx->arena, &tag_kind, kept, n)) != NULL)
        return true;
    if (!list_read(cx, db, out, n))
        return false;
    if (picture_recalls(db))
        picture_keep(db, &ask, pack_list(cx->arena, &tag_kind, *out, *n));
    return true;
}

bool tag_of_name(struct cx *cx, struct db *db, struct str name, int64_t now_us, int64_t *id) {
    bool found;
    struct tag tag;
    if (!tag_find(cx, db, name, &found, &tag))
        return false;
    if (found) {
        *id = tag.id;
        return tag.retired_us == 0 || SQL_RUN(cx, db, SQL_TAG_REVIVE, sql_int(tag.id));
    }
    const struct sql_value args[] = {sql_text(name), sql_int(now_us)};
    return sql_one_int(cx, db, SQL_TAG_ADD, args, 2, &found, id);
}

static bool change(struct cx *cx, struct db *db, enum sql_id id, int64_t customer_id, int64_t tag_id, bool *changed) {
    const struct sql_value args[] = {sql_int(customer_id), sql_int(tag_id)};
    int64_t rows = 0;
    bool done = sql_run(cx, db, id, args, 2, &rows);
    *changed = rows > 0;
    return done;
}

bool tag_put(struct cx *cx, struct db *db, int64_t customer_id, int64_t tag_id, bool *changed) {
    return change(cx, db, SQL_TAG_PUT, customer_id, tag_id, changed);
}

bool tag_take(struct cx *cx, struct db *db, int64_t customer_id, int64_t tag_id, bool *changed) {
    return change(cx, db, SQL_TAG_TAKE, customer_id, tag_id, changed);
}

bool tag_put_many(struct cx *cx, struct db *db, const int64_t *customer_id, size_t n, int64_t tag_id,
                  int64_t *changed) {
    const struct sql_value by = sql_int(tag_id);
    struct sql_rows *rows;
    bool *has = arena_new(cx->arena, bool, n + 1);
    bool more = false, done = sql_open(cx, db, SQL_TAG_HAS, &by, 1, &rows);
    for (size_t i = 0; done && (done = sql_next(cx, rows, &more)) && more;) {
        int64_t id = sql_get_int(rows, 0);
        while (i < n && customer_id[i] < id)
            i++;
        if (i < n && customer_id[i] == id)
            has[i] = true;
    }
    sql_close(rows);
    struct sql_bulk *bulk = NULL;
    *changed = 0;
    done = done && sql_bulk_open(cx, db, SQL_TAG_PUT_MANY, &bulk);
    for (size_t i = 0; done && i < n; i++) {
        if (has[i])
            continue;
        const struct sql_value row[] = {sql_int(customer_id[i]), sql_int(tag_id)};
        done = sql_bulk_add(cx, bulk, row, 2);
        ++*changed;
    }
    done = done && sql_bulk_flush(cx, bulk);
    sql_bulk_close(bulk);
    return done;
}

bool tag_uses(struct cx *cx, struct db *db, struct tag_use **out, size_t *n) {
    struct sql_rows *rows;
    bool more = false, done = sql_open(cx, db, SQL_TAG_USES, NULL, 0, &rows);
    *out = NULL;
    *n = 0;
    while (done && (done = sql_next(cx, rows, &more)) && more)
        ROWS_ADD(cx, *out, *n, ((struct tag_use){tag_at(cx, rows), sql_get_int(rows, 5)}));
    sql_close(rows);
    return done;
}

bool tag_get(struct cx *cx, struct db *db, int64_t id, bool *found, struct tag *out) {
    struct sql_rows *rows;
    *found = false;
    bool done = sql_open(cx, db, SQL_TAG_GET, (struct sql_value[]){sql_int(id)}, 1, &rows) && sql_next(cx, rows, found);
    if (done && *found)
        *out = tag_at(cx, rows);
    sql_close(rows);
    return done;
}

bool tag_change(struct cx *cx, struct db *db, const struct tag *tag, bool *changed) {
    const struct sql_value args[] = {sql_int(tag->id), sql_int(tag->version), sql_text(tag->name),
                                     sql_int(tag->retired_us)};
    int64_t rows = 0;
    bool done = sql_run(cx, db, SQL_TAG_CHANGE, args, 4, &rows);
    *changed = rows > 0;
    return done;
}

bool tag_move(struct cx *cx, struct db *db, int64_t from_id, int64_t into_id, int64_t *moved) {
    const struct sql_value from = sql_int(from_id), into = sql_int(into_id);
    return SQL_RUN(cx, db, SQL_DUPLICATE_TAG_GIVE, from, into) && SQL_RUN(cx, db, SQL_DUPLICATE_TAG_OWN, from, into) &&
           SQL_RUN(cx, db, SQL_DUPLICATE_TAG_CLEAR, from) && SQL_RUN(cx, db, SQL_TAG_GIVE, from, into) &&
           sql_run(cx, db, SQL_TAG_CLEAR, (struct sql_value[]){sql_int(from_id)}, 1, moved);
}
