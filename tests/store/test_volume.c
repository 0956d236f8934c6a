// SPDX-License-Identifier: Apache-2.0
/* How much there is to do in each portfolio, against counting one customer after the other; also when some rows are newer than
 * what was packed of them.
 */
#include "shop.h"
#include "store/volume.h"

enum { CUSTOMERS = 9000, CHANGED = 40 };

static const struct day FROM = {SHOP_TODAY - 120}, TO = {SHOP_TODAY};

static struct volume slow(const struct shop *shop, struct str rep) {
    struct volume v = {.rep = rep};
    for (size_t i = 0; i < shop->n; i++) {
        const struct shop_customer *c = &shop->customer[i];
        const struct score_row *r = &c->row;
        bool at_risk = r->status == STATUS_AT_RISK, dated = at_risk && day_is(r->at_risk_on);
        if (c->gone || !str_equal(c->label[LABEL_REP], rep))
            continue;
        v.customers++;
        v.at_risk += at_risk;
        v.inactive += r->status == STATUS_INACTIVE;
        v.crossed += dated && r->at_risk_on.n >= FROM.n && r->at_risk_on.n <= TO.n;
        v.not_contacted += dated && (!day_is(c->last_contact) || c->last_contact.n < r->at_risk_on.n);
    }
    return v;
}

static void same(const struct volume *a, const struct volume *b) {
    assert_int_equal(a->customers, b->customers);
    assert_int_equal(a->at_risk, b->at_risk);
    assert_int_equal(a->inactive, b->inactive);
    assert_int_equal(a->crossed, b->crossed);
    assert_int_equal(a->not_contacted, b->not_contacted);
}

static void counted_right(struct fixture *f, const struct shop *shop) {
    struct volume *volume, total, sum = {0};
    size_t n;
    fixture_good(f, db_read(&f->cx, f->db));
    fixture_good(f, volume_by_rep(&f->cx, f->db, FROM, TO, &volume, &n, &total));
    db_rollback(f->db);
    assert_int_equal(n, 12); /* eleven reps, and nobody's */
    for (size_t i = 0; i < n; i++) {
        struct volume expected = slow(shop, volume[i].rep);
        same(&volume[i], &expected);
        assert_true(i == 0 || volume[i].rep.n == 0 || str_compare(volume[i - 1].rep, volume[i].rep) < 0);
        sum.customers += volume[i].customers;
        sum.at_risk += volume[i].at_risk;
        sum.inactive += volume[i].inactive;
        sum.crossed += volume[i].crossed;
        sum.not_contacted += volume[i].not_contacted;
    }
    same(&total, &sum);
    assert_true(total.crossed > 0 && total.not_contacted > total.crossed);
}

static void volume_is_what_counting_gives(void **state) {
    struct fixture *f = *state;
    struct shop shop;
    shop_open(&shop, f, CUSTOMERS);
    counted_right(f, &shop);
}

static void volume_counts_newer_rows_once(void **state) {
    struct fixture *f = *state;
    struct shop shop;
    shop_open(&shop, f, CUSTOMERS);
    fixture_good(f, db_write(&f->cx, f->db));
    for (size_t i = 0; i < CHANGED; i++) {
        struct shop_customer *c = &shop.customer[i * 97];
        c->gone = i % 5 == 0;
        c->row.status = STATUS_AT_RISK;
        c->row.at_risk_on = (struct day){SHOP_TODAY};
        fixture_good(f, c->gone ? score_row_remove(&f->cx, f->db, c->row.customer_id)
                                : score_row_put(&f->cx, f->db, &c->row, NULL, 0));
    }
    fixture_good(f, db_commit(&f->cx, f->db));
    counted_right(f, &shop);
}

static void volume_of_nobody_is_nothing(void **state) {
    struct fixture *f = *state;
    struct volume *volume, total;
    size_t n;
    fixture_good(f, db_read(&f->cx, f->db));
    fixture_good(f, volume_by_rep(&f->cx, f->db, FROM, TO, &volume, &n, &total));
    db_rollback(f->db);
    assert_int_equal(n, 0);
    assert_int_equal(total.customers, 0);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(volume_is_what_counting_gives),
        TEST(volume_counts_newer_rows_once),
        TEST(volume_of_nobody_is_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
