// SPDX-License-Identifier: Apache-2.0
/* bounces -- mail that came back: what of it is believed, and what follows for the address.
 *
 * Anybody can write to the mailbox. A report counts when it names a message that really went out, by the part of its Message-ID that
 * only who got it can know (256 bits of chance), and tells of the address that one went to. Then a hard one puts the address on the
 * list of suppressed ones, soft ones are counted until they are as good as a hard one (core/bounce.h), a complaint suppresses. An
 * employee's own address is never suppressed: it is shown. Everything else is shown and bars nobody. Each mail counts once.
 */
#ifndef REATIVA_APP_BOUNCES_H
#define REATIVA_APP_BOUNCES_H

#include "app/mail.h"
#include "base/day.h"
#include "store/bounce.h"

enum {
    BOUNCES_PAGE = 50,
    BOUNCES_KEPT_DAYS = 400,
    BOUNCES_OTHER_DAYS = 60,   /* of what is about no message of ours */
    BOUNCES_OTHER_MOST = 20000 /* so that who floods the mailbox does not flood the database */
};

/* bounces_settings -- mail_settings in a transaction of its own. */
bool bounces_settings(struct cx *cx, struct db *db, struct str secrets, struct mail_settings *out);

/* Where reading goes on: the folder's numbers up to `uid` were read, as long as its validity is this one. */
struct bounces_place {
    struct str mailbox; /* server, user and folder */
    int64_t validity, uid;
};
/* bounces_place -- a transaction of its own; validity and uid 0: another mailbox than before, or none. */
bool bounces_place(struct cx *cx, struct db *db, struct str mailbox, struct bounces_place *out);

struct bounces_sum {
    int64_t mails, shown, doubted /* named nothing of ours, or another's */, counted, suppressed;
};
struct bounces_batch {
    const struct str *mail; /* bytes, [n] */
    size_t n;
    bool *letter; /* [n], out: no report, but something for a person to read */
    struct day today;
    int64_t now_us;
};
/* bounces_take -- judged and noted in one transaction; what was known already counts no second time. Adds to *sum. */
bool bounces_take(struct cx *cx, struct db *db, const struct bounces_batch *batch, struct bounces_sum *sum);
/* bounces_went_on -- so far it was read; a transaction of its own. */
bool bounces_went_on(struct cx *cx, struct db *db, const struct bounces_place *place);
/* bounces_sweep -- what is old goes; a transaction of its own. */
bool bounces_sweep(struct cx *cx, struct db *db, int64_t now_us);

struct bounces_found {
    struct bounce_row row[BOUNCES_PAGE];
    size_t n;
    bool more;
};
/* bounces_look -- one statement. bounces_each -- all that fit, for a file. bounces_of -- what came back of one message, at most 10. */
bool bounces_look(struct cx *cx, struct db *db, const struct bounce_filter *filter, struct bounces_found *out);
bool bounces_each(struct cx *cx, struct db *db, const struct bounce_filter *filter, bounce_take *take, void *owner);
bool bounces_of(struct cx *cx, struct db *db, int64_t message_id, struct bounce_row **out, size_t *n);

#endif
