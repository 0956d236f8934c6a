// SPDX-License-Identifier: Apache-2.0
/* column -- the columns of a list of customers: one table for output, sorting, choosing, help and the manual.
 *
 * The names are a contract with people's scripts. Order here is the order of CSV and JSON.
 */
#ifndef REATIVA_CORE_COLUMN_H
#define REATIVA_CORE_COLUMN_H

#include "base/cx.h"
#include "core/customer.h"

enum column {
    COLUMN_CODE = 0,
    COLUMN_NAME,
    COLUMN_TAX_ID,
    COLUMN_COMPANY,
    COLUMN_REP,
    COLUMN_SEGMENT,
    COLUMN_REGION,
    COLUMN_CITY,
    COLUMN_STATUS,
    COLUMN_PURCHASES,
    COLUMN_FIRST_PURCHASE,
    COLUMN_LAST_PURCHASE,
    COLUMN_RECENCY_DAYS,
    COLUMN_GAP_MEDIAN_DAYS,
    COLUMN_GAP_MEAN_DAYS,
    COLUMN_GAP_SD_DAYS,
    COLUMN_CYCLE_DAYS,
    COLUMN_OVERDUE_RATIO,
    COLUMN_AT_RISK_ON,
    COLUMN_INACTIVE_ON,
    COLUMN_LOST_ON,
    COLUMN_VALUE_TOTAL,
    COLUMN_VALUE_12M,
    COLUMN_VALUE_PREV_12M,
    COLUMN_AVERAGE_PURCHASE,
    COLUMN_RETURN_RATE,
    COLUMN_TREND,
    COLUMN_ABC,
    COLUMN_R,
    COLUMN_F,
    COLUMN_M,
    COLUMN_SEGMENT_RFM,
    COLUMN_P_ACTIVE,
    COLUMN_P_ACTIVE_LOW,
    COLUMN_P_ACTIVE_HIGH,
    COLUMN_P_ALIVE,
    COLUMN_NEXT_ON,
    COLUMN_NEXT_FROM,
    COLUMN_NEXT_TO,
    COLUMN_EXPECTED_90D,
    COLUMN_EXPECTED_VALUE_365D,
    COLUMN_MODEL,
    COLUMN_STANDING,
    COLUMN_OPEN_TITLES,
    COLUMN_OVERDUE_TITLES,
    COLUMN_OPEN_QUOTES,
    COLUMN_OPEN_QUOTE_VALUE,
    COLUMN_OPEN_TICKETS,
    COLUMN_LAST_CONTACT,
    COLUMN_LAST_OUTCOME,
    COLUMN_LAST_OBJECTION,
    COLUMN_NEXT_APPOINTMENT,
    COLUMN_REGISTERED_ON,
    COLUMN_BLOCKED,
    COLUMN_CREDIT_LIMIT,
    COLUMN_CREDIT_LEFT,
    COLUMN_WHY,
    COLUMN_COUNT
};

enum column_type {
    COLUMN_TEXT,
    COLUMN_INTEGER,
    COLUMN_E4 /* decimal of at most four places */,
    COLUMN_DAY,
    COLUMN_MONEY,
    COLUMN_WORD /* a catalog phrase */
};

struct column_def {
    enum column column;
    const char *name; /* "value_12m" */
    enum column_type type;
    bool sortable;
    bool shown; /* in the table when no --columns is given */
};

extern const struct column_def column_defs[COLUMN_COUNT];
bool column_parse(struct str name, enum column *out);
/* column_word -- what stands before a word's name in the key of its phrase: "status."; NULL: it is shown as it is. */
const char *column_word(enum column column);
const char *blocked_name(enum blocked blocked); /* "yes", "no"; NULL of BLOCKED_UNKNOWN */

/* A value ready to be written; text for TEXT and WORD (the word's stable name), number for the rest, and
 * for a word that has an order its place in it. absent: no value. */
struct column_value {
    bool absent;
    struct str text;
    int64_t number; /* INTEGER; E4; DAY (days since 1970); MONEY (minor units) */
};
/* column_value -- `why` is made by why_text in the caller's language; everything else comes from the struct. */
struct column_value column_value(struct arena *arena, const struct customer *c, enum column column);

#endif
