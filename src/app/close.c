// SPDX-License-Identifier: Apache-2.0
/* close -- see close.h.
 *
 * Facts are merged field by field and an empty field says nothing, so "open again" is itself said by a day: one that
 * never comes.
 */
#include "app/close.h"

#include "store/customer.h"
#include "store/import.h"
#include "store/score.h"
#include "store/setting.h"

static struct day never(void) {
    struct day day = DAY_NONE;
    day_make(9999, 12, 31, &day);
    return day;
}

static bool put_fact(struct cx *cx, struct db *db, int64_t customer_id, int64_t import_id, struct day closed_on) {
    struct customer_writer *writer;
    struct customer_fact fact = {.customer_id = customer_id,
                                 .import_id = import_id,
                                 .source = FACT_FROM_CUSTOMERS,
                                 .day = DAY_NONE,
                                 .closed_on = closed_on,
                                 .last_contact = DAY_NONE};
    return customer_writer_open(cx, db, &writer) && customer_writer_fact(cx, writer, &fact) &&
           customer_writer_close(cx, writer);
}

bool close_within(struct cx *cx, struct db *db, const struct close_request *request, int64_t *import_id) {
    bool found;
    int64_t id, changed;
    char on[DAY_TEXT];
    struct str day = {on, day_iso(request->on, on)};
    const char *what = request->reopen ? "reopen" : "close";
    if (!customer_find_id(cx, db, request->code, &found, &id))
        return false;
    if (!found)
        return cx_fail(cx, ERR_NOT_FOUND, S("close.no_customer"), request->code);
    struct str shown = cx_text(cx, "%s %.*s%s%.*s", what, STR_ARG(request->code), request->reason.n > 0 ? ": " : "",
                               STR_ARG(request->reason));
    if (!import_begin(cx, db, IMPORT_CUSTOMERS, shown, request->now_us, import_id) ||
        !put_fact(cx, db, id, *import_id, request->reopen ? never() : request->on) ||
        !customer_merge(cx, db, *import_id, &changed))
        return false;
    struct import_run run = {.id = *import_id,
                             .kind = IMPORT_CUSTOMERS,
                             .files = shown,
                             .started_us = request->now_us,
                             .finished_us = request->now_us,
                             .counts = {.rows = 1, .changed = changed, .unchanged = 1 - changed},
                             .first_day = DAY_NONE,
                             .last_day = DAY_NONE};
    return import_finish(cx, db, &run) && score_facts_moved(cx, db) &&
           audit_add(cx, db, request->now_us, request->who, str_from(what), request->code, (struct str){0},
                     request->reopen ? request->reason
                                     : cx_text(cx, "%.*s %.*s", STR_ARG(day), STR_ARG(request->reason)));
}

bool close_customer(struct cx *cx, struct db *db, const struct close_request *request, int64_t *import_id) {
    if (!db_write(cx, db))
        return false;
    if (close_within(cx, db, request, import_id) && db_commit(cx, db))
        return true;
    db_rollback(db);
    return false;
}
