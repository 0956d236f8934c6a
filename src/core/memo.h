// SPDX-License-Identifier: Apache-2.0
/* memo -- a short message from one person to others, as a note stuck to their desk.
 *
 * The numbers of the aims are kept in the database. Invariant: a memo is never edited; its writer takes it back.
 */
#ifndef REATIVA_CORE_MEMO_H
#define REATIVA_CORE_MEMO_H

#include <stdbool.h>

#include "base/day.h"
#include "base/str.h"

enum memo_aim {
    MEMO_NOBODY = 0,
    MEMO_PEOPLE, /* named one by one */
    MEMO_ALL,
    MEMO_ROLE,
    MEMO_REGION, /* the reps who have customers there */
    MEMO_TEAM,   /* those who have the same manager, and the manager */
    MEMO_AIMS
};

struct memo {
    int64_t id, user_id; /* user_id: who wrote it */
    int64_t customer_id; /* 0: about none */
    int64_t answers;     /* the memo it replies to; 0: none */
    enum memo_aim aim;
    struct str aimed; /* the role's name, the region's, the manager's; else empty */
    struct day day;   /* on which it appears */
    struct str text, token;
    int64_t made_us, taken_us; /* taken_us: when it was taken back; 0: it stands */
};

const char *memo_aim_name(enum memo_aim aim); /* "people"; memo.aim_<name> in the catalogs */
bool memo_aim_parse(struct str name, enum memo_aim *out);

#endif
