// SPDX-License-Identifier: Apache-2.0
/* cluster -- the numbers of every customer where the orders already are, on a ClickHouse cluster.
 *
 * Everything that is done once a row, or once a customer, is done there in SQL: days netted, gaps, the fold's summary, due days, classes, closed
 * forms of chances. What SQL cannot say to the last digit, or has no closed form, is a function of few numbers: the cluster says which of them
 * there are, each once, this program works them out, and the cluster looks them up. So what travels grows with how different customers are, not
 * with how many there are.
 *
 * Work tables have names of their own; the result takes its name in one step at the end, with the days that the next run begins with. Whatever
 * fails before leaves what was there. Must not know HTTP: the way to the server is a function (cluster_link).
 */
#ifndef REATIVA_APP_CLUSTER_H
#define REATIVA_APP_CLUSTER_H

#include "app/import.h"
#include "core/customer.h"
#include "core/policy.h"
#include "stats/model.h"

typedef bool cluster_line(void *owner, struct str line);

/* One statement: rows come line by line, as TabSeparated has them. */
struct cluster_ask {
    struct str sql, data;
    struct str session, id; /* of temporary tables; under which it can be stopped */
    struct str stop;        /* the statement that stops it, for who gave up waiting */
    bool apart;             /* each server finishes its own customers */
    cluster_line *line;
    void *owner;
};
struct cluster_link {
    bool (*ask)(struct cx *cx, void *owner, const struct cluster_ask *ask);
    void *owner;
};

struct cluster_request {
    struct cluster_link link;
    struct str database;
    struct str orders; /* SELECT customer, day, value[, changed] FROM ... */
    bool apart;        /* each customer's rows are on one server: its numbers are finished there */
    bool whole;        /* read everything, also where only what changed would do */
    struct str into;   /* a table there; empty: rows come back to `visit` */
    struct day as_of;
    struct due_rule rule;
    enum model_kind model; /* NONE: nothing is foretold */
    int32_t k;
    double horizon_days;
    unsigned threads;
    int64_t now_us;
    struct progress progress;
};

struct cluster_row {
    struct customer customer;
    double p_alive, p_active, expected; /* NaN: nothing is foretold */
};
typedef bool cluster_visit(struct cx *cx, void *owner, const struct cluster_row *row);

struct cluster_report {
    int64_t customers, documents_days; /* known on the day; days of business read */
    int64_t unusable;                  /* rows without a customer, a day or a value */
    int64_t status[STATUS_COUNT];
    int64_t distinct_cycles, distinct_customers; /* that travelled */
    bool spread;                                 /* the orders were added up where they are */
    bool only_changed;
    bool fitted;
    struct model_fit fit;
};

/* cluster_analyze -- INVALID: the orders are no such SELECT, a column has another type, the rule asks for chances, `apart` is not so, the model
 * wants more of a customer than how often and when. What the link sets, where a server says no. */
bool cluster_analyze(struct cx *cx, const struct cluster_request *request, cluster_visit *visit, void *owner,
                     struct cluster_report *out);

#endif
