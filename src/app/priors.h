// SPDX-License-Identifier: Apache-2.0
/* priors -- the median gap by segment and month: found from the sales, or as the tables in sight hold it. */
#ifndef REATIVA_APP_PRIORS_H
#define REATIVA_APP_PRIORS_H

#include "app/derive.h"

/* segments_find, priors_find -- out's arrays are the caller's to free(). */
void segments_find(const struct sales *sales, struct derive_segments *out);
void priors_find(const struct sales *sales, const struct derive_segments *segments, struct prior_table *out);
/* priors_kept -- out of the derived tables in sight; arrays live in the arena. */
bool priors_kept(struct cx *cx, struct db *db, struct day as_of, struct derive_segments *segments,
                 struct prior_table *out);

#endif
