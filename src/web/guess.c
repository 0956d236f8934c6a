// SPDX-License-Identifier: Apache-2.0
/* guess -- an address with a token that nobody has. Must not keep waiting whoever has one: people share an address behind a company's
 * proxy, and mail programs look by themselves, so only what was wrong is counted, and only after it was found to be. In memory, as the rate
 * of tokens (api/rate.h): a guess writes nothing.
 */
#include "web/api/rate.h"
#include "web/web_parts.h"

enum { GUESSES_A_MINUTE = 30 };

bool page_guessed(struct page *page, struct str key) {
    int64_t from = (int64_t)(str_hash(page->request->address, 0) >> 1);
    struct rate rate = rate_take(web_guesses(page->web), from, GUESSES_A_MINUTE, page->now_us);
    cx_clear(page->cx);
    if (rate.allowed)
        return cx_fail(page->cx, ERR_NOT_FOUND, key);
    struct str wait = cx_text(page->cx, "%lld", (long long)rate.wait_s);
    page->reply->status = 429;
    page_header(page, S("Retry-After"), wait);
    return cx_fail(page->cx, ERR_LIMIT, S("web.guesses"), wait);
}
