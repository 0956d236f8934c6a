// SPDX-License-Identifier: Apache-2.0
/* summary -- customers as the probability models know them, from wherever they come: a summary file, an orders file, or
 * the database.
 *
 * A file whose header names x, t_x and T is a summary and is read row by row, in constant memory, as often as it is
 * rewound. Any other file must be a list of orders: it goes through the importer into a database in memory, so that what
 * counts as a purchase is decided by the same rules as everywhere else. A row that is no customer is handed out with its
 * line and reason and never stops the rest.
 */
#ifndef REATIVA_APP_SUMMARY_H
#define REATIVA_APP_SUMMARY_H

#include "app/import.h"
#include "stats/cbs.h"
#include "store/db.h"

enum summary_unit {
    SUMMARY_UNIT_NONE = 0, /* a summary file whose unit nobody named: as it stands */
    SUMMARY_DAYS,
    SUMMARY_WEEKS
};
const char *summary_unit_name(enum summary_unit unit); /* "days"; NULL for NONE */

enum summary_source { SUMMARY_FROM_FILE = 1, SUMMARY_FROM_ORDERS, SUMMARY_FROM_DATABASE };

enum { SUMMARY_COVARIATES = 24, SUMMARY_ABC_BEFORE_DAYS = 90 };

/* FIELD=COLUMN: a field of a summary (customer, x, t_x, T, litt, spend) or of an orders file (customer, date, ...). */
struct summary_map {
    struct str field, column;
};

struct summary_options {
    struct str path;  /* empty: the database */
    struct db *db;    /* without a path */
    struct day as_of; /* end of observation; DAY_NONE: an orders file's last day */
    struct day today; /* later orders are refused */
    int64_t now_us;
    enum summary_unit unit; /* NONE: days, or as a summary file stands */
    char delimiter;         /* 0: found */
    enum decimal_mark decimal;
    enum date_order date_order;
    struct str sheet;
    const struct summary_map *map;
    size_t maps;
    const struct str *covariate; /* names: columns of a summary file; segment, region, abc, company, rep, city */
    size_t covariates;
    bool times; /* t_x and T are needed (Gamma-Gamma does without) */
    bool litt;  /* it is needed */
    bool spend; /* the column is needed; a row's own may be missing or wrong */
    struct progress progress;
};

/* What can be said of the whole, after summary_open. */
struct summary_about {
    enum summary_source source;
    enum summary_unit unit;
    struct day as_of;                /* DAY_NONE: of a summary file */
    bool customer, litt, spend;      /* does the input tell it? */
    struct import_counts counts;     /* of an orders file's import */
    bool number[SUMMARY_COVARIATES]; /* every value of that covariate is a number, and is taken as one */
};

struct summary_row {
    uint64_t line;       /* of the file; else a number from 1 */
    struct str customer; /* its number from 1 where the file has no such column; valid until the next call */
    struct cbs_customer c;
    double spend;                                /* mean value of the repeat purchases; NaN: none, or no number */
    struct str covariate[SUMMARY_COVARIATES];    /* valid until the next call */
    double covariate_number[SUMMARY_COVARIATES]; /* where about.number says so */
};

enum summary_next { SUMMARY_ROW = 0, SUMMARY_BAD, SUMMARY_END, SUMMARY_FAIL };

struct summary;
/* summary_open -- INVALID names what is missing: a column (and those found), a covariate, what the file is if neither.
 * refused: called for each row that an orders file's import refused; NULL: nobody listens. */
bool summary_open(struct cx *cx, const struct summary_options *options, import_reject_visit *refused, void *owner,
                  struct summary **out);
void summary_close(struct summary *summary); /* NULL is fine */
const struct summary_about *summary_about(const struct summary *summary);
/* summary_next -- BAD: *bad says line, column, reason (catalog key) and its argument; valid until the next call. */
enum summary_next summary_next(struct cx *cx, struct summary *summary, struct summary_row *out,
                               struct import_reject *bad);
bool summary_rewind(struct cx *cx, struct summary *summary);

#endif
