// SPDX-License-Identifier: Apache-2.0
/* catalog -- looking texts up and putting arguments into them.
 *
 * Must not fail: a person is waiting for a message, so a key without a text is shown itself and a placeholder without
 * an argument stays as it is. Invariant: catalog_entries is sorted by the keys' bytes.
 */
#include "base/catalog.h"

#include <string.h>

/* Does the locale's or language tag's name begin with this language, and does the language end there? */
static bool language_is(struct str s, struct str language) {
    struct str head;
    if (!str_starts(s, language))
        return false;
    head = (struct str){s.p + language.n, s.n - language.n};
    return head.n == 0 || memchr("-_.@", head.p[0], 4) != NULL;
}

bool lang_parse(struct str s, enum lang *out) {
    char lower[2];
    if (language_is(s, S("C")) || language_is(s, S("POSIX"))) {
        *out = LANG_EN;
        return true;
    }
    if (s.n < 2)
        return false;
    lower[0] = (char)(s.p[0] | 0x20);
    lower[1] = (char)(s.p[1] | 0x20);
    bool pt = memcmp(lower, "pt", 2) == 0, en = memcmp(lower, "en", 2) == 0;
    if ((!pt && !en) || !language_is(s, (struct str){s.p, 2}))
        return false;
    *out = pt ? LANG_PT_BR : LANG_EN;
    return true;
}

const char *catalog_find(enum lang lang, struct str key) {
    size_t low = 0, high = catalog_entries_n;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        int order = str_compare(str_from(catalog_entries[middle].key), key);
        if (order == 0)
            return catalog_entries[middle].text[lang];
        if (order < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return NULL;
}

/* The text with {0}.. replaced, behind what is in the buffer. */
static void text_put(struct buf *buf, struct str text, const struct str *args, size_t n) {
    size_t from = 0;
    for (size_t i = 0; i + 2 < text.n; i++) {
        if (text.p[i] != '{' || text.p[i + 2] != '}' || text.p[i + 1] < '0' || text.p[i + 1] > '9')
            continue;
        size_t arg = (size_t)(text.p[i + 1] - '0');
        if (arg >= n)
            continue;
        buf_put(buf, (struct str){text.p + from, i - from});
        buf_put(buf, args[arg]);
        i += 2;
        from = i + 1;
    }
    buf_put(buf, (struct str){text.p + from, text.n - from});
}

struct str catalog_text(struct arena *arena, enum lang lang, struct str key, const struct str *args, size_t n) {
    const char *text = catalog_find(lang, key);
    if (text == NULL)
        return str_copy(arena, key);
    struct buf buf;
    buf_init(&buf, arena, 0);
    text_put(&buf, str_from(text), args, n);
    return buf_str(&buf);
}

struct str catalog_error(struct arena *arena, enum lang lang, const struct err *err) {
    struct buf buf;
    buf_init(&buf, arena, 0);
    buf_put(&buf, catalog_text(arena, lang, err->key, err->arg, err->args));
    char *hint_key = arena_new(arena, char, err->key.n + sizeof ".hint");
    if (err->key.n > 0)
        memcpy(hint_key, err->key.p, err->key.n);
    memcpy(hint_key + err->key.n, ".hint", sizeof ".hint");
    const char *hint = catalog_find(lang, str_from(hint_key));
    if (hint != NULL) {
        buf_char(&buf, ' ');
        text_put(&buf, str_from(hint), err->arg, err->args);
    }
    return buf_str(&buf);
}
