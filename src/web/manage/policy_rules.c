// SPDX-License-Identifier: Apache-2.0
/* policy_rules -- the form of all rules: add, move, take away, and try. Nothing is saved here.
 *
 * The rules are what the form holds, from one press to the next; so it works without script, and the back button takes nothing.
 */
#include <string.h>

#include "base/limits.h"
#include "web/manage/manage.h"
#include "web/manage/policy.h"
#include "web/pages.h"

const char *const policy_field_names[POLICY_FIELDS] = {"company",  "rep",     "segment", "region",  "abc", "kind",
                                                       "inactive", "at_risk", "floor",   "ceiling", "lost"};
static const char *const kinds[] = {[DUE_DAYS] = "days", [DUE_CYCLE] = "cycle", [DUE_PROBABILITY] = "probability"};

const char *policy_name(struct page *page, const char *field, size_t at) {
    return str_terminated(page->arena, cx_text(page->cx, "%s.%zu", field, at));
}

struct str policy_field_fault(struct page *page, const char *field, size_t at) {
    return page_fault_of(page, str_from(policy_name(page, field, at)));
}

/* ---- rules as typed ---- */

/* 25000 as 2.5 or 2,5; a chance as per cent. */
static struct str decimal_typed(struct page *page, int64_t v, int scale) {
    char *text = arena_new(page->arena, char, 32);
    size_t n = decimal_write(v, scale, 0, text);
    for (size_t i = 0; i < n && page->lang == LANG_PT_BR; i++)
        text[i] = (char)(text[i] == '.' ? ',' : text[i]);
    return (struct str){text, n};
}

static struct str whole_typed(struct page *page, int64_t v) {
    return cx_text(page->cx, "%lld", (long long)v);
}

static void typed_of(struct page *page, const struct policy_rule *rule, struct policy_typed *out) {
    const struct due_rule *due = &rule->due;
    struct str *value = out->value;
    value[POLICY_COMPANY] = rule->scope.company;
    value[POLICY_REP] = rule->scope.rep;
    value[POLICY_SEGMENT] = rule->scope.segment;
    value[POLICY_REGION] = rule->scope.region;
    value[POLICY_ABC] = str_copy(page->arena, (struct str){&rule->scope.abc, rule->scope.abc != '\0'});
    value[POLICY_KIND] = str_from(kinds[due->kind]);
    value[POLICY_LOST] = whole_typed(page, due->lost_days);
    if (due->kind == DUE_DAYS) {
        value[POLICY_INACTIVE] = whole_typed(page, due->inactive_days);
        value[POLICY_AT_RISK] = whole_typed(page, due->at_risk_days);
    } else {
        int scale = due->kind == DUE_CYCLE ? 4 : 2;
        value[POLICY_INACTIVE] = decimal_typed(page, due->inactive_e4, scale);
        value[POLICY_AT_RISK] = decimal_typed(page, due->at_risk_e4, scale);
    }
    if (due->kind == DUE_CYCLE) {
        value[POLICY_FLOOR] = whole_typed(page, due->floor_days);
        value[POLICY_CEILING] = whole_typed(page, due->ceiling_days);
    }
}

static void form_of(struct page *page, const struct policy *policy, struct policy_form_view *v) {
    v->more = policy->n > POLICY_FORM_RULES;
    v->n = v->more ? 0 : policy->n;
    v->rule = arena_new(page->arena, struct policy_typed, POLICY_FORM_RULES + 2);
    for (size_t i = 0; i < v->n; i++)
        typed_of(page, &policy->rule[i], &v->rule[i]);
}

static void form_read(struct page *page, struct policy_form_view *v) {
    int64_t n = 0;
    v->rule = arena_new(page->arena, struct policy_typed, POLICY_FORM_RULES + 2);
    if (!page_number(page_form(page, "rules"), &n) || n < 1 || n > POLICY_FORM_RULES)
        n = 1;
    v->n = (size_t)n;
    for (size_t i = 0; i < v->n; i++)
        for (int k = 0; k < POLICY_FIELDS; k++)
            if (k >= POLICY_KIND || i + 1 < v->n) /* the last one is for everybody */
                v->rule[i].value[k] = str_trim(page_form(page, policy_name(page, policy_field_names[k], i)));
}

/* ---- what is done to the rules as such ---- */

static void rule_add(struct policy_form_view *v) {
    if (v->n >= POLICY_FORM_RULES)
        return;
    memmove(&v->rule[1], &v->rule[0], v->n * sizeof *v->rule);
    v->n++;
    v->rule[0] = (struct policy_typed){.value = {[POLICY_KIND] = S("days")}};
}

static void rule_drop(struct policy_form_view *v, size_t at) {
    memmove(&v->rule[at], &v->rule[at + 1], (v->n - at - 1) * sizeof *v->rule);
    v->n--;
}

static void rules_swap(struct policy_form_view *v, size_t a, size_t b) {
    struct policy_typed one = v->rule[a];
    v->rule[a] = v->rule[b];
    v->rule[b] = one;
}

/* "up.2": the rule and what is done to it; the last one stays where it is. false: something else was pressed. */
static bool acted(struct page *page, struct policy_form_view *v) {
    struct str act = page_form(page, "act"), word, place;
    int64_t at;
    if (str_equal(act, S("add"))) {
        rule_add(v);
        return true;
    }
    if (!str_cut(act, '.', &word, &place) || !page_number(place, &at) || at + 1 >= (int64_t)v->n)
        return false;
    if (str_equal(word, S("drop")))
        rule_drop(v, (size_t)at);
    else if (str_equal(word, S("up")) && at > 0)
        rules_swap(v, (size_t)at, (size_t)at - 1);
    else if (str_equal(word, S("down")) && at + 2 < (int64_t)v->n)
        rules_swap(v, (size_t)at, (size_t)at + 1);
    return true;
}

/* ---- rules out of what was typed ---- */

/* What is wrong, in words that need not count characters: the field itself is marked. */
static struct str fault_words(struct page *page) {
    static const char *const known[] = {"expected_days",
                                        "expected_factor",
                                        "expected_chance",
                                        "at_risk_after_inactive",
                                        "at_risk_chance_under_inactive",
                                        "bounds_crossed",
                                        "lost_before_inactive"};
    const struct err *err = &page->cx->err;
    for (size_t i = 0; i < sizeof known / sizeof *known; i++)
        if (str_equal(err->key, cx_text(page->cx, "policy.%s", known[i])))
            return page_text(page, cx_text(page->cx, "policy_page.%s", known[i]));
    return catalog_error(page->arena, page->lang, err);
}

/* A rule that grows field by field: what makes it unreadable is the field that came last. */
struct growing {
    struct page *page;
    size_t at;
    struct buf text;
    bool good;
};

static void grow(struct growing *g, enum policy_field field, struct str piece, struct due_rule *due) {
    struct page *page = g->page;
    if (!g->good)
        return;
    buf_put(&g->text, piece);
    if (policy_rule_parse(page->cx, buf_str(&g->text), due))
        return;
    g->good = false;
    page_fault_add(page, str_from(policy_name(page, policy_field_names[field], g->at)), fault_words(page));
    cx_clear(page->cx);
}

/* A number as typed; one with a blank in it would be read as something else. */
static struct str piece_of(struct page *page, struct str typed, bool percent) {
    if (memchr(typed.p, ' ', typed.n) != NULL || typed.n == 0)
        return S("?");
    bool marked = typed.p[typed.n - 1] == '%';
    return cx_text(page->cx, "%.*s%s", STR_ARG(typed), percent && !marked ? "%" : "");
}

static bool due_read(struct page *page, const struct policy_typed *typed, size_t at, struct due_rule *out) {
    struct growing g = {.page = page, .at = at, .good = true};
    const struct str *value = typed->value;
    size_t kind = DUE_DAYS;
    while (kind <= DUE_PROBABILITY && !str_equal(value[POLICY_KIND], str_from(kinds[kind])))
        kind++;
    if (kind > DUE_PROBABILITY) {
        page_fault_add(page, str_from(policy_name(page, "kind", at)), page_text(page, S("policy_page.kind_missing")));
        return false;
    }
    bool percent = kind == DUE_PROBABILITY;
    buf_init(&g.text, page->arena, 0);
    grow(&g, POLICY_INACTIVE,
         cx_text(page->cx, "%s %.*s", kinds[kind], STR_ARG(piece_of(page, value[POLICY_INACTIVE], percent))), out);
    if (value[POLICY_AT_RISK].n > 0)
        grow(&g, POLICY_AT_RISK,
             cx_text(page->cx, " at-risk %.*s", STR_ARG(piece_of(page, value[POLICY_AT_RISK], percent))), out);
    if (kind == DUE_CYCLE && value[POLICY_FLOOR].n + value[POLICY_CEILING].n > 0) {
        struct str floor = value[POLICY_FLOOR].n > 0 ? value[POLICY_FLOOR] : whole_typed(page, DUE_USUAL_FLOOR_DAYS);
        struct str ceiling =
            value[POLICY_CEILING].n > 0 ? value[POLICY_CEILING] : whole_typed(page, DUE_USUAL_CEILING_DAYS);
        struct growing alone = {.page = page, .at = at, .good = g.good};
        struct due_rule any;
        buf_init(&alone.text, page->arena, 0);
        grow(&alone, POLICY_FLOOR,
             cx_text(page->cx, "cycle 1 between %.*s and 3650", STR_ARG(piece_of(page, floor, false))), &any);
        g.good = alone.good;
        grow(&g, POLICY_CEILING,
             cx_text(page->cx, " between %.*s and %.*s", STR_ARG(floor), STR_ARG(piece_of(page, ceiling, false))), out);
    }
    if (value[POLICY_LOST].n > 0)
        grow(&g, POLICY_LOST, cx_text(page->cx, " lost %.*s", STR_ARG(piece_of(page, value[POLICY_LOST], false))), out);
    return g.good;
}

static bool scope_read(struct page *page, struct policy_typed *typed, size_t at, struct policy_scope *out) {
    const struct str *value = typed->value;
    struct err doubt;
    *out = (struct policy_scope){.company = value[POLICY_COMPANY],
                                 .rep = value[POLICY_REP],
                                 .segment = value[POLICY_SEGMENT],
                                 .region = value[POLICY_REGION]};
    if (value[POLICY_ABC].n == 1 && strchr("ABC", value[POLICY_ABC].p[0]) != NULL)
        out->abc = value[POLICY_ABC].p[0];
    for (int k = POLICY_COMPANY; k <= POLICY_REGION; k++)
        if (value[k].n > LIMIT_CODE)
            page_fault_add(page, str_from(policy_name(page, policy_field_names[k], at)),
                           page_text(page, S("policy_page.too_long")));
    if (policy_scope_text(page->arena, out).n == 0)
        page_fault_add(page, str_from(policy_name(page, "segment", at)), page_text(page, S("policy_page.for_whom")));
    if (!rules_scope(page->cx, page->db, out, &doubt))
        return false;
    if (doubt.code != ERR_NONE)
        typed->doubt = catalog_text(page->arena, page->lang, doubt.key, doubt.arg, doubt.args);
    return true;
}

/* All of them; faults are at their fields. false: nothing can be said, as the database fails. */
static bool policy_read(struct page *page, struct policy_form_view *v, struct policy *out) {
    *out = (struct policy){.rule = arena_new(page->arena, struct policy_rule, v->n + 1), .n = v->n};
    for (size_t i = 0; i < v->n; i++) {
        struct policy_rule *rule = &out->rule[i];
        (void)due_read(page, &v->rule[i], i, &rule->due); /* its faults stand with the page */
        if (i + 1 < v->n && !scope_read(page, &v->rule[i], i, &rule->scope))
            return false;
        for (size_t k = 0; k < i && i + 1 < v->n; k++)
            if (policy_scope_compare(&out->rule[k].scope, &rule->scope) == 0)
                page_fault_add(page, str_from(policy_name(page, "segment", i)),
                               page_text(page, S("policy_page.twice"), html_arg_size(page, k + 1)));
    }
    return true;
}

/* ---- the page ---- */

static bool show(struct page *page, struct policy_form_view *v) {
    if (!labels_all(page->cx, page->db, (struct str){0}, &v->label, &v->labels))
        return false;
    page_top(page, page_text(page, S("policy_page.rules_title")));
    policy_rules_page(page, v);
    page_bottom(page);
    return true;
}

/* What is in force with one rule more, as a recommendation leads here. */
static bool with_rule(struct page *page, struct policy *policy) {
    struct policy_rule rule = {0};
    struct policy with;
    struct str text = page_query(page, "rule");
    if (text.n == 0)
        return true;
    if (!policy_rule_parse(page->cx, text, &rule.due) ||
        !policy_scope_parse(page->cx, page_query(page, "scope"), &rule.scope))
        return false;
    policy_with(page->arena, policy, &rule, &with);
    *policy = with;
    return true;
}

/* What the form begins with: what is in force, or what was saved once, or what was tried. */
static bool beginning(struct page *page, struct policy *out) {
    struct policies policies;
    struct policy_version version;
    struct study study;
    int64_t id;
    if (page_number(page_query(page, "version"), &id))
        return policies_version(page->cx, page->db, id, &version) && policy_parse(page->cx, version.rules, out);
    if (page_number(page_query(page, "tried"), &id))
        return study_look(page->cx, page->db, id, &study) &&
               (study.kind == STUDY_RULES || cx_fail(page->cx, ERR_NOT_FOUND, S("study.unknown"))) &&
               policy_parse(page->cx, study.about, out);
    if (!policies_look(page->cx, page->db, 0, 1, &policies))
        return false;
    *out = policies.now;
    return with_rule(page, out);
}

bool policy_rules_show(struct page *page) {
    struct policy_form_view *v = arena_new(page->arena, struct policy_form_view, 1);
    struct policy policy;
    if (!beginning(page, &policy))
        return false;
    form_of(page, &policy, v);
    return show(page, v);
}

static bool try_it(struct page *page, const struct policy *policy) {
    const struct study_wish wish = {.kind = STUDY_RULES,
                                    .as_of = page->as_of,
                                    .as_of_given = day_is(page_config(page)->as_of),
                                    .policy = policy,
                                    .who = page->user.login,
                                    .now_us = page->now_us};
    int64_t id;
    if (!study_ask(page->cx, page->db, &wish, &id))
        return false;
    work_poke(page_work(page));
    return page_go(page, cx_text(page->cx, "/policy/tries/%lld", (long long)id), (struct str){0});
}

bool policy_rules_do(struct page *page) {
    struct policy_form_view *v = arena_new(page->arena, struct policy_form_view, 1);
    struct policy policy;
    form_read(page, v);
    if (acted(page, v))
        return show(page, v);
    if (!policy_read(page, v, &policy))
        return false;
    if (page->faults == 0)
        return try_it(page, &policy);
    page_refused(page);
    return show(page, v);
}
