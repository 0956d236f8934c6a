// SPDX-License-Identifier: Apache-2.0
/* track.c -- see track.h. Must not measure anything itself: the figures are a backtest's.
 *
 * The backtest takes seconds and holds no lock. Only then the rows are written, both in one transaction; who comes second
 * finds them there and leaves them.
 */
#include "app/track.h"

#include <math.h>

#include "app/backtest.h"
#include "store/policy.h"

/* Sales that end so many days before the month does are taken as not imported yet. */
enum { QUIET_DAYS = 7 };
enum { HORIZONS_BEFORE = 2, E6 = 1000000 };

/* The days that the record of a month is about. */
struct track_days {
    struct day month, cut, known_until;
};

static struct track_days days_of(struct day as_of) {
    struct track_days days = {.month = month_first(month_of(as_of))};
    days.known_until.n = days.month.n - 1;
    days.cut.n = days.known_until.n - TRACK_HORIZON;
    return days;
}

static bool is_enough(struct day first, const struct track_days *days) {
    return day_is(first) && days->cut.n - first.n >= HORIZONS_BEFORE * TRACK_HORIZON;
}

/* ---- rows ---- */

static int64_t e6_of(double v) {
    return isfinite(v) ? (int64_t)floor(v * E6 + 0.5) : STAT_NONE;
}

static struct forecast_figure figure_of(const struct estimate *e) {
    return (struct forecast_figure){e6_of(e->value), e6_of(e->low), e6_of(e->high)};
}

static struct track_row row_of(const struct track_days *days, int64_t now_us, const struct backtest_row *row) {
    const struct measure *m = &row->said.total;
    return (struct track_row){.month = days->month,
                              .cut = days->cut,
                              .known_until = days->known_until,
                              .horizon_days = TRACK_HORIZON,
                              .made_us = now_us,
                              .cases = m->cases,
                              .happened = m->happened,
                              .auc = figure_of(&m->auc),
                              .lift = figure_of(&m->lift),
                              .brier = figure_of(&m->brier),
                              .log_score = figure_of(&m->log_score),
                              .lost_value = figure_of(&m->lost_value_flagged),
                              .flagged = (int64_t)floor(m->flagged + 0.5),
                              .false_alarms_e6 = e6_of(row->false_alarms)};
}

/* One rule for everybody as `policy set` reads it; else each after its scope. */
static bool policy_said(struct cx *cx, struct db *db, struct str *out) {
    struct policy policy;
    if (!policy_load(cx, db, &policy)) {
        return false;
    }
    *out = policy_line(cx->arena, &policy);
    return true;
}

/* ---- keeping ---- */

static bool is_due(struct cx *cx, struct db *db, const struct track_wish *wish, const struct track_days *days,
                   bool *due) {
    struct day newest, first, last;
    *due = false;
    if (wish->today.n < days->month.n) {
        return true;
    }
    if (!track_newest(cx, db, &newest)) {
        return false;
    }
    if (day_is(newest) && newest.n >= days->month.n) {
        return true;
    }
    if (!track_span(cx, db, days->known_until, &first, &last)) {
        return false;
    }
    *due = is_enough(first, days) && days->known_until.n - last.n <= QUIET_DAYS;
    return true;
}

/* false in *done: what was sold first was no purchase (taken back the same day), and the history is short after all. */
static bool measured(struct cx *cx, struct db *db, const struct track_wish *wish, const struct track_days *days,
                     struct backtest_report *report, bool *done) {
    const struct backtest_wish backtest = {.at = &days->cut,
                                           .ats = 1,
                                           .horizon_days = TRACK_HORIZON,
                                           .rules = S("policy; probability"),
                                           .as_of = days->known_until,
                                           .as_of_given = true};
    bool ok = backtest_make(cx, db, &backtest, wish->progress, report);
    *done = ok && report->none == BACKTEST_DONE && is_enough(report->first_day, days);
    if (!ok && str_equal(cx->err.key, S("backtest.cut_before"))) {
        cx_clear(cx);
        return true;
    }
    return ok;
}

/* In a write transaction. Rules that were changed meanwhile are not those that were measured: the next score will. */
static bool rows_write(struct cx *cx, struct db *db, struct track_row rows[2], bool *added) {
    struct str said;
    bool both = true;
    *added = false;
    if (!policy_said(cx, db, &said)) {
        return false;
    }
    if (!str_equal(said, rows[0].said)) {
        return true;
    }
    return track_add(cx, db, &rows[0], added) && track_add(cx, db, &rows[1], &both);
}

bool track_keep(struct cx *cx, struct db *db, const struct track_wish *wish, struct day *kept) {
    const struct track_days days = days_of(wish->as_of);
    struct backtest_report *report = arena_new(cx->arena, struct backtest_report, 1);
    struct str said;
    bool due, done, added;
    *kept = DAY_NONE;
    if (!is_due(cx, db, wish, &days, &due)) {
        return false;
    }
    if (!due) {
        return true;
    }
    if (!policy_said(cx, db, &said) || !measured(cx, db, wish, &days, report, &done)) {
        return false;
    }
    if (!done) {
        return true;
    }
    const struct backtest_row *rule = &report->row[report->in_force], *model = &report->row[report->by_itself];
    struct track_row rows[2] = {row_of(&days, wish->now_us, rule), row_of(&days, wish->now_us, model)};
    rows[0].subject = TRACK_RULE;
    rows[0].said = said;
    rows[1].subject = TRACK_MODEL;
    rows[1].said = model->chosen[0];
    if (!db_write(cx, db)) {
        return false;
    }
    if (!rows_write(cx, db, rows, &added) || !db_commit(cx, db)) {
        db_rollback(db);
        return false;
    }
    *kept = added ? days.month : DAY_NONE;
    return true;
}

/* ---- reading ---- */

bool track_kept(struct cx *cx, struct db *db, struct day until, struct track_record *out) {
    *out = (struct track_record){.enough_on = DAY_NONE};
    if (!track_list(cx, db, &out->row, &out->n)) {
        return false;
    }
    while (out->n > 0 && out->row[out->n - 1].month.n > until.n) {
        out->n--;
    }
    return true;
}

bool track_read(struct cx *cx, struct db *db, struct day until, struct track_record *out) {
    struct day first, last;
    if (!track_kept(cx, db, until, out)) {
        return false;
    }
    if (out->n > 0) {
        return true;
    }
    if (!track_span(cx, db, until, &first, &last)) {
        return false;
    }
    if (day_is(first)) {
        struct track_days days = days_of(first);
        while (!is_enough(first, &days)) {
            days = days_of(day_add_months(days.month, 1));
        }
        out->enough_on = days.month;
    }
    return true;
}
