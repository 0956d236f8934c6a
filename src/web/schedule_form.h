// SPDX-License-Identifier: Apache-2.0
/* schedule_form -- the fields of a schedule, for every form that has one: template schedule_fields, in templates/manage/schedule.html.
 */
#ifndef REATIVA_WEB_SCHEDULE_FORM_H
#define REATIVA_WEB_SCHEDULE_FORM_H

#include "core/schedule.h"
#include "web/web.h"

/* As typed, so that what was wrong comes back. */
struct schedule_form {
    struct str kind; /* "daily" */
    struct str at, month_day, every;
    unsigned week;
};
extern const char *const schedule_kinds[]; /* in the order of the list; NULL ends it */

struct schedule_form schedule_form_of(struct page *page, const struct schedule *schedule);
/* schedule_form_read -- what was typed, and as it is kept; false: a fault stands at its field ("schedule_kind", "schedule_at",
 * "schedule_week", "schedule_day", "schedule_every"). */
bool schedule_form_read(struct page *page, struct schedule_form *out, struct str *kept);
/* schedule_words -- what is kept, in words; what is none of ours is given back as it is. */
struct str schedule_words(struct page *page, struct str kept);
struct str schedule_weekday(struct page *page, int day); /* 0: Mondays */

#endif
