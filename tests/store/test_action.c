// SPDX-License-Identifier: Apache-2.0
/* What is done about a cause changes once a version, is kept once a token, and knows how often its cause was heard before and since. */
#include "fixture.h"

#include "store/action.h"

enum { TODAY = 1000, DONE_ON = 990 };

static void cause(struct fixture *f, int id, int kind) {
    char text[200];
    snprintf(text, sizeof text, "INSERT INTO choice (id, kind, name, made_us) VALUES (%d, %d, 'cause %d', 1)", id, kind,
             id);
    fixture_raw_run(f, text);
}

static void contact(struct fixture *f, int day, int reason, int objection) {
    static int id;
    char text[300];
    id++;
    snprintf(
        text, sizeof text,
        "INSERT INTO contact (id, customer_id, user_id, at_us, day, channel, outcome, reason_id, objection_id, token, "
        "made_us) VALUES (%d, 1, 1, %d, %d, 1, 1, %d, %d, 't%d', 0)",
        id, id, day, reason, objection, id);
    fixture_raw_run(f, text);
}

static struct action put(struct fixture *f, int64_t id, int64_t choice_id, struct day done_on) {
    const struct action action = {.id = id,
                                  .choice_id = choice_id,
                                  .what = S("Another carrier"),
                                  .owner = S("Ana"),
                                  .due_on = {TODAY},
                                  .done_on = done_on,
                                  .state = day_is(done_on) ? ACTION_DONE : ACTION_DOING,
                                  .token = str_copy(&f->arena, cx_text(&f->cx, "token %d", (int)id)),
                                  .made_us = 7,
                                  .version = 1};
    fixture_good(f, action_add(&f->cx, f->db, &action));
    return action;
}

static void action_effect_counts_the_days_before_and_since(void **state) {
    struct fixture *f = *state;
    struct action_row *row;
    size_t n;
    cause(f, 1, CHOICE_REASON);
    cause(f, 2, CHOICE_OBJECTION);
    put(f, 1, 1, (struct day){DONE_ON});
    put(f, 2, 2, (struct day){DONE_ON - 500});
    put(f, 3, 1, DAY_NONE);
    contact(f, DONE_ON - ACTION_EFFECT_DAYS - 1, 1, 0); /* too long ago */
    contact(f, DONE_ON - ACTION_EFFECT_DAYS, 1, 0);
    contact(f, DONE_ON - 1, 1, 2);
    contact(f, DONE_ON - 1, 0, 2);
    contact(f, DONE_ON, 1, 0);
    contact(f, TODAY, 0, 0);
    contact(f, TODAY + 1, 1, 0); /* after the day answered for */
    contact(f, DONE_ON - 500, 2, 2);
    contact(f, DONE_ON - 500 + ACTION_EFFECT_DAYS - 1, 0, 2);
    contact(f, DONE_ON - 500 + ACTION_EFFECT_DAYS, 0, 2);
    fixture_good(f, action_list(&f->cx, f->db, (struct day){TODAY}, &row, &n));
    assert_int_equal(n, 3);
    assert_int_equal(row[0].effect.before, 2);
    assert_int_equal(row[0].effect.before_all, 3);
    assert_int_equal(row[0].effect.after, 1);
    assert_int_equal(row[0].effect.after_all, 2);
    assert_int_equal(row[0].effect.days, TODAY - DONE_ON + 1);
    assert_int_equal(row[1].effect.before, 0);
    assert_int_equal(row[1].effect.after, 2);
    assert_int_equal(row[1].effect.after_all, 2);
    assert_int_equal(row[1].effect.days, ACTION_EFFECT_DAYS);
    assert_int_equal(row[1].kind, CHOICE_OBJECTION);
    assert_int_equal(row[2].effect.days, 0);
    assert_int_equal(row[2].effect.before_all, 0);
}

static void action_changes_once_a_version_and_is_found_by_its_token(void **state) {
    struct fixture *f = *state;
    struct action found, one;
    bool there, changed;
    int64_t greatest, n;
    cause(f, 1, CHOICE_REASON);
    one = put(f, 5, 1, DAY_NONE);
    one.owner = S("Bia");
    one.done_on = (struct day){TODAY};
    one.state = ACTION_CHECKED;
    fixture_good(f, action_change(&f->cx, f->db, &one, &changed));
    assert_true(changed);
    fixture_good(f, action_change(&f->cx, f->db, &one, &changed));
    assert_false(changed);
    fixture_good(f, action_find_token(&f->cx, f->db, S("token 5"), &there, &found));
    assert_true(there && str_equal(found.owner, S("Bia")) && found.version == 2 && found.done_on.n == TODAY);
    fixture_good(f, action_find(&f->cx, f->db, 6, &there, &found));
    assert_false(there);
    fixture_good(f, action_count(&f->cx, f->db, &greatest, &n));
    assert_true(greatest == 5 && n == 1);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(action_effect_counts_the_days_before_and_since),
        TEST(action_changes_once_a_version_and_is_found_by_its_token),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
