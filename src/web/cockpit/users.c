// SPDX-License-Identifier: Apache-2.0
/* users -- the list of users, its export, and the table of what each role may do.
 */
#include "web/cockpit/users.h"

#include "base/text.h"
#include "web/cockpit/cockpit.h"
#include "web/csv.h"
#include "web/listing.h"
#include "web/pages.h"

/* ---- which, in which order ---- */

static bool wanted(struct page *page, const struct users_view *v, const struct user *user) {
    struct str q = str_fold(page->arena, v->q);
    enum role role;
    if (role_parse(v->role, &role) && user->role != role)
        return false;
    if (!str_equal(v->state, S("all")) && (user->retired_us > 0) != str_equal(v->state, S("retired")))
        return false;
    return listing_holds(page, user->login, q) || listing_holds(page, user->name, q) ||
           listing_holds(page, user->email, q) || listing_holds(page, user->rep, q) ||
           listing_holds(page, user->phone, q);
}

static struct str key_of(struct page *page, struct str column, const struct user *user) {
    if (str_equal(column, S("name")))
        return str_fold(page->arena, user->name);
    if (str_equal(column, S("role")))
        return cx_text(page->cx, "%d", (int)user->role);
    if (str_equal(column, S("rep")))
        return user->rep;
    return user->login;
}

static bool view_read(struct page *page, struct users_view *v) {
    struct user *user;
    size_t n;
    *v = (struct users_view){.q = str_trim(page_query(page, "q")),
                             .role = page_query(page, "role"),
                             .state = page_query(page, "state"),
                             .sort = page_query(page, "sort")};
    if (!users_list(page->cx, page->db, &user, &n))
        return false;
    struct listing_key *key = arena_new(page->arena, struct listing_key, n + 1);
    for (size_t i = 0; i < n; i++)
        if (wanted(page, v, &user[i]))
            key[v->n++] =
                (struct listing_key){.text = key_of(page, listing_column(v->sort), &user[i]), .row = &user[i]};
    listing_sort(key, v->n, listing_down(v->sort));
    v->user = arena_new(page->arena, const struct user *, v->n + 1);
    for (size_t i = 0; i < v->n; i++)
        v->user[i] = key[i].row;
    v->all = n;
    v->everybody = user;
    return true;
}

struct url users_address(struct page *page, const struct users_view *v, const char *path, const char *sort) {
    const struct http_field part[] = {{S("q"), v->q},
                                      {S("role"), v->role},
                                      {S("state"), v->state},
                                      {S("sort"), listing_turned(page, v->sort, "login", sort)}};
    return listing_address(page, path, part, sizeof part / sizeof *part);
}

const char *users_order(const struct users_view *v, const char *sort) {
    return listing_order(v->sort, "login", sort);
}

/* ---- pages ---- */

struct str user_factor(struct page *page, const struct user *user) {
    return user->totp.n > 0  ? page_text(page, S("users.factor_on"))
           : user->must_totp ? page_text(page, S("users.factor_missing"))
                             : page_text(page, S("users.factor_off"));
}

struct str user_manager(const struct user *everybody, size_t n, const struct user *user) {
    for (size_t i = 0; i < n; i++)
        if (user->manager_id > 0 && everybody[i].id == user->manager_id)
            return everybody[i].name;
    return (struct str){0};
}

bool users_show(struct page *page) {
    struct users_view v;
    if (!view_read(page, &v))
        return false;
    page_top(page, page_text(page, S("menu.users")));
    users_page(page, &v);
    page_bottom(page);
    return true;
}

bool users_export(struct page *page) {
    struct users_view v;
    if (!view_read(page, &v))
        return false;
    csv_start(page, "users.csv");
    CSV_ROW(page, S("login"), S("name"), S("role"), S("rep"), S("email"), S("second_factor"), S("retired"), S("phone"),
            S("manager"));
    for (size_t i = 0; i < v.n; i++) {
        const struct user *user = v.user[i];
        CSV_ROW(page, user->login, user->name, str_from(role_name(user->role)), user->rep, user->email,
                user->totp.n > 0  ? S("on")
                : user->must_totp ? S("missing")
                                  : S("off"),
                user->retired_us > 0 ? text_moment_iso(page->arena, user->retired_us) : (struct str){0}, user->phone,
                user_manager(v.everybody, v.all, user));
    }
    return true;
}

bool permissions_show(struct page *page) {
    page_top(page, page_text(page, S("permission.title")));
    permissions_page(page);
    page_bottom(page);
    return true;
}
