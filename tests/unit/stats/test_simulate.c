// SPDX-License-Identifier: Apache-2.0
/* Invented customers against what each model's formulas say of new ones, and the refusals. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <math.h>

#include "stats/simulate.h"

enum { CUSTOMERS = 20000, ROOM = 20000, MOST = 12, SEED = 11 };

/* A count of customers and its mean may be off by so many standard errors; seeds are fixed, so it is or it is not. */
static const double ERRORS_MOST = 4.5;

static const struct model_params cases[] = {
    {MODEL_NBD, 1, {0.4, 6}},
    {MODEL_BGNBD, 1, {0.243, 4.414, 0.793, 2.426}},
    {MODEL_MBGNBD, 1, {0.525, 6.183, 0.891, 1.614}},
    {MODEL_BGCNBD, 3, {0.8, 3, 0.6, 2}},
    {MODEL_MBGCNBD, 2, {0.5, 3, 0.4, 2.5}},
    {MODEL_MIXK, 1, {0.6, 5, 0.5, 3, 0.3, 0, 0.5, 0.2}},
    {MODEL_PNBD, 1, {0.553, 10.578, 0.606, 11.669}},
    {MODEL_PGGG, 1, {4, 1.5, 0.9, 4, 0.6, 12}},
};

enum { CASES = sizeof cases / sizeof *cases };

static double times[ROOM];

static void counts_are_those_of_the_formulas(void **state) {
    (void)state;
    struct arena arena;
    arena_init(&arena, 0, arena_full_exit, NULL);
    for (size_t i = 0; i < CASES; i++) {
        const struct model_def *def = model_of(cases[i].kind);
        const double until = 20;
        double seen[MOST + 1] = {0}, p[MOST + 1], sum = 0, square = 0;
        for (uint64_t c = 0; c < CUSTOMERS; c++) {
            struct random chance;
            size_t n;
            random_seed(&chance, SEED + i, c);
            assert_int_equal(simulate_customer(&cases[i], &chance, until, times, ROOM, &n), STAT_OK);
            if (n <= MOST)
                seen[n]++;
            sum += (double)n;
            square += (double)n * (double)n;
        }
        assert_int_equal(def->pmf_new(&arena, &cases[i], until, MOST, p), STAT_OK);
        for (size_t n = 0; n <= MOST; n++)
            if (fabs(seen[n] - CUSTOMERS * p[n]) > ERRORS_MOST * sqrt(CUSTOMERS * p[n] * (1 - p[n])) + 1)
                fail_msg("%s: %g customers bought %zu times, not %g", def->name, seen[n], n, CUSTOMERS * p[n]);
        double mean = sum / CUSTOMERS, error = sqrt((square / CUSTOMERS - mean * mean) / CUSTOMERS);
        double expected = def->expected_new(&cases[i], until);
        if (fabs(mean - expected) > ERRORS_MOST * error)
            fail_msg("%s: %g purchases a customer, not %g (standard error %g)", def->name, mean, expected, error);
    }
    arena_clear(&arena);
}

static void purchases_rise_within_the_time(void **state) {
    (void)state;
    for (size_t i = 0; i < CASES; i++)
        for (uint64_t c = 0; c < 500; c++) {
            struct random chance;
            size_t n;
            random_seed(&chance, SEED, c);
            assert_int_equal(simulate_customer(&cases[i], &chance, 30, times, ROOM, &n), STAT_OK);
            for (size_t j = 0; j < n; j++)
                assert_true(times[j] > (j > 0 ? times[j - 1] : 0) && times[j] <= 30);
        }
}

static void a_longer_time_begins_like_a_shorter_one(void **state) {
    (void)state;
    static double longer[ROOM];
    for (uint64_t c = 0; c < 200; c++) {
        struct random one, other;
        size_t n, more;
        random_seed(&one, SEED, c);
        random_seed(&other, SEED, c);
        assert_int_equal(simulate_customer(&cases[6], &one, 10, times, ROOM, &n), STAT_OK);
        assert_int_equal(simulate_customer(&cases[6], &other, 40, longer, ROOM, &more), STAT_OK);
        assert_true(more >= n);
        for (size_t j = 0; j < n; j++)
            assert_true(times[j] == longer[j]);
    }
}

static void impossible_wishes_are_refused(void **state) {
    (void)state;
    struct random chance;
    size_t n = 77;
    random_seed(&chance, SEED, 0);
    struct model_params frantic = {MODEL_NBD, 1, {1e6, 1e-6}}, none = {MODEL_NBD, 1, {-1, 2}},
                        values = {MODEL_GAMMAGAMMA, 1, {6, 4, 15}};
    assert_int_equal(simulate_customer(&frantic, &chance, 10, times, ROOM, &n), STAT_DOMAIN);
    assert_int_equal(simulate_customer(&none, &chance, 10, times, ROOM, &n), STAT_DOMAIN);
    assert_int_equal(simulate_customer(&values, &chance, 10, times, ROOM, &n), STAT_DOMAIN);
    assert_int_equal(simulate_customer(&cases[0], &chance, -1, times, ROOM, &n), STAT_DOMAIN);
    assert_int_equal(simulate_customer(&cases[0], &chance, NAN, times, ROOM, &n), STAT_DOMAIN);
    assert_int_equal(simulate_customer(&cases[0], &chance, INFINITY, times, ROOM, &n), STAT_DOMAIN);
    assert_int_equal(n, 77);
    assert_int_equal(simulate_customer(&cases[0], &chance, 0, times, 0, &n), STAT_OK);
    assert_int_equal(n, 0);
}

/* Shapes of a hundred-millionth: rates and chances that no double can hold as such. */
static void extreme_parameters_give_customers(void **state) {
    (void)state;
    const struct model_params extreme[] = {
        {MODEL_BGNBD, 1, {1e-8, 1e8, 1e-8, 1e-8}},
        {MODEL_MBGNBD, 1, {1e-8, 1e-8, 1e8, 1e-8}},
        {MODEL_PNBD, 1, {1e-8, 1e8, 1e-8, 1e-8}},
        {MODEL_PNBD, 1, {1e8, 1e8, 1e8, 1e-8}},
    };
    for (size_t i = 0; i < sizeof extreme / sizeof *extreme; i++)
        for (uint64_t c = 0; c < 1000; c++) {
            struct random chance;
            size_t n;
            random_seed(&chance, SEED, c);
            assert_int_equal(simulate_customer(&extreme[i], &chance, 10, times, ROOM, &n), STAT_OK);
        }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(counts_are_those_of_the_formulas),        cmocka_unit_test(purchases_rise_within_the_time),
        cmocka_unit_test(a_longer_time_begins_like_a_shorter_one), cmocka_unit_test(impossible_wishes_are_refused),
        cmocka_unit_test(extreme_parameters_give_customers),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
