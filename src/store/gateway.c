// SPDX-License-Identifier: Apache-2.0
/* gateway -- see the header. Must not open a seal. */
#include "store/gateway.h"

#include "store/gateway_rows.h"
#include "store/setting.h"

static struct gateway gateway_at(struct cx *cx, struct sql_rows *rows) {
    return (struct gateway){.id = sql_get_int(rows, 0),
                            .name = str_copy(cx->arena, sql_get_text(rows, 1)),
                            .url = str_copy(cx->arena, sql_get_text(rows, 2)),
                            .headers = str_copy(cx->arena, sql_get_text(rows, 3)),
                            .body = str_copy(cx->arena, sql_get_text(rows, 4)),
                            .form = (enum merge_form)sql_get_int(rows, 5),
                            .secret = str_copy(cx->arena, sql_get_text(rows, 6)),
                            .expects = str_copy(cx->arena, sql_get_text(rows, 7)),
                            .per_minute = sql_get_int(rows, 8),
                            .state = (enum gateway_state)sql_get_int(rows, 9),
                            .made_us = sql_get_int(rows, 10),
                            .made_by = str_copy(cx->arena, sql_get_text(rows, 11)),
                            .version = sql_get_int(rows, 12)};
}

bool gateway_list(struct cx *cx, struct db *db, struct gateway **out, size_t *n) {
    struct sql_rows *rows;
    bool more = false, done = sql_open(cx, db, SQL_GATEWAY_LIST, NULL, 0, &rows);
    *out = NULL;
    *n = 0;
    while (done && (done = sql_next(cx, rows, &more)) && more)
        ROWS_ADD(cx, *out, *n, gateway_at(cx, rows));
    sql_close(rows);
    return done;
}

bool gateway_find(struct cx *cx, struct db *db, int64_t id, bool *found, struct gateway *out) {
    struct sql_rows *rows;
    *found = false;
    bool done =
        sql_open(cx, db, SQL_GATEWAY_FIND, (struct sql_value[]){sql_int(id)}, 1, &rows) && sql_next(cx, rows, found);
    if (done && *found)
        *out = gateway_at(cx, rows);
    sql_close(rows);
    return done;
}

bool gateway_add(struct cx *cx, struct db *db, struct gateway *g, bool *again) {
    const struct sql_value token = sql_text(g->token);
    if (!sql_one_int(cx, db, SQL_GATEWAY_OF_TOKEN, &token, 1, again, &g->id) || *again)
        return *again;
    g->state = GATEWAY_USED;
    g->version = 1;
    return counter_next(cx, db, S("gateway"), &g->id) &&
           SQL_RUN(cx, db, SQL_GATEWAY_ADD, sql_int(g->id), sql_text(g->name), sql_text(g->url), sql_text(g->headers),
                   sql_text(g->body), sql_int(g->form), sql_text(g->secret), sql_text(g->expects),
                   sql_int(g->per_minute), sql_int(g->made_us), sql_text(g->made_by), token);
}

bool gateway_change(struct cx *cx, struct db *db, const struct gateway *g, bool *changed) {
    const struct sql_value args[] = {
        sql_int(g->id),    sql_int(g->version), sql_text(g->name),   sql_text(g->url),     sql_text(g->headers),
        sql_text(g->body), sql_int(g->form),    sql_text(g->secret), sql_text(g->expects), sql_int(g->per_minute)};
    int64_t rows = 0;
    bool done = sql_run(cx, db, SQL_GATEWAY_CHANGE, args, sizeof args / sizeof *args, &rows);
    *changed = rows > 0;
    return done;
}

bool gateway_state_put(struct cx *cx, struct db *db, int64_t id, enum gateway_state state, bool *changed) {
    const struct sql_value args[] = {sql_int(id), sql_int(state)};
    int64_t rows = 0;
    bool done = sql_run(cx, db, SQL_GATEWAY_STATE, args, 2, &rows);
    *changed = rows > 0;
    return done;
}

bool gateway_restored(struct cx *cx, struct db *db) {
    return sql_run(cx, db, SQL_GATEWAY_RESTORED, NULL, 0, NULL);
}

bool gateway_stands(struct cx *cx, struct db *db, int64_t id, bool *out) {
    struct gateway gateway;
    bool found, done = gateway_find(cx, db, id, &found, &gateway);
    *out = done && found && gateway.state != GATEWAY_RETIRED;
    return done;
}

struct gateway_name gateway_name_at(struct cx *cx, struct sql_rows *rows) {
    return (struct gateway_name){.id = sql_get_int(rows, 0),
                                 .name = str_copy(cx->arena, sql_get_text(rows, 1)),
                                 .retired = sql_get_int(rows, 2) == GATEWAY_RETIRED};
}
