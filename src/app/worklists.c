// SPDX-License-Identifier: Apache-2.0
/* worklists -- see the header. */
#include "app/worklists.h"

#include "app/portfolio.h"
#include "app/scope.h"
#include "base/limits.h"
#include "store/setting.h"
#include "store/user.h"

static bool end(struct cx *cx, struct db *db, bool done) {
    if (done && db_commit(cx, db))
        return true;
    db_rollback(db);
    return false;
}

bool worklists_request(struct cx *cx, struct str query, struct day as_of, struct list_request *out) {
    struct portfolio *p = arena_new(cx->arena, struct portfolio, 1);
    if (!portfolio_read(cx, query, as_of, p) || !portfolio_good(cx, p))
        return false;
    *out = (struct list_request){.filter = p->filter, .order = p->order, .as_of = as_of};
    return true;
}

static bool wish_check(struct cx *cx, const struct worklists_wish *wish) {
    if (str_trim(wish->name).n == 0 || wish->name.n > LIMIT_NAME)
        return cx_fail(cx, ERR_INVALID, S("worklist.bad_name"));
    if (wish->capacity < 0 || wish->capacity > WORKLIST_CAPACITY_MOST)
        return cx_fail(cx, ERR_INVALID, S("worklist.bad_capacity"), cx_text(cx, "%d", (int)WORKLIST_CAPACITY_MOST));
    if (!day_is(wish->starts_on))
        return cx_fail(cx, ERR_INVALID, S("worklist.bad_starts_on"));
    if (day_is(wish->ends_on) && wish->ends_on.n < wish->starts_on.n)
        return cx_fail(cx, ERR_INVALID, S("worklist.bad_ends_on"));
    if (wish->script.n > WORKLIST_SCRIPT_MOST)
        return cx_fail(cx, ERR_INVALID, S("worklist.bad_script"), cx_text(cx, "%d", (int)WORKLIST_SCRIPT_MOST));
    struct list_request request;
    if (wish->query.n > PORTFOLIO_QUERY_MOST)
        return cx_fail(cx, ERR_INVALID, S("worklist.bad_query"));
    return worklists_request(cx, wish->query, wish->as_of, &request);
}

struct str worklists_field(const struct err *err) {
    static const struct str prefix = {"worklist.bad_", sizeof "worklist.bad_" - 1};
    if (!str_starts(err->key, prefix))
        return (struct str){0};
    return (struct str){err->key.p + prefix.n, err->key.n - prefix.n};
}

static struct str shown(struct cx *cx, const struct worklist *w) {
    char starts[DAY_TEXT], ends[DAY_TEXT];
    day_iso(w->starts_on, starts);
    day_iso(w->ends_on, ends);
    return cx_text(cx, "name=%.*s query=%.*s capacity=%lld from=%s to=%s retired=%s", STR_ARG(w->name),
                   STR_ARG(w->query), (long long)w->capacity, starts, ends, w->retired_us > 0 ? "yes" : "no");
}

static bool find(struct cx *cx, struct db *db, int64_t id, struct worklist *out) {
    bool found = false;
    return worklist_find(cx, db, id, &found, out) && (found || cx_fail(cx, ERR_NOT_FOUND, S("worklist.unknown")));
}

static void fill(const struct worklists_wish *wish, struct worklist *w) {
    w->name = str_trim(wish->name);
    w->query = wish->query;
    w->capacity = wish->capacity;
    w->starts_on = wish->starts_on;
    w->ends_on = wish->ends_on;
    w->script = str_trim(wish->script);
    w->version = wish->version;
    w->retired_us = !wish->retired ? 0 : w->retired_us > 0 ? w->retired_us : wish->now_us;
}

static bool alike(const struct worklist *a, const struct worklist *b) {
    return a->user_id == b->user_id && a->retired_us == 0 && str_equal(a->name, b->name) &&
           str_equal(a->query, b->query) && a->capacity == b->capacity && a->starts_on.n == b->starts_on.n &&
           a->ends_on.n == b->ends_on.n && str_equal(a->script, b->script);
}

/* A list alike in everything, made by the same person, is the same form sent twice. */
static bool twin_find(struct cx *cx, struct db *db, const struct worklists_wish *wish, struct worklist *out,
                      bool *found) {
    struct worklist_board board;
    *found = false;
    if (!worklist_board(cx, db, wish->as_of, &board))
        return false;
    for (size_t i = 0; i < board.rows && !*found; i++) {
        *found = alike(&board.row[i].worklist, out);
        if (*found)
            *out = board.row[i].worklist;
    }
    return true;
}

static bool known(const struct user *user, size_t users, int64_t id, bool retired_too) {
    for (size_t i = 0; i < users; i++)
        if (user[i].id == id)
            return retired_too || user[i].retired_us == 0;
    return false;
}

/* Who works it is there and not retired; who was on it before may have been retired since. */
static bool users_check(struct cx *cx, struct db *db, const struct worklists_wish *wish) {
    struct user *user;
    struct worklist_board board;
    size_t users;
    if (wish->users == 0)
        return true;
    if (!user_list(cx, db, &user, &users) || !worklist_board(cx, db, wish->as_of, &board))
        return false;
    for (size_t i = 0; i < wish->users; i++) {
        bool before = false;
        for (size_t j = 0; j < board.users && wish->id != 0; j++)
            before = before || (board.user[j].worklist_id == wish->id && board.user[j].user_id == wish->user[i]);
        if (!known(user, users, wish->user[i], before))
            return cx_fail(cx, ERR_INVALID, S("worklist.bad_user"), cx_text(cx, "%lld", (long long)wish->user[i]));
    }
    return true;
}

static bool put(struct cx *cx, struct db *db, const struct worklists_wish *wish, struct worklist *out) {
    struct worklist before = {0};
    bool changed = true, twin;
    if ((wish->id != 0 && !find(cx, db, wish->id, &before)) || !users_check(cx, db, wish))
        return false;
    *out = before;
    fill(wish, out);
    if (wish->id == 0) {
        out->user_id = wish->user_id;
        out->made_us = wish->now_us;
        if (!twin_find(cx, db, wish, out, &twin))
            return false;
        if (twin)
            return true;
        if (!worklist_add(cx, db, out))
            return false;
    } else if (!worklist_change(cx, db, out, &changed)) {
        return false;
    }
    if (!changed)
        return cx_fail(cx, ERR_CONFLICT, S("worklist.changed"));
    return worklist_users_put(cx, db, out->id, wish->user, wish->users) &&
           audit_add(cx, db, wish->now_us, wish->who, S("worklist"), out->name,
                     wish->id == 0 ? (struct str){0} : shown(cx, &before), shown(cx, out));
}

bool worklists_put(struct cx *cx, struct db *db, const struct worklists_wish *wish, struct worklist *out) {
    return wish_check(cx, wish) && db_write(cx, db) && end(cx, db, put(cx, db, wish, out));
}

bool worklists_find(struct cx *cx, struct db *db, int64_t id, struct worklist *out) {
    bool done = db_read(cx, db) && find(cx, db, id, out);
    db_rollback(db);
    return done;
}

bool worklists_list(struct cx *cx, struct db *db, struct day day, struct worklist_board *out) {
    bool done = db_read(cx, db) && worklist_board(cx, db, day, out);
    db_rollback(db);
    return done;
}

static bool pick(struct cx *cx, struct db *db, int64_t id, const int64_t *customer_id, size_t n, struct str who,
                 int64_t now_us) {
    struct worklist w;
    bool done = find(cx, db, id, &w);
    for (size_t i = 0; done && i < n; i++)
        done = worklist_customer_add(cx, db, id, customer_id[i]);
    return done && audit_add(cx, db, now_us, who, S("worklist_pick"), w.name, (struct str){0}, cx_text(cx, "%zu", n));
}

bool worklists_pick(struct cx *cx, struct db *db, int64_t id, const int64_t *customer_id, size_t n, struct str who,
                    int64_t now_us) {
    return db_write(cx, db) && end(cx, db, pick(cx, db, id, customer_id, n, who, now_us));
}

static bool drop(struct cx *cx, struct db *db, int64_t id, const struct str *code, size_t n, struct str who,
                 int64_t now_us, int64_t *dropped) {
    struct worklist w;
    bool done = find(cx, db, id, &w);
    for (size_t i = 0; done && i < n; i++) {
        int64_t customer_id;
        bool was = false;
        done = scope_customer(cx, db, code[i], (struct str){0}, &customer_id) &&
               worklist_customer_drop(cx, db, id, customer_id, &was) &&
               (!was || audit_add(cx, db, now_us, who, S("worklist_drop"), w.name, code[i], (struct str){0}));
        *dropped += was;
    }
    return done;
}

bool worklists_drop(struct cx *cx, struct db *db, int64_t id, const struct str *code, size_t n, struct str who,
                    int64_t now_us, int64_t *dropped) {
    *dropped = 0;
    return db_write(cx, db) && end(cx, db, drop(cx, db, id, code, n, who, now_us, dropped));
}

bool worklists_members(struct cx *cx, struct db *db, int64_t id, struct str rep, struct str text, struct str after,
                       int64_t most, struct worklists_members *out) {
    const struct worklist_search search = {.id = id,
                                           .rep = rep,
                                           .pattern = db_pattern(cx, str_fold(cx->arena, text)),
                                           .after = after,
                                           .most = most > 0 ? most + 1 : INT64_MAX};
    *out = (struct worklists_members){0};
    bool done = db_read(cx, db) && worklist_members(cx, db, &search, &out->member, &out->n) &&
                worklist_members_count(cx, db, &search, &out->all, &out->contacted);
    db_rollback(db);
    out->more = most > 0 && out->n > (size_t)most;
    out->n = out->more ? (size_t)most : out->n;
    return done;
}

bool worklist_runs(const struct worklist *w, struct day day) {
    return w->retired_us == 0 && w->starts_on.n <= day.n && (!day_is(w->ends_on) || day.n <= w->ends_on.n);
}

bool worklist_for(int64_t id, int64_t user_id, const struct worklist_user *user, size_t users) {
    bool named = false;
    for (size_t i = 0; i < users; i++) {
        if (user[i].worklist_id == id && user[i].user_id == user_id)
            return true;
        named = named || user[i].worklist_id == id;
    }
    return !named;
}
