// SPDX-License-Identifier: Apache-2.0
/* team -- the people behind the portfolios, and what is counted of a portfolio beside store/volume: contacts and customers won back.
 */
#ifndef REATIVA_STORE_TEAM_H
#define REATIVA_STORE_TEAM_H

#include "base/day.h"
#include "core/permission.h"
#include "store/db.h"

/* A user with a rep's code. */
struct team_person {
    int64_t id;
    struct str login, name;
    enum role role;
    bool retired;
    int64_t rep_id;
    struct str rep;
    int64_t contacts; /* made by them within the days asked for */
    int64_t seen_us;  /* signed in last; 0: never */
};
/* team_people -- by rep code, then login; in the arena. */
bool team_people(struct cx *cx, struct db *db, struct day contacts_from, struct day as_of, struct team_person **out,
                 size_t *n);

struct team_sums {
    int64_t rep_id;
    int64_t recovered; /* customers whom a purchase won back, each once */
    int64_t contacts;  /* with customers of the portfolio, whoever made them */
};
typedef bool team_visit(struct cx *cx, void *owner, const struct team_sums *sums);
/* team_sums_each -- a portfolio may come twice, each time with another figure. One statement. */
bool team_sums_each(struct cx *cx, struct db *db, struct day recovered_from, struct day contacts_from, struct day as_of,
                    team_visit *visit, void *owner);

#endif
