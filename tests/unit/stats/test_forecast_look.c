// SPDX-License-Identifier: Apache-2.0
/* Looking back: what is known on a day, samples that stay the same, and fits that start where an earlier one ended. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <math.h>
#include <string.h>

#include "forecast_company.h"
#include "stats/forecast_look.h"

enum { CUSTOMERS = 800, DAY = COMPANY_FIRST + 500, HORIZON = 90, LATER = 60 };
static const double TOL_LOGLIK = 1e-3; /* ends of the same search from two sides */

static const struct model_params leaving = {.kind = MODEL_MBGNBD, .k = 1, .v = {1.2, 40, 0.8, 4}};
/* All leave at the same rate: what Pareto/NBD cannot tell from lifetimes that differ a little. */
static const struct model_params alike = {.kind = MODEL_PNBD, .k = 1, .v = {1.2, 40, 2000, 2000 * 400.0}};

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

static void past_of(const struct model_params *params, int32_t day, struct forecast_past *out) {
    const struct forecast_company company = {.customer = company_make(&arena, params, NULL, 3, CUSTOMERS, 400, 700),
                                             .n = CUSTOMERS};
    struct forecast_sample all = forecast_sample_make(&arena, &company, day, CUSTOMERS, 1);
    forecast_past_make(&arena, &company, &all, day, HORIZON, out);
}

static void fit_from_an_earlier_end_is_the_fit_from_all_starts(void **state) {
    (void)state;
    static const enum model_kind kinds[] = {MODEL_NBD,     MODEL_BGNBD, MODEL_MBGNBD,
                                            MODEL_MBGCNBD, MODEL_MIXK,  MODEL_PNBD};
    const struct model_params *truths[] = {&leaving, &alike};
    for (size_t t = 0; t < 2; t++) {
        struct forecast_past before, now;
        past_of(truths[t], DAY, &before);
        past_of(truths[t], DAY + LATER, &now);
        for (size_t k = 0; k < sizeof kinds / sizeof *kinds; k++) {
            struct model_fit chained = {0}, fresh = {0};
            assert_int_equal(forecast_past_fit(&arena, &before, kinds[k], CUSTOMERS, 1, &chained), STAT_OK);
            assert_int_equal(forecast_past_fit(&arena, &now, kinds[k], CUSTOMERS, 1, &chained), STAT_OK);
            assert_int_equal(forecast_past_fit(&arena, &now, kinds[k], CUSTOMERS, 1, &fresh), STAT_OK);
            assert_true(fabs(chained.loglik - fresh.loglik) < TOL_LOGLIK);
        }
    }
}

/* What another model found is no place to start from. */
static void fit_after_another_kind_starts_anew(void **state) {
    (void)state;
    struct forecast_past now;
    struct model_fit other = {0}, fresh = {0};
    past_of(&leaving, DAY, &now);
    assert_int_equal(forecast_past_fit(&arena, &now, MODEL_NBD, CUSTOMERS, 1, &other), STAT_OK);
    assert_int_equal(forecast_past_fit(&arena, &now, MODEL_MIXK, CUSTOMERS, 1, &other), STAT_OK);
    assert_int_equal(forecast_past_fit(&arena, &now, MODEL_MIXK, CUSTOMERS, 1, &fresh), STAT_OK);
    assert_memory_equal(&other.params, &fresh.params, sizeof fresh.params);
}

static void look_shows_what_was_known_and_judges_by_what_came(void **state) {
    (void)state;
    const int32_t day[] = {10, 40, 100, 101, 190}, late[] = {101, 120};
    const int64_t cents[5] = {1, 1, 1, 1, 1};
    const struct history h[] = {{.day = day, .cents = cents, .n = 5}, {.day = late, .cents = cents, .n = 2}};
    const struct forecast_company company = {.customer = h, .n = 2};
    struct forecast_sample all = forecast_sample_make(&arena, &company, 200, 10, 1);
    struct forecast_past past;
    forecast_past_make(&arena, &company, &all, 100, HORIZON, &past);
    assert_int_equal(past.n, 1); /* the other had not bought yet */
    assert_true(past.x[0] == 2 && past.t_x[0] == 90 && past.T[0] == 90);
    assert_true(past.happened[0] == 1 && past.count[0] == 2); /* 101 and 190, the last day of the horizon */
    forecast_past_make(&arena, &company, &all, 190, HORIZON, &past);
    assert_int_equal(past.n, 2);
    assert_true(past.bought == 0 && past.x[0] == 4 && past.T[1] == 89);
}

/* A customer is in a sample or not, whoever else is a customer. */
static void sample_is_about_as_large_as_asked_and_stays(void **state) {
    (void)state;
    enum { MANY = 20000, MOST = 5000 };
    static const int32_t day[] = {1};
    static const int64_t cents[] = {1};
    struct history *h = arena_new(&arena, struct history, MANY);
    for (size_t i = 0; i < MANY; i++)
        h[i] = (struct history){.day = day, .cents = cents, .n = 1};
    const struct forecast_company company = {.customer = h, .n = MANY};
    struct forecast_sample one = forecast_sample_make(&arena, &company, 5, MOST, 7),
                           again = forecast_sample_make(&arena, &company, 5, MOST, 7),
                           other = forecast_sample_make(&arena, &company, 5, MOST, 8);
    assert_true(one.n > MOST - 300 && one.n < MOST + 300); /* five standard deviations */
    assert_int_equal(one.n, again.n);
    assert_memory_equal(one.which, again.which, one.n * sizeof *one.which);
    size_t both = 0;
    for (size_t i = 0, j = 0; i < one.n && j < other.n;)
        if (one.which[i] == other.which[j]) {
            both++;
            i++;
            j++;
        } else if (one.which[i] < other.which[j]) {
            i++;
        } else {
            j++;
        }
    assert_true(both > MOST / 4 - 200 && both < MOST / 4 + 200);
    assert_int_equal(forecast_sample_make(&arena, &company, 5, MANY, 7).n, MANY);
    assert_int_equal(forecast_sample_make(&arena, &company, 0, MANY, 7).n, 0);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(fit_from_an_earlier_end_is_the_fit_from_all_starts),
        cmocka_unit_test(fit_after_another_kind_starts_anew),
        cmocka_unit_test(look_shows_what_was_known_and_judges_by_what_came),
        cmocka_unit_test(sample_is_about_as_large_as_asked_and_stays),
    };
    return cmocka_run_group_tests(tests, arena_begin, arena_end);
}
