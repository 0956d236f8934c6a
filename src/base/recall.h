// SPDX-License-Identifier: Apache-2.0
/* recall -- what was worked out before, by key, for as long as it holds; shared by the threads of a process.
 *
 * A value belongs to a picture: a number that stands for the state of what it was worked out from. It is given again only to
 * who names the same picture; another picture's value of the same key replaces it. Keys and values are plain bytes, copied
 * in and out. What was not asked for longest goes first when there is no more room.
 */
#ifndef REATIVA_BASE_RECALL_H
#define REATIVA_BASE_RECALL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/str.h"

struct recall;

/* recall_new -- bytes: the most it holds, keys and values and what it takes to keep them. NULL: no memory. */
struct recall *recall_new(size_t bytes);
void recall_free(struct recall *recall); /* NULL is fine */

/* recall_find -- the value of this picture, in the arena, aligned for any type. */
bool recall_find(struct recall *recall, struct arena *arena, struct str key, uint64_t picture, struct str *out);
/* recall_keep -- no more than an eighth of all room for one; what is larger, or finds no memory, is not kept. */
void recall_keep(struct recall *recall, struct str key, uint64_t picture, struct str value);
size_t recall_bytes(struct recall *recall); /* held now */

#endif
