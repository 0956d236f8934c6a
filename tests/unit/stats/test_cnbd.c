// SPDX-License-Identifier: Apache-2.0
/* NBD, BG/CNBD-k and MBG/CNBD-k of single customers: 60-digit values, and what must hold whatever the parameters. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <math.h>

#include "stats/cnbd.h"
#include "stats/random.h"

#define TOL_ALIVE 1e-12   /* relative */
#define TOL_ACTIVE 1e-11  /* relative */
#define TOL_EXPECTED 1e-9 /* relative */
#define TOL_LOGLIK 1e-12  /* of 1 + its size */
#define TOL_SAME 1e-9     /* relative, between two ways to one number */
#define TOL_LIMIT 1e-6    /* relative, of parameters 1e-8 from their limit */
#define TOL_ROUND 1e-13

static const struct {
    struct model_params params;
    struct cbs_customer c;
    double horizon, loglik, alive, active, expected;
} known[] = {
#include "cnbd_table.h"
};

static void assert_near(const char *what, size_t i, double got, double want, double tolerance) {
    if (!(fabs(got - want) <= tolerance))
        fail_msg("case %zu: %s %.17g, not %.17g", i, what, got, want);
}

static void chances_and_expectations_equal_60_digit_values(void **state) {
    (void)state;
    for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
        struct model_params params = known[i].params;
        const struct model_def *def = model_of(params.kind);
        const struct cbs_customer *c = &known[i].c;
        assert_int_equal(def->check(&params), STAT_OK);
        assert_near("alive", i, def->alive(&params, c), known[i].alive, TOL_ALIVE * known[i].alive);
        assert_near("active", i, def->active(&params, c, known[i].horizon), known[i].active,
                    TOL_ACTIVE * known[i].active);
        assert_near("expected", i, def->expected(&params, c, known[i].horizon), known[i].expected,
                    TOL_EXPECTED * known[i].expected);
        assert_near("loglik", i, def->loglik(&params, c), known[i].loglik, TOL_LOGLIK * (1 + fabs(known[i].loglik)));
    }
}

/* -- whatever the parameters -- */

enum { DRAWS = 3000 };

static double log_uniform(struct random *chance, double low, double high) {
    return exp(log(low) + random_unit(chance) * log(high / low));
}

struct draw {
    struct model_params params;
    struct cbs_customer c;
    double horizon;
};

static struct draw draw_make(struct random *chance) {
    static const enum model_kind kinds[] = {MODEL_NBD, MODEL_BGNBD, MODEL_MBGNBD, MODEL_BGCNBD, MODEL_MBGCNBD};
    struct draw d = {.params = {.kind = kinds[(size_t)(5 * random_unit(chance))], .k = 1}};
    if (d.params.kind == MODEL_BGCNBD || d.params.kind == MODEL_MBGCNBD)
        d.params.k = 1 + (int32_t)(MODEL_K_MOST * random_unit(chance));
    for (size_t j = 0; j < 4; j++)
        d.params.v[j] = log_uniform(chance, 1e-6, 1e6);
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
        const struct model_def *def = model_of(d.params.kind);
        assert_int_equal(cbs_check(&d.c, false), CBS_FINE);
        double alive = def->alive(&d.params, &d.c), active = def->active(&d.params, &d.c, d.horizon);
        double expected = def->expected(&d.params, &d.c, d.horizon), more = def->active(&d.params, &d.c, 2 * d.horizon);
        double later = def->expected(&d.params, &d.c, 2 * d.horizon);
        if (!(alive >= 0 && alive <= 1 && active >= 0 && active <= alive * (1 + TOL_ROUND) && isfinite(expected) &&
              active <= expected * (1 + TOL_SAME) && active <= more * (1 + TOL_ROUND) &&
              expected <= later * (1 + TOL_SAME) && isfinite(def->loglik(&d.params, &d.c))))
            fail_msg("draw %zu: alive %g, active %.17g, %.17g, expected %.17g, %.17g", i, alive, active, more, expected,
                     later);
        assert_true(def->active(&d.params, &d.c, 0) == 0 && def->expected(&d.params, &d.c, 0) == 0);
    }
}

static void active_is_what_the_likelihood_loses_by_silence(void **state) {
    (void)state;
    struct random chance;
    random_seed(&chance, 2, 0);
    for (size_t i = 0; i < DRAWS; i++) {
        struct draw d = draw_make(&chance);
        const struct model_def *def = model_of(d.params.kind);
        struct cbs_customer silent = d.c;
        silent.T += d.horizon;
        double before = def->loglik(&d.params, &d.c), lost = def->loglik(&d.params, &silent) - before;
        assert_near("active", i, def->active(&d.params, &d.c, d.horizon), -expm1(lost),
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
        ;
        struct cbs_customer c = {d.c.x, 8 * d.c.t_x, 8 * d.c.T, 0};
        const struct model_def *def = model_of(d.params.kind);
        eighths.v[1] *= 8;
        assert_near("alive", i, def->alive(&eighths, &c), def->alive(&d.params, &d.c), TOL_ROUND);
        assert_near("active", i, def->active(&eighths, &c, 8 * d.horizon), def->active(&d.params, &d.c, d.horizon),
                    TOL_ROUND);
        double expected = def->expected(&d.params, &d.c, d.horizon);
        assert_near("expected", i, def->expected(&eighths, &c, 8 * d.horizon), expected, TOL_ROUND * expected);
    }
}

static void one_phase_is_the_plain_model(void **state) {
    (void)state;
    struct random chance;
    random_seed(&chance, 4, 0);
    for (size_t i = 0; i < DRAWS; i++) {
        struct draw d = draw_make(&chance);
        struct model_params plain = d.params, one = d.params;
        bool every = i % 2;
        plain.kind = every ? MODEL_MBGNBD : MODEL_BGNBD;
        one.kind = every ? MODEL_MBGCNBD : MODEL_BGCNBD;
        plain.k = one.k = 1;
        const struct model_def *a = model_of(plain.kind), *b = model_of(one.kind);
        assert_true(a->alive(&plain, &d.c) == b->alive(&one, &d.c));
        assert_true(a->active(&plain, &d.c, d.horizon) == b->active(&one, &d.c, d.horizon));
        assert_true(a->expected(&plain, &d.c, d.horizon) == b->expected(&one, &d.c, d.horizon));
        assert_true(a->loglik(&plain, &d.c) == b->loglik(&one, &d.c));
    }
}

static void hardly_any_leaving_is_the_nbd(void **state) {
    (void)state;
    const struct cbs_customer c[] = {{0, 0, 40, 0}, {3, 20, 40, 0}, {12, 39, 40, 0}, {1, 40, 40, 0}};
    const struct model_params nbd = {MODEL_NBD, 1, {0.385, 12.07}}, bg = {MODEL_BGNBD, 1, {0.385, 12.07, 1e-8, 10}};
    const struct model_params mbg = {MODEL_MBGNBD, 1, {0.385, 12.07, 1e-8, 10}};
    for (size_t i = 0; i < sizeof c / sizeof *c; i++) {
        double active = cnbd_active(&nbd, &c[i], 39), expected = cnbd_expected(&nbd, &c[i], 39);
        assert_near("active", i, cnbd_active(&bg, &c[i], 39), active, TOL_LIMIT * active);
        assert_near("active", i, cnbd_active(&mbg, &c[i], 39), active, TOL_LIMIT * active);
        assert_near("expected", i, cnbd_expected(&bg, &c[i], 39), expected, TOL_LIMIT * expected);
        assert_near("expected", i, cnbd_expected(&mbg, &c[i], 39), expected, TOL_LIMIT * expected);
        assert_near("loglik", i, cnbd_loglik(&bg, &c[i]), cnbd_loglik(&nbd, &c[i]), TOL_LIMIT);
    }
}

static void one_time_buyer_of_bgnbd_is_alive_for_ever_but_not_active(void **state) {
    (void)state;
    const struct model_params bg = {MODEL_BGNBD, 1, {0.243, 4.414, 0.793, 2.426}};
    const struct cbs_customer silent = {0, 0, 3650, 0}, fresh = {2, 38, 39, 0};
    assert_true(cnbd_alive(&bg, &silent) == 1);
    assert_true(cnbd_active(&bg, &silent, 39) < 0.01);
    assert_true(cnbd_active(&bg, &fresh, 39) > 0.5);
}

static void parameters_outside_are_refused(void **state) {
    (void)state;
    static const struct model_params bad[] = {
        {MODEL_NBD, 1, {0, 1}},
        {MODEL_NBD, 1, {1, NAN}},
        {MODEL_NBD, 2, {1, 1}},
        {MODEL_BGNBD, 1, {1, 1, 1, 0}},
        {MODEL_BGNBD, 1, {1, 2e8, 1, 1}},
        {MODEL_MBGNBD, 1, {1, 1, 0.9e-8, 1}},
        {MODEL_MBGNBD, 1, {1, 1, INFINITY, 1}},
        {MODEL_BGCNBD, 0, {1, 1, 1, 1}},
        {MODEL_MBGCNBD, MODEL_K_MOST + 1, {1, 1, 1, 1}},
        {MODEL_MBGNBD, 2, {1, 1, 1, 1}},
    };
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        assert_int_equal(model_of(bad[i].kind)->check(&bad[i]), STAT_DOMAIN);
    assert_int_equal(cnbd_check(&(struct model_params){MODEL_MBGCNBD, MODEL_K_MOST, {1e-8, 1e8, 1, 1}}), STAT_OK);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(chances_and_expectations_equal_60_digit_values),
        cmocka_unit_test(predictions_are_chances_in_order_and_finite),
        cmocka_unit_test(active_is_what_the_likelihood_loses_by_silence),
        cmocka_unit_test(unit_of_time_changes_no_chance),
        cmocka_unit_test(one_phase_is_the_plain_model),
        cmocka_unit_test(hardly_any_leaving_is_the_nbd),
        cmocka_unit_test(one_time_buyer_of_bgnbd_is_alive_for_ever_but_not_active),
        cmocka_unit_test(parameters_outside_are_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
