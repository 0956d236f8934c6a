// SPDX-License-Identifier: Apache-2.0
/* queue -- the cockpit: the queue and the customer at hand on one page, worked by keyboard (assets/cockpit.js) or by its forms
 * alone. Whoever looks takes nobody: a customer is taken by sending a form, and is logged by one that goes on to the next.
 */
#include "web/cockpit/queue.h"

#include "app/profile.h"
#include "app/worklists.h"
#include "base/text.h"
#include "web/cockpit/cockpit.h"
#include "web/pages.h"

static struct queue_wish wish_of(struct page *page, struct str worklist) {
    struct queue_wish wish = {.user_id = page->user.id,
                              .who = page->user.login,
                              .rep = page_rep(page),
                              .as_of = page->as_of,
                              .now_us = page->now_us};
    if (!page_number(worklist, &wish.worklist_id))
        wish.worklist_id = 0;
    return wish;
}

static struct str address(struct page *page, int64_t worklist_id) {
    return worklist_id == 0 ? S("/cockpit") : cx_text(page->cx, "/cockpit?list=%lld", (long long)worklist_id);
}

struct str queue_time(struct page *page, const struct queue_item *item) {
    if (item->appointment_id == 0)
        return (struct str){0};
    struct str day = text_day(page->arena, page->lang, item->day);
    return item->minute == APPOINTMENT_ANY_TIME
               ? day
               : cx_text(page->cx, "%.*s %02d:%02d", STR_ARG(day), item->minute / 60, item->minute % 60);
}

/* ---- the page ---- */

static void lists_fill(struct page *page, struct queue_view *v) {
    struct queue_list *list = arena_new(page->arena, struct queue_list, v->queue.lists + 1);
    for (size_t i = 0; i < v->queue.lists; i++)
        list[v->lists++] = (struct queue_list){v->queue.list[i].id, v->queue.list[i].name};
    v->list = list;
}

/* The appointment that is due with the customer at hand: the contact keeps it. */
static void due_find(struct page *page, struct queue_view *v, const struct profile *profile) {
    for (size_t i = 0; i < profile->appointments; i++) {
        const struct appointment_row *row = &profile->appointment[i];
        if (row->appointment.state == APPOINTMENT_OPEN && row->appointment.user_id == page->user.id &&
            row->appointment.day.n <= page->as_of.n && v->due == NULL)
            v->due = row;
    }
    if (v->due != NULL && v->form.appointment_id == 0)
        v->form.appointment_id = v->due->appointment.id;
}

static bool at_hand_fill(struct page *page, struct queue_view *v) {
    struct profile *profile = arena_new(page->arena, struct profile, 1);
    if (!profile_to_talk(page->cx, page->db, page->as_of, &v->queue.at_hand, page_rep(page), profile)) {
        if (page->cx->err.code != ERR_NOT_FOUND)
            return false;
        cx_clear(page->cx); /* not this rep's any more: the next one is */
        return true;
    }
    v->at_hand = true;
    customer_view_make(page, profile, &v->customer);
    v->form.cockpit = true;
    v->form.code = v->queue.at_hand.code;
    v->form.worklist_id = v->worklist_id;
    v->form.person = profile->person;
    v->form.persons = profile->persons;
    v->form.choice = profile->choice;
    v->form.choices = profile->choices;
    due_find(page, v, profile);
    return true;
}

static bool show(struct page *page, struct queue_view *v, int64_t worklist_id) {
    struct queue_wish wish = wish_of(page, (struct str){0});
    wish.worklist_id = v->worklist_id = worklist_id;
    v->worklist = worklist_id == 0 ? (struct str){0} : cx_text(page->cx, "%lld", (long long)worklist_id);
    if (!queue_look(page->cx, page->db, &wish, &v->queue) ||
        (v->queue.at_hand.customer_id != 0 && !at_hand_fill(page, v)))
        return false;
    lists_fill(page, v);
    page_top(page, page_text(page, S("menu.cockpit")));
    queue_page(page, v);
    page_bottom(page);
    return true;
}

static struct queue_view *view_begin(struct page *page) {
    struct queue_view *v = arena_new(page->arena, struct queue_view, 1);
    contact_form_begin(page, &v->form);
    v->days = S("7");
    return v;
}

bool queue_show(struct page *page) {
    struct queue_wish wish = wish_of(page, page_query(page, "list"));
    return show(page, view_begin(page), wish.worklist_id);
}

/* ---- what its forms do ---- */

static bool go_on(struct page *page, const struct queue_wish *wish, struct str said) {
    struct hold hold;
    if (!queue_next(page->cx, page->db, wish, &hold))
        return false;
    return page_go(page, address(page, wish->worklist_id), said);
}

bool queue_next_do(struct page *page) {
    struct queue_wish wish = wish_of(page, page_form(page, "list"));
    struct str code = page_form(page, "code");
    struct hold hold;
    if (code.n == 0)
        return go_on(page, &wish, (struct str){0});
    if (queue_take(page->cx, page->db, &wish, code, &hold))
        return page_go(page, address(page, wish.worklist_id), (struct str){0});
    if (page->cx->err.code != ERR_CONFLICT)
        return false;
    cx_clear(page->cx);
    return page_go(page, address(page, wish.worklist_id), S("queue_page.said_held"));
}

/* What was typed comes back with its faults, over the customer it was typed for. */
static bool again(struct page *page, struct contact_form *form) {
    struct queue_wish wish = wish_of(page, (struct str){0});
    struct queue_view *v = view_begin(page);
    struct hold hold;
    wish.worklist_id = form->worklist_id;
    v->form = *form;
    page_refused(page);
    if (queue_take(page->cx, page->db, &wish, form->code, &hold))
        return show(page, v, form->worklist_id);
    if (page->cx->err.code != ERR_CONFLICT)
        return false;
    cx_clear(page->cx); /* another has the customer by now; what was typed is still to be saved */
    return contact_form_show(page, form, form->code);
}

bool queue_log_do(struct page *page) {
    struct contact_form form;
    struct contact_wish wish;
    struct contact_made made;
    if (!contact_form_read(page, &form, &wish))
        return again(page, &form);
    if (!contact_log(page->cx, page->db, &wish, &made))
        return contact_form_fault(page) && again(page, &form);
    struct queue_wish queue = wish_of(page, (struct str){0});
    queue.worklist_id = form.worklist_id;
    if (made.repeated) /* the first sending has gone on already */
        return page_go(page, address(page, queue.worklist_id), contact_said(&made));
    if (go_on(page, &queue, contact_said(&made)))
        return true;
    if (page->cx->err.code != ERR_FORBIDDEN && page->cx->err.code != ERR_NOT_FOUND)
        return false;
    cx_clear(page->cx); /* taken off the list while they talked: what they heard is kept, and told so */
    return page_go(page, address(page, 0), contact_said(&made));
}

bool queue_skip_do(struct page *page) {
    struct queue_wish wish = wish_of(page, page_form(page, "list"));
    struct queue_view *v = view_begin(page);
    int64_t days = 0;
    page_number(page_form(page, "days"), &days);
    if (queue_skip(page->cx, page->db, &wish, page_form(page, "code"), page_form(page, "why"), days))
        return go_on(page, &wish, S("queue_page.said_skipped"));
    if (page->cx->err.code != ERR_INVALID)
        return false;
    page_fault_add(page, S("skip"), catalog_error(page->arena, page->lang, &page->cx->err));
    cx_clear(page->cx);
    page_refused(page);
    v->why = page_form(page, "why");
    v->days = page_form(page, "days");
    return show(page, v, wish.worklist_id);
}

/* Asked every minute by the open page; told when it is left. */
bool queue_hold_do(struct page *page) {
    struct queue_wish wish = wish_of(page, (struct str){0});
    bool held;
    if (!queue_renew(page->cx, page->db, &wish, page_form(page, "code"), page_form(page, "leaving").n > 0, &held))
        return false;
    queue_held(page, held);
    return true;
}
