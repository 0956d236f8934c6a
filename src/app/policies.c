// SPDX-License-Identifier: Apache-2.0
/* policies -- see the header. Must not judge rules: what it is given is a whole policy. */
#include "app/policies.h"

#include "app/score.h"
#include "store/setting.h"

bool policies_first(struct cx *cx, struct db *db, const struct policy *before) {
    struct policy_version version = {.in_force_us = 0};
    int64_t newest, id;
    if (!policy_version_newest(cx, db, &newest))
        return false;
    version.rules = policy_text(cx->arena, before);
    return newest > 0 || policy_version_add(cx, db, &version, (struct str){0}, &id);
}

static bool newest_find(struct cx *cx, struct db *db, struct policy_version *out, bool *found) {
    struct policy_version *version;
    size_t n;
    if (!policy_version_list(cx, db, 0, 1, &version, &n))
        return false;
    *found = n > 0;
    *out = n > 0 ? version[0] : (struct policy_version){0};
    return true;
}

/* Compared with what is newest, be it in force or waiting. */
static bool is_new(struct cx *cx, const struct policies_wish *wish, const struct policy *now,
                   const struct policy_version *newest, bool found) {
    struct str text = policy_text(cx->arena, wish->policy);
    return !str_equal(text, found && newest->in_force_us == STAT_NONE ? newest->rules : policy_text(cx->arena, now)) ||
           cx_fail(cx, ERR_INVALID, S("policy.same"));
}

static bool save(struct cx *cx, struct db *db, const struct policies_wish *wish, int64_t *id) {
    struct policy now;
    struct policy_version newest;
    bool found = false, again = false;
    if (wish->token.n > 0 && (!policy_version_of(cx, db, wish->token, &again, id) || again))
        return again;
    if (!policy_load(cx, db, &now) || !newest_find(cx, db, &newest, &found))
        return false;
    if (newest.id != wish->newest)
        return cx_fail(cx, ERR_CONFLICT, S("policy.changed_since"), newest.who);
    const struct policy_version version = {.made_us = wish->now_us,
                                           .who = wish->who,
                                           .note = wish->note,
                                           .rules = policy_text(cx->arena, wish->policy),
                                           .in_force_us = STAT_NONE};
    return is_new(cx, wish, &now, &newest, found) && policies_first(cx, db, &now) &&
           policy_version_add(cx, db, &version, wish->token, id) &&
           audit_add(cx, db, wish->now_us, wish->who, S("policy"), cx_text(cx, "%lld", (long long)*id),
                     policy_line(cx->arena, &now), policy_line(cx->arena, wish->policy));
}

bool policies_save(struct cx *cx, struct db *db, const struct policies_wish *wish, int64_t *id) {
    if (wish->note.n > POLICIES_NOTE)
        return cx_fail(cx, ERR_INVALID, S("policy.note_long"), cx_text(cx, "%d", POLICIES_NOTE));
    if (!db_write(cx, db))
        return false;
    if (save(cx, db, wish, id) && db_commit(cx, db))
        return true;
    db_rollback(db);
    return false;
}

bool policies_waiting(struct cx *cx, struct db *db, bool *waits, struct policy_version *out) {
    bool found = false, done = db_read(cx, db) && newest_find(cx, db, out, &found);
    db_rollback(db);
    *waits = done && found && out->in_force_us == STAT_NONE;
    return done;
}

static bool told_keep(struct cx *cx, struct db *db, int64_t id) {
    struct str told = err_line(cx->arena, &cx->err);
    cx_clear(cx);
    if (!db_write(cx, db))
        return false;
    if (policy_version_told(cx, db, id, told) && db_commit(cx, db))
        return true;
    db_rollback(db);
    return false;
}

bool policies_wait(struct cx *cx, struct db *db, bool again, bool *out) {
    struct policy_version version;
    bool done = policies_waiting(cx, db, out, &version);
    *out = done && *out && (version.told.n == 0 || again);
    return done;
}

bool policies_follow(struct cx *cx, struct db *db, const struct policies_work *work, bool *did) {
    struct score_report *report = arena_new(cx->arena, struct score_report, 1);
    struct policy_version version;
    bool waits = false;
    *did = false;
    if (!policies_waiting(cx, db, &waits, &version))
        return false;
    if (!waits || (version.told.n > 0 && !work->again))
        return true;
    const struct score_wish wish = {.as_of = work->as_of,
                                    .full = true,
                                    .rules = version.id,
                                    .apart = true,
                                    .who = version.who,
                                    .now_us = work->now_us,
                                    .progress = work->progress};
    *did = true;
    return score_make(cx, db, &wish, report) || told_keep(cx, db, version.id);
}

bool policies_look(struct cx *cx, struct db *db, int64_t before_id, int64_t most, struct policies *out) {
    *out = (struct policies){0};
    bool done = db_read(cx, db) && policy_load(cx, db, &out->now) &&
                policy_version_list(cx, db, before_id, most, &out->version, &out->n);
    db_rollback(db);
    out->waits = done && before_id == 0 && out->n > 0 && out->version[0].in_force_us == STAT_NONE;
    return done;
}

bool policies_version(struct cx *cx, struct db *db, int64_t id, struct policy_version *out) {
    struct policy_version *version = NULL;
    size_t n = 0;
    bool done = db_read(cx, db) && policy_version_list(cx, db, id + 1, 1, &version, &n);
    db_rollback(db);
    if (!done)
        return false;
    if (n == 0 || version[0].id != id)
        return cx_fail(cx, ERR_NOT_FOUND, S("policy.no_version"));
    *out = version[0];
    return true;
}
