// SPDX-License-Identifier: Apache-2.0
/* Secrets under a key in a file: what opens, what does not, and that the key's file is its owner's alone. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/seal.h"
#include "base/secret.h"

static struct arena arena;
static struct cx cx;
static char folder[] = "/tmp/reativa-seal.XXXXXX";
static struct str file;

static int set_up(void **state) {
    (void)state;
    arena_init(&arena, 0, arena_full_exit, NULL);
    cx = (struct cx){.arena = &arena};
    if (!secret_ready() || mkdtemp(folder) == NULL)
        return -1;
    file = cx_text(&cx, "%s/key", folder);
    return 0;
}

static int tear_down(void **state) {
    (void)state;
    (void)unlink(str_terminated(&arena, file));
    (void)rmdir(folder);
    arena_clear(&arena);
    return 0;
}

static struct str sealed(struct str use, struct str secret) {
    struct str out = {0};
    assert_true(seal_close(&cx, file, use, secret, &out));
    return out;
}

static void not_opened(struct str use, struct str text, const char *key) {
    struct str out = {0};
    assert_false(seal_open(&cx, file, use, text, &out));
    assert_true(str_equal(cx.err.key, str_from(key)));
    cx_clear(&cx);
}

static void seal_opens_what_it_closed(void **state) {
    (void)state;
    static const struct str secrets[] = {{"", 0}, {"x", 1}, {"senha com acentos: \xc3\xa7\xc3\xa3o", 25}, {"a\0b", 3}};
    for (size_t i = 0; i < sizeof secrets / sizeof *secrets; i++) {
        struct str out = {0}, closed = sealed(S("mail"), secrets[i]);
        assert_true(seal_is(closed));
        assert_true(seal_open(&cx, file, S("mail"), closed, &out));
        assert_true(str_equal(out, secrets[i]));
    }
}

static void seal_says_nothing_of_the_secret_and_never_the_same_twice(void **state) {
    (void)state;
    struct str one = sealed(S("mail"), S("hunter2hunter2hunter2")), two = sealed(S("mail"), S("hunter2hunter2hunter2"));
    assert_null(memmem(one.p, one.n, "hunter2", 7));
    assert_false(str_equal(one, two));
}

static void seal_of_another_use_does_not_open(void **state) {
    (void)state;
    not_opened(S("webhook:2"), sealed(S("webhook:1"), S("whsec_abc")), "seal.lost");
}

static void seal_that_was_touched_does_not_open(void **state) {
    (void)state;
    struct str good = sealed(S("mail"), S("secret"));
    for (size_t i = 0; i < good.n; i++) {
        char *bad = str_terminated(&arena, good);
        bad[i] = bad[i] == 'A' ? 'B' : 'A';
        not_opened(S("mail"), (struct str){bad, good.n}, "seal.lost");
        not_opened(S("mail"), (struct str){good.p, i}, "seal.lost");
    }
    not_opened(S("mail"), S("plain text"), "seal.lost");
}

static void seal_key_is_its_owners_alone(void **state) {
    (void)state;
    struct stat about;
    struct str closed = sealed(S("mail"), S("secret")), out = {0};
    char *path = str_terminated(&arena, file);
    assert_int_equal(stat(path, &about), 0);
    assert_int_equal(about.st_mode & 0777, 0600);
    assert_int_equal(about.st_size, 65);
    assert_int_equal(chmod(path, 0644), 0);
    not_opened(S("mail"), closed, "seal.open_file");
    assert_int_equal(chmod(path, 0440), 0); /* a service manager's own copy */
    assert_true(seal_open(&cx, file, S("mail"), closed, &out));
}

static void seal_without_its_key_is_lost_and_reading_makes_none(void **state) {
    (void)state;
    struct str closed = sealed(S("mail"), S("secret"));
    char *path = str_terminated(&arena, file);
    assert_int_equal(unlink(path), 0);
    not_opened(S("mail"), closed, "seal.lost");
    assert_int_not_equal(access(path, F_OK), 0);
    (void)sealed(S("mail"), S("another")); /* makes another key */
    not_opened(S("mail"), closed, "seal.lost");
}

static void seal_file_that_holds_no_key_is_refused_not_overwritten(void **state) {
    (void)state;
    char *path = str_terminated(&arena, file);
    struct str out = {0};
    (void)unlink(path);
    FILE *to = fopen(path, "w");
    assert_non_null(to);
    assert_true(fputs("dear diary\n", to) >= 0);
    assert_int_equal(fclose(to), 0);
    assert_int_equal(chmod(path, 0600), 0);
    assert_false(seal_close(&cx, file, S("mail"), S("x"), &out));
    assert_true(str_equal(cx.err.key, S("seal.bad_file")));
    cx_clear(&cx);
    assert_int_equal(unlink(path), 0);
    assert_false(seal_close(&cx, S("/nowhere/at/all"), S("mail"), S("x"), &out));
    assert_true(str_equal(cx.err.key, S("seal.no_file")));
    cx_clear(&cx);
}

static void seal_takes_as_much_as_it_says(void **state) {
    (void)state;
    char *much = arena_new(&arena, char, SEAL_MOST + 1);
    struct str out = {0};
    (void)sealed(S("mail"), (struct str){much, SEAL_MOST});
    assert_false(seal_close(&cx, file, S("mail"), (struct str){much, SEAL_MOST + 1}, &out));
    cx_clear(&cx);
}

static void seal_file_stands_beside_the_database(void **state) {
    (void)state;
    assert_true(str_equal(seal_file(&arena, (struct str){0}, S("a/b.db")), S("a/b.db.secrets")));
    assert_true(str_equal(seal_file(&arena, (struct str){0}, S("postgres://h/d")), S("reativa.secrets")));
    assert_true(str_equal(seal_file(&arena, S("k"), S("a/b.db")), S("k")));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(seal_opens_what_it_closed),
        cmocka_unit_test(seal_says_nothing_of_the_secret_and_never_the_same_twice),
        cmocka_unit_test(seal_of_another_use_does_not_open),
        cmocka_unit_test(seal_that_was_touched_does_not_open),
        cmocka_unit_test(seal_key_is_its_owners_alone),
        cmocka_unit_test(seal_without_its_key_is_lost_and_reading_makes_none),
        cmocka_unit_test(seal_file_that_holds_no_key_is_refused_not_overwritten),
        cmocka_unit_test(seal_takes_as_much_as_it_says),
        cmocka_unit_test(seal_file_stands_beside_the_database),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
