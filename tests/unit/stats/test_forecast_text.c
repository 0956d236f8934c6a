// SPDX-License-Identifier: Apache-2.0
/* A forecast model as text: nothing is lost on the way there and back, and what is damaged is refused. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#include "base/buf.h"
#include "forecast_company.h"
#include "stats/forecast_parts.h"

enum { CUSTOMERS = 300, AS_OF = COMPANY_FIRST + 600 };

static const struct model_params leaving = {.kind = MODEL_MBGNBD, .k = 1, .v = {1.2, 40, 0.8, 4}};

static struct arena arena;
static struct history *people;
static struct forecast_model *learnt[FORECAST_METHODS]; /* one of each method */
static struct str text[FORECAST_METHODS];

static struct str text_of(const struct forecast_model *model) {
    struct buf buf;
    buf_init(&buf, &arena, 0);
    forecast_write(model, &buf);
    return buf_str(&buf);
}

static int texts_make(void **state) {
    (void)state;
    arena_init(&arena, 0, arena_full_exit, NULL);
    people = company_make(&arena, &leaving, NULL, 3, CUSTOMERS, 400, 600);
    for (int m = FORECAST_CYCLE; m < FORECAST_METHODS; m++) {
        struct forecast_report report = {0};
        if (company_learn(&arena, people, CUSTOMERS, AS_OF, 1, (enum forecast_method)m, &learnt[m], &report) != STAT_OK)
            return -1;
        text[m] = text_of(learnt[m]);
    }
    return 0;
}

static int texts_clear(void **state) {
    (void)state;
    arena_clear(&arena);
    return 0;
}

static bool read_fails(struct str damaged) {
    struct forecast_model *model;
    struct arena_mark mark = arena_mark_get(&arena);
    bool failed = forecast_read(&arena, damaged, &model) != STAT_OK;
    arena_rewind(&arena, mark);
    return failed;
}

static void text_there_and_back_is_the_same_text(void **state) {
    (void)state;
    for (int m = FORECAST_CYCLE; m < FORECAST_METHODS; m++) {
        struct forecast_model *model;
        assert_int_equal(forecast_read(&arena, text[m], &model), STAT_OK);
        assert_int_equal((int)forecast_model_method(model), m);
        assert_true(str_equal(text_of(model), text[m]));
    }
}

static void same_params(const struct model_params *a, const struct model_params *b) {
    assert_int_equal(a->kind, b->kind);
    assert_int_equal(a->k, b->k);
    assert_memory_equal(a->v, b->v, sizeof a->v);
}

static void same_cycle(const struct forecast_cycle *a, const struct forecast_cycle *b) {
    assert_memory_equal(a->rate, b->rate, sizeof a->rate);
    assert_memory_equal(&a->pace, &b->pace, sizeof a->pace);
    assert_int_equal(a->segments, b->segments);
    assert_memory_equal(a->prior_days, b->prior_days, (a->segments + 1) * sizeof *a->prior_days);
}

static void text_there_and_back_loses_no_bit_of_the_model(void **state) {
    (void)state;
    for (int m = FORECAST_CYCLE; m < FORECAST_METHODS; m++) {
        const struct forecast_model *a = learnt[m];
        struct forecast_model *b;
        assert_int_equal(forecast_read(&arena, text[m], &b), STAT_OK);
        assert_int_equal(a->as_of, b->as_of);
        assert_int_equal(a->horizon_days, b->horizon_days);
        same_cycle(&a->cycle, &b->cycle);
        same_params(&a->base, &b->base);
        assert_int_equal(a->counts, b->counts);
        for (uint32_t s = 0; a->counts && s <= a->segments; s++)
            same_params(&a->count[s], &b->count[s]);
        assert_memory_equal(&a->levels, &b->levels, sizeof a->levels);
        assert_int_equal(a->seasonal, b->seasonal);
        assert_memory_equal(&a->season, &b->season, sizeof a->season);
        assert_int_equal(a->trust.bins, b->trust.bins);
        assert_memory_equal(a->trust.at, b->trust.at, sizeof a->trust.at);
        assert_memory_equal(a->trust.shift, b->trust.shift, sizeof a->trust.shift);
        assert_memory_equal(a->trust.noise, b->trust.noise, sizeof a->trust.noise);
        assert_memory_equal(&a->trust.level, &b->trust.level, sizeof a->trust.level);
        assert_int_equal(a->value.known, b->value.known);
        assert_memory_equal(&a->value.mean_cents, &b->value.mean_cents, sizeof a->value.mean_cents);
        same_params(&a->value.params, &b->value.params);
        if (m != FORECAST_STACK)
            continue;
        assert_memory_equal(a->stack, b->stack, sizeof *a->stack);
        same_params(&a->origin.plain, &b->origin.plain);
        same_params(&a->origin.regular, &b->origin.regular);
        same_cycle(&a->origin.cycle, &b->origin.cycle);
        assert_int_equal(a->origin.company.horizon_days, b->origin.company.horizon_days);
        assert_memory_equal(&a->origin.company.log_gap, &b->origin.company.log_gap, sizeof(double));
    }
}

static void text_is_one_line_of_letters_digits_and_blanks(void **state) {
    (void)state;
    for (int m = FORECAST_CYCLE; m < FORECAST_METHODS; m++)
        for (size_t i = 0; i < text[m].n; i++) {
            char c = text[m].p[i];
            assert_true((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == ' ');
        }
}

static void text_cut_short_or_with_a_tail_is_refused(void **state) {
    (void)state;
    for (int m = FORECAST_CYCLE; m < FORECAST_METHODS; m++) {
        for (size_t n = 0; n < text[m].n; n++)
            assert_true(read_fails((struct str){text[m].p, n}));
        char *longer = arena_new(&arena, char, text[m].n + 17);
        memcpy(longer, text[m].p, text[m].n);
        memcpy(longer + text[m].n, text[m].p + text[m].n - 17, 17);
        assert_true(read_fails((struct str){longer, text[m].n + 17}));
        assert_true(read_fails((struct str){longer, text[m].n + 1}));
    }
}

static void text_of_other_letters_is_refused(void **state) {
    (void)state;
    static const char wrong[] = {'g', 'A', '-', '\0', '\n', (char)0xff};
    struct str good = text[FORECAST_STACK];
    char *damaged = arena_new(&arena, char, good.n);
    for (size_t i = 0; i < good.n; i++)
        for (size_t w = 0; w < sizeof wrong; w++) {
            memcpy(damaged, good.p, good.n);
            damaged[i] = wrong[w];
            assert_true(read_fails((struct str){damaged, good.n}));
        }
}

/* Numbers that no model has, one place after the other: whatever is read all the same must be usable. */
static void text_with_impossible_numbers_is_refused_or_harmless(void **state) {
    (void)state;
    static const char *const wrong[] = {
        " 7ff0000000000000", " fff0000000000000", " 7ff8000000000000",  /* infinite, infinite, none */
        " 7fefffffffffffff", " c08f400000000000", " 3fe0000000000000"}; /* huge, -1000, 0.5 */
    for (int m = FORECAST_CYCLE; m < FORECAST_METHODS; m++) {
        size_t form = strlen("forecast1"), numbers = (text[m].n - form) / 17, never = 0;
        char *damaged = arena_new(&arena, char, text[m].n);
        for (size_t i = 0; i < numbers; i++)
            for (size_t w = 0; w < sizeof wrong / sizeof *wrong; w++) {
                memcpy(damaged, text[m].p, text[m].n);
                memcpy(damaged + form + i * 17, wrong[w], 17);
                struct forecast_model *model;
                struct forecast f;
                struct arena_mark mark = arena_mark_get(&arena);
                if (forecast_read(&arena, (struct str){damaged, text[m].n}, &model) == STAT_OK) {
                    assert_true(w >= 3); /* what is not finite is never taken */
                    forecast_customer(model, &people[i % CUSTOMERS], STAT_NONE, &f);
                    assert_true(f.p_active_e4 == STAT_NONE || (f.p_active_e4 >= 0 && f.p_active_e4 <= 10000));
                } else {
                    never++;
                }
                arena_rewind(&arena, mark);
            }
        assert_true(never >= 3 * numbers);
    }
}

static void text_of_another_form_is_refused(void **state) {
    (void)state;
    assert_true(read_fails((struct str){NULL, 0}));
    assert_true(read_fails(str_from("forecast1")));
    assert_true(read_fails(str_from("forecast2 0000000000000000")));
    assert_true(read_fails(str_from("{\"method\":\"stack\"}")));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(text_there_and_back_is_the_same_text),
        cmocka_unit_test(text_there_and_back_loses_no_bit_of_the_model),
        cmocka_unit_test(text_is_one_line_of_letters_digits_and_blanks),
        cmocka_unit_test(text_cut_short_or_with_a_tail_is_refused),
        cmocka_unit_test(text_of_other_letters_is_refused),
        cmocka_unit_test(text_with_impossible_numbers_is_refused_or_harmless),
        cmocka_unit_test(text_of_another_form_is_refused),
    };
    return cmocka_run_group_tests(tests, texts_make, texts_clear);
}
