// SPDX-License-Identifier: Apache-2.0
/* What is foretold, word for word: no chance is told more precisely than it is known, none is told as certain. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>

#include "core/chance.h"
#include "stats/stat.h"

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

static struct day on(int year, int month, int of_month) {
    struct day day;
    assert_true(day_make(year, month, of_month, &day));
    return day;
}

static struct forecast chance(int64_t low_e4, int64_t p_e4, int64_t high_e4) {
    return (struct forecast){.method = FORECAST_MIXK,
                             .p_active_low_e4 = low_e4,
                             .p_active_e4 = p_e4,
                             .p_active_high_e4 = high_e4,
                             .next_on = DAY_NONE,
                             .next_from = DAY_NONE,
                             .next_to = DAY_NONE};
}

static void assert_text(struct str got, const char *expected) {
    assert_string_equal(str_terminated(&arena, got), expected);
}

static void buys(int64_t low_e4, int64_t p_e4, int64_t high_e4, const char *en, const char *pt) {
    struct forecast f = chance(low_e4, p_e4, high_e4);
    assert_text(chance_buys(&arena, LANG_EN, &f), en);
    assert_text(chance_buys(&arena, LANG_PT_BR, &f), pt);
}

static void chance_in_tenths_with_its_range(void **state) {
    (void)state;
    buys(6190, 7312, 8104, "7 in 10 customers like this buy again within 90 days (between 6 and 8).",
         "7 em cada 10 clientes como este compram de novo em 90 dias (entre 6 e 8).");
}

/* "7 in 10 (between 5 and 7)" names the seven twice. */
static void chance_whose_share_is_an_end_of_its_range_names_the_other(void **state) {
    (void)state;
    buys(2600, 3100, 3900, "3 in 10 customers like this buy again within 90 days (4 at most).",
         "3 em cada 10 clientes como este compram de novo em 90 dias (no máximo 4).");
    buys(5000, 7000, 7300, "7 in 10 customers like this buy again within 90 days (5 at least).",
         "7 em cada 10 clientes como este compram de novo em 90 dias (no mínimo 5).");
    buys(7000, 7300, 9990, "7 in 10 customers like this buy again within 90 days (or more).",
         "7 em cada 10 clientes como este compram de novo em 90 dias (ou mais).");
    buys(0, 3100, 3300, "3 in 10 customers like this buy again within 90 days (or fewer).",
         "3 em cada 10 clientes como este compram de novo em 90 dias (ou menos).");
}

static void chance_range_within_one_share_is_not_told(void **state) {
    (void)state;
    buys(6700, 7000, 7300, "7 in 10 customers like this buy again within 90 days.",
         "7 em cada 10 clientes como este compram de novo em 90 dias.");
}

static void chance_small_is_told_as_one_of_many(void **state) {
    (void)state;
    buys(200, 480, 1100, "About 1 in 20 customers like this buys again within 90 days (between 1 in 50 and 1 in 10).",
         "Mais ou menos 1 em cada 20 clientes como este compra de novo em 90 dias (entre 1 em 50 e 1 em 10).");
    buys(10, 40, 160, "Fewer than 1 in 100 customers like this buy again within 90 days (1 in 50 at most).",
         "Menos de 1 em cada 100 clientes como este compra de novo em 90 dias (no máximo 1 em 50).");
    buys(0, 10, 40, "Fewer than 1 in 100 customers like this buy again within 90 days.",
         "Menos de 1 em cada 100 clientes como este compra de novo em 90 dias.");
}

static void chance_large_is_never_certain(void **state) {
    (void)state;
    buys(9900, 10000, 10000, "Almost all customers like this buy again within 90 days.",
         "Quase todos os clientes como este compram de novo em 90 dias.");
    buys(8600, 9800, 9990, "Almost all customers like this buy again within 90 days (9 in 10 at least).",
         "Quase todos os clientes como este compram de novo em 90 dias (no mínimo 9 em 10).");
    buys(8600, 9500, 9700, "19 in 20 customers like this buy again within 90 days (9 in 10 at least).",
         "19 em cada 20 clientes como este compram de novo em 90 dias (no mínimo 9 em 10).");
}

static void chance_of_which_nothing_is_known_says_so(void **state) {
    (void)state;
    buys(0, 5000, 10000, "5 in 10 customers like this buy again within 90 days (but this is hardly known).",
         "5 em cada 10 clientes como este compram de novo em 90 dias (mas pouco se sabe disso).");
}

static void chance_without_a_range_is_told_alone(void **state) {
    (void)state;
    buys(STAT_NONE, 2000, STAT_NONE, "2 in 10 customers like this buy again within 90 days.",
         "2 em cada 10 clientes como este compram de novo em 90 dias.");
}

static void chance_of_nobody_is_no_sentence(void **state) {
    (void)state;
    struct forecast none = {0}, unknown = chance(STAT_NONE, STAT_NONE, STAT_NONE);
    assert_int_equal(chance_buys(&arena, LANG_EN, &none).n, 0);
    assert_int_equal(chance_next(&arena, LANG_EN, &none, on(2021, 2, 20)).n, 0);
    assert_int_equal(chance_buys(&arena, LANG_EN, &unknown).n, 0);
    assert_int_equal(chance_next(&arena, LANG_EN, &unknown, on(2021, 2, 20)).n, 0);
}

/* The scale never turns around: a greater chance is never told as a smaller share. */
static void chance_shares_grow_with_the_chance(void **state) {
    (void)state;
    const char *before = "";
    int changes = 0;
    for (int64_t p = 0; p <= 10000; p += 10) {
        struct forecast f = chance(p, p, p);
        const char *text = str_terminated(&arena, chance_buys(&arena, LANG_EN, &f));
        changes += strcmp(text, before) != 0;
        before = text;
    }
    assert_int_equal(changes, 15);
}

static void next(struct day from, struct day about, struct day to, const char *en, const char *pt) {
    struct forecast f = chance(5000, 6000, 7000);
    f.next_from = from;
    f.next_on = about;
    f.next_to = to;
    assert_text(chance_next(&arena, LANG_EN, &f, on(2021, 2, 20)), en);
    assert_text(chance_next(&arena, LANG_PT_BR, &f, on(2021, 2, 20)), pt);
}

static void next_order_with_its_range(void **state) {
    (void)state;
    next(on(2021, 3, 2), on(2021, 3, 12), on(2021, 4, 1),
         "Next order expected about 12 March, most likely between 2 March and 1 April.",
         "O próximo pedido é esperado por volta de 12 de março, provavelmente entre 2 de março e 1º de abril.");
    next(on(2021, 3, 2), on(2021, 3, 12), on(2021, 3, 20),
         "Next order expected about 12 March, most likely between 2 and 20 March.",
         "O próximo pedido é esperado por volta de 12 de março, provavelmente entre 2 e 20 de março.");
    next(on(2021, 12, 20), on(2022, 1, 3), on(2022, 1, 20),
         "Next order expected about 3 January 2022, most likely between 20 December and 20 January 2022.",
         "O próximo pedido é esperado por volta de 3 de janeiro de 2022, provavelmente entre 20 de dezembro e 20 de "
         "janeiro de 2022.");
}

static void next_order_of_a_long_range_is_told_in_months(void **state) {
    (void)state;
    next(on(2021, 11, 2), on(2022, 1, 12), on(2022, 3, 31), "Next order most likely between November and March 2022.",
         "O próximo pedido deve vir entre novembro e março de 2022.");
    next(on(2022, 1, 2), on(2022, 1, 12), on(2022, 4, 30), "Next order most likely between January and April 2022.",
         "O próximo pedido deve vir entre janeiro e abril de 2022.");
    next(on(2022, 3, 28), on(2022, 4, 1), on(2022, 4, 12),
         "Next order expected about 1 April 2022, most likely between 28 March and 12 April 2022.",
         "O próximo pedido é esperado por volta de 1º de abril de 2022, provavelmente entre 28 de março e 12 de abril "
         "de "
         "2022.");
    next(on(2022, 12, 28), on(2023, 1, 2), on(2023, 1, 12),
         "Next order expected about 2 January 2023, most likely between 28 December 2022 and 12 January 2023.",
         "O próximo pedido é esperado por volta de 2 de janeiro de 2023, provavelmente entre 28 de dezembro de 2022 e "
         "12 "
         "de janeiro de 2023.");
}

static void next_order_that_nobody_can_await_is_not_told(void **state) {
    (void)state;
    next(on(2021, 3, 2), on(2021, 6, 12), on(2021, 12, 31), "", "");
    struct forecast f = chance(2000, 4999, 7000);
    f.next_from = f.next_on = f.next_to = on(2021, 3, 2);
    assert_int_equal(chance_next(&arena, LANG_EN, &f, on(2021, 2, 20)).n, 0);
}

static void next_order_at_an_end_of_its_range(void **state) {
    (void)state;
    next(on(2021, 2, 21), on(2021, 2, 21), on(2021, 2, 27),
         "Next order expected about 21 February, most likely by 27 February.",
         "O próximo pedido é esperado por volta de 21 de fevereiro, provavelmente até 27 de fevereiro.");
    next(on(2021, 2, 21), on(2021, 2, 21), on(2021, 2, 21), "Next order expected on 21 February.",
         "O próximo pedido é esperado em 21 de fevereiro.");
    next(DAY_NONE, on(2021, 2, 21), DAY_NONE, "Next order expected about 21 February.",
         "O próximo pedido é esperado por volta de 21 de fevereiro.");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(chance_in_tenths_with_its_range),
        cmocka_unit_test(chance_whose_share_is_an_end_of_its_range_names_the_other),
        cmocka_unit_test(chance_range_within_one_share_is_not_told),
        cmocka_unit_test(chance_small_is_told_as_one_of_many),
        cmocka_unit_test(chance_large_is_never_certain),
        cmocka_unit_test(chance_of_which_nothing_is_known_says_so),
        cmocka_unit_test(chance_without_a_range_is_told_alone),
        cmocka_unit_test(chance_of_nobody_is_no_sentence),
        cmocka_unit_test(chance_shares_grow_with_the_chance),
        cmocka_unit_test(next_order_with_its_range),
        cmocka_unit_test(next_order_of_a_long_range_is_told_in_months),
        cmocka_unit_test(next_order_that_nobody_can_await_is_not_told),
        cmocka_unit_test(next_order_at_an_end_of_its_range),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
