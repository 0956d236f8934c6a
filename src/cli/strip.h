// SPDX-License-Identifier: Apache-2.0
/* strip -- a customer's last purchases and what is expected next, as one line of marks a terminal can show. */
#ifndef REATIVA_CLI_STRIP_H
#define REATIVA_CLI_STRIP_H

#include "base/arena.h"
#include "base/day.h"
#include "base/str.h"

struct strip_wish {
    const struct day *purchase; /* oldest first */
    size_t purchases;
    struct day as_of, at_risk_on, inactive_on; /* the last two may be DAY_NONE */
    int64_t cycle_days;                        /* >= 1; decides how many days one mark stands for */
    size_t columns;                            /* marks, at least STRIP_LEAST */
    struct str months;                         /* twelve short names with one blank between */
};
enum { STRIP_LEAST = 20 };

struct strip {
    int32_t mark_days; /* one mark stands for so many days */
    struct str ruler;  /* month names and years above the marks */
    struct str marks;  /* ● purchase, · none, ░ in its time, ▒ late, █ inactive */
    size_t today;      /* the mark that holds as_of */
};

void strip_make(struct arena *arena, const struct strip_wish *wish, struct strip *out);

#endif
