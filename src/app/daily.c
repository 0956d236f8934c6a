// SPDX-License-Identifier: Apache-2.0
/* daily -- see daily.h. Must not do anything that a person has not set: it only brings derived tables up to date. */
#include "app/daily.h"

#include "app/admin.h"
#include "app/score.h"

/* *behind: it is of that day, but of older facts. */
static bool kept_look(struct cx *cx, struct db *db, struct day as_of, bool *fits, bool *behind) {
    struct score_run run;
    int64_t facts = 0;
    bool found = false;
    bool done = db_read(cx, db) && score_run_find(cx, db, &found, &run) && score_facts(cx, db, &facts);
    db_rollback(db);
    bool that_day = done && found && run.as_of.n == as_of.n;
    *fits = that_day && run.facts == facts;
    *behind = that_day && run.facts != facts;
    return done;
}

bool daily_follow(struct cx *cx, struct db *db, const struct daily_wish *wish) {
    bool fits = false, behind = false;
    struct score_report *report = arena_new(cx->arena, struct score_report, 1);
    const struct score_wish score = {.as_of = wish->as_of, .now_us = wish->now_us, .who = S("serve")};
    return kept_look(cx, db, wish->as_of, &fits, &behind) && (!behind || score_make(cx, db, &score, report));
}

bool daily_keep(struct cx *cx, struct str url, const struct daily_wish *wish, bool *made) {
    struct db *db = NULL;
    bool fits = false, behind = false;
    struct score_report *report = arena_new(cx->arena, struct score_report, 1);
    const struct score_wish score = {.as_of = wish->as_of, .now_us = wish->now_us, .apart = true, .who = S("serve")};
    bool done = admin_open(cx, url, &db) && kept_look(cx, db, wish->as_of, &fits, &behind) &&
                (fits || score_make(cx, db, &score, report));
    *made = done && !fits;
    admin_close(db);
    return done;
}
