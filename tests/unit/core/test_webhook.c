// SPDX-License-Identifier: Apache-2.0
/* Addresses that can be told, and when what failed is tried again. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "core/webhook.h"

static void webhook_address_is_taken_apart_or_refused(void **state) {
    static const struct {
        const char *url, *host, *origin; /* host NULL: refused */
    } cases[] = {{"https://a.example/x?y=1#z", "a.example", "https://a.example"},
                 {"http://a:8080", "a", "http://a:8080"},
                 {"https://a?token=1", "a", "https://a"},
                 {"https://[::1]:8443/x", "::1", "https://[::1]:8443"},
                 {"http://[fe80::1]", "fe80::1", "http://[fe80::1]"},
                 {"https://", NULL, NULL},
                 {"ftp://a/", NULL, NULL},
                 {"HTTPS://a/", NULL, NULL},
                 {"a.example", NULL, NULL},
                 {"https:///x", NULL, NULL},
                 {"https://u:p@a/", NULL, NULL},
                 {"https://u@a/", NULL, NULL},
                 {"https://a b/", NULL, NULL},
                 {"https://a/\n", NULL, NULL},
                 {"https://a\\@b/", NULL, NULL},
                 {"https://a:/", NULL, NULL},
                 {"https://a:0/", NULL, NULL},
                 {"https://a:65536/", NULL, NULL},
                 {"https://a:8x/", NULL, NULL},
                 {"https://[::1/", NULL, NULL},
                 {"https://[]/", NULL, NULL},
                 {"https://[::1]x/", NULL, NULL},
                 {"", NULL, NULL}};
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct str host, url = str_from(cases[i].url);
        bool good = webhook_url_host(url, &host);
        if (good != (cases[i].host != NULL) ||
            (good && (!str_equal(host, str_from(cases[i].host)) ||
                      !str_equal(webhook_url_origin(url), str_from(cases[i].origin)))))
            fail_msg("%s", cases[i].url);
    }
}

/* As a form without the field gives it. */
static void webhook_address_that_is_absent_is_refused(void **state) {
    struct str host;
    (void)state;
    assert_false(webhook_url_host((struct str){0}, &host));
}

static void webhook_address_has_a_greatest_length(void **state) {
    char url[WEBHOOK_URL_MOST + 1] = "https://a/";
    struct str host;
    (void)state;
    for (size_t i = 10; i < sizeof url; i++)
        url[i] = 'x';
    assert_true(webhook_url_host((struct str){url, WEBHOOK_URL_MOST}, &host));
    assert_false(webhook_url_host((struct str){url, WEBHOOK_URL_MOST + 1}, &host));
}

static void webhook_waits_longer_each_time_for_about_a_day_and_then_no_more(void **state) {
    int64_t all = 0, before = 0;
    (void)state;
    for (int tries = 1; tries < WEBHOOK_TRIES; tries++) {
        int64_t least = INT64_MAX, most = 0;
        for (uint32_t chance = 0; chance < 100000; chance += 7) {
            int64_t wait = webhook_wait_s(tries, chance, 0);
            least = wait < least ? wait : least;
            most = wait > most ? wait : most;
        }
        assert_true(least > before && most <= least * 5 / 4 && most > least);
        before = most;
        all += (least + most) / 2;
    }
    assert_in_range(all, 20 * 3600, 28 * 3600);
    assert_int_equal(webhook_wait_s(WEBHOOK_TRIES, 1, 60), 0);
    assert_int_equal(webhook_wait_s(0, 1, 60), 0);
}

static void webhook_waits_as_the_receiver_asks_within_reason(void **state) {
    (void)state;
    assert_int_equal(webhook_wait_s(1, 0, 7200), 7200);
    assert_int_equal(webhook_wait_s(1, 0, INT64_MAX), 12 * 3600);
    assert_true(webhook_wait_s(6, 0, 10) > 3600);
}

static void webhook_names_are_those_that_programs_know(void **state) {
    (void)state;
    assert_string_equal(webhook_kind_name(WEBHOOK_STATUS_CHANGED), "customer.status_changed");
    assert_string_equal(webhook_kind_name(WEBHOOK_TEST), "webhook.test");
    assert_int_equal(webhook_kind_topic(WEBHOOK_IMPORT_UNDONE), WEBHOOK_IMPORTS);
    assert_int_equal(webhook_kind_topic(WEBHOOK_TEST), WEBHOOK_TOPICS);
    for (int topic = 0; topic < WEBHOOK_TOPICS; topic++)
        assert_true(webhook_topic_name((enum webhook_topic)topic)[0] != '\0');
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(webhook_address_is_taken_apart_or_refused),
        cmocka_unit_test(webhook_address_that_is_absent_is_refused),
        cmocka_unit_test(webhook_address_has_a_greatest_length),
        cmocka_unit_test(webhook_waits_longer_each_time_for_about_a_day_and_then_no_more),
        cmocka_unit_test(webhook_waits_as_the_receiver_asks_within_reason),
        cmocka_unit_test(webhook_names_are_those_that_programs_know),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
