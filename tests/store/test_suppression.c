// SPDX-License-Identifier: Apache-2.0
/* The list of addresses that are not to be used, the states' lists of numbers, and what both answer. */
#include "fixture.h"

#include "store/suppression.h"

static int64_t hash_of(struct fixture *f, const char *text) {
    struct address address;
    assert_true(address_read(str_from(text), &address));
    return suppression_hash(f->db, &address);
}

static void add(struct fixture *f, const char *address, enum suppression_channel channel, struct day until,
                const char *token) {
    bool added;
    struct suppression s = {.kind = ADDRESS_PHONE,
                            .hash = hash_of(f, address),
                            .channel = channel,
                            .source = SUPPRESSION_ASKED,
                            .day = {100},
                            .until = until,
                            .note = S("nota"),
                            .shown = str_from(address),
                            .who = S("ana"),
                            .made_us = 5};
    fixture_good(f, suppression_add(&f->cx, f->db, &s, str_from(token), &added));
}

static size_t among(struct fixture *f, const char *address, int32_t day, struct suppression_hit **hit) {
    const int64_t hash[] = {hash_of(f, "+15550000001"), hash_of(f, address)};
    size_t n;
    fixture_good(f, suppression_among(&f->cx, f->db, hash, 2, (struct day){day}, hit, &n));
    return n;
}

static void suppression_is_found_by_any_form_of_its_address(void **state) {
    struct fixture *f = *state;
    struct suppression_hit *hit;
    add(f, "(11) 98765-4321", SUPPRESSION_CALL, DAY_NONE, "a");
    assert_int_equal(among(f, "+55 11 8765-4321", 200, &hit), 1);
    assert_int_equal(hit[0].channel, SUPPRESSION_CALL);
    assert_int_equal(hit[0].source, SUPPRESSION_ASKED);
    assert_int_equal(hit[0].day.n, 100);
    assert_false(day_is(hit[0].until));
    assert_int_equal(among(f, "(11) 98765-4322", 200, &hit), 0);
}

static void suppression_holds_through_its_last_day_and_until_lifted(void **state) {
    struct fixture *f = *state;
    struct suppression_hit *hit;
    bool changed;
    add(f, "(11) 98765-4321", SUPPRESSION_ALL, (struct day){150}, "a");
    assert_int_equal(among(f, "(11) 98765-4321", 150, &hit), 1);
    assert_int_equal(among(f, "(11) 98765-4321", 151, &hit), 0);
    fixture_good(f, suppression_lift(&f->cx, f->db, 1, 9, S("rui"), S("pediu"), &changed));
    assert_true(changed);
    assert_int_equal(among(f, "(11) 98765-4321", 150, &hit), 0);
    fixture_good(f, suppression_lift(&f->cx, f->db, 1, 10, S("eva"), S("de novo"), &changed));
    assert_false(changed);
    struct suppression now;
    fixture_good(f, suppression_find(&f->cx, f->db, 1, &changed, &now));
    assert_true(str_equal(now.lifted_by, S("rui")) && str_equal(now.lifted_why, S("pediu")));
}

static void suppression_of_a_token_is_there_once(void **state) {
    struct fixture *f = *state;
    struct suppression_hit *hit;
    add(f, "(11) 98765-4321", SUPPRESSION_CALL, DAY_NONE, "a");
    add(f, "(11) 98765-4321", SUPPRESSION_CALL, DAY_NONE, "a");
    assert_int_equal(among(f, "(11) 98765-4321", 200, &hit), 1);
}

static bool count(struct cx *cx, void *owner, const struct suppression *s) {
    (void)cx;
    (void)s;
    ++*(size_t *)owner;
    return true;
}

static size_t listed(struct fixture *f, struct suppression_filter filter) {
    size_t n = 0;
    filter.most = filter.most > 0 ? filter.most : 1000;
    filter.day = (struct day){200};
    fixture_good(f, suppression_each(&f->cx, f->db, &filter, count, &n));
    return n;
}

static void list_is_asked_by_channel_source_state_and_address(void **state) {
    struct fixture *f = *state;
    add(f, "(11) 98765-4321", SUPPRESSION_CALL, DAY_NONE, "a");
    add(f, "(11) 98765-4322", SUPPRESSION_MESSAGE, (struct day){150}, "b");
    add(f, "(11) 98765-4323", SUPPRESSION_CALL, DAY_NONE, "c");
    assert_int_equal(listed(f, (struct suppression_filter){.channel = -1, .source = -1, .holds = -1}), 3);
    assert_int_equal(listed(f, (struct suppression_filter){.channel = SUPPRESSION_CALL, .source = -1, .holds = -1}), 2);
    assert_int_equal(listed(f, (struct suppression_filter){.channel = -1, .source = SUPPRESSION_LINK, .holds = -1}), 0);
    assert_int_equal(listed(f, (struct suppression_filter){.channel = -1, .source = -1, .holds = 1}), 2);
    assert_int_equal(listed(f, (struct suppression_filter){.channel = -1, .source = -1, .holds = 0}), 1);
    assert_int_equal(listed(f, (struct suppression_filter){.channel = -1, .source = -1, .holds = -1, .before = 3}), 2);
    assert_int_equal(
        listed(f,
               (struct suppression_filter){
                   .channel = -1, .source = -1, .holds = -1, .of_hash = true, .hash = hash_of(f, "11 8765-4323")}),
        1);
}

static void state_list_takes_the_place_of_its_earlier_one(void **state) {
    struct fixture *f = *state;
    struct suppression_hit *hit;
    struct block_list *list,
        wanted = {.state = S("SP"), .day = {300}, .entries = 1, .file = S("sp.csv"), .who = S("ana")};
    size_t n;
    const int64_t first = hash_of(f, "(11) 98765-4321"), second = hash_of(f, "(11) 98765-4322");
    fixture_good(f, block_put(&f->cx, f->db, &wanted, &first, 1));
    assert_int_equal(among(f, "(11) 98765-4321", 1, &hit), 1);
    assert_int_equal(hit[0].source, SUPPRESSION_BLOCK);
    assert_int_equal(hit[0].channel, SUPPRESSION_CALL);
    assert_true(str_equal(hit[0].state, S("SP")));
    wanted.state = S("RJ");
    fixture_good(f, block_put(&f->cx, f->db, &wanted, &first, 1));
    assert_int_equal(among(f, "(11) 98765-4321", 1, &hit), 2);
    wanted.state = S("SP");
    fixture_good(f, block_put(&f->cx, f->db, &wanted, &second, 1));
    assert_int_equal(among(f, "(11) 98765-4321", 1, &hit), 1);
    assert_int_equal(among(f, "(11) 98765-4322", 1, &hit), 1);
    fixture_good(f, block_lists(&f->cx, f->db, &list, &n));
    assert_int_equal(n, 2);
    fixture_good(f, block_drop(&f->cx, f->db, S("SP")));
    fixture_good(f, block_drop(&f->cx, f->db, S("RJ")));
    assert_int_equal(among(f, "(11) 98765-4322", 1, &hit), 0);
    fixture_good(f, block_lists(&f->cx, f->db, &list, &n));
    assert_int_equal(n, 0);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(suppression_is_found_by_any_form_of_its_address),
        TEST(suppression_holds_through_its_last_day_and_until_lifted),
        TEST(suppression_of_a_token_is_there_once),
        TEST(list_is_asked_by_channel_source_state_and_address),
        TEST(state_list_takes_the_place_of_its_earlier_one),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
