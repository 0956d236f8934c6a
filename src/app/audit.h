// SPDX-License-Identifier: Apache-2.0
/* audit -- the trail of what was changed, for those who may read it.
 */
#ifndef REATIVA_APP_AUDIT_H
#define REATIVA_APP_AUDIT_H

#include "store/audit.h"

enum { AUDIT_PAIRS = 24 };

/* What the trail can be asked for. */
struct audit_names {
    struct str *who, *what;
    size_t whos, whats;
};

/* audit_read -- the lines that fit, the newest first, one picture of the data. names NULL: not wanted. */
bool audit_read(struct cx *cx, struct db *db, const struct audit_filter *filter, audit_take *take, void *owner,
                struct audit_names *names);

/* One field of a line: "rep=7" became "rep=9". */
struct audit_pair {
    struct str name, before, after;
};
/* audit_pairs -- the fields that differ, of texts made of name=value with blanks between (a value may hold blanks). 0: the
 * texts are not made so, or more than AUDIT_PAIRS; they are to be shown as they are. */
size_t audit_pairs(struct str before, struct str after, struct audit_pair out[AUDIT_PAIRS]);

#endif
