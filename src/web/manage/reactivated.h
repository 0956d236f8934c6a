// SPDX-License-Identifier: Apache-2.0
/* reactivated -- what the page of who came back shows; all of it stands in its address. */
#ifndef REATIVA_WEB_MANAGE_REACTIVATED_H
#define REATIVA_WEB_MANAGE_REACTIVATED_H

#include "app/labels.h"
#include "app/reactivated.h"
#include "web/manage/period.h"

enum { REACTIVATED_LINES = 50 };

struct reactivated_view {
    struct reactivated_wish wish;
    struct reactivated found;
    struct period period;
    struct str by, sort; /* contact, alone, a user's number, or empty; a column, with - before it from the end */
    const struct reactivated_row **row; /* all of them in the order asked for */
    size_t first, last, page, pages;    /* of the page at hand: rows first to last - 1, page 1 to pages */
};

/* reactivated_address -- the page (or its files) as it is asked for; sort, NULL: as it is, else turned by this column. */
struct url reactivated_address(struct page *page, const struct reactivated_view *v, const char *path, const char *sort);
struct url reactivated_around(struct page *page, const struct reactivated_view *v, struct day day);
struct url reactivated_page_at(struct page *page, const struct reactivated_view *v, size_t number);
const char *reactivated_order(const struct reactivated_view *v, const char *sort);

#endif
