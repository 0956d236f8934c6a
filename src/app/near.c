// SPDX-License-Identifier: Apache-2.0
/* near -- see near.h. Must not know how it is shown. Invariant: every customer in it is of the portfolio that was asked for.
 */
#include "app/near.h"

#include "app/reach.h"
#include "core/place.h"
#include "store/customer.h"

struct filling {
    struct str code;
    struct near *near;
};

static bool take(struct cx *cx, void *owner, const struct customer *c) {
    struct filling *f = owner;
    struct near *near = f->near;
    struct place place = {0};
    if (str_equal(c->code, f->code) || near->n == NEAR_MOST ||
        !place_of(cx->arena, c->place, c->city, c->region, &place))
        return true;
    near->customer[near->n++] =
        (struct near_customer){.id = c->id.v,
                               .code = str_copy(cx->arena, c->code),
                               .name = str_copy(cx->arena, c->name.n > 0 ? c->name : c->code),
                               .city = str_copy(cx->arena, c->city),
                               .phone = str_copy(cx->arena, c->phone),
                               .status = c->status,
                               .last_purchase = c->last_purchase,
                               .recency_days = c->recency_days,
                               .metres = place_metres(near->lat_e5, near->lon_e5, place.lat_e5, place.lon_e5),
                               .lat_e5 = place.lat_e5,
                               .lon_e5 = place.lon_e5};
    return true;
}

/* Where the one in the middle is. */
static bool middle_find(struct cx *cx, struct db *db, struct str code, struct str rep, struct near *out) {
    struct customer_where where;
    struct place place;
    bool found = false;
    if (!db_read(cx, db))
        return false;
    bool good = customer_where(cx, db, code, rep, &found, &where);
    db_rollback(db);
    if (!good)
        return false;
    if (!found)
        return cx_fail(cx, ERR_NOT_FOUND, S("scope.no_customer"), code);
    *out = (struct near){.name = where.name.n > 0 ? where.name : code, .city = where.city};
    out->placed = place_of(cx->arena, where.place, where.city, where.region, &place);
    if (out->placed) {
        out->lat_e5 = place.lat_e5;
        out->lon_e5 = place.lon_e5;
    }
    return true;
}

bool near_make(struct cx *cx, struct db *db, struct day as_of, struct str code, struct str rep, int64_t metres,
               struct near *out) {
    if (!middle_find(cx, db, code, rep, out))
        return false;
    if (!out->placed)
        return true;
    struct list_request request = {.filter = list_filter_any(),
                                   .order = {COLUMN_CODE, false},
                                   .limit = NEAR_MOST + 1,
                                   .as_of = as_of,
                                   .totals = true};
    request.filter.only_rep = rep;
    request.filter.near = (struct list_near){true, out->lat_e5, out->lon_e5, metres};
    struct filling filling = {code, out};
    struct list_answer answer;
    if (!list_customers(cx, db, &request, take, &filling, &answer))
        return false;
    out->all = answer.totals.customers > 0 ? answer.totals.customers - 1 : 0;
    struct reach_phone *phone = arena_new(cx->arena, struct reach_phone, out->n + 1);
    for (size_t i = 0; i < out->n; i++)
        phone[i] = (struct reach_phone){out->customer[i].id, &out->customer[i].phone};
    return reach_calls(cx, db, phone, out->n, as_of);
}
