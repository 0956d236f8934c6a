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

void error_page(struct page *page) {
    struct err *err = &page->cx->err;
    int status = page->reply->status != 200 ? page->reply->status : error_status(err->code);
    if (page->request->fault != 0)
        status = page->request->fault;
    page->reply->status = status;
    page->reply->body.n = 0;
    page->reply->body.cut = false;
    page->reply->fixed = (struct str){0};
    page->reply->type = S("text/html; charset=utf-8");
    if (status >= 500)
        fprintf(stderr, "reativa: request %.*s: %.*s: %s\n", STR_ARG(page->request->id), STR_ARG(err->key),
                err->detail);
    if (status == 503)
        page_header(page, S("Retry-After"), S("5"));
    struct str text = catalog_error(page->arena, page->lang, err);
    if (page->partial)
        error_part(page, text);
    else
        error_whole(page, status, text);
}
