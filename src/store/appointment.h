// SPDX-License-Identifier: Apache-2.0
/* appointment -- who is to talk to whom, when.
 */
#ifndef REATIVA_STORE_APPOINTMENT_H
#define REATIVA_STORE_APPOINTMENT_H

#include "base/day.h"
#include "core/contact.h"
#include "store/db.h"

enum appointment_state { APPOINTMENT_OPEN = 0, APPOINTMENT_KEPT, APPOINTMENT_OFF };
enum { APPOINTMENT_ANY_TIME = -1, APPOINTMENT_MINUTES = 24 * 60 };

struct appointment {
    int64_t id, customer_id, user_id;
    struct day day;
    int minute; /* of the day; APPOINTMENT_ANY_TIME */
    enum contact_channel channel;
    struct str note;
    enum appointment_state state;
    int64_t contact_id; /* that kept it; 0 none */
    struct str token;
    int64_t made_us, changed_us, version;
};
struct appointment_row {
    struct appointment appointment;
    struct str code, customer, city, phone, user; /* customer: its name; user: the name of whose it is */
};

bool appointment_add(struct cx *cx, struct db *db, struct appointment *appointment); /* sets id; three statements */
bool appointment_find(struct cx *cx, struct db *db, int64_t customer_id, int64_t id, bool *found,
                      struct appointment *out);
bool appointment_find_token(struct cx *cx, struct db *db, int64_t customer_id, struct str token, bool *found,
                            struct appointment *out);
/* appointment_change -- day, minute, channel, note, whose, state, contact; false in *changed: another was first. */
bool appointment_change(struct cx *cx, struct db *db, const struct appointment *appointment, bool *changed);
/* appointment_near -- is its customer at hand of a user, or is it of a work list that names them: the customer was picked for it, or the
 * contact that made it was on it? */
bool appointment_near(struct cx *cx, struct db *db, const struct appointment *appointment, int64_t user_id,
                      int64_t now_us, bool *out);
/* appointment_due -- open ones of a user from one day to another (DAY_NONE: open), by day and time, at most `most` (0: all). */
bool appointment_due(struct cx *cx, struct db *db, int64_t user_id, struct day from, struct day until, int64_t most,
                     struct appointment_row **out, size_t *n);
/* appointment_list -- of one customer: open ones first by day, then the others, the newest first. */
bool appointment_list(struct cx *cx, struct db *db, int64_t customer_id, int64_t most, struct appointment_row **out,
                      size_t *n);

#endif
