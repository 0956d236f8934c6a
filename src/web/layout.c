// SPDX-License-Identifier: Apache-2.0
/* layout -- see the header. The menu is one table; who may not open a page does not see its entry.
 */
#include "web/layout.h"

#include <string.h>

#include "base/secret.h"
#include "web/pages.h"

const struct layout_entry layout_entries[] = {
    {"today", "/", "home", PERM_CUSTOMER_READ, true},
    {"customers", "/customers", "users", PERM_CUSTOMER_READ, true},
    {"cockpit", "/cockpit", "phone", PERM_COCKPIT, true},
    {"agenda", "/agenda", "calendar", PERM_CONTACT_WRITE, true},
    {"worklists", "/worklists", "list", PERM_CUSTOMER_READ, false},
    {"overview", "/overview", "chart", PERM_REPORT_READ, false},
    {"flow", "/flow", "flow", PERM_REPORT_READ, false},
    {"contacts", "/contacts", "phone", PERM_REPORT_READ, false},
    {"team", "/team", "users", PERM_REPORT_READ, false},
    {"choices", "/choices", "tags", PERM_CHOICE_WRITE, false},
    {"imports", "/imports", "upload", PERM_IMPORT, false},
    {"tags", "/tags", "tag", PERM_CHOICE_WRITE, false},
    {"settings", "/settings", "adjustments", PERM_SETTING_WRITE, false},
    {"users", "/users", "key", PERM_USER_READ, false},
    {"audit", "/audit", "history", PERM_AUDIT_READ, false},
    {0},
};

bool layout_lit(const struct page *page, const struct layout_entry *entry) {
    return page->route != NULL && page->route->menu != NULL && strcmp(page->route->menu, entry->name) == 0;
}

/* An entry whose page does not exist is not shown. */
bool layout_shows(const struct page *page, const struct layout_entry *entry) {
    if (!page_may(page, entry->permission))
        return false;
    for (size_t i = 0; route_tables[i] != NULL; i++)
        for (const struct route *route = route_tables[i]; route->path != NULL; route++)
            if (route->method == HTTP_GET && strcmp(route->path, entry->path) == 0)
                return true;
    return false;
}

/* Whose page it is, for the worker that keeps copies of it on the device. */
static void person_header(struct page *page) {
    if (page->signed_in)
        page_header(page, S("X-Reativa-Person"),
                    secret_hash(page->arena, cx_text(page->cx, "person:%lld", (long long)page->user.id)));
}

void page_top(struct page *page, struct str title) {
    person_header(page);
    const struct layout layout = {.title = title,
                                  .said = page_said(page),
                                  .lang = page->lang == LANG_PT_BR ? "pt-BR" : "en",
                                  .signed_in = page->signed_in};
    layout_top(page, &layout);
}

void page_bottom(struct page *page) {
    layout_bottom(page);
}
