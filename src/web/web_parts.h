// SPDX-License-Identifier: Apache-2.0
/* web_parts -- what the files of the frame share; private to src/web.
 */
#ifndef REATIVA_WEB_WEB_PARTS_H
#define REATIVA_WEB_WEB_PARTS_H

#include "web/web.h"

struct worker;
struct rates;

/* COOKIE_SESSION holds the token; COOKIE_GUEST stands in for it where nobody is signed in (for the token of forms). */
#define COOKIE_SESSION S("reativa")
#define COOKIE_GUEST S("reativa_guest")
#define COOKIE_SAID S("reativa_said")

/* route_find -- fills page->arg; *methods: a bit (1 << enum http_method) for each that the path is there for, when not for
 * this one. */
const struct route *route_find(struct page *page, unsigned *methods);
/* route_takes -- is the request for this route? Then page->arg holds what stood at its :names, decoded. Its method joins
 * *methods when the path alone fits. */
bool route_takes(struct page *page, const char *pattern, enum http_method method, unsigned *methods);

/* error_page -- instead of what was written: the person's sentence, what to do, and the request's id for the log. */
void error_page(struct page *page);
int error_status(enum err_code code);
/* error_words -- for the log, and what is left of headers and words for who asked; part of every answer that is an error. */
void error_words(struct page *page, int status);

/* asset_answer -- /assets/...; false: there is no such file. */
bool asset_answer(struct page *page, struct str path);

struct rates *web_rates(const struct web *web);
struct rates *web_guesses(const struct web *web);
/* web_lang_accepted -- page->lang as the request asks for it; false: it does not say. */
bool web_lang_accepted(struct page *page);
/* web_follow -- after what was typed: the kept score comes up to date, or the next page's does. */
void web_follow(struct page *page);

/* page_mark_get, page_rewind -- as if nothing had been answered since. */
struct page_mark {
    int status;
    size_t headers, body;
    struct str type;
};
struct page_mark page_mark_get(const struct page *page);
void page_rewind(struct page *page, struct page_mark mark);

/* web_metrics -- connections to the database, and how the replica does. */
void web_metrics(struct web *web, struct buf *to);
const struct http_server *web_server(const struct web *web);

#endif
