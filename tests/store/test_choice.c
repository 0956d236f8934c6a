// SPDX-License-Identifier: Apache-2.0
/* Reasons, objections and occurrences come back by kind and name, change by version only, and are counted in the contacts. */
#include "fixture.h"

#include "store/choice.h"

static struct choice put(struct fixture *f, enum choice_kind kind, const char *name) {
    struct choice choice = {.kind = kind, .name = str_from(name), .owner = S("Comercial"), .made_us = 7};
    fixture_good(f, choice_add(&f->cx, f->db, &choice));
    return choice;
}

static void contact(struct fixture *f, int id, int day, const char *column, int64_t choice) {
    fixture_raw_run(
        f, str_terminated(&f->arena,
                          cx_text(&f->cx,
                                  "INSERT INTO contact (id, customer_id, user_id, at_us, day, channel, "
                                  "outcome, %s, token, made_us) VALUES (%d, 1, 1, %d, %d, 1, 1, %lld, 't%d', 0)",
                                  column, id, id, day, (long long)choice, id)));
}

static void assert_use(const struct choice_use *use, int64_t id, int64_t contacts, int32_t first, int32_t last) {
    assert_int_equal(use->id, id);
    assert_int_equal(use->contacts, contacts);
    assert_int_equal(use->first.n, first);
    assert_int_equal(use->last.n, last);
}

static void choice_list_is_of_one_kind_or_all_and_leaves_the_retired_out(void **state) {
    struct fixture *f = *state;
    struct choice *list, late = put(f, CHOICE_REASON, "late"), dear = put(f, CHOICE_OBJECTION, "dear");
    put(f, CHOICE_REASON, "closed");
    size_t n;
    bool changed;
    dear.retired_us = 9;
    fixture_good(f, choice_change(&f->cx, f->db, &dear, &changed));
    fixture_good(f, choice_list(&f->cx, f->db, CHOICE_REASON, false, &list, &n));
    assert_int_equal(n, 2);
    assert_string_equal(str_terminated(&f->arena, list[0].name), "closed");
    assert_int_equal(list[1].id, late.id);
    fixture_good(f, choice_list(&f->cx, f->db, CHOICE_NONE, false, &list, &n));
    assert_int_equal(n, 2);
    fixture_good(f, choice_list(&f->cx, f->db, CHOICE_OBJECTION, true, &list, &n));
    assert_int_equal(n, 1);
    assert_int_equal(list[0].retired_us, 9);
}

static void choice_keeps_all_that_was_written(void **state) {
    struct fixture *f = *state;
    struct choice now, choice = {.kind = CHOICE_OBJECTION,
                                 .name = S("Está caro"),
                                 .owner = S("Comercial"),
                                 .preventable = true,
                                 .argument = S("Frete\nincluído"),
                                 .made_us = 7};
    bool found;
    fixture_good(f, choice_add(&f->cx, f->db, &choice));
    fixture_good(f, choice_find(&f->cx, f->db, choice.id, &found, &now));
    assert_true(found && now.preventable && now.kind == CHOICE_OBJECTION && now.version == 1 && now.made_us == 7);
    assert_true(str_equal(now.name, choice.name) && str_equal(now.owner, choice.owner) &&
                str_equal(now.argument, choice.argument));
    fixture_good(f, choice_find(&f->cx, f->db, choice.id + 1, &found, &now));
    assert_false(found);
}

static void choice_changes_once_a_version(void **state) {
    struct fixture *f = *state;
    struct choice first = put(f, CHOICE_REASON, "late"), second = first, now;
    bool changed, found;
    first.name = S("Late deliveries");
    fixture_good(f, choice_change(&f->cx, f->db, &first, &changed));
    assert_true(changed);
    second.name = S("Too late");
    fixture_good(f, choice_change(&f->cx, f->db, &second, &changed));
    assert_false(changed);
    fixture_good(f, choice_find(&f->cx, f->db, first.id, &found, &now));
    assert_true(str_equal(now.name, S("Late deliveries")));
    assert_int_equal(now.version, 2);
}

static void choice_uses_are_counted_by_kind_within_days(void **state) {
    struct fixture *f = *state;
    struct choice late = put(f, CHOICE_REASON, "late"), closed = put(f, CHOICE_REASON, "closed"),
                  dear = put(f, CHOICE_OBJECTION, "dear"), call = put(f, CHOICE_OCCURRENCE, "call");
    struct choice_use *use;
    size_t n;
    contact(f, 1, 100, "reason_id", late.id);
    contact(f, 2, 120, "reason_id", late.id);
    contact(f, 3, 110, "objection_id", dear.id);
    contact(f, 4, 115, "occurrence_id", call.id);
    contact(f, 5, 130, "reason_id", closed.id);
    fixture_good(f, choice_uses(&f->cx, f->db, CHOICE_REASON, DAY_NONE, DAY_NONE, &use, &n));
    assert_int_equal(n, 2);
    assert_use(&use[0], late.id, 2, 100, 120);
    assert_use(&use[1], closed.id, 1, 130, 130);
    fixture_good(f, choice_uses(&f->cx, f->db, CHOICE_REASON, (struct day){101}, (struct day){129}, &use, &n));
    assert_int_equal(n, 1);
    assert_use(&use[0], late.id, 1, 120, 120);
    fixture_good(f, choice_uses(&f->cx, f->db, CHOICE_OBJECTION, DAY_NONE, DAY_NONE, &use, &n));
    assert_int_equal(n, 1);
    assert_use(&use[0], dear.id, 1, 110, 110);
    fixture_good(f, choice_uses(&f->cx, f->db, CHOICE_OCCURRENCE, DAY_NONE, DAY_NONE, &use, &n));
    assert_use(&use[0], call.id, 1, 115, 115);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(choice_list_is_of_one_kind_or_all_and_leaves_the_retired_out),
        TEST(choice_keeps_all_that_was_written),
        TEST(choice_changes_once_a_version),
        TEST(choice_uses_are_counted_by_kind_within_days),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
