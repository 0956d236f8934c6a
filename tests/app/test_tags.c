// SPDX-License-Identifier: Apache-2.0
/* The company's tags: whoever renames or merges one keeps every view and work list asking for the same customers. */
#include "../store/fixture.h"

#include "app/tags.h"
#include "store/saved_view.h"
#include "store/tag.h"
#include "store/worklist.h"

static struct fixture *fixture;

static int start(void **state) {
    fixture_ready(state);
    fixture = *state;
    return 0;
}

/* A tag carried by customers first .. last. */
static int64_t tag_made(const char *name, int64_t first, int64_t last) {
    int64_t id;
    bool changed;
    fixture_good(fixture, db_write(&fixture->cx, fixture->db));
    fixture_good(fixture, tag_of_name(&fixture->cx, fixture->db, str_from(name), 5, &id));
    for (int64_t customer = first; customer <= last; customer++)
        fixture_good(fixture, tag_put(&fixture->cx, fixture->db, customer, id, &changed));
    fixture_good(fixture, db_commit(&fixture->cx, fixture->db));
    return id;
}

static void asked_made(const char *query) {
    struct saved_view view = {.user_id = 1, .name = S("v"), .query = str_from(query), .made_us = 5};
    struct worklist list = {
        .name = S("w"), .query = str_from(query), .starts_on = {1}, .ends_on = DAY_NONE, .user_id = 1};
    fixture_good(fixture, db_write(&fixture->cx, fixture->db));
    fixture_good(fixture, saved_view_add(&fixture->cx, fixture->db, &view));
    fixture_good(fixture, worklist_add(&fixture->cx, fixture->db, &list));
    fixture_good(fixture, db_commit(&fixture->cx, fixture->db));
}

static struct tags_edit edit_of(int64_t id, const char *name) {
    struct tags_look look = {.state = TAGS_EVERY};
    struct tag_use *use;
    size_t n, of;
    struct tags_edit edit = {.id = id, .name = str_from(name), .who = S("ana"), .now_us = 9};
    fixture_good(fixture, tags_look_through(&fixture->cx, fixture->db, &look, &use, &n, &of));
    for (size_t i = 0; i < n; i++)
        if (use[i].tag.id == id)
            edit.version = use[i].tag.version;
    return edit;
}

static void tag_renamed_is_asked_for_by_its_new_name(void **state) {
    (void)state;
    struct tags_moved moved;
    int64_t fair = tag_made("fair 2026", 1, 3);
    tag_made("fair", 4, 4);
    asked_made("tag=fair+2026&status=lost&sort=name&col=code&col=name");
    asked_made("tag=fair&min_value=10");
    asked_made("q=fair%202026");
    asked_made("tag=%66air%202026&no_such=1");
    struct tags_edit edit = edit_of(fair, "  são  paulo & cia ");
    fixture_good(fixture, tags_rename(&fixture->cx, fixture->db, &edit, &moved));
    assert_int_equal(moved.views, 2);
    assert_int_equal(moved.worklists, 2);
    assert_string_equal(fixture_raw(fixture, "SELECT query, version FROM saved_view ORDER BY id"),
                        "tag=s%C3%A3o%20paulo%20%26%20cia&status=lost&sort=name&col=code&col=name|2\n"
                        "tag=fair&min_value=10|1\n"
                        "q=fair%202026|1\n"
                        "tag=s%C3%A3o%20paulo%20%26%20cia|2\n");
    assert_string_equal(fixture_raw(fixture, "SELECT query FROM worklist WHERE id = 1"),
                        "tag=s%C3%A3o%20paulo%20%26%20cia&status=lost&sort=name&col=code&col=name\n");
    assert_string_equal(fixture_raw(fixture, "SELECT count(*) FROM customer_tag WHERE tag_id = 1"), "3\n");
    assert_string_equal(fixture_raw(fixture, "SELECT what, subject FROM audit"), "tag_edit|são paulo & cia\n");
    /* Who saw it before is told; a name that is another's is refused; its own name again is no change. */
    fixture_refused(fixture, tags_rename(&fixture->cx, fixture->db, &edit, &moved), ERR_CONFLICT, "tag.changed");
    edit = edit_of(fair, "fair");
    fixture_refused(fixture, tags_rename(&fixture->cx, fixture->db, &edit, &moved), ERR_CONFLICT, "tag.taken");
    edit.name = S("a, b");
    fixture_refused(fixture, tags_rename(&fixture->cx, fixture->db, &edit, &moved), ERR_INVALID, "tag.comma");
}

static void tags_merged_are_one_and_whoever_had_both_has_it_once(void **state) {
    (void)state;
    struct tags_moved moved;
    int64_t one = tag_made("one", 1, 5), two = tag_made("two", 4, 8);
    asked_made("tag=one&tag=two&status=lost");
    asked_made("tag=one");
    struct tags_edit edit = edit_of(one, "nobody");
    fixture_refused(fixture, tags_merge(&fixture->cx, fixture->db, &edit, &moved), ERR_INVALID, "tag.no_other");
    edit.name = S("one");
    fixture_refused(fixture, tags_merge(&fixture->cx, fixture->db, &edit, &moved), ERR_INVALID, "tag.itself");
    edit.name = S("two");
    fixture_good(fixture, tags_merge(&fixture->cx, fixture->db, &edit, &moved));
    assert_int_equal(moved.customers, 5);
    assert_string_equal(fixture_raw(fixture, "SELECT tag_id, count(*) FROM customer_tag GROUP BY tag_id"), "2|8\n");
    assert_string_equal(fixture_raw(fixture, "SELECT query FROM saved_view ORDER BY id"),
                        "tag=two&status=lost\ntag=two\n");
    assert_string_equal(fixture_raw(fixture, "SELECT what, subject, before_text, after_text FROM audit"),
                        "tag_merge|one|5 customers|two\n");
    edit = edit_of(two, "");
    edit.version--;
    fixture_refused(fixture, tags_merge(&fixture->cx, fixture->db, &edit, &moved), ERR_INVALID, "tag.empty");
}

static void tag_retired_is_kept_but_given_by_nobody_without_the_right(void **state) {
    (void)state;
    int64_t id;
    size_t n;
    struct tag *tag;
    struct tags_edit edit = edit_of(tag_made("old", 1, 2), "");
    edit.retired = true;
    fixture_good(fixture, tags_retire(&fixture->cx, fixture->db, &edit));
    fixture_good(fixture, tags_all(&fixture->cx, fixture->db, &tag, &n));
    assert_int_equal(n, 0);
    assert_string_equal(fixture_raw(fixture, "SELECT count(*) FROM customer_tag"), "2\n");
    fixture_good(fixture, db_write(&fixture->cx, fixture->db));
    fixture_refused(fixture, tags_give(&fixture->cx, fixture->db, S("old"), false, 9, &id), ERR_INVALID, "tag.retired");
    fixture_good(fixture, tags_give(&fixture->cx, fixture->db, S("old"), true, 9, &id));
    fixture_good(fixture, db_commit(&fixture->cx, fixture->db));
    fixture_good(fixture, tags_all(&fixture->cx, fixture->db, &tag, &n));
    assert_int_equal(n, 1);
}

static void tags_are_found_without_accents_and_sorted_by_their_customers(void **state) {
    (void)state;
    struct tag_use *use;
    size_t n, of;
    tag_made("Feira São João", 1, 1);
    tag_made("feira", 1, 4);
    tag_made("visitar", 1, 2);
    struct tags_look look = {.search = S(" FEIRA "), .sort = TAGS_BY_CUSTOMERS, .descending = true};
    fixture_good(fixture, tags_look_through(&fixture->cx, fixture->db, &look, &use, &n, &of));
    assert_int_equal(n, 2);
    assert_int_equal(of, 3);
    assert_true(str_equal(use[0].tag.name, S("feira")));
    assert_int_equal(use[0].customers, 4);
    look.search = S("sao joao");
    fixture_good(fixture, tags_look_through(&fixture->cx, fixture->db, &look, &use, &n, &of));
    assert_int_equal(n, 1);
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, start, fixture_done)

int main(void) {
    const struct CMUnitTest tests[] = {
        CASE(tag_renamed_is_asked_for_by_its_new_name),
        CASE(tags_merged_are_one_and_whoever_had_both_has_it_once),
        CASE(tag_retired_is_kept_but_given_by_nobody_without_the_right),
        CASE(tags_are_found_without_accents_and_sorted_by_their_customers),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
