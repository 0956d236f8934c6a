// SPDX-License-Identifier: Apache-2.0
/* worklist -- what the pages of work lists show.
 */
#ifndef REATIVA_WEB_COCKPIT_WORKLIST_H
#define REATIVA_WEB_COCKPIT_WORKLIST_H

#include "app/queue.h"
#include "app/users.h"
#include "app/worklists.h"
#include "web/web.h"

struct worklist_list_view {
    struct str q, state, sort;
    const struct worklist_row **row;
    size_t n, all;
    const struct worklist_user *user;
    size_t users;
};

/* One list: its form, and how far it is. */
struct worklist_view {
    struct worklist worklist;
    struct str capacity, starts_on, ends_on; /* as typed */
    const struct user *user;                 /* who could work it */
    size_t users;
    const int64_t *works; /* ids of who does */
    size_t workers;
    struct contact_tally all, day;
    int64_t left;
    bool may_edit, conflict;
};

struct url worklist_address(struct page *page, const struct worklist_list_view *v, const char *path, const char *sort);
const char *worklist_sorted(const struct worklist_list_view *v, const char *sort);
struct str worklist_people(struct page *page, const struct worklist_list_view *v, int64_t id);
/* worklist_figures -- may this person see what all together did? A rep sees their own portfolio and nothing else. */
bool worklist_figures(const struct page *page);
bool worklist_works(const struct worklist_view *v, int64_t user_id);

#endif
