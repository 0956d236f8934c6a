// SPDX-License-Identifier: Apache-2.0
/* The figures of a message are those of the pages: the portfolios now and a week ago, what a customer usually buys, who may be called. */
#include "../store/fixture.h"

#include "app/digest.h"
#include "app/import.h"
#include "app/list.h"
#include "app/policies.h"
#include "app/score.h"
#include "app/suppressions.h"

enum { TODAY = 20002 };
static const int64_t DAY_LONG = INT64_C(86400) * 1000000;

static void bring(struct fixture *f, enum import_kind kind, struct str text) {
    char path[] = "/tmp/reativa-test-digest.XXXXXX";
    int file = mkstemp(path);
    assert_true(file >= 0 && write(file, text.p, text.n) == (ssize_t)text.n);
    close(file);
    struct import_report *report = arena_new(&f->arena, struct import_report, 1);
    const struct str paths[] = {str_from(path)};
    const struct import_options options = {
        .kind = kind, .path = paths, .paths = 1, .today = {TODAY + 400}, .now_us = TODAY * DAY_LONG};
    bool done = import_files(&f->cx, f->db, &options, report);
    unlink(path);
    fixture_good(f, done);
}

static void order(struct fixture *f, struct buf *text, const char *code, const char *rep, int day, const char *product,
                  int value) {
    char iso[DAY_TEXT];
    (void)f;
    size_t n = day_iso((struct day){day}, iso);
    buf_printf(text, "%s%d%s,%s,%.*s,%s,1,%d.00,%s\n", code, day, product, code, (int)n, iso, product, value, rep);
}

/* At risk on the 21st day, inactive on the 31st; A and B of R1 became late within the week, C of R2 before, D came back yesterday. */
static void company(struct fixture *f) {
    struct buf text;
    struct policy policy;
    struct score_report report;
    buf_init(&text, &f->arena, 0);
    buf_put(&text, S("order,customer,date,product,quantity,value,rep\n"));
    order(f, &text, "A", "R1", TODAY - 100, "Flour", 5);
    order(f, &text, "A", "R1", TODAY - 22, "Sugar", 70);
    order(f, &text, "A", "R1", TODAY - 22, "Coffee", 900);
    order(f, &text, "B", "R1", TODAY - 23, "Sugar", 10);
    order(f, &text, "C", "R2", TODAY - 30, "Sugar", 20);
    order(f, &text, "D", "R2", TODAY - 90, "Sugar", 20);
    order(f, &text, "D", "R2", TODAY - 1, "Sugar", 20);
    bring(f, IMPORT_ORDERS, buf_str(&text));
    bring(f, IMPORT_CUSTOMERS,
          S("code,name,phone,rep\nA,Shop A,44 3622-1000,R1\nB,Shop B,44 3622-2000,R1\nC,Shop C,,R2\n"));
    fixture_good(f, db_write(&f->cx, f->db) && policy_parse(&f->cx, S("\tdays 30 at-risk 20\n"), &policy) &&
                        policy_keep(&f->cx, f->db, &policy) && db_commit(&f->cx, f->db));
    const struct score_wish wish = {
        .as_of = {TODAY}, .full = true, .model = S("none"), .who = S("test"), .now_us = TODAY * DAY_LONG};
    fixture_good(f, score_make(&f->cx, f->db, &wish, &report));
}

struct taking {
    struct customer *customer;
    size_t n;
};

static bool take(struct cx *cx, void *owner, const struct customer *c) {
    struct taking *t = owner;
    struct customer *to = &t->customer[t->n++];
    *to = *c;
    to->code = str_copy(cx->arena, c->code);
    to->phone = str_copy(cx->arena, c->phone);
    return true;
}

static void look(struct fixture *f, bool teams, struct digest *out) {
    struct taking taking = {.customer = arena_new(&f->arena, struct customer, 10)};
    const struct customer **customer = arena_new(&f->arena, const struct customer *, 20);
    struct list_answer answer;
    const struct list_request request = {.filter = list_filter_any(), .order = {COLUMN_CODE, false}, .as_of = {TODAY}};
    fixture_good(f, list_customers(&f->cx, f->db, &request, take, &taking, &answer));
    for (size_t i = 0; i < taking.n; i++) /* two people are told of each */
        customer[i] = customer[2 * taking.n - 1 - i] = &taking.customer[i];
    const struct digest_wish wish = {.as_of = {TODAY}, .customer = customer, .n = 2 * taking.n, .teams = teams};
    fixture_good(f, digest_open(&f->cx, f->db, &wish, out));
    assert_int_equal(out->customers, taking.n);
}

static const struct digest_customer *one(const struct digest *digest, const char *code) {
    for (size_t i = 0; i < digest->customers; i++)
        if (str_equal(digest->customer[i].customer->code, str_from(code)))
            return digest_customer(digest, digest->customer[i].customer->id.v);
    fail_msg("%s is not there", code);
    return NULL;
}

static const struct digest_rep *rep(const struct digest *digest, const char *code) {
    for (size_t i = 0; i < digest->reps; i++)
        if (str_equal(digest->rep[i].code, str_from(code)))
            return &digest->rep[i];
    fail_msg("%s is not there", code);
    return NULL;
}

static void portfolios_stand_as_today_and_a_week_ago(void **state) {
    struct fixture *f = *state;
    struct digest digest;
    company(f);
    look(f, true, &digest);
    assert_int_equal(digest.reps, 2);
    const struct digest_rep *r1 = rep(&digest, "R1"), *r2 = rep(&digest, "R2");
    assert_int_equal(r1->now.at_risk, 2);
    assert_int_equal(r1->at_risk_before, 0);
    assert_int_equal(r1->now.not_contacted, 2);
    assert_int_equal(r1->contacted, 0);
    assert_int_equal(r1->now.at_risk_cents, 98500);
    /* A week ago D was inactive and C at risk. */
    assert_int_equal(r2->now.at_risk, 1);
    assert_int_equal(r2->at_risk_before, 1);
    assert_int_equal(r2->now.inactive, 0);
    assert_int_equal(r2->inactive_before, 1);
    assert_int_equal(r2->recovered, 1);
    assert_int_equal(digest_volume(&digest, S("R1")).at_risk, 2);
    assert_int_equal(digest_volume(&digest, S("R9")).at_risk, 0);
    const struct digest_rep *const both[] = {r1, r2};
    struct digest_rep sum = digest_reps_add(both, 2);
    assert_int_equal(sum.now.at_risk, 3);
    assert_int_equal(sum.at_risk_before, 1);
    assert_int_equal(sum.recovered, 1);
    /* The kept score is in sight again after the look at a week ago. */
    struct score_run run;
    bool temporary = true;
    const struct score_need need = {.as_of = {TODAY}};
    fixture_good(f, score_for(&f->cx, f->db, &need, &temporary, &run));
    db_rollback(f->db);
    assert_false(temporary);
}

static void months_are_those_of_the_account(void **state) {
    struct fixture *f = *state;
    struct digest digest;
    struct digest_month all[DIGEST_MONTHS], r1[DIGEST_MONTHS];
    company(f);
    look(f, false, &digest);
    assert_int_equal(digest.reps, 0); /* nobody asked for teams */
    const struct str code[] = {S("R1")};
    size_t n = digest_months(&digest, NULL, 0, all), own = digest_months(&digest, code, 1, r1);
    int64_t lost = 0, back = 0, own_back = 0;
    assert_true(n >= 4 && n <= DIGEST_MONTHS && own == n); /* from the company's first month on */
    for (size_t i = 0; i < n; i++) {
        lost += all[i].became_inactive;
        back += all[i].recovered;
        own_back += r1[i].recovered;
    }
    assert_int_equal(all[n - 1].month, month_of((struct day){TODAY}));
    assert_int_equal(lost, 2); /* A after its first order, D */
    assert_int_equal(back, 2);
    assert_int_equal(own_back, 1);
    struct str png;
    fixture_good(f, digest_chart(&f->cx, LANG_EN, all, n, &png));
    assert_true(png.n > 500 && memcmp(png.p, "\x89PNG", 4) == 0);
    const struct digest_month nothing = {.month = 600};
    fixture_good(f, digest_chart(&f->cx, LANG_EN, &nothing, 1, &png));
    assert_int_equal(png.n, 0);
}

static void customers_have_what_they_buy_and_a_phone_that_may_be_called(void **state) {
    struct fixture *f = *state;
    struct digest digest;
    company(f);
    const struct suppressions_wish bar = {.address = S("44 3622-2000"),
                                          .channel = SUPPRESSION_CALL,
                                          .source = SUPPRESSION_ASKED,
                                          .day = {TODAY - 1},
                                          .until = DAY_NONE,
                                          .token = S("0123456789012345678901234567890123456789012"),
                                          .who = S("test"),
                                          .today = {TODAY},
                                          .now_us = TODAY * DAY_LONG};
    fixture_good(f, suppressions_add(&f->cx, f->db, &bar));
    look(f, false, &digest);
    const struct digest_customer *a = one(&digest, "A"), *b = one(&digest, "B"), *c = one(&digest, "C");
    assert_int_equal(a->usuals, 3);
    assert_true(str_equal(a->usual[0], S("Coffee")) && str_equal(a->usual[1], S("Sugar")));
    assert_true(str_equal(a->phone, a->customer->phone) && a->phone.n > 0 && !a->barred);
    assert_true(b->phone.n == 0 && b->barred);
    assert_true(c->phone.n == 0 && !c->barred);
    assert_null(digest_customer(&digest, 999));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(portfolios_stand_as_today_and_a_week_ago, fixture_ready, fixture_done),
        cmocka_unit_test_setup_teardown(months_are_those_of_the_account, fixture_ready, fixture_done),
        cmocka_unit_test_setup_teardown(customers_have_what_they_buy_and_a_phone_that_may_be_called, fixture_ready,
                                        fixture_done),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
