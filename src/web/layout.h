// SPDX-License-Identifier: Apache-2.0
/* layout -- the frame around every page: head, menu, what was just said.
 */
#ifndef REATIVA_WEB_LAYOUT_H
#define REATIVA_WEB_LAYOUT_H

#include "web/web.h"

struct layout_entry {
    const char *name; /* as in route.menu; menu.<name> in the catalogs */
    const char *path;
    const char *icon; /* a symbol of assets/icons.svg */
    enum permission permission;
    bool thumb; /* in the bar at the bottom of a phone; the others are behind "more" */
};
extern const struct layout_entry layout_entries[]; /* ends with a name of NULL */

struct layout {
    struct str title, said;
    const char *lang; /* "pt-BR" */
    bool signed_in;
};

bool layout_lit(const struct page *page, const struct layout_entry *entry);
bool layout_shows(const struct page *page, const struct layout_entry *entry);

#endif
