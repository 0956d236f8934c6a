// SPDX-License-Identifier: Apache-2.0
/* Parameters of models as text: what is read, what is written back, what is refused and with what words. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <math.h>

#include "base/catalog.h"
#include "core/model_text.h"

static struct arena arena;
static struct cx cx;

static int set_up(void **state) {
    (void)state;
    arena_init(&arena, 0, arena_full_exit, NULL);
    cx = (struct cx){.arena = &arena};
    return 0;
}

static int tear_down(void **state) {
    (void)state;
    arena_clear(&arena);
    return 0;
}

static struct model_text text_of(enum model_kind kind, int64_t k, const char *text) {
    struct model_text out;
    cx_clear(&cx);
    if (!model_text_read(&cx, kind, k, str_from(text), &out))
        fail_msg("%s: %.*s", text, STR_ARG(cx.err.key));
    return out;
}

/* Refused with this key, whose first argument is this; there are words for it in every language. */
static void refused(enum model_kind kind, int64_t k, const char *text, struct str key, struct str argument) {
    struct model_text out;
    cx_clear(&cx);
    if (model_text_read(&cx, kind, k, str_from(text), &out))
        fail_msg("%s was read", text);
    if (!str_equal(cx.err.key, key))
        fail_msg("%s: %.*s", text, STR_ARG(cx.err.key));
    if (!str_equal(cx.err.arg[0], argument))
        fail_msg("%s: about %.*s", text, STR_ARG(cx.err.arg[0]));
    assert_int_equal(cx.err.code, ERR_INVALID);
    for (int lang = 0; lang < LANG_COUNT; lang++)
        assert_non_null(catalog_find((enum lang)lang, key));
}

static void model_text_is_read_in_any_order(void **state) {
    (void)state;
    struct model_text text = text_of(MODEL_BGNBD, 0, " a=0.793 , r=0.243,b = 2.426,alpha=4.414 ");
    const double expected[] = {0.243, 4.414, 0.793, 2.426};
    for (size_t i = 0; i < 4; i++)
        assert_true(text.params.v[i] == expected[i]);
    assert_int_equal(text.params.kind, MODEL_BGNBD);
    assert_int_equal(text.params.k, 1);
    assert_int_equal(text.effects, 0);
}

static void model_text_with_semicolons_takes_decimal_commas(void **state) {
    (void)state;
    struct model_text text = text_of(MODEL_NBD, 0, "r=0,25; alpha=4.5;");
    assert_true(text.params.v[0] == 0.25 && text.params.v[1] == 4.5);
}

static void model_text_takes_k_beside_or_apart(void **state) {
    (void)state;
    assert_int_equal(text_of(MODEL_MBGCNBD, 2, "r=1,alpha=2,a=3,b=4").params.k, 2);
    assert_int_equal(text_of(MODEL_MBGCNBD, 0, "k=12,r=1,alpha=2,a=3,b=4").params.k, 12);
    assert_int_equal(text_of(MODEL_BGCNBD, 3, "k=3,r=1,alpha=2,a=3,b=4").params.k, 3);
    refused(MODEL_MBGCNBD, 0, "r=1,alpha=2,a=3,b=4", S("model.k_missing"), S("mbgcnbd"));
    refused(MODEL_MBGCNBD, 2, "k=3,r=1,alpha=2,a=3,b=4", S("model.k_twice"), S("2"));
    refused(MODEL_MBGCNBD, 13, "r=1,alpha=2,a=3,b=4", S("model.k_range"), S("13"));
    refused(MODEL_MBGCNBD, 0, "k=1.5,r=1,alpha=2,a=3,b=4", S("model.k_range"), S("1.5"));
    refused(MODEL_BGNBD, 2, "r=1,alpha=2,a=3,b=4", S("model.no_k"), S("bgnbd"));
    refused(MODEL_BGNBD, 0, "r=1,alpha=2,a=3,b=4,k=2", S("model.unknown_param"), S("k"));
}

static void model_text_that_is_wrong_is_named(void **state) {
    (void)state;
    refused(MODEL_BGNBD, 0, "r=1,alpha=2,a=3", S("model.param_missing"), S("b"));
    refused(MODEL_BGNBD, 0, "", S("model.param_missing"), S("r"));
    refused(MODEL_BGNBD, 0, "r=1,alpha=2,a=3,b=4,s=5", S("model.unknown_param"), S("s"));
    refused(MODEL_BGNBD, 0, "r=1,r=2,alpha=2,a=3,b=4", S("model.param_twice"), S("r"));
    refused(MODEL_BGNBD, 0, "r=one,alpha=2,a=3,b=4", S("model.not_a_number"), S("r"));
    refused(MODEL_BGNBD, 0, "r=,alpha=2,a=3,b=4", S("model.not_a_number"), S("r"));
    refused(MODEL_BGNBD, 0, "r=nan,alpha=2,a=3,b=4", S("model.not_a_number"), S("r"));
    refused(MODEL_BGNBD, 0, "r=0,243,alpha=4", S("model.no_value"), S("243"));
    refused(MODEL_BGNBD, 0, "r=0,alpha=2,a=3,b=4", S("model.param_range"), S("r"));
    refused(MODEL_BGNBD, 0, "r=1,alpha=-2,a=3,b=4", S("model.param_range"), S("alpha"));
    refused(MODEL_BGNBD, 0, "r=1,alpha=2,a=1e9,b=4", S("model.param_range"), S("a"));
    refused(MODEL_BGNBD, 0, "r=1,alpha=2,a=3,b=9e-9", S("model.param_range"), S("b"));
}

static void model_text_at_the_edges_of_its_range_is_read(void **state) {
    (void)state;
    struct model_text text = text_of(MODEL_PNBD, 0, "r=1e-8,alpha=1e8,s=1e-8,beta=1e8");
    assert_true(text.params.v[0] == 1e-8 && text.params.v[3] == 1e8);
}

static void model_text_of_a_mixture_has_shares_that_sum_to_one(void **state) {
    (void)state;
    struct model_text text = text_of(MODEL_MIXK, 0, "r=1,alpha=2,a=3,b=4,w1=0.5,w2=0.5,w4=0,w8=0");
    assert_true(text.params.v[4] == 0.5 && text.params.v[7] == 0);
    refused(MODEL_MIXK, 0, "r=1,alpha=2,a=3,b=4,w1=0.5,w2=0.4,w4=0,w8=0", S("model.weights_sum"), S("0.9"));
    refused(MODEL_MIXK, 0, "r=1,alpha=2,a=3,b=4,w1=1.5,w2=-0.5,w4=0,w8=0", S("model.weight_range"), S("w1"));
}

static void model_text_holds_effects_of_covariates(void **state) {
    (void)state;
    struct model_text text =
        text_of(MODEL_BGNBD, 0, "r=1,alpha=2,a=3,b=4,rate[segment=Varejo, SP]=0.1,drop[age]=-2,rate[uf=]=1e-3");
    assert_int_equal(text.effects, 3);
    assert_true(text.effect[0].has_level && !text.effect[0].drop && text.effect[0].value == 0.1);
    assert_true(str_equal(text.effect[0].column, S("segment")) && str_equal(text.effect[0].level, S("Varejo, SP")));
    assert_true(text.effect[1].drop && !text.effect[1].has_level && str_equal(text.effect[1].column, S("age")));
    assert_true(text.effect[2].has_level && text.effect[2].level.n == 0);
    refused(MODEL_NBD, 0, "r=1,alpha=2,drop[age]=1", S("model.unknown_param"), S("drop[age]"));
    refused(MODEL_PGGG, 0, "t=1,gamma=1,r=1,alpha=2,s=1,beta=1,rate[age]=1", S("model.unknown_param"), S("rate[age]"));
    refused(MODEL_NBD, 0, "r=1,alpha=2,rate[a]=1,rate[a]=2", S("model.param_twice"), S("rate[a]"));
    refused(MODEL_NBD, 0, "r=1,alpha=2,rate[]=1", S("model.unknown_param"), S("rate[]"));
}

static void model_text_is_read_back_to_the_same_bits(void **state) {
    (void)state;
    struct model_effect effect[] = {
        {.column = S("seg]m=ent\\"), .level = S("a]b\\c,d=e;f"), .has_level = true, .value = 1.0 / 3},
        {.drop = true, .column = S("idade"), .value = -1e-300},
        {.column = S("uf"), .has_level = true, .value = 5}};
    struct model_text text = {
        .params = {.kind = MODEL_PNBD, .k = 1, .v = {1.0 / 3, 1e-8, 0.1 + 0.2, 12345.678901234567}},
        .effect = effect,
        .effects = 3};
    struct str written = model_text_write(&arena, &text);
    struct model_text again = text_of(MODEL_PNBD, 0, str_terminated(&arena, written));
    for (size_t i = 0; i < 4; i++)
        assert_true(again.params.v[i] == text.params.v[i]);
    assert_int_equal(again.effects, 3);
    for (size_t i = 0; i < 3; i++) {
        assert_true(again.effect[i].value == effect[i].value && again.effect[i].drop == effect[i].drop);
        assert_true(str_equal(again.effect[i].column, effect[i].column));
        assert_true(str_equal(again.effect[i].level, effect[i].level));
        assert_int_equal(again.effect[i].has_level, effect[i].has_level);
    }
    assert_true(str_equal(model_text_write(&arena, &again), written));
}

static void model_text_knows_one_zero(void **state) {
    (void)state;
    struct model_text text = text_of(MODEL_MIXK, 0, "r=1,alpha=2,a=3,b=4,w1=1,w2=-0,w4=0,w8=-0.0");
    assert_false(signbit(text.params.v[5]) || signbit(text.params.v[7]));
}

static void model_names_and_words_exist_for_every_model(void **state) {
    (void)state;
    for (int kind = MODEL_NONE + 1; kind < MODEL_KINDS; kind++) {
        enum model_kind back = MODEL_NONE;
        assert_true(model_kind_parse(str_from(model_name((enum model_kind)kind)), &back));
        assert_int_equal(back, kind);
        assert_true(model_params_n((enum model_kind)kind) >= 2);
    }
    for (int bit = 1; model_warning_name((enum model_warning)bit) != NULL; bit *= 2) {
        struct str key = cx_text(&cx, "model.warn_%s", model_warning_name((enum model_warning)bit));
        assert_non_null(catalog_find(LANG_EN, key));
    }
    for (int stop = MODEL_CONVERGED; stop <= MODEL_SAMPLED; stop++)
        assert_non_null(
            catalog_find(LANG_PT_BR, cx_text(&cx, "model.stop_%s", model_stop_name((enum model_stop)stop))));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(model_text_is_read_in_any_order),
        cmocka_unit_test(model_text_with_semicolons_takes_decimal_commas),
        cmocka_unit_test(model_text_takes_k_beside_or_apart),
        cmocka_unit_test(model_text_that_is_wrong_is_named),
        cmocka_unit_test(model_text_at_the_edges_of_its_range_is_read),
        cmocka_unit_test(model_text_of_a_mixture_has_shares_that_sum_to_one),
        cmocka_unit_test(model_text_holds_effects_of_covariates),
        cmocka_unit_test(model_text_is_read_back_to_the_same_bits),
        cmocka_unit_test(model_text_knows_one_zero),
        cmocka_unit_test(model_names_and_words_exist_for_every_model),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
