// SPDX-License-Identifier: Apache-2.0
/* webhooks -- whom the company's other programs are: a list, one with its deliveries, a form, and both lists as files. Invariant: a
 * secret is shown by the answer that made it and by no other.
 */
#include "web/manage/webhooks.h"

#include "base/text.h"
#include "channel/address.h"
#include "web/csv.h"
#include "web/listing.h"
#include "web/manage/manage.h"
#include "web/pages.h"

const char *const webhook_filters[DELIVERY_STATES] = {"all", "due", "taken", "given_up"};

/* ---- words ---- */

bool webhook_asks(unsigned topics, enum webhook_topic topic) {
    return (topics >> topic & 1) != 0;
}

struct str webhook_topic_text(struct page *page, enum webhook_topic topic) {
    return page_text(page, cx_text(page->cx, "webhook_page.topic_%s", webhook_topic_name(topic)));
}

struct str webhook_origin(const struct webhook *webhook) {
    return webhook_url_origin(webhook->url);
}

static bool failing(const struct webhook *w) {
    return w->state == WEBHOOK_TOLD && w->failing_us > 0;
}

struct str webhook_state_text(struct page *page, const struct webhook *w) {
    return page_text(page, w->state == WEBHOOK_RETIRED  ? S("webhook_page.retired")
                           : w->state == WEBHOOK_PAUSED ? S("webhook_page.paused")
                           : failing(w)                 ? S("webhook_page.failing")
                                                        : S("webhook_page.in_use"));
}

const char *webhook_state_class(const struct webhook *w) {
    return w->state == WEBHOOK_RETIRED  ? "bg-secondary-lt"
           : w->state == WEBHOOK_PAUSED ? "bg-yellow-lt"
           : failing(w)                 ? "bg-red-lt"
                                        : "bg-green-lt";
}

struct str delivery_state_text(struct page *page, const struct webhook *w, const struct delivery *d) {
    if (d->state == DELIVERY_TAKEN)
        return page_text(page, S("webhook_page.taken"));
    if (d->state == DELIVERY_GIVEN_UP)
        return page_text(page, S("webhook_page.given_up"));
    if (d->due_us > 0 && w->state == WEBHOOK_PAUSED)
        return page_text(page, S("webhook_page.held"));
    int64_t due_us = d->due_us > 0 && d->due_us < w->wait_us ? w->wait_us : d->due_us;
    return due_us <= page->now_us ? page_text(page, S("webhook_page.due"))
                                  : page_text(page, S("webhook_page.again"), page_moment(page, due_us));
}

const char *delivery_state_class(const struct delivery *d) {
    return d->state == DELIVERY_TAKEN ? "bg-green-lt" : d->state == DELIVERY_GIVEN_UP ? "bg-red-lt" : "bg-yellow-lt";
}

struct str delivery_answer_text(struct page *page, const struct delivery *d) {
    if (d->status > 0)
        return cx_text(page->cx, "%lld", (long long)d->status);
    return d->fault.n > 0 ? page_text(page, cx_text(page->cx, "webhook_page.fault_%.*s", STR_ARG(d->fault)))
                          : (struct str){0};
}

struct str delivery_status_text(struct page *page, int64_t status) {
    bool known = status >= 0 && status < STATUS_COUNT;
    return page_text(page, cx_text(page->cx, "status.%s", status_name(known ? (enum status)status : STATUS_PROSPECT)));
}

/* ---- the list ---- */

static bool state_fits(struct str state, const struct webhook *w) {
    if (str_equal(state, S("all")))
        return true;
    if (str_equal(state, S("retired")))
        return w->state == WEBHOOK_RETIRED;
    if (str_equal(state, S("paused")))
        return w->state == WEBHOOK_PAUSED;
    return str_equal(state, S("failing")) ? failing(w) : w->state != WEBHOOK_RETIRED;
}

static bool list_look(struct page *page, struct webhooks_view *v) {
    struct webhook *all;
    *v = (struct webhooks_view){.q = str_trim(page_query(page, "q")), .state = page_query(page, "state")};
    if (!webhooks_list(page->cx, page->db, &all, &v->all))
        return false;
    struct str wanted = str_fold(page->arena, v->q);
    v->row = arena_new(page->arena, const struct webhook *, v->all + 1);
    for (size_t i = 0; i < v->all; i++)
        if (state_fits(v->state, &all[i]) &&
            (listing_holds(page, all[i].name, wanted) || listing_holds(page, webhook_origin(&all[i]), wanted)))
            v->row[v->n++] = &all[i];
    return true;
}

struct url webhooks_csv(struct page *page, const struct webhooks_view *v) {
    const struct http_field part[] = {{S("q"), v->q}, {S("state"), v->state}};
    return listing_address(page, "/webhooks.csv", part, 2);
}

bool webhooks_show(struct page *page) {
    struct webhooks_view v;
    if (!list_look(page, &v))
        return false;
    page_top(page, page_text(page, S("webhook_page.title")));
    webhooks_page(page, &v);
    page_bottom(page);
    return true;
}

static struct str number(struct page *page, int64_t n) {
    return cx_text(page->cx, "%lld", (long long)n);
}

static struct str moment(struct page *page, int64_t us) {
    return us > 0 ? text_moment_iso(page->arena, us) : S("");
}

bool webhooks_export(struct page *page) {
    struct webhooks_view v;
    if (!list_look(page, &v))
        return false;
    csv_start(page, "webhooks.csv");
    CSV_ROW(page, S("id"), S("name"), S("host"), S("topics"), S("state"), S("made_at"), S("made_by"),
            S("last_taken_at"), S("failing_since"), S("waiting"), S("given_up"));
    for (size_t i = 0; i < v.n; i++) {
        const struct webhook *w = v.row[i];
        CSV_ROW(page, number(page, w->id), w->name, webhook_origin(w), webhooks_topics_text(page->arena, w->topics),
                webhook_state_text(page, w), moment(page, w->made_us), w->made_by, moment(page, w->told_us),
                moment(page, w->failing_us), number(page, w->waiting), number(page, w->given_up));
    }
    return true;
}

/* ---- one ---- */

static enum delivery_state state_asked(const struct page *page) {
    struct str asked = page_query(page, "state");
    for (int state = DELIVERY_DUE; state < DELIVERY_STATES; state++)
        if (str_equal(asked, str_from(webhook_filters[state])))
            return (enum delivery_state)state;
    return DELIVERY_ANY;
}

/* As it stands; what was typed is left alone. */
static bool one_look(struct page *page, int64_t id, int64_t most, struct webhook_view *v) {
    struct webhooks_wish_look wish = {.id = id, .before = INT64_MAX, .most = most, .state = state_asked(page)};
    struct delivery *delivery;
    (void)page_number(page_query(page, "before"), &wish.before);
    if (!webhooks_look(page->cx, page->db, &wish, &v->webhook, &delivery, &v->n))
        return false;
    v->delivery = delivery;
    v->state = wish.state;
    return true;
}

static bool one_show(struct page *page, int64_t id, struct webhook_view *v) {
    if (id == 0) {
        page_top(page, page_text(page, S("webhook_page.new")));
        webhook_new_page(page, v);
        page_bottom(page);
        return true;
    }
    if (!one_look(page, id, WEBHOOK_LINES + 1, v))
        return false;
    if (v->n > WEBHOOK_LINES) {
        v->n = WEBHOOK_LINES;
        v->older = v->delivery[WEBHOOK_LINES - 1].event.id;
    }
    page_top(page, v->webhook.name);
    webhook_page(page, v);
    page_bottom(page);
    return true;
}

static bool one_as_it_stands(struct page *page, int64_t id, struct webhook_view *v) {
    if (!one_look(page, id, 1, v))
        return false;
    v->name = v->webhook.name;
    v->url = v->webhook.url;
    v->topics = v->webhook.topics;
    v->version = v->webhook.version;
    return one_show(page, id, v);
}

bool webhook_new_show(struct page *page) {
    struct webhook_view v = {.topics = (1u << WEBHOOK_TOPICS) - 1};
    return one_show(page, 0, &v);
}

bool webhook_show(struct page *page) {
    struct webhook_view v = {0};
    int64_t id;
    return page_arg_id(page, 0, &id) && one_as_it_stands(page, id, &v);
}

struct url webhook_older(struct page *page, const struct webhook_view *v) {
    const struct http_field part[] = {
        {S("state"), v->state == DELIVERY_ANY ? (struct str){0} : str_from(webhook_filters[v->state])},
        {S("before"), number(page, v->older)}};
    return listing_address(
        page, str_terminated(page->arena, cx_text(page->cx, "/webhooks/%lld", (long long)v->webhook.id)), part, 2);
}

bool webhook_deliveries_export(struct page *page) {
    struct webhook_view v = {0};
    int64_t id;
    if (!page_arg_id(page, 0, &id) || !one_look(page, id, INT32_MAX, &v))
        return false;
    csv_start(page, "deliveries.csv");
    CSV_ROW(page, S("id"), S("event"), S("at"), S("customer"), S("state"), S("tries"), S("last_try_at"), S("answer"),
            S("milliseconds"), S("body"));
    for (size_t i = 0; i < v.n; i++) {
        const struct delivery *d = &v.delivery[i];
        CSV_ROW(page, d->event.name, str_from(webhook_kind_name(d->event.kind)), moment(page, d->event.at_us), d->code,
                str_from(webhook_filters[d->state]), number(page, d->tries), moment(page, d->tried_us),
                delivery_answer_text(page, d), number(page, d->ms), d->answer);
    }
    return true;
}

/* ---- the form ---- */

static unsigned topics_chosen(struct page *page) {
    const struct str chosen[WEBHOOK_TOPICS] = {[WEBHOOK_STATUS] = page_form(page, "status"),
                                               [WEBHOOK_CONTACTS] = page_form(page, "contacts"),
                                               [WEBHOOK_REACTIVATIONS] = page_form(page, "reactivations"),
                                               [WEBHOOK_IMPORTS] = page_form(page, "imports"),
                                               [WEBHOOK_ALERTS] = page_form(page, "alerts")};
    unsigned topics = 0;
    for (int topic = 0; topic < WEBHOOK_TOPICS; topic++)
        if (chosen[topic].n > 0)
            topics |= 1u << topic;
    return topics;
}

/* A name is judged when it is sent to, by the address it then has; a bare address can be told now. */
static bool address_good(struct page *page, struct str url) {
    struct str host;
    bool literal;
    return page_config(page)->webhook_private || !webhook_url_host(url, &host) || address_text_public(host, &literal) ||
           cx_fail(page->cx, ERR_INVALID, S("webhook.private"));
}

static bool form_again(struct page *page, int64_t id, struct webhook_view *v) {
    static const struct page_place places[] = {{"webhook.bad_name", "name"},
                                               {"webhook.taken", "name"},
                                               {"webhook.bad_url", "url"},
                                               {"webhook.private", "url"},
                                               {"webhook.bad_topics", "topics"}};
    enum err_code code = page->cx->err.code;
    if (code != ERR_INVALID && code != ERR_CONFLICT)
        return false;
    struct str key = page->cx->err.key;
    v->fault = page_refused_at(page, places, sizeof places / sizeof *places);
    v->other = str_equal(key, S("webhook.changed"));
    if (str_equal(key, S("webhook.retired")))
        page->reply->status = 409;
    if (v->other) {
        struct webhook_view now = {0};
        if (!one_look(page, id, 1, &now))
            return false;
        page->reply->status = 409;
        v->version = now.webhook.version; /* saved once more, what was typed stands */
    }
    return one_show(page, id, v);
}

static struct str path_of(struct page *page, int64_t id) {
    return cx_text(page->cx, "/webhooks/%lld", (long long)id);
}

static bool put(struct page *page, int64_t id) {
    struct webhook_view v = {.name = str_trim(page_form(page, "name")),
                             .url = str_trim(page_form(page, "url")),
                             .topics = topics_chosen(page)};
    struct webhooks_wish wish = {.id = id,
                                 .name = v.name,
                                 .url = v.url,
                                 .topics = v.topics,
                                 .lang = page->lang == LANG_EN ? S("en") : S("pt-BR"),
                                 .token = page_form(page, "token"),
                                 .secrets = page_config(page)->secrets,
                                 .who = page->user.login,
                                 .now_us = page->now_us};
    struct webhook made;
    bool again;
    if (id != 0 && !page_number(page_form(page, "version"), &wish.version))
        wish.version = 0;
    v.version = wish.version;
    if (id == 0 && wish.token.n != WEBHOOK_TOKEN)
        return cx_fail(page->cx, ERR_INVALID, S("web.malformed"));
    if (!address_good(page, wish.url) || !webhooks_put(page->cx, page->db, &wish, &made, &again))
        return form_again(page, id, &v);
    if (id != 0 || again)
        return page_go(page, path_of(page, made.id), S("webhook_page.said_saved"));
    struct webhook_view shown = {.secret = made.secret};
    return one_as_it_stands(page, made.id, &shown);
}

bool webhook_make_do(struct page *page) {
    return put(page, 0);
}

bool webhook_change_do(struct page *page) {
    int64_t id;
    return page_arg_id(page, 0, &id) && put(page, id);
}

/* ---- what else can be done ---- */

bool webhook_secret_do(struct page *page) {
    struct webhook_view v = {0};
    struct webhooks_wish_secret wish = {
        .secrets = page_config(page)->secrets, .who = page->user.login, .now_us = page->now_us};
    return page_arg_id(page, 0, &wish.id) && webhooks_secret(page->cx, page->db, &wish, &v.secret) &&
           one_as_it_stands(page, wish.id, &v);
}

static bool state_do(struct page *page, enum webhook_state state, struct str said) {
    int64_t id;
    if (!page_arg_id(page, 0, &id) || !webhooks_state(page->cx, page->db, id, state, page->user.login, page->now_us))
        return false;
    return page_go(page, state == WEBHOOK_RETIRED ? S("/webhooks") : path_of(page, id), said);
}

bool webhook_pause_do(struct page *page) {
    return state_do(page, WEBHOOK_PAUSED, S("webhook_page.said_paused"));
}

bool webhook_resume_do(struct page *page) {
    return state_do(page, WEBHOOK_TOLD, S("webhook_page.said_resumed"));
}

bool webhook_retire_do(struct page *page) {
    return state_do(page, WEBHOOK_RETIRED, S("webhook_page.said_retired"));
}

bool webhook_test_do(struct page *page) {
    int64_t id;
    if (!page_arg_id(page, 0, &id) || !webhooks_test(page->cx, page->db, id, page->user.login, page->now_us))
        return false;
    return page_go(page, path_of(page, id), S("webhook_page.said_tested"));
}

bool webhook_resend_do(struct page *page) {
    int64_t id, delivery;
    if (!page_arg_id(page, 0, &id) || !page_arg_id(page, 1, &delivery) ||
        !webhooks_resend(page->cx, page->db, id, delivery, page->user.login, page->now_us))
        return false;
    return page_go(page, path_of(page, id), S("webhook_page.said_resent"));
}
