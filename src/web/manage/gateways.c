// SPDX-License-Identifier: Apache-2.0
/* gateways -- providers of messages that take an HTTP request for each: a list, its file, one with its form. Invariant: a secret is typed in and
 * never shown.
 */
#include "web/manage/gateways.h"

#include "app/webhooks.h"
#include "base/text.h"
#include "channel/address.h"
#include "web/csv.h"
#include "web/listing.h"
#include "web/manage/manage.h"
#include "web/pages.h"

/* ---- words ---- */

struct str gateway_origin(const struct gateway *g) {
    return webhook_url_origin(g->url);
}

struct str gateway_state_text(struct page *page, const struct gateway *g) {
    return page_text(page, g->state == GATEWAY_RETIRED  ? S("gateway_page.retired")
                           : g->state == GATEWAY_PAUSED ? S("gateway_page.paused")
                                                        : S("gateway_page.in_use"));
}

const char *gateway_state_class(const struct gateway *g) {
    return g->state == GATEWAY_RETIRED  ? "bg-secondary-lt"
           : g->state == GATEWAY_PAUSED ? "bg-yellow-lt"
                                        : "bg-green-lt";
}

const char *gateway_form_name(enum merge_form form) {
    return form == MERGE_JSON ? "json" : form == MERGE_FORM ? "form" : "text";
}

/* ---- the list ---- */

static bool state_fits(struct str state, const struct gateway *g) {
    if (str_equal(state, S("all")))
        return true;
    if (str_equal(state, S("retired")))
        return g->state == GATEWAY_RETIRED;
    return str_equal(state, S("paused")) ? g->state == GATEWAY_PAUSED : g->state != GATEWAY_RETIRED;
}

static bool list_look(struct page *page, struct gateways_view *v) {
    struct gateway *all;
    *v = (struct gateways_view){.q = str_trim(page_query(page, "q")), .state = page_query(page, "state")};
    if (!gateways_list(page->cx, page->db, &all, &v->all))
        return false;
    struct str wanted = str_fold(page->arena, v->q);
    v->row = arena_new(page->arena, const struct gateway *, v->all + 1);
    for (size_t i = 0; i < v->all; i++)
        if (state_fits(v->state, &all[i]) &&
            (listing_holds(page, all[i].name, wanted) || listing_holds(page, gateway_origin(&all[i]), wanted)))
            v->row[v->n++] = &all[i];
    return true;
}

struct url gateways_csv(struct page *page, const struct gateways_view *v) {
    const struct http_field part[] = {{S("q"), v->q}, {S("state"), v->state}};
    return listing_address(page, "/gateways.csv", part, 2);
}

bool gateways_show(struct page *page) {
    struct gateways_view v;
    if (!list_look(page, &v))
        return false;
    page_top(page, page_text(page, S("gateway_page.title")));
    gateways_page(page, &v);
    page_bottom(page);
    return true;
}

static struct str number(struct page *page, int64_t n) {
    return cx_text(page->cx, "%lld", (long long)n);
}

bool gateways_export(struct page *page) {
    struct gateways_view v;
    if (!list_look(page, &v))
        return false;
    csv_start(page, "gateways.csv");
    CSV_ROW(page, S("id"), S("name"), S("host"), S("form"), S("per_minute"), S("state"), S("made_at"), S("made_by"));
    for (size_t i = 0; i < v.n; i++) {
        const struct gateway *g = v.row[i];
        CSV_ROW_NUMBERS(page, 4, 1, number(page, g->id), g->name, gateway_origin(g),
                        str_from(gateway_form_name(g->form)), number(page, g->per_minute), gateway_state_text(page, g),
                        text_moment_iso(page->arena, g->made_us), g->made_by);
    }
    return true;
}

/* ---- one ---- */

static bool one_show(struct page *page, struct gateway_view *v) {
    page_top(page, v->stands.id > 0 ? v->stands.name : page_text(page, S("gateway_page.new")));
    gateway_page(page, v);
    page_bottom(page);
    return true;
}

static bool one_look(struct page *page, int64_t id, struct gateway_view *v) {
    if (!gateways_look(page->cx, page->db, id, &v->stands))
        return false;
    v->typed = v->stands;
    v->rate = number(page, v->stands.per_minute);
    v->phone = page->user.phone;
    return true;
}

bool gateway_new_show(struct page *page) {
    struct gateway_view v = {.typed = {.form = MERGE_JSON, .body = S("{\"to\": \"{phone}\", \"text\": \"{text}\"}")},
                             .rate = number(page, GATEWAY_RATE_USUAL)};
    return one_show(page, &v);
}

bool gateway_show(struct page *page) {
    struct gateway_view v = {.fault = {0}};
    int64_t id;
    return page_arg_id(page, 0, &id) && one_look(page, id, &v) && one_show(page, &v);
}

static bool form_again(struct page *page, int64_t id, struct gateway_view *v) {
    static const struct page_place places[] = {
        {"gateway.bad_name", "name"},     {"gateway.taken", "name"},          {"gateway.bad_url", "url"},
        {"webhook.private", "url"},       {"gateway.bad_headers", "headers"}, {"gateway.bad_body", "body"},
        {"gateway.bad_secret", "secret"}, {"gateway.secret_again", "secret"}, {"gateway.bad_expects", "expects"},
        {"gateway.bad_rate", "rate"},     {"gateway.bad_phone", "phone"}};
    enum err_code code = page->cx->err.code;
    struct gateway_view now = {.fault = {0}};
    if (code != ERR_INVALID && code != ERR_CONFLICT)
        return false;
    bool other = str_equal(page->cx->err.key, S("gateway.changed"));
    v->fault = page_refused_at(page, places, sizeof places / sizeof *places);
    page->reply->status = code == ERR_CONFLICT ? 409 : 422;
    if (id > 0 && !one_look(page, id, &now))
        return false;
    v->stands = now.stands;
    v->phone = v->phone.n > 0 ? v->phone : now.phone;
    if (other)
        v->typed.version = now.stands.version; /* saved once more, what was typed stands */
    return one_show(page, v);
}

/* A name is judged when it is sent to, by the address it then has; a bare address can be told now. */
static bool address_good(struct page *page, struct str url) {
    struct str host;
    bool literal;
    return page_config(page)->webhook_private || !webhook_url_host(url, &host) || address_text_public(host, &literal) ||
           cx_fail(page->cx, ERR_INVALID, S("webhook.private"));
}

static enum merge_form form_of(struct str name) {
    return str_equal(name, S("json")) ? MERGE_JSON : str_equal(name, S("form")) ? MERGE_FORM : MERGE_TEXT;
}

static bool put(struct page *page, int64_t id) {
    struct gateway_view v = {.rate = str_trim(page_form(page, "rate"))};
    struct gateways_wish wish = {.gateway = {.id = id,
                                             .name = str_trim(page_form(page, "name")),
                                             .url = str_trim(page_form(page, "url")),
                                             .headers = page_form(page, "headers"),
                                             .body = page_form(page, "body"),
                                             .form = form_of(page_form(page, "form")),
                                             .secret = str_trim(page_form(page, "secret")),
                                             .expects = str_trim(page_form(page, "expects")),
                                             .token = page_form(page, "token")},
                                 .forget = page_form(page, "forget").n > 0,
                                 .secrets = page_config(page)->secrets,
                                 .who = page->user.login,
                                 .now_us = page->now_us};
    int64_t made;
    bool again;
    (void)page_number(v.rate, &wish.gateway.per_minute);
    if (id != 0 && !page_number(page_form(page, "version"), &wish.gateway.version))
        wish.gateway.version = 0;
    v.typed = wish.gateway;
    if (id == 0 && wish.gateway.token.n != WEBHOOK_TOKEN)
        return cx_fail(page->cx, ERR_INVALID, S("web.malformed"));
    if (!address_good(page, wish.gateway.url) || !gateways_put(page->cx, page->db, &wish, &made, &again))
        return form_again(page, id, &v);
    return page_go(page, cx_text(page->cx, "/gateways/%lld", (long long)made), S("gateway_page.said_saved"));
}

bool gateway_make_do(struct page *page) {
    return put(page, 0);
}

bool gateway_change_do(struct page *page) {
    int64_t id;
    return page_arg_id(page, 0, &id) && put(page, id);
}

static bool state_do(struct page *page, enum gateway_state state, struct str said) {
    int64_t id;
    if (!page_arg_id(page, 0, &id) || !gateways_state(page->cx, page->db, id, state, page->user.login, page->now_us))
        return false;
    return page_go(page, state == GATEWAY_RETIRED ? S("/gateways") : cx_text(page->cx, "/gateways/%lld", (long long)id),
                   said);
}

bool gateway_pause_do(struct page *page) {
    return state_do(page, GATEWAY_PAUSED, S("gateway_page.said_paused"));
}

bool gateway_resume_do(struct page *page) {
    return state_do(page, GATEWAY_USED, S("gateway_page.said_resumed"));
}

bool gateway_retire_do(struct page *page) {
    return state_do(page, GATEWAY_RETIRED, S("gateway_page.said_retired"));
}

bool gateway_test_do(struct page *page) {
    struct gateway_view v = {.fault = {0}};
    struct gateways_trial trial = {.user_id = page->user.id,
                                   .phone = str_trim(page_form(page, "phone")),
                                   .text = page_text(page, S("gateway_page.test_text")),
                                   .token = page_form(page, "token"),
                                   .who = page->user.login,
                                   .today = page->today,
                                   .now_us = page->now_us};
    int64_t message;
    if (!page_arg_id(page, 0, &trial.id))
        return false;
    if (trial.token.n != WEBHOOK_TOKEN)
        return cx_fail(page->cx, ERR_INVALID, S("web.malformed"));
    if (gateways_test(page->cx, page->db, &trial, &message))
        return page_go(page, cx_text(page->cx, "/outbox/%lld", (long long)message), S("gateway_page.said_tested"));
    if (page->cx->err.code == ERR_INVALID ||
        page->cx->err.code == ERR_CONFLICT) { /* the form beside it: as it is kept */
        struct err fault = page->cx->err;
        cx_clear(page->cx);
        if (!one_look(page, trial.id, &v))
            return false;
        page->cx->err = fault;
    }
    v.phone = trial.phone;
    return form_again(page, trial.id, &v);
}
