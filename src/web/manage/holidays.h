// SPDX-License-Identifier: Apache-2.0
/* holidays -- what the pages of holidays show: a year, the company's own, and one in its form.
 */
#ifndef REATIVA_WEB_MANAGE_HOLIDAYS_H
#define REATIVA_WEB_MANAGE_HOLIDAYS_H

#include "app/holidays.h"
#include "web/web.h"

/* A line of the list: a day of the year, or one of the company's own in any year. */
struct holidays_line {
    struct day day; /* DAY_NONE: in no year asked for */
    struct str name, when;
    const struct holiday_row *own; /* NULL: national */
    bool worked, rest_day;         /* rest_day: it falls on a day that is not worked anyway */
};
struct holidays_view {
    struct holidays all;
    struct holidays_line *line;
    size_t n, own; /* own: how many the company has in use */
    int year;
    struct str q, show, sort; /* show: "" the year, "own", "retired" */
};

enum { HOLIDAY_WHENS = 6 };
extern const char
    *const holiday_whens[HOLIDAY_WHENS]; /* what a form offers: "once", "yearly", and four that move with Easter */
struct holiday_view {
    int64_t id, version;
    struct str name, when, day, token; /* as typed */
    bool worked;
    const struct holiday_row *now; /* where somebody else was first: what stands */
    struct holiday_row row;        /* as it stands; id 0: a new one */
    struct str fault;
};

struct url holidays_address(struct page *page, const struct holidays_view *v, const char *path, const char *sort,
                            int year);
struct str holidays_year(struct page *page, int year); /* without a mark at the thousands */
const char *holidays_order(const struct holidays_view *v, const char *sort);
struct str holiday_when_text(struct page *page, const struct holiday *holiday);
struct str holiday_weekday(struct page *page, struct day day);
struct url holiday_form_url(struct page *page, const struct holiday_view *v);

#endif
