// SPDX-License-Identifier: Apache-2.0
/* Documents as they are read: by key, by customer, as purchases, as products bought; and the records beside them. */
#include "fixture.h"

#include "store/customer.h"
#include "store/dossier.h"
#include "store/import.h"

static struct document_row row_of(int64_t id, int64_t customer, enum document_kind kind, int day, int64_t value) {
    static char number[16][8];
    snprintf(number[id % 16], 8, "N%d", (int)id);
    return (struct document_row){.id = id,
                                 .customer_id = customer,
                                 .source = DOCUMENT_FROM_ORDERS,
                                 .number = str_from(number[id % 16]),
                                 .kind = kind,
                                 .day = {day},
                                 .value_cents = value,
                                 .lines = 1,
                                 .hash = id};
}

/* Customer 1 buys flour twice, returns some, pays freight, and cancels; customer 2 buys once. */
static void shop(struct fixture *f) {
    struct customer_writer *customers;
    struct document_writer *writer;
    int64_t import_id;
    fixture_good(f, db_write(&f->cx, f->db));
    fixture_good(f, import_begin(&f->cx, f->db, IMPORT_ORDERS, S("x"), 1, &import_id));
    fixture_good(f, customer_writer_open(&f->cx, f->db, &customers));
    fixture_good(f, customer_writer_add(&f->cx, customers, 1, S("C1")));
    fixture_good(f, customer_writer_add(&f->cx, customers, 2, S("C2")));
    fixture_good(f, customer_writer_close(&f->cx, customers));
    fixture_good(f, product_add(&f->cx, f->db, 1, S("P1")));
    fixture_good(f, product_add(&f->cx, f->db, 2, S("FRETE")));
    fixture_good(f, product_add(&f->cx, f->db, 3, S("P3")));
    fixture_good(f, document_writer_open(&f->cx, f->db, import_id, &writer));
    struct document_row row = row_of(1, 1, DOCUMENT_SALE, 100, 1500);
    row.lines = 2;
    fixture_good(f, document_writer_add(&f->cx, writer, &row,
                                        (struct document_line[]){{1, 20000, 50000, 1000}, {2, 10000, 50000, 500}}));
    row = row_of(2, 1, DOCUMENT_SALE, 200, 1800);
    row.lines = 2;
    fixture_good(f, document_writer_add(&f->cx, writer, &row,
                                        (struct document_line[]){{1, 30000, 60000, 1800}, {1, 0, 70000, 0}}));
    row = row_of(3, 1, DOCUMENT_RETURN, 250, -600);
    fixture_good(f, document_writer_add(&f->cx, writer, &row, (struct document_line[]){{1, -10000, 60000, -600}}));
    row = row_of(4, 1, DOCUMENT_CANCELLED, 260, 9900);
    fixture_good(f, document_writer_add(&f->cx, writer, &row, (struct document_line[]){{3, 10000, 990000, 9900}}));
    row = row_of(5, 2, DOCUMENT_UNVALUED, 150, 0);
    fixture_good(f, document_writer_add(&f->cx, writer, &row, (struct document_line[]){{3, 10000, 0, 0}}));
    fixture_good(f, document_writer_close(&f->cx, writer));
    fixture_good(f, db_commit(&f->cx, f->db));
    fixture_raw_run(f, "UPDATE product SET goods = 0 WHERE code = 'FRETE'");
}

static void a_document_is_found_by_source_company_and_number(void **state) {
    struct fixture *f = *state;
    struct document_row row;
    bool found;
    fixture_good(f, document_any(&f->cx, f->db, &found));
    assert_false(found);
    shop(f);
    fixture_good(f, document_any(&f->cx, f->db, &found));
    assert_true(found);
    fixture_good(f, document_find(&f->cx, f->db, DOCUMENT_FROM_ORDERS, 0, S("N2"), &found, &row));
    assert_true(found);
    assert_int_equal(row.id, 2);
    assert_int_equal(row.value_cents, 1800);
    assert_int_equal(row.lines, 2);
    fixture_good(f, document_find(&f->cx, f->db, DOCUMENT_FROM_NFE, 0, S("N2"), &found, &row));
    assert_false(found);
    int64_t next;
    fixture_good(f, document_next_id(&f->cx, f->db, &next));
    assert_int_equal(next, 6);
}

struct briefs {
    int n;
    int64_t value;
    int last_day;
    bool ordered;
    int cancelled;
};

static bool brief_seen(struct cx *cx, void *owner, const struct document_brief *brief) {
    struct briefs *seen = owner;
    (void)cx;
    seen->ordered = seen->ordered && brief->day.n >= seen->last_day;
    seen->last_day = brief->day.n;
    if (brief->kind == DOCUMENT_CANCELLED) {
        seen->cancelled++;
        return true;
    }
    seen->value += brief->value_cents;
    seen->n++;
    return true;
}

static void a_score_reads_documents_up_to_its_day_and_sees_which_are_cancelled(void **state) {
    struct fixture *f = *state;
    struct briefs all = {0}, early = {0}, one = {.ordered = true};
    shop(f);
    fixture_good(f, document_brief_each(&f->cx, f->db, 0, (struct day){1000}, brief_seen, &all));
    assert_int_equal(all.n, 4);
    assert_int_equal(all.value, 2700);
    assert_int_equal(all.cancelled, 1);
    fixture_good(f, document_brief_each(&f->cx, f->db, 0, (struct day){199}, brief_seen, &early));
    assert_int_equal(early.n, 2);
    fixture_good(f, document_brief_each(&f->cx, f->db, 1, (struct day){1000}, brief_seen, &one));
    assert_int_equal(one.n, 3);
    assert_true(one.ordered);
}

static void a_scan_of_nothing_ends_at_once(void **state) {
    struct fixture *f = *state;
    struct briefs none = {0};
    fixture_good(f, document_brief_each(&f->cx, f->db, 0, (struct day){1000}, brief_seen, &none));
    assert_int_equal(none.n, 0);
}

static struct dossier kept(struct fixture *f, int64_t customer_id, int32_t as_of, int64_t documents) {
    const struct dossier_wish wish = {
        .customer_id = customer_id, .as_of = {as_of}, .since = DAY_NONE, .documents = documents};
    struct dossier out;
    fixture_good(f, dossier_read(&f->cx, f->db, &wish, &out));
    return out;
}

static void what_was_bought_is_goods_net_of_returns_with_the_last_price(void **state) {
    struct fixture *f = *state;
    struct dossier d;
    const struct bought *bought;
    shop(f);
    d = kept(f, 1, 1000, 0);
    bought = d.bought;
    assert_int_equal(d.boughts, 1);
    assert_true(str_equal(bought[0].code, S("P1")));
    assert_int_equal(bought[0].times, 2);
    assert_int_equal(bought[0].quantity_e4, 40000);
    assert_int_equal(bought[0].value_cents, 2200);
    assert_int_equal(bought[0].last_price_e4, 70000);
    assert_int_equal(bought[0].first.n, 100);
    d = kept(f, 1, 150, 0);
    bought = d.bought;
    assert_int_equal(bought[0].value_cents, 1000);
    d = kept(f, 2, 1000, 0);
    bought = d.bought;
    assert_int_equal(d.boughts, 1);
    assert_true(str_equal(bought[0].code, S("P3")));
}

static void documents_are_listed_newest_first_up_to_a_number(void **state) {
    struct fixture *f = *state;
    shop(f);
    struct dossier d = kept(f, 1, 255, 2);
    assert_int_equal(d.documents, 2);
    assert_int_equal(d.document[0].kind, DOCUMENT_RETURN);
    assert_int_equal(d.document[1].id, 2);
}

static void views_speak_in_dates_and_decimals(void **state) {
    struct fixture *f = *state;
    shop(f);
    assert_string_equal(fixture_raw(f, "SELECT customer, day FROM v_purchase ORDER BY customer, day"),
                        "C1|1970-04-11\nC1|1970-07-20\nC2|1970-05-31\n");
    assert_string_equal(fixture_raw(f, "SELECT number, kind FROM v_document WHERE value < -5.99 AND value > -6.01"),
                        "N3|return\n");
}

/* -- records -- */

static struct record title(int day, int64_t open_cents, struct str state) {
    return (struct record){.customer_id = 1,
                           .kind = IMPORT_TITLES,
                           .number = S("T1"),
                           .part = S("1"),
                           .day = {day},
                           .due_on = {day + 30},
                           .closed_on = DAY_NONE,
                           .amount_cents = 5000,
                           .open_cents = open_cents,
                           .state = state};
}

static enum record_put put_record(struct fixture *f, int64_t import_id, const struct record *record) {
    enum record_put out;
    fixture_good(f, record_put(&f->cx, f->db, import_id, record, &out));
    return out;
}

static bool goods(struct cx *cx, struct str code, struct str name, struct str kind) {
    (void)cx;
    (void)code;
    (void)name;
    return kind.n == 0;
}

/* The newest state of the only one there is; id: how many there are. */
static struct record standing(struct fixture *f) {
    struct dossier d = kept(f, 1, 1000, 0);
    struct record seen = d.records > 0 ? d.record[d.records - 1] : (struct record){0};
    seen.id = (int64_t)d.records;
    return seen;
}

static void a_title_is_added_changed_left_and_restored(void **state) {
    struct fixture *f = *state;
    int64_t id[3];
    fixture_good(f, db_write(&f->cx, f->db));
    for (int i = 0; i < 3; i++)
        fixture_good(f, import_begin(&f->cx, f->db, IMPORT_TITLES, S("x"), 1, &id[i]));
    struct record open = title(100, 5000, S("aberto")), paid = title(100, 0, S("pago"));
    paid.closed_on = (struct day){120};
    assert_int_equal(put_record(f, id[0], &open), RECORD_ADDED);
    assert_int_equal(put_record(f, id[1], &paid), RECORD_CHANGED);
    assert_int_equal(put_record(f, id[1], &paid), RECORD_SAME);
    assert_int_equal(put_record(f, id[2], &paid), RECORD_SAME);
    assert_int_equal(standing(f).closed_on.n, 120);
    fixture_good(f, import_undo(&f->cx, f->db, id[1], 1, goods));
    assert_true(str_equal(standing(f).state, S("pago")));
    fixture_good(f, import_undo(&f->cx, f->db, id[2], 1, goods));
    assert_int_equal(standing(f).open_cents, 5000);
    assert_int_equal(standing(f).due_on.n, 130);
    assert_false(day_is(standing(f).closed_on));
    fixture_good(f, import_undo(&f->cx, f->db, id[0], 1, goods));
    assert_int_equal(standing(f).id, 0);
    fixture_good(f, db_commit(&f->cx, f->db));
    assert_string_equal(fixture_raw(f, "SELECT count(*) FROM record_before"), "0\n");
}

static void a_title_without_amount_or_dates_keeps_them_absent(void **state) {
    struct fixture *f = *state;
    struct record bare = title(0, INT64_MIN, S(""));
    bare.due_on = DAY_NONE;
    bare.amount_cents = INT64_MIN;
    fixture_good(f, db_write(&f->cx, f->db));
    assert_int_equal(put_record(f, 1, &bare), RECORD_ADDED);
    assert_int_equal(put_record(f, 2, &bare), RECORD_SAME);
    assert_int_equal(standing(f).open_cents, INT64_MIN);
    assert_false(day_is(standing(f).due_on));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(a_document_is_found_by_source_company_and_number),
        TEST(a_score_reads_documents_up_to_its_day_and_sees_which_are_cancelled),
        TEST(a_scan_of_nothing_ends_at_once),
        TEST(what_was_bought_is_goods_net_of_returns_with_the_last_price),
        TEST(documents_are_listed_newest_first_up_to_a_number),
        TEST(views_speak_in_dates_and_decimals),
        TEST(a_title_is_added_changed_left_and_restored),
        TEST(a_title_without_amount_or_dates_keeps_them_absent),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
