// SPDX-License-Identifier: Apache-2.0
/* What is no customer, and that rows depend on the set of customers alone. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "stats/cbs.h"
#include "stats/random.h"

enum { CUSTOMERS = 200000, GROUPS = 3 };

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

static void each_fault_has_its_name(void **state) {
    (void)state;
    static const struct {
        struct cbs_customer c;
        enum cbs_fault fault;
    } known[] = {
        {{0, 0, 38.86, 0}, CBS_FINE},
        {{0, 0, 0, 0}, CBS_FINE}, /* won today */
        {{2, 30.43, 38.86, 2}, CBS_FINE},
        {{3, 30, 30, 6.9}, CBS_FINE},
        {{3, 30, 30, 6.907755278982138}, CBS_FINE}, /* equal gaps: 3 log 10, rounded up */
        {{NAN, 0, 1, 0}, CBS_NOT_A_NUMBER},
        {{0, 0, INFINITY, 0}, CBS_NOT_A_NUMBER},
        {{1, 1, 2, NAN}, CBS_NOT_A_NUMBER},
        {{-1, 0, 2, 0}, CBS_X_NEGATIVE},
        {{1.5, 1, 2, 0}, CBS_X_FRACTION},
        {{1, -1, 2, 0}, CBS_T_X_NEGATIVE},
        {{0, 0, -1, 0}, CBS_T_NOT_POSITIVE},
        {{1, 0, 0, 0}, CBS_T_NOT_POSITIVE},
        {{1, 3, 2, 0}, CBS_T_X_AFTER_T},
        {{0, 1, 2, 0}, CBS_X_ZERO_T_X_NOT},
        {{1, 0, 2, 0}, CBS_T_X_ZERO_X_NOT},
        {{3, 30, 30, 6.91}, CBS_LITT_TOO_LARGE},
    };
    for (size_t i = 0; i < sizeof known / sizeof *known; i++)
        if (cbs_check(&known[i].c, true) != known[i].fault)
            fail_msg("case %zu: fault %d, not %d", i, (int)cbs_check(&known[i].c, true), (int)known[i].fault);
    assert_int_equal(cbs_check(&(struct cbs_customer){1, 1, 2, NAN}, false), CBS_FINE);
}

static void nobody_is_too_few(void **state) {
    (void)state;
    struct cbs out;
    struct cbs_customer none;
    assert_int_equal(cbs_make(&arena, &none, NULL, 0, false, 1, &out), STAT_TOO_FEW);
}

static void equal_customers_are_one_row_in_order(void **state) {
    (void)state;
    struct cbs_customer c[] = {{2, 14, 30, 3.5}, {0, 0, 20, 0}, {2, 14, 30, 4},
                               {1, 3, 30, 1},    {0, 0, 20, 0}, {0, 0, 7, 0}};
    struct cbs out;
    assert_int_equal(cbs_make(&arena, c, NULL, 6, false, 1, &out), STAT_OK);
    static const double x[] = {0, 0, 1, 2}, t_x[] = {0, 0, 3, 14}, T[] = {7, 20, 30, 30}, weight[] = {1, 2, 1, 2};
    assert_int_equal(out.rows, 4);
    assert_memory_equal(out.x, x, sizeof x);
    assert_memory_equal(out.t_x, t_x, sizeof t_x);
    assert_memory_equal(out.T, T, sizeof T);
    assert_memory_equal(out.weight, weight, sizeof weight);
    assert_null(out.group);
    assert_null(out.litt);
    assert_int_equal(out.customers, 6);
    assert_int_equal(out.repeaters, 3);
    assert_true(out.x_sum == 5 && out.T_sum == 137 && out.litt_sum == 8.5);
}

static void rows_of_other_litt_stay_apart_when_asked(void **state) {
    (void)state;
    struct cbs_customer c[] = {{2, 14, 30, 3.5}, {2, 14, 30, -1}, {2, 14, 30, 3.5}, {0, 0, 20, 0}};
    struct cbs out;
    assert_int_equal(cbs_make(&arena, c, NULL, 4, true, 1, &out), STAT_OK);
    static const double litt[] = {0, -1, 3.5}, weight[] = {1, 1, 2};
    assert_int_equal(out.rows, 3);
    assert_memory_equal(out.litt, litt, sizeof litt);
    assert_memory_equal(out.weight, weight, sizeof weight);
}

/* Times in steps of 1 / denominator; 0: any. */
static void customers_make(struct cbs_customer *c, uint32_t *group, double denominator, uint64_t seed) {
    struct random chance;
    random_seed(&chance, seed, 0);
    for (size_t i = 0; i < CUSTOMERS; i++) {
        double x = floor(4 * random_exponential(&chance) * random_unit(&chance));
        double T = 20 + 20 * random_unit(&chance), t_x = x > 0 ? T * random_unit(&chance) : 0;
        if (denominator > 0) {
            T = ceil(T * denominator) / denominator;
            t_x = ceil(t_x * denominator) / denominator;
        }
        c[i] = (struct cbs_customer){x, t_x, T, x > 0 ? x * log(t_x / x) - 0.25 * floor(4 * random_unit(&chance)) : 0};
        group[i] = (uint32_t)(GROUPS * random_unit(&chance));
    }
}

static void customers_turn(struct cbs_customer *c, uint32_t *group) {
    for (size_t i = 0, j = CUSTOMERS - 1; i < j; i++, j--) {
        struct cbs_customer kept = c[i];
        uint32_t g = group[i];
        c[i] = c[j];
        c[j] = kept;
        group[i] = group[j];
        group[j] = g;
    }
}

static void same_doubles(const double *a, const double *b, size_t n) {
    assert_true((a == NULL) == (b == NULL));
    if (a)
        assert_memory_equal(a, b, n * sizeof *a);
}

static void assert_same(const struct cbs *a, const struct cbs *b) {
    assert_int_equal(a->rows, b->rows);
    same_doubles(a->x, b->x, a->rows);
    same_doubles(a->t_x, b->t_x, a->rows);
    same_doubles(a->T, b->T, a->rows);
    same_doubles(a->weight, b->weight, a->rows);
    same_doubles(a->litt, b->litt, a->rows);
    assert_memory_equal(a->group, b->group, a->rows * sizeof *a->group);
    same_doubles(&a->litt_sum, &b->litt_sum, 1);
    same_doubles(&a->x_sum, &b->x_sum, 1);
    same_doubles(&a->T_sum, &b->T_sum, 1);
    assert_true(a->repeaters == b->repeaters);
}

static void assert_rows_hold_all(const struct cbs *rows, const struct cbs_customer *c) {
    double weight = 0, x = 0, litt = 0;
    for (size_t i = 0; i < rows->rows; i++) {
        weight += rows->weight[i];
        if (i == 0)
            continue;
        const double before[] = {rows->group[i - 1], rows->x[i - 1], rows->t_x[i - 1], rows->T[i - 1],
                                 rows->litt ? rows->litt[i - 1] : 0};
        const double here[] = {rows->group[i], rows->x[i], rows->t_x[i], rows->T[i], rows->litt ? rows->litt[i] : 0};
        size_t j = 0;
        while (j < 5 && before[j] == here[j])
            j++;
        assert_true(j < 5 && before[j] < here[j]);
    }
    for (size_t i = 0; i < CUSTOMERS; i++) {
        x += c[i].x;
        litt += c[i].litt;
    }
    assert_true(weight == CUSTOMERS && rows->x_sum == x);
    assert_true(fabs(rows->litt_sum - litt) < 1e-9 * fabs(litt));
}

static void rows_are_the_same_for_any_order_and_threads(void **state) {
    (void)state;
    static const double denominators[] = {1, 7, 100, 128, 0};
    struct cbs_customer *c = arena_new(&arena, struct cbs_customer, CUSTOMERS);
    uint32_t *group = arena_new(&arena, uint32_t, CUSTOMERS);
    for (size_t i = 0; i < sizeof denominators / sizeof *denominators; i++) {
        for (int per_litt = 0; per_litt < 2; per_litt++) {
            struct cbs one, other;
            customers_make(c, group, denominators[i], 5 + i);
            assert_int_equal(cbs_make(&arena, c, group, CUSTOMERS, per_litt, 1, &one), STAT_OK);
            assert_rows_hold_all(&one, c);
            customers_turn(c, group);
            assert_int_equal(cbs_make(&arena, c, group, CUSTOMERS, per_litt, 3, &other), STAT_OK);
            assert_same(&one, &other);
        }
    }
}

static void long_histories_and_wide_times_are_kept(void **state) {
    (void)state;
    struct cbs_customer c[] = {{1e9, 1e9, 1e9, 0}, {100000, 36500.5, 36501, 0}, {1, 1e-9, 1e12, 0}, {1, 1e-9, 1e12, 0}};
    struct cbs out;
    assert_int_equal(cbs_make(&arena, c, NULL, 4, false, 1, &out), STAT_OK);
    assert_int_equal(out.rows, 3);
    assert_true(out.t_x[0] == 1e-9 && out.weight[0] == 2 && out.t_x[1] == 36500.5 && out.x[2] == 1e9);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_fault_has_its_name),
        cmocka_unit_test(nobody_is_too_few),
        cmocka_unit_test(equal_customers_are_one_row_in_order),
        cmocka_unit_test(rows_of_other_litt_stay_apart_when_asked),
        cmocka_unit_test(rows_are_the_same_for_any_order_and_threads),
        cmocka_unit_test(long_histories_and_wide_times_are_kept),
    };
    return cmocka_run_group_tests(tests, arena_begin, arena_end);
}
