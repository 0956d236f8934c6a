// SPDX-License-Identifier: Apache-2.0
/* work_parts -- what work.c (imports), work_backups.c (restore points) and work_turn.c (which of several servers does it) share. */
#ifndef REATIVA_WEB_WORK_PARTS_H
#define REATIVA_WEB_WORK_PARTS_H

#include <pthread.h>
#include <stdatomic.h>

#include "base/secret.h"
#include "web/work.h"

/* What was asked for, in memory of its own: who asked is answered already. */
struct work_backup_asked {
    enum work_backup what;
    char name[96], who[256], session[SECRET_HASH + 1];
};

struct work {
    struct work_config config;
    char *db_url, *watched, *backups;
    pthread_t thread;
    pthread_mutex_t lock; /* of what follows */
    pthread_cond_t wanted;
    bool poked, stop, rhythm;
    enum work_kind kind; /* of the thread alone */
    struct work_done done;
    struct work_backup_asked asked;
    struct work_backup_state backup;
    bool holding; /* a turn is this server's */

    /* Of the thread alone. */
    bool fresh[WORK_STUDY + 1]; /* nothing of a kind was done since the start, or since the database is another one */
    bool refused;               /* something waits, and it is another server's turn */
    bool failed;                /* the database could not be asked */
    bool shared;                /* other servers may be at the same database */

    struct arena kept;
    struct str who; /* this process */
    pthread_t holder;
    int holder_wake;
    bool holds; /* there is such a thread */
    atomic_bool over;
};

void work_done_set(struct work *work, struct work_done done);
struct day work_today(const struct work *work);
void work_complain(struct cx *cx);
enum { WORK_WRITE_WAIT_S = 40 };
/* work_turn_take -- may this server do it now? *mine false: another is at it. work_turn_leave: it was done. */
bool work_turn_take(struct work *work, struct cx *cx, struct db *db, struct str name, bool *mine);
void work_turn_leave(struct work *work, struct cx *cx, struct db *db, struct str name);
/* work_turn_start, work_turn_stop -- who says meanwhile that this server lives. */
bool work_turn_start(struct work *work);
void work_turn_stop(struct work *work);
/* work_backups_turn -- does what was asked for; true: the database is another one now. */
bool work_backups_turn(struct work *work);

#endif
