// SPDX-License-Identifier: Apache-2.0
/* backtest_look.c -- the sales as they stood on an earlier day: priors learnt on them alone, one fold a customer, classes
 * cut among them.
 *
 * Must not read a day after the look: it works on copies of the customers whose days end there. Labels (segment, rep) and
 * the rules themselves are those of today, for no history of them is kept.
 */
#include "app/backtest_look.h"

#include "app/cuts.h"
#include "app/heap.h"
#include "app/priors.h"
#include "stats/fold.h"

static uint32_t days_until(const struct sale_customer *c, struct day day) {
    uint32_t low = 0, high = c->days;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (c->day[middle].day <= day.n) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low;
}

static struct sales sales_until(const struct sales *sales, struct day day) {
    struct sales then = {.n = sales->n, .as_of = day, .first_day = sales->first_day, .last_day = day};
    then.customer = heap_raw(sales->n, sizeof *then.customer);
    for (size_t i = 0; i < sales->n; i++) {
        struct sale_customer *c = &then.customer[i];
        *c = sales->customer[i];
        c->days = days_until(c, day);
        c->purchases = 0;
        for (uint32_t k = 0; k < c->days; k++) {
            c->purchases += c->day[k].purchase != 0;
        }
    }
    return then;
}

/* The cycle after the last purchase; STAT_NONE: none yet. */
static bool cycle_of(struct cx *cx, const struct backtest_looking *of, const struct prior_table *prior,
                     const struct sale_customer *c, int64_t *out) {
    struct fold_state state = {0};
    struct due_rule any_rule = policy_default().due; /* the cycle does not depend on it */
    size_t segment = derive_segment(of->segments, c->label[LABEL_SEGMENT]);
    for (uint32_t i = 0; i < c->days; i++) {
        struct fold_step step;
        if (c->day[i].purchase &&
            fold_purchase(&state, &any_rule, prior, NULL, segment, (struct day){c->day[i].day}, &step) != STAT_OK) {
            return cx_fail(cx, ERR_BUG, S("score.fold"), c->code);
        }
    }
    *out = c->purchases > 0 ? state.cycle_e4 : STAT_NONE;
    return true;
}

static struct str code_of(const struct backtest_looking *of, const struct sale_customer *c, enum label_kind kind) {
    size_t id = (size_t)c->label[kind];
    return id < of->label_codes ? of->label_code[id] : (struct str){0};
}

static uint32_t rule_of(const struct backtest_looking *of, const struct sale_customer *c, char abc) {
    const struct policy_scope scope = {.company = code_of(of, c, LABEL_COMPANY),
                                       .rep = code_of(of, c, LABEL_REP),
                                       .segment = code_of(of, c, LABEL_SEGMENT),
                                       .region = code_of(of, c, LABEL_REGION),
                                       .abc = abc};
    return (uint32_t)policy_match(of->policy, &scope);
}

/* Classes are cut among all customers, also those that are not looked at. */
static bool classes_find(struct cx *cx, const struct sales *then, struct cut_value *value, struct score_run *run) {
    for (size_t i = 0; i < then->n; i++) {
        const struct sale_customer *c = &then->customer[i];
        struct score_row row;
        derive_values(c, then->as_of, &row);
        value[i] = (struct cut_value){c->code, row.value_12m, row.value_total, DAY_NONE, c->purchases, row.ranked};
    }
    return cuts_find(cx, value, then->n, run);
}

bool backtest_look_make(struct cx *cx, struct arena *arena, const struct backtest_looking *of, struct day day,
                        struct backtest_look *out) {
    int64_t *cycle = arena_new(arena, int64_t, of->n), *cents = arena_new(arena, int64_t, of->n);
    uint32_t *rule = arena_new(arena, uint32_t, of->n);
    struct sales then = sales_until(of->sales, day);
    struct cut_value *value = heap_new(then.n, sizeof *value);
    struct prior_table prior;
    struct score_run run = {0};
    priors_find(&then, of->segments, &prior);
    bool ok = classes_find(cx, &then, value, &run);
    for (size_t i = 0; ok && i < of->n; i++) {
        const struct sale_customer *c = &then.customer[of->place[i]];
        const struct cut_value *v = &value[of->place[i]];
        cents[i] = v->value_12m;
        rule[i] = of->policy->n > 1 ? rule_of(of, c, cuts_class(&run, v->ranked, v->value_12m, c->code)) : 0;
        ok = cycle_of(cx, of, &prior, c, &cycle[i]);
    }
    free(prior.cell);
    free(value);
    free(then.customer);
    *out = (struct backtest_look){.day = day, .cycle_e4 = cycle, .rule = rule, .value_cents = cents};
    return ok;
}
