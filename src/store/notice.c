// SPDX-License-Identifier: Apache-2.0
/* notice -- see the header.
 */
#include "store/notice.h"

#include "store/rows.h"
#include "store/sql.h"

bool notice_list(struct cx *cx, struct db *db, int64_t user_id, int64_t most, struct notice **out, size_t *n) {
    const struct sql_value args[] = {sql_int(user_id), sql_int(most)};
    struct sql_rows *rows;
    bool more = false, done = sql_open(cx, db, SQL_NOTICE_LIST, args, 2, &rows);
    *out = NULL;
    *n = 0;
    while (done && (done = sql_next(cx, rows, &more)) && more) {
        const struct notice one = {.id = sql_get_int(rows, 0),
                                   .kind = (enum message_kind)sql_get_int(rows, 1),
                                   .subject = str_copy(cx->arena, sql_get_text(rows, 2)),
                                   .fold = str_copy(cx->arena, sql_get_text(rows, 3)),
                                   .made_us = sql_get_int(rows, 4),
                                   .read_us = sql_get_int(rows, 5),
                                   .sender = str_copy(cx->arena, sql_get_text(rows, 6))};
        ROWS_ADD(cx, *out, *n, one);
    }
    sql_close(rows);
    return done;
}

bool notice_read_all(struct cx *cx, struct db *db, int64_t user_id, int64_t now_us) {
    return SQL_RUN(cx, db, SQL_NOTICE_READ_ALL, sql_int(user_id), sql_int(now_us));
}
