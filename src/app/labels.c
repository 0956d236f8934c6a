// SPDX-License-Identifier: Apache-2.0
/* labels -- see the header. */
#include "app/labels.h"

bool labels_all(struct cx *cx, struct db *db, struct label **out, size_t *n) {
    if (!db_read(cx, db))
        return false;
    bool done = label_list(cx, db, (enum label_kind)0, out, n);
    db_rollback(db);
    return done;
}
