// SPDX-License-Identifier: Apache-2.0
/* bulk -- one thing done to many customers at once: those picked by hand, or all that a list holds.
 *
 * Another rep is a transfer of today (app/transfers.h), a closing facts of an import of kind customers: `imports` shows both and `undo` takes them back. What
 * is there already is not done again: the same form sent twice changes nothing the second time.
 */
#ifndef REATIVA_APP_BULK_H
#define REATIVA_APP_BULK_H

#include "app/list.h"

enum bulk_kind {
    BULK_NONE = 0,
    BULK_TAG,
    BULK_UNTAG,
    BULK_ASSIGN,
    BULK_CLOSE,
    BULK_WORKLIST,
    BULK_LETTER /* app/letters.h does it */
};

struct bulk_wish {
    enum bulk_kind kind;
    const struct list_request
        *request;           /* whose results, when none are picked; its filter.only_rep is the scope of both */
    const struct str *code; /* picked */
    size_t codes;
    struct str text; /* the tag; the rep's code; the reason of a closing; the number of the work list */
    struct str said; /* which customers, in words, for the audit trail */
    bool may_revive; /* a tag that was retired is in use again */
    struct str who;
    int64_t now_us;
};
struct bulk_report {
    int64_t customers, changed;
    int64_t import_id; /* 0: nothing to undo */
};

/* bulk_count -- how many it would be. NOT_FOUND: a code that is not in the scope. */
bool bulk_count(struct cx *cx, struct db *db, const struct bulk_wish *wish, int64_t *out);
/* bulk_do -- all or nothing. INVALID: no such rep, a tag without a name, a closing without a reason. */
bool bulk_do(struct cx *cx, struct db *db, const struct bulk_wish *wish, struct bulk_report *out);
/* bulk_ids -- which customers, ascending, in the arena. */
bool bulk_ids(struct cx *cx, struct db *db, const struct bulk_wish *wish, int64_t **id, size_t *n);
bool bulk_parse(struct str name, enum bulk_kind *out); /* "tag", "untag", "assign", "close", "worklist" */
const char *bulk_name(enum bulk_kind kind);

#endif
