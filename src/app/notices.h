// SPDX-License-Identifier: Apache-2.0
/* notices -- one's own messages inside the program: looked through, read, told as read. Nobody reads another's here.
 */
#ifndef REATIVA_APP_NOTICES_H
#define REATIVA_APP_NOTICES_H

#include "store/message.h"
#include "store/notice.h"

enum { NOTICES_MOST = 500 }; /* looked through; older ones are no news */

bool notices_list(struct cx *cx, struct db *db, int64_t user_id, struct notice **out, size_t *n);
/* notices_read -- one, which counts as read from now on. NOT_FOUND notice.unknown: also when it is another's. */
bool notices_read(struct cx *cx, struct db *db, int64_t user_id, int64_t id, int64_t now_us, struct message *out);
/* notices_body -- what it says; *found false: it is old, and that is gone. NOT_FOUND as above. */
bool notices_body(struct cx *cx, struct db *db, int64_t user_id, int64_t id, bool *found, struct message_body *out);
bool notices_read_all(struct cx *cx, struct db *db, int64_t user_id, int64_t now_us);

#endif
