// SPDX-License-Identifier: Apache-2.0
/* score_change.c -- the few customers that changed are folded again; what hangs on everybody is moved, not recomputed.
 *
 * Three things join all customers: the priors (medians by segment and month), the season (what the company did a year
 * ago) and the cuts of ABC and RFM. The score of the others stands as long as no median moves, nothing older than a
 * year or than the last fit of leaving changed, and no rule asks for a class; the cuts are walked from where they were.
 * When one of these does not hold, or many customers changed, a full score is due. Either way the result is the same to
 * the bit: `verify` compares. What is to come is foretold with the model that the others were foretold with; a full score
 * learns a new one.
 */
#include "app/score_change.h"

#include "app/cuts.h"
#include "app/cuts_move.h"
#include "app/flow_count.h"
#include "app/forecasting.h"
#include "app/heap.h"
#include "app/priors.h"
#include "core/alive_text.h"
#include "stats/stat.h"

enum { YEAR = 365, FEW_LEAST = 1000, FEW_PART = 20, GROWN_MOST = 2 };

struct changing {
    struct db *db;
    struct score_run run;
    struct sales sales;
    struct derive_segments segments;
    struct alive_table alive;
    struct prior_table prior;       /* as kept: what everybody is folded under, as long as it holds */
    struct prior_cell *prior_after; /* with the gaps that came and went */
    struct score_season *season;
    size_t seasons;
    struct forecasting forecasting;
    struct derive_company company, company_before; /* as was, nothing is foretold: only what moves others is taken */
    struct str *label_code;
    size_t label_codes;
    struct derived before, after;
    int64_t (*waited)[WAITED_TENTHS]; /* differences */
    struct cuts_move cuts;
    struct score_run run_before; /* its cuts made the classes that are kept */
    struct flow_count flow;      /* differences */
    struct score_episode *episode;
    size_t episodes, episode_room;
    bool full; /* found out that a full score is due */
};

/* ---- what a customer was, out of its kept row ---- */

/* The purchases of a kept row as a customer's days; values do not matter for what is taken from it. */
static struct sale_customer customer_of_row(struct cx *cx, const struct score_row *row) {
    struct sale_customer c = {.id = row->customer_id, .code = row->code, .closed_on = DAY_NONE};
    c.label[LABEL_SEGMENT] = (int32_t)row->segment_id;
    c.days = c.purchases = (uint32_t)row->purchases;
    c.day = arena_new(cx->arena, struct sale_day, (size_t)row->purchases + 1);
    int32_t day = row->first.n;
    for (uint32_t i = 0; i < c.days; i++) {
        day += i > 0 ? row->gap_days[i - 1] : 0;
        c.day[i] = (struct sale_day){.day = day, .purchase = 1};
    }
    return c;
}

/* Every gap of the customer into (sign 1) or out of (-1) the cells from the month after it closed on. */
static void gaps_move(struct changing *ch, const struct sale_customer *c, int64_t sign) {
    size_t segment = derive_segment(&ch->segments, c->label[LABEL_SEGMENT]);
    const struct prior_table *t = &ch->prior;
    int32_t before = INT32_MIN;
    for (uint32_t i = 0; i < c->days; i++) {
        if (!c->day[i].purchase) {
            continue;
        }
        int32_t day = c->day[i].day;
        size_t month = (size_t)(month_of((struct day){day}) - t->first_month) + 1;
        for (size_t m = month; before != INT32_MIN && m < t->months; m++) {
            (void)prior_cell_change(&ch->prior_after[m], day - before, sign); /* judged at the end, in priors_hold */
            if (segment != 0) {
                (void)prior_cell_change(&ch->prior_after[segment * t->months + m], day - before, sign);
            }
        }
        before = day;
    }
}

static bool same_voice(const struct prior_cell *a, const struct prior_cell *b) {
    bool holds = b->gaps == 0 ? a->gaps == 0 : 2 * b->below < b->gaps && b->gaps <= 2 * (b->below + b->at);
    return holds && (a->gaps == 0) == (b->gaps == 0) && (a->gaps < CYCLE_PRIOR_GAPS) == (b->gaps < CYCLE_PRIOR_GAPS);
}

static bool priors_hold(const struct changing *ch) {
    size_t cells = (ch->prior.segments + 1) * ch->prior.months;
    for (size_t i = 0; i < cells; i++) {
        if (!same_voice(&ch->prior.cell[i], &ch->prior_after[i])) {
            return false;
        }
    }
    return true;
}

static void waits_move(struct changing *ch, const struct derived *d, int64_t sign) {
    for (size_t i = 0; i < d->waits; i++) {
        ch->waited[d->waited[i].segment][d->waited[i].tenths] += sign;
        if (d->waited[i].segment != 0) {
            ch->waited[0][d->waited[i].tenths] += sign;
        }
    }
}

/* May this customer be folded again under the priors as they are? */
static bool customer_allows(const struct changing *ch, const struct sale_customer *c, const struct score_row *before,
                            bool found) {
    bool first_moved = found && before->purchases > 0 && before->first.n == ch->prior.first_day.n;
    for (uint32_t i = 0; i < c->days; i++) {
        if (c->day[i].purchase) {
            first_moved =
                c->day[i].day < ch->prior.first_day.n || (first_moved && c->day[i].day != ch->prior.first_day.n);
            break;
        }
    }
    int64_t label = c->label[LABEL_SEGMENT];
    return !first_moved && (label == 0 || derive_segment(&ch->segments, label) != 0);
}

/* ---- the account of customers ---- */

static bool episode_take(struct cx *cx, void *owner, const struct score_episode *episode) {
    struct changing *ch = owner;
    (void)cx;
    ch->episode = heap_grown(ch->episode, &ch->episode_room, ch->episodes + 1, sizeof *ch->episode);
    ch->episode[ch->episodes++] = *episode;
    return true;
}

/* What a kept row counts in the account, out of it; its episodes are then in ch->episode. */
static bool flow_leave(struct cx *cx, struct changing *ch, const struct score_row *before) {
    ch->episodes = 0;
    if (!score_episode_each(cx, ch->db, before->customer_id, episode_take, ch)) {
        return false;
    }
    flow_count_row(&ch->flow, before, ch->episode, ch->episodes, -1);
    return true;
}

/* Those whom a cut has passed by are of another class. */
static bool classes_move(struct cx *cx, struct changing *ch, const struct score_rank *a, const struct score_rank *b) {
    bool down = a->value_12m > b->value_12m || (a->value_12m == b->value_12m && str_compare(a->code, b->code) < 0);
    struct flow_ranked *who = NULL;
    size_t n = 0;
    if (!flow_between(cx, ch->db, down ? a : b, down ? b : a, &who, &n)) {
        return false;
    }
    for (size_t i = 0; i < n; i++) {
        struct score_row row;
        bool found = false;
        char class = cuts_class(&ch->run, true, who[i].value_12m, who[i].code);
        if (!score_row_find(cx, ch->db, who[i].customer_id, &found, &row)) {
            return false;
        }
        if (!found || row.flow.abc == class) {
            continue;
        }
        if (!flow_leave(cx, ch, &row)) {
            return false;
        }
        row.flow.abc = class;
        flow_count_row(&ch->flow, &row, ch->episode, ch->episodes, 1);
        if (!flow_class_put(cx, ch->db, &row)) {
            return false;
        }
    }
    return true;
}

static bool flow_put(struct cx *cx, void *owner, const struct flow_cell *cell) {
    const struct changing *ch = owner;
    return flow_change(cx, ch->db, cell);
}

static bool flow_settle(struct cx *cx, struct changing *ch) {
    const struct score_run *old = &ch->run_before, *new = &ch->run;
    const struct score_rank a[] = {{old->a.value_cents, old->a_code}, {new->a.value_cents, new->a_code}};
    const struct score_rank b[] = {{old->b.value_cents, old->b_code}, {new->b.value_cents, new->b_code}};
    return classes_move(cx, ch, &a[0], &a[1]) && classes_move(cx, ch, &b[0], &b[1]) &&
           flow_count_each(cx, &ch->flow, flow_put, ch);
}

/* ---- one customer ---- */

static bool customer_change(struct cx *cx, struct changing *ch, size_t at, struct score_report *report) {
    const struct sale_customer *c = &ch->sales.customer[at];
    struct score_row before;
    bool found = false;
    if (!score_row_find(cx, ch->db, c->id, &found, &before)) {
        return false;
    }
    if (!customer_allows(ch, c, &before, found)) {
        ch->full = true;
        return true;
    }
    if (found) {
        struct sale_customer was = customer_of_row(cx, &before);
        gaps_move(ch, &was, -1);
        if (!derive_customer(&ch->company_before, &was, 0, &ch->before)) {
            return derive_failed(cx, c);
        }
        waits_move(ch, &ch->before, -1);
        cuts_move_out(&ch->cuts, &before);
        if (!flow_leave(cx, ch, &before)) {
            return false;
        }
        ch->run.customers--;
    }
    if (c->later) {
        return score_row_remove(cx, ch->db, c->id);
    }
    gaps_move(ch, c, 1);
    if (!derive_customer(&ch->company, c, 0, &ch->after)) {
        return derive_failed(cx, c);
    }
    waits_move(ch, &ch->after, 1);
    cuts_move_in(&ch->cuts, &ch->after.row);
    ch->after.row.flow.abc = cuts_class(&ch->run_before, ch->after.row.ranked, ch->after.row.value_12m, c->code);
    flow_count_row(&ch->flow, &ch->after.row, ch->after.episode, ch->after.episodes, 1);
    ch->run.customers++;
    report->changed++;
    return score_row_put(cx, ch->db, &ch->after.row, ch->after.episode, ch->after.episodes);
}

/* A customer that was merged into another counts nowhere by itself any more. When it was the last that its segment knows of, or the
 * company's first purchase was its own, everything hangs on it; so it does when an import was taken back and nobody knows who it was. */
static bool gone_leave(struct cx *cx, struct changing *ch, const struct score_row *row) {
    size_t segment = derive_segment(&ch->segments, row->segment_id);
    struct sale_customer was = customer_of_row(cx, row);
    gaps_move(ch, &was, -1);
    if (row->code.n == 0 || (row->purchases > 0 && row->first.n == ch->prior.first_day.n) ||
        (row->segment_id != 0 && (segment == 0 || ch->prior_after[(segment + 1) * ch->prior.months - 1].gaps == 0))) {
        ch->full = true;
        return true;
    }
    if (!derive_customer(&ch->company_before, &was, 0, &ch->before))
        return derive_failed(cx, &was);
    waits_move(ch, &ch->before, -1);
    cuts_move_out(&ch->cuts, row);
    ch->run.customers--;
    return flow_leave(cx, ch, row) && score_row_remove(cx, ch->db, row->customer_id);
}

/* Both lists are by id ascending. */
static bool gone_find(struct cx *cx, struct changing *ch, const struct score_dirty *dirty, size_t n) {
    size_t at = 0;
    for (size_t i = 0; i < n && !ch->full; i++) {
        struct score_row row;
        bool found = false;
        while (at < ch->sales.n && ch->sales.customer[at].id < dirty[i].customer_id) {
            at++;
        }
        bool there = at < ch->sales.n && ch->sales.customer[at].id == dirty[i].customer_id;
        if (!there &&
            (!score_row_find(cx, ch->db, dirty[i].customer_id, &found, &row) || (found && !gone_leave(cx, ch, &row)))) {
            return false;
        }
    }
    return true;
}

/* ---- the season, from the kept sums ---- */

static int64_t season_upto(const struct changing *ch, int32_t day) {
    if (ch->seasons == 0 || day < ch->season[0].day.n) {
        return 0;
    }
    size_t at = (size_t)(day - ch->season[0].day.n);
    return ch->season[at < ch->seasons ? at : ch->seasons - 1].upto_cents;
}

static void season_of(void *owner, int32_t days, int64_t *now_cents, int64_t *before_cents) {
    const struct changing *ch = owner;
    int32_t end = ch->run.as_of.n - YEAR;
    *now_cents = season_upto(ch, end) - season_upto(ch, end - days);
    *before_cents = season_upto(ch, end - days) - season_upto(ch, end - 2 * days);
}

/* ---- all of it ---- */

/* Nothing that the last fit of leaving saw may have changed: a new one is another for everybody. */
static bool fits_stand(const struct alive_table *alive, const struct score_dirty *dirty, size_t n) {
    for (size_t i = 0; alive->n > 0 && i < n; i++) {
        if (dirty[i].since.n < alive->fit[alive->n - 1].from.n) {
            return false;
        }
    }
    return true;
}

/* The first purchase of a year makes a fit of that year, the last one that is taken back unmakes it. */
static bool fits_due(struct cx *cx, struct changing *ch) {
    struct day newest = DAY_NONE;
    if (!score_newest_day(cx, ch->db, &newest)) {
        return false;
    }
    ch->full = alive_days(ch->prior.first_day, newest, ch->run.as_of, NULL) != ch->alive.n;
    return true;
}

static bool alive_kept(struct cx *cx, const struct score_run *run, struct alive_table *out) {
    return alive_read(cx->arena, run->alive, out) || cx_fail(cx, ERR_DB, S("alive.broken"));
}

static bool few(const struct score_run *run, const struct score_dirty *dirty, size_t n) {
    int64_t most = run->customers / FEW_PART > FEW_LEAST ? run->customers / FEW_PART : FEW_LEAST;
    for (size_t i = 0; i < n; i++) {
        if (dirty[i].since.n <= run->as_of.n - YEAR) {
            return false;
        }
    }
    return (int64_t)n <= most;
}

/* A model learnt from a handful is no model of a crowd. */
static bool model_serves(const struct score_run *run, const struct forecast_kept *kept, size_t changed) {
    return str_equal(run->model, S("none")) || run->r.n + (int64_t)changed <= GROWN_MOST * kept->customers;
}

static bool changing_open(struct cx *cx, struct changing *ch, const struct policy *policy,
                          const struct forecast_kept *kept) {
    struct progress none = {0};
    if (!forecasting_take(cx, kept, &ch->forecasting) ||
        !priors_kept(cx, ch->db, ch->run.as_of, &ch->segments, &ch->prior) ||
        !score_season_list(cx, ch->db, &ch->season, &ch->seasons) ||
        !score_label_codes(cx, ch->db, &ch->label_code, &ch->label_codes) ||
        !sales_read(cx, ch->db, ch->run.as_of, true, none, &ch->sales)) {
        return false;
    }
    size_t cells = (ch->prior.segments + 1) * ch->prior.months;
    ch->prior_after = arena_new(cx->arena, struct prior_cell, cells + 1);
    memcpy(ch->prior_after, ch->prior.cell, cells * sizeof *ch->prior.cell);
    ch->waited = arena_alloc(cx->arena, ch->prior.segments + 1, sizeof *ch->waited);
    ch->company = (struct derive_company){.as_of = ch->run.as_of,
                                          .policy = policy,
                                          .prior = &ch->prior,
                                          .alive = &ch->alive,
                                          .segments = &ch->segments,
                                          .label_code = ch->label_code,
                                          .label_codes = ch->label_codes,
                                          .season = ch->run.season,
                                          .season_of = season_of,
                                          .season_owner = ch};
    ch->company_before = ch->company;
    ch->company.model = ch->forecasting.model;
    ch->company.model_places = &ch->forecasting.places;
    cuts_move_open(&ch->cuts, &ch->run);
    flow_count_open(&ch->flow, ch->prior.first_day, ch->run.as_of, ch->label_codes);
    return true;
}

static bool sums_put(struct cx *cx, struct changing *ch) {
    for (size_t s = 0; s <= ch->prior.segments; s++) {
        int64_t label = s == 0 ? 0 : ch->segments.label[s - 1];
        for (size_t m = 0; m < ch->prior.months; m++) {
            size_t at = s * ch->prior.months + m;
            struct score_prior prior = {label, ch->prior.first_month + (int32_t)m, ch->prior_after[at]};
            if (memcmp(&ch->prior.cell[at], &ch->prior_after[at], sizeof ch->prior_after[at]) != 0 &&
                !score_prior_put(cx, ch->db, &prior)) {
                return false;
            }
        }
        for (int32_t t = 0; t < WAITED_TENTHS; t++) {
            struct score_waited delta = {label, t, ch->waited[s][t]};
            if (delta.times != 0 && !score_waited_add(cx, ch->db, &delta)) {
                return false;
            }
        }
    }
    return true;
}

static bool change_all(struct cx *cx, struct changing *ch, struct score_report *report) {
    for (size_t i = 0; i < ch->sales.n && !ch->full; i++) {
        if (!customer_change(cx, ch, i, report)) {
            return false;
        }
    }
    ch->full = ch->full || !priors_hold(ch);
    if (!ch->full && policy_uses_probability(ch->company.policy) && !fits_due(cx, ch)) {
        return false;
    }
    if (!ch->full && !cuts_move_settle(cx, ch->db, &ch->cuts, &ch->run, &ch->full)) {
        return false;
    }
    return ch->full || (sums_put(cx, ch) && flow_settle(cx, ch));
}

bool score_change_serves(struct cx *cx, struct db *db, const struct score_run *run, const struct forecast_kept *kept,
                         bool *serves) {
    struct score_dirty *dirty = NULL;
    struct alive_table alive;
    size_t n = 0;
    if (!score_dirty_list(cx, db, &dirty, &n) || !alive_kept(cx, run, &alive)) {
        return false;
    }
    *serves = few(run, dirty, n) && fits_stand(&alive, dirty, n) && model_serves(run, kept, n);
    return true;
}

bool score_change(struct cx *cx, struct db *db, const struct score_run *run, const struct policy *policy,
                  int64_t now_us, bool *done, struct score_report *out) {
    struct changing ch = {.db = db, .run = *run, .run_before = *run};
    struct score_dirty *dirty = NULL;
    struct forecast_kept kept;
    bool found = false;
    size_t n = 0;
    *out = (struct score_report){.incremental = true, .first_day = DAY_NONE, .last_day = DAY_NONE};
    *done = false;
    if (!score_dirty_list(cx, db, &dirty, &n) || !forecast_find(cx, db, &found, &kept) ||
        !alive_kept(cx, run, &ch.alive)) {
        return false;
    }
    if (policy_uses_abc(policy) || run->customers == 0 || !few(run, dirty, n) || !found ||
        !fits_stand(&ch.alive, dirty, n) || !model_serves(run, &kept, n)) {
        return true;
    }
    out->forecast = kept;
    bool ok = changing_open(cx, &ch, policy, &kept) && gone_find(cx, &ch, dirty, n) && change_all(cx, &ch, out);
    if (ok && !ch.full) {
        ch.run.made_us = now_us;
        ok = score_facts(cx, db, &ch.run.facts) && score_standing_renew(cx, db) && score_run_put(cx, db, &ch.run) &&
             score_dirty_clear(cx, db) && score_status_count(cx, db, out->status);
        out->run = ch.run;
        out->customers = ch.run.customers;
        *done = true;
    }
    derived_clear(&ch.before);
    derived_clear(&ch.after);
    flow_count_clear(&ch.flow);
    free(ch.episode);
    forecasting_clear(&ch.forecasting);
    sales_clear(&ch.sales);
    return ok;
}
