// SPDX-License-Identifier: Apache-2.0
/* webhooks -- what the pages of webhooks show: all of them, and one with its deliveries.
 */
#ifndef REATIVA_WEB_MANAGE_WEBHOOKS_H
#define REATIVA_WEB_MANAGE_WEBHOOKS_H

#include "app/webhooks.h"
#include "web/web.h"

enum { WEBHOOK_LINES = 50 };

struct webhooks_view {
    const struct webhook **row;
    size_t n, all;
    struct str q, state; /* as asked for */
};

struct webhook_view {
    struct webhook webhook; /* as it stands; id 0: a new one */
    struct str name, url;   /* as typed */
    unsigned topics;
    int64_t version;
    struct str fault;  /* that no field stands for */
    bool other;        /* somebody else was first: what stands now is shown beside */
    struct str secret; /* just made, shown this once */
    const struct delivery *delivery;
    size_t n;
    int64_t older; /* event to go on before; 0: these are all */
    enum delivery_state state;
};
extern const char *const webhook_filters[DELIVERY_STATES]; /* "all", "due", "taken", "given_up" */

bool webhook_asks(unsigned topics, enum webhook_topic topic);
struct str webhook_topic_text(struct page *page, enum webhook_topic topic);
struct str webhook_origin(const struct webhook *webhook);
/* webhook_state_text -- "in use", "paused"; webhook_state_class -- of its badge. */
struct str webhook_state_text(struct page *page, const struct webhook *webhook);
const char *webhook_state_class(const struct webhook *webhook);
struct str delivery_state_text(struct page *page, const struct webhook *webhook, const struct delivery *delivery);
const char *delivery_state_class(const struct delivery *delivery);
/* delivery_answer_text -- "500" or why there was none; empty: not tried yet. */
struct str delivery_answer_text(struct page *page, const struct delivery *delivery);
struct str delivery_status_text(struct page *page, int64_t status);
struct url webhook_older(struct page *page, const struct webhook_view *v);
struct url webhooks_csv(struct page *page, const struct webhooks_view *v);

#endif
