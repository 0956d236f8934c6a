// SPDX-License-Identifier: Apache-2.0
/* secret -- passwords, tokens and one-time codes, by libsodium and liboath.
 *
 * Nothing here knows whose they are. What is kept of a password is an Argon2id string that holds its own cost; of a token only
 * its hash, so that a stolen database opens no session. Comparisons take the same time whatever they find.
 */
#ifndef REATIVA_BASE_SECRET_H
#define REATIVA_BASE_SECRET_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/str.h"

enum { SECRET_TOKEN = 43, SECRET_HASH = 64, SECRET_PASSWORD_MOST = 256, SECRET_CODE = 6, SECRET_TOTP = 32 };

/* secret_ready -- once, before anything else here; false: the machine has no good chance to offer. */
bool secret_ready(void);

void secret_bytes(void *to, size_t n);
struct str secret_token(struct arena *arena);              /* SECRET_TOKEN letters that nobody guesses (256 bits) */
struct str secret_hash(struct arena *arena, struct str s); /* SECRET_HASH hexadecimal digits: BLAKE2b of 32 bytes */
/* secret_hash_file -- the same of what stands in a file, of any size. False: it cannot be read. */
bool secret_hash_file(struct arena *arena, const char *path, struct str *out);
bool secret_equal(struct str a, struct str b);
/* secret_keyed -- 64 bits of keyed BLAKE2b; key: SECRET_KEY bytes. secret_hex -- bytes as text; secret_bytes_of -- and back; false: not
 * that many. */
enum { SECRET_KEY = 32 };
int64_t secret_keyed(const unsigned char key[SECRET_KEY], struct str s);
struct str secret_hex(struct arena *arena, const unsigned char *bytes, size_t n);
bool secret_bytes_of(struct str hex, unsigned char *to, size_t n);
struct str secret_base64(struct arena *arena, const unsigned char *bytes, size_t n); /* with = at its end */

/* secret_mask -- `secret` told anew each time: the same text never leaves twice, so that compression tells nothing of it.
 * secret_mask_is -- is `told` the secret? */
struct str secret_mask(struct arena *arena, struct str secret);
bool secret_mask_is(struct str told, struct str secret);

/* secret_password -- to be kept; 20-60 ms and 19 MB, one at a time in the whole program. false: no memory.
 * secret_password_is -- at the same cost, also for an empty `kept` (nobody of that name). */
bool secret_password(struct arena *arena, struct str password, struct str *kept);
bool secret_password_is(struct arena *arena, struct str kept, struct str password);

/* Signed messages to other programs, as Standard Webhooks has them: a secret is "whsec_" and the key in base64.
 * secret_webhook_sign -- "v1," and the HMAC-SHA256 of `text` in base64; empty when the secret is none. */
struct str secret_webhook_new(struct arena *arena);
struct str secret_webhook_sign(struct arena *arena, struct str secret, struct str text);

/* One-time codes, RFC 6238: six digits, steps of 30 seconds. */
struct str secret_totp_new(struct arena *arena); /* SECRET_TOTP letters of base32, as phones take it */
struct str secret_totp_uri(struct arena *arena, struct str secret, struct str issuer, struct str login);
/* secret_totp_is -- the code of this step or a neighbour's, newer than step *last; sets *last to its step: a code counts once. */
bool secret_totp_is(struct str secret, struct str code, int64_t now_s, int64_t *last);

#endif
