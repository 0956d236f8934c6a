// SPDX-License-Identifier: Apache-2.0
/* tags -- a customer gets a tag, or loses it. */
#ifndef REATIVA_APP_TAGS_H
#define REATIVA_APP_TAGS_H

#include "store/tag.h"

enum { TAG_NAME_MOST = 60 }; /* bytes */

/* tags_name -- a name as tags are kept: blanks trimmed and made one. INVALID when it is empty, too long or holds a comma. */
bool tags_name(struct cx *cx, struct str name, struct str *out);

struct tags_wish {
    struct str code, rep; /* the customer; whose portfolio it must be in, empty: anybody's */
    struct str name;
    bool take; /* away */
    struct str who;
    int64_t now_us;
};
/* tags_change -- NOT_FOUND: no such customer within the scope. Twice is once. */
bool tags_change(struct cx *cx, struct db *db, const struct tags_wish *wish);
/* tags_of -- names, in a transaction of its own; tags_all -- those in use. */
bool tags_of(struct cx *cx, struct db *db, int64_t customer_id, struct str **out, size_t *n);
bool tags_all(struct cx *cx, struct db *db, struct tag **out, size_t *n);

#endif
