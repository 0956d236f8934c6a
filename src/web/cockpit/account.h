// SPDX-License-Identifier: Apache-2.0
/* account -- what the pages of one's own account show.
 */
#ifndef REATIVA_WEB_COCKPIT_ACCOUNT_H
#define REATIVA_WEB_COCKPIT_ACCOUNT_H

#include "app/users.h"
#include "base/qr.h"
#include "web/web.h"

/* The calendar feed answers here, by the token after it. */
#define ACCOUNT_FEED "/agenda/feed/"

struct account_view {
    const struct session *session;
    size_t sessions;
    bool ask_old; /* to change the password, the one there is */
    bool feeds;   /* this program has calendar feeds */
    bool feed_on;
    struct str feed; /* its address, shown this time only */
};
struct str account_browser(struct page *page, struct str agent); /* "Firefox · Linux" */
bool account_is_here(const struct page *page, const struct session *session);

struct factor_view {
    struct str secret, grouped; /* grouped: in fours, to be typed */
    struct qr code;
};

#endif
