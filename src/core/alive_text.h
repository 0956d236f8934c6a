// SPDX-License-Identifier: Apache-2.0
/* alive_text -- what is known of leaving, day by day, as text that is kept beside a score: a line a fit,
 * `2024-01-01 fitted 0.52 6.18 0.89 1.61 0.7 0.3 0 0`, `2025-01-01 no_leaving`. What is written is read back to the same bits.
 */
#ifndef REATIVA_CORE_ALIVE_TEXT_H
#define REATIVA_CORE_ALIVE_TEXT_H

#include "base/cx.h"
#include "stats/alive.h"

const char *alive_state_name(enum alive_state state); /* "fitted" */
struct str alive_write(struct arena *arena, const struct alive_table *table);
/* alive_read -- false: the text is none of alive_write's. */
bool alive_read(struct arena *arena, struct str text, struct alive_table *out);

#endif
