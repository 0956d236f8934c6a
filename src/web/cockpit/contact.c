// SPDX-License-Identifier: Apache-2.0
/* contact -- see the header. The page of its own is where a rep logs a visit on the phone; without signal the form waits in the
 * browser and is sent later, with the time at which it was typed.
 */
#include "web/cockpit/contact.h"

#include "app/appointment.h"
#include "app/profile.h"
#include "base/decimal.h"
#include "web/cockpit/cockpit.h"
#include "web/cockpit/customer.h"
#include "web/pages.h"

enum { YEARS_MOST = 3, YEAR = 366, WAITED_DAYS_MOST = 30 };

const struct contact_key contact_keys[] = {
    {CONTACT_OUTCOME_ORDERED, "o"},   {CONTACT_OUTCOME_QUOTED, "q"},         {CONTACT_OUTCOME_LATER, "l"},
    {CONTACT_OUTCOME_NO_ANSWER, "a"}, {CONTACT_OUTCOME_REFUSED, "r"},        {CONTACT_OUTCOME_WRONG_NUMBER, "w"},
    {CONTACT_OUTCOME_CLOSED, "x"},    {CONTACT_OUTCOME_DO_NOT_CONTACT, "d"}, {CONTACT_OUTCOME_NONE, NULL},
};

static struct str iso(struct page *page, struct day day) {
    char text[DAY_TEXT];
    size_t n = day_iso(day, text);
    return str_copy(page->arena, (struct str){text, n});
}

static void form_bounds(struct page *page, struct contact_form *form) {
    form->first_day = iso(page, page->as_of);
    form->last_day = iso(page, (struct day){page->as_of.n + YEARS_MOST * YEAR});
}

void contact_form_begin(struct page *page, struct contact_form *form) {
    *form =
        (struct contact_form){.token = page_token(page),
                              .channel = page->user.role == ROLE_REP ? CONTACT_CHANNEL_VISIT : CONTACT_CHANNEL_CALL};
    form_bounds(page, form);
}

/* ---- reading ---- */

static void fault(struct page *page, const char *field) {
    struct str name = str_from(field);
    page_fault_add(page, name, page_text(page, cx_text(page->cx, "contact.bad_%s", field)));
}

static int64_t id_of(struct page *page, const char *field, const char *name) {
    struct str text = page_form(page, field);
    int64_t id = 0;
    if (text.n > 0 && !page_number(text, &id))
        fault(page, name);
    return id;
}

static int64_t value_of(struct page *page, struct str text) {
    enum decimal_mark mark = page->lang == LANG_PT_BR ? DECIMAL_COMMA : DECIMAL_POINT;
    int64_t cents;
    if (str_trim(text).n == 0)
        return STAT_NONE;
    if (decimal_read(str_trim(text), mark, 2, &cents, NULL) == DECIMAL_OK)
        return cents;
    fault(page, "value");
    return STAT_NONE;
}

/* hh:mm; any time when nothing was said. */
static int minute_of(struct page *page, struct str text) {
    int64_t hour, minute;
    struct str h, m;
    if (text.n == 0)
        return APPOINTMENT_ANY_TIME;
    if (str_cut(text, ':', &h, &m) && page_number(h, &hour) && page_number(m, &minute) && hour < 24 && minute < 60)
        return (int)(hour * 60 + minute);
    fault(page, "date");
    return APPOINTMENT_ANY_TIME;
}

/* When they talked: now, or when the form was typed that waited for signal (at: milliseconds). */
static void when_read(struct page *page, struct contact_wish *wish) {
    static const int64_t DAY_US = INT64_C(86400) * 1000000;
    int64_t at_ms;
    wish->at_us = page->now_us;
    wish->day = page->as_of;
    if (!page_number(page_form(page, "at"), &at_ms) || at_ms > page->now_us / 1000 ||
        at_ms < (page->now_us - WAITED_DAYS_MOST * DAY_US) / 1000)
        return;
    wish->at_us = at_ms * 1000;
    /* As many days back as it waited. */
    int32_t offset_s = page_config(page)->utc_offset_s(wish->at_us);
    wish->day.n -= page->today.n - (int32_t)((wish->at_us / 1000000 + offset_s) / 86400);
}

static void form_fill(struct page *page, struct contact_form *form) {
    *form = (struct contact_form){.code = page_form(page, "code"),
                                  .token = page_form(page, "token"),
                                  .person_id = id_of(page, "person_id", "person"),
                                  .occurrence_id = id_of(page, "occurrence_id", "occurrence"),
                                  .reason_id = id_of(page, "reason_id", "reason"),
                                  .objection_id = id_of(page, "objection_id", "objection"),
                                  .worklist_id = id_of(page, "worklist_id", "worklist"),
                                  .appointment_id = id_of(page, "appointment_id", "appointment"),
                                  .value = page_form(page, "value"),
                                  .note = page_form(page, "note"),
                                  .next_on = page_form(page, "next_on"),
                                  .next_time = page_form(page, "next_time")};
    if (!contact_channel_parse(page_form(page, "channel"), &form->channel))
        fault(page, "channel");
    if (!contact_outcome_parse(page_form(page, "outcome"), &form->outcome))
        fault(page, "outcome");
    form_bounds(page, form);
}

bool contact_form_read(struct page *page, struct contact_form *form, struct contact_wish *wish) {
    form_fill(page, form);
    *wish = (struct contact_wish){.code = form->code,
                                  .rep = page_rep(page),
                                  .user_id = page->user.id,
                                  .who = page->user.login,
                                  .now_us = page->now_us,
                                  .today = page->as_of,
                                  .channel = form->channel,
                                  .outcome = form->outcome,
                                  .person_id = form->person_id,
                                  .occurrence_id = form->occurrence_id,
                                  .reason_id = form->reason_id,
                                  .objection_id = form->objection_id,
                                  .worklist_id = form->worklist_id,
                                  .appointment_id = form->appointment_id,
                                  .value_cents = value_of(page, form->value),
                                  .note = form->note,
                                  .next_on = DAY_NONE,
                                  .next_minute = minute_of(page, form->next_time),
                                  .token = form->token};
    when_read(page, wish);
    if (form->next_on.n > 0 && !day_parse_iso(form->next_on, &wish->next_on))
        fault(page, "date");
    return page->faults == 0;
}

bool contact_form_fault(struct page *page) {
    struct str field = contact_field(&page->cx->err);
    if (page->cx->err.code != ERR_INVALID || field.n == 0)
        return false;
    page_fault_add(page, field, catalog_error(page->arena, page->lang, &page->cx->err));
    cx_clear(page->cx);
    return true;
}

struct str contact_said(const struct contact_made *made) {
    if (made->closed)
        return S("contact_page.said_closed");
    if (made->given_up)
        return S("contact_page.said_given_up");
    return day_is(made->next_on) ? S("contact_page.said_next") : S("contact_page.said_kept");
}

/* ---- the page of its own ---- */

bool contact_form_show(struct page *page, struct contact_form *form, struct str code) {
    struct profile profile;
    if (!profile_to_talk(page->cx, page->db, page->as_of, &(struct hold){.code = code}, page_rep(page), &profile))
        return false;
    form->reach = &profile.reach;
    const struct customer *customer = &profile.sheet.customer;
    form->cockpit = false;
    form->code = customer->code;
    form->customer = customer->name.n > 0 ? customer->name : customer->code;
    form->person = profile.person;
    form->persons = profile.persons;
    form->choice = profile.choice;
    form->choices = profile.choices;
    page_top(page, page_text(page, S("contact_page.title"), form->customer));
    contact_page(page, form);
    page_bottom(page);
    return true;
}

bool contact_show(struct page *page) {
    struct contact_form form;
    contact_form_begin(page, &form);
    page_number(page_query(page, "appointment"), &form.appointment_id);
    page_number(page_query(page, "worklist"), &form.worklist_id);
    return contact_form_show(page, &form, page->arg[0]);
}

bool contact_do(struct page *page) {
    struct contact_form form;
    struct contact_wish wish;
    struct contact_made made;
    bool good = contact_form_read(page, &form, &wish);
    wish.code = page->arg[0];
    if (good && contact_log(page->cx, page->db, &wish, &made))
        return page_go(page, customer_url(page, wish.code), contact_said(&made));
    if (good && !contact_form_fault(page))
        return false;
    page_refused(page);
    return contact_form_show(page, &form, page->arg[0]);
}
