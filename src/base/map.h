// SPDX-License-Identifier: Apache-2.0
/* map -- hash table from text to a 64-bit number; grows in its own memory up to a number of entries its owner chose.
 *
 * Open addressing; keys are copied into the map. A new key for a full map empties the map first, so that it serves as a
 * cache; with `max` 0 there is no limit and it is an index.
 */
#ifndef REATIVA_BASE_MAP_H
#define REATIVA_BASE_MAP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/str.h"

struct map_slot;
struct map {
    struct arena keys;
    struct map_slot *slot;
    size_t room, n, max;
};

void map_init(struct map *map, size_t max, void (*full)(void *owner, size_t wanted), void *owner);
void map_clear(struct map *map);
void map_reset(struct map *map);
bool map_find(const struct map *map, struct str key, int64_t *out);
void map_put(struct map *map, struct str key, int64_t value); /* replaces */

#endif
