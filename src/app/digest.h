// SPDX-License-Identifier: Apache-2.0
/* digest -- the figures of what people are sent about their customers: of a rep, whom to call; of a manager, how the portfolios stand.
 *
 * What is the same for everybody is read once (digest_open) and handed to each message, so that a whole sales force costs little more
 * than one rep. No number is defined here: they are those of the pages. Must not know how a message looks, nor who gets one.
 */
#ifndef REATIVA_APP_DIGEST_H
#define REATIVA_APP_DIGEST_H

#include "app/flow.h"
#include "base/catalog.h"
#include "core/customer.h"
#include "store/score.h"
#include "store/team.h"
#include "store/volume.h"

enum { DIGEST_FULL = 10 /* customers in full in one message */, DIGEST_USUAL = 3, DIGEST_MONTHS = 6, DIGEST_WEEK = 7 };

struct digest_wish {
    struct day as_of;
    const struct customer *const
        *customer; /* who is shown in full in any of the messages, as of that day, in any order */
    size_t n;
    bool teams; /* a message of managers is among them: a week ago is looked at too */
};

/* A customer in full. */
struct digest_customer {
    const struct customer *customer;
    struct str phone;               /* empty: there is none, or it may not be called */
    bool barred;                    /* there is one, and it may not be called */
    struct str usual[DIGEST_USUAL]; /* what it buys most, but what it stopped buying */
    size_t usuals;
};

/* How a portfolio stands beside a week ago. */
struct digest_rep {
    struct str code, people; /* code empty: of nobody */
    struct volume now;
    int64_t at_risk_before, inactive_before; /* a week ago */
    int64_t contacted;                       /* at risk, and somebody has talked to them since they are */
    int64_t recovered;                       /* within the week */
};

struct digest {
    struct day as_of, since, week_from;
    struct score_run run;
    struct digest_customer *customer; /* ascending by id */
    size_t customers;
    struct volume *volume; /* by rep; crossed: since the last working day */
    size_t volumes;
    struct volume total;
    struct flow_row *month; /* by rep, then month */
    size_t months;
    struct digest_rep *rep; /* by code, of nobody last; only where teams were asked for */
    size_t reps;
};
/* digest_open -- one consistent picture; of a week ago, a score beside the kept one. Some statements, and one a customer. */
bool digest_open(struct cx *cx, struct db *db, const struct digest_wish *wish, struct digest *out);

const struct digest_customer *digest_customer(const struct digest *digest, int64_t id); /* NULL: not asked for */
/* digest_volume -- of one portfolio; all 0 where nobody is in it. */
struct volume digest_volume(const struct digest *digest, struct str rep);

/* How many became inactive and how many came back, month by month. */
struct digest_month {
    int32_t month;
    int64_t became_inactive, recovered;
};
/* digest_months -- of some portfolios together (n 0: of all), the last DIGEST_MONTHS or as many as there are, oldest first; how many. */
size_t digest_months(const struct digest *digest, const struct str *rep, size_t n,
                     struct digest_month out[DIGEST_MONTHS]);
/* digest_chart -- they as a picture, a PNG; empty when nothing happened in them. */
bool digest_chart(struct cx *cx, enum lang lang, const struct digest_month *month, size_t n, struct str *out);
/* digest_reps_add -- the rows of some as one. */
struct digest_rep digest_reps_add(const struct digest_rep *const *rep, size_t n);

#endif
