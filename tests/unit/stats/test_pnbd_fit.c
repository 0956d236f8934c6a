// SPDX-License-Identifier: Apache-2.0
/* The fit of Pareto/NBD: derivatives, what must not change the result, parameters found again, and ends that have a name. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "stats/pnbd.h"
#include "stats/pnbd_rows.h"
#include "stats/random.h"

#define TOL_DIFFERENCE 1e-7 /* of derivatives by differences, relative to the largest */
#define TOL_SUM 1e-12       /* relative, of sums in another order */
#define TOL_OPTIM 1e-6      /* relative, of parameters at a maximum */
#define TOL_SIGMA 3.0       /* standard errors */

enum { CUSTOMERS = 4000 };

struct world {
    struct arena arena;
    struct cbs_customer *c;
    uint32_t *group;
};

static struct world world_make(void) {
    struct world w;
    arena_init(&w.arena, 0, NULL, NULL);
    w.c = arena_new(&w.arena, struct cbs_customer, 2 * CUSTOMERS);
    w.group = arena_new(&w.arena, uint32_t, 2 * CUSTOMERS);
    return w;
}

/* A customer with rates lambda and mu, watched for T; times in whole days or not. */
static struct cbs_customer invent(struct random *chance, double lambda, double mu, double T, bool days) {
    double life = fmin(T, random_exponential(chance) / mu), at = 0;
    struct cbs_customer c = {.T = T};
    for (;;) {
        at += random_exponential(chance) / lambda;
        if (at >= life)
            return c;
        c.x++;
        c.t_x = days ? fmin(ceil(at), T) : at;
    }
}

/* effect: on log rate and log chance of leaving of group 1; NULL: none. */
static void world_fill(struct world *w, const double *param, const double *effect, bool days) {
    struct random chance;
    random_seed(&chance, 11, 0);
    for (size_t i = 0; i < CUSTOMERS; i++) {
        double T = days ? 200 + 50 * floor(4 * random_unit(&chance)) : 200 + 200 * random_unit(&chance);
        uint32_t group = effect ? i % 2 : 0;
        double lambda = random_gamma(&chance, param[0]) / param[1], mu = random_gamma(&chance, param[2]) / param[3];
        w->group[i] = group;
        w->c[i] = invent(&chance, group ? lambda * exp(effect[0]) : lambda, group ? mu * exp(effect[1]) : mu, T, days);
    }
}

static struct cbs rows_of(struct world *w, size_t n, bool groups) {
    struct cbs data;
    assert_int_equal(cbs_make(&w->arena, w->c, groups ? w->group : NULL, n, false, 1, &data), STAT_OK);
    return data;
}

static const double usual[PNBD_PARAMS] = {0.8, 40, 0.9, 150};
static const double effect[2] = {0.5, 0.7};
static const double columns[4] = {0, 1.5, 1, -2}; /* [2 groups][2] */

static struct model_fit fit_of(struct world *w, const struct cbs *data, unsigned threads) {
    struct model_fit_options options = {.threads = threads};
    struct model_fit fit;
    assert_int_equal(pnbd_def.fit(&w->arena, data, &options, &fit), STAT_OK);
    return fit;
}

static void assert_near(const char *what, double got, double want, double tolerance) {
    if (!(fabs(got - want) <= tolerance))
        fail_msg("%s %.17g, not %.17g", what, got, want);
}

/* -- the sum over rows -- */

static void likelihood_of_rows_is_the_sum_of_customers(void **state) {
    (void)state;
    for (int days = 0; days < 2; days++) {
        struct world w = world_make();
        world_fill(&w, usual, NULL, days);
        double sum = 0, value, gradient[PNBD_PARAMS], at[PNBD_PARAMS];
        struct model_params params = {.kind = MODEL_PNBD, .k = 1};
        for (int i = 0; i < PNBD_PARAMS; i++) {
            params.v[i] = usual[i];
            at[i] = log(usual[i]);
        }
        struct cbs data = rows_of(&w, CUSTOMERS, false);
        assert_true(days ? data.rows < 9 * CUSTOMERS / 10 : data.rows > 9 * CUSTOMERS / 10);
        for (size_t i = 0; i < data.rows; i++) {
            struct cbs_customer c = {data.x[i], data.t_x[i], data.T[i], 0};
            sum += data.weight[i] * pnbd_def.loglik(&params, &c);
        }
        struct model_covariates none = {0};
        assert_true(pnbd_rows_value(pnbd_rows_make(&w.arena, &data, &none, 1), at, &value, gradient, NULL));
        assert_near("log-likelihood", -value, sum, TOL_SUM * fabs(sum));
        arena_clear(&w.arena);
    }
}

static void derivatives_are_differences(struct pnbd_rows *rows, const double *at, size_t n) {
    double value, gradient[8], hessian[64], up[8], down[8], second[64], other, place[8], largest = 0;
    assert_true(pnbd_rows_value(rows, at, &value, gradient, hessian));
    for (size_t i = 0; i < n * n; i++)
        largest = fmax(largest, fabs(hessian[i]));
    for (size_t i = 0; i < n; i++) {
        double values[2], step = 1e-5;
        memcpy(place, at, n * sizeof *at);
        place[i] = at[i] + step;
        assert_true(pnbd_rows_value(rows, place, &values[0], up, second));
        place[i] = at[i] - step;
        assert_true(pnbd_rows_value(rows, place, &values[1], down, second));
        other = (values[0] - values[1]) / (2 * step);
        assert_near("gradient", gradient[i], other, TOL_DIFFERENCE * largest);
        for (size_t j = 0; j < n; j++)
            assert_near("Hessian", hessian[i * n + j], (up[j] - down[j]) / (2 * step), TOL_DIFFERENCE * largest);
    }
}

static void gradient_and_hessian_are_differences_of_the_likelihood(void **state) {
    (void)state;
    /* alpha under and over beta, near and far: series and quadrature; s small and large */
    static const double places[][8] = {{0.8, 40, 0.9, 150}, {0.8, 40, 0.9, 41},    {0.8, 40, 0.9, 30},
                                       {0.8, 40, 3, 1e5},   {0.02, 400, 50, 0.01}, {300, 4000, 0.01, 1e4}};
    struct world w = world_make();
    world_fill(&w, usual, effect, true);
    struct cbs data = rows_of(&w, CUSTOMERS / 4, true);
    struct model_covariates none = {.n = 0}, two = {.n = 2, .groups = 2, .z = columns};
    struct pnbd_rows *plain = pnbd_rows_make(&w.arena, &data, &none, 1);
    struct pnbd_rows *covariates = pnbd_rows_make(&w.arena, &data, &two, 1);
    for (size_t p = 0; p < sizeof places / sizeof *places; p++) {
        double at[8] = {0, 0, 0, 0, 0.3, 0.1, -0.2, 0.3};
        for (int i = 0; i < PNBD_PARAMS; i++)
            at[i] = log(places[p][i]);
        derivatives_are_differences(plain, at, PNBD_PARAMS);
        derivatives_are_differences(covariates, at, 8);
    }
    arena_clear(&w.arena);
}

/* -- what changes nothing -- */

static void any_number_of_threads_gives_the_same_bits(void **state) {
    (void)state;
    struct world w = world_make();
    world_fill(&w, usual, NULL, false);
    struct cbs data = rows_of(&w, CUSTOMERS, false);
    struct model_fit one = fit_of(&w, &data, 1), three = fit_of(&w, &data, 3);
    assert_memory_equal(&one.params.v, &three.params.v, sizeof one.params.v);
    assert_memory_equal(&one.se, &three.se, sizeof one.se);
    assert_true(one.loglik == three.loglik && one.iterations == three.iterations);
    arena_clear(&w.arena);
}

static void each_customer_twice_changes_only_the_likelihood(void **state) {
    (void)state;
    struct world w = world_make();
    world_fill(&w, usual, NULL, true);
    memcpy(w.c + CUSTOMERS, w.c, CUSTOMERS * sizeof *w.c);
    struct cbs once = rows_of(&w, CUSTOMERS, false);
    struct model_fit one = fit_of(&w, &once, 1);
    world_fill(&w, usual, NULL, true); /* cbs_make has moved them */
    memcpy(w.c + CUSTOMERS, w.c, CUSTOMERS * sizeof *w.c);
    struct cbs twice = rows_of(&w, 2 * CUSTOMERS, false);
    struct model_fit two = fit_of(&w, &twice, 1);
    assert_int_equal(twice.rows, once.rows);
    for (int i = 0; i < PNBD_PARAMS; i++) {
        assert_near("parameter", two.params.v[i], one.params.v[i], TOL_OPTIM * one.params.v[i]);
        assert_near("error", two.se[i], one.se[i] / sqrt(2), 10 * TOL_OPTIM * one.se[i]);
    }
    assert_near("log-likelihood", two.loglik, 2 * one.loglik, TOL_SUM * fabs(one.loglik));
    arena_clear(&w.arena);
}

static void days_in_place_of_weeks_multiply_only_alpha_and_beta(void **state) {
    (void)state;
    struct world w = world_make();
    world_fill(&w, usual, NULL, true);
    struct cbs data = rows_of(&w, CUSTOMERS, false);
    struct model_fit days = fit_of(&w, &data, 1);
    for (size_t i = 0; i < data.rows; i++) {
        data.t_x[i] /= 7;
        data.T[i] /= 7;
    }
    data.T_sum /= 7;
    struct model_fit weeks = fit_of(&w, &data, 1);
    for (int i = 0; i < PNBD_PARAMS; i++) {
        double unit = i == PNBD_ALPHA || i == PNBD_BETA ? 7 : 1;
        assert_near("parameter", unit * weeks.params.v[i], days.params.v[i], TOL_OPTIM * days.params.v[i]);
    }
    arena_clear(&w.arena);
}

/* -- found again -- */

static void invented_customers_give_their_parameters_back(void **state) {
    (void)state;
    static const double cases[][PNBD_PARAMS] = {{0.8, 40, 0.9, 150}, {2, 30, 3, 400}, {0.5, 300, 0.3, 5}};
    for (size_t k = 0; k < sizeof cases / sizeof *cases; k++) {
        struct world w = world_make();
        world_fill(&w, cases[k], NULL, false);
        struct cbs data = rows_of(&w, CUSTOMERS, false);
        struct model_fit fit = fit_of(&w, &data, 2);
        assert_true(fit.stop == MODEL_CONVERGED || fit.stop == MODEL_ON_RIDGE);
        for (int i = 0; i < PNBD_PARAMS; i++)
            assert_near("log parameter", log(fit.params.v[i]), log(cases[k][i]),
                        TOL_SIGMA * fit.se[i] / fit.params.v[i]);
        assert_near("aic", fit.aic, 8 - 2 * fit.loglik, TOL_SUM * fabs(fit.aic));
        assert_int_equal(fit.customers, CUSTOMERS);
        arena_clear(&w.arena);
    }
}

static void covariates_are_found_and_their_zero_does_not_matter(void **state) {
    (void)state;
    struct world w = world_make();
    world_fill(&w, usual, effect, false);
    struct cbs data = rows_of(&w, CUSTOMERS, true);
    static const double told[2] = {0, 1}, moved[2] = {3, 4};
    struct model_fit fits[2];
    for (int i = 0; i < 2; i++) {
        struct model_fit_options options = {.threads = 1, .covariates = {.n = 1, .groups = 2, .z = i ? moved : told}};
        assert_int_equal(pnbd_def.fit(&w.arena, &data, &options, &fits[i]), STAT_OK);
        assert_int_equal(fits[i].free, 6);
        assert_near("rate", fits[i].rate[0], effect[0], TOL_SIGMA * fits[i].rate_se[0]);
        assert_near("drop", fits[i].drop[0], effect[1], TOL_SIGMA * fits[i].drop_se[0]);
    }
    assert_near("rate", fits[1].rate[0], fits[0].rate[0], TOL_OPTIM);
    assert_near("log-likelihood", fits[1].loglik, fits[0].loglik, TOL_SUM * fabs(fits[0].loglik));
    struct model_params a = model_with(&fits[0], &(struct model_covariates){1, 2, told}, &told[1]);
    for (int i = 0; i < PNBD_PARAMS; i++) /* of the group told: what was put in, times its effect */
        assert_near("log parameter", log(a.v[i]),
                    log(usual[i]) - (i == PNBD_ALPHA  ? effect[0]
                                     : i == PNBD_BETA ? effect[1]
                                                      : 0),
                    0.5);
    arena_clear(&w.arena);
}

/* log alpha of the two groups is middle +- half their distance: Var(one) + Var(other) = 2 (Var(middle) + Var(half)). */
static void errors_of_covariates_agree_however_they_are_coded(void **state) {
    (void)state;
    static const double codes[3][2] = {{0, 1}, {1, 0}, {-1, 1}};
    struct world w = world_make();
    world_fill(&w, usual, effect, false);
    struct cbs data = rows_of(&w, CUSTOMERS, true);
    struct model_fit fits[3];
    for (int i = 0; i < 3; i++) {
        struct model_fit_options options = {.threads = 1, .covariates = {.n = 1, .groups = 2, .z = codes[i]}};
        assert_int_equal(pnbd_def.fit(&w.arena, &data, &options, &fits[i]), STAT_OK);
    }
    for (int i = PNBD_ALPHA; i < PNBD_PARAMS; i += 2) {
        double square[3], half = i == PNBD_ALPHA ? fits[2].rate_se[0] : fits[2].drop_se[0];
        for (int k = 0; k < 3; k++) {
            square[k] = pow(fits[k].se[i] / fits[k].params.v[i], 2);
            assert_near("covariance", fits[k].covariance[i * (MODEL_PARAMS + 1)], square[k], TOL_OPTIM * square[k]);
        }
        assert_near("variance", square[0] + square[1], 2 * (square[2] + half * half), 10 * TOL_OPTIM * square[2]);
    }
    arena_clear(&w.arena);
}

/* -- ends with a name -- */

static void nobody_who_leaves_is_said_and_predictions_are_those_of_the_nbd(void **state) {
    (void)state;
    static const double never[PNBD_PARAMS] = {0.8, 40, 1, 1e9};
    struct world w = world_make();
    world_fill(&w, never, NULL, true);
    struct cbs data = rows_of(&w, CUSTOMERS, false);
    struct model_fit fit = fit_of(&w, &data, 1), nbd;
    struct model_fit_options options = {.threads = 1};
    assert_int_equal(model_of(MODEL_NBD)->fit(&w.arena, &data, &options, &nbd), STAT_OK);
    assert_true(fit.warnings & MODEL_WARN_NO_DROPOUT);
    assert_true(fit.stop != MODEL_NOT_CONVERGED);
    assert_true(fit.loglik >= nbd.loglik - 1e-3);
    for (double x = 0; x < 20; x += 3) {
        struct cbs_customer c = {x, x > 0 ? 250 : 0, 300, 0};
        double want = model_of(MODEL_NBD)->expected(&nbd.params, &c, 90);
        assert_near("expected", pnbd_def.expected(&fit.params, &c, 90), want, 0.05 * want);
    }
    arena_clear(&w.arena);
}

static void equal_lifetimes_are_a_ridge_with_the_right_rate(void **state) {
    (void)state;
    struct world w = world_make();
    struct random chance;
    random_seed(&chance, 12, 0);
    for (size_t i = 0; i < CUSTOMERS; i++)
        w.c[i] = invent(&chance, random_gamma(&chance, 2) / 20, 0.01, 300, true);
    struct cbs data = rows_of(&w, CUSTOMERS, false);
    struct model_fit fit = fit_of(&w, &data, 1);
    assert_true(fit.warnings & MODEL_WARN_RIDGE);
    assert_int_equal(fit.stop, MODEL_ON_RIDGE);
    assert_false(fit.warnings & MODEL_WARN_NO_DROPOUT);
    assert_near("rate of leaving", fit.params.v[PNBD_S] / fit.params.v[PNBD_BETA], 0.01, 0.001);
    arena_clear(&w.arena);
}

static void customers_all_alike_end_with_a_name_and_usable_predictions(void **state) {
    (void)state;
    struct world w = world_make();
    for (size_t i = 0; i < 100; i++)
        w.c[i] = (struct cbs_customer){3, 20, 30, 0};
    struct cbs data = rows_of(&w, 100, false);
    struct model_fit fit = fit_of(&w, &data, 1);
    assert_true(fit.warnings & MODEL_WARN_HOMOGENEOUS);
    assert_true(fit.stop == MODEL_ON_RIDGE || fit.stop == MODEL_AT_BOUND);
    assert_int_equal(pnbd_def.check(&fit.params), STAT_OK);
    assert_near("expected", pnbd_def.expected(&fit.params, &w.c[0], 30), 3, 0.5);
    arena_clear(&w.arena);
}

/* The bounds are then those of the parameters, and e^(log v) may lie beyond v. */
static void customers_of_decades_or_of_seconds_end_at_a_bound_with_usable_parameters(void **state) {
    (void)state;
    const double scale[] = {15000, 4e7, 2.7e-3, 4e-6};
    for (size_t i = 0; i < sizeof scale / sizeof *scale; i++) {
        struct world w = world_make();
        for (size_t j = 0; j < CUSTOMERS; j++) {
            double T = scale[i];
            w.c[j] = j % 3 == 0 ? (struct cbs_customer){.x = 3, .t_x = 0.9 * T, .T = T} : (struct cbs_customer){.T = T};
        }
        struct cbs data = rows_of(&w, CUSTOMERS, false);
        struct model_fit fit = fit_of(&w, &data, 1);
        assert_int_equal(pnbd_def.check(&fit.params), STAT_OK);
        assert_int_not_equal(fit.stop, MODEL_NOT_CONVERGED);
        arena_clear(&w.arena);
    }
}

static void too_little_is_refused(void **state) {
    (void)state;
    struct world w = world_make();
    struct model_fit_options options = {.threads = 1};
    struct model_fit fit;
    for (size_t i = 0; i < 10; i++)
        w.c[i] = (struct cbs_customer){0, 0, 30, 0};
    struct cbs none = rows_of(&w, 10, false);
    assert_int_equal(pnbd_def.fit(&w.arena, &none, &options, &fit), STAT_TOO_FEW);
    for (size_t i = 0; i < 3; i++)
        w.c[i] = (struct cbs_customer){(double)i + 1, 12, 30, 0};
    struct cbs three = rows_of(&w, 3, false);
    assert_int_equal(pnbd_def.fit(&w.arena, &three, &options, &fit), STAT_TOO_FEW);
    static const double broken[1] = {NAN};
    world_fill(&w, usual, NULL, true);
    struct cbs data = rows_of(&w, CUSTOMERS, false);
    options.covariates = (struct model_covariates){1, 1, broken};
    assert_int_equal(pnbd_def.fit(&w.arena, &data, &options, &fit), STAT_DOMAIN);
    arena_clear(&w.arena);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(likelihood_of_rows_is_the_sum_of_customers),
        cmocka_unit_test(gradient_and_hessian_are_differences_of_the_likelihood),
        cmocka_unit_test(any_number_of_threads_gives_the_same_bits),
        cmocka_unit_test(each_customer_twice_changes_only_the_likelihood),
        cmocka_unit_test(days_in_place_of_weeks_multiply_only_alpha_and_beta),
        cmocka_unit_test(invented_customers_give_their_parameters_back),
        cmocka_unit_test(covariates_are_found_and_their_zero_does_not_matter),
        cmocka_unit_test(errors_of_covariates_agree_however_they_are_coded),
        cmocka_unit_test(nobody_who_leaves_is_said_and_predictions_are_those_of_the_nbd),
        cmocka_unit_test(equal_lifetimes_are_a_ridge_with_the_right_rate),
        cmocka_unit_test(customers_all_alike_end_with_a_name_and_usable_predictions),
        cmocka_unit_test(customers_of_decades_or_of_seconds_end_at_a_bound_with_usable_parameters),
        cmocka_unit_test(too_little_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
