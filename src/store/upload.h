// SPDX-License-Identifier: Apache-2.0
/* upload -- files that were brought to the pages to be imported: what was said of them and what became of them.
 *
 * The files themselves stand in a folder that is not the store's matter.
 */
#ifndef REATIVA_STORE_UPLOAD_H
#define REATIVA_STORE_UPLOAD_H

#include "core/field.h"
#include "store/db.h"

enum upload_state { UPLOAD_NEW = 1, UPLOAD_ASKED, UPLOAD_RUNNING, UPLOAD_DONE, UPLOAD_FAILED, UPLOAD_DROPPED };

struct upload_file {
    struct str name;   /* as the sender calls it */
    struct str stored; /* in the folder of uploads; empty: gone */
    int64_t bytes;
};
struct upload {
    int64_t id;
    enum import_kind kind;
    enum upload_state state;
    struct str who; /* login */
    int64_t made_us, started_us, ended_us;
    int64_t import_id; /* 0: none yet */
    struct str said;   /* how to read them (app/uploads.h) */
    struct str told;   /* warnings, or why it failed: lines of key, tab, arguments between tabs */
    struct str place;  /* which folder of uploads its files are in */
    struct str token;  /* when added: of the form */
    struct upload_file *file;
    size_t files;
};

/* All within the caller's transaction. upload_add -- *id: of the new one, or of the one that this form brought before (*again). */
bool upload_add(struct cx *cx, struct db *db, const struct upload *upload, int64_t *id, bool *again);
bool upload_find(struct cx *cx, struct db *db, int64_t id, bool *found, struct upload *out);
/* upload_list -- the oldest first. */
bool upload_list(struct cx *cx, struct db *db, enum upload_state state, struct upload **out, size_t *n);
/* upload_open -- those that are not over: new, asked for, under way, failed. */
bool upload_open(struct cx *cx, struct db *db, struct upload **out, size_t *n);
/* upload_said -- new or failed ones only; state: UPLOAD_NEW or, to have it done, UPLOAD_ASKED. *changed false: it is past that. */
bool upload_said(struct cx *cx, struct db *db, int64_t id, struct str said, enum upload_state state, bool *changed);
bool upload_claim(struct cx *cx, struct db *db, int64_t id, int64_t now_us, bool *changed);
/* upload_imported -- its import, in the transaction of that. */
bool upload_imported(struct cx *cx, struct db *db, int64_t id, int64_t import_id);
bool upload_end(struct cx *cx, struct db *db, const struct upload *ended);
bool upload_drop(struct cx *cx, struct db *db, int64_t id, int64_t now_us, bool *changed);
bool upload_again(struct cx *cx, struct db *db, struct str place);
/* upload_old -- put away, or made before that moment and not asked for nor under way; with files still there. */
bool upload_old(struct cx *cx, struct db *db, int64_t before_us, struct str place, struct upload **out, size_t *n);
bool upload_emptied(struct cx *cx, struct db *db, int64_t id);

#endif
