// SPDX-License-Identifier: Apache-2.0
/* tags -- the pages of the company's tags: all with their customers, one with what can be done to it, and the file.
 */
#include "web/cockpit/tags.h"

#include "base/text.h"
#include "web/cockpit/cockpit.h"
#include "web/csv.h"
#include "web/pages.h"

static const char *const sorts[TAGS_SORTS] = {"name", "customers", "made"};
static const char *const states[] = {"open", "retired", "all"};
enum { SORT_AS_IT_IS = -1 };

/* ---- all of them ---- */

static bool list_read(struct page *page, struct tags_view *v) {
    struct str sort = page_query(page, "sort");
    struct tag_use *use;
    v->look = (struct tags_look){.search = str_trim(page_query(page, "q")), .descending = str_starts(sort, S("-"))};
    if (v->look.descending)
        sort = (struct str){sort.p + 1, sort.n - 1};
    for (int i = 0; i < TAGS_SORTS; i++)
        if (str_equal(sort, str_from(sorts[i])))
            v->look.sort = (enum tags_sort)i;
    for (int i = 0; i <= TAGS_EVERY; i++)
        if (str_equal(page_query(page, "state"), str_from(states[i])))
            v->look.state = (enum tags_state)i;
    if (!tags_look_through(page->cx, page->db, &v->look, &use, &v->n, &v->of))
        return false;
    v->use = use;
    return true;
}

/* Another column begins with what one looks for in it: names from A, the most carried and the newest first. */
struct url tags_address(struct page *page, const struct tags_view *v, const char *path, int sort) {
    bool down = v->look.descending;
    int by = (int)v->look.sort;
    struct buf to;
    if (sort != SORT_AS_IT_IS) {
        down = by == sort ? !down : sort != TAGS_BY_NAME;
        by = sort;
    }
    buf_init(&to, page->arena, 0);
    buf_printf(&to, "%s?state=%s&sort=%s%s&q=", path, states[v->look.state], down ? "-" : "", sorts[by]);
    http_encode(&to, v->look.search, false);
    return url_local(buf_str(&to));
}

const char *tags_order(const struct tags_view *v, enum tags_sort sort) {
    return v->look.sort != sort ? "none" : v->look.descending ? "descending" : "ascending";
}

struct url tags_customers(struct page *page, struct str name) {
    struct buf to;
    buf_init(&to, page->arena, 0);
    buf_put(&to, S("/customers?tag="));
    http_encode(&to, name, false);
    return url_local(buf_str(&to));
}

bool tags_show(struct page *page) {
    struct tags_view v;
    if (!list_read(page, &v))
        return false;
    page_top(page, page_text(page, S("menu.tags")));
    tags_page(page, &v);
    page_bottom(page);
    return true;
}

bool tags_export(struct page *page) {
    struct tags_view v;
    if (!list_read(page, &v))
        return false;
    csv_start(page, "tags.csv");
    CSV_ROW(page, S("name"), S("customers"), S("made"), S("retired"));
    for (size_t i = 0; i < v.n; i++) {
        const struct tag *tag = &v.use[i].tag;
        CSV_ROW(page, tag->name, cx_text(page->cx, "%lld", (long long)v.use[i].customers),
                text_moment_iso(page->arena, tag->made_us),
                tag->retired_us > 0 ? text_moment_iso(page->arena, tag->retired_us) : (struct str){0});
    }
    return true;
}

/* ---- one ---- */

/* Beside the one all others, to merge into. */
static bool form_show(struct page *page, int64_t id, struct tags_form *form) {
    const struct tags_look every = {.state = TAGS_EVERY};
    struct tag_use *use, *one = NULL;
    size_t n, of;
    if (!tags_look_through(page->cx, page->db, &every, &use, &n, &of))
        return false;
    for (size_t i = 0; i < n; i++)
        if (use[i].tag.id == id)
            one = &use[i];
    if (one == NULL)
        return cx_fail(page->cx, ERR_NOT_FOUND, S("tag.unknown"));
    form->use = one;
    form->other = use;
    form->others = n;
    if (form->name.n == 0)
        form->name = one->tag.name;
    page_top(page, one->tag.name);
    tags_form_page(page, form);
    page_bottom(page);
    return true;
}

bool tags_one_show(struct page *page) {
    struct tags_form form = {0};
    int64_t id;
    return page_arg_id(page, 0, &id) && form_show(page, id, &form);
}

static bool edit_read(struct page *page, struct tags_edit *edit) {
    *edit = (struct tags_edit){.who = page->user.login, .now_us = page->now_us};
    if (!page_number(page_form(page, "version"), &edit->version))
        edit->version = 0;
    return page_arg_id(page, 0, &edit->id);
}

/* What cannot be done comes back with what was typed, beside the tag as it stands now. */
static bool again(struct page *page, int64_t id, struct tags_form form) {
    enum err_code code = page->cx->err.code;
    if (code != ERR_INVALID && code != ERR_CONFLICT)
        return false;
    form.fault = catalog_error(page->arena, page->lang, &page->cx->err);
    page->reply->status = code == ERR_CONFLICT ? 409 : 422;
    cx_clear(page->cx);
    return form_show(page, id, &form);
}

bool tags_rename_do(struct page *page) {
    struct tags_edit edit;
    struct tags_moved moved;
    if (!edit_read(page, &edit))
        return false;
    edit.name = page_form(page, "name");
    if (tags_rename(page->cx, page->db, &edit, &moved))
        return page_go(page, S("/tags"), S("tags_page.said_renamed"));
    return again(page, edit.id, (struct tags_form){.name = edit.name});
}

bool tags_merge_do(struct page *page) {
    struct tags_edit edit;
    struct tags_moved moved;
    if (!edit_read(page, &edit))
        return false;
    edit.name = page_form(page, "into");
    bool sure = page_form(page, "sure").n > 0 || cx_fail(page->cx, ERR_INVALID, S("tags_page.not_sure"));
    if (sure && tags_merge(page->cx, page->db, &edit, &moved))
        return page_go(page, S("/tags"), S("tags_page.said_merged"));
    return again(page, edit.id, (struct tags_form){.into = edit.name});
}

static bool retire(struct page *page, bool retired, struct str said) {
    struct tags_edit edit;
    if (!edit_read(page, &edit))
        return false;
    edit.retired = retired;
    if (tags_retire(page->cx, page->db, &edit))
        return page_go(page, S("/tags"), said);
    return again(page, edit.id, (struct tags_form){0});
}

bool tags_retire_do(struct page *page) {
    return retire(page, true, S("tags_page.said_retired"));
}

bool tags_restore_do(struct page *page) {
    return retire(page, false, S("tags_page.said_restored"));
}
