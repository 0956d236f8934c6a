// SPDX-License-Identifier: Apache-2.0
/* People at a customer and notes on one: kept whole, once a token, found only through their customer, changed once a version. */
#include "fixture.h"

#include "store/dossier.h"

static const struct person ana = {.name = {"Ana Souza", 9},
                                  .position = {"Compradora", 10},
                                  .phone = {"+55 11 98888-7777", 17},
                                  .email = {"ana@example.com", 15},
                                  .consent_phone = CONSENT_YES,
                                  .consent_email = CONSENT_NO,
                                  .consent_on = {18808},
                                  .consent_source = {"ligação", 9},
                                  .made_us = 7};

static bool put(struct fixture *f, int64_t customer_id, const struct person *person, const char *token) {
    bool added;
    fixture_good(f, person_add(&f->cx, f->db, customer_id, person, str_from(token), &added));
    return added;
}

static struct dossier kept(struct fixture *f, int64_t customer_id, int64_t notes) {
    const struct dossier_wish wish = {.customer_id = customer_id, .as_of = {1000}, .since = DAY_NONE, .notes = notes};
    struct dossier out;
    fixture_good(f, dossier_read(&f->cx, f->db, &wish, &out));
    return out;
}

static struct person only(struct fixture *f, int64_t customer_id) {
    struct dossier d = kept(f, customer_id, 0);
    assert_int_equal(d.persons, 1);
    return d.person[0];
}

static void person_keeps_all_that_was_written(void **state) {
    struct fixture *f = *state;
    assert_true(put(f, 1, &ana, "a"));
    struct person now = only(f, 1);
    assert_true(str_equal(now.name, ana.name) && str_equal(now.position, ana.position) &&
                str_equal(now.phone, ana.phone) && str_equal(now.email, ana.email) &&
                str_equal(now.consent_source, ana.consent_source));
    assert_int_equal(now.consent_phone, CONSENT_YES);
    assert_int_equal(now.consent_email, CONSENT_NO);
    assert_int_equal(now.consent_on.n, 18808);
    assert_int_equal(now.made_us, 7);
    assert_int_equal(now.version, 1);
    assert_int_equal(now.retired_us, 0);
}

static void person_never_asked_has_no_day(void **state) {
    struct fixture *f = *state;
    const struct person nobody = {.name = S("Rui"), .consent_on = DAY_NONE};
    assert_true(put(f, 1, &nobody, "a"));
    assert_false(day_is(only(f, 1).consent_on));
}

static void person_of_a_token_is_added_once_a_customer(void **state) {
    struct fixture *f = *state;
    assert_true(put(f, 1, &ana, "a"));
    assert_false(put(f, 1, &ana, "a"));
    assert_true(put(f, 2, &ana, "a"));
    only(f, 1);
    only(f, 2);
}

static void person_changes_once_a_version_and_is_found_through_its_customer_only(void **state) {
    struct fixture *f = *state;
    bool changed, found;
    assert_true(put(f, 1, &ana, "a"));
    struct person first = only(f, 1), second = first, now;
    first.phone = S("1");
    second.phone = S("2");
    fixture_good(f, person_change(&f->cx, f->db, 1, &first, &changed));
    assert_true(changed);
    fixture_good(f, person_change(&f->cx, f->db, 1, &second, &changed));
    assert_false(changed);
    second.version = 2;
    fixture_good(f, person_change(&f->cx, f->db, 2, &second, &changed));
    assert_false(changed);
    fixture_good(f, person_find(&f->cx, f->db, 1, first.id, &found, &now));
    assert_true(found && str_equal(now.phone, S("1")) && now.version == 2);
    fixture_good(f, person_find(&f->cx, f->db, 2, first.id, &found, &now));
    assert_false(found);
}

static void person_retired_leaves_the_list_and_is_still_found(void **state) {
    struct fixture *f = *state;
    struct person now;
    bool changed, found;
    assert_true(put(f, 1, &ana, "a"));
    now = only(f, 1);
    now.retired_us = 9;
    fixture_good(f, person_change(&f->cx, f->db, 1, &now, &changed));
    assert_int_equal(kept(f, 1, 0).persons, 0);
    fixture_good(f, person_find(&f->cx, f->db, 1, now.id, &found, &now));
    assert_true(found && now.retired_us == 9);
}

/* ---- notes ---- */

static bool write_down(struct fixture *f, int64_t customer_id, int64_t at_us, const char *text, const char *token) {
    const struct note note = {.user_id = 1, .at_us = at_us, .text = str_from(text)};
    bool added;
    fixture_good(f, note_add(&f->cx, f->db, customer_id, &note, str_from(token), &added));
    return added;
}

static void notes_come_newest_first_up_to_a_number_with_their_author(void **state) {
    struct fixture *f = *state;
    fixture_raw_run(f, "INSERT INTO app_user (id, login, name, role, made_us) VALUES (1, 'ana', 'Ana Souza', 2, 0)");
    assert_true(write_down(f, 1, 10, "first", "a"));
    assert_true(write_down(f, 1, 30, "third\nline", "b"));
    assert_true(write_down(f, 1, 20, "second", "c"));
    assert_true(write_down(f, 2, 40, "elsewhere", "d"));
    struct dossier d = kept(f, 1, 2);
    assert_int_equal(d.notes, 2);
    assert_true(str_equal(d.note[0].text, S("third\nline")) && str_equal(d.note[1].text, S("second")));
    assert_true(str_equal(d.note[0].author, S("Ana Souza")));
    assert_int_equal(d.note[0].at_us, 30);
}

static void note_of_a_token_is_kept_once(void **state) {
    struct fixture *f = *state;
    assert_true(write_down(f, 1, 10, "first", "a"));
    assert_false(write_down(f, 1, 20, "first", "a"));
    struct dossier d = kept(f, 1, 9);
    assert_int_equal(d.notes, 1);
    assert_int_equal(d.note[0].at_us, 10);
    assert_int_equal(d.note[0].author.n, 0);
}

static void note_taken_back_is_kept_and_shown_no_more(void **state) {
    struct fixture *f = *state;
    struct note now;
    bool changed, found;
    assert_true(write_down(f, 1, 10, "first", "a"));
    struct dossier d = kept(f, 1, 9);
    fixture_good(f, note_retire(&f->cx, f->db, 2, d.note[0].id, 50, &changed));
    assert_false(changed);
    fixture_good(f, note_retire(&f->cx, f->db, 1, d.note[0].id, 50, &changed));
    assert_true(changed);
    fixture_good(f, note_retire(&f->cx, f->db, 1, d.note[0].id, 60, &changed));
    assert_false(changed);
    fixture_good(f, note_find(&f->cx, f->db, 1, d.note[0].id, &found, &now));
    assert_true(found && now.retired_us == 50 && str_equal(now.text, S("first")));
    assert_int_equal(kept(f, 1, 9).notes, 0);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(person_keeps_all_that_was_written),
        TEST(person_never_asked_has_no_day),
        TEST(person_of_a_token_is_added_once_a_customer),
        TEST(person_changes_once_a_version_and_is_found_through_its_customer_only),
        TEST(person_retired_leaves_the_list_and_is_still_found),
        TEST(notes_come_newest_first_up_to_a_number_with_their_author),
        TEST(note_of_a_token_is_kept_once),
        TEST(note_taken_back_is_kept_and_shown_no_more),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
