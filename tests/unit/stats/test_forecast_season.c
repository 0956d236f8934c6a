// SPDX-License-Identifier: Apache-2.0
/* A season is used where it would have helped, on invented companies whose season is known. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#include "base/buf.h"
#include "forecast_company.h"
#include "stats/forecast_season.h"

enum { CUSTOMERS = 1200, WINNING = 900, YEARS_3 = 1095, HORIZON = FORECAST_HORIZON_DAYS };

static const struct model_params leaving = {.kind = MODEL_MBGNBD, .k = 1, .v = {1.2, 70, 0.8, 6}};
static const struct season christmas = {{0.6, 0.6, 0.7, 0.8, 0.8, 0.8, 0.8, 0.9, 1.0, 1.3, 1.9, 1.8}};

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

static bool season_used(const struct history *h, int32_t as_of, struct str *text) {
    struct forecast_model *model;
    struct forecast_report report = {0};
    struct buf buf;
    assert_int_equal(company_learn(&arena, h, CUSTOMERS, as_of, 1, FORECAST_MIXK, &model, &report), STAT_OK);
    buf_init(&buf, &arena, 0);
    forecast_write(model, &buf);
    *text = buf_str(&buf);
    return report.season;
}

static void season_that_comes_back_is_used(void **state) {
    (void)state;
    struct history *h = company_make(&arena, &leaving, &christmas, 3, CUSTOMERS, WINNING, YEARS_3 + HORIZON);
    struct str text, cut;
    assert_true(season_used(h, COMPANY_FIRST + YEARS_3, &text));
    /* and neither it nor its trial sees what comes after the day */
    assert_true(
        season_used(company_until(&arena, h, CUSTOMERS, COMPANY_FIRST + YEARS_3), COMPANY_FIRST + YEARS_3, &cut));
    assert_true(str_equal(text, cut));
}

static void season_is_not_found_where_there_is_none(void **state) {
    (void)state;
    struct str text;
    struct history *h = company_make(&arena, &leaving, NULL, 3, CUSTOMERS, WINNING, YEARS_3);
    assert_false(season_used(h, COMPANY_FIRST + YEARS_3, &text));
}

static void season_is_not_looked_for_in_less_than_two_years(void **state) {
    (void)state;
    struct str text;
    struct history *h = company_make(&arena, &leaving, &christmas, 3, CUSTOMERS, WINNING, YEARS_3);
    assert_false(season_used(h, COMPANY_FIRST + 700, &text));
}

/* Two years of Christmas, then a year without: what was learnt would have misled at the looks of the third autumn. */
static void season_that_stayed_away_is_not_used(void **state) {
    (void)state;
    struct str text;
    struct history *with = company_make(&arena, &leaving, &christmas, 3, CUSTOMERS, WINNING, YEARS_3);
    struct history *without = company_make(&arena, &leaving, NULL, 3, CUSTOMERS, WINNING, YEARS_3);
    struct history *both = arena_new(&arena, struct history, CUSTOMERS);
    int32_t turn = COMPANY_FIRST + 770;
    for (size_t i = 0; i < CUSTOMERS; i++) {
        size_t before = history_until(&with[i], turn), since = history_until(&without[i], turn);
        size_t after = without[i].n - since;
        int32_t *day = arena_new(&arena, int32_t, before + after);
        int64_t *cents = arena_new(&arena, int64_t, before + after);
        memcpy(day, with[i].day, before * sizeof *day);
        memcpy(cents, with[i].cents, before * sizeof *cents);
        memcpy(day + before, without[i].day + since, after * sizeof *day);
        memcpy(cents + before, without[i].cents + since, after * sizeof *cents);
        both[i] = (struct history){.day = day, .cents = cents, .n = before + after, .segment = with[i].segment};
    }
    assert_false(season_used(both, COMPANY_FIRST + YEARS_3, &text));
}

/* The figure itself: on a look before Christmas, with two Christmases behind it, who knows of them foretells better. */
static void season_trial_gains_before_a_high_season(void **state) {
    (void)state;
    struct history *h = company_make(&arena, &leaving, &christmas, 3, CUSTOMERS, WINNING, YEARS_3);
    const struct forecast_company company = {.customer = h, .n = CUSTOMERS, .as_of = {COMPANY_FIRST + YEARS_3}};
    int32_t day = COMPANY_FIRST + YEARS_3 - HORIZON;
    struct forecast_sample all = forecast_sample_make(&arena, &company, day, CUSTOMERS, 1);
    struct forecast_past past;
    struct model_fit plain = {0};
    struct forecast_season_trial trial;
    forecast_past_make(&arena, &company, &all, day, HORIZON, &past);
    double *p = arena_new(&arena, double, past.n);
    assert_int_equal(forecast_past_fit(&arena, &past, FORECAST_SEASON_MODEL, past.n, 1, &plain), STAT_OK);
    assert_int_equal(forecast_past_say(&past, &plain.params, HORIZON, 1, p, NULL), STAT_OK);
    forecast_season_try(&arena, &company, &past, 1, p, HORIZON, 1, &trial);
    assert_int_equal(trial.params.kind, FORECAST_SEASON_MODEL);
    assert_true(trial.gain > 5); /* nats: nobody could call that chance */
    struct season then;          /* what is learnt when the look's day is the last one */
    assert_int_equal(season_learn_early(&arena, company_until(&arena, h, CUSTOMERS, day), CUSTOMERS, day, &then),
                     STAT_OK);
    assert_memory_equal(&trial.season, &then, sizeof then);
    assert_true(trial.season.index[10] > 1.4 && trial.season.index[1] < 0.9);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(season_that_comes_back_is_used),
        cmocka_unit_test(season_is_not_found_where_there_is_none),
        cmocka_unit_test(season_is_not_looked_for_in_less_than_two_years),
        cmocka_unit_test(season_that_stayed_away_is_not_used),
        cmocka_unit_test(season_trial_gains_before_a_high_season),
    };
    return cmocka_run_group_tests(tests, arena_begin, arena_end);
}
