// SPDX-License-Identifier: Apache-2.0
/* reach -- may a customer, or somebody there, be contacted now, by which channel, and if not why not. The one place that answers it.
 *
 * An address is barred by the list of suppressed ones, by a state's list of numbers, or by the answer kept with the person; whoever is
 * named by a barred tax number is barred by every address. The limit on contact pressure counts over all channels together and bars
 * no channel: who offers contacts (the queue) leaves out whom it has reached, who looks is told. Logging what happened is never refused.
 */
#ifndef REATIVA_APP_REACH_H
#define REATIVA_APP_REACH_H

#include "store/suppression.h"

enum reach_channel { REACH_CALL = 0, REACH_MESSAGE, REACH_EMAIL, REACH_LETTER, REACH_CHANNELS };

/* Why an address is not to be used. */
struct reach_bar {
    bool barred;
    enum suppression_source source;
    struct day since, until; /* DAY_NONE: not known; for good */
    struct str state;        /* of SUPPRESSION_BLOCK */
};
/* One address book entry: the customer's own (person_id 0), or a person's. letter is asked of the customer alone. */
struct reach_way {
    int64_t person_id;
    bool has_phone, has_email;
    struct reach_bar by[REACH_CHANNELS];
};
struct reach {
    int64_t customer_id;
    struct reach_way *way; /* the customer's own first */
    size_t ways;
    bool
        none; /* there are addresses, and none may be used by any channel; or the customer itself may not be visited either */
    struct pressure pressure;
    struct pressure_limit limit;
};

/* reach_look -- out[n], in the order of the customers. Within the caller's transaction; nothing where the database remembers it, else at most
 * five statements, however many customers. */
bool reach_look(struct cx *cx, struct db *db, const int64_t *customer, size_t n, struct day as_of, struct reach *out);
/* reach_of -- what is told of one of them; person_id 0: of its own addresses. NULL: not there. */
const struct reach_way *reach_of(const struct reach *reach, int64_t person_id);
/* reach_calls -- for lists that offer many at once: the customers' own phones that may not be called become empty. A transaction of its
 * own; one statement where the database remembers it. */
struct reach_phone {
    int64_t customer_id;
    struct str *phone;
};
bool reach_calls(struct cx *cx, struct db *db, const struct reach_phone *phone, size_t n, struct day as_of);

#endif
