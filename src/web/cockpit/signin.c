// SPDX-License-Identifier: Apache-2.0
/* signin -- signing in and out. A link is opened by a button, not by being looked at: mail scanners look at links.
 */
#include "web/cockpit/signin.h"

#include "web/cockpit/cockpit.h"
#include "web/pages.h"

static const int64_t SESSION_S = (int64_t)SIGNIN_SESSION_DAYS * 86400;

static bool show(struct page *page, void (*body)(struct page *, const struct signin_view *),
                 const struct signin_view *view) {
    page_top(page, page_text(page, S("signin_page.title")));
    body(page, view);
    page_bottom(page);
    return true;
}

/* The same form again, with what was wrong; other errors go up. */
static bool again(struct page *page, void (*body)(struct page *, const struct signin_view *),
                  struct signin_view *view) {
    enum err_code code = page->cx->err.code;
    if (code != ERR_FORBIDDEN && code != ERR_LIMIT)
        return false;
    view->fault = catalog_error(page->arena, page->lang, &page->cx->err);
    page->reply->status = code == ERR_LIMIT ? 429 : 422;
    cx_clear(page->cx);
    return show(page, body, view);
}

static bool enter(struct page *page, struct str token, struct str next) {
    page_cookie(page, S("reativa"), token, SESSION_S);
    return page_go(page, url_local(next).text, (struct str){0});
}

bool signin_show(struct page *page) {
    if (page->signed_in)
        return page_go(page, S("/"), (struct str){0});
    return show(page, signin_page, &(struct signin_view){.next = page_query(page, "next")});
}

/* The second factor is still to come. */
static bool enter_half(struct page *page, struct str token, struct str next) {
    struct buf to;
    buf_init(&to, page->arena, 0);
    page_cookie(page, S("reativa"), token, 0);
    buf_put(&to, S("/signin/code?next="));
    http_encode(&to, url_local(next).text, false);
    return page_go(page, buf_str(&to), (struct str){0});
}

bool signin_do(struct page *page) {
    struct signin_view view = {.login = page_form(page, "login"), .next = page_form(page, "next")};
    struct signin_from from = page_from(page);
    struct str token;
    bool half;
    if (!signin_password(page->cx, page->db, view.login, page_form(page, "password"), &from, &token, &half))
        return again(page, signin_page, &view);
    return half ? enter_half(page, token, view.next) : enter(page, token, view.next);
}

bool signin_code_show(struct page *page) {
    if (page->signed_in || !page->session.half)
        return page_go(page, S("/signin"), (struct str){0});
    return show(page, signin_code_page, &(struct signin_view){.next = page_query(page, "next")});
}

bool signin_code_do(struct page *page) {
    struct signin_view view = {.next = page_form(page, "next")};
    struct signin_from from = page_from(page);
    struct str token;
    if (!signin_code(page->cx, page->db, http_cookie(page->request, S("reativa")), page_form(page, "code"), &from,
                     &token))
        return again(page, signin_code_page, &view);
    return enter(page, token, view.next);
}

bool signin_link_show(struct page *page) {
    return show(page, signin_link_page, &(struct signin_view){.link = page_query(page, "link")});
}

/* Who came by a link begins to work: Today says that there is no password yet, and where one is set. */
bool signin_link_do(struct page *page) {
    struct signin_view view = {.link = page_form(page, "link")};
    struct signin_from from = page_from(page);
    struct str token;
    bool half, bare;
    if (!signin_link(page->cx, page->db, view.link, &from, &token, &half, &bare))
        return again(page, signin_link_page, &view);
    if (half)
        return enter_half(page, token, S("/"));
    page_cookie(page, S("reativa"), token, SESSION_S);
    return page_go(page, S("/"), bare ? (struct str){0} : S("account.said_by_link"));
}

bool signin_out_do(struct page *page) {
    if (!signin_out(page->cx, page->db, &page->session))
        return false;
    page_cookie(page, S("reativa"), (struct str){0}, -1);
    return page_go(page, S("/signin"), (struct str){0});
}
