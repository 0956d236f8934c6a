// SPDX-License-Identifier: Apache-2.0
/* status -- where the as-of date falls among a customer's due dates. product.md section 4. */
#ifndef REATIVA_CORE_STATUS_H
#define REATIVA_CORE_STATUS_H

#include <stdbool.h>
#include <stdint.h>

#include "base/day.h"
#include "base/str.h"
#include "stats/due.h"

enum status {
    STATUS_PROSPECT = 0, /* never bought */
    STATUS_NEW,          /* one purchase, not yet at risk */
    STATUS_ACTIVE,
    STATUS_AT_RISK,
    STATUS_INACTIVE,
    STATUS_LOST,
    STATUS_CLOSED, /* written off by a person, on or before the as-of date */
    STATUS_COUNT
};

/* status_of -- purchases up to as_of, dates from due_after; closed_on may be DAY_NONE. */
enum status status_of(int32_t purchases, const struct due *due, struct day closed_on, struct day as_of);
/* status_name -- as in CSV, JSON and --status, with '-' for '_' accepted by parse: "at_risk", "at-risk". */
const char *status_name(enum status status);
/* status_parse_set -- "at-risk,inactive" or Portuguese names ("pré-inativo") to a bit set; false: unknown word (left in *bad). */
bool status_parse_set(struct str text, uint32_t *set, struct str *bad);

#endif
