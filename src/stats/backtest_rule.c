// SPDX-License-Identifier: Apache-2.0
/* backtest_rule -- what rules and the plain order say of the cases of one cut.
 *
 * A rule puts each customer into a state: active, at risk, inactive, lost. Its order is that of the states. The chance of
 * a state is the share of those who were in it one horizon before the cut that bought until the cut, as if one more had
 * bought and one more not (Laplace): a rule is judged by what it tells apart, with the best numbers that could have been
 * put on its words at the time.
 *
 * Must not look past the cut: the states of then are counted on what happened up to the cut, the states of the cut come
 * from what was known at the cut.
 */
#include <math.h>

#include "stats/backtest_seen.h"
#include "stats/logistic.h"

enum { STATE_ACTIVE = 0, STATE_AT_RISK, STATE_INACTIVE, STATE_LOST, STATES };

static const double SILENT_PENALTY = 1e-3; /* keeps the slope finite where recency parts the buyers from the others */
static const double E4 = 10000;

struct judge {
    const struct backtest_company *company;
    const struct backtest_candidate *candidate;
    double gap_of_all;        /* MEAN_GAP: stands for who has none of its own; INFINITY: nobody has */
    struct alive_table alive; /* rules of chances: the fits made by the cut, for the states of before too */
};

/* All gaps that were closed by that day: what a customer with one purchase is measured by. */
static double gap_of_all(const struct backtest_company *company, struct day day) {
    double days = 0, gaps = 0;
    for (size_t i = 0; i < company->n; i++) {
        const struct history *h = &company->customer[i];
        size_t n = backtest_counts(company, i, day) ? history_until(h, day.n) : 0;
        if (n > 1) {
            days += (double)h->day[n - 1] - (double)h->day[0];
            gaps += (double)(n - 1);
        }
    }
    return gaps > 0 ? days / gaps : INFINITY;
}

static struct judge judge_of(const struct backtest_company *company, const struct backtest_candidate *candidate,
                             const struct backtest_cut *cut, struct day day) {
    struct judge judge = {.company = company,
                          .candidate = candidate,
                          .gap_of_all = INFINITY,
                          .alive = alive_until(&company->alive, cut->at.day)};
    if (candidate->kind == BACKTEST_MEAN_GAP)
        judge.gap_of_all = gap_of_all(company, day);
    return judge;
}

static int mean_gap_state(const struct judge *judge, const struct history *h, size_t n, struct day day) {
    double gap = n > 1 ? ((double)h->day[n - 1] - (double)h->day[0]) / (double)(n - 1) : judge->gap_of_all;
    double silent = (double)day.n - (double)h->day[n - 1];
    return silent > (double)judge->candidate->times_e4 / E4 * gap ? STATE_INACTIVE : STATE_ACTIVE;
}

/* The days after the last of n purchases. */
static struct due due_of(const struct judge *judge, const struct due_rule *rule, const struct history *h, size_t n,
                         int64_t cycle_e4) {
    struct day last = {h->day[n - 1]};
    const struct model_params *params = rule->kind == DUE_PROBABILITY ? alive_params(&judge->alive, last) : NULL;
    struct cbs_customer c;
    struct alive_wait wait;
    if (!params || history_summary(h, last.n, &c) != STAT_OK)
        return due_after(rule, last, cycle_e4);
    alive_wait_make(params, &c, &wait);
    return alive_due(rule, last, &wait);
}

static int state_of(const struct judge *judge, const struct backtest_look *look, size_t customer) {
    const struct backtest_company *company = judge->company;
    const struct history *h = &company->customer[customer];
    size_t n = history_until(h, look->day.n);
    if (judge->candidate->kind == BACKTEST_MEAN_GAP)
        return mean_gap_state(judge, h, n, look->day);
    const struct due_rule *rule =
        judge->candidate->kind == BACKTEST_POLICY ? &company->policy[look->rule[customer]] : &judge->candidate->due;
    struct due due = due_of(judge, rule, h, n, look->cycle_e4[customer]);
    if (look->day.n >= due.lost_on.n)
        return STATE_LOST;
    if (look->day.n >= due.inactive_on.n)
        return STATE_INACTIVE;
    return look->day.n >= due.at_risk_on.n ? STATE_AT_RISK : STATE_ACTIVE;
}

static void shares_learn(const struct backtest_company *company, const struct backtest_candidate *candidate,
                         const struct backtest_cut *cut, struct backtest_share out[STATES]) {
    struct judge judge = judge_of(company, candidate, cut, cut->before.day);
    for (size_t i = 0; i < company->n; i++) {
        if (!backtest_counts(company, i, cut->before.day))
            continue;
        size_t count = history_between(&company->customer[i], cut->before.day.n, cut->at.day.n);
        struct backtest_share *share = &out[state_of(&judge, &cut->before, i)];
        share->customers += 1;
        share->bought += count > 0;
        share->purchases += (double)count;
    }
}

bool backtest_rule_say(const struct backtest_company *company, const struct backtest_candidate *candidate,
                       const struct backtest_stretch *to, uint8_t *flagged) {
    struct backtest_share share[STATES] = {0}, all = backtest_share_all(company, to->cut);
    shares_learn(company, candidate, to->cut, share);
    struct judge judge = judge_of(company, candidate, to->cut, to->cut->at.day);
    for (size_t i = 0; i < to->n; i++) {
        int state = state_of(&judge, &to->cut->at, to->customer[i]);
        to->p[i] = backtest_share_chance(&share[state]);
        to->expected[i] = backtest_share_count(&share[state], &all);
        to->order[i] = -state;
        flagged[i] = state >= STATE_AT_RISK;
    }
    return true;
}

/* Days since the last purchase, on the scale that the logistic works on. */
static double silence(const struct history *h, struct day day) {
    return log1p((double)day.n - (double)h->day[history_until(h, day.n) - 1]);
}

bool backtest_silent_say(struct arena *arena, const struct backtest_company *company,
                         const struct backtest_stretch *to) {
    struct logistic_data data = {.columns = 2};
    double *x = arena_new(arena, double, 2 * company->n);
    uint8_t *y = arena_new(arena, uint8_t, company->n);
    for (size_t i = 0; i < company->n; i++) {
        const struct history *h = &company->customer[i];
        if (!backtest_counts(company, i, to->cut->before.day))
            continue;
        x[2 * data.n] = 1;
        x[2 * data.n + 1] = silence(h, to->cut->before.day);
        y[data.n++] = history_between(h, to->cut->before.day.n, to->cut->at.day.n) > 0;
    }
    data.x = x;
    data.y = y;
    struct logistic_fit fit;
    bool learnt = logistic_fit(arena, &data, SILENT_PENALTY, company->threads, &fit) == STAT_OK;
    struct backtest_share all = backtest_share_all(company, to->cut);
    for (size_t i = 0; i < to->n; i++) {
        double silent = silence(&company->customer[to->customer[i]], to->cut->at.day);
        to->order[i] = -silent;
        to->p[i] = learnt ? 1 / (1 + exp(-fit.beta[0] - fit.beta[1] * silent)) : backtest_share_chance(&all);
    }
    return true;
}
