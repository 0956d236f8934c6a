// SPDX-License-Identifier: Apache-2.0
/* webhook_tell -- see the header. Invariant: an event and what was told of its customer change in one transaction. */
#include "app/webhook_tell.h"

#include "base/secret.h"
#include "store/score.h"
#include "store/setting.h"

static const int64_t DAY_US = INT64_C(86400) * 1000000;

static bool asked(unsigned topics, enum webhook_topic topic) {
    return (topics >> topic & 1) != 0;
}

/* Of customers as a score has them. */
static bool asked_of_score(unsigned topics) {
    return asked(topics, WEBHOOK_STATUS) || asked(topics, WEBHOOK_REACTIVATIONS);
}

static struct str name_new(struct cx *cx) {
    return cx_text(cx, "evt_%.*s", STR_ARG(secret_token(cx->arena)));
}

bool webhook_tell(struct cx *cx, struct db *db, const struct webhook_news *news) {
    unsigned topics;
    bool again = false;
    if (!webhook_topics(cx, db, &topics))
        return false;
    if (!asked(topics, webhook_kind_topic(news->kind)))
        return true;
    struct delivery_event event = {.name = name_new(cx),
                                   .kind = news->kind,
                                   .subject = news->subject,
                                   .occasion = news->occasion,
                                   .at_us = news->at_us,
                                   .was = news->to,
                                   .many = news->many,
                                   .day = news->day};
    return delivery_event_add(cx, db, &event, &again) &&
           (again || delivery_add(cx, db, event.id - 1, news->kind, news->at_us));
}

/* ---- after a score ---- */

#define DAY_TOLD S("webhook_day")

static bool day_told(struct cx *cx, struct db *db, struct day *out) {
    struct str text;
    bool found;
    *out = DAY_NONE;
    if (!setting_find(cx, db, DAY_TOLD, &found, &text))
        return false;
    if (found && !day_parse_iso(text, out))
        *out = DAY_NONE;
    return true;
}

static bool day_told_put(struct cx *cx, struct db *db, struct day day) {
    char text[DAY_TEXT];
    return setting_put(cx, db, DAY_TOLD, (struct str){text, day_iso(day, text)});
}

/* n events of `one` past look->first are there: they go to who asks, or, when they are too many, one that says how many they were. */
static bool hand_out(struct cx *cx, struct db *db, const struct webhook_look *look, int64_t n, enum webhook_kind one,
                     enum webhook_kind many) {
    struct delivery_event all = {.name = look->name,
                                 .kind = many,
                                 .occasion = look->now_us,
                                 .at_us = look->now_us,
                                 .day = look->as_of,
                                 .many = n};
    bool again;
    if (n == 0)
        return true;
    if (n <= WEBHOOK_TELL_MOST)
        return delivery_add(cx, db, look->first, one, look->now_us);
    return delivery_event_drop(cx, db, look->first, one) && delivery_event_add(cx, db, &all, &again) &&
           (again || delivery_add(cx, db, all.id - 1, many, look->now_us));
}

/* What is not asked for is looked at all the same, and not handed out: who asks for it later is not told what is old. */
static bool crossed(struct cx *cx, struct db *db, struct webhook_look *look, bool wanted) {
    int64_t n = 0;
    look->name = name_new(cx);
    return delivery_event_last(cx, db, &look->first) && webhook_look_crossed(cx, db, look, &n) &&
           (wanted ? hand_out(cx, db, look, n, WEBHOOK_STATUS_CHANGED, WEBHOOK_STATUSES_CHANGED)
                   : n == 0 || delivery_event_drop(cx, db, look->first, WEBHOOK_STATUS_CHANGED));
}

static bool returned(struct cx *cx, struct db *db, struct webhook_look *look, bool wanted) {
    int64_t n = 0;
    look->name = name_new(cx);
    return delivery_event_last(cx, db, &look->first) && webhook_look_returned(cx, db, look, &n) &&
           (wanted ? hand_out(cx, db, look, n, WEBHOOK_REACTIVATED, WEBHOOK_REACTIVATED_MANY)
                   : n == 0 || delivery_event_drop(cx, db, look->first, WEBHOOK_REACTIVATED));
}

bool webhook_tell_score(struct cx *cx, struct db *db, struct day as_of, bool few, int64_t now_us) {
    struct webhook_look look = {.now_us = now_us, .as_of = as_of, .from = {as_of.n - WEBHOOK_TELL_LATE_DAYS}};
    struct day told;
    unsigned topics;
    if (!webhook_topics(cx, db, &topics))
        return false;
    if (!asked_of_score(topics))
        return true;
    if (!day_told(cx, db, &told))
        return false;
    bool to_come = as_of.n > now_us / DAY_US + 1; /* a day further, wherever on earth it is */
    if (to_come || (day_is(told) && as_of.n < told.n))
        return true;
    return (!few || webhook_look_moved(cx, db, &look.moved)) &&
           returned(cx, db, &look, asked(topics, WEBHOOK_REACTIVATIONS)) &&
           crossed(cx, db, &look, asked(topics, WEBHOOK_STATUS)) && webhook_look_known(cx, db, look.moved) &&
           (told.n == as_of.n || day_told_put(cx, db, as_of));
}

bool webhook_tell_begin(struct cx *cx, struct db *db, unsigned before) {
    struct score_run run;
    unsigned after;
    bool found = false;
    if (!webhook_topics(cx, db, &after))
        return false;
    if (asked_of_score(after) == asked_of_score(before))
        return true;
    if (!asked_of_score(after))
        return webhook_told_end(cx, db) && setting_drop(cx, db, DAY_TOLD);
    return score_drop_temporary(cx, db) && webhook_told_begin(cx, db) && score_run_find(cx, db, &found, &run) &&
           (found ? day_told_put(cx, db, run.as_of) : setting_drop(cx, db, DAY_TOLD));
}
