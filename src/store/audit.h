// SPDX-License-Identifier: Apache-2.0
/* audit -- the trail of what was changed, read; audit_add (store/setting.h) writes it.
 */
#ifndef REATIVA_STORE_AUDIT_H
#define REATIVA_STORE_AUDIT_H

#include "store/db.h"

struct audit_line {
    int64_t id, at_us;
    struct str who, what, subject, before, after;
};

/* Empty texts and 0 ask for everything. */
struct audit_filter {
    struct str who, what;
    struct str holds;             /* in subject, before, after or who; ASCII letters in any case */
    int64_t from_us, until_us;    /* until_us 0: no end; not included */
    int64_t before_us, before_id; /* older than the line at this moment with this id; before_us 0: from the newest */
    int64_t most;
};

/* The line's texts live until it returns. */
typedef bool audit_take(struct cx *cx, void *owner, const struct audit_line *line);
/* audit_each -- the newest first; one statement along an index, which reads on where `holds` fits little. */
bool audit_each(struct cx *cx, struct db *db, const struct audit_filter *filter, audit_take *take, void *owner);
/* audit_whos, audit_whats -- who and what there is, sorted; each at the cost of a step a name. */
bool audit_whos(struct cx *cx, struct db *db, struct str **out, size_t *n);
bool audit_whats(struct cx *cx, struct db *db, struct str **out, size_t *n);

#endif
