// SPDX-License-Identifier: Apache-2.0
/* leave -- what the page shows on which somebody opts out.
 */
#ifndef REATIVA_WEB_COCKPIT_LEAVE_H
#define REATIVA_WEB_COCKPIT_LEAVE_H

#include "app/letters.h"
#include "web/web.h"

struct leave_view {
    struct str token;
    bool done;
    struct letters_leaving leaving;
};

#endif
