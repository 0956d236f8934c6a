// SPDX-License-Identifier: Apache-2.0
/* catalog -- looking texts up and putting arguments into them.
 *
 * Must not fail: a person is waiting for a message, so a key without a text is shown itself and a placeholder without
 * an argument stays as it is. A page of customers looks up a thousand texts: they are found by a hash table made when the first
 * is asked for. Invariant: catalog_entries is sorted by the keys' bytes.
 */
#include "base/catalog.h"

#include <pthread.h>
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

/* Half of the places stay empty; past that many texts, what found no place is looked for by halves. */
enum { SLOTS = 1 << 14, SLOTS_USED = SLOTS / 2 };

struct slot {
    uint32_t hash;
    uint16_t key_n;
    uint16_t entry; /* + 1; 0: none */
};
static struct slot slots[SLOTS];

static uint32_t hash_of(struct str key) {
    uint32_t hash = 0x811c9dc5u;
    for (size_t i = 0; i < key.n; i++)
        hash = (hash ^ (unsigned char)key.p[i]) * 0x01000193u;
    return hash ^ hash >> 15;
}

static void slots_fill(void) {
    for (size_t i = 0; i < catalog_entries_n && i < SLOTS_USED; i++) {
        struct str key = str_from(catalog_entries[i].key);
        uint32_t hash = hash_of(key), at = hash % SLOTS;
        while (slots[at].entry != 0)
            at = (at + 1) % SLOTS;
        slots[at] = (struct slot){hash, (uint16_t)key.n, (uint16_t)(i + 1)};
    }
}

static const char *find_by_halves(enum lang lang, struct str key) {
    size_t low = SLOTS_USED, high = catalog_entries_n;
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

const char *catalog_find(enum lang lang, struct str key) {
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    (void)pthread_once(&once, slots_fill);
    uint32_t hash = hash_of(key);
    for (uint32_t at = hash % SLOTS; slots[at].entry != 0; at = (at + 1) % SLOTS) {
        const struct catalog_entry *entry = &catalog_entries[slots[at].entry - 1];
        if (slots[at].hash == hash && slots[at].key_n == key.n && memcmp(entry->key, key.p, key.n) == 0)
            return entry->text[lang];
    }
    return find_by_halves(lang, key);
}

/* What {n} or {n|one|many} at the front of the text is replaced by; the bytes it takes, 0 when nothing is. */
static size_t placeholder_read(struct str text, const struct str *args, size_t n, struct str *out) {
    if (text.n < 3 || text.p[0] != '{' || text.p[1] < '0' || text.p[1] > '9' || (size_t)(text.p[1] - '0') >= n)
        return 0;
    struct str arg = args[text.p[1] - '0'], forms, one, many, rest = {text.p + 2, text.n - 2};
    if (rest.p[0] == '}') {
        *out = arg;
        return 3;
    }
    if (rest.p[0] != '|' || !str_cut(rest, '}', &forms, &rest))
        return 0;
    forms = (struct str){forms.p + 1, forms.n - 1};
    if (!str_cut(forms, '|', &one, &many))
        return 0;
    *out = str_equal(arg, S("1")) ? one : many;
    return (size_t)(rest.p - text.p);
}

/* The text with its placeholders replaced, behind what is in the buffer. */
static void text_put(struct buf *buf, struct str text, const struct str *args, size_t n) {
    size_t from = 0, taken;
    for (size_t i = 0; i<text.n; i += taken> 0 ? taken : 1) {
        struct str put;
        taken = placeholder_read((struct str){text.p + i, text.n - i}, args, n, &put);
        if (taken == 0)
            continue;
        buf_put(buf, (struct str){text.p + from, i - from});
        buf_put(buf, put);
        from = i + taken;
    }
    buf_put(buf, (struct str){text.p + from, text.n - from});
}

struct str catalog_text(struct arena *arena, enum lang lang, struct str key, const struct str *args, size_t n) {
    const char *text = catalog_find(lang, key);
    if (text == NULL)
        return str_copy(arena, key);
    if (strchr(text, '{') == NULL)
        return str_from(text);
    struct buf buf;
    buf_init(&buf, arena, 0);
    text_put(&buf, str_from(text), args, n);
    return buf_str(&buf);
}

static const char *behind(struct arena *arena, enum lang lang, struct str key, const char *what) {
    size_t n = strlen(what);
    char *whole = arena_new(arena, char, key.n + n + 1);
    if (key.n > 0)
        memcpy(whole, key.p, key.n);
    memcpy(whole + key.n, what, n + 1);
    return catalog_find(lang, str_from(whole));
}

static struct str with_advice(struct arena *arena, enum lang lang, const struct err *err, const char *advice) {
    struct buf buf;
    buf_init(&buf, arena, 0);
    buf_put(&buf, catalog_text(arena, lang, err->key, err->arg, err->args));
    const char *hint = behind(arena, lang, err->key, advice);
    if (hint == NULL)
        hint = behind(arena, lang, err->key, ".hint");
    if (hint != NULL) {
        buf_char(&buf, ' ');
        text_put(&buf, str_from(hint), err->arg, err->args);
    }
    return buf_str(&buf);
}

struct str catalog_error(struct arena *arena, enum lang lang, const struct err *err) {
    return with_advice(arena, lang, err, ".hint");
}

struct str catalog_error_api(struct arena *arena, enum lang lang, const struct err *err) {
    return with_advice(arena, lang, err, ".api");
}
