// SPDX-License-Identifier: Apache-2.0
/* text -- tells text from what is not, so that a person who gives a PDF hears that instead of ten thousand bad rows.
 *
 * Must not refuse real exports: single NUL bytes in a text are a matter of their row. The invariant: everything here
 * looks at the bytes given and at nothing else.
 */
#include "format/text.h"

#include <string.h>

static const struct {
    const char *magic;
    size_t n, at;
    const char *format;
} formats[] = {
    {"%PDF", 4, 0, "PDF"},
    {"\x89PNG", 4, 0, "PNG"},
    {"\xff\xd8\xff", 3, 0, "JPEG"},
    {"GIF89a", 6, 0, "GIF"},
    {"GIF87a", 6, 0, "GIF"},
    {"\x7f"
     "ELF",
     4, 0, "ELF"},
    {"Rar!\x1a", 5, 0, "RAR"},
    {"7z\xbc\xaf\x27\x1c", 6, 0, "7-Zip"},
    {"ustar", 5, 257, "tar"},
    {"SQLite format 3", 16, 0, "SQLite"},
    {"{\\rtf", 5, 0, "RTF"},
};

static bool marked(struct str head, const char *magic, size_t n, size_t at) {
    return head.n >= at + n && memcmp(head.p + at, magic, n) == 0;
}

/* Text of western languages in UTF-16 has a zero in every second byte and nearly none in the others. */
static enum text_kind utf16_without_mark(struct str head) {
    size_t pairs = (head.n < 4096 ? head.n : 4096) / 2;
    size_t zero_even = 0, zero_odd = 0;
    for (size_t i = 0; i < pairs; i++) {
        zero_even += head.p[2 * i] == 0;
        zero_odd += head.p[2 * i + 1] == 0;
    }
    if (pairs < 2)
        return TEXT_BYTES;
    if (zero_odd * 10 >= pairs * 7 && zero_even * 20 <= pairs)
        return TEXT_UTF16LE;
    if (zero_even * 10 >= pairs * 7 && zero_odd * 20 <= pairs)
        return TEXT_UTF16BE;
    return TEXT_BYTES;
}

/* Programs' own files hold every byte value about equally often; text has next to none of the control codes. */
static bool mostly_controls(struct str head) {
    size_t controls = 0;
    for (size_t i = 0; i < head.n; i++) {
        unsigned char c = (unsigned char)head.p[i];
        controls += c < 9 || (c > 13 && c < 26) || (c > 27 && c < 32);
    }
    return controls > 8 + head.n / 20;
}

enum text_kind text_kind(struct str head, size_t *mark, struct str *format) {
    *mark = 0;
    *format = (struct str){0};
    if (marked(head, "\xef\xbb\xbf", 3, 0))
        *mark = 3;
    if (*mark > 0)
        return TEXT_BYTES;
    if (marked(head, "\xff\xfe", 2, 0) || marked(head, "\xfe\xff", 2, 0))
        *mark = 2;
    if (*mark > 0)
        return (unsigned char)head.p[0] == 0xff ? TEXT_UTF16LE : TEXT_UTF16BE;
    if (marked(head, "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", 8, 0))
        return TEXT_OLD_EXCEL;
    for (size_t i = 0; i < sizeof formats / sizeof *formats; i++) {
        if (!marked(head, formats[i].magic, formats[i].n, formats[i].at))
            continue;
        *format = str_from(formats[i].format);
        return TEXT_OTHER_FORMAT;
    }
    enum text_kind kind = utf16_without_mark(head);
    return kind == TEXT_BYTES && mostly_controls(head) ? TEXT_BINARY : kind;
}

static char *utf8_put(char *out, unsigned c) {
    if (c < 0x80) {
        *out++ = (char)c;
    } else if (c < 0x800) {
        *out++ = (char)(0xc0 | c >> 6);
        *out++ = (char)(0x80 | (c & 0x3f));
    } else if (c < 0x10000) {
        *out++ = (char)(0xe0 | c >> 12);
        *out++ = (char)(0x80 | (c >> 6 & 0x3f));
        *out++ = (char)(0x80 | (c & 0x3f));
    } else {
        *out++ = (char)(0xf0 | c >> 18);
        *out++ = (char)(0x80 | (c >> 12 & 0x3f));
        *out++ = (char)(0x80 | (c >> 6 & 0x3f));
        *out++ = (char)(0x80 | (c & 0x3f));
    }
    return out;
}

static char *unit_put(struct text_utf16 *state, unsigned unit, char *out) {
    enum { NO_CHARACTER = 0xfffd };
    bool second = (unit & 0xfc00) == 0xdc00;
    if (state->high && second) {
        out = utf8_put(out, 0x10000 + ((state->high & 0x3ff) << 10) + (unit & 0x3ff));
        state->high = 0;
        return out;
    }
    if (state->high)
        out = utf8_put(out, NO_CHARACTER);
    state->high = (unit & 0xfc00) == 0xd800 ? unit : 0;
    return state->high ? out : utf8_put(out, second ? NO_CHARACTER : unit);
}

size_t text_from_utf16(struct text_utf16 *state, const char *bytes, size_t n, bool last, char *out) {
    char *at = out;
    for (size_t i = 0; i < n; i++) {
        unsigned char byte = (unsigned char)bytes[i];
        if (state->has_byte) {
            unsigned first = state->byte, second = byte;
            at = unit_put(state, state->big_endian ? first << 8 | second : second << 8 | first, at);
        }
        state->byte = byte;
        state->has_byte = !state->has_byte;
    }
    if (last && (state->has_byte || state->high)) {
        at = utf8_put(at, 0xfffd);
        state->has_byte = false;
        state->high = 0;
    }
    return (size_t)(at - out);
}
