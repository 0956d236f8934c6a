// SPDX-License-Identifier: Apache-2.0
/* fuzz_http -- any bytes as a form, an address, a path of a route, a list of proxies: read or refused, and what was read is text. */
#include <stdlib.h>
#include <string.h>

#include "http/forwarded.h"
#include "web/web_parts.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void must(bool holds) {
    if (!holds)
        abort();
}

static void text_must(struct str s) {
    must(str_valid_utf8(s) && (s.n == 0 || memchr(s.p, '\0', s.n) == NULL));
}

static void fields(struct arena *arena, struct str text) {
    struct http_fields read, again;
    struct buf to;
    if (!http_fields_read(arena, text, &read))
        return;
    must(read.n <= HTTP_FIELDS_MOST);
    buf_init(&to, arena, 0);
    for (size_t i = 0; i < read.n; i++) {
        text_must(read.field[i].name);
        text_must(read.field[i].value);
        if (i > 0)
            buf_char(&to, '&');
        http_encode(&to, read.field[i].name, false);
        buf_char(&to, '=');
        http_encode(&to, read.field[i].value, true);
    }
    must(http_fields_read(arena, buf_str(&to), &again) && again.n == read.n);
    for (size_t i = 0; i < read.n; i++)
        must(str_equal(read.field[i].name, again.field[i].name) &&
             str_equal(read.field[i].value, again.field[i].value));
}

static void path(struct arena *arena, struct str text) {
    struct str whole;
    unsigned methods = 0;
    struct http_request request = {.arena = arena, .method = HTTP_GET, .path_sent = text};
    struct page page = {.request = &request};
    if (!http_decode(arena, text, false, &whole))
        return;
    text_must(whole);
    for (size_t i = 0; route_tables[i] != NULL; i++)
        for (const struct route *route = route_tables[i]; route->path != NULL; route++)
            if (route_takes(&page, route->path, route->method, &methods))
                for (size_t k = 0; k < PAGE_ARGS; k++)
                    text_must(page.arg[k]);
    page.arg[0] = page.arg[1] = (struct str){0};
    must(!route_takes(&page, "/a/:b/:c", HTTP_GET, &methods) || (page.arg[0].n > 0 && page.arg[1].n > 0));
    struct url url = url_local(whole);
    must(url.text.p[0] == '/' && (url.text.n == 1 || (url.text.p[1] != '/' && url.text.p[1] != '\\')));
}

static void addresses(struct arena *arena, struct str text) {
    struct str list, again, one = forwarded_for(arena, S("10.0.0.1 ::1"), text, S("10.0.0.1"));
    must(address_normal(arena, one, &again) && str_equal(one, again));
    if (addresses_normal(arena, text, &list))
        must(addresses_normal(arena, list, &again) && str_equal(list, again));
    (void)http_accepts(text, S("gzip"));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    struct arena arena;
    struct str text = {(const char *)data, size};
    arena_init(&arena, 0, NULL, NULL);
    fields(&arena, text);
    path(&arena, text);
    addresses(&arena, text);
    arena_clear(&arena);
    return 0;
}
