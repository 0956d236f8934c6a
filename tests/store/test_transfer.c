// SPDX-License-Identifier: Apache-2.0
/* Customers handed over: whose they are after any order of orders, customers files and transfers, and after any of them was taken
 * back, is what the definition says of those that are left. The definition is written here a second time, backwards from the last
 * transfer, while the store goes forward from the first fact.
 */
#include "fixture.h"

#include "stats/stat.h"
#include "store/customer.h"
#include "store/import.h"
#include "store/transfer.h"

enum { CUSTOMERS = 5, STEPS = 9, ROUNDS = 20, ROUNDS_FAR = 5, REPS = 4 }; /* far: every statement goes to a server */

static const char *const rep_name[REPS + 1] = {"", "A", "B", "C", "D"};

struct step {
    enum fact_source source;
    int64_t import_id;
    int rep[CUSTOMERS]; /* said of each; 0: nothing */
    bool gone;          /* taken back */
};

static uint64_t seed = 88172645463325252u;

static int drawn(int n) {
    seed ^= seed << 13;
    seed ^= seed >> 7;
    seed ^= seed << 17;
    return (int)((seed >> 11) % (uint64_t)n);
}

static bool all_goods(struct cx *cx, struct str code, struct str name, struct str kind) {
    (void)cx;
    (void)code;
    (void)name;
    (void)kind;
    return true;
}

/* What files alone say by step n: the last customers file, else the newest order; orders come in the order of their days. */
static int files(const struct step *step, int n, int c) {
    int order = 0;
    for (int i = n - 1; i >= 0; i--) {
        if (step[i].gone || step[i].rep[c] == 0)
            continue;
        if (step[i].source == FACT_FROM_CUSTOMERS)
            return step[i].rep[c];
        if (step[i].source == FACT_FROM_ORDERS && order == 0)
            order = step[i].rep[c];
    }
    return order;
}

static int whose(const struct step *step, int n, int c) {
    int last = n - 1;
    while (last >= 0 && (step[last].gone || step[last].source != FACT_FROM_TRANSFER || step[last].rep[c] == 0))
        last--;
    if (last < 0)
        return files(step, n, c);
    int told = files(step, last, c), from = whose(step, last, c);
    for (int i = last + 1; i < n; i++) {
        int rep = step[i].rep[c];
        if (!step[i].gone && step[i].source == FACT_FROM_CUSTOMERS && rep != 0 && rep != told && rep != from)
            return files(step, n, c);
    }
    return step[last].rep[c];
}

static void customers_make(struct fixture *f) {
    struct customer_writer *writer;
    int64_t id, changed;
    fixture_good(f, db_write(&f->cx, f->db));
    fixture_good(f, import_begin(&f->cx, f->db, IMPORT_CUSTOMERS, S("all.csv"), 1, &id));
    fixture_good(f, customer_writer_open(&f->cx, f->db, &writer));
    for (int c = 0; c < CUSTOMERS; c++) {
        char code[8];
        snprintf(code, sizeof code, "C%d", c);
        fixture_good(f, customer_writer_add(&f->cx, writer, c + 1, str_from(code)));
        const struct customer_fact fact = {.customer_id = c + 1,
                                           .import_id = id,
                                           .source = FACT_FROM_CUSTOMERS,
                                           .day = DAY_NONE,
                                           .name = S("Somebody"),
                                           .closed_on = DAY_NONE,
                                           .last_contact = DAY_NONE};
        fixture_good(f, customer_writer_fact(&f->cx, writer, &fact));
    }
    fixture_good(f, customer_writer_close(&f->cx, writer));
    fixture_good(f, customer_merge(&f->cx, f->db, id, &changed));
    fixture_good(f, db_commit(&f->cx, f->db));
}

static int64_t label(struct fixture *f, int rep) {
    int64_t id;
    fixture_good(f, label_of(&f->cx, f->db, LABEL_REP, str_from(rep_name[rep]), &id));
    return id;
}

static void file_put(struct fixture *f, struct step *step, int day) {
    struct customer_writer *writer;
    int64_t changed;
    fixture_good(f, db_write(&f->cx, f->db));
    fixture_good(f, import_begin(&f->cx, f->db, step->source == FACT_FROM_ORDERS ? IMPORT_ORDERS : IMPORT_CUSTOMERS,
                                 S("file.csv"), 1, &step->import_id));
    fixture_good(f, customer_writer_open(&f->cx, f->db, &writer));
    for (int c = 0; c < CUSTOMERS; c++) {
        struct customer_fact fact = {.customer_id = c + 1,
                                     .import_id = step->import_id,
                                     .source = step->source,
                                     .day = {15000 + day},
                                     .closed_on = DAY_NONE,
                                     .last_contact = DAY_NONE};
        fact.label[LABEL_REP] = label(f, step->rep[c]);
        fixture_good(f, customer_writer_fact(&f->cx, writer, &fact));
    }
    fixture_good(f, customer_writer_close(&f->cx, writer));
    fixture_good(f, customer_merge(&f->cx, f->db, step->import_id, &changed));
    fixture_good(f, db_commit(&f->cx, f->db));
}

static int64_t transfer_put(struct fixture *f, const int64_t *customer, size_t n, int rep, const char *token,
                            int32_t day, bool do_it, int64_t *import_id) {
    struct transfer t = {
        .day = {day}, .rep_id = label(f, rep), .who = S("ana"), .token = str_copy(f->cx.arena, str_from(token))};
    int64_t customers, changed;
    bool again, found;
    fixture_good(f, db_write(&f->cx, f->db));
    t.rep_id = label(f, rep);
    fixture_good(f, transfer_add(&f->cx, f->db, &t, customer, n, &t.id, &again, &customers));
    if (do_it && !again) {
        fixture_good(f, transfer_find(&f->cx, f->db, t.id, &found, &t));
        fixture_good(f, import_begin(&f->cx, f->db, IMPORT_TRANSFER, S("t"), 1, import_id));
        fixture_good(f, transfer_do(&f->cx, f->db, &t, *import_id, 5, &changed));
    }
    fixture_good(f, db_commit(&f->cx, f->db));
    return t.id;
}

/* A transfer says nothing of who is the new rep's already. */
static void handed_put(struct fixture *f, struct step *all, int n) {
    struct step *step = &all[n];
    int to = 1 + drawn(REPS);
    int64_t id[CUSTOMERS];
    size_t ids = 0;
    char token[24];
    for (int c = 0; c < CUSTOMERS; c++) {
        step->rep[c] = drawn(3) != 0 && whose(all, n, c) != to ? to : 0;
        if (step->rep[c] != 0)
            id[ids++] = c + 1;
    }
    snprintf(token, sizeof token, "%llu", (unsigned long long)seed);
    transfer_put(f, id, ids, to, token, 100, true, &step->import_id);
}

static void as_defined(struct fixture *f, const struct step *step, int n) {
    const char *got =
        fixture_raw(f, "SELECT c.id, l.code, c.name FROM customer c JOIN label l ON l.id = c.rep_id ORDER BY c.id");
    struct buf wanted;
    buf_init(&wanted, &f->arena, 0);
    for (int c = 0; c < CUSTOMERS; c++)
        buf_printf(&wanted, "%d|%s|Somebody\n", c + 1, rep_name[whose(step, n, c)]);
    buf_char(&wanted, 0);
    assert_string_equal(got, wanted.p);
}

static void whose_a_customer_is_follows_from_what_is_left(void **state) {
    struct fixture *f = *state;
    customers_make(f);
    for (int round = 0; round < (fixture_pg() ? ROUNDS_FAR : ROUNDS); round++) {
        struct step step[STEPS] = {{0}};
        for (int n = 0; n < STEPS; n++) {
            static const enum fact_source of[] = {FACT_FROM_ORDERS, FACT_FROM_CUSTOMERS, FACT_FROM_CUSTOMERS,
                                                  FACT_FROM_TRANSFER, FACT_FROM_TRANSFER};
            step[n].source = of[drawn(5)];
            for (int c = 0; c < CUSTOMERS && step[n].source != FACT_FROM_TRANSFER; c++)
                step[n].rep[c] = drawn(3) == 0 ? 0 : 1 + drawn(REPS);
            if (step[n].source == FACT_FROM_TRANSFER)
                handed_put(f, step, n);
            else
                file_put(f, &step[n], n);
            as_defined(f, step, n + 1);
        }
        for (int left = STEPS; left > 0; left--) { /* in any order, until none is left */
            int k = drawn(STEPS);
            while (step[k].gone)
                k = (k + 1) % STEPS;
            fixture_good(f, db_write(&f->cx, f->db));
            fixture_good(f, import_undo(&f->cx, f->db, step[k].import_id, 1, all_goods));
            fixture_good(f, transfer_taken_back(&f->cx, f->db, step[k].import_id, S("ana"), 9));
            fixture_good(f, db_commit(&f->cx, f->db));
            step[k].gone = true;
            as_defined(f, step, STEPS);
        }
    }
    assert_string_equal(fixture_raw(f, "SELECT count(*) FROM transfer WHERE state <> 4"), "0\n");
}

static void what_waits_is_done_once_and_leaves_who_changed_hands(void **state) {
    struct fixture *f = *state;
    struct step first = {.source = FACT_FROM_CUSTOMERS, .rep = {1, 1, 1, 2, 3}}, then = first;
    const int64_t id[] = {1, 2, 4};
    int64_t import_id = 0, changed, *due;
    size_t n;
    bool found, off;
    struct transfer t;
    customers_make(f);
    file_put(f, &first, 1);
    int64_t one = transfer_put(f, id, 3, 2, "one", 200, false, &import_id);
    assert_int_equal(one, transfer_put(f, id, 3, 3, "one", 200, false, &import_id)); /* the same form */
    int64_t two = transfer_put(f, id, 1, 4, "two", 201, false, &import_id);
    fixture_good(f, transfer_find(&f->cx, f->db, one, &found, &t));
    assert_true(found && t.state == TRANSFER_WAITS);
    assert_int_equal(t.customers, 2); /* the third is the new rep's already */
    fixture_good(f, transfer_due(&f->cx, f->db, (struct day){199}, &due, &n));
    assert_int_equal(n, 0);
    then.rep[1] = 4;
    file_put(f, &then, 2);
    fixture_good(f, transfer_due(&f->cx, f->db, (struct day){201}, &due, &n));
    assert_int_equal(n, 2);
    assert_int_equal(due[0], one);
    fixture_good(f, db_write(&f->cx, f->db));
    fixture_good(f, transfer_off(&f->cx, f->db, two, S("ana"), 7, &off));
    assert_true(off);
    fixture_good(f, transfer_off(&f->cx, f->db, two, S("ana"), 7, &off));
    assert_false(off);
    fixture_good(f, import_begin(&f->cx, f->db, IMPORT_TRANSFER, S("t"), 1, &import_id));
    fixture_good(f, transfer_do(&f->cx, f->db, &t, import_id, 8, &changed));
    fixture_good(f, db_commit(&f->cx, f->db));
    assert_int_equal(changed, 1);
    assert_string_equal(
        fixture_raw(f, "SELECT c.id, l.code FROM customer c JOIN label l ON l.id = c.rep_id ORDER BY 1"),
        "1|B\n2|D\n3|A\n4|B\n5|C\n");
    assert_string_equal(
        fixture_raw(f, "SELECT customer_id, moved FROM transfer_customer WHERE transfer_id = 1 ORDER BY 1"),
        "1|1\n2|0\n");
    fixture_good(f, transfer_due(&f->cx, f->db, (struct day){300}, &due, &n));
    assert_int_equal(n, 0);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(whose_a_customer_is_follows_from_what_is_left),
        TEST(what_waits_is_done_once_and_leaves_who_changed_hands),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
