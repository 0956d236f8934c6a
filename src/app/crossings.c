// SPDX-License-Identifier: Apache-2.0
/* crossings -- see the header. */
#include "app/crossings.h"

#include "app/today.h"
#include "app/workdays.h"
#include "store/setting.h"
#include "store/webhook.h"

#define DAY_NOTED S("crossing_day")

static const int64_t DAY_US = INT64_C(86400) * 1000000;

static bool kind_note(struct cx *cx, struct db *db, enum alert_event kind, const struct crossing_look *look,
                      int64_t customers) {
    int64_t n = 0;
    if (!crossing_note(cx, db, kind, look, &n))
        return false;
    bool many = n > CROSSINGS_MOST && n > customers / CROSSINGS_SHARE;
    return !many || crossing_many(cx, db, kind, look);
}

static bool note(struct cx *cx, struct db *db, const struct crossing_look *look, int64_t customers) {
    return kind_note(cx, db, ALERT_BECAME_AT_RISK, look, customers) &&
           kind_note(cx, db, ALERT_BECAME_INACTIVE, look, customers) &&
           kind_note(cx, db, ALERT_REACTIVATED, look, customers);
}

bool crossings_note(struct cx *cx, struct db *db, struct day as_of, bool few, int64_t customers, int64_t now_us) {
    struct crossing_look look = {.from = {as_of.n - CROSSINGS_LATE_DAYS}, .as_of = as_of, .now_us = now_us};
    struct str text;
    struct day noted = DAY_NONE;
    struct workdays workdays;
    bool found, bought = true;
    if (!setting_find(cx, db, DAY_NOTED, &found, &text) || !workdays_read(cx, db, &workdays))
        return false;
    if (found && !day_parse_iso(text, &noted))
        noted = DAY_NONE;
    if (!day_is(noted) && !crossing_bought(cx, db, &bought))
        return false;
    if (!bought)
        return true;
    int64_t tomorrow = now_us / DAY_US + 1; /* no day on earth is further */
    bool ahead = day_is(noted) && noted.n > tomorrow;
    if (as_of.n > tomorrow || (day_is(noted) && !ahead && as_of.n < noted.n))
        return true;
    if (ahead && !crossing_forget(cx, db, as_of)) /* the clock was wrong then */
        return false;
    look.news_from = day_is(noted) ? look.from : today_since(&workdays, as_of);
    char iso[DAY_TEXT];
    bool same_day = day_is(noted) && noted.n == as_of.n;
    return (!few || !same_day || webhook_look_moved(cx, db, &look.moved)) && note(cx, db, &look, customers) &&
           (look.moved || crossing_sweep(cx, db, (struct day){as_of.n - CROSSINGS_KEEP_DAYS})) &&
           (same_day || setting_put(cx, db, DAY_NOTED, (struct str){iso, day_iso(as_of, iso)}));
}
