// SPDX-License-Identifier: Apache-2.0
/* duplicates -- customers that are one: found, looked at side by side, merged, parted again, or said to be two.
 *
 * Every call is a transaction of its own. What changes anything is in the audit trail, and is the same when it is asked for twice.
 */
#ifndef REATIVA_APP_DUPLICATES_H
#define REATIVA_APP_DUPLICATES_H

#include "app/import.h"
#include "store/duplicate.h"

/* -- finding -- */

struct duplicates_all {
    struct duplicate_pair *pair; /* the strongest first */
    size_t n;
    int64_t customers, found; /* found: more than n when there are very many */
};
/* duplicates_find -- within the caller's transaction. */
bool duplicates_find(struct cx *cx, struct db *db, struct progress progress, struct duplicates_all *out);
/* duplicates_look -- find them and keep what was found. duplicates_keep -- the same when facts changed since the last look. */
bool duplicates_look(struct cx *cx, struct db *db, int64_t now_us, struct progress progress, struct duplicate_run *out);
bool duplicates_keep(struct cx *cx, struct db *db, int64_t now_us);

/* -- looking through what was found -- */

enum duplicates_sort { DUPLICATES_BY_STRENGTH = 0, DUPLICATES_BY_VALUE, DUPLICATES_BY_NAME };
struct duplicates_wish {
    unsigned kinds;    /* pairs with any of this evidence, the weak too; 0: all that are not weak; UINT_MAX: all */
    struct str search; /* in code, name, tax number, phone of any in the group */
    enum duplicates_sort sort;
};
/* Customers that pairs join, directly or by others. */
struct duplicates_group {
    const struct duplicate_customer **customer; /* the most valuable first */
    size_t n;
    unsigned kinds;                   /* of all its pairs */
    int32_t strength_e4, likeness_e4; /* of its strongest pair */
    int64_t value_cents, purchases;   /* of all */
};
struct duplicates_groups {
    bool looked; /* ever */
    bool stale;  /* facts changed since */
    struct duplicate_run run;
    struct duplicates_group *group;
    size_t n, all; /* all: before the search */
};
bool duplicates_groups(struct cx *cx, struct db *db, const struct duplicates_wish *wish, struct duplicates_groups *out);

/* -- side by side -- */

struct duplicates_sides {
    struct duplicate_side side[DUPLICATE_SIDES];
    size_t n;
};
/* duplicates_sides -- NOT_FOUND scope.no_customer; CONFLICT duplicate.merged_meanwhile, INVALID duplicate.too_few, LIMIT. */
bool duplicates_sides(struct cx *cx, struct db *db, const struct str *code, size_t n, struct duplicates_sides *out);

/* -- deciding -- */

struct duplicates_act {
    const struct str *code; /* all, the main one too */
    size_t n;
    struct str main, who;
    int64_t now_us;
};
/* duplicates_merge -- errors as duplicates_sides; who is merged into the main one already is left out. *changed: how many were. */
bool duplicates_merge(struct cx *cx, struct db *db, const struct duplicates_act *act, size_t *changed);
/* duplicates_unmerge -- *main: the code it was merged into. Once more: nothing changes, *main empty. NOT_FOUND for an unknown code. */
bool duplicates_unmerge(struct cx *cx, struct db *db, struct str code, struct str who, int64_t now_us,
                        struct str *main);
/* duplicates_apart -- no two of them are the same; duplicates_doubt -- that of two is taken back. */
bool duplicates_apart(struct cx *cx, struct db *db, const struct duplicates_act *act);
bool duplicates_doubt(struct cx *cx, struct db *db, const struct duplicates_act *act);

/* duplicates_decided -- who was merged, and who is to stay apart; the newest first. */
enum { DUPLICATES_DECIDED = 10000 };
struct duplicates_decided {
    struct duplicate_merged *merged;
    struct duplicate_apart *apart;
    size_t mergeds, aparts;
};
bool duplicates_decided(struct cx *cx, struct db *db, struct duplicates_decided *out);
/* duplicates_main -- whom a code that was merged leads to, if that is in the portfolio of `rep` (empty: anybody's); empty: nobody. */
bool duplicates_main(struct cx *cx, struct db *db, struct str code, struct str rep, struct str *main);

#endif
