// SPDX-License-Identifier: Apache-2.0
/* Pareto/NBD of single customers: 60-digit values, and what must hold whatever the parameters. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <float.h>
#include <math.h>
#include <string.h>

#include "stats/cnbd.h"
#include "stats/pnbd.h"
#include "stats/pnbd_parts.h"
#include "stats/random.h"

#define TOL_CHANCE 1e-12   /* of 1e-12 + its size */
#define TOL_EXPECTED 1e-11 /* relative */
#define TOL_LOGLIK 1e-12   /* of its size */
#define TOL_ROUND 1e-13
#define TOL_SUM 1e-12  /* of a chance, by a sum of dozens */
#define TOL_SAME 1e-9  /* relative, between two ways to one number */
#define TOL_LIMIT 1e-6 /* relative, of parameters 1e-8 from their limit */
#define RATE 0.001     /* of the table's discounting */

enum { COUNTS = 4, DRAWS = 3000 };
static const size_t counts[COUNTS] = {0, 1, 3, 10};

static const struct {
    double v[PNBD_PARAMS];
    struct cbs_customer c;
    double horizon, loglik, alive, active, expected, residual, pmf[COUNTS];
} known[] = {
#include "pnbd_table.h"
};

static struct model_params params_of(const double *v) {
    struct model_params params = {.kind = MODEL_PNBD, .k = 1};
    memcpy(params.v, v, PNBD_PARAMS * sizeof *v);
    return params;
}

static void assert_near(const char *what, size_t i, double got, double want, double tolerance) {
    if (!(fabs(got - want) <= tolerance))
        fail_msg("case %zu: %s %.17g, not %.17g", i, what, got, want);
}

static void chances_and_expectations_equal_60_digit_values(void **state) {
    (void)state;
    for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
        struct model_params params = params_of(known[i].v);
        const struct cbs_customer *c = &known[i].c;
        double t = known[i].horizon;
        assert_int_equal(pnbd_def.check(&params), STAT_OK);
        assert_near("alive", i, pnbd_def.alive(&params, c), known[i].alive, TOL_CHANCE * (1e-12 + known[i].alive));
        assert_near("active", i, pnbd_def.active(&params, c, t), known[i].active,
                    TOL_CHANCE * (1e-12 + known[i].active));
        assert_near("expected", i, pnbd_def.expected(&params, c, t), known[i].expected,
                    TOL_EXPECTED * known[i].expected);
        assert_near("residual", i, pnbd_residual(&params, c, RATE), known[i].residual,
                    TOL_EXPECTED * known[i].residual);
        assert_near("loglik", i, pnbd_def.loglik(&params, c), known[i].loglik, TOL_LOGLIK * fabs(known[i].loglik));
    }
}

static void counts_equal_60_digit_values(void **state) {
    (void)state;
    for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
        struct model_params params = params_of(known[i].v);
        double pmf[11];
        assert_int_equal(pnbd_def.pmf(NULL, &params, &known[i].c, known[i].horizon, 10, pmf), STAT_OK);
        for (size_t j = 0; j < COUNTS; j++)
            assert_near("pmf", i, pmf[counts[j]], known[i].pmf[j], TOL_EXPECTED * (1e-4 + known[i].pmf[j]));
    }
}

/* -- whatever the parameters -- */

static double log_uniform(struct random *chance, double low, double high) {
    return exp(log(low) + random_unit(chance) * log(high / low));
}

struct draw {
    struct model_params params;
    struct cbs_customer c;
    double horizon;
};

static struct draw draw_make(struct random *chance) {
    struct draw d = {.params = {.kind = MODEL_PNBD, .k = 1}};
    for (size_t j = 0; j < PNBD_PARAMS; j++)
        d.params.v[j] = log_uniform(chance, 1e-6, 1e6);
    double like = random_unit(chance);
    if (like < 0.2)
        d.params.v[PNBD_BETA] = d.params.v[PNBD_ALPHA] * (1 + (like < 0.1 ? 0 : 0.01 * (like - 0.15)));
    d.c.T = log_uniform(chance, 1, 20000);
    d.c.x = random_unit(chance) < 0.3 ? 0 : floor(log_uniform(chance, 1, 1e5));
    double near = random_unit(chance);
    if (d.c.x > 0)
        d.c.t_x = near < 0.2 ? d.c.T : near < 0.4 ? d.c.T * (1 - 1e-12) : d.c.T * random_unit(chance);
    d.horizon = log_uniform(chance, 1e-6, 1e6);
    return d;
}

static void predictions_are_chances_in_order_and_finite(void **state) {
    (void)state;
    struct random chance;
    random_seed(&chance, 1, 0);
    for (size_t i = 0; i < DRAWS; i++) {
        struct draw d = draw_make(&chance);
        const struct model_params *p = &d.params;
        assert_int_equal(cbs_check(&d.c, false), CBS_FINE);
        double alive = pnbd_def.alive(p, &d.c), active = pnbd_def.active(p, &d.c, d.horizon);
        double more = pnbd_def.active(p, &d.c, 2 * d.horizon), later = pnbd_def.expected(p, &d.c, 2 * d.horizon);
        double expected = pnbd_def.expected(p, &d.c, d.horizon), loglik = pnbd_def.loglik(p, &d.c);
        if (!(alive >= 0 && alive <= 1 && active >= 0 && active <= alive && isfinite(expected) && active <= expected &&
              active <= more * (1 + TOL_ROUND) && expected <= later * (1 + TOL_ROUND) && isfinite(loglik) &&
              (d.c.x > 0 || loglik <= 0)))
            fail_msg("draw %zu: alive %g, active %.17g, %.17g, expected %.17g, %.17g", i, alive, active, more, expected,
                     later);
        assert_true(pnbd_def.active(p, &d.c, 0) == 0 && pnbd_def.expected(p, &d.c, 0) == 0);
    }
}

static void active_is_what_the_likelihood_loses_by_silence(void **state) {
    (void)state;
    struct random chance;
    random_seed(&chance, 2, 0);
    for (size_t i = 0; i < DRAWS; i++) {
        struct draw d = draw_make(&chance);
        struct cbs_customer silent = d.c;
        silent.T += d.horizon;
        double before = pnbd_def.loglik(&d.params, &d.c), lost = pnbd_def.loglik(&d.params, &silent) - before;
        assert_near("active", i, pnbd_def.active(&d.params, &d.c, d.horizon), -expm1(lost),
                    TOL_ROUND * 10 * (1 + fabs(before)));
    }
}

static void unit_of_time_changes_no_chance(void **state) {
    (void)state;
    struct random chance;
    random_seed(&chance, 3, 0);
    for (size_t i = 0; i < DRAWS; i++) {
        struct draw d = draw_make(&chance);
        struct model_params eighths = d.params; /* of a day: 8 is exact */
        struct cbs_customer c = {d.c.x, 8 * d.c.t_x, 8 * d.c.T, 0};
        eighths.v[PNBD_ALPHA] *= 8;
        eighths.v[PNBD_BETA] *= 8;
        assert_near("alive", i, pnbd_def.alive(&eighths, &c), pnbd_def.alive(&d.params, &d.c), TOL_ROUND);
        assert_near("active", i, pnbd_def.active(&eighths, &c, 8 * d.horizon),
                    pnbd_def.active(&d.params, &d.c, d.horizon), TOL_ROUND);
        double expected = pnbd_def.expected(&d.params, &d.c, d.horizon);
        assert_near("expected", i, pnbd_def.expected(&eighths, &c, 8 * d.horizon), expected, TOL_ROUND * expected);
    }
}

static void hardly_any_leaving_is_the_nbd(void **state) {
    (void)state;
    const struct cbs_customer c[] = {{0, 0, 40, 0}, {3, 20, 40, 0}, {12, 39, 40, 0}, {1, 40, 40, 0}};
    const struct model_params nbd = {MODEL_NBD, 1, {0.385, 12.07}}, never = {MODEL_PNBD, 1, {0.385, 12.07, 1e-8, 10}};
    for (size_t i = 0; i < sizeof c / sizeof *c; i++) {
        double active = cnbd_active(&nbd, &c[i], 39), expected = cnbd_expected(&nbd, &c[i], 39);
        assert_near("active", i, pnbd_def.active(&never, &c[i], 39), active, TOL_LIMIT * active);
        assert_near("expected", i, pnbd_def.expected(&never, &c[i], 39), expected, TOL_LIMIT * expected);
        assert_near("loglik", i, pnbd_def.loglik(&never, &c[i]), cnbd_loglik(&nbd, &c[i]), TOL_LIMIT);
    }
}

/* -- counts -- */

static double more_than(double mean, double spread) {
    return ceil(mean + 12 * spread + 40);
}

static void counts_sum_to_one_and_their_mean_is_the_expectation(void **state) {
    (void)state;
    enum { MOST = 20000 };
    static double pmf[MOST + 1];
    struct random chance;
    size_t summed = 0;
    random_seed(&chance, 4, 0);
    for (size_t i = 0; i < 600; i++) {
        struct draw d = draw_make(&chance);
        double shape = d.params.v[PNBD_R] + d.c.x, scale = d.params.v[PNBD_ALPHA] + d.c.T;
        double mean = shape * d.horizon / scale, u = d.horizon / scale;
        double most = more_than(mean * (1 + u), sqrt(mean * (1 + u)) + 40 * u);
        if (u > 4 || most > MOST)
            continue; /* tails too heavy to add up */
        assert_int_equal(pnbd_def.pmf(NULL, &d.params, &d.c, d.horizon, (size_t)most, pmf), STAT_OK);
        double sum = 0, first = 0;
        for (size_t n = (size_t)most + 1; n-- > 0;) {
            assert_true(pmf[n] >= 0 && pmf[n] <= 1);
            sum += pmf[n];
            first += (double)n * pmf[n];
        }
        double expected = pnbd_def.expected(&d.params, &d.c, d.horizon);
        assert_near("sum", i, sum, 1, TOL_SAME);
        assert_near("mean", i, first, expected, TOL_SAME * expected + DBL_MIN);
        assert_near("none", i, pmf[0], 1 - pnbd_def.active(&d.params, &d.c, d.horizon), TOL_ROUND);
        summed++;
    }
    assert_true(summed > 100);
}

static void at_least_is_what_the_counts_leave(void **state) {
    (void)state;
    enum { MOST = 40 };
    for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
        struct model_params params = params_of(known[i].v);
        struct arena arena;
        arena_init(&arena, 0, arena_full_exit, NULL);
        double *chance = arena_new(&arena, double, MOST + 1), left = 1;
        assert_int_equal(pnbd_def.pmf(&arena, &params, &known[i].c, known[i].horizon, MOST, chance), STAT_OK);
        for (size_t n = 0; n <= MOST; n++) {
            assert_near("at least", i, pnbd_at_least(&params, &known[i].c, known[i].horizon, (double)n), left, TOL_SUM);
            left -= chance[n];
        }
        arena_clear(&arena);
    }
}

/* P(N >= n) by 20,000 lifetimes, each with an incomplete beta function (scipy). */
static void range_of_millions_of_purchases_is_found(void **state) {
    (void)state;
    struct model_params params = params_of((const double[]){.5, 10, .6, 12});
    struct cbs_customer c = {.x = 100000, .t_x = 1, .T = 1};
    assert_near("at least", 18000, pnbd_at_least(&params, &c, 365, 18000), 0.918457341407, TOL_SAME);
    assert_near("at least", 3300000, pnbd_at_least(&params, &c, 365, 3300000), 0.127055186818, TOL_SAME);
    struct arena arena;
    arena_init(&arena, 0, arena_full_exit, NULL);
    double low, high;
    assert_int_equal(model_interval(&arena, &params, &c, 365, 0.8, &low, &high), STAT_OK);
    assert_true(pnbd_at_least(&params, &c, 365, low + 1) <= 0.9 && pnbd_at_least(&params, &c, 365, low) > 0.9);
    assert_true(pnbd_at_least(&params, &c, 365, high + 1) <= 0.1 && pnbd_at_least(&params, &c, 365, high) > 0.1);
    arena_clear(&arena);
}

static void counts_of_a_new_customer_are_those_of_one_just_come(void **state) {
    (void)state;
    const struct model_params p = {MODEL_PNBD, 1, {0.553, 10.578, 0.606, 11.669}};
    const struct cbs_customer fresh = {0, 0, 0, 0};
    double new[30], given[30];
    assert_int_equal(pnbd_def.pmf_new(NULL, &p, 39, 29, new), STAT_OK);
    assert_int_equal(pnbd_def.pmf(NULL, &p, &fresh, 39, 29, given), STAT_OK);
    assert_memory_equal(new, given, sizeof new);
    assert_true(pnbd_def.expected_new(&p, 39) == pnbd_def.expected(&p, &fresh, 39));
    assert_int_equal(pnbd_def.pmf(NULL, &p, &fresh, 0, 29, given), STAT_OK);
    assert_true(given[0] == 1 && given[1] == 0);
}

/* -- the rest -- */

static void discounting_less_gives_more_and_at_last_all(void **state) {
    (void)state;
    const struct model_params p = {MODEL_PNBD, 1, {0.553, 10.578, 1.606, 11.669}};
    const struct cbs_customer c = {2, 30.43, 38.86, 0};
    double last = 0;
    for (double rate = 1e3; rate > 1e-12; rate /= 10) {
        double value = pnbd_residual(&p, &c, rate);
        assert_true(value > last);
        last = value;
    }
    /* With s > 1 all the future is finite. */
    assert_near("all", 0, pnbd_residual(&p, &c, 1e-25), pnbd_def.expected(&p, &c, 1e30), TOL_SAME * last);
}

static void horizon_without_end_is_the_limit(void **state) {
    (void)state;
    const struct cbs_customer c = {2, 30.43, 38.86, 0};
    for (double s = 0.5; s < 2; s += 1) {
        const struct model_params p = {MODEL_PNBD, 1, {0.553, 10.578, s, 11.669}};
        double active = pnbd_def.active(&p, &c, INFINITY), expected = pnbd_def.expected(&p, &c, INFINITY), pmf[1];
        assert_near("active", 0, active, pnbd_def.active(&p, &c, 1e30), TOL_SAME);
        if (s < 1)
            assert_true(isinf(expected));
        else
            assert_near("expected", 0, expected, pnbd_def.expected(&p, &c, 1e30), TOL_SAME * expected);
        assert_int_equal(pnbd_def.pmf(NULL, &p, &c, INFINITY, 0, pmf), STAT_DOMAIN);
    }
}

static void many_customers_are_the_same_bits_as_one(void **state) {
    (void)state;
    enum { N = 500 };
    double x[N], t_x[N], T[N], alive[N], active[N], expected[N];
    struct random chance;
    random_seed(&chance, 5, 0);
    struct model_params p = draw_make(&chance).params;
    for (size_t i = 0; i < N; i++) {
        struct draw d = draw_make(&chance);
        x[i] = fmod(d.c.x, 7);
        T[i] = ceil(fmod(d.c.T, 9));
        t_x[i] = x[i] > 0 ? T[i] * random_unit(&chance) : 0;
    }
    struct model_many many = {N, x, t_x, T, NULL};
    assert_int_equal(model_predict(&p, &many, 30, 2, alive, active, expected), STAT_OK);
    for (size_t i = 0; i < N; i++) {
        struct cbs_customer c = {x[i], t_x[i], T[i], 0};
        assert_true(alive[i] == pnbd_def.alive(&p, &c));
        assert_true(active[i] == pnbd_def.active(&p, &c, 30));
        assert_true(expected[i] == pnbd_def.expected(&p, &c, 30));
    }
}

static void parameters_outside_are_refused(void **state) {
    (void)state;
    static const struct model_params bad[] = {
        {MODEL_PNBD, 1, {0, 1, 1, 1}},      {MODEL_PNBD, 1, {1, NAN, 1, 1}}, {MODEL_PNBD, 1, {1, 1, INFINITY, 1}},
        {MODEL_PNBD, 1, {1, 1, 1, -1}},     {MODEL_PNBD, 2, {1, 1, 1, 1}},   {MODEL_PNBD, 1, {1, 1, 1, 2e8}},
        {MODEL_PNBD, 1, {0.9e-8, 1, 1, 1}},
    };
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        assert_int_equal(pnbd_def.check(&bad[i]), STAT_DOMAIN);
    assert_int_equal(pnbd_def.check(&(struct model_params){MODEL_PNBD, 1, {1e-8, 1e8, 1, 1}}), STAT_OK);
    assert_ptr_equal(model_of(MODEL_PNBD), &pnbd_def);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(chances_and_expectations_equal_60_digit_values),
        cmocka_unit_test(counts_equal_60_digit_values),
        cmocka_unit_test(predictions_are_chances_in_order_and_finite),
        cmocka_unit_test(active_is_what_the_likelihood_loses_by_silence),
        cmocka_unit_test(unit_of_time_changes_no_chance),
        cmocka_unit_test(hardly_any_leaving_is_the_nbd),
        cmocka_unit_test(counts_sum_to_one_and_their_mean_is_the_expectation),
        cmocka_unit_test(at_least_is_what_the_counts_leave),
        cmocka_unit_test(range_of_millions_of_purchases_is_found),
        cmocka_unit_test(counts_of_a_new_customer_are_those_of_one_just_come),
        cmocka_unit_test(discounting_less_gives_more_and_at_last_all),
        cmocka_unit_test(horizon_without_end_is_the_limit),
        cmocka_unit_test(many_customers_are_the_same_bits_as_one),
        cmocka_unit_test(parameters_outside_are_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
