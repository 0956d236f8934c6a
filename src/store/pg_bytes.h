// SPDX-License-Identifier: Apache-2.0
/* pg_bytes -- integers as PostgreSQL sends them: in network order, of 2, 4 or 8 bytes; and the head of a binary COPY. */
#ifndef REATIVA_STORE_PG_BYTES_H
#define REATIVA_STORE_PG_BYTES_H

#include <stddef.h>
#include <stdint.h>

enum { PG_COPY_HEAD = 19 };
/* Eleven bytes of signature, then no flags and no extension. */
static const char pg_copy_head[PG_COPY_HEAD] = {'P', 'G', 'C', 'O', 'P', 'Y', '\n', (char)0xFF, '\r', '\n', 0};

static inline char *pg_put(char *to, uint64_t v, int bytes) {
    for (int i = bytes - 1; i >= 0; i--, v >>= 8)
        to[i] = (char)(v & 0xFF);
    return to + bytes;
}

static inline int64_t pg_int(const char *p, int bytes) {
    uint64_t v = bytes > 0 && (p[0] & 0x80) ? UINT64_MAX : 0;
    for (int i = 0; i < bytes; i++)
        v = v << 8 | (unsigned char)p[i];
    return (int64_t)v;
}

#endif
