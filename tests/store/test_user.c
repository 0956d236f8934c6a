// SPDX-License-Identifier: Apache-2.0
/* Users, sessions, one-time links and guesses as the store keeps them. */
#include "fixture.h"

#include "store/label.h"
#include "store/user.h"

static struct user added(struct fixture *f, const char *login, enum role role) {
    struct user user = {.login = str_from(login), .name = S("Ana Souza"), .role = role, .made_us = 5};
    fixture_good(f, user_add(&f->cx, f->db, &user));
    return user;
}

static struct user get(struct fixture *f, int64_t id) {
    struct user user;
    bool found;
    fixture_good(f, user_find(&f->cx, f->db, id, &found, &user));
    assert_true(found);
    return user;
}

static void user_comes_back_with_its_rep_code(void **state) {
    struct fixture *f = *state;
    struct user user = {.login = S("ana"),
                        .name = S("Ana é"),
                        .email = S("a@b"),
                        .role = ROLE_REP,
                        .must_totp = true,
                        .lang = S("en"),
                        .made_us = 7},
                got;
    bool found;
    fixture_good(f, label_of(&f->cx, f->db, LABEL_REP, S("R7"), &user.rep_id));
    fixture_good(f, user_add(&f->cx, f->db, &user));
    fixture_good(f, user_find_login(&f->cx, f->db, S("ana"), &found, &got));
    assert_true(found);
    assert_int_equal(got.id, user.id);
    assert_true(str_equal(got.name, S("Ana é")) && str_equal(got.email, S("a@b")) && str_equal(got.rep, S("R7")));
    assert_true(got.must_totp && got.role == ROLE_REP && got.version == 1 && got.retired_us == 0);
    fixture_good(f, user_find_login(&f->cx, f->db, S("bia"), &found, &got));
    assert_false(found);
}

static void user_login_is_there_once(void **state) {
    struct fixture *f = *state;
    struct user again = {.login = S("ana"), .name = S("x"), .role = ROLE_AGENT};
    added(f, "ana", ROLE_ADMIN);
    assert_false(user_add(&f->cx, f->db, &again));
}

static void user_changed_by_the_first_of_two_alone(void **state) {
    struct fixture *f = *state;
    struct user one = added(f, "ana", ROLE_ADMIN), two = one;
    bool changed;
    one.name = S("One");
    two.name = S("Two");
    fixture_good(f, user_change(&f->cx, f->db, &one, &changed));
    assert_true(changed);
    fixture_good(f, user_change(&f->cx, f->db, &two, &changed));
    assert_false(changed);
    assert_true(str_equal(get(f, one.id).name, S("One")));
    assert_int_equal(get(f, one.id).version, 2);
}

static void user_code_step_only_goes_on(void **state) {
    struct fixture *f = *state;
    struct user user = added(f, "ana", ROLE_AGENT);
    bool newer;
    fixture_good(f, user_totp_put(&f->cx, f->db, user.id, S("SECRET"), 10));
    fixture_good(f, user_totp_step_put(&f->cx, f->db, user.id, 11, &newer));
    assert_true(newer);
    fixture_good(f, user_totp_step_put(&f->cx, f->db, user.id, 11, &newer));
    assert_false(newer);
    assert_int_equal(get(f, user.id).totp_step, 11);
}

static void user_without_a_feed_is_not_found_by_none(void **state) {
    struct fixture *f = *state;
    struct user user = added(f, "ana", ROLE_REP), got;
    bool found;
    fixture_good(f, user_find_feed(&f->cx, f->db, S(""), &found, &got));
    assert_false(found);
    fixture_good(f, user_feed_put(&f->cx, f->db, user.id, S("abc")));
    fixture_good(f, user_find_feed(&f->cx, f->db, S("abc"), &found, &got));
    assert_true(found && got.id == user.id);
}

static void session_put(struct fixture *f, const char *hash, int64_t user_id, int64_t at_us) {
    const struct session session = {.hash = str_from(hash), .user_id = user_id, .made_us = at_us, .address = S("::1")};
    fixture_good(f, session_add(&f->cx, f->db, &session));
}

static size_t sessions_of(struct fixture *f, int64_t user_id) {
    struct session *session;
    size_t n;
    fixture_good(f, session_list(&f->cx, f->db, user_id, &session, &n));
    return n;
}

static void session_keeps_how_far_it_is(void **state) {
    struct fixture *f = *state;
    struct session got;
    struct user user = {.login = S("ana"), .name = S("Ana"), .role = ROLE_AGENT};
    bool found;
    fixture_good(f, user_add(&f->cx, f->db, &user));
    for (int step = 0; step < 4; step++) {
        const struct session session = {
            .hash = cx_text(&f->cx, "h%d", step), .user_id = user.id, .half = step & 1, .by_link = step >> 1};
        fixture_good(f, session_add(&f->cx, f->db, &session));
        fixture_good(f, session_user(&f->cx, f->db, session.hash, &found, &got, &user));
        assert_true(found && got.half == session.half && got.by_link == session.by_link);
        assert_true(str_equal(user.login, S("ana")) && user.role == ROLE_AGENT);
    }
    fixture_good(f, session_known(&f->cx, f->db, S("h2")));
    fixture_good(f, session_user(&f->cx, f->db, S("h2"), &found, &got, &user));
    assert_false(got.half || got.by_link);
}

static void session_ends_for_its_own_user_alone(void **state) {
    struct fixture *f = *state;
    session_put(f, "a1", 1, 1);
    session_put(f, "a2", 1, 2);
    session_put(f, "a3", 1, 3);
    session_put(f, "b1", 2, 4);
    fixture_good(f, session_end(&f->cx, f->db, S("b1"), 1));
    assert_int_equal(sessions_of(f, 2), 1);
    fixture_good(f, session_end(&f->cx, f->db, S("a1"), 1));
    assert_int_equal(sessions_of(f, 1), 2);
    fixture_good(f, session_end_all(&f->cx, f->db, 1, S("a3")));
    assert_int_equal(sessions_of(f, 1), 1);
    fixture_good(f, session_end_all(&f->cx, f->db, 1, S("")));
    assert_int_equal(sessions_of(f, 1), 0);
    assert_int_equal(sessions_of(f, 2), 1);
}

static void session_is_swept_when_old_or_idle(void **state) {
    struct fixture *f = *state;
    session_put(f, "old", 1, 10);
    session_put(f, "idle", 1, 30);
    session_put(f, "used", 1, 30);
    fixture_good(f, session_seen(&f->cx, f->db, S("old"), 90));
    fixture_good(f, session_seen(&f->cx, f->db, S("used"), 90));
    fixture_good(f, session_sweep(&f->cx, f->db, 20, 50));
    struct session *session;
    size_t n;
    fixture_good(f, session_list(&f->cx, f->db, 1, &session, &n));
    assert_int_equal(n, 1);
    assert_true(str_equal(session[0].hash, S("used")));
}

static void link_is_taken_once_and_in_time(void **state) {
    struct fixture *f = *state;
    int64_t user_id;
    bool found;
    fixture_good(f, link_add(&f->cx, f->db, S("one"), 7, 100));
    fixture_good(f, link_add(&f->cx, f->db, S("two"), 8, 100));
    fixture_good(f, link_take(&f->cx, f->db, S("one"), 99, &found, &user_id));
    assert_true(found && user_id == 7);
    fixture_good(f, link_take(&f->cx, f->db, S("one"), 99, &found, &user_id));
    assert_false(found);
    fixture_good(f, link_take(&f->cx, f->db, S("two"), 100, &found, &user_id));
    assert_false(found);
}

static void guess_is_counted_and_forgotten(void **state) {
    struct fixture *f = *state;
    struct guess guess = {.wrong = 3, .last_us = 50, .until_us = 60};
    fixture_good(f, guess_put(&f->cx, f->db, S("login:ana"), &guess));
    guess.wrong = 4;
    fixture_good(f, guess_put(&f->cx, f->db, S("login:ana"), &guess));
    fixture_good(f, guess_put(&f->cx, f->db, S("from:::1"), &guess));
    fixture_good(f, guess_find(&f->cx, f->db, S("login:ana"), &guess));
    assert_true(guess.wrong == 4 && guess.last_us == 50 && guess.until_us == 60);
    fixture_good(f, guess_clear(&f->cx, f->db, S("login:ana"), 50));
    fixture_good(f, guess_find(&f->cx, f->db, S("login:ana"), &guess));
    assert_int_equal(guess.wrong, 0);
    fixture_good(f, guess_find(&f->cx, f->db, S("from:::1"), &guess));
    assert_int_equal(guess.wrong, 4);
    fixture_good(f, guess_clear(&f->cx, f->db, S("login:ana"), 51));
    fixture_good(f, guess_find(&f->cx, f->db, S("from:::1"), &guess));
    assert_int_equal(guess.wrong, 0);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(user_comes_back_with_its_rep_code),        TEST(user_login_is_there_once),
        TEST(user_changed_by_the_first_of_two_alone),   TEST(user_code_step_only_goes_on),
        TEST(user_without_a_feed_is_not_found_by_none), TEST(session_keeps_how_far_it_is),
        TEST(session_ends_for_its_own_user_alone),      TEST(session_is_swept_when_old_or_idle),
        TEST(link_is_taken_once_and_in_time),           TEST(guess_is_counted_and_forgotten),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
