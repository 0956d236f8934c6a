// SPDX-License-Identifier: Apache-2.0
/* layout -- see the header. The menu is one table; who may not open a page does not see its entry.
 */
#include "web/layout.h"

#include <string.h>

#include "base/secret.h"
#include "web/pages.h"

const struct layout_entry layout_entries[] = {
    {"today", "/", "home", PERM_CUSTOMER_READ, MENU_THUMB},
    {"customers", "/customers", "users", PERM_CUSTOMER_READ, MENU_THUMB},
    {"cockpit", "/cockpit", "phone", PERM_COCKPIT, MENU_THUMB},
    {"agenda", "/agenda", "calendar", PERM_CONTACT_WRITE, MENU_THUMB},
    {"worklists", "/worklists", "list", PERM_CUSTOMER_READ, MENU_DAY},
    {"memos", "/memos", "memo", PERM_MESSAGE, MENU_DAY},
    {"notices", "/notices", "bell", PERM_MESSAGE, MENU_DAY},
    {"overview", "/overview", "chart", PERM_REPORT_READ, MENU_STEER},
    {"flow", "/flow", "flow", PERM_REPORT_READ, MENU_STEER},
    {"policy", "/policy", "rhythm", PERM_REPORT_READ, MENU_STEER},
    {"alerts", "/alerts", "horn", PERM_ALERT_WRITE, MENU_STEER},
    {"contacts", "/contacts", "phone", PERM_REPORT_READ, MENU_STEER},
    {"team", "/team", "users", PERM_REPORT_READ, MENU_STEER},
    {"choices", "/choices", "tags", PERM_CHOICE_WRITE, MENU_STEER},
    {"templates", "/templates", "mail", PERM_CHOICE_WRITE, MENU_STEER},
    {"tags", "/tags", "tag", PERM_CHOICE_WRITE, MENU_STEER},
    {"imports", "/imports", "upload", PERM_IMPORT, MENU_ADMIN},
    {"duplicates", "/duplicates", "twins", PERM_CUSTOMER_MERGE, MENU_ADMIN},
    {"users", "/users", "key", PERM_USER_READ, MENU_ADMIN},
    {"settings", "/settings", "adjustments", PERM_SETTING_WRITE, MENU_ADMIN},
    {"jobs", "/jobs", "clock", PERM_SETTING_WRITE, MENU_ADMIN},
    {"privacy", "/privacy/suppressed", "shield", PERM_PRIVACY_READ, MENU_ADMIN},
    {"backups", "/backups", "history", PERM_BACKUP, MENU_ADMIN},
    {"outbox", "/outbox", "mail", PERM_OUTBOX, MENU_ADMIN},
    {"mail", "/mail", "adjustments", PERM_MAIL_WRITE, MENU_ADMIN},
    {"audit", "/audit", "history", PERM_AUDIT_READ, MENU_ADMIN},
    {0},
};

long layout_unread(const struct page *page, const struct layout_entry *entry) {
    return strcmp(entry->name, "notices") == 0 ? page->session.unread : 0;
}

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

bool layout_group_lit(const struct page *page, enum menu_place place) {
    for (const struct layout_entry *entry = layout_entries; entry->name != NULL; entry++)
        if (entry->place == place && layout_lit(page, entry))
            return true;
    return false;
}

bool layout_group_shows(const struct page *page, enum menu_place place) {
    for (const struct layout_entry *entry = layout_entries; entry->name != NULL; entry++)
        if (entry->place == place && layout_shows(page, entry))
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
