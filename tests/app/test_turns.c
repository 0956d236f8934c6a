// SPDX-License-Identifier: Apache-2.0
/* Whose turn it is among servers on one database: one at a time, until it leaves, is silent for too long, or is gone. */
#include "../store/fixture.h"

#include "app/turns.h"
#include "base/process.h"

static const int64_t NOW_US = 1000000000000, SECOND_US = 1000000;
/* Of another machine: nobody knows whether it lives. */
#define THERE S("there:77:00000000:1:5")
#define CASE(name) cmocka_unit_test_setup_teardown(name, fixture_ready, fixture_done)

static bool take(struct fixture *f, struct str name, struct str who, int64_t now_us) {
    bool mine = false;
    fixture_good(f, turns_take(&f->cx, f->db, name, who, now_us, &mine));
    return mine;
}

static void one_at_a_time_and_the_next_when_it_leaves(void **state) {
    struct fixture *f = *state;
    struct str here = process_name(&f->arena);
    assert_true(take(f, S("study"), THERE, NOW_US));
    assert_true(take(f, S("study"), THERE, NOW_US + 1));
    assert_false(take(f, S("study"), here, NOW_US + 2));
    assert_true(take(f, S("rules"), here, NOW_US + 2));
    fixture_good(f, turns_leave(&f->cx, f->db, S("study"), here)); /* not theirs to leave */
    assert_false(take(f, S("study"), here, NOW_US + 3));
    fixture_good(f, turns_leave(&f->cx, f->db, S("study"), THERE));
    assert_true(take(f, S("study"), here, NOW_US + 4));
    assert_false(take(f, S("study"), THERE, NOW_US + 5));
}

static void who_says_that_it_lives_keeps_it_and_who_is_silent_loses_it(void **state) {
    struct fixture *f = *state;
    struct str here = process_name(&f->arena);
    int64_t lease_us = TURNS_LEASE_S * SECOND_US;
    assert_true(take(f, S("study"), THERE, NOW_US));
    fixture_good(f, turns_hold(&f->cx, f->db, THERE, NOW_US + TURNS_HOLD_S * SECOND_US));
    assert_false(take(f, S("study"), here, NOW_US + lease_us + 1));
    assert_true(take(f, S("study"), here, NOW_US + TURNS_HOLD_S * SECOND_US + lease_us));
    assert_false(take(f, S("study"), THERE, NOW_US + TURNS_HOLD_S * SECOND_US + lease_us));
    /* A clock that went back by a day does not keep everybody waiting for a day. */
    assert_true(take(f, S("study"), THERE, NOW_US - 86400 * SECOND_US));
}

static void who_is_gone_from_this_machine_has_lost_it_at_once(void **state) {
    struct fixture *f = *state;
    struct str here = process_name(&f->arena);
    struct str before = cx_text(&f->cx, "%.*s1", STR_ARG(here)); /* the same number, begun at another time */
    assert_true(take(f, S("study"), before, NOW_US));
    assert_true(take(f, S("study"), here, NOW_US + 1));
    assert_false(take(f, S("study"), THERE, NOW_US + 1));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        CASE(one_at_a_time_and_the_next_when_it_leaves),
        CASE(who_says_that_it_lives_keeps_it_and_who_is_silent_loses_it),
        CASE(who_is_gone_from_this_machine_has_lost_it_at_once),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
