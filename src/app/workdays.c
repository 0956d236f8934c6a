// SPDX-License-Identifier: Apache-2.0
/* workdays -- see the header. */
#include "app/workdays.h"

#include "core/setting.h"

void workdays_of(struct cx *cx, const struct holiday_kept *kept, struct workdays *out) {
    struct str tidy;
    *out = (struct workdays){.week = WEEK_USUAL, .local = kept->holiday, .n = kept->n};
    if (!setting_tidy(cx->arena, SETTING_WORKDAYS, kept->week, &tidy))
        tidy = str_from(setting_defs[SETTING_WORKDAYS].usual);
    (void)weekdays_parse(tidy, &out->week);
    if (!setting_tidy(cx->arena, SETTING_COUNTRY, kept->country, &tidy))
        tidy = str_from(setting_defs[SETTING_COUNTRY].usual);
    out->country = str_equal(tidy, S("br")) ? COUNTRY_BR : COUNTRY_NONE;
}

bool workdays_read(struct cx *cx, struct db *db, struct workdays *out) {
    struct holiday_kept kept;
    if (!holiday_workdays(cx, db, &kept))
        return false;
    workdays_of(cx, &kept, out);
    return true;
}
