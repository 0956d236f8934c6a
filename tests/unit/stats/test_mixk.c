// SPDX-License-Identifier: Apache-2.0
/* The mixture over regularity: single customers against numerical integration (mixk_table.h), the fit against invented
 * customers and against what must not change it, and the edges. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <math.h>
#include <stdbool.h>
#include <string.h>

#include "stats/cnbd.h"
#include "stats/mixk.h"
#include "stats/mixk_likelihood.h"
#include "stats/random.h"

static const double TOL_CHANCE = 1e-9;     /* of a probability */
static const double TOL_RELATIVE = 1e-9;   /* of an expectation or a log-likelihood, relative */
static const double TOL_ROUND = 1e-12;     /* two ways to the same number */
static const double TOL_OPTIMUM = 1e-6;    /* two searches for the same parameters, relative */
static const double TOL_SHOWN = 5.1e-5;    /* four decimals of an example */
static const double TOL_LIKELY = 1e-3;     /* log-likelihood of optima far out, where it hardly changes any more */
static const double TOL_DIFFERENCE = 1e-6; /* derivatives by differences, relative */

enum { CUSTOMERS = 3000, PMF_MOST = 400 };

struct row {
    double given[13], found[5];
};

static const struct row table[] = {
#include "mixk_table.h"
};

static struct arena arena;

static _Noreturn void full(void *owner, size_t wanted) {
    (void)owner;
    fail_msg("no memory for %zu", wanted);
    for (;;)
        ;
}

static int arena_begin(void **state) {
    (void)state;
    arena_init(&arena, 0, full, NULL);
    return 0;
}

static int arena_end(void **state) {
    (void)state;
    arena_clear(&arena);
    return 0;
}

static struct model_params params_of(double r, double alpha, double a, double b, const double weight[MIXK_PARTS]) {
    struct model_params p = {.kind = MODEL_MIXK, .k = 1, .v = {r, alpha, a, b}};
    memcpy(p.v + 4, weight, MIXK_PARTS * sizeof *weight);
    return p;
}

static void row_read(const struct row *row, struct model_params *params, struct cbs_customer *c, double *horizon) {
    *params = params_of(row->given[0], row->given[1], row->given[2], row->given[3], row->given + 4);
    *c = (struct cbs_customer){row->given[8], row->given[9], row->given[10], row->given[11]};
    *horizon = row->given[12];
}

static double relative(double a, double b) {
    return fabs(a - b) / fmax(fabs(b), 1e-300);
}

/* -- one customer -- */

static void mixk_single_customers_as_by_integration(void **state) {
    (void)state;
    for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
        struct model_params params;
        struct cbs_customer c;
        double horizon, pmf[2];
        row_read(&table[i], &params, &c, &horizon);
        const double *found = table[i].found;
        assert_int_equal(mixk_def.check(&params), STAT_OK);
        assert_true(relative(mixk_def.loglik(&params, &c), found[0]) < TOL_RELATIVE);
        assert_true(fabs(mixk_def.alive(&params, &c) - found[1]) < TOL_CHANCE);
        assert_true(fabs(mixk_def.active(&params, &c, horizon) - found[2]) < TOL_CHANCE);
        assert_true(relative(mixk_def.expected(&params, &c, horizon), found[3]) < TOL_RELATIVE);
        assert_int_equal(mixk_def.pmf(&arena, &params, &c, horizon, 1, pmf), STAT_OK);
        assert_true(fabs(pmf[1] - found[4]) < TOL_CHANCE);
    }
}

static void mixk_active_is_what_the_likelihood_says(void **state) {
    (void)state;
    for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
        struct model_params params;
        struct cbs_customer c, later;
        double horizon;
        row_read(&table[i], &params, &c, &horizon);
        later = c;
        later.T += horizon;
        double silent = exp(mixk_def.loglik(&params, &later) - mixk_def.loglik(&params, &c));
        assert_true(fabs(1 - silent - mixk_def.active(&params, &c, horizon)) < TOL_ROUND * 100);
    }
}

static void mixk_customer_knows_what_the_table_of_models_answers(void **state) {
    (void)state;
    for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
        struct model_params params;
        struct cbs_customer c;
        struct mixk_customer customer;
        double horizon;
        row_read(&table[i], &params, &c, &horizon);
        mixk_customer_make(&params, &c, &customer);
        for (double t = horizon / 4096; t <= 4 * horizon; t *= 4) {
            double active = mixk_def.active(&params, &c, t);
            assert_true(fabs(mixk_customer_within(&customer, t) - active) <= TOL_ROUND);
            assert_true(mixk_customer_active(&customer, t) == active);
            assert_true(mixk_customer_expected(&customer, t) == mixk_def.expected(&params, &c, t));
        }
        assert_true(mixk_customer_alive(&customer) == mixk_def.alive(&params, &c));
        assert_true(mixk_customer_within(&customer, 0) == 0);
    }
}

static void mixk_with_one_component_is_that_model(void **state) {
    (void)state;
    const struct cbs_customer c[] = {{0, 0, 0, 0}, {0, 0, 300, 0}, {3, 200, 260, 3 * 4.1}, {50, 364, 364, 50 * 1.9}};
    for (size_t part = 0; part < MIXK_PARTS; part++) {
        double weight[MIXK_PARTS] = {0};
        weight[part] = 1;
        struct model_params mixed = params_of(0.7, 40, 0.6, 1.4, weight), one = mixk_part(&mixed, part);
        const struct model_def *def = model_of(MODEL_MBGCNBD);
        assert_int_equal(one.k, mixk_k[part]);
        for (size_t i = 0; i < sizeof c / sizeof *c; i++) {
            assert_true(fabs(mixk_def.loglik(&mixed, &c[i]) - def->loglik(&one, &c[i])) < TOL_CHANCE);
            assert_true(fabs(mixk_def.alive(&mixed, &c[i]) - def->alive(&one, &c[i])) < TOL_ROUND);
            assert_true(fabs(mixk_def.active(&mixed, &c[i], 30) - def->active(&one, &c[i], 30)) < TOL_ROUND);
            assert_true(relative(mixk_def.expected(&mixed, &c[i], 30), def->expected(&one, &c[i], 30)) < TOL_ROUND);
        }
        assert_true(relative(mixk_def.expected_new(&mixed, 365), def->expected_new(&one, 365)) < TOL_ROUND);
    }
    struct model_params mbg = {.kind = MODEL_MBGNBD, .k = 1, .v = {0.7, 40, 0.6, 1.4}};
    struct model_params same = params_of(0.7, 40, 0.6, 1.4, (double[]){1, 0, 0, 0});
    for (size_t i = 0; i < sizeof c / sizeof *c; i++)
        assert_true(fabs(mixk_def.active(&same, &c[i], 30) - model_of(MODEL_MBGNBD)->active(&mbg, &c[i], 30)) <
                    TOL_ROUND);
}

static void mixk_distribution_sums_to_one_and_its_mean_is_the_expectation(void **state) {
    (void)state;
    double pmf[PMF_MOST + 1];
    for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
        struct model_params params;
        struct cbs_customer c;
        double horizon, sum = 0, mean = 0;
        row_read(&table[i], &params, &c, &horizon);
        assert_int_equal(mixk_def.pmf(&arena, &params, &c, horizon, PMF_MOST, pmf), STAT_OK);
        for (size_t n = 0; n <= PMF_MOST; n++) {
            assert_true(pmf[n] >= 0);
            sum += pmf[n];
            mean += (double)n * pmf[n];
        }
        assert_true(fabs(sum - 1) < TOL_CHANCE);
        assert_true(relative(mean, mixk_def.expected(&params, &c, horizon)) < 1e-6);
        assert_true(fabs(1 - pmf[0] - mixk_def.active(&params, &c, horizon)) < TOL_CHANCE);
        assert_int_equal(mixk_def.pmf_new(&arena, &params, horizon, PMF_MOST, pmf), STAT_OK);
        mean = 0;
        for (size_t n = 0; n <= PMF_MOST; n++)
            mean += (double)n * pmf[n];
        assert_true(relative(mean, mixk_def.expected_new(&params, horizon)) < 1e-6);
    }
}

static void mixk_active_grows_with_the_horizon_and_stays_below_the_expectation(void **state) {
    (void)state;
    for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
        struct model_params params;
        struct cbs_customer c;
        double horizon, before = 0;
        row_read(&table[i], &params, &c, &horizon);
        assert_true(mixk_def.active(&params, &c, 0) == 0 && mixk_def.expected(&params, &c, 0) == 0);
        for (double t = 1e-6; t < 1e5; t *= 1.7) {
            double active = mixk_def.active(&params, &c, t), expected = mixk_def.expected(&params, &c, t);
            assert_true(active >= before * (1 - TOL_CHANCE));
            assert_true(active <= expected * (1 + TOL_CHANCE));
            assert_true(active <= mixk_def.alive(&params, &c) + TOL_ROUND);
            before = active;
        }
    }
}

static void mixk_posterior_knows_the_regular_from_the_irregular(void **state) {
    (void)state;
    struct model_params params = params_of(1, 30, 0.5, 2, (double[]){.25, .25, .25, .25});
    double regular[MIXK_PARTS], wild[MIXK_PARTS], sum = 0;
    const struct cbs_customer even = {10, 300, 310, 10 * 3.4011973816621555}, uneven = {10, 300, 310, 10 * 2.2};
    mixk_posterior(&params, &even, regular);
    mixk_posterior(&params, &uneven, wild);
    for (size_t i = 0; i < MIXK_PARTS; i++)
        sum += regular[i];
    assert_true(fabs(sum - 1) < TOL_ROUND);
    assert_true(regular[3] > 0.9);
    assert_true(wild[0] > 0.9);
}

/* The numbers of docs/methods/mixk.md. */
static void mixk_worked_example(void **state) {
    (void)state;
    const struct model_params params = params_of(1.2, 36, 0.43, 0.9, (double[]){0.3, 0.3, 0.2, 0.2});
    const struct {
        struct cbs_customer c;
        double share[MIXK_PARTS], loglik, alive, active, expected;
    } example[] = {
        {{4, 112, 130, 4 * log(28)}, {.0215, .0859, .2050, .6876}, -16.8489, .8998, .7873, 2.6507},
        {{4, 112, 130, 3 * log(2) + log(106)}, {.9945, .0055, 0, 0}, -20.6852, .8626, .4996, 2.2088},
        {{0, 0, 18, 0}, {.2783, .2991, .2086, .2140}, -.2271, .5943, .2595, .9354},
    };
    for (size_t i = 0; i < sizeof example / sizeof *example; i++) {
        double share[MIXK_PARTS];
        mixk_posterior(&params, &example[i].c, share);
        for (size_t part = 0; part < MIXK_PARTS; part++)
            assert_true(fabs(share[part] - example[i].share[part]) < TOL_SHOWN);
        assert_true(fabs(mixk_def.loglik(&params, &example[i].c) - example[i].loglik) < TOL_SHOWN);
        assert_true(fabs(mixk_def.alive(&params, &example[i].c) - example[i].alive) < TOL_SHOWN);
        assert_true(fabs(mixk_def.active(&params, &example[i].c, 30) - example[i].active) < TOL_SHOWN);
        assert_true(fabs(mixk_def.expected(&params, &example[i].c, 90) - example[i].expected) < TOL_SHOWN);
    }
}

static void mixk_numbers_do_not_break(void **state) {
    (void)state;
    static const double sizes[] = {1e-6, 1e-2, 1, 1e3, 1e6};
    const double weight[MIXK_PARTS] = {.4, .3, .2, .1};
    const struct cbs_customer c[] = {{0, 0, 0, 0},
                                     {0, 0, 1, 0},
                                     {0, 0, 20000, 0},
                                     {1, 1e-3, 20000, -6.9},
                                     {1, 20000, 20000, 9.9},
                                     {100000, 9000, 9000.5, 100000 * -2.5},
                                     {100000, 20000, 20000, 100000 * -1.61},
                                     {7, 70, 70 + 1e-9, 7 * 2.3}};
    for (size_t i = 0; i < 5; i++)
        for (size_t j = 0; j < 5; j++)
            for (size_t k = 0; k < 5; k++)
                for (size_t n = 0; n < sizeof c / sizeof *c; n++) {
                    struct model_params params = params_of(sizes[i], sizes[(i + j) % 5], sizes[j], sizes[k], weight);
                    double alive = mixk_def.alive(&params, &c[n]), active = mixk_def.active(&params, &c[n], 90);
                    double expected = mixk_def.expected(&params, &c[n], 90);
                    assert_true(isfinite(mixk_def.loglik(&params, &c[n])));
                    assert_true(alive >= 0 && alive <= 1);
                    assert_true(active >= 0 && active <= alive * (1 + TOL_CHANCE));
                    assert_true(isfinite(expected) && expected >= active * (1 - TOL_CHANCE));
                }
}

static void mixk_refuses_what_is_no_mixture(void **state) {
    (void)state;
    struct model_params good = params_of(1, 1, 1, 1, (double[]){.25, .25, .25, .25}), bad = good;
    assert_int_equal(mixk_def.check(&good), STAT_OK);
    bad.v[4] = -0.25, bad.v[5] = 0.75;
    assert_int_equal(mixk_def.check(&bad), STAT_DOMAIN);
    bad = good;
    bad.v[7] = 0.26;
    assert_int_equal(mixk_def.check(&bad), STAT_DOMAIN);
    for (size_t i = 0; i < 4; i++) {
        bad = good;
        bad.v[i] = 1e-8;
        assert_int_equal(mixk_def.check(&bad), STAT_OK);
        assert_true(isfinite(mixk_def.expected(&bad, &(struct cbs_customer){2, 3, 5, 0.5}, 30)));
        bad.v[i] = i % 2 ? 0 : NAN;
        assert_int_equal(mixk_def.check(&bad), STAT_DOMAIN);
    }
}

/* -- the fit -- */

/* Customers of a mixture, watched for 30 to 395 days. */
static void customers_invent(size_t n, const struct model_params *params, struct cbs_customer *c) {
    for (size_t i = 0; i < n; i++) {
        struct random chance;
        random_seed(&chance, 11, i);
        double u = random_unit(&chance);
        size_t part = 0;
        while (part + 1 < MIXK_PARTS && u > params->v[4 + part])
            u -= params->v[4 + part++];
        double k = mixk_k[part], rate = random_gamma(&chance, params->v[0]) / (params->v[1] / k);
        double leaves = random_beta(&chance, params->v[2], params->v[3]), t = 0;
        c[i] = (struct cbs_customer){.T = 30 + 365 * random_unit(&chance)};
        while (random_unit(&chance) > leaves) {
            double gap = random_gamma(&chance, k) / rate;
            if (!(t + gap <= c[i].T))
                break;
            t += gap;
            c[i].x += 1;
            c[i].litt += log(gap);
        }
        c[i].t_x = t;
    }
}

static struct model_fit fit_of(struct cbs_customer *c, size_t n, unsigned threads) {
    struct cbs data;
    struct model_fit fit;
    assert_int_equal(cbs_make(&arena, c, NULL, n, true, threads, &data), STAT_OK);
    assert_int_equal(mixk_def.fit(&arena, &data, &(struct model_fit_options){.threads = threads}, &fit), STAT_OK);
    assert_int_equal(mixk_def.check(&fit.params), STAT_OK);
    return fit;
}

static const double invented_weight[MIXK_PARTS] = {.3, .4, .1, .2};

static struct cbs_customer *invented(size_t n) {
    struct model_params params = params_of(.8, 20, .6, 2, invented_weight);
    struct cbs_customer *c = arena_new(&arena, struct cbs_customer, n);
    customers_invent(n, &params, c);
    return c;
}

static void mixk_fit_finds_an_invented_mixture(void **state) {
    (void)state;
    struct model_params truth = params_of(.8, 20, .6, 2, invented_weight);
    struct model_fit fit = fit_of(invented(4 * CUSTOMERS), 4 * CUSTOMERS, 2);
    assert_int_equal(fit.stop, MODEL_CONVERGED);
    assert_int_equal(fit.free, 7);
    assert_int_equal(fit.warnings, 0);
    for (size_t i = 0; i < MODEL_PARAMS; i++) {
        assert_true(fit.se[i] > 0 && isfinite(fit.se[i]));
        assert_true(fabs(fit.params.v[i] - truth.v[i]) < 3 * fit.se[i]);
    }
    assert_true(fabs(fit.aic - (14 - 2 * fit.loglik)) < TOL_CHANCE);
    assert_true(fabs(fit.bic - (7 * log(4 * CUSTOMERS) - 2 * fit.loglik)) < TOL_CHANCE);
}

static void mixk_fit_puts_needless_components_at_zero(void **state) {
    (void)state;
    struct model_params truth = params_of(1, 20, .5, 2, (double[]){1, 0, 0, 0});
    struct cbs_customer *c = arena_new(&arena, struct cbs_customer, CUSTOMERS);
    customers_invent(CUSTOMERS, &truth, c);
    struct model_fit fit = fit_of(c, CUSTOMERS, 1);
    size_t zeros = 0;
    assert_true(fit.params.v[4] > 0.95);
    assert_int_equal(fit.stop, MODEL_CONVERGED);
    assert_int_equal(fit.warnings, 0);
    for (size_t part = 4; part < MODEL_PARAMS; part++) {
        if (fit.params.v[part] > 0)
            continue;
        zeros++;
        assert_true(isinf(fit.se[part]));
        for (size_t i = 0; i < MODEL_PARAMS; i++)
            assert_true(fit.covariance[part * MODEL_PARAMS + i] == 0);
    }
    assert_true(zeros > 0);
    assert_int_equal(fit.free, 7 - zeros);
}

/* A single component is a mixture too. Few customers, whose likeliest parameters lie far out. */
static void mixk_fit_is_as_likely_as_every_component_alone(void **state) {
    (void)state;
    static const struct {
        double r, alpha, a, b, weight[MIXK_PARTS];
        size_t n;
    } few[] = {{.9, 150, .3, .1, {0, .5, .5, 0}, 16},
               {.07, 20, .3, 8, {0, 0, 1, 0}, 16},
               {3.7, 900, 3.9, .8, {.3, 0, .2, .5}, 110},
               {.3, 400, .3, .05, {.1, .6, .2, .1}, 170},
               {8, 300, .6, .05, {.7, 0, .2, .1}, 114}};
    for (size_t i = 0; i < sizeof few / sizeof *few; i++) {
        struct model_params truth = params_of(few[i].r, few[i].alpha, few[i].a, few[i].b, few[i].weight);
        struct cbs_customer *c = arena_new(&arena, struct cbs_customer, few[i].n);
        customers_invent(few[i].n, &truth, c);
        struct cbs data;
        assert_int_equal(cbs_make(&arena, c, NULL, few[i].n, false, 1, &data), STAT_OK);
        double most = -INFINITY;
        for (size_t part = 0; part < MIXK_PARTS; part++) {
            struct model_fit alone;
            struct model_fit_options options = {.k = mixk_k[part], .threads = 1};
            assert_int_equal(mbgcnbd_def.fit(&arena, &data, &options, &alone), STAT_OK);
            most = fmax(most, alone.loglik);
        }
        struct model_fit fit = fit_of(c, few[i].n, 1);
        assert_true(fit.loglik > most - TOL_LIKELY);
        assert_true(fit.stop == MODEL_CONVERGED || (fit.stop == MODEL_AT_BOUND && fit.warnings != 0));
    }
}

/* r near 0 hides behind a larger r with some who leave at once: two hills of nearly the same height. The last has customers
 * with hundreds of purchases, of whom each can be of one component only. */
static void mixk_fit_is_as_likely_as_from_the_truth(void **state) {
    (void)state;
    static const struct {
        double r, alpha, a, b, weight[MIXK_PARTS];
        size_t n;
    } hidden[] = {{.06, 7.4, 1.06, 8.34, {.02, .01, .16, .81}, 235},
                  {.05, 6.3, .77, 9.4, {.27, .09, .3, .34}, 480},
                  {.18, 1.4, .06, 1.54, {.39, 0, .13, .48}, 402},
                  {.18, .6, .05, 5.78, {.79, .19, .01, .01}, 393}};
    for (size_t i = 0; i < sizeof hidden / sizeof *hidden; i++) {
        struct model_params truth = params_of(hidden[i].r, hidden[i].alpha, hidden[i].a, hidden[i].b, hidden[i].weight);
        struct cbs_customer *c = arena_new(&arena, struct cbs_customer, hidden[i].n);
        customers_invent(hidden[i].n, &truth, c);
        struct model_fit fit = fit_of(c, hidden[i].n, 1), from_truth;
        struct cbs data;
        assert_int_equal(cbs_make(&arena, c, NULL, hidden[i].n, true, 1, &data), STAT_OK);
        struct model_fit_options options = {.threads = 1, .start = truth.v};
        assert_int_equal(mixk_def.fit(&arena, &data, &options, &from_truth), STAT_OK);
        assert_true(fit.loglik > from_truth.loglik - TOL_LIKELY);
        assert_true(fit.stop != MODEL_NOT_CONVERGED);
    }
}

static void mixk_fit_is_the_same_bits_for_any_threads_and_order(void **state) {
    (void)state;
    struct cbs_customer *c = invented(CUSTOMERS), *reversed = arena_new(&arena, struct cbs_customer, CUSTOMERS);
    for (size_t i = 0; i < CUSTOMERS; i++)
        reversed[i] = c[CUSTOMERS - 1 - i];
    struct model_fit one = fit_of(c, CUSTOMERS, 1), three = fit_of(reversed, CUSTOMERS, 3);
    assert_memory_equal(&one.params.v, &three.params.v, sizeof one.params.v);
    assert_memory_equal(&one.se, &three.se, sizeof one.se);
    assert_true(one.loglik == three.loglik);
}

static void mixk_fit_of_each_customer_twice_is_the_same_with_twice_the_likelihood(void **state) {
    (void)state;
    struct cbs_customer *c = invented(CUSTOMERS), *twice = arena_new(&arena, struct cbs_customer, 2 * CUSTOMERS);
    memcpy(twice, c, CUSTOMERS * sizeof *c);
    memcpy(twice + CUSTOMERS, c, CUSTOMERS * sizeof *c);
    struct model_fit one = fit_of(c, CUSTOMERS, 2), two = fit_of(twice, 2 * CUSTOMERS, 2);
    for (size_t i = 0; i < MODEL_PARAMS; i++)
        assert_true(relative(two.params.v[i], one.params.v[i]) < TOL_OPTIMUM);
    assert_true(relative(two.loglik, 2 * one.loglik) < TOL_CHANCE);
    assert_true(relative(two.se[0] * sqrt(2), one.se[0]) < 1e-4);
}

static void mixk_fit_in_weeks_is_the_fit_in_days_with_another_alpha(void **state) {
    (void)state;
    struct cbs_customer *c = invented(CUSTOMERS), *weeks = arena_new(&arena, struct cbs_customer, CUSTOMERS);
    double purchases = 0;
    for (size_t i = 0; i < CUSTOMERS; i++) {
        weeks[i] = (struct cbs_customer){c[i].x, c[i].t_x / 7, c[i].T / 7, c[i].litt - c[i].x * log(7)};
        purchases += c[i].x;
    }
    struct model_fit day = fit_of(c, CUSTOMERS, 2), week = fit_of(weeks, CUSTOMERS, 2);
    assert_true(relative(week.params.v[1] * 7, day.params.v[1]) < TOL_OPTIMUM);
    for (size_t i = 0; i < MODEL_PARAMS; i++)
        if (i != 1)
            assert_true(relative(week.params.v[i], day.params.v[i]) < TOL_OPTIMUM);
    assert_true(fabs(week.loglik - day.loglik - purchases * log(7)) < TOL_OPTIMUM * fabs(day.loglik));
}

static void mixk_fit_covariate_moves_alpha(void **state) {
    (void)state;
    enum { EACH = 2 * CUSTOMERS };
    struct model_params slow = params_of(.8, 40, .6, 2, invented_weight),
                        fast = params_of(.8, 20, .6, 2, invented_weight);
    struct cbs_customer *c = arena_new(&arena, struct cbs_customer, 2 * EACH);
    uint32_t *group = arena_new(&arena, uint32_t, 2 * EACH);
    customers_invent(EACH, &slow, c);
    customers_invent(EACH, &fast, c + EACH);
    for (size_t i = EACH; i < 2 * EACH; i++)
        group[i] = 1;
    struct cbs data;
    struct model_fit fit;
    struct model_fit_options options = {.threads = 2, .covariates = {.n = 1, .groups = 2, .z = (double[]){0, 1}}};
    assert_int_equal(cbs_make(&arena, c, group, 2 * EACH, true, 2, &data), STAT_OK);
    assert_int_equal(mixk_def.fit(&arena, &data, &options, &fit), STAT_OK);
    assert_true(fabs(fit.rate[0] - log(2)) < 3 * fit.rate_se[0] && fit.rate_se[0] < 0.1);
    assert_true(fabs(fit.drop[0]) < 3 * fit.drop_se[0] && fit.drop_se[0] < 0.2);
    assert_int_equal(fit.free, 9);
}

static void mixk_fit_derivatives_are_those_of_the_value(void **state) {
    (void)state;
    struct cbs data;
    struct mixk_likelihood likelihood;
    assert_int_equal(cbs_make(&arena, invented(CUSTOMERS), NULL, CUSTOMERS, true, 1, &data), STAT_OK);
    mixk_likelihood_init(&arena, &data, &(struct model_covariates){0}, 1, 1, &likelihood);
    double at[MIXK_OWN] = {-0.3, 3.2, -1.1, 0.7, .3, .2, .05, .4}, value, gradient[MIXK_OWN],
           hessian[MIXK_OWN * MIXK_OWN];
    assert_true(mixk_likelihood_at(&likelihood, at, &value, gradient, hessian));
    for (size_t i = 0; i < MIXK_OWN; i++) {
        double was = at[i], step = 1e-5, low[MIXK_OWN], high[MIXK_OWN], below, above;
        at[i] = was - step;
        mixk_likelihood_at(&likelihood, at, &below, low, NULL);
        at[i] = was + step;
        mixk_likelihood_at(&likelihood, at, &above, high, NULL);
        at[i] = was;
        assert_true(fabs((above - below) / (2 * step) - gradient[i]) < TOL_DIFFERENCE * (1 + fabs(gradient[i])));
        for (size_t j = 0; j < MIXK_OWN; j++) {
            double slope = (high[j] - low[j]) / (2 * step), exact = hessian[i * MIXK_OWN + j];
            assert_true(fabs(slope - exact) < 10 * TOL_DIFFERENCE * (1 + fabs(exact)));
        }
    }
}

static void mixk_fit_of_strange_customers_has_an_end(void **state) {
    (void)state;
    static const struct cbs_customer strange[] = {{5, 50, 100, 5 * 2.302585092994046},
                                                  {10, 100, 100, 10 * 2.302585092994046},
                                                  {1, 1, 3650, 0},
                                                  {100000, 9900, 10000, -231263}};
    struct cbs_customer *c = arena_new(&arena, struct cbs_customer, CUSTOMERS);
    for (size_t s = 0; s < sizeof strange / sizeof *strange; s++) {
        for (size_t i = 0; i < CUSTOMERS; i++)
            c[i] = strange[s];
        struct model_fit fit = fit_of(c, CUSTOMERS, 1);
        assert_true(fit.warnings & MODEL_WARN_HOMOGENEOUS);
        assert_true(fit.stop != MODEL_NOT_CONVERGED && isfinite(fit.loglik));
        assert_true(isfinite(mixk_def.active(&fit.params, &strange[s], 30)));
    }
}

static void mixk_fit_without_dropout_says_so(void **state) {
    (void)state;
    struct model_params truth = params_of(1.5, 30, 1e-6, 1, (double[]){.5, .5, 0, 0});
    struct cbs_customer *c = arena_new(&arena, struct cbs_customer, CUSTOMERS);
    customers_invent(CUSTOMERS, &truth, c);
    struct model_fit fit = fit_of(c, CUSTOMERS, 2);
    assert_true(fit.warnings & MODEL_WARN_NO_DROPOUT);
    assert_true(mixk_def.alive(&fit.params, &(struct cbs_customer){5, 100, 120, 5 * 2.9}) > 0.95);
}

static void mixk_fit_refuses_too_few_customers_and_none_that_came_back(void **state) {
    (void)state;
    struct cbs_customer *c = arena_new(&arena, struct cbs_customer, CUSTOMERS);
    struct cbs data;
    struct model_fit fit;
    for (size_t i = 0; i < CUSTOMERS; i++)
        c[i].T = 100;
    assert_int_equal(cbs_make(&arena, c, NULL, CUSTOMERS, true, 1, &data), STAT_OK);
    assert_int_equal(mixk_def.fit(&arena, &data, &(struct model_fit_options){.threads = 1}, &fit), STAT_TOO_FEW);
    assert_int_equal(cbs_make(&arena, invented(6), NULL, 6, true, 1, &data), STAT_OK);
    assert_int_equal(mixk_def.fit(&arena, &data, &(struct model_fit_options){.threads = 1}, &fit), STAT_TOO_FEW);
}

static void mixk_fit_covariates_may_be_far_from_zero(void **state) {
    (void)state;
    struct cbs_customer *c = invented(2 * CUSTOMERS);
    uint32_t *group = arena_new(&arena, uint32_t, 2 * CUSTOMERS);
    for (size_t i = 0; i < 2 * CUSTOMERS; i++)
        group[i] = (uint32_t)(i % 3);
    struct cbs data;
    struct model_fit near, far;
    struct model_fit_options options = {.threads = 2, .covariates = {.n = 1, .groups = 3, .z = (double[]){0, 1, 2}}};
    assert_int_equal(cbs_make(&arena, c, group, 2 * CUSTOMERS, true, 2, &data), STAT_OK);
    assert_int_equal(mixk_def.fit(&arena, &data, &options, &near), STAT_OK);
    options.covariates.z = (double[]){2020, 2021, 2022};
    assert_int_equal(mixk_def.fit(&arena, &data, &options, &far), STAT_OK);
    assert_true(relative(far.loglik, near.loglik) < TOL_CHANCE);
    assert_true(fabs(far.rate[0] - near.rate[0]) < TOL_OPTIMUM &&
                relative(far.rate_se[0], near.rate_se[0]) < TOL_OPTIMUM);
    assert_true(relative(model_with(&far, &options.covariates, &options.covariates.z[1]).v[1],
                         model_with(&near, &options.covariates, (double[]){1}).v[1]) < 1e-4);
}

static void mixk_fit_needs_litt(void **state) {
    (void)state;
    struct cbs data;
    struct model_fit fit;
    assert_int_equal(cbs_make(&arena, invented(CUSTOMERS), NULL, CUSTOMERS, false, 1, &data), STAT_OK);
    assert_int_equal(mixk_def.fit(&arena, &data, &(struct model_fit_options){.threads = 1}, &fit), STAT_DOMAIN);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(mixk_single_customers_as_by_integration),
        cmocka_unit_test(mixk_active_is_what_the_likelihood_says),
        cmocka_unit_test(mixk_customer_knows_what_the_table_of_models_answers),
        cmocka_unit_test(mixk_with_one_component_is_that_model),
        cmocka_unit_test(mixk_distribution_sums_to_one_and_its_mean_is_the_expectation),
        cmocka_unit_test(mixk_active_grows_with_the_horizon_and_stays_below_the_expectation),
        cmocka_unit_test(mixk_posterior_knows_the_regular_from_the_irregular),
        cmocka_unit_test(mixk_worked_example),
        cmocka_unit_test(mixk_numbers_do_not_break),
        cmocka_unit_test(mixk_refuses_what_is_no_mixture),
        cmocka_unit_test(mixk_fit_finds_an_invented_mixture),
        cmocka_unit_test(mixk_fit_puts_needless_components_at_zero),
        cmocka_unit_test(mixk_fit_is_as_likely_as_every_component_alone),
        cmocka_unit_test(mixk_fit_is_as_likely_as_from_the_truth),
        cmocka_unit_test(mixk_fit_is_the_same_bits_for_any_threads_and_order),
        cmocka_unit_test(mixk_fit_of_each_customer_twice_is_the_same_with_twice_the_likelihood),
        cmocka_unit_test(mixk_fit_in_weeks_is_the_fit_in_days_with_another_alpha),
        cmocka_unit_test(mixk_fit_covariate_moves_alpha),
        cmocka_unit_test(mixk_fit_derivatives_are_those_of_the_value),
        cmocka_unit_test(mixk_fit_of_strange_customers_has_an_end),
        cmocka_unit_test(mixk_fit_without_dropout_says_so),
        cmocka_unit_test(mixk_fit_refuses_too_few_customers_and_none_that_came_back),
        cmocka_unit_test(mixk_fit_covariates_may_be_far_from_zero),
        cmocka_unit_test(mixk_fit_needs_litt),
    };
    return cmocka_run_group_tests_name("mixk", tests, arena_begin, arena_end);
}
