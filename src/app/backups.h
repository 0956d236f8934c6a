// SPDX-License-Identifier: Apache-2.0
/* backups -- restore points: copies of everything in a folder of their own, made by hand or by night, looked over, retired, and
 * brought back.
 *
 * The folder is the truth: no table lists them, since a table would go back with what is restored. Beside each copy NAME.db stands
 * NAME.txt, lines of name=value: who made it, its checksum, what it holds. A copy without one (brought here by hand) is listed too
 * and gets one when it is looked over. Invariant: what has a name ending in .db is whole.
 */
#ifndef REATIVA_APP_BACKUPS_H
#define REATIVA_APP_BACKUPS_H

#include "base/cx.h"
#include "base/day.h"
#include "store/db.h"

enum backups_kind {
    BACKUPS_BROUGHT = 0, /* somebody put the file there */
    BACKUPS_ASKED,
    BACKUPS_NIGHTLY,
    BACKUPS_BEFORE, /* what stood when another was brought back */
    BACKUPS_KIND_END
};
const char *backups_kind_name(enum backups_kind kind); /* backups.kind_<name> in the catalogs */

enum { BACKUPS_NAME_MOST = 80, BACKUPS_MOST = 1000 };

struct backups_point {
    struct str name; /* without .db */
    enum backups_kind kind;
    struct str who, version, hash;
    int64_t made_us, bytes, checked_us, schema, customers, documents;
    struct day newest; /* of its documents */
    struct str fault;  /* what the last look found; empty: nothing */
    bool noted;        /* its .txt is there */
};

/* Where and by whom. */
struct backups_wish {
    struct str folder, name; /* name: which; empty for a new one */
    enum backups_kind kind;
    struct str who, version;
    int64_t (*clock_us)(void);
    int32_t (*utc_offset_s)(int64_t at_us);
};

/* backups_folder_open -- made when it is not there, when the server starts: what a kill left half written goes. IO. */
bool backups_folder_open(struct cx *cx, struct str folder);
/* backups_list -- the newest first, at most BACKUPS_MOST. backups_find -- NOT_FOUND, whatever a name holds. */
bool backups_list(struct cx *cx, struct str folder, struct backups_point **out, size_t *n);
bool backups_find(struct cx *cx, struct str folder, struct str name, struct backups_point *out);
/* backups_file -- opened for reading; *bytes: its size. backups_growing -- bytes of the copy being written; 0: none. */
bool backups_file(struct cx *cx, struct str folder, struct str name, int *file, int64_t *bytes);
int64_t backups_growing(struct cx *cx, struct str folder);
/* backups_room -- bytes that the folder's disk has to spare; -1: it does not say. */
int64_t backups_room(struct cx *cx, struct str folder);

/* backups_make -- a new one, named by day and time; the audit trail says so. Errors as backup_write. */
bool backups_make(struct cx *cx, struct str db_url, const struct backups_wish *wish, struct backups_point *out);
/* backups_check -- is it what was written, can it be read, does it fit together? What is found is kept with it; true also when
 * something is wrong: out->fault. */
bool backups_check(struct cx *cx, const struct backups_wish *wish, struct backups_point *out);
/* backups_retire -- its files go. */
bool backups_retire(struct cx *cx, struct db *db, const struct backups_wish *wish);
/* backups_told -- a line in the audit trail: it was downloaded, say. */
bool backups_told(struct cx *cx, struct db *db, const struct backups_wish *wish, struct str what);

/* backups_restore -- what stands in the database gives way to it, all or nothing, after a copy of what stands was made (*before).
 * session: the hash of who asks; it alone stays signed in, where its user is there and an admin then too. CONFLICT backups.unsound. */
bool backups_restore(struct cx *cx, struct str db_url, const struct backups_wish *wish, struct str session,
                     struct backups_point *before);

/* backups_nightly -- makes one, and the folder where it is not there, and retires nightly ones that no rule keeps any more. When is a job's
 * schedule (web/jobs.c). */
bool backups_nightly(struct cx *cx, struct str db_url, const struct backups_wish *wish, struct backups_point *out,
                     size_t *retired);

/* backups_kept -- of points from the newest to the oldest, with the local day of each: which do the rules keep? The newest of each of
 * the last days, weeks (from Monday) and months that have one. */
struct backups_rule {
    int64_t days, weeks, months;
};
void backups_kept(const struct day *day, size_t n, const struct backups_rule *rule, bool *keep);

#endif
