// SPDX-License-Identifier: Apache-2.0
/* alive -- what was known of leaving, day by day, out of everybody's purchases: for rules of chances. */
#ifndef REATIVA_APP_ALIVE_H
#define REATIVA_APP_ALIVE_H

#include "app/derive.h"
#include "core/alive_text.h"

/* alive_find -- the fits of a company that first bought on `first`, up to sales->as_of; they live in the arena. Many customers
 * are fitted by a part of them, the same one whatever order they were imported in. */
void alive_find(struct arena *arena, const struct sales *sales, struct day first, struct alive_table *out);

#endif
