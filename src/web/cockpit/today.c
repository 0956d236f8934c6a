// SPDX-License-Identifier: Apache-2.0
/* today -- the first page: what is due, who has just become late, whom to call first; for managers how much there is to do in
 * each portfolio, for administrators what was brought in.
 */
#include "web/cockpit/today.h"

#include <string.h>

#include "app/admin.h"
#include "app/reach.h"
#include "base/text.h"
#include "core/why.h"
#include "web/cockpit/cockpit.h"
#include "web/layout.h"
#include "web/pages.h"

/* Shorter than the sentence of the customer's own page: here many stand below each other. */
static struct str why_short(struct page *page, const struct customer *c) {
    if (c->cycle_e4 == STAT_NONE || c->recency_days == STAT_NONE || !day_is(c->inactive_on))
        return why_text(page->arena, page->lang, c, page->as_of);
    return page_text(page, S("today.why"), text_decimal(page->arena, page->lang, c->cycle_e4, 4, 0),
                     text_int(page->arena, page->lang, c->recency_days),
                     text_day(page->arena, page->lang, c->inactive_on));
}

static void shown(struct page *page, const struct customer *from, size_t n, struct today_customer *to) {
    for (size_t i = 0; i < n; i++)
        to[i] = (struct today_customer){.code = from[i].code,
                                        .name = from[i].name,
                                        .city = from[i].city,
                                        .phone = from[i].phone,
                                        .value = {from[i].value_12m},
                                        .why = why_short(page, &from[i])};
}

static bool menu_has(const struct page *page, const char *name) {
    for (const struct layout_entry *entry = layout_entries; entry->name != NULL; entry++)
        if (strcmp(entry->name, name) == 0)
            return layout_shows(page, entry);
    return false;
}

static bool imports_find(struct page *page, struct today_view *view) {
    struct import_run *run;
    size_t n;
    if (!admin_imports(page->cx, page->db, &run, &n))
        return false;
    for (size_t i = 0; i < n && i < TODAY_IMPORTS; i++)
        view->import[view->imports++] = (struct today_import){.files = run[i].files,
                                                              .at = page_moment(page, run[i].started_us),
                                                              .rows = run[i].counts.rows,
                                                              .rejected = run[i].counts.rejected,
                                                              .undone = run[i].undone_us > 0};
    return true;
}

/* The work list that needs nobody to make it: others are chosen on the cockpit's page. */
static bool queue_find(struct page *page, struct today_view *view) {
    struct queue *queue = arena_new(page->arena, struct queue, 1);
    const struct queue_wish wish = {.user_id = page->user.id,
                                    .who = page->user.login,
                                    .rep = page_rep(page),
                                    .as_of = page->as_of,
                                    .now_us = page->now_us};
    view->queue = queue;
    return queue_look(page->cx, page->db, &wish, queue);
}

/* Who may not be called is not offered to be. */
static bool calls_bar(struct page *page, struct today_view *view, struct appointment_row *due) {
    struct today_answer *a = &view->answer;
    struct reach_phone *phone = arena_new(page->arena, struct reach_phone, a->crosseds + a->firsts + view->dues + 1);
    size_t n = 0;
    for (size_t i = 0; i < a->crosseds; i++)
        phone[n++] = (struct reach_phone){a->crossed[i].id.v, &a->crossed[i].phone};
    for (size_t i = 0; i < a->firsts; i++)
        phone[n++] = (struct reach_phone){a->first[i].id.v, &a->first[i].phone};
    for (size_t i = 0; i < view->dues; i++)
        phone[n++] = (struct reach_phone){due[i].appointment.customer_id, &due[i].phone};
    return reach_calls(page->cx, page->db, phone, n, page->as_of);
}

bool today_show(struct page *page) {
    enum role role = page->user.role;
    struct today_view *view = arena_new(page->arena, struct today_view, 1);
    struct today_wish wish = {.as_of = page->as_of,
                              .rep = page_rep(page),
                              .crossed = TODAY_CROSSED,
                              .first = role == ROLE_AGENT ? 0 : TODAY_FIRST};
    view->manages = role == ROLE_MANAGER || role == ROLE_ADMIN;
    view->installs = role == ROLE_ADMIN;
    view->works = menu_has(page, "cockpit");
    view->lists = menu_has(page, "customers");
    view->brings = menu_has(page, "imports");
    struct desk_own own;
    if (!today_own(page->cx, page->db, page->user.id, page->as_of, TODAY_APPOINTMENTS, TODAY_MEMOS, &own,
                   &wish.workdays))
        return false;
    view->due = own.due;
    view->dues = own.dues;
    view->memo = own.memo;
    view->memos = own.memos;
    if (role == ROLE_AGENT && !queue_find(page, view))
        return false;
    if (!today_look(page->cx, page->db, &wish, &view->answer) || (view->installs && !imports_find(page, view)))
        return false;
    if (!calls_bar(page, view, own.due))
        return false;
    shown(page, view->answer.crossed, view->answer.crosseds, view->crossed);
    shown(page, view->answer.first, view->answer.firsts, view->first);
    view->scored = view->answer.run.made_us > 0 ? page_moment(page, view->answer.run.made_us) : (struct str){0};
    page_top(page, page_text(page, S("menu.today")));
    today_page(page, view);
    page_bottom(page);
    return true;
}
