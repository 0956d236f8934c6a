// SPDX-License-Identifier: Apache-2.0
/* score -- run the fold over all customers and keep, or just use, what it finds.
 *
 * score_make keeps the result (the `score` command). score_for makes sure that the derived tables in sight are those of
 * the day asked for: the kept ones when they fit (same day, policy and model, no newer facts), else temporary ones.
 */
#ifndef REATIVA_APP_SCORE_H
#define REATIVA_APP_SCORE_H

#include "app/import.h"
#include "core/policy.h"
#include "store/forecast.h"
#include "store/score.h"

struct score_report {
    struct score_run run;
    int64_t status[STATUS_COUNT];
    int64_t customers, purchases, episodes; /* of a full run */
    int64_t changed;                        /* rows written */
    bool incremental;
    struct forecast_kept forecast;  /* what it foretells with; learnt now unless incremental */
    struct day first_day, last_day; /* of all documents up to as_of */
};

struct score_wish {
    struct day as_of;
    bool full;        /* everybody, and learn anew, also when few changed */
    struct str model; /* "auto", "none", a method's name: kept for the scores to come; empty: as before */
    int64_t rules;    /* a saved version of the rules that comes into force with this score; 0: those in force stay */
    bool apart;     /* learn while others may write, which takes longer in all: the lock is held to fold and to write */
    struct str who; /* asks for it */
    int64_t now_us;
    struct progress progress;
};
/* score_make -- INVALID when the model is unknown, or this history too short for it. */
bool score_make(struct cx *cx, struct db *db, const struct score_wish *wish, struct score_report *out);

struct score_need {
    struct day as_of;
    const struct policy *policy; /* NULL: the kept one */
    bool forecast;               /* what is foretold is looked at; without it an answer for another day comes sooner */
    struct progress progress;    /* of a score beside the kept one */
};
/* score_for -- opens a read transaction that lasts until db_commit or db_rollback. *temporary may be NULL. What an earlier
 * day is foretold was learnt from what was known on it. */
bool score_for(struct cx *cx, struct db *db, const struct score_need *need, bool *temporary, struct score_run *out);
/* score_last_day -- the newest sale up to today; DAY_NONE: none. In a transaction of its own; O(1) when today's score is
 * kept, else it looks at every document. */
bool score_last_day(struct cx *cx, struct db *db, struct day today, struct day *out);

#endif
