// SPDX-License-Identifier: Apache-2.0
/* privacy -- the list of addresses that are not to be used: who asked, when, by which channel; one more, one lifted.
 *
 * An address is never put into an address of ours: it is searched for by a form that is sent, as logs keep what stands in addresses.
 */
#include "web/manage/privacy.h"

#include "base/text.h"
#include "web/csv.h"
#include "web/listing.h"
#include "web/manage/manage.h"
#include "web/pages.h"

struct str suppressed_word(struct page *page, const char *what, const char *name) {
    return page_text(page, cx_text(page->cx, "suppression.%s_%s", what, name));
}

struct str suppressed_state(struct page *page, const struct suppression *s) {
    if (s->lifted_us > 0)
        return page_text(page, S("privacy.lifted"), s->lifted_by, page_moment(page, s->lifted_us), s->lifted_why);
    return page_text(page, day_is(s->until) && s->until.n < page->as_of.n ? S("privacy.over") : S("privacy.holds"));
}

static struct str iso(struct page *page, struct day day) {
    char text[DAY_TEXT];
    return str_copy(page->arena, (struct str){text, day_iso(day, text)});
}

/* ---- what is looked at ---- */

static void asked(struct page *page, struct str address, struct suppressed_view *v) {
    enum suppression_channel channel;
    enum suppression_source source;
    v->address = str_trim(address);
    v->channel = page_query(page, "channel");
    v->source = page_query(page, "source");
    v->state = page_query(page, "state");
    v->may_write = page_may(page, PERM_PRIVACY_WRITE);
    v->look = (struct suppressions_look){.address = v->address,
                                         .channel = suppression_channel_parse(v->channel, &channel) ? (int)channel : -1,
                                         .source = suppression_source_parse(v->source, &source) ? (int)source : -1,
                                         .holds = str_equal(v->state, S("over"))  ? 0
                                                  : str_equal(v->state, S("all")) ? -1
                                                                                  : 1,
                                         .day = page->as_of};
    (void)page_number(page_query(page, "before"), &v->look.before);
}

static struct url address_of_list(struct page *page, const struct suppressed_view *v, const char *path,
                                  int64_t before) {
    const struct http_field part[] = {
        {S("channel"), v->channel},
        {S("source"), v->source},
        {S("state"), v->state},
        {S("before"), before > 0 ? cx_text(page->cx, "%lld", (long long)before) : (struct str){0}}};
    return listing_address(page, path, part, sizeof part / sizeof *part);
}

struct url suppressed_older(struct page *page, const struct suppressed_view *v) {
    return address_of_list(page, v, "/privacy/suppressed", v->found.row[v->found.n - 1].id);
}

struct url suppressed_file(struct page *page, const struct suppressed_view *v) {
    return address_of_list(page, v, "/privacy/suppressed.csv", 0);
}

static bool show(struct page *page, struct suppressed_view *v) {
    if (!suppressions_look_through(page->cx, page->db, &v->look, &v->found))
        return false;
    if (v->token.n == 0)
        v->token = page_token(page);
    if (v->day.n == 0)
        v->day = iso(page, page->today);
    page_top(page, page_text(page, S("menu.privacy")));
    suppressed_page(page, v);
    page_bottom(page);
    return true;
}

static struct suppressed_view *view_begin(struct page *page, struct str address) {
    struct suppressed_view *v = arena_new(page->arena, struct suppressed_view, 1);
    v->typed_source = SUPPRESSION_ASKED;
    asked(page, address, v);
    return v;
}

bool suppressed_show(struct page *page) {
    return show(page, view_begin(page, (struct str){0}));
}

bool suppressed_find(struct page *page) {
    return show(page, view_begin(page, page_form(page, "address")));
}

static bool line_write(struct cx *cx, void *owner, const struct suppression *s) {
    struct page *page = owner;
    (void)cx;
    CSV_ROW(page, suppressed_word(page, "kind", address_kind_name(s->kind)), s->shown,
            suppressed_word(page, "channel", suppression_channel_name(s->channel)),
            suppressed_word(page, "source", suppression_source_name(s->source)), iso(page, s->day), iso(page, s->until),
            s->note, s->who, suppressed_state(page, s));
    return !page->reply->body.cut || cx_fail(page->cx, ERR_LIMIT, S("web.memory"));
}

bool suppressed_export(struct page *page) {
    struct suppressed_view *v = view_begin(page, (struct str){0});
    csv_start(page, "suppressed.csv");
    CSV_ROW(page, page_text(page, S("privacy.kind")), page_text(page, S("privacy.address")),
            page_text(page, S("privacy.channel")), page_text(page, S("privacy.source")),
            page_text(page, S("privacy.day")), page_text(page, S("privacy.until")), page_text(page, S("privacy.note")),
            page_text(page, S("privacy.who")), page_text(page, S("privacy.state")));
    return suppressions_each(page->cx, page->db, &v->look, line_write, page);
}

/* ---- one more, one lifted ---- */

static struct day day_of(struct str text, bool *good) {
    struct day day = DAY_NONE;
    *good = text.n == 0 || day_parse_iso(text, &day);
    return day;
}

static void form_read(struct page *page, struct suppressed_view *v, struct suppressions_wish *wish) {
    bool day_good, until_good;
    v->typed = str_trim(page_form(page, "new"));
    v->note = str_trim(page_form(page, "note"));
    v->day = page_form(page, "day");
    v->until = page_form(page, "until");
    v->token = page_form(page, "token");
    *wish = (struct suppressions_wish){.address = v->typed,
                                       .day = day_of(v->day, &day_good),
                                       .until = day_of(v->until, &until_good),
                                       .note = v->note,
                                       .token = v->token,
                                       .who = page->user.login,
                                       .today = page->today.n > page->as_of.n ? page->today : page->as_of,
                                       .now_us = page->now_us};
    if (!suppression_channel_parse(page_form(page, "channel"), &wish->channel))
        page_fault_add(page, S("channel"), page_text(page, S("suppression.bad_channel")));
    if (!suppression_source_parse(page_form(page, "source"), &wish->source))
        page_fault_add(page, S("source"), page_text(page, S("suppression.bad_source")));
    if (!until_good)
        page_fault_add(page, S("until"), page_text(page, S("suppression.bad_until")));
    v->typed_channel = wish->channel;
    v->typed_source = wish->source;
}

bool suppressed_add_do(struct page *page) {
    struct suppressed_view *v = view_begin(page, (struct str){0});
    struct suppressions_wish wish;
    form_read(page, v, &wish);
    if (page->faults == 0 && suppressions_add(page->cx, page->db, &wish))
        return page_go(page, S("/privacy/suppressed"), S("privacy.said_added"));
    struct str field = suppressions_field(&page->cx->err);
    if (page->faults == 0 && field.n == 0)
        return false;
    if (field.n > 0)
        page_fault_add(page, field, catalog_error(page->arena, page->lang, &page->cx->err));
    cx_clear(page->cx);
    page_refused(page);
    return show(page, v);
}

bool suppressed_lift_do(struct page *page) {
    int64_t id;
    return page_arg_id(page, 0, &id) &&
           suppressions_lift(page->cx, page->db, id, page_form(page, "why"), page->user.login, page->now_us) &&
           page_go(page, S("/privacy/suppressed"), S("privacy.said_lifted"));
}
