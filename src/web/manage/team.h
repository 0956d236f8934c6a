// SPDX-License-Identifier: Apache-2.0
/* team -- what the pages of the team show: a line a rep, and one rep's portfolio. */
#ifndef REATIVA_WEB_MANAGE_TEAM_H
#define REATIVA_WEB_MANAGE_TEAM_H

#include "app/team.h"
#include "app/transfers.h"
#include "web/manage/figures.h"

struct team_view {
    struct team team;
    struct str sort, text;       /* a column, with - before it from the end; only who holds this text */
    const struct team_row **row; /* those shown, in the order asked for */
    size_t n;
    struct team_row total; /* of those */
};
struct team_one_view {
    struct team_one one;
    const struct team_row *row;
    struct str query;          /* of the list of this portfolio */
    struct transfer *transfer; /* to and from, the newest first */
    size_t transfers;
};

struct url team_address(struct page *page, const struct team_view *v, const char *path, const char *sort);
const char *team_order(const struct team_view *v, const char *sort);
/* team_cell -- a figure as text; empty: there is none. */
struct str team_cell(struct page *page, const struct team_row *row, const struct team_column *column);
/* team_to -- the list of customers behind a figure, of this rep; code empty: of everybody. An address of nothing: there is no such list. */
struct url team_to(struct page *page, const struct team *team, struct str code, const struct team_column *column);
/* team_part_to -- the customers of a rep with this segment, region or class. */
struct url team_part_to(struct page *page, struct str code, const char *field, struct str part);

#endif
