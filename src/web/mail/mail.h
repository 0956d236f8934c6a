// SPDX-License-Identifier: Apache-2.0
/* mail -- messages to our own people, as they are read on a phone: HTML with its styles in it, the same as plain text, and a picture.
 *
 * Made outside of any request. mail_digest and mail_team ask no database: mail_alerts has read what they show. Addresses in a message begin
 * with mail_style.base; without one they are those of the page that shows it, and the text has none.
 */
#ifndef REATIVA_WEB_MAIL_MAIL_H
#define REATIVA_WEB_MAIL_MAIL_H

#include "app/alerts.h"
#include "app/digest.h"
#include "app/jobs.h"
#include "app/memos.h"
#include "base/catalog.h"
#include "web/html.h"

struct mail_style {
    enum lang lang;
    struct str base;             /* "https://reativa.example", without a slash at its end; empty: none */
    struct str company;          /* stands above; empty: the program's name */
    struct str rule;             /* because of which it is sent */
    const struct memo_row *memo; /* not read yet, the oldest first */
    size_t memos;
};

/* mail_alerts -- what people read of a rule of alerts: an alerts_render without an owner. */
alerts_render mail_alerts;

/* mail_alert_run -- the job of a rule of alerts: its people are told, as of the day answered for. */
bool mail_alert_run(struct cx *cx, struct db *db, const struct job_at *at, int64_t id, struct str *said);

/* A customer that somebody is told of. */
struct mail_item {
    int64_t customer_id;
    enum alert_event event;
    struct day on; /* since when it is so, will be so, or when it came back */
};
struct mail_told {
    const struct mail_item *item; /* most worth calling first */
    size_t n;
};
struct mail_digest {
    struct mail_style style;
    struct str rep; /* whose portfolio it is; empty: of several */
    struct mail_told told;
};
/* mail_digest -- of a rep, or of who is told of customers as a rep is. */
bool mail_digest(struct cx *cx, const struct digest *digest, const struct mail_digest *wish, struct alert_made *out);

struct mail_team {
    struct mail_style style;
    const struct str *rep; /* of these portfolios; n 0: of all */
    size_t n;
    struct mail_told told;
};
/* mail_team -- of a manager: the portfolios, and below them the customers. */
bool mail_team(struct cx *cx, const struct digest *digest, const struct mail_team *wish, struct alert_made *out);

#endif
