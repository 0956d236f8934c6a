// SPDX-License-Identifier: Apache-2.0
/* Gamma-Gamma on the published data.
 *
 * CDNOW, 946 customers with a repeat purchase: Fader, Hardie, The Gamma-Gamma model of monetary value (2013), brucehardie.com note
 * 025, report p 6.25, q 3.74, gamma 15.44; six digits of it were computed apart with another program. The correlation of
 * value and frequency there is .11.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <math.h>

#include "data.h"
#include "stats/gammagamma.h"

#define TOL_PARAMETER 5e-6 /* relative: six digits */
#define TOL_CORRELATION 0.005

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

static void cdnow_parameters_are_the_published_ones(void **state) {
    (void)state;
    if (!data_is_here())
        skip();
    static const double known[3] = {6.24880, 3.74459, 15.4477};
    size_t n, columns;
    double *table = data_table(&arena, "btyd/cdnow_sample_summary_cal39.csv", &n, &columns);
    struct gammagamma_customer *c = arena_new(&arena, struct gammagamma_customer, n);
    for (size_t i = 0; i < n; i++)
        c[i] = (struct gammagamma_customer){table[i * columns + 1], table[i * columns + 4]};
    int64_t left_out;
    struct model_fit fit;
    assert_int_equal(gammagamma_fit(&arena, c, n, 2, &left_out, &fit), STAT_OK);
    for (int i = 0; i < 3; i++)
        assert_near("parameter", fit.params.v[i], known[i], TOL_PARAMETER * known[i]);
    assert_int_equal(fit.customers, 946);
    assert_int_equal(left_out, 2357 - 946);
    assert_near("correlation", fit.correlation, 0.11, TOL_CORRELATION);
    assert_int_equal(fit.warnings, 0);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(cdnow_parameters_are_the_published_ones)};
    return cmocka_run_group_tests(tests, arena_begin, arena_end);
}
