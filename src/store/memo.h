// SPDX-License-Identifier: Apache-2.0
/* memo -- memos, to whom they went and who has read them. Must not decide who may write to whom.
 */
#ifndef REATIVA_STORE_MEMO_H
#define REATIVA_STORE_MEMO_H

#include "core/memo.h"
#include "core/permission.h"
#include "store/db.h"

struct memo_row {
    struct memo memo;
    struct str author;         /* the name of who wrote it */
    struct str code, customer; /* of whom it is about; empty: nobody, or a customer whom the viewer may not see */
    bool received;             /* it went to the viewer, who has read and put it away since: */
    int64_t read_us, archived_us;
    int64_t readers, read; /* of one that the viewer wrote: to how many it went, how many have read it */
    struct str first;      /* the first of them by name */
    int64_t unread;        /* memo_unread: how many there are in all */
};
struct memo_reader {
    int64_t user_id, read_us;
    struct str name;
    enum role role;
};
enum { MEMO_EITHER = -1, MEMO_NO = 0, MEMO_YES = 1 };
struct memo_look {
    int64_t viewer;
    struct day day;     /* as of which received ones have appeared */
    int read, archived; /* received: MEMO_EITHER, MEMO_NO, MEMO_YES */
    int taken, waiting; /* sent: taken back likewise; MEMO_YES: somebody has not read it yet */
    int64_t other;      /* from whom, to whom; 0: anybody */
    struct str pattern; /* db_pattern of a folded text */
    struct day
        before_day; /* older than one that was shown (sent: before_id alone); DAY_NONE and 0: from the newest on */
    int64_t before_id, most;
};

bool memo_add(struct cx *cx, struct db *db, struct memo *memo); /* sets id */
bool memo_reader_add(struct cx *cx, struct db *db, const struct memo *memo, int64_t user_id);
/* memo_find_token -- what a form made; whose: who sent it. */
bool memo_find_token(struct cx *cx, struct db *db, struct str token, bool *found, int64_t *id, int64_t *whose);
/* memo_find -- for who wrote it, or for whom it went to once it has appeared, unless it was taken back. */
bool memo_find(struct cx *cx, struct db *db, int64_t id, int64_t viewer, struct day day, bool *found,
               struct memo_row *out);
/* memo_unread -- that have appeared and are not read, the oldest first. */
bool memo_unread(struct cx *cx, struct db *db, int64_t viewer, struct day day, int64_t most, struct memo_row **out,
                 size_t *n);
/* memo_received, memo_sent -- the newest first. */
bool memo_received(struct cx *cx, struct db *db, const struct memo_look *look, struct memo_row **out, size_t *n);
bool memo_sent(struct cx *cx, struct db *db, const struct memo_look *look, struct memo_row **out, size_t *n);
bool memo_readers(struct cx *cx, struct db *db, int64_t id, struct memo_reader **out, size_t *n);
bool memo_replies(struct cx *cx, struct db *db, int64_t id, int64_t viewer, struct day day, int64_t most,
                  struct memo_row **out, size_t *n);
/* *changed false: it was so before, or it is not theirs. */
bool memo_read(struct cx *cx, struct db *db, int64_t id, int64_t user_id, int64_t now_us, bool *changed);
bool memo_archive(struct cx *cx, struct db *db, int64_t id, int64_t user_id, bool away, int64_t now_us, bool *changed);
bool memo_take(struct cx *cx, struct db *db, int64_t id, int64_t user_id, int64_t now_us, bool *changed);
/* memo_region -- the reps who have customers in a region. */
bool memo_region(struct cx *cx, struct db *db, int64_t region_id, int64_t **out, size_t *n);

#endif
