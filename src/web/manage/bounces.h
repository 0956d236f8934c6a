// SPDX-License-Identifier: Apache-2.0
/* bounces -- what the page of mail that came back shows. */
#ifndef REATIVA_WEB_MANAGE_BOUNCES_H
#define REATIVA_WEB_MANAGE_BOUNCES_H

#include "app/bounces.h"
#include "web/web.h"

struct bounces_view {
    struct str q;
    int end; /* enum bounce_end; 0: any */
    bool filtered, further;
    struct bounces_found found;
};

/* bounce_text -- "no such address", of a report that is believed; else what kind of mail it is. */
struct str bounce_text(struct page *page, const struct bounce_row *row);
struct str bounce_end_text(struct page *page, enum bounce_end end);
const char *bounce_end_class(enum bounce_end end);
struct url bounces_csv(struct page *page, const struct bounces_view *v);
struct url bounces_older(struct page *page, const struct bounces_view *v);
struct url bounces_first(struct page *page, const struct bounces_view *v);

void bounces_page(struct page *page, const struct bounces_view *v);
void bounces_of_page(struct page *page, const struct bounce_row *row, size_t n);

#endif
