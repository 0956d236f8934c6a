// SPDX-License-Identifier: Apache-2.0
/* Passwords, tokens and one-time codes. The codes are those of RFC 6238, appendix B (SHA-1, the last six of eight digits). */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/buf.h"
#include "base/secret.h"

/* "12345678901234567890" in base32. */
#define RFC_SECRET S("GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ")

static struct arena arena;

static int set_up(void **state) {
    (void)state;
    arena_init(&arena, 0, arena_full_exit, NULL);
    return secret_ready() ? 0 : -1;
}

static int tear_down(void **state) {
    (void)state;
    arena_clear(&arena);
    return 0;
}

static const struct {
    int64_t now_s;
    const char *code;
} vectors[] = {{59, "287082"},         {1111111109, "081804"}, {1111111111, "050471"},
               {1234567890, "005924"}, {2000000000, "279037"}, {20000000000, "353130"}};

static void totp_is_the_code_of_the_rfc(void **state) {
    (void)state;
    for (size_t i = 0; i < sizeof vectors / sizeof *vectors; i++) {
        int64_t last = 0;
        assert_true(secret_totp_is(RFC_SECRET, str_from(vectors[i].code), vectors[i].now_s, &last));
        assert_int_equal(last, vectors[i].now_s / 30);
    }
}

static void totp_holds_for_a_step_on_either_side(void **state) {
    (void)state;
    const int64_t at = 1234567890;
    for (int64_t steps = -3; steps <= 3; steps++) {
        int64_t last = 0;
        bool near = steps >= -1 && steps <= 1;
        assert_int_equal(secret_totp_is(RFC_SECRET, S("005924"), at + steps * 30, &last), near);
        assert_int_equal(last, near ? at / 30 : 0);
    }
}

static void totp_counts_once(void **state) {
    (void)state;
    int64_t last = 0;
    assert_true(secret_totp_is(RFC_SECRET, S("005924"), 1234567890, &last));
    assert_false(secret_totp_is(RFC_SECRET, S("005924"), 1234567890, &last));
    assert_false(secret_totp_is(RFC_SECRET, S("005924"), 1234567890 + 29, &last));
}

static void totp_of_nonsense_is_wrong(void **state) {
    (void)state;
    static const char *const codes[] = {"", "00592", "0059240", "005925", "05924 ", "abcdef"};
    int64_t last = 0;
    for (size_t i = 0; i < sizeof codes / sizeof *codes; i++)
        assert_false(secret_totp_is(RFC_SECRET, str_from(codes[i]), 1234567890, &last));
    assert_false(secret_totp_is(S("not base32!"), S("005924"), 1234567890, &last));
    assert_int_equal(last, 0);
}

static void totp_new_secret_is_told_to_phones(void **state) {
    (void)state;
    struct str a = secret_totp_new(&arena), b = secret_totp_new(&arena);
    assert_int_equal(a.n, SECRET_TOTP);
    assert_false(str_equal(a, b));
    struct str uri = secret_totp_uri(&arena, RFC_SECRET, S("Re:1"), S("a&b"));
    assert_string_equal(str_terminated(&arena, uri),
                        "otpauth://totp/%52%65%3A%31:%61%26%62?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ");
}

static void password_is_known_again_and_kept_unreadable(void **state) {
    (void)state;
    struct str kept, other;
    assert_true(secret_password(&arena, S("correct horse"), &kept));
    assert_true(secret_password(&arena, S("correct horse"), &other));
    assert_true(str_starts(kept, S("$argon2id$v=19$m=19456,t=2,p=1$")));
    assert_false(str_equal(kept, other)); /* salted */
    assert_true(secret_password_is(&arena, kept, S("correct horse")));
    assert_false(secret_password_is(&arena, kept, S("correct horsf")));
    assert_false(secret_password_is(&arena, kept, S("")));
    assert_false(secret_password_is(&arena, S(""), S("")));
    assert_false(secret_password_is(&arena, S("$argon2id$nonsense"), S("correct horse")));
}

static void password_over_the_most_is_never_right(void **state) {
    (void)state;
    struct buf to;
    struct str kept;
    buf_init(&to, &arena, 0);
    for (int i = 0; i < SECRET_PASSWORD_MOST; i++)
        buf_char(&to, 'x');
    assert_true(secret_password(&arena, buf_str(&to), &kept));
    assert_true(secret_password_is(&arena, kept, buf_str(&to)));
    buf_char(&to, 'x');
    assert_false(secret_password_is(&arena, kept, buf_str(&to)));
}

static void a_file_is_known_by_what_stands_in_it(void **state) {
    (void)state;
    char path[] = "/tmp/reativa-secret.XXXXXX";
    int fd = mkstemp(path);
    struct str of_file;
    assert_true(fd >= 0 && write(fd, "abc", 3) == 3 && close(fd) == 0);
    assert_true(secret_hash_file(&arena, path, &of_file) && secret_equal(of_file, secret_hash(&arena, S("abc"))));
    assert_int_equal(unlink(path), 0);
    assert_false(secret_hash_file(&arena, path, &of_file));
}

static void token_is_long_and_never_the_same(void **state) {
    (void)state;
    struct str a = secret_token(&arena), b = secret_token(&arena);
    assert_int_equal(a.n, SECRET_TOKEN);
    assert_false(secret_equal(a, b));
    assert_int_equal(secret_hash(&arena, a).n, SECRET_HASH);
    assert_true(secret_equal(secret_hash(&arena, a), secret_hash(&arena, str_copy(&arena, a))));
    assert_false(secret_equal(secret_hash(&arena, a), secret_hash(&arena, b)));
}

static void mask_is_new_each_time_and_known_again(void **state) {
    (void)state;
    struct str secret = secret_token(&arena), a = secret_mask(&arena, secret), b = secret_mask(&arena, secret);
    assert_false(str_equal(a, b));
    assert_true(secret_mask_is(a, secret) && secret_mask_is(b, secret));
    assert_false(secret_mask_is(a, secret_token(&arena)));
    assert_false(secret_mask_is((struct str){a.p, a.n - 1}, secret));
    assert_false(secret_mask_is(S(""), secret));
}

/* The vector of Standard Webhooks' own libraries, and the key and text of RFC 4231, case 2 ("Jefe"). */
static void webhook_signature_is_that_of_the_published_vectors(void **state) {
    (void)state;
    struct str sign = secret_webhook_sign(&arena, S("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"),
                                          S("msg_p5jXN8AQM9LWM0D4loKWxJek.1614265330.{\"test\": 2432232314}"));
    assert_true(str_equal(sign, S("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=")));
    sign = secret_webhook_sign(&arena, S("whsec_SmVmZQ=="), S("what do ya want for nothing?"));
    assert_true(str_equal(sign, S("v1,W9zBRr9gdU5qBCQmCJV1x1oAPwidJzmDnexYuWTsOEM=")));
}

static void webhook_secret_is_new_each_time_and_nothing_else_signs(void **state) {
    (void)state;
    struct str a = secret_webhook_new(&arena), b = secret_webhook_new(&arena);
    assert_true(a.n == 6 + 44 && str_starts(a, S("whsec_")) && !str_equal(a, b));
    assert_int_equal(secret_webhook_sign(&arena, a, S("x")).n, 3 + 44);
    assert_int_equal(secret_webhook_sign(&arena, S("abc"), S("x")).n, 0);
    assert_int_equal(secret_webhook_sign(&arena, S("whsec_*"), S("x")).n, 0);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(totp_is_the_code_of_the_rfc),
        cmocka_unit_test(totp_holds_for_a_step_on_either_side),
        cmocka_unit_test(totp_counts_once),
        cmocka_unit_test(totp_of_nonsense_is_wrong),
        cmocka_unit_test(totp_new_secret_is_told_to_phones),
        cmocka_unit_test(password_is_known_again_and_kept_unreadable),
        cmocka_unit_test(password_over_the_most_is_never_right),
        cmocka_unit_test(token_is_long_and_never_the_same),
        cmocka_unit_test(a_file_is_known_by_what_stands_in_it),
        cmocka_unit_test(mask_is_new_each_time_and_known_again),
        cmocka_unit_test(webhook_signature_is_that_of_the_published_vectors),
        cmocka_unit_test(webhook_secret_is_new_each_time_and_nothing_else_signs),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
