// SPDX-License-Identifier: Apache-2.0
/* What the page of a customer makes of a profile: which purchases become marks, which window is shaded, what is open or late. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/secret.h"
#include "web/cockpit/customer.h"

enum { TODAY = 20000 };

struct fixture {
    struct arena arena;
    struct cx cx;
    struct page page;
    struct profile profile;
    struct customer_view view;
};

static int setup(void **state) {
    struct fixture *f = test_calloc(1, sizeof *f);
    assert_true(secret_ready());
    arena_init(&f->arena, 0, arena_full_exit, NULL);
    f->cx.arena = &f->arena;
    f->page = (struct page){.cx = &f->cx, .arena = &f->arena, .lang = LANG_EN, .as_of = {TODAY}, .today = {TODAY}};
    f->page.user.role = ROLE_AGENT;
    f->profile.as_of = (struct day){TODAY};
    struct customer *c = &f->profile.sheet.customer;
    *c = (struct customer){.code = S("A/1"),
                           .closed_on = DAY_NONE,
                           .last_contact = DAY_NONE,
                           .first_purchase = DAY_NONE,
                           .last_purchase = DAY_NONE,
                           .at_risk_on = DAY_NONE,
                           .inactive_on = DAY_NONE,
                           .lost_on = DAY_NONE,
                           .recency_days = STAT_NONE,
                           .gap_median_e4 = STAT_NONE,
                           .gap_mean_e4 = STAT_NONE,
                           .gap_sd_e4 = STAT_NONE,
                           .cycle_e4 = STAT_NONE,
                           .overdue_e4 = STAT_NONE,
                           .prior_days = STAT_NONE,
                           .average_cents = STAT_NONE,
                           .return_e4 = STAT_NONE,
                           .waited_e4 = STAT_NONE};
    for (size_t i = 0; i < SHEET_MONTHS; i++)
        f->profile.sheet.month[i].month = 600 + (int32_t)i;
    *state = f;
    return 0;
}

static int teardown(void **state) {
    struct fixture *f = *state;
    arena_clear(&f->arena);
    test_free(f);
    return 0;
}

/* n purchases, ten days apart, the last ten days ago. */
static void buys(struct fixture *f, size_t n) {
    struct sheet *sheet = &f->profile.sheet;
    struct customer *c = &sheet->customer;
    int32_t *gap = arena_new(&f->arena, int32_t, n);
    sheet->purchases = n;
    sheet->purchase = arena_new(&f->arena, struct day, n);
    for (size_t i = 0; i < n; i++) {
        sheet->purchase[i] = (struct day){TODAY - 10 * (int32_t)(n - i)};
        gap[i] = 10;
    }
    c->gap_days = gap;
    c->purchases = (int64_t)n;
    c->status = STATUS_ACTIVE;
    c->first_purchase = sheet->purchase[0];
    c->last_purchase = sheet->purchase[n - 1];
    c->recency_days = 10;
    c->cycle_e4 = 100000;
    c->rule = S("cycle 1.5 2.5 7 180");
    c->at_risk_on = (struct day){TODAY + 5};
    c->inactive_on = (struct day){TODAY + 15};
    c->lost_on = (struct day){TODAY + 700};
}

static const struct customer_view *made(struct fixture *f) {
    customer_view_make(&f->page, &f->profile, &f->view);
    return &f->view;
}

static void who_never_bought_has_no_marks_and_no_window(void **state) {
    const struct customer_view *v = made(*state);
    assert_false(v->bought || v->foretold || v->months);
    assert_int_equal(v->marks, 0);
    assert_int_equal(v->mark_days.n, 0);
    assert_false(day_is(v->window_from));
    assert_true(str_equal(v->url, S("/customers/A%2F1")));
}

static void the_last_purchases_become_marks(void **state) {
    struct fixture *f = *state;
    buys(f, CUSTOMER_MARKS);
    const struct customer_view *v = made(f);
    assert_int_equal(v->marks, CUSTOMER_MARKS);
    assert_int_equal(v->marks_before, 0);
    buys(f, CUSTOMER_MARKS + 1);
    v = made(f);
    assert_int_equal(v->marks, CUSTOMER_MARKS);
    assert_int_equal(v->marks_before, 1);
    assert_int_equal(v->mark[0].n, f->profile.sheet.purchase[1].n);
    assert_int_equal(v->mark[CUSTOMER_MARKS - 1].n, TODAY - 10);
    assert_int_equal(v->mark_days.n, CUSTOMER_MARKS * 11 - 1); /* 2024-10-04, and so on */
}

static void the_window_is_the_forecast_else_until_at_risk(void **state) {
    struct fixture *f = *state;
    buys(f, 5);
    const struct customer_view *v = made(f);
    assert_int_equal(v->window_from.n, TODAY - 10);
    assert_int_equal(v->window_to.n, TODAY + 5);
    f->profile.sheet.customer.forecast = (struct forecast){.method = FORECAST_CYCLE,
                                                           .p_active_e4 = 9000,
                                                           .p_active_low_e4 = 8000,
                                                           .p_active_high_e4 = 9500,
                                                           .p_alive_e4 = STAT_NONE,
                                                           .next_on = {TODAY + 2},
                                                           .next_from = {TODAY + 1},
                                                           .next_to = {TODAY + 9},
                                                           .expected_90d_e4 = 90000,
                                                           .expected_value_365d_cents = STAT_NONE};
    v = made(f);
    assert_true(v->foretold);
    assert_true(str_equal(v->chance, S("90 %")) || str_equal(v->chance, S("90%")));
    assert_int_equal(v->alive.n, 0);
    assert_int_equal(v->window_from.n, TODAY + 1);
    assert_int_equal(v->window_to.n, TODAY + 9);
    f->profile.sheet.customer.status = STATUS_CLOSED;
    f->profile.sheet.customer.closed_on = (struct day){TODAY - 1};
    v = made(f);
    assert_false(v->foretold || day_is(v->window_from));
}

static void open_papers_are_shown_up_to_a_number_and_late_from_the_day_after(void **state) {
    struct fixture *f = *state;
    struct sheet *sheet = &f->profile.sheet;
    sheet->title = arena_new(&f->arena, struct record, CUSTOMER_RECORDS + 5);
    for (size_t i = 0; i < CUSTOMER_RECORDS + 5; i++) {
        sheet->title[i] = (struct record){.kind = IMPORT_TITLES,
                                          .number = S("1"),
                                          .part = i == 0 ? S("2") : (struct str){0},
                                          .day = {TODAY - 30},
                                          .due_on = {TODAY - 1 + (int32_t)i},
                                          .closed_on = DAY_NONE,
                                          .amount_cents = 500,
                                          .open_cents = i == 3 ? 0 : 100};
    }
    sheet->title[3].closed_on = (struct day){TODAY + 5};
    sheet->titles = CUSTOMER_RECORDS + 5;
    const struct customer_view *v = made(f);
    assert_int_equal(v->titles.n, CUSTOMER_RECORDS);
    assert_int_equal(v->titles.all, CUSTOMER_RECORDS + 4);
    assert_true(str_equal(v->titles.paper[0].number, S("1/2")));
    assert_true(v->titles.paper[0].late);
    assert_false(v->titles.paper[1].late); /* due today */
    assert_int_equal(v->standing.open, CUSTOMER_RECORDS + 4);
    assert_int_equal(v->standing.overdue, 1);
    assert_int_equal(v->standing.overdue_days, 1);
    assert_int_equal(v->standing.paid, 1);
    assert_int_equal(v->standing.paid_late, 1);
    assert_int_equal(v->standing.late_days_mean, 3);
}

static void products_that_stopped_stand_apart(void **state) {
    struct fixture *f = *state;
    struct sheet *sheet = &f->profile.sheet;
    sheet->boughts = CUSTOMER_PRODUCTS + 3;
    sheet->bought = arena_new(&f->arena, struct sheet_bought, sheet->boughts);
    for (size_t i = 0; i < sheet->boughts; i++)
        sheet->bought[i] = (struct sheet_bought){
            .bought = {.code = S("P"), .name = i == 1 ? S("Pão") : (struct str){0}, .last_price_e4 = 12345, .times = 3},
            .stopped = i == 2};
    const struct customer_view *v = made(f);
    assert_int_equal(v->products, CUSTOMER_PRODUCTS);
    assert_int_equal(v->products_all, CUSTOMER_PRODUCTS + 3);
    assert_int_equal(v->stoppeds, 1);
    assert_true(str_equal(v->product[0].name, S("P")) && str_equal(v->product[1].name, S("Pão")));
    assert_true(str_equal(v->product[0].last_price, S("1.23")));
}

static void months_are_shown_when_there_is_anything_in_them(void **state) {
    struct fixture *f = *state;
    f->profile.sheet.month[3].before_cents = -250;
    const struct customer_view *v = made(f);
    assert_true(v->months);
    assert_true(str_equal(v->month_before, S("0,0,0,-250,0,0,0,0,0,0,0,0")));
    assert_true(str_starts(v->month_names, S("2020-01,2020-02,")));
}

int main(void) {
#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
    const struct CMUnitTest tests[] = {
        TEST(who_never_bought_has_no_marks_and_no_window),
        TEST(the_last_purchases_become_marks),
        TEST(the_window_is_the_forecast_else_until_at_risk),
        TEST(open_papers_are_shown_up_to_a_number_and_late_from_the_day_after),
        TEST(products_that_stopped_stand_apart),
        TEST(months_are_shown_when_there_is_anything_in_them),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
