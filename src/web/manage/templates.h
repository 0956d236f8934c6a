// SPDX-License-Identifier: Apache-2.0
/* templates -- what the pages of letters that are written once show.
 */
#ifndef REATIVA_WEB_MANAGE_TEMPLATES_H
#define REATIVA_WEB_MANAGE_TEMPLATES_H

#include "app/templates.h"
#include "web/web.h"

enum templates_show { TEMPLATES_IN_USE = 0, TEMPLATES_RETIRED, TEMPLATES_ALL, TEMPLATES_SHOWS };
extern const char *const templates_shows[TEMPLATES_SHOWS];

struct templates_view {
    struct str search, sort;
    enum templates_show show;
    const struct template **row; /* in the order asked for */
    size_t n, all;
};
struct template_form_view {
    struct template typed;                 /* as it stands in the form; id 0: a new one */
    struct str fault;                      /* of the form as a whole */
    const struct template *now;            /* somebody else was first: what is kept; NULL: nobody */
    struct str code;                       /* of the customer to show it for; as typed */
    struct str customer, subject, warning; /* customer empty: not shown */
    struct html preview;
    struct str brief; /* of a text message, in the preview's place */
    struct str test_token;
    const struct gateway_name *gateway; /* all of them; form_show finds them */
    size_t gateways;
};

struct url templates_address(struct page *page, const struct templates_view *v, const char *path, const char *sort);
const char *templates_order(const struct templates_view *v, const char *sort);
struct url template_form_url(struct page *page, const struct template_form_view *v);
struct str template_offer(struct page *page, enum offer_kind kind);
struct str template_by(struct page *page, const struct template *t); /* "e-mail", or a gateway's name */
struct str template_lang(struct page *page, enum lang lang);         /* in words */
struct str template_day(struct page *page, struct day day);          /* as a form wants it; none: empty */
struct str template_number(struct page *page, int64_t n);
struct str template_field(struct page *page, int field);       /* "{customer}" in the page's language */
struct str template_field_about(struct page *page, int field); /* what stands there */

#endif
