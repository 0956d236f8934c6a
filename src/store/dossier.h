// SPDX-License-Identifier: Apache-2.0
/* dossier -- what is kept of one customer beside who it is and its score, in one statement: papers, products, people, what was
 * said and agreed.
 */
#ifndef REATIVA_STORE_DOSSIER_H
#define REATIVA_STORE_DOSSIER_H

#include "store/appointment.h"
#include "store/choice.h"
#include "store/contact.h"
#include "store/document.h"
#include "store/note.h"
#include "store/person.h"
#include "store/product.h"
#include "store/record.h"
#include "store/transfer.h"

struct dossier_wish {
    int64_t customer_id;
    struct day as_of;                      /* of documents and products */
    struct day since;                      /* documents since then all; DAY_NONE: no more than the newest */
    int64_t documents;                     /* the newest, at most */
    int64_t notes, contacts, appointments; /* at most */
    bool choices;
};

struct dossier {
    struct bought *bought;               /* goods only; most valuable first */
    struct document_row *document;       /* newest first */
    struct record *record;               /* kind by kind, the newest first */
    struct person *person;               /* who are still there, by name */
    struct note *note;                   /* that stand, newest first */
    struct contact_row *contact;         /* newest first */
    struct appointment_row *appointment; /* open ones by day, then the others, the newest first */
    struct str *tag;                     /* names, in their order */
    struct choice *choice;               /* that can be chosen, by kind and name */
    struct transfer_line *transfer;      /* newest first, but those called off */
    size_t boughts, documents, records, persons, notes, contacts, appointments, tags, choices, transfers;
};

bool dossier_read(struct cx *cx, struct db *db, const struct dossier_wish *wish, struct dossier *out);

#endif
