// SPDX-License-Identifier: Apache-2.0
/* work_parts -- what work.c (imports) and work_backups.c (restore points) share; private to both. */
#ifndef REATIVA_WEB_WORK_PARTS_H
#define REATIVA_WEB_WORK_PARTS_H

#include <pthread.h>

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
};

void work_done_set(struct work *work, struct work_done done);
struct day work_today(const struct work *work);
void work_complain(struct cx *cx);
/* work_backups_turn -- does what was asked for; true: the database is another one now. */
bool work_backups_turn(struct work *work);

#endif
