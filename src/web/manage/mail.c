// SPDX-License-Identifier: Apache-2.0
/* mail -- one page and one form for all that the company says of its mail, made from the table of core/mail_field; and a try, which gives a
 * message to the server while the person waits, and shows what it answered. Invariant: no answer of this page holds a password.
 */
#include "web/manage/mail.h"

#include "base/catalog.h"
#include "web/mail_server.h"
#include "web/manage/manage.h"
#include "web/pages.h"

/* Somebody is waiting: what takes longer is said to be late. */
enum { TRY_CONNECT_S = 10, TRY_ANSWER_S = 15, PREFIX = sizeof "mail_" - 1 };

struct str mail_field_key(enum mail_field field) {
    return str_from(mail_field_defs[field].name + PREFIX);
}

struct str mail_field_says(struct page *page, enum mail_field field, const char *what) {
    struct str key = cx_text(page->cx, "mail_page.%s_%s", what, mail_field_defs[field].name + PREFIX);
    return catalog_find(page->lang, key) != NULL ? page_text(page, key) : (struct str){0};
}

struct str mail_safety_text(struct page *page, enum mail_safety safety) {
    return page_text(page, cx_text(page->cx, "mail_page.safety_%s", mail_safety_name(safety)));
}

struct str mail_weekday(struct page *page, int day) {
    return page_text(page, cx_text(page->cx, "schedule.%s", weekday_names[day]));
}

bool mail_day_held(struct str days, int day) {
    return (mail_quiet_days(days) >> day & 1) != 0;
}

/* ---- look ---- */

static bool look(struct page *page, struct mail_view *v) {
    if (!mail_look(page->cx, page->db, &v->now))
        return false;
    v->ready = v->now.value[MAIL_FIELD_HOST].n > 0 && v->now.value[MAIL_FIELD_FROM].n > 0;
    return true;
}

static bool show(struct page *page, struct mail_view *v) {
    page_top(page, page_text(page, S("menu.mail")));
    mail_page(page, v);
    page_bottom(page);
    return true;
}

static bool show_as_it_stands(struct page *page, struct mail_view *v) {
    if (!look(page, v))
        return false;
    for (int i = 0; i < MAIL_FIELDS; i++)
        v->value[i] = v->now.value[i];
    return show(page, v);
}

bool mail_show(struct page *page) {
    struct mail_view v = {.tried_well = false};
    return show_as_it_stands(page, &v);
}

/* ---- change ---- */

/* The days of the week are boxes, a field each. */
static struct str days_typed(struct page *page) {
    struct buf to;
    buf_init(&to, page->arena, 0);
    for (int day = 0; day < WEEK_DAYS; day++)
        if (page_form(page, weekday_names[day]).n > 0)
            buf_printf(&to, "%s%d", to.n > 0 ? "," : "", day + 1);
    return buf_str(&to);
}

static bool refused(struct page *page, struct mail_view *v, const struct mail_fault *fault, size_t n) {
    enum err_code code = page->cx->err.code;
    if (n == 0 && code != ERR_CONFLICT)
        return false;
    for (size_t i = 0; i < n; i++)
        page_fault_add(page, mail_field_key(fault[i].field),
                       page_text(page, str_from(fault[i].key), html_arg_int(page, fault[i].most)));
    if (code == ERR_CONFLICT)
        v->fault = catalog_error(page->arena, page->lang, &page->cx->err);
    v->other = code == ERR_CONFLICT;
    cx_clear(page->cx);
    page_refused(page);
    if (v->other)
        page->reply->status = 409;
    for (int i = 0; i < MAIL_FIELDS; i++)
        if (mail_field_defs[i].kind == MAIL_FIELD_IS_SECRET)
            v->value[i] = (struct str){0};
    return look(page, v) && show(page, v);
}

bool mail_do(struct page *page) {
    struct mail_view v = {.tried_well = false};
    struct mail_change change = {
        .secrets = page_config(page)->secrets, .who = page->user.login, .now_us = page->now_us};
    struct mail_fault fault[MAIL_FIELDS];
    size_t n = 0;
    if (!page_number(page_form(page, "version"), &change.version))
        change.version = -1;
    for (int i = 0; i < MAIL_FIELDS; i++)
        v.value[i] = change.value[i] =
            i == MAIL_FIELD_QUIET_DAYS ? days_typed(page) : page_form(page, mail_field_defs[i].name + PREFIX);
    if (!mail_put(page->cx, page->db, &change, fault, &n))
        return refused(page, &v, fault, n);
    return page_go(page, S("/mail"), S("mail_page.said_kept"));
}

/* ---- try ---- */

static const char *const ends[] = {[MAIL_TAKEN] = "mail_page.tried_taken",
                                   [MAIL_LATER] = "mail_page.tried_later",
                                   [MAIL_REFUSED] = "mail_page.tried_refused",
                                   [MAIL_BROKEN] = "mail_page.tried_broken"};
static const char *const stages[] = {
    [MAIL_CONNECT] = "mail_page.stage_connect", [MAIL_SIGN_IN] = "mail_page.stage_sign_in",
    [MAIL_SENDER] = "mail_page.stage_sender",   [MAIL_RECIPIENT] = "mail_page.stage_recipient",
    [MAIL_DATA] = "mail_page.stage_data",       [MAIL_FINISH] = "mail_page.stage_finish"};

static bool try(struct page *page, const struct mail_settings *s, struct str bytes, struct mail_answer *out) {
    struct mail_server server = mail_server_of(s, &s->server);
    server.connect_s = TRY_CONNECT_S;
    server.answer_s = TRY_ANSWER_S;
    const struct mail_wish wish = {.from = s->from, .to = page->user.email, .bytes = bytes};
    struct mail *mail = mail_open(&server);
    if (mail == NULL)
        return cx_fail(page->cx, ERR_LIMIT, S("http.no_memory"));
    mail_send(mail, &wish, out);
    mail_close(mail);
    return true;
}

static struct str words_of(struct page *page, const struct mail_answer *answer) {
    struct str words = str_copy(page->arena, (struct str){answer->words, answer->words_n});
    return answer->code > 0 ? cx_text(page->cx, "%d %.*s", answer->code, STR_ARG(words)) : words;
}

static bool tried(struct page *page, struct mail_view *v) {
    struct mail_settings s;
    struct mail_answer answer;
    struct str bytes;
    const struct mail_test test = {.to_name = page->user.name,
                                   .to = page->user.email,
                                   .lang = page->lang == LANG_EN ? S("en") : S("pt-BR"),
                                   .now_us = page->now_us};
    if (!mail_settings_now(page->cx, page->db, page_config(page)->secrets, &s))
        return false;
    if (!s.ready)
        return cx_fail(page->cx, ERR_INVALID, S("mail_page.not_ready"));
    if (page->user.email.n == 0)
        return cx_fail(page->cx, ERR_INVALID, S("mail_page.no_address"));
    if (!mail_letter_test(page->cx, &s, &test, &bytes) || !try(page, &s, bytes, &answer))
        return false;
    v->tried_well = answer.end == MAIL_TAKEN;
    v->words = words_of(page, &answer);
    v->tried =
        page_text(page, str_from(ends[answer.end]), page->user.email, page_text(page, str_from(stages[answer.stage])));
    return true;
}

bool mail_test_do(struct page *page) {
    struct mail_view v = {.tried_well = false};
    if (!tried(page, &v)) {
        enum err_code code = page->cx->err.code;
        if (code == ERR_DB || code == ERR_BUG || code == ERR_NONE)
            return false;
        v.tried = catalog_error(page->arena, page->lang, &page->cx->err);
        cx_clear(page->cx);
    }
    if (!v.tried_well)
        page->reply->status = 422;
    return show_as_it_stands(page, &v);
}
