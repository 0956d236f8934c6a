// SPDX-License-Identifier: Apache-2.0
/* QR codes: what a reader looks for first stands where it must; what does not fit is refused. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <string.h>

#include "base/qr.h"

enum { SIDE_MOST = 185 };

static struct arena arena;
static char square[SIDE_MOST][SIDE_MOST];

static int set_up(void **state) {
    (void)state;
    arena_init(&arena, 0, arena_full_exit, NULL);
    return 0;
}

static int tear_down(void **state) {
    (void)state;
    arena_clear(&arena);
    return 0;
}

/* The path painted; every rectangle of it must lie inside the margin. */
static void paint(const struct qr *qr) {
    int x, y, n, back, used;
    memset(square, 0, sizeof square);
    for (const char *p = str_terminated(&arena, qr->path); *p; p += used) {
        used = 0;
        assert_int_equal(sscanf(p, "M%d %dh%dv1h-%dz%n", &x, &y, &n, &back, &used), 4);
        assert_true(used > 0 && n == back && x >= QR_MARGIN && y >= QR_MARGIN);
        assert_true(x + n <= qr->side - QR_MARGIN && y < qr->side - QR_MARGIN);
        memset(&square[y][x], 1, (size_t)n);
    }
}

/* 7 x 7: a dark ring, a light ring, a dark 3 x 3. */
static void assert_finder(int x, int y) {
    for (int dy = 0; dy < 7; dy++)
        for (int dx = 0; dx < 7; dx++) {
            int ring = dx < dy ? dx : dy, other = 6 - (dx > dy ? dx : dy);
            ring = ring < other ? ring : other;
            assert_int_equal(square[y + dy][x + dx], ring != 1);
        }
}

static void qr_has_its_three_finders_and_a_margin(void **state) {
    (void)state;
    struct qr qr;
    assert_true(qr_make(&arena, S("otpauth://totp/Reativa:ana?secret=JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"), &qr));
    assert_int_equal((qr.side - 2 * QR_MARGIN - 17) % 4, 0); /* version v has 17 + 4 v squares a side */
    paint(&qr);
    assert_finder(QR_MARGIN, QR_MARGIN);
    assert_finder(qr.side - QR_MARGIN - 7, QR_MARGIN);
    assert_finder(QR_MARGIN, qr.side - QR_MARGIN - 7);
}

static void qr_of_another_text_is_another(void **state) {
    (void)state;
    struct qr a, b;
    assert_true(qr_make(&arena, S("one text"), &a));
    assert_true(qr_make(&arena, S("one tent"), &b));
    assert_int_equal(a.side, b.side);
    assert_false(str_equal(a.path, b.path));
}

static void qr_takes_so_many_bytes_and_not_one_more(void **state) {
    (void)state;
    static char text[QR_TEXT_MOST + 1];
    struct qr qr;
    memset(text, 'x', sizeof text);
    assert_true(qr_make(&arena, (struct str){text, QR_TEXT_MOST}, &qr));
    assert_true(qr.side <= SIDE_MOST);
    paint(&qr);
    assert_false(qr_make(&arena, (struct str){text, QR_TEXT_MOST + 1}, &qr));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(qr_has_its_three_finders_and_a_margin),
        cmocka_unit_test(qr_of_another_text_is_another),
        cmocka_unit_test(qr_takes_so_many_bytes_and_not_one_more),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
