// SPDX-License-Identifier: Apache-2.0
/* overview -- how the customers stand, on one page; every figure leads to the customers behind it.
 */
#include "web/manage/figures.h"
#include "web/manage/manage.h"
#include "web/pages.h"

enum { OVERVIEW_MONTHS = 24 };

static struct str iso(struct page *page, struct day day) {
    char text[DAY_TEXT];
    return str_copy(page->arena, (struct str){text, day_iso(day, text)});
}

static void figures_fill(struct page *page, struct overview_view *v) {
    const struct overview *o = &v->overview;
    for (int i = 0; i < STATUS_COUNT; i++) {
        v->status_name[i] = status_name((enum status)i);
        v->status[i] = (struct figure){o->status[i], figures_address(page, "/customers?status=%s", v->status_name[i])};
    }
    v->at_risk = v->status[STATUS_AT_RISK];
    v->crossed = (struct figure){o->total.crossed,
                                 figures_address(page, "/customers?status=at_risk&due_from=%.*s&due_to=%.*s",
                                                 STR_ARG(iso(page, o->week_from)), STR_ARG(iso(page, o->as_of)))};
    v->recovered =
        (struct figure){o->recovered, figures_address(page, "/customers?recovered_from=%.*s&recovered_to=%.*s",
                                                      STR_ARG(iso(page, o->month_from)), STR_ARG(iso(page, o->as_of)))};
    v->quiet = (struct figure){
        o->total.quiet, figures_address(page, "/customers?status=at_risk&not_contacted_for=%d", VOLUME_QUIET_DAYS)};
}

bool overview_show(struct page *page) {
    struct overview_view *v = arena_new(page->arena, struct overview_view, 1);
    if (!overview_look(page->cx, page->db, page->as_of, &v->overview))
        return false;
    figures_fill(page, v);
    v->months = figures_months(page, v->overview.month, v->overview.months, OVERVIEW_MONTHS);
    page_top(page, page_text(page, S("menu.overview")));
    overview_page(page, v);
    page_bottom(page);
    return true;
}
