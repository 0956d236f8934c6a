// SPDX-License-Identifier: Apache-2.0
/* model -- the probability models at work for an analyst: fitted to customers, foretelling them, inventing others.
 *
 * Nothing here is kept: what goes in comes from summary.h, what comes out goes to the caller in batches, in the order of the
 * input. The same input gives the same bits for any number of threads.
 */
#ifndef REATIVA_APP_MODEL_H
#define REATIVA_APP_MODEL_H

#include "app/summary.h"
#include "core/model_text.h"

/* -- fit --------------------------------------------------------------------------------------------------------- */

struct model_request {
    enum model_kind kind;
    int32_t k;        /* 0: the likeliest of all; 1 for models without */
    unsigned threads; /* 0: as many as the machine has processors */
    uint64_t seed;    /* of Pareto/GGG */
    int32_t chains, draws;
};

/* How a covariate was taken: as a number, or by its levels against the usual one. */
struct model_covariate {
    struct str name;
    bool number;
    struct str base; /* the most frequent level; the first by code among equals */
    size_t levels;
};

struct model_report {
    struct model_fit fit;
    struct model_effect *effect; /* the effects on the rate, then those on leaving */
    size_t effects;
    struct model_covariate *covariate;
    size_t covariates;
    int64_t rows;           /* of the input, without blank ones */
    int64_t left_out;       /* rows that were no customers */
    int64_t without_repeat; /* Gamma-Gamma: customers with nothing to learn from */
};

/* model_summary_needs -- what this model has to be told of a customer to be fitted, into options. */
void model_summary_needs(const struct model_request *request, struct summary_options *options);
/* model_fit_run -- left_out: called for each row that is no customer. INVALID: nobody is left, too few, a covariate that is
 * the same for all or has too many levels. Memory: 32 bytes a customer (16 for Gamma-Gamma), 4 more with covariates. */
bool model_fit_run(struct cx *cx, struct summary *summary, const struct summary_options *options,
                   const struct model_request *request, import_reject_visit *left_out, void *owner,
                   struct model_report *out);

/* -- predict ----------------------------------------------------------------------------------------------------- */

struct model_prediction {
    struct str customer;
    struct cbs_customer c;
    double p_alive, p_active, expected, low, high; /* NaN: the model says nothing of it */
    double spend;                                  /* expected value of a purchase; NaN: not known */
};

struct model_foretelling {
    struct model_text text;
    const struct model_params *spend; /* of Gamma-Gamma; NULL: none */
    double horizon;
    unsigned threads;
};

struct model_foretold {
    int64_t rows, left_out;
    bool met[2 * MODEL_COVARIATES]; /* by effect: is there a customer of its level? */
};

typedef bool model_predict_visit(struct cx *cx, void *owner, const struct model_prediction *row, size_t n);

/* model_predict_needs -- the columns and covariates that the parameters speak of, into options. */
void model_predict_needs(struct cx *cx, const struct model_foretelling *how, struct summary_options *options);
/* model_predict_run -- low .. high holds at least 80 % of the chance. Constant memory. */
bool model_predict_run(struct cx *cx, struct summary *summary, const struct summary_options *options,
                       const struct model_foretelling *how, model_predict_visit *visit, import_reject_visit *left_out,
                       void *owner, struct model_foretold *out);
/* model_never_dead -- does the model call everybody with one purchase alive for ever? Then P(alive) of such a customer is
 * a formula, not a chance, and is not shown to people. */
bool model_never_dead(enum model_kind kind);

/* -- simulate ---------------------------------------------------------------------------------------------------- */

struct model_invention {
    struct model_params params;
    int64_t customers;
    double until;  /* end of observation, from the first day on */
    double starts; /* first purchases lie in [0, starts] */
    uint64_t seed;
    unsigned threads;
    bool events; /* hand out the times of purchases too */
};

struct model_invented {
    double start;          /* first purchase */
    struct cbs_customer c; /* watched until the end */
    const double *time;    /* [c.x] of the repeat purchases from the first one on; with events */
};

typedef bool model_invent_visit(struct cx *cx, void *owner, int64_t first, const struct model_invented *row, size_t n);

/* model_invent_run -- customers 1, 2, ... in batches; customer n is the same whatever their number. Constant memory. */
bool model_invent_run(struct cx *cx, const struct model_invention *how, model_invent_visit *visit, void *owner);

#endif
