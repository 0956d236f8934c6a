// SPDX-License-Identifier: Apache-2.0
/* members -- what the page of the customers picked by hand for a work list shows.
 */
#ifndef REATIVA_WEB_COCKPIT_MEMBERS_H
#define REATIVA_WEB_COCKPIT_MEMBERS_H

#include "app/worklists.h"
#include "web/web.h"

struct members_view {
    struct worklist worklist;
    struct worklists_members found;
    struct str q, after, fault;
    bool may_drop;
};

/* members_address -- the list behind a code (empty: from the first), as it is searched. */
struct url members_address(struct page *page, const struct members_view *v, const char *ending, struct str after);
struct url members_customer(struct page *page, const struct worklist_member *m);
/* members_state -- how far this list is with one, in words. */
struct str members_state(struct page *page, const struct worklist_member *m);

#endif
