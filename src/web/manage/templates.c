// SPDX-License-Identifier: Apache-2.0
/* templates -- letters that are written once: the list, its file and a form.
 */
#include "web/manage/templates.h"

#include "web/cockpit/letter.h"
#include "web/csv.h"
#include "web/listing.h"
#include "web/manage/manage.h"
#include "web/pages.h"

const char *const templates_shows[TEMPLATES_SHOWS] = {"in_use", "retired", "all"};

/* ---- words ---- */

struct str template_offer(struct page *page, enum offer_kind kind) {
    return page_text(page, cx_text(page->cx, "template.offer_%s", offer_kind_name(kind)));
}

struct str template_by(struct page *page, const struct template *t) {
    return t->gateway_id == 0 ? page_text(page, S("template.by_email")) : t->gateway;
}

struct str template_lang(struct page *page, enum lang lang) {
    return page_text(page, lang == LANG_EN ? S("template.lang_en") : S("template.lang_pt"));
}

struct str template_day(struct page *page, struct day day) {
    char text[DAY_TEXT];
    return day_is(day) ? str_copy(page->arena, (struct str){text, day_iso(day, text)}) : (struct str){0};
}

struct str template_number(struct page *page, int64_t n) {
    return cx_text(page->cx, "%lld", (long long)n);
}

struct str template_field(struct page *page, int field) {
    return cx_text(page->cx, "{%s}", letter_field_name((enum letter_field)field, page->lang));
}

struct str template_field_about(struct page *page, int field) {
    return page_text(page,
                     cx_text(page->cx, "template.field_%s", letter_field_name((enum letter_field)field, LANG_EN)));
}

struct url template_form_url(struct page *page, const struct template_form_view *v) {
    return url_local(v->typed.id == 0 ? S("/templates") : cx_text(page->cx, "/templates/%lld", (long long)v->typed.id));
}

/* ---- the list ---- */

static bool fits(struct page *page, const struct templates_view *v, struct str folded, const struct template *t) {
    return (v->show == TEMPLATES_ALL || (v->show == TEMPLATES_RETIRED) == (t->retired_us > 0)) &&
           (listing_holds(page, t->name, folded) || listing_holds(page, t->subject, folded) ||
            listing_holds(page, t->body, folded) || listing_holds(page, t->offer.text, folded) ||
            listing_holds(page, t->gateway, folded));
}

static struct listing_key key_of(struct page *page, struct str column, const struct template *t) {
    if (str_equal(column, S("subject")))
        return (struct listing_key){.row = t, .text = str_fold(page->arena, t->subject)};
    if (str_equal(column, S("by")))
        return (struct listing_key){.row = t, .text = str_fold(page->arena, template_by(page, t))};
    if (str_equal(column, S("lang")))
        return (struct listing_key){.row = t, .number = t->lang};
    if (str_equal(column, S("offer")))
        return (struct listing_key){.row = t, .number = t->offer.kind, .text = str_fold(page->arena, t->offer.text)};
    if (str_equal(column, S("until")))
        return (struct listing_key){.row = t, .number = day_is(t->offer.until) ? t->offer.until.n : INT32_MAX};
    return (struct listing_key){.row = t, .text = str_fold(page->arena, t->name)};
}

static bool look(struct page *page, struct templates_view *v) {
    struct template *t;
    *v = (struct templates_view){.search = str_trim(page_query(page, "q")), .sort = page_query(page, "sort")};
    for (int i = 0; i < TEMPLATES_SHOWS; i++)
        if (str_equal(page_query(page, "show"), str_from(templates_shows[i])))
            v->show = (enum templates_show)i;
    if (!templates_list(page->cx, page->db, &t, &v->all))
        return false;
    struct str folded = str_fold(page->arena, v->search);
    struct listing_key *key = arena_new(page->arena, struct listing_key, v->all + 1);
    v->row = arena_new(page->arena, const struct template *, v->all + 1);
    for (size_t i = 0; i < v->all; i++)
        if (fits(page, v, folded, &t[i]))
            key[v->n++] = key_of(page, listing_column(v->sort), &t[i]);
    listing_sort(key, v->n, listing_down(v->sort));
    for (size_t i = 0; i < v->n; i++)
        v->row[i] = key[i].row;
    return true;
}

struct url templates_address(struct page *page, const struct templates_view *v, const char *path, const char *sort) {
    const struct http_field part[] = {
        {S("q"), v->search},
        {S("show"), v->show == TEMPLATES_IN_USE ? (struct str){0} : str_from(templates_shows[v->show])},
        {S("sort"), listing_turned(page, v->sort, "name", sort)}};
    return listing_address(page, path, part, sizeof part / sizeof *part);
}

const char *templates_order(const struct templates_view *v, const char *sort) {
    return listing_order(v->sort, "name", sort);
}

bool templates_show(struct page *page) {
    struct templates_view v;
    if (!look(page, &v))
        return false;
    page_top(page, page_text(page, S("template.title")));
    templates_page(page, &v);
    page_bottom(page);
    return true;
}

bool templates_export(struct page *page) {
    struct templates_view v;
    if (!look(page, &v))
        return false;
    csv_start(page, "templates.csv");
    CSV_ROW(page, S("id"), S("name"), S("language"), S("subject"), S("text"), S("offer"), S("offer_text"),
            S("offer_until"), S("retired"), S("gateway"));
    for (size_t i = 0; i < v.n; i++) {
        const struct template *t = v.row[i];
        CSV_ROW(page, template_number(page, t->id), t->name, t->lang == LANG_EN ? S("en") : S("pt-BR"), t->subject,
                t->body, str_from(offer_kind_name(t->offer.kind)), t->offer.text, template_day(page, t->offer.until),
                t->retired_us > 0 ? S("yes") : S("no"), t->gateway);
    }
    return true;
}

/* ---- the form ---- */

static bool form_show(struct page *page, struct template_form_view *v) {
    struct template_choices choices;
    if (!templates_choices(page->cx, page->db, &choices))
        return false;
    v->gateway = choices.gateway;
    v->gateways = choices.gateways;
    page_top(page, v->typed.id == 0 ? page_text(page, S("template.new")) : v->typed.name);
    template_form_page(page, v);
    page_bottom(page);
    return true;
}

bool template_new_show(struct page *page) {
    struct template_form_view v = {
        .typed = {.lang = page->lang, .offer = {.until = DAY_NONE}, .token = page_token(page)}};
    return form_show(page, &v);
}

/* As a customer gets it; a code that is none is told at its field. */
static bool example_look(struct page *page, struct template_form_view *v) {
    struct letters_wish wish = letter_wish(page);
    struct letters_seat *seat;
    struct str body, lacks;
    int64_t customer;
    size_t n;
    if (!letters_customer(page->cx, page->db, v->code, page_rep(page), &customer)) {
        if (page->cx->err.code != ERR_NOT_FOUND)
            return false;
        page_fault_add(page, S("code"), catalog_error(page->arena, page->lang, &page->cx->err));
        cx_clear(page->cx);
        return true;
    }
    wish.letter = v->typed;
    wish.customer = &customer;
    wish.n = 1;
    if (!letters_look(page->cx, page->db, &wish, &seat, &n) || n == 0 ||
        !letters_draft(page->cx, &wish, seat, &v->subject, &body, &lacks))
        return page->cx->err.code == ERR_NONE;
    v->customer = seat->customer;
    if (lacks.n > 0)
        v->warning = page_text(page, S("letters_page.lacks"), seat->customer, lacks, LETTERS_GAP);
    if (v->typed.gateway_id > 0)
        v->brief = letter_brief(page, v->typed.lang, body);
    else
        v->preview = letter_preview(page, body);
    return true;
}

bool template_show(struct page *page) {
    struct template_form_view v = {.code = str_trim(page_query(page, "code")), .test_token = page_token(page)};
    int64_t id;
    return page_arg_id(page, 0, &id) && templates_find(page->cx, page->db, id, &v.typed) &&
           (v.code.n == 0 || example_look(page, &v)) && form_show(page, &v);
}

/* The example stays: who sends one to themselves mends the text and sends another. */
static struct str tested_at(struct page *page, int64_t id, struct str code) {
    struct buf to;
    buf_init(&to, page->arena, 0);
    buf_printf(&to, "/templates/%lld?code=", (long long)id);
    http_encode(&to, code, false);
    return buf_str(&to);
}

/* To who asks for it, with a customer's words. */
bool template_test_do(struct page *page) {
    struct letters_wish wish = letter_wish(page);
    struct template_form_view v = {.code = str_trim(page_form(page, "code")), .test_token = page_token(page)};
    int64_t id, customer;
    if (!page_arg_id(page, 0, &id) || !templates_find(page->cx, page->db, id, &v.typed))
        return false;
    wish.letter = v.typed;
    wish.customer = &customer;
    wish.n = 1;
    wish.token = page_form(page, "token");
    if (letters_customer(page->cx, page->db, v.code, page_rep(page), &customer) &&
        letters_test(page->cx, page->db, &wish))
        return page_go(page, tested_at(page, id, v.code), S("letters_page.said_tested"));
    if (page->cx->err.code != ERR_INVALID && page->cx->err.code != ERR_NOT_FOUND)
        return false;
    page_fault_add(page, S("code"), catalog_error(page->arena, page->lang, &page->cx->err));
    cx_clear(page->cx);
    page_refused(page);
    return form_show(page, &v);
}

/* What cannot be kept comes back with what was typed: at its field, or, when somebody else was first, beside what they kept. */
static bool form_again(struct page *page, struct template_form_view *v) {
    static const struct page_place places[] = {{"template.no_name", "name"},
                                               {"template.name_long", "name"},
                                               {"template.taken", "name"},
                                               {"template.no_subject", "subject"},
                                               {"template.subject_long", "subject"},
                                               {"template.in_subject", "subject"},
                                               {"template.no_body", "body"},
                                               {"template.in_body", "body"},
                                               {"template.no_offer", "offer_text"},
                                               {"template.offer_long", "offer_text"},
                                               {"template.offer_plain", "offer_text"},
                                               {"template.no_kind", "offer"},
                                               {"template.bad_until", "offer_until"},
                                               {"template.subject_lacks", "subject"},
                                               {"template.body_lacks", "body"},
                                               {"template.brief_long", "body"},
                                               {"template.bad_gateway", "by"}};
    struct template now;
    bool other;
    if (!page_refused_again(page, places, sizeof places / sizeof *places, &v->fault, &other) ||
        (other && !templates_find(page->cx, page->db, v->typed.id, &now)))
        return false;
    if (other) {
        v->now = &now;
        v->typed.version = now.version;
        v->typed.retired_us = now.retired_us;
    }
    return form_show(page, v);
}

/* False: a day that is none was typed; all else is there. */
static bool typed(struct page *page, struct template *out) {
    struct str until = str_trim(page_form(page, "offer_until"));
    out->name = page_form(page, "name");
    out->subject = page_form(page, "subject");
    out->body = page_form(page, "body");
    out->lang = str_equal(page_form(page, "lang"), S("en")) ? LANG_EN : LANG_PT_BR;
    out->offer.text = page_form(page, "offer_text");
    out->offer.until = DAY_NONE;
    out->token = page_form(page, "token");
    if (!offer_kind_parse(page_form(page, "offer"), &out->offer.kind))
        out->offer.kind = OFFER_NONE;
    if (!page_number(page_form(page, "by"), &out->gateway_id))
        out->gateway_id = 0;
    if (!page_number(page_form(page, "version"), &out->version))
        out->version = 0;
    return until.n == 0 || day_parse_iso(until, &out->offer.until) ||
           cx_fail(page->cx, ERR_INVALID, S("template.bad_until"), until);
}

static bool put(struct page *page, int64_t id) {
    struct templates_wish wish = {.who = page->user.login, .lang = page->lang, .now_us = page->now_us};
    bool good = typed(page, &wish.template);
    wish.template.id = id;
    if (good && templates_put(page->cx, page->db, &wish, &id))
        return page_go(page, cx_text(page->cx, "/templates/%lld", (long long)id), S("template.said_saved"));
    return form_again(page, &(struct template_form_view){.typed = wish.template});
}

bool template_new_do(struct page *page) {
    return put(page, 0);
}

bool template_usual_do(struct page *page) {
    size_t added;
    return templates_usual(page->cx, page->db, page->lang, page->user.login, page->now_us, &added) &&
           page_go(page, S("/templates"), S("template.said_usual"));
}

bool template_do(struct page *page) {
    struct template template;
    int64_t id;
    return page_arg_id(page, 0, &id) && templates_find(page->cx, page->db, id, &template) && put(page, id);
}

static bool retire(struct page *page, bool retired, struct str said) {
    struct template_form_view v = {0};
    int64_t id, version = 0;
    (void)page_number(page_form(page, "version"), &version);
    if (!page_arg_id(page, 0, &id) || !templates_find(page->cx, page->db, id, &v.typed))
        return false;
    if (templates_retire(page->cx, page->db, id, version, retired, page->user.login, page->now_us))
        return page_go(page, S("/templates"), said);
    return form_again(page, &v);
}

bool template_retire_do(struct page *page) {
    return retire(page, true, S("template.said_retired"));
}

bool template_restore_do(struct page *page) {
    return retire(page, false, S("template.said_restored"));
}
