// SPDX-License-Identifier: Apache-2.0
/* rows -- how a row of a noun's statements is read: for dossier.c, which reads several nouns together; private to src/store.
 */
#ifndef REATIVA_STORE_ROWS_H
#define REATIVA_STORE_ROWS_H

#include "store/appointment.h"
#include "store/contact.h"
#include "store/document.h"
#include "store/note.h"
#include "store/person.h"
#include "store/product.h"
#include "store/record.h"
#include "store/sql.h"

struct bought bought_at(struct cx *cx, struct sql_rows *rows);
struct document_row document_at(struct cx *cx, struct sql_rows *rows);
struct record record_at(struct cx *cx, struct sql_rows *rows, int64_t customer_id);
struct person person_at(struct cx *cx, struct sql_rows *rows);
struct note note_at(struct cx *cx, struct sql_rows *rows);
struct contact_row contact_row_at(struct cx *cx, struct sql_rows *rows);
struct appointment_row appointment_row_at(struct cx *cx, struct sql_rows *rows);

#endif
