// SPDX-License-Identifier: Apache-2.0
/* heap.c -- malloc, calloc and realloc whose failures end in one place. */
#include "app/heap.h"

#include <stdint.h>
#include <string.h>

#include "base/arena.h"

enum { ROOM_FIRST = 64 };

static size_t bytes_of(size_t n, size_t size) {
    size_t bytes = 0;
    if (__builtin_mul_overflow(n, size, &bytes)) {
        arena_full_exit(NULL, SIZE_MAX);
    }
    return bytes > 0 ? bytes : 1;
}

static void *checked(void *p, size_t bytes) {
    if (!p) {
        arena_full_exit(NULL, bytes);
    }
    return p;
}

void *heap_new(size_t n, size_t size) {
    size_t bytes = bytes_of(n, size);
    return checked(calloc(1, bytes), bytes);
}

void *heap_raw(size_t n, size_t size) {
    size_t bytes = bytes_of(n, size);
    return checked(malloc(bytes), bytes);
}

void *heap_grown(void *p, size_t *room, size_t wanted, size_t size) {
    if (wanted <= *room) {
        return p;
    }
    size_t twice = *room > 0 ? 2 * *room : ROOM_FIRST;
    *room = wanted > twice ? wanted : twice;
    size_t bytes = bytes_of(*room, size);
    return checked(realloc(p, bytes), bytes);
}

void *heap_grown_zeroed(void *p, size_t *room, size_t wanted, size_t size) {
    size_t before = *room;
    char *q = heap_grown(p, room, wanted, size);
    if (*room > before) {
        memset(q + before * size, 0, (*room - before) * size);
    }
    return q;
}
