// SPDX-License-Identifier: Apache-2.0
/* users -- what the pages of users show.
 */
#ifndef REATIVA_WEB_COCKPIT_USERS_H
#define REATIVA_WEB_COCKPIT_USERS_H

#include "app/users.h"
#include "web/web.h"

/* The list, and what it was asked for: parts of its address. */
struct users_view {
    struct str q, role, state, sort; /* state: "", "retired" or "all"; sort: a column, with - before it from the end */
    const struct user **user;
    size_t n, all;
    const struct user *everybody; /* by login */
};
/* users_address -- the list (or its export) as it is asked for; sort: by another column, and turned round where it is that one. */
struct url users_address(struct page *page, const struct users_view *v, const char *path, const char *sort);
/* users_order -- "ascending", "descending" or "none", as a table's head says it. */
const char *users_order(const struct users_view *v, const char *sort);

/* One user, as it stands and as it was typed. */
struct user_view {
    const struct user *now;                                   /* NULL: a new one */
    struct str login, name, email, phone, role, rep, manager; /* manager: an id */
    bool must_totp;
    bool behind;     /* another has changed it since this form was loaded */
    struct str link; /* to sign in once, shown this time only */
    const struct label *code;
    size_t codes;
    const struct user *user; /* everybody */
    size_t users;
    bool may_require;
};
struct str user_factor(struct page *page, const struct user *user); /* of the second factor, in words */
/* user_manager -- their manager's name; empty: none. */
struct str user_manager(const struct user *everybody, size_t n, const struct user *user);
/* user_leads -- may have a team: not retired (but it is theirs now), no rep, not the person themselves. */
bool user_leads(const struct user_view *v, const struct user *user);
struct str user_version(struct page *page, const struct user *user);

#endif
