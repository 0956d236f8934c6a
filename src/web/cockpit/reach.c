// SPDX-License-Identifier: Apache-2.0
/* reach -- see the header. */
#include "web/cockpit/reach.h"

#include "base/text.h"

struct str reach_why(struct page *page, const struct reach_bar *bar) {
    struct str key = cx_text(page->cx, "reach.why_%s", suppression_source_name(bar->source));
    struct str why = page_text(page, key, html_arg(page, bar->since), bar->state);
    if (!day_is(bar->until))
        return why;
    return cx_text(page->cx, "%.*s %.*s", STR_ARG(why),
                   STR_ARG(page_text(page, S("reach.until"), html_arg(page, bar->until))));
}

const struct reach_bar *reach_bar_of(const struct reach *reach, int64_t person_id, enum reach_channel channel) {
    const struct reach_way *way = reach_of(reach, person_id);
    return way != NULL && way->by[channel].barred ? &way->by[channel] : NULL;
}

struct str reach_pressure(struct page *page, const struct reach *reach) {
    const struct pressure *p = &reach->pressure;
    if (!p->reached)
        return (struct str){0};
    return page_text(page, S("reach.pressure"), text_int(page->arena, page->lang, p->contacts),
                     text_int(page->arena, page->lang, reach->limit.days), html_arg(page, p->next));
}

struct str reach_basis(struct page *page, const struct person *person) {
    bool yes = person->consent_phone == CONSENT_YES || person->consent_email == CONSENT_YES;
    bool no = person->consent_phone == CONSENT_NO && person->consent_email == CONSENT_NO;
    return page_text(page, yes ? S("reach.basis_consent") : no ? S("reach.basis_none") : S("reach.basis_interest"));
}
