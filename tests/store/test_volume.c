// SPDX-License-Identifier: Apache-2.0
/* How much there is to do in each portfolio, against counting one customer after the other; also when some rows are newer than
 * what was packed of them.
 */
#include "shop.h"
#include "store/volume.h"

enum { CUSTOMERS = 9000, CHANGED = 40 };

static const struct day FROM = {SHOP_TODAY - 120}, TO = {SHOP_TODAY};

static int by_days(const void *a, const void *b) {
    return *(const int *)a - *(const int *)b;
}

/* kind, code: of the group; rep empty: everybody's. */
static struct volume slow_within(const struct shop *shop, struct str rep, enum label_kind kind, struct str code) {
    static int days[CUSTOMERS];
    struct volume v = {.code = code, .middle_days = STAT_NONE, .longest_days = STAT_NONE};
    size_t talks = 0;
    for (size_t i = 0; i < shop->n; i++) {
        const struct shop_customer *c = &shop->customer[i];
        const struct score_row *r = &c->row;
        bool at_risk = r->status == STATUS_AT_RISK, dated = at_risk && day_is(r->at_risk_on);
        if (c->gone || !str_equal(c->label[kind], code) || (rep.n > 0 && !str_equal(c->label[LABEL_REP], rep)))
            continue;
        v.customers++;
        v.status[r->status]++;
        if (r->status != STATUS_PROSPECT && r->status != STATUS_CLOSED) {
            v.never += !day_is(c->last_contact);
            v.recent += day_is(c->last_contact) && TO.n - c->last_contact.n <= VOLUME_RECENT_DAYS;
            if (day_is(c->last_contact))
                days[talks++] = TO.n - c->last_contact.n;
        }
        v.at_risk += at_risk;
        v.inactive += r->status == STATUS_INACTIVE;
        v.crossed += dated && r->at_risk_on.n >= FROM.n && r->at_risk_on.n <= TO.n;
        v.not_contacted += dated && (!day_is(c->last_contact) || c->last_contact.n < r->at_risk_on.n);
    }
    qsort(days, talks, sizeof *days, by_days);
    if (talks > 0) {
        v.middle_days = (days[(talks - 1) / 2] + days[talks / 2]) / 2;
        v.longest_days = days[talks - 1];
    }
    return v;
}

static struct volume slow(const struct shop *shop, struct str rep) {
    return slow_within(shop, (struct str){0}, LABEL_REP, rep);
}

static void same(const struct volume *a, const struct volume *b) {
    assert_int_equal(a->customers, b->customers);
    assert_int_equal(a->at_risk, b->at_risk);
    assert_int_equal(a->inactive, b->inactive);
    assert_int_equal(a->crossed, b->crossed);
    assert_int_equal(a->not_contacted, b->not_contacted);
    assert_memory_equal(a->status, b->status, sizeof a->status);
    assert_int_equal(a->never, b->never);
    assert_int_equal(a->recent, b->recent);
}

static void same_days(const struct volume *a, const struct volume *b) {
    assert_true(a->middle_days == b->middle_days);
    assert_true(a->longest_days == b->longest_days);
}

static void counted_right(struct fixture *f, const struct shop *shop) {
    struct volume *volume, total, sum = {0};
    size_t n;
    fixture_good(f, db_read(&f->cx, f->db));
    fixture_good(f, volume_by_rep(&f->cx, f->db, FROM, TO, &volume, &n, &total));
    db_rollback(f->db);
    assert_int_equal(n, 12); /* eleven reps, and nobody's */
    for (size_t i = 0; i < n; i++) {
        struct volume expected = slow(shop, volume[i].code);
        same(&volume[i], &expected);
        same_days(&volume[i], &expected);
        assert_true(i == 0 || volume[i].code.n == 0 || str_compare(volume[i - 1].code, volume[i].code) < 0);
        sum.customers += volume[i].customers;
        sum.at_risk += volume[i].at_risk;
        sum.inactive += volume[i].inactive;
        sum.crossed += volume[i].crossed;
        sum.not_contacted += volume[i].not_contacted;
        sum.never += volume[i].never;
        sum.recent += volume[i].recent;
        for (int k = 0; k < STATUS_COUNT; k++)
            sum.status[k] += volume[i].status[k];
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

static void volume_of_one_rep_is_counted_by_another_kind(void **state) {
    struct fixture *f = *state;
    struct shop shop;
    struct volume *all, *part, total;
    size_t reps, n;
    shop_open(&shop, f, CUSTOMERS);
    fixture_good(f, db_read(&f->cx, f->db));
    fixture_good(f, volume_by_rep(&f->cx, f->db, FROM, TO, &all, &reps, &total));
    for (size_t i = 0; i < reps; i += 5) {
        if (all[i].id == 0)
            continue;
        fixture_good(f, volume_of_rep(&f->cx, f->db, all[i].id, LABEL_REGION, FROM, TO, &part, &n, &total));
        same(&total, &all[i]);
        same_days(&total, &all[i]);
        assert_true(n > 1);
        for (size_t k = 0; k < n; k++) {
            struct volume expected = slow_within(&shop, all[i].code, LABEL_REGION, part[k].code);
            same(&part[k], &expected);
            same_days(&part[k], &expected);
        }
    }
    db_rollback(f->db);
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
        TEST(volume_of_one_rep_is_counted_by_another_kind),
        TEST(volume_of_nobody_is_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
