// SPDX-License-Identifier: Apache-2.0
/* suppressions -- the one list of addresses that are not to be used: looked through, added to, lifted from. Each change is one
 * transaction with its line in the audit trail.
 */
#ifndef REATIVA_APP_SUPPRESSIONS_H
#define REATIVA_APP_SUPPRESSIONS_H

#include "store/suppression.h"

enum { SUPPRESSIONS_PAGE = 50, SUPPRESSIONS_NOTE_MOST = 200 };

struct suppressions_look {
    struct str address; /* as typed, whole: only its hash can be looked for; empty: all */
    int channel, source, holds;
    struct day day;
    int64_t before;
};
struct suppressions_found {
    struct suppression row[SUPPRESSIONS_PAGE];
    size_t n;
    bool more, unread; /* unread: what was typed is no phone, e-mail or tax number */
};
/* suppressions_look_through -- one statement. */
bool suppressions_look_through(struct cx *cx, struct db *db, const struct suppressions_look *look,
                               struct suppressions_found *out);
/* suppressions_each -- all that fit, for a file. */
bool suppressions_each(struct cx *cx, struct db *db, const struct suppressions_look *look, suppression_take *take,
                       void *owner);

struct suppressions_wish {
    struct str address;
    enum suppression_channel channel;
    enum suppression_source source; /* what a person can say: asked, link, complaint */
    struct day day, until;          /* until: DAY_NONE for good */
    struct str note, token, who;
    struct day today;
    int64_t now_us;
};
/* suppressions_add -- INVALID suppression.bad_<field>; the same token again adds nothing. */
bool suppressions_add(struct cx *cx, struct db *db, const struct suppressions_wish *wish);
/* suppressions_note -- what the program found out itself, within the caller's transaction; any source, the token is the caller's. *added false:
 * it was noted before, or an entry holds for this channel already. The address is one that suppressions_add takes. */
bool suppressions_note(struct cx *cx, struct db *db, const struct suppressions_wish *wish, bool *added);
/* suppressions_lift -- why must be told. NOT_FOUND; INVALID suppression.bad_why; CONFLICT suppression.erased: what came of an erasure stays. Lifted already: nothing happens. */
bool suppressions_lift(struct cx *cx, struct db *db, int64_t id, struct str why, struct str who, int64_t now_us);
/* suppressions_field -- the field of the form that an error is about; empty: none. */
struct str suppressions_field(const struct err *err);

#endif
