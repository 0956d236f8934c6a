// SPDX-License-Identifier: Apache-2.0
/* cbs -- customers by sufficient statistic: what the probability models know of a customer.
 *
 * x repeat purchases after the first, the last of them at t_x, watched for T, all counted from the first purchase, in
 * one unit (days or weeks). litt = sum of the natural logs of the x gaps; 0 when x = 0. Equal customers are one row with
 * a weight, so a likelihood costs as much as there are distinct rows.
 */
#ifndef REATIVA_STATS_CBS_H
#define REATIVA_STATS_CBS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "stats/stat.h"

struct cbs_customer {
    double x; /* a whole number, 0 .. 1e9 */
    double t_x, T;
    double litt;
};

/* Why a customer is no customer for a model. The order is the order of looking. */
enum cbs_fault {
    CBS_FINE = 0,
    CBS_NOT_A_NUMBER, /* NaN or infinite */
    CBS_X_NEGATIVE,
    CBS_X_FRACTION,
    CBS_T_X_NEGATIVE,
    CBS_T_NOT_POSITIVE, /* T <= 0: first seen at or after the end (T = 0 is allowed with x = 0) */
    CBS_T_X_AFTER_T,
    CBS_X_ZERO_T_X_NOT, /* x = 0 and t_x > 0 */
    CBS_T_X_ZERO_X_NOT, /* x > 0 and t_x = 0 */
    CBS_LITT_TOO_LARGE, /* litt above x log(t_x / x) by more than rounding: no such gaps exist */
    CBS_FAULTS
};
enum cbs_fault cbs_check(const struct cbs_customer *c, bool litt);

struct cbs {
    size_t rows; /* distinct (group, x, t_x, T), in this order */
    double *x, *t_x, *T;
    double *weight;
    uint32_t *group; /* place in a table of covariates; NULL: all 0 */
    double *litt;    /* of the row when rows were kept apart by litt (per_litt); else NULL */
    double litt_sum; /* over all customers, weighted: all that one k needs */
    int64_t customers;
    int64_t repeaters; /* customers with x > 0 */
    double x_sum, T_sum;
};

/* cbs_make -- sort, join equal ones. c[n] all CBS_FINE; group NULL or [n]; per_litt: rows of different litt stay apart.
 * c is left in another order. threads as in parallel_run; same bits for any number.
 * returns   STAT_TOO_FEW n = 0; STAT_DOMAIN n >= 2^32
 * cost      O(n): a few radix passes over 8-byte words where t_x and T are whole, or whole over 7, 100 or 128; else some
 *           twenty passes; 16 or 24 B a customer while it works, 32 B a distinct row */
enum stat_code cbs_make(struct arena *arena, struct cbs_customer *c, const uint32_t *group, size_t n, bool per_litt,
                        unsigned threads, struct cbs *out);

#endif
