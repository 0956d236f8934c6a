// SPDX-License-Identifier: Apache-2.0
/* daily -- see daily.h. Must not do anything that a person has not set: transfers whose day has come, and else only derived tables are brought up to date. */
#include "app/daily.h"

#include "app/duplicates.h"
#include "app/score.h"
#include "app/track.h"
#include "app/transfers.h"

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

static bool score_bring(struct cx *cx, struct db *db, const struct daily_wish *wish, struct score_report *out) {
    const struct score_wish score = {.as_of = wish->as_of, .now_us = wish->now_us, .apart = true, .who = S("serve")};
    return score_make(cx, db, &score, out);
}

/* The month's track record, as the `score` command keeps it. One that cannot be kept now fails nothing: the next score tries. */
static void track_follow(struct cx *cx, struct db *db, const struct daily_wish *wish,
                         const struct score_report *report) {
    struct day month;
    const struct track_wish track = {.as_of = wish->as_of, .today = wish->today, .now_us = wish->now_us};
    if (!str_equal(report->run.model, S("none")) && !track_keep(cx, db, &track, &month))
        cx_clear(cx);
}

bool daily_follow(struct cx *cx, struct db *db, const struct daily_wish *wish) {
    bool fits = false, behind = false;
    struct score_report *report = arena_new(cx->arena, struct score_report, 1);
    return kept_look(cx, db, wish->as_of, &fits, &behind) && (!behind || score_bring(cx, db, wish, report));
}

bool daily_look(struct cx *cx, struct db *db, const struct daily_wish *wish, bool *wanting) {
    bool fits = false, behind = false;
    size_t handed = 0;
    bool done =
        transfers_due(cx, db, wish->today, wish->now_us, &handed) && kept_look(cx, db, wish->as_of, &fits, &behind);
    *wanting = done && !fits;
    return done;
}

bool daily_keep(struct cx *cx, struct db *db, const struct daily_wish *wish, bool *made) {
    struct score_report *report = arena_new(cx->arena, struct score_report, 1);
    *made = false;
    if (!daily_look(cx, db, wish, made) || (*made && !score_bring(cx, db, wish, report)))
        return false;
    if (*made) {
        track_follow(cx, db, wish, report);
        if (!duplicates_keep(cx, db, wish->now_us))
            cx_clear(cx); /* a look that cannot be had now is the next one's */
    }
    return true;
}
