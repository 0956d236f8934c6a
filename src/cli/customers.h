// SPDX-License-Identifier: Apache-2.0
/* customers -- filters, order and columns of a list of customers: what `list` and `export` share. */
#ifndef REATIVA_CLI_CUSTOMERS_H
#define REATIVA_CLI_CUSTOMERS_H

#include "app/list.h"
#include "cli/out.h"
#include "core/policy.h"

enum { CUSTOMERS_LIMIT = 50 };

extern const struct option_def customers_options[];

struct customers_wish {
    struct list_request request;
    enum column column[COLUMN_COUNT];
    size_t columns;
};

/* customers_read -- from the options; without --limit, `limit`. Faults are wrong usage. */
bool customers_read(struct cli *cli, int64_t limit, struct customers_wish *out);
/* customers_write -- the rows, and in a table the totals. */
bool customers_write(struct cli *cli, const struct customers_wish *wish, FILE *to, enum cli_format format,
                     struct list_answer *out);

/* customers_read_columns -- those of --columns; customers_choose_columns -- when there are none, the usual ones of the format. */
bool customers_read_columns(struct cli *cli, struct customers_wish *out);
void customers_choose_columns(const struct cli *cli, enum cli_format format, bool foretold,
                              struct customers_wish *wish);

/* customers_show_chances -- does a table of these hold what a model says? */
bool customers_show_chances(const struct cli *cli, const struct customers_wish *wish);

/* customers_column -- how a column of core/column.h is shown; customers_cell -- its value for one customer. */
struct out_column customers_column(const struct cli *cli, enum column column);
struct out_cell customers_cell(const struct cli *cli, const struct customer *customer, enum column column);

/* cli_word -- a stable name ("at_risk") as a word of the language; group: the catalog's noun, "status", "rfm", "cli_kind". */
struct str cli_word(const struct cli *cli, const char *group, struct str name);
/* cli_rule -- a rule of inactivity: in tables and sentences in the words of the language, else the canonical text. */
struct str cli_rule(const struct cli *cli, const struct due_rule *due);
enum out_colour cli_status_colour(enum status status);

#endif
