// SPDX-License-Identifier: Apache-2.0
/* model -- the probability models of repeat buying, all behind one table: fit, chances, expectations.
 *
 * Each model is one file with one `struct model_def`. Time has the unit of the data; parameters named alpha, beta carry
 * that unit (days = 7 x weeks), the others have none. A prediction is a function of the parameters and one customer,
 * never of the other customers passed along. Predictions are finite and right wherever model_check says STAT_OK.
 */
#ifndef REATIVA_STATS_MODEL_H
#define REATIVA_STATS_MODEL_H

#include "base/arena.h"
#include "stats/cbs.h"
#include "stats/stat.h"

enum model_kind {
    MODEL_NONE = 0,
    MODEL_NBD,        /* r alpha */
    MODEL_BGNBD,      /* r alpha a b */
    MODEL_MBGNBD,     /* r alpha a b */
    MODEL_BGCNBD,     /* r alpha a b, k */
    MODEL_MBGCNBD,    /* r alpha a b, k */
    MODEL_MIXK,       /* r alpha a b w1 w2 w4 w8: k in {1, 2, 4, 8}, component k has rate scale alpha / k */
    MODEL_PNBD,       /* r alpha s beta */
    MODEL_PGGG,       /* t gamma r alpha s beta: regularity k ~ Gamma(t, gamma) */
    MODEL_GAMMAGAMMA, /* p q gamma: on (x, mean spend), not on time */
    MODEL_KINDS
};

enum { MODEL_PARAMS = 8, MODEL_COVARIATES = 24, MODEL_K_MOST = 12, MODEL_FREE = MODEL_PARAMS + 2 * MODEL_COVARIATES };

struct model_params {
    enum model_kind kind;
    int32_t k;              /* BGCNBD, MBGCNBD: 1 .. MODEL_K_MOST; else 1 */
    double v[MODEL_PARAMS]; /* in the order of model_def.param */
};

/* Covariates, constant over time. Row g of z belongs to cbs.group g. They act on the rate: alpha_g = alpha exp(-rate . z), and on
 * leaving: for a, b: logit(a / (a + b)) + drop . z at the same a + b; for s, beta: beta_g = beta exp(-drop . z). */
struct model_covariates {
    size_t n; /* columns, <= MODEL_COVARIATES; 0: none */
    size_t groups;
    const double *z; /* [groups][n] */
};

struct model_fit_options {
    int32_t k; /* BGCNBD, MBGCNBD: 0 tries 1 .. MODEL_K_MOST and takes the likeliest */
    struct model_covariates covariates;
    unsigned threads;    /* as parallel_run */
    const double *start; /* [params] a start to try first (last time's parameters), NULL: none */
    /* Follow `start` alone: it is the end of a fit to nearly the same data. Whether leaving is told is not asked then. k: of the start. */
    bool start_alone;
    /* PGGG only */
    uint64_t seed;
    int32_t chains, draws, burn, thin; /* 0: 4; 250, and more until they agree; 60; 1 */
};

enum model_stop { MODEL_CONVERGED = 1, MODEL_AT_BOUND, MODEL_ON_RIDGE, MODEL_NOT_CONVERGED, MODEL_SAMPLED };

/* Named warnings, a bit each; every one has a sentence in the catalogs. */
enum model_warning {
    MODEL_WARN_NO_DROPOUT = 1,  /* leaving cannot be told from heterogeneity: log-likelihood under 2 above the NBD's */
    MODEL_WARN_HOMOGENEOUS = 2, /* customers do not differ: r (or a + b) runs to its bound */
    MODEL_WARN_RIDGE = 4,       /* two parameters only known together (s and beta, r and alpha) */
    MODEL_WARN_NOT_CONVERGED = 8,
    MODEL_WARN_NO_REPEAT = 16,              /* nobody bought again */
    MODEL_WARN_VALUE_FREQUENCY = 32,        /* Gamma-Gamma: value of a purchase and frequency are correlated */
    MODEL_WARN_NO_MEAN = 64,                /* Gamma-Gamma: q <= 1 */
    MODEL_WARN_CHAINS_APART = 128,          /* PGGG: R-hat above 1.05 */
    MODEL_WARN_HETEROGENEITY_EXTREME = 256, /* two kinds of customers: r, or a + b, or s, near 0 */
    MODEL_WARN_SEPARATED = 512,             /* a covariate runs to its bound */
    MODEL_WARN_PURCHASES_ALIKE = 1024 /* Gamma-Gamma: p at its bound, each customer's own purchases do not differ */
};

struct model_fit {
    struct model_params params;
    double
        se[MODEL_PARAMS]; /* of the parameters themselves (delta method from the log scale); INFINITY: not determined */
    double covariance
        [MODEL_PARAMS *
         MODEL_PARAMS]; /* of log params (mixk weights: of the multinomial logits, see mixk.h); rows at a bound are 0 */
    size_t free;        /* parameters that count in AIC and BIC, those of covariates and weights included */
    double rate[MODEL_COVARIATES], rate_se[MODEL_COVARIATES];
    double drop[MODEL_COVARIATES], drop_se[MODEL_COVARIATES];
    double loglik, aic, bic; /* bic with the number of customers */
    int64_t customers, unique;
    int iterations;
    enum model_stop stop;
    uint32_t warnings;
    double correlation;                                  /* GAMMAGAMMA: of value and frequency */
    double r_hat[MODEL_PARAMS], effective[MODEL_PARAMS]; /* PGGG */
};

struct model_def {
    enum model_kind kind;
    const char *name;                /* as on the command line: "mbgcnbd" */
    const char *param[MODEL_PARAMS]; /* NULL after the last */
    size_t params;
    bool litt; /* the likelihood needs litt */
    bool has_k;
    /* STAT_DOMAIN unless every parameter is finite, > 0 and within 1e-8 .. 1e8 (weights: >= 0, sum 1 within 1e-9; k in range) */
    enum stat_code (*check)(const struct model_params *params);
    /* Log-likelihood of one customer, terms that are the same for all parameters left out as the model's page says (none for k = 1). */
    double (*loglik)(const struct model_params *params, const struct cbs_customer *c);
    /* STAT_TOO_FEW: fewer customers than parameters, or nobody bought again (data->repeaters == 0); STAT_DOMAIN: options */
    enum stat_code (*fit)(struct arena *arena, const struct cbs *data, const struct model_fit_options *options,
                          struct model_fit *out);
    double (*alive)(const struct model_params *params, const struct cbs_customer *c);
    /* P(at least one purchase in (T, T + horizon]); a horizon is finite and >= 0 */
    double (*active)(const struct model_params *params, const struct cbs_customer *c, double horizon);
    /* E(number of purchases in (T, T + horizon]) */
    double (*expected)(const struct model_params *params, const struct cbs_customer *c, double horizon);
    /* out[n] = P(n purchases in (T, T + horizon]), n = 0 .. most */
    enum stat_code (*pmf)(struct arena *arena, const struct model_params *params, const struct cbs_customer *c,
                          double horizon, size_t most, double *out);
    /* Of a customer just won, from its first purchase on: E(purchases in (0, t]), and their distribution. */
    double (*expected_new)(const struct model_params *params, double t);
    enum stat_code (*pmf_new)(struct arena *arena, const struct model_params *params, double t, size_t most,
                              double *out);
};

const struct model_def *model_of(enum model_kind kind);
const struct model_def *model_named(const char *name, size_t n); /* NULL: no such model */

/* model_with -- the parameters of customers with covariate row z (z NULL: the same). */
struct model_params model_with(const struct model_fit *fit, const struct model_covariates *covariates, const double *z);

/* model_knows_leaving -- do one purchase and ten years of silence say that a customer has left? Where they do not (the NBD, a
 * fit at that bound), its P(alive) is news of nobody. params in days. */
bool model_knows_leaving(const struct model_params *params);

/* Many customers at once, p_alive, p_active and expected [n] each (NULL: not wanted); what can be shared is computed once, and each is the same
 * bits as alone. */
struct model_many {
    size_t n;
    const double *x, *t_x, *T, *litt; /* litt NULL: 0 */
};
enum stat_code model_predict(const struct model_params *params, const struct model_many *customers, double horizon,
                             unsigned threads, double *p_alive, double *p_active, double *expected);

/* model_interval -- a range that holds the number of purchases in the horizon with at least `share`: the (1 - share) / 2 quantiles of
 * the distribution, widened where needed so that the expectation lies inside. */
enum stat_code model_interval(struct arena *arena, const struct model_params *params, const struct cbs_customer *c,
                              double horizon, double share, double *low, double *high);

#endif
