// SPDX-License-Identifier: Apache-2.0
/* error -- an error as a page. It must need nothing that may have failed: no database, no session.
 */
#include <stdio.h>

#include "web/pages.h"
#include "web/web_parts.h"

int error_status(enum err_code code) {
    switch (code) {
    case ERR_INVALID:
    case ERR_USAGE:
        return 400;
    case ERR_FORBIDDEN:
        return 403;
    case ERR_NOT_FOUND:
        return 404;
    case ERR_CONFLICT:
        return 409;
    case ERR_LIMIT:
        return 413;
    case ERR_DB:
    case ERR_IO:
        return 503;
    case ERR_NONE:
    case ERR_BUG:
        break;
    }
    return 500;
}

/* Of what the handler wanted to send along only this stays: a file name or a new address belong to what did not come. */
static void headers_keep(struct http_reply *reply) {
    static const char *const stays[] = {"Set-Cookie",      "Allow",          "WWW-Authenticate",
                                        "Retry-After",     "Refresh",        "RateLimit-Remaining",
                                        "RateLimit-Limit", "RateLimit-Reset"};
    size_t kept = 0;
    for (size_t i = 0; i < reply->headers; i++)
        for (size_t k = 0; k < sizeof stays / sizeof *stays; k++)
            if (str_equal(reply->header[i].name, str_from(stays[k])))
                reply->header[kept++] = reply->header[i];
    reply->headers = kept;
}

/* What the store says is for who looks after the program: paths, hosts, commands. Who asked learns what it means for them. */
static void words_choose(struct page *page) {
    struct err *err = &page->cx->err;
    bool busy = str_equal(err->key, S("db.busy")) || str_equal(err->key, S("db.try_again")),
         full = str_equal(err->key, S("db.full"));
    if (!str_starts(err->key, S("db.")))
        return;
    cx_clear(page->cx);
    cx_fail(page->cx, ERR_IO, busy ? S("web.busy") : full ? S("web.full") : S("web.unavailable"));
}

void error_words(struct page *page, int status) {
    const struct err *err = &page->cx->err;
    headers_keep(page->reply);
    if (status >= 500)
        fprintf(stderr, "reativa: request %.*s: %.*s: %s\n", STR_ARG(page->request->id), STR_ARG(err->key),
                err->detail);
    if (status == 503)
        page_header(page, S("Retry-After"), S("5"));
    words_choose(page);
}

void error_page(struct page *page) {
    struct err *err = &page->cx->err;
    bool of_store = str_starts(err->key, S("db."));
    int status = page->reply->status != 200 ? page->reply->status : of_store ? 503 : error_status(err->code);
    if (page->request->fault != 0)
        status = page->request->fault;
    page->reply->status = status;
    page->reply->body.n = 0;
    page->reply->body.cut = false;
    page->reply->fixed = (struct str){0};
    http_reply_file(page->reply, -1, 0);
    page->reply->type = S("text/html; charset=utf-8");
    error_words(page, status);
    struct str text = catalog_error(page->arena, page->lang, err);
    if (page->partial)
        error_part(page, text);
    else
        error_whole(page, status, text);
}
