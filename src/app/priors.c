// SPDX-License-Identifier: Apache-2.0
/* priors.c -- gaps counted by the month after the one they closed in, summed up month by month.
 *
 * One segment's counts are in memory at a time; the company's are their sum.
 */
#include "app/priors.h"

#include "app/heap.h"
#include "stats/gap.h"

static int by_number(const void *a, const void *b) {
    const int64_t *x = a, *y = b;
    return *x < *y ? -1 : *x > *y;
}

void segments_find(const struct sales *sales, struct derive_segments *out) {
    out->label = heap_new(sales->n, sizeof *out->label);
    size_t n = 0;
    for (size_t i = 0; i < sales->n; i++) {
        int64_t label = sales->customer[i].label[LABEL_SEGMENT];
        if (label != 0 && (n == 0 || out->label[n - 1] != label)) {
            out->label[n++] = label;
        }
    }
    qsort(out->label, n, sizeof *out->label, by_number);
    out->n = 0;
    for (size_t i = 0; i < n; i++) {
        if (out->n == 0 || out->label[out->n - 1] != out->label[i]) {
            out->label[out->n++] = out->label[i];
        }
    }
}

/* The gaps of one segment, counted in the month that they closed, as a row of cells a month. */
static void gaps_count(const struct sale_customer *c, int32_t first_month, int64_t *count) {
    int32_t before = 0;
    bool any = false;
    for (uint32_t i = 0; i < c->days; i++) {
        if (!c->day[i].purchase) {
            continue;
        }
        int32_t day = c->day[i].day;
        if (any) {
            int32_t gap = day - before < GAP_CELLS ? day - before : GAP_CELLS;
            size_t month = (size_t)(month_of((struct day){day}) - first_month) + 1; /* known from the next month on */
            count[month * (GAP_CELLS + 1) + (size_t)gap]++;
        }
        before = day;
        any = true;
    }
}

static void cells_fill(struct prior_table *t, size_t segment, int64_t *count) {
    for (size_t month = 0; month < t->months; month++) {
        int64_t *row = &count[month * (GAP_CELLS + 1)];
        const int64_t *before = month > 0 ? row - (GAP_CELLS + 1) : row;
        for (size_t d = 1; month > 0 && d <= GAP_CELLS; d++) {
            row[d] += before[d];
        }
        prior_cell_from(row, GAP_CELLS, &t->cell[segment * t->months + month]);
    }
}

static struct day first_purchase(const struct sales *sales) {
    struct day first = sales->as_of;
    for (size_t i = 0; i < sales->n; i++) {
        const struct sale_customer *c = &sales->customer[i];
        uint32_t k = 0;
        while (k < c->days && !c->day[k].purchase) {
            k++;
        }
        if (k < c->days && c->day[k].day < first.n) {
            first.n = c->day[k].day;
        }
    }
    return first;
}

/* Customers by segment: a list of places for each, so that one segment's counts are in memory at a time. */
void priors_find(const struct sales *sales, const struct derive_segments *segments, struct prior_table *out) {
    struct day first = first_purchase(sales);
    *out = (struct prior_table){
        .segments = segments->n, .first_month = month_of(first), .first_day = first, .as_of = sales->as_of};
    out->months = (size_t)(month_of(sales->as_of) - out->first_month) + 2;
    out->cell = heap_new((segments->n + 1) * out->months, sizeof *out->cell);
    size_t cells = out->months * (GAP_CELLS + 1);
    int64_t *one = heap_new(cells, sizeof *one), *all = heap_new(cells, sizeof *all);
    uint32_t *head = heap_new(segments->n + 1, sizeof *head), *next = heap_new(sales->n, sizeof *next);
    memset(head, 0xff, (segments->n + 1) * sizeof *head);
    for (size_t i = sales->n; i > 0; i--) {
        size_t segment = derive_segment(segments, sales->customer[i - 1].label[LABEL_SEGMENT]);
        next[i - 1] = head[segment];
        head[segment] = (uint32_t)(i - 1);
    }
    for (size_t segment = 0; segment <= segments->n; segment++) {
        memset(one, 0, cells * sizeof *one);
        for (uint32_t i = head[segment]; i != UINT32_MAX; i = next[i]) {
            gaps_count(&sales->customer[i], out->first_month, one);
        }
        for (size_t k = 0; k < cells; k++) {
            all[k] += one[k];
        }
        if (segment > 0) {
            cells_fill(out, segment, one);
        }
    }
    cells_fill(out, 0, all);
    free(one);
    free(all);
    free(head);
    free(next);
}

bool priors_kept(struct cx *cx, struct db *db, struct day as_of, struct derive_segments *segments,
                 struct prior_table *out) {
    struct score_prior *prior = NULL;
    size_t n = 0;
    if (!score_prior_list(cx, db, &prior, &n)) {
        return false;
    }
    int32_t first = INT32_MAX, last = INT32_MIN;
    segments->label = arena_new(cx->arena, int64_t, n + 1);
    segments->n = 0;
    for (size_t i = 0; i < n; i++) {
        first = prior[i].month < first ? prior[i].month : first;
        last = prior[i].month > last ? prior[i].month : last;
        int64_t label = prior[i].segment_id;
        if (label != 0 && (segments->n == 0 || segments->label[segments->n - 1] != label)) {
            segments->label[segments->n++] = label;
        }
    }
    qsort(segments->label, segments->n, sizeof *segments->label, by_number);
    *out = (struct prior_table){.segments = segments->n, .first_month = first, .as_of = as_of};
    out->months = n ? (size_t)(last - first) + 1 : 0;
    out->cell = arena_new(cx->arena, struct prior_cell, (segments->n + 1) * (out->months + 1));
    for (size_t i = 0; i < n; i++) {
        size_t segment = derive_segment(segments, prior[i].segment_id);
        out->cell[segment * out->months + (size_t)(prior[i].month - first)] = prior[i].cell;
    }
    return score_first_day(cx, db, &out->first_day);
}
