// SPDX-License-Identifier: Apache-2.0
/* ledger -- what was logged and agreed with all customers, in the order it was written, for other programs.
 */
#ifndef REATIVA_STORE_LEDGER_H
#define REATIVA_STORE_LEDGER_H

#include "store/appointment.h"
#include "store/contact.h"

/* Behind which row a page begins: when it was written (contact.made_us, appointment.changed_us), and its id. */
struct ledger_place {
    int64_t at_us, id;
};
struct ledger_contact {
    struct contact_row row;
    struct str code; /* of the customer */
};
/* rep: the code of the one in whose portfolio the customers must be; empty: anybody's. One statement along an index. */
bool ledger_contacts(struct cx *cx, struct db *db, struct ledger_place after, struct str rep, int64_t most,
                     struct ledger_contact **out, size_t *n);
bool ledger_appointments(struct cx *cx, struct db *db, struct ledger_place after, struct str rep, int64_t most,
                         struct appointment_row **out, size_t *n);

#endif
