// SPDX-License-Identifier: Apache-2.0
/* bounce -- a mail that lay in the mailbox for what comes back, taken apart by GMime: who says what became of which message of ours.
 *
 * Anybody can write to that mailbox, so nothing here is believed yet: it says what is written, bounded, as clean text. Only the
 * structure of a report counts (multipart/report at the top, RFC 3464 and 5965); sentences are for people. Invariant: the cost hangs
 * on the bytes given, and no part inside a part inside the report is looked at.
 */
#ifndef REATIVA_FORMAT_BOUNCE_H
#define REATIVA_FORMAT_BOUNCE_H

#include "base/cx.h"

enum {
    BOUNCE_BYTES = 1 << 18, /* looked at of one mail: reports carry headers; what is cut off is the returned message */
    BOUNCE_RECIPIENTS = 20,
    BOUNCE_NAMED = 8,
    BOUNCE_TEXT = 500, /* of each text */
    BOUNCE_ADDRESS = 320
};

enum bounce_form { BOUNCE_PLAIN = 0, BOUNCE_DELIVERY, BOUNCE_FEEDBACK };

struct bounce_recipient {
    struct str address, original; /* Final-Recipient, Original-Recipient: "ana@example.com" */
    struct str action, status, diagnostic;
};

struct bounce {
    enum bounce_form form;
    struct str from, subject, text; /* text: the first part that is plain text */
    struct str id;                  /* its own Message-ID */
    struct bounce_recipient recipient[BOUNCE_RECIPIENTS];
    size_t recipients;
    struct str feedback;            /* "abuse" */
    struct str named[BOUNCE_NAMED]; /* Message-IDs without brackets: of what came back, and of what it answers */
    size_t names;
};

/* bounce_read -- any bytes; past BOUNCE_BYTES nothing is looked at. Texts are UTF-8 without control characters, in the arena. */
void bounce_read(struct arena *arena, struct str mail, struct bounce *out);

#endif
