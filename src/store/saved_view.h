// SPDX-License-Identifier: Apache-2.0
/* saved_view -- lists of customers under a name: what stood after '?' (app/portfolio.h), whose it is, who sees it.
 */
#ifndef REATIVA_STORE_SAVED_VIEW_H
#define REATIVA_STORE_SAVED_VIEW_H

#include "store/db.h"

struct saved_view {
    int64_t id, user_id;
    struct str name, query, owner; /* owner: the name of the user */
    bool shared;
    int64_t made_us, retired_us, version;
    bool pinned, first; /* chosen by who looks */
};

/* saved_view_list -- those that this user sees: their own and the shared ones, retired ones last. */
bool saved_view_list(struct cx *cx, struct db *db, int64_t user_id, struct saved_view **out, size_t *n);
bool saved_view_add(struct cx *cx, struct db *db, struct saved_view *view); /* sets id */
bool saved_view_change(struct cx *cx, struct db *db, const struct saved_view *view,
                       bool *changed); /* false: another was first */
/* saved_view_choose -- for one user; first: no other of theirs is. Within the caller's transaction. */
bool saved_view_choose(struct cx *cx, struct db *db, int64_t user_id, int64_t view_id, bool pinned, bool first);

/* What a view or a work list asks; both are kept as addresses, in which tags stand by name. */
struct saved_query {
    int64_t id;
    struct str query;
};
/* saved_view_queries -- of all views, whosever; saved_view_requery -- another text for the same question: who
 * edits the view meanwhile is told. worklist_queries, worklist_requery -- the same of work lists; of rules of alerts. */
bool saved_view_queries(struct cx *cx, struct db *db, struct saved_query **out, size_t *n);
bool saved_view_requery(struct cx *cx, struct db *db, const struct saved_query *query);
bool worklist_queries(struct cx *cx, struct db *db, struct saved_query **out, size_t *n);
bool worklist_requery(struct cx *cx, struct db *db, const struct saved_query *query);
bool alert_queries(struct cx *cx, struct db *db, struct saved_query **out, size_t *n);
bool alert_requery(struct cx *cx, struct db *db, const struct saved_query *query);

#endif
