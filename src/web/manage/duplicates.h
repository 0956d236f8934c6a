// SPDX-License-Identifier: Apache-2.0
/* duplicates -- what the pages of customers that may be one show: groups, a few side by side, what was decided.
 */
#ifndef REATIVA_WEB_MANAGE_DUPLICATES_H
#define REATIVA_WEB_MANAGE_DUPLICATES_H

#include "app/duplicates.h"
#include "base/limits.h"
#include "web/web.h"

enum { DUPLICATES_LINES = 30, DUPLICATES_SHOWN = 10, DUPLICATES_ROWS = 26, DUPLICATES_DECISIONS = 200 };

extern const char *const duplicates_kinds[7]; /* values of the filter; the first: all that are likely */
extern const char *const duplicates_sorts[3];

struct duplicates_view {
    struct duplicates_wish wish;
    struct duplicates_groups found;
    struct str kind, sort;
    size_t page, pages, first, last;
};

/* A line of the comparison. */
struct duplicates_line {
    struct str title, value[DUPLICATE_SIDES];
    bool differs;
};
struct duplicates_compare {
    struct duplicates_sides sides;
    struct duplicates_line line[DUPLICATES_ROWS];
    size_t lines;
    struct str main; /* which is offered to stay */
    struct str fault;
    bool reps; /* they are of several */
};

struct duplicates_decided_view {
    struct str q;
    struct duplicates_decided found;
};

struct str duplicates_strength(struct page *page, int32_t strength_e4);
const char *duplicates_badge(int32_t strength_e4);
struct str duplicates_word(struct page *page, int32_t strength_e4);
bool duplicates_kind_holds(unsigned kinds, size_t bit); /* is that evidence, and worth a word? */
struct str duplicates_kind_word(struct page *page, size_t bit);
struct str duplicates_tax(struct page *page, struct str tax_id);
struct url duplicates_compare_address(struct page *page, const struct duplicates_group *group);
struct url duplicates_address(struct page *page, const struct duplicates_view *v, const char *path, size_t number);

#endif
