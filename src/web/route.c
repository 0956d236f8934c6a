// SPDX-License-Identifier: Apache-2.0
/* route -- which handler a path belongs to. Tables are short: they are walked.
 */
#include <string.h>

#include "web/web_parts.h"

const struct route *const route_tables[] = {cockpit_routes, manage_routes, NULL};

/* The next part of a path that begins with '/'; *rest begins with one again, or is empty. */
static bool part_take(struct str *rest, struct str *part) {
    if (rest->n == 0 || rest->p[0] != '/')
        return false;
    size_t n = 1;
    while (n < rest->n && rest->p[n] != '/')
        n++;
    *part = (struct str){rest->p + 1, n - 1};
    *rest = (struct str){rest->p + n, rest->n - n};
    return true;
}

/* Does the path fit the pattern? A part that begins with ':' takes one whole part of the path, decoded after it was cut out:
 * a customer's code may hold a slash. */
static bool fits(struct arena *arena, const char *pattern, struct str path, struct str arg[PAGE_ARGS]) {
    struct str rest = str_from(pattern), want, have;
    size_t args = 0;
    while (part_take(&rest, &want)) {
        if (!part_take(&path, &have))
            return false;
        if (memchr(have.p, '%', have.n) != NULL && !http_decode(arena, have, false, &have))
            return false;
        if (want.n > 0 && want.p[0] == ':' && have.n > 0 && args < PAGE_ARGS)
            arg[args++] = have;
        else if (!str_equal(want, have))
            return false;
    }
    return rest.n == 0 && path.n == 0;
}

bool route_takes(struct page *page, const char *pattern, enum http_method method, unsigned *methods) {
    const struct http_request *request = page->request;
    struct str arg[PAGE_ARGS] = {{0}};
    if (!fits(request->arena, pattern, request->path_sent, arg))
        return false;
    *methods |= 1u << method;
    if (method != (request->method == HTTP_HEAD ? HTTP_GET : request->method))
        return false;
    memcpy(page->arg, arg, sizeof arg);
    return true;
}

const struct route *route_find(struct page *page, unsigned *methods) {
    *methods = 0;
    for (size_t i = 0; route_tables[i] != NULL; i++)
        for (const struct route *route = route_tables[i]; route->path != NULL; route++)
            if (route_takes(page, route->path, route->method, methods))
                return route;
    return NULL;
}
