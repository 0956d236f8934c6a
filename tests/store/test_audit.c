// SPDX-License-Identifier: Apache-2.0
/* The audit trail is read newest first, by who, what, time and text, and goes on after the last line shown. */
#include "fixture.h"

#include "store/audit.h"
#include "store/setting.h"

enum { ALL = 1000 };

static bool take(struct cx *cx, void *owner, const struct audit_line *line) {
    (void)cx;
    buf_printf(owner, "%lld %.*s %.*s %.*s; ", (long long)line->at_us, STR_ARG(line->who), STR_ARG(line->what),
               STR_ARG(line->subject));
    return true;
}

static const char *lines(struct fixture *f, struct audit_filter filter) {
    struct buf out;
    buf_init(&out, &f->arena, 0);
    filter.most = filter.most > 0 ? filter.most : ALL;
    fixture_good(f, audit_each(&f->cx, f->db, &filter, take, &out));
    return str_terminated(&f->arena, buf_str(&out));
}

static void add(struct fixture *f, int64_t at_us, const char *who, const char *what, const char *subject,
                const char *before, const char *after) {
    fixture_good(f, audit_add(&f->cx, f->db, at_us, str_from(who), str_from(what), str_from(subject), str_from(before),
                              str_from(after)));
}

static void some(struct fixture *f) {
    add(f, 100, "ana", "user", "bia", "role=rep", "role=agent");
    add(f, 200, "bia", "close", "C1", "", "moved 100%");
    add(f, 300, "ana", "close", "C2", "", "A_B");
    add(f, 300, "ana", "user", "Caio", "", "name=Caio");
}

static void audit_is_read_newest_first(void **state) {
    struct fixture *f = *state;
    some(f);
    assert_string_equal(lines(f, (struct audit_filter){0}),
                        "300 ana user Caio; 300 ana close C2; 200 bia close C1; 100 ana user bia; ");
}

static void audit_is_filtered_by_who_what_and_time(void **state) {
    struct fixture *f = *state;
    some(f);
    assert_string_equal(lines(f, (struct audit_filter){.who = S("bia")}), "200 bia close C1; ");
    assert_string_equal(lines(f, (struct audit_filter){.who = S("ana"), .what = S("user")}),
                        "300 ana user Caio; 100 ana user bia; ");
    assert_string_equal(lines(f, (struct audit_filter){.from_us = 100, .until_us = 300}),
                        "200 bia close C1; 100 ana user bia; ");
    assert_string_equal(lines(f, (struct audit_filter){.who = S("nobody")}), "");
}

static void audit_text_is_found_in_any_letters_and_as_it_stands(void **state) {
    struct fixture *f = *state;
    some(f);
    assert_string_equal(lines(f, (struct audit_filter){.holds = S("CAIO")}), "300 ana user Caio; ");
    assert_string_equal(lines(f, (struct audit_filter){.holds = S("role=REP")}), "100 ana user bia; ");
    assert_string_equal(lines(f, (struct audit_filter){.holds = S("0%")}), "200 bia close C1; ");
    assert_string_equal(lines(f, (struct audit_filter){.holds = S("a_b")}), "300 ana close C2; ");
    assert_string_equal(lines(f, (struct audit_filter){.holds = S("' OR 1=1 --")}), "");
}

static void audit_goes_on_after_the_last_line(void **state) {
    struct fixture *f = *state;
    some(f);
    assert_string_equal(lines(f, (struct audit_filter){.most = 1}), "300 ana user Caio; ");
    assert_string_equal(lines(f, (struct audit_filter){.before_us = 300, .before_id = 4, .most = 2}),
                        "300 ana close C2; 200 bia close C1; ");
    add(f, 400, "bia", "user", "new", "", "");
    assert_string_equal(lines(f, (struct audit_filter){.before_us = 200, .before_id = 2}), "100 ana user bia; ");
}

static void audit_names_each_who_and_what_once(void **state) {
    struct fixture *f = *state;
    struct str *name;
    size_t n;
    fixture_good(f, audit_whos(&f->cx, f->db, &name, &n));
    assert_int_equal(n, 0);
    some(f);
    fixture_good(f, audit_whos(&f->cx, f->db, &name, &n));
    assert_true(n == 2 && str_equal(name[0], S("ana")) && str_equal(name[1], S("bia")));
    fixture_good(f, audit_whats(&f->cx, f->db, &name, &n));
    assert_true(n == 2 && str_equal(name[0], S("close")) && str_equal(name[1], S("user")));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(audit_is_read_newest_first),
        TEST(audit_is_filtered_by_who_what_and_time),
        TEST(audit_text_is_found_in_any_letters_and_as_it_stands),
        TEST(audit_goes_on_after_the_last_line),
        TEST(audit_names_each_who_and_what_once),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
