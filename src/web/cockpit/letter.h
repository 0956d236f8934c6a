// SPDX-License-Identifier: Apache-2.0
/* letter -- what the pages of e-mail and text messages to customers show: one that is written to one of them, one to many, and what became of them.
 */
#ifndef REATIVA_WEB_COCKPIT_LETTER_H
#define REATIVA_WEB_COCKPIT_LETTER_H

#include "app/bulk.h"
#include "app/letters.h"
#include "app/templates.h"
#include "web/cockpit/customers.h"
#include "web/web.h"

/* To one customer. */
struct letter_view {
    struct str code, token;
    const struct template *template;    /* that are in use */
    const struct gateway_name *gateway; /* too */
    size_t templates, gateways;
    struct template letter; /* as it stands in the form */
    struct letters_seat seat;
    int64_t person_id; /* LETTERS_ANY: nobody can be written to */
    bool asked, cockpit;
    struct html preview;
    struct str brief; /* of a text message, in the preview's place */
    struct str warning, fault;
};
/* To many. */
struct letter_bulk_view {
    const struct customers_act *act;
    const struct template *template;
    size_t templates;
    const struct template *letter; /* the one that is chosen */
    int64_t per_hour;
    const struct letters_seat *seat;
    size_t n, going;
    struct str token, subject, fault;
    struct html preview; /* as the first of them gets it */
    struct str brief;
};
enum { LETTER_SHOWN = 300 /* of those that get none; more are counted */, LETTER_LINES = 50 };
extern const int64_t letter_speeds[]; /* in an hour; ends with -1 */

struct letters_view {
    const struct mailing_row *row;
    size_t n;
    struct str search, sort;
    int64_t older; /* 0: there are none */
    bool own;      /* one's own alone */
};
struct letter_one_view {
    struct mailing_row row;
    const struct mailing_message *message;
    size_t n;
    int64_t after; /* the next page begins behind it; 0: there is none */
    bool followed; /* opens or clicks were recorded */
};

/* letter_bar -- why a customer gets none; by_phone: no text message, else no e-mail. letter_way_note -- what there is to say of an address. */
struct str letter_bar(struct page *page, bool by_phone, const struct letters_seat *seat);
struct str letter_way_note(struct page *page, bool by_phone, const struct letters_way *way);
struct str letter_named(struct page *page,
                        const struct template *letter); /* as it is chosen: its name, and by which gateway it goes */
struct str letter_shown(struct page *page,
                        const struct template *letter); /* what was seen of it, so that nothing else is sent */
struct str letter_number(struct page *page, int64_t n);
struct str letter_speed(struct page *page, int64_t per_hour);
struct str letter_message_state(struct page *page, enum message_state state);
struct url letters_address(struct page *page, const struct letters_view *v, const char *path, const char *sort);
const char *letters_order(const struct letters_view *v, const char *sort);

/* letter_wish -- of who is signed in, today; who gets what is the caller's. letter_preview -- a text as it looks. */
struct letters_wish letter_wish(struct page *page);
struct html letter_preview(struct page *page, struct str text);
struct str letter_brief(struct page *page, enum lang lang, struct str text); /* of a text message */

struct str
letter_heading(const struct mailing *mailing); /* text messages to many have no subject: the template's name */

/* letter_bulk_ask -- the page that says who of many gets one and who does not; letter_bulk_send -- what its form asks for. */
bool letter_bulk_ask(struct page *page, struct customers_act *act, const struct bulk_wish *of);
bool letter_bulk_send(struct page *page, struct customers_act *act, const struct bulk_wish *of);

#endif
