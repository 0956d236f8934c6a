// SPDX-License-Identifier: Apache-2.0
/* tokens -- what the pages of tokens and of the API show; private to src/web/cockpit and its templates.
 */
#ifndef REATIVA_WEB_COCKPIT_TOKENS_H
#define REATIVA_WEB_COCKPIT_TOKENS_H

#include "app/tokens.h"
#include "web/api/api.h"

struct tokens_view {
    const struct token *token;
    size_t n;
    bool others;       /* may make and end those of others */
    struct str secret; /* just made, shown this once */
    struct str made;   /* its name */
    struct str fault;
    struct str name, login, days; /* as typed */
    unsigned grants;
};

/* tokens_state -- "in use", "ended", "run out". */
struct str tokens_state(struct page *page, const struct token *token);
/* api_mould_text -- "channel, outcome, note?" of a shape; empty for none. */
struct str api_mould_text(struct page *page, const char *name);
struct str api_query_text(struct page *page, const struct api_route *route);
const char *api_method(const struct api_route *route);

#endif
