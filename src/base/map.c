// SPDX-License-Identifier: Apache-2.0
/* map -- hash table from text to number: open addressing, linear probing, a power of two of slots.
 *
 * Short keys lie in the slot itself, so that finding one touches one line of memory. Must not be used for keys that an
 * adversary chooses by the million: the hash has no secret. Invariant: at most three quarters of the slots are taken,
 * so every search ends at an empty one.
 */
#include "base/map.h"

#include <stdlib.h>
#include <string.h>

enum { MAP_ROOM_FIRST = 64, MAP_INLINE = 16 };

struct map_slot {
    uint32_t hash;
    uint32_t length; /* of the key + 1; 0: empty */
    union {
        char text[MAP_INLINE];
        const char *p;
    } key;
    int64_t value;
};

void map_init(struct map *map, size_t max, void (*full)(void *owner, size_t wanted), void *owner) {
    *map = (struct map){.max = max};
    arena_init(&map->keys, 0, full, owner);
}

void map_clear(struct map *map) {
    arena_clear(&map->keys);
    free(map->slot);
    map->slot = NULL;
    map->room = map->n = 0;
}

void map_reset(struct map *map) {
    arena_reset(&map->keys);
    if (map->n > 0)
        memset(map->slot, 0, map->room * sizeof *map->slot);
    map->n = 0;
}

static bool slot_holds(const struct map_slot *slot, struct str key, uint32_t hash) {
    if (slot->hash != hash || slot->length != key.n + 1)
        return false;
    return key.n == 0 || memcmp(key.n <= MAP_INLINE ? slot->key.text : slot->key.p, key.p, key.n) == 0;
}

/* The slot that holds the key, or the empty one where it belongs. */
static struct map_slot *slot_of(const struct map *map, struct str key, uint32_t hash) {
    size_t i = hash & (map->room - 1);
    while (map->slot[i].length != 0 && !slot_holds(&map->slot[i], key, hash))
        i = (i + 1) & (map->room - 1);
    return &map->slot[i];
}

static void map_grow(struct map *map) {
    size_t room = map->room == 0 ? MAP_ROOM_FIRST : map->room * 2;
    struct map_slot *slots = calloc(room, sizeof *slots);
    if (slots == NULL)
        arena_no_memory(&map->keys, room * sizeof *slots);
    for (size_t i = 0; i < map->room; i++) {
        if (map->slot[i].length == 0)
            continue;
        size_t to = map->slot[i].hash & (room - 1);
        while (slots[to].length != 0)
            to = (to + 1) & (room - 1);
        slots[to] = map->slot[i];
    }
    free(map->slot);
    map->slot = slots;
    map->room = room;
}

/* The table's place comes from the low bits, 32 of which are kept: enough for tables of four billion slots. */
static uint32_t key_hash(struct str key) {
    return (uint32_t)str_hash(key, 0);
}

bool map_find(const struct map *map, struct str key, int64_t *out) {
    if (map->n == 0)
        return false;
    const struct map_slot *slot = slot_of(map, key, key_hash(key));
    if (slot->length == 0)
        return false;
    *out = slot->value;
    return true;
}

void map_put(struct map *map, struct str key, int64_t value) {
    uint32_t hash = key_hash(key);
    if (map->room == 0)
        map_grow(map);
    struct map_slot *slot = slot_of(map, key, hash);
    if (slot->length == 0) {
        if (key.n >= UINT32_MAX)
            arena_no_memory(&map->keys, key.n);
        if (map->max != 0 && map->n == map->max) {
            map_reset(map);
            slot = slot_of(map, key, hash);
        } else if (map->n >= map->room / 4 * 3) {
            map_grow(map);
            slot = slot_of(map, key, hash);
        }
        slot->hash = hash;
        slot->length = (uint32_t)key.n + 1;
        if (key.n > MAP_INLINE)
            slot->key.p = str_copy(&map->keys, key).p;
        else if (key.n > 0)
            memcpy(slot->key.text, key.p, key.n);
        map->n++;
    }
    slot->value = value;
}
