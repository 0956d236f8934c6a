// SPDX-License-Identifier: Apache-2.0
/* alert -- the rules of who is told what, whom they name, and what each told. Within the caller's transaction. Must not judge.
 */
#ifndef REATIVA_STORE_ALERT_H
#define REATIVA_STORE_ALERT_H

#include "base/day.h"
#include "core/alert.h"
#include "store/db.h"

struct alert {
    int64_t id;
    struct str name;
    int64_t events; /* bits of enum alert_event */
    int64_t ahead_days, idle_days;
    struct str query;    /* as the address of the customers page after '?'; empty: any customer */
    int64_t recipients;  /* bits of enum alert_recipient */
    int64_t worklist_id; /* whose agents; 0: none */
    enum alert_layout layout;
    int64_t channels;    /* bits of enum alert_channel */
    int64_t gateway_id;  /* of ALERT_BY_GATEWAY; 0: none */
    struct str schedule; /* as core/schedule.h reads it */
    enum alert_state state;
    struct day from_on; /* what was noted before is no news to it */
    int64_t made_us;
    struct str made_by;
    int64_t retired_us, version;
    struct day told_on; /* when it told somebody last; DAY_NONE: never */
    int64_t told_people;
    struct str token; /* to be added: of the form */
};
struct alert_user {
    int64_t alert_id, user_id;
};

bool alert_list(struct cx *cx, struct db *db, struct alert **out, size_t *n);
bool alert_find(struct cx *cx, struct db *db, int64_t id, bool *found, struct alert *out);
/* alert_add -- *again: the form was sent before; alert->id is what it made then. */
bool alert_add(struct cx *cx, struct db *db, struct alert *alert, bool *again);
/* alert_change -- of this version; *changed false: there is another by now. */
bool alert_change(struct cx *cx, struct db *db, const struct alert *alert, bool *changed);
/* alert_users -- all that are named, by rule. alert_users_put -- instead of those before. */
bool alert_users(struct cx *cx, struct db *db, struct alert_user **out, size_t *n);
/* alert_choices -- who is named, as alert_users, and all gateways by name; one statement. */
struct alert_choices {
    struct alert_user *named;
    struct gateway_name *gateway;
    size_t nameds, gateways;
};
bool alert_choices(struct cx *cx, struct db *db, struct alert_choices *out);
bool alert_users_put(struct cx *cx, struct db *db, int64_t alert_id, const int64_t *user, size_t n);

/* Somebody was told of a customer. */
struct alert_told {
    int64_t customer_id, user_id;
    enum alert_event event;
    struct day last_on;
};
/* alert_told_since -- by customer, user, event, last_on. alert_told_find -- was it, since a day? alert_told_add -- on a day; what was told
 * before is remembered as told on this one. */
bool alert_told_since(struct cx *cx, struct db *db, int64_t alert_id, struct day from, struct alert_told **out,
                      size_t *n);
bool alert_told_find(struct cx *cx, struct db *db, int64_t alert_id, const struct alert_told *told, struct day from,
                     bool *found);
bool alert_told_add(struct cx *cx, struct db *db, int64_t alert_id, const struct alert_told *told, struct day on);
/* alert_story -- what one person was told by a rule on a day, by customer; at most `most`. */
struct alert_story_line {
    struct str code, name;
    enum alert_event event;
    struct day last_on;
};
bool alert_story(struct cx *cx, struct db *db, int64_t alert_id, int64_t user_id, struct day on, int64_t most,
                 struct alert_story_line **out, size_t *n);
/* alert_ran -- it told so many people on a day, besides those of before on that day. */
bool alert_ran(struct cx *cx, struct db *db, int64_t id, struct day on, int64_t people);
bool alert_told_sweep(struct cx *cx, struct db *db, int64_t alert_id, struct day before);

#endif
