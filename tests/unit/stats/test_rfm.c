// SPDX-License-Identifier: Apache-2.0
/* The ten customers of docs/methods/rfm.md, and every score against its definition by counting. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdlib.h>
#include <string.h>

#include "stats/rfm.h"

enum { CUSTOMERS = 80 };

static struct rfm_cuts cuts_of(const int64_t *value, size_t n) {
    struct rfm_cuts cuts;
    assert_int_equal(rfm_cuts_find(value, n, &cuts), STAT_OK);
    return cuts;
}

static void rfm_cuts_of_worked_example(void **state) {
    (void)state;
    const int64_t purchases[] = {1, 1, 1, 1, 2, 3, 3, 5, 8, 20};
    struct rfm_cuts cuts = cuts_of(purchases, 10);
    const int64_t from[] = {2, 2, 5, 8}, less[] = {4, 4, 7, 8};
    for (int k = 0; k < RFM_CUTS; k++) {
        assert_int_equal(cuts.from[k], from[k]);
        assert_int_equal(cuts.less[k], less[k]);
    }
    assert_int_equal(cuts.n, 10);
    const int want[] = {1, 1, 1, 1, 3, 3, 3, 4, 5, 5};
    for (int i = 0; i < 10; i++)
        assert_int_equal(rfm_score(&cuts, purchases[i]), want[i]);
}

static void rfm_scores_of_distinct_values_are_even_fifths(void **state) {
    (void)state;
    int64_t value[100];
    int held[6] = {0};
    for (int i = 0; i < 100; i++)
        value[i] = i * 3 - 50;
    struct rfm_cuts cuts = cuts_of(value, 100);
    for (int i = 0; i < 100; i++)
        held[rfm_score(&cuts, value[i])]++;
    for (int score = 1; score <= 5; score++)
        assert_int_equal(held[score], 20);
}

static void rfm_scores_of_equal_customers_are_one(void **state) {
    (void)state;
    const int64_t value[] = {7, 7, 7, 7, 7, 7};
    struct rfm_cuts cuts = cuts_of(value, 6);
    assert_int_equal(rfm_score(&cuts, 7), 1);
    for (int k = 0; k < RFM_CUTS; k++)
        assert_true(cuts.from[k] == INT64_MAX && cuts.less[k] == 6);
}

static void rfm_score_of_one_customer_is_one(void **state) {
    (void)state;
    const int64_t value[] = {123};
    struct rfm_cuts cuts = cuts_of(value, 1);
    assert_int_equal(rfm_score(&cuts, 123), 1);
}

static void rfm_of_nobody_is_too_few_and_unsorted_is_refused(void **state) {
    (void)state;
    struct rfm_cuts cuts = {.n = -7};
    const int64_t value[] = {2, 1};
    assert_int_equal(rfm_cuts_find(NULL, 0, &cuts), STAT_TOO_FEW);
    assert_int_equal(rfm_cuts_find(value, 2, &cuts), STAT_DOMAIN);
    assert_int_equal(cuts.n, -7);
}

static int int64_ascending(const void *a, const void *b) {
    int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;
    return (x > y) - (x < y);
}

static void rfm_score_equals_its_definition(void **state) {
    (void)state;
    uint32_t seed = 29;
    for (int round = 0; round < 600; round++) {
        int64_t value[CUSTOMERS];
        size_t n = 1 + (size_t)round % CUSTOMERS;
        for (size_t i = 0; i < n; i++) {
            seed = seed * 1664525u + 1013904223u;
            value[i] = (int64_t)((seed >> 10) % (1u << (round % 16))) - 3;
        }
        qsort(value, n, sizeof value[0], int64_ascending);
        struct rfm_cuts cuts = cuts_of(value, n);
        for (size_t i = 0; i < n; i++) {
            int less = 0, score = 1;
            for (size_t k = 0; k < n; k++)
                less += value[k] < value[i];
            for (int k = 1; k <= 4; k++)
                score += 5 * less >= k * (int)n;
            assert_int_equal(rfm_score(&cuts, value[i]), score);
        }
    }
}

static void rfm_segment_names_the_usual_groups(void **state) {
    (void)state;
    assert_string_equal(rfm_segment(5, 5), "champions");
    assert_string_equal(rfm_segment(5, 4), "champions");
    assert_string_equal(rfm_segment(4, 5), "loyal");
    assert_string_equal(rfm_segment(3, 4), "loyal");
    assert_string_equal(rfm_segment(5, 3), "potential_loyal");
    assert_string_equal(rfm_segment(4, 2), "potential_loyal");
    assert_string_equal(rfm_segment(5, 1), "new");
    assert_string_equal(rfm_segment(4, 1), "promising");
    assert_string_equal(rfm_segment(3, 3), "need_attention");
    assert_string_equal(rfm_segment(3, 1), "about_to_sleep");
    assert_string_equal(rfm_segment(2, 4), "at_risk");
    assert_string_equal(rfm_segment(1, 5), "cannot_lose");
    assert_string_equal(rfm_segment(2, 1), "hibernating");
    assert_string_equal(rfm_segment(1, 1), "lost");
}

static void rfm_segment_knows_eleven_names_and_no_score_outside(void **state) {
    (void)state;
    const char *seen[25];
    int names = 0;
    for (int r = 1; r <= 5; r++) {
        for (int f = 1; f <= 5; f++) {
            const char *name = rfm_segment(r, f);
            int known = 0;
            for (int i = 0; i < names; i++)
                known += strcmp(seen[i], name) == 0;
            if (!known)
                seen[names++] = name;
        }
    }
    assert_int_equal(names, 11);
    assert_null(rfm_segment(0, 3));
    assert_null(rfm_segment(6, 3));
    assert_null(rfm_segment(3, 0));
    assert_null(rfm_segment(3, 6));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rfm_cuts_of_worked_example),
        cmocka_unit_test(rfm_scores_of_distinct_values_are_even_fifths),
        cmocka_unit_test(rfm_scores_of_equal_customers_are_one),
        cmocka_unit_test(rfm_score_of_one_customer_is_one),
        cmocka_unit_test(rfm_of_nobody_is_too_few_and_unsorted_is_refused),
        cmocka_unit_test(rfm_score_equals_its_definition),
        cmocka_unit_test(rfm_segment_names_the_usual_groups),
        cmocka_unit_test(rfm_segment_knows_eleven_names_and_no_score_outside),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
