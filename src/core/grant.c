// SPDX-License-Identifier: Apache-2.0
/* grant -- the names of what a token may be used for. */
#include "core/grant.h"

#include "base/buf.h"

static const char *const names[GRANT_COUNT] = {
    [GRANT_UNSET] = "unset",
    [GRANT_ANY] = "any",
    [GRANT_CUSTOMERS_READ] = "customers:read",
    [GRANT_SALES_READ] = "sales:read",
    [GRANT_WORK_READ] = "work:read",
    [GRANT_WORK_WRITE] = "work:write",
    [GRANT_REPORTS_READ] = "reports:read",
    [GRANT_POLICIES_READ] = "policies:read",
    [GRANT_POLICIES_WRITE] = "policies:write",
    [GRANT_IMPORTS_READ] = "imports:read",
    [GRANT_IMPORTS_WRITE] = "imports:write",
};

const char *grant_name(enum grant grant) {
    return names[grant];
}

static unsigned bits_of(struct str word) {
    unsigned all = 0;
    for (int grant = GRANT_ANY + 1; grant < GRANT_COUNT; grant++) {
        all |= 1u << grant;
        if (str_equal(word, str_from(names[grant])))
            return 1u << grant;
    }
    return str_equal(word, S("all")) ? all : 0;
}

bool grant_parse_set(struct str text, unsigned *out, struct str *bad) {
    *out = 0;
    for (size_t at = 0; at < text.n;) {
        size_t end = at;
        while (end < text.n && text.p[end] != ',' && text.p[end] != ' ')
            end++;
        struct str word = {text.p + at, end - at};
        unsigned bits = bits_of(word);
        if (word.n > 0 && bits == 0) {
            *bad = word;
            return false;
        }
        *out |= bits;
        at = end + 1;
    }
    return true;
}

struct str grant_set_text(struct arena *arena, unsigned set) {
    struct buf text;
    buf_init(&text, arena, 0);
    for (int grant = GRANT_ANY + 1; grant < GRANT_COUNT; grant++)
        if (grant_holds(set, (enum grant)grant)) {
            buf_put(&text, text.n > 0 ? S(" ") : S(""));
            buf_put(&text, str_from(names[grant]));
        }
    return buf_str(&text);
}
