// SPDX-License-Identifier: Apache-2.0
/* desk -- see desk.h. Must not decide who is next. Invariant: each list is in the order of its own statement.
 */
#include "store/desk.h"

#include "store/rows.h"

static void take(struct cx *cx, struct sql_rows *rows, struct desk *to) {
    switch ((int)sql_arm(rows)) {
    case SQL_HOLD_FIND:
        to->at_hand = hold_at(cx, rows);
        break;
    case SQL_HOLD_LIST:
        ROWS_ADD(cx, to->held, to->helds, sql_get_int(rows, 0));
        break;
    case SQL_WORKLIST_SKIP_LIST:
        ROWS_ADD(cx, to->skipped, to->skippeds, sql_get_int(rows, 0));
        break;
    case SQL_WORKLIST_TALLY:
        to->done = sql_get_int(rows, 0);
        break;
    case SQL_SETTING_FIND:
        to->set = true;
        to->setting = str_copy(cx->arena, sql_get_text(rows, 0));
        break;
    case SQL_DESK_DUE:
        ROWS_ADD(cx, to->due, to->dues, appointment_row_at(cx, rows));
        break;
    case SQL_APPOINTMENT_COUNT:
        to->appointments = sql_get_int(rows, 0);
        break;
    case SQL_WORKLIST_PICKED:
        ROWS_ADD(cx, to->pick, to->picks, worklist_pick_at(cx, rows));
        break;
    case SQL_WORKLIST_PLAIN:
        ROWS_ADD(cx, to->worklist, to->worklists, worklist_at(cx, rows));
        break;
    case SQL_WORKLIST_USER_LIST:
        ROWS_ADD(cx, to->user, to->users, worklist_user_at(cx, rows));
        break;
    }
}

bool desk_read(struct cx *cx, struct db *db, const struct desk_wish *wish, struct desk *out) {
    const struct sql_value args[] = {sql_int(wish->user_id), sql_int(wish->now_us),   sql_int(wish->worklist_id),
                                     sql_int(wish->day.n),   sql_text(wish->setting), sql_int(wish->shown),
                                     sql_text(wish->rep)};
    struct sql_rows *rows;
    bool more = false, done = sql_open(cx, db, SQL_DESK, args, sizeof args / sizeof *args, &rows);
    *out = (struct desk){0};
    while (done && (done = sql_next(cx, rows, &more)) && more)
        take(cx, rows, out);
    sql_close(rows);
    return done;
}

bool desk_own_read(struct cx *cx, struct db *db, int64_t user_id, struct day day, int64_t due_most, int64_t memo_most,
                   struct desk_own *out) {
    const struct sql_value args[] = {sql_int(user_id), sql_int(DAY_NONE.n), sql_int(day.n), sql_int(due_most),
                                     sql_int(memo_most)};
    struct sql_rows *rows;
    bool more = false, done = sql_open(cx, db, SQL_DESK_OWN, args, sizeof args / sizeof *args, &rows);
    *out = (struct desk_own){0};
    while (done && (done = sql_next(cx, rows, &more)) && more) {
        if (sql_arm(rows) == SQL_MEMO_UNREAD)
            ROWS_ADD(cx, out->memo, out->memos, memo_unread_at(cx, rows));
        else if (sql_arm(rows) == SQL_HOLIDAY_WORKDAYS)
            holiday_kept_at(cx, rows, &out->worked);
        else
            ROWS_ADD(cx, out->due, out->dues, appointment_row_at(cx, rows));
    }
    sql_close(rows);
    return done;
}
