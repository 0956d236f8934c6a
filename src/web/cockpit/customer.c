// SPDX-License-Identifier: Apache-2.0
/* customer -- the page of one customer.
 */
#include "web/cockpit/customer.h"

#include "app/duplicates.h"
#include "base/text.h"
#include "core/taxid.h"
#include "core/why.h"
#include "web/cockpit/cockpit.h"
#include "web/pages.h"

enum { E4 = 4, UNLIKELY_E4 = 5000 };

static struct str e4(struct page *page, int64_t v, int places) {
    return v == STAT_NONE ? (struct str){0} : text_decimal(page->arena, page->lang, v, E4, places);
}

static struct str chance(struct page *page, int64_t p_e4) {
    return p_e4 == STAT_NONE ? (struct str){0} : text_chance(page->arena, page->lang, p_e4);
}

static struct str word(struct page *page, const char *noun, const char *name) {
    return page_text(page, cx_text(page->cx, "%s.%s", noun, name));
}

static const char *badge_of(enum status status) {
    static const char *const badge[STATUS_COUNT] = {
        [STATUS_PROSPECT] = "bg-secondary-lt", [STATUS_NEW] = "bg-azure-lt",       [STATUS_ACTIVE] = "bg-green-lt",
        [STATUS_AT_RISK] = "bg-yellow-lt",     [STATUS_INACTIVE] = "bg-orange-lt", [STATUS_LOST] = "bg-red-lt",
        [STATUS_CLOSED] = "bg-secondary-lt"};
    return badge[status];
}

struct str customer_iso(struct page *page, struct day day) {
    char text[DAY_TEXT];
    return str_copy(page->arena, (struct str){text, day_iso(day, text)});
}

struct str customer_kind(struct page *page, enum document_kind kind) {
    switch (kind) {
    case DOCUMENT_RETURN:
        return page_text(page, S("customer.kind_return"));
    case DOCUMENT_CANCELLED:
        return page_text(page, S("customer.kind_cancelled"));
    case DOCUMENT_SALE:
    case DOCUMENT_UNVALUED:
        break;
    }
    return page_text(page, S("customer.kind_sale"));
}

struct str customer_consent(struct page *page, enum consent consent) {
    return page_text(page, cx_text(page->cx, "person.consent_%s", consent_name(consent)));
}

struct str customer_channel(struct page *page, enum contact_channel channel) {
    return page_text(page, cx_text(page->cx, "contact.channel_%s", contact_channel_name(channel)));
}

struct str customer_outcome(struct page *page, enum contact_outcome outcome) {
    return page_text(page, cx_text(page->cx, "contact.outcome_%s", contact_outcome_name(outcome)));
}

struct str customer_appointment_state(struct page *page, enum appointment_state state) {
    static const char *const key[] = {[APPOINTMENT_OPEN] = "customer.appointment_open",
                                      [APPOINTMENT_KEPT] = "customer.appointment_kept",
                                      [APPOINTMENT_OFF] = "customer.appointment_off"};
    return page_text(page, str_from(key[state]));
}

struct str customer_time(struct page *page, const struct appointment *a) {
    return a->minute < 0 ? (struct str){0} : cx_text(page->cx, "%02d:%02d", a->minute / 60, a->minute % 60);
}

/* ---- what is known and expected ---- */

static void numbers_fill(struct page *page, struct customer_view *v) {
    static const char *const trend[] = {
        [TREND_DOWN] = "trend.down", [TREND_FLAT] = "trend.flat", [TREND_UP] = "trend.up"};
    const struct customer *c = v->customer;
    char tax_id[TAXID_TEXT];
    if (c->tax_id.n > 0)
        v->tax_id = str_copy(page->arena, (struct str){tax_id, taxid_pretty(c->tax_id, tax_id)});
    v->cycle = c->cycle_e4 == STAT_NONE ? (struct str){0} : e4(page, c->cycle_e4, c->cycle_e4 >= 100000 ? 0 : 1);
    v->average =
        c->average_cents == STAT_NONE ? (struct str){0} : text_money(page->arena, page->lang, c->average_cents);
    if (c->trend != TREND_NONE)
        v->trend = page_text(page, str_from(trend[c->trend]));
    if (c->abc != 0)
        v->abc = cx_text(page->cx, "%c", c->abc);
}

static void forecast_fill(struct page *page, struct customer_view *v) {
    const struct customer *c = v->customer;
    const struct forecast *f = &c->forecast;
    v->foretold = v->bought && !v->closed && f->method != FORECAST_NONE && f->p_active_e4 != STAT_NONE;
    v->window_from = v->window_to = DAY_NONE;
    if (v->bought && !v->closed && day_is(c->at_risk_on)) {
        v->window_from = c->last_purchase;
        v->window_to = c->at_risk_on;
    }
    if (!v->foretold)
        return;
    v->chance = chance(page, f->p_active_e4);
    v->chance_low = chance(page, f->p_active_low_e4);
    v->chance_high = chance(page, f->p_active_high_e4);
    v->alive = chance(page, f->p_alive_e4);
    if (day_is(f->next_on)) {
        v->next = page_text(page, S("customer.next_is"), html_arg(page, f->next_on), html_arg(page, f->next_from),
                            html_arg(page, f->next_to));
        v->window_from = f->next_from;
        v->window_to = f->next_to;
    } else {
        v->next =
            page_text(page, f->p_active_e4 < UNLIKELY_E4 ? S("customer.next_unlikely") : S("customer.next_unknown"));
    }
}

/* ---- the two charts ---- */

static void marks_fill(struct page *page, struct customer_view *v) {
    const struct sheet *sheet = &v->profile->sheet;
    struct buf days;
    v->marks = sheet->purchases < CUSTOMER_MARKS ? sheet->purchases : CUSTOMER_MARKS;
    v->marks_before = sheet->purchases - v->marks;
    v->mark = v->marks > 0 ? sheet->purchase + v->marks_before : NULL;
    buf_init(&days, page->arena, 0);
    for (size_t i = 0; i < v->marks; i++)
        buf_printf(&days, "%s%.*s", i > 0 ? "," : "", STR_ARG(customer_iso(page, v->mark[i])));
    v->mark_days = buf_str(&days);
}

static void months_fill(struct page *page, struct customer_view *v) {
    struct buf names, values, before;
    buf_init(&names, page->arena, 0);
    buf_init(&values, page->arena, 0);
    buf_init(&before, page->arena, 0);
    for (size_t i = 0; i < SHEET_MONTHS; i++) {
        const struct sheet_month *m = &v->profile->sheet.month[i];
        const char *comma = i > 0 ? "," : "";
        v->month[i] =
            (struct customer_month){text_month(page->arena, page->lang, m->month), {m->value_cents}, {m->before_cents}};
        v->months = v->months || m->value_cents != 0 || m->before_cents != 0;
        buf_printf(&names, "%s%.*s", comma, STR_ARG(v->month[i].month));
        buf_printf(&values, "%s%lld", comma, (long long)m->value_cents);
        buf_printf(&before, "%s%lld", comma, (long long)m->before_cents);
    }
    v->month_names = buf_str(&names);
    v->month_values = buf_str(&values);
    v->month_before = buf_str(&before);
}

/* ---- products and papers ---- */

static void products_fill(struct page *page, struct customer_view *v) {
    const struct sheet *sheet = &v->profile->sheet;
    v->products_all = sheet->boughts;
    for (size_t i = 0; i < sheet->boughts; i++) {
        const struct bought *b = &sheet->bought[i].bought;
        bool stopped = sheet->bought[i].stopped;
        size_t *n = stopped ? &v->stoppeds : &v->products;
        if (*n == CUSTOMER_PRODUCTS)
            continue;
        struct customer_product *to = stopped ? &v->stopped[*n] : &v->product[*n];
        *to = (struct customer_product){.code = b->code,
                                        .name = b->name.n > 0 ? b->name : b->code,
                                        .times = b->times,
                                        .last_price = e4(page, b->last_price_e4, 2),
                                        .last = b->last,
                                        .value = {b->value_cents}};
        ++*n;
    }
}

/* A title is open while something of it is unpaid, the others until they are closed. */
static bool record_open(const struct record *r) {
    return r->kind == IMPORT_TITLES ? r->open_cents > 0 : !day_is(r->closed_on);
}

static void papers_fill(struct page *page, const struct record *record, size_t n, struct customer_papers *out) {
    for (size_t i = 0; i < n; i++) {
        const struct record *r = &record[i];
        if (!record_open(r) || out->all++ >= CUSTOMER_RECORDS)
            continue;
        out->paper[out->n++] = (struct customer_paper){
            .number = r->part.n == 0 ? r->number : cx_text(page->cx, "%.*s/%.*s", STR_ARG(r->number), STR_ARG(r->part)),
            .state = r->text.n > 0 ? r->text : r->state,
            .day = r->day,
            .due = r->due_on,
            .late = day_is(r->due_on) && r->due_on.n < page->as_of.n,
            .amount = {r->amount_cents},
            .open = {r->open_cents}};
    }
}

struct str customer_url(struct page *page, struct str code) {
    struct buf url;
    buf_init(&url, page->arena, 0);
    buf_put(&url, S("/customers/"));
    http_encode(&url, code, false);
    return buf_str(&url);
}

void customer_view_make(struct page *page, const struct profile *profile, struct customer_view *v) {
    const struct sheet *sheet = &profile->sheet;
    *v = (struct customer_view){.profile = profile, .customer = &sheet->customer};
    const struct customer *c = v->customer;
    v->url = customer_url(page, c->code);
    v->why = why_text(page->arena, page->lang, c, profile->as_of);
    v->status = word(page, "status", status_name(c->status));
    v->badge = badge_of(c->status);
    v->bought = c->purchases > 0;
    v->closed = c->status == STATUS_CLOSED;
    numbers_fill(page, v);
    forecast_fill(page, v);
    marks_fill(page, v);
    months_fill(page, v);
    products_fill(page, v);
    papers_fill(page, sheet->quote, sheet->quotes, &v->quotes);
    papers_fill(page, sheet->title, sheet->titles, &v->titles);
    papers_fill(page, sheet->ticket, sheet->tickets, &v->tickets);
    v->standing = profile_standing(sheet, profile->as_of);
    v->placed = place_of(page->arena, c->place, c->city, c->region, &v->place);
    v->placed_itself = c->place != STAT_NONE;
    v->token = page_token(page);
    v->may_note = page_may(page, PERM_CUSTOMER_NOTE);
    v->may_contact = page_may(page, PERM_CONTACT_WRITE);
}

/* ---- the pages ---- */

static bool profile_asked(struct page *page, struct profile *out) {
    return profile_make(page->cx, page->db, page->as_of, page->arg[0], page_rep(page), out);
}

/* Not there: a code that was merged leads to its main customer, if that is theirs to see. */
static bool merged_go(struct page *page) {
    struct cx aside = {.arena = page->arena};
    struct str main;
    if (page->cx->err.code != ERR_NOT_FOUND || page->partial ||
        !duplicates_main(&aside, page->db, page->arg[0], page_rep(page), &main) || main.n == 0)
        return false;
    cx_clear(page->cx);
    return page_go(page, customer_url(page, main), S("duplicates_page.said_leads"));
}

bool customer_show(struct page *page) {
    struct profile *profile = arena_new(page->arena, struct profile, 1);
    struct customer_view *view = arena_new(page->arena, struct customer_view, 1);
    if (!profile_asked(page, profile))
        return merged_go(page);
    customer_view_make(page, profile, view);
    page_top(page, view->customer->name.n > 0 ? view->customer->name : view->customer->code);
    customer_page(page, view);
    page_bottom(page);
    return true;
}
