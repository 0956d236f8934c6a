// SPDX-License-Identifier: Apache-2.0
/* actions -- what the pages of what is done about reasons and objections show.
 */
#ifndef REATIVA_WEB_MANAGE_ACTIONS_H
#define REATIVA_WEB_MANAGE_ACTIONS_H

#include "app/actions.h"
#include "web/web.h"

struct actions_view {
    struct actions_look look;
    struct str show; /* open, finished, retired, all */
    struct actions_found found;
    const struct action_row **row; /* in the order asked for */
    struct str sort;
    bool filtered;
};
struct action_form_view {
    struct action typed; /* as it stands in the form; id 0: a new one */
    struct contacts_names names;
    const struct action_row *row; /* of an old one: its cause and effect; NULL: a new one */
    struct str fault;             /* of the form as a whole */
    const struct action *now;     /* somebody else was first: what is kept; NULL: nobody */
};
enum { ACTIONS_SHOWS = ACTIONS_ALL + 1 };
extern const char *const actions_shows[ACTIONS_SHOWS];

struct url actions_address(struct page *page, const struct actions_view *v, const char *path, const char *sort);
const char *actions_order(const struct actions_view *v, const char *sort);
struct url action_form_url(struct page *page, const struct action_form_view *v);
struct str action_state(struct page *page, enum action_state state);
struct str action_day(struct page *page, struct day day); /* as a form wants it; none: empty */
struct str action_id(struct page *page, int64_t id);
struct str action_cause(struct page *page, const struct action_row *row); /* "Objection: too dear" */
/* action_effect_said -- how often the cause was heard before and since; empty: not done yet. */
struct str action_effect_said(struct page *page, const struct action_row *row);
struct str action_effect_short(struct page *page, const struct action_row *row);

#endif
