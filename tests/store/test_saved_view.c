// SPDX-License-Identifier: Apache-2.0
/* Saved views: whose they are, who sees them, and what each person chose for themselves. */
#include "fixture.h"
#include "store/saved_view.h"

static struct fixture *fixture;

static int start(void **state) {
    fixture_ready(state);
    fixture = *state;
    return 0;
}

static struct saved_view added(int64_t user_id, struct str name, bool shared) {
    struct saved_view view = {
        .user_id = user_id, .name = name, .query = S("status=lost"), .shared = shared, .made_us = 5};
    fixture_good(fixture, db_write(&fixture->cx, fixture->db));
    fixture_good(fixture, saved_view_add(&fixture->cx, fixture->db, &view));
    fixture_good(fixture, db_commit(&fixture->cx, fixture->db));
    return view;
}

static struct saved_view *seen_by(int64_t user_id, size_t *n) {
    struct saved_view *view;
    fixture_good(fixture, saved_view_list(&fixture->cx, fixture->db, user_id, &view, n));
    return view;
}

static void a_view_is_seen_by_its_owner_and_when_shared_by_all(void **state) {
    (void)state;
    struct saved_view own = added(1, S("b mine"), false), shared = added(1, S("a ours"), true);
    size_t n;
    assert_true(own.id != shared.id);
    struct saved_view *view = seen_by(1, &n);
    assert_int_equal(n, 2);
    assert_true(str_equal(view[0].name, S("a ours")));
    assert_true(str_equal(view[1].query, S("status=lost")));
    view = seen_by(2, &n);
    assert_int_equal(n, 1);
    assert_int_equal(view[0].id, shared.id);
}

static void of_two_changes_the_second_is_told(void **state) {
    (void)state;
    size_t n;
    struct saved_view view = seen_by(1, &n)[0];
    bool changed;
    view.name = S("ours, renamed");
    fixture_good(fixture, saved_view_change(&fixture->cx, fixture->db, &view, &changed));
    assert_true(changed);
    fixture_good(fixture, saved_view_change(&fixture->cx, fixture->db, &view, &changed));
    assert_false(changed);
}

static void one_view_opens_first_and_only_for_who_chose_it(void **state) {
    (void)state;
    size_t n, firsts = 0;
    struct saved_view *view = seen_by(1, &n);
    for (size_t i = 0; i < n; i++)
        fixture_good(fixture, saved_view_choose(&fixture->cx, fixture->db, 1, view[i].id, true, true));
    view = seen_by(1, &n);
    for (size_t i = 0; i < n; i++) {
        firsts += view[i].first;
        assert_true(view[i].pinned);
    }
    assert_int_equal(firsts, 1);
    view = seen_by(2, &n);
    assert_false(view[0].first || view[0].pinned);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_view_is_seen_by_its_owner_and_when_shared_by_all),
        cmocka_unit_test(of_two_changes_the_second_is_told),
        cmocka_unit_test(one_view_opens_first_and_only_for_who_chose_it),
    };
    return cmocka_run_group_tests(tests, start, fixture_done);
}
