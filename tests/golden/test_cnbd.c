// SPDX-License-Identifier: Apache-2.0
/* NBD, BG/NBD, MBG/NBD and MBG/CNBD-k on the published data.
 *
 * CDNOW, 2,357 customers, 39 weeks: Fader, Hardie, Lee, "Counting your customers" the easy way, Marketing Science 24 (2005),
 * report BG/NBD r .243, alpha 4.414, a .793, b 2.426, LL -9582.4. Six digits of it, MBG/NBD (Batislam, Denizel, Filiztekin
 * 2007) and the sums over the hold-out were computed apart with other programs, NBD with scipy. Grocery: Reutterer, Platzer,
 * Schroeder, Leveraging purchase regularity for predicting customer behavior the easy way, International Journal of Research in
 * Marketing 38 (2021), whose data and k = 2 it is.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <math.h>

#include "base/day.h"
#include "data.h"
#include "stats/model.h"

#define TOL_PARAMETER 2e-6 /* relative: six digits */
#define TOL_LOGLIK 5e-5    /* four decimals */
#define TOL_LOGLIK_GROCERY 5e-4
#define TOL_SUM 0.06 /* of purchases, one decimal */

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

static void assert_near(const char *what, double got, double want, double tolerance) {
    if (!(fabs(got - want) <= tolerance))
        fail_msg("%s: %.10g, not %.10g", what, got, want);
}

static struct model_fit fit_of(struct cbs_customer *c, size_t n, enum model_kind kind, int32_t k) {
    struct cbs data;
    struct model_fit fit;
    const struct model_fit_options options = {.k = k, .threads = 2};
    assert_int_equal(cbs_make(&arena, c, NULL, n, false, 2, &data), STAT_OK);
    assert_int_equal(model_of(kind)->fit(&arena, &data, &options, &fit), STAT_OK);
    assert_int_equal(fit.customers, n);
    return fit;
}

static struct cbs_customer *cdnow_summary(size_t *n) {
    size_t columns;
    double *table = data_table(&arena, "btyd/cdnow_sample_summary_cal39.csv", n, &columns);
    struct cbs_customer *c = arena_new(&arena, struct cbs_customer, *n);
    for (size_t i = 0; i < *n; i++)
        c[i] = (struct cbs_customer){table[i * columns + 1], table[i * columns + 2], table[i * columns + 3], 0};
    return c;
}

static int32_t day_of(const char *iso) {
    struct day day;
    assert_true(day_parse_iso((struct str){iso, 10}, &day));
    return day.n;
}

static void cdnow_parameters_are_the_published_ones(void **state) {
    (void)state;
    if (!data_is_here())
        skip();
    static const struct {
        enum model_kind kind;
        size_t params;
        double v[4], loglik;
    } known[] = {
        {MODEL_NBD, 2, {0.384768, 12.0721}, -9763.6602},
        {MODEL_BGNBD, 4, {0.242593, 4.41353, 0.792886, 2.42575}, -9582.4256},
        {MODEL_MBGNBD, 4, {0.524838, 6.18299, 0.891356, 1.61400}, -9582.1327},
    };
    for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
        size_t n;
        struct cbs_customer *c = cdnow_summary(&n);
        struct model_fit fit = fit_of(c, n, known[i].kind, 0);
        assert_int_equal(n, 2357);
        assert_int_equal(fit.stop, MODEL_CONVERGED);
        assert_int_equal(fit.warnings, 0);
        for (size_t j = 0; j < known[i].params; j++)
            assert_near(model_of(known[i].kind)->param[j], fit.params.v[j], known[i].v[j],
                        TOL_PARAMETER * known[i].v[j]);
        assert_near("loglik", fit.loglik, known[i].loglik, TOL_LOGLIK);
        double parameters = (double)known[i].params;
        assert_near("aic", fit.aic, 2 * parameters - 2 * fit.loglik, TOL_LOGLIK);
        assert_near("bic", fit.bic, parameters * log(2357) - 2 * fit.loglik, TOL_LOGLIK);
    }
}

static void cdnow_hold_out_sums_are_the_published_ones(void **state) {
    (void)state;
    if (!data_is_here())
        skip();
    static const struct {
        enum model_kind kind;
        double sum;
    } known[] = {{MODEL_BGNBD, 1653.4}, {MODEL_MBGNBD, 1576.7}};
    size_t n, bills_n;
    struct data_purchase *bills = data_log(&arena, "btyd/cdnow_sample_elog.csv", 1, 2, SIZE_MAX, &bills_n);
    double *after, happened = 0;
    data_customers(&arena, bills, bills_n, day_of("1997-09-30"), 7, day_of("1998-06-30"), &n, &after);
    for (size_t i = 0; i < n; i++)
        happened += after[i];
    assert_true(happened == 1882);
    for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
        struct cbs_customer *c = cdnow_summary(&n);
        struct model_fit fit = fit_of(c, n, known[i].kind, 0);
        double sum = 0;
        for (size_t j = 0; j < n; j++)
            sum += model_of(known[i].kind)->expected(&fit.params, &c[j], 39);
        assert_near("expected purchases", sum, known[i].sum, TOL_SUM);
    }
}

static struct cbs_customer *grocery(size_t *n) {
    size_t bills_n;
    struct data_purchase *bills = data_log(&arena, "btyd/grocery_elog.csv", 0, 1, SIZE_MAX, &bills_n);
    int32_t end = day_of("2006-12-31");
    return data_customers(&arena, bills, bills_n, end, 7, end, n, NULL);
}

static void grocery_is_regular_with_k_2(void **state) {
    (void)state;
    if (!data_is_here())
        skip();
    static const double loglik[] = {-15781.939, -14978.211, -14996.850};
    size_t n;
    for (int32_t k = 1; k <= 3; k++) {
        struct cbs_customer *c = grocery(&n);
        struct model_fit fit = fit_of(c, n, MODEL_MBGCNBD, k);
        assert_int_equal(n, 1525);
        assert_int_equal(fit.stop, MODEL_CONVERGED);
        assert_near("loglik", fit.loglik, loglik[k - 1], TOL_LOGLIK_GROCERY);
    }
    struct cbs_customer *c = grocery(&n);
    struct model_fit best = fit_of(c, n, MODEL_MBGCNBD, 0);
    assert_int_equal(best.params.k, 2);
    assert_near("loglik", best.loglik, loglik[1], TOL_LOGLIK_GROCERY);
}

/* On the first ten months of the gift-ware shop leaving cannot be told from customers that differ. */
static void online_retail_is_the_nbd_and_says_so(void **state) {
    (void)state;
    if (!data_is_here())
        skip();
    size_t n, bills_n;
    struct data_purchase *bills = data_log(&arena, "btyd/online_retail_invoices.csv.gz", 2, 1, 6, &bills_n);
    int32_t end = day_of("2011-09-30");
    struct cbs_customer *c = data_customers(&arena, bills, bills_n, end, 1, end, &n, NULL);
    struct model_fit nbd = fit_of(c, n, MODEL_NBD, 0);
    static const enum model_kind kinds[] = {MODEL_BGNBD, MODEL_MBGNBD};
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        struct model_fit fit = fit_of(c, n, kinds[i], 0);
        assert_int_equal(fit.stop, MODEL_AT_BOUND);
        assert_int_equal(fit.warnings, MODEL_WARN_NO_DROPOUT);
        assert_near("loglik", fit.loglik, nbd.loglik, 1e-3);
        assert_int_equal(model_of(kinds[i])->check(&fit.params), STAT_OK);
        for (size_t j = 0; j < n; j++) {
            double want = model_of(MODEL_NBD)->expected(&nbd.params, &c[j], 90);
            assert_near("expected", model_of(kinds[i])->expected(&fit.params, &c[j], 90), want, 1e-4 * want);
        }
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(cdnow_parameters_are_the_published_ones),
        cmocka_unit_test(cdnow_hold_out_sums_are_the_published_ones),
        cmocka_unit_test(grocery_is_regular_with_k_2),
        cmocka_unit_test(online_retail_is_the_nbd_and_says_so),
    };
    return cmocka_run_group_tests(tests, arena_begin, arena_end);
}
