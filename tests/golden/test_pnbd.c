// SPDX-License-Identifier: Apache-2.0
/* Pareto/NBD on the published data.
 *
 * CDNOW, 2,357 customers, 39 weeks: Fader, Hardie, Lee, "Counting your customers" the easy way, Marketing Science 24 (2005), report
 * r .553, alpha 10.578, s .606, beta 11.669, LL -9595.0; six digits of it were computed apart with two other programs.
 * The sum of the conditional expectations of the 39 weeks that follow is that of the same paper's data.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <math.h>

#include "data.h"
#include "stats/model.h"

#define TOL_PARAMETER 5e-6 /* relative: six digits */
#define TOL_LOGLIK 5e-5    /* four decimals */
#define TOL_SUM 0.05       /* of purchases, one decimal */
#define TOL_OPTIM 1e-6

static struct arena arena;

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

static void assert_near(const char *what, double got, double want, double tolerance) {
    if (!(fabs(got - want) <= tolerance))
        fail_msg("%s: %.10g, not %.10g", what, got, want);
}

/* In weeks, times `unit`. */
static struct cbs_customer *cdnow(double unit, size_t *n) {
    size_t columns;
    double *table = data_table(&arena, "btyd/cdnow_sample_summary_cal39.csv", n, &columns);
    struct cbs_customer *c = arena_new(&arena, struct cbs_customer, *n);
    for (size_t i = 0; i < *n; i++) {
        const double *row = table + i * columns;
        c[i] = (struct cbs_customer){row[1], unit * row[2], unit * row[3], 0};
    }
    return c;
}

static struct model_fit cdnow_fit(double unit) {
    struct cbs data;
    struct model_fit fit;
    size_t n;
    struct cbs_customer *c = cdnow(unit, &n);
    const struct model_fit_options options = {.threads = 2};
    assert_int_equal(cbs_make(&arena, c, NULL, n, false, 2, &data), STAT_OK);
    assert_int_equal(model_of(MODEL_PNBD)->fit(&arena, &data, &options, &fit), STAT_OK);
    return fit;
}

static void cdnow_parameters_are_the_published_ones(void **state) {
    (void)state;
    if (!data_is_here())
        skip();
    static const double known[4] = {0.553276, 10.5776, 0.606214, 11.6679};
    struct model_fit fit = cdnow_fit(1);
    for (int i = 0; i < 4; i++)
        assert_near("parameter", fit.params.v[i], known[i], TOL_PARAMETER * known[i]);
    assert_near("log-likelihood", fit.loglik, -9594.9739, TOL_LOGLIK);
    assert_int_equal(fit.customers, 2357);
    assert_int_equal(fit.stop, MODEL_CONVERGED);
    assert_int_equal(fit.warnings, 0);
}

static void cdnow_purchases_foretold_for_the_next_39_weeks_are_the_published_sum(void **state) {
    (void)state;
    if (!data_is_here())
        skip();
    size_t n;
    double sum = 0;
    struct model_fit fit = cdnow_fit(1);
    struct cbs_customer *c = cdnow(1, &n);
    for (size_t i = 0; i < n; i++)
        sum += model_of(MODEL_PNBD)->expected(&fit.params, &c[i], 39);
    assert_near("purchases", sum, 1665.5, TOL_SUM);
}

static void cdnow_in_days_is_the_same_model(void **state) {
    (void)state;
    if (!data_is_here())
        skip();
    struct model_fit weeks = cdnow_fit(1), days = cdnow_fit(7);
    for (int i = 0; i < 4; i++) {
        double unit = i % 2 ? 7 : 1;
        assert_near("parameter", days.params.v[i], unit * weeks.params.v[i], TOL_OPTIM * days.params.v[i]);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(cdnow_parameters_are_the_published_ones),
        cmocka_unit_test(cdnow_purchases_foretold_for_the_next_39_weeks_are_the_published_sum),
        cmocka_unit_test(cdnow_in_days_is_the_same_model),
    };
    return cmocka_run_group_tests(tests, arena_begin, arena_end);
}
