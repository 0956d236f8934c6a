// SPDX-License-Identifier: Apache-2.0
/* list -- see list.h. It must not know how a list is shown, nor how the database finds it. */
#include "app/list.h"

#include "app/forecasting.h"
#include "base/pack.h"
#include "stats/stat.h"
#include "store/picture.h"

/* What a list says of what foretells. */
struct foretelling {
    enum forecast_method method;
    struct day learnt_on;
};

static bool foretelling_find(struct cx *cx, struct db *db, struct foretelling *out) {
    struct picture_ask ask;
    struct str known;
    struct forecast_kept forecast;
    bool found;
    if (!picture_find(cx, db, S("foretelling"), &ask, &found, &known))
        return false;
    if (found && pack_bytes_take(&known, out, sizeof *out))
        return true;
    if (!forecast_find(cx, db, &found, &forecast))
        return false;
    *out = (struct foretelling){forecast.method, forecast.learnt_on};
    picture_keep(db, &ask, (struct str){(const char *)out, sizeof *out});
    return true;
}

/* A script that asks for a rep without customers gets an empty list, a person who mistyped one is told. */
static bool codes_doubted(struct cx *cx, struct db *db, const struct list_request *request, struct list_answer *out) {
    /* Who sees one portfolio alone is not told what others hold. */
    if (request->filter.only_rep.n > 0 || list_codes_known(cx, db, &request->filter))
        return true;
    if (cx->err.code != ERR_NOT_FOUND)
        return false;
    out->doubt = cx->err;
    cx_clear(cx);
    return true;
}

bool list_foretells(struct cx *cx, struct db *db, bool *out) {
    struct str asked;
    if (!db_read(cx, db))
        return false;
    bool done = forecasting_asked(cx, db, &asked);
    db_rollback(db);
    *out = done && !str_equal(asked, S("none"));
    return done;
}

struct list_from list_place(struct arena *arena, enum column column, const struct customer *customer) {
    return list_from_customer(arena, column, customer);
}

void list_keep(struct arena *arena, const struct customer *c, struct customer *out) {
    struct str *text[] = {&out->code,  &out->name,    &out->tax_id,         &out->company,
                          &out->rep,   &out->segment, &out->region,         &out->city,
                          &out->phone, &out->email,   &out->last_objection, &out->rule};
    *out = *c;
    for (size_t i = 0; i < sizeof text / sizeof *text; i++)
        *text[i] = str_copy(arena, *text[i]);
    out->gap_days = NULL;
    if (c->purchases > 1 && c->gap_days != NULL) {
        int32_t *gaps = arena_new(arena, int32_t, (size_t)c->purchases - 1);
        for (int64_t i = 0; i < c->purchases - 1; i++)
            gaps[i] = c->gap_days[i];
        out->gap_days = gaps;
    }
}

bool list_customers(struct cx *cx, struct db *db, const struct list_request *request, list_visit *visit, void *owner,
                    struct list_answer *out) {
    struct score_run run;
    struct score_need need = {.as_of = request->as_of, .forecast = true};
    *out = (struct list_answer){0};
    struct foretelling foretelling;
    bool done = score_for(cx, db, &need, &out->temporary, &run) && codes_doubted(cx, db, request, out) &&
                foretelling_find(cx, db, &foretelling) &&
                list_page(cx, db, &run, &request->filter, request->order, &request->from, request->limit, visit, owner,
                          request->totals ? &out->totals : NULL) &&
                (request->after == NULL || request->after(cx, db, owner));
    db_rollback(db);
    if (done) {
        out->foretold = foretelling.method;
        out->learnt_on = foretelling.learnt_on;
    }
    return done;
}

bool list_found(struct cx *cx, struct db *db, const struct list_request *request, int64_t **id, size_t *n) {
    struct score_run run;
    struct score_need need = {.as_of = request->as_of, .forecast = true};
    bool done = score_for(cx, db, &need, NULL, &run) && list_ids(cx, db, &run, &request->filter, id, n);
    db_rollback(db);
    return done;
}
