// SPDX-License-Identifier: Apache-2.0
/* address -- see the header. Must not judge whether anybody answers there.
 *
 * The hash is 64 bits of keyed BLAKE2b: enough that of a million customers and five million blocked numbers not one is taken for
 * another (one chance in some million), and half of what a longer one would take in the index of a block list.
 */
#include "core/address.h"

#include <string.h>

#include "base/secret.h"
#include "core/taxid.h"

enum { DIGITS_LEAST = 6, DIGITS_MOST = 20, AREA = 2, LAND = 8, MOBILE = 9, CARRIER = 2 };
enum { DIALLED_LEAST = 7, DIALLED_MOST = 15 /* digits with the country's, ITU-T E.164 */ };

static const char *const names[ADDRESS_KINDS] = {"none", "phone", "email", "tax_id"};

const char *address_kind_name(enum address_kind kind) {
    return names[kind];
}

bool address_kind_parse(struct str name, enum address_kind *out) {
    for (int kind = ADDRESS_PHONE; kind < ADDRESS_KINDS; kind++)
        if (str_equal(name, str_from(names[kind]))) {
            *out = (enum address_kind)kind;
            return true;
        }
    return false;
}

static void put(struct address *out, const char *p, size_t n) {
    size_t room = sizeof out->text - out->n;
    n = n < room ? n : room;
    memcpy(out->text + out->n, p, n);
    out->n += n;
}

/* ---- phones ---- */

static bool area_code(const char *p) {
    return p[0] >= '1' && p[0] <= '9' && p[1] >= '1' && p[1] <= '9';
}

/* Area code and number, 10 or 11 digits. */
static bool national(const char *p, size_t n) {
    return (n == AREA + LAND && area_code(p)) || (n == AREA + MOBILE && area_code(p) && p[AREA] == '9');
}

static void brazilian(struct address *out, const char *p, size_t n) {
    bool short_mobile = n == AREA + LAND && p[AREA] >= '6';
    put(out, "+55", 3);
    put(out, p, AREA);
    if (short_mobile)
        put(out, "9", 1);
    put(out, p + AREA, n - AREA);
}

static size_t digits_of(struct str text, char out[DIGITS_MOST]) {
    size_t n = 0;
    for (size_t i = 0; i < text.n && n < DIGITS_MOST; i++)
        if (text.p[i] >= '0' && text.p[i] <= '9')
            out[n++] = text.p[i];
    return n;
}

bool address_phone(struct str text, struct address *out) {
    char digits[DIGITS_MOST];
    const char *p = digits;
    text = str_trim(text);
    size_t n = digits_of(text, digits);
    bool abroad = text.n > 0 && text.p[0] == '+';
    *out = (struct address){.kind = ADDRESS_PHONE};
    if (n < DIGITS_LEAST)
        return false;
    if (!abroad && n > 2 && p[0] == '0' && p[1] == '0') {
        abroad = true;
        p += 2;
        n -= 2;
    }
    bool trunk = !abroad && p[0] == '0';
    if (trunk) {
        p++;
        n--;
    }
    if (trunk && n > CARRIER && national(p + CARRIER, n - CARRIER)) { /* 0 15 11 98765-4321 */
        p += CARRIER;
        n -= CARRIER;
    }
    if (n > 2 && p[0] == '5' && p[1] == '5' && national(p + 2, n - 2)) {
        p += 2;
        n -= 2;
        abroad = false;
    }
    if (!abroad && national(p, n)) {
        brazilian(out, p, n);
        return true;
    }
    if (abroad)
        put(out, "+", 1);
    else if (trunk)
        put(out, "0", 1);
    put(out, p, n);
    return true;
}

bool address_dials(const struct address *phone) {
    return phone->n > DIALLED_LEAST && phone->n <= DIALLED_MOST + 1 && phone->text[0] == '+';
}

bool address_landline(const struct address *phone) {
    return phone->n == 3 + AREA + LAND && memcmp(phone->text, "+55", 3) == 0;
}

/* ---- the others ---- */

bool address_email(struct str text, struct address *out) {
    const char *open = text.n > 0 ? memchr(text.p, '<', text.n) : NULL;
    if (open != NULL) {
        text = (struct str){open + 1, text.n - (size_t)(open + 1 - text.p)};
        const char *end = memchr(text.p, '>', text.n);
        text.n = end != NULL ? (size_t)(end - text.p) : text.n;
    }
    text = str_trim(text);
    *out = (struct address){.kind = ADDRESS_EMAIL};
    const char *at = text.n > 0 ? memchr(text.p, '@', text.n) : NULL;
    if (text.n > ADDRESS_TEXT || at == NULL || at == text.p || at == text.p + text.n - 1)
        return false;
    put(out, text.p, text.n);
    for (size_t i = 0; i < out->n; i++)
        if (out->text[i] >= 'A' && out->text[i] <= 'Z')
            out->text[i] = (char)(out->text[i] - 'A' + 'a');
    return true;
}

bool address_tax_id(struct str text, struct address *out) {
    struct taxid id = taxid_read(str_trim(text));
    *out = (struct address){.kind = ADDRESS_TAX_ID};
    put(out, id.text, id.n);
    return id.n > 0;
}

bool address_read(struct str text, struct address *out) {
    struct taxid id = taxid_read(str_trim(text));
    bool written_as_id = id.valid && (memchr(text.p, '.', text.n) != NULL || id.kind == TAXID_CNPJ);
    bool starts_as_phone = text.n > 0 && (str_trim(text).p[0] == '+' || str_trim(text).p[0] == '(');
    if (text.n > 0 && memchr(text.p, '@', text.n) != NULL)
        return address_email(text, out);
    if (text.n > 0 && written_as_id && !starts_as_phone)
        return address_tax_id(text, out);
    char digits[DIGITS_MOST];
    size_t n = digits_of(text, digits), letters = 0;
    for (size_t i = 0; i < text.n; i++)
        letters += (text.p[i] | 0x20) >= 'a' && (text.p[i] | 0x20) <= 'z';
    if (letters == 0 && id.valid && id.kind == TAXID_CPF &&
        n == str_trim(text).n) /* bare digits: a phone in a hundred is a CPF too */
        return !national(digits, n) && address_tax_id(text, out);
    return letters == 0 && address_phone(text, out);
}

static bool parts(enum address_kind kind, char c) {
    if (c == ';' || c == ',' || c == '|' || c == '\n')
        return true;
    return kind == ADDRESS_PHONE &&
           (c == '/' || c == '\\' || (c | 0x20) == 'e' || (c | 0x20) == 'o' || (c | 0x20) == 'r');
}

size_t address_each(enum address_kind kind, struct str text, struct address out[ADDRESS_EACH]) {
    size_t n = 0, from = 0;
    if (text.n == 0)
        return 0;
    if (kind == ADDRESS_TAX_ID)
        return address_tax_id(text, &out[0]) ? 1 : 0;
    for (size_t i = 0; i <= text.n && n < ADDRESS_EACH; i++) {
        if (i < text.n && !parts(kind, text.p[i]))
            continue;
        struct str piece = {text.p + from, i - from};
        from = i + 1;
        n += kind == ADDRESS_EMAIL ? address_email(piece, &out[n]) : address_phone(piece, &out[n]);
    }
    return n;
}

int64_t address_hash(const unsigned char key[ADDRESS_KEY], const struct address *address) {
    char text[ADDRESS_TEXT + 1];
    text[0] = (char)('0' + address->kind);
    memcpy(text + 1, address->text, address->n);
    return secret_keyed(key, (struct str){text, address->n + 1});
}
