// SPDX-License-Identifier: Apache-2.0
/* taxid -- CPF and CNPJ: normal form and check digits.
 *
 * Both schemes take a weighted sum modulo 11; a remainder of 0 or 1 gives the digit 0, any other r gives 11 - r. The
 * weights run 2, 3, 4 ... from the right; those of the CNPJ start again at 2 after 9.
 *
 * What the digits cannot see: where the first check digit is 0, two remainders look the same, and a few slips pass (in
 * a CPF the first digit off by one, the sixth by two or nine). In a CNPJ, characters whose values differ by a multiple of
 * 11 stand for each other (6, A and L; 7, B and M). So "valid" means "well formed", never "exists".
 *
 * This file refuses nothing: a customer with a wrong number still bought. Invariant: reading the text of a CPF or CNPJ
 * again gives the same result.
 */
#include "core/taxid.h"

#include <string.h>

enum { CPF_BASE = 9, CPF_SIZE = 11, CNPJ_BASE = 12, CNPJ_SIZE = 14 };

static bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

static bool is_upper(char c) {
    return c >= 'A' && c <= 'Z';
}

static bool all_digits(const char *p, size_t n) {
    for (size_t i = 0; i < n; i++)
        if (!is_digit(p[i]))
            return false;
    return true;
}

/* The check digit of n characters; the weights 2, 3, ... from the right start again after `highest`. */
static char check_digit(const char *p, size_t n, int highest) {
    int sum = 0, weight = 2;
    for (size_t i = n; i-- > 0;) {
        sum += (p[i] - '0') * weight;
        weight = weight == highest ? 2 : weight + 1;
    }
    int rest = sum % 11;
    return rest < 2 ? '0' : (char)('0' + (11 - rest));
}

bool taxid_check_digits(struct str base, char out[2]) {
    if (base.n != CPF_BASE && base.n != CNPJ_BASE)
        return false;
    for (size_t i = 0; i < base.n; i++)
        if (!is_digit(base.p[i]) && !(base.n == CNPJ_BASE && is_upper(base.p[i])))
            return false;
    char text[CNPJ_BASE + 1];
    memcpy(text, base.p, base.n);
    int highest = base.n == CPF_BASE ? CPF_BASE + 2 : 9;
    out[0] = check_digit(text, base.n, highest);
    text[base.n] = out[0];
    out[1] = check_digit(text, base.n + 1, highest);
    return true;
}

static bool digits_fit(const char *p, size_t n) {
    char check[2];
    if (!taxid_check_digits((struct str){p, n - 2}, check) || check[0] != p[n - 2] || check[1] != p[n - 1])
        return false;
    for (size_t i = 1; i < n; i++)
        if (p[i] != p[0])
            return true;
    return false; /* 111.111.111-11 fits its digits and was never given to anybody */
}

/* What is left of a text without the marks people write between the characters, in upper case; more than CNPJ_SIZE
 * characters, or any other mark, is no number of ours: 0. *loose: blanks inside, as between the words of a name. */
static size_t squeeze(struct str s, char out[CNPJ_SIZE], bool *loose) {
    size_t n = 0;
    *loose = false;
    for (size_t i = 0; i < s.n; i++) {
        char c = s.p[i];
        if (c == ' ')
            *loose = true;
        if (c == '.' || c == '-' || c == '/' || c == ' ')
            continue;
        if (c >= 'a' && c <= 'z')
            c = (char)(c - ('a' - 'A'));
        if ((!is_digit(c) && !is_upper(c)) || n == CNPJ_SIZE)
            return 0;
        out[n++] = c;
    }
    return n;
}

/* The text without what programs put around a number: an apostrophe before it, ".0" behind it. */
static struct str unwrap(struct str s) {
    s = str_trim(s);
    if (s.n > 1 && s.p[0] == '\'')
        s = (struct str){s.p + 1, s.n - 1};
    if (s.n > 2 && str_ends(s, S(".0")) && all_digits(s.p, s.n - 2))
        s.n -= 2;
    return s;
}

static struct taxid taxid_of(enum taxid_kind kind, bool valid, const char *zeros, size_t zeros_n, const char *p,
                             size_t n) {
    struct taxid id = {.kind = kind, .valid = valid, .n = zeros_n + n};
    memcpy(id.text, zeros, zeros_n);
    memcpy(id.text + zeros_n, p, n);
    return id;
}

/* Digits that a spreadsheet took the leading zeros from; false when the padded number does not fit. */
static bool taxid_pad(const char *p, size_t n, struct taxid *out) {
    static const char zeros[] = "000";
    size_t size = n <= CPF_SIZE ? CPF_SIZE : CNPJ_SIZE;
    enum taxid_kind kind = n <= CPF_SIZE ? TAXID_CPF : TAXID_CNPJ;
    struct taxid id = taxid_of(kind, true, zeros, size - n, p, n);
    if (!digits_fit(id.text, id.n))
        return false;
    *out = id;
    return true;
}

static struct taxid taxid_other(struct str s) {
    size_t n = s.n;
    if (n > TAXID_TEXT - 1) {
        n = TAXID_TEXT - 1;
        while (n > 0 && ((unsigned char)s.p[n] & 0xC0) == 0x80)
            n--; /* not inside a character */
    }
    /* The cut may leave a blank at the end, and blanks are no part of the text. */
    struct str kept = str_trim((struct str){s.p, n});
    return taxid_of(kept.n > 0 ? TAXID_OTHER : TAXID_NONE, false, "", 0, kept.p, kept.n);
}

struct taxid taxid_read(struct str s) {
    struct str bare = unwrap(s);
    if (bare.n == 0)
        return (struct taxid){0};
    char p[CNPJ_SIZE];
    bool loose;
    size_t n = squeeze(bare, p, &loose);
    struct taxid padded;
    if (n == CNPJ_SIZE && all_digits(p + CNPJ_BASE, 2)) {
        bool fits = digits_fit(p, n);
        if (fits || all_digits(p, n) || !loose)
            return taxid_of(TAXID_CNPJ, fits, "", 0, p, n);
    } else if (n > 0 && all_digits(p, n)) {
        if (n == CPF_SIZE)
            return taxid_of(TAXID_CPF, digits_fit(p, n), "", 0, p, n);
        if (n >= CPF_BASE && taxid_pad(p, n, &padded))
            return padded;
    }
    return taxid_other(str_trim(s));
}

size_t taxid_pretty(struct str normal, char out[TAXID_TEXT]) {
    bool cpf = normal.n == CPF_SIZE && all_digits(normal.p, normal.n);
    bool cnpj = normal.n == CNPJ_SIZE && all_digits(normal.p + CNPJ_BASE, 2);
    const char *form = cpf ? "###.###.###-##" : cnpj ? "##.###.###/####-##" : NULL;
    size_t n = 0;
    if (form == NULL) {
        n = normal.n < TAXID_TEXT ? normal.n : TAXID_TEXT - 1;
        if (n > 0)
            memcpy(out, normal.p, n);
    } else {
        for (size_t taken = 0; form[n] != '\0'; n++)
            out[n] = form[n] == '#' ? normal.p[taken++] : form[n];
    }
    out[n] = '\0';
    return n;
}
