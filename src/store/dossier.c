// SPDX-License-Identifier: Apache-2.0
/* dossier -- see dossier.h. Must not judge what it reads. Invariant: each list is in the order that dossier.h says, whatever the
 * database gave.
 */
#include "store/dossier.h"

#include <stdlib.h>

#include "store/bought.h"
#include "store/rows.h"

static int newest_document_first(const void *a, const void *b) {
    const struct document_row *x = a, *y = b;
    if (x->day.n != y->day.n)
        return x->day.n > y->day.n ? -1 : 1;
    return (x->id < y->id) - (x->id > y->id);
}

/* Without a day: last of its kind. DAY_NONE is less than any day. */
static int newest_record_first(const void *a, const void *b) {
    const struct record *x = a, *y = b;
    if (x->kind != y->kind)
        return x->kind < y->kind ? -1 : 1;
    if (x->day.n != y->day.n)
        return x->day.n > y->day.n ? -1 : 1;
    int by_number = str_compare(x->number, y->number);
    return by_number != 0 ? by_number : str_compare(x->part, y->part);
}

static int person_by_name(const void *a, const void *b) {
    const struct person *x = a, *y = b;
    int by_name = str_compare(x->name, y->name);
    return by_name != 0 ? by_name : (x->id > y->id) - (x->id < y->id);
}

static int text_by_bytes(const void *a, const void *b) {
    return str_compare(*(const struct str *)a, *(const struct str *)b);
}

static int choice_by_kind(const void *a, const void *b) {
    const struct choice *x = a, *y = b;
    return x->kind != y->kind ? (x->kind < y->kind ? -1 : 1) : str_compare(x->name, y->name);
}

static void sort(void *list, size_t n, size_t size, int (*compare)(const void *, const void *)) {
    if (n > 1)
        qsort(list, n, size, compare);
}

static void put_in_order(const struct dossier_wish *wish, struct dossier *d) {
    sort(d->document, d->documents, sizeof *d->document, newest_document_first);
    sort(d->record, d->records, sizeof *d->record, newest_record_first);
    sort(d->person, d->persons, sizeof *d->person, person_by_name);
    sort(d->tag, d->tags, sizeof *d->tag, text_by_bytes);
    sort(d->choice, d->choices, sizeof *d->choice, choice_by_kind);
    appointment_rows_sort(d->appointment, d->appointments);
    if (d->appointments > (size_t)wish->appointments)
        d->appointments = (size_t)wish->appointments;
}

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
        sql_int(wish->customer_id), sql_int(wish->as_of.n),
        sql_int(wish->documents),   sql_int(day_is(wish->since) ? wish->since.n : INT32_MAX),
        sql_int(wish->notes),       sql_int(wish->contacts),
        sql_int(wish->choices)};
    struct bought_tally bought = {.cx = cx};
    struct sql_rows *rows;
    bool more = false, done = sql_open(cx, db, SQL_DOSSIER, args, sizeof args / sizeof *args, &rows);
    *out = (struct dossier){0};
    while (done && (done = sql_next(cx, rows, &more)) && more)
        take(cx, rows, wish->customer_id, &bought, out);
    sql_close(rows);
    out->bought = bought_sum(&bought, &out->boughts);
    put_in_order(wish, out);
    return done;
}
