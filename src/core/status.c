// SPDX-License-Identifier: Apache-2.0
/* status -- where the as-of date falls among a customer's due dates, and the words for it.
 *
 * Nothing is remembered here: the same dates give the same status. Invariant: a date belongs to the later side
 * (on at_risk_on itself the customer is at risk), as "inactive after N days" demands.
 */
#include "core/status.h"

struct status_word {
    const char *text; /* lower case, '-' between words */
    enum status status;
};

static const char *const status_names[STATUS_COUNT] = {
    [STATUS_PROSPECT] = "prospect", [STATUS_NEW] = "new",   [STATUS_ACTIVE] = "active", [STATUS_AT_RISK] = "at_risk",
    [STATUS_INACTIVE] = "inactive", [STATUS_LOST] = "lost", [STATUS_CLOSED] = "closed",
};

static const struct status_word status_words[] = {
    {"prospecto", STATUS_PROSPECT},  {"novo", STATUS_NEW},
    {"ativo", STATUS_ACTIVE},        {"pré-inativo", STATUS_AT_RISK},
    {"pre-inativo", STATUS_AT_RISK}, {"em-risco", STATUS_AT_RISK},
    {"inativo", STATUS_INACTIVE},    {"perdido", STATUS_LOST},
    {"encerrado", STATUS_CLOSED},
};

enum status status_of(int32_t purchases, const struct due *due, struct day closed_on, struct day as_of) {
    if (day_is(closed_on) && closed_on.n <= as_of.n)
        return STATUS_CLOSED;
    if (purchases < 1)
        return STATUS_PROSPECT;
    if (as_of.n >= due->lost_on.n)
        return STATUS_LOST;
    if (as_of.n >= due->inactive_on.n)
        return STATUS_INACTIVE;
    if (as_of.n >= due->at_risk_on.n)
        return STATUS_AT_RISK;
    return purchases == 1 ? STATUS_NEW : STATUS_ACTIVE;
}

const char *status_name(enum status status) {
    return status_names[status];
}

/* One byte of a typed word as the tables spell it. The capital of a two-byte Latin letter (É) lies 0x20 below the
 * small one in the second byte; nothing longer occurs in our words. */
static char word_byte(struct str s, size_t i) {
    unsigned char c = (unsigned char)s.p[i];
    if (c >= 'A' && c <= 'Z')
        return (char)(c + ('a' - 'A'));
    if (c == '_' || c == ' ')
        return '-';
    if (i > 0 && (unsigned char)s.p[i - 1] == 0xC3 && c >= 0x80 && c <= 0x9E)
        return (char)(c + 0x20);
    return (char)c;
}

static bool word_is(struct str typed, struct str word) {
    if (typed.n != word.n)
        return false;
    for (size_t i = 0; i < typed.n; i++)
        if (word_byte(typed, i) != word_byte(word, i))
            return false;
    return true;
}

static bool status_parse(struct str word, enum status *out) {
    for (int i = 0; i < STATUS_COUNT; i++)
        if (word_is(word, str_from(status_names[i]))) {
            *out = (enum status)i;
            return true;
        }
    for (size_t i = 0; i < sizeof status_words / sizeof *status_words; i++)
        if (word_is(word, str_from(status_words[i].text))) {
            *out = status_words[i].status;
            return true;
        }
    return false;
}

bool status_parse_set(struct str text, uint32_t *set, struct str *bad) {
    uint32_t found = 0;
    bool more = true;
    for (struct str rest = text; more;) {
        struct str head, tail = {0};
        more = str_cut(rest, ',', &head, &tail);
        head = str_trim(head);
        enum status status;
        if (!status_parse(head, &status)) {
            *bad = head;
            return false;
        }
        found |= UINT32_C(1) << status;
        rest = tail;
    }
    *set = found;
    return true;
}
