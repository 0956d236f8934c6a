// SPDX-License-Identifier: Apache-2.0
/* sessions -- what the page of who is signed in shows.
 */
#ifndef REATIVA_WEB_COCKPIT_SESSIONS_H
#define REATIVA_WEB_COCKPIT_SESSIONS_H

#include "app/sessions.h"
#include "web/web.h"

struct sessions_view {
    struct str q, role, sort; /* parts of the address */
    const struct session_whose **session;
    size_t n, all;
    struct guess_whose *guess;
    size_t guesses;
};
struct url sessions_address(struct page *page, const struct sessions_view *v, const char *path, const char *sort);
const char *sessions_order(const struct sessions_view *v, const char *sort);
bool sessions_here(const struct page *page, const struct session_whose *session);
/* sessions_waits -- may this one not try again yet? */
bool sessions_waits(const struct page *page, const struct guess_whose *guess);

#endif
