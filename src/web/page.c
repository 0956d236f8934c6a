// SPDX-License-Identifier: Apache-2.0
/* page -- what handlers use to read a request and to answer it.
 */
#include "base/catalog.h"
#include "base/secret.h"
#include "base/text.h"
#include "web/web_parts.h"

struct str page_query(const struct page *page, const char *name) {
    return http_field(&page->request->query, str_from(name));
}

struct str page_form(const struct page *page, const char *name) {
    return http_field(&page->request->form, str_from(name));
}

bool page_number(struct str text, int64_t *out) {
    enum { DIGITS_MOST = 18 };
    int64_t v = 0;
    if (text.n == 0 || text.n > DIGITS_MOST)
        return false;
    for (size_t i = 0; i < text.n; i++) {
        if (text.p[i] < '0' || text.p[i] > '9')
            return false;
        v = v * 10 + (text.p[i] - '0');
    }
    *out = v;
    return true;
}

bool page_arg_id(struct page *page, int arg, int64_t *out) {
    /* Ids begin at 1; 0 is what is not there yet, which no address names. */
    return (page_number(page->arg[arg], out) && *out > 0) || cx_fail(page->cx, ERR_NOT_FOUND, S("web.no_page"));
}

void page_header(struct page *page, struct str name, struct str value) {
    http_reply_header(page->reply, name, value);
}

struct db *page_writes(const struct page *page) {
    return page->primary != NULL ? page->primary : page->db;
}

void page_cookie(struct page *page, struct str name, struct str value, int64_t max_age_s) {
    struct buf to;
    buf_init(&to, page->arena, 0);
    buf_printf(&to, "%.*s=%.*s; Path=/; HttpOnly; SameSite=Lax", STR_ARG(name), STR_ARG(value));
    if (page->request->secure)
        buf_put(&to, S("; Secure"));
    if (max_age_s != 0)
        buf_printf(&to, "; Max-Age=%lld", (long long)(max_age_s > 0 ? max_age_s : 0));
    page_header(page, S("Set-Cookie"), buf_str(&to));
}

bool page_go(struct page *page, struct str to, struct str said) {
    if (said.n > 0)
        page_cookie(page, COOKIE_SAID, said, 60);
    page->reply->status = 303;
    page->reply->body.n = 0;
    page_header(page, S("Location"), url_local(to).text);
    return true;
}

struct str page_said(struct page *page) {
    struct str key = http_cookie(page->request, COOKIE_SAID), noun, phrase;
    if (key.n == 0)
        return key;
    page_cookie(page, COOKIE_SAID, (struct str){0}, -1);
    /* The cookie came from outside: only keys that are there to be said. */
    if (!str_cut(key, '.', &noun, &phrase) || !str_starts(phrase, S("said")) || catalog_find(page->lang, key) == NULL)
        return (struct str){0};
    return catalog_text(page->arena, page->lang, key, NULL, 0);
}

void page_fault_add(struct page *page, struct str field, struct str text) {
    if (page->faults < PAGE_FAULTS)
        page->fault[page->faults++] = (struct page_fault){field, text};
}

struct str page_fault_of(const struct page *page, struct str field) {
    for (size_t i = 0; i < page->faults; i++)
        if (str_equal(page->fault[i].field, field))
            return page->fault[i].text;
    return (struct str){0};
}

void page_refused(struct page *page) {
    page->reply->status = 422;
}

struct str page_refused_at(struct page *page, const struct page_place *place, size_t n) {
    struct str said = catalog_error(page->arena, page->lang, &page->cx->err), key = page->cx->err.key;
    cx_clear(page->cx);
    page_refused(page);
    for (size_t i = 0; i < n; i++)
        if (str_equal(key, str_from(place[i].key)))
            page_fault_add(page, str_from(place[i].field), said);
    return page->faults == 0 ? said : (struct str){0};
}

bool page_refused_again(struct page *page, const struct page_place *place, size_t n, struct str *said, bool *other) {
    enum err_code code = page->cx->err.code;
    *other = code == ERR_CONFLICT;
    if (code != ERR_INVALID && code != ERR_CONFLICT && code != ERR_LIMIT)
        return false;
    *said = page_refused_at(page, place, n);
    if (*other)
        page->reply->status = 409;
    return true;
}

struct str page_text_with(struct page *page, const struct str *key_and_args, size_t n) {
    return catalog_text(page->arena, page->lang, key_and_args[0], key_and_args + 1, n - 1);
}

struct str page_csrf(struct page *page) {
    return secret_mask(page->arena, page->csrf_secret);
}

struct str page_token(struct page *page) {
    return secret_token(page->arena);
}

bool page_may(const struct page *page, enum permission permission) {
    return role_may(page->user.role, permission);
}

struct str page_rep(const struct page *page) {
    return page->user.role == ROLE_REP ? page->user.rep : (struct str){0};
}

struct signin_from page_from(const struct page *page) {
    return (struct signin_from){
        .address = page->request->address, .agent = http_header(page->request, "User-Agent"), .now_us = page->now_us};
}

struct str page_moment(struct page *page, int64_t at_us) {
    return text_moment(page->arena, page->lang, at_us, page_config(page)->utc_offset_s(at_us));
}
