// SPDX-License-Identifier: Apache-2.0
/* layout -- the frame around every page: head, menu, what was just said.
 */
#ifndef REATIVA_WEB_LAYOUT_H
#define REATIVA_WEB_LAYOUT_H

#include "web/web.h"

/* Where an entry stands: in the bar at the bottom of a phone as well, in the line of the day's work, or behind the name of a group
 * (menu.group_<n> in the catalogs). On a phone all but the first are behind the person's name. */
enum menu_place { MENU_THUMB, MENU_DAY, MENU_STEER, MENU_ADMIN, MENU_PLACES };

struct layout_entry {
    const char *name; /* as in route.menu; menu.<name> in the catalogs */
    const char *path;
    const char *icon; /* a symbol of assets/icons.svg */
    enum permission permission;
    enum menu_place place;
};
extern const struct layout_entry layout_entries[]; /* ends with a name of NULL */

struct layout {
    struct str title, said;
    const char *lang; /* "pt-BR" */
    bool signed_in;
};

/* layout_unread -- what waits behind an entry to be read. */
long layout_unread(const struct page *page, const struct layout_entry *entry);
bool layout_lit(const struct page *page, const struct layout_entry *entry);
bool layout_group_lit(const struct page *page, enum menu_place place);
bool layout_group_shows(const struct page *page, enum menu_place place);
bool layout_shows(const struct page *page, const struct layout_entry *entry);

#endif
