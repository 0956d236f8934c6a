// SPDX-License-Identifier: Apache-2.0
/* measure -- how good were the chances that were named: discrimination, calibration, counts, with intervals by customer.
 *
 * One case = one customer at one cut: what was said (a chance p, or only an order) and what happened. A bootstrap draws
 * customers, not cases: a customer's cases come and go together (Poisson(1) weights from seed, customer and draw, so that
 * two candidates are compared on the same draws).
 */
#ifndef REATIVA_STATS_MEASURE_H
#define REATIVA_STATS_MEASURE_H

#include "base/arena.h"
#include "stats/stat.h"

enum { MEASURE_BINS = 10, MEASURE_DRAWS = 200 };

struct measure_cases {
    size_t n;
    const uint32_t *customer; /* [n] number of the customer */
    const uint32_t
        *cut;        /* [n] number of the cut; order figures (AUC, lift) are taken within a cut and averaged by cases */
    const double *p; /* [n] chance said, 0..1 */
    const double *order;            /* [n] larger: named likelier; only its order within a cut counts; NULL: p */
    const uint8_t *happened;        /* [n] bought within the horizon */
    const double *expected, *count; /* [n] purchases foretold and counted; NULL: not foretold */
    const int64_t *value_cents;     /* [n] value at stake: of the 12 months before the cut; NULL: unknown */
    const uint8_t *flagged;         /* [n] the rule said at-risk or worse; NULL: p < 0.5 */
};

struct estimate {
    double value, low, high;
}; /* low..high: 80 % interval; NaN: could not be had */

struct measure_bin {      /* of the reliability table: cases sorted by p, equal numbers a bin, equal p never apart */
    double p_mean, share; /* said, happened */
    double low, high;     /* 80 % interval of share (Jeffreys) */
    int64_t n;
};

struct measure {
    int64_t cases, customers, happened;
    struct estimate auc; /* ties count half */
    struct estimate
        lift; /* share that bought among the tenth named likeliest, over the share of all; ties in proportion */
    struct estimate brier,
        log_score;             /* mean of -log p(what happened): smaller is better; p is cut at 1e-6 from 0 and 1 */
    struct estimate mae, bias; /* of purchases: mean |expected - count|, sum expected / sum count - 1 */
    struct estimate lost_value_flagged; /* of the value of customers that did not buy: share that was flagged */
    double false_alarms;                /* flagged and bought all the same, cases a cut */
    double flagged;                     /* cases a cut */
    struct measure_bin bin[MEASURE_BINS];
    size_t bins;
};

/* measure_make -- draws 0: no intervals. O(n log n + draws n). */
enum stat_code measure_make(struct arena *arena, const struct measure_cases *cases, uint64_t seed, int draws,
                            unsigned threads, struct measure *out);
/* measure_make_kept -- the same, and what was drawn of the two figures that candidates are compared by; lives in the arena. */
struct measure_kept {
    double log_score, auc;
    size_t draws;
    double *log_scores, *aucs; /* [draws] */
};
enum stat_code measure_make_kept(struct arena *arena, const struct measure_cases *cases, uint64_t seed, int draws,
                                 unsigned threads, struct measure *out, struct measure_kept *kept);

/* measure_difference -- log_score and AUC of a minus b on the same cases (customer, cut, happened equal), with 80 % and 95 %
 * intervals of the difference from the same draws. */
struct measure_contrast {
    struct estimate log_score, auc, log_score_95, auc_95;
};
enum stat_code measure_difference(struct arena *arena, const struct measure_cases *a, const struct measure_cases *b,
                                  uint64_t seed, int draws, unsigned threads, struct measure_contrast *out);
/* measure_contrast_of -- the same from what was kept; the caller sees to it that cases, seed and draws were the same. */
struct measure_contrast measure_contrast_of(struct arena *arena, const struct measure_kept *a,
                                            const struct measure_kept *b);

#endif
