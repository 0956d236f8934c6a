// SPDX-License-Identifier: Apache-2.0
/* contact -- see contact.h. */
#include "app/contact.h"

#include "app/appointment.h"
#include "app/close.h"
#include "app/scope.h"
#include "app/settings.h"
#include "app/webhook_tell.h"
#include "base/decimal.h"
#include "base/limits.h"
#include "stats/stat.h"
#include "store/hold.h"
#include "store/setting.h"

enum { YEARS_MOST = 3, YEAR = 366, NOTE_MOST = 4 * LIMIT_NAME };
static const int64_t VALUE_MOST = INT64_C(100000000000000); /* cents: a trillion */

/* ---- what cannot be kept ---- */

static bool date_is_good(const struct contact_wish *wish) {
    return day_is(wish->next_on) && wish->next_on.n >= wish->today.n &&
           wish->next_on.n <= wish->today.n + YEARS_MOST * YEAR && wish->next_minute >= APPOINTMENT_ANY_TIME &&
           wish->next_minute < APPOINTMENT_MINUTES;
}

/* Where nobody has made any to choose from yet, what was said is kept without one. */
static bool choice_is_made(struct cx *cx, struct db *db, enum choice_kind kind, int64_t id, struct str key) {
    struct choice *choice;
    size_t n = 0;
    return id != 0 || (choice_list(cx, db, kind, false, &choice, &n) && (n == 0 || cx_fail(cx, ERR_INVALID, key)));
}

static bool needs_are_met(struct cx *cx, struct db *db, const struct contact_wish *wish) {
    switch (contact_outcome_needs(wish->outcome)) {
    case CONTACT_NEED_DATE:
        return date_is_good(wish) || cx_fail(cx, ERR_INVALID, S("contact.bad_date"));
    case CONTACT_NEED_OBJECTION:
        return choice_is_made(cx, db, CHOICE_OBJECTION, wish->objection_id, S("contact.bad_objection"));
    case CONTACT_NEED_REASON:
        return choice_is_made(cx, db, CHOICE_REASON, wish->reason_id, S("contact.bad_reason"));
    case CONTACT_NEED_NOTHING:
        break;
    }
    return true;
}

static bool wish_check(struct cx *cx, struct db *db, const struct contact_wish *wish) {
    if (wish->channel <= CONTACT_CHANNEL_NONE || wish->channel >= CONTACT_CHANNEL_COUNT)
        return cx_fail(cx, ERR_INVALID, S("contact.bad_channel"));
    if (wish->outcome <= CONTACT_OUTCOME_NONE || wish->outcome >= CONTACT_OUTCOME_SENT)
        return cx_fail(cx, ERR_INVALID, S("contact.bad_outcome"));
    if (wish->token.n == 0 || wish->token.n > LIMIT_CODE)
        return cx_fail(cx, ERR_INVALID, S("contact.bad_token"));
    if (wish->note.n > NOTE_MOST)
        return cx_fail(cx, ERR_INVALID, S("contact.bad_note"), cx_text(cx, "%d", (int)NOTE_MOST));
    if (wish->value_cents != STAT_NONE && (wish->value_cents < 0 || wish->value_cents > VALUE_MOST))
        return cx_fail(cx, ERR_INVALID, S("contact.bad_value"));
    return needs_are_met(cx, db, wish);
}

static bool names_check(struct cx *cx, struct db *db, const struct contact *contact) {
    struct contact_unknown unknown;
    if (!contact_check(cx, db, contact, &unknown))
        return false;
    struct str key = unknown.person        ? S("contact.bad_person")
                     : unknown.occurrence  ? S("contact.bad_occurrence")
                     : unknown.reason      ? S("contact.bad_reason")
                     : unknown.objection   ? S("contact.bad_objection")
                     : unknown.worklist    ? S("contact.bad_worklist")
                     : unknown.appointment ? S("contact.bad_appointment")
                                           : (struct str){0};
    return key.n == 0 || cx_fail(cx, ERR_INVALID, key);
}

struct str contact_field(const struct err *err) {
    static const struct str prefix = {"contact.bad_", sizeof "contact.bad_" - 1};
    if (!str_starts(err->key, prefix))
        return (struct str){0};
    return (struct str){err->key.p + prefix.n, err->key.n - prefix.n};
}

/* ---- what follows ---- */

/* The appointment made by a contact is found again by the contact's own token. */
static struct str next_token(struct cx *cx, const struct contact *contact) {
    return cx_text(cx, "next:%.*s", STR_ARG(contact->token));
}

static bool next_make(struct cx *cx, struct db *db, const struct contact_wish *wish, const struct contact *contact,
                      struct day on, int minute, struct contact_made *out) {
    struct appointment made;
    const struct appointment_wish next = {.code = wish->code,
                                          .user_id = wish->user_id,
                                          .who = wish->who,
                                          .day = on,
                                          .minute = minute,
                                          .channel = wish->channel,
                                          .token = next_token(cx, contact),
                                          .now_us = wish->now_us};
    out->next_on = on;
    return appointment_put(cx, db, &next, contact->customer_id, &made);
}

static bool tries_find(struct cx *cx, struct db *db, struct contact_tries *out) {
    struct str text;
    return settings_text(cx, db, SETTING_CONTACT_TRIES, &text) && contact_tries_parse(text, out);
}

static bool try_again(struct cx *cx, struct db *db, const struct contact_wish *wish, const struct contact *contact,
                      struct contact_made *out) {
    struct contact_tries tries;
    int64_t in_vain;
    int days;
    if (!tries_find(cx, db, &tries) || !contact_in_vain(cx, db, contact->customer_id, &in_vain))
        return false;
    if (!contact_tries_next(&tries, in_vain, &days)) {
        out->given_up = true;
        return true;
    }
    struct day on = {(contact->day.n > wish->today.n ? contact->day.n : wish->today.n) + days};
    return next_make(cx, db, wish, contact, on, APPOINTMENT_ANY_TIME, out);
}

/* The appointment it came from is kept, and others of the same person that were due; who is written off has none left. */
static bool appointments_settle(struct cx *cx, struct db *db, const struct contact_wish *wish,
                                const struct contact *contact) {
    struct appointment_row *row;
    size_t n;
    if (!appointment_list(cx, db, contact->customer_id, 0, &row, &n))
        return false;
    for (size_t i = 0; i < n && row[i].appointment.state == APPOINTMENT_OPEN; i++) {
        struct appointment *a = &row[i].appointment;
        bool kept = a->id == wish->appointment_id || (a->user_id == wish->user_id && a->day.n <= contact->day.n),
             changed;
        if (!kept && !contact_outcome_ends(wish->outcome))
            continue;
        a->state = kept ? APPOINTMENT_KEPT : APPOINTMENT_OFF;
        a->contact_id = contact->id;
        a->changed_us = wish->now_us;
        if (!appointment_change(cx, db, a, &changed))
            return false;
    }
    return true;
}

static bool write_off(struct cx *cx, struct db *db, const struct contact_wish *wish, const struct contact *contact) {
    int64_t import_id;
    const struct close_request request = {.code = wish->code,
                                          .on = contact->day,
                                          .reason = cx_text(cx, "%s%s%.*s", contact_outcome_name(wish->outcome),
                                                            contact->note.n > 0 ? ": " : "", STR_ARG(contact->note)),
                                          .now_us = wish->now_us,
                                          .who = wish->who};
    return close_within(cx, db, &request, &import_id);
}

static bool follow(struct cx *cx, struct db *db, const struct contact_wish *wish, const struct contact *contact,
                   struct contact_made *out) {
    if (!appointments_settle(cx, db, wish, contact) ||
        !contact_moves_last(cx, db, contact->customer_id, contact->day) ||
        !hold_release(cx, db, contact->customer_id, wish->user_id))
        return false;
    if (wish->outcome == CONTACT_OUTCOME_LATER)
        return next_make(cx, db, wish, contact, wish->next_on, wish->next_minute, out);
    if (wish->outcome == CONTACT_OUTCOME_NO_ANSWER)
        return try_again(cx, db, wish, contact, out);
    out->closed = contact_outcome_ends(wish->outcome);
    return !out->closed || write_off(cx, db, wish, contact);
}

/* ---- the transaction ---- */

static bool answer_again(struct cx *cx, struct db *db, const struct contact *contact, struct contact_made *out) {
    struct appointment next;
    bool found;
    if (!appointment_find_token(cx, db, contact->customer_id, next_token(cx, contact), &found, &next))
        return false;
    *out = (struct contact_made){.contact_id = contact->id,
                                 .repeated = true,
                                 .next_on = found ? next.day : DAY_NONE,
                                 .given_up = contact->outcome == CONTACT_OUTCOME_NO_ANSWER && !found,
                                 .closed = contact_outcome_ends(contact->outcome)};
    return true;
}

static struct contact contact_of(const struct contact_wish *wish, int64_t customer_id) {
    return (struct contact){.customer_id = customer_id,
                            .user_id = wish->user_id,
                            .person_id = wish->person_id,
                            .at_us = wish->at_us,
                            .day = wish->day,
                            .channel = wish->channel,
                            .outcome = wish->outcome,
                            .occurrence_id = wish->occurrence_id,
                            .reason_id = wish->reason_id,
                            .objection_id = wish->objection_id,
                            .worklist_id = wish->worklist_id,
                            .appointment_id = wish->appointment_id,
                            .value_cents = wish->value_cents,
                            .note = str_trim(wish->note),
                            .token = wish->token,
                            .made_us = wish->now_us};
}

static bool log_within(struct cx *cx, struct db *db, const struct contact_wish *wish, struct contact_made *out) {
    int64_t customer_id;
    struct contact before;
    bool found;
    if (!scope_customer(cx, db, wish->code, wish->rep, &customer_id) ||
        !contact_find_token(cx, db, customer_id, wish->token, &found, &before))
        return false;
    if (found)
        return answer_again(cx, db, &before, out);
    struct contact contact = contact_of(wish, customer_id);
    if (!wish_check(cx, db, wish) || !names_check(cx, db, &contact) || !contact_add(cx, db, &contact))
        return false;
    *out = (struct contact_made){.contact_id = contact.id, .next_on = DAY_NONE};
    const struct webhook_news news = {.kind = WEBHOOK_CONTACT_LOGGED, .subject = contact.id, .at_us = contact.made_us};
    return follow(cx, db, wish, &contact, out) && webhook_tell(cx, db, &news) &&
           audit_add(cx, db, wish->now_us, wish->who, S("contact"), wish->code, (struct str){0},
                     cx_text(cx, "id=%lld channel=%s outcome=%s", (long long)contact.id,
                             contact_channel_name(contact.channel), contact_outcome_name(contact.outcome)));
}

bool contact_log(struct cx *cx, struct db *db, const struct contact_wish *wish, struct contact_made *out) {
    if (!db_write(cx, db))
        return false;
    if (log_within(cx, db, wish, out) && db_commit(cx, db))
        return true;
    db_rollback(db);
    return false;
}
