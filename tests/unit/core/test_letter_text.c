// SPDX-License-Identifier: Apache-2.0
/* Plain text of a letter as HTML: what becomes a paragraph, a list, a link, and what stays what it is. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "core/letter_text.h"

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

static void gives(const char *text, const char *expected) {
    struct buf to;
    buf_init(&to, &arena, 0);
    letter_text_html(&to, str_from(text), NULL, NULL);
    if (!str_equal(buf_str(&to), str_from(expected)))
        fail_msg("%s: %.*s", text, (int)to.n, to.p);
}

static void letter_text_empty_line_ends_a_paragraph(void **state) {
    (void)state;
    gives("One\ntwo\r\n\r\n \nthree", "<p>One<br>\ntwo</p>\n<p>three</p>\n");
    gives("\n\n", "");
    gives("", "");
}

static void letter_text_lines_with_dashes_are_a_list(void **state) {
    (void)state;
    gives("- a\n- b <i>\n\n- c\nd", "<ul>\n<li>a</li>\n<li>b &lt;i&gt;</li>\n</ul>\n<p>- c<br>\nd</p>\n");
}

static void letter_text_address_is_a_link_without_the_marks_behind_it(void **state) {
    (void)state;
    gives("See https://a.example/x?y=1&z=2.",
          "<p>See <a href=\"https://a.example/x?y=1&amp;z=2\">https://a.example/x?y=1&amp;z=2</a>.</p>\n");
    gives("(http://a.example/b_(c)) x", "<p>(<a href=\"http://a.example/b_(c)\">http://a.example/b_(c)</a>) x</p>\n");
    gives("https:// javascript:alert(1) mailto:a@b", "<p>https:// javascript:alert(1) mailto:a@b</p>\n");
    gives("https://a\"onclick=x", "<p><a href=\"https://a\">https://a</a>&quot;onclick=x</p>\n");
}

static struct str elsewhere(void *owner, struct arena *to, struct str url) {
    (void)owner;
    (void)to;
    return url.n > 10 ? S("https://r/?a&b\"") : url;
}

static void letter_text_link_is_put_elsewhere_and_shown_as_it_was(void **state) {
    struct buf to;
    (void)state;
    buf_init(&to, &arena, 0);
    letter_text_html(&to, S("https://long.example"), elsewhere, NULL);
    assert_true(str_equal(buf_str(&to), S("<p><a href=\"https://r/?a&amp;b&quot;\">https://long.example</a></p>\n")));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(letter_text_empty_line_ends_a_paragraph),
        cmocka_unit_test(letter_text_lines_with_dashes_are_a_list),
        cmocka_unit_test(letter_text_address_is_a_link_without_the_marks_behind_it),
        cmocka_unit_test(letter_text_link_is_put_elsewhere_and_shown_as_it_was),
    };
    return cmocka_run_group_tests(tests, setup, teardown);
}
