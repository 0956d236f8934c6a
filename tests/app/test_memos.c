// SPDX-License-Identifier: Apache-2.0
/* Memos: to whom each choice goes, who may see which customer, what is read, put away and taken back, and reminders in the agenda. */
#include "../store/fixture.h"

#include "app/memos.h"
#include "app/today.h"
#include "base/limits.h"
#include "store/appointment.h"

enum { TODAY = 20000, ANA = 1, BIA = 2, CARLA = 3, DIVA = 4, EVA = 5 };
static const int64_t NOW_US = INT64_C(20000) * 86400000000;
static struct fixture *f;

/* Ana manages; Bia and Carla are reps of R1 and R2, Diva an agent; Eva has left. K1 is Bia's and of the south, K2 Carla's and of the north. */
static int start(void **state) {
    fixture_ready(state);
    f = *state;
    fixture_raw_run(
        f, "INSERT INTO label (id, kind, code) VALUES (1, 2, 'R1'), (2, 2, 'R2'), (3, 4, 'South'), (4, 4, 'North')");
    fixture_raw_run(f,
                    "INSERT INTO app_user (id, login, name, role, rep_id, made_us, retired_us) VALUES "
                    "(1, 'ana', 'Ana', 3, 0, 1, 0), (2, 'bia', 'Bia', 1, 1, 1, 0), (3, 'carla', 'Carla', 1, 2, 1, 0), "
                    "(4, 'diva', 'Diva', 2, 0, 1, 0), (5, 'eva', 'Eva', 1, 1, 1, 7)");
    fixture_raw_run(f, "INSERT INTO customer (id, code, name, name_fold, rep_id, region_id) VALUES "
                       "(1, 'K1', 'Mercado Sul', 'mercado sul', 1, 3), (2, 'K2', 'Empório', 'emporio', 2, 4)");
    return 0;
}

static const struct user *user_is(int64_t id) {
    static struct user user[EVA + 1];
    bool found = false;
    fixture_good(f, db_read(&f->cx, f->db) && user_find(&f->cx, f->db, id, &found, &user[id]));
    db_rollback(f->db);
    assert_true(found);
    return &user[id];
}

/* A wish with a token of its own. */
static struct memos_wish *wish_by(int64_t by, enum memo_aim aim, const char *text) {
    static int made;
    struct memos_wish *wish = arena_new(&f->arena, struct memos_wish, 1);
    wish->by = user_is(by);
    wish->aim = aim;
    wish->text = str_from(text);
    wish->token = cx_text(&f->cx, "%043d", ++made);
    wish->day = DAY_NONE;
    wish->today = (struct day){TODAY};
    wish->minute = APPOINTMENT_ANY_TIME;
    wish->now_us = NOW_US;
    return wish;
}

static struct memos_wish *wish_to(int64_t by, int64_t to, const char *text) {
    struct memos_wish *wish = wish_by(by, MEMO_PEOPLE, text);
    wish->user[wish->users++] = to;
    return wish;
}

static int64_t write_it(const struct memos_wish *wish) {
    struct memos_done done;
    fixture_good(f, memos_write(&f->cx, f->db, wish, &done));
    return done.id;
}

static const char *went_to(int64_t id) {
    return fixture_raw(
        f,
        cx_text(&f->cx, "SELECT user_id FROM memo_reader WHERE memo_id = %lld ORDER BY user_id%c", (long long)id, 0).p);
}

static struct memo_row *unread(int64_t user_id, size_t *n) {
    struct memo_row *row = NULL;
    struct desk_own own;
    struct workdays workdays;
    fixture_good(f, db_read(&f->cx, f->db) && memos_unread(&f->cx, f->db, user_id, (struct day){TODAY}, 2, &row, n));
    db_rollback(f->db);
    fixture_good(f, today_own(&f->cx, f->db, user_id, (struct day){TODAY}, 9, 2, &own, &workdays));
    assert_int_equal(own.memos, *n); /* the first page shows the same */
    if (own.memos > 0)
        assert_true(own.memo[0].memo.id == row[0].memo.id && own.memo[0].unread == row[0].unread);
    return row;
}

static struct memos_act act_of(int64_t id, int64_t by) {
    return (struct memos_act){.id = id, .by = user_is(by), .day = {TODAY}, .now_us = NOW_US + 1};
}

static void memo_goes_to_whom_the_choice_means(void **state) {
    (void)state;
    struct memos_wish *wish = wish_to(ANA, BIA, "x");
    wish->user[wish->users++] = BIA;
    wish->user[wish->users++] = ANA;
    assert_string_equal(went_to(write_it(wish)), "1\n2\n"); /* once each, and to oneself where one names oneself */
    assert_string_equal(went_to(write_it(wish_by(BIA, MEMO_ALL, "x"))), "1\n3\n4\n");
    wish = wish_by(BIA, MEMO_ROLE, "x");
    wish->role = ROLE_REP;
    assert_string_equal(went_to(write_it(wish)), "3\n"); /* neither who writes nor who has left */
    wish = wish_by(ANA, MEMO_REGION, "x");
    wish->region = S("North");
    assert_string_equal(went_to(write_it(wish)), "3\n");
    fixture_raw_run(f, "UPDATE app_user SET manager_id = 1 WHERE id IN (2, 4, 5)");
    wish = wish_by(CARLA, MEMO_TEAM, "x");
    wish->manager_id = ANA;
    wish->user[wish->users++] = CARLA; /* named beside the team */
    assert_string_equal(went_to(write_it(wish)), "1\n2\n3\n4\n");
    assert_string_equal(fixture_raw(f, "SELECT what, count(*) FROM audit GROUP BY what"), "memo|5\n");
    assert_string_equal(fixture_raw(f, "SELECT count(*) FROM audit WHERE after_text LIKE '%x%'"), "0\n");
}

static void refused(struct memos_wish *wish, enum err_code code, const char *key) {
    struct memos_done done;
    fixture_refused(f, memos_write(&f->cx, f->db, wish, &done), code, key);
}

static void memo_that_goes_nowhere_or_says_nothing_is_refused(void **state) {
    (void)state;
    struct memos_wish *wish = wish_by(ANA, MEMO_PEOPLE, "x");
    refused(wish, ERR_INVALID, "memo.no_people");
    refused(wish_to(ANA, EVA, "x"), ERR_NOT_FOUND, "memo.no_user");
    refused(wish_to(ANA, 77, "x"), ERR_NOT_FOUND, "memo.no_user");
    refused(wish_by(ANA, MEMO_NOBODY, "x"), ERR_INVALID, "memo.no_aim");
    refused(wish_to(ANA, BIA, " \r\n "), ERR_INVALID, "memo.no_text");
    wish = wish_by(ANA, MEMO_ROLE, "x");
    wish->role = ROLE_MANAGER;
    refused(wish, ERR_INVALID, "memo.nobody");
    wish = wish_by(ANA, MEMO_REGION, "x");
    wish->region = S("West");
    refused(wish, ERR_INVALID, "memo.no_region");
    wish = wish_by(ANA, MEMO_TEAM, "x");
    wish->manager_id = EVA;
    refused(wish, ERR_NOT_FOUND, "memo.no_team");
    wish = wish_to(ANA, BIA, "x");
    wish->day = (struct day){TODAY - 1};
    refused(wish, ERR_INVALID, "memo.bad_day");
    wish->day = (struct day){TODAY + MEMOS_DAYS + 1};
    refused(wish, ERR_INVALID, "memo.bad_day");
    char *text = arena_new(&f->arena, char, LIMIT_MEMO + 2);
    memset(text, 'a', LIMIT_MEMO + 1);
    refused(wish_to(ANA, BIA, text), ERR_LIMIT, "memo.long");
    text[LIMIT_MEMO] = 0;
    write_it(wish_to(ANA, BIA, text));
    wish = wish_to(BIA, ANA, "x");
    wish->code = S("K2"); /* Carla's: as if it were not there */
    refused(wish, ERR_NOT_FOUND, "scope.no_customer");
    assert_string_equal(fixture_raw(f, "SELECT count(*) FROM memo"), "1\n");
}

static void memo_names_its_customer_only_to_who_may_see_it(void **state) {
    (void)state;
    size_t n;
    struct memos_wish *wish = wish_by(ANA, MEMO_ALL, "Look at this one");
    wish->code = S("K1");
    int64_t id = write_it(wish);
    assert_true(str_equal(unread(BIA, &n)->code, S("K1")));
    assert_true(str_equal(unread(DIVA, &n)->customer, S("Mercado Sul")));
    struct memo_row *carlas = unread(CARLA, &n);
    assert_int_equal(n, 1);
    assert_true(carlas->code.n == 0 && carlas->customer.n == 0);
    /* Nor is it found by the name. */
    struct memos_look look = {.row = {.viewer = CARLA,
                                      .day = {TODAY},
                                      .read = MEMO_EITHER,
                                      .archived = MEMO_EITHER,
                                      .before_day = DAY_NONE,
                                      .most = 9},
                              .search = S("mercado")};
    struct memos_found found;
    fixture_good(f, memos_find(&f->cx, f->db, &look, &found));
    assert_int_equal(found.n, 0);
    look.row.viewer = BIA;
    fixture_good(f, memos_find(&f->cx, f->db, &look, &found));
    assert_int_equal(found.n, 1);
    /* A reply keeps the customer, whoever replies. */
    struct memos_wish *reply = wish_by(CARLA, MEMO_NOBODY, "Not mine");
    reply->answers = id;
    write_it(reply);
    assert_true(str_equal(unread(ANA, &n)->code, S("K1")));
    assert_string_equal(
        fixture_raw(f, "SELECT user_id, read_us > 0 FROM memo_reader WHERE memo_id = 1 AND read_us > 0"),
        f->pg ? "3|t\n" : "3|1\n");
}

static void memo_appears_on_its_day_and_goes_when_it_is_read(void **state) {
    (void)state;
    size_t n;
    struct memos_wish *wish = wish_to(ANA, BIA, "Tomorrow");
    wish->day = (struct day){TODAY + 1};
    int64_t later = write_it(wish);
    struct memos_act act = act_of(later, BIA);
    fixture_refused(f, memos_read(&f->cx, f->db, &act), ERR_NOT_FOUND, "memo.unknown");
    unread(BIA, &n);
    assert_int_equal(n, 0);
    int64_t first = write_it(wish_to(ANA, BIA, "1"));
    write_it(wish_to(ANA, BIA, "2"));
    write_it(wish_to(ANA, BIA, "3"));
    struct memo_row *row = unread(BIA, &n);
    assert_int_equal(n, 2); /* as many as asked for, the oldest first */
    assert_int_equal(row->unread, 3);
    assert_int_equal(row->memo.id, first);
    assert_true(str_equal(row->author, S("Ana")));
    act = act_of(first, BIA);
    fixture_good(f, memos_read(&f->cx, f->db, &act));
    act.now_us += 5;
    fixture_good(f, memos_read(&f->cx, f->db, &act)); /* the first time counts */
    assert_int_equal(unread(BIA, &n)->unread, 2);
    struct memos_one one;
    fixture_good(f, memos_open(&f->cx, f->db, first, ANA, (struct day){TODAY}, &one));
    assert_int_equal(one.readers, 1);
    assert_int_equal(one.reader[0].read_us, NOW_US + 1);
    fixture_good(f, memos_open(&f->cx, f->db, first, BIA, (struct day){TODAY}, &one));
    assert_int_equal(one.readers, 0); /* who else has read it is the writer's to know */
    fixture_refused(f, memos_open(&f->cx, f->db, first, CARLA, (struct day){TODAY}, &one), ERR_NOT_FOUND,
                    "memo.unknown");
}

static void memo_put_away_is_read_and_comes_back(void **state) {
    (void)state;
    size_t n;
    int64_t id = write_it(wish_to(ANA, BIA, "x"));
    struct memos_act act = act_of(id, BIA);
    fixture_good(f, memos_archive(&f->cx, f->db, &act, true));
    unread(BIA, &n);
    assert_int_equal(n, 0);
    struct memos_look look = {.row = {.viewer = BIA,
                                      .day = {TODAY},
                                      .read = MEMO_EITHER,
                                      .archived = MEMO_NO,
                                      .before_day = DAY_NONE,
                                      .most = 9}};
    struct memos_found found;
    fixture_good(f, memos_find(&f->cx, f->db, &look, &found));
    assert_int_equal(found.n, 0);
    fixture_good(f, memos_archive(&f->cx, f->db, &act, false));
    fixture_good(f, memos_find(&f->cx, f->db, &look, &found));
    assert_int_equal(found.n, 1);
    assert_true(found.row[0].read_us > 0);
    act = act_of(id, CARLA);
    fixture_refused(f, memos_archive(&f->cx, f->db, &act, true), ERR_NOT_FOUND, "memo.unknown");
}

static void memo_taken_back_is_gone_for_all_but_its_writer(void **state) {
    (void)state;
    size_t n;
    int64_t id = write_it(wish_by(ANA, MEMO_ALL, "Wrong price"));
    struct memos_act act = act_of(id, BIA);
    fixture_refused(f, memos_take(&f->cx, f->db, &act), ERR_FORBIDDEN, "memo.not_yours");
    act = act_of(id, ANA);
    fixture_good(f, memos_take(&f->cx, f->db, &act));
    fixture_good(f, memos_take(&f->cx, f->db, &act));
    unread(BIA, &n);
    assert_int_equal(n, 0);
    struct memos_one one;
    fixture_refused(f, memos_open(&f->cx, f->db, id, BIA, (struct day){TODAY}, &one), ERR_NOT_FOUND, "memo.unknown");
    fixture_good(f, memos_open(&f->cx, f->db, id, ANA, (struct day){TODAY}, &one));
    assert_true(one.row.memo.taken_us > 0);
    assert_string_equal(fixture_raw(f, "SELECT count(*) FROM audit WHERE what = 'memo'"), "2\n");
    struct memos_look look = {.sent = true, .row = {.viewer = ANA, .day = {TODAY}, .taken = MEMO_NO, .most = 9}};
    struct memos_found found;
    fixture_good(f, memos_find(&f->cx, f->db, &look, &found));
    assert_int_equal(found.n, 0);
    look.row.taken = MEMO_YES;
    fixture_good(f, memos_find(&f->cx, f->db, &look, &found));
    assert_int_equal(found.n, 1);
    assert_int_equal(found.row[0].readers, 3);
}

static void memo_sent_twice_is_one(void **state) {
    (void)state;
    struct memos_wish *wish = wish_by(ANA, MEMO_ALL, "x");
    struct memos_done first, again;
    fixture_good(f, memos_write(&f->cx, f->db, wish, &first));
    fixture_good(f, memos_write(&f->cx, f->db, wish, &again));
    assert_int_equal(first.id, again.id);
    assert_int_equal(again.readers, 3);
    assert_string_equal(fixture_raw(f, "SELECT count(*) FROM memo"), "1\n");
    wish->by = user_is(BIA); /* another's token leads nowhere */
    refused(wish, ERR_INVALID, "web.form_old");
}

static void memos_go_on_from_the_last_one_shown(void **state) {
    (void)state;
    for (int i = 0; i < 5; i++)
        write_it(wish_to(ANA, BIA, i == 3 ? "Ação 100%" : "y"));
    struct memos_look look = {
        .row = {
            .viewer = BIA, .day = {TODAY}, .read = MEMO_NO, .archived = MEMO_NO, .before_day = DAY_NONE, .most = 3}};
    struct memos_found found;
    fixture_good(f, memos_find(&f->cx, f->db, &look, &found));
    assert_true(found.more && found.n == 3 && found.row[0].memo.id == 5);
    look.row.before_day = found.row[2].memo.day;
    look.row.before_id = found.row[2].memo.id;
    fixture_good(f, memos_find(&f->cx, f->db, &look, &found));
    assert_true(!found.more && found.n == 2 && found.row[0].memo.id == 2);
    look = (struct memos_look){.sent = true,
                               .row = {.viewer = ANA, .taken = MEMO_NO, .waiting = MEMO_YES, .other = BIA, .most = 3},
                               .search = S("ACAO 100%")};
    fixture_good(f, memos_find(&f->cx, f->db, &look, &found));
    assert_true(found.n == 1 && found.row[0].memo.id == 4 && str_equal(found.row[0].first, S("Bia")));
    look.search = S("100_");
    fixture_good(f, memos_find(&f->cx, f->db, &look, &found));
    assert_int_equal(found.n, 0);
}

static void reminder_is_an_appointment_of_each_who_is_named(void **state) {
    (void)state;
    struct memos_wish *wish = wish_to(BIA, BIA, "Ask for the order");
    struct memos_done done;
    wish->user[wish->users++] = DIVA;
    wish->code = S("K1");
    wish->day = (struct day){TODAY + 3};
    wish->minute = 570;
    fixture_good(f, memos_remind(&f->cx, f->db, wish, &done));
    fixture_good(f, memos_remind(&f->cx, f->db, wish, &done)); /* sent twice */
    assert_int_equal(done.readers, 2);
    assert_string_equal(
        fixture_raw(f, "SELECT user_id, customer_id, day, minute, state, note FROM appointment ORDER BY user_id"),
        "2|1|20003|570|0|Ask for the order\n4|1|20003|570|0|Ask for the order\n");
    assert_string_equal(fixture_raw(f, "SELECT count(*) FROM memo"), "0\n");
    assert_string_equal(fixture_raw(f, "SELECT what, subject, count(*) FROM audit GROUP BY what, subject"),
                        "appointment|K1|2\n");
}

static void reminder_of_a_customer_they_do_not_see_is_refused(void **state) {
    (void)state;
    struct memos_done done;
    struct memos_wish *wish = wish_to(ANA, DIVA, "x");
    fixture_refused(f, memos_remind(&f->cx, f->db, wish, &done), ERR_INVALID, "memo.remind_customer");
    wish->user[wish->users++] = CARLA;
    wish->code = S("K1");
    fixture_refused(f, memos_remind(&f->cx, f->db, wish, &done), ERR_INVALID, "memo.not_theirs");
    wish = wish_by(ANA, MEMO_ALL, "x");
    wish->code = S("K1");
    fixture_refused(f, memos_remind(&f->cx, f->db, wish, &done), ERR_INVALID, "memo.remind_people");
    wish = wish_to(CARLA, CARLA, "x");
    wish->code = S("K1");
    fixture_refused(f, memos_remind(&f->cx, f->db, wish, &done), ERR_NOT_FOUND, "scope.no_customer");
    fixture_raw_run(f, "UPDATE app_user SET rep_id = 0 WHERE id = 3"); /* a rep of no code sees nobody, not everybody */
    wish = wish_to(ANA, CARLA, "x");
    wish->code = S("K1");
    fixture_refused(f, memos_remind(&f->cx, f->db, wish, &done), ERR_INVALID, "memo.not_theirs");
    assert_string_equal(fixture_raw(f, "SELECT count(*) FROM appointment"),
                        "0\n"); /* nobody, also where one was fine */
}

static void rep_of_no_code_sees_no_customer_of_nobody(void **state) {
    (void)state;
    size_t n;
    fixture_raw_run(f, "UPDATE app_user SET rep_id = 0 WHERE id = 3");
    fixture_raw_run(f, "UPDATE customer SET rep_id = 0 WHERE id = 2");
    struct memos_wish *wish = wish_to(ANA, CARLA, "x");
    wish->code = S("K2");
    write_it(wish);
    const struct memo_row *row = unread(CARLA, &n);
    assert_int_equal(n, 1);
    assert_int_equal(row[0].code.n + row[0].customer.n, 0);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(memo_goes_to_whom_the_choice_means, start, fixture_done),
        cmocka_unit_test_setup_teardown(memo_that_goes_nowhere_or_says_nothing_is_refused, start, fixture_done),
        cmocka_unit_test_setup_teardown(memo_names_its_customer_only_to_who_may_see_it, start, fixture_done),
        cmocka_unit_test_setup_teardown(memo_appears_on_its_day_and_goes_when_it_is_read, start, fixture_done),
        cmocka_unit_test_setup_teardown(memo_put_away_is_read_and_comes_back, start, fixture_done),
        cmocka_unit_test_setup_teardown(memo_taken_back_is_gone_for_all_but_its_writer, start, fixture_done),
        cmocka_unit_test_setup_teardown(memo_sent_twice_is_one, start, fixture_done),
        cmocka_unit_test_setup_teardown(memos_go_on_from_the_last_one_shown, start, fixture_done),
        cmocka_unit_test_setup_teardown(reminder_is_an_appointment_of_each_who_is_named, start, fixture_done),
        cmocka_unit_test_setup_teardown(reminder_of_a_customer_they_do_not_see_is_refused, start, fixture_done),
        cmocka_unit_test_setup_teardown(rep_of_no_code_sees_no_customer_of_nobody, start, fixture_done),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
