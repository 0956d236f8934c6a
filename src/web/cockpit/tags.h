// SPDX-License-Identifier: Apache-2.0
/* tags -- what the pages of the company's tags show.
 */
#ifndef REATIVA_WEB_COCKPIT_TAGS_H
#define REATIVA_WEB_COCKPIT_TAGS_H

#include "app/tags.h"
#include "web/web.h"

enum { TAGS_SHOWN = 500 }; /* of a list; the file holds all */

struct tags_view {
    struct tags_look look;
    const struct tag_use *use;
    size_t n, of;
};
/* One tag, as it stands and as its forms were filled. */
struct tags_form {
    const struct tag_use *use;
    const struct tag_use *other; /* to merge into */
    size_t others;
    struct str name, into, fault;
};

struct url tags_address(struct page *page, const struct tags_view *v, const char *path, int sort);
const char *tags_order(const struct tags_view *v, enum tags_sort sort);
struct url tags_customers(struct page *page, struct str name); /* who carries it */

#endif
