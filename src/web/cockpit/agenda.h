// SPDX-License-Identifier: Apache-2.0
/* agenda -- what the agenda shows: what is overdue, then the days of the view.
 */
#ifndef REATIVA_WEB_COCKPIT_AGENDA_H
#define REATIVA_WEB_COCKPIT_AGENDA_H

#include "app/appointment.h"
#include "web/web.h"

enum { AGENDA_DAYS = 7, AGENDA_OVERDUE = 100, AGENDA_MOST = 500 };

struct agenda_day {
    struct day day;
    const char *weekday; /* agenda.weekday_<name> */
    const struct appointment_row *row;
    size_t n;
};
struct agenda_view {
    bool week;
    struct day day, before, after;
    const struct appointment_row *overdue;
    size_t overdues;
    struct agenda_day days[AGENDA_DAYS];
    size_t n;
    struct str code;  /* of a customer, for a new appointment */
    struct str token; /* of its form */
    bool making;      /* the fault is of a new one */
    struct str fault; /* why what was sent did not happen */
    int64_t fault_id; /* at which appointment */
    struct str typed_day, typed_time;
};

/* What the template shows of one. */
struct str agenda_time(struct page *page, const struct appointment *a); /* "09:30"; any time: a word */
struct str agenda_channel(struct page *page, const struct appointment *a);
struct str agenda_iso(struct page *page, struct day day);
struct str agenda_clock(struct page *page, const struct appointment *a); /* "09:30" or empty: for a field */
/* agenda_minute -- "09:30" of a field; false: not a time of day. Empty is any time. */
bool agenda_minute(struct str text, int *minute);

#endif
