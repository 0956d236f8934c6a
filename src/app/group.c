// SPDX-License-Identifier: Apache-2.0
/* group.c -- a place for each label met, found by label id. */
#include "app/group.h"

#include <stdlib.h>

#include "app/score_change.h"

static const enum label_kind kind_of[] = {
    [FLOW_COMPANY] = LABEL_COMPANY, [FLOW_REP] = LABEL_REP,   [FLOW_SEGMENT] = LABEL_SEGMENT,
    [FLOW_REGION] = LABEL_REGION,   [FLOW_CITY] = LABEL_CITY, [FLOW_ABC] = LABEL_KIND_END};

bool groups_open(struct cx *cx, struct db *db, enum flow_by by, struct groups *out) {
    *out = (struct groups){.by = by};
    if (!score_label_codes(cx, db, &out->code, &out->codes)) {
        return false;
    }
    size_t labels = out->codes > 'Z' ? out->codes : 'Z' + 1;
    out->place = arena_new(cx->arena, int32_t, labels);
    return true;
}

size_t groups_place(struct cx *cx, struct groups *groups, const struct score_scan *row) {
    int64_t label = groups->by == FLOW_ALL ? 0 : groups->by == FLOW_ABC ? row->abc : row->label[kind_of[groups->by]];
    if (groups->place[label] == 0) {
        if (groups->n == groups->room) {
            size_t room = groups->room ? 2 * groups->room : 16;
            groups->group = arena_grow(cx->arena, groups->group, groups->room, room, sizeof *groups->group);
            groups->room = room;
        }
        struct str name = {0};
        if (groups->by == FLOW_ABC && label != 0) {
            name = cx_text(cx, "%c", (char)label);
        } else if (groups->by != FLOW_ABC && groups->by != FLOW_ALL) {
            name = groups->code[label];
        }
        groups->group[groups->n] = (struct group){label, name};
        groups->place[label] = (int32_t)++groups->n;
    }
    return (size_t)groups->place[label] - 1;
}

static int by_name(const void *a, const void *b, void *owner) {
    const size_t *x = a, *y = b;
    const struct group *group = owner;
    return str_compare(group[*x].name, group[*y].name);
}

size_t *groups_by_name(struct cx *cx, const struct groups *groups) {
    size_t *order = arena_new(cx->arena, size_t, groups->n + 1);
    for (size_t i = 0; i < groups->n; i++) {
        order[i] = i;
    }
    if (groups->n > 0) {
        qsort_r(order, groups->n, sizeof *order, by_name, groups->group);
    }
    return order;
}
