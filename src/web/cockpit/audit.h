// SPDX-License-Identifier: Apache-2.0
/* audit -- what the page of the audit trail shows.
 */
#ifndef REATIVA_WEB_COCKPIT_AUDIT_H
#define REATIVA_WEB_COCKPIT_AUDIT_H

#include "app/audit.h"
#include "web/web.h"

enum { AUDIT_LINES = 50 };

struct audit_view {
    struct str q, who, what, from, until; /* as asked for; days as yyyy-mm-dd */
    struct audit_line line[AUDIT_LINES + 1];
    size_t n;     /* shown */
    bool more;    /* there are older ones */
    bool further; /* not the newest ones */
    struct audit_names names;
};
struct str audit_what(struct page *page, struct str what);  /* "user" in words */
struct str audit_field(struct page *page, struct str name); /* "rep" in words */
/* audit_value -- what stood in a field (or a line of that kind), in words where it is one of few. */
struct str audit_value(struct page *page, struct str name, struct str value);
struct url audit_export_address(struct page *page, const struct audit_view *v);
struct url audit_older_address(struct page *page, const struct audit_view *v);

#endif
