// SPDX-License-Identifier: Apache-2.0
/* account -- one's own account: password, second factor, sessions, language and theme, the calendar feed.
 *
 * What is secret is shown once, by the answer that made it.
 */
#include "web/cockpit/account.h"

#include <string.h>

#include "base/secret.h"
#include "web/cockpit/cockpit.h"
#include "web/pages.h"

static const struct str account_path = {"/account", sizeof "/account" - 1};

/* ---- what is shown ---- */

static bool agent_holds(struct str agent, const char *word) {
    return agent.n > 0 && memmem(agent.p, agent.n, word, strlen(word)) != NULL;
}

/* The first of the list that stands in it; browsers name their forefathers too, so the order matters. */
static const char *agent_name(struct str agent, const char *const (*list)[2]) {
    for (; (*list)[0] != NULL; list++)
        if (agent_holds(agent, (*list)[0]))
            return (*list)[1];
    return NULL;
}

struct str account_browser(struct page *page, struct str agent) {
    static const char *const browsers[][2] = {
        {"Edg", "Edge"},         {"OPR/", "Opera"},     {"SamsungBrowser", "Samsung Internet"},
        {"Firefox/", "Firefox"}, {"FxiOS", "Firefox"},  {"Chrome/", "Chrome"},
        {"CriOS", "Chrome"},     {"Safari/", "Safari"}, {NULL, NULL}};
    static const char *const systems[][2] = {
        {"Android", "Android"}, {"iPhone", "iPhone"}, {"iPad", "iPad"}, {"Windows", "Windows"},
        {"Mac OS X", "macOS"},  {"Linux", "Linux"},   {NULL, NULL}};
    const char *browser = agent_name(agent, browsers), *system = agent_name(agent, systems);
    if (browser == NULL)
        return page_text(page, S("account.browser_unknown"));
    return system != NULL ? cx_text(page->cx, "%s · %s", browser, system) : str_from(browser);
}

bool account_is_here(const struct page *page, const struct session *session) {
    return str_equal(session->hash, page->session.hash);
}

static bool feeds_there(void) {
    for (const struct route *route = cockpit_routes; route->path != NULL; route++)
        if (strncmp(route->path, ACCOUNT_FEED, sizeof ACCOUNT_FEED - 1) == 0)
            return true;
    return false;
}

static bool show(struct page *page, struct str feed) {
    struct session *session;
    struct account_view v = {.ask_old = page->user.password.n > 0 && !page->session.by_link,
                             .feeds = feeds_there(),
                             .feed_on = page->user.feed.n > 0 || feed.n > 0,
                             .feed = feed};
    if (!users_sessions(page->cx, page->db, page->user.id, &session, &v.sessions))
        return false;
    v.session = session;
    page_top(page, page_text(page, S("menu.account")));
    account_page(page, &v);
    page_bottom(page);
    return true;
}

bool account_show(struct page *page) {
    return show(page, (struct str){0});
}

/* The error at its field, and the page again. What is no fault of the form goes up. */
static bool faulty(struct page *page, struct str field) {
    enum err_code code = page->cx->err.code;
    if (code != ERR_INVALID && code != ERR_FORBIDDEN && code != ERR_LIMIT)
        return false;
    page_fault_add(page, field, catalog_error(page->arena, page->lang, &page->cx->err));
    cx_clear(page->cx);
    page_refused(page);
    page->reply->status = code == ERR_LIMIT ? 429 : 422;
    return true;
}

/* ---- password ---- */

bool account_password_do(struct page *page) {
    struct str old = page_form(page, "old"), password = page_form(page, "password");
    bool ask_old = page->user.password.n > 0 && !page->session.by_link;
    struct signin_from from = page_from(page);
    if (!str_equal(password, page_form(page, "again"))) {
        page_fault_add(page, S("again"), page_text(page, S("account.not_the_same")));
        page_refused(page);
        return show(page, (struct str){0});
    }
    if (users_password(page->cx, page->db, &page->user, ask_old ? &old : NULL, password, page->session.hash, &from))
        return page_go(page, account_path, S("account.said_password"));
    bool of_old = page->cx->err.code == ERR_FORBIDDEN || str_equal(page->cx->err.key, S("signin.wait"));
    return faulty(page, of_old ? S("old") : S("password")) && show(page, (struct str){0});
}

/* ---- second factor ---- */

static struct str grouped(struct page *page, struct str secret) {
    enum { GROUP = 4 };
    struct buf to;
    buf_init(&to, page->arena, 0);
    for (size_t i = 0; i < secret.n; i++) {
        if (i > 0 && i % GROUP == 0)
            buf_char(&to, ' ');
        buf_char(&to, secret.p[i]);
    }
    return buf_str(&to);
}

static bool factor_show(struct page *page, struct str secret) {
    struct factor_view v = {.secret = secret, .grouped = grouped(page, secret)};
    struct str address = secret_totp_uri(page->arena, secret, S("Reativa"), page->user.login);
    if (!qr_make(page->arena, address, &v.code))
        return cx_fail(page->cx, ERR_LIMIT, S("web.memory"));
    page_top(page, page_text(page, S("account.factor_title")));
    account_factor_page(page, &v);
    page_bottom(page);
    return true;
}

bool account_factor_show(struct page *page) {
    if (page->user.totp.n > 0)
        return page_go(page, account_path, (struct str){0});
    return factor_show(page, secret_totp_new(page->arena));
}

/* One that is there is taken away first, with a code: whoever finds an open page must not put a factor of their own. */
bool account_factor_do(struct page *page) {
    struct str secret = page_form(page, "secret"), code = str_trim(page_form(page, "code"));
    if (page->user.totp.n > 0)
        return page_go(page, account_path, (struct str){0});
    if (users_totp_set(page->cx, page->db, &page->user, secret, code, page->session.hash, page->now_us))
        return page_go(page, account_path, S("account.said_factor_on"));
    return faulty(page, S("code")) &&
           factor_show(page, secret.n == SECRET_TOTP ? secret : secret_totp_new(page->arena));
}

bool account_factor_off_do(struct page *page) {
    struct str code = str_trim(page_form(page, "code"));
    struct signin_from from = page_from(page);
    if (page->user.totp.n == 0 || users_totp_off(page->cx, page->db, &page->user, &code, page->user.login, &from))
        return page_go(page, account_path, S("account.said_factor_off"));
    return faulty(page, S("code")) && show(page, (struct str){0});
}

/* ---- sessions, looks, feed ---- */

bool account_session_do(struct page *page) {
    struct str hash = page_form(page, "session");
    if (hash.n == 0)
        return page_go(page, account_path, (struct str){0});
    return users_session_end(page->cx, page->db, &page->user, hash, page->now_us) &&
           page_go(page, account_path, S("account.said_session"));
}

bool account_sessions_do(struct page *page) {
    return users_sessions_end(page->cx, page->db, &page->user, page->session.hash, page->user.login, page->now_us) &&
           page_go(page, account_path, S("account.said_sessions"));
}

bool account_looks_do(struct page *page) {
    return users_looks(page->cx, page->db, page->user.id, page_form(page, "lang"), page_form(page, "theme")) &&
           page_go(page, account_path, S("account.said_looks"));
}

bool account_feed_do(struct page *page) {
    struct str token = {0};
    bool stop = page_form(page, "stop").n > 0;
    if (!users_feed(page->cx, page->db, &page->user, page->now_us, stop ? NULL : &token))
        return false;
    if (stop)
        return page_go(page, account_path, S("account.said_feed_off"));
    return show(page, cx_text(page->cx, "%s://%.*s" ACCOUNT_FEED "%.*s.ics", page->request->secure ? "https" : "http",
                              STR_ARG(page->request->host), STR_ARG(token)));
}
