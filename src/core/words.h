// SPDX-License-Identifier: Apache-2.0
/* words -- text as whole words, for rules such as "the name begins with the word freight".
 *
 * Words are folded (no case, no accents) and hold letters and digits only; "Sub-Total: 3" is the words sub, total, 3.
 */
#ifndef REATIVA_CORE_WORDS_H
#define REATIVA_CORE_WORDS_H

#include "base/arena.h"
#include "base/str.h"

/* The words, each with one blank before it and one blank at the end: " sub total 3 "; empty when there are none. */
struct words {
    struct str text;
};

struct words words_of(struct arena *arena, struct str text);

/* A phrase is words with one blank between them: "gift voucher". All of these are O(length). */
bool words_are(struct words w, struct str phrase);   /* it and nothing else */
bool words_begin(struct words w, struct str phrase); /* its first words */
bool words_end(struct words w, struct str phrase);   /* its last words */
bool words_hold(struct words w, struct str phrase);  /* anywhere */
/* words_stem -- does any word begin with these letters? */
bool words_stem(struct words w, struct str stem);

/* words_any -- does the test hold for any of the phrases of a list that ends in NULL? */
bool words_any(struct words w, bool (*test)(struct words w, struct str phrase), const char *const *list);

#endif
