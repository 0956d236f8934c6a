// SPDX-License-Identifier: Apache-2.0
/* backtest_rules.c -- the candidates of a backtest as words, and the usual ones.
 *
 * Invariant: the name of a candidate is read back to it, in both languages.
 */
#include "app/backtest.h"
#include "base/buf.h"
#include "base/decimal.h"
#include "base/limits.h"

/* The order is that of preference among equals: what the program says by itself, then the rules in force, then the simple
 * before the involved. pggg is left out: it takes minutes. */
static const char usual[] =
    "probability; policy; days 30; days 60; days 90; days 120; days 180; cycle 1.5; cycle 2; cycle 2.5; cycle 3; "
    "mean gap 2; longest silent; nbd; bgnbd; mbgnbd; bgcnbd; mbgcnbd; mixk; pnbd; stack";

enum { E4 = 10000, TIMES_MOST_E4 = 100 * E4, TIMES_PLACES = 4, RULE_WORDS = 2 };

/* Written as in the first of each language; without accents and in small letters when compared. */
static const char *const words_probability[] = {"probability", "probabilidade", "auto"};
static const char *const words_policy[] = {"policy", "regra em vigor", "rule in force"};
static const char *const words_silent[] = {"longest silent", "mais tempo sem comprar", "longest silent first"};
static const char *const words_gap[] = {"mean gap", "intervalo médio"};
static const char *const words_rule[] = {"days", "dias", "cycle", "ciclo"};
static const char *const words_chance[] = {"probability", "probabilidade"}; /* a rule when something follows */
static const char word_stack[] = "stack";

#define WORDS(list) (list), sizeof(list) / sizeof *(list)

static bool one_of(struct cx *cx, struct str folded, const char *const *word, size_t n) {
    for (size_t i = 0; i < n; i++)
        if (str_equal(folded, str_fold(cx->arena, str_from(word[i]))))
            return true;
    return false;
}

/* The words before the number that follows them; false: it begins with other words. */
static bool cut_gap(struct cx *cx, struct str folded, struct str *number) {
    for (size_t i = 0; i < sizeof words_gap / sizeof *words_gap; i++) {
        struct str word = str_fold(cx->arena, str_from(words_gap[i]));
        if (str_starts(folded, word)) {
            *number = str_trim((struct str){folded.p + word.n, folded.n - word.n});
            return true;
        }
    }
    return false;
}

static bool read_gap(struct cx *cx, struct str text, struct str number, struct backtest_candidate *out) {
    int64_t times = 0;
    struct buf point;
    buf_init(&point, cx->arena, 0);
    for (size_t i = 0; i < number.n; i++)
        buf_char(&point, number.p[i] == ',' ? '.' : number.p[i]);
    if (decimal_read(buf_str(&point), DECIMAL_POINT, TIMES_PLACES, &times, NULL) != DECIMAL_OK || times < 1 ||
        times > TIMES_MOST_E4)
        return cx_fail(cx, ERR_INVALID, S("backtest.expected_times"), text);
    *out = (struct backtest_candidate){.kind = BACKTEST_MEAN_GAP, .times_e4 = times};
    return true;
}

static bool is_rule(struct cx *cx, struct str folded) {
    struct str first, rest;
    str_cut(folded, ' ', &first, &rest);
    return one_of(cx, first, WORDS(words_rule)) || (rest.n > 0 && one_of(cx, first, WORDS(words_chance)));
}

static bool read_one(struct cx *cx, struct str text, struct backtest_candidate *out) {
    struct str folded = str_fold(cx->arena, text), number;
    const struct model_def *model = model_named(folded.p, folded.n);
    if (is_rule(cx, folded)) {
        *out = (struct backtest_candidate){.kind = BACKTEST_RULE};
        return policy_rule_parse(cx, text, &out->due);
    }
    if (cut_gap(cx, folded, &number))
        return read_gap(cx, text, number, out);
    if (one_of(cx, folded, WORDS(words_probability)))
        *out = (struct backtest_candidate){.kind = BACKTEST_FORECAST, .automatic = true};
    else if (one_of(cx, folded, WORDS(words_policy)))
        *out = (struct backtest_candidate){.kind = BACKTEST_POLICY};
    else if (one_of(cx, folded, WORDS(words_silent)))
        *out = (struct backtest_candidate){.kind = BACKTEST_SILENT};
    else if (str_equal(folded, str_from(word_stack)))
        *out = (struct backtest_candidate){.kind = BACKTEST_FORECAST, .method = FORECAST_STACK};
    else if (model && model->kind != MODEL_GAMMAGAMMA)
        *out = (struct backtest_candidate){.kind = BACKTEST_MODEL, .model = model->kind};
    else
        return cx_fail(cx, ERR_INVALID, S("backtest.unknown_rule"), text);
    return true;
}

bool backtest_rules_parse(struct cx *cx, struct str text, struct backtest_candidate *out, size_t *n) {
    struct str rest = str_trim(text).n > 0 ? text : str_from(usual), one;
    *n = 0;
    while (rest.n > 0) {
        str_cut(rest, ';', &one, &rest);
        one = str_trim(one);
        if (one.n == 0)
            continue;
        struct backtest_candidate candidate;
        if (!read_one(cx, one, &candidate))
            return false;
        bool known = false;
        for (size_t i = 0; i < *n; i++)
            known = known || backtest_candidate_equal(&out[i], &candidate);
        if (known)
            continue;
        if (*n == LIMIT_BACKTEST_RULES)
            return cx_fail(cx, ERR_LIMIT, S("backtest.too_many_rules"), cx_text(cx, "%d", LIMIT_BACKTEST_RULES));
        out[(*n)++] = candidate;
    }
    return *n > 0 || cx_fail(cx, ERR_INVALID, S("backtest.no_rules"));
}

/* The first two words of a rule where the rest is what they mean anyway. */
static struct str rule_name(struct cx *cx, enum lang lang, const struct due_rule *due) {
    struct str said = policy_rule_said(cx->arena, lang, due);
    size_t end = 0;
    for (size_t blanks = 0; end < said.n; end++)
        if (said.p[end] == ' ' && ++blanks == RULE_WORDS)
            break;
    struct str start = {said.p, end};
    struct backtest_candidate whole = {.kind = BACKTEST_RULE, .due = *due}, part = {.kind = BACKTEST_RULE};
    return policy_rule_parse(cx, start, &part.due) && backtest_candidate_equal(&whole, &part) ? start : said;
}

struct str backtest_name(struct cx *cx, enum lang lang, const struct backtest_candidate *candidate) {
    size_t in = lang == LANG_PT_BR ? 1 : 0;
    char number[32];
    struct buf buf;
    switch (candidate->kind) {
    case BACKTEST_POLICY:
        return str_from(words_policy[in]);
    case BACKTEST_RULE:
        return rule_name(cx, lang, &candidate->due);
    case BACKTEST_MEAN_GAP:
        buf_init(&buf, cx->arena, 0);
        buf_printf(&buf, "%s ", words_gap[in]);
        for (size_t i = 0, n = decimal_write(candidate->times_e4, TIMES_PLACES, 0, number); i < n; i++)
            buf_char(&buf, number[i] == '.' && lang == LANG_PT_BR ? ',' : number[i]);
        return buf_str(&buf);
    case BACKTEST_SILENT:
        return str_from(words_silent[in]);
    case BACKTEST_MODEL:
        return str_from(model_of(candidate->model)->name);
    case BACKTEST_FORECAST:
        break;
    }
    return candidate->automatic ? str_from(words_probability[in]) : str_from(forecast_method_name(candidate->method));
}
