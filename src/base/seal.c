// SPDX-License-Identifier: Apache-2.0
/* seal -- see the header. A sealed text is "sealed1:" and, in base64, a random nonce and the box. The key's file is made beside its name
 * and linked into place, so that of two processes that make it at once the one that comes second takes the first one's. */
#include "base/seal.h"

#include <errno.h>
#include <fcntl.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/secret.h"

enum { KEY = crypto_aead_xchacha20poly1305_ietf_KEYBYTES, NONCE = crypto_aead_xchacha20poly1305_ietf_NPUBBYTES };
enum { TAG = crypto_aead_xchacha20poly1305_ietf_ABYTES, HEX = 2 * KEY };
#define MARK S("sealed1:")
static const int variant = sodium_base64_VARIANT_URLSAFE_NO_PADDING;

/* ---- the key ---- */

static bool no_file(struct cx *cx, struct str file) {
    int error = errno;
    (void)cx_fail(cx, ERR_IO, S("seal.no_file"), file, str_from(strerror(error)));
    return false;
}

/* *there false: it does not exist. */
static bool key_read(struct cx *cx, struct str file, unsigned char key[KEY], bool *there) {
    char text[HEX + 2];
    struct stat about;
    *there = false;
    if (sodium_init() < 0) /* also when somebody else did it before */
        return cx_fail(cx, ERR_IO, S("seal.no_file"), file, str_from(strerror(EAGAIN)));
    int fd = open(str_terminated(cx->arena, file), O_RDONLY | O_CLOEXEC);
    *there = fd >= 0 || errno != ENOENT;
    if (fd < 0)
        return !*there || no_file(cx, file);
    ssize_t n = read(fd, text, sizeof text);
    bool seen = n >= 0 && fstat(fd, &about) == 0;
    if (!seen)
        (void)no_file(cx, file);
    (void)close(fd);
    if (!seen)
        return false;
    if (S_ISREG(about.st_mode) && (about.st_mode & (S_IRWXO | S_IWGRP)) != 0)
        return cx_fail(cx, ERR_INVALID, S("seal.open_file"), file);
    bool good = n >= HEX && (n == HEX || text[HEX] == '\n') && secret_bytes_of((struct str){text, HEX}, key, KEY);
    sodium_memzero(text, sizeof text);
    return good || cx_fail(cx, ERR_INVALID, S("seal.bad_file"), file);
}

static bool all_written(int fd, const char *p, size_t n) {
    return write(fd, p, n) == (ssize_t)n && fsync(fd) == 0;
}

static bool key_make(struct cx *cx, struct str file) {
    unsigned char key[KEY];
    char text[HEX + 2];
    char *beside = str_terminated(cx->arena, cx_text(cx, "%.*s.XXXXXX", STR_ARG(file)));
    int fd = mkostemp(beside, O_CLOEXEC); /* readable by its owner alone */
    if (fd < 0)
        return no_file(cx, file);
    randombytes_buf(key, sizeof key);
    (void)sodium_bin2hex(text, HEX + 1, key, sizeof key);
    text[HEX] = '\n';
    bool done =
        all_written(fd, text, HEX + 1) && (link(beside, str_terminated(cx->arena, file)) == 0 || errno == EEXIST);
    if (!done)
        (void)no_file(cx, file);
    (void)close(fd);
    (void)unlink(beside);
    sodium_memzero(key, sizeof key);
    sodium_memzero(text, sizeof text);
    return done;
}

struct str seal_file(struct arena *arena, struct str given, struct str db_url) {
    struct cx cx = {.arena = arena};
    bool server = str_starts(db_url, S("postgres://")) || str_starts(db_url, S("postgresql://"));
    return given.n > 0 ? given : server ? S("reativa.secrets") : cx_text(&cx, "%.*s.secrets", STR_ARG(db_url));
}

/* ---- the box ---- */

bool seal_is(struct str text) {
    return str_starts(text, MARK);
}

bool seal_close(struct cx *cx, struct str file, struct str use, struct str secret, struct str *out) {
    unsigned char key[KEY];
    bool there;
    if (secret.n > SEAL_MOST)
        return cx_fail(cx, ERR_LIMIT, S("seal.long"), cx_text(cx, "%d", SEAL_MOST));
    if (!key_read(cx, file, key, &there))
        return false;
    if (!there && (!key_make(cx, file) || !key_read(cx, file, key, &there)))
        return false;
    if (!there)
        return cx_fail(cx, ERR_IO, S("seal.no_file"), file, str_from(strerror(ENOENT)));
    size_t n = NONCE + secret.n + TAG, room = sodium_base64_encoded_len(n, variant);
    unsigned char *box = (unsigned char *)arena_new(cx->arena, char, n);
    char *text = arena_new(cx->arena, char, MARK.n + room);
    randombytes_buf(box, NONCE);
    (void)crypto_aead_xchacha20poly1305_ietf_encrypt(box + NONCE, NULL, (const unsigned char *)secret.p, secret.n,
                                                     (const unsigned char *)use.p, use.n, NULL, box, key);
    sodium_memzero(key, sizeof key);
    memcpy(text, MARK.p, MARK.n);
    (void)sodium_bin2base64(text + MARK.n, room, box, n, variant);
    *out = str_from(text);
    return true;
}

bool seal_open(struct cx *cx, struct str file, struct str use, struct str sealed, struct str *out) {
    unsigned char key[KEY];
    bool there;
    size_t n = 0;
    if (!key_read(cx, file, key, &there))
        return false;
    if (!there || !seal_is(sealed) || sealed.n > MARK.n + 2 * (SEAL_MOST + NONCE + TAG))
        return cx_fail(cx, ERR_NOT_FOUND, S("seal.lost"), file);
    unsigned char *box = (unsigned char *)arena_new(cx->arena, char, sealed.n);
    char *plain = arena_new(cx->arena, char, sealed.n + 1);
    const char *end;
    bool good = sodium_base642bin(box, sealed.n, sealed.p + MARK.n, sealed.n - MARK.n, NULL, &n, &end, variant) == 0 &&
                end == sealed.p + sealed.n && n >= NONCE + TAG &&
                crypto_aead_xchacha20poly1305_ietf_decrypt((unsigned char *)plain, NULL, NULL, box + NONCE, n - NONCE,
                                                           (const unsigned char *)use.p, use.n, box, key) == 0;
    sodium_memzero(key, sizeof key);
    if (!good)
        return cx_fail(cx, ERR_NOT_FOUND, S("seal.lost"), file);
    *out = (struct str){plain, n - NONCE - TAG};
    return true;
}
