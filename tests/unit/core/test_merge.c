// SPDX-License-Identifier: Apache-2.0
/* Texts with fields: what is written, what is refused and where, and values that try to be more than values. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "core/merge.h"

static struct arena arena;

static int setup(void **state) {
    (void)state;
    arena_init(&arena, 0, arena_full_exit, NULL);
    return 0;
}

static int teardown(void **state) {
    (void)state;
    arena_clear(&arena);
    return 0;
}

#define TEXT(literal)                                                                                                  \
    { (literal), sizeof(literal) - 1 }
static const struct merge_value values[] = {
    {TEXT("customer"), TEXT("cliente"), TEXT("Padaria \"Sol\" <Ltda>\r\nBcc: x")},
    {TEXT("person"), TEXT("pessoa"), TEXT("")},
    {TEXT("code"), TEXT("codigo"), TEXT("{customer}")}};

static void writes(const char *text, enum merge_form form, const char *expected) {
    struct str out = {0};
    struct merge_fault fault;
    if (!merge_write(&arena, str_from(text), values, 3, form, 1000, &out, &fault))
        fail_msg("%s: %d", text, (int)fault.kind);
    if (!str_equal(out, str_from(expected)))
        fail_msg("%s: %.*s", text, STR_ARG(out));
}

static void merge_value_stands_where_its_field_stood(void **state) {
    (void)state;
    writes("a {code} b", MERGE_TEXT, "a {customer} b"); /* never read again */
    writes("{ C\xC3\xB3"
           "digo }{CODE|x}",
           MERGE_TEXT, "{customer}{customer}");
    writes("{person|amigo}{pessoa|}.", MERGE_TEXT, "amigo.");
    writes("", MERGE_TEXT, "");
}

static void merge_value_is_harmless_in_its_form(void **state) {
    (void)state;
    writes("{customer}", MERGE_HTML, "Padaria &quot;Sol&quot; &lt;Ltda&gt;\nBcc: x");
    writes("<b>{customer|}</b>", MERGE_LINE, "<b>Padaria \"Sol\" <Ltda>  Bcc: x</b>");
    writes("Hi\r\n{person|a\tb}", MERGE_LINE, "Hi  a b");
    writes("{\"n\":\"{customer}\"}", MERGE_JSON, "{\"n\":\"Padaria \\\"Sol\\\" <Ltda>\\r\\nBcc: x\"}");
    writes("n={customer}&p={person|a b}", MERGE_FORM, "n=Padaria%20%22Sol%22%20%3CLtda%3E%0D%0ABcc%3A%20x&p=a%20b");
}

static void merge_brace_before_no_letter_is_itself(void **state) {
    (void)state;
    writes("{\"a\":{\"b\":{}},\"c\":[{ }]} } {1} {", MERGE_JSON, "{\"a\":{\"b\":{}},\"c\":[{ }]} } {1} {");
}

static void merge_fault_says_what_and_on_which_line(void **state) {
    static const struct {
        const char *text;
        enum merge_kind kind;
        const char *field;
        size_t line;
    } cases[] = {
        {"a\nb {nobody}", MERGE_UNKNOWN, "nobody", 2},       {"{customer", MERGE_UNCLOSED, "customer", 1},
        {"\n\n{customer\n}", MERGE_UNCLOSED, "customer", 3}, {"{person|{customer}}", MERGE_UNCLOSED, "person", 1},
        {"{{customer}}", MERGE_DOUBLED, "customer", 1},      {"{customer \xC3(}", MERGE_NOT_TEXT, "", 1}};
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct merge_fault fault;
        if (merge_check(&arena, str_from(cases[i].text), values, 3, &fault) || fault.kind != cases[i].kind ||
            !str_equal(fault.field, str_from(cases[i].field)) || fault.line != cases[i].line)
            fail_msg("%s: %d %.*s %zu", cases[i].text, (int)fault.kind, STR_ARG(fault.field), fault.line);
    }
}

static void merge_missing_value_without_default_is_named(void **state) {
    struct merge_fault fault;
    struct str out = S("as before");
    (void)state;
    assert_true(merge_check(&arena, S("x\n{person}"), values, 3, &fault));
    assert_false(merge_write(&arena, S("x\n{person}"), values, 3, MERGE_TEXT, 1000, &out, &fault));
    assert_int_equal(fault.kind, MERGE_MISSING);
    assert_true(str_equal(fault.field, S("person")) && fault.line == 2 && str_equal(out, S("as before")));
    struct cx cx = {.arena = &arena};
    assert_false(merge_fail(&cx, &fault, S("Padaria Sol")));
    assert_true(str_equal(cx.err.key, S("merge.missing")) && str_equal(cx.err.arg[1], S("Padaria Sol")));
}

static void merge_text_has_a_greatest_length_and_number_of_fields(void **state) {
    char text[MERGE_TEXT_MOST + 1];
    struct merge_fault fault;
    struct str out;
    (void)state;
    memset(text, 'x', sizeof text);
    assert_true(merge_check(&arena, (struct str){text, MERGE_TEXT_MOST}, values, 3, &fault));
    assert_false(merge_check(&arena, (struct str){text, MERGE_TEXT_MOST + 1}, values, 3, &fault));
    assert_int_equal(fault.kind, MERGE_TOO_LONG);
    for (size_t i = 0; i <= MERGE_FIELDS_MOST; i++)
        memcpy(text + i * 6, "{code}", 6);
    assert_true(merge_check(&arena, (struct str){text, (size_t)6 * MERGE_FIELDS_MOST}, values, 3, &fault));
    assert_false(merge_check(&arena, (struct str){text, (size_t)6 * (MERGE_FIELDS_MOST + 1)}, values, 3, &fault));
    assert_int_equal(fault.kind, MERGE_TOO_MANY);
    assert_true(merge_write(&arena, S("{code}{code}"), values, 3, MERGE_TEXT, 20, &out, &fault));
    assert_false(merge_write(&arena, S("{code}{code}"), values, 3, MERGE_TEXT, 19, &out, &fault));
    assert_int_equal(fault.kind, MERGE_TOO_LONG);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(merge_value_stands_where_its_field_stood),
        cmocka_unit_test(merge_value_is_harmless_in_its_form),
        cmocka_unit_test(merge_brace_before_no_letter_is_itself),
        cmocka_unit_test(merge_fault_says_what_and_on_which_line),
        cmocka_unit_test(merge_missing_value_without_default_is_named),
        cmocka_unit_test(merge_text_has_a_greatest_length_and_number_of_fields),
    };
    return cmocka_run_group_tests(tests, setup, teardown);
}
