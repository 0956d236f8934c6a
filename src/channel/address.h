// SPDX-License-Identifier: Apache-2.0
/* address -- may a network address be spoken to by request of a person who only typed a name?
 *
 * Public means: an address of the open internet. Everything else (this machine, the company's own network, a cloud's metadata) is
 * refused unless the operator allows it, so that nobody reaches through this program what they could not reach themselves.
 */
#ifndef REATIVA_CHANNEL_ADDRESS_H
#define REATIVA_CHANNEL_ADDRESS_H

#include <stdbool.h>
#include <sys/socket.h>

#include "base/str.h"

/* address_public -- IPv4 and IPv6; an IPv4 address inside an IPv6 one is judged as itself. Any other family is not. */
bool address_public(const struct sockaddr *address);
/* address_text_public -- "10.0.0.1", "::1", without brackets; *literal false: it is a name. */
bool address_text_public(struct str text, bool *literal);

#endif
