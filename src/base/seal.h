// SPDX-License-Identifier: Apache-2.0
/* seal -- secrets that the program must be able to use again (passwords of servers, keys of other programs), kept so that the database
 * alone tells nobody what they are.
 *
 * The key stands in a file of its own, 32 bytes in hexadecimal, made when the first secret is sealed, readable by its owner alone; it is in
 * no backup of the database. By libsodium's XChaCha20-Poly1305. What a secret is for goes into the seal: one that was moved to
 * another place does not open. Nothing is remembered between calls: the file is read each time, so any thread may call.
 */
#ifndef REATIVA_BASE_SEAL_H
#define REATIVA_BASE_SEAL_H

#include "base/cx.h"

enum { SEAL_MOST = 8192 /* bytes of one secret */ };

/* seal_close -- *out: text that holds the secret. `file`: the key's; made when it is missing. `use`: "mail.password", "webhook:3".
 * IO seal.no_file (it can be neither read nor made), INVALID seal.bad_file (it holds no key), seal.open_file (others may read it), LIMIT
 * seal.long. */
bool seal_close(struct cx *cx, struct str file, struct str use, struct str secret, struct str *out);
/* seal_open -- back again. The same errors; NOT_FOUND seal.lost: the key is missing, or is not the one it was sealed with. */
bool seal_open(struct cx *cx, struct str file, struct str use, struct str sealed, struct str *out);
/* seal_is -- does the text look like what seal_close makes? */
bool seal_is(struct str text);

/* seal_file -- where the key is unless somebody said: beside a database that is a file, else where the program was started. */
struct str seal_file(struct arena *arena, struct str given, struct str db_url);

#endif
