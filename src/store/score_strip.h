// SPDX-License-Identifier: Apache-2.0
/* score_strip -- the score by column, packed: what lists read (strip.h says why); private to src/store.
 *
 * Strips are made from the rows when a whole set was written. A row that is put or removed later goes to score_moved
 * and counts by its row; when SCORE_MOVED of them have gathered, the strips are made anew. So a list is always exact.
 */
#ifndef REATIVA_STORE_SCORE_STRIP_H
#define REATIVA_STORE_SCORE_STRIP_H

#include "store/sql.h"
#include "store/strip.h"

enum { SCORE_MOVED = 2000 };

/* The columns. Up to STRIP_OWN in the order of the statements strip_rows and list_rows, up to STRIP_NUMBERS in that of
 * standing_rows and list_rows. */
enum score_strip {
    STRIP_CUSTOMER = 0, /* id, ascending */
    STRIP_STATUS,
    STRIP_PURCHASES,
    STRIP_FIRST,
    STRIP_LAST,
    STRIP_GAP_MEDIAN,
    STRIP_GAP_MEAN,
    STRIP_GAP_SD,
    STRIP_CYCLE,
    STRIP_OVERDUE,
    STRIP_AT_RISK,
    STRIP_INACTIVE,
    STRIP_LOST,
    STRIP_TOTAL,
    STRIP_12M,
    STRIP_PREV_12M,
    STRIP_AVERAGE,
    STRIP_RETURN,
    STRIP_RANKED,
    STRIP_COMPANY,
    STRIP_REP,
    STRIP_SEGMENT,
    STRIP_REGION,
    STRIP_CITY,
    STRIP_LAST_CONTACT,
    STRIP_P_ACTIVE,
    STRIP_P_ACTIVE_LOW,
    STRIP_P_ACTIVE_HIGH,
    STRIP_P_ALIVE,
    STRIP_NEXT_ON,
    STRIP_NEXT_FROM,
    STRIP_NEXT_TO,
    STRIP_EXPECTED_90D,
    STRIP_EXPECTED_VALUE_365D,
    STRIP_REGISTERED,
    STRIP_BLOCKED,
    STRIP_CREDIT_LIMIT,
    STRIP_PLACE,                   /* place_pack */
    STRIP_OWN,                     /* so many stand in the score and the customer */
    STRIP_OPEN_TITLES = STRIP_OWN, /* from here on of those alone who have a row in standing */
    STRIP_OVERDUE_TITLES,
    STRIP_STANDING,
    STRIP_QUOTES,
    STRIP_QUOTE_VALUE,
    STRIP_TICKETS,
    STRIP_OUTCOME,
    STRIP_OBJECTION,
    STRIP_APPOINTMENT,
    STRIP_CREDIT_LEFT,          /* the limit without the open titles */
    STRIP_NUMBERS,              /* so many stand in the rows themselves */
    STRIP_CODE = STRIP_NUMBERS, /* place among all codes in order; so name and tax id, equal ones at one place */
    STRIP_NAME,
    STRIP_TAX,
    STRIP_ORDERED,              /* so many hold numbers */
    STRIP_TEXT = STRIP_ORDERED, /* a line a customer: folded name and code; for searching */
    STRIP_TAX_TEXT,             /* a line a customer: tax id */
    STRIP_PHONE_TEXT,           /* a line a customer: the digits of its phone */
    STRIP_END
};

/* score_strips_make -- of the rows in sight, all anew. score_strips_renew -- only when it is due. */
bool score_strips_make(struct cx *cx, struct db *db);
bool score_strips_renew(struct cx *cx, struct db *db);
/* score_strip_text, score_strip_tax_text, score_strip_phone_text -- the line of STRIP_TEXT, of STRIP_TAX_TEXT, of
 * STRIP_PHONE_TEXT, its end included. */
void score_strip_text(struct arena *scratch, struct buf *to, struct str code, struct str name_fold);
void score_strip_tax_text(struct arena *scratch, struct buf *to, struct str tax_id);
void score_strip_phone_text(struct buf *to, struct str phone);

/* The strips of a set that were wanted (a bit each), and STRIP_CUSTOMER always. Parts hold STRIP_ROWS customers, the last one the rest. */
struct score_strips {
    size_t customers, parts;
    struct str *data[STRIP_END]; /* by part; NULL: not wanted */
};
/* Those of texts are not loaded but read by who scans them, a part after the other, with the statement strip_load. */
bool score_strips_load(struct cx *cx, struct db *db, uint64_t wanted, struct score_strips *out);
bool score_strip_read(struct cx *cx, const struct score_strips *strips, enum score_strip strip, size_t part,
                      int64_t *out);
static inline size_t score_strips_rows(const struct score_strips *strips, size_t part) {
    size_t left = strips->customers - part * STRIP_ROWS;
    return left < STRIP_ROWS ? left : STRIP_ROWS;
}

/* score_ids -- the first column of a statement without arguments, in the arena. */
bool score_ids(struct cx *cx, struct db *db, enum sql_id id, int64_t **out, size_t *n);
/* score_ids_of -- the same of one with arguments, which are numbers. */
bool score_ids_of(struct cx *cx, struct db *db, enum sql_id id, const struct sql_value *args, size_t n_args,
                  int64_t **out, size_t *n);

#endif
