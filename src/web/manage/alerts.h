// SPDX-License-Identifier: Apache-2.0
/* alerts -- what the pages of alert rules show: all of them, one with its form, and who would get what.
 */
#ifndef REATIVA_WEB_MANAGE_ALERTS_H
#define REATIVA_WEB_MANAGE_ALERTS_H

#include "app/alerts.h"
#include "app/views.h"
#include "web/web.h"

struct alerts_view {
    const struct alert **row;
    size_t n, all;
    struct str q, state, sort; /* as asked for */
    struct alerts_board board;
};

/* One rule: as it stands, as it is typed, and what a try found. */
struct alert_view {
    const struct alert *now; /* NULL: a new one */
    struct alerts_wish *wish;
    struct str ahead_days, idle_days, when, at, token;
    struct alerts_board board;
    struct saved_view *saved;
    size_t saveds;
    struct str fault; /* that no field stands for */
    bool other;       /* somebody else was first: what stands now is shown beside */
    bool tried;
    const struct alert_notice *notice;
    size_t notices, people, told; /* people: whom the rule reaches; told: customers they hear of */
};
enum { ALERT_TRY_LINES = 8 }; /* customers of one person that are shown */

/* What the form offers with a time of day: "workdays", "mon". */
extern const char *const alert_whens[]; /* ended by NULL */
bool alert_when_known(struct str when);

struct str alert_word(struct page *page, const char *what, const char *name); /* "alert_page.event_at_risk" */
struct str alert_events_text(struct page *page, const struct alert *alert);
struct str alert_user_name(struct page *page, const struct user *user); /* and whether that one has left */
struct str alert_people_text(struct page *page, const struct alerts_board *board, const struct alert *alert);
struct str alert_when_text(struct page *page, struct str schedule);
struct str alert_state_text(struct page *page, const struct alert *alert);
const char *alert_state_class(const struct alert *alert);
struct url alerts_address(struct page *page, const struct alerts_view *v, const char *path, const char *sort);
const char *alerts_order(const struct alerts_view *v, const char *sort);

/* alert_gateway_gone -- does the rule tell phones by a gateway that is retired? */
bool alert_gateway_gone(const struct alerts_board *board, const struct alert *alert);
/* alert_offers -- is there a way to send by it? */
bool alert_offers(const struct alert_view *v, enum alert_channel channel);
/* alert_ways_text -- how somebody would be told, and how not although the rule says so. */
struct str alert_ways_text(struct page *page, const struct alerts_board *board, const struct alert_notice *notice);
bool alert_names(const struct alert_view *v, int64_t user_id);
/* alert_query_known -- is the filter one of the saved views'? */
bool alert_query_known(const struct alert_view *v);
struct str alert_mark_text(struct page *page, const struct alert_mark *mark);
struct str alert_number(struct page *page, int64_t n);
bool alert_show_page(struct page *page, struct alert_view *v);

#endif
