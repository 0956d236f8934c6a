// SPDX-License-Identifier: Apache-2.0
/* replica -- a server that follows the database, for reports: may it answer this page now?
 *
 * It may when its picture of what is worked out (lists, scores, imports: store/picture.h) is the database's own, when it has all that this person
 * wrote (a cookie says how far the log was then), and when it is at most REPLICA_BEHIND_S behind in all else. Where it may not, cannot, or
 * fails, the database itself answers. Each page asks both sides how far they are, one statement each.
 */
#ifndef REATIVA_WEB_REPLICA_H
#define REATIVA_WEB_REPLICA_H

#include "base/recall.h"
#include "web/web.h"

enum { REPLICA_BEHIND_S = 10, REPLICA_PAUSE_S = 5 };

struct replica;

/* replica_new -- url empty: *out is NULL. One that cannot be reached now is waited for; INVALID: it follows another database, or none. */
bool replica_new(struct cx *cx, struct str url, int64_t (*clock_us)(void), struct db *primary, struct replica **out);
void replica_free(struct replica *replica); /* NULL is fine */

/* replica_take -- may it answer, by the caller's connection *line, which is opened where it is NULL? page->db is the database itself. */
bool replica_take(struct page *page, struct replica *replica, struct recall *recall, struct db **line);
/* replica_failed -- it did not after all; *line is closed where that may be at fault. */
void replica_failed(struct replica *replica, const struct cx *cx, struct db **line);
/* replica_wrote -- this person has written just now. */
void replica_wrote(struct page *page);

void replica_metrics(struct replica *replica, struct buf *to);

#endif
