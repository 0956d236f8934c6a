// SPDX-License-Identifier: Apache-2.0
/* workdays -- see the header. */
#include "app/workdays.h"

#include "core/setting.h"
#include "store/holiday.h"

bool workdays_read(struct cx *cx, struct db *db, struct workdays *out) {
    struct str week, country, tidy;
    struct holiday *local;
    *out = workdays_usual;
    if (!holiday_workdays(cx, db, &week, &country, &local, &out->n))
        return false;
    out->local = local;
    if (!setting_tidy(cx->arena, SETTING_WORKDAYS, week, &tidy))
        tidy = str_from(setting_defs[SETTING_WORKDAYS].usual);
    (void)weekdays_parse(tidy, &out->week);
    if (!setting_tidy(cx->arena, SETTING_COUNTRY, country, &tidy))
        tidy = str_from(setting_defs[SETTING_COUNTRY].usual);
    out->country = str_equal(tidy, S("br")) ? COUNTRY_BR : COUNTRY_NONE;
    return true;
}
