// SPDX-License-Identifier: Apache-2.0
/* choice -- the pages of reasons, objections and occurrences: one list a kind, a form, and the list as a file.
 */
#include "web/cockpit/choice.h"

#include "base/text.h"
#include "web/cockpit/cockpit.h"
#include "web/csv.h"
#include "web/pages.h"

static const char *const sorts[CHOICES_SORTS] = {"name", "owner", "contacts", "last"};
static const char *const states[] = {"open", "retired", "all"};

/* ---- what is looked at, from the address and back into one ---- */

static struct day day_asked(const struct page *page, const char *name) {
    struct day day;
    return day_parse_iso(page_query(page, name), &day) ? day : DAY_NONE;
}

static struct choices_look look_asked(const struct page *page) {
    struct choices_look look = {.kind = CHOICE_REASON,
                                .search = str_trim(page_query(page, "q")),
                                .owner = page_query(page, "owner"),
                                .preventable = -1,
                                .from = day_asked(page, "from"),
                                .until = day_asked(page, "until")};
    struct str sort = page_query(page, "sort"), preventable = page_query(page, "preventable");
    choice_kind_parse(page_query(page, "kind"), &look.kind);
    if (sort.n > 0 && sort.p[0] == '-') {
        look.descending = true;
        sort = (struct str){sort.p + 1, sort.n - 1};
    }
    for (int i = 0; i < CHOICES_SORTS; i++)
        if (str_equal(sort, str_from(sorts[i])))
            look.sort = (enum choices_sort)i;
    for (int i = 0; i <= CHOICES_ALL; i++)
        if (str_equal(page_query(page, "state"), str_from(states[i])))
            look.state = (enum choices_state)i;
    if (look.kind == CHOICE_REASON && preventable.n == 1)
        look.preventable = preventable.p[0] == '1' ? 1 : preventable.p[0] == '0' ? 0 : -1;
    return look;
}

static void field_put(struct buf *to, const char *name, struct str value) {
    if (value.n == 0)
        return;
    buf_printf(to, "&%s=", name);
    http_encode(to, value, false);
}

static struct url address(struct page *page, const char *path, const struct choices_look *look) {
    struct buf to;
    buf_init(&to, page->arena, 0);
    buf_printf(&to, "%s?kind=%s", path, choice_kind_name(look->kind));
    field_put(&to, "q", look->search);
    field_put(&to, "owner", look->owner);
    if (look->preventable >= 0)
        field_put(&to, "preventable", look->preventable == 1 ? S("1") : S("0"));
    if (look->state != CHOICES_OPEN)
        field_put(&to, "state", str_from(states[look->state]));
    field_put(&to, "from", choice_day(page, look->from));
    field_put(&to, "until", choice_day(page, look->until));
    if (look->sort != CHOICES_BY_NAME || look->descending)
        buf_printf(&to, "&sort=%s%s", look->descending ? "-" : "", sorts[look->sort]);
    return url_local(buf_str(&to));
}

struct url choice_tab_url(struct page *page, enum choice_kind kind) {
    return address(page, "/choices",
                   &(struct choices_look){.kind = kind, .preventable = -1, .from = DAY_NONE, .until = DAY_NONE});
}

/* Another column begins with what one looks for in it: names from A, the most used and the latest first. */
struct url choice_sort_url(struct page *page, const struct choice_list_view *view, enum choices_sort sort) {
    struct choices_look look = view->look;
    look.descending = look.sort == sort ? !look.descending : sort == CHOICES_BY_CONTACTS || sort == CHOICES_BY_LAST;
    look.sort = sort;
    return address(page, "/choices", &look);
}

struct url choice_export_url(struct page *page, const struct choice_list_view *view) {
    return address(page, "/choices.csv", &view->look);
}

struct url choice_form_url(struct page *page, const struct choice_form_view *view) {
    return url_local(view->typed.id == 0 ? S("/choices")
                                         : cx_text(page->cx, "/choices/%lld", (long long)view->typed.id));
}

struct str choice_day(struct page *page, struct day day) {
    char text[DAY_TEXT];
    return str_copy(page->arena, (struct str){text, day_iso(day, text)});
}

struct str choice_number(struct page *page, int64_t number) {
    return cx_text(page->cx, "%lld", (long long)number);
}

const char *choice_sorted(const struct choice_list_view *view, enum choices_sort sort) {
    return view->look.sort != sort ? "none" : view->look.descending ? "descending" : "ascending";
}

struct str choice_says(struct page *page, enum choice_kind kind, const char *what) {
    return page_text(page, cx_text(page->cx, "choice_page.%s_%s", what, choice_kind_name(kind)));
}

/* ---- the list, as a page and as a file ---- */

bool choice_list_show(struct page *page) {
    struct choice_list_view view = {.look = look_asked(page)};
    if (!choices_look_through(page->cx, page->db, &view.look, &view.found))
        return false;
    view.filtered = view.look.search.n > 0 || view.look.owner.n > 0 || view.look.preventable >= 0 ||
                    view.look.state != CHOICES_OPEN;
    page_top(page, choice_says(page, view.look.kind, "tab"));
    choice_list_page(page, &view);
    page_bottom(page);
    return true;
}

bool choice_export(struct page *page) {
    struct choices_look look = look_asked(page);
    struct choices_found found;
    if (!choices_look_through(page->cx, page->db, &look, &found))
        return false;
    csv_start(page, str_terminated(page->arena, cx_text(page->cx, "%ss.csv", choice_kind_name(look.kind))));
    CSV_ROW(page, page_text(page, S("choice_page.column_name")), page_text(page, S("choice_page.column_owner")),
            page_text(page, S("choice_page.preventable")), page_text(page, S("choice_page.argument")),
            page_text(page, S("choice_page.column_contacts")), page_text(page, S("choice_page.column_first")),
            page_text(page, S("choice_page.column_last")), page_text(page, S("choice_page.retired")));
    for (size_t i = 0; i < found.n; i++) {
        const struct choice *choice = &found.row[i].choice;
        const struct choice_use *use = &found.row[i].use;
        CSV_ROW(page, choice->name, choice->owner,
                page_text(page, choice->preventable ? S("choice_page.yes") : S("choice_page.no")), choice->argument,
                choice_number(page, use->contacts), choice_day(page, use->first), choice_day(page, use->last),
                page_text(page, choice->retired_us > 0 ? S("choice_page.yes") : S("choice_page.no")));
    }
    return true;
}

/* ---- the form ---- */

static bool form_show(struct page *page, struct choice_form_view *view) {
    struct choices_look look = {
        .kind = view->typed.kind, .preventable = -1, .state = CHOICES_ALL, .from = DAY_NONE, .until = DAY_NONE};
    struct choices_found found;
    if (!choices_look_through(page->cx, page->db, &look, &found))
        return false;
    view->owner = found.owner;
    view->owners = found.owners;
    for (size_t i = 0; i < found.n; i++)
        if (found.row[i].choice.id == view->typed.id)
            view->use = found.row[i].use;
    page_top(page, view->typed.id == 0 ? choice_says(page, view->typed.kind, "title_new") : view->typed.name);
    choice_form_page(page, view);
    page_bottom(page);
    return true;
}

bool choice_new_show(struct page *page) {
    struct choice_form_view view = {.typed.kind = CHOICE_REASON};
    choice_kind_parse(page_query(page, "kind"), &view.typed.kind);
    return form_show(page, &view);
}

bool choice_show(struct page *page) {
    struct choice_form_view view = {0};
    int64_t id;
    return page_arg_id(page, 0, &id) && choices_find(page->cx, page->db, id, &view.typed) && form_show(page, &view);
}

/* What cannot be kept comes back with what was typed: at its field, or, when somebody else was first, beside what they kept. */
static bool form_again(struct page *page, struct choice_form_view *view) {
    static const struct page_place places[] = {{"choice.name", "name"},
                                               {"choice.name_long", "name"},
                                               {"choice.taken", "name"},
                                               {"choice.owner_long", "owner"},
                                               {"choice.argument_long", "argument"}};
    enum err_code code = page->cx->err.code;
    if (code != ERR_INVALID && code != ERR_CONFLICT && code != ERR_LIMIT)
        return false;
    struct str key = page->cx->err.key;
    struct choice now;
    view->fault = page_refused_at(page, places, sizeof places / sizeof *places);
    if (str_equal(key, S("choice.changed"))) {
        if (!choices_find(page->cx, page->db, view->typed.id, &now))
            return false;
        page->reply->status = 409;
        view->now = &now;
        view->typed.version = now.version;
        view->typed.retired_us = now.retired_us;
    }
    return form_show(page, view);
}

static bool done(struct page *page, enum choice_kind kind, struct str said) {
    return page_go(page, choice_tab_url(page, kind).text, said);
}

static bool put(struct page *page, int64_t id, enum choice_kind kind) {
    struct choices_wish wish = {.id = id,
                                .kind = kind,
                                .name = page_form(page, "name"),
                                .owner = page_form(page, "owner"),
                                .argument = page_form(page, "argument"),
                                .preventable = str_equal(page_form(page, "preventable"), S("1")),
                                .who = page->user.login,
                                .now_us = page->now_us};
    struct choice choice;
    page_number(page_form(page, "version"), &wish.version);
    if (choices_put(page->cx, page->db, &wish, &choice))
        return done(page, choice.kind, S("choice_page.said_saved"));
    return form_again(page, &(struct choice_form_view){.typed = {.id = id,
                                                                 .kind = kind,
                                                                 .name = wish.name,
                                                                 .owner = wish.owner,
                                                                 .preventable = wish.preventable,
                                                                 .argument = wish.argument,
                                                                 .version = wish.version}});
}

bool choice_new_do(struct page *page) {
    enum choice_kind kind = CHOICE_REASON;
    choice_kind_parse(page_form(page, "kind"), &kind);
    return put(page, 0, kind);
}

bool choice_do(struct page *page) {
    struct choice choice;
    int64_t id;
    return page_arg_id(page, 0, &id) && choices_find(page->cx, page->db, id, &choice) && put(page, id, choice.kind);
}

static bool retire(struct page *page, bool retired, struct str said) {
    struct choice_form_view view = {0};
    int64_t id, version = 0;
    page_number(page_form(page, "version"), &version);
    if (!page_arg_id(page, 0, &id) || !choices_find(page->cx, page->db, id, &view.typed))
        return false;
    if (choices_retire(page->cx, page->db, id, version, retired, page->user.login, page->now_us))
        return done(page, view.typed.kind, said);
    return form_again(page, &view);
}

bool choice_retire_do(struct page *page) {
    return retire(page, true, S("choice_page.said_retired"));
}

bool choice_restore_do(struct page *page) {
    return retire(page, false, S("choice_page.said_restored"));
}

bool choice_usual_do(struct page *page) {
    enum choice_kind kind = CHOICE_REASON;
    size_t added;
    choice_kind_parse(page_form(page, "kind"), &kind);
    return choices_usual(page->cx, page->db, kind, page->lang, page->user.login, page->now_us, &added) &&
           done(page, kind, S("choice_page.said_usual"));
}
