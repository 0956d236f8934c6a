// SPDX-License-Identifier: Apache-2.0
/* memos -- what the pages of memos show.
 */
#ifndef REATIVA_WEB_COCKPIT_MEMOS_H
#define REATIVA_WEB_COCKPIT_MEMOS_H

#include "app/memos.h"
#include "web/web.h"

enum memos_box { MEMOS_RECEIVED = 0, MEMOS_SENT };
struct memos_view {
    bool sent;
    struct str show; /* which of them: memos_shows */
    struct str search, other;
    bool filtered, further; /* further: older ones than those of the first page */
    struct memos_found found;
    const struct user **user; /* whom one may choose, by name */
    size_t users;
};
struct memo_form_view {
    struct memos_wish *typed;
    struct str aim; /* "people", "all", "role:rep", "team:5", "region:South" */
    struct str day, time;
    bool remind;
    struct memos_names names;
    const struct user **user; /* by name */
    size_t users;
    struct str fault; /* of the form as a whole */
};
struct memo_view {
    struct memos_one one;
    bool mine;               /* the viewer wrote it */
    struct str token, reply; /* of the reply: its form, what was typed */
    struct str fault;
};

/* memos_show_name -- the i-th word of what a box can show, as in an address; NULL: no more. */
const char *memos_show_name(bool sent, size_t i);
struct url memos_address(struct page *page, const struct memos_view *v, const char *path);
struct url memos_older(struct page *page, const struct memos_view *v);
struct str memo_id(struct page *page, int64_t id);
struct str memo_iso(struct page *page, struct day day);
struct str memo_to(struct page *page, const struct memo_row *row);        /* "Bia", "Bia and 2 more", "all reps" */
bool memo_leads(const struct memo_form_view *v, const struct user *user); /* somebody who is there has this manager */
bool memo_named(const struct memo_form_view *v, int64_t user_id);

#endif
