// SPDX-License-Identifier: Apache-2.0
/* contacts -- what the team did and what came of it: the page of figures and causes, and its files.
 */
#include "web/manage/contacts.h"

#include "app/portfolio_file.h"
#include "base/text.h"
#include "web/listing.h"
#include "web/manage/manage.h"
#include "web/pages.h"

#define SORT_USUAL S("-contacts")

/* ---- the lines in their order ---- */

static int64_t number_of(const struct contacts_sum *sum, struct str column) {
    const struct {
        struct str column;
        int64_t number;
    } of[] = {{S("customers"), sum->customers},
              {S("reached"), sum->reached},
              {S("reached_share"), contacts_share(sum->reached, sum->contacts)},
              {S("ordered"), sum->ordered},
              {S("followed"), sum->followed},
              {S("followed_share"), contacts_share(sum->followed, sum->reached)},
              {S("purchases"), sum->purchases},
              {S("value"), sum->value_cents}};
    for (size_t i = 0; i < sizeof of / sizeof *of; i++)
        if (str_equal(column, of[i].column))
            return of[i].number;
    return sum->contacts;
}

static void order(struct page *page, struct contacts_view *v) {
    size_t n = v->found.lines;
    struct listing_key *key = arena_new(page->arena, struct listing_key, n + 1);
    struct str column = listing_column(v->sort);
    v->line = arena_new(page->arena, const struct contacts_line *, n + 1);
    for (size_t i = 0; i < n; i++) {
        const struct contacts_line *line = &v->found.line[i];
        key[i] = (struct listing_key){.row = line, .number = number_of(&line->sum, column)};
        if (str_equal(column, S("name")))
            key[i] = (struct listing_key){.row = line, .text = str_fold(page->arena, contacts_line_name(page, line))};
    }
    listing_sort(key, n, listing_down(v->sort));
    for (size_t i = 0; i < n; i++)
        v->line[i] = key[i].row;
}

const char *contacts_order(const struct contacts_view *v, const char *sort) {
    return listing_order(v->sort, "-contacts", sort);
}

static bool look(struct page *page, struct contacts_view *v) {
    contacts_asked(page, v);
    contacts_of_list_drop(v);
    v->sort = page_query(page, "sort");
    v->sort = v->sort.n > 0 ? v->sort : SORT_USUAL;
    if (!contacts_look(page->cx, page->db, &v->wish, &v->found))
        return false;
    order(page, v);
    return true;
}

/* ---- what the template asks for ---- */

struct str contacts_line_name(struct page *page, const struct contacts_line *line) {
    if (line->name.n == 0)
        return page_text(page, S("contacts.without"));
    return line->word == NULL ? line->name
                              : page_text(page, cx_text(page->cx, "%s%.*s", line->word, STR_ARG(line->name)));
}

struct str contacts_percent(struct page *page, int64_t part, int64_t all) {
    int64_t share = contacts_share(part, all);
    return share == CONTACTS_NO_SHARE ? S("–") : text_share(page->arena, page->lang, share);
}

struct contacts_chart contacts_charted(struct page *page, const struct contacts_causes *causes) {
    struct buf names, contacts, upto;
    buf_init(&names, page->arena, 0);
    buf_init(&contacts, page->arena, 0);
    buf_init(&upto, page->arena, 0);
    for (size_t i = 0; i < causes->n; i++) {
        const char *mark = i > 0 ? "," : "";
        buf_printf(&names, "%s%.*s", i > 0 ? "\n" : "", STR_ARG(causes->cause[i].choice->name));
        buf_printf(&contacts, "%s%lld", mark, (long long)causes->cause[i].contacts);
        buf_printf(&upto, "%s%lld", mark, (long long)contacts_share(causes->cause[i].upto, causes->contacts));
    }
    return (struct contacts_chart){buf_str(&names), buf_str(&contacts), buf_str(&upto)};
}

struct day contacts_unripe(const struct contacts_view *v) {
    struct day first = {(int32_t)(v->wish.ask.as_of.n - v->found.within_days + 1)};
    if (v->found.all.contacts == 0 || v->wish.ask.to.n < first.n)
        return DAY_NONE;
    return first.n > v->wish.ask.from.n ? first : v->wish.ask.from;
}

/* ---- the page and its files ---- */

bool contacts_show(struct page *page) {
    struct contacts_view *v = arena_new(page->arena, struct contacts_view, 1);
    if (!look(page, v))
        return false;
    page_top(page, page_text(page, S("contacts.title")));
    contacts_page(page, v);
    page_bottom(page);
    return true;
}

static void file_named(struct page *page, struct str type, const char *name) {
    page->reply->type = type;
    page_header(page, S("Content-Disposition"), cx_text(page->cx, "attachment; filename=\"%s\"", name));
}

/* The lines in the order of the page, with the names that people read. */
static struct contacts_line *lines_copy(struct page *page, const struct contacts_view *v, bool words) {
    struct contacts_line *line = arena_new(page->arena, struct contacts_line, v->found.lines + 1);
    for (size_t i = 0; i < v->found.lines; i++) {
        line[i] = *v->line[i];
        if (words)
            line[i].name = contacts_line_name(page, v->line[i]);
    }
    return line;
}

bool contacts_export_csv(struct page *page) {
    struct contacts_view v;
    if (!look(page, &v))
        return false;
    contacts_csv(page->lang, lines_copy(page, &v, false), v.found.lines, &page->reply->body);
    file_named(page, S("text/csv; charset=utf-8"), "contacts.csv");
    return true;
}

bool contacts_export_xlsx(struct page *page) {
    struct contacts_view v;
    int file = -1;
    int64_t bytes;
    if (!look(page, &v) || !page_file_begin(page))
        return false;
    bool made = contacts_xlsx(page->cx, page->lang, lines_copy(page, &v, true), v.found.lines, &file, &bytes);
    page_file(page, file, bytes);
    if (made)
        file_named(page, S("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"), "contacts.xlsx");
    return made;
}

bool contacts_causes_export(struct page *page) {
    struct contacts_view v;
    if (!look(page, &v))
        return false;
    contacts_causes_csv(page->lang, &v.found, &page->reply->body);
    file_named(page, S("text/csv; charset=utf-8"), "causes.csv");
    return true;
}
