// SPDX-License-Identifier: Apache-2.0
/* study_text -- answers as text, to be kept, and back: a line each, its first word says what it is, fields between tabs.
 *
 * Invariant: what was written is read back to the same numbers. A line of another version of the program is passed over.
 */
#include <math.h>

#include "app/study.h"
#include "base/buf.h"
#include "stats/stat.h"

enum { E6 = 1000000 };

/* ---- fields ---- */

static void put_text(struct buf *to, struct str text) {
    buf_char(to, '\t');
    for (size_t i = 0; i < text.n; i++)
        buf_char(to, text.p[i] == '\t' || text.p[i] == '\n' ? ' ' : text.p[i]);
}

static void put_number(struct buf *to, int64_t v) {
    if (v == STAT_NONE)
        buf_put(to, S("\t-"));
    else
        buf_printf(to, "\t%lld", (long long)v);
}

static void put_real(struct buf *to, double v) {
    put_number(to, isfinite(v) ? llround(v * E6) : STAT_NONE);
}

struct reading {
    struct str rest, line;
};

static bool next_line(struct reading *r, struct str *word) {
    if (r->rest.n == 0)
        return false;
    str_cut(r->rest, '\n', &r->line, &r->rest);
    if (!str_cut(r->line, '\t', word, &r->line))
        r->line = (struct str){0};
    return true;
}

static struct str take_text(struct reading *r) {
    struct str field;
    if (!str_cut(r->line, '\t', &field, &r->line))
        r->line = (struct str){0};
    return field;
}

static int64_t take_number(struct reading *r) {
    struct str field = take_text(r);
    bool less = field.n > 0 && field.p[0] == '-';
    int64_t v = 0;
    if (field.n == (size_t)less)
        return STAT_NONE;
    for (size_t i = less; i < field.n; i++) {
        if (field.p[i] < '0' || field.p[i] > '9' || v > INT64_MAX / 100)
            return STAT_NONE;
        v = v * 10 + (field.p[i] - '0');
    }
    return less ? -v : v;
}

/* A count: what is missing is nothing. */
static int64_t take_count(struct reading *r) {
    int64_t v = take_number(r);
    return v == STAT_NONE ? 0 : v;
}

static bool is(struct str word, const char *what) {
    return str_equal(word, str_from(what));
}

static size_t lines_of(struct str text) {
    size_t n = 1;
    for (size_t i = 0; i < text.n; i++)
        n += text.p[i] == '\n';
    return n;
}

/* ---- the rhythm ---- */

struct str study_cycle_text(struct arena *arena, const struct study_cycle *cycle) {
    struct buf to;
    buf_init(&to, arena, 0);
    for (size_t i = 0; i < cycle->n; i++) {
        const struct study_group *g = &cycle->group[i];
        buf_put(&to, S("group"));
        put_number(&to, (int64_t)g->by);
        put_text(&to, g->group);
        put_number(&to, g->customers);
        put_number(&to, g->repeat_customers);
        put_number(&to, g->gaps);
        for (int k = 0; k < 4; k++)
            put_number(&to, g->within[k]);
        put_text(&to, g->rule);
        put_number(&to, g->bars.step);
        for (int k = 0; k < RHYTHM_BARS; k++)
            put_number(&to, g->bars.bar[k]);
        buf_char(&to, '\n');
    }
    return buf_str(&to);
}

void study_cycle_read(struct arena *arena, struct str text, struct study_cycle *out) {
    struct reading r = {.rest = text};
    struct str word;
    *out = (struct study_cycle){.group = arena_new(arena, struct study_group, lines_of(text))};
    while (next_line(&r, &word)) {
        struct study_group *g = &out->group[out->n];
        if (!is(word, "group"))
            continue;
        out->n++;
        g->by = (enum flow_by)take_count(&r);
        g->group = take_text(&r);
        g->customers = take_count(&r);
        g->repeat_customers = take_count(&r);
        g->gaps = take_count(&r);
        for (int k = 0; k < 4; k++)
            g->within[k] = (int32_t)take_count(&r);
        g->rule = take_text(&r);
        g->bars.step = (int32_t)take_count(&r);
        for (int k = 0; k < RHYTHM_BARS; k++)
            g->bars.bar[k] = take_count(&r);
    }
}

/* ---- rules that are tried ---- */

struct str study_fit_text(struct arena *arena, const struct rules_change *change, struct str under) {
    struct buf to;
    buf_init(&to, arena, 0);
    buf_put(&to, S("all"));
    put_number(&to, change->customers);
    put_number(&to, change->changed);
    buf_put(&to, S("\nunder"));
    put_text(&to, under);
    buf_char(&to, '\n');
    for (size_t i = 0; i < change->after.n; i++) {
        buf_put(&to, S("rule"));
        put_number(&to, change->fit[i]);
        buf_char(&to, '\n');
    }
    for (int from = 0; from < STATUS_COUNT; from++)
        for (int into = 0; into < STATUS_COUNT; into++) {
            if (change->from_to[from][into] == 0)
                continue;
            buf_put(&to, S("step"));
            put_text(&to, str_from(status_name((enum status)from)));
            put_text(&to, str_from(status_name((enum status)into)));
            put_number(&to, change->from_to[from][into]);
            buf_char(&to, '\n');
        }
    return buf_str(&to);
}

static int status_at(struct str name) {
    int status = 0;
    while (status < STATUS_COUNT && !str_equal(name, str_from(status_name((enum status)status))))
        status++;
    return status;
}

void study_fit_read(struct arena *arena, struct str text, struct study_fit *out) {
    struct reading r = {.rest = text};
    struct str word;
    *out = (struct study_fit){.fit = arena_new(arena, int64_t, lines_of(text))};
    while (next_line(&r, &word)) {
        if (is(word, "all")) {
            out->customers = take_count(&r);
            out->changed = take_count(&r);
        } else if (is(word, "under")) {
            out->under = take_text(&r);
        } else if (is(word, "rule")) {
            out->fit[out->rules++] = take_count(&r);
        } else if (is(word, "step")) {
            int from = status_at(take_text(&r)), into = status_at(take_text(&r));
            if (from < STATUS_COUNT && into < STATUS_COUNT)
                out->from_to[from][into] = take_count(&r);
        }
    }
}

/* ---- a backtest ---- */

static void put_against(struct buf *to, const struct backtest_against *against) {
    const struct estimate *e = &against->contrast.log_score_95;
    put_real(to, e->value);
    put_real(to, e->low);
    put_real(to, e->high);
    put_number(to, against->real);
}

static struct study_against take_against(struct reading *r) {
    struct study_against against = {.value_e6 = take_number(r)};
    against.low_e6 = take_number(r);
    against.high_e6 = take_number(r);
    against.real = take_count(r) != 0;
    return against;
}

/* What the program chose at each cut, each name once. */
static struct str chosen_text(struct cx *cx, const struct backtest_report *report, const struct backtest_row *row) {
    struct buf names;
    buf_init(&names, cx->arena, 0);
    for (size_t i = 0; row->candidate.automatic && i < report->cuts; i++) {
        bool said = row->chosen[i].n == 0;
        for (size_t k = 0; k < i; k++)
            said = said || str_equal(row->chosen[k], row->chosen[i]);
        if (said)
            continue;
        buf_put(&names, names.n > 0 ? S(", ") : S(""));
        buf_put(&names, row->chosen[i]);
    }
    return buf_str(&names);
}

static void put_row(struct cx *cx, struct buf *to, const struct backtest_report *report,
                    const struct backtest_row *row) {
    const struct measure *m = &row->said.total;
    buf_put(to, S("row"));
    put_text(to, row->name);
    put_text(to, chosen_text(cx, report, row));
    put_number(to, row->in_force);
    put_number(to, row->rule);
    put_number(to, row->same);
    const double figure[] = {m->log_score.value, m->log_score.low, m->log_score.high,
                             m->auc.value,       m->lift.value,    m->brier.value,
                             m->mae.value,       m->bias.value,    m->lost_value_flagged.value,
                             row->false_alarms};
    for (size_t i = 0; i < sizeof figure / sizeof *figure; i++)
        put_real(to, figure[i]);
    put_against(to, &row->recommended);
    buf_char(to, '\n');
    for (size_t i = 0; i < m->bins; i++) {
        buf_put(to, S("bin"));
        put_real(to, m->bin[i].p_mean);
        put_real(to, m->bin[i].share);
        put_real(to, m->bin[i].low);
        put_real(to, m->bin[i].high);
        put_number(to, m->bin[i].n);
        buf_char(to, '\n');
    }
}

struct str study_backtest_text(struct cx *cx, const struct backtest_report *report) {
    struct buf to, cuts;
    buf_init(&to, cx->arena, 0);
    buf_init(&cuts, cx->arena, 0);
    for (size_t i = 0; i < report->cuts; i++) {
        char day[DAY_TEXT];
        size_t n = day_iso(report->cut[i].day, day);
        buf_printf(&cuts, "%s%.*s", i > 0 ? " " : "", (int)n, day);
    }
    buf_put(&to, S("all"));
    const int64_t number[] = {(int64_t)report->none,
                              report->first_day.n,
                              report->known_until.n,
                              report->enough_on.n,
                              report->horizon_days,
                              report->customers,
                              report->customers_known,
                              report->reps,
                              report->cases,
                              report->bought,
                              (int64_t)report->next,
                              (int64_t)report->in_force,
                              (int64_t)report->best_rule};
    for (size_t i = 0; i < sizeof number / sizeof *number; i++)
        put_number(&to, number[i]);
    put_text(&to, buf_str(&cuts));
    put_against(&to, &report->best_rule_against);
    buf_char(&to, '\n');
    for (size_t i = 0; i < report->rows; i++)
        put_row(cx, &to, report, &report->row[i]);
    return buf_str(&to);
}

static void take_all(struct reading *r, struct study_backtest *out) {
    out->none = (enum backtest_none)take_count(r);
    out->first_day.n = (int32_t)take_count(r);
    out->known_until.n = (int32_t)take_count(r);
    out->enough_on.n = (int32_t)take_count(r);
    out->horizon_days = take_count(r);
    out->customers = take_count(r);
    out->customers_known = take_count(r);
    out->reps = take_count(r);
    out->cases = take_count(r);
    out->bought = take_count(r);
    out->next = (size_t)take_count(r);
    out->in_force = (size_t)take_count(r);
    out->best_rule = (size_t)take_count(r);
    out->cuts = take_text(r);
    out->best_rule_against = take_against(r);
}

static void take_row(struct reading *r, struct study_candidate *row) {
    row->name = take_text(r);
    row->chosen = take_text(r);
    row->in_force = take_count(r) != 0;
    row->rule = take_count(r) != 0;
    row->same = take_count(r) != 0;
    int64_t *figure[] = {
        &row->log_score.value_e6, &row->log_score.low_e6, &row->log_score.high_e6, &row->auc_e6,  &row->lift_e6,
        &row->brier_e6,           &row->mae_e6,           &row->bias_e6,           &row->lost_e6, &row->alarms_e6};
    for (size_t i = 0; i < sizeof figure / sizeof *figure; i++)
        *figure[i] = take_number(r);
    row->recommended = take_against(r);
}

void study_backtest_read(struct arena *arena, struct str text, struct study_backtest *out) {
    struct reading r = {.rest = text};
    struct str word;
    *out = (struct study_backtest){.row = arena_new(arena, struct study_candidate, lines_of(text))};
    while (next_line(&r, &word)) {
        if (is(word, "all")) {
            take_all(&r, out);
        } else if (is(word, "row")) {
            take_row(&r, &out->row[out->rows++]);
        } else if (is(word, "bin") && out->rows > 0 && out->row[out->rows - 1].bins < MEASURE_BINS) {
            struct study_candidate *row = &out->row[out->rows - 1];
            struct study_bin *bin = &row->bin[row->bins++];
            bin->said_e6 = take_number(&r);
            bin->share_e6 = take_number(&r);
            bin->low_e6 = take_number(&r);
            bin->high_e6 = take_number(&r);
            bin->cases = take_count(&r);
        }
    }
}
