// SPDX-License-Identifier: Apache-2.0
/* arena -- memory by lifetime: a chain of blocks, the newest being filled.
 *
 * Must not free a block that a mark may still name: blocks leave the chain only by reset, rewind and clear. Invariant:
 * in every block the bytes from `dirty` on are zero, so that only memory that was used before is wiped again. Under the
 * address sanitizer what is not handed out is poisoned: a use after reset or past the end of a piece is found.
 */
#include "base/arena.h"

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#if defined(__SANITIZE_ADDRESS__)
#define ARENA_ASAN 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define ARENA_ASAN 1
#endif
#endif

#ifdef ARENA_ASAN
#include <sanitizer/asan_interface.h>
#define ARENA_HIDE(p, n) ASAN_POISON_MEMORY_REGION((p), (n))
#define ARENA_SHOW(p, n) ASAN_UNPOISON_MEMORY_REGION((p), (n))
#else
#define ARENA_HIDE(p, n) ((void)(p), (void)(n))
#define ARENA_SHOW(p, n) ((void)(p), (void)(n))
#endif

enum { ARENA_ALIGN = alignof(max_align_t), ARENA_BLOCK_MIN = 8 << 10, ARENA_BLOCK_MAX = 1 << 20 };

struct arena_block {
    struct arena_block *older;
    size_t room, at, dirty; /* dirty is brought up to `at` when `at` goes back, not before */
    alignas(ARENA_ALIGN) char data[];
};

void arena_init(struct arena *arena, size_t limit, void (*full)(void *owner, size_t wanted), void *owner) {
    *arena = (struct arena){.limit = limit, .full = full, .owner = owner};
}

_Noreturn void arena_no_memory(struct arena *arena, size_t wanted) {
    if (arena->full != NULL)
        arena->full(arena->owner, wanted);
    arena_full_exit(NULL, wanted);
}

static void block_rewind(struct arena_block *block, size_t at) {
    if (block->at > block->dirty)
        block->dirty = block->at;
    block->at = at;
    ARENA_HIDE(block->data + at, block->room - at);
}

/* Moves the newest blocks to the spare ones until `last` is the newest. */
static void blocks_spare(struct arena *arena, const struct arena_block *last) {
    while (arena->first != last) {
        struct arena_block *block = arena->first;
        arena->first = block->older;
        block_rewind(block, 0);
        block->older = arena->spare;
        arena->spare = block;
    }
}

static void block_free(struct arena_block *block) {
    ARENA_SHOW(block->data, block->room);
    free(block);
}

void arena_reset(struct arena *arena) {
    blocks_spare(arena, NULL);
    arena->used = 0;
}

void arena_clear(struct arena *arena) {
    arena_reset(arena);
    while (arena->spare != NULL) {
        struct arena_block *block = arena->spare;
        arena->spare = block->older;
        block_free(block);
    }
}

/* A spare block with room, taken off the list. Blocks made for one large piece that turn out too small for this one
 * are freed on the way: a piece that grows from batch to batch must not leave all its former sizes behind. */
static struct arena_block *spare_take(struct arena *arena, size_t bytes) {
    for (struct arena_block **link = &arena->spare; *link != NULL;) {
        struct arena_block *block = *link;
        if (block->room >= bytes) {
            *link = block->older;
            return block;
        }
        if (block->room > ARENA_BLOCK_MAX) {
            *link = block->older;
            block_free(block);
        } else {
            link = &block->older;
        }
    }
    return NULL;
}

static struct arena_block *block_add(struct arena *arena, size_t bytes) {
    struct arena_block *block = spare_take(arena, bytes);
    if (block == NULL) {
        size_t room = arena->first == NULL ? ARENA_BLOCK_MIN : arena->first->room * 2;
        if (room > ARENA_BLOCK_MAX)
            room = ARENA_BLOCK_MAX;
        if (room < bytes)
            room = bytes;
        block = room > SIZE_MAX - sizeof *block ? NULL : calloc(1, sizeof *block + room);
        if (block == NULL)
            arena_no_memory(arena, bytes);
        block->room = room;
        ARENA_HIDE(block->data, room);
    }
    block->older = arena->first;
    arena->first = block;
    return block;
}

/* n * size bytes rounded up to the alignment; never 0, so that every piece has its own address. */
static size_t arena_bytes(struct arena *arena, size_t n, size_t size) {
    size_t bytes;
    if (__builtin_mul_overflow(n, size, &bytes) || bytes > SIZE_MAX - 2 * ARENA_ALIGN)
        arena_no_memory(arena, SIZE_MAX);
    return bytes == 0 ? ARENA_ALIGN : (bytes + ARENA_ALIGN - 1) & ~(size_t)(ARENA_ALIGN - 1);
}

static void arena_count(struct arena *arena, size_t bytes) {
    if (arena->limit != 0 && (bytes > arena->limit || arena->used > arena->limit - bytes))
        arena_no_memory(arena, bytes);
    arena->used += bytes;
}

/* The next `bytes` of the block, zeroed from `keep` on. */
static char *block_take(struct arena_block *block, size_t bytes, size_t visible, size_t keep) {
    size_t at = block->at;
    char *p = block->data + at;
    block->at += bytes;
    ARENA_SHOW(p, bytes);
    if (at + keep < block->dirty) {
        size_t end = block->dirty < block->at ? block->dirty : block->at;
        if (end > at + keep)
            memset(p + keep, 0, end - at - keep);
    }
    ARENA_HIDE(p + visible, bytes - visible);
    return p;
}

void *arena_alloc(struct arena *arena, size_t n, size_t size) {
    size_t bytes = arena_bytes(arena, n, size);
    arena_count(arena, bytes);
    struct arena_block *block = arena->first;
    if (block == NULL || block->room - block->at < bytes)
        block = block_add(arena, bytes);
    return block_take(block, bytes, n * size, 0);
}

void *arena_grow(struct arena *arena, void *old, size_t n_old, size_t n_new, size_t size) {
    if (old == NULL)
        return arena_alloc(arena, n_new, size);
    if (n_new <= n_old)
        return old;
    size_t bytes_old = arena_bytes(arena, n_old, size);
    size_t bytes_new = arena_bytes(arena, n_new, size);
    struct arena_block *block = arena->first;
    bool last = block != NULL && block->at >= bytes_old && block->data + (block->at - bytes_old) == (char *)old;
    if (last && block->room - block->at >= bytes_new - bytes_old) {
        arena_count(arena, bytes_new - bytes_old);
        block_rewind(block, block->at - bytes_old);
        return block_take(block, bytes_new, n_new * size, n_old * size);
    }
    arena_count(arena, bytes_new);
    if (block == NULL || block->room - block->at < bytes_new)
        block = block_add(arena, bytes_new);
    char *p = block_take(block, bytes_new, n_new * size, n_old * size);
    if (n_old * size > 0)
        memcpy(p, old, n_old * size);
    return p;
}

struct arena_mark arena_mark_get(const struct arena *arena) {
    return (struct arena_mark){arena->first, arena->first == NULL ? 0 : arena->first->at, arena->used};
}

void arena_rewind(struct arena *arena, struct arena_mark mark) {
    blocks_spare(arena, mark.block);
    if (arena->first != NULL)
        block_rewind(arena->first, mark.at);
    arena->used = mark.used;
}

_Noreturn void arena_full_exit(void *owner, size_t wanted) {
    (void)owner;
    fprintf(stderr, "reativa: out of memory (%zu more bytes were needed)\n", wanted);
    exit(1);
}
