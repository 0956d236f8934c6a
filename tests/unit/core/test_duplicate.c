// SPDX-License-Identifier: Apache-2.0
/* Which names are one, which numbers, and how strong evidence is; the numbers of docs/methods/duplicates.md.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#include "core/duplicate.h"
#include "core/taxid.h"

static struct arena arena;

static int begin(void **state) {
    (void)state;
    arena_init(&arena, 0, arena_full_exit, NULL);
    return 0;
}

static int end(void **state) {
    (void)state;
    arena_clear(&arena);
    return 0;
}

static struct str name(const char *text) {
    return duplicate_name(&arena, str_from(text));
}

static void is(struct str s, const char *text) {
    if (!str_equal(s, str_from(text)))
        fail_msg("\"%.*s\" is not \"%s\"", STR_ARG(s), text);
}

static void duplicate_name_drops_accents_forms_and_order(void **state) {
    (void)state;
    is(name("Comércio de Bebidas São João Ltda."), "bebidas joao sao");
    is(name("SAO JOAO BEBIDAS COM. ME"), "bebidas joao sao");
    is(name("Açaí & Cia S/A"), "acai");
    is(name("ACAI S.A."), "acai");
    is(name("Padaria Pão-de-Mel EIRELI - EPP"), "mel padaria pao");
    is(name("MARIA DA SILVA 12345678909"), "maria silva");
    is(name("Loja 12"), "12 loja");
    is(name("Bar do Bar"), "bar");
}

static void duplicate_name_of_nothing_but_forms_is_kept(void **state) {
    (void)state;
    is(name("Comércio e Indústria Ltda"), "comercio e industria ltda");
    is(name(""), "");
    is(name(" -- "), "");
}

static void duplicate_likeness_of_one_letter_is_high_and_of_another_name_low(void **state) {
    (void)state;
    struct str a = name("Mercadinho Boa Vista Ltda"), b = name("Mercadinho Bôa Vsta ME"), c = name("Mercado Central");
    assert_int_equal(duplicate_likeness(a, name("BOA VISTA MERCADINHO")), 10000);
    assert_int_equal(duplicate_likeness(a, b), 8780); /* 18 of 21 and 20 groups of three letters */
    assert_int_equal(duplicate_likeness(b, a), 8780);
    assert_true(duplicate_likeness(a, c) < 5000);
    assert_int_equal(duplicate_likeness(a, name("")), 0);
}

static void duplicate_likeness_of_other_numbers_is_none(void **state) {
    (void)state;
    assert_int_equal(duplicate_likeness(name("Posto Ipiranga 12"), name("Posto Ipiranga 13")), 0);
    assert_int_equal(duplicate_likeness(name("Posto Ipiranga 12"), name("Posto Ipiranga")), 0);
    assert_true(duplicate_likeness(name("Posto Ipiranga 12"), name("Posto Ipirang 12")) >= DUPLICATE_ALIKE_FROM);
}

static void duplicate_names_as_long_as_can_be_are_compared(void **state) {
    (void)state;
    char text[4000];
    for (size_t i = 0; i < sizeof text; i++)
        text[i] = i % 7 == 6 ? ' ' : (char)('a' + i * i % 26);
    struct str longest = duplicate_name(&arena, (struct str){text, sizeof text});
    assert_int_equal(duplicate_likeness(longest, longest), 10000);
    assert_true(duplicate_likeness(longest, name("a b c")) < 3000);
    memset(text, 'x', sizeof text);
    struct str word = duplicate_name(&arena, (struct str){text, sizeof text});
    assert_int_equal(word.n, sizeof text);
    assert_true(duplicate_likeness(word, longest) <= 10000);
}

static void phones(const char *text, size_t n, int64_t first, int64_t second) {
    int64_t out[DUPLICATE_PHONES];
    size_t found = duplicate_phones(str_from(text), out);
    if (found != n || (n > 0 && out[0] != first) || (n > 1 && out[1] != second))
        fail_msg("%s: %zu, %lld", text, found, n > 0 && found > 0 ? (long long)out[0] : 0);
}

static void duplicate_phone_is_one_however_it_is_written(void **state) {
    (void)state;
    static const char *const same[] = {"+55 (11) 98765-4312", "11987654312",        "(11) 8765-4312",
                                       "011 8765 4312",       "0 15 11 98765-4312", "5511987654312"};
    for (size_t i = 0; i < sizeof same / sizeof *same; i++)
        phones(same[i], 1, INT64_C(1187654312), 0);
    phones("98765-4312", 1, 87654312, 0);
    phones("(44) 3621-1010 / (44) 3622-2020", 2, INT64_C(4436211010), INT64_C(4436222020));
    phones("3621-1010 ou 3622-2020", 2, 36211010, 36222020);
    assert_int_equal(duplicate_phone_local(INT64_C(1187654312)), 87654312);
}

static void duplicate_phone_that_is_none_is_left_out(void **state) {
    (void)state;
    phones("", 0, 0, 0);
    phones("(11) 99999-9999", 0, 0, 0);
    phones("0000-0000", 0, 0, 0);
    phones("1234-5678", 0, 0, 0);
    phones("123", 0, 0, 0);
    phones("n/d", 0, 0, 0);
    phones("030-0074321", 1, DUPLICATE_FOREIGN + 300074321, 0);
    assert_int_equal(duplicate_phone_local(DUPLICATE_FOREIGN + 300074321), 0);
    phones("1/2/3/4/5/6/7/8/9/11 3333-1212/11 3333-1213/11 3333-1214/11 3333-1215/11 3333-1216", 4, INT64_C(1133331212),
           INT64_C(1133331213));
}

static struct str cnpj(const char *twelve) {
    char *text = arena_alloc(&arena, 15, 1);
    memcpy(text, twelve, 12);
    assert_true(taxid_check_digits(str_from(twelve), text + 12));
    return (struct str){text, 14};
}

static void duplicate_tax_tells_one_branches_and_others(void **state) {
    (void)state;
    struct str head = cnpj("112223330001"), branch = cnpj("112223330002"), other = cnpj("998887770001");
    assert_int_equal(duplicate_tax_says(head, head), DUPLICATE_TAX);
    assert_int_equal(duplicate_tax_says(head, branch), DUPLICATE_ROOT);
    assert_int_equal(duplicate_tax_says(head, other), DUPLICATE_AGAINST);
    assert_int_equal(duplicate_tax_says(head, S("12345678909")), 0); /* a CPF: its owner's */
    assert_int_equal(duplicate_tax_says(cnpj("12ABC3450001"), cnpj("12ABC3450002")), DUPLICATE_ROOT);
    assert_int_equal(duplicate_tax_says(S("00000000000000"), S("00000000000000")), 0);
    assert_int_equal(duplicate_tax_says(S("ISENTO"), S("ISENTO")), 0);
    assert_int_equal(duplicate_tax_says(S(""), S("")), 0);
    assert_int_equal(duplicate_tax_says(S("11222333000199"), head), 0); /* mistyped: says nothing */
}

static void duplicate_strength_is_what_the_method_says(void **state) {
    (void)state;
    assert_int_equal(duplicate_strength(DUPLICATE_TAX, 0), 9500);
    assert_int_equal(duplicate_strength(DUPLICATE_PHONE, 0), 5500);
    assert_int_equal(duplicate_strength(DUPLICATE_NAME | DUPLICATE_PLACE, 10000), 7500);
    assert_int_equal(duplicate_strength(DUPLICATE_NAME, 10000), 5250);
    assert_int_equal(duplicate_strength(DUPLICATE_NAME | DUPLICATE_AWAY, 10000), 3000);
    assert_int_equal(duplicate_strength(DUPLICATE_ALIKE | DUPLICATE_PLACE | DUPLICATE_PHONE, 8780), 8052);
    assert_int_equal(duplicate_strength(DUPLICATE_NAME | DUPLICATE_PLACE | DUPLICATE_AGAINST, 10000), 3000);
    assert_int_equal(duplicate_strength(DUPLICATE_PLACE, 0), 0);
}

static void duplicate_branches_are_never_likely_one(void **state) {
    (void)state;
    assert_int_equal(duplicate_strength(DUPLICATE_ROOT, 0), 2500);
    assert_int_equal(duplicate_strength(DUPLICATE_ROOT | DUPLICATE_NAME | DUPLICATE_PLACE | DUPLICATE_PHONE, 10000),
                     DUPLICATE_FAIR - 1);
}

static void duplicate_kinds_have_names_that_are_read_back(void **state) {
    (void)state;
    for (unsigned bit = 0; bit < DUPLICATE_KINDS; bit++) {
        enum duplicate_kind kind;
        assert_true(duplicate_kind_parse(str_from(duplicate_kind_name((enum duplicate_kind)(1u << bit))), &kind));
        assert_int_equal(kind, 1u << bit);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(duplicate_name_drops_accents_forms_and_order),
        cmocka_unit_test(duplicate_name_of_nothing_but_forms_is_kept),
        cmocka_unit_test(duplicate_likeness_of_one_letter_is_high_and_of_another_name_low),
        cmocka_unit_test(duplicate_likeness_of_other_numbers_is_none),
        cmocka_unit_test(duplicate_names_as_long_as_can_be_are_compared),
        cmocka_unit_test(duplicate_phone_is_one_however_it_is_written),
        cmocka_unit_test(duplicate_phone_that_is_none_is_left_out),
        cmocka_unit_test(duplicate_tax_tells_one_branches_and_others),
        cmocka_unit_test(duplicate_strength_is_what_the_method_says),
        cmocka_unit_test(duplicate_branches_are_never_likely_one),
        cmocka_unit_test(duplicate_kinds_have_names_that_are_read_back),
    };
    return cmocka_run_group_tests(tests, begin, end);
}
