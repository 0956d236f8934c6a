// SPDX-License-Identifier: Apache-2.0
/* Text: comparing, cutting, encodings, widths and the folding by which names are found. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>

#include "base/str.h"

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

static const struct str nothing = {NULL, 0};

#define assert_str(got, expected) assert_string_equal(str_terminated(&arena, (got)), (expected))

static void str_empty_and_absent_are_the_same(void **state) {
    (void)state;
    assert_true(str_equal(nothing, S("")));
    assert_int_equal(str_compare(nothing, S("")), 0);
    assert_int_equal(str_from(NULL).n, 0);
    assert_true(str_starts(S("a"), nothing));
    assert_true(str_ends(nothing, nothing));
    assert_int_equal(str_trim(nothing).n, 0);
    assert_int_equal(str_copy(&arena, nothing).n, 0);
    assert_int_equal(str_fold(&arena, nothing).n, 0);
    assert_true(str_valid_utf8(nothing));
    assert_int_equal(str_width(nothing), 0);
    assert_int_equal(str_hash(nothing, 1), str_hash(S(""), 1));
    assert_string_equal(str_terminated(&arena, nothing), "");
}

static void str_compare_is_by_unsigned_bytes_and_shorter_first(void **state) {
    (void)state;
    assert_int_equal(str_compare(S("a"), S("b")), -1);
    assert_int_equal(str_compare(S("b"), S("a")), 1);
    assert_int_equal(str_compare(S("a"), S("ab")), -1);
    assert_int_equal(str_compare(S("ab"), S("a")), 1);
    assert_int_equal(str_compare(S("z"), S("\u00e9")), -1);
    assert_false(str_equal(S("a"), S("b")));
    assert_false(str_equal(S("a"), S("aa")));
}

static void str_starts_and_ends_look_at_whole_affixes(void **state) {
    (void)state;
    assert_true(str_starts(S("order"), S("or")));
    assert_false(str_starts(S("or"), S("order")));
    assert_true(str_ends(S("a.csv"), S(".csv")));
    assert_false(str_ends(S("csv"), S(".csv")));
}

static void str_trim_takes_ascii_blanks_and_no_break_spaces(void **state) {
    (void)state;
    assert_str(str_trim(S(" \t\r\n\v\fa b \u00a0\n")), "a b");
    assert_str(str_trim(S("\u00a0 \u00a0x\u00a0")), "x");
    assert_str(str_trim(S(" \u00a0 ")), "");
    assert_str(str_trim(S("\u00e0")), "\u00e0"); /* its second byte is that of U+00A0 */
}

static void str_cut_splits_at_the_first_mark(void **state) {
    (void)state;
    struct str head, tail;
    assert_true(str_cut(S("a=b=c"), '=', &head, &tail));
    assert_str(head, "a");
    assert_str(tail, "b=c");
    assert_false(str_cut(S("abc"), '=', &head, &tail));
    assert_str(head, "abc");
    assert_int_equal(tail.n, 0);
    assert_true(str_cut(S("="), '=', &head, &tail));
    assert_int_equal(head.n + tail.n, 0);
    assert_false(str_cut(nothing, '=', &head, &tail));
}

static void str_lower_changes_ascii_letters_only(void **state) {
    (void)state;
    assert_str(str_lower(&arena, S("ABZ@[\u00c9")), "abz@[\u00c9");
}

static void str_hash_tells_texts_and_seeds_apart(void **state) {
    (void)state;
    enum { N = 4000 };
    static uint64_t seen[N];
    char text[64];
    memset(text, 'a', sizeof text);
    for (int i = 0; i < N; i++) { /* every length to 64, and a byte changed at every place */
        size_t n = (size_t)i % 63 + 1;
        char changed[64];
        memcpy(changed, text, n);
        changed[(size_t)i / 63 % n] = (char)('b' + i / 63 / (int)n);
        seen[i] = str_hash((struct str){changed, n}, 0);
        for (int j = 0; j < i; j++)
            assert_true(seen[i] != seen[j]);
    }
    assert_true(str_hash(S("a"), 0) != str_hash(S("a"), 1));
    assert_int_equal(str_hash(S("customer 13085"), 3), str_hash(S("customer 13085"), 3));
}

static void str_hash_low_bits_are_spread(void **state) {
    (void)state;
    enum { SLOTS = 1024, KEYS = 10 * SLOTS };
    static int hits[SLOTS];
    for (int i = 0; i < KEYS; i++) {
        char code[5] = {(char)('0' + i / 10000), (char)('0' + i / 1000 % 10), (char)('0' + i / 100 % 10),
                        (char)('0' + i / 10 % 10), (char)('0' + i % 10)};
        hits[str_hash((struct str){code, 5}, 0) % SLOTS]++;
    }
    for (int i = 0; i < SLOTS; i++)
        assert_in_range(hits[i], 0, 35); /* 10 expected; 35 is eight standard deviations off */
}

static void utf8_malformed_sequences_are_found(void **state) {
    (void)state;
    static const char *const good[] = {"a",
                                       "\u00e3",
                                       "\u20ac",
                                       "\U0001F600",
                                       "\xed\x9f\xbf",
                                       "\xee\x80\x80",
                                       "\xf4\x8f\xbf\xbf",
                                       "1234567890123456\u00e9"};
    static const char *const bad[] = {"\x80",         "\xc0\x80",         "\xc1\xbf",         "\xe0\x9f\xbf",
                                      "\xed\xa0\x80", "\xf0\x8f\xbf\xbf", "\xf4\x90\x80\x80", "\xf5\x80\x80\x80",
                                      "\xc3",         "a\xe2\x82",        "\xe2\x28\xa1",     "caf\xe9 preto",
                                      "12345678\xff", "\xf0\x9f\x98"};
    for (size_t i = 0; i < sizeof good / sizeof good[0]; i++)
        assert_true(str_valid_utf8(str_from(good[i])));
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++)
        assert_false(str_valid_utf8(str_from(bad[i])));
    assert_true(str_valid_utf8((struct str){"a\0b", 3}));
}

static void cp1252_becomes_utf8_and_undefined_bytes_the_replacement(void **state) {
    (void)state;
    assert_str(str_from_cp1252(&arena, S("S\xe3o Jos\xe9 \x80 5\x96"
                                         "6 \x81")),
               "S\u00e3o Jos\u00e9 \u20ac 5\u20136 \ufffd");
    char every[256];
    for (int i = 0; i < 256; i++)
        every[i] = (char)i;
    struct str all = str_from_cp1252(&arena, (struct str){every, sizeof every});
    assert_true(str_valid_utf8(all));
    assert_int_equal(str_width(all), 95 + 32 + 96 - 1); /* all that shows; the soft hyphen is shown by nobody */
}

static void str_width_counts_columns_of_a_terminal(void **state) {
    (void)state;
    assert_int_equal(str_width(S("abc")), 3);
    assert_int_equal(str_width(S("S\u00e3o Jos\u00e9")), 8);
    assert_int_equal(str_width(S("a\u0303")), 1);
    assert_int_equal(str_width(S("\u4e2d\u6587")), 4);
    assert_int_equal(str_width(S("a\tb\x7f")), 2);
    assert_int_equal(str_width(S("caf\xe9")), 4);
    assert_int_equal(str_width(S("\u2588\u258f")), 2);
}

static void fold_finds_names_without_case_and_accents(void **state) {
    (void)state;
    assert_str(str_fold(&arena, S("  JOS\u00c9   da Concei\u00e7\u00e3o ")), "jose da conceicao");
    assert_str(str_fold(&arena, S(" ACME\t  LTDA. ")), "acme ltda.");
    assert_str(str_fold(&arena, S("Jose\u0301")), "jose");
    assert_str(str_fold(&arena, S("Stra\u00dfe")), "strasse");
    assert_str(str_fold(&arena, S("N\u00ba 5\u00aa")), "no 5a");
    assert_str(str_fold(&arena, S("A\u00a0\u00a0B\u2003C\u3000")), "a b c");
    assert_str(str_fold(&arena, S("\ufb01m")), "fim");
    assert_str(str_fold(&arena, S("\u0130stanbul")), "istanbul");
    assert_str(str_fold(&arena, S("\u03a3\u03af\u03c3\u03c5\u03c6\u03bf\u03c2")),
               "\u03c3\u03b9\u03c3\u03c5\u03c6\u03bf\u03c3");
    assert_str(str_fold(&arena, S("\u0301")), "");
    assert_str(str_fold(&arena, S("   ")), "");
}

static void fold_takes_malformed_utf8_as_windows_1252(void **state) {
    (void)state;
    assert_str(str_fold(&arena, S("JOS\xc9")), "jose");
    assert_str(str_fold(&arena, S("a\xa0 b")), "a b");
}

/* Latin letters are folded by a table; beside a letter that the table lacks, the library folds them. */
static void fold_of_latin_letters_is_the_librarys(void **state) {
    (void)state;
    for (int code = 1; code < 256; code++) {
        char quick[8], slow[16] = "\u0153 ";
        size_t n = 0;
        if (code >= 0x80)
            quick[n++] = (char)(0xC0 | code >> 6);
        quick[n++] = (char)(code < 0x80 ? code : 0x80 | (code & 0x3F));
        quick[n++] = 'x';
        memcpy(slow + 3, quick, n);
        struct str folded = str_fold(&arena, (struct str){quick, n});
        struct str beside = str_fold(&arena, (struct str){slow, 3 + n});
        assert_true(str_starts(beside, S("\u0153 ")));
        assert_true(str_equal(folded, (struct str){beside.p + 3, beside.n - 3}));
    }
}

static void fold_of_a_fold_is_itself(void **state) {
    (void)state;
    static const char *const texts[] = {"\u00c5ngstr\u00f6m \u212b", "\u01c4 \u0149 \u1e9e", "\uff21\uff22 \u33a1",
                                        "\u1fb3\u0345 \u0390", "\ud55c\uad6d"};
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        struct str once = str_fold(&arena, str_from(texts[i]));
        assert_true(str_equal(str_fold(&arena, once), once));
    }
}

static void fold_of_a_long_name_is_whole(void **state) {
    (void)state;
    char *name = arena_new(&arena, char, 4001);
    for (size_t i = 0; i < 4000; i += 2)
        memcpy(name + i, "\u00c9", 2);
    struct str folded = str_fold(&arena, str_from(name));
    assert_int_equal(folded.n, 2000);
    assert_int_equal(strspn(str_terminated(&arena, folded), "e"), 2000);
}

int main(void) {
    const struct CMUnitTest tests[] = {
#define test(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
        test(str_empty_and_absent_are_the_same),
        test(str_compare_is_by_unsigned_bytes_and_shorter_first),
        test(str_starts_and_ends_look_at_whole_affixes),
        test(str_trim_takes_ascii_blanks_and_no_break_spaces),
        test(str_cut_splits_at_the_first_mark),
        test(str_lower_changes_ascii_letters_only),
        test(str_hash_tells_texts_and_seeds_apart),
        test(str_hash_low_bits_are_spread),
        test(utf8_malformed_sequences_are_found),
        test(cp1252_becomes_utf8_and_undefined_bytes_the_replacement),
        test(str_width_counts_columns_of_a_terminal),
        test(fold_finds_names_without_case_and_accents),
        test(fold_takes_malformed_utf8_as_windows_1252),
        test(fold_of_latin_letters_is_the_librarys),
        test(fold_of_a_fold_is_itself),
        test(fold_of_a_long_name_is_whole),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
