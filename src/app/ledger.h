// SPDX-License-Identifier: Apache-2.0
/* ledger -- what other programs read: all that is kept of one customer, and what was logged and agreed with all.
 *
 * Each call is a read transaction of its own. rep: whose customers are in reach (its code; empty: all).
 */
#ifndef REATIVA_APP_LEDGER_H
#define REATIVA_APP_LEDGER_H

#include "app/flow.h"
#include "app/score.h"
#include "store/choice.h"
#include "store/dossier.h"
#include "store/ledger.h"

/* ledger_customer -- NOT_FOUND scope.no_customer: unknown, or another's. All papers up to the day, all contacts and appointments. */
bool ledger_customer(struct cx *cx, struct db *db, struct str code, struct str rep, struct day as_of,
                     struct dossier *out);
/* ledger_customer_id -- the same question, for those who act on it. */
bool ledger_customer_id(struct cx *cx, struct db *db, struct str code, struct str rep, int64_t *id);
bool ledger_contacts_read(struct cx *cx, struct db *db, struct ledger_place after, struct str rep, int64_t most,
                          struct ledger_contact **out, size_t *n);
bool ledger_appointments_read(struct cx *cx, struct db *db, struct ledger_place after, struct str rep, int64_t most,
                              struct appointment_row **out, size_t *n);
/* ledger_choices -- reasons, objections and occurrences to choose from, without the retired, by kind and name. */
bool ledger_choices(struct cx *cx, struct db *db, struct choice **out, size_t *n);
/* ledger_flow -- the account of customers by month: all customers'. */
bool ledger_flow(struct cx *cx, struct db *db, struct day as_of, enum flow_by by, struct flow_row **out, size_t *n);

#endif
