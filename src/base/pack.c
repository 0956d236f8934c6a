// SPDX-License-Identifier: Apache-2.0
/* pack -- see pack.h. Invariant: what pack_take reads is within the bytes it was given.
 */
#include "base/pack.h"

#include <string.h>

static struct str text_at(const void *thing, size_t offset) {
    struct str text;
    memcpy(&text, (const char *)thing + offset, sizeof text);
    return text;
}

void pack_put(struct buf *to, const void *thing, size_t size, const size_t *text, size_t n) {
    if (size > 0)
        buf_put(to, (struct str){thing, size});
    for (size_t i = 0; i < n; i++)
        buf_put(to, text_at(thing, text[i]));
}

static bool cut(struct str *from, size_t n, struct str *out) {
    if (from->n < n)
        return false;
    *out = (struct str){from->p, n};
    *from = (struct str){from->p + n, from->n - n};
    return true;
}

bool pack_take(struct str *from, void *thing, size_t size, const size_t *text, size_t n) {
    struct str part;
    if (!cut(from, size, &part))
        return false;
    if (size > 0)
        memcpy(thing, part.p, size);
    for (size_t i = 0; i < n; i++) {
        if (!cut(from, text_at(thing, text[i]).n, &part))
            return false;
        memcpy((char *)thing + text[i], &part, sizeof part);
    }
    return true;
}

struct str pack_list(struct arena *arena, const struct pack_kind *kind, const void *thing, size_t n) {
    struct buf to;
    buf_init(&to, arena, 0);
    for (size_t i = 0; i < n; i++)
        pack_put(&to, (const char *)thing + i * kind->size, kind->size, kind->text, kind->texts);
    return buf_str(&to);
}

void *pack_list_take(struct arena *arena, const struct pack_kind *kind, struct str from, size_t *n) {
    char *thing = arena_alloc(arena, from.n / kind->size + 1, kind->size);
    for (*n = 0; from.n > 0; ++*n) {
        if (!pack_take(&from, thing + *n * kind->size, kind->size, kind->text, kind->texts))
            return NULL;
    }
    return thing;
}

void pack_parts(struct buf *to, const struct str *part, size_t n) {
    for (size_t i = 0; i < n; i++) {
        pack_bytes(to, &part[i].n, sizeof part[i].n);
        buf_put(to, part[i]);
    }
}

void *pack_part_take(struct arena *arena, struct str *from, const struct pack_kind *kind, size_t *n) {
    struct str part;
    size_t bytes = 0;
    *n = 0;
    if (!pack_bytes_take(from, &bytes, sizeof bytes) || !cut(from, bytes, &part))
        return NULL;
    return pack_list_take(arena, kind, part, n);
}
