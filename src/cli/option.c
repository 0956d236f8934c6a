// SPDX-License-Identifier: Apache-2.0
/* option -- see option.h. Two passes: words first, then values, because --lang decides how a date is read.
 *
 * It must not know any command: all names come from the tables it is given.
 */
#include "cli/option.h"

#include "base/decimal.h"

const struct option_def *option_find(const struct option_tables *tables, struct str name) {
    for (size_t t = 0; t < OPTION_TABLES && tables->table[t] != NULL; t++) {
        for (const struct option_def *def = tables->table[t]; def->kind != OPTION_END; def++) {
            if (str_equal(str_from(def->name), name))
                return def;
        }
    }
    return NULL;
}

/* -- words ------------------------------------------------------------------------------------------------------- */

static bool unknown_option(struct cx *cx, const struct option_tables *tables, struct str dashed, struct str name) {
    struct str names[128];
    size_t n = 0;
    for (size_t t = 0; t < OPTION_TABLES && tables->table[t] != NULL; t++) {
        for (const struct option_def *def = tables->table[t]; def->kind != OPTION_END && n < 128; def++)
            names[n++] = str_from(def->name);
    }
    struct str meant = nearest(name, names, n);
    if (meant.n > 0)
        return cx_fail(cx, ERR_USAGE, S("cli.unknown_option_near"), dashed, cx_text(cx, "--%.*s", STR_ARG(meant)));
    return cx_fail(cx, ERR_USAGE, S("cli.unknown_option"), dashed);
}

static bool take_option(struct cx *cx, const struct option_tables *tables, char **argv, size_t n, size_t *at,
                        struct options *out) {
    struct str whole = str_from(argv[*at]);
    struct str name, value = {0};
    bool joined = str_cut((struct str){whole.p + 2, whole.n - 2}, '=', &name, &value);
    struct str dashed = {whole.p, name.n + 2};
    if (str_equal(name, S("help"))) {
        out->help = true;
        return true;
    }
    const struct option_def *def = option_find(tables, name);
    if (def == NULL)
        return unknown_option(cx, tables, dashed, name);
    if (def->kind == OPTION_FLAG && joined)
        return cx_fail(cx, ERR_USAGE, S("cli.flag_with_value"), dashed);
    if (def->kind != OPTION_FLAG && !joined) {
        if (*at + 1 >= n || str_starts(str_from(argv[*at + 1]), S("--")))
            return cx_fail(cx, ERR_USAGE, S("cli.no_value"), dashed, str_from(def->value));
        value = str_from(argv[++*at]);
    }
    out->given[out->n++] = (struct option_given){.def = def, .text = value, .day = DAY_NONE};
    return true;
}

bool options_parse(struct cx *cx, const struct option_tables *tables, char **argv, size_t n, struct options *out) {
    *out = (struct options){.given = arena_new(cx->arena, struct option_given, n + 1),
                            .word = arena_new(cx->arena, struct str, n + 1)};
    bool ended = false;
    for (size_t at = 0; at < n; at++) {
        struct str word = str_from(argv[at]);
        if (!ended && str_equal(word, S("--"))) {
            ended = true;
        } else if (!ended && str_starts(word, S("--"))) {
            if (!take_option(cx, tables, argv, n, &at, out))
                return false;
        } else if (!ended && str_equal(word, S("-h"))) {
            out->help = true;
        } else if (!ended && word.n > 1 && word.p[0] == '-') {
            return cx_fail(cx, ERR_USAGE, S("cli.unknown_short"), word);
        } else {
            out->word[out->words++] = word;
        }
    }
    return true;
}

/* -- values ------------------------------------------------------------------------------------------------------ */

/* A day as a person types it: ISO always, day/month/year in Portuguese. */
static bool day_read(enum lang lang, struct str text, struct day *out) {
    return date_read(text, lang == LANG_PT_BR ? DATE_ORDER_DMY : DATE_ORDER_UNKNOWN, out, NULL) == DATE_READ_OK;
}

static bool read_choice(struct cx *cx, struct str dashed, const struct option_given *given) {
    struct str rest = str_from(given->def->choices), word;
    struct str words[64];
    size_t n = 0;
    while (rest.n > 0 && n < 64) {
        str_cut(rest, ' ', &word, &rest);
        if (str_equal(word, given->text))
            return true;
        words[n++] = word;
    }
    struct str meant = nearest(given->text, words, n);
    if (meant.n > 0)
        return cx_fail(cx, ERR_USAGE, S("cli.unknown_choice_near"), dashed, given->text, meant);
    return cx_fail(cx, ERR_USAGE, S("cli.unknown_choice"), dashed, given->text, str_from(given->def->choices));
}

static bool read_number(struct cx *cx, struct str dashed, struct option_given *given) {
    struct str text = given->text;
    int64_t v = 0;
    bool good = text.n > 0 && text.n <= 15;
    for (size_t i = 0; good && i < text.n; i++) {
        good = text.p[i] >= '0' && text.p[i] <= '9';
        v = v * 10 + (text.p[i] - '0');
    }
    if (!good)
        return cx_fail(cx, ERR_USAGE, S("cli.not_a_number"), dashed, text);
    given->number = v;
    return true;
}

static bool read_money(struct cx *cx, enum lang lang, struct str dashed, struct option_given *given) {
    /* 1000.50 has one reading in any language; 1.000 is the language's. */
    enum decimal_mark mark = lang == LANG_PT_BR ? DECIMAL_COMMA : DECIMAL_POINT;
    if (decimal_read(given->text, DECIMAL_UNKNOWN, 2, &given->number, NULL) == DECIMAL_OK ||
        decimal_read(given->text, mark, 2, &given->number, NULL) == DECIMAL_OK)
        return true;
    return cx_fail(cx, ERR_USAGE, S("cli.not_money"), dashed, given->text);
}

static bool read_value(struct cx *cx, enum lang lang, struct option_given *given) {
    struct str dashed = cx_text(cx, "--%s", given->def->name);
    switch (given->def->kind) {
    case OPTION_NUMBER:
        return read_number(cx, dashed, given);
    case OPTION_MONEY:
        return read_money(cx, lang, dashed, given);
    case OPTION_DAY:
        return day_read(lang, given->text, &given->day) ||
               cx_fail(cx, ERR_USAGE, S("cli.not_a_day"), dashed, given->text);
    case OPTION_CHOICE:
        return read_choice(cx, dashed, given);
    case OPTION_TEXT:
        return given->text.n > 0 || cx_fail(cx, ERR_USAGE, S("cli.no_value"), dashed, str_from(given->def->value));
    case OPTION_END:
    case OPTION_FLAG:
        break;
    }
    return true;
}

bool options_read(struct cx *cx, enum lang lang, struct options *options) {
    for (size_t i = 0; i < options->n; i++) {
        if (!read_value(cx, lang, &options->given[i]))
            return false;
    }
    return true;
}

/* -- asking ------------------------------------------------------------------------------------------------------ */

const struct option_given *option_last(const struct options *options, const char *name) {
    for (size_t i = options->n; i > 0; i--) {
        if (str_equal(str_from(options->given[i - 1].def->name), str_from(name)))
            return &options->given[i - 1];
    }
    return NULL;
}

bool option_flag(const struct options *options, const char *name) {
    return option_last(options, name) != NULL;
}

struct str option_text(const struct options *options, const char *name) {
    const struct option_given *given = option_last(options, name);
    return given != NULL ? given->text : (struct str){0};
}

int64_t option_number(const struct options *options, const char *name, int64_t otherwise) {
    const struct option_given *given = option_last(options, name);
    return given != NULL ? given->number : otherwise;
}
