// SPDX-License-Identifier: Apache-2.0
/* appointment -- see appointment.h. */
#include "app/appointment.h"

#include "app/scope.h"
#include "base/limits.h"
#include "store/setting.h"
#include "store/user.h"

enum { YEARS_MOST = 3, YEAR = 366 };

static bool end(struct cx *cx, struct db *db, bool done) {
    if (done && db_commit(cx, db))
        return true;
    db_rollback(db);
    return false;
}

static bool wish_check(struct cx *cx, const struct appointment_wish *wish) {
    if (!day_is(wish->day) || wish->day.n < wish->today.n || wish->day.n > wish->today.n + YEARS_MOST * YEAR)
        return cx_fail(cx, ERR_INVALID, S("appointment.bad_day"));
    if (wish->minute < APPOINTMENT_ANY_TIME || wish->minute >= APPOINTMENT_MINUTES)
        return cx_fail(cx, ERR_INVALID, S("appointment.bad_minute"));
    if (wish->channel <= CONTACT_CHANNEL_NONE || wish->channel >= CONTACT_CHANNEL_COUNT)
        return cx_fail(cx, ERR_INVALID, S("appointment.bad_channel"));
    return wish->note.n <= LIMIT_NAME ||
           cx_fail(cx, ERR_INVALID, S("appointment.bad_note"), cx_text(cx, "%d", (int)LIMIT_NAME));
}

static struct str shown(struct cx *cx, const struct appointment *a) {
    static const char *const states[] = {
        [APPOINTMENT_OPEN] = "open", [APPOINTMENT_KEPT] = "kept", [APPOINTMENT_OFF] = "off"};
    char day[DAY_TEXT];
    day_iso(a->day, day);
    return cx_text(cx, "id=%lld day=%s minute=%d channel=%s user=%lld state=%s note=%.*s", (long long)a->id, day,
                   a->minute, contact_channel_name(a->channel), (long long)a->user_id, states[a->state],
                   STR_ARG(a->note));
}

static bool audited(struct cx *cx, struct db *db, const struct appointment_wish *wish, const struct appointment *before,
                    const struct appointment *after) {
    return audit_add(cx, db, wish->now_us, wish->who, S("appointment"), wish->code,
                     before ? shown(cx, before) : (struct str){0}, shown(cx, after));
}

bool appointment_put(struct cx *cx, struct db *db, const struct appointment_wish *wish, int64_t customer_id,
                     struct appointment *out) {
    *out = (struct appointment){.customer_id = customer_id,
                                .user_id = wish->user_id,
                                .day = wish->day,
                                .minute = wish->minute,
                                .channel = wish->channel,
                                .note = str_trim(wish->note),
                                .token = wish->token,
                                .made_us = wish->now_us};
    return appointment_add(cx, db, out) && audited(cx, db, wish, NULL, out);
}

static bool make(struct cx *cx, struct db *db, const struct appointment_wish *wish, struct appointment *out) {
    int64_t customer_id;
    bool found;
    if (!scope_customer(cx, db, wish->code, wish->rep, &customer_id) ||
        !appointment_find_token(cx, db, customer_id, wish->token, &found, out))
        return false;
    return found || appointment_put(cx, db, wish, customer_id, out);
}

bool appointment_make(struct cx *cx, struct db *db, const struct appointment_wish *wish, struct appointment *out) {
    if (wish->token.n == 0 || wish->token.n > LIMIT_CODE)
        return cx_fail(cx, ERR_INVALID, S("appointment.bad_token"));
    return wish_check(cx, wish) && db_write(cx, db) && end(cx, db, make(cx, db, wish, out));
}

/* May they? Who may not is told whose it is. */
static bool allowed(struct cx *cx, struct db *db, const struct appointment_wish *wish, const struct appointment *a) {
    struct user owner;
    bool near = false, found;
    if (a->user_id == wish->asker_id || wish->role == ROLE_MANAGER || wish->role == ROLE_ADMIN)
        return true;
    if (wish->role == ROLE_AGENT && !appointment_near(cx, db, a, wish->asker_id, wish->now_us, &near))
        return false;
    if (near)
        return true;
    if (!user_find(cx, db, a->user_id, &found, &owner))
        return false;
    return cx_fail(cx, ERR_FORBIDDEN, S("appointment.not_yours"), found ? owner.name : S("?"));
}

/* The one a person saw, as it stands; CONFLICT when that is another by now. */
static bool seen(struct cx *cx, struct db *db, const struct appointment_wish *wish, struct appointment *out) {
    int64_t customer_id;
    bool found;
    if (!scope_customer(cx, db, wish->code, wish->rep, &customer_id) ||
        !appointment_find(cx, db, customer_id, wish->id, &found, out))
        return false;
    if (!found)
        return cx_fail(cx, ERR_NOT_FOUND, S("appointment.unknown"));
    if (!allowed(cx, db, wish, out))
        return false;
    return (out->version == wish->version && out->state == APPOINTMENT_OPEN) ||
           cx_fail(cx, ERR_CONFLICT, S("appointment.changed"));
}

static bool change(struct cx *cx, struct db *db, const struct appointment_wish *wish, const struct appointment *before,
                   struct appointment *out) {
    bool changed;
    out->changed_us = wish->now_us;
    if (!appointment_change(cx, db, out, &changed))
        return false;
    if (!changed)
        return cx_fail(cx, ERR_CONFLICT, S("appointment.changed"));
    out->version++;
    return audited(cx, db, wish, before, out);
}

static bool move(struct cx *cx, struct db *db, const struct appointment_wish *wish, struct appointment *out) {
    if (!seen(cx, db, wish, out))
        return false;
    const struct appointment before = *out;
    out->day = wish->day;
    out->minute = wish->minute;
    out->channel = wish->channel;
    out->note = str_trim(wish->note);
    if (wish->user_id != 0)
        out->user_id = wish->user_id;
    return change(cx, db, wish, &before, out);
}

bool appointment_move(struct cx *cx, struct db *db, const struct appointment_wish *wish, struct appointment *out) {
    return wish_check(cx, wish) && db_write(cx, db) && end(cx, db, move(cx, db, wish, out));
}

static bool settle(struct cx *cx, struct db *db, const struct appointment_wish *wish, enum appointment_state state,
                   struct appointment *out) {
    if (!seen(cx, db, wish, out))
        return false;
    const struct appointment before = *out;
    out->state = state;
    return change(cx, db, wish, &before, out);
}

bool appointment_settle(struct cx *cx, struct db *db, const struct appointment_wish *wish, enum appointment_state state,
                        struct appointment *out) {
    return db_write(cx, db) && end(cx, db, settle(cx, db, wish, state, out));
}

bool appointment_agenda(struct cx *cx, struct db *db, int64_t user_id, struct day from, struct day until, int64_t most,
                        struct appointment_row **out, size_t *n) {
    bool done = db_read(cx, db) && appointment_due(cx, db, user_id, from, until, most, out, n);
    db_rollback(db);
    return done;
}

bool appointment_of_customer(struct cx *cx, struct db *db, struct str code, struct str rep, int64_t most,
                             struct appointment_row **out, size_t *n) {
    int64_t id;
    bool done = db_read(cx, db) && scope_customer(cx, db, code, rep, &id) && appointment_list(cx, db, id, most, out, n);
    db_rollback(db);
    return done;
}
