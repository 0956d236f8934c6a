// SPDX-License-Identifier: Apache-2.0
/* Pages of a list: walked to the end and back they hold every row once, whatever the order, also where rows changed since they were
 * packed and where the customer a page was remembered by is gone. And the filters that only pages have.
 */
#include "shop.h"
#include "store/list.h"
#include "store/tag.h"

enum { CUSTOMERS = 1300, PAGE = 97, MOVED = 240 };

static struct fixture *fixture;
static struct shop shop;
static struct str *code; /* of the whole list, in its order */
static size_t codes;

struct seen {
    struct list_order order;
    struct str *code;
    struct list_from first, last;
    size_t n;
};

static struct list_from from_copy(struct list_from from) {
    from.text = str_copy(&fixture->arena, from.text);
    from.code = str_copy(&fixture->arena, from.code);
    return from;
}

static bool see(struct cx *cx, void *owner, const struct customer *customer) {
    struct seen *seen = owner;
    (void)cx;
    seen->last = from_copy(list_from_customer(&fixture->arena, seen->order.column, customer));
    if (seen->n == 0)
        seen->first = seen->last;
    seen->code[seen->n++] = str_copy(&fixture->arena, customer->code);
    return true;
}

static void see_page(const struct list_filter *filter, struct list_from from, int64_t limit, struct seen *seen,
                     struct list_totals *totals) {
    seen->n = 0;
    fixture_good(fixture,
                 list_page(&fixture->cx, fixture->db, &shop.run, filter, seen->order, &from, limit, see, seen, totals));
}

static const struct list_from from_the_first = {.number = STAT_NONE};

static void all_in_order(const struct list_filter *filter, struct list_order order) {
    struct seen seen = {.order = order, .code = code};
    see_page(filter, from_the_first, 0, &seen, NULL);
    codes = seen.n;
}

/* Walk to the end, comparing with the whole list; then from the last row back to the first. */
static void walk(const struct list_filter *filter, struct list_order order) {
    struct str page[PAGE];
    struct seen seen = {.order = order, .code = page};
    struct list_totals totals, all;
    struct list_from from = from_the_first;
    all_in_order(filter, order);
    fixture_good(fixture, list_total(&fixture->cx, fixture->db, &shop.run, filter, &all));
    size_t at = 0;
    for (;;) {
        see_page(filter, from, PAGE, &seen, &totals);
        assert_memory_equal(&totals, &all, sizeof all);
        assert_true(at + seen.n <= codes);
        for (size_t i = 0; i < seen.n; i++)
            assert_true(str_equal(page[i], code[at + i]));
        at += seen.n;
        if (seen.n < PAGE)
            break;
        from = seen.last;
    }
    assert_int_equal(at, codes);
    struct list_from back = seen.n > 0 ? seen.last : from;
    for (at = codes - (codes > 0); at > 0;) {
        back.back = true;
        see_page(filter, back, PAGE, &seen, NULL);
        assert_true(seen.n == (at < PAGE ? at : PAGE));
        for (size_t i = 0; i < seen.n; i++)
            assert_true(str_equal(page[i], code[at - 1 - i]));
        at -= seen.n;
        back = seen.last;
    }
}

static void walk_all(void) {
    struct list_filter filter = list_filter_any();
    for (int column = 0; column < COLUMN_COUNT; column++) {
        if (!column_defs[column].sortable)
            continue;
        struct arena_mark mark = arena_mark_get(&fixture->arena);
        walk(&filter, (struct list_order){(enum column)column, false});
        walk(&filter, (struct list_order){(enum column)column, true});
        arena_rewind(&fixture->arena, mark);
    }
}

static int start(void **state) {
    fixture_ready(state);
    fixture = *state;
    shop_open(&shop, fixture, CUSTOMERS);
    code = calloc(CUSTOMERS, sizeof *code);
    return 0;
}

static int finish(void **state) {
    free(code);
    return fixture_done(state);
}

static void pages_hold_every_row_once_in_every_order(void **state) {
    (void)state;
    walk_all();
    struct list_filter filter = list_filter_any();
    filter.statuses = 1u << STATUS_LOST | 1u << STATUS_AT_RISK;
    walk(&filter, (struct list_order){COLUMN_REP, false});
    filter.search = S("nobody is called so");
    walk(&filter, (struct list_order){COLUMN_NAME, false});
}

static void a_tag_finds_who_has_it(void **state) {
    (void)state;
    int64_t tag, changed,
        id[3] = {shop.customer[5].row.customer_id, shop.customer[9].row.customer_id,
                 shop.customer[700].row.customer_id};
    bool once;
    struct list_totals totals;
    fixture_good(fixture, db_write(&fixture->cx, fixture->db));
    fixture_good(fixture, tag_of_name(&fixture->cx, fixture->db, S("feira"), 1, &tag));
    fixture_good(fixture, tag_put(&fixture->cx, fixture->db, id[1], tag, &once));
    assert_true(once);
    fixture_good(fixture, tag_put(&fixture->cx, fixture->db, id[1], tag, &once));
    assert_false(once);
    fixture_good(fixture, tag_put_many(&fixture->cx, fixture->db, id, 3, tag, &changed));
    assert_int_equal(changed, 2);
    fixture_good(fixture, db_commit(&fixture->cx, fixture->db));
    struct list_filter filter = list_filter_any();
    filter.tag = (struct list_codes){.code = {S("feira"), S("no such tag")}, .n = 2};
    all_in_order(&filter, (struct list_order){COLUMN_CODE, false});
    assert_int_equal(codes, 3);
    filter.picked = true;
    filter.id = id + 1;
    filter.ids = 1;
    fixture_good(fixture, list_total(&fixture->cx, fixture->db, &shop.run, &filter, &totals));
    assert_int_equal(totals.customers, 1);
    filter = list_filter_any();
    filter.tag = (struct list_codes){.code = {S("no such tag")}, .n = 1};
    all_in_order(&filter, (struct list_order){COLUMN_CODE, false});
    assert_int_equal(codes, 0);
}

static void what_a_rep_may_see_is_what_is_found(void **state) {
    (void)state;
    struct list_filter filter = list_filter_any();
    int64_t *id;
    size_t n, own = 0;
    filter.only_rep = S("L3");
    fixture_good(fixture, list_ids(&fixture->cx, fixture->db, &shop.run, &filter, &id, &n));
    for (size_t i = 0; i < shop.n; i++)
        own += !shop.customer[i].gone && str_equal(shop.customer[i].label[LABEL_REP], S("L3"));
    assert_int_equal(n, own);
    assert_true(n > 10);
    for (size_t i = 1; i < n; i++)
        assert_true(id[i] > id[i - 1]);
    filter.rep = (struct list_codes){.code = {S("L4")}, .n = 1};
    fixture_good(fixture, list_ids(&fixture->cx, fixture->db, &shop.run, &filter, &id, &n));
    assert_int_equal(n, 0);
    filter = list_filter_any();
    filter.only_rep = S("a rep that nobody has");
    fixture_good(fixture, list_ids(&fixture->cx, fixture->db, &shop.run, &filter, &id, &n));
    assert_int_equal(n, 0);
}

static size_t found_by(const char *search, bool wide) {
    struct list_filter filter = list_filter_any();
    filter.search = str_from(search);
    filter.search_wide = wide;
    all_in_order(&filter, (struct list_order){COLUMN_CODE, false});
    return codes;
}

static void a_wide_search_finds_phones_and_cities(void **state) {
    (void)state;
    const struct shop_customer *c = &shop.customer[420];
    const char *phone = str_terminated(&fixture->arena, c->phone);
    assert_int_equal(found_by(phone, true), 1);
    assert_true(str_equal(code[0], c->row.code));
    assert_int_equal(found_by("(11) 90420", true), 1);
    assert_int_equal(found_by(phone, false), 0);
    assert_int_equal(found_by("119042 joão", true), 0);
    size_t in_city = 0;
    for (size_t i = 0; i < shop.n; i++)
        in_city += !shop.customer[i].gone && str_equal(shop.customer[i].label[LABEL_CITY], S("L250"));
    assert_true(in_city > 0);
    assert_int_equal(found_by("l250", true), in_city);
    assert_int_equal(found_by("l250", false), 0);
}

static void pages_hold_rows_that_changed_since(void **state) {
    (void)state;
    fixture_good(fixture, db_write(&fixture->cx, fixture->db));
    for (size_t i = 0; i < MOVED; i++) {
        struct shop_customer *c = &shop.customer[shop_random(&shop, shop.n)];
        if (i % 9 == 0 && !c->gone) {
            c->gone = true;
            fixture_good(fixture, score_row_remove(&fixture->cx, fixture->db, c->row.customer_id));
        } else if (!c->gone) {
            shop_row(&shop, c);
            fixture_good(fixture, score_row_put(&fixture->cx, fixture->db, &c->row, NULL, 0));
        }
    }
    fixture_good(fixture, db_commit(&fixture->cx, fixture->db));
    walk_all();
}

/* The row that a page was remembered by goes, and the next page is where it was. */
static void a_page_begins_where_a_customer_was(void **state) {
    (void)state;
    static const enum column column[] = {COLUMN_CODE, COLUMN_NAME, COLUMN_TAX_ID, COLUMN_VALUE_12M, COLUMN_CITY};
    struct list_filter filter = list_filter_any();
    for (size_t k = 0; k < 2 * sizeof column / sizeof *column; k++) {
        struct list_order order = {column[k / 2], k % 2 == 1};
        struct str page[PAGE], after[3];
        struct seen seen = {.order = order, .code = page};
        all_in_order(&filter, order);
        for (size_t i = 0; i < 3; i++)
            after[i] = code[PAGE + i];
        see_page(&filter, from_the_first, PAGE, &seen, NULL);
        for (size_t i = 0; i < shop.n; i++) {
            struct shop_customer *c = &shop.customer[i];
            if (!str_equal(c->row.code, seen.last.code))
                continue;
            fixture_good(fixture, db_write(&fixture->cx, fixture->db));
            fixture_good(fixture, score_row_remove(&fixture->cx, fixture->db, c->row.customer_id));
            fixture_good(fixture, db_commit(&fixture->cx, fixture->db));
            c->gone = true;
        }
        struct list_from back = seen.last;
        see_page(&filter, seen.last, 3, &seen, NULL);
        for (size_t i = 0; i < 3; i++)
            assert_true(str_equal(page[i], after[i]));
        back.back = true;
        see_page(&filter, back, 2, &seen, NULL);
        assert_true(str_equal(page[0], code[PAGE - 2]));
        assert_true(str_equal(page[1], code[PAGE - 3]));
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(pages_hold_every_row_once_in_every_order),
        cmocka_unit_test(a_tag_finds_who_has_it),
        cmocka_unit_test(what_a_rep_may_see_is_what_is_found),
        cmocka_unit_test(a_wide_search_finds_phones_and_cities),
        cmocka_unit_test(pages_hold_rows_that_changed_since),
        cmocka_unit_test(a_page_begins_where_a_customer_was),
    };
    return cmocka_run_group_tests(tests, start, finish);
}
