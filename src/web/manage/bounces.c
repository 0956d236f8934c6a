// SPDX-License-Identifier: Apache-2.0
/* bounces -- mail that came back, as it was read and what followed. Anybody may have written it: it is shown as text, and what is not believed
 * says so.
 */
#include "web/manage/bounces.h"

#include "base/text.h"
#include "web/csv.h"
#include "web/listing.h"
#include "web/manage/manage.h"
#include "web/pages.h"

struct str bounce_text(struct page *page, const struct bounce_row *row) {
    bool told = row->result != BOUNCE_NOTHING || row->end == BOUNCE_COUNTED;
    return page_text(page, told ? cx_text(page->cx, "bounce.result_%s", bounce_result_name(row->result))
                                : cx_text(page->cx, "bounce.kind_%s", bounce_kind_name(row->kind)));
}

struct str bounce_end_text(struct page *page, enum bounce_end end) {
    return page_text(page, cx_text(page->cx, "bounce.end_%s", bounce_end_name(end)));
}

const char *bounce_end_class(enum bounce_end end) {
    return end == BOUNCE_SUPPRESSED ? "bg-red-lt" : end == BOUNCE_COUNTED ? "bg-yellow-lt" : "bg-secondary-lt";
}

static void look_read(struct page *page, struct bounces_view *v, struct bounce_filter *f) {
    struct str end = page_query(page, "end");
    v->q = f->holds = str_trim(page_query(page, "q"));
    for (int e = BOUNCE_SHOWN; e < BOUNCE_ENDS; e++)
        if (str_equal(end, str_from(bounce_end_name((enum bounce_end)e))))
            v->end = f->end = e;
    v->further = page_number(page_query(page, "before"), &f->before) && f->before > 0;
    v->filtered = v->q.n > 0 || v->end > 0;
}

static struct url address(struct page *page, const struct bounces_view *v, const char *path, int64_t before) {
    const struct http_field part[] = {
        {S("q"), v->q},
        {S("end"), v->end > 0 ? str_from(bounce_end_name((enum bounce_end)v->end)) : (struct str){0}},
        {S("before"), before > 0 ? cx_text(page->cx, "%lld", (long long)before) : (struct str){0}}};
    return listing_address(page, path, part, sizeof part / sizeof *part);
}

struct url bounces_csv(struct page *page, const struct bounces_view *v) {
    return address(page, v, "/bounces.csv", 0);
}

struct url bounces_older(struct page *page, const struct bounces_view *v) {
    return address(page, v, "/bounces", v->found.row[v->found.n - 1].id);
}

struct url bounces_first(struct page *page, const struct bounces_view *v) {
    return address(page, v, "/bounces", 0);
}

bool bounces_show(struct page *page) {
    struct bounces_view *v = arena_new(page->arena, struct bounces_view, 1);
    struct bounce_filter filter = {.end = 0};
    look_read(page, v, &filter);
    if (!bounces_look(page->cx, page->db, &filter, &v->found))
        return false;
    page_top(page, page_text(page, S("bounce_page.title")));
    bounces_page(page, v);
    page_bottom(page);
    return true;
}

static bool row_write(struct cx *cx, void *owner, const struct bounce_row *row) {
    struct page *page = owner;
    struct str message = row->message_id > 0 ? cx_text(cx, "%lld", (long long)row->message_id) : S("");
    CSV_ROW(page, text_moment_iso(page->arena, row->seen_us), str_from(bounce_kind_name(row->kind)),
            str_from(bounce_result_name(row->result)), str_from(bounce_end_name(row->end)), row->address, row->customer,
            message, row->status, row->said, row->sender, row->subject, row->text);
    return !page->reply->body.cut || cx_fail(cx, ERR_LIMIT, S("web.memory"));
}

bool bounces_export(struct page *page) {
    struct bounces_view *v = arena_new(page->arena, struct bounces_view, 1);
    struct bounce_filter filter = {.end = 0};
    look_read(page, v, &filter);
    filter.before = 0;
    csv_start(page, "bounces.csv");
    CSV_ROW(page, S("read_at"), S("kind"), S("result"), S("end"), S("address"), S("customer"), S("message"),
            S("status"), S("said"), S("from"), S("subject"), S("text"));
    return bounces_each(page->cx, page->db, &filter, row_write, page);
}
