// SPDX-License-Identifier: Apache-2.0
/* note -- write down something about a customer, take it back.
 */
#include "app/notes.h"

#include "app/scope.h"
#include "web/cockpit/cockpit.h"
#include "web/cockpit/customer.h"
#include "web/pages.h"

static struct notes_wish wish_of(const struct page *page) {
    return (struct notes_wish){.code = page->arg[0],
                               .rep = page_rep(page),
                               .user_id = page->user.id,
                               .who = page->user.login,
                               .now_us = page->now_us};
}

static bool back(struct page *page, struct str said) {
    return page_go(page, cx_text(page->cx, "%.*s#notes", STR_ARG(customer_url(page, page->arg[0]))), said);
}

/* The note alone, as it was typed, and why it could not be kept; other errors go up. */
static bool again(struct page *page) {
    const struct err *err = &page->cx->err;
    if (!str_equal(err->key, S("note.empty")) && !str_equal(err->key, S("note.long")))
        return false;
    struct str fault = catalog_error(page->arena, page->lang, err);
    cx_clear(page->cx);
    if (!scope_check(page->cx, page->db, page->arg[0], page_rep(page)))
        return false;
    page_fault_add(page, S("text"), fault);
    page_refused(page);
    const struct note_view view = {.url = customer_url(page, page->arg[0]),
                                   .code = page->arg[0],
                                   .token = page_form(page, "token"),
                                   .text = page_form(page, "text")};
    page_top(page, page_text(page, S("note.add")));
    note_page(page, &view);
    page_bottom(page);
    return true;
}

bool note_add_do(struct page *page) {
    const struct notes_wish wish = wish_of(page);
    if (!notes_add(page->cx, page->db, &wish, page_form(page, "text"), page_form(page, "token")))
        return again(page);
    return back(page, S("note.said_added"));
}

bool note_retire_do(struct page *page) {
    const struct notes_wish wish = wish_of(page);
    int64_t id;
    return page_arg_id(page, 1, &id) && notes_retire(page->cx, page->db, &wish, id) &&
           back(page, S("note.said_retired"));
}
