// SPDX-License-Identifier: Apache-2.0
/* memos -- see the header. */
#include "app/memos.h"

#include "app/appointment.h"
#include "app/scope.h"
#include "base/limits.h"
#include "base/secret.h"
#include "base/text.h"
#include "store/setting.h"

static bool end(struct cx *cx, struct db *db, bool done) {
    if (done && db_commit(cx, db))
        return true;
    db_rollback(db);
    return false;
}

/* ---- to whom ---- */

struct aimed {
    const struct memos_wish *wish;
    int64_t *to; /* users, each once */
    size_t n;
    struct str word; /* as memo.aimed */
};

static void aim_at(struct aimed *a, int64_t user_id) {
    for (size_t i = 0; i < a->n; i++)
        if (a->to[i] == user_id)
            return;
    a->to[a->n++] = user_id;
}

static const struct user *user_of(const struct user *user, size_t n, int64_t id) {
    for (size_t i = 0; i < n; i++)
        if (user[i].id == id && user[i].retired_us == 0)
            return &user[i];
    return NULL;
}

/* Who is named one by one, also beside all of a group. */
static bool aim_people(struct cx *cx, struct aimed *a, const struct user *user, size_t n) {
    const struct memos_wish *wish = a->wish;
    if (wish->aim == MEMO_PEOPLE && wish->users == 0)
        return cx_fail(cx, ERR_INVALID, S("memo.no_people"));
    for (size_t i = 0; i < wish->users; i++) {
        if (user_of(user, n, wish->user[i]) == NULL)
            return cx_fail(cx, ERR_NOT_FOUND, S("memo.no_user"));
        aim_at(a, wish->user[i]);
    }
    return true;
}

static bool aim_region(struct cx *cx, struct db *db, struct aimed *a) {
    int64_t region = -1, *rep;
    size_t n;
    if (a->wish->region.n > 0 && !label_find(cx, db, LABEL_REGION, a->wish->region, &region))
        return false;
    if (region <= 0)
        return cx_fail(cx, ERR_INVALID, S("memo.no_region"));
    if (!memo_region(cx, db, region, &rep, &n))
        return false;
    for (size_t i = 0; i < n; i++)
        if (rep[i] != a->wish->by->id)
            aim_at(a, rep[i]);
    a->word = a->wish->region;
    return true;
}

static bool aim_team(struct cx *cx, struct aimed *a, const struct user *user, size_t n) {
    const struct user *manager = user_of(user, n, a->wish->manager_id);
    if (manager == NULL)
        return cx_fail(cx, ERR_NOT_FOUND, S("memo.no_team"));
    for (size_t i = 0; i < n; i++)
        if (user[i].retired_us == 0 && user[i].id != a->wish->by->id &&
            (user[i].manager_id == manager->id || user[i].id == manager->id))
            aim_at(a, user[i].id);
    a->word = manager->name;
    return true;
}

/* Everybody, or all of a role: the writer needs no telling. */
static void aim_many(struct aimed *a, const struct user *user, size_t n) {
    bool all = a->wish->aim == MEMO_ALL;
    for (size_t i = 0; i < n; i++)
        if (user[i].retired_us == 0 && user[i].id != a->wish->by->id && (all || user[i].role == a->wish->role))
            aim_at(a, user[i].id);
    if (!all)
        a->word = str_from(role_name(a->wish->role));
}

static bool aim(struct cx *cx, struct db *db, struct aimed *a) {
    struct user *user;
    size_t n;
    if (!user_list(cx, db, &user, &n))
        return false;
    a->to = arena_new(cx->arena, int64_t, n + MEMOS_NAMED);
    switch (a->wish->aim) {
    case MEMO_PEOPLE:
        break;
    case MEMO_REGION:
        if (!aim_region(cx, db, a))
            return false;
        break;
    case MEMO_TEAM:
        if (!aim_team(cx, a, user, n))
            return false;
        break;
    case MEMO_ALL:
    case MEMO_ROLE:
        aim_many(a, user, n);
        break;
    case MEMO_NOBODY:
    case MEMO_AIMS:
        return cx_fail(cx, ERR_INVALID, S("memo.no_aim"));
    }
    return aim_people(cx, a, user, n) && (a->n > 0 || cx_fail(cx, ERR_INVALID, S("memo.nobody")));
}

/* ---- writing ---- */

static struct str rep_of(const struct user *user) {
    return user->role == ROLE_REP ? user->rep : (struct str){0};
}

static bool wish_check(struct cx *cx, const struct memos_wish *wish, struct memo *out) {
    *out = (struct memo){.user_id = wish->by->id,
                         .answers = wish->answers,
                         .aim = wish->aim,
                         .day = day_is(wish->day) ? wish->day : wish->today,
                         .text = text_lines(cx->arena, wish->text),
                         .token = wish->token,
                         .made_us = wish->now_us};
    if (out->text.n == 0)
        return cx_fail(cx, ERR_INVALID, S("memo.no_text"));
    if (out->text.n > LIMIT_MEMO)
        return cx_fail(cx, ERR_LIMIT, S("memo.long"), cx_text(cx, "%d", LIMIT_MEMO));
    if (out->day.n < wish->today.n || out->day.n > wish->today.n + MEMOS_DAYS)
        return cx_fail(cx, ERR_INVALID, S("memo.bad_day"));
    if (wish->aim == MEMO_ROLE && (wish->role <= ROLE_NONE || wish->role >= ROLE_COUNT))
        return cx_fail(cx, ERR_INVALID, S("memo.no_aim"));
    return wish->token.n == SECRET_TOKEN || cx_fail(cx, ERR_INVALID, S("web.form_old"));
}

/* Sent before by the same person? Another's token is nobody's business. */
static bool sent_twice(struct cx *cx, struct db *db, const struct memos_wish *wish, bool *found,
                       struct memos_done *out) {
    struct memo_reader *reader;
    int64_t whose;
    if (!memo_find_token(cx, db, wish->token, found, &out->id, &whose))
        return false;
    if (*found && whose != wish->by->id)
        return cx_fail(cx, ERR_INVALID, S("web.form_old"));
    return !*found || memo_readers(cx, db, out->id, &reader, &out->readers);
}

static bool known(struct cx *cx, struct db *db, int64_t id, int64_t viewer, struct day day, struct memo_row *out) {
    bool found;
    return memo_find(cx, db, id, viewer, day, &found, out) && (found || cx_fail(cx, ERR_NOT_FOUND, S("memo.unknown")));
}

/* A reply goes to who wrote the memo, and is about the same customer, also where the two see different ones. */
static bool reply_aim(struct cx *cx, struct db *db, const struct memos_wish *wish, struct memo *memo, struct aimed *a) {
    struct memo_row row;
    bool changed;
    if (!known(cx, db, wish->answers, wish->by->id, wish->today, &row))
        return false;
    if (!row.received)
        return cx_fail(cx, ERR_NOT_FOUND, S("memo.unknown"));
    memo->aim = MEMO_PEOPLE;
    memo->customer_id = row.memo.customer_id;
    a->to = arena_new(cx->arena, int64_t, 1);
    aim_at(a, row.memo.user_id);
    return memo_read(cx, db, wish->answers, wish->by->id, wish->now_us, &changed);
}

/* The text itself stays out of the trail: the memo is kept as it was written, and is for those it went to. */
static struct str said(struct cx *cx, const struct memo *memo, size_t readers) {
    char day[DAY_TEXT];
    day_iso(memo->day, day);
    return cx_text(cx, "day=%s to=%s%s%.*s people=%zu taken_back=%s", day, memo_aim_name(memo->aim),
                   memo->aimed.n > 0 ? " " : "", STR_ARG(memo->aimed), readers, memo->taken_us > 0 ? "yes" : "no");
}

static bool audited(struct cx *cx, struct db *db, const struct user *by, int64_t now_us, const struct memo *memo,
                    struct str before, struct str after) {
    return audit_add(cx, db, now_us, by->login, S("memo"), cx_text(cx, "%lld", (long long)memo->id), before, after);
}

static bool put(struct cx *cx, struct db *db, const struct memos_wish *wish, struct memo *memo,
                struct memos_done *out) {
    struct aimed a = {.wish = wish};
    bool found;
    if (!sent_twice(cx, db, wish, &found, out))
        return false;
    if (found)
        return true;
    if (wish->answers > 0 ? !reply_aim(cx, db, wish, memo, &a) : !aim(cx, db, &a))
        return false;
    if (wish->answers == 0 && wish->code.n > 0 &&
        !scope_customer(cx, db, wish->code, rep_of(wish->by), &memo->customer_id))
        return false;
    memo->aimed = a.word;
    if (!memo_add(cx, db, memo))
        return false;
    for (size_t i = 0; i < a.n; i++)
        if (!memo_reader_add(cx, db, memo, a.to[i]))
            return false;
    *out = (struct memos_done){.id = memo->id, .readers = a.n};
    return audited(cx, db, wish->by, wish->now_us, memo, (struct str){0}, said(cx, memo, a.n));
}

bool memos_write(struct cx *cx, struct db *db, const struct memos_wish *wish, struct memos_done *out) {
    struct memo memo;
    *out = (struct memos_done){0};
    return wish_check(cx, wish, &memo) && db_write(cx, db) && end(cx, db, put(cx, db, wish, &memo, out));
}

/* ---- reminding ---- */

/* Who is reminded of a customer must be able to see it; an empty code is none that sees everybody's. */
static bool may_see(struct cx *cx, struct db *db, const struct memos_wish *wish, const struct user *user,
                    int64_t *customer_id) {
    bool nobodys = user->role == ROLE_REP && user->rep.n == 0;
    if (!nobodys && scope_customer(cx, db, wish->code, rep_of(user), customer_id))
        return true;
    if (!nobodys && cx->err.code != ERR_NOT_FOUND)
        return false;
    cx_clear(cx);
    return cx_fail(cx, ERR_INVALID, S("memo.not_theirs"), user->name);
}

/* The form's token counts once for each of them. */
static bool remind_one(struct cx *cx, struct db *db, const struct memos_wish *wish, const struct user *user,
                       const struct memo *memo) {
    struct appointment_wish one = {.code = wish->code,
                                   .user_id = user->id,
                                   .who = wish->by->login,
                                   .day = memo->day,
                                   .minute = wish->minute,
                                   .channel = CONTACT_CHANNEL_CALL,
                                   .note = memo->text,
                                   .now_us = wish->now_us};
    struct appointment made;
    int64_t customer_id;
    bool found;
    one.token = cx_text(cx, "%.*s-%lld", STR_ARG(wish->token), (long long)user->id);
    return may_see(cx, db, wish, user, &customer_id) &&
           appointment_find_token(cx, db, customer_id, one.token, &found, &made) &&
           (found || appointment_put(cx, db, &one, customer_id, &made));
}

static bool remind(struct cx *cx, struct db *db, const struct memos_wish *wish, const struct memo *memo,
                   struct memos_done *out) {
    struct aimed a = {.wish = wish};
    struct user *user;
    size_t n;
    int64_t customer_id;
    if (!scope_customer(cx, db, wish->code, rep_of(wish->by), &customer_id) || !aim(cx, db, &a) ||
        !user_list(cx, db, &user, &n))
        return false;
    for (size_t i = 0; i < a.n; i++)
        if (!remind_one(cx, db, wish, user_of(user, n, a.to[i]), memo))
            return false;
    out->readers = a.n;
    return true;
}

bool memos_remind(struct cx *cx, struct db *db, const struct memos_wish *wish, struct memos_done *out) {
    struct memo memo;
    *out = (struct memos_done){0};
    if (wish->aim != MEMO_PEOPLE)
        return cx_fail(cx, ERR_INVALID, S("memo.remind_people"));
    if (wish->code.n == 0)
        return cx_fail(cx, ERR_INVALID, S("memo.remind_customer"));
    if (!wish_check(cx, wish, &memo))
        return false;
    if (memo.text.n > LIMIT_NAME)
        return cx_fail(cx, ERR_LIMIT, S("memo.long"), cx_text(cx, "%d", (int)LIMIT_NAME));
    if (wish->minute < APPOINTMENT_ANY_TIME || wish->minute >= APPOINTMENT_MINUTES)
        return cx_fail(cx, ERR_INVALID, S("appointment.bad_minute"));
    return db_write(cx, db) && end(cx, db, remind(cx, db, wish, &memo, out));
}

/* ---- looking ---- */

bool memos_unread(struct cx *cx, struct db *db, int64_t user_id, struct day day, int64_t most, struct memo_row **out,
                  size_t *n) {
    return memo_unread(cx, db, user_id, day, most, out, n);
}

bool memos_find(struct cx *cx, struct db *db, const struct memos_look *look, struct memos_found *out) {
    struct memo_look row = look->row;
    *out = (struct memos_found){0};
    row.pattern = db_pattern(cx, str_fold(cx->arena, look->search));
    row.most = look->row.most < INT64_MAX ? look->row.most + 1 : look->row.most;
    bool done =
        db_read(cx, db) &&
        (look->sent ? memo_sent(cx, db, &row, &out->row, &out->n) : memo_received(cx, db, &row, &out->row, &out->n)) &&
        user_list(cx, db, &out->user, &out->users);
    db_rollback(db);
    out->more = done && out->n > 0 && (int64_t)out->n > look->row.most;
    out->n -= out->more;
    return done;
}

bool memos_open(struct cx *cx, struct db *db, int64_t id, int64_t viewer, struct day day, struct memos_one *out) {
    *out = (struct memos_one){0};
    bool done = db_read(cx, db) && known(cx, db, id, viewer, day, &out->row) &&
                memo_replies(cx, db, id, viewer, day, MEMOS_REPLIES, &out->reply, &out->replies) &&
                (out->row.memo.user_id != viewer || memo_readers(cx, db, id, &out->reader, &out->readers));
    db_rollback(db);
    return done;
}

bool memos_names(struct cx *cx, struct db *db, struct memos_names *out) {
    *out = (struct memos_names){0};
    bool done = db_read(cx, db) && user_list(cx, db, &out->user, &out->users) &&
                label_list(cx, db, LABEL_REGION, &out->region, &out->regions);
    db_rollback(db);
    size_t n = 0;
    for (size_t i = 0; i < out->users; i++)
        if (out->user[i].retired_us == 0)
            out->user[n++] = out->user[i];
    out->users = n;
    return done;
}

/* ---- what one does with it ---- */

static bool read_it(struct cx *cx, struct db *db, const struct memos_act *act) {
    struct memo_row row;
    bool changed;
    return known(cx, db, act->id, act->by->id, act->day, &row) &&
           memo_read(cx, db, act->id, act->by->id, act->now_us, &changed);
}

bool memos_read(struct cx *cx, struct db *db, const struct memos_act *act) {
    return db_write(cx, db) && end(cx, db, read_it(cx, db, act));
}

static bool archive(struct cx *cx, struct db *db, const struct memos_act *act, bool away) {
    struct memo_row row;
    bool changed;
    return known(cx, db, act->id, act->by->id, act->day, &row) &&
           memo_archive(cx, db, act->id, act->by->id, away, act->now_us, &changed);
}

bool memos_archive(struct cx *cx, struct db *db, const struct memos_act *act, bool away) {
    return db_write(cx, db) && end(cx, db, archive(cx, db, act, away));
}

static bool take(struct cx *cx, struct db *db, const struct memos_act *act) {
    struct memo_row row;
    bool changed;
    if (!known(cx, db, act->id, act->by->id, act->day, &row))
        return false;
    if (row.memo.user_id != act->by->id)
        return cx_fail(cx, ERR_FORBIDDEN, S("memo.not_yours"));
    struct memo after = row.memo;
    after.taken_us = act->now_us;
    return memo_take(cx, db, act->id, act->by->id, act->now_us, &changed) &&
           (!changed || audited(cx, db, act->by, act->now_us, &after, said(cx, &row.memo, (size_t)row.readers),
                                said(cx, &after, (size_t)row.readers)));
}

bool memos_take(struct cx *cx, struct db *db, const struct memos_act *act) {
    return db_write(cx, db) && end(cx, db, take(cx, db, act));
}
