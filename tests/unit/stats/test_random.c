// SPDX-License-Identifier: Apache-2.0
/* The generator against its authors' reference values; each distribution against its own function, share by share. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <math.h>

#include "stats/random.h"
#include "stats/special.h"

enum { DRAWS = 50000, BINS = 20 };

/* Chi-square with 19 degrees: above this with probability 1e-6; the seed is fixed, so it is passed or not. */
static const double CHI_MOST = 65.4;

static void generator_gives_the_reference_values(void **state) {
    (void)state;
    const uint64_t want[] = {41943041u,           58720359u, 3588806011781223u, 3591011842654386u, 9228616714210784205u,
                             9973669472204895162u};
    struct random r = {{1, 2, 3, 4}};
    for (size_t i = 0; i < 6; i++)
        assert_true(random_next(&r) == want[i]);
    random_seed(&r, 7, 3);
    assert_true(random_next(&r) == 0xe700a780a0d5c04bu);
}

static void streams_of_a_seed_are_apart(void **state) {
    (void)state;
    double correlation = 0;
    for (uint64_t stream = 0; stream < DRAWS; stream++) {
        struct random a, b;
        random_seed(&a, 42, stream);
        random_seed(&b, 42, stream + 1);
        correlation += 12 * (random_unit(&a) - 0.5) * (random_unit(&b) - 0.5) / DRAWS;
    }
    assert_true(fabs(correlation) < 5 / sqrt(DRAWS));
}

static void unit_stays_inside(void **state) {
    (void)state;
    /* All bits of the word set, or none: s[0] + s[3] = 0 leaves rotl(0) + s[0]. */
    struct random most = {{UINT64_MAX, 0, 0, 1}}, least = {{0, 1, 1, 0}};
    double high = random_unit(&most), low = random_unit(&least);
    assert_true(high < 1 && high > 0.999999 && low > 0 && low < 1e-6);
}

/* Chi-square of draws whose lower share should be even. */
static double chi_of(double (*share)(struct random *r)) {
    double count[BINS] = {0}, chi = 0, want = (double)DRAWS / BINS;
    struct random r;
    random_seed(&r, 20, 1);
    for (int i = 0; i < DRAWS; i++) {
        double p = share(&r);
        assert_true(p >= 0 && p <= 1);
        count[(int)fmin(p * BINS, BINS - 1)]++;
    }
    for (int b = 0; b < BINS; b++)
        chi += (count[b] - want) * (count[b] - want) / want;
    return chi;
}

static double share_unit(struct random *r) {
    return random_unit(r);
}
static double share_normal(struct random *r) {
    return special_normal_cdf(random_normal(r));
}
static double share_exponential(struct random *r) {
    return -expm1(-random_exponential(r));
}
static double share_gamma_small(struct random *r) {
    return special_gamma_lower(0.05, random_gamma(r, 0.05));
}
static double share_gamma_one(struct random *r) {
    return special_gamma_lower(1, random_gamma(r, 1));
}
static double share_gamma_large(struct random *r) {
    return special_gamma_lower(1e5, random_gamma(r, 1e5));
}
/* So small that the number itself is 0 most of the time: its log to the power of the shape is even in (0, 1) nearly. */
static double share_log_gamma_tiny(struct random *r) {
    return fmin(1, exp(1e-6 * random_log_gamma(r, 1e-6)));
}
static double share_beta(struct random *r) {
    return special_beta_lower(0.3, 2.5, random_beta(r, 0.3, 2.5));
}
static double share_beta_large(struct random *r) {
    return special_beta_lower(4000, 90, random_beta(r, 4000, 90));
}
/* A whole number spread evenly over its own share. */
static double share_poisson(struct random *r, double mean) {
    double n = (double)random_poisson(r, mean);
    double below = n == 0 ? 0 : special_gamma_upper(n, mean), upto = special_gamma_upper(n + 1, mean);
    return below + (upto - below) * random_unit(r);
}
static double share_poisson_small(struct random *r) {
    return share_poisson(r, 0.7);
}
static double share_poisson_middle(struct random *r) {
    return share_poisson(r, 11.3);
}
static double share_poisson_large(struct random *r) {
    return share_poisson(r, 1e6);
}

static void distributions_have_their_shares(void **state) {
    (void)state;
    double (*const all[])(struct random *) = {
        share_unit,       share_normal,        share_exponential,    share_gamma_small,
        share_gamma_one,  share_gamma_large,   share_log_gamma_tiny, share_beta,
        share_beta_large, share_poisson_small, share_poisson_middle, share_poisson_large,
    };
    for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
        double chi = chi_of(all[i]);
        if (!(chi < CHI_MOST))
            fail_msg("distribution %zu: chi-square %.1f", i, chi);
    }
}

static void edges_are_finite(void **state) {
    (void)state;
    struct random r;
    random_seed(&r, 0, 0);
    for (int i = 0; i < 1000; i++) {
        assert_true(isfinite(random_log_gamma(&r, 1e-8)) && random_log_gamma(&r, 1e-8) < 0);
        double p = random_beta(&r, 1e-8, 1e-8);
        assert_true(p >= 0 && p <= 1);
        assert_true(random_poisson(&r, 0) == 0 && random_poisson(&r, -1) == 0 && random_poisson(&r, NAN) == 0);
        assert_true(random_poisson(&r, 1e-12) == 0);
        assert_true(fabs((double)random_poisson(&r, 1e12) / 1e12 - 1) < 1e-5);
        assert_true(random_poisson(&r, 1e300) > 0);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(generator_gives_the_reference_values),
        cmocka_unit_test(streams_of_a_seed_are_apart),
        cmocka_unit_test(unit_stays_inside),
        cmocka_unit_test(distributions_have_their_shares),
        cmocka_unit_test(edges_are_finite),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
