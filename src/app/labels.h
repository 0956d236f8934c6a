// SPDX-License-Identifier: Apache-2.0
/* labels -- what forms let people choose from: companies, reps, segments, regions and cities. */
#ifndef REATIVA_APP_LABELS_H
#define REATIVA_APP_LABELS_H

#include "store/label.h"

/* labels_all -- by kind and code, in a transaction of its own; only_rep: those of this rep's customers alone, empty: all. */
bool labels_all(struct cx *cx, struct db *db, struct str only_rep, struct label **out, size_t *n);

#endif
