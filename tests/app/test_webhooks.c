// SPDX-License-Identifier: Apache-2.0
/* What other programs are told of: noted with its cause or not at all, once, and sent by one server at a time until it is taken. */
#include "../store/fixture.h"

#include "app/webhook_send.h"
#include "app/webhook_tell.h"
#include "app/webhooks.h"
#include "base/seal.h"
#include "base/secret.h"

enum { TODAY = 19000 };
static const int64_t NOW = INT64_C(19000) * 86400 * 1000000 + 5, SECOND = 1000000, DAY_LONG = INT64_C(86400) * 1000000;

static char secrets[] = "/tmp/reativa-webhooks.XXXXXX";

/* A key of its own, made by the first secret. */
static int ready(void **state) {
    (void)snprintf(secrets, sizeof secrets, "%s", "/tmp/reativa-webhooks.XXXXXX");
    int fd = mkstemp(secrets);
    return fd >= 0 && close(fd) == 0 && unlink(secrets) == 0 && secret_ready() ? fixture_ready(state) : -1;
}
static int done(void **state) {
    (void)unlink(secrets);
    return fixture_done(state);
}
#define CASE(name) cmocka_unit_test_setup_teardown(name, ready, done)

static int64_t webhook(struct fixture *f, const char *name, unsigned topics) {
    struct webhook made;
    bool again;
    const struct webhooks_wish wish = {.name = str_from(name),
                                       .url = S("https://example.com/hook?key=hidden"),
                                       .topics = topics,
                                       .lang = S("en"),
                                       .token = str_from(name),
                                       .secrets = str_from(secrets),
                                       .who = S("ana"),
                                       .now_us = NOW};
    fixture_good(f, webhooks_put(&f->cx, f->db, &wish, &made, &again));
    assert_false(again);
    return made.id;
}

static void tell(struct fixture *f, enum webhook_kind kind, int64_t subject, bool keep) {
    const struct webhook_news news = {.kind = kind, .subject = subject, .at_us = NOW};
    fixture_good(f, db_write(&f->cx, f->db));
    fixture_good(f, webhook_tell(&f->cx, f->db, &news));
    if (keep)
        fixture_good(f, db_commit(&f->cx, f->db));
    db_rollback(f->db);
}

static bool take(struct fixture *f, int64_t now_us, struct delivery_task *out) {
    bool found;
    fixture_good(f, webhook_send_take(&f->cx, f->db, str_from(secrets), now_us, &found, out));
    return found;
}

static void answered(struct fixture *f, const struct delivery_task *task, int64_t status, int64_t now_us) {
    const struct webhook_send_end end = {.answer = {.id = task->id,
                                                    .webhook_id = task->webhook_id,
                                                    .status = status,
                                                    .ms = 7,
                                                    .fault = status == 0 ? S("late") : S(""),
                                                    .answer = S("said")},
                                         .tries_left = task->tries_left,
                                         .kind = task->event.kind,
                                         .chance = 3};
    fixture_good(f, webhook_send_done(&f->cx, f->db, &end, now_us));
}

/* ---- noting ---- */

static void event_is_noted_once_with_its_cause_for_those_who_ask(void **state) {
    struct fixture *f = *state;
    tell(f, WEBHOOK_CONTACT_LOGGED, 1, true);
    assert_string_equal(fixture_raw(f, "SELECT count(*) FROM webhook_event"), "0\n"); /* nobody asks */
    (void)webhook(f, "a", 1u << WEBHOOK_CONTACTS);
    (void)webhook(f, "b", 1u << WEBHOOK_CONTACTS | 1u << WEBHOOK_IMPORTS);
    tell(f, WEBHOOK_CONTACT_LOGGED, 1, false);
    assert_string_equal(fixture_raw(f, "SELECT count(*) FROM webhook_event"), "0\n"); /* its cause did not happen */
    tell(f, WEBHOOK_CONTACT_LOGGED, 1, true);
    tell(f, WEBHOOK_CONTACT_LOGGED, 1, true);
    tell(f, WEBHOOK_IMPORT_DONE, 1, true);
    assert_string_equal(
        fixture_raw(f, "SELECT e.kind, d.webhook_id FROM webhook_delivery d JOIN webhook_event e ON e.id = d.event_id "
                       "ORDER BY 1, 2"),
        "3|1\n3|2\n6|2\n");
    fixture_good(f, webhooks_state(&f->cx, f->db, 2, WEBHOOK_PAUSED, S("ana"), NOW));
    tell(f, WEBHOOK_IMPORT_UNDONE, 1, true);
    assert_string_equal(fixture_raw(f, "SELECT count(*) FROM webhook_event WHERE kind = 7"), "0\n");
}

static void audit_of_webhooks_holds_neither_secret_nor_path(void **state) {
    struct fixture *f = *state;
    struct str secret;
    int64_t id = webhook(f, "a", 1);
    const struct webhooks_wish_secret wish = {.id = id, .secrets = str_from(secrets), .who = S("ana"), .now_us = NOW};
    fixture_good(f, webhooks_secret(&f->cx, f->db, &wish, &secret));
    assert_string_equal(
        fixture_raw(f, "SELECT count(*) FROM audit WHERE after_text LIKE '%whsec%' OR after_text LIKE '%hidden%'"),
        "0\n");
    assert_string_equal(fixture_raw(f, "SELECT after_text FROM audit WHERE what = 'webhook' ORDER BY id"),
                        "id=1 name=a host=https://example.com topics=status\nid=1 secret=new\n");
}

/* ---- sending ---- */

static void delivery_is_taken_by_one_until_its_lease_is_over_and_keeps_its_name(void **state) {
    struct fixture *f = *state;
    struct delivery_task first, second;
    (void)webhook(f, "a", 1u << WEBHOOK_CONTACTS);
    tell(f, WEBHOOK_CONTACT_LOGGED, 1, true);
    tell(f, WEBHOOK_CONTACT_LOGGED, 2, true);
    assert_true(take(f, NOW, &first));
    assert_false(take(f, NOW + SECOND, &second));                             /* one at a time to a webhook */
    assert_true(take(f, NOW + (WEBHOOK_SEND_LEASE_S + 1) * SECOND, &second)); /* who had it was killed */
    assert_true(first.id == second.id && str_equal(first.event.name, second.event.name) && second.tries == 2);
    answered(f, &second, 204, NOW + 400 * SECOND);
    answered(f, &first, 500, NOW + 401 * SECOND); /* the killed one was only slow: what is taken stays taken */
    assert_string_equal(fixture_raw(f, "SELECT id, state, tries, status, answer FROM webhook_delivery ORDER BY id"),
                        "1|2|2|204|said\n2|1|0|0|\n");
}

static void delivery_that_fails_waits_longer_and_is_given_up(void **state) {
    struct fixture *f = *state;
    struct delivery_task task;
    int64_t now = NOW, before = 0;
    int tries = 0;
    int64_t id = webhook(f, "a", 1u << WEBHOOK_CONTACTS);
    tell(f, WEBHOOK_CONTACT_LOGGED, 1, true);
    while (take(f, now, &task)) {
        answered(f, &task, tries % 2 == 0 ? 500 : 0, now);
        int64_t due = strtoll(fixture_raw(f, "SELECT due_us FROM webhook_delivery"), NULL, 10);
        assert_true(++tries == WEBHOOK_TRIES ? due == 0 : due - now > before);
        before = due - now;
        assert_false(take(f, now + SECOND, &task));
        now = due + 3700 * SECOND; /* past the wait of the webhook too */
    }
    assert_int_equal(tries, WEBHOOK_TRIES);
    assert_string_equal(fixture_raw(f, "SELECT state, tries, tries_left, status, fault FROM webhook_delivery"),
                        "3|8|0|0|late\n");
    fixture_good(
        f, webhooks_resend(&f->cx, f->db, id, task.id, S("ana"), now)); /* by hand, whatever the webhook waits for */
    assert_true(take(f, NOW + 2, &task));
    answered(f, &task, 500, now);
    assert_string_equal(fixture_raw(f, "SELECT state, tries FROM webhook_delivery"), "3|9\n");
}

static void webhook_that_fails_for_days_or_wants_no_more_is_paused(void **state) {
    struct fixture *f = *state;
    struct delivery_task task;
    (void)webhook(f, "a", 1u << WEBHOOK_CONTACTS);
    tell(f, WEBHOOK_CONTACT_LOGGED, 1, true);
    assert_true(take(f, NOW, &task));
    answered(f, &task, 500, NOW);
    assert_true(take(f, NOW + 2 * DAY_LONG, &task));
    answered(f, &task, 500, NOW + 2 * DAY_LONG);
    assert_string_equal(fixture_raw(f, "SELECT state, why FROM webhook"), "1|\n");
    assert_true(take(f, NOW + 4 * DAY_LONG, &task));
    answered(f, &task, 500, NOW + 4 * DAY_LONG);
    assert_string_equal(fixture_raw(f, "SELECT state, why FROM webhook"), "2|webhook.why_failing\n");
    assert_false(take(f, NOW + 9 * DAY_LONG, &task));
    fixture_good(f, webhooks_state(&f->cx, f->db, 1, WEBHOOK_TOLD, S("ana"), NOW));
    assert_true(take(f, NOW + 9 * DAY_LONG, &task)); /* what waited is sent */
    answered(f, &task, 410, NOW + 9 * DAY_LONG);
    assert_string_equal(fixture_raw(f, "SELECT state, why, fails FROM webhook"), "2|webhook.why_gone|0\n");
}

static void test_tries_once_and_a_paused_webhook_too(void **state) {
    struct fixture *f = *state;
    struct delivery_task task;
    int64_t id = webhook(f, "a", 1u << WEBHOOK_CONTACTS);
    fixture_good(f, webhooks_state(&f->cx, f->db, id, WEBHOOK_PAUSED, S("ana"), NOW));
    fixture_good(f, webhooks_test(&f->cx, f->db, id, S("ana"), NOW));
    assert_true(take(f, NOW, &task));
    assert_int_equal(task.event.kind, WEBHOOK_TEST);
    answered(f, &task, 500, NOW);
    assert_string_equal(fixture_raw(f, "SELECT d.state, w.fails, w.failing_us, w.lease_us FROM webhook_delivery d JOIN "
                                       "webhook w ON w.id = d.webhook_id"),
                        "3|0|0|0\n");
    fixture_good(f, webhooks_state(&f->cx, f->db, id, WEBHOOK_RETIRED, S("ana"), NOW));
    fixture_refused(f, webhooks_test(&f->cx, f->db, id, S("ana"), NOW), ERR_CONFLICT, "webhook.retired");
    fixture_refused(f, webhooks_state(&f->cx, f->db, id, WEBHOOK_TOLD, S("ana"), NOW), ERR_CONFLICT, "webhook.retired");
}

static void what_is_over_and_old_goes_and_what_waits_stays(void **state) {
    struct fixture *f = *state;
    struct delivery_task task;
    (void)webhook(f, "a", 1u << WEBHOOK_CONTACTS);
    tell(f, WEBHOOK_CONTACT_LOGGED, 1, true);
    tell(f, WEBHOOK_CONTACT_LOGGED, 2, true);
    assert_true(take(f, NOW, &task));
    answered(f, &task, 200, NOW);
    fixture_good(f, webhook_send_sweep(&f->cx, f->db, NOW + WEBHOOK_SEND_KEPT_DAYS * DAY_LONG));
    assert_string_equal(fixture_raw(f, "SELECT count(*) FROM webhook_delivery"), "2\n");
    fixture_good(f, webhook_send_sweep(&f->cx, f->db, NOW + (WEBHOOK_SEND_KEPT_DAYS + 1) * DAY_LONG));
    assert_string_equal(
        fixture_raw(f, "SELECT d.state, e.subject FROM webhook_delivery d JOIN webhook_event e ON e.id = d.event_id"),
        "1|2\n");
    assert_string_equal(fixture_raw(f, "SELECT count(*) FROM webhook_event"), "1\n");
}

/* ---- statuses ---- */

/* Customers first to last as a score has them. */
static void scored(struct fixture *f, int first, int last, int status) {
    char sql[1000];
    snprintf(sql, sizeof sql,
             "DELETE FROM score WHERE customer_id >= %d AND customer_id <= %d; "
             "INSERT INTO score (customer_id, status, purchases, last_on, at_risk_on, inactive_on, lost_on, "
             "prior_assumed, rule, trend, ranked, "
             "gaps, segment_id, method, flow_as) WITH RECURSIVE n (i) AS (SELECT %d UNION ALL SELECT i + 1 FROM n "
             "WHERE i < %d) "
             "SELECT i, %d, 3, %d, %d, %d, %d, 0, 0, 0, 0, '', 0, 0, '' FROM n",
             first, last, first, last, status, TODAY - 30, TODAY - 20, TODAY - 10, TODAY - 1);
    fixture_raw_run(f, sql);
}

static void ended(struct fixture *f, int customer, int32_t day) {
    char sql[200];
    snprintf(sql, sizeof sql, "INSERT INTO episode (customer_id, began_on, ended_on) VALUES (%d, %d, %d)", customer,
             day - 50, day);
    fixture_raw_run(f, sql);
}

static void look(struct fixture *f, int32_t day, bool few) {
    fixture_good(f, db_write(&f->cx, f->db));
    fixture_good(f, webhook_tell_score(&f->cx, f->db, (struct day){day}, few, NOW + day));
    fixture_good(f, db_commit(&f->cx, f->db));
}

static const char *told(struct fixture *f, const char *kinds) {
    char sql[200];
    snprintf(sql, sizeof sql,
             "SELECT kind, subject, was, became, day, many FROM webhook_event WHERE kind IN (%s) ORDER BY id", kinds);
    return fixture_raw(f, sql);
}

static void status_is_told_when_it_is_not_what_was_told_last(void **state) {
    struct fixture *f = *state;
    scored(f, 1, 9, 2);
    look(f, TODAY, false);
    assert_string_equal(fixture_raw(f, "SELECT count(*) FROM webhook_told"), "0\n"); /* nobody asks: nothing is kept */
    (void)webhook(f, "a", 1u << WEBHOOK_STATUS);
    scored(f, 1, 1, 3);
    scored(f, 2, 2, 4);
    scored(f, 10, 10, 5); /* seen for the first time: known from now on */
    look(f, TODAY, false);
    assert_string_equal(told(f, "1"), "1|1|2|3|18980|0\n1|2|2|4|18990|0\n");
    look(f, TODAY, false);
    scored(f, 10, 10, 2); /* back before anybody was told: a purchase */
    scored(f, 1, 1, 2);
    look(f, TODAY - 1, false); /* an answer for another day */
    look(f, TODAY + 3, false); /* of a day to come */
    assert_string_equal(told(f, "1"), "1|1|2|3|18980|0\n1|2|2|4|18990|0\n");
    scored(f, 1, 1, 3); /* undone and brought again in between */
    fixture_raw_run(f, "DELETE FROM score WHERE customer_id = 9");
    look(f, TODAY, false);
    assert_string_equal(told(f, "1"), "1|1|2|3|18980|0\n1|2|2|4|18990|0\n1|10|5|2|18970|0\n");
    assert_string_equal(fixture_raw(f, "SELECT count(*), max(customer_id) FROM webhook_told"), "9|10\n");
    assert_string_equal(fixture_raw(f, "SELECT count(*) FROM webhook_delivery"), "3\n");
}

static void status_after_a_score_of_few_is_looked_for_among_those_that_moved(void **state) {
    struct fixture *f = *state;
    scored(f, 1, 9, 2);
    (void)webhook(f, "a", 1u << WEBHOOK_STATUS);
    scored(f, 1, 2, 4);
    fixture_raw_run(f, "INSERT INTO score_moved (customer_id) VALUES (2)");
    look(f, TODAY, true);
    assert_string_equal(told(f, "1"), "1|2|2|4|18990|0\n");
    fixture_raw_run(f, "DELETE FROM score_moved"); /* packed on the way: everybody is looked at */
    look(f, TODAY, true);
    assert_string_equal(told(f, "1"), "1|2|2|4|18990|0\n1|1|2|4|18990|0\n");
}

static void many_at_once_are_told_as_their_number(void **state) {
    struct fixture *f = *state;
    scored(f, 1, WEBHOOK_TELL_MOST + 1, 2);
    (void)webhook(f, "a", 1u << WEBHOOK_STATUS);
    scored(f, 1, WEBHOOK_TELL_MOST + 1, 4);
    look(f, TODAY, false);
    assert_string_equal(told(f, "1, 2"), "2|0|0|0|19000|5001\n");
    assert_string_equal(fixture_raw(f, "SELECT count(*) FROM webhook_delivery"), "1\n");
    look(f, TODAY + 1, false);
    assert_string_equal(told(f, "1, 2"), "2|0|0|0|19000|5001\n");
    scored(f, 1, WEBHOOK_TELL_MOST, 2);
    look(f, TODAY + 1, false);
    assert_string_equal(fixture_raw(f, "SELECT count(*) FROM webhook_event WHERE kind = 1"), "5000\n");
}

static void who_came_back_is_told_once_unless_it_is_history(void **state) {
    struct fixture *f = *state;
    scored(f, 1, 4, 2);
    ended(f, 1, TODAY - 5); /* before anybody asked */
    (void)webhook(f, "a", 1u << WEBHOOK_REACTIVATIONS);
    ended(f, 2, TODAY - 5);
    ended(f, 3, TODAY - WEBHOOK_TELL_LATE_DAYS - 1);
    look(f, TODAY, false);
    assert_string_equal(told(f, "1, 4"), "4|2|0|0|18995|0\n");
    fixture_raw_run(f, "DELETE FROM episode WHERE customer_id = 2"); /* undone */
    look(f, TODAY, false);
    ended(f, 2, TODAY - 5); /* and brought again */
    look(f, TODAY, false);
    assert_string_equal(told(f, "1, 4"), "4|2|0|0|18995|0\n");
    scored(f, 1, 4, 4);
    look(f, TODAY, false);
    assert_string_equal(told(f, "1, 4"), "4|2|0|0|18995|0\n"); /* statuses are another matter */
}

static void telling_begins_anew_when_nobody_had_asked_for_a_while(void **state) {
    struct fixture *f = *state;
    scored(f, 1, 3, 2);
    int64_t id = webhook(f, "a", 1u << WEBHOOK_STATUS);
    fixture_good(f, webhooks_state(&f->cx, f->db, id, WEBHOOK_PAUSED, S("ana"), NOW));
    assert_string_equal(fixture_raw(f, "SELECT count(*) FROM webhook_told"), "0\n");
    scored(f, 1, 3, 4);
    look(f, TODAY, false);
    fixture_good(f, webhooks_state(&f->cx, f->db, id, WEBHOOK_TOLD, S("ana"), NOW));
    look(f, TODAY, false);
    assert_string_equal(told(f, "1"), "");
    (void)webhook(f, "b", 1u << WEBHOOK_STATUS); /* others go on */
    scored(f, 3, 3, 5);
    look(f, TODAY, false);
    assert_string_equal(told(f, "1"), "1|3|4|5|18999|0\n");
}

static void secret_is_kept_sealed_and_signs_all_the_same(void **state) {
    struct fixture *f = *state;
    struct delivery_task task;
    int64_t id = webhook(f, "a", 1u << WEBHOOK_STATUS);
    assert_string_equal(fixture_raw(f, "SELECT count(*) FROM webhook WHERE secret LIKE 'sealed1:%'"), "1\n");
    fixture_good(f, webhooks_test(&f->cx, f->db, id, S("ana"), NOW));
    assert_true(take(f, NOW, &task));
    assert_true(str_starts(task.secret, S("whsec_")));
}

static void secret_of_an_older_version_is_sealed_once(void **state) {
    struct fixture *f = *state;
    struct delivery_task task;
    int64_t id = webhook(f, "a", 1u << WEBHOOK_STATUS);
    fixture_raw_run(f, "UPDATE webhook SET secret = 'whsec_b2xk'");
    fixture_good(f, webhooks_seal(&f->cx, f->db, str_from(secrets)));
    assert_string_equal(fixture_raw(f, "SELECT count(*) FROM webhook WHERE secret LIKE 'sealed1:%'"), "1\n");
    fixture_good(f, webhooks_seal(&f->cx, f->db, str_from(secrets)));
    fixture_good(f, webhooks_test(&f->cx, f->db, id, S("ana"), NOW));
    assert_true(take(f, NOW, &task));
    assert_true(str_equal(task.secret, S("whsec_b2xk")));
}

static void secret_whose_key_is_lost_pauses_and_others_go_on(void **state) {
    struct fixture *f = *state;
    struct delivery_task task;
    int64_t lost = webhook(f, "a", 1u << WEBHOOK_STATUS);
    fixture_good(f, webhooks_test(&f->cx, f->db, lost, S("ana"), NOW));
    assert_int_equal(unlink(secrets), 0);
    int64_t good = webhook(f, "b", 1u << WEBHOOK_STATUS); /* sealed under another key */
    fixture_good(f, webhooks_test(&f->cx, f->db, good, S("ana"), NOW));
    assert_true(take(f, NOW, &task));
    assert_int_equal(task.webhook_id, good);
    assert_false(take(f, NOW, &task));
    assert_string_equal(fixture_raw(f, "SELECT name, why FROM webhook WHERE state = 2"), "a|webhook.why_lost\n");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        CASE(event_is_noted_once_with_its_cause_for_those_who_ask),
        CASE(audit_of_webhooks_holds_neither_secret_nor_path),
        CASE(secret_is_kept_sealed_and_signs_all_the_same),
        CASE(secret_of_an_older_version_is_sealed_once),
        CASE(secret_whose_key_is_lost_pauses_and_others_go_on),
        CASE(delivery_is_taken_by_one_until_its_lease_is_over_and_keeps_its_name),
        CASE(delivery_that_fails_waits_longer_and_is_given_up),
        CASE(webhook_that_fails_for_days_or_wants_no_more_is_paused),
        CASE(test_tries_once_and_a_paused_webhook_too),
        CASE(what_is_over_and_old_goes_and_what_waits_stays),
        CASE(status_is_told_when_it_is_not_what_was_told_last),
        CASE(status_after_a_score_of_few_is_looked_for_among_those_that_moved),
        CASE(many_at_once_are_told_as_their_number),
        CASE(who_came_back_is_told_once_unless_it_is_history),
        CASE(telling_begins_anew_when_nobody_had_asked_for_a_while),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
