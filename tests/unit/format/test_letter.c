// SPDX-License-Identifier: Apache-2.0
/* A message as bytes: what stands in its header, that nothing typed gets out of its place, and that every line is one a server takes. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "format/letter.h"

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

static struct letter simple(void) {
    return (struct letter){.from_name = S("Loja A\xc3\xa7o & Cia"),
                           .from = S("vendas@example.com"),
                           .to_name = S("Jo\xc3\xa3o"),
                           .to = S("joao@example.org"),
                           .subject = S("Seus clientes de hoje"),
                           .text = S("Bom dia\n"),
                           .message_id = S("abc@example.com"),
                           .at_us = INT64_C(1790000000) * 1000000};
}

static struct str written(const struct letter *letter) {
    struct str out = {0};
    assert_true(letter_write(&cx, letter, &out));
    /* Seven bits, lines of at most 998 that end in CRLF, and no CR or LF alone. */
    size_t line = 0;
    for (size_t i = 0; i < out.n; i++) {
        assert_true((unsigned char)out.p[i] < 0x80 && out.p[i] != '\0');
        if (out.p[i] == '\n')
            assert_true(i > 0 && out.p[i - 1] == '\r');
        else if (i > 0 && out.p[i - 1] == '\r')
            fail_msg("CR alone at %zu", i);
        line = out.p[i] == '\n' ? 0 : line + 1;
        assert_true(line <= 998);
    }
    assert_true(str_ends(out, S("\r\n")));
    return out;
}

/* How many headers of the outermost part begin so. */
static size_t headers(struct str message, const char *name) {
    size_t n = 0;
    struct str line, rest = message;
    while (str_cut(rest, '\n', &line, &rest) && line.n > 1)
        if (line.n > strlen(name) && strncasecmp(line.p, name, strlen(name)) == 0 && line.p[strlen(name)] == ':')
            n++;
    return n;
}

static bool holds(struct str message, const char *text) {
    return memmem(message.p, message.n, text, strlen(text)) != NULL;
}

static void letter_has_each_header_once(void **state) {
    (void)state;
    struct letter letter = simple();
    letter.reply_to = S("ana@example.com");
    letter.unsubscribe = S("https://reativa.example.com/u/token");
    letter.auto_submitted = true;
    struct str out = written(&letter);
    static const char *const names[] = {"From",
                                        "To",
                                        "Reply-To",
                                        "Subject",
                                        "Date",
                                        "Message-ID",
                                        "MIME-Version",
                                        "Content-Type",
                                        "Auto-Submitted",
                                        "List-Unsubscribe",
                                        "List-Unsubscribe-Post"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        assert_int_equal(headers(out, names[i]), 1);
    assert_true(holds(out, "Message-Id: <abc@example.com>\r\n") || holds(out, "Message-ID: <abc@example.com>\r\n"));
    assert_true(holds(out, "List-Unsubscribe: <https://reativa.example.com/u/token>\r\n"));
    assert_true(holds(out, "List-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n"));
    assert_true(holds(out, "Date: Mon, 21 Sep 2026"));
}

static void letter_has_the_address_for_unsubscribing_in_one_piece(void **state) {
    (void)state;
    char long_token[400];
    memset(long_token, 'k', sizeof long_token);
    struct letter letter = simple();
    letter.unsubscribe = cx_text(&cx, "https://reativa.example.com/u/%.*s", (int)sizeof long_token, long_token);
    struct str out = written(&letter), whole = cx_text(&cx, "<%.*s>", STR_ARG(letter.unsubscribe));
    assert_non_null(memmem(out.p, out.n, whole.p, whole.n));
}

static void letter_without_wishes_has_no_header_of_them(void **state) {
    (void)state;
    struct letter letter = simple();
    struct str out = written(&letter);
    assert_int_equal(headers(out, "Reply-To") + headers(out, "List-Unsubscribe") + headers(out, "Auto-Submitted"), 0);
    letter.unsubscribe = S("http://10.0.0.5:8090/u/token"); /* one-click is for https alone (RFC 8058) */
    out = written(&letter);
    assert_int_equal(headers(out, "List-Unsubscribe"), 1);
    assert_int_equal(headers(out, "List-Unsubscribe-Post"), 0);
}

static void letter_has_no_header_that_somebody_typed(void **state) {
    (void)state;
    static const char *const ends[] = {"\r\n", "\n",       "\r",           "\n\n",         "\r\n\r\n", "\x0b",
                                       "\x0c", "\xc2\x85", "\xe2\x80\xa8", "\xe2\x80\xa9", "\r\n\t",   "\n "};
    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++) {
        struct letter letter = simple();
        letter.subject = cx_text(&cx, "Oferta%sBcc: all@example.com%sX-Evil: 1", ends[i], ends[i]);
        letter.from_name = cx_text(&cx, "Loja%sBcc: all@example.com%s", ends[i], ends[i]);
        letter.to_name = cx_text(&cx, "Rui\" <x@example.com>,%sBcc: all@example.com", ends[i]);
        struct str out = written(&letter);
        assert_int_equal(headers(out, "Bcc") + headers(out, "X-Evil"), 0);
        assert_int_equal(headers(out, "To"), 1);
        assert_int_equal(headers(out, "Subject"), 1);
    }
}

static void letter_says_what_was_written_and_not_what_it_would_stand_for(void **state) {
    (void)state;
    struct letter letter = simple();
    letter.subject = S("Oi =?utf-8?q?Banco?=");
    letter.from_name = letter.to_name = S("=?utf-8?b?QmFuY28=?=");
    struct str out = written(&letter);
    assert_int_equal(headers(out, "Subject"), 1);
    assert_false(holds(out, "=?utf-8?q?Banco?="));
    assert_false(holds(out, "=?utf-8?b?QmFuY28=?="));
}

static void letter_to_what_is_no_address_is_refused(void **state) {
    (void)state;
    static const char *const bad[] = {"",
                                      "joao",
                                      "joao@a,b@c",
                                      "joao@example.com\r\nBcc: x@example.com",
                                      "<j@example.com>",
                                      "j j@example.com",
                                      "a@b@c",
                                      "jo\xc3\xa3o@example.com",
                                      "a@b;c"};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        struct letter letter = simple();
        struct str out = {0};
        letter.to = str_from(bad[i]);
        assert_false(letter_write(&cx, &letter, &out));
        assert_true(str_equal(cx.err.key, S("letter.bad_address")));
        cx_clear(&cx);
        letter = simple();
        letter.message_id = str_from(bad[i]);
        assert_false(letter_write(&cx, &letter, &out));
        cx_clear(&cx);
    }
    struct letter letter = simple();
    struct str out = {0};
    letter.unsubscribe = S("https://a/>\r\nBcc: x@example.com");
    assert_false(letter_write(&cx, &letter, &out));
    cx_clear(&cx);
}

static void letter_of_all_parts_is_text_and_html_with_its_picture(void **state) {
    (void)state;
    struct letter letter = simple();
    letter.html = S("<p>Bom dia <img src=\"cid:chart\"></p>");
    letter.picture = S("\x89PNG\r\n\x1a\n not really");
    struct str out = written(&letter);
    assert_true(holds(out, "multipart/alternative") && holds(out, "multipart/related"));
    assert_true(holds(out, "text/plain; charset=utf-8") && holds(out, "text/html; charset=utf-8"));
    assert_true(holds(out, "Content-Id: <chart>") || holds(out, "Content-ID: <chart>"));
    const char *text = memmem(out.p, out.n, "text/plain", 10), *html = memmem(out.p, out.n, "text/html", 9);
    assert_true(text < html);
    letter.picture = (struct str){0};
    assert_false(holds(written(&letter), "multipart/related"));
    letter.html = (struct str){0};
    assert_false(holds(written(&letter), "multipart/"));
}

static void letter_of_any_bytes_is_still_one(void **state) {
    (void)state;
    char bytes[3000];
    for (size_t i = 0; i < sizeof bytes; i++)
        bytes[i] = (char)(i * 7 + i / 256);
    struct letter letter = simple();
    letter.subject = letter.from_name = letter.to_name = letter.text = letter.html = letter.picture =
        (struct str){bytes, sizeof bytes};
    (void)written(&letter);
    memset(bytes, 'x', sizeof bytes); /* one word, one line */
    (void)written(&letter);
    memset(bytes, '.', sizeof bytes);
    (void)written(&letter);
}

static void letter_is_as_large_as_allowed_and_no_larger(void **state) {
    (void)state;
    char *much = arena_new(&arena, char, LETTER_BODY_MOST + 1);
    struct str out = {0};
    memset(much, 'a', LETTER_BODY_MOST + 1);
    struct letter letter = simple();
    letter.text = (struct str){much, LETTER_BODY_MOST};
    assert_true(letter_write(&cx, &letter, &out));
    letter.text.n++;
    assert_false(letter_write(&cx, &letter, &out));
    assert_true(str_equal(cx.err.key, S("letter.large")));
    cx_clear(&cx);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(letter_has_each_header_once),
        cmocka_unit_test(letter_has_the_address_for_unsubscribing_in_one_piece),
        cmocka_unit_test(letter_without_wishes_has_no_header_of_them),
        cmocka_unit_test(letter_has_no_header_that_somebody_typed),
        cmocka_unit_test(letter_says_what_was_written_and_not_what_it_would_stand_for),
        cmocka_unit_test(letter_to_what_is_no_address_is_refused),
        cmocka_unit_test(letter_of_all_parts_is_text_and_html_with_its_picture),
        cmocka_unit_test(letter_of_any_bytes_is_still_one),
        cmocka_unit_test(letter_is_as_large_as_allowed_and_no_larger),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
