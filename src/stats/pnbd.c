// SPDX-License-Identifier: Apache-2.0
#include "stats/pnbd.h"
