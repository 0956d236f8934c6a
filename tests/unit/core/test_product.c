// SPDX-License-Identifier: Apache-2.0
/* Which lines are goods: a real shop's odd codes, Brazilian names, and goods whose names or codes look like fees. */
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

struct line {
    const char *code, *name;
};

static void all_are(bool goods, const struct line *line) {
    for (; line->code != NULL; line++)
        if (product_is_goods(&arena, str_from(line->code), str_from(line->name), S("")) != goods)
            fail_msg("%s %s is %s", line->code, line->name, goods ? "dropped" : "kept");
}

static void product_odd_codes_of_online_retail_are_no_goods(void **state) {
    (void)state;
    static const struct line lines[] = {{"POST", "POSTAGE"},
                                        {"POST", ""},
                                        {"DOT", "DOTCOM POSTAGE"},
                                        {"DOT", ""},
                                        {"M", "Manual"},
                                        {"m", "Manual"},
                                        {"C2", "CARRIAGE"},
                                        {"D", "Discount"},
                                        {"S", "SAMPLES"},
                                        {"B", "Adjust bad debt"},
                                        {"BANK CHARGES", "Bank Charges"},
                                        {"ADJUST", "Adjustment by john on 26/01/2010 16"},
                                        {"ADJUST2", "Adjustment by Peter on Jun 25 2010 "},
                                        {"AMAZONFEE", "AMAZON FEE"},
                                        {"CRUK", "CRUK Commission"},
                                        {"TEST001", "This is a test product."},
                                        {"TEST002", ""},
                                        {"gift_0001_80", "Dotcomgiftshop Gift Voucher £80.00"},
                                        {"gift_0001_20", "to push order througha s stock was"},
                                        {"gift_0001_90", ""},
                                        {NULL, NULL}};
    all_are(false, lines);
}

static void product_goods_of_online_retail_are_kept(void **state) {
    (void)state;
    static const struct line lines[] = {{"85123A", "WHITE HANGING HEART T-LIGHT HOLDER"},
                                        {"PADS", "PADS TO MATCH ALL CUSHIONS"},
                                        {"DCGS0003", "BOXED GLASS ASHTRAY"},
                                        {"DCGS0067", "ebay"},
                                        {"DCGSSBOY", "BOYS PARTY BAG"},
                                        {"SP1002", "KID'S CHALKBOARD/EASEL"},
                                        {"22041", "RECORD FRAME 7\" SINGLE SIZE "},
                                        {"22423", ""},
                                        {NULL, NULL}};
    all_are(true, lines);
}

static void product_brazilian_fees_are_no_goods(void **state) {
    (void)state;
    static const struct line lines[] = {{"9001", "Frete"},
                                        {"9001", "FRETE RODOVIÁRIO SP"},
                                        {"9002", "Valor do frete"},
                                        {"9003", "Taxa de entrega"},
                                        {"9004", "Despesas acessórias"},
                                        {"9004", "Outras despesas"},
                                        {"9005", "Serviço"},
                                        {"9005", "Serviço de entrega"},
                                        {"9006", "Juros por atraso"},
                                        {"9007", "Desconto comercial"},
                                        {"9008", "Acréscimo"},
                                        {"9009", "Seguro da carga"},
                                        {"9010", "Vale-presente R$ 100"},
                                        {"FRETE", "Transportadora Braspress"},
                                        {"TESTE01", "produto"},
                                        {"77", "Produto de teste"},
                                        {NULL, NULL}};
    all_are(false, lines);
}

static void product_goods_that_look_like_fees_are_kept(void **state) {
    (void)state;
    static const struct line lines[] = {{"M", "Camiseta M"},
                                        {"M", ""},
                                        {"D", "Dobradiça"},
                                        {"S", ""},
                                        {"123", "Manual de instruções"},
                                        {"POST", "Poste de luz"},
                                        {"124", "Porta frete"},
                                        {"125", "Embalagem presente"},
                                        {"126", "Brinde caneta"},
                                        {"127", "Serviço de chá em porcelana"},
                                        {"128", "CARRIAGE CLOCK BRASS"},
                                        {"129", "Café torrado - coffee"},
                                        {"130", "Teste rápido de gravidez"},
                                        {"131", "Adjustable spanner"},
                                        {"132", "Amostra grátis perfume"},
                                        {"GIFT", "GIFT BOX"},
                                        {"TESTER", "Multímetro"},
                                        {"", ""},
                                        {NULL, NULL}};
    all_are(true, lines);
}

static void product_kind_of_the_file_decides_when_known(void **state) {
    (void)state;
    assert_true(product_is_goods(&arena, S("9001"), S("Frete"), S("Produto")));
    assert_false(product_is_goods(&arena, S("85123A"), S("Lanterna"), S("Serviço")));
    assert_false(product_is_goods(&arena, S("85123A"), S("Lanterna"), S("freight")));
    assert_false(product_is_goods(&arena, S("85123A"), S("Lanterna"), S("SV")));
    assert_true(product_is_goods(&arena, S("85123A"), S("Lanterna"), S("categoria 7")));
    assert_false(product_is_goods(&arena, S("9001"), S("Frete"), S("categoria 7")));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(product_odd_codes_of_online_retail_are_no_goods),
        cmocka_unit_test(product_goods_of_online_retail_are_kept),
        cmocka_unit_test(product_brazilian_fees_are_no_goods),
        cmocka_unit_test(product_goods_that_look_like_fees_are_kept),
        cmocka_unit_test(product_kind_of_the_file_decides_when_known),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
