// SPDX-License-Identifier: Apache-2.0
/* tokens -- the page of tokens, and the one that says what can be asked with them.
 */
#include "web/cockpit/tokens.h"

#include "web/cockpit/cockpit.h"
#include "web/pages.h"

/* ---- tokens ---- */

struct str tokens_state(struct page *page, const struct token *token) {
    bool over = token->expires_us > 0 && token->expires_us <= page->now_us;
    return page_text(page, token->retired_us > 0 ? S("tokens_page.ended")
                           : over                ? S("tokens_page.expired")
                                                 : S("tokens_page.in_use"));
}

static bool all_show(struct page *page, struct tokens_view *v) {
    struct token *token;
    v->others = page_may(page, PERM_TOKEN_WRITE);
    if (!tokens_list(page->cx, page->db, v->others ? 0 : page->user.id, &token, &v->n))
        return false;
    v->token = token;
    page_top(page, page_text(page, S("tokens_page.title")));
    tokens_page(page, v);
    page_bottom(page);
    return true;
}

bool tokens_show(struct page *page) {
    struct tokens_view v = {.login = page->user.login, .days = S("365")};
    return all_show(page, &v);
}

static unsigned grants_chosen(struct page *page) {
    unsigned grants = 0;
    for (int grant = GRANT_ANY + 1; grant < GRANT_COUNT; grant++)
        if (page_form(page, grant_name((enum grant)grant)).n > 0)
            grants |= 1u << grant;
    return grants;
}

bool tokens_make_do(struct page *page) {
    struct token token;
    struct tokens_view v = {.name = str_trim(page_form(page, "name")),
                            .login = page_form(page, "login"),
                            .days = str_trim(page_form(page, "days")),
                            .grants = grants_chosen(page)};
    struct tokens_wish wish = {.login = v.login.n > 0 ? v.login : page->user.login,
                               .name = v.name,
                               .grants = v.grants,
                               .by = &page->user,
                               .who = page->user.login,
                               .now_us = page->now_us};
    if (v.days.n > 0 && !page_number(v.days, &wish.days))
        wish.days = -1;
    if (tokens_make(page->cx, page->db, &wish, &token, &v.secret)) {
        struct tokens_view made = {.login = page->user.login, .days = S("365"), .secret = v.secret, .made = token.name};
        return all_show(page, &made);
    }
    enum err_code code = page->cx->err.code;
    if (code != ERR_INVALID && code != ERR_CONFLICT && code != ERR_NOT_FOUND)
        return false;
    v.fault = catalog_error(page->arena, page->lang, &page->cx->err);
    page->reply->status = code == ERR_CONFLICT ? 409 : 422;
    cx_clear(page->cx);
    return all_show(page, &v);
}

bool tokens_end_do(struct page *page) {
    int64_t id;
    return page_arg_id(page, 0, &id) &&
           tokens_end(page->cx, page->db, id, &page->user, page->user.login, page->now_us) &&
           page_go(page, S("/tokens"), S("tokens_page.said_ended"));
}

/* ---- the API, to read ---- */

static struct str fields_text(struct page *page, const char *fields) {
    struct mould_field *field;
    struct buf to;
    size_t n = mould_fields(page->arena, fields, &field);
    buf_init(&to, page->arena, 0);
    for (size_t i = 0; i < n; i++)
        buf_printf(&to, "%s%.*s%s", i > 0 ? ", " : "", STR_ARG(field[i].name), field[i].optional ? "?" : "");
    return buf_str(&to);
}

struct str api_mould_text(struct page *page, const char *name) {
    struct str type = str_from(name), item;
    if (mould_item(type, &item))
        type = item;
    const struct mould *mould = mould_find(moulds_taken, type);
    if (mould == NULL)
        mould = mould_find(moulds_given, type);
    return mould != NULL ? fields_text(page, mould->fields) : (struct str){0};
}

struct str api_query_text(struct page *page, const struct api_route *route) {
    bool pages = route->gives != NULL && route->gives[0] == '[';
    struct str own = route->query != NULL ? fields_text(page, route->query) : (struct str){0};
    return cx_text(page->cx, "%.*s%s%s", STR_ARG(own), own.n > 0 && pages ? ", " : "", pages ? "limit?, cursor?" : "");
}

const char *api_method(const struct api_route *route) {
    static const char *const names[] = {
        [HTTP_GET] = "GET", [HTTP_POST] = "POST", [HTTP_PUT] = "PUT", [HTTP_PATCH] = "PATCH", [HTTP_DELETE] = "DELETE"};
    return names[route->method];
}

bool api_reference_show(struct page *page) {
    page_top(page, page_text(page, S("tokens_page.api_title")));
    api_page(page);
    page_bottom(page);
    return true;
}
