// SPDX-License-Identifier: Apache-2.0
/* user -- see user.h. Must not judge passwords or times. Invariant: every call is one statement, but the two that say so. */
#include "store/user.h"

#include "store/rows.h"
#include "store/sql.h"

/* What app_session.step is made of. */
enum { STEP_HALF = 1, STEP_BY_LINK = 2, LIST_FIRST = 16, SESSION_COLUMNS = 7 };

static struct str text_at(struct cx *cx, struct sql_rows *rows, int column) {
    return str_copy(cx->arena, sql_get_text(rows, column));
}

/* Its columns begin at `first`. */
static struct user user_at(struct cx *cx, struct sql_rows *rows, int first) {
    return (struct user){.id = sql_get_int(rows, first),
                         .login = text_at(cx, rows, first + 1),
                         .name = text_at(cx, rows, first + 2),
                         .role = (enum role)sql_get_int(rows, first + 3),
                         .rep_id = sql_get_int(rows, first + 4),
                         .email = text_at(cx, rows, first + 5),
                         .password = text_at(cx, rows, first + 6),
                         .totp = text_at(cx, rows, first + 7),
                         .totp_step = sql_get_int(rows, first + 8),
                         .must_totp = sql_get_int(rows, first + 9) == 1,
                         .lang = text_at(cx, rows, first + 10),
                         .theme = text_at(cx, rows, first + 11),
                         .feed = text_at(cx, rows, first + 12),
                         .made_us = sql_get_int(rows, first + 13),
                         .retired_us = sql_get_int(rows, first + 14),
                         .version = sql_get_int(rows, first + 15),
                         .rep = text_at(cx, rows, first + 16),
                         .manager_id = sql_get_int(rows, first + 17),
                         .phone = text_at(cx, rows, first + 18)};
}

static struct session session_at(struct cx *cx, struct sql_rows *rows) {
    return (struct session){.hash = text_at(cx, rows, 0),
                            .user_id = sql_get_int(rows, 1),
                            .half = (sql_get_int(rows, 2) & STEP_HALF) != 0,
                            .by_link = (sql_get_int(rows, 2) & STEP_BY_LINK) != 0,
                            .made_us = sql_get_int(rows, 3),
                            .seen_us = sql_get_int(rows, 4),
                            .address = text_at(cx, rows, 5),
                            .agent = text_at(cx, rows, 6)};
}

/* Two statements: the first free id, and the row. Within the caller's transaction. */
bool user_add(struct cx *cx, struct db *db, struct user *user) {
    bool found;
    int64_t greatest;
    if (!sql_one_int(cx, db, SQL_USER_MAX, NULL, 0, &found, &greatest))
        return false;
    user->id = greatest + 1;
    user->version = 1;
    return SQL_RUN(cx, db, SQL_USER_ADD, sql_int(user->id), sql_text(user->login), sql_text(user->name),
                   sql_int(user->role), sql_int(user->rep_id), sql_text(user->email), sql_text(user->password),
                   sql_int(user->must_totp), sql_text(user->lang), sql_int(user->made_us), sql_int(user->manager_id),
                   sql_text(user->phone));
}

static bool find(struct cx *cx, struct db *db, enum sql_id id, struct sql_value by, bool *found, struct user *out) {
    struct sql_rows *rows;
    *found = false;
    bool done = sql_open(cx, db, id, &by, 1, &rows) && sql_next(cx, rows, found);
    if (done && *found)
        *out = user_at(cx, rows, 0);
    sql_close(rows);
    return done;
}

bool user_find(struct cx *cx, struct db *db, int64_t id, bool *found, struct user *out) {
    return find(cx, db, SQL_USER_FIND, sql_int(id), found, out);
}

bool user_find_login(struct cx *cx, struct db *db, struct str login, bool *found, struct user *out) {
    return find(cx, db, SQL_USER_FIND_LOGIN, sql_text(login), found, out);
}

bool user_find_feed(struct cx *cx, struct db *db, struct str hash, bool *found, struct user *out) {
    return find(cx, db, SQL_USER_FIND_FEED, sql_text(hash), found, out);
}

bool user_list(struct cx *cx, struct db *db, struct user **out, size_t *n) {
    struct sql_rows *rows;
    bool more = false, done = sql_open(cx, db, SQL_USER_LIST, NULL, 0, &rows);
    *out = NULL;
    *n = 0;
    while (done && (done = sql_next(cx, rows, &more)) && more)
        ROWS_ADD(cx, *out, *n, user_at(cx, rows, 0));
    sql_close(rows);
    return done;
}

bool user_change(struct cx *cx, struct db *db, const struct user *user, bool *changed) {
    const struct sql_value args[] = {sql_int(user->id),         sql_int(user->version), sql_text(user->name),
                                     sql_int(user->role),       sql_int(user->rep_id),  sql_text(user->email),
                                     sql_int(user->must_totp),  sql_text(user->lang),   sql_int(user->retired_us),
                                     sql_int(user->manager_id), sql_text(user->phone)};
    int64_t rows = 0;
    bool done = sql_run(cx, db, SQL_USER_CHANGE, args, sizeof args / sizeof *args, &rows);
    *changed = rows > 0;
    return done;
}

bool user_password_put(struct cx *cx, struct db *db, int64_t id, struct str password) {
    return SQL_RUN(cx, db, SQL_USER_PASSWORD, sql_int(id), sql_text(password));
}

bool user_totp_put(struct cx *cx, struct db *db, int64_t id, struct str totp, int64_t step) {
    return SQL_RUN(cx, db, SQL_USER_TOTP, sql_int(id), sql_text(totp), sql_int(step));
}

bool user_totp_step_put(struct cx *cx, struct db *db, int64_t id, int64_t step, bool *newer) {
    int64_t rows = 0;
    bool done = sql_run(cx, db, SQL_USER_TOTP_STEP, (struct sql_value[]){sql_int(id), sql_int(step)}, 2, &rows);
    *newer = rows > 0;
    return done;
}

bool user_looks_put(struct cx *cx, struct db *db, int64_t id, struct str lang, struct str theme) {
    return SQL_RUN(cx, db, SQL_USER_LOOKS, sql_int(id), sql_text(lang), sql_text(theme));
}

bool user_feed_put(struct cx *cx, struct db *db, int64_t id, struct str hash) {
    return SQL_RUN(cx, db, SQL_USER_FEED, sql_int(id), sql_text(hash));
}

bool session_add(struct cx *cx, struct db *db, const struct session *session) {
    return SQL_RUN(cx, db, SQL_SESSION_ADD, sql_text(session->hash), sql_int(session->user_id),
                   sql_int((session->half ? STEP_HALF : 0) | (session->by_link ? STEP_BY_LINK : 0)),
                   sql_int(session->made_us), sql_text(session->address), sql_text(session->agent));
}

bool session_user(struct cx *cx, struct db *db, struct str hash, bool *found, struct session *session,
                  struct user *user) {
    struct sql_rows *rows;
    *found = false;
    bool done =
        sql_open(cx, db, SQL_SESSION_USER, (struct sql_value[]){sql_text(hash)}, 1, &rows) && sql_next(cx, rows, found);
    if (done && *found) {
        *session = session_at(cx, rows);
        session->unread = sql_get_int(rows, SESSION_COLUMNS);
        *user = user_at(cx, rows, SESSION_COLUMNS + 1);
    }
    sql_close(rows);
    return done;
}

bool session_list(struct cx *cx, struct db *db, int64_t user_id, struct session **out, size_t *n) {
    struct sql_rows *rows;
    bool more = false, done = sql_open(cx, db, SQL_SESSION_LIST, (struct sql_value[]){sql_int(user_id)}, 1, &rows);
    *out = NULL;
    *n = 0;
    while (done && (done = sql_next(cx, rows, &more)) && more)
        ROWS_ADD(cx, *out, *n, session_at(cx, rows));
    sql_close(rows);
    return done;
}

bool session_all(struct cx *cx, struct db *db, int64_t made_since_us, int64_t seen_since_us, int64_t most,
                 struct session_whose **out, size_t *n) {
    struct sql_rows *rows;
    const struct sql_value args[] = {sql_int(made_since_us), sql_int(seen_since_us), sql_int(most)};
    bool more = false, done = sql_open(cx, db, SQL_SESSION_ALL, args, 3, &rows);
    *out = NULL;
    *n = 0;
    while (done && (done = sql_next(cx, rows, &more)) && more) {
        const struct session_whose one = {.session = session_at(cx, rows),
                                          .login = text_at(cx, rows, SESSION_COLUMNS),
                                          .name = text_at(cx, rows, SESSION_COLUMNS + 1),
                                          .role = (enum role)sql_get_int(rows, SESSION_COLUMNS + 2)};
        ROWS_ADD(cx, *out, *n, one);
    }
    sql_close(rows);
    return done;
}

bool session_seen(struct cx *cx, struct db *db, struct str hash, int64_t now_us) {
    return SQL_RUN(cx, db, SQL_SESSION_SEEN, sql_text(hash), sql_int(now_us));
}

bool session_known(struct cx *cx, struct db *db, struct str hash) {
    return SQL_RUN(cx, db, SQL_SESSION_KNOWN, sql_text(hash));
}

bool session_end(struct cx *cx, struct db *db, struct str hash, int64_t user_id) {
    return SQL_RUN(cx, db, SQL_SESSION_END, sql_text(hash), sql_int(user_id));
}

bool session_end_all(struct cx *cx, struct db *db, int64_t user_id, struct str but) {
    return SQL_RUN(cx, db, SQL_SESSION_END_ALL, sql_int(user_id), sql_text(but));
}

bool session_sweep(struct cx *cx, struct db *db, int64_t made_before_us, int64_t seen_before_us) {
    return SQL_RUN(cx, db, SQL_SESSION_SWEEP, sql_int(made_before_us), sql_int(seen_before_us));
}

bool link_add(struct cx *cx, struct db *db, struct str hash, int64_t user_id, int64_t ends_us) {
    return SQL_RUN(cx, db, SQL_LINK_ADD, sql_text(hash), sql_int(user_id), sql_int(ends_us));
}

bool link_sweep(struct cx *cx, struct db *db) {
    return SQL_RUN(cx, db, SQL_LINK_REMOVE, sql_text(S("")), sql_int(INT64_MAX));
}

/* Two statements, within the caller's transaction. */
bool link_take(struct cx *cx, struct db *db, struct str hash, int64_t now_us, bool *found, int64_t *user_id) {
    return sql_one_int(cx, db, SQL_LINK_FIND, (struct sql_value[]){sql_text(hash), sql_int(now_us)}, 2, found,
                       user_id) &&
           SQL_RUN(cx, db, SQL_LINK_REMOVE, sql_text(hash), sql_int(now_us));
}

bool guess_find(struct cx *cx, struct db *db, struct str subject, struct guess *out) {
    struct sql_rows *rows;
    bool found = false;
    *out = (struct guess){0};
    bool done = sql_open(cx, db, SQL_GUESS_FIND, (struct sql_value[]){sql_text(subject)}, 1, &rows) &&
                sql_next(cx, rows, &found);
    if (done && found)
        *out = (struct guess){sql_get_int(rows, 0), sql_get_int(rows, 1), sql_get_int(rows, 2)};
    sql_close(rows);
    return done;
}

bool guess_all(struct cx *cx, struct db *db, int64_t most, struct guess_whose **out, size_t *n) {
    struct sql_rows *rows;
    bool more = false, done = sql_open(cx, db, SQL_GUESS_ALL, (struct sql_value[]){sql_int(most)}, 1, &rows);
    *out = NULL;
    *n = 0;
    while (done && (done = sql_next(cx, rows, &more)) && more) {
        const struct guess_whose one = {.subject = text_at(cx, rows, 0),
                                        .guess = {.wrong = sql_get_int(rows, 1),
                                                  .last_us = sql_get_int(rows, 2),
                                                  .until_us = sql_get_int(rows, 3)}};
        ROWS_ADD(cx, *out, *n, one);
    }
    sql_close(rows);
    return done;
}

bool guess_put(struct cx *cx, struct db *db, struct str subject, const struct guess *guess) {
    return SQL_RUN(cx, db, SQL_GUESS_PUT, sql_text(subject), sql_int(guess->wrong), sql_int(guess->last_us),
                   sql_int(guess->until_us));
}

bool guess_clear(struct cx *cx, struct db *db, struct str subject, int64_t before_us) {
    return SQL_RUN(cx, db, SQL_GUESS_CLEAR, sql_text(subject), sql_int(before_us));
}
