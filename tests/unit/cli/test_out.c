// SPDX-License-Identifier: Apache-2.0
/* out -- tables, CSV and JSON as they reach the person or the script; the JSON writer of single objects. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>

#include "base/buf.h"
#include "base/text.h"
#include "cli/json.h"

struct fixture {
    struct arena arena, keep;
    struct cx cx;
    struct cli_world world;
    struct cli cli;
    char *written;
    size_t n;
    FILE *to;
};

static int32_t no_offset(int64_t at_us) {
    (void)at_us;
    return 0;
}

static int setup(void **state) {
    static struct fixture f;
    f = (struct fixture){0};
    arena_init(&f.arena, 0, arena_full_exit, NULL);
    arena_init(&f.keep, 0, arena_full_exit, NULL);
    f.to = open_memstream(&f.written, &f.n);
    f.world = (struct cli_world){.out = f.to, .err = f.to, .utc_offset_s = no_offset};
    f.cx.arena = &f.arena;
    f.cli = (struct cli){.world = &f.world, .cx = &f.cx, .keep = &f.keep, .lang = LANG_EN};
    *state = &f;
    return 0;
}

static int teardown(void **state) {
    struct fixture *f = *state;
    fclose(f->to);
    free(f->written);
    arena_clear(&f->keep);
    arena_clear(&f->arena);
    return 0;
}

#define NAME(text)                                                                                                     \
    { (text), sizeof(text) - 1 }
static const struct out_column columns[] = {
    {.name = NAME("code"), .title = NAME("Code"), .type = OUT_TEXT},
    {.name = NAME("n"), .title = NAME("N"), .type = OUT_INTEGER},
    {.name = NAME("ratio"), .title = NAME("Ratio"), .type = OUT_E4, .places = 1},
    {.name = NAME("value"), .title = NAME("Value"), .type = OUT_MONEY},
    {.name = NAME("day"), .title = NAME("Day"), .type = OUT_DAY}};
enum { COLUMNS = 5 };

static bool put(struct out *out, const char *code, int64_t n, int64_t ratio, int64_t cents, int32_t day) {
    const struct out_cell cells[COLUMNS] = {out_text(str_from(code)), out_number(n), out_number(ratio),
                                            out_number(cents), out_day((struct day){day})};
    return out_row(out, cells);
}

static void write_two(struct fixture *f, enum cli_format format) {
    struct out *out;
    assert_true(out_open(&f->cli, f->to, format, columns, COLUMNS, &out));
    assert_true(put(out, "A, \"x\"", 1234567, 12345, -150, 0));
    assert_true(put(out, "", INT64_MIN, INT64_MIN, INT64_MIN, INT32_MIN));
    assert_true(out_close(out));
}

static void csv_is_quoted_where_needed_and_absent_is_empty(void **state) {
    struct fixture *f = *state;
    write_two(f, CLI_CSV);
    assert_string_equal(f->written, "code,n,ratio,value,day\n"
                                    "\"A, \"\"x\"\"\",1234567,1.2345,-1.50,1970-01-01\n"
                                    ",,,,\n");
}

static void csv_does_not_follow_the_language(void **state) {
    struct fixture *f = *state;
    f->cli.lang = LANG_PT_BR;
    csv_is_quoted_where_needed_and_absent_is_empty(state);
}

static void json_has_money_and_days_as_text_and_absent_as_null(void **state) {
    struct fixture *f = *state;
    write_two(f, CLI_JSON);
    assert_string_equal(f->written, "[\n{\"code\":\"A, \\\"x\\\"\",\"n\":1234567,\"ratio\":1.2345,\"value\":\"-1.50\","
                                    "\"day\":\"1970-01-01\"},\n"
                                    "{\"code\":null,\"n\":null,\"ratio\":null,\"value\":null,\"day\":null}\n]\n");
}

static void json_of_no_rows_is_an_empty_array(void **state) {
    struct fixture *f = *state;
    struct out *out;
    assert_true(out_open(&f->cli, f->to, CLI_JSON, columns, COLUMNS, &out));
    assert_true(out_close(out));
    assert_string_equal(f->written, "[]\n");
}

static void table_aligns_numbers_right_and_follows_the_language(void **state) {
    struct fixture *f = *state;
    struct out *out;
    f->cli.lang = LANG_PT_BR;
    assert_true(out_open(&f->cli, f->to, CLI_TABLE, columns, COLUMNS, &out));
    assert_true(put(out, "São", 1234, 25000, 123456, 0));
    assert_true(put(out, "b", 5, INT64_MIN, 100, 1));
    const struct out_cell totals[COLUMNS] = {
        {.absent = true}, out_number(1239), {.absent = true}, out_number(123556), {.absent = true}};
    assert_true(out_total(out, totals));
    assert_true(out_close(out));
    assert_string_equal(f->written, "Code      N  Ratio     Value  Day\n"
                                    "────  ─────  ─────  ────────  ──────────\n"
                                    "São   1.234    2,5  1.234,56  01/01/1970\n"
                                    "b         5      -      1,00  02/01/1970\n"
                                    "────  ─────  ─────  ────────  ──────────\n"
                                    "      1.239         1.235,56\n");
}

static void table_shortens_text_to_the_terminal(void **state) {
    struct fixture *f = *state;
    struct out *out;
    f->world.columns = 40;
    assert_true(out_open(&f->cli, f->to, CLI_TABLE, columns, COLUMNS, &out));
    assert_true(put(out, "Comercial Araújo e Irmãos Limitada", 1, 1, 1, 1));
    assert_true(out_close(out));
    struct str rest = {f->written, f->n}, line;
    while (rest.n > 0) {
        str_cut(rest, '\n', &line, &rest);
        assert_in_range(str_width(line), 1, 40);
    }
    assert_non_null(strstr(f->written, "Comercial…"));
}

static void table_of_many_rows_keeps_the_widths_of_the_first(void **state) {
    struct fixture *f = *state;
    struct out *out;
    size_t used = 0;
    assert_true(out_open(&f->cli, f->to, CLI_TABLE, columns, COLUMNS, &out));
    for (int i = 0; i < 5000; i++) {
        assert_true(put(out, i < OUT_SAMPLE ? "short" : "a much longer text", i, i, i, i));
        if (i == 1000)
            used = f->keep.used;
    }
    assert_int_equal(f->keep.used, used);
    assert_true(out_close(out));
    assert_non_null(strstr(f->written, "a mu…"));
}

static void table_shows_no_control_characters(void **state) {
    struct fixture *f = *state;
    struct out *out;
    assert_true(out_open(&f->cli, f->to, CLI_TABLE, columns, COLUMNS, &out));
    assert_true(put(out, "a\033[31m\nb\xC2\x9B", 1, 1, 1, 1));
    assert_true(out_close(out));
    assert_null(strchr(f->written, '\033'));
    assert_null(strstr(f->written, "\xC2\x9B"));
    assert_non_null(strstr(f->written, "a [31m b"));
}

static void full_disk_is_an_error(void **state) {
    struct fixture *f = *state;
    struct out *out;
    FILE *full = fopen("/dev/full", "w");
    if (full == NULL)
        skip();
    assert_true(out_open(&f->cli, full, CLI_CSV, columns, COLUMNS, &out));
    assert_false(out_close(out));
    assert_int_equal(f->cx.err.code, ERR_IO);
    fclose(full);
}

static void object_holds_arrays_and_nulls(void **state) {
    struct fixture *f = *state;
    struct json json;
    json_open(&json, &f->cli, f->to);
    json_object(&json, NULL);
    json_text(&json, "name", S("Água"));
    json_text(&json, "none", S(""));
    json_array(&json, "days");
    json_day(&json, NULL, (struct day){0});
    json_day(&json, NULL, (struct day){1});
    json_array_end(&json);
    json_array(&json, "empty");
    json_array_end(&json);
    json_money(&json, "value", 1);
    json_object_end(&json);
    assert_true(json_close(&json));
    assert_string_equal(f->written, "{\n  \"name\": \"Água\",\n  \"none\": null,\n  \"days\": [\n    \"1970-01-01\",\n"
                                    "    \"1970-01-02\"\n  ],\n  \"empty\": [],\n  \"value\": \"0.01\"\n}\n");
}

static void texts_are_made_as_the_language_and_the_shell_want_them(void **state) {
    struct fixture *f = *state;
    const struct {
        struct str made;
        const char *expected;
    } cases[] = {{text_money(&f->arena, LANG_PT_BR, 123456789), "1.234.567,89"},
                 {text_money(&f->arena, LANG_EN, -5), "-0.05"},
                 {text_int(&f->arena, LANG_EN, -1000), "-1,000"},
                 {text_int(&f->arena, LANG_EN, 999), "999"},
                 {text_decimal(&f->arena, LANG_EN, 14449, 4, 1), "1.4"},
                 {text_decimal(&f->arena, LANG_EN, 14500, 4, 1), "1.5"},
                 {text_share(&f->arena, LANG_PT_BR, 1234), "12,3 %"},
                 {text_month(&f->arena, LANG_PT_BR, -1), "12/1969"},
                 {text_moment_iso(&f->arena, -1), "1969-12-31T23:59:59Z"},
                 {text_moment(&f->arena, LANG_EN, 0, -10800), "1969-12-31 21:00"},
                 {text_shell(&f->arena, S("shop-1.db")), "shop-1.db"},
                 {text_shell(&f->arena, S("D'Avila & Co")), "'D'\\''Avila & Co'"},
                 {text_shell(&f->arena, S("")), "''"}};
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        assert_int_equal(cases[i].made.n, strlen(cases[i].expected));
        assert_memory_equal(cases[i].made.p, cases[i].expected, cases[i].made.n);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(csv_is_quoted_where_needed_and_absent_is_empty, setup, teardown),
        cmocka_unit_test_setup_teardown(csv_does_not_follow_the_language, setup, teardown),
        cmocka_unit_test_setup_teardown(json_has_money_and_days_as_text_and_absent_as_null, setup, teardown),
        cmocka_unit_test_setup_teardown(json_of_no_rows_is_an_empty_array, setup, teardown),
        cmocka_unit_test_setup_teardown(table_aligns_numbers_right_and_follows_the_language, setup, teardown),
        cmocka_unit_test_setup_teardown(table_shortens_text_to_the_terminal, setup, teardown),
        cmocka_unit_test_setup_teardown(table_of_many_rows_keeps_the_widths_of_the_first, setup, teardown),
        cmocka_unit_test_setup_teardown(table_shows_no_control_characters, setup, teardown),
        cmocka_unit_test_setup_teardown(full_disk_is_an_error, setup, teardown),
        cmocka_unit_test_setup_teardown(object_holds_arrays_and_nulls, setup, teardown),
        cmocka_unit_test_setup_teardown(texts_are_made_as_the_language_and_the_shell_want_them, setup, teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
