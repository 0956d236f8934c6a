// SPDX-License-Identifier: Apache-2.0
/* appointment -- make, move, keep, call off; what is due.
 *
 * Each call is one transaction and leaves a line in the audit trail. Who edits names the version seen; when another was first
 * it is CONFLICT appointment.changed and *out holds what stands.
 */
#ifndef REATIVA_APP_APPOINTMENT_H
#define REATIVA_APP_APPOINTMENT_H

#include "core/permission.h"
#include "store/appointment.h"

struct appointment_wish {
    struct str code, rep; /* the customer, in the portfolio of this rep (empty: any) */
    int64_t id, version;  /* 0: a new one */
    int64_t user_id;      /* whose it is; 0: as it was */
    int64_t asker_id;     /* who asks to change it, and as what: see appointment_move */
    enum role role;
    struct str who; /* login of who asks, for the audit trail */
    struct day day, today;
    int minute; /* APPOINTMENT_ANY_TIME */
    enum contact_channel channel;
    struct str note, token;
    int64_t now_us;
};
/* appointment_make -- the same token again answers with what the first made. INVALID appointment.bad_day (before today, or more
 * than three years off), bad_minute, bad_channel, bad_note. */
bool appointment_make(struct cx *cx, struct db *db, const struct appointment_wish *wish, struct appointment *out);
/* appointment_move -- day, time, channel, note, whose. NOT_FOUND appointment.unknown; CONFLICT also when it is not open any more;
 * FORBIDDEN appointment.not_yours: one's own are changed by everybody; a manager and an administrator change all; an agent also those of
 * whom they have at hand, and those of the work lists that name them (picked for it by hand, or made by a contact on it). */
bool appointment_move(struct cx *cx, struct db *db, const struct appointment_wish *wish, struct appointment *out);
/* appointment_settle -- APPOINTMENT_KEPT or APPOINTMENT_OFF; of the wish code, rep, id, version, who asks, now_us. Errors as
 * appointment_move. */
bool appointment_settle(struct cx *cx, struct db *db, const struct appointment_wish *wish, enum appointment_state state,
                        struct appointment *out);
/* appointment_agenda -- open ones of a user, as appointment_due, in a transaction of its own. */
bool appointment_agenda(struct cx *cx, struct db *db, int64_t user_id, struct day from, struct day until, int64_t most,
                        struct appointment_row **out, size_t *n);
bool appointment_of_customer(struct cx *cx, struct db *db, struct str code, struct str rep, int64_t most,
                             struct appointment_row **out, size_t *n);

/* appointment_put -- within the caller's transaction, checked by the caller. */
bool appointment_put(struct cx *cx, struct db *db, const struct appointment_wish *wish, int64_t customer_id,
                     struct appointment *out);

#endif
