// SPDX-License-Identifier: Apache-2.0
/* settings -- what the page of the company's settings shows.
 */
#ifndef REATIVA_WEB_COCKPIT_SETTINGS_H
#define REATIVA_WEB_COCKPIT_SETTINGS_H

#include "app/settings.h"
#include "core/holiday.h"
#include "web/web.h"

struct settings_view {
    struct settings_line line[SETTING_COUNT];
    bool typing; /* what was typed for one of them could not be kept */
    enum setting typed_of;
    struct str typed, fault;
};

/* settings_says -- a text of one: "name", "about", "unit". */
struct str settings_says(struct page *page, enum setting setting, const char *what);
/* settings_bounds -- what may be typed, and what holds usually, in a sentence. */
struct str settings_bounds(struct page *page, enum setting setting);
/* settings_value -- as people read it: "1, 3, 7 days"; nothing typed: the word for it. */
struct str settings_value(struct page *page, enum setting setting, struct str value);
struct str settings_weekday(struct page *page, int day);
/* settings_week_holds -- is this day of the week (0 Monday) in the text? settings_choice_text -- a choice in words. */
bool settings_week_holds(struct str value, int day);
struct str settings_choice_text(struct page *page, enum setting setting, struct str word);

#endif
