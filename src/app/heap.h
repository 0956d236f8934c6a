// SPDX-License-Identifier: Apache-2.0
/* heap -- memory for the few large things of a use case that outgrow an arena: given back one by one with free().
 *
 * Never NULL, also for nothing: where there is no memory the program says so and exits, as arenas do.
 */
#ifndef REATIVA_APP_HEAP_H
#define REATIVA_APP_HEAP_H

#include <stddef.h>
#include <stdlib.h>

void *heap_new(size_t n, size_t size); /* n things, zeroed */
void *heap_raw(size_t n, size_t size); /* n things of any content */

/* heap_grown -- p[*room] moved to room for `wanted` things, at least twice as many as before; unchanged when there is room.
 * The new ones hold anything; heap_grown_zeroed: zeros. p NULL with *room 0 begins. O(1) amortised. */
void *heap_grown(void *p, size_t *room, size_t wanted, size_t size);
void *heap_grown_zeroed(void *p, size_t *room, size_t wanted, size_t size);

#endif
