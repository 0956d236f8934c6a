// SPDX-License-Identifier: Apache-2.0
/* mail -- what the page of the mail settings shows: all fields as typed or as they stand, and how a try went.
 */
#ifndef REATIVA_WEB_MANAGE_MAIL_H
#define REATIVA_WEB_MANAGE_MAIL_H

#include "app/mail.h"
#include "core/holiday.h"
#include "web/web.h"

struct mail_view {
    struct mail_kept now;          /* what stands; secrets empty */
    struct str value[MAIL_FIELDS]; /* what the form holds */
    struct str fault;              /* that no field stands for */
    bool other;                    /* somebody else was first: what stands now is shown at each field that differs */
    bool ready;                    /* messages can be sent by what stands */
    struct str tried;              /* how a try went, in a sentence; empty: none */
    bool tried_well;
    struct str words; /* the server's own */
};

/* mail_field_says -- what: "name", "about" (may be empty). */
struct str mail_field_says(struct page *page, enum mail_field field, const char *what);
/* mail_field_key -- the name of its input: "host". */
struct str mail_field_key(enum mail_field field);
struct str mail_safety_text(struct page *page, enum mail_safety safety);
struct str mail_weekday(struct page *page, int day);
bool mail_day_held(struct str days, int day);

#endif
