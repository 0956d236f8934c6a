// SPDX-License-Identifier: Apache-2.0
/* watched -- a folder into which another program drops its files: each becomes an upload that is asked for at once.
 *
 * Below it stands a folder a kind (orders, customers, titles ...), made when missing; what is in it is one file an upload, and a folder
 * in that, with files that belong together, is one too. A file is taken when nobody has written to it for WATCHED_STILL_S.
 */
#ifndef REATIVA_APP_WATCHED_H
#define REATIVA_APP_WATCHED_H

#include "app/uploads.h"

enum { WATCHED_STILL_S = 30 };
#define WATCHED_WHO S("folder")     /* who brought them, in the trail */
#define WATCHED_MAPPING S("folder") /* the saved mapping they are read by, where there is one of that name and kind */

/* watched_ready -- the folders are there. IO. */
bool watched_ready(struct cx *cx, struct str path);
/* watched_take -- *taken: how many uploads were made. A file leaves the folder when the database has it; killed in between, the next
 * look finds that it was there already. */
bool watched_take(struct cx *cx, struct db *db, const struct uploads_folder *folder, struct str path, int64_t now_us,
                  size_t *taken);

#endif
