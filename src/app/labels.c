// SPDX-License-Identifier: Apache-2.0
/* labels -- see the header. */
#include "app/labels.h"

bool labels_all(struct cx *cx, struct db *db, struct str only_rep, struct label **out, size_t *n) {
    if (!db_read(cx, db))
        return false;
    bool done =
        only_rep.n > 0 ? label_list_of(cx, db, only_rep, out, n) : label_list(cx, db, (enum label_kind)0, out, n);
    db_rollback(db);
    return done;
}
