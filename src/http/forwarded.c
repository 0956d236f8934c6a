// SPDX-License-Identifier: Apache-2.0
/* forwarded -- see the header. Must not believe a word more than was promised: only what a named proxy wrote, and only when it
 * is an address.
 */
#include "http/forwarded.h"

#include <arpa/inet.h>
#include <string.h>

#include "base/buf.h"

/* "1.2.3.4:80" and "[::1]:80" without the port; "::1" stays. */
static struct str without_port(struct str s) {
    const char *colon = s.n > 0 ? memchr(s.p, ':', s.n) : NULL;
    if (s.n > 1 && s.p[0] == '[') {
        const char *end = memchr(s.p, ']', s.n);
        return end != NULL ? (struct str){s.p + 1, (size_t)(end - s.p) - 1} : s;
    }
    bool one = colon != NULL && memchr(colon + 1, ':', s.n - (size_t)(colon - s.p) - 1) == NULL;
    return one ? (struct str){s.p, (size_t)(colon - s.p)} : s;
}

bool address_normal(struct arena *arena, struct str text, struct str *out) {
    static const unsigned char mapped[12] = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff};
    unsigned char bytes[sizeof(struct in6_addr)];
    char given[INET6_ADDRSTRLEN];
    struct str address = without_port(str_trim(text));
    if (address.n == 0 || address.n >= sizeof given || memchr(address.p, '\0', address.n) != NULL)
        return false;
    memcpy(given, address.p, address.n);
    given[address.n] = '\0';
    char *normal = arena_new(arena, char, INET6_ADDRSTRLEN);
    if (inet_pton(AF_INET, given, bytes) == 1)
        inet_ntop(AF_INET, bytes, normal, INET6_ADDRSTRLEN);
    else if (inet_pton(AF_INET6, given, bytes) != 1)
        return false;
    else if (memcmp(bytes, mapped, sizeof mapped) == 0)
        inet_ntop(AF_INET, bytes + sizeof mapped, normal, INET6_ADDRSTRLEN);
    else
        inet_ntop(AF_INET6, bytes, normal, INET6_ADDRSTRLEN);
    *out = str_from(normal);
    return true;
}

bool address_loopback(struct str normal) {
    return str_starts(normal, S("127.")) || str_equal(normal, S("::1"));
}

bool addresses_normal(struct arena *arena, struct str list, struct str *out) {
    struct buf to;
    buf_init(&to, arena, 0);
    for (size_t at = 0; at < list.n;) {
        size_t from = at;
        while (at < list.n && list.p[at] != ' ' && list.p[at] != ',' && list.p[at] != '\t')
            at++;
        struct str word = {list.p + from, at - from}, normal;
        at++;
        if (word.n == 0)
            continue;
        if (!address_normal(arena, word, &normal)) {
            *out = word;
            return false;
        }
        if (to.n > 0)
            buf_char(&to, ' ');
        buf_put(&to, normal);
    }
    *out = buf_str(&to);
    return true;
}

bool addresses_hold(struct str list, struct str address) {
    struct str one;
    while (list.n > 0) {
        str_cut(list, ' ', &one, &list);
        if (str_equal(one, address))
            return true;
    }
    return false;
}

struct str forwarded_for(struct arena *arena, struct str trusted, struct str list, struct str address) {
    while (list.n > 0 && addresses_hold(trusted, address)) {
        size_t from = list.n;
        while (from > 0 && list.p[from - 1] != ',')
            from--;
        if (!address_normal(arena, (struct str){list.p + from, list.n - from}, &address))
            break;
        list.n = from > 0 ? from - 1 : 0;
    }
    return address;
}
