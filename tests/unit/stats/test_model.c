// SPDX-License-Identifier: Apache-2.0
/* What all models share: the table, covariates, many customers at once, ranges. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <math.h>
#include <string.h>

#include "stats/model.h"
#include "stats/random.h"

#define TOL_ROUND 1e-13

enum { CUSTOMERS = 70000, MOST = 4000 };

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

static const struct model_params cases[] = {
    {MODEL_NBD, 1, {0.385, 12.07}},
    {MODEL_BGNBD, 1, {0.243, 4.414, 0.793, 2.426}},
    {MODEL_MBGNBD, 1, {0.525, 6.183, 0.891, 1.614}},
    {MODEL_BGCNBD, 2, {0.36, 1.13, 0.52, 2.79}},
    {MODEL_MBGCNBD, 12, {1.3, 0.5, 0.42, 0.79}},
    {MODEL_MIXK, 1, {1.25, 5.1, 0.43, 0.81, 0.22, 0.32, 0.18, 0.28}},
    {MODEL_PNBD, 1, {0.553, 10.578, 0.606, 11.669}},
};

enum { CASES = sizeof cases / sizeof *cases };

static void names_and_kinds_lead_to_the_same_model(void **state) {
    (void)state;
    for (enum model_kind kind = MODEL_NONE; kind < MODEL_KINDS; kind++) {
        const struct model_def *def = model_of(kind);
        if (!def)
            continue;
        assert_int_equal(def->kind, kind);
        assert_ptr_equal(model_named(def->name, strlen(def->name)), def);
        assert_true(def->params > 0 && def->params <= MODEL_PARAMS && def->param[def->params - 1]);
        assert_true(def->params == MODEL_PARAMS || !def->param[def->params]);
    }
    assert_null(model_of(MODEL_NONE));
    assert_null(model_named("bgnb", 4));
    assert_null(model_named("bgnbdx", 6));
    assert_non_null(model_named("bgnbdx", 5));
}

static void covariates_act_on_the_rate_and_the_mean_of_leaving(void **state) {
    (void)state;
    static const double z[] = {2, -1};
    const struct model_covariates covariates = {.n = 2, .groups = 1, .z = z};
    struct model_fit fit = {.params = cases[2], .rate = {0.25, 0.5}, .drop = {0.1, 0.7}};
    struct model_params same = model_with(&fit, &covariates, NULL), own = model_with(&fit, &covariates, z);
    assert_memory_equal(&same, &fit.params, sizeof same);
    assert_true(own.v[0] == 0.525 && fabs(own.v[1] / 6.183 - 1) < TOL_ROUND); /* 0.25 x 2 - 0.5 = 0 */
    double p = own.v[2] / (own.v[2] + own.v[3]), before = 0.891 / (0.891 + 1.614);
    assert_true(fabs(own.v[2] + own.v[3] - 2.505) < TOL_ROUND);
    assert_true(fabs(log(p / (1 - p)) - log(before / (1 - before)) + 0.5) < TOL_ROUND);
    fit.params = cases[6];
    own = model_with(&fit, &covariates, z);
    assert_true(own.v[2] == 0.606 && fabs(own.v[3] / (11.669 * exp(0.5)) - 1) < TOL_ROUND);
}

/* -- many -- */

static double x[CUSTOMERS], t_x[CUSTOMERS], T[CUSTOMERS], litt[CUSTOMERS], out[3][CUSTOMERS];

static void customers_make(size_t n) {
    struct random chance;
    random_seed(&chance, 3, 0);
    for (size_t i = 0; i < n; i++) {
        x[i] = floor(2 * random_exponential(&chance) * random_exponential(&chance));
        T[i] = 20 + floor(80 * random_unit(&chance));
        t_x[i] = x[i] > 0 ? ceil(T[i] * random_unit(&chance)) : 0;
        litt[i] = x[i] > 0 ? x[i] * (log(t_x[i] / x[i]) - 0.1) : 0;
    }
    x[7] = 50000; /* one long history among the others */
    t_x[7] = T[7];
    litt[7] = x[7] * log(T[7] / x[7]);
}

static void one_of_many_is_the_same_bits_as_alone(void **state) {
    (void)state;
    for (size_t i = 0; i < CASES; i++) {
        const struct model_def *def = model_of(cases[i].kind);
        size_t n = cases[i].kind == MODEL_PNBD || cases[i].kind == MODEL_MIXK ? 300 : CUSTOMERS;
        customers_make(n);
        const struct model_many many = {n, x, t_x, T, litt};
        assert_int_equal(model_predict(&cases[i], &many, 39, 3, out[0], out[1], out[2]), STAT_OK);
        for (size_t j = 0; j < n; j += 1 + j / 100) {
            const struct cbs_customer c = {x[j], t_x[j], T[j], litt[j]};
            const double alone[] = {def->alive(&cases[i], &c), def->active(&cases[i], &c, 39),
                                    def->expected(&cases[i], &c, 39)};
            for (size_t k = 0; k < 3; k++)
                if (memcmp(&alone[k], &out[k][j], sizeof alone[k]) != 0)
                    fail_msg("%s, customer %zu, answer %zu: %.17g, not %.17g", def->name, j, k, out[k][j], alone[k]);
        }
    }
}

static void only_what_is_wanted_is_filled(void **state) {
    (void)state;
    customers_make(10);
    const struct model_many many = {10, x, t_x, T, NULL};
    double expected[10];
    memset(out, 0, sizeof out);
    assert_int_equal(model_predict(&cases[1], &many, 39, 1, NULL, out[1], NULL), STAT_OK);
    assert_true(out[1][0] > 0 && out[0][0] == 0 && out[2][0] == 0);
    assert_int_equal(model_predict(&cases[1], &many, 39, 1, out[0], NULL, expected), STAT_OK);
    assert_true(out[0][0] > 0 && expected[0] > 0);
    assert_int_equal(model_predict(&cases[1], &many, NAN, 1, out[0], NULL, expected), STAT_DOMAIN);
    assert_int_equal(model_predict(&cases[1], &many, INFINITY, 1, out[0], NULL, expected), STAT_DOMAIN);
    assert_int_equal(model_predict(&(struct model_params){MODEL_BGNBD, 1, {0}}, &many, 39, 1, out[0], NULL, expected),
                     STAT_DOMAIN);
}

/* -- ranges -- */

static void range_holds_its_share_and_the_expectation(void **state) {
    (void)state;
    static const struct cbs_customer customers[] = {
        {0, 0, 38.86, 0}, {1, 38, 38.86, 3.6}, {4, 30.43, 38.86, 8}, {26, 38, 38.86, 9}, {3, 5, 38.86, 1}};
    static double p[MOST + 1];
    for (size_t i = 0; i < CASES; i++) {
        const struct model_def *def = model_of(cases[i].kind);
        for (size_t j = 0; j < sizeof customers / sizeof *customers; j++) {
            for (double share = 0.5; share < 1; share += 0.3) {
                double low, high, below = 0, inside = 0, mean = def->expected(&cases[i], &customers[j], 39);
                assert_int_equal(model_interval(&arena, &cases[i], &customers[j], 39, share, &low, &high), STAT_OK);
                assert_int_equal(def->pmf(&arena, &cases[i], &customers[j], 39, MOST, p), STAT_OK);
                for (size_t n = 0; n <= (size_t)high; n++)
                    *((double)n < low ? &below : &inside) += p[n];
                assert_true(low == floor(low) && high == ceil(high) && low >= 0);
                assert_true(low <= mean && mean <= high);
                assert_true(inside >= share - 1e-9 && below <= (1 - share) / 2 + 1e-9);
                /* No wider than needed: without the last count too little is left, or the expectation. */
                assert_true(high == 0 || below + inside - p[(size_t)high] < (1 + share) / 2 || high - 1 < mean);
            }
        }
    }
}

static void range_of_a_huge_expectation_is_found(void **state) {
    (void)state;
    const struct model_params wide = {MODEL_MBGNBD, 1, {5, 1e-4, 0.01, 1e6}};
    const struct cbs_customer c = {2, 0.5, 1, 0};
    double low, high;
    assert_int_equal(model_interval(&arena, &wide, &c, 1e4, 0.8, &low, &high), STAT_OK);
    double mean = model_of(MODEL_MBGNBD)->expected(&wide, &c, 1e4);
    assert_true(low < mean && mean < high && high < 10 * mean);
}

static void range_asks_for_sense(void **state) {
    (void)state;
    const struct cbs_customer c = {1, 2, 3, 0};
    double low, high;
    assert_int_equal(model_interval(&arena, &cases[1], &c, 39, 0, &low, &high), STAT_DOMAIN);
    assert_int_equal(model_interval(&arena, &cases[1], &c, 39, 1, &low, &high), STAT_DOMAIN);
    assert_int_equal(model_interval(&arena, &cases[1], &c, -1, 0.8, &low, &high), STAT_DOMAIN);
    assert_int_equal(model_interval(&arena, &cases[1], &c, 0, 0.8, &low, &high), STAT_OK);
    assert_true(low == 0 && high == 0);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(names_and_kinds_lead_to_the_same_model),
        cmocka_unit_test(covariates_act_on_the_rate_and_the_mean_of_leaving),
        cmocka_unit_test(one_of_many_is_the_same_bits_as_alone),
        cmocka_unit_test(only_what_is_wanted_is_filled),
        cmocka_unit_test(range_holds_its_share_and_the_expectation),
        cmocka_unit_test(range_of_a_huge_expectation_is_found),
        cmocka_unit_test(range_asks_for_sense),
    };
    return cmocka_run_group_tests(tests, arena_begin, arena_end);
}
