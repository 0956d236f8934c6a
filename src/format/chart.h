// SPDX-License-Identifier: Apache-2.0
/* chart -- pairs of bars as a PNG, for a message: small, read on a phone, the same on every day for the same numbers.
 *
 * On white of its own, so that it is read in dark mail programs too. Each bar has its number above it; a message says them in words
 * as well. Must not know what the numbers mean.
 */
#ifndef REATIVA_FORMAT_CHART_H
#define REATIVA_FORMAT_CHART_H

#include "base/cx.h"

enum { CHART_WIDTH = 328, CHART_HEIGHT = 150, CHART_BARS = 12 }; /* as it is shown; there are twice as many pixels */

struct chart_bar {
    struct str name;
    int64_t left, right; /* 0 and more */
};
struct chart_wish {
    struct str left_word, right_word;
    const struct chart_bar *bar;
    size_t n; /* at most CHART_BARS: those behind are left out */
};
/* chart_png -- the whole file, in the arena; empty when there is nothing to draw. IO png.failed. */
bool chart_png(struct cx *cx, const struct chart_wish *wish, struct str *out);

#endif
