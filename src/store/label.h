// SPDX-License-Identifier: Apache-2.0
/* label -- the short lists that customers are grouped by: companies, reps, segments, regions, cities.
 *
 * id 0 is "none" in every list. Codes compare exactly; a name may come with a code.
 */
#ifndef REATIVA_STORE_LABEL_H
#define REATIVA_STORE_LABEL_H
#include "store/db.h"
enum label_kind { LABEL_COMPANY = 1, LABEL_REP, LABEL_SEGMENT, LABEL_REGION, LABEL_CITY, LABEL_KIND_END };
struct label {
    int64_t id;
    enum label_kind kind;
    struct str code;
};
/* label_of -- find or add; the empty code is 0. */
bool label_of(struct cx *cx, struct db *db, enum label_kind kind, struct str code, int64_t *id);
/* label_find -- *id = -1 when there is none. Falls back to a comparison folded (no case, no accents) when no code is equal. */
bool label_find(struct cx *cx, struct db *db, enum label_kind kind, struct str code, int64_t *id);
/* label_list -- all of one kind by code (kind 0: of every kind), in the arena. */
bool label_list(struct cx *cx, struct db *db, enum label_kind kind, struct label **out, size_t *n);
/* label_list_of -- those that the customers of the rep of this code have, and the rep's own. */
bool label_list_of(struct cx *cx, struct db *db, struct str rep, struct label **out, size_t *n);
#endif
