// SPDX-License-Identifier: Apache-2.0
/* Fits: what made the data comes back, units and repetition change nothing, boundaries are named, covariates are found. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <math.h>
#include <string.h>

#include "stats/cnbd.h"
#include "stats/optimise.h"
#include "stats/random.h"
#include "stats/simulate.h"

#define ERRORS_MOST 4      /* standard errors that an estimate may be off; seeds are fixed */
#define TOL_SAME 2e-5      /* relative, of parameters of one optimum reached twice */
#define TOL_LOGLIK 1e-6    /* absolute, of the same */
#define TOL_ERRORS 1e-4    /* relative */
#define TOL_CURVATURE 1e-3 /* relative, of errors by differences of the value */
#define CURVATURE_STEP 3e-3
#define TOL_LIMIT 1e-3 /* relative, of predictions at a boundary */

enum { CUSTOMERS = 20000, TIMES = 100000 };

static struct arena arena;
static struct cbs_customer customers[2 * CUSTOMERS];
static uint32_t groups[2 * CUSTOMERS];
static double times[TIMES];

static int arena_begin(void **state) {
    (void)state;
    arena_init(&arena, 0, arena_full_exit, NULL);
    return 0;
}

static int arena_end(void **state) {
    (void)state;
    arena_clear(&arena);
    return 0;
}

/* A customer of the model, watched for T whole units. */
static struct cbs_customer customer_make(const struct model_params *params, uint64_t seed, uint64_t i) {
    struct random chance;
    size_t n;
    random_seed(&chance, seed, i);
    double T = 100 + floor(100 * random_unit(&chance)), before = 0;
    assert_int_equal(simulate_customer(params, &chance, T, times, TIMES, &n), STAT_OK);
    struct cbs_customer c = {.x = (double)n, .t_x = n > 0 ? times[n - 1] : 0, .T = T};
    for (size_t j = 0; j < n; j++) {
        c.litt += log(times[j] - before);
        before = times[j];
    }
    return c;
}

static struct model_fit fit_with(struct cbs_customer *c, const uint32_t *group, size_t n, enum model_kind kind,
                                 const struct model_fit_options *options) {
    struct cbs data;
    struct model_fit fit;
    assert_int_equal(cbs_make(&arena, c, group, n, false, 1, &data), STAT_OK);
    assert_int_equal(model_of(kind)->fit(&arena, &data, options, &fit), STAT_OK);
    assert_int_equal(model_of(kind)->check(&fit.params), STAT_OK);
    return fit;
}

static struct model_fit fit_plain(struct cbs_customer *c, size_t n, enum model_kind kind, int32_t k) {
    return fit_with(c, NULL, n, kind, &(struct model_fit_options){.k = k, .threads = 1});
}

static void assert_near(const char *what, double got, double want, double tolerance) {
    if (!(fabs(got - want) <= tolerance))
        fail_msg("%s: %.12g, not %.12g (within %g)", what, got, want, tolerance);
}

static const struct model_params truths[] = {
    {MODEL_NBD, 1, {0.6, 20}},           {MODEL_BGNBD, 1, {0.5, 15, 0.8, 2.4}},   {MODEL_MBGNBD, 1, {0.9, 20, 0.9, 2}},
    {MODEL_BGCNBD, 3, {0.6, 6, 0.6, 3}}, {MODEL_MBGCNBD, 2, {1.3, 12, 0.4, 0.8}},
};

static void what_made_the_customers_comes_back(void **state) {
    (void)state;
    for (size_t i = 0; i < sizeof truths / sizeof *truths; i++) {
        const struct model_def *def = model_of(truths[i].kind);
        for (size_t j = 0; j < CUSTOMERS; j++)
            customers[j] = customer_make(&truths[i], 1 + i, j);
        struct model_fit fit = fit_plain(customers, CUSTOMERS, truths[i].kind, 0);
        assert_int_equal(fit.stop, MODEL_CONVERGED);
        assert_int_equal(fit.warnings, 0);
        assert_int_equal(fit.params.k, truths[i].k);
        assert_int_equal(fit.free, def->params);
        for (size_t p = 0; p < def->params; p++) {
            assert_true(fit.se[p] > 0 && fit.se[p] < truths[i].v[p]);
            assert_near(def->param[p], fit.params.v[p], truths[i].v[p], ERRORS_MOST * fit.se[p]);
        }
    }
}

/* Minus the log-likelihood with log parameters i and j moved. */
static double value_beside(const struct model_params *params, size_t i, double di, size_t j, double dj, size_t n) {
    struct model_params moved = *params;
    double value = 0;
    moved.v[i] *= exp(di);
    moved.v[j] *= exp(dj);
    for (size_t c = 0; c < n; c++)
        value -= cnbd_loglik(&moved, &customers[c]);
    return value;
}

static void errors_are_those_of_the_curvature(void **state) {
    (void)state;
    enum { FEW = 2000 };
    for (size_t j = 0; j < FEW; j++)
        customers[j] = customer_make(&truths[4], 31, j);
    struct model_fit fit = fit_plain(customers, FEW, MODEL_MBGCNBD, 2);
    double bend[16], covariance[16], h = CURVATURE_STEP;
    for (size_t i = 0; i < 4; i++)
        for (size_t j = 0; j < 4; j++)
            bend[i * 4 + j] =
                (value_beside(&fit.params, i, h, j, h, FEW) - value_beside(&fit.params, i, h, j, -h, FEW) -
                 value_beside(&fit.params, i, -h, j, h, FEW) + value_beside(&fit.params, i, -h, j, -h, FEW)) /
                (4 * h * h);
    assert_true(optimise_inverse(bend, 4, covariance));
    for (size_t i = 0; i < 4; i++) {
        assert_near("error", fit.se[i], fit.params.v[i] * sqrt(covariance[i * 5]), TOL_CURVATURE * fit.se[i]);
        for (size_t j = 0; j < 4; j++)
            assert_near("covariance", fit.covariance[i * MODEL_PARAMS + j], covariance[i * 4 + j],
                        TOL_CURVATURE * sqrt(covariance[i * 5] * covariance[j * 5]));
    }
}

static void unit_and_repetition_leave_the_optimum(void **state) {
    (void)state;
    for (size_t j = 0; j < CUSTOMERS; j++)
        customers[j] = customer_make(&truths[4], 5, j);
    struct model_fit once = fit_plain(customers, CUSTOMERS, MODEL_MBGCNBD, 2);
    for (size_t j = 0; j < CUSTOMERS; j++) {
        struct cbs_customer *c = &customers[j];
        *c = (struct cbs_customer){c->x, 7 * c->t_x, 7 * c->T, c->litt + c->x * log(7)};
        customers[CUSTOMERS + j] = *c;
    }
    struct model_fit twice = fit_plain(customers, 2 * CUSTOMERS, MODEL_MBGCNBD, 2);
    static const double by[] = {1, 7, 1, 1};
    double x_sum = 0;
    for (size_t j = 0; j < CUSTOMERS; j++)
        x_sum += customers[j].x;
    for (size_t p = 0; p < 4; p++) {
        assert_near("parameter", twice.params.v[p], by[p] * once.params.v[p], TOL_SAME * by[p] * once.params.v[p]);
        assert_near("error", twice.se[p], by[p] * once.se[p] / sqrt(2), TOL_ERRORS * by[p] * once.se[p]);
    }
    /* A density of gaps has the unit 1 / time. */
    assert_near("loglik", twice.loglik, 2 * (once.loglik - x_sum * log(7)), TOL_LOGLIK);
    assert_int_equal(twice.unique, once.unique);
}

static void threads_and_order_do_not_change_a_bit(void **state) {
    (void)state;
    struct model_fit first;
    for (unsigned threads = 1; threads <= 4; threads += 3) {
        for (size_t j = 0; j < CUSTOMERS; j++)
            customers[threads == 1 ? j : CUSTOMERS - 1 - j] = customer_make(&truths[2], 7, j);
        struct model_fit fit =
            fit_with(customers, NULL, CUSTOMERS, MODEL_MBGNBD, &(struct model_fit_options){.threads = threads});
        if (threads == 1)
            first = fit;
        assert_memory_equal(&first, &fit, sizeof fit);
    }
}

static void start_of_last_time_finds_the_same(void **state) {
    (void)state;
    static const double far[] = {30, 2, 0.01, 40};
    for (size_t j = 0; j < CUSTOMERS; j++)
        customers[j] = customer_make(&truths[1], 9, j);
    struct model_fit fit = fit_plain(customers, CUSTOMERS, MODEL_BGNBD, 0);
    struct model_fit again = fit_with(customers, NULL, CUSTOMERS, MODEL_BGNBD,
                                      &(struct model_fit_options){.threads = 1, .start = fit.params.v});
    struct model_fit from_far =
        fit_with(customers, NULL, CUSTOMERS, MODEL_BGNBD, &(struct model_fit_options){.threads = 1, .start = far});
    for (size_t p = 0; p < 4; p++) {
        assert_near("again", again.params.v[p], fit.params.v[p], TOL_SAME * fit.params.v[p]);
        assert_near("from far", from_far.params.v[p], fit.params.v[p], TOL_SAME * fit.params.v[p]);
    }
}

/* -- boundaries -- */

static void no_leaving_is_said(void **state) {
    (void)state;
    for (size_t j = 0; j < CUSTOMERS; j++)
        customers[j] = customer_make(&truths[0], 11, j);
    struct model_fit nbd = fit_plain(customers, CUSTOMERS, MODEL_NBD, 0);
    for (int every = 0; every < 2; every++) {
        struct model_fit fit = fit_plain(customers, CUSTOMERS, every ? MODEL_MBGNBD : MODEL_BGNBD, 0);
        assert_true(fit.warnings & MODEL_WARN_NO_DROPOUT);
        assert_true(fit.stop == MODEL_AT_BOUND || fit.stop == MODEL_CONVERGED);
        assert_true(fit.loglik >= nbd.loglik - 1e-3 && fit.loglik < nbd.loglik + 2);
        struct cbs_customer c = {5, 90, 120, 0};
        double want = cnbd_expected(&nbd.params, &c, 90);
        assert_near("expected", cnbd_expected(&fit.params, &c, 90), want, 0.05 * want);
    }
}

static void equal_customers_are_homogeneous(void **state) {
    (void)state;
    static const struct cbs_customer all[] = {
        {3, 60, 90, 8.9}, {3, 90, 90, 10.2}, {1, 5, 365, 1.6}, {40, 364, 365, 80}};
    for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
        for (enum model_kind kind = MODEL_NBD; kind <= MODEL_MBGCNBD; kind++) {
            for (size_t j = 0; j < 500; j++)
                customers[j] = all[i];
            struct model_fit fit = fit_plain(customers, 500, kind, 0);
            assert_int_equal(fit.stop, MODEL_AT_BOUND);
            assert_true(fit.warnings & MODEL_WARN_HOMOGENEOUS);
            assert_true(fit.unique == 1);
            double active = model_of(kind)->active(&fit.params, &all[i], 30);
            assert_true(active >= 0 && active <= 1 && isfinite(model_of(kind)->expected(&fit.params, &all[i], 30)));
            if (kind == MODEL_NBD) /* a Poisson process with x purchases in T */
                assert_near("expected", model_of(kind)->expected(&fit.params, &all[i], 30), 30 * all[i].x / all[i].T,
                            TOL_LIMIT * all[i].x);
        }
    }
}

/* Half buys every day or so, half never again. */
static void two_kinds_of_customers_are_extreme(void **state) {
    (void)state;
    struct random chance;
    random_seed(&chance, 13, 0);
    for (size_t j = 0; j < 2000; j++) {
        double x = j % 2 ? floor(90 + 20 * random_unit(&chance)) : 0;
        customers[j] = (struct cbs_customer){x, x > 0 ? 99.5 : 0, 100, 0};
    }
    struct model_fit fit = fit_plain(customers, 2000, MODEL_MBGNBD, 0);
    assert_true(fit.warnings & MODEL_WARN_HETEROGENEITY_EXTREME);
    assert_true(fit.stop == MODEL_AT_BOUND);
    /* Those who came back stay; those who did not have left. */
    assert_true(cnbd_alive(&fit.params, &customers[0]) < 1e-3);
}

static void too_little_is_refused(void **state) {
    (void)state;
    struct cbs data;
    struct model_fit fit;
    const struct model_fit_options options = {.threads = 1};
    struct cbs_customer few[] = {{2, 30, 39, 0}, {1, 2, 39, 0}, {0, 0, 39, 0}};
    assert_int_equal(cbs_make(&arena, few, NULL, 3, false, 1, &data), STAT_OK);
    assert_int_equal(bgnbd_def.fit(&arena, &data, &options, &fit), STAT_TOO_FEW);
    assert_int_equal(nbd_def.fit(&arena, &data, &options, &fit), STAT_OK);
    struct cbs_customer once[] = {{0, 0, 39, 0}, {0, 0, 38, 0}, {0, 0, 37, 0}, {0, 0, 36, 0}, {0, 0, 35, 0}};
    assert_int_equal(cbs_make(&arena, once, NULL, 5, false, 1, &data), STAT_OK);
    assert_int_equal(data.repeaters, 0);
    assert_int_equal(bgnbd_def.fit(&arena, &data, &options, &fit), STAT_TOO_FEW);
    assert_int_equal(nbd_def.fit(&arena, &data, &options, &fit), STAT_TOO_FEW);
    struct cbs_customer five[] = {{2, 30, 39, 0}, {1, 2, 39, 0}, {0, 0, 39, 0}, {0, 0, 38, 0}, {0, 0, 37, 0}};
    assert_int_equal(cbs_make(&arena, five, NULL, 5, false, 1, &data), STAT_OK);
    assert_int_equal(bgcnbd_def.fit(&arena, &data, &(struct model_fit_options){.k = 13}, &fit), STAT_DOMAIN);
}

/* Times from hours to decades, one history of 100,000 purchases among few: whatever comes out can be used. */
static void odd_data_give_usable_parameters(void **state) {
    (void)state;
    struct random chance;
    random_seed(&chance, 17, 0);
    for (size_t round = 0; round < 40; round++) {
        size_t n = 4 + (size_t)(60 * random_unit(&chance));
        double unit = exp(12 * random_unit(&chance) - 4);
        for (size_t j = 0; j < n; j++) {
            double x = floor(exp(7 * random_unit(&chance) * random_unit(&chance)) - 1),
                   T = unit * (1 + random_unit(&chance));
            if (j == 0)
                x = round % 4 == 0 ? 100000 : 1;
            double t_x = x > 0 ? T * (random_unit(&chance) < 0.3 ? 1 : random_unit(&chance)) : 0;
            customers[j] = (struct cbs_customer){x, t_x, T, x > 0 ? x * log(t_x / x) - 0.3 * x : 0};
        }
        for (enum model_kind kind = MODEL_NBD; kind <= MODEL_MBGCNBD; kind++) {
            struct model_fit fit = fit_plain(customers, n, kind, 1 + (int32_t)(round % 5));
            if (!isfinite(fit.loglik) || fit.stop == MODEL_NOT_CONVERGED)
                fail_msg("round %zu, %s: loglik %g, stop %d", round, model_of(kind)->name, fit.loglik, (int)fit.stop);
            for (size_t j = 0; j < n; j++)
                assert_true(isfinite(model_of(kind)->expected(&fit.params, &customers[j], unit)));
        }
    }
}

/* -- covariates -- */

static const double z[] = {0, 0, 1, 0, 0, 1, 1, 1};
static const struct model_covariates covariates = {.n = 2, .groups = 4, .z = z};

static void covariates_of_rate_and_leaving_are_found(void **state) {
    (void)state;
    struct model_fit truth = {.params = truths[2], .rate = {0.5, 0}, .drop = {0, -0.8}};
    for (size_t j = 0; j < CUSTOMERS; j++) {
        groups[j] = (uint32_t)(j % 4);
        struct model_params own = model_with(&truth, &covariates, &z[groups[j] * 2]);
        customers[j] = customer_make(&own, 19, j);
    }
    struct model_fit fit = fit_with(customers, groups, CUSTOMERS, MODEL_MBGNBD,
                                    &(struct model_fit_options){.threads = 1, .covariates = covariates});
    assert_int_equal(fit.stop, MODEL_CONVERGED);
    assert_int_equal(fit.free, 8);
    for (size_t p = 0; p < 4; p++)
        assert_near("parameter", fit.params.v[p], truth.params.v[p], ERRORS_MOST * fit.se[p]);
    for (size_t j = 0; j < 2; j++) {
        assert_true(fit.rate_se[j] > 0 && fit.rate_se[j] < 0.2 && fit.drop_se[j] > 0 && fit.drop_se[j] < 0.5);
        assert_near("rate", fit.rate[j], truth.rate[j], ERRORS_MOST * fit.rate_se[j]);
        assert_near("drop", fit.drop[j], truth.drop[j], ERRORS_MOST * fit.drop_se[j]);
    }
}

/* A covariate may be measured from any zero and in any unit. */
static void covariates_from_another_zero_mean_the_same(void **state) {
    (void)state;
    double moved[8];
    for (size_t i = 0; i < 8; i++)
        moved[i] = 40 + 10 * z[i];
    const struct model_covariates other = {.n = 2, .groups = 4, .z = moved};
    for (size_t j = 0; j < CUSTOMERS; j++) {
        groups[j] = (uint32_t)(j % 4);
        customers[j] = customer_make(&truths[2], 23, j);
    }
    struct model_fit fit = fit_with(customers, groups, CUSTOMERS, MODEL_MBGNBD,
                                    &(struct model_fit_options){.threads = 1, .covariates = covariates});
    for (size_t j = 0; j < CUSTOMERS; j++) {
        groups[j] = (uint32_t)(j % 4);
        customers[j] = customer_make(&truths[2], 23, j);
    }
    struct model_fit same = fit_with(customers, groups, CUSTOMERS, MODEL_MBGNBD,
                                     &(struct model_fit_options){.threads = 1, .covariates = other});
    assert_near("loglik", same.loglik, fit.loglik, TOL_LOGLIK);
    for (size_t g = 0; g < 4; g++) {
        struct model_params a = model_with(&fit, &covariates, &z[g * 2]), b = model_with(&same, &other, &moved[g * 2]);
        for (size_t p = 0; p < 4; p++)
            assert_near("parameter", b.v[p], a.v[p], TOL_SAME * a.v[p]);
    }
    assert_near("rate", same.rate[0], fit.rate[0] / 10, TOL_SAME);
    assert_near("error", same.rate_se[0], fit.rate_se[0] / 10, TOL_ERRORS * fit.rate_se[0]);
}

/* Nobody of the second kind ever buys again: its rate runs to nothing. */
static void covariate_that_separates_is_said(void **state) {
    (void)state;
    static const double dummy[] = {0, 1};
    const struct model_covariates one = {.n = 1, .groups = 2, .z = dummy};
    for (size_t j = 0; j < CUSTOMERS; j++) {
        groups[j] = (uint32_t)(j % 2);
        customers[j] = customer_make(&truths[0], 29, j);
        if (groups[j])
            customers[j] = (struct cbs_customer){0, 0, customers[j].T, 0};
    }
    struct model_fit fit =
        fit_with(customers, groups, CUSTOMERS, MODEL_NBD, &(struct model_fit_options){.threads = 1, .covariates = one});
    assert_true(fit.warnings & MODEL_WARN_SEPARATED);
    assert_int_equal(fit.stop, MODEL_AT_BOUND);
    struct model_params none = model_with(&fit, &one, &dummy[1]);
    assert_true(cnbd_active(&none, &(struct cbs_customer){0, 0, 100, 0}, 100) < 1e-4);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_made_the_customers_comes_back),
        cmocka_unit_test(errors_are_those_of_the_curvature),
        cmocka_unit_test(unit_and_repetition_leave_the_optimum),
        cmocka_unit_test(threads_and_order_do_not_change_a_bit),
        cmocka_unit_test(start_of_last_time_finds_the_same),
        cmocka_unit_test(no_leaving_is_said),
        cmocka_unit_test(equal_customers_are_homogeneous),
        cmocka_unit_test(two_kinds_of_customers_are_extreme),
        cmocka_unit_test(too_little_is_refused),
        cmocka_unit_test(odd_data_give_usable_parameters),
        cmocka_unit_test(covariates_of_rate_and_leaving_are_found),
        cmocka_unit_test(covariates_from_another_zero_mean_the_same),
        cmocka_unit_test(covariate_that_separates_is_said),
    };
    return cmocka_run_group_tests(tests, arena_begin, arena_end);
}
