// SPDX-License-Identifier: Apache-2.0
/* pggg_parts -- what the files of Pareto/GGG share: one customer at one regularity k, and the sum over k.
 */
#ifndef REATIVA_STATS_PGGG_PARTS_H
#define REATIVA_STATS_PGGG_PARTS_H

#include <stdbool.h>
#include <stddef.h>

#include "stats/model.h"

enum pggg_param { PGGG_T, PGGG_GAMMA, PGGG_R, PGGG_ALPHA, PGGG_S, PGGG_BETA, PGGG_PARAMS };

/* How fine the integrals are: GROSS serves a likelihood (1e-4 of a customer's term), FAIR an
 * expectation (1e-6), FINE a probability (1e-9). */
enum pggg_care { PGGG_GROSS, PGGG_FAIR, PGGG_FINE };

/* Gauss's rule of 12 points on (-1, 1): +-node, each with its weight. */
enum { PGGG_GAUSS = 6 };
extern const double pggg_gauss_node[PGGG_GAUSS], pggg_gauss_weight[PGGG_GAUSS];

/* Time of the n-th purchase after the last known one, given k, the purchase rate integrated out: u/scale is the ratio of a
 * Gamma(shape) to a Gamma(rest) number, so that scale/(scale + u) is Beta(rest, shape). */
struct pggg_wait {
    double shape, rest, scale; /* n k; r + k x; (alpha + k t_x)/k */
    double log_scale, log_norm;
    bool peaked; /* both large: the density is written from its peak */
};
void pggg_wait_make(double shape, double rest, double scale, struct pggg_wait *out);
/* A moment u after t_x, for all waits of the same scale: u/scale is p/q. */
struct pggg_moment {
    double log_ratio, log_whole, p, q; /* log(u/scale), log(1 + u/scale) */
};
void pggg_moment_make(const struct pggg_wait *wait, double log_u, double u, struct pggg_moment *out);
double pggg_wait_log_density(const struct pggg_wait *wait, const struct pggg_moment *at); /* of log u */
double pggg_wait_longer(const struct pggg_wait *wait, double u);                          /* P(longer than u) */

/* Who leaves before its next purchase: shares of leaving S(tau) = (beta/(beta + tau))^s, b = beta + t_x. */
struct pggg_silence {
    struct pggg_wait wait;
    double s, b;
};
struct pggg_range {
    double low, peak, high; /* of log u */
};
/* Where the integral over u < w has its mass, to e^-depth of the peak. */
void pggg_silence_range(const struct pggg_silence *silence, double w, double depth, struct pggg_range *out);
/* P(left before the gap would have ended, and that within the range). */
double pggg_silence_left(const struct pggg_silence *silence, const struct pggg_range *range, int panels);

/* One value of k for one customer. */
struct pggg_node {
    double k, rest, scale;
    double weight;     /* share of this k, given all that is known of the customer; the weights sum to 1 */
    double silent_log; /* log of P(no purchase from t_x to T, or left before it) given k and alive at t_x */
    double alive;      /* P(alive at T) given k */
};

enum { PGGG_NODES_MOST = 200 };

struct pggg_customer {
    const double *v; /* the parameters */
    struct cbs_customer c;
    size_t nodes;
    struct pggg_node node[PGGG_NODES_MOST];
    int from, to; /* steps of the first and the last point */
    double middle, width;
    double loglik;
};
void pggg_customer_make(const double *v, const struct cbs_customer *c, enum pggg_care care, struct pggg_customer *out);

/* The coming purchases of one customer, made FINE and FAIR. horizon >= 0; pmf: out[most + 1]. */
double pggg_active_of(const struct pggg_customer *fine, double horizon);
double pggg_expected_of(const struct pggg_customer *fine, const struct pggg_customer *fair, double horizon);
double pggg_more_of(const struct pggg_customer *fair, double horizon, double n);
void pggg_pmf_of(struct arena *arena, const struct pggg_customer *fine, const struct pggg_customer *fair,
                 double horizon, size_t most, double *out);

/* How the points over k lie about the peak of the gaps' terms, in its standard deviations, found at some parameters: elsewhere the
 * points move along, so that the log-likelihood is smooth in the parameters, and needs no search. */
struct pggg_plan {
    double peak, shift, stretch;
    int from, to;
};
void pggg_plan_make(const double *v, const struct cbs_customer *c, struct pggg_plan *out);
double pggg_plan_loglik(const double *v, const struct cbs_customer *c, const struct pggg_plan *plan); /* GROSS */

/* All customers, each with its plan: 32 bytes a row beside the data. */
struct pggg_rows;
struct pggg_rows *pggg_rows_make(struct arena *arena, const struct cbs *data, const double *v, unsigned threads);
size_t pggg_rows_blocks(const struct pggg_rows *rows);
/* The log-likelihood, GROSS; block[pggg_rows_blocks] is scratch. The same bits for any number of threads. */
double pggg_rows_loglik(const struct pggg_rows *rows, const double *v, double *block, unsigned threads);

enum stat_code pggg_fit(struct arena *arena, const struct cbs *data, const struct model_fit_options *options,
                        struct model_fit *out);

#endif
