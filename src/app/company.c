// SPDX-License-Identifier: Apache-2.0
/* company.c -- order matters: classes need values, the rule may need the class, the fold needs the rule and the priors. So:
 * values and cuts of everybody first, then priors by segment and month, then the model of what is to come.
 */
#include "app/company.h"

#include "app/alive.h"
#include "app/heap.h"
#include "app/priors.h"

enum { YEAR = 365, TWO_YEARS = 2 * YEAR };

static void season_of(void *owner, int32_t days, int64_t *now_cents, int64_t *before_cents) {
    const struct company *company = owner;
    int32_t end = company->sales->as_of.n - YEAR;
    *now_cents = sales_window(company->sales, end - days + 1, end);
    *before_cents = sales_window(company->sales, end - 2 * days + 1, end - days);
}

static void values_find(struct company *r) {
    r->value = heap_new(r->sales->n, sizeof *r->value);
    for (size_t i = 0; i < r->sales->n; i++) {
        const struct sale_customer *c = &r->sales->customer[i];
        struct score_row row;
        derive_values(c, r->sales->as_of, &row);
        struct cut_value *v = &r->value[i];
        *v = (struct cut_value){c->code, row.value_12m, row.value_total, DAY_NONE, c->purchases, row.ranked};
        for (uint32_t k = c->days; k > 0 && !day_is(v->last); k--) {
            if (c->day[k - 1].purchase) {
                v->last = (struct day){c->day[k - 1].day};
            }
        }
    }
}

static void classes_find(struct company *r) {
    r->abc = heap_raw(r->sales->n + 1, sizeof *r->abc);
    for (size_t i = 0; i < r->sales->n; i++) {
        r->abc[i] = cuts_class(&r->run, r->value[i].ranked, r->value[i].value_12m, r->sales->customer[i].code);
    }
}

static bool forecasting_find(struct cx *cx, struct company *r, const struct company_wish *wish) {
    struct forecasting_labels labels = {wish->label_code, wish->label_codes};
    return wish->kept
               ? forecasting_take(cx, wish->kept, &r->forecasting)
               : forecasting_learn(cx, r->sales, &labels, wish->model, wish->insist, wish->progress, &r->forecasting);
}

static void derive_fill(struct company *r, const struct company_wish *wish) {
    r->derive = (struct derive_company){.as_of = r->sales->as_of,
                                        .policy = wish->policy,
                                        .prior = &r->prior,
                                        .alive = &r->alive,
                                        .segments = &r->segments,
                                        .label_code = wish->label_code,
                                        .label_codes = wish->label_codes,
                                        .season = r->run.season,
                                        .season_of = season_of,
                                        .season_owner = r,
                                        .model = r->forecasting.model,
                                        .model_places = &r->forecasting.places};
}

bool company_find(struct cx *cx, const struct sales *sales, const struct company_wish *wish, struct company *r) {
    *r = (struct company){.sales = sales};
    segments_find(sales, &r->segments);
    priors_find(sales, &r->segments, &r->prior);
    values_find(r);
    if (policy_uses_probability(wish->policy)) {
        alive_find(cx->arena, sales, r->prior.first_day, &r->alive);
    }
    r->run.as_of = sales->as_of;
    r->run.alive = alive_write(cx->arena, &r->alive);
    r->run.policy = policy_text(cx->arena, wish->policy);
    r->run.model = wish->model;
    r->run.season = day_is(sales->first_day) && sales->as_of.n - sales->first_day.n >= TWO_YEARS;
    if (!cuts_find(cx, r->value, sales->n, &r->run) || !forecasting_find(cx, r, wish)) {
        return false;
    }
    classes_find(r);
    derive_fill(r, wish);
    return true;
}

void company_clear(struct company *r) {
    forecasting_clear(&r->forecasting);
    free(r->segments.label);
    free(r->prior.cell);
    free(r->value);
    free(r->abc);
}
