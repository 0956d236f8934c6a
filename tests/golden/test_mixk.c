// SPDX-License-Identifier: Apache-2.0
/* The mixture over regularity on published data.
 *
 * The model is ours, so there is no published figure: the optima here were found apart, by scipy's L-BFGS-B on a likelihood written
 * from the definition. Grocery: Reutterer, Platzer, Schroeder (2021), where one k for all is 2. CDNOW: Fader, Hardie (2001), the
 * whole log of 23,570 customers, where it is 1.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <math.h>
#include <string.h>

#include "base/day.h"
#include "data.h"
#include "stats/mixk.h"

#define TOL_LOGLIK 1e-3
#define TOL_PARAMETER 1e-5 /* relative; what L-BFGS leaves */
#define TOL_ROUND 1e-9

enum { WEEKS_AFTER = 26 };

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

static int32_t day_of(const char *iso) {
    struct day day;
    assert_true(day_parse_iso((struct str){iso, 10}, &day));
    return day.n;
}

static struct cbs_customer *customers_of(const char *path, size_t customer, size_t date, const char *until,
                                         const char *later, size_t *n, double **after) {
    size_t purchases;
    struct data_purchase *log = data_log(&arena, path, customer, date, SIZE_MAX, &purchases);
    return data_customers(&arena, log, purchases, day_of(until), 7, day_of(later), n, after);
}

static struct model_fit fit_of(const struct cbs_customer *c, size_t n, enum model_kind kind, int32_t k) {
    struct cbs_customer *copy = arena_new(&arena, struct cbs_customer, n);
    struct cbs data;
    struct model_fit fit;
    memcpy(copy, c, n * sizeof *c);
    assert_int_equal(cbs_make(&arena, copy, NULL, n, true, 2, &data), STAT_OK);
    assert_int_equal(model_of(kind)->fit(&arena, &data, &(struct model_fit_options){.k = k, .threads = 2}, &fit),
                     STAT_OK);
    return fit;
}

static void assert_relative(double got, double want, double tolerance) {
    if (!(fabs(got - want) <= tolerance * fabs(want)))
        fail_msg("%.10g, not %.10g", got, want);
}

static void grocery_is_a_mixture_around_two(void **state) {
    (void)state;
    if (!data_is_here())
        skip();
    static const double known[MODEL_PARAMS] = {1.2503588,  5.1587149,  0.43085273, 0.81359502,
                                               0.21787634, 0.31825981, 0.17950518, 0.28435867};
    size_t n;
    struct cbs_customer *c = customers_of("btyd/grocery_elog.csv", 0, 1, "2006-12-31", "2006-12-31", &n, NULL);
    struct model_fit mixed = fit_of(c, n, MODEL_MIXK, 0), best = fit_of(c, n, MODEL_MBGCNBD, 0);
    assert_int_equal(best.params.k, 2);
    assert_true(fabs(mixed.loglik - -14436.6120) < TOL_LOGLIK);
    assert_true(mixed.loglik > best.loglik + 500);
    assert_int_equal(mixed.stop, MODEL_CONVERGED);
    for (size_t i = 0; i < MODEL_PARAMS; i++)
        assert_relative(mixed.params.v[i], known[i], TOL_PARAMETER);
    assert_true(mixed.params.v[5] > mixed.params.v[4] && mixed.params.v[5] > mixed.params.v[7]);
}

/* One k for all says too surely who has left; none says too little of how many will be bought. */
static void grocery_foretold_is_surer_than_no_regularity_and_less_rash_than_one(void **state) {
    (void)state;
    if (!data_is_here())
        skip();
    enum { MIXED, IRREGULAR, ONE, MODELS };
    size_t n;
    double *after, log_score[MODELS] = {0}, off[MODELS] = {0};
    struct cbs_customer *c = customers_of("btyd/grocery_elog.csv", 0, 1, "2006-12-31", "2007-07-01", &n, &after);
    const struct model_params params[MODELS] = {fit_of(c, n, MODEL_MIXK, 0).params,
                                                fit_of(c, n, MODEL_MBGCNBD, 1).params,
                                                fit_of(c, n, MODEL_MBGCNBD, 2).params};
    for (size_t m = 0; m < MODELS; m++)
        for (size_t i = 0; i < n; i++) {
            const struct model_def *def = model_of(params[m].kind);
            double active = def->active(&params[m], &c[i], WEEKS_AFTER);
            log_score[m] -= log(after[i] > 0 ? active : 1 - active);
            off[m] += fabs(def->expected(&params[m], &c[i], WEEKS_AFTER) - after[i]);
        }
    assert_true(log_score[MIXED] < log_score[ONE]);
    assert_true(off[MIXED] < 0.95 * off[IRREGULAR]);
}

static void cdnow_is_hardly_regular(void **state) {
    (void)state;
    if (!data_is_here())
        skip();
    size_t n;
    struct cbs_customer *c = customers_of("btyd/cdnow_master_elog.csv.gz", 0, 1, "1997-09-30", "1997-09-30", &n, NULL);
    assert_int_equal(n, 23570);
    struct model_fit mixed = fit_of(c, n, MODEL_MIXK, 0);
    assert_true(fabs(mixed.loglik - -95300.3845) < TOL_LOGLIK);
    assert_relative(mixed.params.v[4], 0.8992243, TOL_PARAMETER);
    assert_true(mixed.params.v[6] == 0 && mixed.params.v[7] == 0);
    assert_int_equal(mixed.free, 5);
    assert_int_equal(mixed.stop, MODEL_CONVERGED);
}

static void apparel_without_regularity_is_mbgnbd(void **state) {
    (void)state;
    if (!data_is_here())
        skip();
    size_t n;
    struct cbs_customer *c = customers_of("btyd/apparel_trans.csv", 0, 1, "2010-12-20", "2010-12-20", &n, NULL);
    struct model_fit mixed = fit_of(c, n, MODEL_MIXK, 0), plain = fit_of(c, n, MODEL_MBGNBD, 0);
    assert_true(mixed.params.v[4] == 1);
    assert_int_equal(mixed.free, 4);
    assert_relative(mixed.loglik, plain.loglik, TOL_ROUND);
    for (size_t i = 0; i < 4; i++)
        assert_relative(mixed.params.v[i], plain.params.v[i], TOL_PARAMETER);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(grocery_is_a_mixture_around_two),
        cmocka_unit_test(grocery_foretold_is_surer_than_no_regularity_and_less_rash_than_one),
        cmocka_unit_test(cdnow_is_hardly_regular),
        cmocka_unit_test(apparel_without_regularity_is_mbgnbd),
    };
    return cmocka_run_group_tests_name("golden_mixk", tests, arena_begin, arena_end);
}
