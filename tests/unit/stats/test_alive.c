// SPDX-License-Identifier: Apache-2.0
/* The first day under a limit is the first day under it, whatever the mixture; what judges a purchase was known on its day. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "stats/alive.h"
#include "stats/fold.h"

#define TOL_ROUND 1e-13 /* two ways to add up the same few terms */

static const struct model_params plain = {.kind = MODEL_MIXK, .k = 1, .v = {1.5, 30, 0.8, 2, 1, 0, 0, 0}};
static const struct model_params mixed[] = {
    {.kind = MODEL_MIXK, .k = 1, .v = {0.6, 40, 0.5, 1.2, 0.4, 0.3, 0.2, 0.1}},
    {.kind = MODEL_MIXK, .k = 1, .v = {2.5, 75, 0.3, 0.9, 0, 0, 0.5, 0.5}},
    {.kind = MODEL_MIXK, .k = 1, .v = {0.05, 3, 3, 0.4, 0.25, 0.25, 0.25, 0.25}},
    {.kind = MODEL_MIXK, .k = 1, .v = {30, 900, 1e-3, 5, 0.7, 0, 0, 0.3}},
};
static const struct cbs_customer bought[] = {{0, 0, 0, 0},       {1, 3, 3, 1.0986},   {4, 80, 80, 11.9},
                                             {12, 360, 360, 40}, {60, 700, 700, 140}, {900, 3000, 3000, 900}};
static const struct due_rule thirds = {
    .kind = DUE_PROBABILITY, .inactive_e4 = 3000, .at_risk_e4 = 5000, .lost_days = 730};

enum { MIXED = sizeof mixed / sizeof *mixed, BOUGHT = sizeof bought / sizeof *bought };

static struct day on(int year, int month, int of_month) {
    struct day day;
    assert_true(day_make(year, month, of_month, &day));
    return day;
}

/* -- one silence -- */

static void alive_chance_is_that_of_the_mixture_observed_until_then(void **state) {
    (void)state;
    static const int32_t silent[] = {0, 1, 7, 30, 90, 365, 730, 3650};
    for (size_t m = 0; m < MIXED; m++) {
        for (size_t i = 0; i < BOUGHT; i++) {
            struct alive_wait wait;
            alive_wait_make(&mixed[m], &bought[i], &wait);
            for (size_t s = 0; s < sizeof silent / sizeof *silent; s++) {
                struct cbs_customer c = bought[i];
                c.T += silent[s];
                double expected = mixk_def.alive(&mixed[m], &c);
                assert_true(fabs(alive_chance(&wait, silent[s]) - expected) <= TOL_ROUND);
            }
        }
    }
}

static int32_t first_day_under(const struct alive_wait *wait, int64_t limit_e4, int32_t most) {
    for (int32_t day = 1; day < most; day++)
        if (alive_chance(wait, day) < (double)limit_e4 / 10000)
            return day;
    return most;
}

static void alive_under_is_the_first_day_under_the_limit(void **state) {
    (void)state;
    static const int64_t limit[] = {100, 2500, 3000, 5000, 7777, 9900};
    for (size_t m = 0; m < MIXED; m++) {
        for (size_t i = 0; i < BOUGHT; i++) {
            struct alive_wait wait;
            alive_wait_make(&mixed[m], &bought[i], &wait);
            for (size_t l = 0; l < sizeof limit / sizeof *limit; l++) {
                int32_t day = alive_under(&wait, limit[l], 1000);
                assert_int_equal(day, first_day_under(&wait, limit[l], 1000));
                if (day < 1000)
                    assert_false(alive_surely_over(&wait, limit[l], day));
                if (day > 1 && day < 1000)
                    assert_true(alive_surely_over(&wait, limit[l], day - 1));
            }
        }
    }
}

/* The worked examples of docs/methods/alive.md. */
static void alive_due_of_one_purchase_and_of_five(void **state) {
    (void)state;
    struct alive_wait wait;
    struct day last = on(2024, 1, 10);
    alive_wait_make(&plain, &bought[0], &wait);
    struct due due = alive_due(&thirds, last, &wait);
    assert_int_equal(due.at_risk_on.n - last.n, 26);
    assert_int_equal(due.inactive_on.n - last.n, 68);
    assert_int_equal(due.lost_on.n - last.n, 731);
    alive_wait_make(&plain, &bought[2], &wait);
    due = alive_due(&thirds, last, &wait);
    assert_int_equal(due.at_risk_on.n - last.n, 49);
    assert_int_equal(due.inactive_on.n - last.n, 76);
}

static void alive_due_never_comes_after_lost_and_never_on_the_day_of_the_purchase(void **state) {
    (void)state;
    struct alive_wait wait;
    struct day last = on(2024, 1, 10);
    const struct model_params faithful = {.kind = MODEL_MIXK, .k = 1, .v = {0.05, 3, 1e-3, 5, 1, 0, 0, 0}};
    alive_wait_make(&faithful, &bought[0], &wait); /* buys seldom, hardly ever leaves */
    struct due due = alive_due(&thirds, last, &wait);
    assert_int_equal(due.inactive_on.n, due.lost_on.n);
    assert_int_equal(due.lost_on.n - last.n, 731);
    alive_wait_make(&mixed[2], &bought[0], &wait); /* mostly leaves at once */
    due = alive_due(&thirds, last, &wait);
    assert_int_equal(due.at_risk_on.n - last.n, 1);
    assert_int_equal(due.inactive_on.n - last.n, 1);
}

/* -- what was known when -- */

static void alive_days_begin_after_the_learning_year_and_go_on_by_year(void **state) {
    (void)state;
    struct day day[8];
    assert_int_equal(alive_days(on(2023, 11, 5), on(2024, 11, 30), on(2024, 11, 30), NULL), 0);
    assert_int_equal(alive_days(on(2023, 11, 5), on(2026, 1, 1), on(2026, 1, 1), day), 3);
    assert_int_equal(day[0].n, on(2024, 12, 1).n);
    assert_int_equal(day[1].n, on(2025, 1, 1).n);
    assert_int_equal(day[2].n, on(2026, 1, 1).n);
    assert_int_equal(alive_days(on(2023, 1, 1), on(2025, 12, 31), on(2025, 12, 31), day), 2);
    assert_int_equal(day[0].n, on(2024, 1, 1).n);
    assert_int_equal(day[1].n, on(2025, 1, 1).n);
    assert_int_equal(alive_days(on(1967, 5, 1), on(1969, 12, 31), on(1969, 12, 31), day),
                     2); /* before the days begin to count */
    assert_int_equal(day[0].n, on(1968, 5, 1).n);
    assert_int_equal(day[1].n, on(1969, 1, 1).n);
}

static void alive_days_without_a_purchase_to_judge_have_no_fit_but_the_first(void **state) {
    (void)state;
    struct day day[8];
    struct day end = on(9999, 12, 31);
    assert_int_equal(alive_days(on(2023, 11, 5), on(2023, 11, 5), end, day), 1);
    assert_int_equal(day[0].n, on(2024, 12, 1).n);
    assert_int_equal(alive_days(on(2023, 11, 5), on(2025, 12, 31), end, day), 2);
    assert_int_equal(alive_days(on(2023, 11, 5), on(2026, 1, 1), end, day), 3);
    assert_int_equal(alive_days(on(2023, 11, 5), on(2026, 1, 1), on(2025, 12, 31), day), 2);
}

static void alive_params_are_those_of_the_newest_fit_by_then_and_none_where_it_failed(void **state) {
    (void)state;
    const struct alive_fit fit[] = {{on(2023, 2, 1), ALIVE_FITTED, mixed[0]},
                                    {on(2024, 1, 1), ALIVE_NO_LEAVING, {.kind = MODEL_NONE}},
                                    {on(2025, 1, 1), ALIVE_FITTED, mixed[1]}};
    const struct alive_table table = {fit, 3}, none = {fit, 0};
    assert_ptr_equal(alive_params(&table, on(2020, 1, 1)), &fit[0].params);
    assert_ptr_equal(alive_params(&table, on(2023, 12, 31)), &fit[0].params);
    assert_null(alive_params(&table, on(2024, 1, 1)));
    assert_ptr_equal(alive_params(&table, on(2025, 1, 1)), &fit[2].params);
    assert_null(alive_params(&none, on(2025, 1, 1)));
    assert_null(alive_params(NULL, on(2025, 1, 1)));
    struct alive_table then = alive_until(&table, on(2024, 12, 31));
    assert_null(alive_params(&then, on(2025, 1, 1)));
    assert_int_equal(alive_until(&table, on(2023, 1, 31)).n, 0);
}

static struct alive_fit learnt(struct cbs_customer *c, size_t n) {
    struct arena arena;
    struct alive_fit fit = {.from = on(2024, 1, 1)};
    arena_init(&arena, 0, arena_full_exit, NULL);
    alive_learn(&arena, c, n, 1, &fit);
    arena_clear(&arena);
    return fit;
}

static void alive_learn_says_why_there_is_no_chance(void **state) {
    (void)state;
    enum { CUSTOMERS = 300 };
    static struct cbs_customer c[CUSTOMERS];
    assert_int_equal(learnt(c, 0).state, ALIVE_TOO_FEW);
    for (int i = 0; i < CUSTOMERS; i++)
        c[i] = (struct cbs_customer){.T = 30 + i};
    assert_int_equal(learnt(c, CUSTOMERS).state, ALIVE_TOO_FEW); /* nobody came back */
    for (int i = 0; i < CUSTOMERS; i++) {
        double gap = 3 + i % 17;
        c[i] = (struct cbs_customer){.x = 20, .t_x = 20 * gap, .T = 20 * gap + i % (int)gap, .litt = 20 * log(gap)};
    }
    assert_int_equal(learnt(c, CUSTOMERS).state, ALIVE_NO_LEAVING); /* everybody goes on buying */
    for (int i = 0; i < CUSTOMERS; i++) {
        double gap = 3 + i % 17, x = i % 5;
        c[i] =
            (struct cbs_customer){.x = x, .t_x = x * gap, .T = x * gap + (i % 3 ? 400 : gap / 2), .litt = x * log(gap)};
    }
    struct alive_fit fit = learnt(c, CUSTOMERS); /* two in three fell silent */
    assert_int_equal(fit.state, ALIVE_FITTED);
    assert_int_equal(fit.params.kind, MODEL_MIXK);
}

/* -- in the fold -- */

static const struct prior_table no_prior = {.segments = 0};

static void fold_ends_episodes_and_settles_as_if_every_date_had_been_worked_out(void **state) {
    (void)state;
    const struct alive_fit fit[] = {{{100}, ALIVE_FITTED, mixed[0]},
                                    {{900}, ALIVE_NO_LEAVING, {.kind = MODEL_NONE}},
                                    {{1500}, ALIVE_FITTED, mixed[1]}};
    const struct alive_table table = {fit, 3};
    uint32_t random = 1;
    int ended = 0;
    for (int customer = 0; customer < 300; customer++) {
        struct fold_state fold = {0};
        struct fold_step step;
        struct cbs_customer c = {.x = -1};
        struct day day = {customer}, before = DAY_NONE;
        struct due due = {DAY_NONE, DAY_NONE, DAY_NONE};
        for (int k = 0; k < 25; k++) {
            assert_int_equal(fold_purchase(&fold, &thirds, &no_prior, &table, 0, day, &step), STAT_OK);
            bool expected = k > 0 && day.n >= due.inactive_on.n;
            assert_int_equal(step.episode_ended, expected);
            if (expected) {
                assert_int_equal(step.episode.began_on.n, due.inactive_on.n);
                assert_int_equal(step.episode.ended_on.n, day.n);
                ended++;
            }
            c.x += 1;
            c.litt += k > 0 ? log(day.n - before.n) : 0;
            c.t_x = c.T = day.n - customer;
            const struct model_params *params = alive_params(&table, day);
            struct alive_wait wait;
            if (params)
                alive_wait_make(params, &c, &wait);
            due = params ? alive_due(&thirds, day, &wait) : due_after(&thirds, day, fold.cycle_e4);
            struct fold_state settled = fold;
            fold_settle(&settled, &thirds);
            assert_memory_equal(&settled.due, &due, sizeof due);
            before = day;
            random = random * 1664525u + 1013904223u;
            day.n += 1 + (int32_t)((random >> 8) % (customer % 2 ? 60u : 300u));
        }
    }
    assert_true(ended > 100);
}

static void where_nothing_is_known_the_usual_cycle_rule_stands_in(void **state) {
    (void)state;
    const struct due_rule usual = {.kind = DUE_CYCLE,
                                   .inactive_e4 = 25000,
                                   .at_risk_e4 = 15000,
                                   .floor_days = 20,
                                   .ceiling_days = 365,
                                   .lost_days = 730};
    for (int64_t cycle_e4 = 1000; cycle_e4 < 5000000; cycle_e4 += 7000) {
        struct due is = due_after(&thirds, (struct day){1000}, cycle_e4);
        struct due expected = due_after(&usual, (struct day){1000}, cycle_e4);
        assert_memory_equal(&is, &expected, sizeof is);
    }
    struct due_rule soon = thirds;
    soon.lost_days = 10;
    assert_int_equal(due_after(&soon, (struct day){1000}, 3000000).lost_on.n, 1011);
    assert_int_equal(due_after(&soon, (struct day){1000}, 3000000).inactive_on.n, 1011);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(alive_chance_is_that_of_the_mixture_observed_until_then),
        cmocka_unit_test(alive_under_is_the_first_day_under_the_limit),
        cmocka_unit_test(alive_due_of_one_purchase_and_of_five),
        cmocka_unit_test(alive_due_never_comes_after_lost_and_never_on_the_day_of_the_purchase),
        cmocka_unit_test(alive_days_begin_after_the_learning_year_and_go_on_by_year),
        cmocka_unit_test(alive_days_without_a_purchase_to_judge_have_no_fit_but_the_first),
        cmocka_unit_test(alive_params_are_those_of_the_newest_fit_by_then_and_none_where_it_failed),
        cmocka_unit_test(alive_learn_says_why_there_is_no_chance),
        cmocka_unit_test(fold_ends_episodes_and_settles_as_if_every_date_had_been_worked_out),
        cmocka_unit_test(where_nothing_is_known_the_usual_cycle_rule_stands_in),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
