// SPDX-License-Identifier: Apache-2.0
/* saved_view -- see saved_view.h. Must not know what a query means. */
#include "store/saved_view.h"

#include "store/rows.h"
#include "store/sql.h"

static struct saved_view view_at(struct cx *cx, struct sql_rows *rows) {
    return (struct saved_view){.id = sql_get_int(rows, 0),
                               .user_id = sql_get_int(rows, 1),
                               .name = str_copy(cx->arena, sql_get_text(rows, 2)),
                               .query = str_copy(cx->arena, sql_get_text(rows, 3)),
                               .shared = sql_get_int(rows, 4) == 1,
                               .made_us = sql_get_int(rows, 5),
                               .retired_us = sql_get_int(rows, 6),
                               .version = sql_get_int(rows, 7),
                               .owner = str_copy(cx->arena, sql_get_text(rows, 8)),
                               .pinned = sql_get_int(rows, 9) == 1,
                               .first = sql_get_int(rows, 10) == 1};
}

bool saved_view_list(struct cx *cx, struct db *db, int64_t user_id, struct saved_view **out, size_t *n) {
    const struct sql_value by = sql_int(user_id);
    struct sql_rows *rows;
    bool more = false, done = sql_open(cx, db, SQL_SAVED_VIEW_LIST, &by, 1, &rows);
    *out = NULL;
    *n = 0;
    while (done && (done = sql_next(cx, rows, &more)) && more)
        ROWS_ADD(cx, *out, *n, view_at(cx, rows));
    sql_close(rows);
    return done;
}

bool saved_view_add(struct cx *cx, struct db *db, struct saved_view *view) {
    const struct sql_value args[] = {sql_int(view->user_id), sql_text(view->name), sql_text(view->query),
                                     sql_int(view->shared), sql_int(view->made_us)};
    bool found;
    view->version = 1;
    return sql_one_int(cx, db, SQL_SAVED_VIEW_ADD, args, sizeof args / sizeof *args, &found, &view->id);
}

bool saved_view_change(struct cx *cx, struct db *db, const struct saved_view *view, bool *changed) {
    const struct sql_value args[] = {sql_int(view->id),     sql_int(view->version), sql_text(view->name),
                                     sql_text(view->query), sql_int(view->shared),  sql_int(view->retired_us)};
    int64_t rows = 0;
    bool done = sql_run(cx, db, SQL_SAVED_VIEW_CHANGE, args, sizeof args / sizeof *args, &rows);
    *changed = rows > 0;
    return done;
}

bool saved_view_choose(struct cx *cx, struct db *db, int64_t user_id, int64_t view_id, bool pinned, bool first) {
    return (!first || SQL_RUN(cx, db, SQL_SAVED_VIEW_UNFIRST, sql_int(user_id), sql_int(view_id))) &&
           SQL_RUN(cx, db, SQL_SAVED_VIEW_CHOOSE, sql_int(user_id), sql_int(view_id), sql_int(pinned), sql_int(first));
}

static bool queries(struct cx *cx, struct db *db, enum sql_id id, struct saved_query **out, size_t *n) {
    struct sql_rows *rows;
    bool more = false, done = sql_open(cx, db, id, NULL, 0, &rows);
    *out = NULL;
    *n = 0;
    while (done && (done = sql_next(cx, rows, &more)) && more)
        ROWS_ADD(cx, *out, *n,
                 ((struct saved_query){sql_get_int(rows, 0), str_copy(cx->arena, sql_get_text(rows, 1))}));
    sql_close(rows);
    return done;
}

bool saved_view_queries(struct cx *cx, struct db *db, struct saved_query **out, size_t *n) {
    return queries(cx, db, SQL_SAVED_VIEW_QUERIES, out, n);
}

bool saved_view_requery(struct cx *cx, struct db *db, const struct saved_query *query) {
    return SQL_RUN(cx, db, SQL_SAVED_VIEW_REQUERY, sql_int(query->id), sql_text(query->query));
}

bool worklist_queries(struct cx *cx, struct db *db, struct saved_query **out, size_t *n) {
    return queries(cx, db, SQL_WORKLIST_QUERIES, out, n);
}

bool worklist_requery(struct cx *cx, struct db *db, const struct saved_query *query) {
    return SQL_RUN(cx, db, SQL_WORKLIST_REQUERY, sql_int(query->id), sql_text(query->query));
}

bool alert_queries(struct cx *cx, struct db *db, struct saved_query **out, size_t *n) {
    return queries(cx, db, SQL_ALERT_QUERIES, out, n);
}

bool alert_requery(struct cx *cx, struct db *db, const struct saved_query *query) {
    return SQL_RUN(cx, db, SQL_ALERT_REQUERY, sql_int(query->id), sql_text(query->query));
}
