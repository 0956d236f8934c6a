// SPDX-License-Identifier: Apache-2.0
/* post -- the way out: a POST to an address that a person typed, several at once, by libcurl.
 *
 * No redirect is followed, no proxy of the environment used, only http and https spoken, certificates are verified, and the address
 * that is really connected to is judged (address.h), so that a name which answers otherwise the second time helps nobody. Each
 * has a total time; of the answer only the first bytes are kept. Must not know what is sent. One thread, but for post_wake.
 */
#ifndef REATIVA_CHANNEL_POST_H
#define REATIVA_CHANNEL_POST_H

#include <stdint.h>

#include "base/str.h"

enum { POST_KEPT = 500, POST_HEADERS = 8, POST_CONNECT_S = 5, POST_TOTAL_S = 15 };

enum post_fault {
    POST_ANSWERED = 0,
    POST_PRIVATE, /* the address is none of the open internet, and that is not allowed */
    POST_UNRESOLVED,
    POST_UNREACHED, /* nobody listens, or the way is closed */
    POST_LATE,
    POST_TLS,
    POST_BROKEN, /* the connection ended, or what came is no answer */
    POST_FAULTS
};
const char *post_fault_name(enum post_fault fault); /* "private" */

struct post_line {
    int64_t tag; /* the caller's */
    enum post_fault fault;
    long status;           /* of the answer, 0: none */
    int64_t retry_after_s; /* what the answer asked for; 0: nothing */
    int64_t ms;
    char kept[POST_KEPT]; /* the first bytes of the answer's body */
    size_t kept_n;
};

struct post;
/* post_open -- most: so many at once. NULL: no memory. */
struct post *post_open(size_t most, bool private_too, const char *agent);
/* post_close -- what is under way is broken off. */
void post_close(struct post *post); /* NULL is fine */

struct post_wish {
    int64_t tag;
    struct str url, body;
    struct str header[POST_HEADERS]; /* "name: value" */
    size_t headers;
};
/* post_start -- copies all it needs; false: no memory, or no room (see post_under_way). */
bool post_start(struct post *post, const struct post_wish *wish);
size_t post_under_way(const struct post *post);
/* post_wait -- until one has ended, somebody wakes us, or wait_ms are over; true: *out is one that ended. */
bool post_wait(struct post *post, int wait_ms, struct post_line *out);
/* post_wake -- from any thread. */
void post_wake(struct post *post);

#endif
