// SPDX-License-Identifier: Apache-2.0
/* The wait until the next purchase: its distribution against the models', its days against looking at every day, its coverage against
 * invented customers; levels and pooling against what was put in. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <math.h>
#include <string.h>

#include "stats/next_purchase.h"
#include "stats/random.h"

static const double TOL_CHANCE = 1e-9;
static const double TOL_ROUND = 1e-12;
static const double TOL_SHOWN = 5.1e-5; /* four decimals */

enum { AS_OF = 20000, CUSTOMERS = 6000, GAPS_MOST = 4000, COVERED_DAYS = 365 };

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

static const struct model_params mixed = {.kind = MODEL_MIXK, .k = 1, .v = {1.2, 36, 0.43, 0.9, 0.3, 0.3, 0.2, 0.2}};

static const struct cbs_customer known[] = {{0, 0, 0, 0},
                                            {0, 0, 90, 0},
                                            {1, 40, 60, 3.6888794541139363},
                                            {2, 60, 200, 2 * 3.38},
                                            {10, 300, 310, 10 * 3.4},
                                            {10, 300, 345, 10 * 2.6},
                                            {40, 280, 281, 40 * 1.9}};
enum { KNOWN = sizeof known / sizeof *known };

/* -- the distribution -- */

static void wait_is_the_chance_of_the_model(void **state) {
    (void)state;
    const struct model_params models[] = {mixed,
                                          {.kind = MODEL_MBGNBD, .k = 1, .v = {0.6, 20, 0.8, 1.6}},
                                          {.kind = MODEL_MBGCNBD, .k = 4, .v = {1.5, 10, 0.4, 2}},
                                          {.kind = MODEL_MBGCNBD, .k = 3, .v = {1.5, 10, 0.4, 2}},
                                          {.kind = MODEL_BGNBD, .k = 1, .v = {0.25, 30, 0.8, 2.4}},
                                          {.kind = MODEL_NBD, .k = 1, .v = {0.4, 50}},
                                          {.kind = MODEL_PNBD, .k = 1, .v = {0.55, 70, 0.6, 80}}};
    for (size_t m = 0; m < sizeof models / sizeof *models; m++)
        for (size_t i = 0; i < KNOWN; i++) {
            struct next_purchase_wait wait;
            double before = 1;
            next_purchase_wait(&models[m], &known[i], NULL, AS_OF, NULL, &wait);
            assert_true(next_purchase_none_within(&wait, 0) == 1 && next_purchase_none_within(&wait, -3) == 1);
            for (int32_t t = 1; t <= 1000; t += 37) {
                double none = next_purchase_none_within(&wait, t);
                double active = model_of(models[m].kind)->active(&models[m], &known[i], t);
                assert_true(fabs(1 - none - active) < TOL_CHANCE);
                assert_true(none <= before);
                before = none;
            }
            double middle = 0.5 * (model_of(models[m].kind)->active(&models[m], &known[i], 9) +
                                   model_of(models[m].kind)->active(&models[m], &known[i], 10));
            assert_true(fabs(next_purchase_level(&wait, 10) - middle) < TOL_CHANCE);
        }
}

static void wait_runs_by_the_season(void **state) {
    (void)state;
    struct season season = season_none();
    struct next_purchase_wait wait;
    for (int m = 0; m < SEASON_CELLS; m++)
        season.index[m] = m < 6 ? 0.5 : 1.5;
    next_purchase_wait(&mixed, &known[2], &season, AS_OF, NULL, &wait);
    for (int32_t t = 1; t < 800; t += 31) {
        double seasonal = season_time(&season, AS_OF + t) - season_time(&season, AS_OF);
        double active = model_of(MODEL_MIXK)->active(&mixed, &known[2], seasonal);
        assert_true(fabs(1 - next_purchase_none_within(&wait, t) - active) < TOL_ROUND);
    }
}

/* -- the days -- */

static int32_t slow_day(const struct next_purchase_wait *wait, double share, int32_t limit) {
    double all = 1 - next_purchase_none_within(wait, limit);
    int32_t day = 1;
    while (day < limit && 1 - next_purchase_none_within(wait, day) < share * all * (1 - TOL_ROUND))
        day++;
    return AS_OF + day;
}

static void find_gives_the_first_days_that_reach_their_shares(void **state) {
    (void)state;
    const struct next_purchase_levels bent = {{0.2, 0.35, 0.45, 0.5, 0.6, 0.7, 0.75, 0.9}};
    struct season season = season_none();
    season.index[3] = 0.2;
    season.index[4] = 1.8;
    for (size_t i = 0; i < KNOWN; i++)
        for (int32_t limit = 1; limit <= 1000; limit = limit * 3 + 1)
            for (int way = 0; way < 3; way++) {
                struct next_purchase_wait wait;
                struct next_purchase next;
                next_purchase_wait(&mixed, &known[i], way == 2 ? &season : NULL, AS_OF, way == 1 ? &bent : NULL, &wait);
                next_purchase_find(&wait, limit, &next);
                assert_true(fabs(next.p_return - (1 - next_purchase_none_within(&wait, limit))) < TOL_ROUND);
                if (next.code != NEXT_PURCHASE_SAID) {
                    assert_true(next.from == 0 && next.on == 0 && next.to == 0);
                    continue;
                }
                assert_int_equal(next.from, slow_day(&wait, 0.1, limit));
                assert_int_equal(next.on, slow_day(&wait, 0.5, limit));
                assert_int_equal(next.to, slow_day(&wait, 0.9, limit));
                assert_true(AS_OF < next.from && next.from <= next.on && next.on <= next.to);
            }
}

static void find_says_when_it_cannot(void **state) {
    (void)state;
    struct next_purchase_wait wait;
    struct next_purchase next;
    const struct cbs_customer gone = {20, 140, 700, 20 * 1.9};
    next_purchase_wait(&mixed, &gone, NULL, AS_OF, NULL, &wait);
    next_purchase_find(&wait, 0, &next);
    assert_int_equal(next.code, NEXT_PURCHASE_UNLIKELY);
    assert_true(next.p_return < NEXT_PURCHASE_RETURN_LEAST);

    const struct model_params slow = {.kind = MODEL_MBGNBD, .k = 1, .v = {5, 3500, 0.1, 5}};
    next_purchase_wait(&slow, &(struct cbs_customer){0, 0, 10, 0}, NULL, AS_OF, NULL, &wait);
    next_purchase_find(&wait, 0, &next);
    assert_int_equal(next.code, NEXT_PURCHASE_VAGUE);
}

static void find_of_one_purchase_is_wider_than_of_a_regular_history(void **state) {
    (void)state;
    struct next_purchase_wait wait;
    struct next_purchase once, regular;
    const struct model_params keen = {.kind = MODEL_MIXK, .k = 1, .v = {1.2, 36, 0.3, 3, 0.3, 0.3, 0.2, 0.2}};
    next_purchase_wait(&keen, &(struct cbs_customer){0, 0, 5, 0}, NULL, AS_OF, NULL, &wait);
    next_purchase_find(&wait, 0, &once);
    next_purchase_wait(&keen, &(struct cbs_customer){12, 360, 365, 12 * 3.4}, NULL, AS_OF, NULL, &wait);
    next_purchase_find(&wait, 0, &regular);
    assert_int_equal(once.code, NEXT_PURCHASE_SAID);
    assert_int_equal(regular.code, NEXT_PURCHASE_SAID);
    assert_true(once.to - once.from > 120);
    assert_true(regular.to - regular.from < 30);
}

/* The numbers of docs/methods/next_purchase.md. */
static void find_of_worked_example(void **state) {
    (void)state;
    const struct cbs_customer every_four_weeks = {4, 112, 130, 4 * log(28)},
                              uneven = {4, 112, 130, 3 * log(2) + log(106)}, once = {0, 0, 18, 0};
    const struct {
        struct cbs_customer c;
        double none_30, p_return;
        int32_t from, on, to;
    } example[] = {{every_four_weeks, 0.2127, 0.8998, 3, 13, 33},
                   {uneven, 0.5004, 0.8625, 4, 24, 93},
                   {once, 0.7405, 0.5738, 5, 36, 210}};
    for (size_t i = 0; i < sizeof example / sizeof *example; i++) {
        struct next_purchase_wait wait;
        struct next_purchase next;
        next_purchase_wait(&mixed, &example[i].c, NULL, AS_OF, NULL, &wait);
        next_purchase_find(&wait, 0, &next);
        assert_int_equal(next.code, NEXT_PURCHASE_SAID);
        assert_true(fabs(next_purchase_none_within(&wait, 30) - example[i].none_30) < TOL_SHOWN);
        assert_true(fabs(next.p_return - example[i].p_return) < TOL_SHOWN);
        assert_int_equal(next.from - AS_OF, example[i].from);
        assert_int_equal(next.on - AS_OF, example[i].on);
        assert_int_equal(next.to - AS_OF, example[i].to);
    }
}

/* -- invented customers -- */

struct invented {
    struct cbs_customer c;
    int32_t wait_days; /* 0: not within GAPS_MOST gaps or ever */
};

/* Watched for 200 to 500 days, then on until the next purchase. */
static void invent(const struct model_params *params, uint64_t seed, size_t n, struct invented *out) {
    for (size_t i = 0; i < n; i++) {
        struct random chance;
        random_seed(&chance, seed, i);
        double u = random_unit(&chance), T = 200 + floor(300 * random_unit(&chance)), t = 0;
        size_t part = 0;
        while (part + 1 < MIXK_PARTS && u > params->v[4 + part])
            u -= params->v[4 + part++];
        double k = mixk_k[part], rate = random_gamma(&chance, params->v[0]) / (params->v[1] / k);
        double leaves = random_beta(&chance, params->v[2], params->v[3]);
        out[i] = (struct invented){.c = {.T = T}};
        for (int gaps = 0; gaps < GAPS_MOST && random_unit(&chance) > leaves; gaps++) {
            double gap = random_gamma(&chance, k) / rate;
            if (t + gap > T) {
                out[i].wait_days = t + gap - T < 1e6 ? (int32_t)ceil(t + gap - T) : 0;
                break;
            }
            t += gap;
            out[i].c.x += 1;
            out[i].c.litt += log(gap);
            out[i].c.t_x = t;
        }
    }
}

static void find_covers_four_fifths_of_those_who_return(void **state) {
    (void)state;
    struct invented *who = arena_new(&arena, struct invented, CUSTOMERS);
    double returned = 0, covered = 0, before = 0;
    invent(&mixed, 3, CUSTOMERS, who);
    for (size_t i = 0; i < CUSTOMERS; i++) {
        struct next_purchase_wait wait;
        struct next_purchase next;
        next_purchase_wait(&mixed, &who[i].c, NULL, 0, NULL, &wait);
        next_purchase_find(&wait, COVERED_DAYS, &next);
        if (next.code != NEXT_PURCHASE_SAID || who[i].wait_days < 1 || who[i].wait_days > COVERED_DAYS)
            continue;
        returned++;
        covered += who[i].wait_days >= next.from && who[i].wait_days <= next.to;
        before += who[i].wait_days < next.on;
    }
    double error = 3 * sqrt(0.16 / returned);
    assert_true(returned > 1000);
    assert_true(covered / returned > 0.8 - error);
    assert_true(covered / returned < 0.8 + error + 0.04); /* whole days cover a little more */
    assert_true(before / returned < 0.5 + error);
}

/* -- levels -- */

static void levels_same_changes_nothing(void **state) {
    (void)state;
    struct next_purchase_levels same = next_purchase_levels_same();
    for (double level = 0; level <= 1; level += 1.0 / 64) {
        assert_true(fabs(next_purchase_levels_map(&same, level) - level) < TOL_ROUND);
        assert_true(fabs(next_purchase_levels_unmap(&same, level) - level) < TOL_ROUND);
    }
}

static void levels_map_and_unmap_are_inverse(void **state) {
    (void)state;
    const struct next_purchase_levels bent = {{0.2, 0.35, 0.45, 0.5, 0.6, 0.7, 0.75, 0.9}};
    for (double level = 0; level <= 1; level += 1.0 / 97) {
        double worth = next_purchase_levels_map(&bent, level);
        assert_true(worth >= 0 && worth <= 1);
        assert_true(fabs(next_purchase_levels_unmap(&bent, worth) - level) < TOL_ROUND);
    }
    assert_true(next_purchase_levels_map(&bent, -1) == 0 && next_purchase_levels_map(&bent, 2) == 1);
}

/* Levels v^(1/power) of uniform v, seen up to a uniform end of watching: their worth is level^power. */
static struct next_purchase_levels levels_of(double power, size_t n) {
    double *level = arena_new(&arena, double, n);
    uint8_t *returned = arena_new(&arena, uint8_t, n);
    struct next_purchase_levels levels;
    struct random r;
    random_seed(&r, 5, 5);
    for (size_t i = 0; i < n; i++) {
        double at = pow(random_unit(&r), 1 / power), end = random_unit(&r);
        returned[i] = at <= end;
        level[i] = fmin(at, end);
    }
    assert_int_equal(next_purchase_levels_learn(level, returned, n, &levels), STAT_OK);
    return levels;
}

static void levels_learn_goes_half_of_the_way(void **state) {
    (void)state;
    struct next_purchase_levels right = levels_of(1, 20000), wrong = levels_of(2, 20000);
    double before = 0;
    for (int i = 0; i < NEXT_PURCHASE_KNOTS; i++) {
        double level = (i + 1) / (NEXT_PURCHASE_KNOTS + 1.0);
        assert_true(fabs(right.to[i] - level) < 0.01);
        assert_true(fabs(wrong.to[i] - 0.5 * (level + level * level)) < 0.015);
        assert_true(wrong.to[i] > before);
        before = wrong.to[i];
    }
}

static void levels_learn_needs_returns_and_levels(void **state) {
    (void)state;
    double level[150];
    uint8_t returned[150] = {0};
    struct next_purchase_levels levels, same = next_purchase_levels_same();
    for (size_t i = 0; i < 150; i++) {
        level[i] = 0.3;
        returned[i] = i < 99;
    }
    assert_int_equal(next_purchase_levels_learn(level, returned, 150, &levels), STAT_TOO_FEW);
    assert_memory_equal(&levels, &same, sizeof same);
    returned[120] = 1;
    assert_int_equal(next_purchase_levels_learn(level, returned, 150, &levels), STAT_OK);
    level[3] = NAN;
    assert_int_equal(next_purchase_levels_learn(level, returned, 150, &levels), STAT_DOMAIN);
    assert_int_equal(next_purchase_levels_learn(level, returned, 0, &levels), STAT_TOO_FEW);
}

/* -- pooling -- */

enum { LARGE = 4000, SMALL = 3, SEGMENTS = 6 };

/* Segment s buys at the rate e^offset[s]; the last is small. */
static struct next_purchase_pool pool_of(const double offset[SEGMENTS + 1]) {
    size_t n = 0;
    struct cbs_customer *c = arena_new(&arena, struct cbs_customer, LARGE * (SEGMENTS + 1));
    uint32_t *group = arena_new(&arena, uint32_t, LARGE * (SEGMENTS + 1));
    struct invented *who = arena_new(&arena, struct invented, LARGE);
    for (uint32_t s = 0; s <= SEGMENTS; s++) {
        struct model_params params = mixed;
        size_t of = s == SEGMENTS ? SMALL : LARGE;
        params.v[1] *= exp(-offset[s]);
        invent(&params, 100 + s, of, who);
        for (size_t i = 0; i < of; i++, n++) {
            c[n] = who[i].c;
            group[n] = s;
        }
    }
    struct cbs data;
    struct next_purchase_pool pool;
    const struct model_fit_options options = {.threads = 2};
    assert_int_equal(cbs_make(&arena, c, group, n, true, 2, &data), STAT_OK);
    assert_int_equal(next_purchase_pool_learn(&arena, &data, SEGMENTS, MODEL_MIXK, &options, &pool), STAT_OK);
    return pool;
}

static void pool_gives_each_segment_the_rate_it_can_prove(void **state) {
    (void)state;
    const double offset[SEGMENTS + 1] = {0, 0.5, -0.5, 0.25, -0.25, 0, 1.5};
    struct next_purchase_pool pool = pool_of(offset);
    double alpha[SEGMENTS + 1];
    for (uint32_t s = 0; s <= SEGMENTS; s++)
        alpha[s] = next_purchase_pool_params(&pool, s).v[1];
    assert_true(pool.spread > 0.1 && pool.spread < 1);
    assert_true(fabs(log(alpha[2] / alpha[1]) - 1) < 0.12);
    assert_true(fabs(log(alpha[4] / alpha[3]) - 0.5) < 0.12);
    assert_true(fabs(log(alpha[6] / alpha[0])) < 0.75 * offset[6]); /* three customers are not believed all they show */
    assert_true(next_purchase_pool_params(&pool, 0).v[1] == pool.company.params.v[1]);
    assert_true(next_purchase_pool_params(&pool, 99).v[1] == pool.company.params.v[1]);
    assert_int_equal(model_of(MODEL_MIXK)->check(&pool.company.params), STAT_OK);
}

static void pool_of_equal_segments_hardly_tells_them_apart(void **state) {
    (void)state;
    const double offset[SEGMENTS + 1] = {0};
    struct next_purchase_pool pool = pool_of(offset);
    for (uint32_t s = 0; s <= SEGMENTS; s++)
        assert_true(fabs(log(next_purchase_pool_params(&pool, s).v[1] / pool.company.params.v[1])) < 0.06);
}

static void pool_without_segments_is_the_fit(void **state) {
    (void)state;
    struct invented *who = arena_new(&arena, struct invented, 1000);
    struct cbs_customer *c = arena_new(&arena, struct cbs_customer, 1000);
    invent(&mixed, 9, 1000, who);
    for (size_t i = 0; i < 1000; i++)
        c[i] = who[i].c;
    struct cbs data;
    struct model_fit fit;
    struct next_purchase_pool pool;
    const struct model_fit_options options = {.threads = 1};
    assert_int_equal(cbs_make(&arena, c, NULL, 1000, true, 1, &data), STAT_OK);
    assert_int_equal(next_purchase_pool_learn(&arena, &data, 3, MODEL_MIXK, &options, &pool), STAT_OK);
    assert_int_equal(model_of(MODEL_MIXK)->fit(&arena, &data, &options, &fit), STAT_OK);
    assert_memory_equal(&pool.company.params.v, &fit.params.v, sizeof fit.params.v);
    struct model_params third = next_purchase_pool_params(&pool, 3);
    assert_memory_equal(&third.v, &fit.params.v, sizeof fit.params.v);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(wait_is_the_chance_of_the_model),
        cmocka_unit_test(wait_runs_by_the_season),
        cmocka_unit_test(find_gives_the_first_days_that_reach_their_shares),
        cmocka_unit_test(find_says_when_it_cannot),
        cmocka_unit_test(find_of_one_purchase_is_wider_than_of_a_regular_history),
        cmocka_unit_test(find_of_worked_example),
        cmocka_unit_test(find_covers_four_fifths_of_those_who_return),
        cmocka_unit_test(levels_same_changes_nothing),
        cmocka_unit_test(levels_map_and_unmap_are_inverse),
        cmocka_unit_test(levels_learn_goes_half_of_the_way),
        cmocka_unit_test(levels_learn_needs_returns_and_levels),
        cmocka_unit_test(pool_gives_each_segment_the_rate_it_can_prove),
        cmocka_unit_test(pool_of_equal_segments_hardly_tells_them_apart),
        cmocka_unit_test(pool_without_segments_is_the_fit),
    };
    return cmocka_run_group_tests_name("next_purchase", tests, arena_begin, arena_end);
}
