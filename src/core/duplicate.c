// SPDX-License-Identifier: Apache-2.0
/* duplicate -- see duplicate.h.
 *
 * A name is the set of its words. Two are compared by the groups of three letters of their words (with a blank before and after):
 * twice those in common over all of both, which a missing, added or mistyped letter changes little and another order of words not
 * at all. Each piece of evidence leaves a doubt; the doubts are multiplied, and what is left is the strength. Must not look at who
 * the customers are.
 */
#include "core/duplicate.h"

#include <string.h>

#include "core/taxid.h"

enum { WORDS = 24, WORD_LONG = 8, GRAMS = 400, ROOT = 8, PHONE_LEAST = 7, PHONE_MOST = 15, TEXT_PHONE = 40 };

static const char *const kinds[DUPLICATE_KINDS] = {"tax", "root", "phone", "name", "alike", "place", "away", "against"};

const char *duplicate_kind_name(enum duplicate_kind kind) {
    size_t i = 0;
    while (i < DUPLICATE_KINDS - 1 && (1u << i) != (unsigned)kind)
        i++;
    return kinds[i];
}

bool duplicate_kind_parse(struct str name, enum duplicate_kind *out) {
    for (size_t i = 0; i < DUPLICATE_KINDS; i++) {
        if (str_equal(name, str_from(kinds[i]))) {
            *out = (enum duplicate_kind)(1u << i);
            return true;
        }
    }
    return false;
}

/* ---- names ---- */

/* What companies of all kinds are called, and the small words between. */
static const char *const forms[] = {
    "a",    "as", "cia",    "co", "com", "comercio", "companhia", "corp", "da",        "das",      "de",  "do",
    "dos",  "e",  "eireli", "em", "epp", "gmbh",     "inc",       "ind",  "industria", "limitada", "llc", "ltd",
    "ltda", "me", "mei",    "na", "no",  "o",        "os",        "plc",  "sa",        "slu",      "ss",  "the"};

static bool is_form(struct str word) {
    for (size_t i = 0; i < sizeof forms / sizeof *forms; i++) {
        if (str_equal(word, str_from(forms[i])))
            return true;
    }
    return false;
}

static bool digit(char c) {
    return c >= '0' && c <= '9';
}

static bool all_digits(struct str word) {
    for (size_t i = 0; i < word.n; i++) {
        if (!digit(word.p[i]))
            return false;
    }
    return word.n > 0;
}

/* The next word of a folded text: letters, digits and whatever is no mark of ASCII. */
static struct str word_next(struct str *rest) {
    size_t from = 0, to;
    const char *p = rest->p;
    while (from < rest->n && !digit(p[from]) && !(p[from] >= 'a' && p[from] <= 'z') && !(p[from] & 0x80))
        from++;
    to = from;
    while (to < rest->n && (digit(p[to]) || (p[to] >= 'a' && p[to] <= 'z') || (p[to] & 0x80)))
        to++;
    struct str word = {p + from, to - from};
    *rest = (struct str){p + to, rest->n - to};
    return word;
}

/* Into its place among those before, each once. */
static void word_put(struct str *word, size_t *n, struct str one) {
    size_t at = *n;
    while (at > 0 && str_compare(word[at - 1], one) > 0)
        at--;
    if (*n == WORDS || (at > 0 && str_equal(word[at - 1], one)))
        return;
    for (size_t i = *n; i > at; i--)
        word[i] = word[i - 1];
    word[at] = one;
    (*n)++;
}

/* S/A is one word; a number as long as a CPF is the owner's, as registers of one-person companies add it. */
static size_t words_of(struct str folded, bool with_forms, struct str word[WORDS]) {
    size_t n = 0;
    for (struct str one = word_next(&folded); one.n > 0; one = word_next(&folded)) {
        struct str rest = folded, next = word_next(&rest);
        if (str_equal(one, S("s")) && str_equal(next, S("a"))) {
            folded = rest;
            one = S("sa");
        }
        bool owner = one.n >= WORD_LONG && all_digits(one);
        if (with_forms || (!is_form(one) && !owner))
            word_put(word, &n, one);
    }
    return n;
}

struct str duplicate_name(struct arena *arena, struct str name) {
    struct str word[WORDS], folded = str_fold(arena, name);
    size_t n = words_of(folded, false, word), bytes = 0;
    if (n == 0)
        n = words_of(folded, true, word);
    for (size_t i = 0; i < n; i++)
        bytes += word[i].n + 1;
    char *text = arena_alloc(arena, bytes + 1, 1);
    size_t at = 0;
    for (size_t i = 0; i < n; i++) {
        if (i > 0)
            text[at++] = ' ';
        memcpy(text + at, word[i].p, word[i].n);
        at += word[i].n;
    }
    return (struct str){text, at};
}

/* Three bytes each, in order. */
static size_t grams_of(struct str name, uint32_t gram[GRAMS]) {
    size_t n = 0;
    for (struct str word = word_next(&name); word.n > 0; word = word_next(&name)) {
        uint32_t three = ' ' << 8 | ' ';
        for (size_t i = 0; i <= word.n && n < GRAMS; i++) {
            three = (three << 8 | (i < word.n ? (unsigned char)word.p[i] : ' ')) & 0xffffff;
            size_t at = n++;
            for (; at > 0 && gram[at - 1] > three; at--)
                gram[at] = gram[at - 1];
            gram[at] = three;
        }
    }
    return n;
}

/* The next word that is a number. */
static struct str number_next(struct str *rest) {
    struct str word = word_next(rest);
    while (word.n > 0 && !all_digits(word))
        word = word_next(rest);
    return word;
}

static bool same_numbers(struct str a, struct str b) {
    struct str x, y;
    do {
        x = number_next(&a);
        y = number_next(&b);
        if (!str_equal(x, y))
            return false;
    } while (x.n > 0);
    return true;
}

int32_t duplicate_likeness(struct str a, struct str b) {
    uint32_t x[GRAMS], y[GRAMS];
    if (a.n == 0 || b.n == 0 || !same_numbers(a, b))
        return 0;
    if (str_equal(a, b))
        return 10000;
    size_t n = grams_of(a, x), m = grams_of(b, y), common = 0;
    for (size_t i = 0, k = 0; i < n && k < m;) {
        common += x[i] == y[k];
        size_t next = i + (x[i] <= y[k]);
        k += x[i] >= y[k];
        i = next;
    }
    int32_t like = (int32_t)(20000 * common / (n + m));
    return like < 10000 ? like : 9999;
}

/* ---- phones ---- */

enum { EIGHT = 100000000 };

/* 99999999, 00000000, 12345678: typed because something had to be. */
static bool invented(int64_t eight) {
    bool same = true, up = true, down = true;
    for (int64_t rest = eight, last = -1; rest > 0 || last < 0; rest /= 10) {
        int64_t d = rest % 10;
        same = same && (last < 0 || d == last);
        up = up && (last < 0 || d == last - 1);
        down = down && (last < 0 || d == last + 1);
        last = d;
    }
    return eight < 1000000 || same || up || down;
}

static int64_t digits_value(const char *p, size_t n) {
    int64_t v = 0;
    for (size_t i = 0; i < n; i++)
        v = v * 10 + (p[i] - '0');
    return v;
}

/* In Brazil: 0 and the carrier's two digits, or 55, may come before; DDD; since 2012 a 9 before a mobile's eight digits. */
static bool brazilian(const char *p, size_t n, int64_t *out) {
    if (n > 1 && p[0] == '0') {
        p++;
        n--;
        if (n == 12 || n == 13) {
            p += 2;
            n -= 2;
        }
    } else if ((n == 12 || n == 13) && p[0] == '5' && p[1] == '5') {
        p += 2;
        n -= 2;
    }
    int64_t area = 0;
    if (n == 10 || n == 11) {
        if (p[0] == '0' || p[1] == '0')
            return false;
        area = digits_value(p, 2);
        p += 2;
        n -= 2;
    }
    if (n == 9 && p[0] == '9') {
        p++;
        n--;
    }
    if (n != 8)
        return false;
    *out = area * EIGHT + digits_value(p, n);
    return true;
}

static bool phone_of(const char *p, size_t n, int64_t *out) {
    if (brazilian(p, n, out))
        return !invented(*out % EIGHT);
    *out = n >= PHONE_LEAST && n <= PHONE_MOST ? digits_value(p, n) : 0;
    bool real = *out > 0 && !invented(*out);
    *out += DUPLICATE_FOREIGN;
    return real;
}

size_t duplicate_phones(struct str text, int64_t out[DUPLICATE_PHONES]) {
    char digits[TEXT_PHONE];
    size_t n = 0, found = 0;
    for (size_t i = 0; i <= text.n && found < DUPLICATE_PHONES; i++) {
        char c = i < text.n ? text.p[i] : '/';
        if (digit(c)) {
            if (n < TEXT_PHONE)
                digits[n++] = c;
        } else if (c == '/' || c == ';' || c == ',' || c == '|' || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z')) {
            int64_t phone;
            if (n > 0 && phone_of(digits, n, &phone))
                out[found++] = phone;
            n = 0;
        }
    }
    return found;
}

int64_t duplicate_phone_local(int64_t phone) {
    return phone < DUPLICATE_FOREIGN ? phone % EIGHT : 0;
}

/* ---- all together ---- */

/* Zeros, nines, "isento": said of many who have nothing to do with each other. */
static bool says_nothing(struct str tax) {
    size_t same = 1;
    while (same < tax.n && tax.p[same] == tax.p[0])
        same++;
    for (size_t i = 0; i < tax.n; i++) {
        if (digit(tax.p[i]))
            return tax.n < 5 || same == tax.n;
    }
    return true;
}

unsigned duplicate_tax_says(struct str a, struct str b) {
    if (says_nothing(a) || says_nothing(b))
        return 0;
    if (str_equal(a, b))
        return DUPLICATE_TAX;
    struct taxid x = taxid_read(a), y = taxid_read(b);
    if (!x.valid || !y.valid || x.kind != y.kind)
        return 0;
    return x.kind == TAXID_CNPJ && memcmp(x.text, y.text, ROOT) == 0 ? DUPLICATE_ROOT : DUPLICATE_AGAINST;
}

enum {
    BY_TAX = 9500,
    BY_ROOT = 2500,
    BY_PHONE = 5500,
    BY_NAME = 7500, /* in the same municipality; 7/10 of it where one is not known, 4/10 in two */
    NOT_KNOWN = 7,
    IS_AWAY = 4,
    IS_AGAINST = 4 /* tenths that are left */
};

int32_t duplicate_strength(unsigned found, int32_t likeness_e4) {
    int64_t doubt = 10000;
    if (found & DUPLICATE_TAX)
        doubt = doubt * (10000 - BY_TAX) / 10000;
    if (found & DUPLICATE_ROOT)
        doubt = doubt * (10000 - BY_ROOT) / 10000;
    if (found & DUPLICATE_PHONE)
        doubt = doubt * (10000 - BY_PHONE) / 10000;
    if (found & (DUPLICATE_NAME | DUPLICATE_ALIKE)) {
        int64_t name = (int64_t)BY_NAME * (2 * likeness_e4 - 10000) / 10000;
        if (!(found & DUPLICATE_PLACE))
            name = name * (found & DUPLICATE_AWAY ? IS_AWAY : NOT_KNOWN) / 10;
        doubt = doubt * (10000 - (name > 0 ? name : 0)) / 10000;
    }
    int64_t strength = 10000 - doubt;
    if (found & DUPLICATE_AGAINST)
        strength = strength * IS_AGAINST / 10;
    if ((found & DUPLICATE_ROOT) && strength >= DUPLICATE_FAIR)
        strength = DUPLICATE_FAIR - 1; /* branches have much in common and are customers of their own */
    return (int32_t)strength;
}
