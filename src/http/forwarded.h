// SPDX-License-Identifier: Apache-2.0
/* forwarded -- whose request it is when a proxy handed it on; private to src/http.
 */
#ifndef REATIVA_HTTP_FORWARDED_H
#define REATIVA_HTTP_FORWARDED_H

#include "base/arena.h"
#include "base/str.h"

/* address_normal -- an IPv4 or IPv6 address in its one usual form (an IPv4 one written as IPv6 is IPv4); false: it is none. A
 * port behind it, as some proxies write it, is left out. */
bool address_normal(struct arena *arena, struct str text, struct str *out);
bool address_loopback(struct str normal);
/* addresses_normal -- a list with blanks or commas between, as normal addresses with one blank between; false: *out is the
 * word that is no address. */
bool addresses_normal(struct arena *arena, struct str list, struct str *out);
bool addresses_hold(struct str list, struct str address);

/* forwarded_for -- of "client, proxy, proxy" the last that is no proxy of ours; what stands before it anybody can have written.
 * address: who is connected. Stops at a word that is no address. */
struct str forwarded_for(struct arena *arena, struct str trusted, struct str list, struct str address);

#endif
