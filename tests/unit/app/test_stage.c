// SPDX-License-Identifier: Apache-2.0
/* test_stage -- rows of one document meet wherever they stand, in memory and in temporary files alike. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "app/stage.h"

enum { DOCUMENTS = 500, ROWS = 4000, TINY = 4096 };

struct seen {
    size_t groups, lines;
    int64_t sum[DOCUMENTS];
    size_t visits[DOCUMENTS];
    uint64_t first_line; /* of the first group visited */
};

static size_t number_of(struct str s) {
    size_t n = 0;
    for (size_t i = 1; i < s.n; i++) {
        n = 10 * n + (size_t)(s.p[i] - '0');
    }
    return n;
}

static bool group_see(struct cx *cx, void *owner, const struct staged_group *group) {
    (void)cx;
    struct seen *seen = owner;
    size_t at = number_of(group->heading[0].number);
    if (seen->groups == 0) {
        seen->first_line = group->line[0].line;
    }
    seen->groups++;
    seen->visits[at]++;
    seen->lines += group->lines;
    for (size_t i = 0; i < group->lines; i++) {
        const struct staged_line *line = &group->line[i];
        assert_true(str_equal(group->heading[line->heading].number, group->heading[0].number));
        seen->sum[at] += line->value_cents;
    }
    return true;
}

/* Rows of the documents in turn, so that no two rows of one stand together. */
static void fill(struct cx *cx, struct stage *stage, int64_t *sum) {
    for (size_t i = 0; i < ROWS; i++) {
        size_t at = (i * 7) % DOCUMENTS;
        struct staged_heading heading = {
            .number = cx_text(cx, "D%zu", at), .customer = S("K1"), .day = {15000}, .document_cents = INT64_MIN};
        struct staged_line line = {.line = i + 2, .value_cents = (int64_t)i, .product = S("P"), .quantity_e4 = 10000};
        assert_true(stage_add(cx, stage, &heading, &line));
        sum[at] += (int64_t)i;
    }
}

static void holds(size_t memory, bool expect_files) {
    struct arena arena;
    arena_init(&arena, 0, arena_full_exit, NULL);
    struct cx cx = {.arena = &arena};
    struct stage *stage = NULL;
    static struct seen seen;
    static int64_t sum[DOCUMENTS];
    seen = (struct seen){0};
    memset(sum, 0, sizeof sum);
    assert_true(stage_open(&cx, &stage));
    if (memory > 0) {
        stage_memory(stage, memory);
    }
    fill(&cx, stage, sum);
    assert_true(stage_each(&cx, stage, group_see, &seen));
    bool in_files = false;
    assert_true(stage_bytes(stage, &in_files) > 0);
    assert_int_equal(in_files, expect_files);
    assert_int_equal(seen.groups, DOCUMENTS);
    assert_int_equal(seen.lines, ROWS);
    for (size_t i = 0; i < DOCUMENTS; i++) {
        assert_int_equal(seen.visits[i], 1);
        assert_int_equal(seen.sum[i], sum[i]);
    }
    stage_close(stage);
    arena_clear(&arena);
}

static void stage_in_memory_brings_rows_together(void **state) {
    (void)state;
    holds(0, false);
}

static void stage_past_its_memory_brings_the_same_rows_together(void **state) {
    (void)state;
    holds(TINY, true);
}

static bool first_see(struct cx *cx, void *owner, const struct staged_group *group) {
    (void)cx;
    struct seen *seen = owner;
    assert_true(seen->groups == 0 || group->line[0].line > seen->first_line);
    seen->first_line = group->line[0].line;
    seen->groups++;
    return true;
}

static void stage_visits_documents_in_the_order_of_the_file(void **state) {
    (void)state;
    struct arena arena;
    arena_init(&arena, 0, arena_full_exit, NULL);
    struct cx cx = {.arena = &arena};
    struct stage *stage = NULL;
    struct seen *seen = arena_new(&arena, struct seen, 1);
    int64_t *sum = arena_new(&arena, int64_t, DOCUMENTS);
    assert_true(stage_open(&cx, &stage));
    fill(&cx, stage, sum);
    assert_true(stage_each(&cx, stage, first_see, seen));
    assert_int_equal(seen->groups, DOCUMENTS);
    stage_close(stage);
    arena_clear(&arena);
}

static bool texts_see(struct cx *cx, void *owner, const struct staged_group *group) {
    (void)cx;
    int *groups = owner;
    const struct staged_heading *h = &group->heading[0];
    const struct staged_line *l = &group->line[group->lines - 1];
    (*groups)++;
    assert_true(str_equal(h->company, S("Filial 2")));
    assert_true(str_equal(h->city, S("São José")));
    assert_int_equal(h->document_cents, -5);
    assert_int_equal(l->flags, STAGED_RETURN | STAGED_VALUED);
    assert_int_equal(l->price_e4, 123456789);
    assert_true(str_equal(l->product_name, S("Fubá")));
    assert_true(str_equal(l->raw, S("a;b;c")));
    return true;
}

static void stage_gives_every_field_back(void **state) {
    (void)state;
    struct arena arena;
    arena_init(&arena, 0, arena_full_exit, NULL);
    struct cx cx = {.arena = &arena};
    struct stage *stage = NULL;
    int groups = 0;
    struct staged_heading heading = {.number = S("1"),
                                     .company = S("Filial 2"),
                                     .customer = S("C"),
                                     .city = S("São José"),
                                     .day = {1},
                                     .document_cents = -5};
    struct staged_line line = {
        .flags = STAGED_RETURN | STAGED_VALUED, .price_e4 = 123456789, .product_name = S("Fubá"), .raw = S("a;b;c")};
    assert_true(stage_open(&cx, &stage));
    assert_true(stage_add(&cx, stage, &heading, &line));
    heading.number = S("2"); /* another document of the same company is another group */
    assert_true(stage_add(&cx, stage, &heading, &line));
    assert_true(stage_each(&cx, stage, texts_see, &groups));
    assert_int_equal(groups, 2);
    stage_close(stage);
    arena_clear(&arena);
}

static void stage_of_nothing_visits_nothing(void **state) {
    (void)state;
    struct arena arena;
    arena_init(&arena, 0, arena_full_exit, NULL);
    struct cx cx = {.arena = &arena};
    struct stage *stage = NULL;
    int groups = 0;
    assert_true(stage_open(&cx, &stage));
    assert_true(stage_each(&cx, stage, texts_see, &groups));
    assert_int_equal(groups, 0);
    stage_close(stage);
    arena_clear(&arena);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(stage_in_memory_brings_rows_together),
        cmocka_unit_test(stage_past_its_memory_brings_the_same_rows_together),
        cmocka_unit_test(stage_visits_documents_in_the_order_of_the_file),
        cmocka_unit_test(stage_gives_every_field_back),
        cmocka_unit_test(stage_of_nothing_visits_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
