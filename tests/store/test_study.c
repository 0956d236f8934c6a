// SPDX-License-Identifier: Apache-2.0
/* Questions that take long: asked once, answered once, forgotten when newer ones are there. */
#include "fixture.h"

#include "store/setting.h"
#include "store/study.h"

static int64_t add(struct fixture *f, enum study_kind kind, const char *mark, bool *again) {
    const struct study study = {.kind = kind,
                                .who = S("ana"),
                                .asked_us = 1,
                                .as_of = {20000},
                                .facts = 3,
                                .about = S("\tdays 90 at-risk 60\n")};
    int64_t id;
    fixture_good(f, study_add(&f->cx, f->db, &study, str_from(mark), &id, again));
    return id;
}

static struct study end(struct fixture *f, int64_t id, enum study_state state) {
    struct study study = {.id = id, .state = state, .ended_us = 9, .facts = 4, .result = S("all\t1"), .told = S("")};
    bool mine;
    fixture_good(f, study_claim(&f->cx, f->db, id, 5, &mine));
    assert_true(mine);
    fixture_good(f, study_end(&f->cx, f->db, &study, &mine));
    assert_true(mine);
    return study;
}

static void study_of_the_same_mark_is_asked_once(void **state) {
    struct fixture *f = *state;
    struct study study;
    bool again, found, mine;
    int64_t id = add(f, STUDY_CYCLE, "m", &again);
    assert_false(again);
    assert_int_equal(add(f, STUDY_CYCLE, "m", &again), id);
    assert_true(again);
    end(f, id, STUDY_FAILED);
    add(f, STUDY_CYCLE, "m", &again); /* one that failed begins anew */
    fixture_good(f, study_first(&f->cx, f->db, STUDY_ASKED, &found, &study));
    assert_true(found && study.id == id && study.as_of.n == 20000);
    fixture_good(f, study_claim(&f->cx, f->db, id, 5, &mine));
    assert_true(mine);
    fixture_good(f, study_claim(&f->cx, f->db, id, 5, &mine));
    assert_false(mine);
    fixture_good(f, study_left(&f->cx, f->db)); /* as after a kill */
    end(f, id, STUDY_DONE);
    fixture_good(f, study_find(&f->cx, f->db, id, &found, &study));
    assert_true(found && study.state == STUDY_DONE && study.facts == 4);
    assert_true(str_equal(study.result, S("all\t1")));
    fixture_good(f, study_find(&f->cx, f->db, id + 1, &found, &study));
    assert_false(found);
}

static void study_newest_is_what_is_done_and_what_comes_after_it(void **state) {
    struct fixture *f = *state;
    struct study_pair cycle, backtest;
    bool again;
    int64_t facts;
    fixture_good(f, study_newest(&f->cx, f->db, &cycle, &backtest, &facts));
    assert_true(cycle.done.state == STUDY_NONE && backtest.next.state == STUDY_NONE);
    fixture_good(f, setting_put(&f->cx, f->db, S("facts"), S("7")));
    end(f, add(f, STUDY_CYCLE, "old", &again), STUDY_FAILED);
    int64_t done = add(f, STUDY_CYCLE, "a", &again);
    end(f, done, STUDY_DONE);
    fixture_good(f, study_newest(&f->cx, f->db, &cycle, &backtest, &facts));
    assert_true(cycle.done.id == done && cycle.next.state == STUDY_NONE); /* the failure before it is past */
    int64_t next = add(f, STUDY_CYCLE, "b", &again), test = add(f, STUDY_BACKTEST, "c", &again);
    add(f, STUDY_RULES, "d", &again);
    fixture_good(f, study_newest(&f->cx, f->db, &cycle, &backtest, &facts));
    assert_true(cycle.done.id == done && cycle.next.id == next && backtest.next.id == test);
    assert_int_equal(facts, 7);
}

static void study_drop_leaves_the_newest_of_its_kind_with_their_customers(void **state) {
    struct fixture *f = *state;
    const struct study_change change[] = {{1, 500, STATUS_ACTIVE, STATUS_AT_RISK},
                                          {2, 300, STATUS_ACTIVE, STATUS_LOST}};
    bool again, found;
    struct study study;
    int64_t id[4];
    for (int i = 0; i < 4; i++) {
        id[i] = add(f, STUDY_RULES, (const char *[]){"a", "b", "c", "d"}[i], &again);
        fixture_good(f, study_changes_put(&f->cx, f->db, id[i], change, 2));
        fixture_good(f, study_changes_put(&f->cx, f->db, id[i], change, 2)); /* begun anew */
        if (i < 3)
            end(f, id[i], STUDY_DONE);
    }
    fixture_good(f, study_drop(&f->cx, f->db, STUDY_CYCLE, 1)); /* another kind's */
    fixture_good(f, study_drop(&f->cx, f->db, STUDY_RULES, 2));
    for (int i = 0; i < 4; i++) {
        fixture_good(f, study_find(&f->cx, f->db, id[i], &found, &study));
        assert_true(found == (i > 0)); /* what is asked stays too */
    }
    assert_string_equal(fixture_raw(f, "SELECT count(*) FROM study_customer"), "6\n");
}

int main(void) {
    const struct CMUnitTest tests[] = {TEST(study_of_the_same_mark_is_asked_once),
                                       TEST(study_newest_is_what_is_done_and_what_comes_after_it),
                                       TEST(study_drop_leaves_the_newest_of_its_kind_with_their_customers)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
