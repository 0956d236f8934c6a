// SPDX-License-Identifier: Apache-2.0
/* strip -- the picture of a customer's purchases: where marks stand, and that it always has its width. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "cli/strip.h"

static int setup(void **state) {
    static struct arena arena;
    arena_init(&arena, 0, arena_full_exit, NULL);
    *state = &arena;
    return 0;
}

static int teardown(void **state) {
    arena_clear(*state);
    return 0;
}

#define MONTHS S("Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec")

static struct day of(int year, int month, int day) {
    struct day out = DAY_NONE;
    day_make(year, month, day, &out);
    return out;
}

static void assert_text(struct str s, const char *expected) {
    assert_int_equal(s.n, strlen(expected));
    assert_memory_equal(s.p, expected, s.n);
}

static void marks_follow_the_due_dates(void **state) {
    /* A mark is a week; late from the third week after the last purchase, inactive from the fifth. */
    const struct day bought[] = {of(2021, 1, 1), of(2021, 1, 29), of(2021, 2, 26)};
    const struct strip_wish wish = {.purchase = bought,
                                    .purchases = 3,
                                    .as_of = {bought[2].n + 42},
                                    .at_risk_on = {bought[2].n + 15},
                                    .inactive_on = {bought[2].n + 29},
                                    .cycle_days = 28,
                                    .columns = 20,
                                    .months = MONTHS};
    struct strip strip;
    strip_make(*state, &wish, &strip);
    assert_int_equal(strip.mark_days, 7);
    assert_int_equal(strip.today, 19);
    assert_text(strip.marks, "·····●···●···●░░▒▒██");
}

static void a_purchase_on_the_day_itself_is_the_last_mark_of_the_past(void **state) {
    const struct day bought[] = {of(2021, 6, 1)};
    const struct strip_wish wish = {.purchase = bought,
                                    .purchases = 1,
                                    .as_of = bought[0],
                                    .at_risk_on = {bought[0].n + 11},
                                    .inactive_on = {bought[0].n + 21},
                                    .cycle_days = 7,
                                    .columns = 30,
                                    .months = MONTHS};
    struct strip strip;
    strip_make(*state, &wish, &strip);
    assert_int_equal(strip.mark_days, 1);
    assert_int_equal(strip.today, 19);
    assert_text(strip.marks, "···················●░░░░░░░░░░");
}

static void ruler_names_months_and_the_year_at_january(void **state) {
    const struct day bought[] = {of(2021, 2, 1)};
    const struct strip_wish wish = {.purchase = bought,
                                    .purchases = 1,
                                    .as_of = of(2021, 2, 20),
                                    .at_risk_on = DAY_NONE,
                                    .inactive_on = DAY_NONE,
                                    .cycle_days = 30,
                                    .columns = 20,
                                    .months = MONTHS};
    struct strip strip;
    strip_make(*state, &wish, &strip);
    struct str ruler = strip.ruler;
    while (ruler.n > 0 && ruler.p[ruler.n - 1] == ' ')
        ruler.n--;
    assert_text(ruler, "    Nov Dec 2021 Feb");
}

static void the_strip_always_has_its_width(void **state) {
    const struct day bought[] = {of(1990, 1, 1), of(2021, 2, 1)};
    for (int64_t cycle = 1; cycle < 2000; cycle = cycle * 2 + 1) {
        for (size_t columns = STRIP_LEAST; columns < 90; columns += 7) {
            const struct strip_wish wish = {.purchase = bought,
                                            .purchases = 2,
                                            .as_of = {bought[1].n + 10},
                                            .at_risk_on = {bought[1].n + (int32_t)cycle},
                                            .inactive_on = {bought[1].n + 3 * (int32_t)cycle},
                                            .cycle_days = cycle,
                                            .columns = columns,
                                            .months = MONTHS};
            struct strip strip;
            strip_make(*state, &wish, &strip);
            assert_int_equal(str_width(strip.marks), columns);
            assert_true(str_width(strip.ruler) <= columns + 1);
            assert_true(strip.today < columns);
        }
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(marks_follow_the_due_dates, setup, teardown),
        cmocka_unit_test_setup_teardown(a_purchase_on_the_day_itself_is_the_last_mark_of_the_past, setup, teardown),
        cmocka_unit_test_setup_teardown(ruler_names_months_and_the_year_at_january, setup, teardown),
        cmocka_unit_test_setup_teardown(the_strip_always_has_its_width, setup, teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
