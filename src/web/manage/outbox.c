// SPDX-License-Identifier: Apache-2.0
/* outbox -- the messages that went out or wait to: a list, its file, one as it was sent, and what can be done with it.
 *
 * Pages go on from the last line shown, not from a count, so that what is written meanwhile moves nothing.
 */
#include "web/manage/outbox.h"

#include "base/text.h"
#include "web/csv.h"
#include "web/listing.h"
#include "web/manage/manage.h"
#include "web/pages.h"
#include "web/shown.h"

/* ---- words ---- */

struct str outbox_state_text(struct page *page, enum message_state state) {
    return page_text(page, cx_text(page->cx, "message.state_%s", message_state_name(state)));
}

const char *outbox_state_class(enum message_state state) {
    switch (state) {
    case MESSAGE_SENT:
        return "bg-green-lt";
    case MESSAGE_PARKED:
    case MESSAGE_UNKNOWN:
        return "bg-red-lt";
    case MESSAGE_DUE:
    case MESSAGE_SENDING:
        return "bg-yellow-lt";
    case MESSAGE_CALLED_OFF:
    case MESSAGE_HELD:
    case MESSAGE_ANY_STATE:
    case MESSAGE_STATES:
        break;
    }
    return "bg-secondary-lt";
}

struct str outbox_kind_text(struct page *page, enum message_kind kind) {
    return page_text(page, cx_text(page->cx, "message.kind_%s", message_kind_name(kind)));
}

struct str outbox_channel_text(struct page *page, enum message_channel channel) {
    return page_text(page, cx_text(page->cx, "message.channel_%s", message_channel_name(channel)));
}

struct str outbox_to_text(struct page *page, const struct message *m) {
    return m->name.n > 0 ? m->name : m->address.n > 0 ? m->address : page_text(page, S("outbox.nobody"));
}

struct str outbox_why_text(struct page *page, const struct message *m) {
    struct str why = m->why.n > 0 ? page_text(page, m->why) : (struct str){0};
    if (m->words.n == 0)
        return why;
    return why.n > 0 ? cx_text(page->cx, "%.*s %.*s", STR_ARG(why), STR_ARG(m->words)) : m->words;
}

struct str outbox_count_text(struct page *page, int64_t n) {
    struct str number = html_arg_long(page, n);
    return n < OUTBOX_COUNTED ? number : cx_text(page->cx, "%.*s+", STR_ARG(number));
}

/* ---- the list ---- */

static void filter_read(struct page *page, struct outbox_view *v) {
    struct message_filter *f = &v->filter;
    struct str kind, number;
    (void)message_state_parse(page_query(page, "state"), &f->state);
    (void)message_kind_parse(page_query(page, "kind"), &f->kind);
    (void)message_channel_parse(page_query(page, "channel"), &f->channel);
    v->q = f->holds = str_trim(page_query(page, "q"));
    v->to = page_query(page, "to");
    bool named = str_cut(v->to, ':', &kind, &number);
    if (named && str_equal(kind, S("user")))
        (void)page_number(number, &f->user_id);
    else if (named && str_equal(kind, S("customer")))
        (void)page_number(number, &f->customer_id);
    if (f->user_id <= 0 && f->customer_id <= 0)
        v->to = (struct str){0};
    f->oldest = str_equal(page_query(page, "sort"), S("made"));
    v->further = page_number(page_query(page, "after"), &f->after) && f->after > 0;
    v->filtered = f->state > 0 || f->kind > 0 || f->channel > 0 || v->q.n > 0 || v->to.n > 0;
}

static struct url address_of(struct page *page, const struct outbox_view *v, const char *path, bool oldest,
                             int64_t after, struct str act) {
    const struct message_filter *f = &v->filter;
    const struct http_field part[] = {
        {S("do"), act},
        {S("q"), v->q},
        {S("state"), f->state > 0 ? str_from(message_state_name(f->state)) : (struct str){0}},
        {S("kind"), f->kind > 0 ? str_from(message_kind_name(f->kind)) : (struct str){0}},
        {S("channel"), f->channel > 0 ? str_from(message_channel_name(f->channel)) : (struct str){0}},
        {S("to"), v->to},
        {S("sort"), oldest ? S("made") : (struct str){0}},
        {S("after"), after > 0 ? cx_text(page->cx, "%lld", (long long)after) : (struct str){0}}};
    return listing_address(page, path, part, sizeof part / sizeof *part);
}

static struct url address(struct page *page, const struct outbox_view *v, const char *path, bool oldest,
                          int64_t after) {
    return address_of(page, v, path, oldest, after, (struct str){0});
}

struct url outbox_all_url(struct page *page, const struct outbox_view *v, bool off) {
    return address_of(page, v, "/outbox/all", false, 0, off ? S("off") : S("resend"));
}

bool outbox_may_all(const struct outbox_view *v, bool off) {
    const struct message_counts *c = &v->found.counts;
    if (v->filter.state != MESSAGE_ANY_STATE)
        return outbox_all_may(v->filter.state, off) && v->n > 0;
    return c->held + (off ? c->due : c->parked) > 0;
}

struct url outbox_csv(struct page *page, const struct outbox_view *v) {
    return address(page, v, "/outbox.csv", v->filter.oldest, 0);
}

struct url outbox_turned(struct page *page, const struct outbox_view *v) {
    return address(page, v, "/outbox", !v->filter.oldest, 0);
}

struct url outbox_further(struct page *page, const struct outbox_view *v) {
    return address(page, v, "/outbox", v->filter.oldest, v->line[v->n - 1].message.id);
}

struct url outbox_first(struct page *page, const struct outbox_view *v) {
    return address(page, v, "/outbox", v->filter.oldest, 0);
}

static bool line_take(struct cx *cx, void *owner, const struct message_line *line) {
    struct outbox_view *v = owner;
    (void)cx;
    v->line[v->n++] = *line;
    return true;
}

bool outbox_show(struct page *page) {
    struct outbox_view *v = arena_new(page->arena, struct outbox_view, 1);
    *v = (struct outbox_view){.n = 0};
    filter_read(page, v);
    v->filter.most = OUTBOX_LINES + 1;
    if (!outbox_look(page->cx, page->db, &v->filter, line_take, v, &v->found))
        return false;
    v->more = v->n > OUTBOX_LINES;
    v->n = v->more ? OUTBOX_LINES : v->n;
    page_top(page, page_text(page, S("outbox.title")));
    outbox_page(page, v);
    page_bottom(page);
    return true;
}

static struct str number(struct page *page, int64_t n) {
    return cx_text(page->cx, "%lld", (long long)n);
}

static struct str moment(struct page *page, int64_t us) {
    return us > 0 ? text_moment_iso(page->arena, us) : S("");
}

static bool line_write(struct cx *cx, void *owner, const struct message_line *line) {
    struct page *page = owner;
    const struct message *m = &line->message;
    char day[DAY_TEXT];
    CSV_ROW_NUMBERS(page, 16, 2, number(page, m->id), moment(page, m->made_us), str_from(message_state_name(m->state)),
                    str_from(message_kind_name(m->kind)), str_from(message_channel_name(m->channel)), m->cause,
                    m->recipient, (struct str){day, day_iso(m->day, day)}, m->name, m->address, line->customer,
                    m->subject, moment(page, m->due_us), moment(page, m->sent_us), moment(page, m->read_us), line->from,
                    number(page, m->tries), number(page, m->code), m->words);
    return !page->reply->body.cut || cx_fail(cx, ERR_LIMIT, S("web.memory"));
}

bool outbox_export(struct page *page) {
    struct outbox_view *v = arena_new(page->arena, struct outbox_view, 1);
    *v = (struct outbox_view){.n = 0};
    filter_read(page, v);
    v->filter.after = 0;
    v->filter.most = INT64_MAX;
    csv_start(page, "outbox.csv");
    CSV_ROW(page, S("id"), S("made_at"), S("state"), S("kind"), S("channel"), S("cause"), S("recipient"), S("day"),
            S("name"), S("address"), S("customer"), S("subject"), S("due_at"), S("sent_at"), S("read_at"), S("from"),
            S("tries"), S("code"), S("answer"));
    return outbox_look(page->cx, page->db, &v->filter, line_write, page, NULL);
}

/* ---- all that fit ---- */

static struct outbox_all_wish all_wish(struct page *page, struct outbox_all_view *v) {
    *v = (struct outbox_all_view){.off = str_equal(page_query(page, "do"), S("off"))};
    filter_read(page, &v->list);
    v->list.filter.after = 0;
    return (struct outbox_all_wish){
        .filter = v->list.filter, .off = v->off, .who = page->user.login, .now_us = page->now_us};
}

static bool all_page(struct page *page, struct outbox_all_view *v) {
    page_top(page, page_text(page, v->off ? S("outbox.all_off") : S("outbox.all_again")));
    outbox_all_page(page, v);
    page_bottom(page);
    return true;
}

bool outbox_all_show(struct page *page) {
    struct outbox_all_view *v = arena_new(page->arena, struct outbox_all_view, 1);
    const struct outbox_all_wish wish = all_wish(page, v);
    return outbox_all_look(page->cx, page->db, &wish, &v->n, &v->upto) && all_page(page, v);
}

bool outbox_all_do(struct page *page) {
    struct outbox_all_view *v = arena_new(page->arena, struct outbox_all_view, 1);
    struct outbox_all_wish wish = all_wish(page, v);
    if (!page_number(page_form(page, "upto"), &wish.filter.upto) || wish.filter.upto <= 0)
        return cx_fail(page->cx, ERR_INVALID, S("web.malformed"));
    v->done = true;
    return outbox_all(page->cx, page->db, &wish, &v->went) && all_page(page, v);
}

/* ---- one ---- */

static bool one_show(struct page *page, int64_t id, struct outbox_one_view *v) {
    if (!outbox_open(page->cx, page->db, id, &v->one) || !bounces_of(page->cx, page->db, id, &v->bounce, &v->bounces))
        return false;
    const struct message *m = &v->one.line.message;
    page_top(page, m->subject.n > 0 ? m->subject : page_text(page, S("outbox.no_subject")));
    outbox_one_page(page, v);
    page_bottom(page);
    return true;
}

bool outbox_one_show(struct page *page) {
    struct outbox_one_view v = {.fault = {0}};
    int64_t id;
    return page_arg_id(page, 0, &id) && one_show(page, id, &v);
}

struct url outbox_shown(struct page *page, const struct message *m) {
    return url_local(cx_text(page->cx, "/outbox/%lld/message.html", (long long)m->id));
}

bool outbox_message(struct page *page) {
    struct outbox_one one;
    int64_t id;
    if (!page_arg_id(page, 0, &id) || !outbox_open(page->cx, page->db, id, &one))
        return false;
    if (!one.readable)
        return cx_fail(page->cx, ERR_NOT_FOUND, S("message.unknown"));
    shown_message(page, one.line.message.subject, &one.body);
    return true;
}

/* What cannot be done is said above the message as it stands now. */
static bool act(struct page *page, bool (*use)(struct cx *, struct db *, const struct outbox_act *), struct str said) {
    struct outbox_act wish = {.who = page->user.login, .now_us = page->now_us};
    struct outbox_one_view v;
    if (!page_arg_id(page, 0, &wish.id))
        return false;
    if (!page_number(page_form(page, "version"), &wish.version))
        return cx_fail(page->cx, ERR_INVALID, S("web.malformed"));
    if (use(page->cx, page->db, &wish))
        return page_go(page, cx_text(page->cx, "/outbox/%lld", (long long)wish.id), said);
    enum err_code code = page->cx->err.code;
    if (code != ERR_CONFLICT && code != ERR_INVALID)
        return false;
    v.fault = page_refused_at(page, NULL, 0);
    page->reply->status = code == ERR_CONFLICT ? 409 : 422;
    return one_show(page, wish.id, &v);
}

bool outbox_resend_do(struct page *page) {
    return act(page, outbox_resend, S("outbox.said_again"));
}

bool outbox_off_do(struct page *page) {
    return act(page, outbox_call_off, S("outbox.said_off"));
}
