// SPDX-License-Identifier: Apache-2.0
/* audit -- the audit trail: who changed what, when, from what to what.
 *
 * Pages go on from the last line shown, not from a count, so that what happens meanwhile moves nothing.
 */
#include "web/cockpit/audit.h"

#include "base/text.h"
#include "web/cockpit/cockpit.h"
#include "web/csv.h"
#include "web/listing.h"
#include "web/pages.h"

static const int64_t SECOND_US = 1000000;

struct str audit_what(struct page *page, struct str what) {
    struct str key = cx_text(page->cx, "audit.what_%.*s", STR_ARG(what));
    return catalog_find(page->lang, key) != NULL ? page_text(page, key) : what;
}

struct str audit_field(struct page *page, struct str name) {
    struct str key = cx_text(page->cx, "audit.field_%.*s", STR_ARG(name));
    return catalog_find(page->lang, key) != NULL ? page_text(page, key) : name;
}

/* What people typed stays as it is, whatever word it is; only the fields that choose among few words are put into words. */
struct str audit_value(struct page *page, struct str name, struct str value) {
    static const struct {
        const char *field, *prefix;
    } of[] = {{"role", "role."},
              {"channel", "contact.channel_"},
              {"outcome", "contact.outcome_"},
              {"second_factor", "audit.value_"},
              {"feed", "audit.value_"},
              {"retired", "audit.value_"},
              {"preventable", "audit.value_"},
              {"shared", "audit.value_"},
              {"state", "audit.state_"},
              {"may_call", "audit.value_"},
              {"may_mail", "audit.value_"}};
    for (size_t i = 0; i < sizeof of / sizeof *of; i++) {
        struct str key = cx_text(page->cx, "%s%.*s", of[i].prefix, STR_ARG(value));
        if (str_equal(name, str_from(of[i].field)) && catalog_find(page->lang, key) != NULL)
            return page_text(page, key);
    }
    return value;
}

/* When a day of the company began. A day on which the clocks change is off by that hour at most. */
static int64_t day_start_us(const struct page *page, struct day day) {
    int64_t at_us = (int64_t)day.n * 86400 * SECOND_US;
    return at_us - page_config(page)->utc_offset_s(at_us) * SECOND_US;
}

static void filter_read(struct page *page, struct audit_view *v, struct audit_filter *filter) {
    struct day day;
    v->q = str_trim(page_query(page, "q"));
    v->who = page_query(page, "who");
    v->what = page_query(page, "what");
    *filter = (struct audit_filter){.who = v->who, .what = v->what, .holds = v->q};
    if (day_parse_iso(page_query(page, "from"), &day)) {
        v->from = page_query(page, "from");
        filter->from_us = day_start_us(page, day);
    }
    if (day_parse_iso(page_query(page, "until"), &day)) {
        v->until = page_query(page, "until");
        filter->until_us = day_start_us(page, (struct day){day.n + 1});
    }
}

/* The trail as it is asked for; older: than the last line shown. */
static struct url address(struct page *page, const struct audit_view *v, const char *path,
                          const struct audit_line *last) {
    const struct http_field part[] = {
        {S("q"), v->q},
        {S("who"), v->who},
        {S("what"), v->what},
        {S("from"), v->from},
        {S("until"), v->until},
        {S("before"),
         last == NULL ? (struct str){0} : cx_text(page->cx, "%lld-%lld", (long long)last->at_us, (long long)last->id)}};
    return listing_address(page, path, part, sizeof part / sizeof *part);
}

struct url audit_export_address(struct page *page, const struct audit_view *v) {
    return address(page, v, "/audit.csv", NULL);
}

struct url audit_older_address(struct page *page, const struct audit_view *v) {
    return address(page, v, "/audit", &v->line[v->n - 1]);
}

struct filling {
    struct page *page;
    struct audit_view *view;
};

static bool take(struct cx *cx, void *owner, const struct audit_line *line) {
    struct filling *f = owner;
    struct arena *arena = f->page->arena;
    (void)cx;
    f->view->line[f->view->n++] = (struct audit_line){.id = line->id,
                                                      .at_us = line->at_us,
                                                      .who = str_copy(arena, line->who),
                                                      .what = str_copy(arena, line->what),
                                                      .subject = str_copy(arena, line->subject),
                                                      .before = str_copy(arena, line->before),
                                                      .after = str_copy(arena, line->after)};
    return true;
}

bool audit_show(struct page *page) {
    struct audit_view v = {0};
    struct filling filling = {page, &v};
    struct audit_filter filter;
    struct str at, id;
    filter_read(page, &v, &filter);
    filter.most = AUDIT_LINES + 1;
    v.further = str_cut(page_query(page, "before"), '-', &at, &id) && page_number(at, &filter.before_us) &&
                page_number(id, &filter.before_id);
    if (!audit_read(page->cx, page->db, &filter, take, &filling, &v.names))
        return false;
    v.more = v.n > AUDIT_LINES;
    v.n = v.more ? AUDIT_LINES : v.n;
    page_top(page, page_text(page, S("menu.audit")));
    audit_page(page, &v);
    page_bottom(page);
    return true;
}

static bool write(struct cx *cx, void *owner, const struct audit_line *line) {
    struct page *page = owner;
    CSV_ROW(page, text_moment_iso(page->arena, line->at_us), line->who, line->what, line->subject, line->before,
            line->after);
    return !page->reply->body.cut || cx_fail(cx, ERR_LIMIT, S("web.memory"));
}

bool audit_export(struct page *page) {
    struct audit_view v = {0};
    struct audit_filter filter;
    filter_read(page, &v, &filter);
    filter.most = INT64_MAX;
    csv_start(page, "audit.csv");
    CSV_ROW(page, S("at"), S("who"), S("what"), S("subject"), S("before"), S("after"));
    return audit_read(page->cx, page->db, &filter, write, page, NULL);
}
