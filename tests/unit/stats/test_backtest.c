// SPDX-License-Identifier: Apache-2.0
/* The five customers of docs/methods/backtest.md; that nothing after a cut is seen; what is said when nothing can be. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <math.h>
#include <string.h>

#include "stats/backtest.h"

enum { E4 = 10000, HORIZON = 30, CUT = 100, CUSTOMERS = 5, MANY = 300 };

static const double TOL_ROUND = 1e-12, TOL_MODEL = 1e-10;

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

static const struct backtest_candidate days_30 = {
    .kind = BACKTEST_RULE, .due = {.kind = DUE_DAYS, .inactive_days = 30, .at_risk_days = 20, .lost_days = 730}};
static const struct backtest_candidate mean_gap_2 = {.kind = BACKTEST_MEAN_GAP, .times_e4 = 2 * E4};
static const struct backtest_candidate silent = {.kind = BACKTEST_SILENT};
static const struct backtest_candidate policy = {.kind = BACKTEST_POLICY};

/* -- the worked example: horizon 30, one cut on day 100 ----------------------------------------------------------- */

static const int32_t day_a[] = {40, 50, 60, 75, 90, 105, 120}; /* comes about every 15 days */
static const int32_t day_b[] = {20, 65, 110};
static const int32_t day_c[] = {10, 30};
static const int32_t day_d[] = {62};
static const int32_t day_e[] = {95, 140}; /* first seen between the two looks */
static const int64_t cents[] = {100, 100, 100, 100, 100, 100, 100};
static const struct history five[CUSTOMERS] = {{.day = day_a, .cents = cents, .n = 7},
                                               {.day = day_b, .cents = cents, .n = 3},
                                               {.day = day_c, .cents = cents, .n = 2},
                                               {.day = day_d, .cents = cents, .n = 1},
                                               {.day = day_e, .cents = cents, .n = 2}};
static const int64_t cycles[CUSTOMERS] = {150000, 300000, 300000, 300000, 300000};
static const uint32_t rules[CUSTOMERS] = {0, 1, 1, 1, 1};
static const int64_t values[CUSTOMERS] = {500, 200, 200, 100, 100};
static const struct day never[CUSTOMERS] = {{INT32_MIN}, {INT32_MIN}, {INT32_MIN}, {INT32_MIN}, {INT32_MIN}};
static const struct due_rule in_force[] = {
    {.kind = DUE_CYCLE,
     .inactive_e4 = 20000,
     .at_risk_e4 = 5000,
     .floor_days = 1,
     .ceiling_days = 365,
     .lost_days = 730},
    {.kind = DUE_DAYS, .inactive_days = 365, .at_risk_days = 365, .lost_days = 730}};

static struct backtest_cut cut_at(int32_t day) {
    const struct backtest_look look = {.day = {day}, .cycle_e4 = cycles, .rule = rules, .value_cents = values};
    struct backtest_cut cut = {.before = look, .at = look};
    cut.before.day.n = day - HORIZON;
    return cut;
}

static struct backtest_company company_of(const struct backtest_cut *cut, size_t cuts) {
    return (struct backtest_company){.customer = five,
                                     .n = CUSTOMERS,
                                     .closed_on = never,
                                     .policy = in_force,
                                     .cut = cut,
                                     .cuts = cuts,
                                     .horizon_days = HORIZON,
                                     .threads = 1,
                                     .seed = 1,
                                     .draws = 20};
}

static void backtest_counts_what_came_within_the_horizon(void **state) {
    (void)state;
    const struct backtest_cut cut = cut_at(CUT);
    const struct backtest_company company = company_of(&cut, 1);
    struct backtest_cases cases;
    assert_int_equal(backtest_cases_make(&arena, &company, &cases), STAT_OK);
    assert_int_equal(cases.n, 5);
    const uint8_t happened[] = {1, 1, 0, 0, 0};
    const double count[] = {2, 1, 0, 0, 0};
    assert_memory_equal(cases.happened, happened, sizeof happened);
    assert_memory_equal(cases.count, count, sizeof count);
    assert_memory_equal(cases.value_cents, values, sizeof values);
}

static void backtest_leaves_out_whom_nobody_knew_and_who_was_written_off(void **state) {
    (void)state;
    const struct day closed[CUSTOMERS] = {{CUT}, {CUT + 1}, {INT32_MIN}, {INT32_MIN}, {INT32_MIN}};
    const struct backtest_cut cuts[] = {cut_at(94), cut_at(CUT)};
    struct backtest_company company = company_of(cuts, 2);
    company.closed_on = closed;
    struct backtest_cases cases;
    assert_int_equal(backtest_cases_make(&arena, &company, &cases), STAT_OK);
    assert_int_equal(cases.start[1], 4); /* a, b, c, d */
    assert_int_equal(cases.n, 8);        /* and b, c, d, e */
    assert_int_equal(cases.customer[4], 1);
    assert_int_equal(cases.customer[7], 4);
}

static struct backtest_said said_of(const struct backtest_company *company, const struct backtest_cases *cases,
                                    const struct backtest_candidate *candidate) {
    struct backtest_said said = backtest_said_new(&arena, cases, candidate);
    for (size_t cut = 0; cut < company->cuts; cut++)
        backtest_say(&arena, company, cases, cut, NULL, &said);
    return said;
}

static void backtest_rule_names_the_share_of_its_state_one_horizon_earlier(void **state) {
    (void)state;
    const struct backtest_cut cut = cut_at(CUT);
    const struct backtest_company company = company_of(&cut, 1);
    struct backtest_cases cases;
    assert_int_equal(backtest_cases_make(&arena, &company, &cases), STAT_OK);
    struct backtest_said said = said_of(&company, &cases, &days_30);
    /* On day 70: a, b, d active (silent 10, 5, 8 days), of whom a bought until 100; c inactive (40), did not.
     * On day 100: a and e active, b (35), c (70), d (38) inactive. */
    const double active = (1.0 + 1) / (3 + 2), inactive = (0.0 + 1) / (1 + 2);
    const double p[] = {active, inactive, inactive, inactive, active};
    for (size_t i = 0; i < 5; i++)
        assert_true(near(said.p[i], p[i]));
    const uint8_t flagged[] = {0, 1, 1, 1, 0};
    assert_memory_equal(said.flagged, flagged, sizeof flagged);
    assert_true(said.order[0] == said.order[4] && said.order[0] > said.order[1]);
    /* Purchases: 2 of 3 active customers' (a: 75, 90), the mean of all, 2 / 4, as one customer more. */
    assert_true(near(said.expected[0], (2 + 0.5) / (3 + 1)) && near(said.expected[1], 0.5 / (1 + 1)));
    assert_true(!said.stood_in[0]);
}

static void backtest_rule_of_chances_uses_the_fits_made_by_the_cut_for_both_looks(void **state) {
    (void)state;
    const struct backtest_candidate chances = {
        .kind = BACKTEST_RULE,
        .due = {.kind = DUE_PROBABILITY, .inactive_e4 = 3000, .at_risk_e4 = 5000, .lost_days = 730}};
    struct alive_fit fit = {{CUT - 10}, ALIVE_FITTED, {.kind = MODEL_MIXK, .k = 1, .v = {1.5, 30, 0.8, 2, 1}}};
    const struct backtest_cut cut = cut_at(CUT);
    struct backtest_company company = company_of(&cut, 1);
    company.alive = (struct alive_table){&fit, 1};
    struct backtest_cases cases;
    assert_int_equal(backtest_cases_make(&arena, &company, &cases), STAT_OK);
    struct backtest_said said = said_of(&company, &cases, &chances);
    /* At risk and inactive: after one purchase from the 26th and 68th day, for c (20 days apart) from the 35th and 70th, for b
     * (45 apart) from the 53rd. Day 70: c silent 40, at risk, did not buy. Day 100: c 70, d 38, b 35 days. */
    const uint8_t flagged[] = {0, 0, 1, 1, 0};
    assert_memory_equal(said.flagged, flagged, sizeof flagged);
    assert_true(said.order[2] < said.order[3] && said.order[3] < said.order[1]);
    assert_true(near(said.p[3], (0.0 + 1) / (1 + 2)) && near(said.p[0], (1.0 + 1) / (3 + 2)));
    fit.from.n = CUT + 1; /* not made yet: at risk after one and a half cycles of 30 days */
    said = said_of(&company, &cases, &chances);
    const uint8_t by_cycle[] = {0, 0, 1, 0, 0};
    assert_memory_equal(said.flagged, by_cycle, sizeof by_cycle);
}

static void backtest_policy_uses_each_customers_rule_and_cycle(void **state) {
    (void)state;
    const struct backtest_cut cut = cut_at(CUT);
    const struct backtest_company company = company_of(&cut, 1);
    struct backtest_cases cases;
    assert_int_equal(backtest_cases_make(&arena, &company, &cases), STAT_OK);
    struct backtest_said said = said_of(&company, &cases, &policy);
    /* a: at risk after 7 days of its 15, silent 10; the others never within a year. */
    const uint8_t flagged[] = {1, 0, 0, 0, 0};
    assert_memory_equal(said.flagged, flagged, sizeof flagged);
    assert_true(near(said.p[0], (1.0 + 1) / (1 + 2)) && near(said.p[1], (0.0 + 1) / (3 + 2)));
    /* Its order is that of its states, whatever their shares were. */
    assert_true(said.order[0] < said.order[1]);
}

static void backtest_mean_gap_of_one_purchase_is_the_companys(void **state) {
    (void)state;
    const struct backtest_cut cut = cut_at(CUT);
    const struct backtest_company company = company_of(&cut, 1);
    struct backtest_cases cases;
    assert_int_equal(backtest_cases_make(&arena, &company, &cases), STAT_OK);
    struct backtest_said said = said_of(&company, &cases, &mean_gap_2);
    /* Day 100, gaps: a 50/4, b 45, c 20; of all 115/6 = 19.2. Silent: a 10 < 25, b 35 < 90, c 70 > 40, d 38 < 38.3, e 5. */
    const uint8_t flagged[] = {0, 0, 1, 0, 0};
    assert_memory_equal(said.flagged, flagged, sizeof flagged);
}

static void backtest_silent_ranks_by_recency(void **state) {
    (void)state;
    const struct backtest_cut cut = cut_at(CUT);
    const struct backtest_company company = company_of(&cut, 1);
    struct backtest_cases cases;
    assert_int_equal(backtest_cases_make(&arena, &company, &cases), STAT_OK);
    struct backtest_said said = said_of(&company, &cases, &silent);
    const size_t ranked[] = {4, 0, 1, 3, 2}; /* silent 5, 10, 35, 38, 70 */
    for (size_t i = 1; i < 5; i++)
        assert_true(said.order[ranked[i - 1]] > said.order[ranked[i]]);
    assert_null(said.expected);
    backtest_measure(&arena, &company, &cases, &said);
    assert_true(near(said.total.auc.value, 4.0 / 6)); /* a and b before three each, but e before both */
}

static void backtest_flags_as_many_as_the_yardstick(void **state) {
    (void)state;
    const struct backtest_cut cut = cut_at(CUT);
    const struct backtest_company company = company_of(&cut, 1);
    struct backtest_cases cases;
    assert_int_equal(backtest_cases_make(&arena, &company, &cases), STAT_OK);
    struct backtest_said yardstick = said_of(&company, &cases, &days_30), said = said_of(&company, &cases, &silent);
    backtest_flag(&arena, &cases, 1, &yardstick, &said);
    const uint8_t longest[] = {0, 1, 1, 1, 0};
    assert_memory_equal(said.flagged, longest, sizeof longest);
    struct backtest_said one = said_of(&company, &cases, &policy), none = one;
    memset(said.flagged, 0, 5);
    backtest_flag(&arena, &cases, 1, &one, &said);
    const uint8_t longest_one[] = {0, 0, 1, 0, 0};
    assert_memory_equal(said.flagged, longest_one, sizeof longest_one);
    uint8_t nobody[5] = {0};
    none.flagged = nobody;
    memset(said.flagged, 0, 5);
    backtest_flag(&arena, &cases, 1, &none, &said);
    assert_memory_equal(said.flagged, nobody, sizeof nobody);
}

static void backtest_model_that_cannot_be_had_gives_way_to_the_share_of_all(void **state) {
    (void)state;
    /* Nobody bought twice by day 15: no model of repeat buying can be fitted. */
    const struct backtest_cut cut = cut_at(15);
    const struct backtest_company company = company_of(&cut, 1);
    const struct backtest_candidate model = {.kind = BACKTEST_MODEL, .model = MODEL_MBGNBD};
    struct backtest_cases cases;
    assert_int_equal(backtest_cases_make(&arena, &company, &cases), STAT_OK);
    assert_int_equal(cases.n, 1);
    struct backtest_said said = said_of(&company, &cases, &model);
    assert_true(said.stood_in[0]);
    assert_true(near(said.p[0], 0.5)); /* and nobody had bought one horizon earlier */
    assert_true(near(said.expected[0], 0));
}

static void backtest_refuses_cuts_it_cannot_use(void **state) {
    (void)state;
    struct backtest_cut cuts[] = {cut_at(CUT), cut_at(94)};
    struct backtest_company company = company_of(cuts, 2);
    struct backtest_cases cases;
    assert_int_equal(backtest_cases_make(&arena, &company, &cases), STAT_DOMAIN);
    company.cuts = 0;
    assert_int_equal(backtest_cases_make(&arena, &company, &cases), STAT_DOMAIN);
    company.cuts = 1;
    cuts[0].before.day.n--;
    assert_int_equal(backtest_cases_make(&arena, &company, &cases), STAT_DOMAIN);
    cuts[0] = cut_at(9);
    assert_int_equal(backtest_cases_make(&arena, &company, &cases), STAT_TOO_FEW);
}

/* -- many invented customers -------------------------------------------------------------------------------------- */

struct invented {
    int32_t day[MANY][40];
    int64_t cents[40];
    struct history history[MANY];
    struct day closed_on[MANY];
    int64_t cycle_e4[MANY], value_cents[MANY];
    uint32_t rule[MANY];
    struct backtest_cut cut[2];
    struct backtest_company company;
};

/* Customers of rhythms of 5 to 60 days who stop one day; after `until` everybody goes on every `after` days. */
static struct invented *invent(int32_t until, int32_t after) {
    struct invented *in = arena_new(&arena, struct invented, 1);
    uint64_t chance = 42;
    for (size_t i = 0; i < MANY; i++) {
        chance = chance * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
        int32_t day = (int32_t)(chance >> 40) % 200, gap = 5 + (int32_t)(chance >> 33) % 55;
        int32_t stops = day + (int32_t)(chance >> 20) % 400;
        size_t n = 0;
        for (; n < 30 && day <= until && day <= stops; day += gap + (int32_t)(n % 3))
            in->day[i][n++] = day;
        for (day = until + 1; after > 0 && n > 0 && n < 40; day += after)
            in->day[i][n++] = day;
        in->history[i] = (struct history){.day = in->day[i], .cents = in->cents, .n = n};
        in->closed_on[i] = DAY_NONE;
        in->cycle_e4[i] = gap * E4;
    }
    for (size_t c = 0; c < 2; c++) {
        struct backtest_look look = {
            .cycle_e4 = in->cycle_e4, .rule = in->rule, .value_cents = in->value_cents, .day = {200 + 60 * (int32_t)c}};
        in->cut[c] = (struct backtest_cut){.before = look, .at = look};
        in->cut[c].before.day.n -= 60;
    }
    in->company = (struct backtest_company){.customer = in->history,
                                            .n = MANY,
                                            .closed_on = in->closed_on,
                                            .policy = in_force,
                                            .cut = in->cut,
                                            .cuts = 2,
                                            .horizon_days = 60,
                                            .threads = 2,
                                            .seed = 1,
                                            .draws = 50};
    return in;
}

static void backtest_sees_nothing_after_the_last_cut(void **state) {
    (void)state;
    const struct backtest_candidate all[] = {days_30,
                                             policy,
                                             mean_gap_2,
                                             silent,
                                             {.kind = BACKTEST_MODEL, .model = MODEL_NBD},
                                             {.kind = BACKTEST_MODEL, .model = MODEL_MBGNBD},
                                             {.kind = BACKTEST_MODEL, .model = MODEL_MBGCNBD},
                                             {.kind = BACKTEST_MODEL, .model = MODEL_MIXK},
                                             {.kind = BACKTEST_MODEL, .model = MODEL_PNBD},
                                             {.kind = BACKTEST_FORECAST, .automatic = true},
                                             {.kind = BACKTEST_FORECAST, .method = FORECAST_STACK}};
    struct invented *quiet = invent(260, 0), *busy = invent(260, 7);
    struct backtest_cases cases, other;
    assert_int_equal(backtest_cases_make(&arena, &quiet->company, &cases), STAT_OK);
    assert_int_equal(backtest_cases_make(&arena, &busy->company, &other), STAT_OK);
    assert_int_equal(cases.n, other.n);
    assert_true(memcmp(cases.happened, other.happened, cases.n) != 0);
    for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
        struct backtest_said a = said_of(&quiet->company, &cases, &all[i]);
        struct backtest_said b = said_of(&busy->company, &other, &all[i]);
        assert_memory_equal(a.p, b.p, cases.n * sizeof *a.p);
        assert_memory_equal(a.flagged, b.flagged, cases.n);
        if (a.expected)
            assert_memory_equal(a.expected, b.expected, cases.n * sizeof *a.expected);
    }
}

static void backtest_model_says_what_the_model_says(void **state) {
    (void)state;
    struct invented *in = invent(400, 0);
    const struct backtest_candidate candidate = {.kind = BACKTEST_MODEL, .model = MODEL_MBGNBD};
    struct backtest_cases cases;
    assert_int_equal(backtest_cases_make(&arena, &in->company, &cases), STAT_OK);
    struct backtest_said said = said_of(&in->company, &cases, &candidate);
    size_t n = cases.start[1];
    struct cbs_customer *c = arena_new(&arena, struct cbs_customer, n);
    for (size_t i = 0; i < n; i++)
        assert_int_equal(history_summary(&in->history[cases.customer[i]], 200, &c[i]), STAT_OK);
    struct cbs data;
    struct model_fit fit;
    const struct model_fit_options options = {.threads = 1};
    assert_int_equal(cbs_make(&arena, c, NULL, n, false, 1, &data), STAT_OK);
    assert_int_equal(model_of(MODEL_MBGNBD)->fit(&arena, &data, &options, &fit), STAT_OK);
    for (size_t i = 0; i < n; i++) {
        struct cbs_customer one;
        assert_int_equal(history_summary(&in->history[cases.customer[i]], 200, &one), STAT_OK);
        assert_true(fabs(said.p[i] - model_of(MODEL_MBGNBD)->active(&fit.params, &one, 60)) < TOL_MODEL);
    }
    assert_true(!said.stood_in[0] && !said.stood_in[1]);
}

static void backtest_cuts_add_up_and_two_can_be_set_against_each_other(void **state) {
    (void)state;
    struct invented *in = invent(400, 0);
    struct backtest_cases cases;
    assert_int_equal(backtest_cases_make(&arena, &in->company, &cases), STAT_OK);
    struct backtest_said said[2] = {said_of(&in->company, &cases, &days_30), said_of(&in->company, &cases, &silent)};
    for (size_t i = 0; i < 2; i++)
        backtest_measure(&arena, &in->company, &cases, &said[i]);
    struct measure_contrast contrast = measure_contrast_of(&arena, &said[0].kept, &said[1].kept);
    assert_true(near(contrast.log_score.value, said[0].total.log_score.value - said[1].total.log_score.value));
    assert_int_equal(said[0].cut[0].cases + said[0].cut[1].cases, said[0].total.cases);
}

static void backtest_same_words_of_two_models_are_the_same(void **state) {
    (void)state;
    struct invented *in = invent(400, 0);
    struct backtest_cases cases;
    assert_int_equal(backtest_cases_make(&arena, &in->company, &cases), STAT_OK);
    struct backtest_said a = said_of(&in->company, &cases, &days_30), b = said_of(&in->company, &cases, &days_30);
    b.p[7] += 1e-9;
    assert_true(backtest_same(&cases, &a, &b));
    b.p[7] += 1e-3;
    assert_true(!backtest_same(&cases, &a, &b));
}

static void backtest_difference_is_real_when_its_interval_leaves_zero_out(void **state) {
    (void)state;
    assert_true(backtest_real(&(struct estimate){-2, -3, -1}));
    assert_true(backtest_real(&(struct estimate){2, 1, 3}));
    assert_true(!backtest_real(&(struct estimate){-2, -3, 0}));
    assert_true(!backtest_real(&(struct estimate){0, 0, 0}));
    assert_true(!backtest_real(&(struct estimate){1, NAN, NAN}));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(backtest_counts_what_came_within_the_horizon, set_up, tear_down),
        cmocka_unit_test_setup_teardown(backtest_leaves_out_whom_nobody_knew_and_who_was_written_off, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(backtest_rule_names_the_share_of_its_state_one_horizon_earlier, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(backtest_rule_of_chances_uses_the_fits_made_by_the_cut_for_both_looks, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(backtest_policy_uses_each_customers_rule_and_cycle, set_up, tear_down),
        cmocka_unit_test_setup_teardown(backtest_mean_gap_of_one_purchase_is_the_companys, set_up, tear_down),
        cmocka_unit_test_setup_teardown(backtest_silent_ranks_by_recency, set_up, tear_down),
        cmocka_unit_test_setup_teardown(backtest_flags_as_many_as_the_yardstick, set_up, tear_down),
        cmocka_unit_test_setup_teardown(backtest_model_that_cannot_be_had_gives_way_to_the_share_of_all, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(backtest_refuses_cuts_it_cannot_use, set_up, tear_down),
        cmocka_unit_test_setup_teardown(backtest_sees_nothing_after_the_last_cut, set_up, tear_down),
        cmocka_unit_test_setup_teardown(backtest_model_says_what_the_model_says, set_up, tear_down),
        cmocka_unit_test_setup_teardown(backtest_cuts_add_up_and_two_can_be_set_against_each_other, set_up, tear_down),
        cmocka_unit_test_setup_teardown(backtest_same_words_of_two_models_are_the_same, set_up, tear_down),
        cmocka_unit_test_setup_teardown(backtest_difference_is_real_when_its_interval_leaves_zero_out, set_up,
                                        tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
