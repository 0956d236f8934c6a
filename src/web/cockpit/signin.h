// SPDX-License-Identifier: Apache-2.0
/* signin -- what the pages of signing in show.
 */
#ifndef REATIVA_WEB_COCKPIT_SIGNIN_H
#define REATIVA_WEB_COCKPIT_SIGNIN_H

#include "web/web.h"

struct signin_view {
    struct str fault, login, next, link;
};

#endif
