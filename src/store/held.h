// SPDX-License-Identifier: Apache-2.0
/* held -- all that is held of a customer and of the people there, value by value, for whoever asks for their data.
 */
#ifndef REATIVA_STORE_HELD_H
#define REATIVA_STORE_HELD_H

#include "store/db.h"

/* One value; section and column are the names in sql/queries/held.sql. What a number means is told by the end of its column's name:
 * _us a moment (0: none), _on a day, _cents money. */
struct held_cell {
    const char *section, *column;
    bool begins; /* the first of its row */
    bool is_text, absent;
    int64_t number;
    struct str text;
};
typedef bool held_take(struct cx *cx, void *owner, const struct held_cell *cell);
/* held_each -- every section, row by row. A statement a section, within the caller's transaction. */
bool held_each(struct cx *cx, struct db *db, int64_t customer_id, struct str code, held_take *take, void *owner);

/* Who is found: a customer, or somebody there (person_id > 0). */
struct held_who {
    int64_t customer_id, person_id;
    struct str code, customer, person, phone, email, tax_id, own_code; /* own_code: of who was merged; else code */
};
typedef bool held_who_take(struct cx *cx, void *owner, const struct held_who *who);
/* held_scan -- everybody; the texts live until take returns. Reads both tables whole. */
bool held_scan(struct cx *cx, struct db *db, held_who_take *take, void *owner);

#endif
