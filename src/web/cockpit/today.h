// SPDX-License-Identifier: Apache-2.0
/* today -- what the first page shows, each role its own.
 */
#ifndef REATIVA_WEB_COCKPIT_TODAY_H
#define REATIVA_WEB_COCKPIT_TODAY_H

#include "app/appointment.h"
#include "app/queue.h"
#include "app/today.h"
#include "web/web.h"

enum { TODAY_CROSSED = 15, TODAY_FIRST = 10, TODAY_IMPORTS = 5, TODAY_APPOINTMENTS = 8, TODAY_MEMOS = 5 };

struct today_customer {
    struct str code, name, city, phone, why;
    struct money value;
};
struct today_import {
    struct str files, at;
    int64_t rows, rejected;
    bool undone;
};
struct today_view {
    struct today_answer answer;
    const struct appointment_row *due; /* appointments up to today, overdue ones first */
    size_t dues;
    const struct memo_row *memo; /* not read, the oldest first */
    size_t memos;
    struct today_customer crossed[TODAY_CROSSED], first[TODAY_FIRST];
    const struct queue *queue; /* of who works one all day; NULL: of others */
    bool manages;              /* sees the portfolios beside each other */
    bool installs;             /* sees imports and score */
    bool lists;                /* there is a page of customers to link to */
    bool works;                /* there is a queue to work on */
    bool brings;               /* there is a page to bring in files */
    struct today_import import[TODAY_IMPORTS];
    size_t imports;
    struct str scored; /* when */
};

#endif
