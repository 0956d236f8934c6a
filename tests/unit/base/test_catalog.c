// SPDX-License-Identifier: Apache-2.0
/* Texts by language and key, on a small table that stands here in place of the one the build makes. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/catalog.h"

const struct catalog_entry catalog_entries[] = {
    {"a.b", {"um", "one"}},
    {"a.b.hint", {"Tente {0}.", "Try {0}."}},
    {"a.bc", {"dois", "two"}},
    {"many.rows", {"{0} {0|linha|linhas} em {1} {1|dia|dias}", "{0} {0|row|rows} on {1} {1|day|days}"}},
    {"row.bad", {"Linha {1} de {0}: {2}{2}", "{0}, line {1}: {2}{2}"}},
    {"z.braces", {"{} {x} {10} {0", "{0}"}},
    {"z.forms", {"{0|} {0|a} {0|a|b", "{1|a|b}{0||s}"}},
};
const size_t catalog_entries_n = sizeof catalog_entries / sizeof catalog_entries[0];

static struct arena arena;

static int set_up(void **state) {
    (void)state;
    arena_init(&arena, 0, NULL, NULL);
    return 0;
}

static int tear_down(void **state) {
    (void)state;
    arena_clear(&arena);
    return 0;
}

#define assert_str(got, expected) assert_string_equal(str_terminated(&arena, (got)), (expected))

static void lang_is_read_from_tags_and_locale_names(void **state) {
    (void)state;
    static const char *const pt[] = {"pt", "pt-BR", "pt_BR.UTF-8", "PT", "pt_PT@euro", "Pt-br"};
    static const char *const en[] = {"en", "en_US", "en_US.UTF-8", "EN-GB", "C", "C.UTF-8", "POSIX"};
    static const char *const no[] = {"", "p", "de_DE.UTF-8", "ptx", "english", "c", "Cx"};
    enum lang lang = LANG_COUNT;
    for (size_t i = 0; i < sizeof pt / sizeof pt[0]; i++) {
        assert_true(lang_parse(str_from(pt[i]), &lang));
        assert_int_equal(lang, LANG_PT_BR);
    }
    for (size_t i = 0; i < sizeof en / sizeof en[0]; i++) {
        assert_true(lang_parse(str_from(en[i]), &lang));
        assert_int_equal(lang, LANG_EN);
    }
    for (size_t i = 0; i < sizeof no / sizeof no[0]; i++)
        assert_false(lang_parse(str_from(no[i]), &lang));
}

static void catalog_finds_every_entry_in_both_languages(void **state) {
    (void)state;
    for (size_t i = 0; i < catalog_entries_n; i++) {
        struct str key = str_from(catalog_entries[i].key);
        assert_string_equal(catalog_find(LANG_PT_BR, key), catalog_entries[i].text[LANG_PT_BR]);
        assert_string_equal(catalog_find(LANG_EN, key), catalog_entries[i].text[LANG_EN]);
    }
}

static void catalog_lacks_keys_before_between_and_after_its_own(void **state) {
    (void)state;
    static const char *const keys[] = {"", "a", "a.ba", "b", "row.ba", "row.bad2", "zz"};
    for (size_t i = 0; i < sizeof keys / sizeof keys[0]; i++)
        assert_null(catalog_find(LANG_EN, str_from(keys[i])));
}

static void catalog_text_puts_arguments_where_the_language_wants_them(void **state) {
    (void)state;
    const struct str args[] = {S("a.csv"), S("7"), S("!")};
    assert_str(catalog_text(&arena, LANG_PT_BR, S("row.bad"), args, 3), "Linha 7 de a.csv: !!");
    assert_str(catalog_text(&arena, LANG_EN, S("row.bad"), args, 3), "a.csv, line 7: !!");
}

static void catalog_text_leaves_placeholders_without_arguments(void **state) {
    (void)state;
    const struct str args[] = {S("a.csv")};
    assert_str(catalog_text(&arena, LANG_EN, S("row.bad"), args, 1), "a.csv, line {1}: {2}{2}");
    assert_str(catalog_text(&arena, LANG_PT_BR, S("z.braces"), args, 1), "{} {x} {10} {0");
}

static void catalog_text_does_not_look_into_arguments(void **state) {
    (void)state;
    const struct str args[] = {S("{1}"), S("{0}"), S("")};
    assert_str(catalog_text(&arena, LANG_EN, S("row.bad"), args, 3), "{1}, line {0}: ");
}

static void catalog_text_has_the_form_of_its_number(void **state) {
    (void)state;
    const struct str one[] = {S("1"), S("2")}, none[] = {S("0"), S("1")}, thousand[] = {S("1,001"), S("1.0")};
    assert_str(catalog_text(&arena, LANG_EN, S("many.rows"), one, 2), "1 row on 2 days");
    assert_str(catalog_text(&arena, LANG_PT_BR, S("many.rows"), one, 2), "1 linha em 2 dias");
    assert_str(catalog_text(&arena, LANG_EN, S("many.rows"), none, 2), "0 rows on 1 day");
    assert_str(catalog_text(&arena, LANG_PT_BR, S("many.rows"), none, 2), "0 linhas em 1 dia");
    assert_str(catalog_text(&arena, LANG_EN, S("many.rows"), thousand, 2), "1,001 rows on 1.0 days");
}

static void catalog_text_leaves_forms_that_are_not_whole_or_lack_their_number(void **state) {
    (void)state;
    const struct str one[] = {S("1")};
    assert_str(catalog_text(&arena, LANG_PT_BR, S("z.forms"), one, 1), "{0|} {0|a} {0|a|b");
    assert_str(catalog_text(&arena, LANG_EN, S("z.forms"), one, 1), "{1|a|b}");
}

static void catalog_text_of_an_unknown_key_is_the_key(void **state) {
    (void)state;
    assert_str(catalog_text(&arena, LANG_EN, S("no.such"), NULL, 0), "no.such");
}

static void catalog_error_has_its_hint_where_there_is_one(void **state) {
    (void)state;
    struct err err = {.code = ERR_INVALID, .key = S("a.b"), .arg = {S("--help")}, .args = 1};
    assert_str(catalog_error(&arena, LANG_EN, &err), "one Try --help.");
    assert_str(catalog_error(&arena, LANG_PT_BR, &err), "um Tente --help.");
    err.key = S("a.bc");
    assert_str(catalog_error(&arena, LANG_EN, &err), "two");
    err.key = S("no.such");
    assert_str(catalog_error(&arena, LANG_EN, &err), "no.such");
}

int main(void) {
    const struct CMUnitTest tests[] = {
#define test(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
        test(lang_is_read_from_tags_and_locale_names),
        test(catalog_finds_every_entry_in_both_languages),
        test(catalog_lacks_keys_before_between_and_after_its_own),
        test(catalog_text_puts_arguments_where_the_language_wants_them),
        test(catalog_text_leaves_placeholders_without_arguments),
        test(catalog_text_does_not_look_into_arguments),
        test(catalog_text_has_the_form_of_its_number),
        test(catalog_text_leaves_forms_that_are_not_whole_or_lack_their_number),
        test(catalog_text_of_an_unknown_key_is_the_key),
        test(catalog_error_has_its_hint_where_there_is_one),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
