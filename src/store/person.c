// SPDX-License-Identifier: Apache-2.0
/* person -- see person.h. Must not judge what is written. Every call is one statement.
 */
#include "store/person.h"

#include "store/rows.h"

struct person person_at(struct cx *cx, struct sql_rows *rows) {
    return (struct person){.id = sql_get_int(rows, 0),
                           .name = str_copy(cx->arena, sql_get_text(rows, 1)),
                           .position = str_copy(cx->arena, sql_get_text(rows, 2)),
                           .phone = str_copy(cx->arena, sql_get_text(rows, 3)),
                           .email = str_copy(cx->arena, sql_get_text(rows, 4)),
                           .consent_phone = (enum consent)sql_get_int(rows, 5),
                           .consent_email = (enum consent)sql_get_int(rows, 6),
                           .consent_on = sql_get_day(rows, 7),
                           .consent_source = str_copy(cx->arena, sql_get_text(rows, 8)),
                           .made_us = sql_get_int(rows, 9),
                           .retired_us = sql_get_int(rows, 10),
                           .version = sql_get_int(rows, 11)};
}

bool person_find(struct cx *cx, struct db *db, int64_t customer_id, int64_t id, bool *found, struct person *out) {
    struct sql_rows *rows;
    *found = false;
    bool done = sql_open(cx, db, SQL_PERSON_FIND, (struct sql_value[]){sql_int(customer_id), sql_int(id)}, 2, &rows) &&
                sql_next(cx, rows, found);
    if (done && *found)
        *out = person_at(cx, rows);
    sql_close(rows);
    return done;
}

bool person_add(struct cx *cx, struct db *db, int64_t customer_id, const struct person *person, struct str token,
                bool *added) {
    const struct sql_value args[] = {sql_int(customer_id),
                                     sql_text(person->name),
                                     sql_text(person->position),
                                     sql_text(person->phone),
                                     sql_text(person->email),
                                     sql_int(person->consent_phone),
                                     sql_int(person->consent_email),
                                     sql_day(person->consent_on),
                                     sql_text(person->consent_source),
                                     sql_text(token),
                                     sql_int(person->made_us)};
    int64_t rows = 0;
    bool done = sql_run(cx, db, SQL_PERSON_ADD, args, sizeof args / sizeof *args, &rows);
    *added = rows > 0;
    return done;
}

bool person_change(struct cx *cx, struct db *db, int64_t customer_id, const struct person *person, bool *changed) {
    const struct sql_value args[] = {sql_int(customer_id),
                                     sql_int(person->id),
                                     sql_int(person->version),
                                     sql_text(person->name),
                                     sql_text(person->position),
                                     sql_text(person->phone),
                                     sql_text(person->email),
                                     sql_int(person->consent_phone),
                                     sql_int(person->consent_email),
                                     sql_day(person->consent_on),
                                     sql_text(person->consent_source),
                                     sql_int(person->retired_us)};
    int64_t rows = 0;
    bool done = sql_run(cx, db, SQL_PERSON_CHANGE, args, sizeof args / sizeof *args, &rows);
    *changed = rows > 0;
    return done;
}
