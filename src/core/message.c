// SPDX-License-Identifier: Apache-2.0
/* message -- see the header. */
#include "core/message.h"

enum { MINUTE = 60, HOUR = 3600 };

static const char *const channels[MESSAGE_CHANNELS] = {"any", "app", "email", "http"};
static const char *const kinds[MESSAGE_KINDS] = {"any", "alert", "test", "letter", "memo"};
static const char *const states[MESSAGE_STATES] = {"any",    "due",     "sending",    "sent",
                                                   "parked", "unknown", "called_off", "held"};

static const int64_t waits[MESSAGE_TRIES - 1] = {2 * MINUTE, 5 * MINUTE, 10 * MINUTE, 30 * MINUTE, HOUR,
                                                 2 * HOUR,   4 * HOUR,   8 * HOUR,    14 * HOUR};

const char *message_channel_name(enum message_channel channel) {
    return channels[channel];
}

const char *message_kind_name(enum message_kind kind) {
    return kinds[kind];
}

const char *message_state_name(enum message_state state) {
    return states[state];
}

static bool parse(const char *const *names, int n, struct str name, int *out) {
    for (int i = 1; i < n; i++)
        if (str_equal(name, str_from(names[i]))) {
            *out = i;
            return true;
        }
    return false;
}

bool message_channel_parse(struct str name, enum message_channel *out) {
    int at;
    if (!parse(channels, MESSAGE_CHANNELS, name, &at))
        return false;
    *out = (enum message_channel)at;
    return true;
}

bool message_kind_parse(struct str name, enum message_kind *out) {
    int at;
    if (!parse(kinds, MESSAGE_KINDS, name, &at))
        return false;
    *out = (enum message_kind)at;
    return true;
}

bool message_state_parse(struct str name, enum message_state *out) {
    int at;
    if (!parse(states, MESSAGE_STATES, name, &at))
        return false;
    *out = (enum message_state)at;
    return true;
}

bool message_may_resend(enum message_kind kind, enum message_channel channel, enum message_state state) {
    if (channel == MESSAGE_APP)
        return false;
    return state == MESSAGE_PARKED || state == MESSAGE_UNKNOWN || state == MESSAGE_CALLED_OFF ||
           state == MESSAGE_HELD || (state == MESSAGE_SENT && kind != MESSAGE_LETTER);
}

bool message_may_call_off(enum message_state state) {
    return state == MESSAGE_DUE || state == MESSAGE_HELD;
}

int64_t message_wait_s(int64_t tries, uint32_t chance) {
    if (tries < 1 || tries >= MESSAGE_TRIES)
        return 0;
    int64_t wait = waits[tries - 1], spread = wait / 5;
    return wait + (int64_t)(chance % (uint32_t)(spread + 1)) - spread / 2;
}
