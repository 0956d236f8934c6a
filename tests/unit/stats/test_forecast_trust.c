// SPDX-License-Identifier: Apache-2.0
/* How far a chance is trusted, against numbers worked out apart (python3, scipy.stats.beta; docs/methods/forecast.md). */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <math.h>
#include <string.h>

#include "stats/forecast_parts.h"
#include "stats/random.h"

static const double TOL_HAND = 2e-5;
static const double TOL_LEVEL = 1e-4;

enum { MANY = 6000 };

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

/* 100 customers were given 20 %, 30 of them came. */
static void trust_worked_example(void **state) {
    (void)state;
    double p[100], low, high;
    uint8_t came[100] = {0};
    for (size_t i = 0; i < 100; i++) {
        p[i] = 0.2;
        came[i] = i < 30;
    }
    const struct forecast_look look = {.n = 100, .p = p, .happened = came};
    struct forecast_trust trust;
    assert_true(fabs(forecast_look_level(&look) - 0.538997) < TOL_LEVEL);
    forecast_trust_learn(&arena, &look, 1, &trust);
    assert_int_equal(trust.bins, 1); /* equal chances are never apart */
    assert_true(fabs(trust.level - 0.422499) < TOL_LEVEL);
    assert_true(fabs(trust.shift[0] - 0.548408) < TOL_HAND);
    assert_true(fabs(trust.noise[0] - 0.217858) < TOL_HAND);
    forecast_trust_range(&trust, 0.2, 0, &low, &high);
    assert_true(fabs(low - 0.119677) < TOL_LEVEL);
    assert_true(fabs(high - 0.443076) < TOL_LEVEL);
    forecast_trust_range(&trust, 0.2, 0.3, &low, &high); /* of a customer of whom little is known */
    assert_true(fabs(low - 0.108450) < TOL_LEVEL);
    assert_true(fabs(high - 0.470656) < TOL_LEVEL);
}

static void trust_of_nothing_seen_is_wide(void **state) {
    (void)state;
    struct forecast_trust trust;
    double low, high;
    forecast_trust_learn(&arena, NULL, 0, &trust);
    forecast_trust_range(&trust, 0.2, 0, &low, &high);
    assert_true(fabs(low - 0.103844) < TOL_HAND);
    assert_true(fabs(high - 0.350381) < TOL_HAND);
}

static void invent(struct forecast_look *look, double shift) {
    double *p = arena_new(&arena, double, MANY);
    uint8_t *came = arena_new(&arena, uint8_t, MANY);
    struct random chance;
    random_seed(&chance, 29, 0);
    for (size_t i = 0; i < MANY; i++) {
        p[i] = random_unit(&chance);
        came[i] = random_unit(&chance) < forecast_chance(forecast_log_odds(p[i]) + shift);
    }
    *look = (struct forecast_look){.n = MANY, .p = p, .happened = came};
}

static void trust_holds_its_chance_whatever_it_is(void **state) {
    (void)state;
    static const double shifts[] = {-2, 0, 2}, noises[] = {0, 0.5, 50, 1e6};
    for (size_t s = 0; s < 3; s++) {
        struct forecast_look look;
        struct forecast_trust trust;
        invent(&look, shifts[s]);
        forecast_trust_learn(&arena, &look, 1, &trust);
        for (double p = 0; p <= 1; p += 0.001)
            for (size_t n = 0; n < 4; n++) {
                double low, high;
                forecast_trust_range(&trust, p, noises[n], &low, &high);
                assert_true(low >= 0 && low <= p && p <= high && high <= 1);
            }
    }
}

static void trust_reaches_to_where_such_chances_came_out(void **state) {
    (void)state;
    struct forecast_look right, wrong;
    struct forecast_trust sure, unsure;
    double low, high, low_wrong, high_wrong;
    invent(&right, 0);
    invent(&wrong, 1.5); /* those given 30 % came two in three times */
    forecast_trust_learn(&arena, &right, 1, &sure);
    forecast_trust_learn(&arena, &wrong, 1, &unsure);
    forecast_trust_range(&sure, 0.3, 0, &low, &high);
    forecast_trust_range(&unsure, 0.3, 0, &low_wrong, &high_wrong);
    assert_true(high < 0.45);
    assert_true(high_wrong > forecast_chance(forecast_log_odds(0.3) + 1.5));
    assert_true(fabs(forecast_look_level(&wrong) - 1.5) < 0.15);
}

/* A level that is off is no fault in telling customers apart: the shape is the same, up to what putting it right costs. */
static void trust_shape_does_not_ask_for_the_level(void **state) {
    (void)state;
    struct forecast_look look, moved;
    invent(&look, 0);
    double *p = arena_new(&arena, double, MANY);
    for (size_t i = 0; i < MANY; i++)
        p[i] = forecast_chance(forecast_log_odds(look.p[i]) - 1);
    moved = look;
    moved.p = p;
    double here = forecast_look_shape(&look, 1), there = forecast_look_shape(&moved, 1);
    assert_true(fabs(here - there) < TOL_LEVEL);
    for (size_t i = 0; i < MANY; i++)
        p[i] = 0.5; /* who tells nobody apart has the worst shape */
    assert_true(forecast_look_shape(&moved, 1) > here + 0.1);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(trust_worked_example),
        cmocka_unit_test(trust_of_nothing_seen_is_wide),
        cmocka_unit_test(trust_holds_its_chance_whatever_it_is),
        cmocka_unit_test(trust_reaches_to_where_such_chances_came_out),
        cmocka_unit_test(trust_shape_does_not_ask_for_the_level),
    };
    return cmocka_run_group_tests(tests, arena_begin, arena_end);
}
