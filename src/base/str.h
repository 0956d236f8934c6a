// SPDX-License-Identifier: Apache-2.0
/* str -- text as pointer and length.
 *
 * A str never owns its bytes and need not end in NUL: whoever made the bytes (an arena, a buffer, a literal) decides
 * how long they live. Empty and absent are the same: n == 0.
 */
#ifndef REATIVA_BASE_STR_H
#define REATIVA_BASE_STR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"

struct str {
    const char *p;
    size_t n;
};

/* S -- a str from a string literal, usable as an initialiser's value. */
#define S(literal) ((struct str){(literal), sizeof(literal) - 1})

/* Printf arguments for "%.*s". */
#define STR_ARG(s) (int)(s).n, (s).p

struct str str_from(const char *text); /* NULL gives the empty str */
bool str_equal(struct str a, struct str b);
int str_compare(struct str a, struct str b); /* by bytes, as memcmp; shorter first */
bool str_starts(struct str s, struct str prefix);
bool str_ends(struct str s, struct str suffix);
struct str str_trim(struct str s); /* ASCII blanks and U+00A0 at both ends */
bool str_cut(struct str s, char mark, struct str *head,
             struct str *tail); /* at the first mark; false: no mark, head = s */
struct str str_copy(struct arena *arena, struct str s);
char *str_terminated(struct arena *arena, struct str s); /* a NUL-ended copy */
uint64_t str_hash(struct str s, uint64_t seed);          /* 64 well-mixed bits; not for adversaries */
struct str str_lower(struct arena *arena, struct str s); /* ASCII letters only */

/* str_valid_utf8 -- is every byte part of well-formed UTF-8? NUL counts as valid. O(n). */
bool str_valid_utf8(struct str s);
/* str_from_cp1252 -- Windows-1252 bytes as UTF-8; the five undefined bytes become U+FFFD. */
struct str str_from_cp1252(struct arena *arena, struct str s);
/* str_width -- columns that UTF-8 text takes in a terminal (combining marks 0, East Asian wide 2; libc's tables are not
 * used, so the answer does not depend on the locale). */
size_t str_width(struct str s);
/* str_fold -- for searching and comparing names: lower case, accents removed, runs of blanks as one, trimmed.
 * By libunistring (NFKD, then marks dropped). On malformed UTF-8 the bytes are taken as Windows-1252. */
struct str str_fold(struct arena *arena, struct str s);

#endif
