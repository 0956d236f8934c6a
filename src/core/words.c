// SPDX-License-Identifier: Apache-2.0
/* words -- text as whole words.
 *
 * Must not know what any word means. Invariant: the text is empty, or begins and ends with exactly one blank and has
 * no two in a row, so a phrase with a blank at both ends is found as whole words by plain search.
 */
#include "core/words.h"

#include <string.h>

static bool is_word_byte(char c) {
    /* What is left above ASCII after folding is a letter of another alphabet, or a sign; both are part of a word. */
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || (unsigned char)c >= 0x80;
}

struct words words_of(struct arena *arena, struct str text) {
    struct str folded = str_fold(arena, text);
    char *p = arena_new(arena, char, folded.n + 2);
    size_t n = 0;
    p[n++] = ' ';
    for (size_t i = 0; i < folded.n; i++) {
        if (is_word_byte(folded.p[i]))
            p[n++] = folded.p[i];
        else if (p[n - 1] != ' ')
            p[n++] = ' ';
    }
    if (p[n - 1] != ' ')
        p[n++] = ' ';
    return (struct words){{p, n > 1 ? n : 0}};
}

/* Do the words stand at `at`, with a blank before them and, unless only a stem is asked for, behind them? */
static bool stands_at(struct words w, size_t at, struct str phrase, bool whole) {
    if (at + 1 + phrase.n + 1 > w.text.n || w.text.p[at] != ' ')
        return false;
    return memcmp(w.text.p + at + 1, phrase.p, phrase.n) == 0 && (!whole || w.text.p[at + 1 + phrase.n] == ' ');
}

bool words_are(struct words w, struct str phrase) {
    return w.text.n == phrase.n + 2 && stands_at(w, 0, phrase, true);
}

bool words_begin(struct words w, struct str phrase) {
    return stands_at(w, 0, phrase, true);
}

bool words_end(struct words w, struct str phrase) {
    return w.text.n >= phrase.n + 2 && stands_at(w, w.text.n - phrase.n - 2, phrase, true);
}

static bool found(struct words w, struct str phrase, bool whole) {
    for (size_t at = 0; at < w.text.n; at++)
        if (stands_at(w, at, phrase, whole))
            return true;
    return false;
}

bool words_hold(struct words w, struct str phrase) {
    return found(w, phrase, true);
}

bool words_stem(struct words w, struct str stem) {
    return found(w, stem, false);
}

bool words_any(struct words w, bool (*test)(struct words w, struct str phrase), const char *const *list) {
    for (; *list != NULL; list++)
        if (test(w, str_from(*list)))
            return true;
    return false;
}
