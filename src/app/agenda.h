// SPDX-License-Identifier: Apache-2.0
/* agenda -- the appointments of one user as a feed that phones subscribe to.
 *
 * Whoever has the address reads it: it holds a secret of which only the hash is kept, and opens nothing else. It shows what is
 * the user's and, for a rep, still in their portfolio.
 */
#ifndef REATIVA_APP_AGENDA_H
#define REATIVA_APP_AGENDA_H

#include "app/appointment.h"
#include "base/catalog.h"

struct agenda_feed {
    struct str token;                       /* of the address */
    struct str base;                        /* "https://reativa.example": before the paths of customers */
    struct day today;                       /* the day answered for */
    int32_t (*utc_offset_s)(int64_t at_us); /* of the company's time */
};
enum { AGENDA_FEED_BACK = 90, AGENDA_FEED_AHEAD = 400, AGENDA_FEED_MOST = 2000 };

/* agenda_feed_write -- open appointments from AGENDA_FEED_BACK days ago on. NOT_FOUND agenda.no_feed: nobody's address, or that of a
 * user who is retired. */
bool agenda_feed_write(struct cx *cx, struct db *db, const struct agenda_feed *feed, struct buf *to);

/* agenda_moment -- a day and minute in the company's time as microseconds UTC. In the hour that a clock goes back over twice, the
 * first one is meant. */
int64_t agenda_moment(struct day day, int minute, int32_t (*utc_offset_s)(int64_t at_us));

#endif
