// SPDX-License-Identifier: Apache-2.0
/* digest -- of a rep: whom to call, most worth calling first, and how the portfolio stands. Read standing in a doorway: what to do comes
 * before how it came.
 */
#include "base/text.h"
#include "core/status.h"
#include "web/mail/mail_parts.h"
#include "web/pages.h"

enum { E4 = 4, DAY_E4 = 10000 };

/* The customer's page, or one under it. */
static struct str path_of(struct page *page, struct str code, const char *under) {
    struct buf to;
    buf_init(&to, page->arena, 0);
    buf_put(&to, S("/customers/"));
    http_encode(&to, code, false);
    buf_put(&to, str_from(under));
    return buf_str(&to);
}

static struct str number(struct page *page, int64_t n) {
    return text_int(page->arena, page->lang, n);
}

/* Who became at risk and, before anybody was told, inactive: that is said. */
static struct str late_text(struct page *page, const struct mail_item *item, const struct customer *c) {
    return c->status == STATUS_INACTIVE ? page_text(page, S("digest.event_inactive"), html_arg(page, c->inactive_on))
                                        : page_text(page, S("digest.event_at_risk"), html_arg(page, item->on));
}

static struct str event_text(struct page *page, const struct mail_item *item, struct day as_of,
                             const struct customer *c) {
    struct str on = html_arg(page, item->on);
    switch (item->event) {
    case ALERT_BECAME_AT_RISK:
        return late_text(page, item, c);
    case ALERT_BECAME_INACTIVE:
        return page_text(page, S("digest.event_inactive"), on);
    case ALERT_INACTIVE_IN:
        return page_text(page, S("digest.event_inactive_in"), on, number(page, item->on.n - as_of.n));
    case ALERT_UNCONTACTED_A:
        /* Talked to since then, but too long ago: the last contact stands below, and the sentence must not deny it. */
        return c->last_contact.n >= item->on.n
                   ? page_text(page, S("digest.event_uncontacted_for"), on, number(page, as_of.n - c->last_contact.n))
                   : page_text(page, S("digest.event_uncontacted"), on);
    case ALERT_REACTIVATED:
        return page_text(page, S("digest.event_reactivated"), on);
    case ALERT_NOTHING:
    case ALERT_VOLUMES:
    case ALERT_EVENTS:
        break;
    }
    return (struct str){0};
}

static struct str history_text(struct page *page, const struct customer *c) {
    struct str last = html_arg(page, c->last_purchase), days = number(page, c->recency_days);
    if (!day_is(c->last_purchase))
        return page_text(page, S("digest.never_bought"));
    if (c->purchases < 2 || c->cycle_e4 == STAT_NONE)
        return page_text(page, S("digest.bought_once"), last, days);
    /* Who buys every other day is told so, and not "every 0 days". */
    struct str cycle = text_decimal(page->arena, page->lang, c->cycle_e4, E4, c->cycle_e4 < DAY_E4 ? 1 : 0);
    return page_text(page, S("digest.history"), last, days, cycle);
}

static struct str usual_text(struct page *page, const struct digest_customer *c) {
    struct buf to;
    buf_init(&to, page->arena, 0);
    for (size_t i = 0; i < c->usuals; i++)
        buf_printf(&to, "%s%.*s", i > 0 ? ", " : "", STR_ARG(c->usual[i]));
    return c->usuals > 0 ? page_text(page, S("digest.usual"), buf_str(&to)) : (struct str){0};
}

static struct str contact_text(struct page *page, const struct customer *c) {
    const char *outcome = contact_outcome_name(c->last_outcome);
    if (!day_is(c->last_contact))
        return page_text(page, S("digest.no_contact"));
    if (c->last_outcome == CONTACT_OUTCOME_NONE || outcome == NULL)
        return page_text(page, S("digest.contact"), html_arg(page, c->last_contact));
    return page_text(page, S("digest.contact_ended"), html_arg(page, c->last_contact),
                     page_text(page, cx_text(page->cx, "contact.outcome_%s", outcome)));
}

/* Code, city, class, whose, what it bought in a year: what there is of them. */
static struct str details_text(struct page *page, bool several, const struct customer *c) {
    struct buf to;
    buf_init(&to, page->arena, 0);
    buf_put(&to, c->code);
    if (c->city.n > 0)
        buf_printf(&to, " · %.*s", STR_ARG(c->city));
    if (c->abc != 0)
        buf_printf(&to, " · %.*s", STR_ARG(page_text(page, S("digest.class"), (struct str){&c->abc, 1})));
    if (several && c->rep.n > 0)
        buf_printf(&to, " · %.*s", STR_ARG(c->rep));
    if (c->value_12m != STAT_NONE && c->value_12m > 0)
        buf_printf(&to, " · %.*s", STR_ARG(page_text(page, S("digest.a_year"), mail_whole(page, c->value_12m))));
    return buf_str(&to);
}

/* With blanks and hyphens that stay where they are. */
static struct str unbroken(struct page *page, struct str phone) {
    struct buf to;
    buf_init(&to, page->arena, 0);
    for (size_t i = 0; i < phone.n; i++)
        if (phone.p[i] == ' ')
            buf_put(&to, S("\xc2\xa0"));
        else if (phone.p[i] == '-')
            buf_put(&to, S("\xe2\x80\x91"));
        else
            buf_char(&to, phone.p[i]);
    return buf_str(&to);
}

static struct mail_customer customer_of(struct page *page, const struct mail_item *item, struct day as_of, bool several,
                                        const struct mail_style *style, const struct digest_customer *from) {
    const struct customer *c = from->customer;
    struct mail_customer to = {.name = c->name.n > 0 ? c->name : c->code,
                               .details = details_text(page, several, c),
                               .event = event_text(page, item, as_of, c),
                               .good = item->event == ALERT_REACTIVATED,
                               .history = history_text(page, c),
                               .usual = usual_text(page, from),
                               .contact = contact_text(page, c),
                               .phone = from->phone,
                               .unbroken = unbroken(page, from->phone),
                               .page = mail_link(page, style, path_of(page, c->code, "")),
                               .log = mail_link(page, style, path_of(page, c->code, "/contact")),
                               .call = {from->phone.n > 0, url_tel(page, from->phone)}};
    if (from->phone.n == 0)
        to.no_phone = page_text(page, from->barred ? S("digest.barred") : S("digest.no_phone"));
    return to;
}

void mail_customers(struct page *page, const struct digest *digest, const struct mail_told *told, bool several,
                    const struct mail_style *style, struct mail_customers *out) {
    *out = (struct mail_customers){.all = mail_link(page, style, S("/customers?status=at_risk"))};
    size_t at = 0;
    for (; at < told->n && out->n < DIGEST_FULL; at++) {
        const struct digest_customer *c = digest_customer(digest, told->item[at].customer_id);
        if (c != NULL)
            out->customer[out->n++] = customer_of(page, &told->item[at], digest->as_of, several, style, c);
    }
    out->more = told->n - at;
}

/* Good news alone is no list of calls. */
static bool all_good(const struct mail_told *told) {
    size_t good = 0;
    for (size_t i = 0; i < told->n; i++)
        good += told->item[i].event == ALERT_REACTIVATED;
    return good == told->n && good > 0;
}

static void head_fill(struct page *page, const struct digest *digest, const struct mail_digest *wish,
                      struct mail_digest_view *v) {
    bool good = all_good(&wish->told);
    size_t n = v->who.n + v->who.more;
    struct str first = v->who.n > 0 ? text_clean(page->arena, v->who.customer[0].name) : (struct str){0};
    struct buf names;
    buf_init(&names, page->arena, 0);
    for (size_t i = 0; i < v->who.n && i < 3; i++)
        buf_printf(&names, "%s%.*s", i > 0 ? ", " : "", STR_ARG(v->who.customer[i].name));
    v->frame.subject = n == 0   ? page_text(page, S("digest.subject_portfolio"), number(page, v->volume.at_risk),
                                            number(page, v->volume.not_contacted))
                       : n == 1 ? page_text(page, good ? S("digest.subject_back_1") : S("digest.subject_1"), first)
                                : page_text(page, good ? S("digest.subject_back") : S("digest.subject"), first,
                                            number(page, (int64_t)n - 1));
    v->frame.title = page_text(page, n == 0 ? S("digest.title_portfolio")
                                     : good ? S("digest.title_back")
                                            : S("digest.title"));
    v->frame.below = wish->rep.n > 0 ? page_text(page, S("digest.below_rep"), html_arg(page, digest->as_of), wish->rep)
                                     : html_arg(page, digest->as_of);
    v->frame.glance = buf_str(&names);
}

/* ---- as text ---- */

static void customer_text(struct page *page, struct buf *to, size_t at, const struct mail_customer *c) {
    const size_t in = 4;
    buf_printf(to, "%2zu. ", at);
    buf_put(to, text_clean(page->arena, c->name));
    buf_char(to, '\n');
    const struct str line[] = {c->details, c->event, c->history, c->usual, c->contact, c->no_phone};
    for (size_t i = 0; i < sizeof line / sizeof *line; i++)
        mail_line(page, to, in, line[i]);
    if (c->phone.n > 0)
        mail_line(page, to, in, page_text(page, S("digest.phone"), c->phone));
    mail_address(to, in, page_text(page, S("digest.open")), &c->page);
    mail_address(to, in, page_text(page, S("digest.log")), &c->log);
    buf_char(to, '\n');
}

void mail_customers_text(struct page *page, struct buf *to, const struct mail_customers *who) {
    for (size_t i = 0; i < who->n; i++)
        customer_text(page, to, i + 1, &who->customer[i]);
    if (who->more == 0)
        return;
    mail_line(page, to, 0, page_text(page, S("digest.more"), number(page, (int64_t)who->more)));
    mail_address(to, 0, page_text(page, S("digest.all")), &who->all);
    buf_char(to, '\n');
}

static struct str text_of(struct page *page, const struct mail_digest_view *v) {
    struct buf to;
    buf_init(&to, page->arena, 0);
    mail_text_top(page, &to, &v->frame);
    mail_customers_text(page, &to, &v->who);
    if (v->counted) {
        mail_line(page, &to, 0,
                  page_text(page, S("digest.volume"), number(page, v->volume.at_risk), number(page, v->volume.crossed),
                            html_arg(page, v->since), number(page, v->volume.not_contacted),
                            number(page, v->volume.inactive)));
        buf_char(&to, '\n');
    }
    mail_text_end(page, &to, &v->frame);
    return buf_str(&to);
}

bool mail_digest(struct cx *cx, const struct digest *digest, const struct mail_digest *wish, struct alert_made *out) {
    struct mail_paper *paper = arena_new(cx->arena, struct mail_paper, 1);
    struct page *page = mail_paper(paper, cx, wish->style.lang);
    struct mail_digest_view v = {.frame = mail_frame(page, &wish->style),
                                 .counted = wish->rep.n > 0,
                                 .volume = digest_volume(digest, wish->rep),
                                 .since = digest->since};
    mail_customers(page, digest, &wish->told, wish->rep.n == 0, &wish->style, &v.who);
    head_fill(page, digest, wish, &v);
    *out = (struct alert_made){.subject = v.frame.subject};
    if (!mail_chart(page, digest, &wish->rep, wish->rep.n > 0, &v.frame, &out->picture))
        return false;
    out->text = text_of(page, &v);
    mail_digest_page(page, &v);
    return mail_paper_end(paper, &out->html);
}
