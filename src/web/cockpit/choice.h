// SPDX-License-Identifier: Apache-2.0
/* choice -- what the pages of reasons, objections and occurrences show.
 */
#ifndef REATIVA_WEB_COCKPIT_CHOICE_H
#define REATIVA_WEB_COCKPIT_CHOICE_H

#include "app/choices.h"
#include "web/web.h"

struct choice_list_view {
    struct choices_look look;
    struct choices_found found;
    bool filtered;
};

struct choice_form_view {
    struct choice typed;   /* as it stands in the form; id 0: a new one */
    struct choice_use use; /* of an old one */
    struct str *owner;     /* departments to pick from */
    size_t owners;
    struct str fault;         /* of the form as a whole */
    const struct choice *now; /* somebody else was first: what is kept; NULL: nobody */
};

/* Addresses of a list as it is looked at. */
struct url choice_tab_url(struct page *page, enum choice_kind kind);
struct url choice_sort_url(struct page *page, const struct choice_list_view *view, enum choices_sort sort);
struct url choice_export_url(struct page *page, const struct choice_list_view *view);
struct url choice_form_url(struct page *page, const struct choice_form_view *view);
/* choice_sorted -- "ascending", "descending" or "none", for aria-sort. */
const char *choice_sorted(const struct choice_list_view *view, enum choices_sort sort);
/* choice_says -- a text that differs by kind: "tab", "title_new", "about", "none". */
struct str choice_says(struct page *page, enum choice_kind kind, const char *what);
/* As fields of a form want them: 2026-11-22, and a number without marks between its digits. */
struct str choice_day(struct page *page, struct day day);
struct str choice_number(struct page *page, int64_t number);

#endif
