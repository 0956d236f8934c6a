// SPDX-License-Identifier: Apache-2.0
/* alert -- the rules of who is told what, when and how: what they are made of.
 *
 * The numbers are kept in the database, as bits 1 << number; the names are in addresses and catalogs (alert.event_<name> and so on).
 */
#ifndef REATIVA_CORE_ALERT_H
#define REATIVA_CORE_ALERT_H

#include <stdbool.h>
#include <stdint.h>

#include "base/str.h"

/* What somebody is told of. The first three happen once, and are noted with the score; the next two hold on a day; the last is no
 * customer: how all of them stand, by rep. */
enum alert_event {
    ALERT_NOTHING = 0,
    ALERT_BECAME_AT_RISK,
    ALERT_BECAME_INACTIVE,
    ALERT_REACTIVATED,
    ALERT_INACTIVE_IN,   /* at risk, and inactive within ahead_days */
    ALERT_UNCONTACTED_A, /* of class A, at risk for idle_days, and nobody talked to it in that time */
    ALERT_VOLUMES,
    ALERT_EVENTS
};
enum alert_recipient {
    ALERT_TO_NOBODY = 0,
    ALERT_TO_REP,     /* the customer's */
    ALERT_TO_MANAGER, /* the rep's; all managers where the rep has none */
    ALERT_TO_AGENTS,  /* who work a list: of its customers */
    ALERT_TO_NAMED,
    ALERT_RECIPIENTS
};
enum alert_channel {
    ALERT_BY_NONE = 0,
    ALERT_BY_APP,
    ALERT_BY_EMAIL,
    ALERT_BY_WEBHOOK,
    ALERT_BY_GATEWAY, /* to the person's phone */
    ALERT_CHANNELS
};
enum alert_layout { ALERT_LAYOUT_NONE = 0, ALERT_LAYOUT_REP, ALERT_LAYOUT_MANAGER, ALERT_LAYOUTS };
enum alert_state { ALERT_ON = 1, ALERT_OFF };

enum { ALERT_AHEAD_MOST = 90, ALERT_IDLE_MOST = 365, ALERT_NAMED_MOST = 200 };

static inline bool alert_has(int64_t bits, int number) {
    return (bits >> number & 1) != 0;
}
static inline int64_t alert_bit(int number) {
    return INT64_C(1) << number;
}

/* By their numbers; 0 is "". */
extern const char *const alert_event_names[ALERT_EVENTS], *const alert_recipient_names[ALERT_RECIPIENTS],
                                                              *const alert_channel_names[ALERT_CHANNELS];
const char *alert_event_name(enum alert_event event); /* "at_risk" */
const char *alert_recipient_name(enum alert_recipient recipient);
const char *alert_channel_name(enum alert_channel channel);
const char *alert_layout_name(enum alert_layout layout);
/* alert_gravity -- of two events of one customer the graver one is told. */
int alert_gravity(enum alert_event event);

#endif
