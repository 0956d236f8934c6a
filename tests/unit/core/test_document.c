// SPDX-License-Identifier: Apache-2.0
/* What the words of a file say about a document, and what a line is worth to the cent. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "core/document.h"

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

static void all_of(bool (*test)(struct arena *arena, struct str text), bool expected, const char *const *text) {
    for (; *text != NULL; text++)
        if (test(&arena, str_from(*text)) != expected)
            fail_msg("%s is %s", *text, expected ? "not seen" : "taken");
}

static void document_cancelled_words_of_both_languages(void **state) {
    (void)state;
    static const char *const words[] = {
        "Cancelado", "CANCELADA", "canceled",  "Cancelled", "NF-e Cancelada", "Nota cancelada",
        "void",      "Voided",    "Estornado", "Denegada",  "Inutilizada",    "unavailable",
        "Excluído",  "Rejeitada", "Devolvido", "refunded",  "Rascunho",       "Draft",
        "Orçamento", "S",         "Sim",       "Y",         "true",           "Cancelado pelo cliente, que não retirou",
        NULL};
    all_of(document_state_cancelled, true, words);
}

static void document_living_states_are_not_cancelled(void **state) {
    (void)state;
    static const char *const words[] = {"",
                                        "Faturado",
                                        "Atendido",
                                        "delivered",
                                        "shipped",
                                        "processing",
                                        "invoiced",
                                        "created",
                                        "Completed",
                                        "Concluído",
                                        "Fechado",
                                        "Não cancelado",
                                        "not cancelled",
                                        "Parcialmente cancelado",
                                        "Partially refunded",
                                        "Cancelamento rejeitado",
                                        "Cancelamento solicitado",
                                        "N",
                                        "Não",
                                        "no",
                                        "C",
                                        "L",
                                        "100",
                                        "Autorizada",
                                        NULL};
    all_of(document_state_cancelled, false, words);
}

static void document_returns_of_both_languages(void **state) {
    (void)state;
    static const char *const types[] = {"Devolução",
                                        "DEVOLUCAO DE VENDA",
                                        "Entrada de devolução",
                                        "Return",
                                        "Sales Return",
                                        "Refund",
                                        "Credit Note",
                                        "Credit memo",
                                        "Nota de crédito",
                                        "D",
                                        "4 - Devolução de mercadoria",
                                        "1202",
                                        "1.202",
                                        "2411 - Devolução",
                                        "out_refund",
                                        NULL};
    all_of(document_type_return, true, types);
}

static void document_sales_are_no_returns(void **state) {
    (void)state;
    static const char *const types[] = {
        "",  "Venda", "Sale",    "Invoice",           "V",      "N",         "Saída",         "5102", "6.102",
        "1", "12020", "Crédito", "Cartão de crédito", "Normal", "No return", "Sem devolução", NULL};
    all_of(document_type_return, false, types);
}

static int64_t value_of(int64_t quantity_e4, int64_t price_e4, int64_t discount_e4) {
    int64_t cents = 0;
    assert_true(document_line_value(quantity_e4, price_e4, discount_e4, &cents));
    return cents;
}

static void document_line_value_is_quantity_times_price(void **state) {
    (void)state;
    assert_int_equal(value_of(120000, 140000, 0), 16800); /* 12 x 14.00 */
    assert_int_equal(value_of(480000, 21000, 0), 10080);  /* 48 x 2.1 */
    assert_int_equal(value_of(10000, -535943600, 0), -5359436);
    assert_int_equal(value_of(-10000, 90000, 0), -900);
}

static void document_line_value_takes_the_discount_off(void **state) {
    (void)state;
    assert_int_equal(value_of(350000, 77000, 1500), 22908); /* 35 x 7.7 x 0.85 = 229.075 */
    assert_int_equal(value_of(100000, 100000, 10000), 0);
}

static void document_line_value_rounds_half_away_from_zero_once(void **state) {
    (void)state;
    assert_int_equal(value_of(10000, 50, 0), 1);   /* 0.005 */
    assert_int_equal(value_of(10000, 49, 0), 0);   /* 0.0049 */
    assert_int_equal(value_of(-10000, 50, 0), -1); /* -0.005 */
    assert_int_equal(value_of(-10000, 49, 0), 0);
    assert_int_equal(value_of(30000, 10, 0), 0); /* 3 x 0.001 */
    assert_int_equal(value_of(50000, 10, 0), 1); /* 5 x 0.001 = 0.005 */
}

static void document_line_value_refuses_what_does_not_fit(void **state) {
    (void)state;
    int64_t cents = 7;
    assert_false(document_line_value(INT64_MAX, INT64_MAX, 0, &cents));
    assert_false(document_line_value(INT64_MIN, INT64_MIN, 0, &cents));
    assert_false(document_line_value(INT64_MAX, 10000000000, 0, &cents));
    assert_false(document_line_value(10000, 10000, 10001, &cents));
    assert_false(document_line_value(10000, 10000, -1, &cents));
    assert_int_equal(cents, 7);
    assert_int_equal(value_of(100000000000000, 1000000, 0), 100000000000000); /* the largest that may be kept */
    assert_false(document_line_value(100000000000000, 1000001, 0, &cents));
    assert_int_equal(value_of(-100000000000000, 1000000, 0), -100000000000000);
}

static void document_amount_has_a_largest(void **state) {
    (void)state;
    assert_true(document_amount_fits(100000000000000));
    assert_true(document_amount_fits(-100000000000000));
    assert_false(document_amount_fits(100000000000001));
    assert_false(document_amount_fits(INT64_MIN));
}

static void document_unit_price_is_value_by_quantity(void **state) {
    (void)state;
    int64_t price = 7;
    assert_false(document_unit_price(100, 0, &price));
    assert_false(document_unit_price(100000000000000, 1, &price));
    assert_int_equal(price, 7);
    assert_true(document_unit_price(16800, 120000, &price)); /* 168.00 / 12 */
    assert_int_equal(price, 140000);
    assert_true(document_unit_price(-1000, -30000, &price)); /* a return of 3 for 10.00 */
    assert_int_equal(price, 33333);
    assert_true(document_unit_price(1000, -60000, &price));
    assert_int_equal(price, -16667);
}

static bool total(size_t n, const struct str *row) {
    return document_row_total(&arena, row, n);
}

static void document_total_rows_of_reports(void **state) {
    (void)state;
    const struct str plain[] = {S("Total"), S(""), S("1.234,56")};
    const struct str general[] = {S(""), S("TOTAL GERAL:"), S("9"), S("10"), S("11")};
    const struct str sub[] = {S("Sub-Total"), S("x"), S("y")};
    const struct str of[] = {S("Total do cliente 17"), S(""), S(""), S("12,00")};
    const struct str count[] = {S("Total de registros: 12")};
    assert_true(total(3, plain));
    assert_true(total(5, general));
    assert_true(total(3, sub));
    assert_true(total(4, of));
    assert_true(total(1, count));
}

static void document_data_rows_are_no_totals(void **state) {
    (void)state;
    const struct str firm[] = {S("Total Distribuidora Ltda"), S("2021-03-04"), S("10"), S("1,00")};
    const struct str later[] = {S("C1"), S("Total"), S("")};
    const struct str empty[] = {S(""), S("  "), S("")};
    const struct str word[] = {S("Totaly"), S(""), S("")};
    assert_false(total(4, firm));
    assert_false(total(3, later));
    assert_false(total(3, empty));
    assert_false(total(3, word));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(document_cancelled_words_of_both_languages),
        cmocka_unit_test(document_living_states_are_not_cancelled),
        cmocka_unit_test(document_returns_of_both_languages),
        cmocka_unit_test(document_sales_are_no_returns),
        cmocka_unit_test(document_line_value_is_quantity_times_price),
        cmocka_unit_test(document_line_value_takes_the_discount_off),
        cmocka_unit_test(document_line_value_rounds_half_away_from_zero_once),
        cmocka_unit_test(document_line_value_refuses_what_does_not_fit),
        cmocka_unit_test(document_amount_has_a_largest),
        cmocka_unit_test(document_unit_price_is_value_by_quantity),
        cmocka_unit_test(document_total_rows_of_reports),
        cmocka_unit_test(document_data_rows_are_no_totals),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
