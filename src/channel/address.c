// SPDX-License-Identifier: Apache-2.0
/* address -- the tables of IANA's special-purpose registries (IPv4: RFC 6890 and later; IPv6: what lies outside 2000::/3, and the
 * parts of that which only carry an IPv4 address or are for papers). Must not resolve names.
 */
#include "channel/address.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <string.h>

enum { V4_BITS = 32, TEXT_MOST = 64 };

static const struct {
    uint32_t net;
    int bits;
} closed[] = {
    {0x00000000, 8},  /* 0.0.0.0/8: this host */
    {0x0A000000, 8},  /* 10/8 */
    {0x64400000, 10}, /* 100.64/10: shared by carriers */
    {0x7F000000, 8},  /* 127/8: this machine */
    {0xA9FE0000, 16}, /* 169.254/16: link, and the metadata of clouds */
    {0xAC100000, 12}, /* 172.16/12 */
    {0xC0000000, 24}, /* 192.0.0/24: protocols */
    {0xC0000200, 24}, /* 192.0.2/24: for papers */
    {0xC0586300, 24}, /* 192.88.99/24: relays of 6to4 */
    {0xC0A80000, 16}, /* 192.168/16 */
    {0xC6120000, 15}, /* 198.18/15: measuring */
    {0xC6336400, 24}, /* 198.51.100/24: for papers */
    {0xCB007100, 24}, /* 203.0.113/24: for papers */
    {0xE0000000, 4},  /* 224/4: multicast */
    {0xF0000000, 4},  /* 240/4: nobody's, and broadcast */
};

static bool v4_public(uint32_t address) {
    for (size_t i = 0; i < sizeof closed / sizeof *closed; i++)
        if (address >> (V4_BITS - closed[i].bits) == closed[i].net >> (V4_BITS - closed[i].bits))
            return false;
    return true;
}

static uint32_t v4_at(const unsigned char *p) {
    return (uint32_t)p[0] << 24 | (uint32_t)p[1] << 16 | (uint32_t)p[2] << 8 | p[3];
}

static bool v6_public(const unsigned char p[16]) {
    static const unsigned char mapped[12] = {[10] = 0xFF, [11] = 0xFF}, nat64[12] = {0x00, 0x64, 0xFF, 0x9B};
    if (memcmp(p, mapped, sizeof mapped) == 0 || memcmp(p, nat64, sizeof nat64) == 0)
        return v4_public(v4_at(p + 12));
    if ((p[0] & 0xE0) !=
        0x20) /* outside 2000::/3: ::, ::1, fc00::/7, fe80::/10, fec0::/10, ff00::/8 and what nobody was given */
        return false;
    if (p[0] == 0x20 && p[1] == 0x02) /* 6to4 */
        return v4_public(v4_at(p + 2));
    bool protocols = p[0] == 0x20 && p[1] == 0x01 && p[2] < 2; /* 2001::/23: Teredo and others */
    bool papers = (p[0] == 0x20 && p[1] == 0x01 && p[2] == 0x0D && p[3] == 0xB8) ||
                  (p[0] == 0x3F && p[1] == 0xFF && p[2] < 0x10); /* 2001:db8::/32, 3fff::/20 */
    return !protocols && !papers;
}

bool address_public(const struct sockaddr *address) {
    if (address->sa_family == AF_INET) {
        struct sockaddr_in v4;
        memcpy(&v4, address, sizeof v4);
        return v4_public(ntohl(v4.sin_addr.s_addr));
    }
    if (address->sa_family == AF_INET6) {
        struct sockaddr_in6 v6;
        memcpy(&v6, address, sizeof v6);
        return v6_public(v6.sin6_addr.s6_addr);
    }
    return false;
}

bool address_text_public(struct str text, bool *literal) {
    char terminated[TEXT_MOST];
    struct in_addr v4;
    struct in6_addr v6;
    *literal = false;
    if (text.n == 0 || text.n >= sizeof terminated)
        return true;
    memcpy(terminated, text.p, text.n);
    terminated[text.n] = '\0';
    if (inet_aton(terminated, &v4) != 0) { /* as a resolver reads it: 127.1 and 0x7f000001 too */
        *literal = true;
        return v4_public(ntohl(v4.s_addr));
    }
    *literal = inet_pton(AF_INET6, terminated, &v6) == 1;
    return !*literal || v6_public(v6.s6_addr);
}
