// SPDX-License-Identifier: Apache-2.0
/* list -- customers by any filter, in any order, from the derived tables in sight.
 *
 * Any filters in any order cost the same few milliseconds a million customers: the columns that are asked about are read whole, packed
 * (score_strip.h), and only the customers that are shown are read as rows, by their key. Customers without a value for
 * the sort come last in both directions; ties go by code.
 */
#ifndef REATIVA_STORE_LIST_H
#define REATIVA_STORE_LIST_H
#include "core/column.h"
#include "core/customer.h"
#include "stats/stat.h"
#include "store/db.h"
#include "store/score.h"

enum { LIST_CODES = 32 };

/* Days between which a customer moved in the account of customers (app/flow.h); DAY_NONE: open, both: not asked. */
struct list_moved {
    struct day from, to;
};
#define LIST_NOT_MOVED ((struct list_moved){DAY_NONE, DAY_NONE})

/* All that are set must hold. Codes: any of the n. */
struct list_codes {
    struct str code[LIST_CODES];
    size_t n;
};
/* Of what is open with the customer and the work with it. Nothing known counts as nothing open where only a most is asked. */
struct list_work {
    int64_t min_open_titles, max_open_titles, min_overdue_titles, max_overdue_titles; /* minor units; STAT_NONE: any */
    int64_t min_open_quotes, max_open_quotes, min_open_quote_value, max_open_quote_value;
    int64_t min_open_tickets, max_open_tickets;
    struct day contact_from, contact_to, appointment_from, appointment_to;        /* DAY_NONE: open */
    int64_t min_credit_limit, max_credit_limit, min_credit_left, max_credit_left; /* who has none fits neither */
    struct day registered_from, registered_to;
    uint32_t standings, outcomes, blocked; /* bit per enum standing, contact_outcome, blocked; 0: any; bit 0: none */
    struct list_codes objection;           /* of the last one, by name */
};
static inline struct list_work list_work_any(void) {
    return (struct list_work){.min_open_titles = STAT_NONE,
                              .max_open_titles = STAT_NONE,
                              .min_overdue_titles = STAT_NONE,
                              .max_overdue_titles = STAT_NONE,
                              .min_open_quotes = STAT_NONE,
                              .max_open_quotes = STAT_NONE,
                              .min_open_quote_value = STAT_NONE,
                              .max_open_quote_value = STAT_NONE,
                              .min_open_tickets = STAT_NONE,
                              .max_open_tickets = STAT_NONE,
                              .min_credit_limit = STAT_NONE,
                              .max_credit_limit = STAT_NONE,
                              .min_credit_left = STAT_NONE,
                              .max_credit_left = STAT_NONE,
                              .registered_from = DAY_NONE,
                              .registered_to = DAY_NONE,
                              .contact_from = DAY_NONE,
                              .contact_to = DAY_NONE,
                              .appointment_from = DAY_NONE,
                              .appointment_to = DAY_NONE};
}

/* Only who is within so many metres of a point, by its own coordinates or its municipality's (core/place.h). The nearest come first
 * then, whatever order is asked for; such a list has no further pages. */
struct list_near {
    bool set;
    int32_t lat_e5, lon_e5;
    int64_t metres;
};

struct list_filter {
    uint32_t statuses;                                          /* bit per enum status; 0: any */
    struct list_codes company, rep, segment, region, city, rfm; /* rfm: segment names */
    uint32_t abc;                                               /* bits 1 A, 2 B, 4 C, 8 none; 0: any */
    int64_t min_value, max_value;                               /* value_12m in minor units; STAT_NONE: any */
    int64_t min_total, max_total;                               /* value_total */
    int64_t min_purchases, max_purchases;                       /* STAT_NONE: any */
    int64_t min_recency, max_recency;                           /* days */
    int64_t not_contacted_for; /* last contact more than so many days before as_of, or none; STAT_NONE: any */
    struct list_moved inactive, recovered, written_off; /* at least once within */
    struct day due_from, due_to;                        /* at_risk_on within; DAY_NONE: open */
    int64_t min_chance_e4, max_chance_e4;               /* p_active_90d; STAT_NONE: any. Who has none fits neither */
    struct day next_from, next_to;                      /* next_purchase_on within; DAY_NONE: open */
    struct list_work work;
    struct str search;     /* in name (without accents), code or tax id */
    bool search_wide;      /* also in phone (by its digits) and city */
    struct str code;       /* exactly this customer */
    struct list_codes tag; /* any of these tags, by name */
    struct str only_rep;   /* besides `rep`: whose customers alone may be seen; empty: everybody's */
    struct list_near near;
    bool picked; /* only the customers of these ids, ascending */
    const int64_t *id;
    size_t ids;
};
/* list_filter_any -- a filter that nothing fails. */
static inline struct list_filter list_filter_any(void) {
    return (struct list_filter){.min_value = STAT_NONE,
                                .max_value = STAT_NONE,
                                .min_total = STAT_NONE,
                                .max_total = STAT_NONE,
                                .min_purchases = STAT_NONE,
                                .max_purchases = STAT_NONE,
                                .min_recency = STAT_NONE,
                                .max_recency = STAT_NONE,
                                .not_contacted_for = STAT_NONE,
                                .inactive = LIST_NOT_MOVED,
                                .recovered = LIST_NOT_MOVED,
                                .written_off = LIST_NOT_MOVED,
                                .due_from = DAY_NONE,
                                .due_to = DAY_NONE,
                                .min_chance_e4 = STAT_NONE,
                                .max_chance_e4 = STAT_NONE,
                                .next_from = DAY_NONE,
                                .next_to = DAY_NONE,
                                .work = list_work_any()};
}
struct list_order {
    enum column column;
    bool descending;
};
struct list_totals {
    int64_t customers, value_total, value_12m;
};

/* Where a page begins: behind the customer of this code, whose value of the order's column was this one (number: of columns
 * of numbers and days; text: of others). It need not be there any more. back: before it, the nearest first. */
struct list_from {
    bool set, back;
    int64_t number; /* STAT_NONE: no value */
    struct str text, code;
};

typedef bool list_visit(struct cx *cx, void *owner, const struct customer *customer);
/* list_codes_known -- NOT_FOUND names the first company, rep, segment, region or city that no customer has ever had, and the nearest
 * ones. For list_each such a code is one that nobody has. */
bool list_codes_known(struct cx *cx, struct db *db, const struct list_filter *filter);
/* list_each -- limit 0: all. The customer lives until visit returns. NOT_FOUND when the RFM segment or the one customer asked for is unknown. */
bool list_each(struct cx *cx, struct db *db, const struct score_run *run, const struct list_filter *filter,
               struct list_order order, int64_t limit, list_visit *visit, void *owner);
/* list_customer -- one by its id, as list_each would show it, without a look at the others; *found false: it has no row. Texts
 * in the arena; one statement, and one or two for those like it. */
bool list_customer(struct cx *cx, struct db *db, const struct score_run *run, int64_t id, bool *found,
                   struct customer *out);
bool list_total(struct cx *cx, struct db *db, const struct score_run *run, const struct list_filter *filter,
                struct list_totals *out);
/* list_page -- as list_each, from a place on; *totals (may be NULL): of all that pass, in the same look at the strips. */
bool list_page(struct cx *cx, struct db *db, const struct score_run *run, const struct list_filter *filter,
               struct list_order order, const struct list_from *from, int64_t limit, list_visit *visit, void *owner,
               struct list_totals *totals);
/* list_from_customer -- the place of one that was visited; texts are the customer's own, or in the arena. */
struct list_from list_from_customer(struct arena *arena, enum column column, const struct customer *customer);
/* list_ids -- of all that pass, ascending, in the arena. */
bool list_ids(struct cx *cx, struct db *db, const struct score_run *run, const struct list_filter *filter,
              int64_t **out, size_t *n);
/* list_plan -- the database's own words on how it would answer (for tests and `--explain`). */
bool list_plan(struct cx *cx, struct db *db, const struct score_run *run, const struct list_filter *filter,
               struct list_order order, int64_t limit, struct str *out);
#endif
