// SPDX-License-Identifier: Apache-2.0
/* summary_sales.c -- customers of a database as the models know them: x, t_x, T from their days of purchase.
 *
 * A purchase is a day with a net value above zero, as in every other answer; `spend` is the mean of the repeat ones. The
 * class ABC is that of SUMMARY_ABC_BEFORE_DAYS before the end: the class of the end is made of the very purchases that it
 * would explain. Invariant: nothing after as_of is seen.
 */
#include <math.h>

#include "app/cuts.h"
#include "app/heap.h"
#include "app/sales.h"
#include "app/score_change.h"
#include "app/summary_parts.h"
#include "stats/history.h"

enum { YEAR = 365, DAYS_A_WEEK = 7, ABC = LABEL_KIND_END };

struct summary_sales {
    struct summary_options options;
    struct sales sales;
    int32_t covariate[SUMMARY_COVARIATES]; /* a label_kind, or ABC */
    struct str *label;                     /* codes by id */
    size_t labels;
    char *abc; /* by place; NULL: not asked for */
    double days_a_unit;
    size_t at;
    int32_t *day; /* of the customer at hand */
    size_t day_room;
    char class_text[2];
};

/* -- covariates -------------------------------------------------------------------------------------------------- */

static bool covariates_find(struct cx *cx, struct summary_sales *s) {
    static const struct {
        struct str name;
        int32_t kind;
    } known[] = {{{"segment", 7}, LABEL_SEGMENT}, {{"region", 6}, LABEL_REGION}, {{"abc", 3}, ABC},
                 {{"company", 7}, LABEL_COMPANY}, {{"rep", 3}, LABEL_REP},       {{"city", 4}, LABEL_CITY}};
    for (size_t i = 0; i < s->options.covariates; i++) {
        for (size_t k = 0; k < sizeof known / sizeof *known; k++) {
            if (str_equal(known[k].name, s->options.covariate[i])) {
                s->covariate[i] = known[k].kind;
            }
        }
        if (s->covariate[i] == 0) {
            return cx_fail(cx, ERR_INVALID, S("summary.no_label"), s->options.covariate[i]);
        }
    }
    return true;
}

static bool wants_abc(const struct summary_sales *s) {
    bool wants = false;
    for (size_t i = 0; i < s->options.covariates; i++) {
        wants = wants || s->covariate[i] == ABC;
    }
    return wants;
}

/* Value of the year up to `end`; ranked: bought in it. */
static struct cut_value value_until(const struct sale_customer *c, int32_t end) {
    struct cut_value v = {.code = c->code, .last = DAY_NONE};
    for (uint32_t i = 0; i < c->days && c->day[i].day <= end; i++) {
        if (c->day[i].day > end - YEAR) {
            v.value_12m += c->day[i].net_cents;
            v.ranked = v.ranked || c->day[i].purchase;
        }
    }
    return v;
}

static bool abc_find(struct cx *cx, struct summary_sales *s) {
    int32_t end = s->sales.as_of.n - SUMMARY_ABC_BEFORE_DAYS;
    struct score_run run = {0};
    struct cut_value *value = heap_new(s->sales.n, sizeof *value);
    for (size_t i = 0; i < s->sales.n; i++) {
        value[i] = value_until(&s->sales.customer[i], end);
    }
    bool ok = cuts_find(cx, value, s->sales.n, &run);
    s->abc = heap_new(s->sales.n, 1);
    for (size_t i = 0; ok && i < s->sales.n; i++) {
        s->abc[i] = cuts_class(&run, value[i].ranked, value[i].value_12m, s->sales.customer[i].code);
    }
    free(value);
    return ok;
}

static struct str covariate_of(struct summary_sales *s, size_t place, int32_t kind) {
    if (kind == ABC) {
        s->class_text[0] = s->abc[place];
        return (struct str){s->class_text, s->abc[place] != 0};
    }
    int32_t id = s->sales.customer[place].label[kind];
    return id > 0 && (size_t)id < s->labels ? s->label[id] : (struct str){0};
}

/* -- the whole --------------------------------------------------------------------------------------------------- */

/* Is there any value at all? An export without prices has purchases that cost nothing. */
static bool has_values(const struct sales *sales) {
    for (size_t c = 0; c < sales->n; c++) {
        for (uint32_t i = 0; i < sales->customer[c].days; i++) {
            if (sales->customer[c].day[i].net_cents > 0) {
                return true;
            }
        }
    }
    return false;
}

static bool read_all(struct cx *cx, struct summary_sales *s, struct db *db, struct day as_of) {
    if (!db_read(cx, db)) {
        return false;
    }
    bool ok = sales_read(cx, db, as_of, false, s->options.progress, &s->sales) &&
              score_label_codes(cx, db, &s->label, &s->labels);
    db_rollback(db);
    return ok && (!wants_abc(s) || abc_find(cx, s));
}

bool summary_sales_open(struct cx *cx, const struct summary_options *options, struct db *db, struct day as_of,
                        struct summary_about *about, struct summary_sales **out) {
    struct summary_sales *s = arena_new(cx->arena, struct summary_sales, 1);
    s->options = *options;
    s->days_a_unit = options->unit == SUMMARY_WEEKS ? DAYS_A_WEEK : 1;
    *out = s; /* the caller closes it also when what follows fails */
    if (!covariates_find(cx, s) || !read_all(cx, s, db, as_of)) {
        return false;
    }
    about->unit = options->unit == SUMMARY_WEEKS ? SUMMARY_WEEKS : SUMMARY_DAYS;
    about->as_of = as_of;
    about->customer = about->litt = true;
    about->spend = has_values(&s->sales);
    return !options->spend || about->spend || cx_fail(cx, ERR_INVALID, S("summary.no_values"));
}

void summary_sales_close(struct summary_sales *s) {
    if (s) {
        free(s->abc);
        free(s->day);
        sales_clear(&s->sales);
    }
}

void summary_sales_rewind(struct summary_sales *s) {
    s->at = 0;
}

/* -- customers --------------------------------------------------------------------------------------------------- */

/* Its days of purchase; *mean: value of the repeat ones in whole units of money, NaN when there are none. */
static size_t days_of(struct summary_sales *s, const struct sale_customer *c, double *mean) {
    size_t n = 0;
    double cents = 0;
    s->day = heap_grown(s->day, &s->day_room, c->days, sizeof *s->day);
    for (uint32_t i = 0; i < c->days; i++) {
        if (c->day[i].purchase) {
            cents += n > 0 ? (double)c->day[i].net_cents : 0;
            s->day[n++] = c->day[i].day;
        }
    }
    *mean = n > 1 ? cents / 100 / (double)(n - 1) : NAN;
    return n;
}

static void to_unit(const struct summary_sales *s, struct cbs_customer *c) {
    c->t_x /= s->days_a_unit;
    c->T /= s->days_a_unit;
    c->litt -= c->x * log(s->days_a_unit);
}

enum summary_next summary_sales_next(struct summary_sales *s, struct summary_row *out) {
    while (s->at < s->sales.n) {
        size_t place = s->at++;
        const struct sale_customer *c = &s->sales.customer[place];
        double mean = NAN;
        size_t n = c->later ? 0 : days_of(s, c, &mean);
        struct history history = {.day = s->day, .n = n};
        if (n == 0 || history_summary(&history, s->sales.as_of.n, &out->c) != STAT_OK) {
            continue;
        }
        to_unit(s, &out->c);
        out->line = s->at;
        out->customer = c->code;
        out->spend = mean;
        for (size_t i = 0; i < s->options.covariates; i++) {
            out->covariate[i] = covariate_of(s, place, s->covariate[i]);
        }
        return SUMMARY_ROW;
    }
    return SUMMARY_END;
}
