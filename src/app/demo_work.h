// SPDX-License-Identifier: Apache-2.0
/* demo_work -- who works at the demo company, and what they did in the last weeks: users, people at customers, reasons and
 * objections, contacts and appointments. Private to src/app's demo.
 *
 * Written through the calls that the pages use. The same seed, day and customers give the same work.
 */
#ifndef REATIVA_APP_DEMO_WORK_H
#define REATIVA_APP_DEMO_WORK_H

#include "app/demo.h"

/* demo_work_make -- once, after the first score. */
bool demo_work_make(struct cx *cx, struct db *db, const struct demo_options *options, int64_t now_us);

#endif
