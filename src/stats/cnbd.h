// SPDX-License-Identifier: Apache-2.0
/* cnbd -- the family of models with a closed form: Erlang gaps at a Gamma rate, leaving by chance after a purchase.
 *
 * A customer buys with gaps that are Erlang-k at its own rate lambda ~ Gamma(r, alpha) (k = 1: exponential gaps), and leaves
 * for good with its own chance p ~ Beta(a, b): never (NBD), after each repeat purchase (BG/CNBD-k), or after each purchase,
 * the first one too (MBG/CNBD-k). For the files cnbd*.c, nbd.c and mixk.c; all others use the table of model.h.
 */
#ifndef REATIVA_STATS_CNBD_H
#define REATIVA_STATS_CNBD_H

#include <stdbool.h>
#include <stddef.h>

#include "stats/model.h"

enum cnbd_leaving { CNBD_NEVER, CNBD_AFTER_REPEAT, CNBD_AFTER_EVERY };

struct cnbd {
    enum cnbd_leaving leaving;
    int32_t k;
    double r, alpha, a, b; /* a, b: nothing where leaving is never */
};

extern const struct model_def nbd_def, bgnbd_def, mbgnbd_def, bgcnbd_def, mbgcnbd_def;

struct cnbd cnbd_of(const struct model_params *params);
enum stat_code cnbd_check(const struct model_params *params);

/* The log-likelihood of one customer, (k - 1) litt - x log (k-1)! included. */
double cnbd_loglik(const struct model_params *params, const struct cbs_customer *c);
double cnbd_alive(const struct model_params *params, const struct cbs_customer *c);
double cnbd_active(const struct model_params *params, const struct cbs_customer *c, double horizon);
double cnbd_expected(const struct model_params *params, const struct cbs_customer *c, double horizon);
double cnbd_expected_new(const struct model_params *params, double t);
enum stat_code cnbd_pmf(struct arena *arena, const struct model_params *params, const struct cbs_customer *c,
                        double horizon, size_t most, double *out);
enum stat_code cnbd_pmf_new(struct arena *arena, const struct model_params *params, double t, size_t most, double *out);
/* cnbd_fit -- as model_def.fit, of the kind named. */
enum stat_code cnbd_fit(struct arena *arena, const struct cbs *data, const struct model_fit_options *options,
                        enum model_kind kind, struct model_fit *out);

/* -- what the files of the family share -- */

/* Given that a customer is alive: how likely it is in phase m of the k that make a gap (phase[m], sum 1), and log of the
 * sum that the k terms are divided by (0 for k = 1). shape = r + k x. */
double cnbd_phases(const struct cnbd *model, const struct cbs_customer *c, double phase[MODEL_K_MOST]);
/* P(alive), with the log of that sum. */
double cnbd_alive_given(const struct cnbd *model, const struct cbs_customer *c, double log_phases);

/* A customer that is alive at T and m phases into its gap: what it will do by T + horizon depends on x and T only. */
struct cnbd_future {
    double active[MODEL_K_MOST];   /* P(a purchase), by phase */
    double expected[MODEL_K_MOST]; /* E(purchases), by phase */
};
void cnbd_future(const struct cnbd *model, double x, double T, double horizon, bool active, bool expected,
                 struct cnbd_future *out);

/* sum of phase[m] value[m] */
double cnbd_mean(const double *phase, const double *value, int32_t k);

/* E(q^n), q ~ Beta(stay, a), n >= 0 any number: the chance to be still there after n more chances to leave. */
double cnbd_stays(double a, double stay, double n);

/* P(purchases in the horizon >= n), n >= 0 a whole number. */
double cnbd_at_least(const struct model_params *params, const struct cbs_customer *c, double horizon, double n);

/* A table with a place for each hash of (x, T) that remembers the last future computed there; 200 KB, for the stack. One
 * table is for one model and horizon, with `active` and `expected` wanted always or never. */
enum { CNBD_KEPT = 24576 };
struct cnbd_memory {
    size_t places; /* a power of two */
    size_t width;  /* doubles a place */
    double kept[CNBD_KEPT];
};
void cnbd_memory_init(struct cnbd_memory *memory, int32_t k);
/* active[k], then expected[k], as cnbd_future; good until the next call. */
const double *cnbd_memory_future(struct cnbd_memory *memory, const struct cnbd *model, double x, double T,
                                 double horizon, bool active, bool expected);

/* Customers from .. to - 1 of many, as model_predict. */
void cnbd_predict(const struct model_params *params, const struct model_many *customers, size_t from, size_t to,
                  double horizon, double *p_alive, double *p_active, double *expected);

#endif
