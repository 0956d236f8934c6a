// SPDX-License-Identifier: Apache-2.0
/* users -- the list of users, its export, and the table of what each role may do.
 */
#include "web/cockpit/users.h"

#include <stdlib.h>

#include "base/text.h"
#include "web/cockpit/cockpit.h"
#include "web/csv.h"
#include "web/pages.h"

/* ---- which, in which order ---- */

static bool holds(struct arena *arena, struct str text, struct str folded) {
    struct str in = str_fold(arena, text);
    for (size_t i = 0; i + folded.n <= in.n; i++)
        if (str_starts((struct str){in.p + i, in.n - i}, folded))
            return true;
    return false;
}

static bool wanted(struct page *page, const struct users_view *v, const struct user *user) {
    struct str q = str_fold(page->arena, v->q);
    enum role role;
    if (role_parse(v->role, &role) && user->role != role)
        return false;
    if (!str_equal(v->state, S("all")) && (user->retired_us > 0) != str_equal(v->state, S("retired")))
        return false;
    return q.n == 0 || holds(page->arena, user->login, q) || holds(page->arena, user->name, q) ||
           holds(page->arena, user->email, q) || holds(page->arena, user->rep, q);
}

struct keyed {
    struct str key;
    const struct user *user;
};

/* By the key; what is equal stays by login, as it came. */
static int keyed_compare(const void *a, const void *b) {
    const struct keyed *x = a, *y = b;
    int order = str_compare(x->key, y->key);
    return order != 0 ? order : x->user < y->user ? -1 : x->user > y->user;
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
    bool down = str_starts(v->sort, S("-"));
    struct str column = down ? (struct str){v->sort.p + 1, v->sort.n - 1} : v->sort;
    struct keyed *keyed = arena_new(page->arena, struct keyed, n + 1);
    for (size_t i = 0; i < n; i++)
        if (wanted(page, v, &user[i]))
            keyed[v->n++] = (struct keyed){key_of(page, column, &user[i]), &user[i]};
    if (v->n > 1)
        qsort(keyed, v->n, sizeof *keyed, keyed_compare);
    v->user = arena_new(page->arena, const struct user *, v->n + 1);
    for (size_t i = 0; i < v->n; i++)
        v->user[i] = keyed[down ? v->n - 1 - i : i].user;
    v->all = n;
    return true;
}

struct url users_address(struct page *page, const struct users_view *v, const char *path, const char *sort) {
    const struct {
        const char *name;
        struct str value;
    } part[] = {{"q", v->q},
                {"role", v->role},
                {"state", v->state},
                {"sort", sort == NULL                         ? v->sort
                         : str_equal(v->sort, str_from(sort)) ? cx_text(page->cx, "-%s", sort)
                                                              : str_from(sort)}};
    struct buf to;
    char mark = '?';
    buf_init(&to, page->arena, 0);
    buf_put(&to, str_from(path));
    for (size_t i = 0; i < sizeof part / sizeof *part; i++)
        if (part[i].value.n > 0) {
            buf_printf(&to, "%c%s=", mark, part[i].name);
            http_encode(&to, part[i].value, false);
            mark = '&';
        }
    return url_local(buf_str(&to));
}

const char *users_order(const struct users_view *v, const char *sort) {
    bool down = str_starts(v->sort, S("-"));
    struct str column = down ? (struct str){v->sort.p + 1, v->sort.n - 1} : v->sort.n > 0 ? v->sort : S("login");
    return !str_equal(column, str_from(sort)) ? "none" : down ? "descending" : "ascending";
}

/* ---- pages ---- */

struct str user_factor(struct page *page, const struct user *user) {
    return user->totp.n > 0  ? page_text(page, S("users.factor_on"))
           : user->must_totp ? page_text(page, S("users.factor_missing"))
                             : page_text(page, S("users.factor_off"));
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
    CSV_ROW(page, S("login"), S("name"), S("role"), S("rep"), S("email"), S("second_factor"), S("retired"));
    for (size_t i = 0; i < v.n; i++) {
        const struct user *user = v.user[i];
        CSV_ROW(page, user->login, user->name, str_from(role_name(user->role)), user->rep, user->email,
                user->totp.n > 0  ? S("on")
                : user->must_totp ? S("missing")
                                  : S("off"),
                user->retired_us > 0 ? text_moment_iso(page->arena, user->retired_us) : (struct str){0});
    }
    return true;
}

bool permissions_show(struct page *page) {
    page_top(page, page_text(page, S("permission.title")));
    permissions_page(page);
    page_bottom(page);
    return true;
}
