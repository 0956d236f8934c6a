// SPDX-License-Identifier: Apache-2.0
/* alert -- see the header. */
#include "core/alert.h"

static const char *const events[ALERT_EVENTS] = {
    "", "at_risk", "inactive", "reactivated", "inactive_in", "uncontacted_a", "volumes"};
static const char *const recipients[ALERT_RECIPIENTS] = {"", "rep", "manager", "agents", "named"};
static const char *const channels[ALERT_CHANNELS] = {"", "app", "email", "webhook", "gateway"};
static const char *const layouts[ALERT_LAYOUTS] = {"", "rep", "manager"};

const char *alert_event_name(enum alert_event event) {
    return events[event];
}

const char *alert_recipient_name(enum alert_recipient recipient) {
    return recipients[recipient];
}

const char *alert_channel_name(enum alert_channel channel) {
    return channels[channel];
}

const char *alert_layout_name(enum alert_layout layout) {
    return layouts[layout];
}

int alert_gravity(enum alert_event event) {
    static const int gravity[ALERT_EVENTS] = {[ALERT_REACTIVATED] = 1,
                                              [ALERT_BECAME_AT_RISK] = 2,
                                              [ALERT_INACTIVE_IN] = 3,
                                              [ALERT_UNCONTACTED_A] = 4,
                                              [ALERT_BECAME_INACTIVE] = 5};
    return gravity[event];
}
