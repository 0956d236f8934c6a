// SPDX-License-Identifier: Apache-2.0
/* token -- see token.h. Must not judge times or rights. */
#include "store/token.h"

#include "store/rows.h"
#include "store/sql.h"

static struct str text_at(struct cx *cx, struct sql_rows *rows, int column) {
    return str_copy(cx->arena, sql_get_text(rows, column));
}

static struct token token_at(struct cx *cx, struct sql_rows *rows) {
    return (struct token){.id = sql_get_int(rows, 0),
                          .name = text_at(cx, rows, 1),
                          .user_id = sql_get_int(rows, 2),
                          .login = text_at(cx, rows, 3),
                          .grants = text_at(cx, rows, 4),
                          .rate = sql_get_int(rows, 5),
                          .made_us = sql_get_int(rows, 6),
                          .made_by = text_at(cx, rows, 7),
                          .seen_us = sql_get_int(rows, 8),
                          .expires_us = sql_get_int(rows, 9),
                          .retired_us = sql_get_int(rows, 10)};
}

bool token_add(struct cx *cx, struct db *db, struct token *token) {
    bool found;
    int64_t greatest;
    if (!sql_one_int(cx, db, SQL_TOKEN_MAX, NULL, 0, &found, &greatest))
        return false;
    token->id = greatest + 1;
    return SQL_RUN(cx, db, SQL_TOKEN_ADD, sql_int(token->id), sql_text(token->name), sql_text(token->hash),
                   sql_int(token->user_id), sql_text(token->grants), sql_int(token->rate), sql_int(token->made_us),
                   sql_text(token->made_by), sql_int(token->expires_us));
}

bool token_find(struct cx *cx, struct db *db, struct str hash, bool *found, struct token *out) {
    struct sql_rows *rows;
    *found = false;
    bool done =
        sql_open(cx, db, SQL_TOKEN_FIND, (struct sql_value[]){sql_text(hash)}, 1, &rows) && sql_next(cx, rows, found);
    if (done && *found)
        *out = token_at(cx, rows);
    sql_close(rows);
    return done;
}

bool token_list(struct cx *cx, struct db *db, int64_t user_id, struct token **out, size_t *n) {
    struct sql_rows *rows;
    bool more = false, done = sql_open(cx, db, SQL_TOKEN_LIST, (struct sql_value[]){sql_int(user_id)}, 1, &rows);
    *out = NULL;
    *n = 0;
    while (done && (done = sql_next(cx, rows, &more)) && more)
        ROWS_ADD(cx, *out, *n, token_at(cx, rows));
    sql_close(rows);
    return done;
}

bool token_seen(struct cx *cx, struct db *db, int64_t id, int64_t now_us) {
    return SQL_RUN(cx, db, SQL_TOKEN_SEEN, sql_int(id), sql_int(now_us));
}

bool token_retire(struct cx *cx, struct db *db, int64_t id, int64_t now_us, bool *changed) {
    int64_t rows = 0;
    bool done = sql_run(cx, db, SQL_TOKEN_RETIRE, (struct sql_value[]){sql_int(id), sql_int(now_us)}, 2, &rows);
    *changed = rows > 0;
    return done;
}

bool answered_find(struct cx *cx, struct db *db, int64_t token_id, struct str key, bool *found, struct answered *out) {
    struct sql_rows *rows;
    const struct sql_value args[] = {sql_int(token_id), sql_text(key)};
    *found = false;
    bool done = sql_open(cx, db, SQL_ANSWER_FIND, args, 2, &rows) && sql_next(cx, rows, found);
    if (done && *found)
        *out = (struct answered){.digest = text_at(cx, rows, 0),
                                 .status = sql_get_int(rows, 1),
                                 .etag = text_at(cx, rows, 2),
                                 .body = text_at(cx, rows, 3),
                                 .made_us = sql_get_int(rows, 4)};
    sql_close(rows);
    return done;
}

bool answered_claim(struct cx *cx, struct db *db, int64_t token_id, struct str key, struct str digest, int64_t now_us) {
    return SQL_RUN(cx, db, SQL_ANSWER_CLAIM, sql_int(token_id), sql_text(key), sql_text(digest), sql_int(now_us));
}

bool answered_put(struct cx *cx, struct db *db, int64_t token_id, struct str key, const struct answered *answered) {
    return SQL_RUN(cx, db, SQL_ANSWER_PUT, sql_int(token_id), sql_text(key), sql_int(answered->status),
                   sql_text(answered->etag), sql_text(answered->body));
}

bool answered_drop(struct cx *cx, struct db *db, int64_t token_id, struct str key) {
    return SQL_RUN(cx, db, SQL_ANSWER_DROP, sql_int(token_id), sql_text(key));
}

bool answered_sweep(struct cx *cx, struct db *db, int64_t made_before_us) {
    return SQL_RUN(cx, db, SQL_ANSWER_SWEEP, sql_int(made_before_us));
}
