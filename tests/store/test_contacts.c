// SPDX-License-Identifier: Apache-2.0
/* To which contact a purchase belongs, case by case, and that figures and list say the same of it. */
#include "fixture.h"

#include "store/contacts.h"

enum { DANA = 1, RUI = 2, WITHIN = 10, TODAY = 200 };
enum { SALE = 1, RETURN, CANCELLED, UNVALUED };
enum { ORDERED = CONTACT_OUTCOME_ORDERED, NOBODY = CONTACT_OUTCOME_NO_ANSWER, WRONG = CONTACT_OUTCOME_WRONG_NUMBER };

static void run(struct fixture *f, const char *format, ...) __attribute__((format(printf, 2, 3)));
static void run(struct fixture *f, const char *format, ...) {
    char text[1000];
    va_list args;
    va_start(args, format);
    vsnprintf(text, sizeof text, format, args);
    va_end(args);
    fixture_raw_run(f, text);
}

/* A customer whose newest purchase was on this day. */
static void customer(struct fixture *f, int id, int last_on) {
    run(f, "INSERT INTO customer (id, code, name, name_fold) VALUES (%d, 'C%d', 'Ágil %d', 'agil %d')", id, id, id, id);
    run(f,
        "INSERT INTO score (customer_id, status, purchases, last_on, prior_assumed, rule, trend, ranked, gaps, "
        "segment_id, method, flow_as) VALUES (%d, 1, 1, %d, 0, 0, 0, 0, '', 0, 0, '')",
        id, last_on);
}

static void contact(struct fixture *f, int id, int who, int user, int day, int hour, int outcome) {
    run(f,
        "INSERT INTO contact (id, customer_id, user_id, at_us, day, channel, outcome, note, token, made_us) VALUES "
        "(%d, %d, %d, %d, %d, 1, %d, 'Note %d%%', 't%d', 0)",
        id, who, user, day * 24 + hour, day, outcome, id, id);
}

static void document(struct fixture *f, int id, int who, int day, int kind, int cents) {
    run(f,
        "INSERT INTO document (id, customer_id, day, kind, value_cents, source, company_id, number, rep_id, lines, "
        "hash, import_id) VALUES (%d, %d, %d, %d, %d, 1, 0, '%d', 0, 1, 0, 1)",
        id, who, day, kind, cents, id);
}

static struct contacts_ask ask_all(void) {
    struct contacts_ask ask = {.from = {0},
                               .to = {TODAY},
                               .as_of = {TODAY},
                               .within_days = WITHIN,
                               .user_id = CONTACTS_ANY,
                               .channel = CONTACTS_ANY,
                               .outcome = CONTACTS_ANY,
                               .reached = CONTACTS_ANY};
    for (int kind = 0; kind <= CONTACTS_LABELS; kind++)
        ask.label[kind] = CONTACTS_ANY;
    for (int kind = 0; kind < CHOICE_KINDS; kind++)
        ask.choice[kind] = CONTACTS_ANY;
    return ask;
}

struct seen {
    struct contacts_row row[20];
    size_t n;
};

static bool see(struct cx *cx, void *owner, const struct contacts_row *row) {
    struct seen *seen = owner;
    (void)cx;
    assert_true(seen->n < sizeof seen->row / sizeof *seen->row);
    seen->row[seen->n++] = *row;
    return true;
}

static struct seen list(struct fixture *f, const struct contacts_ask *ask, struct contacts_place after, int64_t most) {
    struct seen seen = {0};
    fixture_good(f, contacts_each(&f->cx, f->db, ask, after, most, see, &seen));
    return seen;
}

/* The purchases of a contact, by the list; the sums by user are held against the list on the way. */
static int64_t purchases_of(struct fixture *f, int64_t id) {
    struct contacts_ask ask = ask_all();
    struct seen seen = list(f, &ask, CONTACTS_NEWEST, 20);
    struct contacts_sums sums;
    int64_t all = 0, cents = 0, followed = 0, found = -1;
    for (size_t i = 0; i < seen.n; i++) {
        all += seen.row[i].purchases;
        cents += seen.row[i].value_cents;
        followed += seen.row[i].purchases > 0;
        found = seen.row[i].place.id == id ? seen.row[i].purchases : found;
    }
    fixture_good(f, contacts_sum_up(&f->cx, f->db, &ask, CONTACTS_BY_USER, &sums));
    assert_int_equal(sums.all.contacts, seen.n);
    assert_int_equal(sums.all.purchases, all);
    assert_int_equal(sums.all.value_cents, cents);
    assert_int_equal(sums.all.followed, followed);
    return found;
}

static void contacts_purchase_belongs_to_the_last_before_it(void **state) {
    struct fixture *f = *state;
    customer(f, 1, 106);
    contact(f, 1, 1, DANA, 100, 9, ORDERED);
    contact(f, 2, 1, RUI, 104, 9, ORDERED);
    document(f, 1, 1, 102, SALE, 500);
    document(f, 2, 1, 106, SALE, 700);
    assert_int_equal(purchases_of(f, 1), 1);
    assert_int_equal(purchases_of(f, 2), 1);
}

static void contacts_of_one_day_the_last_has_it(void **state) {
    struct fixture *f = *state;
    customer(f, 1, 100);
    contact(f, 1, 1, DANA, 100, 15, ORDERED);
    contact(f, 2, 1, RUI, 100, 9, ORDERED);
    document(f, 1, 1, 100, SALE, 500);
    assert_int_equal(purchases_of(f, 1), 1);
    assert_int_equal(purchases_of(f, 2), 0);
}

static void contacts_that_reached_nobody_have_none_and_take_none(void **state) {
    struct fixture *f = *state;
    customer(f, 1, 106);
    contact(f, 1, 1, DANA, 100, 9, ORDERED);
    contact(f, 2, 1, RUI, 104, 9, NOBODY);
    contact(f, 3, 1, RUI, 105, 9, WRONG);
    document(f, 1, 1, 106, SALE, 700);
    assert_int_equal(purchases_of(f, 1), 1);
    assert_int_equal(purchases_of(f, 2), 0);
    assert_int_equal(purchases_of(f, 3), 0);
}

static void contacts_count_on_their_day_and_for_their_days_only(void **state) {
    struct fixture *f = *state;
    customer(f, 1, 120);
    contact(f, 1, 1, DANA, 100, 9, ORDERED);
    document(f, 1, 1, 99, SALE, 1);
    assert_int_equal(purchases_of(f, 1), 0);
    document(f, 2, 1, 100, SALE, 1);
    assert_int_equal(purchases_of(f, 1), 1);
    document(f, 3, 1, 100 + WITHIN, SALE, 1);
    assert_int_equal(purchases_of(f, 1), 2);
    document(f, 4, 1, 100 + WITHIN + 1, SALE, 1);
    assert_int_equal(purchases_of(f, 1), 2);
}

static void contacts_know_what_a_purchase_is(void **state) {
    struct fixture *f = *state;
    customer(f, 1, 104);
    contact(f, 1, 1, DANA, 100, 9, ORDERED);
    document(f, 1, 1, 101, CANCELLED, 900);
    document(f, 2, 1, 102, SALE, 500);
    document(f, 3, 1, 102, RETURN, -500); /* all of it came back on its day */
    document(f, 4, 1, 103, RETURN, -100);
    assert_int_equal(purchases_of(f, 1), 0);
    document(f, 5, 1, 104, SALE, 300);
    document(f, 6, 1, 104, SALE, 200);
    document(f, 7, 1, 104, RETURN, -100);
    assert_int_equal(purchases_of(f, 1), 1);
    document(f, 8, 1, 105, UNVALUED, 0);
    assert_int_equal(purchases_of(f, 1), 2);
}

static void contacts_after_the_time_asked_for_take_their_purchases_away(void **state) {
    struct fixture *f = *state;
    struct contacts_sums sums;
    struct contacts_ask ask = ask_all();
    customer(f, 1, 106);
    contact(f, 1, 1, DANA, 100, 9, ORDERED);
    contact(f, 2, 1, RUI, 105, 9, ORDERED);
    document(f, 1, 1, 106, SALE, 500);
    ask.to = (struct day){101};
    fixture_good(f, contacts_sum_up(&f->cx, f->db, &ask, CONTACTS_BY_USER, &sums));
    assert_int_equal(sums.all.contacts, 1);
    assert_int_equal(sums.all.purchases, 0);
    ask.user_id = DANA; /* nor does asking for one's own alone give them back */
    ask.to = (struct day){TODAY};
    fixture_good(f, contacts_sum_up(&f->cx, f->db, &ask, CONTACTS_BY_USER, &sums));
    assert_int_equal(sums.all.purchases, 0);
}

static void contacts_are_listed_by_place_condition_and_customer(void **state) {
    struct fixture *f = *state;
    struct contacts_ask ask = ask_all();
    customer(f, 1, 106);
    customer(f, 2, 90);
    contact(f, 1, 1, DANA, 100, 9, ORDERED);
    contact(f, 2, 1, RUI, 104, 9, ORDERED);
    contact(f, 3, 2, RUI, 104, 9, NOBODY);
    contact(f, 4, 2, RUI, 110, 9, CONTACT_OUTCOME_QUOTED);
    document(f, 1, 1, 106, SALE, 500);
    struct seen seen = list(f, &ask, CONTACTS_NEWEST, 3);
    assert_int_equal(seen.n, 3);
    assert_int_equal(seen.row[0].place.id, 4);
    assert_int_equal(seen.row[1].place.id, 3);
    assert_int_equal(seen.row[2].place.id, 2);
    seen = list(f, &ask, seen.row[1].place, 3);
    assert_int_equal(seen.n, 2);
    assert_int_equal(seen.row[0].place.id, 2);
    ask.followed = true;
    seen = list(f, &ask, CONTACTS_NEWEST, 3);
    assert_int_equal(seen.n, 1);
    assert_int_equal(seen.row[0].place.id, 2);
    ask.followed = false;
    ask.last = true;
    assert_int_equal(list(f, &ask, CONTACTS_NEWEST, 9).n, 2);
    ask.last = false;
    ask.reached = 0;
    assert_int_equal(list(f, &ask, CONTACTS_NEWEST, 9).row[0].place.id, 3);
    ask.reached = CONTACTS_ANY;
    ask.search = S("ÁGIL 2");
    assert_int_equal(list(f, &ask, CONTACTS_NEWEST, 9).n, 2);
    ask.search = S("note 1%");
    assert_int_equal(list(f, &ask, CONTACTS_NEWEST, 9).n, 1);
    ask.search = S("note _");
    assert_int_equal(list(f, &ask, CONTACTS_NEWEST, 9).n, 0);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(contacts_purchase_belongs_to_the_last_before_it),
        TEST(contacts_of_one_day_the_last_has_it),
        TEST(contacts_that_reached_nobody_have_none_and_take_none),
        TEST(contacts_count_on_their_day_and_for_their_days_only),
        TEST(contacts_know_what_a_purchase_is),
        TEST(contacts_after_the_time_asked_for_take_their_purchases_away),
        TEST(contacts_are_listed_by_place_condition_and_customer),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
