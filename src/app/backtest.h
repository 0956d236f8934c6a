// SPDX-License-Identifier: Apache-2.0
/* backtest -- rules and models tried on the company's own past: cuts, candidates, figures, verdict. Nothing is kept. */
#ifndef REATIVA_APP_BACKTEST_H
#define REATIVA_APP_BACKTEST_H

#include "app/import.h"
#include "core/policy.h"
#include "stats/backtest.h"

enum { BACKTEST_HORIZON_MOST = 3650 };

struct backtest_wish {
    const struct day *at; /* [ats] the cuts, in any order; none: chosen here */
    size_t ats;
    int32_t horizon_days; /* 1 .. BACKTEST_HORIZON_MOST */
    struct str rules;     /* separated by `;` (backtest_rules_parse); empty: the usual ones */
    struct day as_of;
    bool as_of_given; /* else what happened is known up to the newest document */
    unsigned threads; /* 0: as many as the machine has */
};

/* Why there are no figures, which is an answer. */
enum backtest_none {
    BACKTEST_DONE = 0,
    BACKTEST_EMPTY, /* nobody has bought yet */
    BACKTEST_SHORT  /* the history is shorter than three horizons */
};

/* One against another, and whether its log score says more than chance (95 %). */
struct backtest_against {
    struct measure_contrast contrast;
    bool real;
};

struct backtest_row {
    struct str name; /* as --rules reads it */
    struct backtest_candidate candidate;
    struct backtest_said said;             /* its measures; what was said of each case is not kept */
    struct str chosen[BACKTEST_CUTS_MOST]; /* the method behind it, where that was learnt at the cut; else empty */
    struct backtest_against recommended;   /* the recommended one minus this one */
    struct backtest_against by_itself;     /* what the program chose minus this one, when report.by_itself is a row */
    bool same;                             /* says of every case what the recommended one says */
    bool in_force, rule;                   /* rule: it has states */
    double false_alarms;                   /* a week and rep (a week, when there are no reps), of the whole company */
};

struct backtest_cut_report {
    struct day day;
    int64_t customers, bought;
    int64_t learnt_from; /* customers that counted one horizon earlier */
};

struct backtest_report {
    enum backtest_none none;
    struct day known_until; /* what happened is known up to here */
    struct day first_day;   /* of the purchases; DAY_NONE: none */
    struct day enough_on;   /* SHORT: from here on there is history for one cut */
    int32_t horizon_days;
    size_t cuts_usual; /* so many are chosen where history allows; 0: they were named */
    struct backtest_cut_report cut[BACKTEST_CUTS_MOST];
    size_t cuts;
    int64_t customers, customers_known; /* looked at, and how many there are: not equal when a sample was drawn */
    int64_t reps;                       /* that have any of the customers looked at */
    int64_t cases, bought;
    struct backtest_row *row; /* smallest log score first */
    size_t rows;
    size_t next;      /* row that says something else than the first and has the smallest log score; rows: none */
    size_t in_force;  /* row */
    size_t by_itself; /* row of what the program would have chosen at each cut; rows: it was not asked for */
    size_t best_rule; /* row of the best that `policy set` takes, or the rules in force */
    struct backtest_against best_rule_against; /* best_rule minus in_force */
};

/* backtest_make -- INVALID when a cut lies before the first purchase or less than a horizon before the end of what is
 * known, and for rules that cannot be read. A read transaction of its own. */
bool backtest_make(struct cx *cx, struct db *db, const struct backtest_wish *wish, struct progress progress,
                   struct backtest_report *out);

/* backtest_rules_parse -- `days 30; cycle 2; mean gap 2; longest silent; mixk; stack; probability; policy`, in English or
 * Portuguese; out[LIMIT_BACKTEST_RULES]. Empty: the usual candidates. Said twice counts once. */
bool backtest_rules_parse(struct cx *cx, struct str text, struct backtest_candidate *out, size_t *n);
/* backtest_name -- the shortest words that are read back to the same candidate, in a language. */
struct str backtest_name(struct cx *cx, enum lang lang, const struct backtest_candidate *candidate);

#endif
