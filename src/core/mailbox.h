// SPDX-License-Identifier: Apache-2.0
/* mailbox -- is a text an address that a mail server will take?
 *
 * Stricter than what people write down of each other (core/person): what passes here goes into the header of a message and into the
 * commands to a server. Invariant: an address that passes holds nothing but letters, digits and marks that mean nothing there.
 */
#ifndef REATIVA_CORE_MAILBOX_H
#define REATIVA_CORE_MAILBOX_H

#include <stdbool.h>

#include "base/str.h"

enum { MAILBOX_MOST = 254 /* bytes, as RFC 5321 has it */ };

/* mailbox_is -- "ana.silva+vendas@example.com.br": ASCII, without name, brackets, quotes or blanks; the part behind the @ as
 * mailbox_host_is has it, with a dot. */
bool mailbox_is(struct str text);
/* mailbox_domain -- what stands behind the @ of one that passed. */
struct str mailbox_domain(struct str text);
/* mailbox_host_is -- the name or the number of a server: "smtp.example.com", "localhost", "10.0.0.1", "::1". */
bool mailbox_host_is(struct str text);

#endif
