// SPDX-License-Identifier: Apache-2.0
/* text -- what kind of bytes are these? And UTF-16 to UTF-8, piece by piece. No I/O. Internal to format. */
#ifndef REATIVA_FORMAT_TEXT_H
#define REATIVA_FORMAT_TEXT_H

#include <stdbool.h>
#include <stddef.h>

#include "base/str.h"

enum text_kind {
    TEXT_BYTES = 0, /* UTF-8 or a one-byte code: for who reads the rows to see */
    TEXT_UTF16LE,
    TEXT_UTF16BE,
    TEXT_OLD_EXCEL,    /* the container of .xls, .doc and of workbooks with a password */
    TEXT_OTHER_FORMAT, /* a file of a known program: its name is told */
    TEXT_BINARY
};

/* text_kind -- by the first bytes (64 KB are plenty). *mark: bytes of the byte order mark to leave out. *format: of
 * TEXT_OTHER_FORMAT a name that people know ("PDF"). O(n). */
enum text_kind text_kind(struct str head, size_t *mark, struct str *format);

struct text_utf16 {
    bool big_endian;
    unsigned char byte; /* the first half of a unit that the last piece cut */
    bool has_byte;
    unsigned high; /* a high surrogate that waits for its second; 0: none */
};

/* text_from_utf16 -- bytes[n] as UTF-8 in out, which has room for 3 * (n / 2 + 2) bytes. Halves without their other
 * half become U+FFFD. last: nothing follows. Returns the bytes written. */
size_t text_from_utf16(struct text_utf16 *state, const char *bytes, size_t n, bool last, char *out);

#endif
