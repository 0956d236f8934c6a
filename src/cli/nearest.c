// SPDX-License-Identifier: Apache-2.0
/* nearest -- "did you mean": the known word that takes the fewest changed, missing, extra or swapped letters.
 *
 * For words of a command line only: anything longer than NEAREST_MAX is never near. It must not guess wildly: a third
 * of the letters may differ, no more.
 */
#include "cli/option.h"

enum { NEAREST_MAX = 40 };

static size_t smaller(size_t a, size_t b) {
    return a < b ? a : b;
}

/* Distance of Damerau and Levenshtein (neighbours swapped count one), three rows at a time. a.n, b.n <= NEAREST_MAX. */
static size_t distance(struct str a, struct str b) {
    size_t row[3][NEAREST_MAX + 1];
    for (size_t j = 0; j <= b.n; j++)
        row[0][j] = j;
    for (size_t i = 1; i <= a.n; i++) {
        size_t *now = row[i % 3], *before = row[(i + 2) % 3], *older = row[(i + 1) % 3];
        now[0] = i;
        for (size_t j = 1; j <= b.n; j++) {
            bool same = a.p[i - 1] == b.p[j - 1];
            now[j] = smaller(smaller(before[j], now[j - 1]) + 1, before[j - 1] + (same ? 0 : 1));
            if (i > 1 && j > 1 && a.p[i - 1] == b.p[j - 2] && a.p[i - 2] == b.p[j - 1])
                now[j] = smaller(now[j], older[j - 2] + 1);
        }
    }
    return row[a.n % 3][b.n];
}

struct str nearest(struct str word, const struct str *words, size_t n) {
    struct str best = {0};
    size_t least = SIZE_MAX;
    if (word.n == 0 || word.n > NEAREST_MAX)
        return best;
    for (size_t i = 0; i < n; i++) {
        if (words[i].n == 0 || words[i].n > NEAREST_MAX)
            continue;
        size_t d = distance(word, words[i]);
        /* A word cut short ("seg" for "segment") is meant although many letters are missing. */
        if (word.n >= 3 && str_starts(words[i], word))
            d = 1;
        size_t longer = word.n > words[i].n ? word.n : words[i].n;
        if (d < least && d * 3 <= longer) {
            least = d;
            best = words[i];
        }
    }
    return best;
}
