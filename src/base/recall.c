// SPDX-License-Identifier: Apache-2.0
/* recall -- see recall.h: a hash table of chains, and one ring through all entries by when they were last asked for.
 *
 * Must not call into an arena while it holds the lock: an arena that is full jumps away. Invariant: `held` is the sum of what
 * all entries take, and never more than `most`.
 */
#include "base/recall.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

enum { CHAINS = 4096, LARGEST_PART = 8 };

struct ring {
    struct ring *newer, *older;
};

struct entry {
    struct ring ring;   /* its first member, so that the one is found from the other */
    struct entry *next; /* of its chain */
    uint64_t hash, picture;
    size_t key_n, value_n;
    char bytes[]; /* key, then value */
};

struct recall {
    pthread_mutex_t lock;
    size_t most, held;
    struct ring ring; /* newer: the oldest one; older: the newest */
    struct entry *chain[CHAINS];
};

static uint64_t hash_of(struct str key) {
    uint64_t hash = UINT64_C(0xcbf29ce484222325);
    for (size_t i = 0; i < key.n; i++)
        hash = (hash ^ (unsigned char)key.p[i]) * UINT64_C(0x100000001b3);
    return hash ^ hash >> 29;
}

static size_t size_of(size_t key_n, size_t value_n) {
    return sizeof(struct entry) + key_n + value_n;
}

struct recall *recall_new(size_t bytes) {
    struct recall *recall = calloc(1, sizeof *recall);
    if (!recall)
        return NULL;
    recall->most = bytes;
    recall->ring.newer = recall->ring.older = &recall->ring;
    pthread_mutex_init(&recall->lock, NULL);
    return recall;
}

/* -- under the lock ------------------------------------------------------------------------------------------------------ */

static void ring_leave(struct ring *ring) {
    ring->newer->older = ring->older;
    ring->older->newer = ring->newer;
}

static void ring_join(struct recall *recall, struct ring *ring) {
    *ring = (struct ring){.newer = &recall->ring, .older = recall->ring.older};
    ring->older->newer = ring;
    recall->ring.older = ring;
}

static struct entry **place_of(struct recall *recall, struct str key, uint64_t hash) {
    struct entry **at = &recall->chain[hash % CHAINS];
    while (*at && ((*at)->hash != hash || (*at)->key_n != key.n || memcmp((*at)->bytes, key.p, key.n) != 0))
        at = &(*at)->next;
    return at;
}

static void drop(struct recall *recall, struct entry **at) {
    struct entry *entry = *at;
    *at = entry->next;
    ring_leave(&entry->ring);
    recall->held -= size_of(entry->key_n, entry->value_n);
    free(entry);
}

static void drop_oldest(struct recall *recall) {
    struct entry *oldest = (struct entry *)recall->ring.newer;
    drop(recall, place_of(recall, (struct str){oldest->bytes, oldest->key_n}, oldest->hash));
}

/* -- for all ------------------------------------------------------------------------------------------------------------- */

void recall_free(struct recall *recall) {
    if (!recall)
        return;
    while (recall->ring.newer != &recall->ring)
        drop_oldest(recall);
    pthread_mutex_destroy(&recall->lock);
    free(recall);
}

size_t recall_bytes(struct recall *recall) {
    pthread_mutex_lock(&recall->lock);
    size_t held = recall->held;
    pthread_mutex_unlock(&recall->lock);
    return held;
}

static struct entry *entry_find(struct recall *recall, struct str key, uint64_t hash, uint64_t picture) {
    struct entry *entry = *place_of(recall, key, hash);
    return entry && entry->picture == picture ? entry : NULL;
}

/* Twice: the arena must know how much before it gives room, and nobody may be kept waiting for that. */
bool recall_find(struct recall *recall, struct arena *arena, struct str key, uint64_t picture, struct str *out) {
    uint64_t hash = hash_of(key);
    pthread_mutex_lock(&recall->lock);
    struct entry *entry = entry_find(recall, key, hash, picture);
    bool there = entry != NULL;
    size_t n = there ? entry->value_n : 0;
    pthread_mutex_unlock(&recall->lock);
    *out = (struct str){0};
    if (!there)
        return false;
    char *copy = arena_new(arena, char, n + 1);
    pthread_mutex_lock(&recall->lock);
    entry = entry_find(recall, key, hash, picture);
    there = entry && entry->value_n == n;
    if (there) {
        memcpy(copy, entry->bytes + entry->key_n, n);
        ring_leave(&entry->ring);
        ring_join(recall, &entry->ring);
    }
    pthread_mutex_unlock(&recall->lock);
    *out = (struct str){copy, there ? n : 0};
    return there;
}

void recall_keep(struct recall *recall, struct str key, uint64_t picture, struct str value) {
    size_t size = size_of(key.n, value.n);
    struct entry *entry = size <= recall->most / LARGEST_PART ? malloc(size) : NULL;
    if (!entry)
        return;
    *entry = (struct entry){.hash = hash_of(key), .picture = picture, .key_n = key.n, .value_n = value.n};
    if (key.n)
        memcpy(entry->bytes, key.p, key.n);
    if (value.n)
        memcpy(entry->bytes + key.n, value.p, value.n);
    pthread_mutex_lock(&recall->lock);
    struct entry **at = place_of(recall, key, entry->hash);
    if (*at)
        drop(recall, at);
    while (recall->held + size > recall->most)
        drop_oldest(recall);
    entry->next = recall->chain[entry->hash % CHAINS];
    recall->chain[entry->hash % CHAINS] = entry;
    ring_join(recall, &entry->ring);
    recall->held += size;
    pthread_mutex_unlock(&recall->lock);
}
