// SPDX-License-Identifier: Apache-2.0
/* The columns of a list: names that scripts rely on, and the value of each for customers with and without history. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>

#include "base/catalog.h"
#include "core/column.h"

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

static void column_names_are_the_contract(void **state) {
    (void)state;
    static const char contract[] =
        "code,name,tax_id,company,rep,segment,region,city,status,purchases,first_purchase,last_purchase,recency_days,"
        "gap_median_days,gap_mean_days,gap_sd_days,cycle_days,overdue_ratio,at_risk_on,inactive_on,lost_on,value_total,"
        "value_12m,value_prev_12m,average_purchase,return_rate,trend,abc,r,f,m,segment_rfm,p_active_90d,p_active_low,"
        "p_active_high,p_alive,next_purchase_on,next_purchase_from,next_purchase_to,expected_purchases_90d,"
        "expected_value_365d,model,standing,open_titles,overdue_titles,open_quotes,open_quote_value,open_tickets,"
        "last_contact,last_outcome,last_objection,next_appointment,registered_on,blocked,credit_limit,credit_left,why";
    struct buf names;
    buf_init(&names, &arena, 0);
    for (int i = 0; i < COLUMN_COUNT; i++)
        buf_printf(&names, "%s%s", i > 0 ? "," : "", column_defs[i].name);
    assert_int_equal(buf_str(&names).n, strlen(contract));
    assert_memory_equal(buf_str(&names).p, contract, strlen(contract));
}

static void column_names_read_back_and_have_headings(void **state) {
    (void)state;
    for (int i = 0; i < COLUMN_COUNT; i++) {
        enum column column = COLUMN_COUNT;
        assert_true(column_parse(str_from(column_defs[i].name), &column));
        assert_int_equal(column, i);
        assert_int_equal(column_defs[i].column, i);
        struct buf key;
        buf_init(&key, &arena, 0);
        buf_printf(&key, "column.%s", column_defs[i].name);
        for (int lang = 0; lang < LANG_COUNT; lang++)
            assert_non_null(catalog_find((enum lang)lang, buf_str(&key)));
    }
    enum column column;
    assert_false(column_parse(S("value"), &column));
    assert_false(column_parse(S(""), &column));
}

static const struct customer regular = {
    .code = {"12347", 5},
    .name = {"Mercado Silva", 13},
    .closed_on = {INT32_MIN},
    .status = STATUS_AT_RISK,
    .purchases = 7,
    .first_purchase = {14000},
    .last_purchase = {15314},
    .recency_days = 3,
    .gap_median_e4 = 620000,
    .gap_mean_e4 = 608333,
    .gap_sd_e4 = 201234,
    .cycle_e4 = 567000,
    .overdue_e4 = 529,
    .at_risk_on = {15400},
    .inactive_on = {15460},
    .lost_on = {16045},
    .value_total = 431000,
    .value_12m = 350050,
    .value_prev_12m = -120,
    .average_cents = 61571,
    .return_e4 = 125,
    .trend = TREND_DOWN,
    .abc = 'A',
    .r = 5,
    .f = 5,
    .m = 4,
    .forecast = {.method = FORECAST_MIXK,
                 .p_active_e4 = 7312,
                 .p_active_low_e4 = 6190,
                 .p_active_high_e4 = 8104,
                 .p_alive_e4 = 9015,
                 .next_on = {15350},
                 .next_from = {15331},
                 .next_to = {15390},
                 .expected_90d_e4 = 13200,
                 .expected_value_365d_cents = 330000},
    .standing = STANDING_OVERDUE,
    .open_titles_cents = 9050,
    .overdue_titles_cents = 40,
    .quotes = 2,
    .quote_cents = 7700,
    .tickets = STAT_NONE,
    .last_contact = {15310},
    .last_outcome = CONTACT_OUTCOME_REFUSED,
    .last_objection = {"dear", 4},
    .next_appointment = {15320},
    .registered_on = {13990},
    .blocked = BLOCKED_YES,
    .credit_limit_cents = 10000,
    .credit_left_cents = 950,
};

static struct column_value of(enum column column) {
    return column_value(&arena, &regular, column);
}

static void column_values_of_a_regular_customer(void **state) {
    (void)state;
    assert_true(str_equal(of(COLUMN_CODE).text, S("12347")));
    assert_true(str_equal(of(COLUMN_STATUS).text, S("at_risk")));
    assert_true(str_equal(of(COLUMN_TREND).text, S("down")));
    assert_true(str_equal(of(COLUMN_ABC).text, S("A")));
    assert_true(str_equal(of(COLUMN_SEGMENT_RFM).text, S("champions")));
    assert_int_equal(of(COLUMN_PURCHASES).number, 7);
    assert_int_equal(of(COLUMN_LAST_PURCHASE).number, 15314);
    assert_int_equal(of(COLUMN_CYCLE_DAYS).number, 567000);
    assert_int_equal(of(COLUMN_VALUE_PREV_12M).number, -120);
    assert_int_equal(of(COLUMN_AVERAGE_PURCHASE).number, 61571);
    assert_int_equal(of(COLUMN_RETURN_RATE).number, 125);
    assert_int_equal(of(COLUMN_M).number, 4);
    for (int i = 0; i < COLUMN_COUNT; i++) {
        bool missing = (i >= COLUMN_TAX_ID && i <= COLUMN_CITY) || i == COLUMN_OPEN_TICKETS || i == COLUMN_WHY;
        assert_int_equal(of((enum column)i).absent, missing);
    }
}

static void column_numbers_do_not_mix_fields_up(void **state) {
    (void)state;
    static const int64_t expected[] = {14000, 15314, 3,     620000, 608333, 201234, 567000,
                                       529,   15400, 15460, 16045,  431000, 350050};
    for (int i = COLUMN_FIRST_PURCHASE; i <= COLUMN_VALUE_12M; i++)
        assert_int_equal(of((enum column)i).number, expected[i - COLUMN_FIRST_PURCHASE]);
}

static void column_forecast_is_told_with_the_name_of_the_model(void **state) {
    (void)state;
    static const int64_t expected[] = {7312, 6190, 8104, 9015, 15350, 15331, 15390, 13200, 330000};
    for (int i = COLUMN_P_ACTIVE; i < COLUMN_MODEL; i++)
        assert_int_equal(of((enum column)i).number, expected[i - COLUMN_P_ACTIVE]);
    assert_true(str_equal(of(COLUMN_MODEL).text, S("mixk")));
}

static void column_of_open_things_and_words_that_have_an_order(void **state) {
    (void)state;
    static const int64_t expected[] = {3, 9050, 40, 2, 7700, 0, 15310, 5, 0, 15320, 13990, 2, 10000, 950};
    for (int i = COLUMN_STANDING; i <= COLUMN_CREDIT_LEFT; i++)
        assert_int_equal(of((enum column)i).number, expected[i - COLUMN_STANDING]);
    assert_true(str_equal(of(COLUMN_STANDING).text, S("overdue")));
    assert_true(str_equal(of(COLUMN_LAST_OUTCOME).text, S("refused")));
    assert_true(str_equal(of(COLUMN_LAST_OBJECTION).text, S("dear")));
    assert_true(str_equal(of(COLUMN_BLOCKED).text, S("yes")));
}

static void column_forecast_of_nobody_is_absent_whatever_it_holds(void **state) {
    (void)state;
    struct customer c = regular;
    c.forecast.method = FORECAST_NONE;
    for (int i = COLUMN_P_ACTIVE; i <= COLUMN_MODEL; i++)
        assert_true(column_value(&arena, &c, (enum column)i).absent);
}

static void column_forecast_without_a_day_has_the_rest(void **state) {
    (void)state;
    struct customer c = regular;
    c.forecast.next_on = c.forecast.next_from = c.forecast.next_to = DAY_NONE;
    c.forecast.p_alive_e4 = STAT_NONE;
    for (int i = COLUMN_P_ACTIVE; i <= COLUMN_MODEL; i++) {
        bool missing = i == COLUMN_P_ALIVE || (i >= COLUMN_NEXT_ON && i <= COLUMN_NEXT_TO);
        assert_int_equal(column_value(&arena, &c, (enum column)i).absent, missing);
    }
}

static void column_values_absent_for_who_never_bought(void **state) {
    (void)state;
    const struct customer prospect = {.code = S("P1"),
                                      .closed_on = DAY_NONE,
                                      .first_purchase = DAY_NONE,
                                      .last_purchase = DAY_NONE,
                                      .recency_days = STAT_NONE,
                                      .gap_median_e4 = STAT_NONE,
                                      .gap_mean_e4 = STAT_NONE,
                                      .gap_sd_e4 = STAT_NONE,
                                      .cycle_e4 = STAT_NONE,
                                      .overdue_e4 = STAT_NONE,
                                      .at_risk_on = DAY_NONE,
                                      .inactive_on = DAY_NONE,
                                      .lost_on = DAY_NONE,
                                      .average_cents = STAT_NONE,
                                      .return_e4 = STAT_NONE,
                                      .open_titles_cents = STAT_NONE,
                                      .overdue_titles_cents = STAT_NONE,
                                      .quotes = STAT_NONE,
                                      .quote_cents = STAT_NONE,
                                      .tickets = STAT_NONE,
                                      .last_contact = DAY_NONE,
                                      .next_appointment = DAY_NONE,
                                      .registered_on = DAY_NONE,
                                      .credit_limit_cents = STAT_NONE,
                                      .credit_left_cents = STAT_NONE};
    for (int i = 0; i < COLUMN_COUNT; i++) {
        bool known = i == COLUMN_CODE || i == COLUMN_STATUS || i == COLUMN_PURCHASES || i == COLUMN_VALUE_TOTAL ||
                     i == COLUMN_VALUE_12M || i == COLUMN_VALUE_PREV_12M;
        struct column_value value = column_value(&arena, &prospect, (enum column)i);
        if (value.absent == known || (value.absent && value.text.n > 0))
            fail_msg("%s", column_defs[i].name);
    }
}

static void column_words_are_in_the_catalogs(void **state) {
    (void)state;
    static const char *const prefix[] = {"trend.up", "trend.flat", "trend.down"};
    for (size_t i = 0; i < 3; i++)
        assert_non_null(catalog_find(LANG_PT_BR, str_from(prefix[i])));
    for (int s = 0; s < STATUS_COUNT; s++) {
        struct buf key;
        buf_init(&key, &arena, 0);
        buf_printf(&key, "status.%s", status_name((enum status)s));
        assert_non_null(catalog_find(LANG_PT_BR, buf_str(&key)));
    }
    for (int r = 1; r <= 5; r++)
        for (int f = 1; f <= 5; f++) {
            struct buf key;
            buf_init(&key, &arena, 0);
            buf_printf(&key, "rfm.%s", rfm_segment(r, f));
            assert_non_null(catalog_find(LANG_PT_BR, buf_str(&key)));
        }
    for (int st = STANDING_IN_TIME; st < STANDING_COUNT; st++) {
        struct buf key;
        buf_init(&key, &arena, 0);
        buf_printf(&key, "%s%s", column_word(COLUMN_STANDING), standing_name((enum standing)st));
        assert_non_null(catalog_find(LANG_PT_BR, buf_str(&key)));
    }
    for (int o = CONTACT_OUTCOME_ORDERED; o < CONTACT_OUTCOME_COUNT; o++) {
        struct buf key;
        buf_init(&key, &arena, 0);
        buf_printf(&key, "%s%s", column_word(COLUMN_LAST_OUTCOME), contact_outcome_name((enum contact_outcome)o));
        assert_non_null(catalog_find(LANG_PT_BR, buf_str(&key)));
    }
    for (int m = FORECAST_CYCLE; m < FORECAST_METHODS; m++) {
        struct buf key;
        buf_init(&key, &arena, 0);
        buf_printf(&key, "forecast.%s", forecast_method_name((enum forecast_method)m));
        assert_non_null(catalog_find(LANG_PT_BR, buf_str(&key)));
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(column_names_are_the_contract),
        cmocka_unit_test(column_names_read_back_and_have_headings),
        cmocka_unit_test(column_values_of_a_regular_customer),
        cmocka_unit_test(column_numbers_do_not_mix_fields_up),
        cmocka_unit_test(column_forecast_is_told_with_the_name_of_the_model),
        cmocka_unit_test(column_of_open_things_and_words_that_have_an_order),
        cmocka_unit_test(column_forecast_of_nobody_is_absent_whatever_it_holds),
        cmocka_unit_test(column_forecast_without_a_day_has_the_rest),
        cmocka_unit_test(column_values_absent_for_who_never_bought),
        cmocka_unit_test(column_words_are_in_the_catalogs),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
