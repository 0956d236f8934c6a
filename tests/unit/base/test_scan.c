// SPDX-License-Identifier: Apache-2.0
/* Marks of plain rows: every way of finding them says the same, and what it says is what a byte after another says. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>

#include "base/scan.h"

enum { ROOM = 300 };

struct found {
    uint32_t mark[ROOM + SCAN_BEYOND], odd[ROOM + SCAN_BEYOND];
    struct scan_found n;
};

static struct found look(enum scan_way way, const char *text, size_t n, char delimiter) {
    char padded[ROOM + SCAN_BEYOND + 1] = {0};
    struct found found;
    memcpy(padded, text, n);
    found.n = scan_marks_by(way, padded, n, delimiter, found.mark, found.odd);
    return found;
}

static void marks_are_delimiters_and_line_ends(void **state) {
    (void)state;
    struct found found = look(scan_best(), "a;bc\n;d\n", 8, ';');
    assert_int_equal(found.n.marks, 4);
    assert_int_equal(found.mark[0], 1);
    assert_int_equal(found.mark[1], 4);
    assert_int_equal(found.mark[2], 5);
    assert_int_equal(found.mark[3], 7);
    assert_int_equal(found.n.odds, 0);
}

static void odd_are_quotes_nul_lone_cr_and_other_letters(void **state) {
    (void)state;
    struct found found = look(scan_best(), "\"\0\r\xc3\r\n", 6, ',');
    assert_int_equal(found.n.odds, 4);
    for (uint32_t i = 0; i < 4; i++)
        assert_int_equal(found.odd[i], i);
    assert_int_equal(found.n.marks, 1);
}

static void a_cr_at_the_end_of_a_block_is_judged_by_the_next(void **state) {
    (void)state;
    char text[130];
    memset(text, 'x', sizeof text);
    text[63] = '\r';
    text[64] = '\n';
    text[127] = '\r';
    struct found found = look(scan_best(), text, sizeof text, ',');
    assert_int_equal(found.n.odds, 1);
    assert_int_equal(found.odd[0], 127);
}

static void nothing_beyond_the_text_is_found(void **state) {
    (void)state;
    struct found found = look(scan_best(), "a,b,\"\n", 2, ',');
    assert_int_equal(found.n.marks, 1);
    assert_int_equal(found.n.odds, 0);
    assert_int_equal(look(scan_best(), "", 0, ',').n.marks, 0);
}

static void every_way_finds_the_same_in_any_bytes(void **state) {
    (void)state;
    static const char letters[] = "aaaaaaaa,,;\n\r\"\0\xe9";
    uint64_t seed = 1;
    for (int round = 0; round < 2000; round++) {
        char text[ROOM];
        size_t n = (size_t)round % ROOM;
        for (size_t i = 0; i < n; i++) {
            seed = seed * 6364136223846793005u + 1442695040888963407u;
            text[i] = letters[(seed >> 40) % (sizeof letters - 1)];
        }
        struct found slow = look(SCAN_PORTABLE, text, n, ',');
        for (enum scan_way way = SCAN_SSE2; way <= scan_best(); way++) {
            struct found quick = look(way, text, n, ',');
            assert_int_equal(quick.n.marks, slow.n.marks);
            assert_int_equal(quick.n.odds, slow.n.odds);
            assert_memory_equal(quick.mark, slow.mark, slow.n.marks * sizeof(uint32_t));
            assert_memory_equal(quick.odd, slow.odd, slow.n.odds * sizeof(uint32_t));
        }
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(marks_are_delimiters_and_line_ends),
        cmocka_unit_test(odd_are_quotes_nul_lone_cr_and_other_letters),
        cmocka_unit_test(a_cr_at_the_end_of_a_block_is_judged_by_the_next),
        cmocka_unit_test(nothing_beyond_the_text_is_found),
        cmocka_unit_test(every_way_finds_the_same_in_any_bytes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
