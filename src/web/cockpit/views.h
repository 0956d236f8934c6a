// SPDX-License-Identifier: Apache-2.0
/* views -- what the page of saved views shows.
 */
#ifndef REATIVA_WEB_COCKPIT_VIEWS_H
#define REATIVA_WEB_COCKPIT_VIEWS_H

#include "app/views.h"
#include "web/web.h"

struct views_view {
    struct str q, sort;
    bool retired; /* shown too */
    const struct saved_view **view;
    size_t n, all;
};
/* One view, as it stands and as it was typed. */
struct view_form {
    const struct saved_view *now;
    struct str name, fault;
    bool shared, behind; /* behind: another has changed it since this form was loaded */
};

struct url view_address(struct page *page, const struct saved_view *view);
struct url views_address(struct page *page, const struct views_view *v, const char *path, const char *sort);
const char *views_order(const struct views_view *v, const char *sort);
bool view_editable(const struct page *page, const struct saved_view *view);

#endif
