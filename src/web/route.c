// SPDX-License-Identifier: Apache-2.0
/* route -- which handler a path belongs to. Tables are short: they are walked.
 */
#include <string.h>

#include "web/web_parts.h"

/* Does the path fit the pattern? Parts that begin with ':' take one whole part of the path. */
static bool fits(const char *pattern, struct str path, struct str arg[PAGE_ARGS]) {
    struct str rest = str_from(pattern);
    size_t args = 0;
    while (rest.n > 0 && path.n > 0) {
        struct str want, have;
        if (rest.p[0] != '/' || path.p[0] != '/')
            return false;
        str_cut((struct str){rest.p + 1, rest.n - 1}, '/', &want, &rest);
        str_cut((struct str){path.p + 1, path.n - 1}, '/', &have, &path);
        /* str_cut took the slash away: give it back, unless nothing follows. */
        if (rest.p != NULL)
            rest = (struct str){rest.p - 1, rest.n + 1};
        if (path.p != NULL)
            path = (struct str){path.p - 1, path.n + 1};
        if (want.n > 0 && want.p[0] == ':' && have.n > 0 && args < PAGE_ARGS)
            arg[args++] = have;
        else if (!str_equal(want, have))
            return false;
    }
    return rest.n == 0 && path.n == 0;
}

const struct route *route_find(struct page *page, bool *other) {
    enum http_method method = page->request->method == HTTP_HEAD ? HTTP_GET : page->request->method;
    *other = false;
    for (const struct route *route = cockpit_routes; route->path != NULL; route++) {
        struct str arg[PAGE_ARGS] = {{0}};
        if (!fits(route->path, page->request->path, arg))
            continue;
        *other = true;
        if (route->method == method) {
            memcpy(page->arg, arg, sizeof arg);
            return route;
        }
    }
    return NULL;
}
