// SPDX-License-Identifier: Apache-2.0
/* secret -- see the header. The cost of a password is that of OWASP's advice for Argon2id (19 MiB, two passes); one is worked
 * out at a time, so that a flood of sign-ins takes no more memory than one.
 */
#include "base/secret.h"

#include <liboath/oath.h>
#include <pthread.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"

enum {
    PASSES = 2,
    MEMORY = 19 << 20,
    TOTP_BYTES = 20,
    STEP_S = 30,
    NEIGHBOURS = 1,
    TOKEN_BYTES = 32,
    WEBHOOK_BYTES = 32,
    WEBHOOK_BYTES_MOST = 64
};

static pthread_mutex_t one_at_a_time = PTHREAD_MUTEX_INITIALIZER;

bool secret_ready(void) {
    return sodium_init() >= 0 && oath_init() == OATH_OK;
}

void secret_bytes(void *to, size_t n) {
    randombytes_buf(to, n);
}

static struct str base64(struct arena *arena, const unsigned char *bytes, size_t n) {
    size_t room = sodium_base64_encoded_len(n, sodium_base64_VARIANT_URLSAFE_NO_PADDING);
    char *text = arena_new(arena, char, room);
    sodium_bin2base64(text, room, bytes, n, sodium_base64_VARIANT_URLSAFE_NO_PADDING);
    return str_from(text);
}

struct str secret_token(struct arena *arena) {
    unsigned char bytes[TOKEN_BYTES];
    randombytes_buf(bytes, sizeof bytes);
    return base64(arena, bytes, sizeof bytes);
}

static struct str hash_text(struct arena *arena, const unsigned char hash[SECRET_HASH / 2]) {
    char *text = arena_new(arena, char, SECRET_HASH + 1);
    sodium_bin2hex(text, SECRET_HASH + 1, hash, SECRET_HASH / 2);
    return (struct str){text, SECRET_HASH};
}

struct str secret_hash(struct arena *arena, struct str s) {
    unsigned char hash[SECRET_HASH / 2];
    crypto_generichash(hash, sizeof hash, (const unsigned char *)s.p, s.n, NULL, 0);
    return hash_text(arena, hash);
}

bool secret_hash_file(struct arena *arena, const char *path, struct str *out) {
    enum { PIECE = 64 << 10 };
    unsigned char hash[SECRET_HASH / 2], *piece = (unsigned char *)arena_new(arena, char, PIECE);
    crypto_generichash_state state;
    FILE *file = fopen(path, "rbe");
    size_t n;
    if (file == NULL)
        return false;
    crypto_generichash_init(&state, NULL, 0, sizeof hash);
    while ((n = fread(piece, 1, PIECE, file)) > 0)
        crypto_generichash_update(&state, piece, n);
    bool whole = ferror(file) == 0;
    (void)fclose(file);
    crypto_generichash_final(&state, hash, sizeof hash);
    *out = hash_text(arena, hash);
    return whole;
}

int64_t secret_keyed(const unsigned char key[SECRET_KEY], struct str s) {
    unsigned char hash[crypto_generichash_BYTES_MIN];
    int64_t out;
    crypto_generichash(hash, sizeof hash, (const unsigned char *)s.p, s.n, key, SECRET_KEY);
    uint64_t bits = 0;
    for (size_t i = 0; i < sizeof bits; i++) /* the same on every machine: a database may move */
        bits = bits << 8 | hash[i];
    memcpy(&out, &bits, sizeof out);
    return out;
}

struct str secret_hex(struct arena *arena, const unsigned char *bytes, size_t n) {
    char *text = arena_new(arena, char, 2 * n + 1);
    sodium_bin2hex(text, 2 * n + 1, bytes, n);
    return (struct str){text, 2 * n};
}

bool secret_bytes_of(struct str hex, unsigned char *to, size_t n) {
    size_t got = 0;
    return sodium_hex2bin(to, n, hex.p, hex.n, NULL, &got, NULL) == 0 && got == n;
}

#define WEBHOOK_PREFIX S("whsec_")

struct str secret_base64(struct arena *arena, const unsigned char *bytes, size_t n) {
    size_t room = sodium_base64_encoded_len(n, sodium_base64_VARIANT_ORIGINAL);
    char *text = arena_new(arena, char, room);
    sodium_bin2base64(text, room, bytes, n, sodium_base64_VARIANT_ORIGINAL);
    return (struct str){text, room - 1};
}

static struct str webhook_text(struct arena *arena, const char *prefix, const unsigned char *bytes, size_t n) {
    struct buf to;
    buf_init(&to, arena, 0);
    buf_printf(&to, "%s%s", prefix, secret_base64(arena, bytes, n).p);
    return buf_str(&to);
}

struct str secret_webhook_new(struct arena *arena) {
    unsigned char key[WEBHOOK_BYTES];
    randombytes_buf(key, sizeof key);
    return webhook_text(arena, WEBHOOK_PREFIX.p, key, sizeof key);
}

struct str secret_webhook_sign(struct arena *arena, struct str secret, struct str text) {
    unsigned char key[WEBHOOK_BYTES_MOST], mac[crypto_auth_hmacsha256_BYTES];
    crypto_auth_hmacsha256_state state;
    size_t n = 0;
    if (!str_starts(secret, WEBHOOK_PREFIX) ||
        sodium_base642bin(key, sizeof key, secret.p + WEBHOOK_PREFIX.n, secret.n - WEBHOOK_PREFIX.n, NULL, &n, NULL,
                          sodium_base64_VARIANT_ORIGINAL) != 0)
        return (struct str){0};
    crypto_auth_hmacsha256_init(&state, key, n);
    crypto_auth_hmacsha256_update(&state, (const unsigned char *)text.p, text.n);
    crypto_auth_hmacsha256_final(&state, mac);
    sodium_memzero(key, sizeof key);
    return webhook_text(arena, "v1,", mac, sizeof mac);
}

bool secret_equal(struct str a, struct str b) {
    return a.n == b.n && (a.n == 0 || sodium_memcmp(a.p, b.p, a.n) == 0);
}

static void masked_hash(unsigned char out[TOKEN_BYTES], const unsigned char mask[TOKEN_BYTES], struct str secret) {
    crypto_generichash(out, TOKEN_BYTES, (const unsigned char *)secret.p, secret.n, mask, TOKEN_BYTES);
}

struct str secret_mask(struct arena *arena, struct str secret) {
    unsigned char both[2 * TOKEN_BYTES];
    randombytes_buf(both, TOKEN_BYTES);
    masked_hash(both + TOKEN_BYTES, both, secret);
    return base64(arena, both, sizeof both);
}

bool secret_mask_is(struct str told, struct str secret) {
    unsigned char both[2 * TOKEN_BYTES], expected[TOKEN_BYTES];
    size_t n = 0;
    if (sodium_base642bin(both, sizeof both, told.p, told.n, NULL, &n, NULL,
                          sodium_base64_VARIANT_URLSAFE_NO_PADDING) != 0 ||
        n != sizeof both)
        return false;
    masked_hash(expected, both, secret);
    return sodium_memcmp(expected, both + TOKEN_BYTES, TOKEN_BYTES) == 0;
}

bool secret_password(struct arena *arena, struct str password, struct str *kept) {
    char text[crypto_pwhash_STRBYTES];
    pthread_mutex_lock(&one_at_a_time);
    bool done = crypto_pwhash_str_alg(text, password.p, password.n, PASSES, MEMORY, crypto_pwhash_ALG_ARGON2ID13) == 0;
    pthread_mutex_unlock(&one_at_a_time);
    if (done)
        *kept = str_copy(arena, str_from(text));
    return done;
}

bool secret_password_is(struct arena *arena, struct str kept, struct str password) {
    char text[crypto_pwhash_STRBYTES] = "";
    struct str nobody;
    if (kept.n == 0 || kept.n >= sizeof text || password.n > SECRET_PASSWORD_MOST) {
        (void)secret_password(arena, S("nobody"), &nobody); /* as long as for somebody */
        return false;
    }
    memcpy(text, kept.p, kept.n);
    pthread_mutex_lock(&one_at_a_time);
    bool is = crypto_pwhash_str_verify(text, password.p, password.n) == 0;
    pthread_mutex_unlock(&one_at_a_time);
    return is;
}

struct str secret_totp_new(struct arena *arena) {
    char bytes[TOTP_BYTES], *text = NULL;
    size_t n = 0;
    randombytes_buf(bytes, sizeof bytes);
    struct str out = {0};
    if (oath_base32_encode(bytes, sizeof bytes, &text, &n) == OATH_OK)
        out = str_copy(arena, (struct str){text, n});
    free(text);
    return out;
}

struct str secret_totp_uri(struct arena *arena, struct str secret, struct str issuer, struct str login) {
    struct buf to;
    buf_init(&to, arena, 0);
    buf_put(&to, S("otpauth://totp/"));
    for (int part = 0; part < 2; part++) {
        struct str s = part == 0 ? issuer : login;
        for (size_t i = 0; i < s.n; i++)
            buf_printf(&to, "%%%02X", (unsigned char)s.p[i]);
        buf_put(&to, part == 0 ? S(":") : S("?secret="));
    }
    buf_put(&to, secret);
    return buf_str(&to);
}

bool secret_totp_is(struct str secret, struct str code, int64_t now_s, int64_t *last) {
    char *key = NULL, expected[SECRET_CODE + 1];
    size_t n = 0;
    bool is = false;
    if (code.n != SECRET_CODE || oath_base32_decode(secret.p, secret.n, &key, &n) != OATH_OK)
        return false;
    for (int64_t step = now_s / STEP_S - NEIGHBOURS; step <= now_s / STEP_S + NEIGHBOURS && !is; step++) {
        if (step <= *last || oath_hotp_generate(key, n, (uint64_t)step, SECRET_CODE, false,
                                                OATH_HOTP_DYNAMIC_TRUNCATION, expected) != OATH_OK)
            continue;
        if (secret_equal(code, (struct str){expected, SECRET_CODE})) {
            *last = step;
            is = true;
        }
    }
    sodium_memzero(key, n);
    free(key);
    return is;
}
