// SPDX-License-Identifier: Apache-2.0
/* outbox -- what the pages of the outbox show: messages by state, and one.
 */
#ifndef REATIVA_WEB_MANAGE_OUTBOX_H
#define REATIVA_WEB_MANAGE_OUTBOX_H

#include "app/bounces.h"
#include "app/outbox.h"
#include "app/outbox_desk.h"
#include "web/web.h"

enum { OUTBOX_LINES = 50 };

struct outbox_view {
    struct message_filter filter;
    struct str q, to; /* as asked for; to: "user:5", "customer:88" */
    struct message_line line[OUTBOX_LINES + 1];
    size_t n;
    bool more, filtered, further;
    struct outbox_found found;
};

/* All that fit, before and after. */
struct outbox_all_view {
    struct outbox_view list; /* its filter, and what is wanted of the addresses */
    bool off, done;
    int64_t n, upto;
    struct outbox_all_done went;
};

struct outbox_one_view {
    struct outbox_one one;
    struct bounce_row *bounce; /* what came back of it */
    size_t bounces;
    struct str fault; /* why what was asked for was not done */
};

struct str outbox_state_text(struct page *page, enum message_state state);
const char *outbox_state_class(enum message_state state);
struct str outbox_kind_text(struct page *page, enum message_kind kind);
struct str outbox_channel_text(struct page *page, enum message_channel channel);
struct str outbox_to_text(struct page *page, const struct message *m); /* a name, or else the address */
/* outbox_why_text -- why it stands as it stands, and the server's words. */
struct str outbox_why_text(struct page *page, const struct message *m);
struct str outbox_count_text(struct page *page, int64_t n); /* "12", "10,000+" */
struct url outbox_csv(struct page *page, const struct outbox_view *v);
struct url outbox_turned(struct page *page, const struct outbox_view *v); /* the other order */
/* outbox_all_url -- of the page that asks before all that fit are sent again, or called off. outbox_may_all: could there be any? */
struct url outbox_all_url(struct page *page, const struct outbox_view *v, bool off);
bool outbox_may_all(const struct outbox_view *v, bool off);
struct url outbox_further(struct page *page, const struct outbox_view *v);
struct url outbox_first(struct page *page, const struct outbox_view *v);
struct url outbox_shown(struct page *page, const struct message *m);

#endif
