// SPDX-License-Identifier: Apache-2.0
/* gammagamma_parts -- names that the two files of Gamma-Gamma share. */
#ifndef REATIVA_STATS_GAMMAGAMMA_PARTS_H
#define REATIVA_STATS_GAMMAGAMMA_PARTS_H

#include "stats/gammagamma.h"

enum { GAMMAGAMMA_P, GAMMAGAMMA_Q, GAMMAGAMMA_GAMMA, GAMMAGAMMA_PARAMS };

#endif
