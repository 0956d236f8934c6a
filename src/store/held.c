// SPDX-License-Identifier: Apache-2.0
/* held -- see the header. Must not leave out what is in a section: whoever asks gets all of it. */
#include "store/held.h"

#include <string.h>

#include "store/driver.h"

static const struct {
    const char *name;
    enum sql_id id;
} sections[] = {{"customer", SQL_HELD_CUSTOMER},
                {"imports", SQL_HELD_FACT},
                {"persons", SQL_HELD_PERSON},
                {"contacts", SQL_HELD_CONTACT},
                {"appointments", SQL_HELD_APPOINTMENT},
                {"notes", SQL_HELD_NOTE},
                {"memos", SQL_HELD_MEMO},
                {"tags", SQL_HELD_TAG},
                {"put_off", SQL_HELD_SKIP},
                {"documents", SQL_HELD_DOCUMENT},
                {"titles_quotes_tickets", SQL_HELD_RECORD},
                {"messages", SQL_HELD_MESSAGE},
                {"messages_opened", SQL_HELD_MARK},
                {"messages_returned", SQL_HELD_BOUNCE},
                {"changes", SQL_HELD_AUDIT}};

static bool row_take(struct cx *cx, struct sql_rows *rows, const char *section, const struct sql_statement *statement,
                     held_take *take, void *owner) {
    struct str left = str_from(statement->columns), name;
    bool done = true;
    for (int column = 0; done && left.n > 0; column++) {
        if (!str_cut(left, ',', &name, &left))
            left = (struct str){0};
        char type = statement->row[column];
        bool is_text = type == 't' || type == 'T';
        const struct held_cell cell = {.section = section,
                                       .column = str_terminated(cx->arena, name),
                                       .begins = column == 0,
                                       .is_text = is_text,
                                       .absent = sql_is_null(rows, column),
                                       .number = is_text ? 0 : sql_get_int(rows, column),
                                       .text = is_text ? sql_get_text(rows, column) : (struct str){0}};
        done = take(cx, owner, &cell);
    }
    return done;
}

bool held_each(struct cx *cx, struct db *db, int64_t customer_id, struct str code, held_take *take, void *owner) {
    bool done = true;
    for (size_t i = 0; done && i < sizeof sections / sizeof *sections; i++) {
        const struct sql_value arg = sections[i].id == SQL_HELD_AUDIT ? sql_text(code) : sql_int(customer_id);
        struct sql_rows *rows;
        bool more = false;
        done = sql_open(cx, db, sections[i].id, &arg, 1, &rows);
        while (done && (done = sql_next(cx, rows, &more)) && more)
            done = row_take(cx, rows, sections[i].name, &sql_statements[sections[i].id], take, owner);
        sql_close(rows);
    }
    return done;
}

bool held_scan(struct cx *cx, struct db *db, held_who_take *take, void *owner) {
    struct sql_rows *rows;
    bool more = false, done = sql_scan(cx, db, SQL_HELD_SCAN, NULL, 0, &rows);
    while (done && (done = sql_next(cx, rows, &more)) && more) {
        const struct held_who who = {.customer_id = sql_get_int(rows, 0),
                                     .person_id = sql_get_int(rows, 1),
                                     .code = sql_get_text(rows, 2),
                                     .customer = sql_get_text(rows, 3),
                                     .person = sql_get_text(rows, 4),
                                     .phone = sql_get_text(rows, 5),
                                     .email = sql_get_text(rows, 6),
                                     .tax_id = sql_get_text(rows, 7),
                                     .own_code = sql_get_text(rows, 8)};
        done = take(cx, owner, &who);
    }
    sql_close(rows);
    return done;
}
