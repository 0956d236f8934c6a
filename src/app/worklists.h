// SPDX-License-Identifier: Apache-2.0
/* worklists -- make, edit and retire work lists. Each call is one transaction; every change leaves a line in the audit trail.
 */
#ifndef REATIVA_APP_WORKLISTS_H
#define REATIVA_APP_WORKLISTS_H

#include "app/list.h"
#include "store/worklist.h"

enum { WORKLIST_CAPACITY_MOST = 10000, WORKLIST_USERS = 200, WORKLIST_SCRIPT_MOST = 8000 };

struct worklists_wish {
    int64_t id, version; /* 0: a new one */
    struct str name, query, script;
    int64_t capacity;
    struct day starts_on, ends_on;
    int64_t user[WORKLIST_USERS]; /* who works it; none: everybody may */
    size_t users;
    bool retired;
    struct day as_of;
    int64_t user_id; /* who asks */
    struct str who;
    int64_t now_us;
};
/* worklists_put -- INVALID worklist.bad_<field>; CONFLICT worklist.changed: another was first. */
bool worklists_put(struct cx *cx, struct db *db, const struct worklists_wish *wish, struct worklist *out);
bool worklists_find(struct cx *cx, struct db *db, int64_t id, struct worklist *out); /* NOT_FOUND worklist.unknown */
/* worklists_list -- all with their progress, and who works on which. */
bool worklists_list(struct cx *cx, struct db *db, struct day day, struct worklist_board *out);
/* worklists_pick -- add customers by their ids. worklists_drop -- take some away by their codes; what was done on the list stays. *dropped:
 * how many were on it. NOT_FOUND scope.no_customer: a code that nobody has, nobody is taken away then. */
bool worklists_pick(struct cx *cx, struct db *db, int64_t id, const int64_t *customer_id, size_t n, struct str who,
                    int64_t now_us);
bool worklists_drop(struct cx *cx, struct db *db, int64_t id, const struct str *code, size_t n, struct str who,
                    int64_t now_us, int64_t *dropped);

enum { WORKLIST_MEMBERS_SHOWN = 50 };
struct worklists_members {
    struct worklist_member *member;
    size_t n;
    bool more;              /* there is a page behind this one */
    int64_t all, contacted; /* of all pages */
};
/* worklists_members -- customers picked by hand, a page (most 0: all), by code: text in name or code, without accents and capitals. */
bool worklists_members(struct cx *cx, struct db *db, int64_t id, struct str rep, struct str text, struct str after,
                       int64_t most, struct worklists_members *out);
/* worklists_request -- what a list asks, in the words of the customers page (app/portfolio.h). INVALID: a field it cannot read. */
bool worklists_request(struct cx *cx, struct str query, struct day as_of, struct list_request *out);
/* worklists_field -- the field that an error of worklists_put is about; empty: none. */
struct str worklists_field(const struct err *err);
/* worklist_runs -- is it worked on this day? worklist_for -- may this user work it? Nobody named: everybody may. */
bool worklist_runs(const struct worklist *worklist, struct day day);
bool worklist_for(int64_t id, int64_t user_id, const struct worklist_user *user, size_t users);

#endif
