// SPDX-License-Identifier: Apache-2.0
/* calendar -- see the header. Must not read a clock or a zone: what an event says is all there is. libical escapes and folds. */
#include "format/calendar.h"

#include <libical/ical.h>

#include "base/text.h"

enum { MICROSECONDS = 1000000, DAY_SECONDS = 86400 };

/* libical takes texts that end in NUL and would write other control characters as they are. */
static const char *text(struct cx *cx, struct str s) {
    return str_terminated(cx->arena, text_clean(cx->arena, s));
}

static struct icaltimetype day_time(struct day day) {
    struct icaltimetype time = icaltime_null_date();
    day_split(day, &time.year, &time.month, &time.day);
    return time;
}

static struct icaltimetype moment(int64_t us) {
    int64_t s = us / MICROSECONDS - (us % MICROSECONDS < 0), of_day = (s % DAY_SECONDS + DAY_SECONDS) % DAY_SECONDS;
    struct icaltimetype time = day_time((struct day){(int32_t)((s - of_day) / DAY_SECONDS)});
    time.is_date = 0;
    time.hour = (int)(of_day / 3600);
    time.minute = (int)(of_day / 60 % 60);
    time.second = (int)(of_day % 60);
    time.zone = icaltimezone_get_utc_timezone();
    return time;
}

static icalcomponent *alarm_make(struct cx *cx, const struct calendar_event *event) {
    struct icaltriggertype trigger = {.time = icaltime_null_time(), .duration = icaldurationtype_null_duration()};
    trigger.duration.is_neg = 1;
    trigger.duration.minutes = (unsigned)event->warn_before;
    return icalcomponent_vanew(ICAL_VALARM_COMPONENT, icalproperty_new_action(ICAL_ACTION_DISPLAY),
                               icalproperty_new_trigger(trigger), icalproperty_new_description(text(cx, event->title)),
                               (void *)0);
}

static icalcomponent *event_make(struct cx *cx, const struct calendar_event *event) {
    bool timed = event->from_us != 0;
    int64_t until_us = event->from_us + (int64_t)event->minutes * 60 * MICROSECONDS;
    icalcomponent *made = icalcomponent_vanew(
        ICAL_VEVENT_COMPONENT, icalproperty_new_uid(text(cx, event->uid)),
        icalproperty_new_dtstamp(moment(event->changed_us)), icalproperty_new_sequence((int)event->version),
        icalproperty_new_dtstart(timed ? moment(event->from_us) : day_time(event->day)),
        icalproperty_new_dtend(timed ? moment(until_us) : day_time((struct day){event->day.n + 1})),
        icalproperty_new_summary(text(cx, event->title)), (void *)0);
    if (made == NULL)
        return NULL;
    if (event->about.n > 0)
        icalcomponent_add_property(made, icalproperty_new_description(text(cx, event->about)));
    if (event->place.n > 0)
        icalcomponent_add_property(made, icalproperty_new_location(text(cx, event->place)));
    if (event->url.n > 0)
        icalcomponent_add_property(made, icalproperty_new_url(text(cx, event->url)));
    if (event->warn_before >= 0 && timed)
        icalcomponent_add_component(made, alarm_make(cx, event));
    return made;
}

/* What calendars show as its name stands outside the standard. */
static icalproperty *name_make(struct cx *cx, struct str name) {
    icalproperty *property = icalproperty_new_x(text(cx, name));
    icalproperty_set_x_name(property, "X-WR-CALNAME");
    return property;
}

bool calendar_write(struct cx *cx, struct str name, const struct calendar_event *event, size_t n, struct buf *to) {
    icalcomponent *whole = icalcomponent_vanew(
        ICAL_VCALENDAR_COMPONENT, icalproperty_new_version("2.0"), icalproperty_new_prodid("-//Reativa//Agenda//PT"),
        icalproperty_new_method(ICAL_METHOD_PUBLISH), name_make(cx, name), (void *)0);
    bool good = whole != NULL;
    for (size_t i = 0; i < n && good; i++) {
        icalcomponent *made = event_make(cx, &event[i]);
        good = made != NULL;
        if (good)
            icalcomponent_add_component(whole, made);
    }
    char *written = good ? icalcomponent_as_ical_string_r(whole) : NULL;
    if (written != NULL)
        buf_put(to, str_from(written));
    icalmemory_free_buffer(written);
    if (whole != NULL)
        icalcomponent_free(whole);
    return written != NULL || cx_fail(cx, ERR_LIMIT, S("calendar.no_memory"));
}
