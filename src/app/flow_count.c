// SPDX-License-Identifier: Apache-2.0
/* flow_count.c -- a customer's purchases and episodes as steps of the account.
 *
 * What is closed becomes nothing more: an episode that was open on the day of the closing is written off that day, and
 * none begins after it. A closing before the first purchase counts with that purchase, so that nobody leaves the
 * customers that buy before having come. Each step goes into one cell a kind (everybody, the company, the rep, ...) and,
 * where it is of the account itself, into one a pair of kinds.
 */
#include "app/flow_count.h"

#include "app/heap.h"

enum { CLASSES = 'Z' + 1, SLOTS_LEAST = 1024, PAIR_KINDS = 5, PAIRS = PAIR_KINDS * (PAIR_KINDS - 1) / 2 };

/* The kinds that are kept by two; a city is too small for that. */
static const enum flow_by pair_kind[PAIR_KINDS] = {FLOW_COMPANY, FLOW_REP, FLOW_SEGMENT, FLOW_REGION, FLOW_ABC};

void flow_count_open(struct flow_count *count, struct day first, struct day as_of, size_t labels) {
    *count = (struct flow_count){.as_of = as_of, .labels = labels > CLASSES ? labels : CLASSES};
    if (!day_is(first))
        return;
    count->first = month_of(first);
    count->months = month_of(as_of) - count->first + 1;
    count->first_day = month_first(count->first).n;
    count->days = as_of.n - count->first_day + 1;
    count->month_of_day = heap_new((size_t)count->days, sizeof *count->month_of_day);
    for (int32_t i = 0; i < count->days; i++)
        count->month_of_day[i] = month_of((struct day){count->first_day + i}) - count->first;
    for (size_t by = 0; by < FLOW_BYS; by++)
        count->single[by] = heap_new(count->labels, sizeof *count->single[by]);
    count->slots = SLOTS_LEAST;
    count->slot = heap_new(count->slots, sizeof *count->slot);
}

void flow_count_clear(struct flow_count *count) {
    for (size_t i = 0; i < count->cells; i++)
        free(count->cell[i].figure);
    for (size_t by = 0; by < FLOW_BYS; by++)
        free(count->single[by]);
    free(count->cell);
    free(count->slot);
    free(count->month_of_day);
    *count = (struct flow_count){0};
}

static size_t width(const struct flow_count_cell *cell) {
    return cell->inside == FLOW_ALL ? FLOW_FIGURES : FLOW_PAIR_FIGURES;
}

static uint32_t cell_add(struct flow_count *count, const struct flow_count_cell *key) {
    count->cell = heap_grown(count->cell, &count->room, count->cells + 1, sizeof *count->cell);
    struct flow_count_cell *cell = &count->cell[count->cells++];
    *cell = *key;
    cell->figure = heap_new((size_t)count->months * width(cell), sizeof *cell->figure);
    return (uint32_t)count->cells;
}

static struct flow_count_cell *single_cell(struct flow_count *count, enum flow_by by, int64_t label) {
    uint32_t *place = &count->single[by][label];
    if (*place == 0)
        *place = cell_add(count, &(struct flow_count_cell){.by = by, .label = label});
    return &count->cell[*place - 1];
}

static size_t slot_of(const struct flow_count *count, const struct flow_count_cell *key) {
    uint64_t hash = (uint64_t)key->inside_label * UINT64_C(0x9E3779B97F4A7C15) + (uint64_t)key->label;
    hash = (hash ^ (hash >> 29)) * UINT64_C(0xBF58476D1CE4E5B9) + (uint64_t)key->inside * 8 + (uint64_t)key->by;
    return (size_t)((hash ^ (hash >> 32)) & (count->slots - 1));
}

static bool same_key(const struct flow_count_cell *a, const struct flow_count_cell *b) {
    return a->label == b->label && a->inside_label == b->inside_label && a->by == b->by && a->inside == b->inside;
}

static void slots_grow(struct flow_count *count) {
    free(count->slot);
    count->slots *= 2;
    count->slot = heap_new(count->slots, sizeof *count->slot);
    for (size_t i = 0; i < count->cells; i++) {
        if (count->cell[i].inside == FLOW_ALL)
            continue;
        size_t at = slot_of(count, &count->cell[i]);
        while (count->slot[at] != 0)
            at = (at + 1) & (count->slots - 1);
        count->slot[at] = (uint32_t)i + 1;
    }
}

static struct flow_count_cell *pair_cell(struct flow_count *count, const struct flow_count_cell *key) {
    size_t at = slot_of(count, key);
    while (count->slot[at] != 0 && !same_key(&count->cell[count->slot[at] - 1], key))
        at = (at + 1) & (count->slots - 1);
    if (count->slot[at] == 0) {
        uint32_t place = count->slot[at] = cell_add(count, key);
        if (2 * ++count->pairs > count->slots)
            slots_grow(count);
        return &count->cell[place - 1];
    }
    return &count->cell[count->slot[at] - 1];
}

/* One customer being counted: where its steps go. */
struct counting {
    struct flow_count *count;
    int64_t label[FLOW_BYS];
    int32_t *single[FLOW_BYS];
    int32_t *pair[PAIRS];
    int32_t sign;
};

static int32_t month_at(const struct flow_count *count, struct day day) {
    return count->month_of_day[day.n - count->first_day];
}

static void step_single(struct counting *c, struct day day, enum flow_figure figure) {
    size_t at = (size_t)month_at(c->count, day) * FLOW_FIGURES + (size_t)figure;
    for (size_t by = 0; by < FLOW_BYS; by++)
        c->single[by][at] += c->sign;
}

static void pairs_find(struct counting *c) {
    size_t n = 0;
    for (size_t i = 0; i < PAIR_KINDS; i++)
        for (size_t k = i + 1; k < PAIR_KINDS; k++) {
            const struct flow_count_cell key = {.inside = pair_kind[i],
                                                .by = pair_kind[k],
                                                .inside_label = c->label[pair_kind[i]],
                                                .label = c->label[pair_kind[k]]};
            c->pair[n++] = pair_cell(c->count, &key)->figure;
        }
}

static void step_pairs(struct counting *c, struct day day, enum flow_figure figure) {
    size_t at = (size_t)month_at(c->count, day) * FLOW_PAIR_FIGURES + (size_t)figure;
    for (size_t i = 0; i < PAIRS; i++)
        c->pair[i][at] += c->sign;
}

static void step(struct counting *c, struct day day, enum flow_figure figure) {
    step_single(c, day, figure);
    step_pairs(c, day, figure);
}

static void count_purchases(struct counting *c, const struct score_row *row) {
    struct day day = row->first;
    int32_t last_month = INT32_MIN;
    step_single(c, day, FLOW_NEW);
    for (int64_t i = 0; i < row->purchases; i++) {
        day.n += i > 0 ? row->gap_days[i - 1] : 0;
        int32_t month = month_at(c->count, day);
        if (month != last_month)
            step_single(c, day, FLOW_BOUGHT);
        last_month = month;
    }
}

static void count_episode(struct counting *c, const struct score_episode *e, struct day closed) {
    bool is_closed = day_is(closed);
    if (is_closed && e->began_on.n >= closed.n)
        return;
    step(c, e->began_on, FLOW_BECAME_INACTIVE);
    if (is_closed && (!day_is(e->ended_on) || e->ended_on.n > closed.n))
        step(c, closed, FLOW_WRITTEN_OFF);
    else if (day_is(e->ended_on))
        step(c, e->ended_on, FLOW_RECOVERED);
}

void flow_count_row(struct flow_count *count, const struct score_row *row, const struct score_episode *episode,
                    size_t episodes, int32_t sign) {
    if (count->months == 0)
        return;
    struct counting c = {.count = count, .sign = sign};
    struct day closed =
        day_is(row->flow.closed_on) && row->flow.closed_on.n <= count->as_of.n ? row->flow.closed_on : DAY_NONE;
    for (size_t by = FLOW_COMPANY; by < FLOW_ABC; by++)
        c.label[by] = row->flow.label[by];
    c.label[FLOW_ABC] = row->flow.abc;
    for (size_t by = 0; by < FLOW_BYS; by++)
        (void)single_cell(count, (enum flow_by)by, c.label[by]);
    for (size_t by = 0; by < FLOW_BYS; by++)
        c.single[by] = single_cell(count, (enum flow_by)by, c.label[by])->figure;
    if (row->purchases == 0) {
        step_single(&c, count->as_of, FLOW_PROSPECTS);
        return;
    }
    count_purchases(&c, row);
    if (day_is(closed))
        step_single(&c, closed.n < row->first.n ? row->first : closed, FLOW_CLOSED);
    if (episodes > 0)
        pairs_find(&c);
    for (size_t i = 0; i < episodes; i++)
        count_episode(&c, &episode[i], closed);
}

static int by_key(const void *a, const void *b) {
    const struct flow_count_cell *x = a, *y = b;
    int order = (x->inside > y->inside) - (x->inside < y->inside);
    order = order ? order : (x->by > y->by) - (x->by < y->by);
    order = order ? order : (x->inside_label > y->inside_label) - (x->inside_label < y->inside_label);
    return order ? order : (x->label > y->label) - (x->label < y->label);
}

static bool cell_visit(struct cx *cx, const struct flow_count *count, const struct flow_count_cell *from,
                       flow_visit *visit, void *owner) {
    struct flow_cell cell = {
        .by = from->by, .inside = from->inside, .label = from->label, .inside_label = from->inside_label};
    for (int32_t month = 0; month < count->months; month++) {
        const int32_t *figure = &from->figure[(size_t)month * width(from)];
        bool any = false;
        cell.month = count->first + month;
        for (size_t i = 0; i < width(from); i++) {
            cell.figure[i] = figure[i];
            any = any || figure[i] != 0;
        }
        if (any && !visit(cx, owner, &cell))
            return false;
    }
    return true;
}

/* The places of cells change: nothing is counted any more after this. */
bool flow_count_each(struct cx *cx, struct flow_count *count, flow_visit *visit, void *owner) {
    if (count->cells > 0)
        qsort(count->cell, count->cells, sizeof *count->cell, by_key);
    for (size_t i = 0; i < count->cells; i++)
        if (!cell_visit(cx, count, &count->cell[i], visit, owner))
            return false;
    return true;
}
