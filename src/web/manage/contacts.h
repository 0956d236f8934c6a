// SPDX-License-Identifier: Apache-2.0
/* contacts -- what the pages of contacts show: the figures with their causes, and the list; all of what is asked for stands in the address.
 */
#ifndef REATIVA_WEB_MANAGE_CONTACTS_H
#define REATIVA_WEB_MANAGE_CONTACTS_H

#include "app/contacts.h"
#include "web/manage/period.h"

enum { CONTACTS_LINES = 50 };

/* What narrows the contacts, as it stands in the address. */
enum contacts_field {
    CONTACTS_COMPANY,
    CONTACTS_REP,
    CONTACTS_SEGMENT,
    CONTACTS_REGION,
    CONTACTS_USER,
    CONTACTS_CHANNEL,
    CONTACTS_OUTCOME,
    CONTACTS_OCCURRENCE,
    CONTACTS_REASON,
    CONTACTS_OBJECTION,
    CONTACTS_REACHED,
    CONTACTS_FOLLOWED,
    CONTACTS_EACH,
    CONTACTS_OF_NONE,
    CONTACTS_Q,
    CONTACTS_FIELDS
};
struct contacts_view {
    struct period period;
    struct contacts_wish wish;
    struct str field[CONTACTS_FIELDS]; /* those that could be read; empty: any */
    struct str sort;                   /* of the lines: a column, with - before it from the end */
    struct contacts found;
    const struct contacts_line **line; /* in the order asked for */
    struct contacts_row *row;          /* of the list, at most CONTACTS_LINES + 1 */
    size_t rows;
    bool narrowed, more, further; /* by more than the time; there are older ones; not the newest ones */
};

void contacts_asked(struct page *page, struct contacts_view *v);
/* contacts_of_list_drop -- figures are of all contacts that fit, whatever the list they were opened from leaves out besides. */
void contacts_of_list_drop(struct contacts_view *v);
/* contacts_address -- a page (or its files) as it is asked for, with one field said otherwise; CONTACTS_FIELDS: none. */
struct url contacts_address(struct page *page, const struct contacts_view *v, const char *path,
                            enum contacts_field field, struct str value);
struct url contacts_around(struct page *page, const struct contacts_view *v, const char *path, struct day day);
struct url contacts_sorted(struct page *page, const struct contacts_view *v, const char *sort);
struct url contacts_older(struct page *page, const struct contacts_view *v);
const char *contacts_order(const struct contacts_view *v, const char *sort);

/* A figure of a line (NULL: of all) and the list of contacts behind it; field: what more is asked of them. */
struct contacts_figure {
    int64_t n;
    struct url to;
};
struct contacts_figure contacts_opened(struct page *page, const struct contacts_view *v,
                                       const struct contacts_line *line, int64_t n, enum contacts_field field,
                                       const char *value);
struct contacts_figure contacts_cause(struct page *page, const struct contacts_view *v,
                                      const struct contacts_cause *cause);

struct str contacts_line_name(struct page *page, const struct contacts_line *line);
struct str contacts_percent(struct page *page, int64_t part, int64_t all); /* 12,3 %; of nothing: - */
struct str contacts_channel(struct page *page, enum contact_channel channel);
struct str contacts_outcome(struct page *page, enum contact_outcome outcome);
struct str contacts_by_words(struct page *page, enum contacts_by by); /* "rep" in words */
struct str contacts_id(struct page *page, int64_t id);                /* as a form wants it */
/* For the chart: names, one a line; numbers; hundredths of a per cent so far. */
struct contacts_chart {
    struct str names, contacts, upto;
};
struct contacts_chart contacts_charted(struct page *page, const struct contacts_causes *causes);
/* The first day whose contacts may still be followed by a purchase; DAY_NONE: none of the time asked for. */
struct day contacts_unripe(const struct contacts_view *v);

#endif
