// SPDX-License-Identifier: Apache-2.0
/* party -- the customers that one import meets: their ids, and what it says of each.
 *
 * Of several rows that speak of one customer the newest day wins, field by field, and of equal days the greater text:
 * so neither the order of rows nor of files matters. Memory is bounded: past LIMIT_IMPORT_PARTIES customers what was told
 * waits in files until the end (party.c).
 */
#ifndef REATIVA_APP_PARTY_H
#define REATIVA_APP_PARTY_H

#include "app/importing.h"
#include "store/customer.h"

enum party_text { PARTY_NAME = 0, PARTY_TAX_ID, PARTY_PHONE, PARTY_EMAIL, PARTY_TEXTS };

struct parties;
struct party;

bool parties_open(struct cx *cx, struct importing *im, enum fact_source source, struct parties **out);
void parties_close(struct cx *cx, struct parties *parties); /* NULL is fine */
/* party_of -- the customer of this code, added when new. Valid until the next party_of. */
bool party_of(struct cx *cx, struct parties *parties, struct str code, struct party **out);
int64_t party_id(const struct party *party);
/* What a document or row of that day says; empty texts and label 0 say nothing. */
void party_tell_text(struct parties *parties, struct party *party, struct day day, enum party_text which,
                     struct str text);
bool party_tell_label(struct cx *cx, struct parties *parties, struct party *party, struct day day, enum label_kind kind,
                      struct str code);
void party_tell_closed(struct party *party, struct day day, struct day closed_on);
void party_tell_contact(struct party *party, struct day last_contact);
/* party_tell_number -- STAT_NONE says nothing; the last one told stands. */
void party_tell_number(struct party *party, enum customer_number which, int64_t number);
/* party_touch -- its history changed from this day on: dirty for the next score. */
bool party_touch(struct cx *cx, struct parties *parties, struct party *party, struct day since);
/* parties_send -- new customers so far become visible to the store's other statements. */
bool parties_send(struct cx *cx, struct parties *parties);
/* parties_finish -- write the facts, merge them. *changed: customers whose attributes differ now. */
bool parties_finish(struct cx *cx, struct parties *parties, int64_t *changed);

#endif
