// SPDX-License-Identifier: Apache-2.0
/* dossier -- see dossier.h. Must not judge what it reads. Invariant: each list is in the order that dossier.h says, whatever the
 * database gave. What files brought moves seldom and is dear to gather, so it is remembered as long as the picture stands.
 */
#include "store/dossier.h"

#include <stdlib.h>

#include "base/pack.h"
#include "store/bought.h"
#include "store/picture.h"
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

static int newest_transfer_first(const void *a, const void *b) {
    const struct transfer_line *x = a, *y = b;
    return (x->id < y->id) - (x->id > y->id);
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
    sort(d->transfer, d->transfers, sizeof *d->transfer, newest_transfer_first);
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
    case SQL_TRANSFER_OF_CUSTOMER:
        ROWS_ADD(cx, to->transfer, to->transfers, transfer_line_at(cx, rows));
        break;
    case SQL_TAG_OF:
        ROWS_ADD(cx, to->tag, to->tags, str_copy(cx->arena, sql_get_text(rows, 0)));
        break;
    case SQL_CHOICE_OPEN:
        ROWS_ADD(cx, to->choice, to->choices, choice_at(cx, rows));
        break;
    }
}

/* Both statements number their arguments by the names that their parts give them. */
static bool part_read(struct cx *cx, struct db *db, enum sql_id id, const struct sql_value *args, size_t n,
                      int64_t customer_id, struct dossier *out) {
    struct bought_tally bought = {.cx = cx};
    struct sql_rows *rows;
    bool more = false, done = sql_open(cx, db, id, args, n, &rows);
    while (done && (done = sql_next(cx, rows, &more)) && more)
        take(cx, rows, customer_id, &bought, out);
    sql_close(rows);
    if (id == SQL_DOSSIER_PAPERS)
        out->bought = bought_sum(&bought, &out->boughts);
    return done;
}

/* -- what is remembered ------------------------------------------------------------------------------------------------- */

static const size_t bought_texts[] = {offsetof(struct bought, code), offsetof(struct bought, name)};
static const size_t document_texts[] = {offsetof(struct document_row, number)};
static const size_t record_texts[] = {offsetof(struct record, number), offsetof(struct record, part),
                                      offsetof(struct record, state), offsetof(struct record, text)};
static const size_t tag_texts[] = {0};
static const size_t choice_texts[] = {offsetof(struct choice, name), offsetof(struct choice, owner),
                                      offsetof(struct choice, argument)};
static const struct pack_kind bought_kind = {sizeof(struct bought), bought_texts, 2},
                              document_kind_of = {sizeof(struct document_row), document_texts, 1},
                              record_kind = {sizeof(struct record), record_texts, 4},
                              tag_kind = {sizeof(struct str), tag_texts, 1},
                              choice_kind_of = {sizeof(struct choice), choice_texts, 3};

/* Who gives these another text puts it above, then the size here. */
_Static_assert(sizeof(void *) != 8 || sizeof(struct bought) == 72, "a text of bought for bought_texts?");
_Static_assert(sizeof(void *) != 8 || sizeof(struct document_row) == 96, "a text of document_row for document_texts?");
_Static_assert(sizeof(void *) != 8 || sizeof(struct record) == 120, "a text of record for record_texts?");
_Static_assert(sizeof(void *) != 8 || sizeof(struct choice) == 96, "a text of choice for choice_texts?");

static struct str papers_pack(struct arena *arena, const struct dossier *d) {
    const struct str part[] = {pack_list(arena, &bought_kind, d->bought, d->boughts),
                               pack_list(arena, &document_kind_of, d->document, d->documents),
                               pack_list(arena, &record_kind, d->record, d->records),
                               pack_list(arena, &tag_kind, d->tag, d->tags),
                               pack_list(arena, &choice_kind_of, d->choice, d->choices)};
    struct buf to;
    buf_init(&to, arena, 0);
    pack_parts(&to, part, sizeof part / sizeof *part);
    return buf_str(&to);
}

static void papers_take(struct arena *arena, struct str from, struct dossier *d) {
    d->bought = pack_part_take(arena, &from, &bought_kind, &d->boughts);
    d->document = pack_part_take(arena, &from, &document_kind_of, &d->documents);
    d->record = pack_part_take(arena, &from, &record_kind, &d->records);
    d->tag = pack_part_take(arena, &from, &tag_kind, &d->tags);
    d->choice = pack_part_take(arena, &from, &choice_kind_of, &d->choices);
}

static bool papers_read(struct cx *cx, struct db *db, const struct dossier_wish *wish, struct dossier *out) {
    const struct sql_value args[] = {sql_int(wish->customer_id), sql_int(wish->as_of.n), sql_int(wish->documents),
                                     sql_int(day_is(wish->since) ? wish->since.n : INT32_MAX), sql_int(wish->choices)};
    enum { ARGS = sizeof args / sizeof *args };
    struct picture_ask ask;
    struct str kept;
    struct buf key;
    bool found = false;
    buf_init(&key, cx->arena, 0);
    buf_put(&key, S("papers"));
    for (size_t i = 0; i < ARGS; i++)
        pack_bytes(&key, &args[i].i, sizeof args[i].i);
    if (!picture_find(cx, db, buf_str(&key), &ask, &found, &kept))
        return false;
    if (found) {
        papers_take(cx->arena, kept, out);
        return true;
    }
    if (!part_read(cx, db, SQL_DOSSIER_PAPERS, args, ARGS, wish->customer_id, out))
        return false;
    put_in_order(wish, out);
    if (picture_recalls(db))
        picture_keep(db, &ask, papers_pack(cx->arena, out));
    return true;
}

bool dossier_read(struct cx *cx, struct db *db, const struct dossier_wish *wish, struct dossier *out) {
    const struct sql_value said[] = {sql_int(wish->customer_id), sql_int(wish->notes), sql_int(wish->contacts)};
    *out = (struct dossier){0};
    if (!papers_read(cx, db, wish, out) ||
        !part_read(cx, db, SQL_DOSSIER_SAID, said, sizeof said / sizeof *said, wish->customer_id, out))
        return false;
    put_in_order(wish, out);
    return true;
}
