// SPDX-License-Identifier: Apache-2.0
/* Customers and products merged from what imports say of them: which of two facts counts does not depend on who came first,
 * except among files about customers, where the later one is the newer.
 */
#include "fixture.h"

#include "store/customer.h"
#include "store/import.h"

#define SHOWN                                                                                                          \
    "SELECT c.name, c.name_fold, c.tax_id, rep.code, seg.code, c.closed_on FROM customer c "                           \
    "JOIN label rep ON rep.id = c.rep_id JOIN label seg ON seg.id = c.segment_id"

static struct customer_fact fact(enum fact_source source, int day, const char *name) {
    return (struct customer_fact){.source = source,
                                  .day = source == FACT_FROM_ORDERS ? (struct day){day} : DAY_NONE,
                                  .name = str_from(name),
                                  .closed_on = DAY_NONE,
                                  .last_contact = DAY_NONE};
}

/* One import with these facts about the customer C1. */
static int64_t say(struct fixture *f, struct customer_fact *facts, size_t n, int64_t *changed) {
    struct customer_writer *writer;
    int64_t import_id, id;
    bool found;
    fixture_good(f, db_write(&f->cx, f->db));
    fixture_good(f, import_begin(&f->cx, f->db, IMPORT_CUSTOMERS, S("x"), 1, &import_id));
    fixture_good(f, customer_writer_open(&f->cx, f->db, &writer));
    fixture_good(f, customer_find_id(&f->cx, f->db, S("C1"), &found, &id));
    if (!found) {
        fixture_good(f, customer_next_id(&f->cx, f->db, &id));
        fixture_good(f, customer_writer_add(&f->cx, writer, id, S("C1")));
    }
    for (size_t i = 0; i < n; i++) {
        facts[i].customer_id = id;
        facts[i].import_id = import_id;
        facts[i].part = (int64_t)i;
        fixture_good(f, customer_writer_fact(&f->cx, writer, &facts[i]));
    }
    fixture_good(f, customer_writer_close(&f->cx, writer));
    fixture_good(f, customer_merge(&f->cx, f->db, import_id, changed));
    fixture_good(f, db_commit(&f->cx, f->db));
    return import_id;
}

static int64_t say_one(struct fixture *f, struct customer_fact one) {
    int64_t changed;
    return say(f, &one, 1, &changed);
}

static void a_later_order_wins_whichever_is_imported_first(void **state) {
    struct fixture *f = *state;
    say_one(f, fact(FACT_FROM_ORDERS, 200, "Padaria São José"));
    say_one(f, fact(FACT_FROM_ORDERS, 100, "Padaria Velha"));
    assert_string_equal(fixture_raw(f, SHOWN), "Padaria São José|padaria sao jose||||-\n");
    say_one(f, fact(FACT_FROM_ORDERS, 300, "Padaria Nova"));
    assert_string_equal(fixture_raw(f, SHOWN), "Padaria Nova|padaria nova||||-\n");
}

static void orders_of_one_day_are_decided_by_the_greater_text(void **state) {
    struct fixture *f = *state;
    struct customer_fact a = fact(FACT_FROM_ORDERS, 100, "B"), b = fact(FACT_FROM_ORDERS, 100, "A");
    /* The labels' ids run against their codes, so that it is not the id that decides. */
    fixture_good(f, label_of(&f->cx, f->db, LABEL_REP, S("R9"), &a.label[LABEL_REP]));
    fixture_good(f, label_of(&f->cx, f->db, LABEL_REP, S("R1"), &b.label[LABEL_REP]));
    say_one(f, b);
    say_one(f, a);
    assert_string_equal(fixture_raw(f, SHOWN), "B|b||R9||-\n");
    say_one(f, b);
    assert_string_equal(fixture_raw(f, SHOWN), "B|b||R9||-\n");
}

static void a_customers_file_beats_orders_field_by_field(void **state) {
    struct fixture *f = *state;
    struct customer_fact order = fact(FACT_FROM_ORDERS, 900, "From an order"), file = fact(FACT_FROM_CUSTOMERS, 0, "");
    order.tax_id = S("11222333000181");
    fixture_good(f, label_of(&f->cx, f->db, LABEL_SEGMENT, S("Padarias"), &file.label[LABEL_SEGMENT]));
    fixture_good(f, label_of(&f->cx, f->db, LABEL_SEGMENT, S("Outros"), &order.label[LABEL_SEGMENT]));
    file.closed_on = (struct day){950};
    say_one(f, file);
    say_one(f, order);
    assert_string_equal(fixture_raw(f, SHOWN), "From an order|from an order|11222333000181||Padarias|950\n");
}

static void a_later_customers_file_beats_an_earlier_one(void **state) {
    struct fixture *f = *state;
    say_one(f, fact(FACT_FROM_CUSTOMERS, 0, "Z first"));
    say_one(f, fact(FACT_FROM_CUSTOMERS, 0, "A second"));
    assert_string_equal(fixture_raw(f, SHOWN), "A second|a second||||-\n");
}

static void several_facts_of_one_import_are_merged_by_their_days(void **state) {
    struct fixture *f = *state;
    struct customer_fact facts[] = {fact(FACT_FROM_ORDERS, 10, "Old"), fact(FACT_FROM_ORDERS, 30, ""),
                                    fact(FACT_FROM_ORDERS, 20, "New")};
    int64_t changed;
    say(f, facts, 3, &changed);
    assert_int_equal(changed, 1);
    assert_string_equal(fixture_raw(f, SHOWN), "New|new||||-\n");
}

static void an_import_that_says_nothing_new_changes_nobody(void **state) {
    struct fixture *f = *state;
    struct customer_fact one = fact(FACT_FROM_ORDERS, 10, "Same");
    int64_t changed;
    say(f, &one, 1, &changed);
    assert_int_equal(changed, 1);
    say(f, &one, 1, &changed);
    assert_int_equal(changed, 0);
}

static bool counts_and_looks(struct cx *cx, void *owner, const struct customer_brief *brief) {
    struct fixture *f = owner;
    int64_t id;
    bool found;
    assert_int_equal(brief->label[LABEL_REP], 0);
    return customer_find_id(cx, f->db, brief->code, &found, &id) && id == brief->id;
}

static void every_customer_is_visited_and_statements_may_be_run_meanwhile(void **state) {
    struct fixture *f = *state;
    struct customer_writer *writer;
    int64_t max, dirty;
    fixture_good(f, db_write(&f->cx, f->db));
    fixture_good(f, customer_writer_open(&f->cx, f->db, &writer));
    for (int i = 1; i <= 2500; i++) {
        char code[16];
        snprintf(code, sizeof code, "C%d", i);
        fixture_good(f, customer_writer_add(&f->cx, writer, i, str_from(code)));
    }
    fixture_good(f, customer_writer_close(&f->cx, writer));
    fixture_good(f, customer_brief_each(&f->cx, f->db, false, counts_and_looks, f));
    fixture_good(f, customer_max_id(&f->cx, f->db, &max, &dirty));
    assert_int_equal(max, 2500);
}

static bool stops(struct cx *cx, void *owner, const struct customer_brief *brief) {
    int *n = owner;
    (void)brief;
    return ++*n < 3 || cx_fail(cx, ERR_LIMIT, S("db.memory"), S("test"));
}

static void a_visitor_that_stops_leaves_the_database_usable(void **state) {
    struct fixture *f = *state;
    struct customer_writer *writer;
    int n = 0;
    int64_t id;
    fixture_good(f, db_write(&f->cx, f->db));
    fixture_good(f, customer_writer_open(&f->cx, f->db, &writer));
    for (int i = 1; i <= 500; i++) {
        char code[16];
        snprintf(code, sizeof code, "C%d", i);
        fixture_good(f, customer_writer_add(&f->cx, writer, i, str_from(code)));
    }
    fixture_good(f, customer_writer_close(&f->cx, writer));
    fixture_refused(f, customer_brief_each(&f->cx, f->db, false, stops, &n), ERR_LIMIT, "db.memory");
    assert_int_equal(n, 3);
    fixture_good(f, customer_next_id(&f->cx, f->db, &id));
    assert_int_equal(id, 501);
    fixture_good(f, db_commit(&f->cx, f->db));
}

/* -- products -- */

static bool is_no_freight(struct cx *cx, struct str code, struct str name, struct str kind) {
    (void)cx;
    (void)code;
    return !str_equal(name, S("Frete")) && !str_equal(kind, S("serviço"));
}

static int64_t product_said(struct fixture *f, int source, int day, struct str name, struct str kind) {
    int64_t import_id, id, changed;
    bool found;
    fixture_good(f, db_write(&f->cx, f->db));
    fixture_good(f, import_begin(&f->cx, f->db, IMPORT_PRODUCTS, S("x"), 1, &import_id));
    fixture_good(f, product_find_id(&f->cx, f->db, S("P1"), &found, &id));
    if (!found) {
        fixture_good(f, product_next_id(&f->cx, f->db, &id));
        fixture_good(f, product_add(&f->cx, f->db, id, S("P1")));
    }
    const struct product_fact one = {id, import_id, source, {day}, name, kind};
    fixture_good(f, product_fact_add(&f->cx, f->db, &one));
    fixture_good(f, product_merge(&f->cx, f->db, import_id, is_no_freight, &changed));
    fixture_good(f, db_commit(&f->cx, f->db));
    return import_id;
}

static void a_product_is_goods_or_not_by_its_name_and_again_after_undo(void **state) {
    struct fixture *f = *state;
    int64_t first = product_said(f, FACT_FROM_ORDERS, 10, S("Farinha"), S(""));
    assert_string_equal(fixture_raw(f, "SELECT name, kind, goods FROM product"), "Farinha||1\n");
    int64_t second = product_said(f, FACT_FROM_ORDERS, 20, S("Frete"), S(""));
    assert_string_equal(fixture_raw(f, "SELECT name, kind, goods FROM product"), "Frete||0\n");
    int64_t third = product_said(f, FACT_FROM_CUSTOMERS, 0, S("Farinha 1 kg"), S("mercadoria"));
    product_said(f, FACT_FROM_ORDERS, 30, S("Frete"), S(""));
    assert_string_equal(fixture_raw(f, "SELECT name, kind, goods FROM product"), "Farinha 1 kg|mercadoria|1\n");
    fixture_good(f, db_write(&f->cx, f->db));
    fixture_good(f, import_undo(&f->cx, f->db, third, 1, is_no_freight));
    assert_true(first < second);
    fixture_good(f, db_commit(&f->cx, f->db));
    assert_string_equal(fixture_raw(f, "SELECT name, kind, goods FROM product"), "Frete||0\n");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(a_later_order_wins_whichever_is_imported_first),
        TEST(orders_of_one_day_are_decided_by_the_greater_text),
        TEST(a_customers_file_beats_orders_field_by_field),
        TEST(a_later_customers_file_beats_an_earlier_one),
        TEST(several_facts_of_one_import_are_merged_by_their_days),
        TEST(an_import_that_says_nothing_new_changes_nobody),
        TEST(every_customer_is_visited_and_statements_may_be_run_meanwhile),
        TEST(a_visitor_that_stops_leaves_the_database_usable),
        TEST(a_product_is_goods_or_not_by_its_name_and_again_after_undo),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
