// SPDX-License-Identifier: Apache-2.0
/* health -- for those who watch over the program: is it there, can it answer, how does it do.
 */
#include "app/admin.h"
#include "web/cockpit/cockpit.h"
#include "web/web_parts.h"

static bool plain(struct page *page, struct str text) {
    page->reply->type = S("text/plain; charset=utf-8");
    buf_put(&page->reply->body, text);
    return true;
}

bool health_show(struct page *page) {
    return plain(page, S("ok\n"));
}

/* The database was asked for the session already; here it must also have a schema that answers. */
bool ready_show(struct page *page) {
    struct policy policy;
    return admin_policy(page->cx, page->db, &policy) && plain(page, S("ready\n"));
}

/* Figures of the work are nobody's business outside: this machine, or who may read the audit trail. */
bool metrics_show(struct page *page) {
    if (!page->request->local && !page_may(page, PERM_AUDIT_READ))
        return cx_fail(page->cx, ERR_FORBIDDEN, S("web.not_yours"));
    page->reply->type = S("text/plain; version=0.0.4; charset=utf-8");
    if (web_server(page->web) != NULL)
        http_metrics(web_server(page->web), &page->reply->body);
    web_metrics(page->web, &page->reply->body);
    return true;
}
