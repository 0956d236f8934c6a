// SPDX-License-Identifier: Apache-2.0
/* work -- what a page asked for and nobody waits for: imports, one after the other, on a thread of their own.
 *
 * What is asked for stands in the database; here it is only taken from there. A kill loses nothing: the next start goes on.
 */
#ifndef REATIVA_WEB_WORK_H
#define REATIVA_WEB_WORK_H

#include "app/uploads.h"

struct work;

struct work_config {
    struct str db_url;
    const struct uploads_folder *folder; /* stays */
    struct str watched;                  /* a folder to take files from; empty: none */
    struct day as_of;                    /* of the score that follows; DAY_NONE: today */
    int64_t (*clock_us)(void);
    int32_t (*utc_offset_s)(int64_t at_us);
};

bool work_start(struct cx *cx, const struct work_config *config, struct work **out);
/* work_poke -- there is something to do. */
void work_poke(struct work *work);
/* work_stop -- what is under way is finished first; NULL is fine. */
void work_stop(struct work *work);

/* How far the import under way is. */
struct work_done {
    bool busy, scoring;
    uint64_t done, total; /* bytes; total 0: not known */
};
struct work_done work_done(struct work *work);

#endif
