// SPDX-License-Identifier: Apache-2.0
/* views -- saved views of the customers list: keep what is seen, look through them, rename, share, pin, retire.
 */
#include "web/cockpit/views.h"

#include "base/text.h"
#include "web/cockpit/cockpit.h"
#include "web/csv.h"
#include "web/listing.h"
#include "web/pages.h"

/* ---- the list ---- */

static bool view_read(struct page *page, struct views_view *v) {
    struct saved_view *view;
    *v = (struct views_view){.q = str_trim(page_query(page, "q")),
                             .sort = page_query(page, "sort"),
                             .retired = page_query(page, "retired").n > 0};
    if (!views_list(page->cx, page->db, page->user.id, &view, &v->all))
        return false;
    struct str q = str_fold(page->arena, v->q);
    bool by_owner = str_equal(listing_column(v->sort), S("owner"));
    struct listing_key *key = arena_new(page->arena, struct listing_key, v->all + 1);
    for (size_t i = 0; i < v->all; i++) {
        struct str name = str_fold(page->arena, view[i].name), owner = str_fold(page->arena, view[i].owner);
        if ((listing_holds(page, name, q) || listing_holds(page, owner, q)) && (v->retired || view[i].retired_us == 0))
            key[v->n++] = (struct listing_key){
                .text = by_owner ? cx_text(page->cx, "%.*s %.*s", STR_ARG(owner), STR_ARG(name)) : name,
                .row = &view[i]};
    }
    listing_sort(key, v->n, listing_down(v->sort));
    v->view = arena_new(page->arena, const struct saved_view *, v->n + 1);
    for (size_t i = 0; i < v->n; i++)
        v->view[i] = key[i].row;
    return true;
}

struct url view_address(struct page *page, const struct saved_view *view) {
    return url_local(cx_text(page->cx, "/customers?%.*s%sview=%lld", STR_ARG(view->query), view->query.n > 0 ? "&" : "",
                             (long long)view->id));
}

struct url views_address(struct page *page, const struct views_view *v, const char *path, const char *sort) {
    const struct http_field part[] = {{S("sort"), listing_turned(page, v->sort, "name", sort)},
                                      {S("retired"), v->retired ? S("1") : (struct str){0}},
                                      {S("q"), v->q}};
    return listing_address(page, path, part, sizeof part / sizeof *part);
}

const char *views_order(const struct views_view *v, const char *sort) {
    return listing_order(v->sort, "name", sort);
}

bool view_editable(const struct page *page, const struct saved_view *view) {
    return view->user_id == page->user.id || page_may(page, PERM_VIEW_SHARE);
}

bool views_show(struct page *page) {
    struct views_view v;
    if (!view_read(page, &v))
        return false;
    page_top(page, page_text(page, S("views.title")));
    views_page(page, &v);
    page_bottom(page);
    return true;
}

bool views_export(struct page *page) {
    struct views_view v;
    if (!view_read(page, &v))
        return false;
    csv_start(page, "views.csv");
    CSV_ROW(page, S("name"), S("owner"), S("shared"), S("pinned"), S("first"), S("retired"), S("query"));
    for (size_t i = 0; i < v.n; i++) {
        const struct saved_view *view = v.view[i];
        CSV_ROW(page, view->name, view->owner, view->shared ? S("yes") : S("no"), view->pinned ? S("yes") : S("no"),
                view->first ? S("yes") : S("no"),
                view->retired_us > 0 ? text_moment_iso(page->arena, view->retired_us) : (struct str){0}, view->query);
    }
    return true;
}

/* ---- one ---- */

static struct views_wish wish_of(struct page *page) {
    return (struct views_wish){.user_id = page->user.id,
                               .may_share = page_may(page, PERM_VIEW_SHARE),
                               .name = page_form(page, "name"),
                               .query = page_form(page, "query"),
                               .shared = page_form(page, "shared").n > 0,
                               .who = page->user.login,
                               .now_us = page->now_us};
}

static bool form_show(struct page *page, const struct view_form *form) {
    page_top(page, form->now->name);
    view_page(page, form);
    page_bottom(page);
    return true;
}

bool view_new_do(struct page *page) {
    struct views_wish wish = wish_of(page);
    struct saved_view view;
    return views_put(page->cx, page->db, &wish, &view) &&
           page_go(page, view_address(page, &view).text, S("views.said_kept"));
}

bool view_show(struct page *page) {
    struct saved_view view;
    int64_t id;
    return page_arg_id(page, 0, &id) && views_find(page->cx, page->db, page->user.id, id, &view) &&
           form_show(page, &(struct view_form){.now = &view, .name = view.name, .shared = view.shared});
}

/* What was typed, beside what stands now. */
static bool form_again(struct page *page, const struct views_wish *wish) {
    struct saved_view view;
    enum err_code code = page->cx->err.code;
    if (code != ERR_INVALID && code != ERR_CONFLICT)
        return false;
    struct view_form form = {.now = &view, .name = wish->name, .shared = wish->shared, .behind = code == ERR_CONFLICT};
    form.fault = catalog_error(page->arena, page->lang, &page->cx->err);
    cx_clear(page->cx);
    page->reply->status = code == ERR_CONFLICT ? 409 : 422;
    return views_find(page->cx, page->db, page->user.id, wish->id, &view) && form_show(page, &form);
}

static bool change(struct page *page, bool retired, bool renewed, bool typed, struct str said) {
    struct views_wish wish = wish_of(page);
    struct saved_view view, before;
    if (!page_arg_id(page, 0, &wish.id) || !views_find(page->cx, page->db, page->user.id, wish.id, &before))
        return false;
    if (!page_number(page_form(page, "version"), &wish.version))
        wish.version = 0;
    wish.retired = retired;
    wish.keep_query = !renewed;
    if (!typed) { /* only its query, or only its retirement */
        wish.name = before.name;
        wish.shared = before.shared;
    }
    if (!views_put(page->cx, page->db, &wish, &view))
        return form_again(page, &wish);
    return page_go(page, renewed ? view_address(page, &view).text : S("/views"), said);
}

bool view_change_do(struct page *page) {
    return change(page, false, false, true, S("views.said_changed"));
}

bool view_renew_do(struct page *page) {
    return change(page, false, true, false, S("views.said_changed"));
}

bool view_retire_do(struct page *page) {
    return change(page, true, false, false, S("views.said_retired"));
}

bool view_restore_do(struct page *page) {
    return change(page, false, false, false, S("views.said_restored"));
}

bool view_choose_do(struct page *page) {
    int64_t id;
    return page_arg_id(page, 0, &id) &&
           views_choose(page->cx, page->db, page->user.id, id, page_form(page, "pinned").n > 0,
                        page_form(page, "first").n > 0) &&
           page_go(page, S("/views"), S("views.said_chosen"));
}
