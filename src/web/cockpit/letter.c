// SPDX-License-Identifier: Apache-2.0
/* letter -- an e-mail or a text message to one customer, ready to be changed, looked at and sent, and to many: first who gets it and who does not, then on its
 * way. Nobody writes to customers of another.
 */
#include "web/cockpit/letter.h"

#include "base/text.h"
#include "core/letter_text.h"
#include "web/cockpit/cockpit.h"
#include "web/pages.h"

const int64_t letter_speeds[] = {0, 60, 200, 600, -1};

/* ---- words ---- */

struct str letter_number(struct page *page, int64_t n) {
    return cx_text(page->cx, "%lld", (long long)n);
}

static struct str source_text(struct page *page, enum suppression_source source) {
    return page_text(page, cx_text(page->cx, "suppression.source_%s", suppression_source_name(source)));
}

/* Of an e-mail, or of a text message: key_phone. */
static struct str way_key(struct page *page, bool by_phone, const char *key) {
    return cx_text(page->cx, "letters_page.%s%s", key, by_phone ? "_phone" : "");
}

struct str letter_way_note(struct page *page, bool by_phone, const struct letters_way *way) {
    if (way->bar == LETTERS_GOES)
        return way->landline ? page_text(page, S("letters_page.landline")) : (struct str){0};
    return way->bar == LETTERS_SUPPRESSED
               ? page_text(page, way_key(page, by_phone, "bar_suppressed"), source_text(page, way->source))
               : page_text(page, way_key(page, by_phone, "bar_bad_address"));
}

struct str letter_bar(struct page *page, bool by_phone, const struct letters_seat *seat) {
    switch (seat->bar) {
    case LETTERS_GOES:
    case LETTERS_BARS:
        break;
    case LETTERS_NO_ADDRESS:
        return page_text(page, way_key(page, by_phone, "bar_no_address"));
    case LETTERS_BAD_ADDRESS:
        return page_text(page, way_key(page, by_phone, "bar_bad_address"));
    case LETTERS_LANDLINE:
        return page_text(page, S("letters_page.bar_landline"));
    case LETTERS_SUPPRESSED:
        return page_text(page, way_key(page, by_phone, "bar_suppressed"), source_text(page, seat->source));
    case LETTERS_PRESSED:
        return page_text(page, S("letters_page.bar_pressed"), text_day(page->arena, page->lang, seat->again));
    case LETTERS_CLOSED:
        return page_text(page, S("letters_page.bar_closed"));
    case LETTERS_LACKING:
        return page_text(page, S("letters_page.bar_lacking"), seat->lacks);
    case LETTERS_TWICE:
        return page_text(page, way_key(page, by_phone, "bar_twice"), seat->to->address);
    }
    return (struct str){0};
}

struct str letter_speed(struct page *page, int64_t per_hour) {
    return per_hour == 0 ? page_text(page, S("letters_page.at_once"))
                         : page_text(page, S("letters_page.per_hour"), html_arg_long(page, per_hour));
}

struct str letter_named(struct page *page, const struct template *letter) {
    return letter->gateway_id == 0 ? letter->name
                                   : page_text(page, S("letters_page.template_by"), letter->name, letter->gateway);
}

struct str letter_shown(struct page *page, const struct template *letter) {
    return cx_text(page->cx, "%lld.%lld", (long long)letter->id, (long long)letter->version);
}

/* ---- what both have ---- */

struct letters_wish letter_wish(struct page *page) {
    return (struct letters_wish){.person_id = LETTERS_ANY,
                                 .user_id = page->user.id,
                                 .who = page->user.login,
                                 .sender = page->user.name,
                                 .sender_email = page->user.email,
                                 .sender_phone = page->user.phone,
                                 .as_of = page->as_of,
                                 .today = page->today,
                                 .now_us = page->now_us,
                                 .utc_offset_s = page_config(page)->utc_offset_s};
}

/* Those that can be sent with. */
static bool choices_fill(struct page *page, struct template_choices *out) {
    size_t templates = 0, gateways = 0;
    if (!templates_choices(page->cx, page->db, out))
        return false;
    for (size_t i = 0; i < out->templates; i++)
        if (out->template[i].retired_us == 0 && !out->template[i].gateway_gone)
            out->template[templates++] = out->template[i];
    for (size_t i = 0; i < out->gateways; i++)
        if (!out->gateway[i].retired)
            out->gateway[gateways++] = out->gateway[i];
    out->templates = templates;
    out->gateways = gateways;
    return true;
}

static const struct template *template_of(const struct template *all, size_t n, int64_t id) {
    for (size_t i = 0; i < n; i++)
        if (all[i].id == id)
            return &all[i];
    return NULL;
}

struct html letter_preview(struct page *page, struct str text) {
    struct buf to;
    buf_init(&to, page->arena, 0);
    letter_text_html(&to, text, NULL, NULL);
    return (struct html){buf_str(&to)};
}

struct str letter_brief(struct page *page, enum lang lang, struct str text) {
    return letters_brief(page->arena, &(struct letters_page){.lang = lang, .text = text});
}

/* ---- to one ---- */

static bool one_choices(struct page *page, struct letter_view *v) {
    struct template_choices choices;
    if (!choices_fill(page, &choices))
        return false;
    v->template = choices.template;
    v->templates = choices.templates;
    v->gateway = choices.gateway;
    v->gateways = choices.gateways;
    return true;
}

static void by_gateway(struct letter_view *v, int64_t id) {
    v->letter.gateway_id = id;
    v->letter.gateway = (struct str){0};
    for (size_t i = 0; i < v->gateways; i++)
        if (v->gateway[i].id == id)
            v->letter.gateway = v->gateway[i].name;
}

/* A template's number; "by-3": none, by that gateway; empty: none, an e-mail. */
static const struct template *chosen_read(struct letter_view *v, struct str chosen) {
    int64_t id;
    if (str_starts(chosen, S("by-")) && page_number((struct str){chosen.p + 3, chosen.n - 3}, &id))
        by_gateway(v, id);
    const struct template *of = page_number(chosen, &id) ? template_of(v->template, v->templates, id) : NULL;
    if (of != NULL)
        v->letter = *of;
    return of;
}

static bool seat_look(struct page *page, struct letter_view *v, struct letters_wish *wish, int64_t *customer) {
    struct letters_seat *seat;
    size_t n;
    v->code = page->arg[0];
    if (!letters_customer(page->cx, page->db, v->code, page_rep(page), customer))
        return false;
    wish->customer = customer;
    wish->n = 1;
    wish->one = true;
    wish->asked = v->asked;
    wish->person_id = v->person_id;
    wish->letter = v->letter;
    if (!letters_look(page->cx, page->db, wish, &seat, &n))
        return false;
    if (n == 0)
        return cx_fail(page->cx, ERR_NOT_FOUND, S("scope.no_customer"), v->code);
    v->seat = seat[0];
    if (v->person_id == LETTERS_ANY && v->seat.to != NULL)
        v->person_id = v->seat.to->person_id;
    return true;
}

static bool one_show(struct page *page, struct letter_view *v) {
    if (v->letter.gateway_id > 0)
        v->brief = letter_brief(page, v->letter.lang, v->letter.body);
    else
        v->preview = letter_preview(page, v->letter.body);
    page_top(page, page_text(page, v->letter.gateway_id > 0 ? S("letters_page.to_phone") : S("letters_page.to"),
                             v->seat.customer, v->letter.gateway));
    letter_page(page, v);
    page_bottom(page);
    return true;
}

/* The template's words for this customer. */
static bool draft(struct page *page, struct letter_view *v, struct letters_wish *wish) {
    struct str lacks;
    if (!letters_draft(page->cx, wish, &v->seat, &v->letter.subject, &v->letter.body, &lacks))
        return false;
    if (lacks.n > 0)
        v->warning = page_text(page, S("letters_page.lacks"), v->seat.customer, lacks, LETTERS_GAP);
    return true;
}

bool letter_show(struct page *page) {
    struct letter_view *v = arena_new(page->arena, struct letter_view, 1);
    struct letters_wish wish = letter_wish(page);
    const struct template *chosen;
    int64_t customer;
    *v = (struct letter_view){.person_id = LETTERS_ANY,
                              .token = page_token(page),
                              .cockpit = page_query(page, "cockpit").n > 0,
                              .letter = {.lang = page->lang, .offer = {.until = DAY_NONE}}};
    if (page_query(page, "person").n > 0 && !page_number(page_query(page, "person"), &v->person_id))
        v->person_id = LETTERS_ANY;
    if (!one_choices(page, v))
        return false;
    chosen = chosen_read(v, page_query(page, "template"));
    return seat_look(page, v, &wish, &customer) && (chosen == NULL || draft(page, v, &wish)) && one_show(page, v);
}

/* What was typed; of the template only what cannot be typed. */
static bool typed(struct page *page, struct letter_view *v) {
    int64_t gateway = 0;
    *v = (struct letter_view){.person_id = LETTERS_ANY,
                              .token = page_form(page, "token"),
                              .asked = page_form(page, "asked").n > 0,
                              .cockpit = page_form(page, "cockpit").n > 0,
                              .letter = {.lang = page->lang, .offer = {.until = DAY_NONE}}};
    (void)page_number(page_form(page, "gateway"), &gateway);
    if (!page_number(page_form(page, "person"), &v->person_id))
        v->person_id = LETTERS_ANY;
    if (!one_choices(page, v))
        return false;
    (void)chosen_read(v, page_form(page, "template"));
    by_gateway(v, gateway); /* what was seen holds, whatever the template says by now */
    v->letter.subject = page_form(page, "subject");
    v->letter.body = page_form(page, "body");
    return true;
}

static bool one_again(struct page *page, struct letter_view *v) {
    static const struct page_place places[] = {{"template.no_subject", "subject"}, {"template.subject_long", "subject"},
                                               {"template.no_body", "body"},       {"template.body_long", "body"},
                                               {"template.brief_long", "body"},    {"letters.gap", "body"},
                                               {"letters.not_to", "person"}};
    if (page->cx->err.code != ERR_INVALID && page->cx->err.code != ERR_LIMIT)
        return false;
    v->fault = page_refused_at(page, places, sizeof places / sizeof *places);
    return one_show(page, v);
}

bool letter_do(struct page *page) {
    struct letter_view *v = arena_new(page->arena, struct letter_view, 1);
    struct letters_wish wish = letter_wish(page);
    struct letters_sent_report report;
    int64_t customer;
    wish.literal = true;
    if (!typed(page, v) || !seat_look(page, v, &wish, &customer))
        return false;
    if (!str_equal(page_form(page, "act"), S("send")))
        return one_show(page, v);
    wish.token = v->token;
    if (!letters_send(page->cx, page->db, &wish, &report))
        return one_again(page, v);
    return v->cockpit ? page_go(page, S("/cockpit"), S("letters_page.said_queued"))
                      : page_go(page, cx_text(page->cx, "/letters/%lld", (long long)report.mailing_id),
                                S("letters_page.said_written"));
}

/* ---- to many ---- */

static bool bulk_wish(struct page *page, struct letter_bulk_view *v, const struct bulk_wish *of,
                      struct letters_wish *wish, int64_t **id) {
    if (v->letter == NULL)
        return cx_fail(page->cx, ERR_INVALID, S("letters_page.no_template"));
    *wish = letter_wish(page);
    wish->letter = *v->letter;
    wish->per_hour = v->per_hour;
    wish->token = v->token;
    if (!bulk_ids(page->cx, page->db, of, id, &wish->n))
        return false;
    wish->customer = *id;
    return true;
}

static void speed_read(struct page *page, struct letter_bulk_view *v) {
    int64_t asked;
    if (!page_number(page_form(page, "per_hour"), &asked))
        return;
    for (const int64_t *speed = letter_speeds; *speed >= 0; speed++)
        if (*speed == asked)
            v->per_hour = asked;
}

static bool bulk_begin(struct page *page, struct letter_bulk_view *v, struct customers_act *act) {
    struct str token = page_form(page, "token");
    struct template_choices choices;
    int64_t id = 0;
    *v = (struct letter_bulk_view){.act = act, .token = token.n > 0 ? token : page_token(page)};
    (void)page_number(page_form(page, "text"), &id);
    speed_read(page, v);
    if (!choices_fill(page, &choices))
        return false;
    v->template = choices.template;
    v->templates = choices.templates;
    v->letter = template_of(v->template, v->templates, id);
    if (v->letter == NULL && v->templates > 0)
        v->letter = &v->template[0];
    return true;
}

static bool bulk_show_all(struct page *page, struct letter_bulk_view *v, const struct letters_wish *wish) {
    struct letters_seat *seat;
    const struct letters_seat *first = NULL;
    struct str body;
    if (!letters_look(page->cx, page->db, wish, &seat, &v->n))
        return false;
    v->seat = seat;
    for (size_t i = 0; i < v->n; i++)
        if (seat[i].bar == LETTERS_GOES) {
            v->going++;
            first = first != NULL ? first : &seat[i];
        }
    if (first != NULL) {
        if (!letters_write(page->cx, wish, first, &v->subject, &body))
            return false;
        if (wish->letter.gateway_id > 0)
            v->brief = letter_brief(page, wish->letter.lang, body);
        else
            v->preview = letter_preview(page, body);
    }
    page_top(page, page_text(page, S("customers.act_letter")));
    letter_bulk_page(page, v);
    page_bottom(page);
    return true;
}

bool letter_bulk_ask(struct page *page, struct customers_act *act, const struct bulk_wish *of) {
    struct letter_bulk_view *v = arena_new(page->arena, struct letter_bulk_view, 1);
    struct letters_wish wish;
    int64_t *id;
    return bulk_begin(page, v, act) && bulk_wish(page, v, of, &wish, &id) && bulk_show_all(page, v, &wish);
}

/* Nobody sends what they have not seen: another template than the one that was shown, or one that was changed since, is shown first. */
bool letter_bulk_send(struct page *page, struct customers_act *act, const struct bulk_wish *of) {
    struct letter_bulk_view *v = arena_new(page->arena, struct letter_bulk_view, 1);
    struct letters_sent_report report;
    struct letters_wish wish;
    int64_t *id;
    if (!bulk_begin(page, v, act) || !bulk_wish(page, v, of, &wish, &id))
        return false;
    if (!str_equal(page_form(page, "shown"), letter_shown(page, v->letter)))
        return bulk_show_all(page, v, &wish);
    if (letters_send(page->cx, page->db, &wish, &report))
        return page_go(page, cx_text(page->cx, "/letters/%lld", (long long)report.mailing_id),
                       S("letters_page.said_written"));
    if (page->cx->err.code != ERR_INVALID)
        return false;
    v->fault = catalog_error(page->arena, page->lang, &page->cx->err);
    cx_clear(page->cx);
    page_refused(page);
    return bulk_show_all(page, v, &wish);
}
