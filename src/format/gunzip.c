// SPDX-License-Identifier: Apache-2.0
/* gunzip -- parts one behind the other are one file (as gzip has it); zeros after the last are padding.
 *
 * Must not allocate from the heap: zlib's own memory is released by gunzip_close. The invariant: `within` says
 * whether a part has begun and not ended, so an end of the source there is a cut file.
 */
#include "format/gunzip.h"

#include <zlib.h>

enum { GUNZIP_STEP = 64 << 10, GUNZIP_HEADERS = 15 + 16 };

struct gunzip {
    struct source *source;
    z_stream z;
    bool within, ended;
    char step[GUNZIP_STEP];
};

static bool damaged(struct cx *cx, const struct gunzip *g, const char *why) {
    cx_fail(cx, ERR_IO, S("input.damaged"), g->source->path);
    return cx_detail(cx, "gzip: %s", g->z.msg ? g->z.msg : why);
}

bool gunzip_open(struct cx *cx, struct source *source, struct gunzip **out) {
    struct gunzip *g = arena_new(cx->arena, struct gunzip, 1);
    g->source = source;
    source->at = 0;
    if (inflateInit2(&g->z, GUNZIP_HEADERS) != Z_OK)
        return damaged(cx, g, "no memory");
    *out = g;
    return true;
}

void gunzip_close(struct gunzip *gunzip) {
    inflateEnd(&gunzip->z);
}

static bool refill(struct cx *cx, struct gunzip *g) {
    size_t n;
    if (!source_read(cx, g->source, g->step, GUNZIP_STEP, &n))
        return false;
    g->z.next_in = (Bytef *)g->step;
    g->z.avail_in = (uInt)n;
    return true;
}

/* After a part: is there another? What is no gzip header is padding or a stranger's addition, and ends the file. */
static bool part_next(struct cx *cx, struct gunzip *g) {
    if (g->z.avail_in == 0 && !refill(cx, g))
        return false;
    if (g->z.avail_in == 0 || *g->z.next_in != 0x1f) {
        g->ended = true;
        return true;
    }
    g->within = true;
    return inflateReset(&g->z) == Z_OK || damaged(cx, g, "reset");
}

bool gunzip_read(struct cx *cx, struct gunzip *g, char *into, size_t room, size_t *got) {
    g->z.next_out = (Bytef *)into;
    g->z.avail_out = (uInt)(room < GUNZIP_STEP * 16 ? room : GUNZIP_STEP * 16);
    uInt before = g->z.avail_out;
    while (!g->ended && g->z.avail_out == before) {
        if (!g->within) {
            if (!part_next(cx, g))
                return false;
            continue;
        }
        if (g->z.avail_in == 0 && !refill(cx, g))
            return false;
        if (g->z.avail_in == 0)
            return damaged(cx, g, "cut");
        int code = inflate(&g->z, Z_NO_FLUSH);
        if (code == Z_STREAM_END) {
            g->within = false;
        } else if (code != Z_OK && code != Z_BUF_ERROR) {
            return damaged(cx, g, "inflate");
        }
    }
    *got = before - g->z.avail_out;
    return true;
}
