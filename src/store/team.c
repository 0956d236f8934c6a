// SPDX-License-Identifier: Apache-2.0
/* team -- see the header. */
#include "store/team.h"

#include "store/sql.h"

static struct team_person person_at(struct cx *cx, struct sql_rows *rows) {
    return (struct team_person){.id = sql_get_int(rows, 0),
                                .login = str_copy(cx->arena, sql_get_text(rows, 1)),
                                .name = str_copy(cx->arena, sql_get_text(rows, 2)),
                                .role = (enum role)sql_get_int(rows, 3),
                                .retired = sql_get_int(rows, 4) > 0,
                                .rep_id = sql_get_int(rows, 5),
                                .rep = str_copy(cx->arena, sql_get_text(rows, 6)),
                                .contacts = sql_get_int(rows, 7),
                                .seen_us = sql_get_int(rows, 8)};
}

bool team_people(struct cx *cx, struct db *db, struct day contacts_from, struct day as_of, struct team_person **out,
                 size_t *n) {
    const struct sql_value args[] = {sql_int(contacts_from.n), sql_int(as_of.n)};
    struct sql_rows *rows;
    size_t room = 0;
    bool more = false, done = sql_open(cx, db, SQL_TEAM_PEOPLE, args, 2, &rows);
    *out = NULL;
    *n = 0;
    while (done && (done = sql_next(cx, rows, &more)) && more) {
        if (*n == room) {
            size_t larger = room ? room * 2 : 32;
            *out = arena_grow(cx->arena, *out, room, larger, sizeof **out);
            room = larger;
        }
        (*out)[(*n)++] = person_at(cx, rows);
    }
    sql_close(rows);
    return done;
}

bool team_sums_each(struct cx *cx, struct db *db, struct day recovered_from, struct day contacts_from, struct day as_of,
                    team_visit *visit, void *owner) {
    const struct sql_value args[] = {sql_int(recovered_from.n), sql_int(contacts_from.n), sql_int(as_of.n)};
    struct sql_rows *rows;
    bool more = false, done = sql_open(cx, db, SQL_TEAM_SUMS, args, 3, &rows);
    while (done && (done = sql_next(cx, rows, &more)) && more)
        done = visit(cx, owner,
                     &(struct team_sums){.rep_id = sql_get_int(rows, 0),
                                         .recovered = sql_get_int(rows, 1),
                                         .contacts = sql_get_int(rows, 2)});
    sql_close(rows);
    return done;
}
