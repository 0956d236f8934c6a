// SPDX-License-Identifier: Apache-2.0
/* group -- customers by company, rep, segment, region, city or class, for answers that are given "by" something. */
#ifndef REATIVA_APP_GROUP_H
#define REATIVA_APP_GROUP_H

#include "app/flow.h"
#include "store/label.h"
#include "store/score.h"

struct group {
    int64_t label; /* label id, or the letter of the class; 0: none, or everybody */
    struct str name;
};

struct groups {
    enum flow_by by;
    struct group *group; /* in the arena */
    size_t n, room;
    struct str *code; /* of labels, by id */
    size_t codes;
    int32_t *place; /* by label id: 1 + place in group, 0: not met */
};

bool groups_open(struct cx *cx, struct db *db, enum flow_by by, struct groups *out);
/* groups_place -- the place of this customer's group, added when met for the first time. */
size_t groups_place(struct cx *cx, struct groups *groups, const struct score_scan *row);
/* groups_by_name -- places in the order of names, "none" first. O(n log n). */
size_t *groups_by_name(struct cx *cx, const struct groups *groups);

#endif
