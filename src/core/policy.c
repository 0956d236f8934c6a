// SPDX-License-Identifier: Apache-2.0
/* policy -- rules of inactivity: written, read, and the one that decides for a customer.
 *
 * A rule is read word by word; every fault names the character where it was found, the rule itself and what was
 * expected there. Nothing here knows today's date or a customer's purchases. Invariant: policy_rule_text of a rule that
 * was read is read back to the same rule, number for number.
 */
#include "core/policy.h"

#include "base/buf.h"
#include "base/decimal.h"

enum {
    DAYS_MAX = 3650,
    FACTOR_MIN_E4 = 1000,    /* 0.1 */
    FACTOR_MAX_E4 = 1000000, /* 100 */
    FACTOR_PLACES = 4,
    CHANCE_MIN_E4 = 100,  /* 0.01 */
    CHANCE_MAX_E4 = 9900, /* 0.99 */
    CHANCE_STEP_E4 = 2000,
    CHANCE_WHOLE_E4 = 10000,
    RULE_TEXT = 200
};

/* The words of rules: the canonical English one, the Portuguese one, and what else is understood. */
enum rule_word { WORD_DAYS, WORD_CYCLE, WORD_PROBABILITY, WORD_AT_RISK, WORD_BETWEEN, WORD_AND, WORD_LOST, WORD_COUNT };
static const char *const rule_words[WORD_COUNT][6] = {
    [WORD_DAYS] = {"days", "dias"},
    [WORD_CYCLE] = {"cycle", "ciclo"},
    [WORD_PROBABILITY] = {"probability", "probabilidade"},
    [WORD_AT_RISK] = {"at-risk", "em-risco", "pre-inativo", "pré-inativo"},
    [WORD_BETWEEN] = {"between", "entre"},
    [WORD_AND] = {"and", "e"},
    [WORD_LOST] = {"lost", "perdido"},
};

/* Reads words and numbers from left to right; `at` is where the word begins that was looked at last. */
struct reader {
    struct cx *cx;
    struct str text;
    size_t next, at;
    struct str word; /* empty at the end */
};

static bool is_blank(char c) {
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

static void reader_look(struct reader *r) {
    while (r->next < r->text.n && is_blank(r->text.p[r->next]))
        r->next++;
    r->at = r->next;
    size_t end = r->at;
    while (end < r->text.n && !is_blank(r->text.p[end]))
        end++;
    r->word = (struct str){r->text.p + r->at, end - r->at};
}

static void reader_take(struct reader *r) {
    r->next = r->at + r->word.n;
    reader_look(r);
}

static bool reader_fail(struct reader *r, struct str key) {
    size_t character = 1;
    for (size_t i = 0; i < r->at; i++)
        character += ((unsigned char)r->text.p[i] & 0xC0) != 0x80;
    return cx_fail(r->cx, ERR_INVALID, key, cx_text(r->cx, "%zu", character), r->text);
}

static bool word_equal(struct str typed, const char *word) {
    struct str w = str_from(word);
    if (typed.n != w.n)
        return false;
    for (size_t i = 0; i < w.n; i++) {
        char c = typed.p[i];
        if (c >= 'A' && c <= 'Z')
            c = (char)(c + ('a' - 'A'));
        if (c == '_')
            c = '-';
        if (c != w.p[i])
            return false;
    }
    return true;
}

static bool reader_word(struct reader *r, enum rule_word word) {
    for (size_t i = 0; i < sizeof rule_words[word] / sizeof *rule_words[word] && rule_words[word][i] != NULL; i++)
        if (word_equal(r->word, rule_words[word][i])) {
            reader_take(r);
            return true;
        }
    return false;
}

static bool reader_days(struct reader *r, int32_t *out) {
    int32_t v = 0;
    for (size_t i = 0; i < r->word.n; i++) {
        char c = r->word.p[i];
        if (c < '0' || c > '9' || v > DAYS_MAX)
            return reader_fail(r, S("policy.expected_days"));
        v = v * 10 + (c - '0');
    }
    if (v < 1 || v > DAYS_MAX)
        return reader_fail(r, S("policy.expected_days"));
    *out = v;
    return true;
}

/* 2.5 or 2,5: digits, then at most so many decimals; exact, or refused. In 10^-places. */
static bool number_exact(struct str text, int most_places, int64_t *out) {
    int64_t v = 0;
    int places = -1; /* -1: no mark yet */
    for (size_t i = 0; i < text.n; i++) {
        char c = text.p[i];
        if ((c == '.' || c == ',') && places < 0 && i > 0) {
            places = 0;
            continue;
        }
        if (c < '0' || c > '9' || places == most_places || v > FACTOR_MAX_E4)
            return false;
        v = v * 10 + (c - '0');
        if (places >= 0)
            places++;
    }
    if (text.n == 0 || places == 0)
        return false;
    for (int i = places < 0 ? 0 : places; i < most_places; i++)
        v *= 10;
    *out = v;
    return true;
}

static bool reader_factor(struct reader *r, int64_t *out) {
    int64_t v = 0;
    if (!number_exact(r->word, FACTOR_PLACES, &v) || v < FACTOR_MIN_E4 || v > FACTOR_MAX_E4)
        return reader_fail(r, S("policy.expected_factor"));
    *out = v;
    return true;
}

/* 0.3 or 30%. */
static bool reader_chance(struct reader *r, int64_t *out) {
    struct str text = r->word;
    int64_t v = 0;
    bool percent = text.n > 0 && text.p[text.n - 1] == '%';
    text.n -= percent;
    if (!number_exact(text, percent ? FACTOR_PLACES - 2 : FACTOR_PLACES, &v) || v < CHANCE_MIN_E4 || v > CHANCE_MAX_E4)
        return reader_fail(r, S("policy.expected_chance"));
    *out = v;
    return true;
}

/* Two thirds of the limit, rounded half up. */
static int32_t at_risk_days_default(int32_t inactive_days) {
    return (4 * inactive_days + 3) / 6;
}

static int64_t at_risk_e4_default(int64_t inactive_e4) {
    int64_t hundredths = (4 * inactive_e4 + 300) / 600;
    int64_t e4 = hundredths * 100;
    return e4 < FACTOR_MIN_E4 ? FACTOR_MIN_E4 : e4;
}

static int64_t at_risk_chance_default(int64_t inactive_e4) {
    int64_t halfway = (CHANCE_WHOLE_E4 - inactive_e4) / 2;
    int64_t at_risk = inactive_e4 + (halfway < CHANCE_STEP_E4 ? halfway : CHANCE_STEP_E4);
    return at_risk < CHANCE_MAX_E4 ? at_risk : CHANCE_MAX_E4;
}

/* Days of silence after which nobody is anything but inactive; of a chance that is lost_days itself. */
static int32_t limit_days(const struct due_rule *due) {
    return due->kind == DUE_DAYS ? due->inactive_days : due->ceiling_days;
}

/* Nobody is lost before being inactive. */
static int32_t lost_default(const struct due_rule *due) {
    return limit_days(due) > POLICY_LOST_DAYS ? limit_days(due) : POLICY_LOST_DAYS;
}

static bool read_kind(struct reader *r, struct due_rule *due) {
    if (reader_word(r, WORD_DAYS)) {
        due->kind = DUE_DAYS;
        if (!reader_days(r, &due->inactive_days))
            return false;
    } else if (reader_word(r, WORD_CYCLE)) {
        due->kind = DUE_CYCLE;
        if (!reader_factor(r, &due->inactive_e4))
            return false;
    } else if (reader_word(r, WORD_PROBABILITY)) {
        due->kind = DUE_PROBABILITY;
        if (!reader_chance(r, &due->inactive_e4))
            return false;
    } else {
        return reader_fail(r, S("policy.expected_kind"));
    }
    reader_take(r);
    return true;
}

static bool read_at_risk(struct reader *r, struct due_rule *due) {
    if (due->kind == DUE_DAYS) {
        if (!reader_days(r, &due->at_risk_days))
            return false;
        if (due->at_risk_days > due->inactive_days)
            return reader_fail(r, S("policy.at_risk_after_inactive"));
    } else if (due->kind == DUE_PROBABILITY) {
        if (!reader_chance(r, &due->at_risk_e4))
            return false;
        if (due->at_risk_e4 < due->inactive_e4)
            return reader_fail(r, S("policy.at_risk_chance_under_inactive"));
    } else {
        if (!reader_factor(r, &due->at_risk_e4))
            return false;
        if (due->at_risk_e4 > due->inactive_e4)
            return reader_fail(r, S("policy.at_risk_after_inactive"));
    }
    reader_take(r);
    return true;
}

static bool read_between(struct reader *r, struct due_rule *due) {
    if (!reader_days(r, &due->floor_days))
        return false;
    reader_take(r);
    if (!reader_word(r, WORD_AND))
        return reader_fail(r, S("policy.expected_and"));
    if (!reader_days(r, &due->ceiling_days))
        return false;
    if (due->ceiling_days < due->floor_days)
        return reader_fail(r, S("policy.bounds_crossed"));
    reader_take(r);
    return true;
}

/* One of `at-risk`, `between`, `lost`, each at most once, in any order. *lost_at: where its number stands. */
static bool read_option(struct reader *r, struct due_rule *due, size_t *lost_at) {
    struct reader before = *r;
    if (reader_word(r, WORD_AT_RISK)) {
        if (due->at_risk_days != 0 || due->at_risk_e4 != 0)
            return reader_fail(&before, S("policy.said_twice"));
        return read_at_risk(r, due);
    }
    if (reader_word(r, WORD_BETWEEN)) {
        if (due->kind != DUE_CYCLE)
            return reader_fail(&before, S("policy.between_needs_cycle"));
        if (due->ceiling_days != 0)
            return reader_fail(&before, S("policy.said_twice"));
        return read_between(r, due);
    }
    if (reader_word(r, WORD_LOST)) {
        if (due->lost_days != 0)
            return reader_fail(&before, S("policy.said_twice"));
        *lost_at = r->at;
        if (!reader_days(r, &due->lost_days))
            return false;
        reader_take(r);
        return true;
    }
    return reader_fail(r, S("policy.expected_option"));
}

static bool fill_defaults(struct reader *r, struct due_rule *due, size_t lost_at) {
    if (due->kind == DUE_DAYS) {
        if (due->at_risk_days == 0)
            due->at_risk_days = at_risk_days_default(due->inactive_days);
    } else if (due->kind == DUE_PROBABILITY) {
        if (due->at_risk_e4 == 0)
            due->at_risk_e4 = at_risk_chance_default(due->inactive_e4);
    } else {
        if (due->at_risk_e4 == 0)
            due->at_risk_e4 = at_risk_e4_default(due->inactive_e4);
        if (due->ceiling_days == 0) {
            due->floor_days = DUE_USUAL_FLOOR_DAYS;
            due->ceiling_days = DUE_USUAL_CEILING_DAYS;
        }
    }
    if (due->lost_days == 0)
        due->lost_days = lost_default(due);
    if (due->lost_days < limit_days(due)) {
        r->at = lost_at;
        return reader_fail(r, S("policy.lost_before_inactive"));
    }
    return true;
}

bool policy_rule_parse(struct cx *cx, struct str text, struct due_rule *out) {
    struct reader r = {.cx = cx, .text = str_trim(text)};
    if (r.text.n > RULE_TEXT)
        return cx_fail(cx, ERR_INVALID, S("policy.too_long"), cx_text(cx, "%d", RULE_TEXT));
    struct due_rule due = {0};
    size_t lost_at = 0;
    reader_look(&r);
    if (!read_kind(&r, &due))
        return false;
    while (r.word.n > 0)
        if (!read_option(&r, &due, &lost_at))
            return false;
    if (!fill_defaults(&r, &due, lost_at))
        return false;
    *out = due;
    return true;
}

static void put_factor(struct buf *buf, enum lang lang, int64_t e4) {
    char text[32];
    size_t n = decimal_write(e4, FACTOR_PLACES, 0, text);
    for (size_t i = 0; i < n; i++)
        buf_char(buf, text[i] == '.' && lang == LANG_PT_BR ? ',' : text[i]);
}

static const char *word_in(enum lang lang, enum rule_word word) {
    return rule_words[word][lang == LANG_PT_BR ? 1 : 0];
}

struct str policy_rule_said(struct arena *arena, enum lang lang, const struct due_rule *due) {
    struct buf buf;
    buf_init(&buf, arena, RULE_TEXT);
    if (due->kind == DUE_DAYS) {
        buf_printf(&buf, "%s %d %s %d", word_in(lang, WORD_DAYS), due->inactive_days, word_in(lang, WORD_AT_RISK),
                   due->at_risk_days);
    } else {
        buf_printf(&buf, "%s ", word_in(lang, due->kind == DUE_CYCLE ? WORD_CYCLE : WORD_PROBABILITY));
        put_factor(&buf, lang, due->inactive_e4);
        buf_printf(&buf, " %s ", word_in(lang, WORD_AT_RISK));
        put_factor(&buf, lang, due->at_risk_e4);
    }
    if (due->kind == DUE_CYCLE) {
        buf_printf(&buf, " %s %d %s %d", word_in(lang, WORD_BETWEEN), due->floor_days, word_in(lang, WORD_AND),
                   due->ceiling_days);
    }
    if (due->lost_days != lost_default(due))
        buf_printf(&buf, " %s %d", word_in(lang, WORD_LOST), due->lost_days);
    return buf_str(&buf);
}

struct str policy_rule_text(struct arena *arena, const struct due_rule *due) {
    return policy_rule_said(arena, LANG_EN, due);
}

struct policy_rule policy_default(void) {
    return (struct policy_rule){.due = {.kind = DUE_CYCLE,
                                        .inactive_e4 = DUE_USUAL_INACTIVE_E4,
                                        .at_risk_e4 = DUE_USUAL_AT_RISK_E4,
                                        .floor_days = DUE_USUAL_FLOOR_DAYS,
                                        .ceiling_days = DUE_USUAL_CEILING_DAYS,
                                        .lost_days = POLICY_LOST_DAYS}};
}

static bool label_fits(struct str wanted, struct str label) {
    return wanted.n == 0 || str_equal(wanted, label);
}

size_t policy_match(const struct policy *policy, const struct policy_scope *customer) {
    for (size_t i = 0; i + 1 < policy->n; i++) {
        const struct policy_scope *s = &policy->rule[i].scope;
        if (label_fits(s->company, customer->company) && label_fits(s->rep, customer->rep) &&
            label_fits(s->segment, customer->segment) && label_fits(s->region, customer->region) &&
            (s->abc == 0 || s->abc == customer->abc))
            return i;
    }
    return policy->n - 1;
}

bool policy_uses_probability(const struct policy *policy) {
    for (size_t i = 0; i < policy->n; i++)
        if (policy->rule[i].due.kind == DUE_PROBABILITY)
            return true;
    return false;
}

bool policy_uses_abc(const struct policy *policy) {
    for (size_t i = 0; i < policy->n; i++)
        if (policy->rule[i].scope.abc != 0)
            return true;
    return false;
}
