// SPDX-License-Identifier: Apache-2.0
/* work -- what a page asked for and nobody waits for: imports, the score under new rules, studies and restore points, one after
 * the other, on a thread of their own.
 *
 * The imports that are asked for stand in the database; here they are only taken from there. A kill loses nothing: the next start goes
 * on. A restore point that was asked for is not made when the program ends first.
 */
#ifndef REATIVA_WEB_WORK_H
#define REATIVA_WEB_WORK_H

#include "app/policies.h"
#include "app/study.h"
#include "app/uploads.h"

struct work;

struct work_config {
    struct str db_url;
    const struct uploads_folder *folder; /* stays; its path empty: no files are taken */
    struct str watched;                  /* a folder to take files from; empty: none */
    struct day as_of;                    /* of scores and studies; DAY_NONE: today */
    struct str backups, version;         /* the folder of restore points; what writes them */
    int64_t (*clock_us)(void);
    int32_t (*utc_offset_s)(int64_t at_us);
    /* gate -- closed: nobody is answered, and nobody is being answered any more; false: somebody still is. */
    bool (*gate)(void *owner, bool closed);
    void *gate_owner;
};

bool work_start(struct cx *cx, const struct work_config *config, struct work **out);
/* work_poke -- there is something to do. work_rhythm -- and the rhythm of purchases is looked at. */
void work_poke(struct work *work);
void work_rhythm(struct work *work);
/* work_stop -- what is under way is finished first; NULL is fine. */
void work_stop(struct work *work);

/* How far what is under way is. */
enum work_kind { WORK_IMPORT = 0, WORK_RULES, WORK_STUDY };
struct work_done {
    bool busy, scoring;
    enum work_kind kind;
    uint64_t done, total; /* bytes, or customers; total 0: not known */
};
struct work_done work_done(struct work *work);

/* What is to be done with restore points. */
enum work_backup { WORK_BACKUP_NONE = 0, WORK_BACKUP_MAKE, WORK_BACKUP_CHECK, WORK_BACKUP_RESTORE };
struct work_backup_wish {
    enum work_backup what;
    struct str name, who, session; /* as in backups_wish; session: the hash of that of who asks */
};
/* work_backup -- false: something else was asked for and is not done yet. */
bool work_backup(struct work *work, const struct work_backup_wish *wish);

struct work_backup_state {
    enum work_backup now, last; /* under way or asked for; what was done before that */
    int64_t since_us, last_us;
    bool failed;       /* the last one */
    char name[96];     /* of which */
    char text[2][512]; /* what became of the last one, by enum lang */
};
struct work_backup_state work_backup_state(struct work *work);

#endif
