// SPDX-License-Identifier: Apache-2.0
/* transfer -- what the pages of transfers show: the form before one is made, all of them, and one. */
#ifndef REATIVA_WEB_MANAGE_TRANSFER_H
#define REATIVA_WEB_MANAGE_TRANSFER_H

#include "app/transfers.h"
#include "web/cockpit/customers.h"

struct transfer_form {
    const struct customers_act *of;
    struct transfers_preview preview;
    struct str rep, day, today, reason, token;
    bool new_rep, appointments, worklists;
};
struct transfers_view {
    struct transfer *transfer;
    size_t n;
    struct str text; /* only those that hold it */
};
struct transfer_view {
    struct transfer transfer;
    struct transfer_member *member;
    size_t members;  /* of this page */
    struct url next; /* the ones behind; of nothing: these are the last */
};

/* transfer_ask -- the form, with what would go; shown for what was chosen in a list of customers. */
bool transfer_ask(struct page *page, const struct customers_act *of, const struct bulk_wish *wish);
struct str transfer_state_text(struct page *page, enum transfer_state state);
const char *transfer_badge(enum transfer_state state);

#endif
