// SPDX-License-Identifier: Apache-2.0
/* Pareto/GGG against nested integrals in high precision, against Pareto/NBD where it is one, and against customers that were
 * drawn from it. The figures of docs/methods/pggg.md. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <math.h>
#include <string.h>

#include "stats/model.h"
#include "stats/simulate.h"

enum { ROOM = 100000, SEED = 5 };

static const double TOL_PROBABILITY = 1e-9;
static const double TOL_EXPECTED = 1e-6;
static const double TOL_ONE = 2e-5;   /* relative: a k of 1 +- 1e-4 leans to what the gaps say */
static const double TOL_COUNT = 1e-3; /* relative, of the ends of a range */
static const double TOL_COHORT = 4;   /* standard errors; the seeds are fixed */

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

static const struct model_def *def(void) {
    return model_of(MODEL_PGGG);
}

#define GROCERY                                                                                                        \
    {                                                                                                                  \
        MODEL_PGGG, 1, {                                                                                               \
            1.671, 0.368, 0.942, 5.15, 0.435, 4.61                                                                     \
        }                                                                                                              \
    }

/* By python3-mpmath with 20 digits: the integral over k by the trapezoid rule, inside it those over time by its quad. */
static const struct {
    struct model_params params;
    struct cbs_customer c;
    double horizon, loglik, alive, active;
} known[] = {
    {GROCERY, {0, 0, 50, 0}, 26, -0.9460956468899, 0.09745410702602, 0.02794537930578},
    {GROCERY, {2, 40, 50, 5.9}, 26, -9.821773491976, 0.9033493335011, 0.7269157666206},
    {GROCERY, {19, 48.5, 51, 15}, 4, -36.29075247387, 0.9658192859928, 0.9092647762672},
    {GROCERY, {5, 10, 50, 3.1}, 52, -11.7351380372, 0.0002589081334817, 0.0002158662766435},
    {GROCERY, {4, 28, 28, 7.78}, 13, -10.7860373889, 1, 0.8753065294183},
    {{MODEL_PGGG, 1, {50, 25, 0.5, 20, 0.6, 12}},
     {3, 12, 39, 4},
     39,
     -12.10758127758,
     0.1096301212691,
     0.09648900870561},
    {{MODEL_PGGG, 1, {0.3, 0.1, 0.5, 20, 0.6, 12}},
     {3, 12, 39, 3},
     10,
     -12.79988261578,
     0.3998413872689,
     0.09804300573873},
    {{MODEL_PGGG, 1, {3, 1.2, 0.05, 500, 0.6, 12}},
     {1, 10, 200, 2.302585},
     100,
     -10.45100888804,
     0.215742438879,
     0.01966389185706},
    {{MODEL_PGGG, 1, {4, 2, 10, 1, 0.6, 12}},
     {300, 51, 52, -560},
     1,
     363.4708925546,
     4.878874187837e-6,
     4.876956593658e-6},
};

static void one_customer_is_as_by_nested_integrals(void **state) {
    (void)state;
    for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
        assert_true(fabs(def()->loglik(&known[i].params, &known[i].c) - known[i].loglik) < 1e-8);
        assert_true(fabs(def()->alive(&known[i].params, &known[i].c) - known[i].alive) < TOL_PROBABILITY);
        double active = def()->active(&known[i].params, &known[i].c, known[i].horizon);
        assert_true(fabs(active - known[i].active) < 3 * TOL_PROBABILITY);
    }
}

/* Everybody's k is 1, to a hundred-millionth. */
static void regularity_of_one_is_pareto_nbd(void **state) {
    (void)state;
    const struct model_params gamma = {MODEL_PGGG, 1, {1e8, 1e8, 0.553, 10.58, 0.606, 11.67}};
    const struct model_params nbd = {MODEL_PNBD, 1, {0.553, 10.58, 0.606, 11.67}};
    const struct model_def *pnbd = model_of(MODEL_PNBD);
    const struct cbs_customer all[] = {
        {0, 0, 39, 0}, {3, 20, 39, 5}, {3, 38.9, 39, 5}, {26, 31, 39, 2}, {40, 10, 39, -58}};
    for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
        const struct cbs_customer *c = &all[i];
        assert_true(fabs(def()->loglik(&gamma, c) - pnbd->loglik(&nbd, c)) < 1e-5);
        assert_true(fabs(def()->alive(&gamma, c) - pnbd->alive(&nbd, c)) < 1e-7);
        assert_true(fabs(def()->active(&gamma, c, 20) - pnbd->active(&nbd, c, 20)) < 1e-7);
        double expected = pnbd->expected(&nbd, c, 20);
        assert_true(fabs(def()->expected(&gamma, c, 20) - expected) < 1e-6 * fmax(expected, 1e-3));
        double p[6], want[6];
        assert_int_equal(def()->pmf(&arena, &gamma, c, 20, 5, p), STAT_OK);
        assert_int_equal(pnbd->pmf(&arena, &nbd, c, 20, 5, want), STAT_OK);
        for (size_t n = 0; n < 6; n++)
            assert_true(fabs(p[n] - want[n]) < TOL_EXPECTED);
    }
    assert_true(fabs(def()->expected_new(&gamma, 52) / pnbd->expected_new(&nbd, 52) - 1) < TOL_EXPECTED);
}

/* Regularity of exactly one again: where Pareto/NBD has formulas for what are here sums over thousands of purchases, or over
 * lives far shorter than a gap. */
static void thousands_of_purchases_and_short_lives_are_as_pareto_nbd(void **state) {
    (void)state;
    static const struct {
        double v[4];
        struct cbs_customer c;
        double horizon;
    } many[] = {{{8763, 0.006, 5588, 301768}, {18618, 30, 30, -125000}, 3650},
                {{0.5, 0.001, 0.6, 12}, {5000, 1, 1, -45472}, 365},
                {{0.5, 0.1, 0.6, 12}, {100000, 365, 365, -619022}, 365},
                {{32, 94, 266913, 0.15475}, {0, 0, 0, 0}, 4}};
    for (size_t i = 0; i < sizeof many / sizeof *many; i++) {
        const double *v = many[i].v;
        struct model_params plain = {MODEL_PNBD, 1, {v[0], v[1], v[2], v[3]}};
        struct model_params one = {MODEL_PGGG, 1, {1e8, 1e8, v[0], v[1], v[2], v[3]}};
        const struct cbs_customer *c = &many[i].c;
        double want = model_of(MODEL_PNBD)->expected(&plain, c, many[i].horizon), low[2], high[2];
        double got = def()->expected(&one, c, many[i].horizon);
        if (!(fabs(got / want - 1) < TOL_ONE))
            fail_msg("customer %zu: %.10g purchases, not %.10g", i, got, want);
        assert_int_equal(model_interval(&arena, &plain, c, many[i].horizon, 0.8, &low[0], &high[0]), STAT_OK);
        assert_int_equal(model_interval(&arena, &one, c, many[i].horizon, 0.8, &low[1], &high[1]), STAT_OK);
        assert_true(fabs(low[1] - low[0]) <= 1 + TOL_COUNT * low[0] && fabs(high[1] - high[0]) <= TOL_COUNT * high[0]);
    }
}

static void counts_add_up_to_one_and_to_the_expectation(void **state) {
    (void)state;
    const struct model_params params = GROCERY;
    const struct cbs_customer all[] = {{0, 0, 0, 0}, {0, 0, 30, 0}, {2, 40, 50, 5.9}, {19, 48.5, 51, 15}};
    enum { MOST = 300 };
    static double p[MOST + 1];
    for (size_t i = 1; i < sizeof all / sizeof *all; i++) {
        double sum = 0, mean = 0, expected = def()->expected(&params, &all[i], 13);
        assert_int_equal(def()->pmf(&arena, &params, &all[i], 13, MOST, p), STAT_OK);
        for (size_t n = 0; n <= MOST; n++) {
            assert_true(p[n] >= 0);
            sum += p[n];
            mean += (double)n * p[n];
        }
        assert_true(fabs(sum - 1) < TOL_EXPECTED && fabs(mean / expected - 1) < 1e-4);
        assert_true(fabs(1 - p[0] - def()->active(&params, &all[i], 13)) < TOL_PROBABILITY);
    }
}

static void chances_grow_with_the_horizon(void **state) {
    (void)state;
    const struct model_params params = GROCERY;
    const struct cbs_customer all[] = {
        {0, 0, 0, 0}, {0, 0, 30, 0}, {2, 40, 50, 5.9}, {3, 20, 20, 5.6}, {9, 10, 60, -3}};
    for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
        double active = 0, expected = 0, alive = def()->alive(&params, &all[i]);
        assert_true(def()->active(&params, &all[i], 0) == 0 && def()->expected(&params, &all[i], 0) == 0);
        for (double horizon = 1e-6; horizon < 1e5; horizon *= 20) {
            double p = def()->active(&params, &all[i], horizon), e = def()->expected(&params, &all[i], horizon);
            assert_true(p > active && p <= alive && e > expected && e >= p);
            active = p;
            expected = e;
        }
    }
}

static void days_are_weeks_times_seven(void **state) {
    (void)state;
    const struct model_params weeks = GROCERY, days = {MODEL_PGGG, 1, {1.671, 0.368, 0.942, 7 * 5.15, 0.435, 7 * 4.61}};
    const struct cbs_customer w = {3, 20, 39, 5}, d = {3, 140, 273, 5 + 3 * log(7)};
    assert_true(fabs(def()->loglik(&weeks, &w) - def()->loglik(&days, &d) - 3 * log(7)) < 1e-9);
    assert_true(fabs(def()->alive(&weeks, &w) - def()->alive(&days, &d)) < TOL_PROBABILITY);
    assert_true(fabs(def()->expected(&weeks, &w, 13) / def()->expected(&days, &d, 91) - 1) < TOL_EXPECTED);
}

/* -- customers that were drawn --------------------------------------------------------------------------------------- */

static double times[ROOM];

struct drawn {
    struct cbs_customer c;
    double later; /* purchases in the horizon */
};

static struct drawn customer_draw(const struct model_params *params, uint64_t number, double T, double horizon) {
    struct random chance;
    struct drawn out = {.c = {.T = T}};
    size_t n;
    random_seed(&chance, SEED, number);
    assert_int_equal(simulate_customer(params, &chance, T + horizon, times, ROOM, &n), STAT_OK);
    for (size_t i = 0; i < n; i++) {
        if (times[i] > T) {
            out.later += 1;
            continue;
        }
        out.c.litt += log(times[i] - out.c.t_x);
        out.c.t_x = times[i];
        out.c.x += 1;
    }
    return out;
}

/* Who is said to buy with a chance does so as often as said, among the likely and the unlikely. */
static void chances_said_of_drawn_customers_come_true(void **state) {
    (void)state;
    const struct model_params params = {MODEL_PGGG, 1, {4, 1.5, 0.9, 4, 0.6, 12}};
    double said[2] = {0}, happened[2] = {0}, spread[2] = {0}, difference = 0, square = 0;
    enum { CUSTOMERS = 2000, COUNTED = 120 };
    for (uint64_t i = 0; i < CUSTOMERS; i++) {
        struct drawn d = customer_draw(&params, i, 5 + (double)(i % 30), 8);
        double p = def()->active(&params, &d.c, 8);
        size_t likely = p > 0.5;
        said[likely] += p;
        happened[likely] += d.later > 0;
        spread[likely] += p * (1 - p);
        if (i < COUNTED) {
            double off = def()->expected(&params, &d.c, 8) - d.later;
            difference += off;
            square += off * off;
        }
    }
    for (size_t i = 0; i < 2; i++)
        assert_true(fabs(said[i] - happened[i]) < TOL_COHORT * sqrt(spread[i]));
    assert_true(fabs(difference) < TOL_COHORT * sqrt(square));
}

static void cohort_make(const struct model_params *params, size_t n, struct cbs *out) {
    struct cbs_customer *c = arena_new(&arena, struct cbs_customer, n);
    for (size_t i = 0; i < n; i++)
        c[i] = customer_draw(params, i, 40 + (double)(i % 13), 0).c;
    assert_int_equal(cbs_make(&arena, c, NULL, n, true, 1, out), STAT_OK);
}

static void fit_finds_the_parameters_of_a_drawn_cohort(void **state) {
    (void)state;
    const struct model_params params = {MODEL_PGGG, 1, {6, 2, 0.9, 4, 0.7, 15}};
    struct cbs data;
    cohort_make(&params, 300, &data);
    struct model_fit fit;
    struct model_fit_options options = {.threads = 2, .seed = 4, .chains = 3, .draws = 150, .burn = 50};
    assert_int_equal(def()->fit(&arena, &data, &options, &fit), STAT_OK);
    assert_int_equal(fit.stop, MODEL_SAMPLED);
    assert_int_equal(fit.warnings & MODEL_WARN_CHAINS_APART, 0);
    for (size_t i = 0; i < 6; i++) {
        double off = log(fit.params.v[i] / params.v[i]), error = sqrt(fit.covariance[i * (MODEL_PARAMS + 1)]);
        assert_true(fabs(off) < 3 * error && error < 1);
        assert_true(fit.r_hat[i] < 1.05 && fit.effective[i] > 30 && fit.se[i] > 0);
    }
    double sum = 0;
    for (size_t i = 0; i < data.rows; i++) {
        struct cbs_customer c = {data.x[i], data.t_x[i], data.T[i], data.litt[i]};
        sum += data.weight[i] * def()->loglik(&fit.params, &c);
    }
    assert_true(fabs(fit.loglik - sum) < 0.02);
}

/* All customers have one rhythm: t and gamma are known by their ratio alone, and chains go far along it. */
static void one_rhythm_for_all_is_found_and_chains_agree(void **state) {
    (void)state;
    const struct model_params params = {MODEL_PGGG, 1, {40, 10, 1, 10, 0.8, 20}};
    struct cbs data;
    cohort_make(&params, 60, &data);
    struct model_fit fit;
    struct model_fit_options options = {.threads = 2, .seed = 3};
    assert_int_equal(def()->fit(&arena, &data, &options, &fit), STAT_OK);
    assert_true(fabs(log(fit.params.v[0] / fit.params.v[1] / 4)) < 0.2);
    assert_int_equal(fit.warnings & MODEL_WARN_CHAINS_APART, 0);
}

static void clockwork_is_refused(void **state) {
    (void)state;
    struct cbs_customer c[20];
    for (size_t i = 0; i < 20; i++)
        c[i] = (struct cbs_customer){3, 9, 10, 3 * log(3)};
    struct cbs data;
    struct model_fit fit;
    struct model_fit_options options = {.threads = 1, .seed = 3};
    assert_int_equal(cbs_make(&arena, c, NULL, 20, true, 1, &data), STAT_OK);
    assert_int_equal(def()->fit(&arena, &data, &options, &fit), STAT_DOMAIN);
}

static void fit_is_the_same_for_any_number_of_threads(void **state) {
    (void)state;
    const struct model_params params = {MODEL_PGGG, 1, {6, 2, 0.9, 4, 0.7, 15}};
    struct cbs data;
    struct model_fit one, three, other;
    cohort_make(&params, 60, &data);
    struct model_fit_options options = {.threads = 1, .seed = 3, .chains = 3, .draws = 20, .burn = 10};
    assert_int_equal(def()->fit(&arena, &data, &options, &one), STAT_OK);
    options.threads = 3;
    assert_int_equal(def()->fit(&arena, &data, &options, &three), STAT_OK);
    assert_memory_equal(&one, &three, sizeof one);
    options.seed = 4;
    assert_int_equal(def()->fit(&arena, &data, &options, &other), STAT_OK);
    assert_true(other.params.v[0] != one.params.v[0]);
}

static void fit_says_what_it_cannot_do(void **state) {
    (void)state;
    struct cbs_customer few[] = {{1, 5, 20, 1.6}, {0, 0, 20, 0}, {2, 9, 20, 3}};
    struct cbs_customer many[8];
    struct cbs data;
    struct model_fit fit;
    struct model_fit_options options = {.threads = 1, .chains = 2, .draws = 20, .burn = 10};
    assert_int_equal(cbs_make(&arena, few, NULL, 3, true, 1, &data), STAT_OK);
    assert_int_equal(def()->fit(&arena, &data, &options, &fit), STAT_TOO_FEW);
    for (size_t i = 0; i < 8; i++)
        many[i] = (struct cbs_customer){.x = 1, .t_x = 5, .T = 20 + (double)i, .litt = log(5)};
    assert_int_equal(cbs_make(&arena, many, NULL, 8, false, 1, &data), STAT_OK);
    assert_int_equal(def()->fit(&arena, &data, &options, &fit), STAT_DOMAIN); /* gaps not known */
    for (size_t i = 0; i < 8; i++)
        many[i] = (struct cbs_customer){.T = 20 + (double)i};
    assert_int_equal(cbs_make(&arena, many, NULL, 8, true, 1, &data), STAT_OK);
    assert_int_equal(def()->fit(&arena, &data, &options, &fit), STAT_OK);
    assert_true(fit.warnings & MODEL_WARN_NO_REPEAT);
}

/* -- edges ----------------------------------------------------------------------------------------------------------- */

static void parameters_beyond_are_refused(void **state) {
    (void)state;
    const struct model_params all[] = {{MODEL_PGGG, 1, {1e5, 1, 1, 1, 1, 1}},
                                       {MODEL_PGGG, 1, {1, 1e4, 1, 1, 1, 1}},
                                       {MODEL_PGGG, 1, {1, 1, 0, 1, 1, 1}},
                                       {MODEL_PGGG, 1, {1, 1, 1, NAN, 1, 1}},
                                       {MODEL_PGGG, 1, {1, 1, 1, 1, 1e9, 1}}};
    for (size_t i = 0; i < sizeof all / sizeof *all; i++)
        assert_int_equal(def()->check(&all[i]), STAT_DOMAIN);
    const struct model_params swarms = {MODEL_PGGG, 1, {1, 1, 1, 1, 1, 1}};
    assert_int_equal(def()->check(&swarms), STAT_OK);
    assert_true(isinf(def()->expected_new(&swarms, 10)));
}

static void extreme_customers_get_probabilities(void **state) {
    (void)state;
    const struct model_params all[] = {GROCERY,
                                       {MODEL_PGGG, 1, {1e-6, 1e-6, 1e-6, 1e6, 1e-6, 1e6}},
                                       {MODEL_PGGG, 1, {1e6, 1e4, 1e6, 1e-6, 1e6, 1e-6}},
                                       {MODEL_PGGG, 1, {0.5, 0.5, 1e6, 1e6, 1e-6, 1e-6}},
                                       {MODEL_PGGG, 1, {1e6, 1e6, 1e-6, 1e-6, 1e6, 1e6}}};
    const struct cbs_customer customers[] = {
        {0, 0, 0, 0},
        {0, 0, 1e5, 0},
        {1, 1e-6, 1, log(1e-6)},
        {1, 10, 10 + 1e-9, log(10)},
        {1e5, 7000, 7300, 1e5 * log(0.07) - 4e4},
        {1e5, 7000, 7000, 1e5 * log(0.07)},
        {12, 12, 400, 0},
    };
    for (size_t i = 0; i < sizeof all / sizeof *all; i++)
        for (size_t j = 0; j < sizeof customers / sizeof *customers; j++) {
            double alive = def()->alive(&all[i], &customers[j]), loglik = def()->loglik(&all[i], &customers[j]);
            double active = def()->active(&all[i], &customers[j], 30);
            if (!(alive >= 0 && alive <= 1 && active >= 0 && active <= alive + TOL_PROBABILITY && isfinite(loglik)))
                fail_msg("parameters %zu, customer %zu: %g %g %g", i, j, alive, active, loglik);
        }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(one_customer_is_as_by_nested_integrals),
        cmocka_unit_test(regularity_of_one_is_pareto_nbd),
        cmocka_unit_test(thousands_of_purchases_and_short_lives_are_as_pareto_nbd),
        cmocka_unit_test(counts_add_up_to_one_and_to_the_expectation),
        cmocka_unit_test(chances_grow_with_the_horizon),
        cmocka_unit_test(days_are_weeks_times_seven),
        cmocka_unit_test(chances_said_of_drawn_customers_come_true),
        cmocka_unit_test(fit_finds_the_parameters_of_a_drawn_cohort),
        cmocka_unit_test(one_rhythm_for_all_is_found_and_chains_agree),
        cmocka_unit_test(clockwork_is_refused),
        cmocka_unit_test(fit_is_the_same_for_any_number_of_threads),
        cmocka_unit_test(fit_says_what_it_cannot_do),
        cmocka_unit_test(parameters_beyond_are_refused),
        cmocka_unit_test(extreme_customers_get_probabilities),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
