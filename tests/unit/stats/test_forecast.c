// SPDX-License-Identifier: Apache-2.0
/* The forecast on invented companies whose truth is known: what is chosen, that it does not look ahead, that what it says of one
 * customer never contradicts itself, and that its chances are right. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <math.h>
#include <string.h>

#include "base/buf.h"
#include "forecast_company.h"
#include "stats/forecast_parts.h"

enum { CUSTOMERS = 900, WINNING = 500, DAYS = 900, AS_OF = COMPANY_FIRST + 700, HORIZON = FORECAST_HORIZON_DAYS };
static const double TOL_SHARE_SD = 4;    /* a share may be off by so many standard errors */
static const double TOL_LEVEL = 0.04;    /* and by this: parameters are learnt, too */
static const double COVERED_LEAST = 0.8; /* of the true chances, by an 80 % range */

/* Irregular buyers, some of whom leave; a purchase in about 40 days. */
static const struct model_params leaving = {.kind = MODEL_MBGNBD, .k = 1, .v = {1.2, 50, 0.8, 4}};
/* Clockwork: eight phases a purchase. */
static const struct model_params regular = {.kind = MODEL_MBGCNBD, .k = 8, .v = {4, 18, 0.6, 6}};

static struct arena arena;
static struct history *people; /* of `leaving` */

static int people_make(void **state) {
    (void)state;
    arena_init(&arena, 0, arena_full_exit, NULL);
    people = company_make(&arena, &leaving, NULL, 3, CUSTOMERS, WINNING, DAYS);
    return 0;
}

static int people_clear(void **state) {
    (void)state;
    arena_clear(&arena);
    return 0;
}

static struct str text_of(const struct forecast_model *model) {
    struct buf buf;
    buf_init(&buf, &arena, 0);
    forecast_write(model, &buf);
    return buf_str(&buf);
}

static struct str learnt(const struct history *h, int32_t as_of, unsigned threads, struct forecast_report *report) {
    struct forecast_model *model;
    assert_int_equal(company_learn(&arena, h, CUSTOMERS, as_of, threads, FORECAST_NONE, &model, report), STAT_OK);
    return text_of(model);
}

static void forecast_is_the_same_bits_for_any_number_of_threads(void **state) {
    (void)state;
    struct forecast_report one = {0}, two = {0};
    struct str alone = learnt(people, AS_OF, 1, &one), shared = learnt(people, AS_OF, 2, &two);
    assert_true(str_equal(alone, shared));
    for (int m = 0; m < FORECAST_METHODS; m++)
        assert_memory_equal(&one.trial[m].measure.log_score, &two.trial[m].measure.log_score, sizeof(struct estimate));
}

static void forecast_does_not_see_what_comes_after_the_day(void **state) {
    (void)state;
    struct forecast_report with = {0}, without = {0};
    struct history *cut = company_until(&arena, people, CUSTOMERS, AS_OF);
    for (size_t i = 0; i < CUSTOMERS; i++)
        assert_true(cut[i].n <= people[i].n);
    assert_true(str_equal(learnt(people, AS_OF, 1, &with), learnt(cut, AS_OF, 1, &without)));
    assert_int_equal(with.chosen, without.chosen);
    assert_int_equal(with.purchases, without.purchases);
}

static void forecast_of_an_earlier_day_is_that_of_the_earlier_company(void **state) {
    (void)state;
    struct forecast_report report = {0};
    struct history *cut = company_until(&arena, people, CUSTOMERS, AS_OF - HORIZON);
    struct str then = learnt(people, AS_OF - HORIZON, 1, &report);
    assert_true(str_equal(then, learnt(cut, AS_OF - HORIZON, 1, &report)));
    assert_false(str_equal(then, learnt(people, AS_OF, 1, &report)));
}

static void forecast_of_one_customer_is_that_among_all(void **state) {
    (void)state;
    struct forecast_model *model, *again;
    struct forecast_report report = {0};
    assert_int_equal(company_learn(&arena, people, CUSTOMERS, AS_OF, 1, FORECAST_NONE, &model, &report), STAT_OK);
    struct str text = text_of(model);
    assert_int_equal(forecast_read(&arena, text, &again), STAT_OK);
    for (size_t i = 0; i < CUSTOMERS; i++) {
        struct forecast among = {0}, alone = {0};
        forecast_customer(model, &people[i], STAT_NONE, &among);
        struct history copy = people[i];
        copy.n = history_until(&people[i], AS_OF); /* its later days are not looked at */
        forecast_customer(again, &copy, STAT_NONE, &alone);
        assert_memory_equal(&among, &alone, sizeof among);
    }
}

static void check_one(const struct forecast *f, int32_t as_of) {
    assert_true(f->p_active_e4 >= 0 && f->p_active_e4 <= 10000);
    assert_true(f->p_active_low_e4 >= 0 && f->p_active_low_e4 <= f->p_active_e4);
    assert_true(f->p_active_high_e4 <= 10000 && f->p_active_high_e4 >= f->p_active_e4);
    assert_true(f->expected_90d_e4 >= f->p_active_e4);
    assert_true(f->p_alive_e4 == STAT_NONE || (f->p_alive_e4 >= f->p_active_e4 && f->p_alive_e4 <= 10000));
    assert_true(f->expected_value_365d_cents >= 0);
    assert_int_equal(f->next_on.n == DAY_NONE.n, f->next_from.n == DAY_NONE.n);
    assert_int_equal(f->next_on.n == DAY_NONE.n, f->next_to.n == DAY_NONE.n);
    if (f->next_on.n != DAY_NONE.n)
        assert_true(as_of < f->next_from.n && f->next_from.n <= f->next_on.n && f->next_on.n <= f->next_to.n);
}

static void forecast_numbers_of_a_customer_agree_by_every_method(void **state) {
    (void)state;
    for (int m = FORECAST_NONE; m < FORECAST_METHODS; m++) {
        struct forecast_model *model;
        struct forecast_report report = {0};
        assert_int_equal(company_learn(&arena, people, CUSTOMERS, AS_OF, 1, (enum forecast_method)m, &model, &report),
                         STAT_OK);
        assert_true(m == FORECAST_NONE || (int)report.chosen == m);
        for (size_t i = 0; i < CUSTOMERS; i++) {
            struct forecast f;
            forecast_customer(model, &people[i], STAT_NONE, &f);
            if (people[i].day[0] > AS_OF) {
                assert_int_equal(f.p_active_e4, STAT_NONE);
                continue;
            }
            check_one(&f, AS_OF);
            double before = 1;
            for (int32_t days = 0; days <= 360; days += 30) {
                double none = forecast_none_within(model, &people[i], STAT_NONE, days);
                assert_true(none >= 0 && none <= before);
                before = none;
            }
        }
    }
}

static void forecast_none_within_the_horizon_is_the_chance_that_is_said(void **state) {
    (void)state;
    struct forecast_model *model;
    struct forecast_report report = {0};
    assert_int_equal(company_learn(&arena, people, CUSTOMERS, AS_OF, 1, FORECAST_NONE, &model, &report), STAT_OK);
    for (size_t i = 0; i < CUSTOMERS; i++) {
        struct forecast f;
        forecast_customer(model, &people[i], STAT_NONE, &f);
        if (f.p_active_e4 == STAT_NONE)
            continue;
        double within = 1 - forecast_none_within(model, &people[i], STAT_NONE, HORIZON);
        assert_true(fabs(within - (double)f.p_active_e4 / 1e4) < 1e-4);
    }
}

/* By the NBD nobody leaves: "a customer still: 100 %" would be said of everybody, also of who bought once ten years ago. The same
 * goes for a model of leaving whose fit ended where nobody leaves. */
static void forecast_alive_is_not_said_by_a_model_that_knows_no_leaving(void **state) {
    (void)state;
    static const struct {
        struct model_params params;
        bool said;
    } models[] = {{{.kind = MODEL_NBD, .k = 1, .v = {1.5, 80}}, false},
                  {{.kind = MODEL_MBGNBD, .k = 1, .v = {1.5, 80, 1e-8, 2}}, false},
                  {{.kind = MODEL_BGNBD, .k = 1, .v = {1.5, 80, 0.8, 4}}, false}, /* one purchase: alive for ever */
                  {{.kind = MODEL_MBGNBD, .k = 1, .v = {1.2, 50, 0.8, 4}}, true},
                  {{.kind = MODEL_PNBD, .k = 1, .v = {1.2, 50, 0.8, 400}}, true}};
    struct forecast_model *model;
    struct forecast_report report = {0};
    assert_int_equal(company_learn(&arena, people, CUSTOMERS, AS_OF, 1, FORECAST_NONE, &model, &report), STAT_OK);
    assert_true(model->counts);
    for (size_t m = 0; m < sizeof models / sizeof *models; m++) {
        for (uint32_t s = 0; s <= model->segments; s++)
            model->count[s] = models[m].params;
        for (size_t i = 0; i < CUSTOMERS; i++) {
            struct forecast f;
            forecast_customer(model, &people[i], STAT_NONE, &f);
            if (f.p_active_e4 != STAT_NONE)
                assert_true((f.p_alive_e4 != STAT_NONE) == models[m].said);
        }
    }
}

static void forecast_of_a_short_history_is_the_cycle_rule_and_says_until_when(void **state) {
    (void)state;
    struct forecast_model *model;
    struct forecast_report report = {0};
    int32_t young = COMPANY_FIRST + 150; /* less than two horizons */
    assert_int_equal(company_learn(&arena, people, CUSTOMERS, young, 1, FORECAST_NONE, &model, &report), STAT_OK);
    assert_int_equal(report.chosen, FORECAST_CYCLE);
    assert_int_equal(forecast_model_method(model), FORECAST_CYCLE);
    assert_int_equal(report.enough_on.n, report.first_day.n + 2 * HORIZON);
    assert_int_equal(report.origins, 0);
    struct forecast f;
    forecast_customer(model, &people[0], STAT_NONE, &f);
    check_one(&f, young);
    assert_int_equal(f.p_alive_e4, STAT_NONE);
    assert_int_equal(company_learn(&arena, people, CUSTOMERS, AS_OF, 1, FORECAST_NONE, &model, &report), STAT_OK);
    assert_int_equal(report.enough_on.n, DAY_NONE.n);
    assert_true(report.origins > 0);
}

static void forecast_of_nobody_says_nothing(void **state) {
    (void)state;
    struct forecast_model *model;
    struct forecast_report report = {0};
    struct forecast f;
    assert_int_equal(company_learn(&arena, people, 0, AS_OF, 1, FORECAST_NONE, &model, &report), STAT_OK);
    assert_int_equal(report.chosen, FORECAST_NONE);
    forecast_customer(model, &people[0], STAT_NONE, &f);
    assert_int_equal(f.p_active_e4, STAT_NONE);
    assert_true(forecast_none_within(model, &people[0], STAT_NONE, 30) >= 1);
    assert_int_equal(company_learn(&arena, people, 0, AS_OF, 1, FORECAST_MIXK, &model, &report), STAT_TOO_FEW);
}

static double score(const struct forecast_report *report, enum forecast_method method) {
    assert_true(report->trial[method].tried);
    return report->trial[method].measure.log_score.value;
}

/* Who buys like clockwork is late after one missed beat: a model that does not know it must lose, and be left. */
static void forecast_chooses_by_what_proved_itself(void **state) {
    (void)state;
    struct forecast_model *model;
    struct forecast_report report = {0};
    struct history *h = company_make(&arena, &regular, NULL, 11, CUSTOMERS, WINNING, DAYS);
    assert_int_equal(company_learn(&arena, h, CUSTOMERS, AS_OF, 1, FORECAST_NONE, &model, &report), STAT_OK);
    assert_true(score(&report, FORECAST_MBGCNBD) < score(&report, FORECAST_MBGNBD));
    assert_true(score(&report, FORECAST_MIXK) < score(&report, FORECAST_MBGNBD));
    assert_true(score(&report, FORECAST_MBGNBD) < score(&report, FORECAST_NBD));
    assert_true(report.chosen == FORECAST_MBGCNBD || report.chosen == FORECAST_MIXK || report.chosen == FORECAST_STACK);
    double said = 0, plain = 0;
    struct forecast_model *wrong;
    struct forecast_report other = {0};
    assert_int_equal(company_learn(&arena, h, CUSTOMERS, AS_OF, 1, FORECAST_BGNBD, &wrong, &other), STAT_OK);
    for (size_t i = 0; i < CUSTOMERS; i++) {
        struct cbs_customer c;
        struct forecast f, g;
        if (history_summary(&h[i], AS_OF, &c) != STAT_OK)
            continue;
        forecast_customer(model, &h[i], STAT_NONE, &f);
        forecast_customer(wrong, &h[i], STAT_NONE, &g);
        double truth = model_of(regular.kind)->active(&regular, &c, HORIZON);
        said += fabs((double)f.p_active_e4 / 1e4 - truth);
        plain += fabs((double)g.p_active_e4 / 1e4 - truth);
    }
    assert_true(said < 0.7 * plain); /* nearer to the truth, not only in the score */
}

static void forecast_chances_are_calibrated_and_their_ranges_cover(void **state) {
    (void)state;
    struct forecast_model *model;
    struct forecast_report report = {0};
    double said[4] = {0}, came[4] = {0}, n[4] = {0}, covered = 0, all = 0;
    assert_int_equal(company_learn(&arena, people, CUSTOMERS, AS_OF, 1, FORECAST_NONE, &model, &report), STAT_OK);
    for (size_t i = 0; i < CUSTOMERS; i++) {
        struct forecast f;
        struct cbs_customer c;
        forecast_customer(model, &people[i], STAT_NONE, &f);
        if (history_summary(&people[i], AS_OF, &c) != STAT_OK)
            continue;
        double truth = model_of(leaving.kind)->active(&leaving, &c, HORIZON);
        int bin = (int)fmin((double)f.p_active_e4 / 2500, 3);
        said[bin] += (double)f.p_active_e4 / 1e4;
        came[bin] += history_between(&people[i], AS_OF, AS_OF + HORIZON) > 0;
        n[bin]++;
        covered += truth >= (double)f.p_active_low_e4 / 1e4 && truth <= (double)f.p_active_high_e4 / 1e4;
        all++;
    }
    for (int b = 0; b < 4; b++) {
        double mean = said[b] / fmax(n[b], 1), error = sqrt(mean * (1 - mean) / fmax(n[b], 1));
        assert_true(n[b] > 20);
        assert_true(fabs(came[b] / n[b] - mean) < TOL_SHARE_SD * error + TOL_LEVEL);
    }
    assert_true(covered / all >= COVERED_LEAST);
}

static void forecast_method_names_are_read_back(void **state) {
    (void)state;
    for (int m = FORECAST_CYCLE; m < FORECAST_METHODS; m++) {
        enum forecast_method back;
        assert_true(forecast_method_parse(str_from(forecast_method_name((enum forecast_method)m)), &back));
        assert_int_equal((int)back, m);
    }
    enum forecast_method none;
    assert_false(forecast_method_parse(str_from("none"), &none));
    assert_false(forecast_method_parse(str_from("mixkk"), &none));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(forecast_is_the_same_bits_for_any_number_of_threads),
        cmocka_unit_test(forecast_does_not_see_what_comes_after_the_day),
        cmocka_unit_test(forecast_of_an_earlier_day_is_that_of_the_earlier_company),
        cmocka_unit_test(forecast_of_one_customer_is_that_among_all),
        cmocka_unit_test(forecast_numbers_of_a_customer_agree_by_every_method),
        cmocka_unit_test(forecast_none_within_the_horizon_is_the_chance_that_is_said),
        cmocka_unit_test(forecast_alive_is_not_said_by_a_model_that_knows_no_leaving),
        cmocka_unit_test(forecast_of_a_short_history_is_the_cycle_rule_and_says_until_when),
        cmocka_unit_test(forecast_of_nobody_says_nothing),
        cmocka_unit_test(forecast_chooses_by_what_proved_itself),
        cmocka_unit_test(forecast_chances_are_calibrated_and_their_ranges_cover),
        cmocka_unit_test(forecast_method_names_are_read_back),
    };
    return cmocka_run_group_tests(tests, people_make, people_clear);
}
