// SPDX-License-Identifier: Apache-2.0
/* flow.c -- one pass over the customers, one over the episodes, then the months are added up.
 *
 * Invariant: closing = opening + became inactive - recovered - written off, because closing is computed so and from
 * nothing else; that it equals today's inactive and lost customers is what the tests hold.
 */
#include "app/flow.h"

#include "app/group.h"
#include "app/heap.h"

struct months {
    struct groups groups;
    struct flow_row *row; /* groups x months */
    size_t rows;          /* of which there is room */
    int32_t first, n;     /* months */
    struct day as_of;
    struct {
        size_t group;
        struct day closed;
    } * of; /* by customer id */
    size_t ids;
};

static struct flow_row *row_at(struct months *m, size_t group, struct day day) {
    return &m->row[group * (size_t)m->n + (size_t)(month_of(day) - m->first)];
}

static bool first_take(struct cx *cx, void *owner, const struct score_scan *row) {
    (void)cx;
    struct day *first = owner;
    if (row->purchases > 0 && (!day_is(*first) || row->first.n < first->n)) {
        *first = row->first;
    }
    return true;
}

static bool customer_take(struct cx *cx, void *owner, const struct score_scan *row) {
    struct months *m = owner;
    size_t group = groups_place(cx, &m->groups, row);
    size_t id = (size_t)row->customer_id;
    m->row = heap_grown_zeroed(m->row, &m->rows, (group + 1) * (size_t)m->n, sizeof *m->row);
    m->of = heap_grown_zeroed(m->of, &m->ids, id + 1, sizeof *m->of);
    m->of[id].group = group;
    m->of[id].closed = row->closed_on;
    struct day day = row->first;
    int32_t last_month = INT32_MIN;
    for (int64_t i = 0; i < row->purchases; i++) {
        if (i > 0) {
            day.n += row->gap_days[i - 1];
        }
        struct flow_row *at = row_at(m, group, day);
        at->new_customers += i == 0;
        at->bought += month_of(day) != last_month;
        last_month = month_of(day);
    }
    return true;
}

/* What is closed becomes nothing more; what was inactive then is written off that day. */
static bool episode_take(struct cx *cx, void *owner, const struct score_episode *e) {
    (void)cx;
    struct months *m = owner;
    size_t group = m->of[e->customer_id].group;
    struct day closed = m->of[e->customer_id].closed;
    bool is_closed = day_is(closed) && closed.n <= m->as_of.n;
    if (is_closed && e->began_on.n >= closed.n) {
        return true;
    }
    row_at(m, group, e->began_on)->became_inactive++;
    if (is_closed && (!day_is(e->ended_on) || e->ended_on.n > closed.n)) {
        row_at(m, group, closed)->written_off++;
    } else if (day_is(e->ended_on)) {
        row_at(m, group, e->ended_on)->recovered++;
    }
    return true;
}

static void add_up(struct cx *cx, struct months *m, struct flow_row **out, size_t *n) {
    size_t *order = groups_by_name(cx, &m->groups);
    *n = m->groups.n * (size_t)m->n;
    *out = arena_new(cx->arena, struct flow_row, *n + 1);
    size_t at = 0;
    for (size_t g = 0; g < m->groups.n; g++) {
        int64_t open = 0;
        for (int32_t i = 0; i < m->n; i++) {
            struct flow_row *row = &(*out)[at++];
            *row = m->row[order[g] * (size_t)m->n + (size_t)i];
            row->group = m->groups.group[order[g]].name;
            row->month = m->first + i;
            row->opening = open;
            open += row->became_inactive - row->recovered - row->written_off;
            row->closing = open;
        }
    }
}

bool flow_make(struct cx *cx, struct db *db, struct day as_of, enum flow_by by, struct flow_row **out, size_t *n) {
    struct months m = {.as_of = as_of};
    struct day first = DAY_NONE;
    *out = NULL;
    *n = 0;
    if (!groups_open(cx, db, by, &m.groups) || !score_scan_each(cx, db, first_take, &first)) {
        return false;
    }
    if (!day_is(first)) {
        return true;
    }
    m.first = month_of(first);
    m.n = month_of(as_of) - m.first + 1;
    bool ok = score_scan_each(cx, db, customer_take, &m) && score_episode_each(cx, db, 0, episode_take, &m);
    if (ok) {
        add_up(cx, &m, out, n);
    }
    free(m.row);
    free(m.of);
    return ok;
}
