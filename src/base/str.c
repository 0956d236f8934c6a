// SPDX-License-Identifier: Apache-2.0
/* str -- text as pointer and length: comparing, cutting, hashing, encodings, folding.
 *
 * Must not depend on the locale: the same bytes give the same answer on every machine. Invariant: nothing here reads
 * past s.p[s.n - 1], and nothing writes to the text it is given.
 */
#include "base/str.h"

#include <stdlib.h>
#include <string.h>

#include <unicase.h>
#include <unictype.h>
#include <uninorm.h>
#include <unistr.h>
#include <uniwidth.h>

#include "base/utf8.h"

__extension__ typedef unsigned __int128 u128;

static bool is_blank(char c) {
    return c == ' ' || (c >= '\t' && c <= '\r');
}

struct str str_from(const char *text) {
    return (struct str){text, text == NULL ? 0 : strlen(text)};
}

bool str_equal(struct str a, struct str b) {
    return a.n == b.n && (a.n == 0 || memcmp(a.p, b.p, a.n) == 0);
}

int str_compare(struct str a, struct str b) {
    size_t n = a.n < b.n ? a.n : b.n;
    int order = n == 0 ? 0 : memcmp(a.p, b.p, n);
    if (order != 0)
        return order < 0 ? -1 : 1;
    return (a.n > b.n) - (a.n < b.n);
}

bool str_starts(struct str s, struct str prefix) {
    return s.n >= prefix.n && (prefix.n == 0 || memcmp(s.p, prefix.p, prefix.n) == 0);
}

bool str_ends(struct str s, struct str suffix) {
    return s.n >= suffix.n && (suffix.n == 0 || memcmp(s.p + s.n - suffix.n, suffix.p, suffix.n) == 0);
}

struct str str_trim(struct str s) {
    for (;;) {
        if (s.n > 0 && is_blank(s.p[0]))
            s = (struct str){s.p + 1, s.n - 1};
        else if (str_starts(s, S("\u00A0")))
            s = (struct str){s.p + 2, s.n - 2};
        else
            break;
    }
    for (;;) {
        if (s.n > 0 && is_blank(s.p[s.n - 1]))
            s.n--;
        else if (str_ends(s, S("\u00A0")))
            s.n -= 2;
        else
            return s;
    }
}

bool str_cut(struct str s, char mark, struct str *head, struct str *tail) {
    const char *at = s.n == 0 ? NULL : memchr(s.p, mark, s.n);
    if (at == NULL) {
        *head = s;
        *tail = (struct str){NULL, 0};
        return false;
    }
    size_t n = (size_t)(at - s.p);
    *head = (struct str){s.p, n};
    *tail = (struct str){at + 1, s.n - n - 1};
    return true;
}

char *str_terminated(struct arena *arena, struct str s) {
    char *p = arena_new(arena, char, s.n + 1);
    if (s.n > 0)
        memcpy(p, s.p, s.n);
    return p;
}

struct str str_copy(struct arena *arena, struct str s) {
    if (s.n == 0)
        return (struct str){NULL, 0};
    char *p = arena_new(arena, char, s.n);
    memcpy(p, s.p, s.n);
    return (struct str){p, s.n};
}

static uint64_t mix(uint64_t a, uint64_t b) {
    u128 product = (u128)a * b;
    return (uint64_t)product ^ (uint64_t)(product >> 64);
}

static uint64_t word_at(const char *p) {
    uint64_t word;
    memcpy(&word, p, sizeof word);
    return word;
}

/* Multiply 64 by 64 bits and fold the halves together, sixteen bytes of text a step. The constants are arbitrary odd
 * numbers with as many ones as zeros. The last sixteen bytes may overlap what was read before; the length tells such
 * texts apart. */
uint64_t str_hash(struct str s, uint64_t seed) {
    const uint64_t k0 = 0x9AD3C56A1E74B82D, k1 = 0xC5396A8E72D14BA7, k2 = 0x6E2B97D49A5C31D3;
    uint64_t state = mix(seed ^ k0, k1 + s.n);
    const char *p = s.p;
    size_t n = s.n;
    for (; n > 16; p += 16, n -= 16)
        state = mix(word_at(p) ^ k1, word_at(p + 8) ^ state);
    uint64_t a = 0, b = 0;
    if (n >= 8) {
        a = word_at(p);
        b = word_at(p + n - 8);
    } else if (n >= 4) {
        uint32_t low, high;
        memcpy(&low, p, 4);
        memcpy(&high, p + n - 4, 4);
        a = (uint64_t)low << 32 | high;
    } else if (n > 0) {
        a = (uint64_t)(unsigned char)p[0] << 16 | (uint64_t)(unsigned char)p[n / 2] << 8 | (unsigned char)p[n - 1];
    }
    return mix(k2 ^ s.n, mix(a ^ k1, b ^ state));
}

struct str str_lower(struct arena *arena, struct str s) {
    char *p = arena_new(arena, char, s.n);
    for (size_t i = 0; i < s.n; i++)
        p[i] = s.p[i] >= 'A' && s.p[i] <= 'Z' ? (char)(s.p[i] + ('a' - 'A')) : s.p[i];
    return (struct str){p, s.n};
}

/* Length of the ASCII text at the start of s. */
static size_t ascii_length(struct str s) {
    size_t i = 0;
    while (s.n - i >= 8 && (word_at(s.p + i) & 0x8080808080808080U) == 0)
        i += 8;
    while (i < s.n && (unsigned char)s.p[i] < 0x80)
        i++;
    return i;
}

bool str_valid_utf8(struct str s) {
    size_t i = 0;
    while (i < s.n) {
        i += ascii_length((struct str){s.p + i, s.n - i});
        while (i < s.n && (unsigned char)s.p[i] >= 0x80) {
            size_t length = utf8_length(s.p + i, s.n - i);
            if (length == 0)
                return false;
            i += length;
        }
    }
    return true;
}

/* What Windows-1252 has at 0x80 to 0x9F; elsewhere it is Latin-1, whose numbers are Unicode's. */
static const uint16_t cp1252_high[32] = {0x20AC, 0xFFFD, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021,
                                         0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0xFFFD, 0x017D, 0xFFFD,
                                         0xFFFD, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014,
                                         0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0xFFFD, 0x017E, 0x0178};

struct str str_from_cp1252(struct arena *arena, struct str s) {
    size_t high = 0;
    for (size_t i = 0; i < s.n; i++)
        high += (unsigned char)s.p[i] >= 0x80;
    char *p = arena_new(arena, char, s.n + 2 * high);
    size_t n = 0;
    for (size_t i = 0; i < s.n; i++) {
        unsigned char c = (unsigned char)s.p[i];
        unsigned code = c >= 0x80 && c < 0xA0 ? cp1252_high[c - 0x80] : c;
        if (code < 0x80) {
            p[n++] = (char)code;
        } else if (code < 0x800) {
            p[n++] = (char)(0xC0 | code >> 6);
            p[n++] = (char)(0x80 | (code & 0x3F));
        } else {
            p[n++] = (char)(0xE0 | code >> 12);
            p[n++] = (char)(0x80 | (code >> 6 & 0x3F));
            p[n++] = (char)(0x80 | (code & 0x3F));
        }
    }
    return (struct str){p, n};
}

size_t str_width(struct str s) {
    size_t columns = 0;
    for (size_t i = 0; i < s.n;) {
        unsigned char c = (unsigned char)s.p[i];
        if (c < 0x80) {
            columns += c >= 0x20 && c != 0x7F;
            i++;
            continue;
        }
        size_t length = utf8_length(s.p + i, s.n - i);
        if (length == 0) { /* a terminal shows one replacement mark */
            columns++;
            i++;
            continue;
        }
        ucs4_t code;
        u8_mbtouc_unsafe(&code, (const uint8_t *)s.p + i, length);
        int width = uc_width(code, "UTF-8");
        columns += width > 0 ? (size_t)width : 0;
        i += length;
    }
    return columns;
}

/* Appends one byte of a folded text: letters small, a run of blanks as one, none at the beginning. */
static size_t fold_put(char *p, size_t n, char c) {
    if (is_blank(c)) {
        if (n > 0 && p[n - 1] != ' ')
            p[n++] = ' ';
    } else {
        p[n++] = c >= 'A' && c <= 'Z' ? (char)(c + ('a' - 'A')) : c;
    }
    return n;
}

static struct str fold_end(const char *p, size_t n) {
    return (struct str){p, n > 0 && p[n - 1] == ' ' ? n - 1 : n};
}

/* The letters under the accents of U+00C0 to U+00FF; NUL where there is more to it. */
static const char latin_letters[64] = "aaaaaa\0ceeeeiiii\0nooooo\0\0uuuuy\0\0aaaaaa\0ceeeeiiii\0nooooo\0\0uuuuy\0y";

/* The names of our part of the world without the library, many times as fast; false for texts with anything else. */
static bool fold_latin(struct arena *arena, struct str s, struct str *out) {
    char *p = arena_new(arena, char, s.n);
    size_t n = 0;
    for (size_t i = 0; i < s.n; i++) {
        unsigned char c = (unsigned char)s.p[i];
        if (c >= 0x80) {
            unsigned char next = i + 1 < s.n ? (unsigned char)s.p[i + 1] : 0;
            c = c == 0xC3 && (next & 0xC0) == 0x80 ? (unsigned char)latin_letters[next & 0x3F] : 0;
            if (c == 0)
                return false;
            i++;
        } else if (c == 0) {
            return false;
        }
        n = fold_put(p, n, (char)c);
    }
    *out = fold_end(p, n);
    return true;
}

/* Takes marks out and makes every white space a plain blank, in place; returns the new length. */
static size_t drop_marks(uint8_t *text, size_t n) {
    size_t kept = 0;
    for (size_t i = 0; i < n;) {
        ucs4_t code;
        size_t length = (size_t)u8_mbtouc_unsafe(&code, text + i, n - i);
        if (code >= 0x80 && uc_is_property_white_space(code)) {
            text[kept++] = ' ';
        } else if (code < 0x80 || !uc_is_general_category_withtable(code, UC_CATEGORY_MASK_M)) {
            memmove(text + kept, text + i, length);
            kept += length;
        }
        i += length;
    }
    return kept;
}

struct str str_fold(struct arena *arena, struct str s) {
    struct str out;
    struct arena_mark mark = arena_mark_get(arena);
    if (fold_latin(arena, s, &out))
        return out;
    arena_rewind(arena, mark);
    if (!str_valid_utf8(s))
        s = str_from_cp1252(arena, s);
    uint8_t parts_room[512], folded_room[512];
    size_t parts_n = sizeof parts_room, folded_n = sizeof folded_room;
    uint8_t *parts = u8_normalize(UNINORM_NFKD, (const uint8_t *)s.p, s.n, parts_room, &parts_n);
    if (parts == NULL)
        arena_no_memory(arena, s.n);
    parts_n = drop_marks(parts, parts_n);
    uint8_t *folded = u8_casefold(parts, parts_n, NULL, UNINORM_NFKD, folded_room, &folded_n);
    if (folded == NULL)
        arena_no_memory(arena, s.n);
    folded_n = drop_marks(folded, folded_n);
    char *p = arena_new(arena, char, folded_n);
    size_t n = 0;
    for (size_t i = 0; i < folded_n; i++)
        n = fold_put(p, n, (char)folded[i]);
    if (parts != parts_room)
        free(parts);
    if (folded != folded_room)
        free(folded);
    return fold_end(p, n);
}
