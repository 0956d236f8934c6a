// SPDX-License-Identifier: Apache-2.0
/* A message is written with its cause or not at all, once; one sender has it at a time; what may have gone out is never sent again by
 * itself, and whatever else happens to it, it is not lost.
 */
#include "../store/fixture.h"

#include "app/outbox.h"
#include "app/outbox_desk.h"
#include "app/users.h"
#include "base/secret.h"
#include "store/setting.h"

enum { TODAY = 20000 };
static const int64_t NOW = INT64_C(20000) * 86400 * 1000000, SECOND = 1000000;
static const int64_t LEASE = INT64_C(900) * 1000000;

static int ready(void **state) {
    if (!secret_ready() || fixture_ready(state) != 0)
        return -1;
    struct fixture *f = *state;
    fixture_good(f, db_write(&f->cx, f->db));
    fixture_good(f, setting_put(&f->cx, f->db, S("mail_host"), S("mail.example.com")));
    fixture_good(f, setting_put(&f->cx, f->db, S("mail_from"), S("reativa@example.com")));
    fixture_good(f, db_commit(&f->cx, f->db));
    return 0;
}
#define CASE(name) cmocka_unit_test_setup_teardown(name, ready, fixture_done)

static struct outbox_wish wish_of(struct fixture *f, int64_t user) {
    return (struct outbox_wish){.cause = S("alert:1"),
                                .recipient = cx_text(&f->cx, "user:%lld", (long long)user),
                                .day = {TODAY},
                                .channel = MESSAGE_EMAIL,
                                .kind = MESSAGE_ALERT,
                                .user_id = user,
                                .address = cx_text(&f->cx, "rep%lld@example.com", (long long)user),
                                .name = S("José"),
                                .subject = S("Bom dia"),
                                .text = S("twelve customers"),
                                .html = S("<p>twelve customers"),
                                .picture = {"\x89PNG\0x", 6},
                                .now_us = NOW};
}

static int64_t put(struct fixture *f, const struct outbox_wish *wish, bool again_wanted) {
    bool again;
    int64_t id;
    fixture_good(f, db_write(&f->cx, f->db));
    fixture_good(f, outbox_put(&f->cx, f->db, wish, &again, &id));
    fixture_good(f, db_commit(&f->cx, f->db));
    assert_int_equal(again, again_wanted);
    return id;
}

static int64_t put_to(struct fixture *f, int64_t user) {
    const struct outbox_wish wish = wish_of(f, user);
    return put(f, &wish, false);
}

static size_t take(struct fixture *f, const char *by, int64_t now_us, struct message_task **out, int64_t *next_us) {
    const struct outbox_lease lease = {.channel = MESSAGE_EMAIL, .by = str_from(by), .now_us = now_us};
    size_t n;
    fixture_good(f, outbox_take(&f->cx, f->db, &lease, out, &n, next_us));
    return n;
}

static struct outbox_result result_of(const struct message_task *task, enum outbox_end end, int64_t now_us) {
    return (struct outbox_result){.message = &task->message,
                                  .end = end,
                                  .code = end == OUTBOX_SENT ? 250 : 451,
                                  .words = S("as the server said"),
                                  .now_us = now_us};
}

static void done(struct fixture *f, const struct message_task *task, enum outbox_end end, int64_t now_us) {
    const struct outbox_result result = result_of(task, end, now_us);
    fixture_good(f, outbox_done(&f->cx, f->db, &result));
}

static bool delivering(struct fixture *f, const struct message_task *task, int64_t now_us) {
    bool mine;
    fixture_good(f, outbox_delivering(&f->cx, f->db, NULL, &task->message, now_us, &mine));
    return mine;
}

static enum message_state state_of(struct fixture *f, int64_t id) {
    struct message m;
    bool found;
    fixture_good(f, db_read(&f->cx, f->db));
    fixture_good(f, message_find(&f->cx, f->db, id, &found, &m));
    db_rollback(f->db);
    assert_true(found);
    return m.state;
}

/* ---- writing ---- */

static void outbox_put_twice_is_one(void **state) {
    struct fixture *f = *state;
    struct outbox_wish wish = wish_of(f, 5);
    int64_t first = put(f, &wish, false);
    wish.text = S("another");
    assert_int_equal(put(f, &wish, true), first);
    wish.day.n++;
    assert_int_not_equal(put(f, &wish, false), first);
    wish.channel = MESSAGE_APP;
    assert_int_not_equal(put(f, &wish, false), first);
    assert_string_equal(fixture_raw(f, "SELECT count(*) FROM message_body"), "3\n");
}

static void outbox_put_goes_with_its_cause(void **state) {
    struct fixture *f = *state;
    const struct outbox_wish wish = wish_of(f, 5);
    bool again;
    int64_t id;
    fixture_good(f, db_write(&f->cx, f->db));
    fixture_good(f, outbox_put(&f->cx, f->db, &wish, &again, &id));
    db_rollback(f->db);
    assert_string_equal(fixture_raw(f, "SELECT count(*) FROM message"), "0\n");
    assert_string_equal(fixture_raw(f, "SELECT count(*) FROM message_body"), "0\n");
}

static void outbox_put_of_what_cannot_go_says_why(void **state) {
    struct fixture *f = *state;
    struct outbox_wish wish = wish_of(f, 1);
    wish.address = (struct str){0};
    (void)put(f, &wish, false);
    wish = wish_of(f, 2);
    wish.address = S("nobody");
    (void)put(f, &wish, false);
    wish = wish_of(f, 3);
    wish.channel = MESSAGE_APP;
    wish.address = (struct str){0};
    (void)put(f, &wish, false);
    fixture_raw_run(f, "DELETE FROM setting WHERE name = 'mail_host'");
    (void)put_to(f, 4);
    assert_string_equal(fixture_raw(f, "SELECT user_id, state, why, sent_us > 0 FROM message ORDER BY id"),
                        f->pg ? "1|4|message.why_no_address|f\n2|4|message.why_bad_address|f\n3|3||t\n"
                                "4|7|message.why_no_server|f\n"
                              : "1|4|message.why_no_address|0\n2|4|message.why_bad_address|0\n3|3||1\n"
                                "4|7|message.why_no_server|0\n");
    struct message_task *task;
    int64_t next_us;
    assert_int_equal(take(f, "one", NOW, &task, &next_us), 0);
    assert_true(next_us == INT64_MAX);
}

static void outbox_put_refuses_what_is_too_long(void **state) {
    struct fixture *f = *state;
    struct outbox_wish wish = wish_of(f, 1);
    char *long_one = calloc(1, MESSAGE_BODY_MOST + 1);
    bool again;
    int64_t id;
    memset(long_one, 'x', MESSAGE_BODY_MOST + 1);
    fixture_good(f, db_write(&f->cx, f->db));
    wish.text = (struct str){long_one, MESSAGE_BODY_MOST};
    fixture_good(f, outbox_put(&f->cx, f->db, &wish, &again, &id));
    wish.html = (struct str){long_one, MESSAGE_BODY_MOST + 1};
    fixture_refused(f, outbox_put(&f->cx, f->db, &wish, &again, &id), ERR_INVALID, "message.too_long");
    db_rollback(f->db);
    free(long_one);
}

/* ---- sending ---- */

static void outbox_take_gives_all_of_it_to_one(void **state) {
    struct fixture *f = *state;
    struct message_task *task, *other;
    int64_t next_us, id = put_to(f, 5);
    (void)put_to(f, 6);
    assert_int_equal(take(f, "one", NOW, &task, &next_us), 2);
    assert_int_equal(task[0].message.id, id);
    assert_true(str_equal(task[0].message.address, S("rep5@example.com")));
    assert_true(str_equal(task[0].body.text, S("twelve customers")));
    assert_true(str_equal(task[0].body.html, S("<p>twelve customers")));
    assert_true(str_equal(task[0].body.picture, ((struct str){"\x89PNG\0x", 6})));
    assert_int_equal(take(f, "two", NOW, &other, &next_us), 0);
    assert_false(delivering(f, &(struct message_task){.message = {.id = id, .lease_by = S("two")}}, NOW));
    assert_true(delivering(f, &task[0], NOW));
    assert_false(delivering(f, &task[0], NOW)); /* once */
    done(f, &task[0], OUTBOX_SENT, NOW + 1);
    assert_int_equal(state_of(f, id), MESSAGE_SENT);
}

static void outbox_take_waits_for_what_is_due_later(void **state) {
    struct fixture *f = *state;
    struct outbox_wish wish = wish_of(f, 5);
    struct message_task *task;
    int64_t next_us;
    wish.due_us = NOW + 3600 * SECOND;
    (void)put(f, &wish, false);
    assert_int_equal(take(f, "one", NOW, &task, &next_us), 0);
    assert_true(next_us == wish.due_us);
    assert_int_equal(take(f, "two", wish.due_us, &task, &next_us), 1);
}

static void outbox_take_keeps_to_so_many_a_minute(void **state) {
    struct fixture *f = *state;
    struct outbox_lease lease = {.channel = MESSAGE_EMAIL, .by = S("one"), .now_us = NOW, .per_minute = 3};
    struct message_task *task;
    size_t n;
    int64_t next_us;
    for (int i = 1; i <= 5; i++)
        (void)put_to(f, i);
    fixture_good(f, outbox_take(&f->cx, f->db, &lease, &task, &n, &next_us));
    assert_int_equal(n, 3);
    for (size_t i = 0; i < n; i++) {
        assert_true(delivering(f, &task[i], NOW + (int64_t)i * SECOND));
        done(f, &task[i], OUTBOX_SENT, NOW + (int64_t)i * SECOND);
    }
    lease.by = S("two");
    lease.now_us = NOW + 30 * SECOND;
    fixture_good(f, outbox_take(&f->cx, f->db, &lease, &task, &n, &next_us));
    assert_int_equal(n, 0);
    assert_true(next_us > lease.now_us && next_us <= lease.now_us + 60 * SECOND);
    lease.now_us = NOW + 61 * SECOND; /* the first two have left the minute */
    fixture_good(f, outbox_take(&f->cx, f->db, &lease, &task, &n, &next_us));
    assert_int_equal(n, 2);
}

/* ---- whatever happens to who sends ---- */

static void outbox_of_a_dead_sender_is_due_again_unless_it_may_have_gone(void **state) {
    struct fixture *f = *state;
    struct message_task *task, *left;
    int64_t next_us, begun = put_to(f, 5), waiting = put_to(f, 6);
    assert_int_equal(take(f, "one", NOW, &task, &next_us), 2);
    assert_true(delivering(f, &task[0], NOW));
    assert_int_equal(take(f, "two", NOW + LEASE - 1, &left, &next_us), 0);
    assert_int_equal(take(f, "three", NOW + LEASE, &left, &next_us), 1);
    assert_int_equal(left[0].message.id, waiting);
    assert_int_equal(state_of(f, begun), MESSAGE_UNKNOWN);
    assert_false(delivering(f, &task[1], NOW + LEASE)); /* the first, late: it is another's */
    assert_true(delivering(f, &left[0], NOW + LEASE));
    done(f, &task[1], OUTBOX_SENT, NOW + LEASE); /* and says nothing of it any more */
    assert_int_equal(state_of(f, waiting), MESSAGE_SENDING);
    done(f, &task[0], OUTBOX_SENT, NOW + LEASE); /* but of the lost one it is known after all */
    assert_int_equal(state_of(f, begun), MESSAGE_SENT);
}

static void outbox_of_a_clock_that_went_back_is_not_stuck(void **state) {
    struct fixture *f = *state;
    struct message_task *task, *left;
    int64_t next_us, id = put_to(f, 5), year = INT64_C(365) * 86400 * SECOND;
    fixture_raw_run(f, "UPDATE message SET due_us = 0");
    assert_int_equal(take(f, "one", NOW, &task, &next_us), 1);
    assert_int_equal(take(f, "two", NOW - year, &left, &next_us), 1);
    assert_int_equal(left[0].message.id, id);
    assert_false(delivering(f, &task[0], NOW));
}

static void outbox_of_two_servers_whose_clocks_differ_is_one_servers(void **state) {
    struct fixture *f = *state;
    struct message_task *task, *left;
    int64_t next_us;
    (void)put_to(f, 5);
    (void)put_to(f, 6);
    fixture_raw_run(f, "UPDATE message SET due_us = 0");
    assert_int_equal(take(f, "one", NOW + 5 * SECOND, &task, &next_us), 2); /* it is ahead of the other */
    assert_int_equal(take(f, "two", NOW, &left, &next_us), 0);
    assert_true(delivering(f, &task[0], NOW + 5 * SECOND));
    assert_int_equal(take(f, "two", NOW, &left, &next_us), 0);
    assert_string_equal(fixture_raw(f, "SELECT state FROM message ORDER BY id"), "2\n2\n");
}

static void outbox_of_a_clock_that_went_back_sends_as_many_a_minute(void **state) {
    struct fixture *f = *state;
    struct outbox_lease lease = {.channel = MESSAGE_EMAIL, .by = S("one"), .now_us = NOW, .per_minute = 1};
    struct message_task *task;
    size_t n;
    int64_t next_us;
    (void)put_to(f, 5);
    (void)put_to(f, 6);
    fixture_raw_run(f, "UPDATE message SET due_us = 0");
    fixture_good(f, outbox_take(&f->cx, f->db, &lease, &task, &n, &next_us));
    assert_int_equal(n, 1);
    assert_true(delivering(f, &task[0], NOW));
    done(f, &task[0], OUTBOX_SENT, NOW);
    lease.by = S("two");
    lease.now_us = NOW - INT64_C(86400) * SECOND;
    fixture_good(f, outbox_take(&f->cx, f->db, &lease, &task, &n, &next_us));
    assert_int_equal(n, 1);
}

static void outbox_to_who_left_the_house_is_called_off(void **state) {
    struct fixture *f = *state;
    const struct letters_clock clock = {.now_us = NOW};
    struct message m = {.kind = MESSAGE_ALERT, .channel = MESSAGE_EMAIL};
    struct outbox_result result = {.message = &m};
    struct user ana;
    bool goes;
    fixture_good(
        f, users_put(&f->cx, f->db,
                     &(struct users_wish){
                         .login = S("ana"), .name = S("Ana"), .role = ROLE_MANAGER, .who = S("test"), .now_us = NOW},
                     &ana));
    m.user_id = ana.id;
    fixture_good(f, outbox_may_go(&f->cx, f->db, NULL, &clock, &result, &goes));
    assert_true(goes);
    fixture_raw_run(f, "UPDATE app_user SET retired_us = 1");
    fixture_good(f, outbox_may_go(&f->cx, f->db, NULL, &clock, &result, &goes));
    assert_false(goes);
    assert_int_equal(result.end, OUTBOX_OFF);
    assert_true(str_equal(result.why, S("message.why_retired")));
    int64_t id = put_to(f, ana.id);
    fixture_raw_run(f, "UPDATE message SET state = 4");
    const struct outbox_act act = {.id = id, .version = 1, .who = S("test"), .now_us = NOW};
    fixture_refused(f, outbox_resend(&f->cx, f->db, &act), ERR_INVALID, "message.why_retired");
}

static void outbox_put_off_comes_again_and_is_parked_in_the_end(void **state) {
    struct fixture *f = *state;
    struct message_task *task;
    int64_t next_us, now_us = NOW, id = put_to(f, 5);
    int tries = 0;
    while (state_of(f, id) == MESSAGE_DUE && tries < 100) {
        char by[16];
        snprintf(by, sizeof by, "s%d", tries);
        if (take(f, by, now_us, &task, &next_us) == 0) {
            assert_true(next_us > now_us && next_us < INT64_MAX);
            now_us = next_us;
            continue;
        }
        assert_int_equal(task[0].message.tries, tries);
        if (tries % 2 == 0)
            assert_true(delivering(f, &task[0], now_us));
        done(f, &task[0], OUTBOX_LATER, now_us);
        tries++;
    }
    assert_int_equal(state_of(f, id), MESSAGE_PARKED);
    assert_int_equal(tries, MESSAGE_TRIES);
    assert_true(now_us - NOW > INT64_C(24) * 3600 * SECOND);
    assert_string_equal(fixture_raw(f, "SELECT tries, code, words FROM message"), "10|451|as the server said\n");
}

static void outbox_without_a_server_counts_no_tries(void **state) {
    struct fixture *f = *state;
    struct message_task *task;
    int64_t next_us;
    (void)put_to(f, 5);
    (void)put_to(f, 6);
    assert_int_equal(take(f, "one", NOW, &task, &next_us), 2);
    done(f, &task[0], OUTBOX_BACK, NOW);
    fixture_good(f, outbox_let_go(&f->cx, f->db, S("one")));
    assert_string_equal(fixture_raw(f, "SELECT state, tries FROM message ORDER BY id"), "1|0\n1|0\n");
    assert_int_equal(take(f, "two", NOW, &task, &next_us), 2);
}

static bool delivering_after(struct fixture *f, const struct message_task *before, const struct message_task *task,
                             int64_t now_us) {
    const struct outbox_result result = result_of(before, OUTBOX_SENT, now_us);
    bool mine;
    fixture_good(f, outbox_delivering(&f->cx, f->db, &result, &task->message, now_us, &mine));
    return mine;
}

static void outbox_marks_one_and_notes_the_one_before_together(void **state) {
    struct fixture *f = *state;
    struct message_task *task, *left;
    int64_t next_us;
    for (int64_t user = 5; user <= 7; user++)
        (void)put_to(f, user);
    assert_int_equal(take(f, "one", NOW, &task, &next_us), 3);
    assert_true(delivering(f, &task[0], NOW));
    assert_true(delivering_after(f, &task[0], &task[1], NOW + SECOND));
    assert_string_equal(fixture_raw(f, "SELECT state, CASE WHEN began_us > 0 THEN 1 ELSE 0 END, CASE WHEN sent_us > 0 "
                                       "THEN 1 ELSE 0 END, lease_by FROM message ORDER BY id"),
                        "3|1|1|\n2|1|0|one\n2|0|0|one\n");
    /* The last one is another's by now: it must not go out, and of the one before it is noted all the same. */
    fixture_raw_run(f, "UPDATE message SET lease_us = 1 WHERE began_us = 0");
    assert_int_equal(take(f, "two", NOW + SECOND, &left, &next_us), 1);
    assert_false(delivering_after(f, &task[1], &task[2], NOW + SECOND));
    assert_string_equal(
        fixture_raw(f, "SELECT state, CASE WHEN began_us > 0 THEN 1 ELSE 0 END, lease_by FROM message ORDER BY id"),
        "3|1|\n3|1|\n2|0|two\n");
}

static void outbox_that_cannot_note_the_one_before_marks_nothing(void **state) {
    struct fixture *f = *state;
    struct message_task *task;
    int64_t next_us;
    bool mine = true;
    (void)put_to(f, 5);
    (void)put_to(f, 6);
    assert_int_equal(take(f, "one", NOW, &task, &next_us), 2);
    assert_true(delivering(f, &task[0], NOW));
    fixture_raw_run(f, "ALTER TABLE message RENAME COLUMN sent_us TO away");
    const struct outbox_result result = result_of(&task[0], OUTBOX_SENT, NOW);
    assert_false(outbox_delivering(&f->cx, f->db, &result, &task[1].message, NOW, &mine));
    assert_false(mine);
    assert_string_equal(
        fixture_raw(f, "SELECT state, CASE WHEN began_us > 0 THEN 1 ELSE 0 END FROM message ORDER BY id"),
        "2|1\n2|0\n");
}

static void outbox_let_go_leaves_what_may_have_gone(void **state) {
    struct fixture *f = *state;
    struct message_task *task;
    int64_t next_us, begun = put_to(f, 5), waiting = put_to(f, 6);
    assert_int_equal(take(f, "one", NOW, &task, &next_us), 2);
    assert_true(delivering(f, &task[0], NOW));
    fixture_good(f, outbox_let_go(&f->cx, f->db, S("one")));
    assert_int_equal(state_of(f, begun), MESSAGE_SENDING);
    assert_int_equal(state_of(f, waiting), MESSAGE_DUE);
    done(f, &task[0], OUTBOX_CUT, NOW);
    assert_int_equal(state_of(f, begun), MESSAGE_UNKNOWN);
}

static void outbox_refused_is_parked_with_the_servers_words(void **state) {
    struct fixture *f = *state;
    struct message_task *task;
    int64_t next_us, id = put_to(f, 5);
    assert_int_equal(take(f, "one", NOW, &task, &next_us), 1);
    done(f, &task[0], OUTBOX_REFUSED, NOW);
    assert_int_equal(state_of(f, id), MESSAGE_PARKED);
    assert_string_equal(fixture_raw(f, "SELECT tries, words FROM message"), "1|as the server said\n");
}

static void outbox_sweep_takes_what_old_ones_said(void **state) {
    struct fixture *f = *state;
    struct message_task *task;
    int64_t next_us, day = INT64_C(86400) * SECOND;
    (void)put_to(f, 5);
    assert_int_equal(take(f, "one", NOW, &task, &next_us), 1);
    assert_true(delivering(f, &task[0], NOW));
    done(f, &task[0], OUTBOX_SENT, NOW);
    (void)put_to(f, 6); /* still to be sent, however old */
    fixture_good(f, outbox_sweep(&f->cx, f->db, NOW + OUTBOX_KEPT_DAYS * day));
    assert_string_equal(fixture_raw(f, "SELECT count(*) FROM message_body"), "2\n");
    fixture_good(f, outbox_sweep(&f->cx, f->db, NOW + OUTBOX_KEPT_DAYS * day + 1));
    assert_string_equal(fixture_raw(f, "SELECT m.user_id FROM message m JOIN message_body b ON b.message_id = m.id"),
                        "6\n");
    assert_string_equal(fixture_raw(f, "SELECT count(*) FROM message"), "2\n");
}

static int32_t no_offset(int64_t at_us) {
    (void)at_us;
    return 0;
}

/* The customer is erased while its letter is on its way: neither the copy that was taken nor the server's words bring anything back. */
static void outbox_done_of_the_erased_brings_nothing_back(void **state) {
    struct fixture *f = *state;
    struct message_task *task;
    int64_t next_us;
    fixture_raw_run(f, "INSERT INTO customer (id, code, name, name_fold) VALUES (1, 'K1', '', '')");
    struct outbox_wish wish = wish_of(f, 0);
    wish.cause = S("letter:1");
    wish.recipient = S("customer:1");
    wish.kind = MESSAGE_LETTER;
    wish.customer_id = 1;
    wish.from_user_id = 1;
    put(f, &wish, false);
    assert_int_equal(take(f, "one", NOW, &task, &next_us), 1);
    assert_true(delivering(f, task, NOW + SECOND));
    fixture_raw_run(f, "UPDATE message SET address = '', name = '', subject = '', fold = ''");
    const struct outbox_result result = {.message = &task->message,
                                         .end = OUTBOX_SENT,
                                         .words = S("queued for rep0@example.com"),
                                         .now_us = NOW + SECOND,
                                         .utc_offset_s = no_offset};
    fixture_good(f, outbox_done(&f->cx, f->db, &result));
    assert_string_equal(fixture_raw(f, "SELECT state, words FROM message"), "3|\n");
    assert_string_equal(fixture_raw(f, "SELECT customer_id, note FROM contact"), "1|\n");
}

/* Where answers go is the writer's affair: what is no address there must not keep the letter from the customer. */
static void outbox_letter_answers_go_to_an_address_or_to_the_companys(void **state) {
    struct fixture *f = *state;
    struct mail_settings settings;
    struct message_task *task;
    struct str bytes;
    int64_t next_us;
    struct outbox_wish wish = wish_of(f, 1);
    wish.reply_to = S("Ana <ana@example.com>\r\nBcc: all@example.com");
    put(f, &wish, false);
    assert_int_equal(take(f, "one", NOW, &task, &next_us), 1);
    fixture_good(f, mail_settings_now(&f->cx, f->db, (struct str){0}, &settings));
    settings.reply_to = S("office@example.com");
    fixture_good(f, outbox_letter(&f->cx, &settings, task, NOW, &bytes));
    assert_non_null(memmem(bytes.p, bytes.n, "Reply-To: office@example.com\r\n", 30));
    assert_null(memmem(bytes.p, bytes.n, "Bcc", 3));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        CASE(outbox_put_twice_is_one),
        CASE(outbox_done_of_the_erased_brings_nothing_back),
        CASE(outbox_letter_answers_go_to_an_address_or_to_the_companys),
        CASE(outbox_put_goes_with_its_cause),
        CASE(outbox_put_of_what_cannot_go_says_why),
        CASE(outbox_put_refuses_what_is_too_long),
        CASE(outbox_take_gives_all_of_it_to_one),
        CASE(outbox_take_waits_for_what_is_due_later),
        CASE(outbox_take_keeps_to_so_many_a_minute),
        CASE(outbox_of_a_dead_sender_is_due_again_unless_it_may_have_gone),
        CASE(outbox_of_a_clock_that_went_back_is_not_stuck),
        CASE(outbox_of_two_servers_whose_clocks_differ_is_one_servers),
        CASE(outbox_of_a_clock_that_went_back_sends_as_many_a_minute),
        CASE(outbox_to_who_left_the_house_is_called_off),
        CASE(outbox_put_off_comes_again_and_is_parked_in_the_end),
        CASE(outbox_without_a_server_counts_no_tries),
        CASE(outbox_marks_one_and_notes_the_one_before_together),
        CASE(outbox_that_cannot_note_the_one_before_marks_nothing),
        CASE(outbox_let_go_leaves_what_may_have_gone),
        CASE(outbox_refused_is_parked_with_the_servers_words),
        CASE(outbox_sweep_takes_what_old_ones_said),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
