// SPDX-License-Identifier: Apache-2.0
/* today -- see today.h. Must not write: looking at the first page changes nothing. */
#include "app/today.h"

#include "app/list.h"
#include "app/workdays.h"

struct day today_since(const struct workdays *workdays, struct day as_of) {
    return (struct day){workdays_before(workdays, as_of).n + 1};
}

bool today_since_read(struct cx *cx, struct db *db, struct day as_of, struct day *out) {
    struct workdays workdays;
    if (!workdays_read(cx, db, &workdays))
        return false;
    *out = today_since(&workdays, as_of);
    return true;
}

bool today_own(struct cx *cx, struct db *db, int64_t user_id, struct day day, int64_t due_most, int64_t memo_most,
               struct desk_own *out, struct workdays *workdays) {
    bool done = db_read(cx, db) && desk_own_read(cx, db, user_id, day, due_most, memo_most, out);
    db_rollback(db);
    if (done)
        workdays_of(cx, &out->worked, workdays);
    return done;
}

struct taking {
    struct customer *customer;
    size_t n;
};

static bool take(struct cx *cx, void *owner, const struct customer *c) {
    struct taking *t = owner;
    list_keep(cx->arena, c, &t->customer[t->n++]);
    return true;
}

static bool late(struct cx *cx, struct db *db, const struct today_wish *wish, const struct score_run *run,
                 struct day from, struct day to, size_t most, struct customer **out, size_t *n) {
    struct list_filter filter = list_filter_any();
    struct taking taking = {.customer = arena_new(cx->arena, struct customer, most + 1)};
    const struct list_order order = {.column = COLUMN_VALUE_12M, .descending = true};
    filter.statuses = 1u << STATUS_AT_RISK;
    filter.due_from = from;
    filter.due_to = to;
    if (wish->rep.n > 0)
        filter.rep = (struct list_codes){.code = {wish->rep}, .n = 1};
    if (most > 0 && !list_each(cx, db, run, &filter, order, (int64_t)most, take, &taking))
        return false;
    *out = taking.customer;
    *n = taking.n;
    return true;
}

static void own_volume(const struct today_wish *wish, struct today_answer *out) {
    if (wish->rep.n == 0)
        return;
    out->total = (struct volume){0};
    for (size_t i = 0; i < out->volumes; i++)
        if (str_equal(out->volume[i].code, wish->rep))
            out->total = out->volume[i];
    out->volumes = 0;
}

bool today_look(struct cx *cx, struct db *db, const struct today_wish *wish, struct today_answer *out) {
    struct day since = today_since(&wish->workdays, wish->as_of);
    const struct score_need need = {.as_of = wish->as_of, .forecast = true};
    *out = (struct today_answer){.crossed_from = since};
    bool done =
        score_for(cx, db, &need, NULL, &out->run) &&
        late(cx, db, wish, &out->run, since, wish->as_of, wish->crossed, &out->crossed, &out->crosseds) &&
        late(cx, db, wish, &out->run, DAY_NONE, (struct day){since.n - 1}, wish->first, &out->first, &out->firsts) &&
        volume_by_rep(cx, db, since, wish->as_of, &out->volume, &out->volumes, &out->total);
    db_rollback(db);
    if (done)
        own_volume(wish, out);
    return done;
}
