// SPDX-License-Identifier: Apache-2.0
/* sheet -- everything about one customer, for `show` and the customer's page. */
#ifndef REATIVA_APP_SHEET_H
#define REATIVA_APP_SHEET_H

#include "core/customer.h"
#include "stats/fold.h"
#include "store/dossier.h"
#include "store/forecast.h"
#include "store/score.h"

struct sheet_bought {
    struct bought bought;
    bool stopped;
};
/* sheet_stopped -- bought at least three times, and not for more than twice its own usual gap while the customer went on buying. */
bool sheet_stopped(const struct bought *bought, const struct customer *customer);

enum { SHEET_DOCUMENTS = 20, SHEET_MONTHS = 12 };

/* Net value of a calendar month, and of the same one a year before. Of the month that is not over yet, both up to its day. */
struct sheet_month {
    int32_t month; /* month_of */
    int64_t value_cents, before_cents;
};

struct sheet {
    struct customer customer;
    struct day *purchase; /* all purchase days, oldest first */
    size_t purchases;
    struct sheet_bought *bought; /* most valuable first */
    size_t boughts;
    struct score_episode *episode; /* oldest first */
    size_t episodes;
    struct document_row *document; /* newest first, at most SHEET_DOCUMENTS */
    size_t documents;
    struct record *title, *quote, *ticket; /* open titles first, then by due date */
    size_t titles, quotes, tickets;
    int64_t open_cents, overdue_cents;      /* of titles, as of the day */
    struct sheet_month month[SHEET_MONTHS]; /* oldest first */
    struct str model;                       /* asked for: "auto", "none", a method's name */
    struct forecast_kept forecast;          /* what foretells: customer.forecast is by it */
};
/* After score_for. NOT_FOUND names the nearest codes. */
bool sheet_make(struct cx *cx, struct db *db, const struct score_run *run, struct str code, struct sheet *out);
/* sheet_of -- the same by wish->customer_id, without what foretells and without episodes, and how many else of the dossier is
 * wanted; *found false: not a customer as of that day. Two statements (and list_customer's). */
bool sheet_of(struct cx *cx, struct db *db, const struct score_run *run, const struct dossier_wish *wish, bool *found,
              struct dossier *dossier, struct sheet *out);

#endif
