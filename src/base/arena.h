// SPDX-License-Identifier: Apache-2.0
/* arena -- memory that lives as long as one command, request or batch.
 *
 * Allocation moves a pointer; nothing is freed alone; arena_reset gives everything back for reuse and arena_clear to
 * the system. arena_alloc never returns NULL: when the system or the arena's own limit says no, it calls `full`, which
 * must not return (a command exits with a message, a server's worker jumps back to its request loop).
 */
#ifndef REATIVA_BASE_ARENA_H
#define REATIVA_BASE_ARENA_H

#include <stdalign.h>
#include <stddef.h>

struct arena_block;

struct arena {
    struct arena_block *first; /* the block being filled, older ones behind it */
    struct arena_block *spare; /* blocks given back by reset and rewind, for reuse */
    size_t used;               /* bytes handed out since the last reset */
    size_t limit;              /* 0: none */
    void (*full)(void *owner, size_t wanted);
    void *owner;
};

struct arena_mark {
    struct arena_block *block;
    size_t at;
    size_t used;
};

void arena_init(struct arena *arena, size_t limit, void (*full)(void *owner, size_t wanted), void *owner);
void arena_reset(struct arena *arena);
void arena_clear(struct arena *arena);

/* arena_alloc -- zeroed memory for n things of `size` bytes, aligned for any type. O(bytes). */
void *arena_alloc(struct arena *arena, size_t n, size_t size);
#define arena_new(arena, type, n) ((type *)arena_alloc((arena), (n), sizeof(type)))

/* arena_grow -- old[n_old] moved to room for n_new things (the tail zeroed); in place for the last piece. */
void *arena_grow(struct arena *arena, void *old, size_t n_old, size_t n_new, size_t size);

/* arena_mark_get, arena_rewind -- give back all that was allocated since the mark. */
struct arena_mark arena_mark_get(const struct arena *arena);
void arena_rewind(struct arena *arena, struct arena_mark mark);

/* arena_no_memory -- what arena_alloc does when there is none; for those who get memory elsewhere on its account. */
_Noreturn void arena_no_memory(struct arena *arena, size_t wanted);

/* arena_full_exit -- the `full` of a command: says so on stderr and exits with 1. */
_Noreturn void arena_full_exit(void *owner, size_t wanted);

#endif
