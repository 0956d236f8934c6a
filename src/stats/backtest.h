// SPDX-License-Identifier: Apache-2.0
/* backtest -- which rule or model would have foretold best, on the company's own past, who buys again.
 *
 * The past is cut at several days. A candidate sees of each customer what was known at the end of such a day, names a
 * chance of a purchase within the horizon (and a rule says whom it flags), and is measured by what happened then. What a
 * rule does not say, the chance, is learnt one horizon earlier: the share of each of its states that bought in the
 * horizon up to the cut. docs/methods/backtest.md.
 */
#ifndef REATIVA_STATS_BACKTEST_H
#define REATIVA_STATS_BACKTEST_H

#include "stats/alive.h"
#include "stats/due.h"
#include "stats/forecast.h"

enum { BACKTEST_CUTS_MOST = 24, BACKTEST_CUTS = 5 };

/* What was known of everybody at the end of a day; places as in the company. What is not of a purchase comes from those
 * who keep it: the cycle from the fold as of that day, the class that the policy may ask for, returns in the value. */
struct backtest_look {
    struct day day;
    const int64_t *cycle_e4;    /* STAT_NONE: had not bought */
    const uint32_t *rule;       /* which rule of the policy in force is theirs */
    const int64_t *value_cents; /* of the 12 months up to that day */
};

struct backtest_cut {
    struct backtest_look before, at; /* before.day = at.day - horizon_days */
};

struct backtest_company {
    const struct history *customer; /* [n] whole; nothing after a cut is shown to a candidate */
    size_t n;
    uint32_t segments;           /* histories name 0 .. segments */
    const struct day *closed_on; /* [n] written off; DAY_NONE: not */
    const struct due_rule *policy;
    struct alive_table alive; /* for rules of chances: all fits; only those made by the day of a cut are looked at */
    const struct backtest_cut *cut; /* by day */
    size_t cuts;                    /* 1 .. BACKTEST_CUTS_MOST */
    int32_t horizon_days;
    unsigned threads;
    uint64_t seed;
    int draws;
};

enum backtest_kind {
    BACKTEST_POLICY = 1, /* the rules in force */
    BACKTEST_RULE,       /* one rule for everybody */
    BACKTEST_MEAN_GAP,   /* inactive after so many times the customer's own mean gap */
    BACKTEST_SILENT,     /* an order: the longest silent first; chance by a logistic on log recency */
    BACKTEST_MODEL,      /* one model, fitted on what was known at the cut */
    BACKTEST_FORECAST    /* what the program would have said at the cut by itself, or the stack alone */
};

struct backtest_candidate {
    enum backtest_kind kind;
    struct due_rule due;         /* RULE */
    int64_t times_e4;            /* MEAN_GAP */
    enum model_kind model;       /* MODEL */
    bool automatic;              /* FORECAST: choose at each cut; else: */
    enum forecast_method method; /* FORECAST */
};

bool backtest_candidate_equal(const struct backtest_candidate *a, const struct backtest_candidate *b);
/* backtest_is_rule -- does it have states (and flags by them)? */
bool backtest_is_rule(const struct backtest_candidate *candidate);

/* One case = one customer at one cut: all that had bought by then and were not written off. By cut, then by customer. */
struct backtest_cases {
    size_t n, start[BACKTEST_CUTS_MOST + 1];
    uint32_t *customer, *cut;
    uint8_t *happened;
    double *count;
    int64_t *value_cents;
};
/* returns STAT_TOO_FEW when nobody had bought by any cut, STAT_DOMAIN when cuts are none, too many or out of order. */
enum stat_code backtest_cases_make(struct arena *arena, const struct backtest_company *company,
                                   struct backtest_cases *out);

/* What one candidate said of every case, and how good it was. */
struct backtest_said {
    const struct backtest_candidate *candidate;
    double *p;
    double *order;    /* NULL: that of p */
    double *expected; /* NULL: says nothing of numbers */
    uint8_t *flagged;
    bool stood_in[BACKTEST_CUTS_MOST];               /* it could say nothing at that cut: the share of all stands in */
    enum forecast_method chosen[BACKTEST_CUTS_MOST]; /* FORECAST */
    struct measure total, cut[BACKTEST_CUTS_MOST];
    struct measure_kept kept; /* of the total: what one is set against another by (measure_contrast_of) */
};

/* backtest_said_new -- room for what a candidate will say; backtest_say fills it cut by cut: all but the flags of those
 * that are no rule, and the measures. A candidate that cannot be had at a cut (no model for it) says the share of all
 * there. Different (candidate, cut) may be said at the same time, each with an arena of its own for its scratch.
 * by_itself: what the automatic choice said of that cut; where it chose the very method asked for, that is taken and not
 * learnt again; NULL: not known. */
struct backtest_said backtest_said_new(struct arena *arena, const struct backtest_cases *cases,
                                       const struct backtest_candidate *candidate);
void backtest_say(struct arena *scratch, const struct backtest_company *company, const struct backtest_cases *cases,
                  size_t cut, const struct backtest_said *by_itself, struct backtest_said *said);
/* backtest_flag -- of one that is no rule: at each cut the least likely, as many as the yardstick flags there. */
void backtest_flag(struct arena *arena, const struct backtest_cases *cases, size_t cuts,
                   const struct backtest_said *yardstick, struct backtest_said *said);
void backtest_measure(struct arena *arena, const struct backtest_company *company, const struct backtest_cases *cases,
                      struct backtest_said *said);
/* backtest_same -- do the two say the same of every case, to 1e-5? */
bool backtest_same(const struct backtest_cases *cases, const struct backtest_said *a, const struct backtest_said *b);

/* backtest_real -- does the 95 % interval of the difference leave 0 out? */
bool backtest_real(const struct estimate *difference_95);

#endif
