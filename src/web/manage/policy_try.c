// SPDX-License-Identifier: Apache-2.0
/* policy_try -- rules that are tried: who would change status, as numbers and as a list, and then saved, or not.
 */
#include "app/policy_file.h"
#include "app/portfolio_file.h"
#include "web/listing.h"
#include "web/manage/figures.h"
#include "web/manage/manage.h"
#include "web/manage/policy.h"
#include "web/pages.h"

/* ---- what is looked at ---- */

static int status_asked(struct page *page, const char *name) {
    struct str text = page_query(page, name);
    for (int i = 0; i < STATUS_COUNT; i++)
        if (str_equal(text, str_from(status_name((enum status)i))))
            return i;
    return -1;
}

static bool customer_take(struct cx *cx, void *owner, const struct study_customer *row) {
    struct policy_try_view *v = owner;
    struct study_customer *to = &v->customer[v->customers];
    if (v->customers == POLICY_CUSTOMERS) {
        v->more = true;
        return true;
    }
    *to = *row;
    to->code = str_copy(cx->arena, row->code);
    to->name = str_copy(cx->arena, row->name);
    to->rep = str_copy(cx->arena, row->rep);
    to->segment = str_copy(cx->arena, row->segment);
    v->customers++;
    return true;
}

static bool study_find_at(struct page *page, struct study *out) {
    int64_t id;
    return page_arg_id(page, 0, &id) && study_look(page->cx, page->db, id, out) &&
           (out->kind == STUDY_RULES || cx_fail(page->cx, ERR_NOT_FOUND, S("study.unknown")));
}

static void ask_read(struct page *page, struct policy_try_view *v) {
    v->ask = (struct study_ask){.study_id = v->study.id,
                                .before = status_asked(page, "from"),
                                .after = status_asked(page, "to"),
                                .most = POLICY_CUSTOMERS + 1};
    v->filtered = v->ask.before >= 0 || v->ask.after >= 0;
    if (!page_number(page_query(page, "behind"), &v->ask.behind) || v->ask.behind < 0)
        v->ask.behind = 0;
}

struct url policy_try_at(struct page *page, const struct policy_try_view *v, int64_t behind, const char *file) {
    const struct http_field part[] = {
        {S("from"), v->ask.before >= 0 ? str_from(status_name((enum status)v->ask.before)) : (struct str){0}},
        {S("to"), v->ask.after >= 0 ? str_from(status_name((enum status)v->ask.after)) : (struct str){0}},
        {S("behind"), behind > 0 ? cx_text(page->cx, "%lld", (long long)behind) : (struct str){0}}};
    struct str path = cx_text(page->cx, "/policy/tries/%lld%s", (long long)v->study.id, file);
    return listing_address(page, str_terminated(page->arena, path), part, sizeof part / sizeof *part);
}

static void matrix_fill(struct page *page, struct policy_try_view *v) {
    for (int from = 0; from < STATUS_COUNT; from++) {
        v->status_name[from] = status_name((enum status)from);
        for (int to = 0; to < STATUS_COUNT; to++) {
            struct policy_step *step = &v->step[from][to];
            step->n = v->fit.from_to[from][to];
            v->used[from] = v->used[from] || step->n > 0;
            v->used[to] = v->used[to] || step->n > 0;
            if (step->n > 0 && from != to)
                step->to = figures_address(page, "/policy/tries/%lld?from=%s&to=%s#list", (long long)v->study.id,
                                           status_name((enum status)from), status_name((enum status)to));
        }
    }
}

/* In one transaction each: who answers for the rules that stand now is asked last. */
static bool look(struct page *page, struct policy_try_view *v) {
    if (!study_find_at(page, &v->study) || !policy_parse(page->cx, v->study.about, &v->after) ||
        !policies_look(page->cx, page->db, 0, 1, &v->policies))
        return false;
    ask_read(page, v);
    v->newest = v->policies.n > 0 ? v->policies.version[0].id : 0;
    v->line = policy_lines(page, &v->after);
    v->now = policy_lines(page, &v->policies.now);
    v->done = work_done(page_work(page));
    if (v->study.state != STUDY_DONE)
        return true;
    study_fit_read(page->arena, v->study.result, &v->fit);
    v->stale = !str_equal(v->fit.under, policy_line(page->arena, &v->policies.now));
    matrix_fill(page, v);
    v->customer = arena_new(page->arena, struct study_customer, POLICY_CUSTOMERS);
    return study_customers(page->cx, page->db, &v->ask, customer_take, v);
}

static bool show(struct page *page, struct policy_try_view *v) {
    if (!look(page, v))
        return false;
    page_top(page, page_text(page, S("policy_page.try_title")));
    policy_try_page(page, v);
    page_bottom(page);
    return true;
}

bool policy_try_show(struct page *page) {
    return show(page, arena_new(page->arena, struct policy_try_view, 1));
}

bool policy_try_progress(struct page *page) {
    struct policy_try_view *v = arena_new(page->arena, struct policy_try_view, 1);
    if (!study_find_at(page, &v->study))
        return false;
    struct str whole = cx_text(page->cx, "/policy/tries/%lld", (long long)v->study.id);
    if (!page->partial)
        return page_go(page, whole, (struct str){0});
    if (v->study.state != STUDY_ASKED && v->study.state != STUDY_RUNNING) {
        page_header(page, S("HX-Redirect"), whole);
        return true;
    }
    v->done = work_done(page_work(page));
    policy_try_wait(page, v);
    return true;
}

/* ---- saving ---- */

bool policy_try_do(struct page *page) {
    struct policy_try_view *v = arena_new(page->arena, struct policy_try_view, 1);
    struct policy policy;
    struct policies_wish wish = {.policy = &policy,
                                 .note = str_trim(page_form(page, "note")),
                                 .who = page->user.login,
                                 .token = page_form(page, "token"),
                                 .now_us = page->now_us};
    int64_t id;
    if (!page_number(page_form(page, "version"), &wish.newest))
        wish.newest = -1;
    if (!study_find_at(page, &v->study) || !policy_parse(page->cx, v->study.about, &policy))
        return false;
    if (policies_save(page->cx, page->db, &wish, &id)) {
        work_poke(page_work(page));
        return page_go(page, S("/policy"), S("policy_page.said_saved"));
    }
    enum err_code code = page->cx->err.code;
    if (code != ERR_CONFLICT && code != ERR_INVALID)
        return false;
    v->fault = catalog_error(page->arena, page->lang, &page->cx->err);
    v->note = wish.note;
    cx_clear(page->cx);
    page->reply->status = code == ERR_CONFLICT ? 409 : 422;
    return show(page, v);
}

/* ---- the list as a file ---- */

static bool file_wish(struct page *page, struct policy_try_view *v) {
    if (!study_find_at(page, &v->study))
        return false;
    ask_read(page, v);
    v->ask.behind = 0;
    v->ask.most = INT64_MAX;
    return true;
}

static bool said(struct page *page, const struct policy_try_view *v, int64_t rows, struct str type, const char *name) {
    if (!portfolio_file_said(page->cx, page_writes(page), page->user.login, page->now_us, rows,
                             policy_try_at(page, v, 0, "").text))
        return false;
    page->reply->type = type;
    page_header(page, S("Content-Disposition"), cx_text(page->cx, "attachment; filename=\"%s\"", name));
    return true;
}

static bool file_make(struct page *page, enum portfolio_file_kind kind, struct str type, const char *name) {
    struct policy_try_view *v = arena_new(page->arena, struct policy_try_view, 1);
    const struct policy_file_wish wish = {.kind = kind, .lang = page->lang, .ask = &v->ask};
    int file = -1;
    int64_t bytes = 0, rows = 0;
    if (!file_wish(page, v) || !page_file_begin(page))
        return false;
    bool made = policy_file_make(page->cx, page->db, &wish, &file, &bytes, &rows);
    page_file(page, file, bytes);
    return made && said(page, v, rows, type, name);
}

bool policy_try_csv(struct page *page) {
    return file_make(page, PORTFOLIO_CSV, S("text/csv; charset=utf-8"), "customers.csv");
}

bool policy_try_xlsx(struct page *page) {
    return file_make(page, PORTFOLIO_XLSX, S("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
                     "customers.xlsx");
}
