// SPDX-License-Identifier: Apache-2.0
/* The ten customers of docs/methods/measure.md, the figures by counting pairs, and what the intervals must be like. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <math.h>
#include <stdbool.h>
#include <string.h>

#include "stats/measure.h"

enum { MANY = 4000, SEED = 7 };

static const double TOL_ROUND = 1e-12;

static struct arena arena;

static int set_up(void **state) {
    (void)state;
    arena_init(&arena, 0, arena_full_exit, NULL);
    return 0;
}

static int tear_down(void **state) {
    (void)state;
    arena_clear(&arena);
    return 0;
}

static bool near(double a, double b) {
    return fabs(a - b) <= TOL_ROUND * fmax(1, fabs(b));
}

/* The worked example: ten customers, one cut, four buy. */
static const uint32_t who[] = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9};
static const uint32_t at[10] = {0};
static const double said[] = {0.9, 0.8, 0.7, 0.6, 0.4, 0.4, 0.3, 0.2, 0.1, 0.1};
static const uint8_t bought[] = {1, 1, 0, 1, 1, 0, 0, 0, 0, 0};
static const double expected[] = {2.0, 1.5, 1.2, 0.9, 0.5, 0.5, 0.4, 0.2, 0.1, 0.1};
static const double count[] = {3, 1, 0, 1, 1, 0, 0, 0, 0, 0};
static const int64_t value[] = {50000, 40000, 30000, 20000, 10000, 10000, 20000, 30000, 10000, -500};
static const struct measure_cases ten = {.n = 10,
                                         .customer = who,
                                         .cut = at,
                                         .p = said,
                                         .happened = bought,
                                         .expected = expected,
                                         .count = count,
                                         .value_cents = value};

static void measure_of_the_worked_example(void **state) {
    (void)state;
    struct measure m;
    assert_int_equal(measure_make(&arena, &ten, SEED, 0, 1, &m), STAT_OK);
    assert_int_equal(m.cases, 10);
    assert_int_equal(m.customers, 10);
    assert_int_equal(m.happened, 4);
    /* 24 pairs: all right but (0.6, 0.7) and (0.4, 0.7); (0.4, 0.4) counts half */
    assert_true(near(m.auc.value, 21.5 / 24));
    assert_true(near(m.lift.value, 1 / 0.4));
    assert_true(near(m.brier.value, 1.37 / 10));
    double log_score = -(log(.9) + log(.8) + log(.3) + log(.6) + log(.4) + log(.6) + log(.7) + log(.8) + 2 * log(.9));
    assert_true(near(m.log_score.value, log_score / 10));
    assert_true(near(m.mae.value, (1 + .5 + 1.2 + .1 + .5 + .5 + .4 + .2 + .1 + .1) / 10));
    assert_true(near(m.bias.value, 7.4 / 6 - 1));
    /* lost: 300 + 100 + 200 + 300 + 100 (a negative value is none); of it not flagged: the 300 with p 0.7 */
    assert_true(near(m.lost_value_flagged.value, 0.7));
    assert_true(near(m.flagged, 6) && near(m.false_alarms, 1));
    assert_true(isnan(m.auc.low) && isnan(m.log_score.high));
}

static void measure_rules_own_flags_are_used(void **state) {
    (void)state;
    const uint8_t flags[] = {0, 1, 0, 0, 0, 0, 0, 1, 1, 1};
    struct measure_cases cases = ten;
    cases.flagged = flags;
    struct measure m;
    assert_int_equal(measure_make(&arena, &cases, SEED, 0, 1, &m), STAT_OK);
    assert_true(near(m.lost_value_flagged.value, 0.4));
    assert_true(near(m.flagged, 4) && near(m.false_alarms, 1));
}

static void measure_without_counts_or_values_has_none(void **state) {
    (void)state;
    struct measure_cases cases = ten;
    cases.expected = NULL;
    cases.value_cents = NULL;
    struct measure m;
    assert_int_equal(measure_make(&arena, &cases, SEED, 20, 1, &m), STAT_OK);
    assert_true(isnan(m.mae.value) && isnan(m.mae.low) && isnan(m.bias.value) && isnan(m.lost_value_flagged.high));
    assert_true(!isnan(m.brier.low));
}

static void measure_order_counts_within_a_cut_only(void **state) {
    (void)state;
    /* Within each cut the order is perfect; between the cuts it is upside down. */
    const uint32_t customer[] = {0, 1, 2, 0, 1, 2}, cut[] = {5, 5, 5, 9, 9, 9};
    const double p[] = {.3, .2, .1, .9, .8, .7};
    const uint8_t happened[] = {1, 1, 0, 1, 0, 0};
    const struct measure_cases cases = {.n = 6, .customer = customer, .cut = cut, .p = p, .happened = happened};
    struct measure m;
    assert_int_equal(measure_make(&arena, &cases, SEED, 0, 1, &m), STAT_OK);
    assert_true(near(m.auc.value, 1));
    assert_int_equal(m.customers, 3);
}

static void measure_cut_where_nobody_bought_has_no_order(void **state) {
    (void)state;
    const uint32_t customer[] = {0, 1, 2, 3, 4}, cut[] = {0, 0, 1, 1, 1};
    const double p[] = {.3, .2, .1, .9, .8};
    const uint8_t happened[] = {0, 0, 1, 0, 0}, none[5] = {0}, all[] = {1, 1, 1, 1, 1};
    struct measure_cases cases = {.n = 5, .customer = customer, .cut = cut, .p = p, .happened = happened};
    struct measure m;
    assert_int_equal(measure_make(&arena, &cases, SEED, 0, 1, &m), STAT_OK);
    assert_true(near(m.auc.value, 0));
    cases.happened = none;
    assert_int_equal(measure_make(&arena, &cases, SEED, 9, 1, &m), STAT_OK);
    assert_true(isnan(m.auc.value) && isnan(m.auc.low) && isnan(m.lift.value) && !isnan(m.brier.value));
    cases.happened = all;
    assert_int_equal(measure_make(&arena, &cases, SEED, 9, 1, &m), STAT_OK);
    assert_true(isnan(m.auc.value) && near(m.lift.value, 1));
}

static void measure_order_beside_the_chances_decides_auc_and_lift_alone(void **state) {
    (void)state;
    const double same[] = {.4, .4, .4, .4, .4, .4, .4, .4, .4, .4};
    const double order[] = {-1, -2, -3, -INFINITY, -5, -5, -6, -7, -8, -9};
    struct measure_cases cases = ten;
    cases.p = same;
    cases.order = order;
    struct measure m;
    assert_int_equal(measure_make(&arena, &cases, SEED, 0, 1, &m), STAT_OK);
    /* the first two before all, the last in the order after all, the fifth after one and equal to one of the other six */
    assert_true(near(m.auc.value, (6 + 6 + 0 + 4.5) / 24) && near(m.lift.value, 2.5));
    assert_true(near(m.brier.value, 0.24));
}

static void measure_equal_chances_know_nothing(void **state) {
    (void)state;
    const double same[] = {.4, .4, .4, .4, .4, .4, .4, .4, .4, .4};
    struct measure_cases cases = ten;
    cases.p = same;
    struct measure m;
    assert_int_equal(measure_make(&arena, &cases, SEED, 50, 1, &m), STAT_OK);
    assert_true(near(m.auc.value, 0.5) && near(m.auc.low, 0.5) && near(m.auc.high, 0.5));
    assert_true(near(m.lift.value, 1));
    assert_int_equal(m.bins, 1);
    assert_int_equal(m.bin[0].n, 10);
    assert_true(near(m.bin[0].share, 0.4) && m.bin[0].low < 0.4 && m.bin[0].high > 0.4);
}

static void measure_certain_and_wrong_costs_much_but_not_all(void **state) {
    (void)state;
    const uint32_t customer[] = {0, 1}, cut[] = {0, 0};
    const double p[] = {0, -0.0};
    const uint8_t happened[] = {1, 0};
    const struct measure_cases cases = {.n = 2, .customer = customer, .cut = cut, .p = p, .happened = happened};
    struct measure m;
    assert_int_equal(measure_make(&arena, &cases, SEED, 0, 1, &m), STAT_OK);
    assert_true(fabs(m.log_score.value - -log(1e-6) / 2) < 1e-5);
    assert_true(near(m.auc.value, 0.5));
}

/* Invented: chances spread over 0..1, `cuts` cases a customer, and things that happen so (times `truth`). */
struct invented {
    uint32_t customer[MANY], cut[MANY];
    double p[MANY], worse[MANY];
    uint8_t happened[MANY];
    struct measure_cases cases;
};

static double unit(uint64_t *state) {
    *state = *state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return (double)(*state >> 11) / 9007199254740992.0;
}

static struct invented *invent(uint32_t cuts, uint64_t chance) {
    struct invented *in = arena_new(&arena, struct invented, 1);
    for (size_t i = 0; i < MANY; i++) {
        in->customer[i] = (uint32_t)i / cuts * 3;
        in->cut[i] = (uint32_t)i % cuts;
        in->p[i] = floor(unit(&chance) * 500) / 500;
        in->worse[i] = in->p[i] * 0.5 + 0.5 * unit(&chance);
        in->happened[i] = unit(&chance) < in->p[i];
    }
    in->cases = (struct measure_cases){
        .n = MANY, .customer = in->customer, .cut = in->cut, .p = in->p, .happened = in->happened};
    return in;
}

static void measure_auc_is_the_share_of_pairs(void **state) {
    (void)state;
    struct invented *in = invent(4, 1);
    double auc = 0;
    for (uint32_t cut = 0; cut < 4; cut++) {
        double right = 0, pairs = 0;
        for (size_t i = cut; i < MANY; i += 4)
            for (size_t j = cut; j < MANY; j += 4)
                if (in->happened[i] && !in->happened[j]) {
                    pairs += 1;
                    right += in->p[i] > in->p[j] ? 1 : in->p[i] < in->p[j] ? 0 : 0.5;
                }
        auc += right / pairs / 4;
    }
    struct measure m;
    assert_int_equal(measure_make(&arena, &in->cases, SEED, 0, 1, &m), STAT_OK);
    assert_true(near(m.auc.value, auc));
}

static void measure_true_chances_lie_on_the_curve(void **state) {
    (void)state;
    struct invented *in = invent(1, 3);
    struct measure m;
    assert_int_equal(measure_make(&arena, &in->cases, SEED, 0, 1, &m), STAT_OK);
    assert_int_equal(m.bins, MEASURE_BINS);
    int64_t n = 0;
    for (size_t b = 0; b < m.bins; b++) {
        n += m.bin[b].n;
        assert_in_range(m.bin[b].n, MANY / MEASURE_BINS - 15, MANY / MEASURE_BINS + 15);
        assert_true(m.bin[b].low <= m.bin[b].share && m.bin[b].share <= m.bin[b].high);
        double se = sqrt(m.bin[b].p_mean * (1 - m.bin[b].p_mean) / (double)m.bin[b].n);
        assert_true(fabs(m.bin[b].share - m.bin[b].p_mean) < 4 * se);
        assert_true(b == 0 || m.bin[b].p_mean > m.bin[b - 1].p_mean);
    }
    assert_int_equal(n, MANY);
}

static void measure_interval_is_that_of_a_mean(void **state) {
    (void)state;
    struct invented *in = invent(1, 5);
    struct measure m;
    assert_int_equal(measure_make(&arena, &in->cases, SEED, 2000, 2, &m), STAT_OK);
    double sum = 0, square = 0;
    for (size_t i = 0; i < MANY; i++) {
        double miss = (in->p[i] - in->happened[i]) * (in->p[i] - in->happened[i]);
        sum += miss;
        square += miss * miss;
    }
    double mean = sum / MANY, se = sqrt((square / MANY - mean * mean) / MANY);
    /* 1.2816: of the normal's middle 80 %; 2000 draws know its width to some 3 % */
    assert_true(fabs((m.brier.high - m.brier.low) / (2 * 1.2816 * se) - 1) < 0.1);
    assert_true(m.brier.low < mean && mean < m.brier.high);
}

static void measure_interval_draws_customers_not_cases(void **state) {
    (void)state;
    /* Every customer four times over knows no more than once: the interval must not become narrower. */
    struct invented *in = invent(1, 5);
    uint32_t *customer = arena_new(&arena, uint32_t, MANY), *cut = arena_new(&arena, uint32_t, MANY);
    double *p = arena_new(&arena, double, MANY);
    uint8_t *happened = arena_new(&arena, uint8_t, MANY);
    for (size_t i = 0; i < MANY; i++) {
        customer[i] = in->customer[i / 4];
        cut[i] = (uint32_t)i % 4;
        p[i] = in->p[i / 4];
        happened[i] = in->happened[i / 4];
    }
    const struct measure_cases copied = {.n = MANY, .customer = customer, .cut = cut, .p = p, .happened = happened};
    struct measure_cases once = in->cases;
    once.n = MANY / 4;
    struct measure four, one;
    assert_int_equal(measure_make(&arena, &copied, SEED, 200, 1, &four), STAT_OK);
    assert_int_equal(measure_make(&arena, &once, SEED, 200, 1, &one), STAT_OK);
    assert_true(near(four.brier.low, one.brier.low) && near(four.brier.high, one.brier.high));
    assert_true(near(four.auc.low, one.auc.low) && near(four.auc.high, one.auc.high));
}

static void measure_is_the_same_bits_on_any_number_of_threads_and_in_any_order(void **state) {
    (void)state;
    struct invented *in = invent(5, 9);
    struct measure one, two;
    assert_int_equal(measure_make(&arena, &in->cases, SEED, 40, 1, &one), STAT_OK);
    assert_int_equal(measure_make(&arena, &in->cases, SEED, 40, 2, &two), STAT_OK);
    assert_memory_equal(&one.auc, &two.auc, sizeof one.auc);
    assert_memory_equal(&one.log_score, &two.log_score, sizeof one.log_score);
    assert_memory_equal(one.bin, two.bin, sizeof one.bin);
    for (size_t i = 0; i < MANY / 2; i++) {
        size_t j = MANY - 1 - i;
        uint32_t customer = in->customer[i], cut = in->cut[i];
        double p = in->p[i];
        uint8_t happened = in->happened[i];
        in->customer[i] = in->customer[j], in->cut[i] = in->cut[j], in->p[i] = in->p[j];
        in->happened[i] = in->happened[j];
        in->customer[j] = customer, in->cut[j] = cut, in->p[j] = p, in->happened[j] = happened;
    }
    assert_int_equal(measure_make(&arena, &in->cases, SEED, 40, 3, &two), STAT_OK);
    assert_memory_equal(&one.auc, &two.auc, sizeof one.auc);
    assert_memory_equal(&one.lift, &two.lift, sizeof one.lift);
    assert_true(near(one.log_score.low, two.log_score.low));
}

static void measure_difference_of_equals_is_zero(void **state) {
    (void)state;
    struct invented *in = invent(2, 11);
    struct measure_contrast c;
    assert_int_equal(measure_difference(&arena, &in->cases, &in->cases, SEED, 50, 1, &c), STAT_OK);
    assert_true(c.log_score.value == 0 && c.log_score.low == 0 && c.log_score_95.high == 0 && c.auc.high == 0);
}

static void measure_difference_sees_the_worse(void **state) {
    (void)state;
    struct invented *in = invent(2, 11);
    struct measure_cases worse = in->cases;
    worse.p = in->worse;
    struct measure a, b;
    struct measure_contrast c;
    assert_int_equal(measure_make(&arena, &in->cases, SEED, 200, 1, &a), STAT_OK);
    assert_int_equal(measure_make(&arena, &worse, SEED, 200, 1, &b), STAT_OK);
    assert_int_equal(measure_difference(&arena, &in->cases, &worse, SEED, 200, 2, &c), STAT_OK);
    assert_true(near(c.log_score.value, a.log_score.value - b.log_score.value));
    assert_true(near(c.auc.value, a.auc.value - b.auc.value));
    assert_true(c.log_score_95.high < 0 && c.auc_95.low > 0);
    assert_true(c.log_score_95.low <= c.log_score.low && c.log_score.high <= c.log_score_95.high);
    /* Paired: narrower than if the two had been drawn apart. */
    double apart = hypot(a.log_score.high - a.log_score.low, b.log_score.high - b.log_score.low);
    assert_true(c.log_score.high - c.log_score.low < apart);
}

static void measure_refuses_what_is_no_chance(void **state) {
    (void)state;
    struct measure m = {.cases = -1};
    struct measure_contrast c;
    struct measure_cases none = ten, bad = ten, other = ten;
    double p[10];
    uint8_t happened[10];
    none.n = 0;
    assert_int_equal(measure_make(&arena, &none, SEED, 10, 1, &m), STAT_TOO_FEW);
    const double wrong[] = {NAN, -0.1, 1.1, INFINITY};
    bad.p = p;
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        memcpy(p, said, sizeof p);
        p[3] = wrong[i];
        assert_int_equal(measure_make(&arena, &bad, SEED, 10, 1, &m), STAT_DOMAIN);
    }
    memcpy(happened, bought, sizeof happened);
    happened[0] = 0;
    other.happened = happened;
    assert_int_equal(measure_difference(&arena, &ten, &other, SEED, 10, 1, &c), STAT_DOMAIN);
    assert_int_equal(measure_make(&arena, &ten, SEED, -1, 1, &m), STAT_DOMAIN);
    assert_int_equal(m.cases, -1);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(measure_of_the_worked_example, set_up, tear_down),
        cmocka_unit_test_setup_teardown(measure_rules_own_flags_are_used, set_up, tear_down),
        cmocka_unit_test_setup_teardown(measure_without_counts_or_values_has_none, set_up, tear_down),
        cmocka_unit_test_setup_teardown(measure_order_counts_within_a_cut_only, set_up, tear_down),
        cmocka_unit_test_setup_teardown(measure_cut_where_nobody_bought_has_no_order, set_up, tear_down),
        cmocka_unit_test_setup_teardown(measure_order_beside_the_chances_decides_auc_and_lift_alone, set_up, tear_down),
        cmocka_unit_test_setup_teardown(measure_equal_chances_know_nothing, set_up, tear_down),
        cmocka_unit_test_setup_teardown(measure_certain_and_wrong_costs_much_but_not_all, set_up, tear_down),
        cmocka_unit_test_setup_teardown(measure_auc_is_the_share_of_pairs, set_up, tear_down),
        cmocka_unit_test_setup_teardown(measure_true_chances_lie_on_the_curve, set_up, tear_down),
        cmocka_unit_test_setup_teardown(measure_interval_is_that_of_a_mean, set_up, tear_down),
        cmocka_unit_test_setup_teardown(measure_interval_draws_customers_not_cases, set_up, tear_down),
        cmocka_unit_test_setup_teardown(measure_is_the_same_bits_on_any_number_of_threads_and_in_any_order, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(measure_difference_of_equals_is_zero, set_up, tear_down),
        cmocka_unit_test_setup_teardown(measure_difference_sees_the_worse, set_up, tear_down),
        cmocka_unit_test_setup_teardown(measure_refuses_what_is_no_chance, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
