// SPDX-License-Identifier: Apache-2.0
/* Everybody's rows come in order, each as it would be alone, also where they are more than fit into one block. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>

#include "app/derive_all.h"
#include "core/policy.h"
#include "stats/stat.h"

enum { CUSTOMERS = 5000, DAYS = 7, TODAY = 20000, LATER_EVERY = 97, BROKEN = 4444, STOP_AT = 3000 };

static struct arena arena;
static struct cx cx;
static struct sales sales;
static struct sale_customer customer[CUSTOMERS];
static struct sale_day day[CUSTOMERS][DAYS];
static char abc[CUSTOMERS];
static struct policy policy;
static struct prior_cell cells[64];
static struct prior_table prior;
static struct derive_segments segments;
static struct derive_company company;

static int set_up(void **state) {
    (void)state;
    arena_init(&arena, 0, arena_full_exit, NULL);
    cx = (struct cx){.arena = &arena};
    for (size_t i = 0; i < CUSTOMERS; i++) {
        uint32_t n = (uint32_t)(i % (DAYS + 1));
        for (uint32_t k = 0; k < n; k++)
            day[i][k] =
                (struct sale_day){TODAY - 600 + (int32_t)(k * (20 + i % 50)), k % 3 != 1, 100 + (int64_t)(i * 7 + k)};
        customer[i] = (struct sale_customer){.id = (int64_t)i + 1,
                                             .code = S("C"),
                                             .closed_on = DAY_NONE,
                                             .day = day[i],
                                             .days = n,
                                             .known = true,
                                             .later = i % LATER_EVERY == LATER_EVERY - 1};
        for (uint32_t k = 0; k < n; k++)
            customer[i].purchases += day[i][k].purchase != 0;
    }
    sales = (struct sales){.customer = customer, .n = CUSTOMERS, .as_of = {TODAY}, .first_day = {TODAY - 600}};
    policy = (struct policy){.rule = arena_new(&arena, struct policy_rule, 1), .n = 1};
    policy.rule[0] = policy_default();
    prior = (struct prior_table){.first_month = month_of((struct day){TODAY - 600}),
                                 .months = 22,
                                 .cell = cells,
                                 .first_day = {TODAY - 600},
                                 .as_of = {TODAY}};
    company = (struct derive_company){.as_of = {TODAY}, .policy = &policy, .prior = &prior, .segments = &segments};
    return 0;
}

static int tear_down(void **state) {
    (void)state;
    arena_clear(&arena);
    return 0;
}

struct seen {
    size_t n, next, stop_at;
    struct derived alone;
};

static bool see(struct cx *with, void *owner, size_t at, const struct derived *derived) {
    struct seen *seen = owner;
    if (at == seen->stop_at)
        return cx_fail(with, ERR_IO, S("score.fold"), S("full"));
    assert_true(at >= seen->next);
    for (; seen->next < at; seen->next++)
        assert_true(customer[seen->next].later);
    seen->next = at + 1;
    seen->n++;
    assert_true(derive_customer(&company, &customer[at], abc[at], &seen->alone));
    const struct score_row *got = &derived->row, *row = &seen->alone.row;
    assert_int_equal(got->customer_id, (int64_t)at + 1);
    assert_int_equal(got->purchases, row->purchases);
    assert_int_equal(got->cycle_e4, row->cycle_e4);
    assert_int_equal(got->status, row->status);
    assert_int_equal(got->value_total, row->value_total);
    assert_int_equal(derived->episodes, seen->alone.episodes);
    assert_int_equal(derived->waits, seen->alone.waits);
    for (int64_t i = 0; i + 1 < row->purchases; i++)
        assert_int_equal(got->gap_days[i], row->gap_days[i]);
    return true;
}

static void derive_all_hands_over_everybody_that_was_known_in_order(void **state) {
    (void)state;
    struct seen seen = {.stop_at = CUSTOMERS};
    assert_true(derive_all(&cx, &company, &sales, abc, see, &seen));
    assert_int_equal(seen.n, CUSTOMERS - CUSTOMERS / LATER_EVERY);
    derived_clear(&seen.alone);
}

static void derive_all_of_nobody_is_nobody(void **state) {
    (void)state;
    struct seen seen = {.stop_at = CUSTOMERS};
    struct sales none = {.as_of = {TODAY}};
    assert_true(derive_all(&cx, &company, &none, abc, see, &seen));
    assert_int_equal(seen.n, 0);
}

static void derive_all_stops_where_a_row_cannot_be_taken(void **state) {
    (void)state;
    struct seen seen = {.stop_at = STOP_AT};
    assert_false(derive_all(&cx, &company, &sales, abc, see, &seen));
    assert_int_equal(cx.err.code, ERR_IO);
    assert_int_equal(seen.next, STOP_AT);
    derived_clear(&seen.alone);
}

static void derive_all_names_purchases_that_are_out_of_order(void **state) {
    (void)state;
    struct seen seen = {.stop_at = CUSTOMERS};
    customer[BROKEN].code = S("BROKEN");
    day[BROKEN][2].day = day[BROKEN][0].day - 5;
    assert_false(derive_all(&cx, &company, &sales, abc, see, &seen));
    assert_int_equal(cx.err.code, ERR_BUG);
    assert_true(str_equal(cx.err.arg[0], S("BROKEN")));
    assert_int_equal(seen.next, BROKEN);
    derived_clear(&seen.alone);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(derive_all_hands_over_everybody_that_was_known_in_order, set_up, tear_down),
        cmocka_unit_test_setup_teardown(derive_all_of_nobody_is_nobody, set_up, tear_down),
        cmocka_unit_test_setup_teardown(derive_all_stops_where_a_row_cannot_be_taken, set_up, tear_down),
        cmocka_unit_test_setup_teardown(derive_all_names_purchases_that_are_out_of_order, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
