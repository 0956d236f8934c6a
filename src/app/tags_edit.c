// SPDX-License-Identifier: Apache-2.0
/* tags_edit.c -- the company's tags: looked through, renamed, merged, retired. Each change is one transaction with its line in the
 * audit trail.
 */
#include <stdlib.h>

#include "app/portfolio.h"
#include "app/tags.h"
#include "base/text.h"
#include "store/saved_view.h"
#include "store/setting.h"

static bool end(struct cx *cx, struct db *db, bool done) {
    if (done && db_commit(cx, db))
        return true;
    db_rollback(db);
    return false;
}

/* ---- looking ---- */

static int by_name(const void *a, const void *b) {
    const struct tag_use *x = a, *y = b;
    return str_compare(x->tag.name, y->tag.name);
}

static int by_customers(const void *a, const void *b) {
    const struct tag_use *x = a, *y = b;
    return x->customers != y->customers ? (x->customers < y->customers ? -1 : 1) : by_name(b, a);
}

static int by_made(const void *a, const void *b) {
    const struct tag_use *x = a, *y = b;
    return x->tag.made_us != y->tag.made_us ? (x->tag.made_us < y->tag.made_us ? -1 : 1) : by_name(b, a);
}

static bool holds(struct arena *arena, struct str text, struct str folded) {
    struct str in = str_fold(arena, text);
    for (size_t i = 0; i + folded.n <= in.n; i++)
        if (str_starts((struct str){in.p + i, in.n - i}, folded))
            return true;
    return false;
}

static bool wanted(struct cx *cx, const struct tags_look *look, struct str q, const struct tag *tag) {
    bool state = look->state == TAGS_EVERY || (tag->retired_us > 0) == (look->state == TAGS_RETIRED);
    return state && (q.n == 0 || holds(cx->arena, tag->name, q));
}

bool tags_look_through(struct cx *cx, struct db *db, const struct tags_look *look, struct tag_use **out, size_t *n,
                       size_t *of) {
    static int (*const orders[TAGS_SORTS])(const void *, const void *) = {by_name, by_customers, by_made};
    struct str q = str_fold(cx->arena, str_trim(look->search));
    bool done = db_read(cx, db) && tag_uses(cx, db, out, of);
    db_rollback(db);
    *n = 0;
    for (size_t i = 0; done && i < *of; i++)
        if (wanted(cx, look, q, &(*out)[i].tag))
            (*out)[(*n)++] = (*out)[i];
    if (done && *n > 1)
        qsort(*out, *n, sizeof **out, orders[look->sort]);
    for (size_t i = 0; done && look->descending && i < *n / 2; i++) {
        struct tag_use kept = (*out)[i];
        (*out)[i] = (*out)[*n - 1 - i];
        (*out)[*n - 1 - i] = kept;
    }
    return done;
}

/* ---- what names a tag ---- */

/* The same question after a tag was renamed; *changed false: it does not name it, or nobody can read it. */
static struct str query_renamed(struct cx *cx, struct str query, struct str from, struct str to, bool *changed) {
    struct portfolio *p = arena_new(cx->arena, struct portfolio, 1);
    bool there = false;
    size_t kept = 0;
    *changed = false;
    if (!portfolio_read(cx, query, (struct day){0}, p) || p->faults > 0) {
        cx_clear(cx);
        return query;
    }
    for (size_t i = 0; i < p->pairs; i++) {
        struct portfolio_pair pair = p->pair[i];
        bool tag = str_equal(pair.name, S("tag")), named = tag && str_equal(pair.value, from);
        pair.value = named ? to : pair.value;
        *changed = *changed || named;
        if (tag && str_equal(pair.value, to)) {
            if (there) /* it named both */
                continue;
            there = true;
        }
        p->pair[kept++] = pair;
    }
    p->pairs = kept;
    return *changed ? portfolio_text(cx->arena, p, PORTFOLIO_ALL) : query;
}

typedef bool queries_read(struct cx *cx, struct db *db, struct saved_query **out, size_t *n);
typedef bool query_write(struct cx *cx, struct db *db, const struct saved_query *query);

static bool all_renamed(struct cx *cx, struct db *db, queries_read *read, query_write *write, struct str from,
                        struct str to, size_t *rewritten) {
    struct saved_query *query;
    size_t n;
    *rewritten = 0;
    if (!read(cx, db, &query, &n))
        return false;
    for (size_t i = 0; i < n; i++) {
        bool changed;
        query[i].query = query_renamed(cx, query[i].query, from, to, &changed);
        if (changed && !write(cx, db, &query[i]))
            return false;
        *rewritten += changed;
    }
    return true;
}

static bool names_follow(struct cx *cx, struct db *db, struct str from, struct str to, struct tags_moved *out) {
    return all_renamed(cx, db, saved_view_queries, saved_view_requery, from, to, &out->views) &&
           all_renamed(cx, db, worklist_queries, worklist_requery, from, to, &out->worklists) &&
           all_renamed(cx, db, alert_queries, alert_requery, from, to, &out->alerts);
}

/* ---- changing ---- */

/* The one a person saw, as it stands. */
static bool seen(struct cx *cx, struct db *db, const struct tags_edit *edit, struct tag *out) {
    bool found;
    if (!tag_get(cx, db, edit->id, &found, out))
        return false;
    if (!found)
        return cx_fail(cx, ERR_NOT_FOUND, S("tag.unknown"));
    return out->version == edit->version || cx_fail(cx, ERR_CONFLICT, S("tag.changed"), out->name);
}

static bool change(struct cx *cx, struct db *db, const struct tag *tag) {
    bool changed;
    return tag_change(cx, db, tag, &changed) && (changed || cx_fail(cx, ERR_CONFLICT, S("tag.changed"), tag->name));
}

static struct str shown(struct cx *cx, const struct tag *tag) {
    return cx_text(cx, "name=%.*s retired=%s", STR_ARG(tag->name), tag->retired_us > 0 ? "yes" : "no");
}

static bool rename_within(struct cx *cx, struct db *db, const struct tags_edit *edit, struct str name,
                          struct tags_moved *out) {
    struct tag tag, other, after;
    bool found;
    if (!seen(cx, db, edit, &tag) || !tag_find(cx, db, name, &found, &other))
        return false;
    if (found)
        return other.id == tag.id || cx_fail(cx, ERR_CONFLICT, S("tag.taken"), name);
    after = tag;
    after.name = name;
    return change(cx, db, &after) && names_follow(cx, db, tag.name, name, out) &&
           audit_add(cx, db, edit->now_us, edit->who, S("tag_edit"), name, shown(cx, &tag), shown(cx, &after));
}

bool tags_rename(struct cx *cx, struct db *db, const struct tags_edit *edit, struct tags_moved *out) {
    struct str name;
    *out = (struct tags_moved){0};
    return tags_name(cx, edit->name, &name) && db_write(cx, db) && end(cx, db, rename_within(cx, db, edit, name, out));
}

static bool merge_within(struct cx *cx, struct db *db, const struct tags_edit *edit, struct str name,
                         struct tags_moved *out) {
    struct tag tag, into, after;
    bool found;
    if (!seen(cx, db, edit, &tag) || !tag_find(cx, db, name, &found, &into))
        return false;
    if (!found)
        return cx_fail(cx, ERR_INVALID, S("tag.no_other"), name);
    if (into.id == tag.id)
        return cx_fail(cx, ERR_INVALID, S("tag.itself"));
    if (into.retired_us > 0)
        return cx_fail(cx, ERR_INVALID, S("tag.into_retired"), into.name);
    after = tag;
    after.retired_us = edit->now_us;
    return change(cx, db, &after) && tag_move(cx, db, tag.id, into.id, &out->customers) &&
           names_follow(cx, db, tag.name, into.name, out) &&
           audit_add(cx, db, edit->now_us, edit->who, S("tag_merge"), tag.name,
                     cx_text(cx, "%lld customers", (long long)out->customers), into.name);
}

bool tags_merge(struct cx *cx, struct db *db, const struct tags_edit *edit, struct tags_moved *out) {
    struct str name;
    *out = (struct tags_moved){0};
    return tags_name(cx, edit->name, &name) && db_write(cx, db) && end(cx, db, merge_within(cx, db, edit, name, out));
}

static bool retire_within(struct cx *cx, struct db *db, const struct tags_edit *edit) {
    struct tag tag, after;
    if (!seen(cx, db, edit, &tag))
        return false;
    if ((tag.retired_us > 0) == edit->retired)
        return true;
    after = tag;
    after.retired_us = edit->retired ? edit->now_us : 0;
    return change(cx, db, &after) &&
           audit_add(cx, db, edit->now_us, edit->who, S("tag_edit"), tag.name, shown(cx, &tag), shown(cx, &after));
}

bool tags_retire(struct cx *cx, struct db *db, const struct tags_edit *edit) {
    return db_write(cx, db) && end(cx, db, retire_within(cx, db, edit));
}
