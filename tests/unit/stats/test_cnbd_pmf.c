// SPDX-License-Identifier: Apache-2.0
/* The distribution of the number of purchases: it sums to 1, its mean is the expectation, its tail is the tail. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <math.h>

#include "stats/cnbd.h"
#include "stats/random.h"

#define TOL_SUM 1e-10
#define TOL_SAME 1e-9 /* relative */
#define REST 1e-13    /* of the expectation: what the last term may leave out */

enum { DRAWS = 1500, MOST = 1 << 17 };

static struct arena arena;
static double pmf[MOST + 1];

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

static double log_uniform(struct random *chance, double low, double high) {
    return exp(log(low) + random_unit(chance) * log(high / low));
}

static void assert_near(const char *what, size_t i, double got, double want, double tolerance) {
    if (!(fabs(got - want) <= tolerance))
        fail_msg("draw %zu: %s %.17g, not %.17g", i, what, got, want);
}

static void assert_distribution(size_t i, const struct model_params *params, const struct cbs_customer *c,
                                double horizon) {
    double expected = cnbd_expected(params, c, horizon), active = cnbd_active(params, c, horizon);
    size_t most = 64;
    while (most < MOST && cnbd_at_least(params, c, horizon, (double)most + 1) * (double)most > REST * expected)
        most *= 2;
    if (most >= MOST || active < 1e-250)
        return;
    assert_int_equal(cnbd_pmf(&arena, params, c, horizon, most, pmf), STAT_OK);
    double sum = 0, mean = 0, more = 0;
    size_t from = 1 + (size_t)expected;
    for (size_t n = most; n > 0; n--) {
        assert_true(pmf[n] >= 0);
        sum += pmf[n];
        mean += (double)n * pmf[n];
        if (n == from)
            more = sum;
    }
    assert_near("sum", i, sum + pmf[0], 1, TOL_SUM);
    assert_near("active", i, sum, active, TOL_SAME * active);
    assert_near("mean", i, mean, expected, TOL_SAME * expected);
    assert_near("tail", i, cnbd_at_least(params, c, horizon, (double)from), more, TOL_SAME * more);
}

static void pmf_sums_to_one_with_the_expectation_as_mean(void **state) {
    (void)state;
    static const enum model_kind kinds[] = {MODEL_NBD, MODEL_BGNBD, MODEL_MBGNBD, MODEL_BGCNBD, MODEL_MBGCNBD};
    struct random chance;
    random_seed(&chance, 1, 0);
    for (size_t i = 0; i < DRAWS; i++) {
        struct model_params params = {.kind = kinds[i % 5], .k = 1};
        if (i % 5 > 2)
            params.k = 1 + (int32_t)(MODEL_K_MOST * random_unit(&chance));
        for (size_t j = 0; j < 4; j++)
            params.v[j] = log_uniform(&chance, 1e-3, 1e3);
        double T = log_uniform(&chance, 0.1, 1000), x = i % 3 ? floor(log_uniform(&chance, 1, 1000)) : 0;
        struct cbs_customer c = {x, x > 0 ? T * random_unit(&chance) : 0, T, 0};
        assert_distribution(i, &params, &c, log_uniform(&chance, 1e-3, 1e3));
    }
}

static void new_customer_is_one_watched_for_no_time(void **state) {
    (void)state;
    const struct model_params mbg = {MODEL_MBGCNBD, 2, {1.33, 2.81, 0.42, 0.79}};
    double of_new[8];
    assert_int_equal(cnbd_pmf_new(&arena, &mbg, 52, 7, of_new), STAT_OK);
    assert_int_equal(cnbd_pmf(&arena, &mbg, &(struct cbs_customer){0}, 52, 7, pmf), STAT_OK);
    assert_memory_equal(of_new, pmf, sizeof of_new);
    /* MBG: a share a / (a + b) leaves with the first purchase. */
    assert_true(of_new[0] > 0.42 / 1.21);
}

static void no_horizon_no_purchase(void **state) {
    (void)state;
    const struct model_params bg = {MODEL_BGNBD, 1, {0.243, 4.414, 0.793, 2.426}};
    const struct cbs_customer c = {2, 30.43, 38.86, 0};
    assert_int_equal(cnbd_pmf(&arena, &bg, &c, 0, 3, pmf), STAT_OK);
    assert_true(pmf[0] == 1 && pmf[1] == 0 && pmf[3] == 0);
    assert_int_equal(cnbd_pmf(&arena, &bg, &c, -1, 3, pmf), STAT_DOMAIN);
    assert_int_equal(cnbd_pmf(&arena, &bg, &c, INFINITY, 3, pmf), STAT_DOMAIN);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(pmf_sums_to_one_with_the_expectation_as_mean),
        cmocka_unit_test(new_customer_is_one_watched_for_no_time),
        cmocka_unit_test(no_horizon_no_purchase),
    };
    return cmocka_run_group_tests(tests, arena_begin, arena_end);
}
