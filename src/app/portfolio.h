// SPDX-License-Identifier: Apache-2.0
/* portfolio -- a list of customers as an address says it: all that stands after '?' is filter, order, columns and page.
 *
 * The customers page, saved views, exports, work lists and what is done with all results read it here, so they mean the
 * same by the same words. The words are those of `list`, with '_' for '-': status=at_risk&min_value=1000&sort=-value_12m.
 */
#ifndef REATIVA_APP_PORTFOLIO_H
#define REATIVA_APP_PORTFOLIO_H

#include "app/list.h"

enum { PORTFOLIO_PAGE = 50, PORTFOLIO_PAIRS = 200, PORTFOLIO_FAULTS = 8, PORTFOLIO_QUERY_MOST = 6000 };

/* One filter as it was given: status, at_risk. */
struct portfolio_pair {
    struct str name, value;
};
/* What could not be used: a field, and the catalog's sentence about its value. */
struct portfolio_fault {
    struct str name, value, key, arg;
};

struct portfolio {
    struct list_filter filter; /* as far as it could be read; list_filter_any() when nothing was said */
    struct list_order order;
    struct list_from from;
    enum column column[COLUMN_COUNT]; /* to show, in their order */
    size_t columns;
    bool chosen; /* the columns were said; else they are the usual ones */
    struct portfolio_pair pair[PORTFOLIO_PAIRS];
    size_t pairs;
    struct portfolio_fault fault[PORTFOLIO_FAULTS];
    size_t faults;
    int64_t view;  /* the saved view it was opened by; 0: none, or all customers; -1: not said */
    bool untidy;   /* fields without a value: portfolio_text is shorter */
    bool anything; /* filter, order or columns were said */
};

enum portfolio_kind {
    PORTFOLIO_CODES = 0, /* may come several times: any of them */
    PORTFOLIO_STATUS,
    PORTFOLIO_ABC,
    PORTFOLIO_RFM,
    PORTFOLIO_MONEY,
    PORTFOLIO_NUMBER,
    PORTFOLIO_DAYS,
    PORTFOLIO_PERCENT,
    PORTFOLIO_DATE,
    PORTFOLIO_WORDS,  /* a column's words, and "none"; may come several times: any of them */
    PORTFOLIO_WITHIN, /* days from the day answered for */
    PORTFOLIO_SEARCH
};
struct portfolio_field {
    const char *name;
    enum portfolio_kind kind;
    size_t at;          /* in list_filter */
    enum column column; /* of PORTFOLIO_WORDS */
};
/* Every filter, in the order in which forms show them; ends with a name of NULL. */
extern const struct portfolio_field portfolio_fields[];
const struct portfolio_field *portfolio_field(struct str name);
/* portfolio_word -- the i-th value that a field of PORTFOLIO_WORDS may have; empty behind the last. */
struct str portfolio_word(const struct portfolio_field *field, int i);

extern const char *const portfolio_rfm[]; /* the names of the RFM segments; ends with NULL */

/* portfolio_read -- query: what stands after '?', percent-encoded. INVALID when that is malformed; what is no filter or has no
 * possible value is a fault of its own, and the rest is read. Names that are not the list's are left out. */
bool portfolio_read(struct cx *cx, struct str query, struct day as_of, struct portfolio *out);
/* portfolio_good -- INVALID with the first fault, if there is one: what acts on a list must not act on a wider one. */
bool portfolio_good(struct cx *cx, const struct portfolio *p);

enum { PORTFOLIO_ALL = -1 };
/* portfolio_text -- the address again: filters (but the one at `without`; PORTFOLIO_ALL: all), order and columns, no page. */
struct str portfolio_text(struct arena *arena, const struct portfolio *p, int without);
/* portfolio_sorted -- the same in the order of this column; descending when it was ascending by it already. */
struct str portfolio_sorted(struct arena *arena, const struct portfolio *p, enum column column);
/* portfolio_at -- the same, the page behind this customer, or before it. */
struct str portfolio_at(struct arena *arena, const struct portfolio *p, const struct list_from *from);

#endif
