// SPDX-License-Identifier: Apache-2.0
/* person -- the people at a customer: forms to add, to change, to retire. What could not be kept comes back as it was typed.
 */
#include "app/persons.h"

#include "app/scope.h"
#include "web/cockpit/cockpit.h"
#include "web/cockpit/customer.h"
#include "web/pages.h"

static struct str back_to(struct page *page) {
    return cx_text(page->cx, "%.*s#people", STR_ARG(customer_url(page, page->arg[0])));
}

static bool form_show(struct page *page, struct person_view *view) {
    view->url = customer_url(page, page->arg[0]);
    view->code = page->arg[0];
    page_top(page, page_text(page, view->person.id == 0 ? S("person.add") : S("person.edit")));
    person_page(page, view);
    page_bottom(page);
    return true;
}

static enum consent consent_of(struct page *page, const char *name) {
    enum consent consent = CONSENT_NOT_ASKED;
    struct str typed = page_form(page, name);
    if (typed.n > 0 && !consent_parse(typed, &consent))
        page_fault_add(page, str_from(name), page_text(page, S("person.no_consent")));
    return consent;
}

/* Where nobody was asked, a day and a source would say nothing. */
static void form_read(struct page *page, struct person_view *view) {
    struct person *p = &view->person;
    p->name = str_trim(page_form(page, "name"));
    p->position = str_trim(page_form(page, "position"));
    p->phone = str_trim(page_form(page, "phone"));
    p->email = str_trim(page_form(page, "email"));
    p->consent_phone = consent_of(page, "consent_phone");
    p->consent_email = consent_of(page, "consent_email");
    p->consent_source = str_trim(page_form(page, "consent_source"));
    p->consent_on = DAY_NONE;
    view->consent_on = str_trim(page_form(page, "consent_on"));
    view->token = page_form(page, "token");
    bool asked = p->consent_phone != CONSENT_NOT_ASKED || p->consent_email != CONSENT_NOT_ASKED;
    if (!asked)
        p->consent_source = (struct str){0};
    else if (view->consent_on.n > 0 &&
             date_read(view->consent_on, DATE_ORDER_DMY, &p->consent_on, NULL) != DATE_READ_OK)
        page_fault_add(page, S("consent_on"), page_text(page, S("person.no_such_day"), view->consent_on));
}

static void faults_add(struct page *page, const struct person *person) {
    struct person_fault fault[PERSON_FAULTS];
    size_t n = person_check(person, page->today, fault);
    for (size_t i = 0; i < n; i++)
        if (page_fault_of(page, fault[i].field).n == 0)
            page_fault_add(page, fault[i].field, page_text(page, fault[i].text));
}

static struct persons_wish wish_of(const struct page *page, const struct person_view *view) {
    return (struct persons_wish){.code = page->arg[0],
                                 .rep = page_rep(page),
                                 .person = view->person,
                                 .token = view->token,
                                 .today = page->today,
                                 .who = page->user.login,
                                 .now_us = page->now_us};
}

/* Another was first: the form again, with the newer version, what was typed, and beside it what stands. */
static bool conflict_show(struct page *page, struct person_view *view, const struct person *now) {
    if (page->cx->err.code != ERR_CONFLICT)
        return false;
    cx_clear(page->cx);
    page->reply->status = 409;
    view->stands = now;
    view->person.version = now->version;
    view->person.retired_us = 0;
    return form_show(page, view);
}

static bool put(struct page *page, struct person_view *view, struct str said) {
    struct persons_wish wish = wish_of(page, view);
    struct person now;
    if (persons_put(page->cx, page->db, &wish, &now))
        return page_go(page, back_to(page), said);
    return conflict_show(page, view, &now);
}

/* The customer is in reach: told before anything of the form is. */
static bool in_reach(struct page *page) {
    return scope_check(page->cx, page->db, page->arg[0], page_rep(page));
}

bool person_add_show(struct page *page) {
    struct person_view view = {.token = page_token(page), .consent_on = customer_iso(page, page->today)};
    view.person.consent_on = DAY_NONE;
    return in_reach(page) && form_show(page, &view);
}

bool person_add_do(struct page *page) {
    struct person_view view = {0};
    form_read(page, &view);
    faults_add(page, &view.person);
    if (page->faults == 0)
        return put(page, &view, S("person.said_added"));
    if (!in_reach(page))
        return false;
    page_refused(page);
    return form_show(page, &view);
}

static bool stands(struct page *page, struct person *out) {
    int64_t id;
    return page_arg_id(page, 1, &id) && persons_find(page->cx, page->db, page->arg[0], page_rep(page), id, out);
}

bool person_edit_show(struct page *page) {
    struct person_view view = {0};
    if (!stands(page, &view.person))
        return false;
    view.consent_on = customer_iso(page, day_is(view.person.consent_on) ? view.person.consent_on : page->today);
    return form_show(page, &view);
}

/* Which version was looked at; 0 fits none. */
static int64_t version_of(const struct page *page) {
    int64_t version = 0;
    return page_number(page_form(page, "version"), &version) ? version : 0;
}

bool person_edit_do(struct page *page) {
    struct person_view view = {0};
    if (!stands(page, &view.person))
        return false;
    view.person.version = version_of(page);
    form_read(page, &view);
    faults_add(page, &view.person);
    if (page->faults == 0)
        return put(page, &view, S("person.said_changed"));
    page_refused(page);
    return form_show(page, &view);
}

bool person_retire_do(struct page *page) {
    struct person_view view = {0};
    if (!stands(page, &view.person))
        return false;
    view.consent_on = customer_iso(page, view.person.consent_on);
    view.person.version = version_of(page);
    view.person.retired_us = page->now_us;
    return put(page, &view, S("person.said_retired"));
}
