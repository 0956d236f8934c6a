// SPDX-License-Identifier: Apache-2.0
/* forecasting.c -- purchases side by side for stats/forecast, its findings in whole numbers for the store. It must not judge
 * a model: what is chosen is what forecast_learn chose. */
#include "app/forecasting.h"

#include <math.h>

#include "app/buyers.h"
#include "app/heap.h"
#include "base/buf.h"
#include "store/setting.h"

enum { E6 = 1000000, TEXT_MOST = 1 << 24, SEED = 1, LABEL_DIGITS = 18 };

bool forecasting_asked(struct cx *cx, struct db *db, struct str *out) {
    bool found = false;
    struct str kept = {0};
    if (!setting_find(cx, db, S("model"), &found, &kept)) {
        return false;
    }
    *out = found && kept.n > 0 ? kept : S("auto");
    return true;
}

bool forecasting_known(struct cx *cx, struct str asked) {
    enum forecast_method method;
    return str_equal(asked, S("auto")) || str_equal(asked, S("none")) || forecast_method_parse(asked, &method) ||
           cx_fail(cx, ERR_INVALID, S("forecast.unknown"), asked);
}

/* ---- histories ---- */

struct histories {
    struct buyers buyers;
    struct history *of; /* [buyers.n] */
    int32_t *day;
    int64_t *cents;
};

static void histories_clear(struct histories *h) {
    buyers_clear(&h->buyers);
    free(h->of);
    free(h->day);
    free(h->cents);
}

static void histories_make(const struct sales *sales, const struct forecasting_labels *labels, struct histories *h) {
    struct buyers *buyers = &h->buyers;
    struct derive_places places = {0};
    size_t at = 0;
    buyers_find(sales, labels->code, labels->n, buyers);
    derive_places_make(buyers->segment, buyers->segments, &places);
    h->of = heap_raw(buyers->n + 1, sizeof *h->of);
    h->day = heap_raw(buyers->purchases + 1, sizeof *h->day);
    h->cents = heap_raw(buyers->purchases + 1, sizeof *h->cents);
    for (size_t i = 0; i < buyers->n; i++) {
        const struct sale_customer *c = &sales->customer[buyers->place[i]];
        h->of[i] = (struct history){
            .day = h->day + at, .cents = h->cents + at, .segment = derive_place(&places, c->label[LABEL_SEGMENT])};
        h->of[i].n = sale_customer_purchases(c, h->day + at, h->cents + at);
        at += h->of[i].n;
    }
    derive_places_clear(&places);
}

/* ---- what was found ---- */

static int64_t e6_of(double v) {
    return isfinite(v) ? (int64_t)floor(v * E6 + 0.5) : STAT_NONE;
}

static struct forecast_figure figure_of(const struct estimate *e) {
    return (struct forecast_figure){e6_of(e->value), e6_of(e->low), e6_of(e->high)};
}

static void report_keep(const struct forecast_report *report, struct forecast_kept *kept) {
    kept->method = report->chosen;
    kept->customers = report->customers;
    kept->purchases = report->purchases;
    kept->first_day = report->first_day;
    kept->enough_on = report->enough_on;
    kept->origins = report->origins;
    kept->warnings = report->warnings;
    kept->season = report->season;
    for (int m = 0; m < FORECAST_METHODS; m++) {
        const struct forecast_trial *trial = &report->trial[m];
        if (trial->tried) {
            kept->trial[kept->trials++] =
                (struct forecast_kept_trial){.method = (enum forecast_method)m,
                                             .cases = trial->measure.cases,
                                             .happened = trial->measure.happened,
                                             .log_score = figure_of(&trial->measure.log_score),
                                             .auc = figure_of(&trial->measure.auc)};
        }
    }
}

static struct str segments_text(struct cx *cx, const struct histories *h) {
    struct buf buf;
    buf_init(&buf, cx->arena, TEXT_MOST);
    for (size_t i = 0; i < h->buyers.segments; i++) {
        buf_printf(&buf, "%s%lld", i > 0 ? " " : "", (long long)h->buyers.segment[i]);
    }
    return buf_str(&buf);
}

/* ---- learning ---- */

/* The model as text; empty when there is nothing to learn from. */
static bool learn(struct cx *cx, const struct forecast_company *company, struct str asked, bool insist,
                  struct forecast_report *report, struct str *text) {
    struct arena arena;
    struct forecast_model *model = NULL;
    struct forecast_wish wish = {.automatic = true, .seed = SEED};
    wish.automatic = !forecast_method_parse(asked, &wish.method); /* a word of a later version is taken as auto */
    arena_init(&arena, 0, cx->arena->full, cx->arena->owner);
    enum stat_code code = forecast_learn(&arena, company, &wish, &model, report);
    if (code == STAT_TOO_FEW && !wish.automatic && insist) {
        arena_clear(&arena);
        return cx_fail(cx, ERR_INVALID, S("forecast.too_few"), asked);
    }
    if (code == STAT_TOO_FEW && !wish.automatic && wish.method != FORECAST_CYCLE) {
        wish.method = FORECAST_CYCLE;
        code = forecast_learn(&arena, company, &wish, &model, report);
    }
    *text = (struct str){0};
    if (code == STAT_OK && report->chosen != FORECAST_NONE) {
        struct buf buf;
        buf_init(&buf, cx->arena, TEXT_MOST);
        forecast_write(model, &buf);
        *text = buf_str(&buf);
    } else {
        report->chosen = FORECAST_NONE;
    }
    arena_clear(&arena);
    return code != STAT_DOMAIN || cx_fail(cx, ERR_BUG, S("forecast.fault"));
}

bool forecasting_learn(struct cx *cx, const struct sales *sales, const struct forecasting_labels *labels,
                       struct str asked, bool insist, struct progress progress, struct forecasting *out) {
    struct forecast_kept kept = {.learnt_on = sales->as_of, .first_day = DAY_NONE, .enough_on = DAY_NONE};
    *out = (struct forecasting){.kept = kept};
    if (str_equal(asked, S("none"))) {
        return true;
    }
    if (progress.step) {
        progress.step(progress.owner, S("score.learning"), 0, 0);
    }
    struct histories h = {0};
    struct forecast_report *report = arena_new(cx->arena, struct forecast_report, 1);
    histories_make(sales, labels, &h);
    struct forecast_company company = {
        .customer = h.of, .n = h.buyers.n, .segments = (uint32_t)h.buyers.segments, .as_of = sales->as_of};
    bool ok = learn(cx, &company, asked, insist, report, &kept.model);
    kept.segments = segments_text(cx, &h);
    histories_clear(&h);
    if (!ok) {
        return false;
    }
    report_keep(report, &kept);
    return forecasting_take(cx, &kept, out);
}

/* ---- the kept one ---- */

/* Label ids with a blank between, as segments_text writes them. */
static void places_read(struct cx *cx, struct str text, struct derive_places *out) {
    int64_t *label = arena_new(cx->arena, int64_t, text.n / 2 + 1);
    size_t n = 0;
    for (struct str rest = text, word; rest.n > 0;) {
        str_cut(rest, ' ', &word, &rest);
        for (size_t i = 0; i < word.n && i < LABEL_DIGITS; i++) {
            label[n] = label[n] * 10 + (word.p[i] - '0');
        }
        n++;
    }
    derive_places_make(label, n, out);
}

bool forecasting_take(struct cx *cx, const struct forecast_kept *kept, struct forecasting *out) {
    *out = (struct forecasting){.kept = *kept};
    if (kept->method != FORECAST_NONE && forecast_read(cx->arena, kept->model, &out->model) != STAT_OK) {
        return cx_fail(cx, ERR_DB, S("forecast.broken"));
    }
    places_read(cx, kept->segments, &out->places);
    return true;
}

void forecasting_clear(struct forecasting *forecasting) {
    derive_places_clear(&forecasting->places);
}
