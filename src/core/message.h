// SPDX-License-Identifier: Apache-2.0
/* message -- what goes out to somebody: by which channel, of which kind, how far it has come, and when it is tried again.
 *
 * The numbers are kept in the database.
 */
#ifndef REATIVA_CORE_MESSAGE_H
#define REATIVA_CORE_MESSAGE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/str.h"

enum message_channel {
    MESSAGE_ANY_CHANNEL = 0,
    MESSAGE_APP, /* read inside the program; there as soon as it is written */
    MESSAGE_EMAIL,
    MESSAGE_HTTP, /* by a gateway */
    MESSAGE_CHANNELS
};

enum message_kind {
    MESSAGE_ANY_KIND = 0,
    MESSAGE_ALERT,
    MESSAGE_TEST,
    MESSAGE_LETTER, /* to a customer */
    MESSAGE_MEMO,
    MESSAGE_KINDS
};

enum message_state {
    MESSAGE_ANY_STATE = 0,
    MESSAGE_DUE,
    MESSAGE_SENDING,
    MESSAGE_SENT,
    MESSAGE_PARKED,  /* refused for good, or tried enough: with the server's words */
    MESSAGE_UNKNOWN, /* the answer was cut off: nobody can know whether it arrived */
    MESSAGE_CALLED_OFF,
    MESSAGE_HELD, /* nothing to send it by was set up: to be read here */
    MESSAGE_STATES
};

enum {
    MESSAGE_TRIES = 10,             /* that a server put off; then it is parked */
    MESSAGE_SUBJECT_MOST = 500,     /* bytes */
    MESSAGE_BODY_MOST = 512 * 1024, /* of text, of HTML and of the picture, each */
    MESSAGE_WORDS_MOST = 1000
};

const char *message_channel_name(enum message_channel channel); /* "email"; message.channel_<name> in the catalogs */
const char *message_kind_name(enum message_kind kind);          /* "alert"; message.kind_<name> */
const char *message_state_name(enum message_state state);       /* "due"; message.state_<name> */
bool message_channel_parse(struct str name, enum message_channel *out);
bool message_kind_parse(struct str name, enum message_kind *out);
bool message_state_parse(struct str name, enum message_state *out);

/* message_may_resend, message_may_call_off -- by a click. What went to a customer is not sent twice by one. */
bool message_may_resend(enum message_kind kind, enum message_channel channel, enum message_state state);
bool message_may_call_off(enum message_state state);

/* message_wait_s -- seconds until the next try of one that was put off so many times (1: the first); 0: that was the last. A server that
 * greylists takes it after some minutes; one that is ill gets some 30 hours. chance: any number, which moves it by up to a tenth. */
int64_t message_wait_s(int64_t tries, uint32_t chance);

#endif
