// SPDX-License-Identifier: Apache-2.0
/* Pareto/GGG on the grocery data.
 *
 * Published: the walkthrough of the package BTYDplus (M. Platzer; the model is Platzer, Reutterer 2016) gives medians of its draws
 * for the year 2006 in weeks, what it foretells of the first six customers for 2007 (means of 100 draws), and a mean absolute error
 * of 1.390 against 1.514 of Pareto/NBD. Its priors are flatter than ours, its chains shorter: agreement is to be within the
 * posterior's own width.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <math.h>
#include <string.h>

#include "base/day.h"
#include "base/parallel.h"
#include "data.h"
#include "stats/model.h"

#define TOL_POSTERIOR 1.0 /* standard deviations of the posterior */
#define TOL_DRAWN 0.07    /* of a published share of 100 draws */
#define TOL_COUNT 0.1     /* relative, and of a published mean of 100 draws */
#define ERROR_BETTER 0.95

enum { HORIZON = 52, STEP = 2 }; /* every second customer's error: fewer say little of the mean */

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

static int32_t day_of(const char *iso) {
    struct day day;
    assert_true(day_parse_iso((struct str){iso, 10}, &day));
    return day.n;
}

static struct cbs_customer *grocery(size_t *n, double **after) {
    size_t purchases;
    struct data_purchase *log = data_log(&arena, "btyd/grocery_elog.csv", 0, 1, SIZE_MAX, &purchases);
    return data_customers(&arena, log, purchases, day_of("2006-12-31"), 7, day_of("2007-12-30"), n, after);
}

static const struct model_params published = {MODEL_PGGG, 1, {1.671, 0.368, 0.942, 5.150, 0.435, 4.610}};

static void draws_agree_with_the_published_medians(void **state) {
    (void)state;
    if (!data_is_here())
        skip();
    size_t n;
    struct cbs_customer *c = grocery(&n, NULL);
    struct cbs data;
    struct model_fit fit;
    struct model_fit_options options = {.threads = 2, .seed = 1, .chains = 2, .draws = 200, .burn = 60};
    assert_int_equal(cbs_make(&arena, c, NULL, n, true, 2, &data), STAT_OK);
    assert_int_equal(model_of(MODEL_PGGG)->fit(&arena, &data, &options, &fit), STAT_OK);
    for (size_t i = 0; i < 6; i++) {
        double off = log(fit.params.v[i] / published.v[i]), width = sqrt(fit.covariance[i * (MODEL_PARAMS + 1)]);
        assert_true(fabs(off) < TOL_POSTERIOR * width);
    }
    assert_int_equal(fit.warnings, 0);
    assert_true(fabs(fit.loglik + 14430.74) < 0.1);
}

static void first_customers_are_foretold_as_published(void **state) {
    (void)state;
    if (!data_is_here())
        skip();
    static const struct {
        double x, expected, active, alive;
    } want[] = {{0, 0.08, 0.06, 0.10}, {1, 0.96, 0.57, 0.97}, {19, 15.45, 0.85, 0.87},
                {0, 0.11, 0.07, 0.10}, {2, 2.21, 0.86, 0.93}, {5, 4.57, 0.96, 0.98}};
    const struct model_def *def = model_of(MODEL_PGGG);
    size_t n;
    struct cbs_customer *c = grocery(&n, NULL);
    for (size_t i = 0; i < sizeof want / sizeof *want; i++) {
        assert_true(c[i].x == want[i].x);
        assert_true(fabs(def->alive(&published, &c[i]) - want[i].alive) < TOL_DRAWN);
        assert_true(fabs(def->active(&published, &c[i], HORIZON) - want[i].active) < TOL_DRAWN);
        double expected = def->expected(&published, &c[i], HORIZON);
        assert_true(fabs(expected - want[i].expected) < TOL_COUNT * fmax(1, want[i].expected));
    }
}

struct comparison {
    const struct cbs_customer *c;
    const double *after;
    struct model_params pnbd;
    double (*error)[2];
};

static void compare(void *owner, size_t task) {
    struct comparison *p = owner;
    size_t i = task * STEP;
    p->error[task][0] = fabs(model_of(MODEL_PGGG)->expected(&published, &p->c[i], HORIZON) - p->after[i]);
    p->error[task][1] = fabs(model_of(MODEL_PNBD)->expected(&p->pnbd, &p->c[i], HORIZON) - p->after[i]);
}

static void counts_are_foretold_better_than_without_regularity(void **state) {
    (void)state;
    if (!data_is_here())
        skip();
    size_t n;
    struct comparison p = {.c = NULL};
    double *after, sum[2] = {0};
    p.c = grocery(&n, &after);
    p.after = after;
    struct cbs_customer *copy = arena_new(&arena, struct cbs_customer, n);
    struct cbs data;
    struct model_fit fit;
    memcpy(copy, p.c, n * sizeof *copy);
    assert_int_equal(cbs_make(&arena, copy, NULL, n, false, 2, &data), STAT_OK);
    assert_int_equal(model_of(MODEL_PNBD)->fit(&arena, &data, &(struct model_fit_options){.threads = 2}, &fit),
                     STAT_OK);
    p.pnbd = fit.params;
    size_t tasks = (n + STEP - 1) / STEP;
    p.error = arena_alloc(&arena, tasks, sizeof *p.error);
    parallel_run(2, tasks, compare, &p);
    for (size_t i = 0; i < tasks; i++)
        for (size_t j = 0; j < 2; j++)
            sum[j] += p.error[i][j];
    assert_true(sum[0] < ERROR_BETTER * sum[1]);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(draws_agree_with_the_published_medians),
        cmocka_unit_test(first_customers_are_foretold_as_published),
        cmocka_unit_test(counts_are_foretold_better_than_without_regularity),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
