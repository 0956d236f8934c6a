// SPDX-License-Identifier: Apache-2.0
/* letters_go -- what comes after a letter was written: the last look before it goes out, the contact it becomes, looking back, and what
 * who got it does: opting out, opening, following a link. Must not know of servers.
 */
#include "app/letters_parts.h"

#include "app/webhook_tell.h"
#include "app/workdays.h"
#include "base/secret.h"
#include "stats/stat.h"
#include "store/contact.h"
#include "store/setting.h"

enum { MINUTES = 1440, QUARTER = 15, AWAKE_DAYS = 60 };
static const int64_t MINUTE_US = INT64_C(60) * 1000000, SECOND_US = 1000000, DAY_S = 86400;

static bool end(struct cx *cx, struct db *db, bool done) {
    if (done && db_commit(cx, db))
        return true;
    db_rollback(db);
    return false;
}

/* ---- when ---- */

static struct day local_day(const struct letters_clock *clock, int64_t at_us, int *minute) {
    int64_t local_s = at_us / SECOND_US + clock->utc_offset_s(at_us), day = local_s / DAY_S;
    if (local_s % DAY_S < 0)
        day--;
    *minute = (int)((local_s - day * DAY_S) / 60);
    return (struct day){(int32_t)day};
}

/* By quarters of an hour, in local time at each: the night of a change of time is as long as it is. */
bool letters_awake(struct cx *cx, struct db *db, const struct mail_quiet *quiet, const struct letters_clock *clock,
                   int64_t at_us, int64_t *out) {
    struct workdays workdays = workdays_usual;
    if (quiet->holidays && !workdays_read(cx, db, &workdays))
        return false;
    for (int i = 0; i < AWAKE_DAYS * MINUTES / QUARTER; i++) {
        int minute;
        struct day day = local_day(clock, at_us, &minute);
        int weekday = weekday_number(day);
        bool holiday = (workdays.week >> weekday & 1) != 0 && !workdays_is(&workdays, day);
        if (!mail_quiet_is(quiet, minute, weekday, holiday))
            break;
        at_us = (at_us / (QUARTER * MINUTE_US) + 1) * (QUARTER * MINUTE_US);
    }
    *out = at_us;
    return true;
}

/* ---- the last look ---- */

static bool off(enum letters_verdict *out, struct str *why, struct str key) {
    *out = LETTERS_OFF;
    *why = key;
    return true;
}

/* For good, and by whom it concerns: what bars for a time, or until an address works again, is no answer of theirs. */
static bool lasts(const struct suppression_hit *hit) {
    return !day_is(hit->until) && hit->source != SUPPRESSION_BOUNCE && hit->source != SUPPRESSION_CONSENT &&
           hit->source != SUPPRESSION_BLOCK;
}

static bool by_phone(const struct message *m) {
    return m->channel == MESSAGE_HTTP;
}

static enum suppression_channel channel_of(const struct message *m) {
    return by_phone(m) ? SUPPRESSION_MESSAGE : SUPPRESSION_EMAIL;
}

static bool address_of(const struct message *m, struct address *out) {
    return by_phone(m) ? address_phone(m->address, out) : address_email(m->address, out);
}

/* By the address itself too: the customer may have another one by now. lasting: only what lasts. */
static bool address_barred(struct cx *cx, struct db *db, const struct message *m, struct day as_of, bool lasting,
                           bool *barred) {
    struct suppression_hit *hit;
    struct address address;
    size_t hits;
    *barred = false;
    if (!address_of(m, &address))
        return true;
    const int64_t hash = suppression_hash(db, &address);
    if (!suppression_among(cx, db, &hash, 1, as_of, &hit, &hits))
        return false;
    for (size_t i = 0; i < hits; i++)
        *barred = *barred || ((suppression_bars(hit[i].channel, channel_of(m)) || hit[i].source == SUPPRESSION_BLOCK) &&
                              (!lasting || lasts(&hit[i])));
    return true;
}

bool letters_may_go(struct cx *cx, struct db *db, const struct mail_settings *mail, const struct message *m,
                    const struct letters_clock *clock, enum letters_verdict *out, int64_t *until_us, struct str *why) {
    struct reach reach = {0};
    bool barred, asked;
    int minute;
    struct day today = local_day(clock, clock->now_us, &minute);
    *out = LETTERS_GO;
    if (m->kind != MESSAGE_LETTER)
        return true;
    if (!letters_awake(cx, db, &mail->quiet, clock, clock->now_us, until_us))
        return false;
    if (*until_us > clock->now_us) {
        *out = LETTERS_WAIT;
        return true;
    }
    if (!address_barred(cx, db, m, today, false, &barred) || !reach_look(cx, db, &m->customer_id, 1, today, &reach) ||
        !mailing_asked(cx, db, mailing_of_cause(m->cause), &asked))
        return false;
    const struct reach_way *way = reach_of(&reach, m->person_id);
    if (reach.ways == 0 || way == NULL) /* erased, or not there any more */
        return off(out, why, S("letters.why_gone"));
    if (barred || way->by[by_phone(m) ? REACH_MESSAGE : REACH_EMAIL].barred)
        return off(out, why, S("letters.why_suppressed"));
    return !reach.pressure.reached || asked || off(out, why, S("letters.why_pressed"));
}

/* ---- the contact it becomes ---- */

bool letters_sent(struct cx *cx, struct db *db, const struct message *m, const struct letters_clock *clock) {
    struct contact contact = {.customer_id = m->customer_id,
                              .user_id = m->from_user_id,
                              .person_id = m->person_id,
                              .at_us = clock->now_us,
                              .channel = m->channel == MESSAGE_EMAIL ? CONTACT_CHANNEL_EMAIL : CONTACT_CHANNEL_MESSAGE,
                              .outcome = CONTACT_OUTCOME_SENT,
                              .value_cents = STAT_NONE,
                              .token = cx_text(cx, "message:%lld", (long long)m->id),
                              .made_us = clock->now_us};
    struct mailing_ways ways;
    struct contact before;
    bool found;
    int minute;
    if (m->kind != MESSAGE_LETTER || m->customer_id == 0)
        return true;
    contact.day = local_day(clock, clock->now_us, &minute);
    contact.note = m->offer.n == 0 ? m->subject : cx_text(cx, "%.*s\n%.*s", STR_ARG(m->subject), STR_ARG(m->offer));
    if (!mailing_way_list(cx, db, &m->customer_id, 1, &ways) ||
        !contact_find_token(cx, db, m->customer_id, contact.token, &found, &before))
        return false;
    if (ways.parties == 0 || found)
        return true;
    if (!contact_add(cx, db, &contact) || !contact_moves_last(cx, db, m->customer_id, contact.day))
        return false;
    const struct webhook_news news = {.kind = WEBHOOK_CONTACT_LOGGED, .subject = contact.id, .at_us = contact.made_us};
    return webhook_tell(cx, db, &news);
}

/* ---- looking back ---- */

bool letters_list(struct cx *cx, struct db *db, const struct mailing_ask *ask, struct mailing_row **out, size_t *n) {
    bool done = db_read(cx, db) && mailing_list(cx, db, ask, out, n);
    db_rollback(db);
    return done;
}

static bool known(struct cx *cx, struct db *db, int64_t id, int64_t user_id, struct mailing_row *out) {
    const struct mailing_ask ask = {.user_id = user_id, .id = id, .before = INT64_MAX, .most = 1};
    struct mailing_row *row;
    size_t n;
    if (id <= 0 || !mailing_list(cx, db, &ask, &row, &n))
        return cx->err.code != ERR_NONE ? false : cx_fail(cx, ERR_NOT_FOUND, S("letters.unknown"));
    if (n == 0)
        return cx_fail(cx, ERR_NOT_FOUND, S("letters.unknown"));
    *out = row[0];
    return true;
}

/* What was typed to one stands in its message alone, as long as that is kept. */
static bool text_find(struct cx *cx, struct db *db, const struct mailing_message *message, struct mailing *out) {
    struct message_body body;
    bool found;
    if (!message_body_find(cx, db, message->id, &found, &body))
        return false;
    if (found)
        out->body = body.text;
    return true;
}

bool letters_one(struct cx *cx, struct db *db, const struct letters_ask *ask, struct mailing_row *out,
                 struct mailing_message **message, size_t *n) {
    bool done = db_read(cx, db) && known(cx, db, ask->id, ask->user_id, out) &&
                mailing_message_list(cx, db, ask->id, ask->rep, ask->after, ask->most, message, n) &&
                (!out->mailing.one || *n == 0 || text_find(cx, db, &(*message)[0], &out->mailing));
    db_rollback(db);
    return done;
}

static bool call_off(struct cx *cx, struct db *db, int64_t id, int64_t user_id, struct str who, int64_t now_us,
                     int64_t *out) {
    struct mailing_row row;
    struct mailing_wait *wait;
    size_t n;
    bool changed;
    *out = 0;
    if (!known(cx, db, id, user_id, &row) || !mailing_waiting(cx, db, id, &wait, &n))
        return false;
    for (size_t i = 0; i < n; i++) {
        if (!message_state_put(cx, db, wait[i].id, wait[i].version, MESSAGE_CALLED_OFF, S("letters.why_off"), &changed))
            return false;
        *out += changed;
    }
    return n == 0 || (mailing_off(cx, db, id, now_us, who) &&
                      audit_add(cx, db, now_us, who, S("letter"), cx_text(cx, "%lld", (long long)id), (struct str){0},
                                cx_text(cx, "called_off=%lld", (long long)*out)));
}

bool letters_call_off(struct cx *cx, struct db *db, int64_t id, int64_t user_id, struct str who, int64_t now_us,
                      int64_t *out) {
    return db_write(cx, db) && end(cx, db, call_off(cx, db, id, user_id, who, now_us, out));
}

/* ---- who gets it answers ---- */

/* Of a token of a letter; what was erased has no address any more. */
static bool message_of(struct cx *cx, struct db *db, struct str token, bool *found, struct message *out) {
    int64_t id;
    *found = false;
    if (token.n != SECRET_TOKEN)
        return true;
    if (!message_of_token(cx, db, token, found, &id) || !*found)
        return cx->err.code == ERR_NONE;
    return message_find(cx, db, id, found, out) && ((*found = *found && out->kind == MESSAGE_LETTER), true);
}

/* "a***@example.com", "***4321": enough for who has the message at hand, too little for whom it was passed on to. */
static struct str masked(struct cx *cx, struct str address) {
    enum { END = 4 };
    struct str local, domain;
    if (address.n > 2 * END && address.p[0] == '+')
        return cx_text(cx, "***%.*s", END, address.p + address.n - END);
    if (!str_cut(address, '@', &local, &domain) || local.n == 0)
        return address;
    return cx_text(cx, "%.*s***@%.*s", local.n > 3 ? 1 : 0, local.p, STR_ARG(domain));
}

static bool leave(struct cx *cx, struct db *db, const struct message *m, const struct address *address,
                  struct day today, int64_t now_us) {
    struct suppression s = {.kind = address->kind,
                            .hash = suppression_hash(db, address),
                            .channel = channel_of(m),
                            .source = SUPPRESSION_LINK,
                            .day = today,
                            .until = DAY_NONE,
                            .shown = {address->text, address->n},
                            .who = S("link"),
                            .made_us = now_us};
    bool added;
    return suppression_add(cx, db, &s, secret_token(cx->arena), &added) &&
           audit_add(cx, db, now_us, S("link"), S("suppression"), cx_text(cx, "%lld", (long long)s.id), (struct str){0},
                     cx_text(cx, "kind=%s channel=%s source=link message=%lld", address_kind_name(address->kind),
                             suppression_channel_name(channel_of(m)), (long long)m->id));
}

static bool opt_out(struct cx *cx, struct db *db, struct str token, bool do_it, struct day today, int64_t now_us,
                    struct letters_leaving *out) {
    struct mail_settings mail;
    struct message m;
    struct address address;
    *out = (struct letters_leaving){0};
    if (!message_of(cx, db, token, &out->found, &m) || !out->found)
        return cx->err.code == ERR_NONE;
    if (!mail_settings(cx, db, (struct str){0}, &mail))
        return false;
    out->company = mail.company;
    out->address = masked(cx, m.address);
    out->by_phone = by_phone(&m);
    if (!address_of(&m, &address)) {
        out->already = true;
        return true;
    }
    return address_barred(cx, db, &m, today, true, &out->already) &&
           (!do_it || out->already || leave(cx, db, &m, &address, today, now_us));
}

bool letters_opt_out(struct cx *cx, struct db *db, struct str token, bool do_it, struct day today, int64_t now_us,
                     struct letters_leaving *out) {
    bool done = db_read(cx, db) && opt_out(cx, db, token, false, today, now_us, out);
    db_rollback(db);
    if (!done || !do_it || !out->found) /* who guesses does not stand in the way of who writes */
        return done;
    return db_write(cx, db) && end(cx, db, opt_out(cx, db, token, true, today, now_us, out));
}

/* Nothing is written for who is not one of ours or was erased, nor where the company wants no record. */
static bool mark(struct cx *cx, struct db *db, struct str token, enum mailing_mark kind, struct str url, int64_t now_us,
                 bool *found) {
    struct mail_settings mail;
    struct message m;
    *found = false;
    bool done =
        db_read(cx, db) && mail_settings(cx, db, (struct str){0}, &mail) && message_of(cx, db, token, found, &m);
    db_rollback(db);
    if (!done || !*found || m.address.n == 0 || !(kind == MAILING_OPENED ? mail.opens : mail.clicks))
        return done;
    return db_write(cx, db) && end(cx, db, mailing_mark_put(cx, db, m.id, kind, url, now_us));
}

bool letters_opened(struct cx *cx, struct db *db, struct str token, int64_t now_us, bool *found) {
    return mark(cx, db, token, MAILING_OPENED, (struct str){0}, now_us, found);
}

bool letters_clicked(struct cx *cx, struct db *db, struct str token, struct str url, struct str sign, bool record,
                     int64_t now_us, bool *good) {
    bool found;
    *good = secret_equal(sign, mailing_sign(cx->arena, db, token, url));
    return !*good || !record || mark(cx, db, token, MAILING_CLICKED, url, now_us, &found);
}
