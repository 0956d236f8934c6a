// SPDX-License-Identifier: Apache-2.0
/* flow.c -- the kept sums of each month, one after another, as an account.
 *
 * Invariant: closing = opening + became inactive - recovered - written off, because closing is computed so and from
 * nothing else; that it equals today's inactive and lost customers is what the tests hold.
 */
#include "app/flow.h"

#include "app/score.h"
#include "app/score_change.h"
#include "store/label.h"

struct group {
    int64_t label;
    struct str name;
    struct flow_row *row; /* by month */
    bool anybody;
};

struct months {
    struct cx *cx;
    enum flow_by by;
    struct str *code; /* of labels, by id */
    size_t codes;
    int32_t first, n;
    struct group *group;
    size_t groups, room;
};

static struct group *group_add(struct months *m, int64_t label) {
    if (m->groups == m->room) {
        size_t room = m->room > 0 ? 2 * m->room : 16;
        m->group = arena_grow(m->cx->arena, m->group, m->room, room, sizeof *m->group);
        m->room = room;
    }
    struct group *group = &m->group[m->groups++];
    *group = (struct group){.label = label, .row = arena_new(m->cx->arena, struct flow_row, (size_t)m->n)};
    if (m->by == FLOW_ABC && label != 0) {
        group->name = cx_text(m->cx, "%c", (char)label);
    } else if (m->by != FLOW_ABC && (size_t)label < m->codes) {
        group->name = m->code[label];
    }
    return group;
}

/* Cells come by label. A group whose last customer has gone still has its months, all of nothing. */
static bool cell_take(struct cx *cx, void *owner, const struct flow_cell *cell) {
    struct months *m = owner;
    struct group *group = m->groups > 0 ? &m->group[m->groups - 1] : NULL;
    (void)cx;
    if (cell->month < m->first || cell->month >= m->first + m->n) {
        return true;
    }
    if (group == NULL || group->label != cell->label) {
        group = group_add(m, cell->label);
    }
    struct flow_row *row = &group->row[cell->month - m->first];
    row->became_inactive = cell->figure[FLOW_BECAME_INACTIVE];
    row->recovered = cell->figure[FLOW_RECOVERED];
    row->written_off = cell->figure[FLOW_WRITTEN_OFF];
    row->bought = cell->figure[FLOW_BOUGHT];
    row->new_customers = cell->figure[FLOW_NEW];
    row->closed = cell->figure[FLOW_CLOSED];
    for (int i = 0; i < FLOW_FIGURES; i++) {
        group->anybody = group->anybody || cell->figure[i] != 0;
    }
    return true;
}

/* Its months as they stand without what is known of some of its customers, who are groups of their own. */
static void reason_part(struct months *m, const struct flow_reason *reason, struct flow_row *rest,
                        struct group *group) {
    int32_t at = month_of(reason->day) - m->first;
    if (at < 0 || at >= m->n)
        return;
    struct flow_row *row = &group->row[at];
    row->became_inactive += reason->figure[FLOW_BECAME_INACTIVE];
    row->recovered += reason->figure[FLOW_RECOVERED];
    row->written_off += reason->figure[FLOW_WRITTEN_OFF];
    rest[at].became_inactive -= reason->figure[FLOW_BECAME_INACTIVE];
    rest[at].recovered -= reason->figure[FLOW_RECOVERED];
    rest[at].written_off -= reason->figure[FLOW_WRITTEN_OFF];
    group->anybody = true;
}

/* A group for each reason that was said, and one for the rest of the account: so that they add up to it by construction. */
static bool reasons_make(struct cx *cx, struct db *db, const struct flow_wish *wish, struct months *m) {
    struct flow_reason *reason;
    size_t n;
    if (!flow_each(cx, db, FLOW_ALL, wish->inside, wish->inside_label, cell_take, m) ||
        !flow_reasons(cx, db, wish->as_of, wish->inside, wish->inside_label, &reason, &n))
        return false;
    if (m->groups == 0)
        (void)group_add(m, 0);
    struct flow_row *rest = m->group[0].row;
    for (size_t i = 0; i < n; i++) {
        if (i == 0 || reason[i].reason_id != reason[i - 1].reason_id)
            group_add(m, reason[i].reason_id)->name = reason[i].name;
        reason_part(m, &reason[i], rest, &m->group[m->groups - 1]);
    }
    m->group[0].anybody = false;
    for (int32_t i = 0; i < m->n; i++) {
        rest[i].bought = rest[i].new_customers = rest[i].closed = 0;
        if (rest[i].became_inactive != 0 || rest[i].recovered != 0 || rest[i].written_off != 0)
            m->group[0].anybody = true;
    }
    return true;
}

static int by_name(const void *a, const void *b) {
    const struct group *x = a, *y = b;
    return str_compare(x->name, y->name);
}

static void add_up(struct cx *cx, struct months *m, struct flow_row **out, size_t *n) {
    if (m->groups > 0) {
        qsort(m->group, m->groups, sizeof *m->group, by_name);
    }
    *out = arena_new(cx->arena, struct flow_row, m->groups * (size_t)m->n + 1);
    *n = 0;
    for (size_t g = 0; g < m->groups; g++) {
        int64_t open = 0, closed = 0, known = 0;
        for (int32_t i = 0; i < m->n && m->group[g].anybody; i++) {
            struct flow_row *row = &(*out)[(*n)++];
            *row = m->group[g].row[i];
            row->group = m->group[g].name;
            row->month = m->first + i;
            row->opening = open;
            open += row->became_inactive - row->recovered - row->written_off;
            row->closing = open;
            row->closed = closed += row->closed;
            row->known = known += row->new_customers;
            if (m->by == FLOW_REASON)
                row->bought = row->new_customers = STAT_NONE;
        }
    }
}

bool flow_make(struct cx *cx, struct db *db, const struct flow_wish *wish, struct flow_row **out, size_t *n) {
    struct months m = {.cx = cx, .by = wish->by};
    bool found = false;
    *out = NULL;
    *n = 0;
    if (!flow_first_month(cx, db, &found, &m.first)) {
        return false;
    }
    if (!found) {
        return true;
    }
    m.n = month_of(wish->as_of) - m.first + 1;
    bool made = wish->by == FLOW_REASON
                    ? reasons_make(cx, db, wish, &m)
                    : score_label_codes(cx, db, &m.code, &m.codes) &&
                          flow_each(cx, db, wish->by, wish->inside, wish->inside_label, cell_take, &m);
    if (!made)
        return false;
    add_up(cx, &m, out, n);
    return true;
}

static const char *const by_name_of[FLOW_ASKED_BYS] = {
    [FLOW_ALL] = "",          [FLOW_COMPANY] = "company", [FLOW_REP] = "rep", [FLOW_SEGMENT] = "segment",
    [FLOW_REGION] = "region", [FLOW_CITY] = "city",       [FLOW_ABC] = "abc", [FLOW_REASON] = "reason"};

const char *flow_by_name(enum flow_by by) {
    return by_name_of[by];
}

bool flow_by_parse(struct str name, enum flow_by *out) {
    for (size_t by = 0; by < FLOW_ASKED_BYS; by++) {
        if (str_equal(name, str_from(by_name_of[by]))) {
            *out = (enum flow_by)by;
            return true;
        }
    }
    return false;
}

static bool inside_find(struct cx *cx, struct db *db, struct str code, struct flow_wish *wish) {
    bool class = wish->inside == FLOW_ABC;
    if (wish->inside == FLOW_ALL) {
        return true;
    }
    wish->inside_label = class && code.n == 1 && code.p[0] >= 'A' && code.p[0] <= 'C' ? code.p[0] : -1;
    if (!class && !label_find(cx, db, (enum label_kind)wish->inside, code, &wish->inside_label)) {
        return false;
    }
    return wish->inside_label >= 0 || cx_fail(cx, ERR_NOT_FOUND, S("flow.no_group"), code);
}

bool flow_look(struct cx *cx, struct db *db, const struct flow_wish *wish, struct str inside_code,
               struct flow_row **out, size_t *n) {
    const struct score_need need = {.as_of = wish->as_of};
    struct flow_wish found = *wish;
    struct score_run run;
    bool done = score_for(cx, db, &need, NULL, &run) && inside_find(cx, db, inside_code, &found) &&
                flow_make(cx, db, &found, out, n);
    db_rollback(db);
    return done;
}
