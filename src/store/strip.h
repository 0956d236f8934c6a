// SPDX-License-Identifier: Apache-2.0
/* strip -- numbers of many customers as bytes: one column of a part of the score, and a customer's gaps.
 *
 * A list of a million customers by any filter in any order has to look at a few columns of all of them. Packed like
 * this (the least number in front, then each one's distance from it in as few bytes as the largest needs) that is some
 * ten megabytes read in one go, in the same few milliseconds whatever is asked; one index a column would take ten
 * times as long to make as the whole score.
 */
#ifndef REATIVA_STORE_STRIP_H
#define REATIVA_STORE_STRIP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/str.h"

enum { STRIP_ROWS = 8192 }; /* customers of one part */

/* strip_write -- v[n], n <= STRIP_ROWS; INT64_MIN stands for "no value". */
struct str strip_write(struct arena *arena, const int64_t *v, size_t n);
/* strip_read -- back to out[n]; false when these bytes are not a strip of n numbers. */
bool strip_read(struct str data, int64_t *out, size_t n);

/* strip_count -- how many numbers, of a strip in which one at least has a value; 0 of others. */
size_t strip_count(struct str data);

/* gaps_write -- whole days, each in as many bytes as it needs (base 128, low bits first). */
struct str gaps_write(struct arena *arena, const int32_t *gap_days, size_t n);
/* gaps_read -- the first n of them; false when the bytes do not hold as many. */
bool gaps_read(struct str data, int32_t *out, size_t n);

#endif
