// SPDX-License-Identifier: Apache-2.0
/* utf8 -- one step through UTF-8 text. */
#ifndef REATIVA_BASE_UTF8_H
#define REATIVA_BASE_UTF8_H

#include <stddef.h>

/* utf8_length -- bytes of the well-formed sequence at p, n >= 1 bytes being there; 0 when it is malformed (overlong, a
 * surrogate, past U+10FFFF, cut off). */
static inline size_t utf8_length(const char *text, size_t n) {
    const unsigned char *p = (const unsigned char *)text;
    if (p[0] < 0x80)
        return 1;
    if (p[0] < 0xC2 || p[0] > 0xF4)
        return 0;
    size_t length = p[0] < 0xE0 ? 2 : p[0] < 0xF0 ? 3 : 4;
    if (n < length)
        return 0;
    unsigned char low = p[0] == 0xE0 ? 0xA0 : p[0] == 0xF0 ? 0x90 : 0x80;
    unsigned char high = p[0] == 0xED ? 0x9F : p[0] == 0xF4 ? 0x8F : 0xBF;
    if (p[1] < low || p[1] > high)
        return 0;
    for (size_t i = 2; i < length; i++) {
        if ((p[i] & 0xC0) != 0x80)
            return 0;
    }
    return length;
}

#endif
