// SPDX-License-Identifier: Apache-2.0
/* webhook_tell -- something happened that other programs may want to know: noted in the transaction that made it happen, so that
 * both are there or neither. Nothing is written where no webhook asks for it. Sending is another's business (webhook_send.h).
 *
 * A status is where a day falls among dates, nothing that is ever written; so what was last told of a customer is kept, and after each
 * score those whose status is another are told. Whatever the score was made for again (a rebuild, an undo and the same file
 * once more), only what differs from what was told counts.
 */
#ifndef REATIVA_APP_WEBHOOK_TELL_H
#define REATIVA_APP_WEBHOOK_TELL_H

#include "store/delivery.h"

enum {
    WEBHOOK_TELL_MOST =
        5000, /* customers told one by one of one score; of more only their number is: a new rule is no message a customer */
    WEBHOOK_TELL_LATE_DAYS = 30, /* a purchase that comes in later than this after its day is history, not news */
};

/* webhook_tell -- of a contact, an import, or a rule of alerts that told somebody. Within the caller's transaction; the same one twice is one. */
struct webhook_news {
    enum webhook_kind kind;
    int64_t subject, occasion;
    int64_t at_us;
    int64_t to, many; /* of an alert: who was told, of how many customers; */
    struct day day;   /* and as of which day */
};
bool webhook_tell(struct cx *cx, struct db *db, const struct webhook_news *news);

/* webhook_tell_score -- after the kept score was written, in its transaction. few: only some customers changed. A score of a day before
 * the one told last, or of a day to come, tells nothing. Costs a look at those that changed; of a whole score, at everybody. */
bool webhook_tell_score(struct cx *cx, struct db *db, struct day as_of, bool few, int64_t now_us);

/* webhook_tell_begin -- after the webhooks that are told were changed, in that transaction; `before`: the topics asked for until then.
 * Where statuses were not asked for and now are, all that stands counts as told. */
bool webhook_tell_begin(struct cx *cx, struct db *db, unsigned before);

#endif
