// SPDX-License-Identifier: Apache-2.0
/* strip -- see strip.h. Must not know what the numbers mean.
 *
 * A strip is: bytes a number (0 to 8), the base (8 bytes), the numbers, 8 bytes of nothing so that each number can be
 * read by one load of 8. A number is stored as 1 + its distance from the base, modulo 2^64; 0 is "no value". All of it
 * little-endian, whatever the machine.
 */
#include "store/strip.h"

#include <endian.h>
#include <string.h>

enum { HEAD = 9, TAIL = 8 };

static void put_u64(char *to, uint64_t v) {
    v = htole64(v);
    memcpy(to, &v, sizeof v);
}

static uint64_t get_u64(const char *from) {
    uint64_t v;
    memcpy(&v, from, sizeof v);
    return le64toh(v);
}

struct str strip_write(struct arena *arena, const int64_t *v, size_t n) {
    int64_t least = INT64_MAX, most = INT64_MIN;
    for (size_t i = 0; i < n; i++) {
        if (v[i] != INT64_MIN && v[i] < least)
            least = v[i];
        if (v[i] > most)
            most = v[i];
    }
    uint64_t largest = most == INT64_MIN ? 0 : (uint64_t)most - (uint64_t)least + 1;
    size_t width = 0;
    while (width < 8 && largest >> (8 * width))
        width++;
    char *p = arena_new(arena, char, HEAD + n * width + TAIL);
    p[0] = (char)width;
    put_u64(p + 1, (uint64_t)least);
    for (size_t i = 0; i < n && width; i++)
        put_u64(p + HEAD + i * width, v[i] == INT64_MIN ? 0 : (uint64_t)v[i] - (uint64_t)least + 1);
    return (struct str){p, HEAD + n * width + TAIL};
}

/* Inlined once a width, so that the compiler knows the stride. */
static inline __attribute__((always_inline)) void read_width(const char *p, size_t width, uint64_t before, int64_t *out,
                                                             size_t n) {
    uint64_t mask = width < 8 ? (UINT64_C(1) << (8 * width)) - 1 : UINT64_MAX;
    for (size_t i = 0; i < n; i++) {
        uint64_t code = get_u64(p + i * width) & mask;
        out[i] = code ? (int64_t)(before + code) : INT64_MIN;
    }
}

bool strip_read(struct str data, int64_t *out, size_t n) {
    if (data.n < HEAD + TAIL || (unsigned char)data.p[0] > 8)
        return false;
    size_t width = (unsigned char)data.p[0];
    if (data.n != HEAD + n * width + TAIL)
        return false;
    uint64_t before = get_u64(data.p + 1) - 1;
    const char *p = data.p + HEAD;
    switch (width) {
    case 1:
        read_width(p, 1, before, out, n);
        break;
    case 2:
        read_width(p, 2, before, out, n);
        break;
    case 3:
        read_width(p, 3, before, out, n);
        break;
    case 4:
        read_width(p, 4, before, out, n);
        break;
    default:
        read_width(p, width, before, out, n);
        break;
    }
    return true;
}

size_t strip_count(struct str data) {
    size_t width = data.n < HEAD + TAIL ? 0 : (unsigned char)data.p[0];
    return width ? (data.n - HEAD - TAIL) / width : 0;
}

struct str gaps_write(struct arena *arena, const int32_t *gap_days, size_t n) {
    char *p = arena_new(arena, char, n * 5 + 1);
    size_t at = 0;
    for (size_t i = 0; i < n; i++) {
        uint32_t v = (uint32_t)gap_days[i];
        for (; v >= 0x80; v >>= 7)
            p[at++] = (char)(0x80 | (v & 0x7F));
        p[at++] = (char)v;
    }
    return (struct str){p, at};
}

bool gaps_read(struct str data, int32_t *out, size_t n) {
    size_t at = 0;
    for (size_t i = 0; i < n; i++) {
        uint32_t v = 0;
        for (unsigned shift = 0;; shift += 7) {
            if (at == data.n || shift > 28)
                return false;
            unsigned char byte = (unsigned char)data.p[at++];
            v |= (uint32_t)(byte & 0x7F) << shift;
            if (byte < 0x80)
                break;
        }
        out[i] = (int32_t)v;
    }
    return true;
}
