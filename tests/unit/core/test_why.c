// SPDX-License-Identifier: Apache-2.0
/* The sentences that say why, word for word, in both languages and for every status. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>

#include "core/why.h"

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

static struct day on(int month, int of_month) {
    struct day day;
    assert_true(day_make(2021, month, of_month, &day));
    return day;
}

static const int32_t eleven_gaps[] = {24, 40, 31, 30, 33, 28, 29, 31, 36, 90, 31}; /* 10 %: 28, 90 %: 40 */

/* Twelve purchases, the last on 1 March 2021; as of 8 May 68 days have passed. */
static struct customer twelve(enum status status) {
    return (struct customer){.code = S("12347"),
                             .segment = S("Varejo"),
                             .closed_on = DAY_NONE,
                             .status = status,
                             .purchases = 12,
                             .last_purchase = on(3, 1),
                             .cycle_e4 = 310000,
                             .prior_days = 45,
                             .rule = S("cycle 2.5 at-risk 1.5 between 20 and 365"),
                             .at_risk_on = on(4, 17),
                             .inactive_on = on(5, 18),
                             .lost_on = on(12, 31),
                             .gap_days = eleven_gaps,
                             .waited_e4 = 312};
}

static void says(const struct customer *c, struct day as_of, struct str en, struct str pt) {
    struct str got_en = why_text(&arena, LANG_EN, c, as_of), got_pt = why_text(&arena, LANG_PT_BR, c, as_of);
    if (!str_equal(got_en, en))
        fail_msg("%.*s", STR_ARG(got_en));
    if (!str_equal(got_pt, pt))
        fail_msg("%.*s", STR_ARG(got_pt));
}

static void why_at_risk_tells_rhythm_wait_and_what_comes(void **state) {
    (void)state;
    const struct customer c = twelve(STATUS_AT_RISK);
    says(&c, on(5, 8),
         S("Buys about every 31 days (12 purchases, usually 28 to 40). 68 days have passed; of customers like this, 3 "
           "in "
           "100 waited longer and came back. Inactive from 2021-05-18 if no purchase comes."),
         S("Compra mais ou menos a cada 31 dias (12 compras, em geral de 28 a 40). Passaram 68 dias; de clientes como "
           "este, "
           "3 em cada 100 esperaram mais e voltaram. Fica inativo em 18/05/2021 se não comprar."));
}

static void why_active_inactive_and_lost_name_their_day(void **state) {
    (void)state;
    struct customer c = twelve(STATUS_ACTIVE);
    c.waited_e4 = STAT_NONE;
    says(&c, on(3, 2),
         S("Buys about every 31 days (12 purchases, usually 28 to 40). 1 day has passed. At risk from 2021-04-17 if no "
           "purchase comes."),
         S("Compra mais ou menos a cada 31 dias (12 compras, em geral de 28 a 40). Passou 1 dia. Fica pré-inativo em "
           "17/04/2021 se não comprar."));
    c = twelve(STATUS_INACTIVE);
    c.waited_e4 = 99;
    says(&c, on(5, 20),
         S("Buys about every 31 days (12 purchases, usually 28 to 40). 80 days have passed; of customers like this, "
           "fewer "
           "than 1 in 100 waited longer and came back. Inactive since 2021-05-18."),
         S("Compra mais ou menos a cada 31 dias (12 compras, em geral de 28 a 40). Passaram 80 dias; de clientes como "
           "este, menos de 1 em cada 100 esperou mais e voltou. Inativo desde 18/05/2021."));
    c = twelve(STATUS_LOST);
    c.last_purchase.n -= 1000;
    says(
        &c, on(3, 1),
        S("Used to buy about every 31 days (12 purchases, usually 28 to 40). 1,000 days have passed; of customers like "
          "this, 3 in 100 waited longer and came back. Lost since 2021-12-31."),
        S("Comprava mais ou menos a cada 31 dias (12 compras, em geral de 28 a 40). Passaram 1.000 dias; de clientes "
          "como este, 3 em cada 100 esperaram mais e voltaram. Perdido desde 31/12/2021."));
}

static void why_share_is_told_in_whole_hundredths(void **state) {
    (void)state;
    struct customer c = twelve(STATUS_INACTIVE);
    static const struct {
        int64_t waited_e4;
        const char *en;
    } cases[] = {{0, "fewer than 1 in 100 "},
                 {99, "fewer than 1 in 100 "},
                 {100, " 1 in 100 "},
                 {149, " 1 in 100 "},
                 {150, " 2 in 100 "},
                 {9949, " 99 in 100 "},
                 {9950, "more than 99 in 100 "},
                 {10000, "more than 99 in 100 "}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        c.waited_e4 = cases[i].waited_e4;
        const char *text = str_terminated(&arena, why_text(&arena, LANG_EN, &c, on(5, 20)));
        if (strstr(text, cases[i].en) == NULL)
            fail_msg("%s", text);
    }
}

static struct customer once(void) {
    struct customer c = twelve(STATUS_NEW);
    c.purchases = 1;
    c.gap_days = NULL;
    c.prior_days = 31;
    c.waited_e4 = STAT_NONE;
    return c;
}

static void why_one_purchase_says_whose_cycle_is_used(void **state) {
    (void)state;
    struct customer c = once();
    says(&c, on(3, 11),
         S("Bought once, on 2021-03-01. Its segment buys about every 31 days. 10 days have passed. At risk from "
           "2021-04-17 "
           "if no purchase comes."),
         S("Comprou uma vez, em 01/03/2021. Seu segmento compra mais ou menos a cada 31 dias. Passaram 10 dias. Fica "
           "pré-inativo em 17/04/2021 se não comprar."));
    c.segment = (struct str){0};
    says(&c, on(3, 1),
         S("Bought once, on 2021-03-01. Customers here buy about every 31 days. Bought on the day itself, 2021-03-01. "
           "At "
           "risk from 2021-04-17 if no purchase comes."),
         S("Comprou uma vez, em 01/03/2021. Os clientes da empresa compram mais ou menos a cada 31 dias. Comprou no "
           "próprio dia, 01/03/2021. Fica pré-inativo em 17/04/2021 se não comprar."));
}

static void why_assumed_cycle_is_called_assumed(void **state) {
    (void)state;
    struct customer c = once();
    c.prior_days = 30;
    c.prior_assumed = true;
    says(&c, on(3, 11),
         S("Bought once, on 2021-03-01. No customer has bought twice yet; 30 days are assumed. 10 days have passed. At "
           "risk "
           "from 2021-04-17 if no purchase comes."),
         S("Comprou uma vez, em 01/03/2021. Nenhum cliente comprou duas vezes ainda; supõe-se 30 dias. Passaram 10 "
           "dias. "
           "Fica pré-inativo em 17/04/2021 se não comprar."));
}

static void why_cycle_outside_its_own_gaps_says_what_pulled_it(void **state) {
    (void)state;
    static const int32_t gaps[] = {10, 14};
    struct customer c = twelve(STATUS_ACTIVE);
    c.purchases = 3;
    c.gap_days = gaps;
    c.cycle_e4 = 265000;
    c.waited_e4 = STAT_NONE;
    says(
        &c, on(3, 11),
        S("Bought 3 times, 10 to 14 days apart. Its segment buys about every 45 days, so the next purchase is expected "
          "after about 27 days. 10 days have passed. At risk from 2021-04-17 if no purchase comes."),
        S("Comprou 3 vezes, com intervalo de 10 a 14 dias. Seu segmento compra mais ou menos a cada 45 dias; por isso "
          "a "
          "próxima compra é esperada depois de uns 27 dias. Passaram 10 dias. Fica pré-inativo em 17/04/2021 se não "
          "comprar."));
    c.purchases = 2;
    c.segment = (struct str){0};
    says(
        &c, on(3, 11),
        S("Bought 2 times, 10 days apart. Customers here buy about every 45 days, so the next purchase is expected "
          "after "
          "about 27 days. 10 days have passed. At risk from 2021-04-17 if no purchase comes."),
        S("Comprou 2 vezes, com intervalo de 10 dias. Os clientes da empresa compram mais ou menos a cada 45 dias; por "
          "isso a próxima compra é esperada depois de uns 27 dias. Passaram 10 dias. Fica pré-inativo em 17/04/2021 se "
          "não comprar."));
}

static void starts(const struct customer *c, const char *en, const char *pt) {
    struct str got_en = why_text(&arena, LANG_EN, c, on(3, 11)), got_pt = why_text(&arena, LANG_PT_BR, c, on(3, 11));
    if (!str_starts(got_en, str_from(en)))
        fail_msg("%.*s", STR_ARG(got_en));
    if (!str_starts(got_pt, str_from(pt)))
        fail_msg("%.*s", STR_ARG(got_pt));
}

static void why_range_of_few_gaps_is_all_of_them(void **state) {
    (void)state;
    static const int32_t gaps[] = {40, 24, 31};
    struct customer c = twelve(STATUS_ACTIVE);
    c.gap_days = gaps;
    c.purchases = 4;
    starts(&c, "Buys about every 31 days (4 purchases, usually 24 to 40).",
           "Compra mais ou menos a cada 31 dias (4 compras, em geral de 24 a 40).");
    static const int32_t same[] = {31, 31, 31};
    c.gap_days = same;
    starts(&c, "Buys about every 31 days (4 purchases, usually 31).",
           "Compra mais ou menos a cada 31 dias (4 compras, em geral 31).");
    c.purchases = 2;
    starts(&c, "Buys about every 31 days (2 purchases).", "Compra mais ou menos a cada 31 dias (2 compras).");
}

static void why_short_cycles_have_a_decimal_in_the_languages_form(void **state) {
    (void)state;
    static const int32_t gaps[] = {3, 4, 4};
    struct customer c = twelve(STATUS_ACTIVE);
    c.purchases = 4;
    c.gap_days = gaps;
    c.cycle_e4 = 35000;
    starts(&c, "Buys about every 3.5 days (", "Compra mais ou menos a cada 3,5 dias (");
    c.cycle_e4 = 40000;
    starts(&c, "Buys about every 4 days (", "Compra mais ou menos a cada 4 dias (");
    static const int32_t daily[] = {1, 1, 1};
    c.gap_days = daily;
    c.cycle_e4 = 10000;
    starts(&c, "Buys about every day (", "Compra mais ou menos todo dia (");
}

static void why_chance_rule_is_told_by_its_chances_or_what_stood_in(void **state) {
    (void)state;
    struct customer c = {.status = STATUS_NEW, .purchases = 1, .last_purchase = on(3, 1), .closed_on = DAY_NONE};
    c.rule = S("probability 0.125 at-risk 0.5 lost 400");
    c.prior_days = STAT_NONE;
    c.waited_e4 = STAT_NONE;
    c.at_risk_on = on(4, 1);
    says(
        &c, on(3, 11),
        S("Bought once, on 2021-03-01. 10 days have passed. By the rule it is at risk when the chance that it still "
          "is a "
          "customer falls under 50 %, and inactive under 12.5 %. At risk from 2021-04-01 if no purchase comes."),
        S("Comprou uma vez, em 01/03/2021. Passaram 10 dias. Pela regra, fica pré-inativo quando a chance de ainda ser "
          "cliente cai abaixo de 50 %, e inativo abaixo de 12,5 %. Fica pré-inativo em 01/04/2021 se não comprar."));
    c.rule_stood_in = true;
    says(&c, on(3, 11),
         S("Bought once, on 2021-03-01. 10 days have passed. The chance that it still is a customer cannot be had, so "
           "the usual multiples of its cycle decide. At risk from 2021-04-01 if no purchase comes."),
         S("Comprou uma vez, em 01/03/2021. Passaram 10 dias. A chance de ainda ser cliente não pode ser obtida; por "
           "isso "
           "decidem os múltiplos usuais do seu ciclo. Fica pré-inativo em 01/04/2021 se não comprar."));
}

static void why_days_rule_is_told_by_its_days(void **state) {
    (void)state;
    struct customer c = once();
    c.rule = S("days 90 at-risk 60");
    c.at_risk_on = (struct day){c.last_purchase.n + 61};
    c.inactive_on = (struct day){c.last_purchase.n + 91};
    says(&c, on(3, 11),
         S("Bought once, on 2021-03-01. 10 days have passed. The rule: at risk after 60 days without a purchase, "
           "inactive "
           "after 90 days. At risk from 2021-05-01 if no purchase comes."),
         S("Comprou uma vez, em 01/03/2021. Passaram 10 dias. A regra: pré-inativo depois de 60 dias sem comprar, "
           "inativo "
           "depois de 90 dias. Fica pré-inativo em 01/05/2021 se não comprar."));
    c.at_risk_on = c.inactive_on = (struct day){c.last_purchase.n + 2};
    const char *text = str_terminated(&arena, why_text(&arena, LANG_EN, &c, on(3, 2)));
    assert_non_null(strstr(text, "at risk after 1 day without a purchase, inactive after 1 day."));
}

static void why_closed_says_since_when(void **state) {
    (void)state;
    struct customer c = twelve(STATUS_CLOSED);
    c.closed_on = on(4, 2);
    says(&c, on(5, 8), S("Written off on 2021-04-02. Bought 12 times, last on 2021-03-01."),
         S("Encerrado em 02/04/2021. Comprou 12 vezes, a última em 01/03/2021."));
    c.purchases = 1;
    says(&c, on(5, 8), S("Written off on 2021-04-02. Bought once, on 2021-03-01."),
         S("Encerrado em 02/04/2021. Comprou uma vez, em 01/03/2021."));
    c.purchases = 0;
    says(&c, on(5, 8), S("Written off on 2021-04-02."), S("Encerrado em 02/04/2021."));
}

static void why_prospect_has_never_bought(void **state) {
    (void)state;
    const struct customer c = {.closed_on = DAY_NONE, .last_purchase = DAY_NONE, .status = STATUS_PROSPECT};
    says(&c, on(5, 8), S("Has never bought."), S("Nunca comprou."));
}

/* -- with a model ----------------------------------------------------------------------------------------------------- */

static struct customer foretold(enum status status) {
    struct customer c = twelve(status);
    c.forecast = (struct forecast){.method = FORECAST_STACK,
                                   .p_active_low_e4 = 6190,
                                   .p_active_e4 = 7312,
                                   .p_active_high_e4 = 8104,
                                   .p_alive_e4 = 9000,
                                   .next_from = on(5, 12),
                                   .next_on = on(5, 20),
                                   .next_to = on(6, 1)};
    return c;
}

static void why_foretold_tells_chance_and_next_order(void **state) {
    (void)state;
    const struct customer c = foretold(STATUS_AT_RISK);
    says(&c, on(5, 8),
         S("Buys about every 31 days (12 purchases, usually 28 to 40). 68 days have passed. Inactive from 2021-05-18 "
           "if no purchase comes. 7 in 10 customers like this buy again within 90 days (between 6 and 8). Next order "
           "expected about 20 May, most likely between 12 May and 1 June."),
         S("Compra mais ou menos a cada 31 dias (12 compras, em geral de 28 a 40). Passaram 68 dias. Fica inativo em "
           "18/05/2021 se não comprar. 7 em cada 10 clientes como este compram de novo em 90 dias (entre 6 e 8). O "
           "próximo pedido é esperado por volta de 20 de maio, provavelmente entre 12 de maio e 1º de junho."));
}

/* Two numbers about "customers like this" would contradict each other. */
static void why_foretold_does_not_tell_the_share_that_waited_longer(void **state) {
    (void)state;
    const enum status statuses[] = {STATUS_ACTIVE, STATUS_AT_RISK, STATUS_INACTIVE, STATUS_LOST};
    for (size_t i = 0; i < sizeof statuses / sizeof *statuses; i++) {
        const struct customer c = foretold(statuses[i]);
        const char *text = str_terminated(&arena, why_text(&arena, LANG_EN, &c, on(5, 20)));
        assert_null(strstr(text, "waited longer"));
        assert_non_null(strstr(text, "7 in 10 customers like this"));
    }
}

static void why_inactive_and_lost_await_no_order(void **state) {
    (void)state;
    const enum status statuses[] = {STATUS_INACTIVE, STATUS_LOST};
    for (size_t i = 0; i < sizeof statuses / sizeof *statuses; i++) {
        const struct customer c = foretold(statuses[i]);
        assert_null(strstr(str_terminated(&arena, why_text(&arena, LANG_EN, &c, on(5, 20))), "Next order"));
    }
}

static void why_foretold_names_one_expected_day_only(void **state) {
    (void)state;
    static const int32_t gaps[] = {10, 14};
    struct customer c = foretold(STATUS_ACTIVE);
    c.purchases = 3;
    c.gap_days = gaps;
    c.cycle_e4 = 265000;
    starts(&c,
           "Bought 3 times, 10 to 14 days apart. Its segment buys about every 45 days, which makes its cycle about "
           "27 days. 10 days have passed.",
           "Comprou 3 vezes, com intervalo de 10 a 14 dias. Seu segmento compra mais ou menos a cada 45 dias; com isso "
           "seu ciclo é de uns 27 dias. Passaram 10 dias.");
}

static void why_closed_is_foretold_nothing(void **state) {
    (void)state;
    struct customer c = foretold(STATUS_CLOSED);
    c.closed_on = on(4, 2);
    says(&c, on(5, 8), S("Written off on 2021-04-02. Bought 12 times, last on 2021-03-01."),
         S("Encerrado em 02/04/2021. Comprou 12 vezes, a última em 01/03/2021."));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(why_at_risk_tells_rhythm_wait_and_what_comes),
        cmocka_unit_test(why_active_inactive_and_lost_name_their_day),
        cmocka_unit_test(why_share_is_told_in_whole_hundredths),
        cmocka_unit_test(why_one_purchase_says_whose_cycle_is_used),
        cmocka_unit_test(why_assumed_cycle_is_called_assumed),
        cmocka_unit_test(why_cycle_outside_its_own_gaps_says_what_pulled_it),
        cmocka_unit_test(why_range_of_few_gaps_is_all_of_them),
        cmocka_unit_test(why_short_cycles_have_a_decimal_in_the_languages_form),
        cmocka_unit_test(why_days_rule_is_told_by_its_days),
        cmocka_unit_test(why_chance_rule_is_told_by_its_chances_or_what_stood_in),
        cmocka_unit_test(why_closed_says_since_when),
        cmocka_unit_test(why_prospect_has_never_bought),
        cmocka_unit_test(why_foretold_tells_chance_and_next_order),
        cmocka_unit_test(why_foretold_does_not_tell_the_share_that_waited_longer),
        cmocka_unit_test(why_inactive_and_lost_await_no_order),
        cmocka_unit_test(why_foretold_names_one_expected_day_only),
        cmocka_unit_test(why_closed_is_foretold_nothing),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
