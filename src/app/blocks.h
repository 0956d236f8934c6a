// SPDX-License-Identifier: Apache-2.0
/* blocks -- a state's list of numbers that nobody may call (in Brazil the offices called Procon give them out): taken from a file, and
 * given up again. Only hashes of the numbers are kept.
 */
#ifndef REATIVA_APP_BLOCKS_H
#define REATIVA_APP_BLOCKS_H

#include "store/suppression.h"

enum { BLOCKS_STATES = 27 };
extern const char *const blocks_states[BLOCKS_STATES]; /* "AC", ... */

struct blocks_wish {
    struct str state;      /* of two letters, in any case */
    struct str path, name; /* the file, packed or not, and how its sender calls it */
    struct day day;        /* of which the list is */
    struct str who;
    int64_t now_us;
};
/* blocks_put -- the file's numbers in the place of the state's earlier list, in one transaction. A line is a number, or fields of which one is a
 * number, or two are (area code, number); of a number without an area code, or a line without a number, it is counted as refused. hits:
 * numbers of customers and of people there that are on it. INVALID block.bad_state, block.empty (no number in the file), LIMIT
 * block.too_long. Memory: 8 bytes a line; 5 M lines in some 10 s. */
bool blocks_put(struct cx *cx, struct db *db, const struct blocks_wish *wish, struct block_list *out);
/* blocks_drop -- NOT_FOUND block.unknown. */
bool blocks_drop(struct cx *cx, struct db *db, struct str state, struct str who, int64_t now_us);
bool blocks_look(struct cx *cx, struct db *db, struct block_list **out, size_t *n);

#endif
