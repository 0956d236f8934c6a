// SPDX-License-Identifier: Apache-2.0
/* show -- what the two files of the `show` command share: show.c has the head, the picture and the facts; show_parts.c
 * the tables below them, and the whole as JSON. */
#ifndef REATIVA_CLI_SHOW_H
#define REATIVA_CLI_SHOW_H

#include "app/sheet.h"
#include "cli/customers.h"
#include "cli/strip.h"
#include "core/why.h"

struct show {
    struct cli *cli;
    FILE *to;
    const struct sheet *sheet;
};

bool show_tables(const struct show *show);
bool show_json(const struct show *show);

#endif
