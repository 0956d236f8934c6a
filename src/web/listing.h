// SPDX-License-Identifier: Apache-2.0
/* listing -- what lists that a company edits have in common: an order by a column and back, and an address that keeps what is
 * looked at. In an address "sort=name" is from A on, "sort=-name" the other way round; without it the first column rules.
 */
#ifndef REATIVA_WEB_LISTING_H
#define REATIVA_WEB_LISTING_H

#include "web/web.h"

/* listing_column -- the column of a sort as asked for. listing_down -- the other way round? */
struct str listing_column(struct str sort);
bool listing_down(struct str sort);
/* listing_order -- aria-sort of a column's head; first: the column that rules when none is asked for. */
const char *listing_order(struct str sort, const char *first, const char *column);
/* listing_turned -- the sort behind a column's head: by it, or the other way round where it rules (as listing_order says);
 * column NULL: as it is. */
struct str listing_turned(struct page *page, struct str sort, const char *first, const char *column);
/* listing_address -- a path of ours with those parts that are not empty. */
struct url listing_address(struct page *page, const char *path, const struct http_field *part, size_t n);

/* listing_holds -- does a text hold what is searched for (folded by str_fold)? Nothing is in every text. */
bool listing_holds(struct page *page, struct str text, struct str folded);

struct listing_key {
    int64_t number; /* first by it, then by the text, then as it came */
    struct str text;
    const void *row;
};
void listing_sort(struct listing_key *key, size_t n, bool down);

#endif
