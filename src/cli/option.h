// SPDX-License-Identifier: Apache-2.0
/* option -- the words of a command line by the table of the command they are for.
 *
 * Long options stand anywhere among the other words, as `--name value` or `--name=value`; `--` ends them; a value may
 * begin with one dash (`--sort -value_12m`) but not with two. Of the short ones there is only -h. An option given
 * twice: the last counts, unless the command asks for all. Every fault is ERR_USAGE and names what was meant.
 */
#ifndef REATIVA_CLI_OPTION_H
#define REATIVA_CLI_OPTION_H

#include "base/catalog.h"
#include "base/cx.h"
#include "base/day.h"

enum option_kind {
    OPTION_END = 0, /* ends a table */
    OPTION_FLAG,
    OPTION_TEXT,
    OPTION_NUMBER, /* a whole number, 0 or more */
    OPTION_MONEY,  /* minor units */
    OPTION_DAY,
    OPTION_CHOICE /* one of `choices` */
};

struct option_def {
    enum option_kind kind;
    const char *name;    /* without the dashes */
    const char *value;   /* its name in help: "DATE"; NULL for a flag */
    const char *help;    /* catalog key */
    const char *choices; /* words with one blank between, for OPTION_CHOICE and completion; NULL: none */
};

struct option_given {
    const struct option_def *def;
    struct str text;
    int64_t number; /* NUMBER, MONEY */
    struct day day; /* DAY */
};

struct options {
    struct option_given *given; /* in order */
    size_t n;
    struct str *word; /* the other words, in order */
    size_t words;
    bool help; /* -h or --help was among them */
};

enum { OPTION_TABLES = 6 };
/* The tables of one command, those shared with others first; NULL ends them. */
struct option_tables {
    const struct option_def *table[OPTION_TABLES];
};

/* option_find -- NULL when no table has it. */
const struct option_def *option_find(const struct option_tables *tables, struct str name);

/* options_parse -- argv[n] without the program's name. Values are taken as they stand; options_read looks at them. */
bool options_parse(struct cx *cx, const struct option_tables *tables, char **argv, size_t n, struct options *out);
/* options_read -- turn the values into what their kinds say; days and decimals by the language or in neutral form. */
bool options_read(struct cx *cx, enum lang lang, struct options *options);

/* option_last -- the last one given of that name, or NULL. */
const struct option_given *option_last(const struct options *options, const char *name);
bool option_flag(const struct options *options, const char *name);
struct str option_text(const struct options *options, const char *name); /* empty when not given */
int64_t option_number(const struct options *options, const char *name, int64_t otherwise);

/* nearest -- which of the n words is most like this one, or the empty str when none is near enough to be meant. */
struct str nearest(struct str word, const struct str *words, size_t n);

#endif
