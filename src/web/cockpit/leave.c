// SPDX-License-Identifier: Apache-2.0
/* leave -- what a letter's own addresses lead to: opting out, and what the company records of opens and clicks. Whoever has the letter may,
 * without signing in: the token in the address is the key, and says nothing of anybody else. Invariant: looking (GET) opts nobody out, since
 * mail programs look by themselves; an address that we did not sign leads nowhere.
 */
#include "web/cockpit/leave.h"

#include "app/letters.h"
#include "web/cockpit/cockpit.h"
#include "web/pages.h"

static bool answer(struct page *page, bool do_it) {
    struct leave_view v = {.token = page->arg[0], .done = do_it};
    page->request->path_sent = S("/u/-"); /* as the log has it: whoever reads that must not speak for the customer */
    if (!letters_opt_out(page->cx, page->db, v.token, do_it, page->today, page->now_us, &v.leaving))
        return false;
    if (!v.leaving.found)
        return page_guessed(page, S("letters_page.no_link"));
    page_top(page,
             page_text(page, v.leaving.by_phone ? S("letters_page.leave_title_phone") : S("letters_page.leave_title")));
    leave_page(page, &v);
    page_bottom(page);
    return true;
}

bool leave_show(struct page *page) {
    return answer(page, false);
}

/* Also of mail programs: "List-Unsubscribe=One-Click" (RFC 8058). */
bool leave_do(struct page *page) {
    return answer(page, true);
}

/* The smallest picture there is. */
bool opened_show(struct page *page) {
    static const char dot[] =
        "GIF89a\1\0\1\0\x80\0\0\0\0\0\0\0\0\x21\xf9\4\1\0\0\0\0\x2c\0\0\0\0\1\0\1\0\0\2\2\x44\1\0\x3b";
    bool found = true;
    page->request->path_sent = S("/o/-");
    if (!page->signed_in && !letters_opened(page->cx, page->db, page->arg[0], page->now_us, &found))
        return false;
    if (!found && !page_guessed(page, S("letters_page.no_link")) && page->reply->status == 429)
        return false;
    cx_clear(page->cx); /* a picture that is not there looks broken to whoever reads an old letter */
    page->reply->type = S("image/gif");
    buf_put(&page->reply->body, (struct str){dot, sizeof dot - 1});
    return true;
}

bool clicked_show(struct page *page) {
    struct str url = page_query(page, "u");
    bool good;
    page->request->path_sent = S("/c/-");
    if (!letters_clicked(page->cx, page->db, page->arg[0], url, page_query(page, "s"), !page->signed_in, page->now_us,
                         &good))
        return false;
    if (!good)
        return page_guessed(page, S("letters_page.no_link"));
    page->reply->status = 303;
    page_header(page, S("Location"), url);
    return true;
}
