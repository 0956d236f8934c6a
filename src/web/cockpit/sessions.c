// SPDX-License-Identifier: Apache-2.0
/* sessions -- who is signed in, where from, since when; ending one or all of one person; who guessed wrong.
 */
#include "web/cockpit/sessions.h"

#include "app/users.h"
#include "base/text.h"
#include "web/cockpit/account.h"
#include "web/cockpit/cockpit.h"
#include "web/csv.h"
#include "web/listing.h"
#include "web/pages.h"

bool sessions_here(const struct page *page, const struct session_whose *session) {
    return str_equal(session->session.hash, page->session.hash);
}

bool sessions_waits(const struct page *page, const struct guess_whose *guess) {
    return guess->guess.until_us > page->now_us;
}

static bool wanted(struct page *page, const struct sessions_view *v, const struct session_whose *s) {
    struct str q = str_fold(page->arena, v->q);
    enum role role;
    if (role_parse(v->role, &role) && s->role != role)
        return false;
    return listing_holds(page, s->login, q) || listing_holds(page, s->name, q) ||
           listing_holds(page, s->session.address, q) || listing_holds(page, s->session.agent, q);
}

static struct listing_key key_of(struct page *page, struct str column, const struct session_whose *s) {
    struct listing_key key = {.row = s};
    if (str_equal(column, S("name")))
        key.text = str_fold(page->arena, s->name);
    else if (str_equal(column, S("address")))
        key.text = s->session.address;
    else if (str_equal(column, S("since")))
        key.number = -s->session.made_us;
    else
        key.number = -s->session.seen_us;
    return key;
}

static bool view_read(struct page *page, struct sessions_view *v) {
    struct session_whose *session;
    *v = (struct sessions_view){
        .q = str_trim(page_query(page, "q")), .role = page_query(page, "role"), .sort = page_query(page, "sort")};
    if (!sessions_all(page->cx, page->db, page->now_us, &session, &v->all))
        return false;
    struct listing_key *key = arena_new(page->arena, struct listing_key, v->all + 1);
    for (size_t i = 0; i < v->all; i++)
        if (wanted(page, v, &session[i]))
            key[v->n++] = key_of(page, listing_column(v->sort), &session[i]);
    listing_sort(key, v->n, listing_down(v->sort));
    v->session = arena_new(page->arena, const struct session_whose *, v->n + 1);
    for (size_t i = 0; i < v->n; i++)
        v->session[i] = key[i].row;
    return true;
}

struct url sessions_address(struct page *page, const struct sessions_view *v, const char *path, const char *sort) {
    const struct http_field part[] = {
        {S("q"), v->q}, {S("role"), v->role}, {S("sort"), listing_turned(page, v->sort, "seen", sort)}};
    return listing_address(page, path, part, sizeof part / sizeof *part);
}

const char *sessions_order(const struct sessions_view *v, const char *sort) {
    return listing_order(v->sort, "seen", sort);
}

bool sessions_show(struct page *page) {
    struct sessions_view v;
    if (!view_read(page, &v) || !sessions_guesses(page->cx, page->db, &v.guess, &v.guesses))
        return false;
    page_top(page, page_text(page, S("sessions.title")));
    sessions_page(page, &v);
    page_bottom(page);
    return true;
}

bool sessions_export(struct page *page) {
    struct sessions_view v;
    if (!view_read(page, &v))
        return false;
    csv_start(page, "sessions.csv");
    CSV_ROW(page, S("login"), S("name"), S("role"), S("address"), S("agent"), S("since"), S("last_used"), S("by_link"));
    for (size_t i = 0; i < v.n; i++) {
        const struct session_whose *s = v.session[i];
        CSV_ROW(page, s->login, s->name, str_from(role_name(s->role)), s->session.address, s->session.agent,
                text_moment_iso(page->arena, s->session.made_us), text_moment_iso(page->arena, s->session.seen_us),
                s->session.by_link ? S("yes") : S("no"));
    }
    return true;
}

bool sessions_end_do(struct page *page) {
    struct user user;
    int64_t id;
    struct str hash = page_form(page, "session");
    if (!page_number(page_form(page, "user"), &id))
        return cx_fail(page->cx, ERR_INVALID, S("web.malformed"));
    return users_find(page->cx, page->db, id, &user) &&
           sessions_end(page->cx, page->db, &user, hash, page->session.hash, page->user.login, page->now_us) &&
           page_go(page, S("/sessions"), hash.n > 0 ? S("sessions.said_one") : S("sessions.said_all"));
}
