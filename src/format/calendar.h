// SPDX-License-Identifier: Apache-2.0
/* calendar -- events as phones and desks read them (iCalendar, RFC 5545), by libical.
 *
 * Moments are written in UTC, whole days as days, so that no table of time zones has to travel with them.
 */
#ifndef REATIVA_FORMAT_CALENDAR_H
#define REATIVA_FORMAT_CALENDAR_H

#include "base/buf.h"
#include "base/cx.h"
#include "base/day.h"

struct calendar_event {
    struct str uid;      /* the same for the same event for ever, unique in the world */
    int64_t version;     /* of this event: larger when it was changed */
    int64_t changed_us;  /* microseconds UTC */
    struct day day;      /* when from_us is 0: all of this day */
    int64_t from_us;     /* microseconds UTC; 0: no time of day */
    int32_t minutes;     /* how long */
    int32_t warn_before; /* minutes; below 0: no alarm */
    struct str title, about, place, url;
};

/* calendar_write -- a whole calendar of these events to `to`. Control characters in texts become blanks. LIMIT: no memory. */
bool calendar_write(struct cx *cx, struct str name, const struct calendar_event *event, size_t n, struct buf *to);

#endif
