// SPDX-License-Identifier: Apache-2.0
/* dossier -- see dossier.h. Must not judge what it reads. Invariant: each list is in the order of its own statement.
 */
#include "store/dossier.h"

#include "store/bought.h"
#include "store/rows.h"

static void take(struct cx *cx, struct sql_rows *rows, int64_t customer_id, struct bought_tally *bought,
                 struct dossier *to) {
    switch ((int)sql_arm(rows)) {
    case SQL_PRODUCT_LINE:
        bought_line(bought, rows);
        break;
    case SQL_DOCUMENT_NEWEST:
        ROWS_ADD(cx, to->document, to->documents, document_at(cx, rows));
        break;
    case SQL_RECORD_LIST:
        ROWS_ADD(cx, to->record, to->records, record_at(cx, rows, customer_id));
        break;
    case SQL_PERSON_LIST:
        ROWS_ADD(cx, to->person, to->persons, person_at(cx, rows));
        break;
    case SQL_NOTE_LIST:
        ROWS_ADD(cx, to->note, to->notes, note_at(cx, rows));
        break;
    case SQL_CONTACT_LIST:
        ROWS_ADD(cx, to->contact, to->contacts, contact_row_at(cx, rows));
        break;
    case SQL_APPOINTMENT_LIST:
        ROWS_ADD(cx, to->appointment, to->appointments, appointment_row_at(cx, rows));
        break;
    case SQL_TAG_OF:
        ROWS_ADD(cx, to->tag, to->tags, str_copy(cx->arena, sql_get_text(rows, 0)));
        break;
    case SQL_CHOICE_OPEN:
        ROWS_ADD(cx, to->choice, to->choices, choice_at(cx, rows));
        break;
    }
}

bool dossier_read(struct cx *cx, struct db *db, const struct dossier_wish *wish, struct dossier *out) {
    const struct sql_value args[] = {
        sql_int(wish->customer_id),  sql_int(wish->as_of.n),
        sql_int(wish->documents),    sql_int(day_is(wish->since) ? wish->since.n : INT32_MAX),
        sql_int(wish->notes),        sql_int(wish->contacts),
        sql_int(wish->appointments), sql_int(wish->choices)};
    struct bought_tally bought = {.cx = cx};
    struct sql_rows *rows;
    bool more = false, done = sql_open(cx, db, SQL_DOSSIER, args, sizeof args / sizeof *args, &rows);
    *out = (struct dossier){0};
    while (done && (done = sql_next(cx, rows, &more)) && more)
        take(cx, rows, wish->customer_id, &bought, out);
    sql_close(rows);
    out->bought = bought_sum(&bought, &out->boughts);
    return done;
}
