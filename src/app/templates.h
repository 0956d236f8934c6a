// SPDX-License-Identifier: Apache-2.0
/* templates -- letters to customers that are written once, as e-mails or text messages: look through them, add, edit, retire, restore.
 *
 * Each call is one transaction; every change leaves a line in the audit trail. Invariant: what is kept can be written for any
 * customer who has a value for each field that names nothing in its place.
 */
#ifndef REATIVA_APP_TEMPLATES_H
#define REATIVA_APP_TEMPLATES_H

#include "store/template.h"

/* templates_list -- all of them, the retired too; one statement. */
bool templates_list(struct cx *cx, struct db *db, struct template **out, size_t *n);
/* templates_choices -- the same, and what they can go by; one statement. */
bool templates_choices(struct cx *cx, struct db *db, struct template_choices *out);
/* templates_find -- NOT_FOUND template.unknown. */
bool templates_find(struct cx *cx, struct db *db, int64_t id, struct template *out);

struct templates_wish {
    struct template template; /* id 0: a new one, counted once a token */
    struct str who;
    enum lang lang; /* of who writes it: a fault in a text is told in it */
    int64_t now_us;
};
/* templates_check -- what can be said without the database: INVALID template.no_name, name_long, no_subject, no_body, subject_long, brief_long,
 * no_offer, offer_long, and template.in_subject or template.in_body with what core/merge.h found. */
bool templates_check(struct cx *cx, const struct template *template, enum lang lang);
/* templates_put -- as templates_check; CONFLICT template.changed; INVALID template.taken, bad_gateway; LIMIT template.too_many; NOT_FOUND. */
bool templates_put(struct cx *cx, struct db *db, const struct templates_wish *wish, int64_t *id);
/* templates_usual -- a first set in a language, where there is none at all; *added: how many. */
bool templates_usual(struct cx *cx, struct db *db, enum lang lang, struct str who, int64_t now_us, size_t *added);
bool templates_retire(struct cx *cx, struct db *db, int64_t id, int64_t version, bool retired, struct str who,
                      int64_t now_us);

#endif
