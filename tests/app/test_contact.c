// SPDX-License-Identifier: Apache-2.0
/* A contact counts once, leads to what its outcome asks for, and moves the customer's last contact on for good. */
#include "../store/fixture.h"

#include "app/appointment.h"
#include "app/choices.h"
#include "app/contact.h"
#include "stats/stat.h"
#include "store/customer.h"
#include "store/import.h"

enum { TODAY = 20000, USER = 7, OTHER = 8 };

/* A customers file that names one customer, and says when it was last talked to. */
static void customer_told(struct fixture *f, const char *code, int64_t id, bool new, struct day last_contact) {
    struct customer_writer *writer;
    struct customer_fact fact = {.customer_id = id,
                                 .source = FACT_FROM_CUSTOMERS,
                                 .day = DAY_NONE,
                                 .name = str_from(code),
                                 .closed_on = DAY_NONE,
                                 .last_contact = last_contact};
    int64_t changed;
    fixture_good(f, db_write(&f->cx, f->db));
    fixture_good(f, import_begin(&f->cx, f->db, IMPORT_CUSTOMERS, S("t"), 1, &fact.import_id));
    fixture_good(f, customer_writer_open(&f->cx, f->db, &writer));
    if (new)
        fixture_good(f, customer_writer_add(&f->cx, writer, id, str_from(code)));
    fixture_good(f, customer_writer_fact(&f->cx, writer, &fact));
    fixture_good(f, customer_writer_close(&f->cx, writer));
    fixture_good(f, customer_merge(&f->cx, f->db, fact.import_id, &changed));
    fixture_good(f, db_commit(&f->cx, f->db));
}

static struct contact_wish wish(const char *token, enum contact_outcome outcome) {
    return (struct contact_wish){.code = S("C1"),
                                 .user_id = USER,
                                 .who = S("ana"),
                                 .at_us = 1000,
                                 .day = {TODAY},
                                 .now_us = 2000,
                                 .today = {TODAY},
                                 .channel = CONTACT_CHANNEL_CALL,
                                 .outcome = outcome,
                                 .value_cents = STAT_NONE,
                                 .next_on = DAY_NONE,
                                 .next_minute = APPOINTMENT_ANY_TIME,
                                 .token = str_from(token)};
}

static struct contact_made logged(struct fixture *f, struct contact_wish w) {
    struct contact_made made;
    fixture_good(f, contact_log(&f->cx, f->db, &w, &made));
    return made;
}

static void contact_sent_twice_is_kept_once_and_answers_alike(void **state) {
    struct fixture *f = *state;
    customer_told(f, "C1", 1, true, DAY_NONE);
    struct contact_wish w = wish("t1", CONTACT_OUTCOME_LATER);
    w.next_on = (struct day){TODAY + 9};
    struct contact_made first = logged(f, w), second = logged(f, w);
    assert_false(first.repeated);
    assert_true(second.repeated);
    assert_int_equal(first.contact_id, second.contact_id);
    assert_int_equal(second.next_on.n, TODAY + 9);
    assert_string_equal(fixture_raw(f, "SELECT count(*) FROM contact"), "1\n");
    assert_string_equal(fixture_raw(f, "SELECT day, user_id, state FROM appointment"), "20009|7|0\n");
}

static void contact_of_unanswered_calls_comes_again_by_the_rule_and_then_no_more(void **state) {
    struct fixture *f = *state;
    customer_told(f, "C1", 1, true, DAY_NONE);
    static const int days[] = {1, 3, 7};
    for (int i = 0; i < 3; i++) {
        struct contact_wish w = wish(i == 0 ? "a" : i == 1 ? "b" : "c", CONTACT_OUTCOME_NO_ANSWER);
        w.at_us += i;
        struct contact_made made = logged(f, w);
        assert_int_equal(made.next_on.n, TODAY + days[i]);
        /* The next try is made when the appointment is due. */
        fixture_raw_run(f, "UPDATE appointment SET day = 20000 WHERE state = 0");
    }
    struct contact_wish w = wish("d", CONTACT_OUTCOME_NO_ANSWER);
    w.at_us += 3;
    struct contact_made made = logged(f, w);
    assert_true(made.given_up);
    assert_false(day_is(made.next_on));
    assert_string_equal(fixture_raw(f, "SELECT count(*) FROM appointment WHERE state = 0"), "0\n");
    /* Somebody answers: the tries begin anew. */
    w = wish("e", CONTACT_OUTCOME_QUOTED);
    w.at_us += 4;
    logged(f, w);
    w = wish("g", CONTACT_OUTCOME_NO_ANSWER);
    w.at_us += 5;
    assert_int_equal(logged(f, w).next_on.n, TODAY + 1);
}

static void contact_keeps_the_appointment_it_came_from_and_no_other(void **state) {
    struct fixture *f = *state;
    customer_told(f, "C1", 1, true, DAY_NONE);
    struct appointment made;
    struct appointment_wish a = {.code = S("C1"),
                                 .user_id = OTHER,
                                 .who = S("rui"),
                                 .day = {TODAY},
                                 .today = {TODAY},
                                 .minute = 600,
                                 .channel = CONTACT_CHANNEL_VISIT,
                                 .token = S("x"),
                                 .now_us = 5};
    fixture_good(f, appointment_make(&f->cx, f->db, &a, &made));
    a.token = S("y");
    fixture_good(f, appointment_make(&f->cx, f->db, &a, &made));
    struct contact_wish w = wish("t", CONTACT_OUTCOME_ORDERED);
    w.appointment_id = made.id;
    logged(f, w);
    assert_string_equal(fixture_raw(f, "SELECT id, state FROM appointment ORDER BY id"), "1|0\n2|1\n");
}

static void contact_that_closes_writes_the_customer_off_with_its_appointments(void **state) {
    struct fixture *f = *state;
    customer_told(f, "C1", 1, true, DAY_NONE);
    struct contact_wish w = wish("t1", CONTACT_OUTCOME_LATER);
    w.next_on = (struct day){TODAY + 9};
    logged(f, w);
    w = wish("t2", CONTACT_OUTCOME_DO_NOT_CONTACT);
    w.user_id = OTHER;
    assert_true(logged(f, w).closed);
    assert_string_equal(fixture_raw(f, "SELECT closed_on FROM customer"), "20000\n");
    assert_string_equal(fixture_raw(f, "SELECT state FROM appointment"), "2\n");
}

static void contact_says_which_field_is_missing_and_keeps_nothing(void **state) {
    struct fixture *f = *state;
    static const struct {
        enum contact_outcome outcome;
        const char *key;
    } cases[] = {{CONTACT_OUTCOME_LATER, "contact.bad_date"},
                 {CONTACT_OUTCOME_REFUSED, "contact.bad_objection"},
                 {CONTACT_OUTCOME_CLOSED, "contact.bad_reason"}};
    struct contact_made made;
    size_t added;
    customer_told(f, "C1", 1, true, DAY_NONE);
    fixture_good(f, choices_usual(&f->cx, f->db, CHOICE_NONE, LANG_EN, S("ana"), 1, &added));
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct contact_wish w = wish("t", cases[i].outcome);
        fixture_refused(f, contact_log(&f->cx, f->db, &w, &made), ERR_INVALID, cases[i].key);
    }
    struct contact_wish w = wish("t", CONTACT_OUTCOME_ORDERED);
    w.person_id = 99;
    fixture_refused(f, contact_log(&f->cx, f->db, &w, &made), ERR_INVALID, "contact.bad_person");
    w = wish("t", CONTACT_OUTCOME_ORDERED);
    w.rep = S("R9");
    fixture_refused(f, contact_log(&f->cx, f->db, &w, &made), ERR_NOT_FOUND, "scope.no_customer");
    assert_string_equal(fixture_raw(f, "SELECT count(*) FROM contact"), "0\n");
}

/* A company's first day: its agents need not wait until somebody has made a catalogue. */
static void contact_is_kept_without_a_reason_where_there_is_none_to_choose(void **state) {
    struct fixture *f = *state;
    customer_told(f, "C1", 1, true, DAY_NONE);
    logged(f, wish("t1", CONTACT_OUTCOME_REFUSED));
    logged(f, wish("t2", CONTACT_OUTCOME_CLOSED));
    assert_string_equal(fixture_raw(f, "SELECT count(*) FROM contact"), "2\n");
}

static void contact_moves_the_last_one_on_and_a_later_file_does_not_take_it_back(void **state) {
    struct fixture *f = *state;
    customer_told(f, "C1", 1, true, (struct day){TODAY - 50});
    logged(f, wish("t", CONTACT_OUTCOME_ORDERED));
    assert_string_equal(fixture_raw(f, "SELECT last_contact FROM customer"), "20000\n");
    customer_told(f, "C1", 1, false, (struct day){TODAY - 10});
    assert_string_equal(fixture_raw(f, "SELECT last_contact FROM customer"), "20000\n");
    customer_told(f, "C1", 1, false, (struct day){TODAY + 10});
    assert_string_equal(fixture_raw(f, "SELECT last_contact FROM customer"), "20010\n");
}

static void appointment_changed_by_another_first_is_refused(void **state) {
    struct fixture *f = *state;
    struct appointment made, out;
    customer_told(f, "C1", 1, true, DAY_NONE);
    struct appointment_wish a = {.code = S("C1"),
                                 .user_id = USER,
                                 .asker_id = USER,
                                 .who = S("ana"),
                                 .day = {TODAY + 1},
                                 .today = {TODAY},
                                 .minute = APPOINTMENT_ANY_TIME,
                                 .channel = CONTACT_CHANNEL_CALL,
                                 .token = S("x"),
                                 .now_us = 5};
    fixture_good(f, appointment_make(&f->cx, f->db, &a, &made));
    a.id = made.id;
    a.version = made.version;
    a.day = (struct day){TODAY + 5};
    fixture_good(f, appointment_move(&f->cx, f->db, &a, &out));
    a.day = (struct day){TODAY + 6};
    fixture_refused(f, appointment_move(&f->cx, f->db, &a, &out), ERR_CONFLICT, "appointment.changed");
    assert_int_equal(out.day.n, TODAY + 5);
    a.version = out.version;
    fixture_good(f, appointment_settle(&f->cx, f->db, &a, APPOINTMENT_OFF, &out));
    fixture_refused(f, appointment_settle(&f->cx, f->db, &a, APPOINTMENT_KEPT, &out), ERR_CONFLICT,
                    "appointment.changed");
    assert_string_equal(fixture_raw(f, "SELECT state, day FROM appointment"), "2|20005\n");
}

/* One's own, whom one has at hand, one's lists; managers all; who may not is told whose it is. */
static void appointment_is_changed_by_whose_it_is_or_who_is_near(void **state) {
    struct fixture *f = *state;
    struct appointment made, out;
    customer_told(f, "C1", 1, true, DAY_NONE);
    fixture_raw_run(f, "INSERT INTO app_user (id, login, name, role, made_us) VALUES (8, 'eva', 'Eva Lima', 2, 1)");
    struct appointment_wish a = {.code = S("C1"),
                                 .user_id = OTHER,
                                 .who = S("ana"),
                                 .day = {TODAY + 1},
                                 .today = {TODAY},
                                 .minute = APPOINTMENT_ANY_TIME,
                                 .channel = CONTACT_CHANNEL_CALL,
                                 .token = S("next:t1"),
                                 .now_us = 5};
    fixture_good(f, appointment_make(&f->cx, f->db, &a, &made));
    a.id = made.id;
    a.version = made.version;
    a.asker_id = USER;
    static const enum role told[] = {ROLE_REP, ROLE_AGENT, ROLE_NONE};
    for (size_t i = 0; i < sizeof told / sizeof *told; i++) {
        a.role = told[i];
        fixture_refused(f, appointment_move(&f->cx, f->db, &a, &out), ERR_FORBIDDEN, "appointment.not_yours");
        fixture_refused(f, appointment_settle(&f->cx, f->db, &a, APPOINTMENT_OFF, &out), ERR_FORBIDDEN,
                        "appointment.not_yours");
    }
    assert_false(appointment_move(&f->cx, f->db, &a, &out));
    assert_true(str_equal(f->cx.err.arg[0], S("Eva Lima")));
    cx_clear(&f->cx);
    a.role = ROLE_MANAGER;
    fixture_good(f, appointment_move(&f->cx, f->db, &a, &out));
    /* An agent: at hand, then not any more; picked for a list that names them; made by a contact on such a list. */
    static const char *const near[][2] = {
        {"INSERT INTO customer_hold (customer_id, user_id, until_us) VALUES (1, 7, 6)", "DELETE FROM customer_hold"},
        {"INSERT INTO worklist_customer (worklist_id, customer_id) VALUES (1, 1)", "DELETE FROM worklist_customer"},
        {"INSERT INTO contact (id, customer_id, user_id, at_us, day, channel, outcome, worklist_id, token, made_us) "
         "VALUES (1, 1, 8, 1, 1, 1, 3, 1, 't1', 1)",
         "UPDATE worklist SET retired_us = 1"}};
    fixture_raw_run(f, "INSERT INTO worklist (id, name, query, capacity, starts_on, user_id, made_us) "
                       "VALUES (1, 'w', '', 0, 1, 1, 1)");
    fixture_raw_run(f, "INSERT INTO worklist_user (worklist_id, user_id) VALUES (1, 7)");
    for (size_t i = 0; i < sizeof near / sizeof *near; i++) {
        fixture_raw_run(f, near[i][0]);
        a.version = out.version;
        a.role = ROLE_REP;
        fixture_refused(f, appointment_move(&f->cx, f->db, &a, &made), ERR_FORBIDDEN, "appointment.not_yours");
        a.role = ROLE_AGENT;
        fixture_good(f, appointment_move(&f->cx, f->db, &a, &out));
        fixture_raw_run(f, near[i][1]);
        a.version = out.version;
        fixture_refused(f, appointment_move(&f->cx, f->db, &a, &made), ERR_FORBIDDEN, "appointment.not_yours");
    }
    a.asker_id = OTHER;
    a.role = ROLE_REP;
    fixture_good(f, appointment_settle(&f->cx, f->db, &a, APPOINTMENT_OFF, &out));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(contact_sent_twice_is_kept_once_and_answers_alike),
        TEST(contact_of_unanswered_calls_comes_again_by_the_rule_and_then_no_more),
        TEST(contact_keeps_the_appointment_it_came_from_and_no_other),
        TEST(contact_that_closes_writes_the_customer_off_with_its_appointments),
        TEST(contact_says_which_field_is_missing_and_keeps_nothing),
        TEST(contact_is_kept_without_a_reason_where_there_is_none_to_choose),
        TEST(contact_moves_the_last_one_on_and_a_later_file_does_not_take_it_back),
        TEST(appointment_changed_by_another_first_is_refused),
        TEST(appointment_is_changed_by_whose_it_is_or_who_is_near),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
