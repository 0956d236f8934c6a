// SPDX-License-Identifier: Apache-2.0
/* reach -- whether somebody may be contacted, in the page's words.
 */
#ifndef REATIVA_WEB_COCKPIT_REACH_H
#define REATIVA_WEB_COCKPIT_REACH_H

#include "app/reach.h"
#include "web/web.h"

/* reach_why -- the sentence of an address that is barred. */
struct str reach_why(struct page *page, const struct reach_bar *bar);
/* reach_bar_of -- why a person's (0: the customer's own) address may not be used by this channel; NULL: it may. */
const struct reach_bar *reach_bar_of(const struct reach *reach, int64_t person_id, enum reach_channel channel);
/* reach_pressure -- "3 contacts in 7 days: ..."; empty: the limit is not reached, or there is none. */
struct str reach_pressure(struct page *page, const struct reach *reach);
/* reach_basis -- what the law lets us contact somebody by, from the answers kept with them. */
struct str reach_basis(struct page *page, const struct person *person);

#endif
