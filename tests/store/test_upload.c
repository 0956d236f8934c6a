// SPDX-License-Identifier: Apache-2.0
/* Uploads go from new to done by single steps that only one can take, and keep all that was said and told of them. */
#include "fixture.h"

#include "store/upload.h"

static int64_t put(struct fixture *f, const char *token, enum upload_state state, bool *again) {
    struct upload_file file[] = {{S("vendas.csv"), S("a/vendas.csv"), 12}, {S("itens.csv"), S("a/itens.csv"), 5}};
    const struct upload upload = {.kind = IMPORT_TITLES,
                                  .state = state,
                                  .who = S("ana"),
                                  .made_us = 7,
                                  .said = S("date=dmy\n"),
                                  .place = S("here"),
                                  .token = str_from(token),
                                  .file = file,
                                  .files = 2};
    int64_t id = 0;
    fixture_good(f, upload_add(&f->cx, f->db, &upload, &id, again));
    return id;
}

static struct upload find(struct fixture *f, int64_t id) {
    struct upload upload = {0};
    bool found = false;
    fixture_good(f, upload_find(&f->cx, f->db, id, &found, &upload));
    assert_true(found);
    return upload;
}

static void upload_keeps_all_that_was_written_and_a_form_counts_once(void **state) {
    struct fixture *f = *state;
    bool again, other;
    int64_t id = put(f, "t1", UPLOAD_NEW, &again);
    assert_false(again);
    assert_int_equal(put(f, "t1", UPLOAD_NEW, &again), id);
    assert_true(again);
    assert_int_not_equal(put(f, "t2", UPLOAD_NEW, &other), id);
    assert_false(other);
    struct upload got = find(f, id);
    assert_true(got.kind == IMPORT_TITLES && got.state == UPLOAD_NEW && got.made_us == 7 && got.files == 2);
    assert_true(str_equal(got.who, S("ana")) && str_equal(got.said, S("date=dmy\n")) &&
                str_equal(got.place, S("here")));
    assert_true(str_equal(got.file[1].name, S("itens.csv")) && got.file[0].bytes == 12);
}

static void upload_goes_one_step_at_a_time_and_only_one_takes_it(void **state) {
    struct fixture *f = *state;
    bool again, changed;
    int64_t id = put(f, "t", UPLOAD_NEW, &again);
    fixture_good(f, upload_claim(&f->cx, f->db, id, 9, &changed));
    assert_false(changed); /* nobody asked for it yet */
    fixture_good(f, upload_said(&f->cx, f->db, id, S("date=mdy\n"), UPLOAD_ASKED, &changed));
    assert_true(changed);
    fixture_good(f, upload_said(&f->cx, f->db, id, S(""), UPLOAD_NEW, &changed));
    assert_false(changed); /* too late to say otherwise */
    fixture_good(f, upload_drop(&f->cx, f->db, id, 9, &changed));
    assert_false(changed);
    fixture_good(f, upload_claim(&f->cx, f->db, id, 9, &changed));
    assert_true(changed);
    fixture_good(f, upload_claim(&f->cx, f->db, id, 9, &changed));
    assert_false(changed);
    fixture_good(f, upload_again(&f->cx, f->db, S("there")));
    assert_int_equal(find(f, id).state, UPLOAD_RUNNING); /* another server's start is not ours */
    fixture_good(f, upload_again(&f->cx, f->db, S("here")));
    assert_int_equal(find(f, id).state, UPLOAD_ASKED);
    fixture_good(f, upload_claim(&f->cx, f->db, id, 10, &changed));
    const struct upload ended = {
        .id = id, .state = UPLOAD_FAILED, .ended_us = 11, .told = S("import.empty_file\ta.csv\n")};
    fixture_good(f, upload_end(&f->cx, f->db, &ended));
    struct upload got = find(f, id);
    assert_true(got.state == UPLOAD_FAILED && got.started_us == 10 && got.ended_us == 11 &&
                str_equal(got.told, ended.told));
    fixture_good(f, upload_said(&f->cx, f->db, id, S(""), UPLOAD_ASKED, &changed));
    assert_true(changed); /* a failed one may be tried again */
}

static void upload_old_are_those_of_this_place_whose_files_are_there(void **state) {
    struct fixture *f = *state;
    struct upload *old;
    size_t n;
    bool again, changed;
    int64_t id = put(f, "t", UPLOAD_NEW, &again);
    fixture_good(f, upload_old(&f->cx, f->db, 7, S("here"), &old, &n));
    assert_int_equal(n, 0);
    fixture_good(f, upload_old(&f->cx, f->db, 8, S("there"), &old, &n));
    assert_int_equal(n, 0);
    fixture_good(f, upload_old(&f->cx, f->db, 8, S("here"), &old, &n));
    assert_int_equal(n, 1);
    assert_int_equal(old[0].files, 2);
    fixture_good(f, upload_open(&f->cx, f->db, &old, &n));
    assert_int_equal(n, 1);
    fixture_good(f, upload_drop(&f->cx, f->db, id, 9, &changed));
    fixture_good(f, upload_emptied(&f->cx, f->db, id));
    fixture_good(f, upload_old(&f->cx, f->db, 8, S("here"), &old, &n));
    assert_int_equal(n, 0);
    fixture_good(f, upload_open(&f->cx, f->db, &old, &n));
    assert_int_equal(n, 0);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(upload_keeps_all_that_was_written_and_a_form_counts_once),
        TEST(upload_goes_one_step_at_a_time_and_only_one_takes_it),
        TEST(upload_old_are_those_of_this_place_whose_files_are_there),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
