// SPDX-License-Identifier: Apache-2.0
/* letter -- a message of electronic mail as bytes, by GMime.
 *
 * What anybody typed can end no header and begin no other: control characters become blanks, an address that is none is refused. Text
 * is UTF-8, sent in seven bits; lines end as RFC 5322 has it. Must not know why it is sent, nor send it.
 */
#ifndef REATIVA_FORMAT_LETTER_H
#define REATIVA_FORMAT_LETTER_H

#include "base/cx.h"

enum {
    LETTER_SUBJECT_MOST = 500, /* bytes, as the names; what is longer is cut between two letters */
    LETTER_BODY_MOST = 4 << 20 /* bytes of text, of HTML and of the picture each */
};

struct letter {
    struct str from_name, from; /* names may be empty */
    struct str to_name, to;
    struct str reply_to; /* empty: none */
    struct str subject;
    struct str text, html;  /* html empty: text alone */
    struct str picture;     /* PNG, in the HTML as "cid:chart"; empty: none */
    struct str message_id;  /* "token@example.com", without brackets */
    struct str unsubscribe; /* https address; RFC 2369 and RFC 8058 headers; empty: none */
    bool auto_submitted;    /* nobody wrote it by hand: nobody's holiday message answers it (RFC 3834) */
    int64_t at_us;
};

/* letter_write -- INVALID letter.bad_address, letter.bad_id, letter.bad_unsubscribe; LIMIT letter.large. */
bool letter_write(struct cx *cx, const struct letter *letter, struct str *out);

#endif
