// SPDX-License-Identifier: Apache-2.0
/* score.c -- the score of all customers: read, learn what the company's rhythm is, fold each, write.
 *
 * First what hangs on all customers (company.c), then one fold a customer, written as it comes.
 */
#include "app/score.h"

#include "app/company.h"
#include "app/crossings.h"
#include "app/derive_all.h"
#include "app/flow_count.h"
#include "app/heap.h"
#include "app/score_change.h"
#include "app/webhook_tell.h"
#include "store/document.h"
#include "store/picture.h"
#include "store/policy.h"
#include "store/setting.h"

enum { YEAR = 365, PROGRESS_CUSTOMERS = 1 << 14, APART_TRIES = 3 };

/* How a set is to be made. */
struct making {
    struct day as_of;
    const struct policy *policy;
    bool temporary;
    struct str model;                 /* asked for */
    bool insist;                      /* just now, and by a person */
    const struct forecast_kept *kept; /* foretell with this one; NULL: learn */
    int64_t now_us;
    struct progress progress;
};

struct running {
    const struct making *making;
    struct sales sales;
    struct company company;
    struct score_writer *to;
    struct score_report *report;
    struct str *label_code;
    size_t label_codes;
    int64_t (*waited)[WAITED_TENTHS];
    struct flow_count flow;
};

bool score_label_codes(struct cx *cx, struct db *db, struct str **out, size_t *n) {
    struct label *label = NULL;
    size_t labels = 0;
    int64_t top = 0;
    if (!label_list(cx, db, 0, &label, &labels)) {
        return false;
    }
    for (size_t i = 0; i < labels; i++) {
        top = label[i].id > top ? label[i].id : top;
    }
    *n = (size_t)top + 1;
    *out = arena_new(cx->arena, struct str, *n);
    for (size_t i = 0; i < labels; i++) {
        (*out)[label[i].id] = label[i].code;
    }
    return true;
}

static bool customer_write(struct cx *cx, void *owner, size_t at, const struct derived *d) {
    struct running *r = owner;
    struct score_report *report = r->report;
    const struct progress *progress = &r->making->progress;
    if (!score_writer_row(cx, r->to, &d->row)) {
        return false;
    }
    for (size_t i = 0; i < d->episodes; i++) {
        if (!score_writer_episode(cx, r->to, &d->episode[i])) {
            return false;
        }
    }
    for (size_t i = 0; i < d->waits; i++) {
        r->waited[d->waited[i].segment][d->waited[i].tenths]++;
        if (d->waited[i].segment != 0) {
            r->waited[0][d->waited[i].tenths]++;
        }
    }
    flow_count_row(&r->flow, &d->row, d->episode, d->episodes, 1);
    report->status[d->row.status]++;
    report->customers++;
    report->purchases += d->row.purchases;
    report->episodes += (int64_t)d->episodes;
    if (report->customers % PROGRESS_CUSTOMERS == 0 && progress->step) {
        progress->step(progress->owner, S("score.folding"), at, r->sales.n);
    }
    return true;
}

static int64_t segment_label(const struct running *r, size_t segment) {
    return segment == 0 ? 0 : r->company.segments.label[segment - 1];
}

static bool tables_write(struct cx *cx, struct running *r, struct score_writer *to) {
    for (size_t s = 0; s <= r->company.segments.n; s++) {
        for (size_t m = 0; m < r->company.prior.months; m++) {
            struct score_prior prior = {segment_label(r, s), r->company.prior.first_month + (int32_t)m,
                                        r->company.prior.cell[s * r->company.prior.months + m]};
            if (!score_writer_prior(cx, to, &prior)) {
                return false;
            }
        }
        for (int32_t t = 0; t < WAITED_TENTHS; t++) {
            struct score_waited waited = {segment_label(r, s), t, r->waited[s][t]};
            if (waited.times != 0 && !score_writer_waited(cx, to, &waited)) {
                return false;
            }
        }
    }
    return true;
}

/* Only the days that a window of a year ago can reach: newer ones change with every import and nobody asks for them. */
static bool season_write(struct cx *cx, const struct running *r, struct score_writer *to) {
    int32_t end = r->sales.as_of.n - YEAR;
    for (int32_t day = r->sales.first_day.n; r->company.run.season && day <= end; day++) {
        struct score_season season = {{day}, sales_window(&r->sales, r->sales.first_day.n, day)};
        if (!score_writer_season(cx, to, &season)) {
            return false;
        }
    }
    return true;
}

static bool flow_put(struct cx *cx, void *owner, const struct flow_cell *cell) {
    return score_writer_flow(cx, owner, cell);
}

static bool all_write(struct cx *cx, struct db *db, struct running *r) {
    if (!score_writer_open(cx, db, r->making->temporary, &r->to)) {
        return false;
    }
    bool ok = derive_all(cx, &r->company.derive, &r->sales, r->company.abc, customer_write, r);
    r->company.run.customers = r->report->customers;
    return ok && tables_write(cx, r, r->to) && flow_count_each(cx, &r->flow, flow_put, r->to) &&
           season_write(cx, r, r->to) && score_writer_forecast(cx, r->to, &r->company.forecasting.kept) &&
           score_writer_close(cx, r->to, &r->company.run);
}

static bool derive_and_write(struct cx *cx, struct db *db, struct running *r) {
    const struct making *m = r->making;
    const struct company_wish wish = {.policy = m->policy,
                                      .label_code = r->label_code,
                                      .label_codes = r->label_codes,
                                      .model = m->model,
                                      .insist = m->insist,
                                      .kept = m->kept,
                                      .progress = m->progress};
    int64_t facts = r->company.run.facts;
    if (!company_find(cx, &r->sales, &wish, &r->company)) {
        return false;
    }
    r->company.run.facts = facts;
    r->company.run.made_us = m->now_us;
    r->waited = heap_new(r->company.segments.n + 1, sizeof *r->waited);
    flow_count_open(&r->flow, r->company.prior.first_day, m->as_of, r->label_codes);
    return all_write(cx, db, r);
}

/* The whole of it, inside the caller's transaction. */
static bool score_all(struct cx *cx, struct db *db, const struct making *making, struct score_report *report) {
    struct running r = {.making = making, .report = report};
    *report = (struct score_report){0};
    bool ok = sales_read(cx, db, making->as_of, false, making->progress, &r.sales) &&
              score_label_codes(cx, db, &r.label_code, &r.label_codes) && score_facts(cx, db, &r.company.run.facts) &&
              derive_and_write(cx, db, &r);
    report->run = r.company.run;
    report->forecast = r.company.forecasting.kept;
    report->first_day = r.sales.first_day;
    report->last_day = r.sales.last_day;
    report->changed = report->customers;
    company_clear(&r.company);
    free(r.waited);
    flow_count_clear(&r.flow);
    sales_clear(&r.sales);
    return ok;
}

/* Does the kept set foretell, from what was known on this day, as is wanted now? */
static bool foretells(const struct score_run *run, struct day as_of, struct str model) {
    return run->as_of.n == as_of.n && str_equal(run->model, model);
}

/* What was asked for last stays asked for; who asked for something else is in the audit trail. */
static bool model_keep(struct cx *cx, struct db *db, const struct score_wish *wish, struct str *model) {
    if (!forecasting_asked(cx, db, model)) {
        return false;
    }
    if (wish->model.n == 0 || str_equal(wish->model, *model)) {
        return true;
    }
    struct str before = *model;
    *model = wish->model;
    return forecasting_known(cx, wish->model) && setting_put(cx, db, S("model"), wish->model) &&
           audit_add(cx, db, wish->now_us, wish->who, S("setting"), S("model"), before, wish->model);
}

/* What was learnt outside of the transaction that writes, and of which facts. */
struct learnt {
    struct forecast_kept kept;
    struct str model;
    int64_t facts;
    bool there;
};

static bool learn(struct cx *cx, struct db *db, const struct score_wish *wish, struct learnt *out) {
    struct sales sales = {0};
    struct forecasting forecasting = {0};
    struct forecasting_labels labels;
    struct str *code = NULL;
    out->model = wish->model;
    bool ok = (wish->model.n > 0 || forecasting_asked(cx, db, &out->model)) &&
              sales_read(cx, db, wish->as_of, false, wish->progress, &sales) &&
              score_label_codes(cx, db, &code, &labels.n) && score_facts(cx, db, &out->facts);
    labels.code = code;
    out->there =
        ok && forecasting_learn(cx, &sales, &labels, out->model, wish->model.n > 0, wish->progress, &forecasting);
    out->kept = forecasting.kept;
    forecasting_clear(&forecasting);
    sales_clear(&sales);
    return out->there;
}

static bool learn_apart(struct cx *cx, struct db *db, const struct score_wish *wish, struct learnt *out) {
    bool done = db_read(cx, db) && learn(cx, db, wish, out);
    db_rollback(db);
    return done;
}

/* Does what was learnt still hold? *wanted: it does not, or nothing was learnt yet. */
static bool learnt_use(struct cx *cx, struct db *db, const struct learnt *learnt, struct making *making, bool *wanted) {
    int64_t facts = 0;
    if (!score_facts(cx, db, &facts))
        return false;
    *wanted = !learnt->there || learnt->facts != facts || !str_equal(learnt->model, making->model);
    making->kept = *wanted ? NULL : &learnt->kept;
    return !*wanted;
}

/* Rules that were saved and waited come into force with their score, in one transaction, so that no answer sees the one
 * without the other. When others were saved since, those stand. */
static bool rules_enter(struct cx *cx, struct db *db, const struct score_wish *wish) {
    struct policy_version *version;
    struct policy policy;
    size_t n;
    bool entered = false;
    return wish->rules == 0 ||
           (policy_version_list(cx, db, wish->rules + 1, 1, &version, &n) &&
            policy_version_enter(cx, db, wish->rules, wish->now_us, &entered) &&
            (!entered || (policy_parse(cx, version->rules, &policy) && policy_keep(cx, db, &policy))));
}

/* learnt NULL: learn here and now. */
static bool make(struct cx *cx, struct db *db, const struct score_wish *wish, const struct learnt *learnt, bool *wanted,
                 struct score_report *out) {
    struct policy policy;
    struct score_run run;
    struct making making = {.as_of = wish->as_of,
                            .policy = &policy,
                            .insist = wish->model.n > 0,
                            .now_us = wish->now_us,
                            .progress = wish->progress};
    bool found = false, done = false;
    if (!model_keep(cx, db, wish, &making.model) || !rules_enter(cx, db, wish) || !policy_load(cx, db, &policy) ||
        !score_run_find(cx, db, &found, &run)) {
        return false;
    }
    if (!wish->full && found && foretells(&run, wish->as_of, making.model) &&
        str_equal(run.policy, policy_text(cx->arena, &policy)) &&
        !score_change(cx, db, &run, &policy, wish->now_us, &done, out)) {
        return false;
    }
    return done || ((learnt == NULL || learnt_use(cx, db, learnt, &making, wanted)) && score_all(cx, db, &making, out));
}

/* Where somebody imports all the time, the last try learns with the lock held: it must come to an end. */
bool score_make(struct cx *cx, struct db *db, const struct score_wish *wish, struct score_report *out) {
    struct learnt learnt = {0};
    for (int left = wish->apart ? APART_TRIES : 0;; left--) {
        bool wanted = false;
        if (!db_write(cx, db)) {
            return false;
        }
        if (make(cx, db, wish, left > 0 ? &learnt : NULL, &wanted, out) &&
            webhook_tell_score(cx, db, wish->as_of, out->incremental, wish->now_us) &&
            crossings_note(cx, db, wish->as_of, out->incremental, out->run.customers, wish->now_us) &&
            db_commit(cx, db)) {
            return true;
        }
        db_rollback(db);
        if (!wanted || !learn_apart(cx, db, wish, &learnt)) {
            return false;
        }
    }
}

/* Under another policy, for another day, or of newer facts. Of the same day, what the kept set foretells with stands as
 * long as the next score would keep it. */
static bool beside(struct cx *cx, struct db *db, struct making *making, const struct score_run *kept, bool found,
                   struct score_run *out) {
    struct score_report report;
    struct forecast_kept forecast;
    bool serves = false;
    if (found && foretells(kept, making->as_of, making->model)) {
        if (!forecast_find(cx, db, &found, &forecast) ||
            (found && !score_change_serves(cx, db, kept, &forecast, &serves))) {
            return false;
        }
        making->kept = serves ? &forecast : NULL;
    }
    if (!score_all(cx, db, making, &report)) {
        return false;
    }
    *out = report.run;
    return true;
}

static bool in_sight(struct cx *cx, struct db *db, const struct score_need *need, bool *temporary, bool *fits,
                     struct score_run *out) {
    struct policy policy;
    struct making making = {
        .as_of = need->as_of, .policy = &policy, .temporary = true, .model = S("none"), .progress = need->progress};
    int64_t facts = 0;
    bool found = false;
    if (!score_drop_temporary(cx, db) || !policy_load(cx, db, &policy) || !score_facts(cx, db, &facts) ||
        !score_run_find(cx, db, &found, out) || (need->forecast && !forecasting_asked(cx, db, &making.model))) {
        return false;
    }
    if (need->policy) {
        making.policy = need->policy;
    }
    *fits = found && out->facts == facts && out->as_of.n == need->as_of.n &&
            (!need->forecast || str_equal(out->model, making.model)) &&
            str_equal(out->policy, policy_text(cx->arena, making.policy));
    if (temporary) {
        *temporary = !*fits;
    }
    struct score_run kept = *out;
    return *fits || beside(cx, db, &making, &kept, found, out);
}

/* Whether the kept set fits hangs on watched tables alone, so that is remembered too; of a policy to be tried it is not. */
static bool in_sight_recalled(struct cx *cx, struct db *db, const struct score_need *need, bool *temporary,
                              struct score_run *out) {
    struct picture_ask ask;
    struct str known, key = cx_text(cx, "score of %d %d", (int)need->as_of.n, (int)need->forecast);
    bool found = false, fits = false;
    if (need->policy) {
        return in_sight(cx, db, need, temporary, &fits, out);
    }
    if (!picture_find(cx, db, key, &ask, &found, &known)) {
        return false;
    }
    if (found && score_run_take(known, out)) {
        if (temporary) {
            *temporary = false;
        }
        return true;
    }
    if (!in_sight(cx, db, need, temporary, &fits, out)) {
        return false;
    }
    if (fits && picture_recalls(db)) {
        picture_keep(db, &ask, score_run_pack(cx->arena, out));
    }
    return true;
}

bool score_beside(struct cx *cx, struct db *db, const struct score_run *run, const struct policy *policy,
                  struct progress progress) {
    struct score_report report;
    struct forecast_kept forecast;
    struct making making = {
        .as_of = run->as_of, .policy = policy, .temporary = true, .model = run->model, .progress = progress};
    bool found = false;
    if (!forecast_find(cx, db, &found, &forecast)) {
        return false;
    }
    making.kept = found ? &forecast : NULL;
    return score_all(cx, db, &making, &report);
}

bool score_for(struct cx *cx, struct db *db, const struct score_need *need, bool *temporary, struct score_run *out) {
    if (!db_read(cx, db)) {
        return false;
    }
    if (in_sight_recalled(cx, db, need, temporary, out)) {
        return true;
    }
    db_rollback(db);
    return false;
}

static bool newest_take(struct cx *cx, void *owner, const struct document_brief *document) {
    (void)cx;
    struct day *newest = owner;
    bool sale = document->kind == DOCUMENT_SALE || document->kind == DOCUMENT_UNVALUED;
    if (sale && (!day_is(*newest) || document->day.n > newest->n)) {
        *newest = document->day;
    }
    return true;
}

bool score_last_day(struct cx *cx, struct db *db, struct day today, struct day *out) {
    struct score_run run;
    int64_t facts = 0;
    bool found = false;
    *out = DAY_NONE;
    if (!db_read(cx, db)) {
        return false;
    }
    bool ok = score_drop_temporary(cx, db) && score_run_find(cx, db, &found, &run) && score_facts(cx, db, &facts);
    if (ok && found && run.facts == facts && run.as_of.n >= today.n) {
        ok = score_newest_day(cx, db, out);
    }
    /* The kept score may be of an earlier day, or there is none: the documents themselves know. */
    if (ok && !day_is(*out)) {
        ok = document_brief_each(cx, db, 0, today, newest_take, out);
    }
    db_rollback(db);
    return ok;
}
