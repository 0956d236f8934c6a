// SPDX-License-Identifier: Apache-2.0
/* The cycle rule as a chance: numbers worked out by hand (docs/methods/forecast.md), and rates that are known. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <math.h>

#include "stats/forecast_cycle.h"
#include "stats/random.h"

static const double TOL_HAND = 1e-4;
static const double TOL_CHANCE = 0.05; /* whole days, and cycles guessed from a dozen gaps */

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

/* Cells 5 .. 8 begin at 1/2, .707, 1 and 1.414 cycles. */
static void cycle_worked_example(void **state) {
    (void)state;
    struct forecast_cycle cycle = {.pace = 0.5};
    cycle.rate[1][5] = 1.2;
    cycle.rate[1][6] = 1.5;
    cycle.rate[1][7] = 1.0;
    cycle.rate[1][8] = 0.8;
    assert_true(fabs(forecast_cycle_none(&cycle, 3, 30, 15, 30) - 0.3101) < TOL_HAND);
    assert_true(forecast_cycle_none(&cycle, 3, 30, 15, 0) >= 1);
    assert_true(forecast_cycle_none(&cycle, 0, 30, 15, 30) >=
                1); /* one-time buyers have rates of their own: here none */
}

static void cycle_none_falls_with_time_and_is_a_chance(void **state) {
    (void)state;
    struct forecast_cycle cycle = {.pace = 0.7};
    for (int c = 0; c < FORECAST_CYCLE_CELLS; c++)
        cycle.rate[0][c] = cycle.rate[1][c] = 1.0 / (1 + c);
    for (double silent = 0; silent < 4000; silent = silent * 2 + 1) {
        double before = 1, expected = 0;
        for (double days = 0; days <= 730; days += 10) {
            double none = forecast_cycle_none(&cycle, 1, 33.3, silent, days);
            double number = forecast_cycle_expected(&cycle, 1, 33.3, silent, days);
            assert_true(none >= 0 && none <= before);
            assert_true(number >= 1 - none - 1e-12 && number >= expected - 1e-12);
            before = none;
            expected = number;
        }
    }
}

/* Who comes back after exponential gaps of a mean of 20 days is as likely to come within a week whatever the wait. */
static void cycle_of_those_without_memory_says_the_same_after_any_wait(void **state) {
    (void)state;
    enum { CUSTOMERS = 400, GAPS = 40 };
    struct history *h = arena_new(&arena, struct history, CUSTOMERS);
    uint32_t *which = arena_new(&arena, uint32_t, CUSTOMERS);
    for (uint32_t i = 0; i < CUSTOMERS; i++) {
        struct random chance;
        int32_t *day = arena_new(&arena, int32_t, GAPS);
        int64_t *cents = arena_new(&arena, int64_t, GAPS);
        double at = 0;
        random_seed(&chance, 3, i);
        for (size_t j = 0; j < GAPS; j++) {
            at += 20 * random_exponential(&chance);
            day[j] = (int32_t)ceil(at) > (j > 0 ? day[j - 1] : 0) ? (int32_t)ceil(at) : day[j - 1] + 1;
        }
        h[i] = (struct history){.day = day, .cents = cents, .n = GAPS};
        which[i] = i;
    }
    struct forecast_cycle cycle;
    forecast_cycle_learn(&arena, h, which, CUSTOMERS, 0, 500, &cycle);
    double week = 0, later = 0; /* over all customers: one alone may have had short gaps by luck */
    for (uint32_t i = 0; i < CUSTOMERS; i++) {
        double days = (double)forecast_cycle_e4(&cycle, &h[i], history_until(&h[i], 500)) / 1e4;
        week += (1 - forecast_cycle_none(&cycle, 20, days, 0, 7)) / CUSTOMERS;
        later += (1 - forecast_cycle_none(&cycle, 20, days, 30, 7)) / CUSTOMERS;
    }
    double truth = 1 - exp(-7 / 20.0);
    assert_true(fabs(week - truth) < TOL_CHANCE);
    assert_true(fabs(later - truth) < TOL_CHANCE);
    struct forecast_cycle again; /* the same, however the future goes */
    for (uint32_t i = 0; i < CUSTOMERS; i++)
        h[i].n = history_until(&h[i], 500);
    forecast_cycle_learn(&arena, h, which, CUSTOMERS, 0, 500, &again);
    assert_memory_equal(cycle.rate, again.rate, sizeof cycle.rate);
    assert_memory_equal(cycle.prior_days, again.prior_days, sizeof *cycle.prior_days);
}

/* Of nobody's returns the faith speaks: later is less likely, and it is finite. */
static void cycle_of_a_single_purchase_is_faith(void **state) {
    (void)state;
    const int32_t day[] = {100};
    const int64_t cents[] = {100};
    const struct history h = {.day = day, .cents = cents, .n = 1};
    const uint32_t which[] = {0};
    struct forecast_cycle cycle;
    forecast_cycle_learn(&arena, &h, which, 1, 0, 130, &cycle);
    for (int c = 1; c < FORECAST_CYCLE_CELLS; c++)
        assert_true(cycle.rate[0][c] > 0 && cycle.rate[0][c] <= cycle.rate[0][c - 1]);
    double days = (double)forecast_cycle_e4(&cycle, &h, 1) / 1e4;
    double soon = 1 - forecast_cycle_none(&cycle, 0, days, 30, 90),
           late = 1 - forecast_cycle_none(&cycle, 0, days, 900, 90);
    assert_true(soon > late && late > 0 && soon < 1);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(cycle_worked_example),
        cmocka_unit_test(cycle_none_falls_with_time_and_is_a_chance),
        cmocka_unit_test(cycle_of_those_without_memory_says_the_same_after_any_wait),
        cmocka_unit_test(cycle_of_a_single_purchase_is_faith),
    };
    return cmocka_run_group_tests(tests, arena_begin, arena_end);
}
