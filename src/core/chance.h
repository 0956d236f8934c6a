// SPDX-License-Identifier: Apache-2.0
/* chance -- what is foretold of a customer, in words that a rep can say to it or to a manager.
 *
 * "7 in 10 customers like this buy again within 90 days (between 6 and 8)." "Next order expected about 12 March, most
 * likely between 2 March and 1 April." Never more precise than what is known: a chance leaves as one of fifteen shares,
 * "almost all" and "fewer than 1 in 100" at the ends; a day whose range is months wide leaves as months, and not at all
 * when the range is half a year or no purchase is likelier than one.
 */
#ifndef REATIVA_CORE_CHANCE_H
#define REATIVA_CORE_CHANCE_H

#include "base/catalog.h"
#include "stats/forecast.h"

/* Whole sentences; empty when there is nothing to say. */
struct str chance_buys(struct arena *arena, enum lang lang, const struct forecast *forecast);
struct str chance_next(struct arena *arena, enum lang lang, const struct forecast *forecast, struct day as_of);

/* chance_method -- the stable name of what foretells: "mixk"; empty: nothing does. Its words are forecast.<name> in the catalogs. */
struct str chance_method(enum forecast_method method);

#endif
