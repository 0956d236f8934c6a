// SPDX-License-Identifier: Apache-2.0
/* suppressions -- see the header. The trail never holds an address: a later erasure would have to find it there. */
#include "app/suppressions.h"

#include "base/limits.h"
#include "base/secret.h"
#include "store/setting.h"

#define WHAT S("suppression")

static bool end(struct cx *cx, struct db *db, bool done) {
    if (done && db_commit(cx, db))
        return true;
    db_rollback(db);
    return false;
}

static struct suppression_filter filter_of(struct db *db, const struct suppressions_look *look, bool *unread) {
    struct suppression_filter filter = {.channel = look->channel,
                                        .source = look->source,
                                        .holds = look->holds,
                                        .day = look->day,
                                        .before = look->before,
                                        .most = INT64_MAX};
    struct address address;
    *unread = false;
    if (look->address.n > 0) {
        *unread = !address_read(look->address, &address);
        filter.of_hash = true;
        filter.hash = *unread ? 0 : suppression_hash(db, &address);
    }
    return filter;
}

static bool take(struct cx *cx, void *owner, const struct suppression *s) {
    struct suppressions_found *found = owner;
    if (found->n == SUPPRESSIONS_PAGE) {
        found->more = true;
        return true;
    }
    struct suppression *to = &found->row[found->n++];
    *to = *s;
    struct str *text[] = {&to->note, &to->shown, &to->who, &to->lifted_by, &to->lifted_why};
    for (size_t i = 0; i < sizeof text / sizeof *text; i++)
        *text[i] = str_copy(cx->arena, *text[i]);
    return true;
}

bool suppressions_look_through(struct cx *cx, struct db *db, const struct suppressions_look *look,
                               struct suppressions_found *out) {
    *out = (struct suppressions_found){.n = 0};
    struct suppression_filter filter = filter_of(db, look, &out->unread);
    filter.most = SUPPRESSIONS_PAGE + 1;
    bool done = db_read(cx, db) && (out->unread || suppression_each(cx, db, &filter, take, out));
    db_rollback(db);
    return done;
}

bool suppressions_each(struct cx *cx, struct db *db, const struct suppressions_look *look, suppression_take *visit,
                       void *owner) {
    bool unread;
    struct suppression_filter filter = filter_of(db, look, &unread);
    filter.before = 0;
    bool done = db_read(cx, db) && (unread || suppression_each(cx, db, &filter, visit, owner));
    db_rollback(db);
    return done;
}

/* ---- changing ---- */

static bool wish_check(struct cx *cx, const struct suppressions_wish *wish, struct address *address) {
    if (wish->address.n > LIMIT_CODE || !address_read(wish->address, address))
        return cx_fail(cx, ERR_INVALID, S("suppression.bad_address"));
    if (wish->source < SUPPRESSION_ASKED || wish->source > SUPPRESSION_COMPLAINT)
        return cx_fail(cx, ERR_INVALID, S("suppression.bad_source"));
    if (!day_is(wish->day) || wish->day.n > wish->today.n)
        return cx_fail(cx, ERR_INVALID, S("suppression.bad_day"));
    if (day_is(wish->until) && wish->until.n < wish->day.n)
        return cx_fail(cx, ERR_INVALID, S("suppression.bad_until"));
    if (wish->note.n > SUPPRESSIONS_NOTE_MOST)
        return cx_fail(cx, ERR_INVALID, S("suppression.bad_note"), cx_text(cx, "%d", (int)SUPPRESSIONS_NOTE_MOST));
    return wish->token.n == SECRET_TOKEN || cx_fail(cx, ERR_INVALID, S("web.form_old"));
}

static struct str day_text(struct cx *cx, struct day day) {
    char text[DAY_TEXT];
    return str_copy(cx->arena, (struct str){text, day_iso(day, text)});
}

static struct str shown(struct cx *cx, const struct suppression *s) {
    return cx_text(cx, "kind=%s channel=%s source=%s day=%.*s until=%.*s", address_kind_name(s->kind),
                   suppression_channel_name(s->channel), suppression_source_name(s->source),
                   STR_ARG(day_text(cx, s->day)), STR_ARG(day_text(cx, s->until)));
}

static struct str subject(struct cx *cx, int64_t id) {
    return cx_text(cx, "%lld", (long long)id);
}

static bool add(struct cx *cx, struct db *db, const struct suppressions_wish *wish, const struct address *address,
                bool *added) {
    struct suppression s = {.kind = address->kind,
                            .hash = suppression_hash(db, address),
                            .channel = wish->channel,
                            .source = wish->source,
                            .day = wish->day,
                            .until = wish->until,
                            .note = wish->note,
                            .shown = (struct str){address->text, address->n},
                            .who = wish->who,
                            .made_us = wish->now_us};
    return suppression_add(cx, db, &s, wish->token, added) &&
           (!*added ||
            audit_add(cx, db, wish->now_us, wish->who, WHAT, subject(cx, s.id), (struct str){0}, shown(cx, &s)));
}

bool suppressions_add(struct cx *cx, struct db *db, const struct suppressions_wish *wish) {
    struct address address;
    bool added;
    return wish_check(cx, wish, &address) && db_write(cx, db) && end(cx, db, add(cx, db, wish, &address, &added));
}

static bool holds_already(struct cx *cx, struct db *db, const struct suppressions_wish *wish,
                          const struct address *address, bool *out) {
    int64_t hash = suppression_hash(db, address);
    struct suppression_hit *hit;
    size_t n = 0;
    *out = false;
    if (!suppression_among(cx, db, &hash, 1, wish->today, &hit, &n))
        return false;
    for (size_t i = 0; i < n; i++)
        *out = *out || suppression_bars(hit[i].channel, wish->channel);
    return true;
}

bool suppressions_note(struct cx *cx, struct db *db, const struct suppressions_wish *wish, bool *added) {
    struct address address;
    bool holds;
    *added = false;
    if (!address_read(wish->address, &address))
        return cx_fail(cx, ERR_INVALID, S("suppression.bad_address"));
    return holds_already(cx, db, wish, &address, &holds) && (holds || add(cx, db, wish, &address, added));
}

static bool lift(struct cx *cx, struct db *db, int64_t id, struct str why, struct str who, int64_t now_us) {
    struct suppression s;
    bool found, changed;
    if (!suppression_find(cx, db, id, &found, &s))
        return false;
    if (!found)
        return cx_fail(cx, ERR_NOT_FOUND, S("suppression.unknown"));
    if (s.source == SUPPRESSION_ERASURE)
        return cx_fail(cx, ERR_CONFLICT, S("suppression.erased"));
    return suppression_lift(cx, db, id, now_us, who, why, &changed) &&
           (!changed || audit_add(cx, db, now_us, who, WHAT, subject(cx, id), cx_text(cx, "state=holds"),
                                  cx_text(cx, "state=lifted why=%.*s", STR_ARG(why))));
}

bool suppressions_lift(struct cx *cx, struct db *db, int64_t id, struct str why, struct str who, int64_t now_us) {
    why = str_trim(why);
    if (why.n == 0 || why.n > SUPPRESSIONS_NOTE_MOST)
        return cx_fail(cx, ERR_INVALID, S("suppression.bad_why"), cx_text(cx, "%d", (int)SUPPRESSIONS_NOTE_MOST));
    return db_write(cx, db) && end(cx, db, lift(cx, db, id, why, who, now_us));
}

struct str suppressions_field(const struct err *err) {
    static const struct str prefix = {"suppression.bad_", sizeof "suppression.bad_" - 1};
    if (!str_starts(err->key, prefix))
        return (struct str){0};
    return (struct str){err->key.p + prefix.n, err->key.n - prefix.n};
}
