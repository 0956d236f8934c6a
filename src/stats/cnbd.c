// SPDX-License-Identifier: Apache-2.0
#include "stats/model.h"
