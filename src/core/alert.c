// SPDX-License-Identifier: Apache-2.0
/* alert -- see the header. */
#include "core/alert.h"

const char *const alert_event_names[ALERT_EVENTS] = {
    "", "at_risk", "inactive", "reactivated", "inactive_in", "uncontacted_a", "volumes"};
const char *const alert_recipient_names[ALERT_RECIPIENTS] = {"", "rep", "manager", "agents", "named"};
const char *const alert_channel_names[ALERT_CHANNELS] = {"", "app", "email", "webhook", "gateway"};
static const char *const layouts[ALERT_LAYOUTS] = {"", "rep", "manager"};

const char *alert_event_name(enum alert_event event) {
    return alert_event_names[event];
}

const char *alert_recipient_name(enum alert_recipient recipient) {
    return alert_recipient_names[recipient];
}

const char *alert_channel_name(enum alert_channel channel) {
    return alert_channel_names[channel];
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
