// SPDX-License-Identifier: Apache-2.0
/* digest -- see the header. Must not write. Invariant: all but the week before is of one picture, so that the figures of a message fit
 * each other.
 */
#include "app/digest.h"

#include <stdlib.h>

#include "app/reach.h"
#include "app/score.h"
#include "app/sheet.h"
#include "app/today.h"
#include "base/text.h"
#include "format/chart.h"
#include "store/product.h"

/* ---- the customers in full ---- */

static int by_id(const void *a, const void *b) {
    int64_t x = ((const struct digest_customer *)a)->customer->id.v,
            y = ((const struct digest_customer *)b)->customer->id.v;
    return (x > y) - (x < y);
}

static bool usual_fill(struct cx *cx, struct db *db, struct day as_of, struct digest_customer *c) {
    struct bought *bought;
    size_t n;
    if (!product_bought(cx, db, c->customer->id.v, as_of, &bought, &n))
        return false;
    for (size_t i = 0; i < n && c->usuals < DIGEST_USUAL; i++)
        if (!sheet_stopped(&bought[i], c->customer))
            c->usual[c->usuals++] = bought[i].name.n > 0 ? bought[i].name : bought[i].code;
    return true;
}

static bool reach_fill(struct cx *cx, struct db *db, struct digest *d) {
    int64_t *id = arena_new(cx->arena, int64_t, d->customers + 1);
    struct reach *reach = arena_new(cx->arena, struct reach, d->customers + 1);
    for (size_t i = 0; i < d->customers; i++)
        id[i] = d->customer[i].customer->id.v;
    if (!reach_look(cx, db, id, d->customers, d->as_of, reach))
        return false;
    for (size_t i = 0; i < d->customers; i++) {
        struct digest_customer *c = &d->customer[i];
        const struct reach_way *own = reach_of(&reach[i], 0);
        c->barred = c->customer->phone.n > 0 && (reach[i].none || (own != NULL && own->by[REACH_CALL].barred));
        c->phone = c->barred ? (struct str){0} : c->customer->phone;
    }
    return true;
}

/* Two people may be told of the same one. */
static bool customers_fill(struct cx *cx, struct db *db, const struct digest_wish *wish, struct digest *d) {
    struct digest_customer *all = arena_new(cx->arena, struct digest_customer, wish->n + 1);
    for (size_t i = 0; i < wish->n; i++)
        all[i].customer = wish->customer[i];
    if (wish->n > 0)
        qsort(all, wish->n, sizeof *all, by_id);
    d->customer = all;
    for (size_t i = 0; i < wish->n; i++)
        if (i == 0 || by_id(&all[i], &all[d->customers - 1]) != 0)
            all[d->customers++] = all[i];
    for (size_t i = 0; i < d->customers; i++)
        if (!usual_fill(cx, db, d->as_of, &all[i]))
            return false;
    return reach_fill(cx, db, d);
}

const struct digest_customer *digest_customer(const struct digest *digest, int64_t id) {
    const struct customer wanted_customer = {.id = {id}};
    const struct digest_customer wanted = {.customer = &wanted_customer};
    return digest->customers == 0 ? NULL : bsearch(&wanted, digest->customer, digest->customers, sizeof wanted, by_id);
}

/* ---- portfolios ---- */

struct summing {
    struct digest *digest;
    size_t room;
};

static struct digest_rep *rep_of(struct cx *cx, struct summing *s, int64_t id, struct str code) {
    struct digest *d = s->digest;
    for (size_t i = 0; i < d->reps; i++)
        if (d->rep[i].now.id == id)
            return &d->rep[i];
    if (d->reps == s->room) {
        size_t room = s->room > 0 ? 2 * s->room : 32;
        d->rep = arena_grow(cx->arena, d->rep, s->room, room, sizeof *d->rep);
        s->room = room;
    }
    d->rep[d->reps] = (struct digest_rep){.code = code, .now = {.id = id, .code = code}};
    return &d->rep[d->reps++];
}

static bool sums_take(struct cx *cx, void *owner, const struct team_sums *sums) {
    struct summing *s = owner;
    (void)cx;
    for (size_t i = 0; i < s->digest->reps; i++)
        if (s->digest->rep[i].now.id == sums->rep_id)
            s->digest->rep[i].recovered += sums->recovered;
    return true;
}

static int by_code(const void *a, const void *b) {
    const struct digest_rep *x = a, *y = b;
    return (x->code.n == 0) != (y->code.n == 0) ? (x->code.n == 0 ? 1 : -1) : str_compare(x->code, y->code);
}

static void people_fill(struct cx *cx, const struct team_person *person, size_t n, struct digest *d) {
    for (size_t i = 0; i < n; i++)
        for (size_t r = 0; r < d->reps && !person[i].retired; r++) {
            struct digest_rep *rep = &d->rep[r];
            struct str name = person[i].name.n > 0 ? person[i].name : person[i].login;
            if (rep->now.id == person[i].rep_id && rep->now.id > 0)
                rep->people =
                    rep->people.n == 0 ? name : cx_text(cx, "%.*s, %.*s", STR_ARG(rep->people), STR_ARG(name));
        }
}

/* before[n]: a week ago. Who has customers now or had some then has a row. */
static bool reps_fill(struct cx *cx, struct db *db, const struct volume *before, size_t n, struct digest *d) {
    struct summing s = {.digest = d};
    struct team_person *person;
    size_t persons;
    for (size_t i = 0; i < d->volumes; i++) {
        struct digest_rep *rep = rep_of(cx, &s, d->volume[i].id, d->volume[i].code);
        rep->now = d->volume[i];
        rep->contacted = rep->now.at_risk - rep->now.not_contacted;
    }
    for (size_t i = 0; i < n; i++) {
        struct digest_rep *rep = rep_of(cx, &s, before[i].id, before[i].code);
        rep->at_risk_before = before[i].at_risk;
        rep->inactive_before = before[i].inactive;
    }
    if (!team_sums_each(cx, db, d->week_from, d->week_from, d->as_of, sums_take, &s) ||
        !team_people(cx, db, d->week_from, d->as_of, &person, &persons))
        return false;
    people_fill(cx, person, persons, d);
    if (d->reps > 0)
        qsort(d->rep, d->reps, sizeof *d->rep, by_code);
    return true;
}

/* As the policy and the facts of today answer for a week ago, so that a change is the customers' and not the books'. */
static bool before_look(struct cx *cx, struct db *db, struct day day, struct volume **out, size_t *n) {
    const struct score_need need = {.as_of = day};
    struct score_run run;
    struct volume total;
    bool done = score_for(cx, db, &need, NULL, &run) && volume_by_rep(cx, db, day, day, out, n, &total);
    db_rollback(db);
    return done;
}

bool digest_open(struct cx *cx, struct db *db, const struct digest_wish *wish, struct digest *out) {
    const struct score_need need = {.as_of = wish->as_of};
    const struct flow_wish flow = {.as_of = wish->as_of, .by = FLOW_REP};
    struct volume *before = NULL;
    size_t befores = 0;
    *out = (struct digest){.as_of = wish->as_of, .week_from = {wish->as_of.n - DIGEST_WEEK + 1}};
    if (wish->teams && !before_look(cx, db, (struct day){wish->as_of.n - DIGEST_WEEK}, &before, &befores))
        return false;
    bool done = score_for(cx, db, &need, NULL, &out->run) && today_since_read(cx, db, wish->as_of, &out->since) &&
                customers_fill(cx, db, wish, out) &&
                volume_by_rep(cx, db, out->since, wish->as_of, &out->volume, &out->volumes, &out->total) &&
                flow_make(cx, db, &flow, &out->month, &out->months) &&
                (!wish->teams || reps_fill(cx, db, before, befores, out));
    db_rollback(db);
    return done;
}

struct volume digest_volume(const struct digest *digest, struct str rep) {
    for (size_t i = 0; i < digest->volumes; i++)
        if (rep.n > 0 && str_equal(digest->volume[i].code, rep))
            return digest->volume[i];
    return (struct volume){.middle_days = STAT_NONE, .longest_days = STAT_NONE};
}

/* ---- what several portfolios are together ---- */

static bool among(struct str code, const struct str *rep, size_t n) {
    bool found = n == 0;
    for (size_t i = 0; i < n && !found; i++)
        found = str_equal(code, rep[i]);
    return found;
}

size_t digest_months(const struct digest *digest, const struct str *rep, size_t n,
                     struct digest_month out[DIGEST_MONTHS]) {
    int32_t last = month_of(digest->as_of), first = last - DIGEST_MONTHS + 1, seen = INT32_MAX;
    for (int i = 0; i < DIGEST_MONTHS; i++)
        out[i] = (struct digest_month){.month = first + i};
    for (size_t i = 0; i < digest->months; i++) {
        const struct flow_row *row = &digest->month[i];
        seen = row->month < seen ? row->month : seen;
        if (row->month < first || row->month > last || !among(row->group, rep, n))
            continue;
        out[row->month - first].became_inactive += row->became_inactive;
        out[row->month - first].recovered += row->recovered;
    }
    int32_t skip = seen == INT32_MAX ? DIGEST_MONTHS : seen > first ? seen - first : 0;
    for (int i = 0; i + skip < DIGEST_MONTHS; i++)
        out[i] = out[i + skip];
    return (size_t)(DIGEST_MONTHS - skip);
}

bool digest_chart(struct cx *cx, enum lang lang, const struct digest_month *month, size_t n, struct str *out) {
    struct chart_bar bar[DIGEST_MONTHS];
    for (size_t i = 0; i < n; i++)
        bar[i] = (struct chart_bar){text_month(cx->arena, lang, month[i].month), month[i].became_inactive,
                                    month[i].recovered};
    const struct chart_wish wish = {.left_word = catalog_text(cx->arena, lang, S("digest.became_inactive"), NULL, 0),
                                    .right_word = catalog_text(cx->arena, lang, S("digest.recovered"), NULL, 0),
                                    .bar = bar,
                                    .n = n};
    return chart_png(cx, &wish, out);
}

struct digest_rep digest_reps_add(const struct digest_rep *const *rep, size_t n) {
    struct digest_rep sum = {.now = {.middle_days = STAT_NONE, .longest_days = STAT_NONE}};
    for (size_t i = 0; i < n; i++) {
        sum.now.customers += rep[i]->now.customers;
        sum.now.at_risk += rep[i]->now.at_risk;
        sum.now.inactive += rep[i]->now.inactive;
        sum.now.crossed += rep[i]->now.crossed;
        sum.now.not_contacted += rep[i]->now.not_contacted;
        sum.now.at_risk_cents += rep[i]->now.at_risk_cents;
        sum.at_risk_before += rep[i]->at_risk_before;
        sum.inactive_before += rep[i]->inactive_before;
        sum.contacted += rep[i]->contacted;
        sum.recovered += rep[i]->recovered;
    }
    return sum;
}
