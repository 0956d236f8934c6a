// SPDX-License-Identifier: Apache-2.0
/* policy_words -- rules, figures and steps in the words of the page's language; for all pages of rules.
 */
#include "base/text.h"
#include "web/manage/figures.h"
#include "web/manage/policy.h"

enum { E4_OF_E6 = 100 };

struct str policy_figure(struct page *page, int64_t e6, int places) {
    return e6 == STAT_NONE ? S("-") : text_decimal(page->arena, page->lang, e6, 6, places);
}

struct str policy_percent(struct page *page, int64_t e6) {
    return e6 == STAT_NONE ? S("-") : text_share(page->arena, page->lang, e6 / E4_OF_E6);
}

struct str policy_share(struct page *page, int64_t e4) {
    return text_share(page->arena, page->lang, e4);
}

struct str policy_days(struct page *page, int32_t days) {
    return days < 0 ? S("-") : text_int(page->arena, page->lang, days);
}

struct str policy_status(struct page *page, enum status status) {
    return figures_status(page, status_name(status));
}

struct str policy_who(struct page *page, const struct policy_scope *scope) {
    const struct {
        const char *key;
        struct str value;
    } part[] = {{"column.company", scope->company},
                {"column.rep", scope->rep},
                {"column.segment", scope->segment},
                {"column.region", scope->region},
                {"column.abc", {&scope->abc, scope->abc != '\0'}}};
    struct buf to;
    buf_init(&to, page->arena, 0);
    for (size_t i = 0; i < sizeof part / sizeof *part; i++)
        if (part[i].value.n > 0)
            buf_printf(&to, "%s%.*s %.*s", to.n > 0 ? ", " : "", STR_ARG(page_text(page, str_from(part[i].key))),
                       STR_ARG(part[i].value));
    return to.n > 0 ? buf_str(&to) : page_text(page, S("cli_policy.everybody"));
}

struct str policy_rule_words(struct page *page, struct str text) {
    struct due_rule due;
    if (text.n == 0 || !policy_rule_parse(page->cx, text, &due)) {
        cx_clear(page->cx);
        return text;
    }
    return policy_rule_said(page->arena, page->lang, &due);
}

struct policy_line *policy_lines(struct page *page, const struct policy *policy) {
    struct policy_line *line = arena_new(page->arena, struct policy_line, policy->n + 1);
    for (size_t i = 0; i < policy->n; i++) {
        size_t before = policy_before(policy, i);
        line[i].who = policy_who(page, &policy->rule[i].scope);
        line[i].rule = policy_rule_said(page->arena, page->lang, &policy->rule[i].due);
        if (before < i)
            line[i].never = line[before].who;
    }
    return line;
}

struct url policy_try_url(struct page *page, struct str scope, struct str rule) {
    return rule.n == 0 ? (struct url){0}
                       : figures_address(page, "/policy/rules?scope=%.*s&rule=%.*s", STR_ARG(figures_code(page, scope)),
                                         STR_ARG(figures_code(page, rule)));
}

struct str policy_fault(struct page *page, struct str told) {
    struct err err = err_read(page->arena, told);
    return catalog_error(page->arena, page->lang, &err);
}

int policy_percent_done(const struct work_done *done) {
    return done->total > 0 && done->done <= done->total ? (int)(done->done * 100 / done->total) : 0;
}
