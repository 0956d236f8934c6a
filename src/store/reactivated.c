// SPDX-License-Identifier: Apache-2.0
/* reactivated -- see the header. One statement, whatever is asked for. */
#include "store/reactivated.h"

#include "store/sql.h"

enum { AT_LABEL = 3, AT_DAY = 7 }; /* columns of reactivated_list */

static struct reactivated_row row_at(struct sql_rows *rows) {
    struct reactivated_row row = {.customer_id = sql_get_int(rows, 0),
                                  .code = sql_get_text(rows, 1),
                                  .name = sql_get_text(rows, 2),
                                  .day = sql_get_day(rows, AT_DAY),
                                  .orders = sql_get_int(rows, AT_DAY + 1),
                                  .value_cents = sql_get_int(rows, AT_DAY + 2),
                                  .last_on = sql_get_day(rows, AT_DAY + 3),
                                  .user_id = sql_get_int(rows, AT_DAY + 4),
                                  .user = sql_get_text(rows, AT_DAY + 5),
                                  .contact_on = sql_get_day(rows, AT_DAY + 6),
                                  .channel = (enum contact_channel)sql_get_int(rows, AT_DAY + 7)};
    for (int kind = LABEL_COMPANY; kind <= REACTIVATED_LABELS; kind++)
        row.label[kind] = sql_get_text(rows, AT_LABEL + kind - LABEL_COMPANY);
    return row;
}

bool reactivated_each(struct cx *cx, struct db *db, const struct reactivated_ask *ask, reactivated_visit *visit,
                      void *owner) {
    const struct sql_value args[] = {sql_int(ask->from.n),
                                     sql_int(ask->to.n),
                                     sql_int(ask->as_of.n),
                                     sql_int(ask->within_days),
                                     sql_int(ask->label[LABEL_COMPANY]),
                                     sql_int(ask->label[LABEL_REP]),
                                     sql_int(ask->label[LABEL_SEGMENT]),
                                     sql_int(ask->label[LABEL_REGION])};
    struct sql_rows *rows;
    if (!sql_open(cx, db, SQL_REACTIVATED_LIST, args, sizeof args / sizeof *args, &rows))
        return false;
    bool more, good;
    while ((good = sql_next(cx, rows, &more)) && more) {
        const struct reactivated_row row = row_at(rows);
        good = visit(cx, owner, &row);
        if (!good)
            break;
    }
    sql_close(rows);
    return good;
}
