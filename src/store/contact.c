// SPDX-License-Identifier: Apache-2.0
/* contact -- see contact.h. Must not decide what follows from a contact. */
#include "store/contact.h"

#include "store/rows.h"
#include "store/setting.h"
#include "store/sql.h"
#include "store/standing.h"

enum { LIST_FIRST = 16, ROW_NAMES = 17 };

static struct str text_at(struct cx *cx, struct sql_rows *rows, int column) {
    return str_copy(cx->arena, sql_get_text(rows, column));
}

static struct contact contact_at(struct cx *cx, struct sql_rows *rows) {
    return (struct contact){.id = sql_get_int(rows, 0),
                            .customer_id = sql_get_int(rows, 1),
                            .user_id = sql_get_int(rows, 2),
                            .person_id = sql_get_int(rows, 3),
                            .at_us = sql_get_int(rows, 4),
                            .day = sql_get_day(rows, 5),
                            .channel = (enum contact_channel)sql_get_int(rows, 6),
                            .outcome = (enum contact_outcome)sql_get_int(rows, 7),
                            .occurrence_id = sql_get_int(rows, 8),
                            .reason_id = sql_get_int(rows, 9),
                            .objection_id = sql_get_int(rows, 10),
                            .worklist_id = sql_get_int(rows, 11),
                            .appointment_id = sql_get_int(rows, 12),
                            .value_cents = sql_get_int(rows, 13),
                            .note = text_at(cx, rows, 14),
                            .token = text_at(cx, rows, 15),
                            .made_us = sql_get_int(rows, 16)};
}

struct contact_row contact_row_at(struct cx *cx, struct sql_rows *rows) {
    return (struct contact_row){.contact = contact_at(cx, rows),
                                .user = text_at(cx, rows, ROW_NAMES),
                                .person = text_at(cx, rows, ROW_NAMES + 1),
                                .occurrence = text_at(cx, rows, ROW_NAMES + 2),
                                .reason = text_at(cx, rows, ROW_NAMES + 3),
                                .objection = text_at(cx, rows, ROW_NAMES + 4),
                                .worklist = text_at(cx, rows, ROW_NAMES + 5)};
}

bool contact_add(struct cx *cx, struct db *db, struct contact *c) {
    if (!counter_next(cx, db, S("contact"), &c->id))
        return false;
    return SQL_RUN(cx, db, SQL_CONTACT_ADD, sql_int(c->id), sql_int(c->customer_id), sql_int(c->user_id),
                   sql_int(c->person_id), sql_int(c->at_us), sql_day(c->day), sql_int(c->channel), sql_int(c->outcome),
                   sql_int(c->occurrence_id), sql_int(c->reason_id), sql_int(c->objection_id), sql_int(c->worklist_id),
                   sql_int(c->appointment_id), sql_number(c->value_cents), sql_text(c->note), sql_text(c->token),
                   sql_int(c->made_us));
}

bool contact_find_token(struct cx *cx, struct db *db, int64_t customer_id, struct str token, bool *found,
                        struct contact *out) {
    struct sql_rows *rows;
    const struct sql_value args[] = {sql_int(customer_id), sql_text(token)};
    *found = false;
    bool done = sql_open(cx, db, SQL_CONTACT_FIND_TOKEN, args, 2, &rows) && sql_next(cx, rows, found);
    if (done && *found)
        *out = contact_at(cx, rows);
    sql_close(rows);
    return done;
}

bool contact_in_vain(struct cx *cx, struct db *db, int64_t customer_id, int64_t *out) {
    bool found;
    return sql_one_int(cx, db, SQL_CONTACT_IN_VAIN, (struct sql_value[]){sql_int(customer_id)}, 1, &found, out);
}

/* What was packed of the customer is old now: lists read its row. */
bool contact_moves_last(struct cx *cx, struct db *db, int64_t customer_id, struct day day) {
    return SQL_RUN(cx, db, SQL_CONTACT_LAST_PUT, sql_int(customer_id), sql_day(day)) &&
           standing_renew(cx, db, customer_id);
}

bool contact_check(struct cx *cx, struct db *db, const struct contact *c, struct contact_unknown *out) {
    const struct sql_value args[] = {sql_int(c->customer_id),   sql_int(c->person_id),    sql_int(c->occurrence_id),
                                     sql_int(c->reason_id),     sql_int(c->objection_id), sql_int(c->worklist_id),
                                     sql_int(c->appointment_id)};
    struct sql_rows *rows;
    bool more = false, done = sql_open(cx, db, SQL_CONTACT_CHECK, args, sizeof args / sizeof *args, &rows) &&
                              sql_next(cx, rows, &more);
    if (done && more)
        *out = (struct contact_unknown){.person = c->person_id != 0 && sql_get_int(rows, 0) == 0,
                                        .occurrence = c->occurrence_id != 0 && sql_get_int(rows, 1) == 0,
                                        .reason = c->reason_id != 0 && sql_get_int(rows, 2) == 0,
                                        .objection = c->objection_id != 0 && sql_get_int(rows, 3) == 0,
                                        .worklist = c->worklist_id != 0 && sql_get_int(rows, 4) == 0,
                                        .appointment = c->appointment_id != 0 && sql_get_int(rows, 5) == 0};
    sql_close(rows);
    return done;
}
