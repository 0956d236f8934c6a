// SPDX-License-Identifier: Apache-2.0
/* The rules of restore points: when one is due, and which are kept. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "app/backups.h"

enum { DAYS = 800 };

static size_t kept_of(const struct day *day, size_t n, struct backups_rule rule, bool keep[DAYS]) {
    size_t kept = 0;
    backups_kept(day, n, &rule, keep);
    for (size_t i = 0; i < n; i++)
        kept += keep[i];
    return kept;
}

static struct day of(int year, int month, int of_month) {
    struct day day;
    assert_true(day_make(year, month, of_month, &day));
    return day;
}

static void backups_kept_are_days_then_weeks_then_months(void **state) {
    struct day day[DAYS];
    bool keep[DAYS];
    (void)state;
    for (int i = 0; i < DAYS; i++)
        day[i] = (struct day){of(2026, 11, 22).n - i}; /* a Sunday */
    assert_int_equal(kept_of(day, DAYS, (struct backups_rule){7, 0, 0}, keep), 7);
    assert_true(keep[0] && keep[6] && !keep[7]);
    /* Of this week and the two before the newest: today, and the Sundays before. */
    assert_int_equal(kept_of(day, DAYS, (struct backups_rule){1, 3, 0}, keep), 3);
    assert_true(keep[0] && keep[7] && keep[14]);
    /* The last days of October and September. */
    assert_int_equal(kept_of(day, DAYS, (struct backups_rule){1, 0, 3}, keep), 3);
    assert_true(keep[0] && keep[22] && keep[53]);
    assert_int_equal(kept_of(day, DAYS, (struct backups_rule){7, 4, 6}, keep), 7 + 3 + 5);
}

static void backups_kept_counts_only_days_that_have_one(void **state) {
    bool keep[DAYS];
    const struct day day[] = {of(2026, 11, 22), of(2026, 11, 22), of(2026, 8, 1), of(2020, 2, 29)};
    (void)state;
    assert_int_equal(kept_of(day, 4, (struct backups_rule){3, 0, 0}, keep), 3);
    assert_true(keep[0] && !keep[1] && keep[2] && keep[3]);
    assert_int_equal(kept_of(day, 0, (struct backups_rule){3, 3, 3}, keep), 0);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(backups_kept_are_days_then_weeks_then_months),
        cmocka_unit_test(backups_kept_counts_only_days_that_have_one),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
