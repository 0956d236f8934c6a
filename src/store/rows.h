// SPDX-License-Identifier: Apache-2.0
/* rows -- how a row of a noun's statements is read: for dossier.c and desk.c, which read several nouns together; private to src/store.
 */
#ifndef REATIVA_STORE_ROWS_H
#define REATIVA_STORE_ROWS_H

#include "store/appointment.h"
#include "store/choice.h"
#include "store/contact.h"
#include "store/document.h"
#include "store/hold.h"
#include "store/holiday.h"
#include "store/memo.h"
#include "store/note.h"
#include "store/person.h"
#include "store/product.h"
#include "store/record.h"
#include "store/sql.h"
#include "store/transfer.h"
#include "store/worklist.h"

struct document_row document_at(struct cx *cx, struct sql_rows *rows);
struct record record_at(struct cx *cx, struct sql_rows *rows, int64_t customer_id);
struct person person_at(struct cx *cx, struct sql_rows *rows);
struct note note_at(struct cx *cx, struct sql_rows *rows);
struct memo_row memo_unread_at(struct cx *cx, struct sql_rows *rows);
struct contact_row contact_row_at(struct cx *cx, struct sql_rows *rows);
struct appointment_row appointment_row_at(struct cx *cx, struct sql_rows *rows);
void appointment_rows_sort(struct appointment_row *row, size_t n); /* in the order of appointment_list */
struct choice choice_at(struct cx *cx, struct sql_rows *rows);
struct transfer_line transfer_line_at(struct cx *cx, struct sql_rows *rows);
void holiday_kept_at(struct cx *cx, struct sql_rows *rows, struct holiday_kept *out); /* one more row of it */
struct hold hold_at(struct cx *cx, struct sql_rows *rows);
struct worklist worklist_at(struct cx *cx, struct sql_rows *rows);
struct worklist_user worklist_user_at(struct cx *cx, struct sql_rows *rows);
struct worklist_pick worklist_pick_at(struct cx *cx, struct sql_rows *rows);

/* rows_numbers -- "1,2,3", as statements take lists of numbers. */
struct str rows_numbers(struct cx *cx, const int64_t *number, size_t n);

/* rows_more -- room for one more at the end of a list of n, whose room is a power of two; ROWS_ADD puts it there. */
void *rows_more(struct cx *cx, void *list, size_t n, size_t size);
#define ROWS_ADD(cx, list, n, value)                                                                                   \
    do {                                                                                                               \
        (list) = rows_more((cx), (list), (n), sizeof *(list));                                                         \
        (list)[(n)++] = (value);                                                                                       \
    } while (0)

#endif
