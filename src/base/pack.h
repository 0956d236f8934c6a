// SPDX-License-Identifier: Apache-2.0
/* pack -- structs and the texts they point to as plain bytes, and back: for what is remembered by this very program
 * (recall.h). Not a format to store: it is the memory of one build.
 */
#ifndef REATIVA_BASE_PACK_H
#define REATIVA_BASE_PACK_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"

/* pack_put -- size bytes at `thing`, and the texts that its members struct str at the n offsets point to.
 * pack_take -- the next thing of `from`, put in that order; its texts point into what `from` pointed to. false: there is
 * no such thing left. */
void pack_put(struct buf *to, const void *thing, size_t size, const size_t *text, size_t n);
bool pack_take(struct str *from, void *thing, size_t size, const size_t *text, size_t n);

/* Things of one kind: their size, and where in them their texts are. */
struct pack_kind {
    size_t size;
    const size_t *text;
    size_t texts;
};
/* pack_list -- n of them, in the arena. pack_list_take -- all that is there, in the arena; NULL: not of this kind. */
struct str pack_list(struct arena *arena, const struct pack_kind *kind, const void *thing, size_t n);
void *pack_list_take(struct arena *arena, const struct pack_kind *kind, struct str from, size_t *n);
/* pack_parts -- lists of several kinds one after the other, each with its length; pack_part_take -- the next of them. */
void pack_parts(struct buf *to, const struct str *part, size_t n);
void *pack_part_take(struct arena *arena, struct str *from, const struct pack_kind *kind, size_t *n);

/* pack_bytes, pack_bytes_take -- size bytes without texts. */
static inline void pack_bytes(struct buf *to, const void *p, size_t size) {
    pack_put(to, p, size, NULL, 0);
}
static inline bool pack_bytes_take(struct str *from, void *p, size_t size) {
    return pack_take(from, p, size, NULL, 0);
}

#endif
