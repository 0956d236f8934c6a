// SPDX-License-Identifier: Apache-2.0
/* views -- saved views of the customers list: one's own, and those that a manager shares with everybody.
 */
#ifndef REATIVA_APP_VIEWS_H
#define REATIVA_APP_VIEWS_H

#include "store/saved_view.h"

enum { VIEW_NAME_MOST = 100, VIEWS_MOST = 200 }; /* bytes of a name; views of one user */

struct views_wish {
    int64_t id, version; /* 0: a new one */
    int64_t user_id;
    bool may_share; /* PERM_VIEW_SHARE: shares, and edits what others share */
    struct str name, query;
    bool keep_query; /* of an edit: as it was */
    bool shared, retired;
    struct str who;
    int64_t now_us;
};
/* views_list -- as saved_view_list, in a transaction of its own. */
bool views_list(struct cx *cx, struct db *db, int64_t user_id, struct saved_view **out, size_t *n);
/* views_find -- NOT_FOUND for what this user does not see. */
bool views_find(struct cx *cx, struct db *db, int64_t user_id, int64_t id, struct saved_view *out);
/* views_put -- INVALID: no name, a query that is none; FORBIDDEN: another's, or to share without the right; CONFLICT: changed by
 * another since, or the user has one of that name (the same name and query again: the one that is there). */
bool views_put(struct cx *cx, struct db *db, const struct views_wish *wish, struct saved_view *out);
/* views_choose -- pinned: shown at the top; first: /customers opens with it. NOT_FOUND as views_find. */
bool views_choose(struct cx *cx, struct db *db, int64_t user_id, int64_t id, bool pinned, bool first);

#endif
