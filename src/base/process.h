// SPDX-License-Identifier: Apache-2.0
/* process -- a name for this process that no other has, and whether the one of a name is gone.
 *
 * The name tells the machine since its start, the space its process numbers are of (containers have their own), the number, and when it
 * began, as numbers are used again. Gone is only said of those whose numbers mean the same here: of a process of another machine nothing is
 * known.
 */
#ifndef REATIVA_BASE_PROCESS_H
#define REATIVA_BASE_PROCESS_H

#include "base/arena.h"
#include "base/str.h"

struct str process_name(struct arena *arena);
bool process_gone(struct str name);

#endif
