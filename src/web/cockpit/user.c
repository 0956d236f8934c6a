// SPDX-License-Identifier: Apache-2.0
/* user -- one user: add, edit, retire, restore; the link that signs in once; the second factor; sessions.
 *
 * A form that cannot be taken comes back as it was typed; where another was first, beside what stands now.
 */
#include "app/signin.h"
#include "web/cockpit/cockpit.h"
#include "web/cockpit/users.h"
#include "web/pages.h"

struct str user_version(struct page *page, const struct user *user) {
    return cx_text(page->cx, "%lld", (long long)user->version);
}

static bool user_of(struct page *page, struct user *user) {
    int64_t id;
    return page_arg_id(page, 0, &id) && users_find(page->cx, page->db, id, user);
}

bool user_leads(const struct user_view *v, const struct user *user) {
    bool theirs = v->now != NULL && v->now->manager_id == user->id;
    return user->role != ROLE_REP && (theirs || user->retired_us == 0) && (v->now == NULL || v->now->id != user->id);
}

static struct str address_of(struct page *page, const struct user *user) {
    return cx_text(page->cx, "/users/%lld", (long long)user->id);
}

static bool show(struct page *page, struct user_view *v) {
    struct label *code;
    struct user *everybody;
    if (page_may(page, PERM_USER_WRITE) &&
        (!users_reps(page->cx, page->db, &code, &v->codes) || !users_list(page->cx, page->db, &everybody, &v->users)))
        return false;
    v->user = v->users > 0 ? everybody : NULL;
    v->code = v->codes > 0 ? code : NULL;
    v->may_require = v->now != NULL && (page->user.role == ROLE_ADMIN || v->now->role != ROLE_ADMIN);
    page_top(page, v->now != NULL ? v->now->name : page_text(page, S("users.new")));
    user_page(page, v);
    page_bottom(page);
    return true;
}

static struct str id_text(struct page *page, int64_t id) {
    return cx_text(page->cx, "%lld", (long long)id);
}

static struct user_view view_of(struct page *page, const struct user *user) {
    return (struct user_view){.now = user,
                              .login = user->login,
                              .name = user->name,
                              .email = user->email,
                              .phone = user->phone,
                              .manager = user->manager_id > 0 ? id_text(page, user->manager_id) : (struct str){0},
                              .role = str_from(role_name(user->role)),
                              .rep = user->rep,
                              .must_totp = user->must_totp};
}

/* ---- add and edit ---- */

static struct user_view view_typed(struct page *page, const struct user *now) {
    return (struct user_view){.now = now,
                              .login = now != NULL ? now->login : str_trim(page_form(page, "login")),
                              .name = str_trim(page_form(page, "name")),
                              .email = str_trim(page_form(page, "email")),
                              .phone = str_trim(page_form(page, "phone")),
                              .manager = page_form(page, "manager"),
                              .role = page_form(page, "role"),
                              .rep = page_form(page, "rep"),
                              .must_totp = page_form(page, "must_totp").n > 0};
}

static struct users_wish wish_of(struct page *page, const struct user_view *v) {
    struct users_wish wish = {.login = v->login,
                              .name = v->name,
                              .email = v->email,
                              .phone = v->phone,
                              .rep = v->rep,
                              .must_totp = v->must_totp,
                              .who = page->user.login,
                              .now_us = page->now_us};
    (void)role_parse(v->role, &wish.role);
    if (v->manager.n > 0 && !page_number(v->manager, &wish.manager_id))
        wish.manager_id = -1; /* nobody's, and said to be so */
    if (v->now != NULL) {
        wish.id = v->now->id;
        wish.version = v->now->version;
        wish.lang = v->now->lang;
        wish.retired = v->now->retired_us > 0;
    }
    return wish;
}

/* The field that an error is about; empty: none of them. */
static struct str field_of(struct str key) {
    static const struct {
        const char *key, *field;
    } of[] = {{"user.login", "login"},     {"user.login_taken", "login"}, {"user.name", "name"},
              {"user.email", "email"},     {"user.role", "role"},         {"user.last_admin", "role"},
              {"user.rep_missing", "rep"}, {"user.rep_unknown", "rep"},   {"user.phone", "phone"},
              {"user.manager", "manager"}};
    for (size_t i = 0; i < sizeof of / sizeof *of; i++)
        if (str_equal(key, str_from(of[i].key)))
            return str_from(of[i].field);
    return (struct str){0};
}

static bool again(struct page *page, struct user_view *v) {
    struct user now;
    bool behind = page->cx->err.code == ERR_CONFLICT && str_equal(page->cx->err.key, S("user.changed"));
    struct str field = behind ? S("form") : field_of(page->cx->err.key);
    if (field.n == 0)
        return false;
    struct str text = catalog_error(page->arena, page->lang, &page->cx->err);
    cx_clear(page->cx);
    page_fault_add(page, field, text);
    page_refused(page);
    if (behind) {
        if (!users_find(page->cx, page->db, v->now->id, &now))
            return false;
        page->reply->status = 409;
        v->now = &now;
        v->behind = true;
    }
    return show(page, v);
}

bool user_new_show(struct page *page) {
    return show(page, &(struct user_view){.role = S("agent")});
}

bool user_new_do(struct page *page) {
    struct user_view v = view_typed(page, NULL);
    struct users_wish wish = wish_of(page, &v);
    struct user user;
    if (!users_put(page->cx, page->db, &wish, &user))
        return again(page, &v);
    return page_go(page, address_of(page, &user), S("users.said_added"));
}

bool user_show(struct page *page) {
    struct user user;
    if (!user_of(page, &user))
        return false;
    struct user_view v = view_of(page, &user);
    return show(page, &v);
}

bool user_change_do(struct page *page) {
    struct user user;
    if (!user_of(page, &user))
        return false;
    struct user_view v = view_typed(page, &user);
    struct users_wish wish = wish_of(page, &v);
    if (!page_number(page_form(page, "version"), &wish.version))
        return cx_fail(page->cx, ERR_INVALID, S("web.malformed"));
    if (!users_put(page->cx, page->db, &wish, &user))
        return again(page, &v);
    return page_go(page, address_of(page, &user), S("users.said_saved"));
}

bool user_retire_do(struct page *page) {
    struct user user;
    if (!user_of(page, &user))
        return false;
    struct user_view v = view_of(page, &user);
    struct users_wish wish = wish_of(page, &v);
    wish.retired = str_equal(page_form(page, "retired"), S("1"));
    if (!page_number(page_form(page, "version"), &wish.version))
        return cx_fail(page->cx, ERR_INVALID, S("web.malformed"));
    if (!users_put(page->cx, page->db, &wish, &user))
        return again(page, &v);
    return page_go(page, address_of(page, &user), wish.retired ? S("users.said_retired") : S("users.said_restored"));
}

/* ---- ways in ---- */

/* The answer shows the link; no other page ever does, since only its hash is kept. */
bool user_link_do(struct page *page) {
    struct user user;
    struct str link;
    if (!user_of(page, &user) || !signin_link_make(page->cx, page->db, &user, page->user.login, page->now_us, &link))
        return false;
    struct user_view v = view_of(page, &user);
    v.link = cx_text(page->cx, "%s://%.*s/signin/link?link=%.*s", page->request->secure ? "https" : "http",
                     STR_ARG(page->request->host), STR_ARG(link));
    return show(page, &v);
}

bool user_sessions_do(struct page *page) {
    struct user user;
    return user_of(page, &user) &&
           users_sessions_end(page->cx, page->db, &user, (struct str){0}, page->user.login, page->now_us) &&
           page_go(page, address_of(page, &user), S("users.said_sessions"));
}

bool user_require_do(struct page *page) {
    struct user user;
    bool must = str_equal(page_form(page, "must"), S("1"));
    return user_of(page, &user) && users_require(page->cx, page->db, user.id, must, &page->user, page->now_us) &&
           page_go(page, address_of(page, &user), must ? S("users.said_required") : S("users.said_free"));
}

bool user_factor_do(struct page *page) {
    struct user user;
    struct signin_from from = page_from(page);
    return user_of(page, &user) && users_totp_off(page->cx, page->db, &user, NULL, page->user.login, &from) &&
           page_go(page, address_of(page, &user), S("users.said_factor_off"));
}
