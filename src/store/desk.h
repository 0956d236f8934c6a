// SPDX-License-Identifier: Apache-2.0
/* desk -- what decides who is next for a person at work, in one statement: what is due, who was picked, whom others have.
 */
#ifndef REATIVA_STORE_DESK_H
#define REATIVA_STORE_DESK_H

#include "store/appointment.h"
#include "store/hold.h"
#include "store/holiday.h"
#include "store/memo.h"
#include "store/worklist.h"

struct desk_wish {
    int64_t user_id, worklist_id; /* worklist_id 0: the one that nobody made */
    struct str rep;               /* whose picked customers alone; empty: all */
    struct day day;
    int64_t now_us, shown; /* appointments at most */
    struct str setting;    /* its value is wanted too */
};

struct desk {
    struct hold at_hand;         /* customer_id 0: none */
    int64_t *held, *skipped;     /* customers, ascending: whom others have now; who was put off on the list */
    int64_t done;                /* customers on the list on the day, by the user */
    int64_t appointments;        /* open ones up to the day */
    struct appointment_row *due; /* of them who are neither held nor put off, by day and time */
    struct worklist_pick *pick;  /* neither closed nor put off; the dearest first */
    struct worklist *worklist;   /* all, by name */
    struct worklist_user *user;  /* who works on which */
    bool set;
    struct str setting;
    size_t helds, skippeds, dues, picks, worklists, users;
};

/* What waits for a person whatever they work on. */
struct desk_own {
    struct appointment_row *due; /* open ones up to the day, by day and time */
    struct memo_row *memo;       /* not read, the oldest first */
    size_t dues, memos;
    struct holiday_kept worked; /* which days are */
};

bool desk_read(struct cx *cx, struct db *db, const struct desk_wish *wish, struct desk *out);
/* desk_own_read -- at most so many of each (day: the last one). */
bool desk_own_read(struct cx *cx, struct db *db, int64_t user_id, struct day day, int64_t due_most, int64_t memo_most,
                   struct desk_own *out);

#endif
