// SPDX-License-Identifier: Apache-2.0
/* policy -- the page of rhythm and rules: how often customers buy, which rules are in force and how good they were, what would be
 * better. All figures were worked out before by the thread that works; here they are only said.
 */
#include "web/manage/policy.h"

#include "base/limits.h"
#include "base/text.h"
#include "web/csv.h"
#include "web/manage/figures.h"
#include "web/manage/manage.h"
#include "web/pages.h"

enum { E4 = 10000 };

/* ---- the rhythm ---- */

struct str policy_by(struct page *page, enum flow_by by) {
    return page_text(page, cx_text(page->cx, "column.%s", flow_by_name(by)));
}

struct url policy_at(struct page *page, const struct policy_view *v, enum flow_by by, struct str group) {
    (void)v;
    return group.n > 0
               ? figures_address(page, "/policy?by=%s&group=%.*s", flow_by_name(by), STR_ARG(figures_code(page, group)))
               : figures_address(page, "/policy?by=%s", flow_by_name(by));
}

static struct policy_group group_of(struct page *page, const struct study_group *g) {
    struct policy_group out = {.group = g, .rule = policy_rule_words(page, g->rule)};
    struct policy_scope scope = {0};
    out.name = g->by == FLOW_ALL ? page_text(page, S("cli_cycle.company"))
               : g->group.n > 0  ? g->group
                                 : page_text(page, S("policy_page.none"));
    if (g->by == FLOW_SEGMENT)
        scope.segment = g->group;
    else if (g->by == FLOW_REGION)
        scope.region = g->group;
    else if (g->by == FLOW_ABC && g->group.n > 0)
        scope.abc = g->group.p[0];
    if (g->by == FLOW_ALL || g->group.n > 0)
        out.try_it = policy_try_url(page, policy_scope_text(page->arena, &scope), g->rule);
    return out;
}

static void bars_fill(struct page *page, const struct study_group *g, struct policy_bars *out) {
    struct buf names, counts, shares;
    buf_init(&names, page->arena, 0);
    buf_init(&counts, page->arena, 0);
    buf_init(&shares, page->arena, 0);
    for (int i = 0; i < RHYTHM_BARS; i++) {
        int from = i * g->bars.step + 1, to = (i + 1) * g->bars.step;
        out->names[i] = i == RHYTHM_BARS - 1 ? cx_text(page->cx, "≥ %d", from)
                        : from == to         ? cx_text(page->cx, "%d", from)
                                             : cx_text(page->cx, "%d–%d", from, to);
        out->count[i] = g->bars.bar[i];
        out->share_e4[i] = g->gaps > 0 ? g->bars.bar[i] * E4 / g->gaps : 0;
        buf_printf(&names, "%s%.*s", i > 0 ? "," : "", STR_ARG(out->names[i]));
        buf_printf(&counts, "%s%lld", i > 0 ? "," : "", (long long)out->count[i]);
    }
    out->name_list = buf_str(&names);
    out->count_list = buf_str(&counts);
}

static void rhythm_fill(struct page *page, struct policy_view *v) {
    struct str wanted = page_query(page, "group");
    if (!flow_by_parse(page_query(page, "by"), &v->by) || (v->by != FLOW_REGION && v->by != FLOW_ABC))
        v->by = FLOW_SEGMENT;
    study_cycle_read(page->arena, v->current.cycle.done.result, &v->cycle);
    v->group = arena_new(page->arena, struct policy_group, v->cycle.n + 1);
    for (size_t i = 0; i < v->cycle.n; i++) {
        const struct study_group *g = &v->cycle.group[i];
        if (g->by == FLOW_ALL)
            v->company = group_of(page, g);
        if (g->by == v->by)
            v->group[v->groups++] = group_of(page, g);
    }
    v->one = v->company.group != NULL ? &v->company : NULL;
    for (size_t i = 0; i < v->groups; i++)
        if (wanted.n > 0 && str_equal(v->group[i].group->group, wanted))
            v->one = &v->group[i];
    if (v->one != NULL && v->one->group->gaps == 0)
        v->one = NULL;
    if (v->one != NULL)
        bars_fill(page, v->one->group, &v->bars);
}

/* ---- the backtest ---- */

/* As the command says it: a rule in full only where it is short. */
static struct str candidate_label(struct page *page, const struct study_candidate *row) {
    struct backtest_candidate *all = arena_new(page->arena, struct backtest_candidate, LIMIT_BACKTEST_RULES);
    size_t n = 0;
    struct str name = row->name;
    if (backtest_rules_parse(page->cx, row->name, all, &n) && n > 0)
        name = backtest_name(page->cx, page->lang, &all[0]);
    cx_clear(page->cx);
    if (row->chosen.n > 0)
        return cx_text(page->cx, "%.*s (%.*s)", STR_ARG(name), STR_ARG(row->chosen));
    if (!row->in_force)
        return name;
    return n > 0 && all[0].kind == BACKTEST_POLICY ? page_text(page, S("cli_backtest.policy"))
                                                   : page_text(page, S("cli_backtest.in_force"), name);
}

static void reliability_fill(struct page *page, struct policy_view *v) {
    const struct study_candidate *best = v->candidate[0].row;
    struct buf said, share;
    buf_init(&said, page->arena, 0);
    buf_init(&share, page->arena, 0);
    for (size_t i = 0; i < best->bins; i++) {
        buf_printf(&said, "%s%lld", i > 0 ? "," : "", (long long)best->bin[i].said_e6);
        buf_printf(&share, "%s%lld", i > 0 ? "," : "", (long long)best->bin[i].share_e6);
    }
    v->said_list = buf_str(&said);
    v->share_list = buf_str(&share);
}

static void backtest_fill(struct page *page, struct policy_view *v) {
    const struct study *done = &v->current.backtest.done;
    v->backtested = done->state == STUDY_DONE;
    if (!v->backtested)
        return;
    study_backtest_read(page->arena, done->result, &v->backtest);
    v->backtest_old = done->facts != v->current.facts || done->as_of.n != page->as_of.n;
    v->candidate = arena_new(page->arena, struct policy_candidate, v->backtest.rows + 1);
    for (size_t i = 0; i < v->backtest.rows; i++)
        v->candidate[i] = (struct policy_candidate){&v->backtest.row[i], candidate_label(page, &v->backtest.row[i])};
    if (v->backtest.rows == 0)
        return;
    reliability_fill(page, v);
    if (v->backtest.best_rule < v->backtest.rows && !v->backtest.row[v->backtest.best_rule].in_force)
        v->try_best = policy_try_url(page, (struct str){0}, v->backtest.row[v->backtest.best_rule].name);
}

/* A difference of log scores and its interval: what sentences say of two candidates. */
static struct str against_text(struct page *page, const char *real, const char *not_real, struct str label,
                               const struct study_against *a) {
    return page_text(page, str_from(a->real ? real : not_real), label, policy_figure(page, a->value_e6, 4),
                     policy_figure(page, a->low_e6, 4), policy_figure(page, a->high_e6, 4));
}

struct str policy_verdict(struct page *page, const struct policy_view *v, int at) {
    const struct study_backtest *b = &v->backtest;
    const struct policy_candidate *first = &v->candidate[0];
    const struct study_candidate *row = first->row;
    if (b->rows == 0 || b->in_force >= b->rows)
        return (struct str){0};
    switch (at) {
    case 0:
        return page_text(page, row->auc_e6 == STAT_NONE ? S("cli_backtest.best_no_auc") : S("cli_backtest.best"),
                         first->label, policy_figure(page, row->log_score.value_e6, 3),
                         policy_figure(page, row->log_score.low_e6, 3), policy_figure(page, row->log_score.high_e6, 3),
                         policy_figure(page, row->auc_e6, 3));
    case 1:
        return b->next >= b->rows ? (struct str){0}
                                  : against_text(page, "cli_backtest.next_real", "cli_backtest.next_not_real",
                                                 v->candidate[b->next].label, &b->row[b->next].recommended);
    case 2:
        if (b->in_force == 0)
            return page_text(page, S("cli_backtest.force_is_best"));
        if (b->row[b->in_force].same)
            return page_text(page, S("cli_backtest.force_is_same"));
        return b->in_force == b->next ? (struct str){0}
                                      : against_text(page, "cli_backtest.force_real", "cli_backtest.force_not_real",
                                                     v->candidate[b->in_force].label, &b->row[b->in_force].recommended);
    case 3:
        if (b->best_rule >= b->rows || b->best_rule == 0)
            return (struct str){0};
        if (b->best_rule == b->in_force)
            return page_text(page, S("cli_backtest.rule_is_best"));
        return against_text(page, "cli_backtest.rule_real", "cli_backtest.rule_not_real",
                            v->candidate[b->best_rule].label, &b->best_rule_against);
    default:
        return (struct str){0};
    }
}

/* ---- the record and the history ---- */

static struct str said_words(struct page *page, const struct track_row *row) {
    if (row->subject == TRACK_MODEL)
        return row->said.n > 0 ? page_text(page, S("cli_backtest.record_model"), row->said)
                               : page_text(page, S("policy_page.no_model"));
    return policy_rule_words(page, row->said);
}

static void record_fill(struct page *page, const struct track_record *record, struct policy_view *v) {
    v->months = record->n;
    v->month = arena_new(page->arena, struct policy_month, record->n + 1);
    for (size_t i = 0; i < record->n; i++) {
        const struct track_row *row = &record->row[record->n - 1 - i];
        v->month[i] = (struct policy_month){row, figures_month(page, month_of(row->month)), said_words(page, row)};
    }
}

static void saved_fill(struct page *page, struct policy_view *v) {
    bool met = false;
    v->saved = arena_new(page->arena, struct policy_saved, v->policies.n + 1);
    for (size_t i = 0; i < v->policies.n; i++) {
        const struct policy_version *version = &v->policies.version[i];
        struct policy policy;
        bool entered = version->in_force_us != STAT_NONE;
        v->saved[i] = (struct policy_saved){.version = version, .now = entered && !met};
        met = met || entered;
        if (version->made_us > 0)
            v->saved[i].made = page_moment(page, version->made_us);
        if (entered && version->in_force_us > 0)
            v->saved[i].entered = page_moment(page, version->in_force_us);
        struct buf to;
        buf_init(&to, page->arena, 0);
        if (!policy_parse(page->cx, version->rules, &policy))
            policy.n = 0;
        cx_clear(page->cx);
        for (size_t k = 0; k < policy.n; k++)
            buf_printf(&to, "%s%.*s: %.*s", k > 0 ? "; " : "", STR_ARG(policy_who(page, &policy.rule[k].scope)),
                       STR_ARG(policy_rule_said(page->arena, page->lang, &policy.rule[k].due)));
        v->saved[i].rules = buf_str(&to);
    }
}

static bool look(struct page *page, struct policy_view *v) {
    struct track_record record;
    if (!policies_look(page->cx, page->db, 0, POLICY_VERSIONS, &v->policies) ||
        !study_current(page->cx, page->db, &v->current) || !track_kept(page->cx, page->db, page->as_of, &record))
        return false;
    const struct study *cycle = &v->current.cycle.done;
    v->fresh = cycle->state == STUDY_DONE && cycle->facts == v->current.facts && cycle->as_of.n == page->as_of.n;
    v->line = policy_lines(page, &v->policies.now);
    v->done = work_done(page_work(page));
    rhythm_fill(page, v);
    backtest_fill(page, v);
    record_fill(page, &record, v);
    saved_fill(page, v);
    return true;
}

/* The rhythm is brought up to date by being looked at; one that failed only waits for other facts. */
static bool rhythm_wanted(const struct policy_view *v) {
    return !v->fresh && v->current.cycle.next.state == STUDY_NONE;
}

static bool under_way(const struct study *study) {
    return study->state == STUDY_ASKED || study->state == STUDY_RUNNING;
}

bool policy_far(const struct policy_view *v) {
    return (v->policies.waits && v->policies.version[0].told.n == 0) || under_way(&v->current.cycle.next) ||
           under_way(&v->current.backtest.next) || rhythm_wanted(v);
}

bool policy_show(struct page *page) {
    struct policy_view *v = arena_new(page->arena, struct policy_view, 1);
    if (!look(page, v))
        return false;
    if (rhythm_wanted(v))
        work_rhythm(page_work(page));
    page_top(page, page_text(page, S("menu.policy")));
    policy_page(page, v);
    page_bottom(page);
    return true;
}

bool policy_progress(struct page *page) {
    struct policy_view *v = arena_new(page->arena, struct policy_view, 1);
    if (!page->partial)
        return page_go(page, S("/policy"), (struct str){0});
    if (!policies_look(page->cx, page->db, 0, 1, &v->policies) || !study_current(page->cx, page->db, &v->current))
        return false;
    const struct study *cycle = &v->current.cycle.done;
    v->fresh = cycle->state == STUDY_DONE && cycle->facts == v->current.facts && cycle->as_of.n == page->as_of.n;
    v->done = work_done(page_work(page));
    if (!policy_far(v)) {
        page_header(page, S("HX-Redirect"), S("/policy"));
        return true;
    }
    policy_wait(page, v);
    return true;
}

bool policy_backtest_do(struct page *page) {
    const struct study_wish wish = {.kind = STUDY_BACKTEST,
                                    .as_of = page->as_of,
                                    .as_of_given = day_is(page_config(page)->as_of),
                                    .who = page->user.login,
                                    .now_us = page->now_us};
    int64_t id;
    if (!study_ask(page->cx, page->db, &wish, &id))
        return false;
    work_poke(page_work(page));
    return page_go(page, S("/policy"), (struct str){0});
}

/* ---- as files ---- */

static struct str number(struct page *page, int64_t n) {
    return n == STAT_NONE ? (struct str){0} : cx_text(page->cx, "%lld", (long long)n);
}

static struct str e6(struct page *page, int64_t v) {
    char text[32];
    size_t n = v == STAT_NONE ? 0 : decimal_write(v, 6, 0, text);
    return str_copy(page->arena, (struct str){text, n});
}

bool policy_cycle_export(struct page *page) {
    struct policy_view *v = arena_new(page->arena, struct policy_view, 1);
    if (!look(page, v))
        return false;
    csv_start(page, "cycle.csv");
    CSV_ROW(page, S("by"), S("group"), S("customers"), S("repeat_customers"), S("gaps"), S("within_50"), S("within_80"),
            S("within_90"), S("within_95"), S("rule"));
    for (size_t i = 0; i < v->cycle.n; i++) {
        const struct study_group *g = &v->cycle.group[i];
        CSV_ROW(page, g->by == FLOW_ALL ? S("all") : str_from(flow_by_name(g->by)), g->group,
                number(page, g->customers), number(page, g->repeat_customers), number(page, g->gaps),
                number(page, g->within[0]), number(page, g->within[1]), number(page, g->within[2]),
                number(page, g->within[3]), g->rule);
    }
    return true;
}

bool policy_backtest_export(struct page *page) {
    struct policy_view *v = arena_new(page->arena, struct policy_view, 1);
    if (!look(page, v))
        return false;
    csv_start(page, "backtest.csv");
    CSV_ROW(page, S("candidate"), S("chosen"), S("in_force"), S("auc"), S("lift"), S("brier"), S("log_score"),
            S("log_score_low"), S("log_score_high"), S("mae"), S("bias"), S("lost_value_flagged"),
            S("false_alarms_week_rep"));
    for (size_t i = 0; i < v->backtest.rows; i++) {
        const struct study_candidate *r = &v->backtest.row[i];
        CSV_ROW_NUMBERS(page, 2, 11, r->name, r->chosen, number(page, r->in_force), e6(page, r->auc_e6),
                        e6(page, r->lift_e6), e6(page, r->brier_e6), e6(page, r->log_score.value_e6),
                        e6(page, r->log_score.low_e6), e6(page, r->log_score.high_e6), e6(page, r->mae_e6),
                        e6(page, r->bias_e6), e6(page, r->lost_e6), e6(page, r->alarms_e6));
    }
    return true;
}

bool policy_record_export(struct page *page) {
    struct policy_view *v = arena_new(page->arena, struct policy_view, 1);
    if (!look(page, v))
        return false;
    csv_start(page, "record.csv");
    CSV_ROW(page, S("month"), S("subject"), S("said"), S("cases"), S("bought"), S("flagged"), S("auc"), S("lift"),
            S("brier"), S("log_score"), S("lost_value_flagged"), S("false_alarms_week_rep"));
    for (size_t i = 0; i < v->months; i++) {
        const struct track_row *r = v->month[i].row;
        CSV_ROW_NUMBERS(page, 3, 9, text_month_iso(page->arena, month_of(r->month)),
                        r->subject == TRACK_MODEL ? S("model") : S("rule"), r->said, number(page, r->cases),
                        number(page, r->happened), number(page, r->flagged), e6(page, r->auc.value_e6),
                        e6(page, r->lift.value_e6), e6(page, r->brier.value_e6), e6(page, r->log_score.value_e6),
                        e6(page, r->lost_value.value_e6), e6(page, r->false_alarms_e6));
    }
    return true;
}

bool policy_versions_export(struct page *page) {
    enum { ALL = 5000 };
    struct policies policies;
    if (!policies_look(page->cx, page->db, 0, ALL, &policies))
        return false;
    csv_start(page, "rules.csv");
    CSV_ROW(page, S("version"), S("saved_at"), S("who"), S("note"), S("in_force_at"), S("rules"));
    for (size_t i = 0; i < policies.n; i++) {
        const struct policy_version *version = &policies.version[i];
        struct policy policy;
        if (!policy_parse(page->cx, version->rules, &policy))
            return false;
        CSV_ROW(page, number(page, version->id),
                version->made_us > 0 ? text_moment_iso(page->arena, version->made_us) : (struct str){0}, version->who,
                version->note,
                version->in_force_us > 0 ? text_moment_iso(page->arena, version->in_force_us) : (struct str){0},
                policy_line(page->arena, &policy));
    }
    return true;
}
