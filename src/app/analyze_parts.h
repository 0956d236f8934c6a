// SPDX-License-Identifier: Apache-2.0
/* analyze_parts -- what analyze.c, analyze_brief.c and analyze_full.c share. Private to them. */
#ifndef REATIVA_APP_ANALYZE_PARTS_H
#define REATIVA_APP_ANALYZE_PARTS_H

#include <stdatomic.h>

#include "app/analyze.h"
#include "app/company.h"
#include "app/settle.h"
#include "base/map.h"
#include "base/parallel.h"

/* A customer where its days are forgotten. */
struct brief {
    struct gather_customer who;     /* a copy: its place in the table is far from its neighbours' */
    const struct gather_kept *kept; /* NULL: nothing was told of it */
    int64_t value_12m, value_prev_12m, value_total, return_e4;
    int64_t gap_median_e4, gap_mean_e4, gap_sd_e4;
    struct day first, last;
    uint32_t purchases;
    bool ranked;
};

struct analyze {
    const struct analyze_options *options;
    struct gather gather;
    struct settle settle;
    bool gathered, brief, median;
    struct score_run run;
    /* brief */
    struct brief *of[GATHER_PARTS];
    size_t ofs[GATHER_PARTS];
    const struct brief **by_order;
    size_t n;
    /* full */
    struct sales sales;
    struct sale_day *days[GATHER_PARTS];
    const struct gather_kept **kept; /* by place in sales */
    struct arena labels_arena;
    struct map label[LABEL_KIND_END];
    struct str *label_code;
    size_t label_codes, label_room;
    struct policy policy;
    struct policy_rule rule;
};

/* Parts being settled by several threads; the first fault counts. */
struct analyze_work {
    struct analyze *analyze;
    struct sale_customer *customer[GATHER_PARTS];
    atomic_size_t next;
    pthread_mutex_t lock;
    struct cx *cx;
    bool failed;
};
/* analyze_part -- settle_part; false: somebody failed, all stop. */
bool analyze_part(struct analyze_work *work, size_t part, struct settle_room *room);
bool analyze_parts(struct cx *cx, struct analyze_work *work, parallel_task *task);

bool analyze_brief(struct cx *cx, struct analyze *analyze);
void analyze_brief_customer(const struct analyze *analyze, size_t at, struct customer *out);
bool analyze_full(struct cx *cx, struct analyze *analyze);
bool analyze_full_each(struct cx *cx, struct analyze *analyze, analyze_visit *visit, void *owner);
/* analyze_told -- the texts of a customer. */
void analyze_told(const struct gather_kept *kept, struct customer *out);
/* analyze_absent -- a customer of whom nothing is known but its code. */
void analyze_absent(struct str code, struct customer *out);

#endif
