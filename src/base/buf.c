// SPDX-License-Identifier: Apache-2.0
/* buf -- text being written into an arena.
 *
 * Must not cut a piece in the middle: a piece that does not fit is left out whole and nothing after it is taken, so
 * what a cut buffer holds still ends at the border of a piece. Invariant: n <= room <= limit (where there is one), and
 * one byte more than `room` is there for vsnprintf's NUL.
 */
#include "base/buf.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/utf8.h"

enum { BUF_ROOM_FIRST = 256 };

void buf_init(struct buf *buf, struct arena *arena, size_t limit) {
    *buf = (struct buf){.arena = arena, .limit = limit};
}

/* Room for n more bytes; false when the limit does not allow them. */
static bool buf_reserve(struct buf *buf, size_t n) {
    if (buf->cut)
        return false;
    if (n <= buf->room - buf->n)
        return true;
    size_t wanted = buf->n + n;
    if (wanted < n || (buf->limit != 0 && wanted > buf->limit)) {
        buf->cut = true;
        return false;
    }
    size_t room = buf->room < BUF_ROOM_FIRST ? BUF_ROOM_FIRST : buf->room * 2;
    if (room < wanted)
        room = wanted;
    if (buf->limit != 0 && room > buf->limit)
        room = buf->limit;
    buf->p = arena_grow(buf->arena, buf->p, buf->room + 1, room + 1, 1);
    buf->room = room;
    return true;
}

void buf_put(struct buf *buf, struct str s) {
    if (s.n == 0 || !buf_reserve(buf, s.n))
        return;
    memcpy(buf->p + buf->n, s.p, s.n);
    buf->n += s.n;
}

void buf_char(struct buf *buf, char c) {
    if (buf_reserve(buf, 1))
        buf->p[buf->n++] = c;
}

void buf_int(struct buf *buf, int64_t v) {
    char digits[20];
    size_t at = sizeof digits;
    uint64_t left = v < 0 ? 0 - (uint64_t)v : (uint64_t)v;
    do {
        digits[--at] = (char)('0' + left % 10);
        left /= 10;
    } while (left > 0);
    if (v < 0)
        digits[--at] = '-';
    buf_put(buf, (struct str){digits + at, sizeof digits - at});
}

void buf_printf(struct buf *buf, const char *format, ...) {
    char small[256];
    va_list args, again;
    va_start(args, format);
    va_copy(again, args);
    int length = vsnprintf(small, sizeof small, format, args);
    va_end(args);
    size_t n = length < 0 ? 0 : (size_t)length;
    if (n < sizeof small) {
        buf_put(buf, (struct str){small, n});
    } else if (buf_reserve(buf, n)) {
        vsnprintf(buf->p + buf->n, n + 1, format, again);
        buf->n += n;
    }
    va_end(again);
}

void buf_csv(struct buf *buf, struct str s, char delimiter) {
    size_t quotes = 0;
    bool quoted = false;
    for (size_t i = 0; i < s.n; i++) {
        char c = s.p[i];
        quotes += c == '"';
        quoted |= c == '"' || c == delimiter || c == '\n' || c == '\r';
    }
    if (!quoted) {
        buf_put(buf, s);
        return;
    }
    if (!buf_reserve(buf, s.n + quotes + 2))
        return;
    char *to = buf->p + buf->n;
    *to++ = '"';
    for (size_t i = 0; i < s.n; i++) {
        *to++ = s.p[i];
        if (s.p[i] == '"')
            *to++ = '"';
    }
    *to++ = '"';
    buf->n = (size_t)(to - buf->p);
}

/* The short escapes of JSON; 0 where there is none. */
static char json_short(char c) {
    switch (c) {
    case '"':
    case '\\':
        return c;
    case '\n':
        return 'n';
    case '\r':
        return 'r';
    case '\t':
        return 't';
    case '\b':
        return 'b';
    case '\f':
        return 'f';
    default:
        return 0;
    }
}

/* One character of s at i in JSON's form; returns how many bytes of s it was. */
static size_t json_char(struct buf *buf, struct str s, size_t i) {
    char c = s.p[i];
    char brief = json_short(c);
    size_t length = utf8_length(s.p + i, s.n - i);
    if (brief != 0)
        buf_put(buf, (struct str){(const char[]){'\\', brief}, 2});
    else if ((unsigned char)c < 0x20)
        buf_printf(buf, "\\u%04x", (unsigned)c);
    else if (length == 0)
        buf_put(buf, S("\uFFFD"));
    else
        buf_put(buf, (struct str){s.p + i, length});
    return length == 0 ? 1 : length;
}

void buf_json(struct buf *buf, struct str s) {
    buf_char(buf, '"');
    size_t i = 0;
    while (i < s.n) {
        size_t plain = i;
        while (plain < s.n && (unsigned char)s.p[plain] >= 0x20 && (unsigned char)s.p[plain] < 0x80 &&
               s.p[plain] != '"' && s.p[plain] != '\\')
            plain++;
        buf_put(buf, (struct str){s.p + i, plain - i});
        i = plain;
        if (i < s.n)
            i += json_char(buf, s, i);
    }
    buf_char(buf, '"');
}

struct str buf_str(const struct buf *buf) {
    return (struct str){buf->p, buf->n};
}
