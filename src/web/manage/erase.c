// SPDX-License-Identifier: Apache-2.0
/* erase -- the page that says what goes and what stays, and asks for a word before anything does.
 */
#include "app/erase.h"

#include "app/uploads.h"
#include "base/text.h"
#include "web/manage/manage.h"
#include "web/manage/privacy.h"
#include "web/pages.h"

static bool show(struct page *page, struct str fault) {
    struct erase_view v = {.code = page->arg[0],
                           .token = page_form(page, "token"),
                           .confirm = page_text(page, S("erase.confirm_word")),
                           .fault = fault};
    if (!erase_look(page->cx, page->db, v.code, &v.look))
        return false;
    if (v.token.n == 0)
        v.token = page_token(page);
    v.value = text_money(page->arena, page->lang, v.look.count.value_cents);
    if (v.look.erased)
        v.erased_at = page_moment(page, v.look.before.made_us);
    page_top(page, page_text(page, S("erase.title"), v.code));
    erase_page(page, &v);
    page_bottom(page);
    return true;
}

bool erase_show(struct page *page) {
    return show(page, (struct str){0});
}

bool erase_do(struct page *page) {
    const struct erase_wish wish = {.code = page->arg[0],
                                    .who = page->user.login,
                                    .token = page_form(page, "token"),
                                    .now_us = page->now_us,
                                    .today = page->as_of};
    struct str typed = str_fold(page->arena, str_trim(page_form(page, "confirm"))),
               wanted = page_text(page, S("erase.confirm_word"));
    bool clean;
    if (!str_equal(typed, str_fold(page->arena, wanted))) {
        page_refused(page);
        return show(page, page_text(page, S("erase.confirm_fault"), wanted));
    }
    if (!erase_customer(page->cx, page->db, &wish, &clean) || !uploads_put_away(page->cx, page->db, page_uploads(page)))
        return false;
    return page_go(page, S("/privacy/held"), clean ? S("erase.said_done") : S("erase.said_busy"));
}
