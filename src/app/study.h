// SPDX-License-Identifier: Apache-2.0
/* study -- questions that take too long for a page: asked, answered by the thread that works (web/work.c), and remembered.
 *
 * The same question of the same facts and rules is answered once. Invariant: an answer says for which day and facts it holds.
 */
#ifndef REATIVA_APP_STUDY_H
#define REATIVA_APP_STUDY_H

#include "app/backtest.h"
#include "app/rhythm.h"
#include "app/rules.h"
#include "store/study.h"

enum { STUDY_KEPT = 20, STUDY_GROUPS = 200, STUDY_HORIZON = 90 };

struct study_wish {
    enum study_kind kind;
    struct day as_of;
    bool as_of_given;            /* of a backtest: what happened is known up to that day, else to the newest document */
    const struct policy *policy; /* of STUDY_RULES: what is tried */
    struct str who;
    int64_t now_us;
};
/* study_ask -- *id of the one that answers it, be it new or asked before. */
bool study_ask(struct cx *cx, struct db *db, const struct study_wish *wish, int64_t *id);
/* study_look -- NOT_FOUND study.unknown. */
bool study_look(struct cx *cx, struct db *db, int64_t id, struct study *out);
/* study_current -- the newest of the rhythm and of the backtest; facts: how things are now. */
struct study_current {
    struct study_pair cycle, backtest;
    int64_t facts;
};
bool study_current(struct cx *cx, struct db *db, struct study_current *out);

/* study_customers -- who changes status, as study_customer_each, in a transaction of its own. */
bool study_customers(struct cx *cx, struct db *db, const struct study_ask *ask, study_customer_visit *visit,
                     void *owner);

struct study_work {
    struct day as_of;
    bool as_of_given;
    int64_t (*clock_us)(void);
    struct progress progress;
};
/* study_wait -- is there anything for study_next? */
bool study_wait(struct cx *cx, struct db *db, bool *out);
/* study_next -- answers the oldest that waits; *id 0: none does. What fails is told with the study. One at a time does it, in its turn
 * (turns.h): what is under way already was left by a program that has ended, and is asked again. */
bool study_next(struct cx *cx, struct db *db, const struct study_work *work, int64_t *id);

/* ---- the answers ---- */

struct study_group { /* as rhythm_group, in bars */
    enum flow_by by;
    struct str group;
    int64_t customers, repeat_customers, gaps;
    int32_t within[4];
    struct str rule; /* empty: too few gaps for one */
    struct rhythm_bars bars;
};
struct study_cycle {
    struct study_group *group;
    size_t n;
};
struct study_fit {
    int64_t from_to[STATUS_COUNT][STATUS_COUNT];
    int64_t customers, changed;
    int64_t *fit; /* [rules] */
    size_t rules;
    struct str under; /* policy_line of what was in force */
};
struct study_bin {
    int64_t said_e6, share_e6, low_e6, high_e6, cases;
};
struct study_against {
    int64_t value_e6, low_e6, high_e6; /* of log scores, 95 % */
    bool real;
};
struct study_candidate {
    struct str name, chosen; /* as backtest reads it; what the program chose by itself */
    bool in_force, rule, same;
    struct forecast_figure log_score;
    int64_t auc_e6, lift_e6, brier_e6, mae_e6, bias_e6, lost_e6, alarms_e6;
    struct study_against recommended; /* the recommended one minus this one */
    struct study_bin bin[MEASURE_BINS];
    size_t bins;
};
struct study_backtest {
    enum backtest_none none;
    struct day first_day, known_until, enough_on;
    int64_t horizon_days, customers, customers_known, reps, cases, bought;
    struct str cuts; /* days, as in "2021-03-01 2021-06-01" */
    size_t next, in_force, best_rule;
    struct study_against best_rule_against;
    struct study_candidate *row; /* the recommended one first */
    size_t rows;
};
struct str study_cycle_text(struct arena *arena, const struct study_cycle *cycle);
void study_cycle_read(struct arena *arena, struct str text, struct study_cycle *out);
struct str study_fit_text(struct arena *arena, const struct rules_change *change, struct str under);
void study_fit_read(struct arena *arena, struct str text, struct study_fit *out);
struct str study_backtest_text(struct cx *cx, const struct backtest_report *report);
void study_backtest_read(struct arena *arena, struct str text, struct study_backtest *out);

#endif
