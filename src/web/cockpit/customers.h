// SPDX-License-Identifier: Apache-2.0
/* customers -- what the list of customers, its search and what is done with many of them show.
 */
#ifndef REATIVA_WEB_COCKPIT_CUSTOMERS_H
#define REATIVA_WEB_COCKPIT_CUSTOMERS_H

#include "app/bulk.h"
#include "app/labels.h"
#include "app/portfolio.h"
#include "app/portfolio_file.h"
#include "app/tags.h"
#include "app/views.h"
#include "app/worklists.h"
#include "web/web.h"

enum {
    SEARCH_SHOWN = 10,
    SEARCH_LEAST = 2,           /* characters */
    CUSTOMERS_LABELS_MOST = 200 /* codes of one kind that a form lists; more are typed */
};

struct customers_cell {
    enum column column;
    struct str text, badge; /* badge: its colour, of a word that has one */
};
struct customers_row {
    int64_t id;
    struct str code, name, city, phone;
    struct customers_cell status, *cell; /* cell[columns]: those of the portfolio in their order */
};

struct customers_view {
    struct portfolio p;
    struct customers_row *row;
    size_t n;
    struct list_answer answer;
    struct str doubt; /* a code that nobody has, in words */
    struct str did;   /* what was just done to many, in words */
    bool has_next, has_back;
    struct str next, back; /* addresses after '?' */
    struct str query;      /* the address without its page */
    struct str *head;      /* of the columns, in words */
    const struct saved_view *view;
    size_t views;
    const struct saved_view *opened; /* by which it was opened; NULL: none */
    const struct label *label;
    size_t labels;
    const struct tag *tag;
    size_t tags;
};

/* One thing to be done to many, before it is. */
struct customers_act {
    enum bulk_kind kind;
    const struct str *code; /* picked; none: all that the query finds */
    size_t codes;
    struct str query, text, fault;
    int64_t customers;
    const struct label *label;
    size_t labels;
    const struct tag *tag;
    size_t tags;
    const struct worklist_row *worklist;
    size_t worklists;
};

struct customers_found {
    struct str q;
    struct customers_row row[SEARCH_SHOWN];
    struct str city[SEARCH_SHOWN];
    size_t n;
    bool asked, more;
};

/* For the templates. */
struct url customers_address(struct page *page, struct str query);                    /* /customers?... */
struct url customers_without(struct page *page, const struct portfolio *p, size_t i); /* a filter taken away */
struct url customers_sorted(struct page *page, const struct portfolio *p, enum column column);
const char *customers_order(const struct portfolio *p, enum column column); /* aria-sort */
struct url customers_export(struct page *page, struct str query, const char *format);
struct str customers_chip(struct page *page, const struct portfolio_pair *pair);
struct str customers_fault(struct page *page, const struct portfolio_fault *fault);
struct str customers_head(struct page *page, enum column column);
/* customers_word -- a value of a field of words, as people say it. */
struct str customers_word(struct page *page, const struct portfolio_field *field, struct str name);
struct str customers_field(struct page *page, const char *name);
bool customers_has(const struct portfolio *p, const char *name, struct str value);
struct str customers_given(const struct portfolio *p, const char *name);
size_t customers_place(const struct portfolio *p, enum column column); /* from 1; 0: not shown */
/* customers_kind -- the labels that a filter chooses from; 0: of none. customers_lists -- are they few enough to list? */
enum label_kind customers_kind(const char *field);
bool customers_lists(const struct customers_view *v, enum label_kind kind);
bool customers_is_number(enum column column);
/* customers_cell_class -- where a cell stands on a phone: "in-head" is told by the card's heading, "best" comes first,
 * "wide" takes the line. */
struct str customers_cell_class(const struct portfolio *p, enum column column);

/* Shared by the handlers. */
bool customers_asked(struct page *page, struct str query, struct portfolio *out, struct list_request *request);
/* bulk_asked -- what a form of a list wants done (act), to whom, and may they? bulk_filled -- what its next form chooses from. */
bool bulk_asked(struct page *page, struct str act, struct customers_act *v, struct portfolio *p,
                struct list_request *request, struct bulk_wish *wish);
bool bulk_filled(struct page *page, struct customers_act *v);
struct customers_cell customers_cell_of(struct page *page, const struct customer *customer, enum column column);

#endif
