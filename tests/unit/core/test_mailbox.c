// SPDX-License-Identifier: Apache-2.0
/* Which texts are addresses and servers that can stand in a message's header and in the commands to a server. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#include "core/mailbox.h"

static void mailbox_of_ordinary_people_is_one(void **state) {
    (void)state;
    static const char *const good[] = {"ana@example.com",
                                       "ana.silva+vendas@example.com.br",
                                       "a@b.co",
                                       "o'neil@example.com",
                                       "_x-1=2@mail-3.example.com",
                                       "ANA@EXAMPLE.COM",
                                       "1@2.example",
                                       "x@xn--ao-cja.com.br"};
    for (size_t i = 0; i < sizeof good / sizeof *good; i++)
        assert_true(mailbox_is(str_from(good[i])));
}

static void mailbox_that_could_end_a_header_or_a_command_is_none(void **state) {
    (void)state;
    static const char *const bad[] = {"",
                                      "ana",
                                      "@example.com",
                                      "ana@",
                                      "ana@example",
                                      "ana@example.",
                                      "ana@.example.com",
                                      "ana@example..com",
                                      ".ana@example.com",
                                      "ana.@example.com",
                                      "a..b@example.com",
                                      "ana@b@example.com",
                                      "ana@-example.com",
                                      "ana@example-.com",
                                      "ana@10.0.0.1",
                                      "ana@[10.0.0.1]",
                                      "Ana <ana@example.com>",
                                      "<ana@example.com>",
                                      "ana@example.com>",
                                      "ana@example.com\r\nBcc: all@example.com",
                                      "ana@example.com\n",
                                      "ana\t@example.com",
                                      "\"ana\"@example.com",
                                      "ana,rui@example.com",
                                      "ana@example.com;rui@example.com",
                                      "ana@example.com SIZE=1",
                                      "an\xc3\xa1@example.com",
                                      "ana@a\xc3\xa7\xc3\xa3o.com.br",
                                      "ana@exa_mple.com"};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        assert_false(mailbox_is(str_from(bad[i])));
    assert_false(mailbox_is((struct str){"ana\0b@example.com", 17}));
}

static void mailbox_is_as_long_as_allowed_and_no_longer(void **state) {
    (void)state;
    char text[MAILBOX_MOST + 2];
    memset(text, 'a', sizeof text);
    for (size_t i = 64; i < sizeof text; i += 64)
        text[i] = '.';
    text[64] = '@';
    assert_true(mailbox_is((struct str){text, MAILBOX_MOST}));
    assert_false(mailbox_is((struct str){text, MAILBOX_MOST + 1}));
    text[64] = 'a';
    text[65] = '@';
    assert_false(mailbox_is((struct str){text, MAILBOX_MOST}));
}

static void host_is_a_name_or_a_number(void **state) {
    (void)state;
    static const char *const good[] = {"localhost", "smtp.example.com", "10.0.0.1", "::1", "2001:db8::25"};
    static const char *const bad[] = {
        "",    "smtp.example.com:25", "smtp://example.com", "a b", "a/b", "[::1]", "-a.b", "a..b", "x@y", ":", "a\r\n",
        "a\"b"};
    for (size_t i = 0; i < sizeof good / sizeof *good; i++)
        assert_true(mailbox_host_is(str_from(good[i])));
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        assert_false(mailbox_host_is(str_from(bad[i])));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(mailbox_of_ordinary_people_is_one),
        cmocka_unit_test(mailbox_that_could_end_a_header_or_a_command_is_none),
        cmocka_unit_test(mailbox_is_as_long_as_allowed_and_no_longer),
        cmocka_unit_test(host_is_a_name_or_a_number),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
