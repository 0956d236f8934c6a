// SPDX-License-Identifier: Apache-2.0
/* catalog -- texts for people, by language and key.
 *
 * The texts are i18n/<language>/<noun>.json, flat objects "noun.phrase": "text with {0} and {1}", made into one sorted
 * table by tools/embed_catalog. Both languages hold the same keys and placeholders; the build fails otherwise.
 *
 * A word that hangs on a number is written {0|one|many}: "{0} {0|row|rows}" is "1 row", "0 rows", "1,250 rows". Only the
 * number 1 as it is written takes the first form, in both languages.
 */
#ifndef REATIVA_BASE_CATALOG_H
#define REATIVA_BASE_CATALOG_H

#include "base/buf.h"
#include "base/cx.h"
#include "base/str.h"

enum lang { LANG_PT_BR = 0, LANG_EN, LANG_COUNT };

struct catalog_entry {
    const char *key;
    const char *text[LANG_COUNT];
};
extern const struct catalog_entry catalog_entries[]; /* sorted by key; generated */
extern const size_t catalog_entries_n;

/* lang_parse -- "pt", "pt-BR", "pt_BR.UTF-8", "en", "en_US", "C"; false for others. */
bool lang_parse(struct str s, enum lang *out);
/* catalog_find -- the raw text, or NULL. O(1). */
const char *catalog_find(enum lang lang, struct str key);
/* catalog_text -- the text with {0} and {0|one|many} replaced; an unknown key gives the key itself. */
struct str catalog_text(struct arena *arena, enum lang lang, struct str key, const struct str *args, size_t n);
/* catalog_error -- what a person reads of an error: the sentence, and the hint behind it where there is one. */
struct str catalog_error(struct arena *arena, enum lang lang, const struct err *err);
/* catalog_error_api -- for another program: the advice at `<key>.api`, where there is one, instead of `<key>.hint`. */
struct str catalog_error_api(struct arena *arena, enum lang lang, const struct err *err);

#endif
