// SPDX-License-Identifier: Apache-2.0
/* customer -- what the page of one customer shows: the profile, and what is written of it in the page's language.
 *
 * The parts of the page are templates of their own (templates/cockpit/customer.html), so that other pages can show them too.
 */
#ifndef REATIVA_WEB_COCKPIT_CUSTOMER_H
#define REATIVA_WEB_COCKPIT_CUSTOMER_H

#include "app/profile.h"
#include "core/place.h"
#include "web/web.h"

enum {
    CUSTOMER_MARKS = 60,    /* purchases in the rhythm chart; more are no longer told apart */
    CUSTOMER_PRODUCTS = 10, /* bought most, and as many that stopped */
    CUSTOMER_RECORDS = 10   /* open ones of each kind */
};

struct customer_product {
    struct str code, name;
    int64_t times;
    struct str last_price;
    struct day last;
    struct money value;
};

/* An order, quote, title or ticket. */
struct customer_paper {
    struct str number, state;
    struct day day, due;
    bool late;
    struct money amount, open;
};
struct customer_papers {
    struct customer_paper paper[CUSTOMER_RECORDS];
    size_t n, all;
};

struct customer_month {
    struct str month;
    struct money value, before;
};

struct customer_view {
    const struct profile *profile;
    const struct customer *customer;
    struct str why, status, tax_id, url; /* url: /customers/CODE, the code encoded */
    const char *badge;                   /* the class of the status */
    bool bought, closed;

    struct str cycle, chance, chance_low, chance_high, alive, average, trend, abc; /* empty: not known */
    bool foretold;
    struct str next; /* the next purchase in words */

    const struct day *mark; /* the last purchases, oldest first */
    size_t marks, marks_before;
    struct day window_from, window_to; /* when the next purchase is expected */
    struct str mark_days;              /* for the chart: 2026-01-31,... */
    struct customer_month month[SHEET_MONTHS];
    bool months;                                        /* anything in them? */
    struct str month_names, month_values, month_before; /* for the chart: cents */

    struct customer_product product[CUSTOMER_PRODUCTS], stopped[CUSTOMER_PRODUCTS];
    size_t products, stoppeds, products_all;
    struct customer_papers quotes, titles, tickets;
    struct profile_standing standing;
    bool placed, placed_itself; /* place: where it is itself, else its municipality */
    struct place place;
    struct str token; /* of the note's form */
    struct str note;  /* what was typed, when it came back */
    bool may_note, may_contact;
};

/* customer_view_make -- everything in the page's language, in its arena. */
void customer_view_make(struct page *page, const struct profile *profile, struct customer_view *out);

struct str customer_url(struct page *page, struct str code); /* /customers/CODE, the code encoded */
struct str customer_iso(struct page *page, struct day day);  /* 2026-01-31; none: empty */
struct str customer_kind(struct page *page, enum document_kind kind);
struct str customer_consent(struct page *page, enum consent consent);
struct str customer_channel(struct page *page, enum contact_channel channel);
struct str customer_outcome(struct page *page, enum contact_outcome outcome);
struct str customer_appointment_state(struct page *page, enum appointment_state state);
struct str customer_time(struct page *page, const struct appointment *appointment); /* 09:30; any time: empty */

/* A person's form: as it stands, or as it came back. */
struct person_view {
    struct str url, code; /* of the customer */
    struct str customer;  /* its name */
    struct person person;
    struct str consent_on; /* as typed: yyyy-mm-dd */
    struct str token;
    const struct person *stands; /* somebody else was first: what stands now */
};

/* A note's form that came back. */
struct note_view {
    struct str url, code, token, text;
};

#endif
