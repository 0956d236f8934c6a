// SPDX-License-Identifier: Apache-2.0
/* figures -- what the managers' pages of figures show: the overview, and the account of customers.
 *
 * Each figure leads to the customers behind it: an address of the list of customers.
 */
#ifndef REATIVA_WEB_MANAGE_FIGURES_H
#define REATIVA_WEB_MANAGE_FIGURES_H

#include "app/labels.h"
#include "app/overview.h"
#include "web/web.h"

/* A number and where it leads; an address of nothing: nowhere. */
struct figure {
    int64_t n;
    struct url to;
};

struct overview_view {
    struct overview overview;
    struct figure status[STATUS_COUNT];
    const char *status_name[STATUS_COUNT];
    struct figure at_risk, crossed, recovered, quiet;
    struct figures_months *months;
};

/* The account of customers: a month, or a group over the months asked for. */
struct flow_line {
    struct str name;
    struct url open; /* the months of a group */
    int64_t opening, bought, new_customers;
    struct figure inactive, recovered, off, closing;
};
struct flow_view {
    enum flow_by by, inside;
    struct str code; /* of the label it is inside of */
    int64_t months;  /* asked for; 0: all */
    struct day as_of;
    struct flow_line *line;
    size_t lines;
    struct flow_line total; /* of the groups */
    bool wide;              /* who bought and who came is known: all customers, or one group each */
    struct label *label;
    size_t labels;
    struct figures_months *chart;
    struct url export;
};

/* For the charts: numbers of months as lists, "1,2,3". */
struct figures_months {
    struct str names, inactive, recovered, off, closing;
    struct str buying, closed;  /* of the overview */
    const struct flow_row *row; /* the newest n */
    size_t n;
};
struct figures_months *figures_months(struct page *page, const struct flow_row *row, size_t n, int64_t most);
/* figures_address -- of a list of customers: "a=b&c=d", codes encoded. */
struct url figures_address(struct page *page, const char *format, ...) __attribute__((format(printf, 2, 3)));
struct str figures_code(struct page *page, struct str code);    /* as a part of an address */
struct str figures_status(struct page *page, const char *name); /* "at_risk" in words */
struct str figures_month(struct page *page, int32_t month);

#endif
