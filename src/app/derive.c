// SPDX-License-Identifier: Apache-2.0
/* derive.c -- values by window, gaps, the fold with its episodes, the arrow, the forecast. */
#include "app/derive.h"

#include <string.h>

#include "app/heap.h"
#include "base/decimal.h"
#include "stats/gap.h"
#include "stats/stat.h"

enum { YEAR = 365, E4 = 10000 };

size_t derive_segment(const struct derive_segments *segments, int64_t label) {
    size_t from = 0, to = segments->n;
    while (from < to) {
        size_t mid = (from + to) / 2;
        if (segments->label[mid] < label) {
            from = mid + 1;
        } else {
            to = mid;
        }
    }
    return from < segments->n && segments->label[from] == label ? from + 1 : 0;
}

static int by_label(const void *a, const void *b) {
    const struct derive_place *x = a, *y = b;
    return x->label < y->label ? -1 : x->label > y->label;
}

void derive_places_make(const int64_t *label, size_t n, struct derive_places *out) {
    *out = (struct derive_places){.by_label = heap_raw(n + 1, sizeof *out->by_label), .n = n};
    for (size_t i = 0; i < n; i++) {
        out->by_label[i] = (struct derive_place){label[i], (uint32_t)i + 1};
    }
    qsort(out->by_label, n, sizeof *out->by_label, by_label);
}

void derive_places_clear(struct derive_places *places) {
    free(places->by_label);
    *places = (struct derive_places){0};
}

uint32_t derive_place(const struct derive_places *places, int64_t label) {
    struct derive_place wanted = {.label = label};
    const struct derive_place *found =
        places->n == 0 ? NULL : bsearch(&wanted, places->by_label, places->n, sizeof wanted, by_label);
    return found ? found->place : 0;
}

void derived_clear(struct derived *d) {
    free(d->episode);
    free(d->gap);
    free(d->day);
    free(d->cents);
    free(d->scratch);
    free(d->waited);
    *d = (struct derived){0};
}

/* Net value of the days after `after`, up to and with `upto`. */
static int64_t window(const struct sale_customer *c, int32_t after, int32_t upto) {
    int64_t sum = 0;
    for (uint32_t i = c->days; i > 0 && c->day[i - 1].day > after; i--) {
        sum += c->day[i - 1].day <= upto ? c->day[i - 1].net_cents : 0;
    }
    return sum;
}

void derive_values(const struct sale_customer *c, struct day as_of, struct score_row *row) {
    row->value_total = row->value_12m = row->value_prev_12m = 0;
    row->ranked = false;
    for (uint32_t i = 0; i < c->days; i++) {
        const struct sale_day *d = &c->day[i];
        row->value_total += d->net_cents;
        if (d->day > as_of.n - YEAR) {
            row->value_12m += d->net_cents;
            row->ranked = row->ranked || d->purchase;
        } else if (d->day > as_of.n - 2 * YEAR) {
            row->value_prev_12m += d->net_cents;
        }
    }
    row->average_cents = c->purchases ? decimal_divide(row->value_total, c->purchases) : STAT_NONE;
    int64_t scaled = 0;
    bool fits = c->gross_cents > 0 && !__builtin_mul_overflow(c->returned_cents, (int64_t)E4, &scaled);
    row->return_e4 = fits ? decimal_divide(scaled, c->gross_cents) : STAT_NONE;
}

static bool episode_add(struct derived *d, int64_t customer_id, const struct fold_episode *e) {
    d->episode = heap_grown(d->episode, &d->episode_room, d->episodes + 1, sizeof *d->episode);
    d->episode[d->episodes++] = (struct score_episode){customer_id, e->began_on, e->ended_on};
    return true;
}

static int32_t tenths_of(int32_t gap_days, int64_t cycle_e4) {
    int64_t tenths = (int64_t)gap_days * E4 * 10 / cycle_e4;
    return (int32_t)(tenths < WAITED_TENTHS ? tenths : WAITED_TENTHS - 1);
}

static bool fold_all(const struct derive_company *company, const struct sale_customer *c, const struct due_rule *rule,
                     struct fold_state *state, struct derived *out) {
    size_t segment = derive_segment(company->segments, c->label[LABEL_SEGMENT]);
    size_t gaps = 0;
    out->episodes = out->waits = 0;
    for (uint32_t i = 0; i < c->days; i++) {
        if (!c->day[i].purchase) {
            continue;
        }
        struct fold_step step;
        struct day day = {c->day[i].day};
        if (fold_purchase(state, rule, company->prior, company->alive, segment, day, &step) != STAT_OK) {
            return false;
        }
        if (step.gap_days > 0) {
            out->gap[gaps++] = step.gap_days;
            out->waited = heap_grown(out->waited, &out->wait_room, out->waits + 1, sizeof *out->waited);
            out->waited[out->waits].segment = segment;
            out->waited[out->waits++].tenths = tenths_of(step.gap_days, step.cycle_before_e4);
        }
        if (step.episode_ended) {
            episode_add(out, c->id, &step.episode);
        }
    }
    fold_settle(state, rule);
    /* A written-off customer becomes nothing more after that day. */
    struct fold_episode open;
    struct day until = company->as_of;
    if (day_is(c->closed_on) && c->closed_on.n <= until.n) {
        until = (struct day){c->closed_on.n - 1};
    }
    if (fold_open_episode(state, until, &open)) {
        episode_add(out, c->id, &open);
    }
    return true;
}

static void gaps_take(struct derived *out, size_t n) {
    struct score_row *row = &out->row;
    const struct day *day = (const struct day *)(const void *)out->day; /* same size: an int32 each */
    row->gap_median_e4 = row->gap_mean_e4 = row->gap_sd_e4 = STAT_NONE;
    struct gap_summary gaps;
    if (n > 0 && gap_summarise(day, n, out->scratch, &gaps) == STAT_OK) {
        row->gap_median_e4 = gaps.median_e4;
        row->gap_mean_e4 = gaps.mean_e4;
        row->gap_sd_e4 = gaps.sd_e4;
    }
}

static enum trend trend_take(const struct derive_company *company, const struct sale_customer *c, int64_t cycle_e4) {
    int32_t w = trend_window_days(cycle_e4);
    int32_t now = company->as_of.n;
    int64_t season_now = 1, season_before = 1;
    if (company->season) {
        company->season_of(company->season_owner, w, &season_now, &season_before);
    }
    return trend_of(window(c, now - w, now), window(c, now - 2 * w, now - w), season_now, season_before);
}

static const struct due_rule *rule_of(const struct derive_company *company, const struct sale_customer *c, char abc,
                                      int64_t *at) {
    const struct policy *policy = company->policy;
    struct policy_scope scope = {.abc = abc};
    struct str *text[] = {[LABEL_COMPANY] = &scope.company,
                          [LABEL_REP] = &scope.rep,
                          [LABEL_SEGMENT] = &scope.segment,
                          [LABEL_REGION] = &scope.region};
    *at = 0;
    if (policy->n > 1) {
        for (size_t k = LABEL_COMPANY; k <= LABEL_REGION; k++) {
            size_t id = (size_t)c->label[k];
            *text[k] = id < company->label_codes ? company->label_code[id] : (struct str){0};
        }
        *at = (int64_t)policy_match(policy, &scope);
    }
    return &policy->rule[*at].due;
}

/* Who never bought or was written off is foretold nothing. */
static void forecast_take(const struct derive_company *company, const struct sale_customer *c, struct derived *out,
                          size_t n) {
    struct score_row *row = &out->row;
    if (!company->model || n == 0 || row->status == STATUS_CLOSED) {
        return;
    }
    struct history history = {.day = out->day,
                              .cents = out->cents,
                              .n = n,
                              .segment = derive_place(company->model_places, c->label[LABEL_SEGMENT])};
    forecast_customer(company->model, &history, row->cycle_e4, &row->forecast);
}

bool derive_failed(struct cx *cx, const struct sale_customer *c) {
    return cx_fail(cx, ERR_BUG, S("score.fold"), c->code);
}

bool derive_customer(const struct derive_company *company, const struct sale_customer *c, char abc,
                     struct derived *out) {
    struct score_row *row = &out->row;
    size_t room = (size_t)c->purchases + 1;
    out->gap = heap_grown(out->gap, &out->gap_room, room, sizeof *out->gap);
    out->day = heap_grown(out->day, &out->day_room, room, sizeof *out->day);
    out->cents = heap_grown(out->cents, &out->cents_room, room, sizeof *out->cents);
    out->scratch = heap_grown(out->scratch, &out->scratch_room, room, sizeof *out->scratch);
    *row = (struct score_row){.customer_id = c->id, .code = c->code, .purchases = c->purchases};
    row->segment_id = c->label[LABEL_SEGMENT];
    row->flow.abc = abc;
    row->flow.closed_on = c->closed_on;
    memcpy(row->flow.label, c->label, sizeof c->label);
    derive_values(c, company->as_of, row);
    const struct due_rule *rule = rule_of(company, c, abc, &row->rule);
    struct fold_state state = {0};
    if (!fold_all(company, c, rule, &state, out)) {
        return false;
    }
    row->gap_days = out->gap;
    row->first = row->last = row->at_risk_on = row->inactive_on = row->lost_on = DAY_NONE;
    row->cycle_e4 = row->overdue_e4 = row->prior_days = STAT_NONE;
    size_t n = sale_customer_purchases(c, out->day, out->cents);
    gaps_take(out, n);
    if (c->purchases > 0) {
        row->first = state.first;
        row->last = state.last;
        row->at_risk_on = state.due.at_risk_on;
        row->inactive_on = state.due.inactive_on;
        row->lost_on = state.due.lost_on;
        row->cycle_e4 = state.cycle_e4;
        row->prior_days = state.prior_days;
        row->prior_assumed = state.prior_assumed;
        int64_t recency = company->as_of.n - state.last.n;
        row->overdue_e4 = decimal_divide(recency * E4 * E4, state.cycle_e4);
        row->trend = trend_take(company, c, state.cycle_e4);
    }
    row->status = status_of((int32_t)c->purchases, &state.due, c->closed_on, company->as_of);
    forecast_take(company, c, out, n);
    return true;
}
