// SPDX-License-Identifier: Apache-2.0
/* customer -- one customer with everything that lists, pages and exports show: facts and derived numbers together.
 *
 * Plain data. Absent numbers are STAT_NONE, absent days DAY_NONE, absent texts empty.
 */
#ifndef REATIVA_CORE_CUSTOMER_H
#define REATIVA_CORE_CUSTOMER_H

#include "base/day.h"
#include "base/decimal.h"
#include "base/str.h"
#include "core/contact.h"
#include "core/standing.h"
#include "core/status.h"
#include "stats/forecast.h"
#include "stats/rfm.h"
#include "stats/trend.h"

struct customer_id {
    int64_t v;
};

/* Whether the company's own system holds its orders back. The numbers are kept in the database. */
enum blocked { BLOCKED_UNKNOWN = 0, BLOCKED_NO, BLOCKED_YES, BLOCKED_COUNT };

struct customer {
    struct customer_id id;
    struct str code, name, tax_id, company, rep, segment, region, city, phone, email;
    struct day closed_on, last_contact;

    int64_t open_titles_cents, overdue_titles_cents; /* STAT_NONE: no title is known */
    enum standing standing;
    int64_t quotes, quote_cents, tickets; /* open ones; STAT_NONE: none was ever known */
    enum contact_outcome last_outcome;
    struct str last_objection;
    struct day next_appointment;
    struct day registered_on;
    enum blocked blocked;
    int64_t place;                                 /* of its own, place_pack; STAT_NONE: none is known */
    int64_t credit_limit_cents, credit_left_cents; /* STAT_NONE: no limit is known */

    enum status status;
    int64_t purchases;
    struct day first_purchase, last_purchase;
    int64_t recency_days;
    int64_t gap_median_e4, gap_mean_e4, gap_sd_e4, cycle_e4, overdue_e4;
    int64_t prior_days; /* the segment's gap that went into the cycle; STAT_NONE when it never bought */
    bool prior_assumed;
    struct str rule;    /* the policy rule that decides, as text */
    bool rule_stood_in; /* it asks for a chance that is not known: the usual cycle rule decides in its place */
    struct day at_risk_on, inactive_on, lost_on;
    int64_t value_total, value_12m, value_prev_12m, average_cents; /* minor units */
    int64_t return_e4;                                             /* share of gross sales that came back */
    enum trend trend;
    char abc;    /* 'A', 'B', 'C', or 0: no purchase in the window */
    int r, f, m; /* 1..5, 0: never bought */

    struct forecast forecast; /* of the as-of day; method FORECAST_NONE: nothing is foretold */

    const int32_t *gap_days; /* all gaps in order, purchases - 1 of them */
    int64_t
        waited_e4; /* of repeat purchases of customers like this: share that came after a longer wait (in cycles); STAT_NONE when unknown */
};

#endif
