// SPDX-License-Identifier: Apache-2.0
/* notices -- what the pages of one's own messages show.
 */
#ifndef REATIVA_WEB_COCKPIT_NOTICES_H
#define REATIVA_WEB_COCKPIT_NOTICES_H

#include "app/notices.h"
#include "web/web.h"

struct notices_view {
    struct str q, show, sort; /* parts of the address; show "unread": only those */
    const struct notice **notice;
    size_t n, all, unread;
};
struct url notices_address(struct page *page, const struct notices_view *v, const char *path, const char *sort);
const char *notices_order(const struct notices_view *v, const char *sort);

struct notice_view {
    const struct message *message;
    struct message_body body;
    bool there; /* what it says is still kept */
};

#endif
