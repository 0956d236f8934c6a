// SPDX-License-Identifier: Apache-2.0
/* held -- what is held about somebody: where it is, and all of it, for whoever asks for their data.
 */
#ifndef REATIVA_APP_HELD_H
#define REATIVA_APP_HELD_H

#include "store/held.h"
#include "store/suppression.h"

enum { HELD_FOUND = 50, HELD_LETTERS_LEAST = 3 };

struct held_found {
    struct held_who who[HELD_FOUND];
    size_t n;
    bool more;
};
/* held_find -- customers and people whose code, CPF or CNPJ, phone or e-mail is what was typed, however they are written, or whose name holds
 * it. Reads everybody: a second or two a million customers. INVALID held.too_short. */
bool held_find(struct cx *cx, struct db *db, struct str typed, struct held_found *out);

/* held_export -- all that is held of a customer and of the people there, and the line in the audit trail that it was given out; one
 * transaction. suppression: entries of the list for the customer's addresses and those of the people. NOT_FOUND scope.no_customer. */
struct held_wish {
    struct str code, who;
    int64_t now_us;
};
bool held_export(struct cx *cx, struct db *db, const struct held_wish *wish, held_take *take,
                 suppression_take *suppression, void *owner);

#endif
