// SPDX-License-Identifier: Apache-2.0
/* webhook -- see the header. */
#include "store/webhook.h"

#include "store/rows.h"
#include "store/setting.h"

static struct webhook webhook_at(struct cx *cx, struct sql_rows *rows) {
    return (struct webhook){.id = sql_get_int(rows, 0),
                            .name = str_copy(cx->arena, sql_get_text(rows, 1)),
                            .url = str_copy(cx->arena, sql_get_text(rows, 2)),
                            .secret = str_copy(cx->arena, sql_get_text(rows, 3)),
                            .topics = (unsigned)sql_get_int(rows, 4),
                            .lang = str_copy(cx->arena, sql_get_text(rows, 5)),
                            .state = (enum webhook_state)sql_get_int(rows, 6),
                            .why = str_copy(cx->arena, sql_get_text(rows, 7)),
                            .made_us = sql_get_int(rows, 8),
                            .made_by = str_copy(cx->arena, sql_get_text(rows, 9)),
                            .version = sql_get_int(rows, 10),
                            .wait_us = sql_get_int(rows, 11),
                            .failing_us = sql_get_int(rows, 12),
                            .told_us = sql_get_int(rows, 13),
                            .waiting = sql_get_int(rows, 14),
                            .given_up = sql_get_int(rows, 15)};
}

bool webhook_list(struct cx *cx, struct db *db, struct webhook **out, size_t *n) {
    struct sql_rows *rows;
    bool more = false, done = sql_open(cx, db, SQL_WEBHOOK_LIST, NULL, 0, &rows);
    *out = NULL;
    *n = 0;
    while (done && (done = sql_next(cx, rows, &more)) && more)
        ROWS_ADD(cx, *out, *n, webhook_at(cx, rows));
    sql_close(rows);
    return done;
}

bool webhook_find(struct cx *cx, struct db *db, int64_t id, bool *found, struct webhook *out) {
    struct sql_rows *rows;
    *found = false;
    bool done =
        sql_open(cx, db, SQL_WEBHOOK_FIND, (struct sql_value[]){sql_int(id)}, 1, &rows) && sql_next(cx, rows, found);
    if (done && *found)
        *out = webhook_at(cx, rows);
    sql_close(rows);
    return done;
}

bool webhook_add(struct cx *cx, struct db *db, struct webhook *w, bool *again) {
    const struct sql_value token = sql_text(w->token);
    if (!sql_one_int(cx, db, SQL_WEBHOOK_OF_TOKEN, &token, 1, again, &w->id) || *again)
        return *again;
    w->state = WEBHOOK_TOLD;
    w->version = 1;
    return counter_next(cx, db, S("webhook"), &w->id) &&
           SQL_RUN(cx, db, SQL_WEBHOOK_ADD, sql_int(w->id), sql_text(w->name), sql_text(w->url), sql_text(w->secret),
                   sql_int(w->topics), sql_text(w->lang), sql_int(w->made_us), sql_text(w->made_by), token);
}

static bool changes(struct cx *cx, struct db *db, enum sql_id id, const struct sql_value *args, size_t n,
                    bool *changed) {
    int64_t rows = 0;
    bool done = sql_run(cx, db, id, args, n, &rows);
    *changed = rows > 0;
    return done;
}

bool webhook_change(struct cx *cx, struct db *db, const struct webhook *w, bool *changed) {
    const struct sql_value args[] = {sql_int(w->id), sql_int(w->version), sql_text(w->name), sql_text(w->url),
                                     sql_int(w->topics)};
    return changes(cx, db, SQL_WEBHOOK_CHANGE, args, sizeof args / sizeof *args, changed);
}

bool webhook_secret_put(struct cx *cx, struct db *db, int64_t id, struct str secret, bool *changed) {
    const struct sql_value args[] = {sql_int(id), sql_text(secret)};
    return changes(cx, db, SQL_WEBHOOK_SECRET, args, 2, changed);
}

bool webhook_seal(struct cx *cx, struct db *db, int64_t id, struct str was, struct str sealed) {
    return SQL_RUN(cx, db, SQL_WEBHOOK_SEAL, sql_int(id), sql_text(was), sql_text(sealed));
}

bool webhook_state_put(struct cx *cx, struct db *db, int64_t id, enum webhook_state state, struct str why,
                       bool *changed) {
    const struct sql_value args[] = {sql_int(id), sql_int(state), sql_text(why)};
    return changes(cx, db, SQL_WEBHOOK_STATE, args, 3, changed);
}

bool webhook_topics(struct cx *cx, struct db *db, unsigned *out) {
    struct sql_rows *rows;
    bool more = false, done = sql_open(cx, db, SQL_WEBHOOK_TOPICS, NULL, 0, &rows);
    *out = 0;
    while (done && (done = sql_next(cx, rows, &more)) && more)
        *out |= (unsigned)sql_get_int(rows, 0);
    sql_close(rows);
    return done;
}

bool webhook_restored(struct cx *cx, struct db *db) {
    return SQL_RUN(cx, db, SQL_WEBHOOK_RESTORED, sql_text(S("webhook.why_restored")));
}

/* ---- what was told of customers ---- */

bool webhook_told_begin(struct cx *cx, struct db *db) {
    return webhook_told_end(cx, db) && sql_run(cx, db, SQL_WEBHOOK_TOLD_MAKE, NULL, 0, NULL);
}

bool webhook_told_end(struct cx *cx, struct db *db) {
    return sql_run(cx, db, SQL_WEBHOOK_TOLD_CLEAR, NULL, 0, NULL);
}

bool webhook_look_crossed(struct cx *cx, struct db *db, const struct webhook_look *look, int64_t *n) {
    const struct sql_value args[] = {sql_int(look->first), sql_text(look->name), sql_int(look->now_us),
                                     sql_int(look->as_of.n)};
    return sql_run(cx, db, look->moved ? SQL_WEBHOOK_CROSSED_MOVED : SQL_WEBHOOK_CROSSED, args, 4, n) &&
           (*n == 0 || SQL_RUN(cx, db, SQL_WEBHOOK_TOLD_CROSSED, sql_int(look->first)));
}

bool webhook_look_returned(struct cx *cx, struct db *db, const struct webhook_look *look, int64_t *n) {
    const struct sql_value args[] = {sql_int(look->first), sql_text(look->name), sql_int(look->now_us),
                                     sql_int(look->from.n), sql_int(look->as_of.n)};
    return sql_run(cx, db, SQL_WEBHOOK_RETURNED, args, 5, n) &&
           (*n == 0 || SQL_RUN(cx, db, SQL_WEBHOOK_TOLD_RETURNED, sql_int(look->first)));
}

bool webhook_look_known(struct cx *cx, struct db *db, bool moved) {
    return sql_run(cx, db, moved ? SQL_WEBHOOK_TOLD_DROP_MOVED : SQL_WEBHOOK_TOLD_DROP, NULL, 0, NULL) &&
           sql_run(cx, db, moved ? SQL_WEBHOOK_TOLD_MAKE_MOVED : SQL_WEBHOOK_TOLD_MAKE, NULL, 0, NULL);
}

bool webhook_look_moved(struct cx *cx, struct db *db, bool *out) {
    int64_t n = 0;
    bool found, done = sql_one_int(cx, db, SQL_SCORE_MOVED_COUNT, NULL, 0, &found, &n);
    *out = n > 0;
    return done;
}
