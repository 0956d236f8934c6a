// SPDX-License-Identifier: Apache-2.0
/* Which addresses are of the open internet: every class that is not, at its first and last address, and its neighbours that are. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <string.h>

#include "channel/address.h"

static bool is_public(const char *text) {
    struct sockaddr_in v4 = {.sin_family = AF_INET};
    struct sockaddr_in6 v6 = {.sin6_family = AF_INET6};
    bool literal, by_text = address_text_public(str_from(text), &literal), by_address;
    if (inet_pton(AF_INET, text, &v4.sin_addr) == 1) {
        by_address = address_public((const struct sockaddr *)&v4);
    } else {
        assert_int_equal(inet_pton(AF_INET6, text, &v6.sin6_addr), 1);
        by_address = address_public((const struct sockaddr *)&v6);
    }
    assert_true(literal);
    assert_int_equal(by_text, by_address);
    return by_address;
}

static void address_of_a_private_network_is_not_public(void **state) {
    static const char *const closed[] = {"0.0.0.0",
                                         "0.255.255.255",
                                         "10.0.0.0",
                                         "10.255.255.255",
                                         "100.64.0.0",
                                         "100.127.255.255",
                                         "127.0.0.1",
                                         "127.255.255.255",
                                         "169.254.0.0",
                                         "169.254.169.254",
                                         "172.16.0.0",
                                         "172.31.255.255",
                                         "192.0.0.1",
                                         "192.0.2.1",
                                         "192.168.0.0",
                                         "192.168.255.255",
                                         "198.18.0.0",
                                         "198.19.255.255",
                                         "198.51.100.7",
                                         "203.0.113.255",
                                         "224.0.0.1",
                                         "239.255.255.255",
                                         "240.0.0.1",
                                         "255.255.255.255",
                                         "::",
                                         "::1",
                                         "::7f00:1",
                                         "::ffff:127.0.0.1",
                                         "::ffff:10.1.2.3",
                                         "::ffff:169.254.169.254",
                                         "64:ff9b::a00:1",
                                         "fc00::1",
                                         "fdff:ffff::1",
                                         "fe80::1",
                                         "febf::1",
                                         "fec0::1",
                                         "ff02::1",
                                         "2001::1",
                                         "2001:db8::1",
                                         "2002:7f00:1::",
                                         "2002:a00:1::1",
                                         "100::1",
                                         "fd00:ec2::254",
                                         "3fff:fff::1",
                                         "192.88.99.1"};
    (void)state;
    for (size_t i = 0; i < sizeof closed / sizeof *closed; i++)
        if (is_public(closed[i]))
            fail_msg("%s is taken for public", closed[i]);
}

static void address_of_the_internet_is_public(void **state) {
    static const char *const open[] = {"1.0.0.0",         "9.255.255.255",    "11.0.0.0",        "100.63.255.255",
                                       "100.128.0.0",     "126.255.255.255",  "128.0.0.0",       "169.253.255.255",
                                       "169.255.0.0",     "172.15.255.255",   "172.32.0.0",      "192.0.1.1",
                                       "192.167.255.255", "192.169.0.0",      "198.17.255.255",  "198.20.0.0",
                                       "223.255.255.255", "8.8.8.8",          "2606:4700::1",    "2001:4860:4860::8888",
                                       "::ffff:8.8.8.8",  "64:ff9b::808:808", "2002:808:808::1", "2a00:1450::1"};
    (void)state;
    for (size_t i = 0; i < sizeof open / sizeof *open; i++)
        if (!is_public(open[i]))
            fail_msg("%s is taken for private", open[i]);
}

static void address_as_a_resolver_reads_it_is_judged_and_a_name_is_not(void **state) {
    static const char *const sly[] = {"127.1", "0x7f000001", "2130706433", "0177.0.0.1", "10.1"};
    bool literal;
    (void)state;
    for (size_t i = 0; i < sizeof sly / sizeof *sly; i++) {
        assert_false(address_text_public(str_from(sly[i]), &literal));
        assert_true(literal);
    }
    assert_true(address_text_public(S("localhost"), &literal));
    assert_false(literal);
    assert_true(address_text_public(S(""), &literal));
    const struct sockaddr other = {.sa_family = AF_UNIX};
    assert_false(address_public(&other));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(address_of_a_private_network_is_not_public),
        cmocka_unit_test(address_of_the_internet_is_public),
        cmocka_unit_test(address_as_a_resolver_reads_it_is_judged_and_a_name_is_not),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
