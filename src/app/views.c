// SPDX-License-Identifier: Apache-2.0
/* views -- see the header. A view that is shared belongs to who made it; who may share may edit it too. */
#include "app/views.h"

#include "app/portfolio.h"
#include "store/setting.h"

static bool end(struct cx *cx, struct db *db, bool done) {
    if (done && db_commit(cx, db))
        return true;
    db_rollback(db);
    return false;
}

bool views_list(struct cx *cx, struct db *db, int64_t user_id, struct saved_view **out, size_t *n) {
    if (!db_read(cx, db))
        return false;
    bool done = saved_view_list(cx, db, user_id, out, n);
    db_rollback(db);
    return done;
}

static const struct saved_view *view_of(const struct saved_view *view, size_t n, int64_t id) {
    for (size_t i = 0; i < n; i++) {
        if (view[i].id == id)
            return &view[i];
    }
    return NULL;
}

static bool find(struct cx *cx, struct db *db, int64_t user_id, int64_t id, struct saved_view *out) {
    struct saved_view *all;
    size_t n;
    if (!saved_view_list(cx, db, user_id, &all, &n))
        return false;
    const struct saved_view *view = view_of(all, n, id);
    if (view == NULL)
        return cx_fail(cx, ERR_NOT_FOUND, S("view.unknown"));
    *out = *view;
    return true;
}

bool views_find(struct cx *cx, struct db *db, int64_t user_id, int64_t id, struct saved_view *out) {
    if (!db_read(cx, db))
        return false;
    bool done = find(cx, db, user_id, id, out);
    db_rollback(db);
    return done;
}

static struct str shown(struct cx *cx, const struct saved_view *view) {
    return cx_text(cx, "name=%.*s query=%.*s shared=%s retired=%s", STR_ARG(view->name), STR_ARG(view->query),
                   view->shared ? "yes" : "no", view->retired_us > 0 ? "yes" : "no");
}

/* A name is one user's own once; a twin with the same query is the same form sent twice. */
static bool twin_find(struct cx *cx, const struct saved_view *all, size_t n, const struct views_wish *wish,
                      struct str name, const struct saved_view **twin) {
    size_t own = 0;
    *twin = NULL;
    for (size_t i = 0; i < n; i++) {
        if (all[i].user_id != wish->user_id || all[i].id == wish->id || all[i].retired_us > 0)
            continue;
        own++;
        if (str_equal(all[i].name, name))
            *twin = &all[i];
    }
    return wish->id != 0 || own < VIEWS_MOST || cx_fail(cx, ERR_LIMIT, S("view.many"), cx_text(cx, "%d", VIEWS_MOST));
}

/* The query as the list itself would write it, without a page or another view. */
static bool query_tidy(struct cx *cx, struct str query, struct str *out) {
    struct portfolio p;
    if (query.n > PORTFOLIO_QUERY_MOST)
        return cx_fail(cx, ERR_LIMIT, S("view.long"));
    if (!portfolio_read(cx, query, (struct day){0}, &p) || !portfolio_good(cx, &p))
        return false;
    p.view = -1;
    *out = portfolio_text(cx->arena, &p, PORTFOLIO_ALL);
    return true;
}

static bool add(struct cx *cx, struct db *db, const struct views_wish *wish, struct saved_view *view) {
    return saved_view_add(cx, db, view) &&
           audit_add(cx, db, wish->now_us, wish->who, S("view"), view->name, (struct str){0}, shown(cx, view));
}

static bool change(struct cx *cx, struct db *db, const struct views_wish *wish, const struct saved_view *before,
                   struct saved_view *view) {
    bool changed;
    if (before->user_id != wish->user_id && !wish->may_share)
        return cx_fail(cx, ERR_FORBIDDEN, S("view.not_yours"));
    view->version = wish->version;
    if (!saved_view_change(cx, db, view, &changed))
        return false;
    if (!changed)
        return cx_fail(cx, ERR_CONFLICT, S("view.changed"), before->name);
    view->version++;
    return audit_add(cx, db, wish->now_us, wish->who, S("view"), view->name, shown(cx, before), shown(cx, view));
}

static bool put(struct cx *cx, struct db *db, const struct views_wish *wish, struct str name, struct str query,
                struct saved_view *out) {
    struct saved_view *all;
    const struct saved_view *twin, *before = NULL;
    size_t n;
    if (!saved_view_list(cx, db, wish->user_id, &all, &n) || !twin_find(cx, all, n, wish, name, &twin))
        return false;
    if (wish->id != 0 && (before = view_of(all, n, wish->id)) == NULL)
        return cx_fail(cx, ERR_NOT_FOUND, S("view.unknown"));
    *out = before != NULL ? *before : (struct saved_view){.user_id = wish->user_id, .made_us = wish->now_us};
    if (wish->id == 0 && twin != NULL && str_equal(twin->query, query) && twin->shared == wish->shared) {
        *out = *twin;
        return true;
    }
    if (twin != NULL && !wish->retired)
        return cx_fail(cx, ERR_CONFLICT, S("view.name_taken"), name);
    if (wish->shared && !out->shared && !wish->may_share)
        return cx_fail(cx, ERR_FORBIDDEN, S("view.not_share"));
    out->name = name;
    out->query = wish->keep_query ? out->query : query;
    out->shared = wish->shared;
    out->retired_us = !wish->retired ? 0 : out->retired_us > 0 ? out->retired_us : wish->now_us;
    return before != NULL ? change(cx, db, wish, before, out) : add(cx, db, wish, out);
}

bool views_put(struct cx *cx, struct db *db, const struct views_wish *wish, struct saved_view *out) {
    struct str name = str_trim(wish->name), query = {0};
    if (name.n == 0 || name.n > VIEW_NAME_MOST)
        return cx_fail(cx, ERR_INVALID, S("view.name"), cx_text(cx, "%d", VIEW_NAME_MOST));
    if (!wish->keep_query && !query_tidy(cx, wish->query, &query))
        return false;
    return db_write(cx, db) && end(cx, db, put(cx, db, wish, name, query, out));
}

bool views_choose(struct cx *cx, struct db *db, int64_t user_id, int64_t id, bool pinned, bool first) {
    struct saved_view view;
    return db_write(cx, db) &&
           end(cx, db, find(cx, db, user_id, id, &view) && saved_view_choose(cx, db, user_id, id, pinned, first));
}
