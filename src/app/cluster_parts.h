// SPDX-License-Identifier: Apache-2.0
/* cluster_parts -- what the files of cluster share. Private to them. */
#ifndef REATIVA_APP_CLUSTER_PARTS_H
#define REATIVA_APP_CLUSTER_PARTS_H

#include "app/cluster.h"
#include "app/cluster_sql.h"
#include "stats/abc.h"

enum { CLUSTER_DAY_MOST = 65535 }; /* 2149-06-06: a Date of ClickHouse */

/* The analyst's SELECT, taken apart. */
struct cluster_orders {
    struct str customer, day, value, changed; /* expressions; changed empty: none */
    struct str from;                          /* a table and a condition, open to more of them: `... WHERE (...)` */
    bool spread;                              /* it can be added up where the rows are; else it stands in brackets */
};
/* cluster_orders_read -- INVALID: no SELECT, brackets that do not close, other than three or four columns. */
bool cluster_orders_read(struct cx *cx, struct str query, struct cluster_orders *out);
/* cluster_orders_types -- sets the words of the statements by the types that the cluster has for the columns. */
bool cluster_orders_types(struct cx *cx, const struct cluster_orders *orders, const struct str type[4],
                          struct cluster_words *words);

struct cluster_run {
    struct cx *cx;
    const struct cluster_request *request;
    struct cluster_report *report;
    struct cluster_words words;
    struct str session, id;
    int statements;
    double litt; /* of all gaps: the sum of their logs */
};

/* cluster_run_ask -- a statement by name; rows to line, NULL: there are none. */
bool cluster_run_ask(struct cluster_run *run, const char *statement, cluster_line *line, void *owner);
/* cluster_run_put -- an INSERT with its rows. */
bool cluster_run_put(struct cluster_run *run, const char *statement, struct str data);
/* cluster_run_numbers -- the one row of a statement: whole numbers. */
bool cluster_run_numbers(struct cluster_run *run, const char *statement, int64_t *number, size_t n);

/* cluster_run_step -- says what is being done, by a key of the catalogs. */
void cluster_run_step(const struct cluster_run *run, struct str what);

/* cluster_field -- the next field of a row. cluster_text -- what is meant by one. */
struct str cluster_field(struct str *line);
int64_t cluster_int(struct str field);
struct str cluster_text(struct arena *arena, struct str field);

/* cluster_run_make -- a table; kept ones are in the order of its key. */
bool cluster_run_make(struct cluster_run *run, const char *statement, const char *key);

/* The table of cycles. */
bool cluster_cycles(struct cluster_run *run);
/* Cuts of everybody, as words of result_fill. */
bool cluster_cuts(struct cluster_run *run);
/* Fit, and the chances as words and a table. */
bool cluster_model(struct cluster_run *run);
bool cluster_model_ready(struct cx *cx, enum model_kind kind);

#endif
