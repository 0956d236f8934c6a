// SPDX-License-Identifier: Apache-2.0
/* Who crossed a line is noted once, whatever is scored again; who is told of it by a rule, and never of another's customer. */
#include "../store/fixture.h"

#include "app/alerts.h"
#include "app/crossings.h"
#include "app/duplicates.h"
#include "app/import.h"
#include "app/policies.h"
#include "app/score.h"
#include "app/users.h"
#include "store/gateway.h"
#include "store/setting.h"

enum { TODAY = 20002 }; /* a Sunday */
static const int64_t DAY_LONG = INT64_C(86400) * 1000000;

static void bring(struct fixture *f, const char *text) {
    char path[] = "/tmp/reativa-test-alerts.XXXXXX";
    int file = mkstemp(path);
    assert_true(file >= 0 && write(file, text, strlen(text)) == (ssize_t)strlen(text));
    close(file);
    struct import_report *report = arena_new(&f->arena, struct import_report, 1);
    const struct str paths[] = {str_from(path)};
    const struct import_options options = {
        .kind = IMPORT_ORDERS, .path = paths, .paths = 1, .today = {TODAY + 400}, .now_us = TODAY * DAY_LONG};
    bool done = import_files(&f->cx, f->db, &options, report);
    unlink(path);
    fixture_good(f, done);
}

/* A purchase of each code on a day; all under the rep. */
static void bought(struct fixture *f, int day, const char *rep, const char *codes) {
    struct buf text;
    char iso[DAY_TEXT];
    buf_init(&text, &f->arena, 0);
    buf_put(&text, S("order,customer,date,product,quantity,value,rep\n"));
    struct str on = {iso, day_iso((struct day){day}, iso)};
    for (const char *c = codes; *c; c++)
        buf_printf(&text, "%d%c,%c,%.*s,P1,1,%d.00,%s\n", day, *c, *c, STR_ARG(on), *c, rep);
    buf_char(&text, '\0');
    bring(f, text.p);
}

static void score_on(struct fixture *f, int today, int day, bool full) {
    struct score_report report;
    const struct score_wish wish = {
        .as_of = {day}, .full = full, .model = S("none"), .who = S("test"), .now_us = today * DAY_LONG + 5};
    fixture_good(f, score_make(&f->cx, f->db, &wish, &report));
}

static void score(struct fixture *f, int day, bool full) {
    score_on(f, day, day, full);
}

/* At risk on the 21st day, inactive on the 31st. */
static void days_rule(struct fixture *f) {
    fixture_good(f, db_write(&f->cx, f->db));
    struct policy policy;
    fixture_good(f, policy_parse(&f->cx, S("\tdays 30 at-risk 20\n"), &policy));
    fixture_good(f, policy_keep(&f->cx, f->db, &policy) && db_commit(&f->cx, f->db));
}

static const char *noted(struct fixture *f) {
    return fixture_raw(
        f, "SELECT c.code, x.kind, x.state, x.due_on FROM crossing x JOIN customer c ON c.id = x.customer_id "
           "ORDER BY c.code, x.kind, x.last_on");
}

static int64_t user(struct fixture *f, const char *login, enum role role, const char *rep, int64_t manager_id) {
    struct user made;
    const struct users_wish wish = {.login = str_from(login),
                                    .name = str_from(login),
                                    .role = role,
                                    .rep = str_from(rep),
                                    .manager_id = manager_id,
                                    .who = S("test"),
                                    .now_us = DAY_LONG};
    fixture_good(f, users_put(&f->cx, f->db, &wish, &made));
    return made.id;
}

/* ---- crossing ---- */

static void who_crosses_is_noted_once_and_a_rebuild_is_no_news(void **state) {
    struct fixture *f = *state;
    days_rule(f);
    bought(f, TODAY - 21, "R1", "AB");
    bought(f, TODAY - 26, "R2", "C");
    bought(f, TODAY - 70, "R2", "D");
    score(f, TODAY, true);
    /* telling begins: what fell due before the last working day is known, not told; D is long inactive. */
    assert_string_equal(noted(f), "A|1|1|20002\nB|1|1|20002\nC|1|2|19997\n");
    score(f, TODAY, true);
    score(f, TODAY, false);
    assert_string_equal(noted(f), "A|1|1|20002\nB|1|1|20002\nC|1|2|19997\n");
    score(f, TODAY + 5, true);
    assert_string_equal(noted(f), "A|1|1|20002\nB|1|1|20002\nC|1|2|19997\nC|2|1|20007\n");
    bought(f, TODAY + 5, "R2", "C"); /* came back: a score of few */
    score(f, TODAY + 5, false);
    assert_string_equal(noted(f), "A|1|1|20002\nB|1|1|20002\nC|1|2|19997\nC|2|1|20007\nC|3|1|20007\n");
    score_on(f, TODAY + 5, TODAY, true); /* an earlier day tells nothing, a day to come neither */
    assert_string_equal(fixture_raw(f, "SELECT count(*) FROM crossing"), "5\n");
    score_on(f, TODAY + 5, TODAY + 60, true);
    assert_string_equal(fixture_raw(f, "SELECT count(*) FROM crossing"), "5\n");
}

static void a_score_of_nobody_is_not_the_first_one(void **state) {
    struct fixture *f = *state;
    days_rule(f);
    score(f, TODAY - 3, true); /* a new database, before its first import */
    bought(f, TODAY - 21, "R1", "AB");
    bought(f, TODAY - 26, "R2", "C");
    score(f, TODAY, true);
    assert_string_equal(noted(f), "A|1|1|20002\nB|1|1|20002\nC|1|2|19997\n");
    score(f, TODAY + 5, true);
    assert_string_equal(noted(f), "A|1|1|20002\nB|1|1|20002\nC|1|2|19997\nC|2|1|20007\n");
}

static void a_clock_that_was_far_ahead_for_a_while_silences_nothing(void **state) {
    struct fixture *f = *state;
    days_rule(f);
    bought(f, TODAY - 21, "R1", "A");
    score(f, TODAY + 10, true); /* the clock, not the day */
    assert_string_equal(noted(f), "A|2|1|20012\n");
    score(f, TODAY, true);
    assert_string_equal(noted(f), "A|1|1|20002\n");
    score(f, TODAY + 10, true);
    assert_string_equal(noted(f), "A|1|1|20002\nA|2|1|20012\n");
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, fixture_ready, fixture_done)

/* ---- who is told ---- */

static struct alert *alert(struct fixture *f, int64_t events, int64_t recipients) {
    static int n;
    struct alert *a = arena_new(&f->arena, struct alert, 1);
    bool again;
    *a = (struct alert){.name = S("rule"),
                        .events = events,
                        .ahead_days = 5,
                        .idle_days = 3,
                        .recipients = recipients,
                        .layout = ALERT_LAYOUT_REP,
                        .channels = alert_bit(ALERT_BY_APP),
                        .schedule = S("daily 08:00"),
                        .state = ALERT_ON,
                        .from_on = {TODAY - 30},
                        .made_by = S("test"),
                        .token = cx_text(&f->cx, "t%d", n++)};
    fixture_good(f, db_write(&f->cx, f->db) && alert_add(&f->cx, f->db, a, &again) && db_commit(&f->cx, f->db));
    return a;
}

static struct str looked(struct fixture *f, const struct alert *a, int day) {
    struct alert_notice *notice;
    size_t n;
    struct buf out;
    buf_init(&out, &f->arena, 0);
    fixture_good(f, alerts_look(&f->cx, f->db, a, (struct day){day}, &notice, &n));
    for (size_t i = 0; i < n; i++) {
        buf_printf(&out, "%.*s%s:", STR_ARG(notice[i].user->login), notice[i].volumes ? "+" : "");
        for (size_t k = 0; k < notice[i].lines; k++)
            buf_printf(&out, " %.*s=%s", STR_ARG(notice[i].line[k].customer->code),
                       alert_event_name(notice[i].line[k].mark[0].event));
        buf_char(&out, '\n');
    }
    buf_char(&out, '\0');
    return (struct str){out.p, out.n - 1};
}

static void everybody_hears_of_their_own_the_dearest_first(void **state) {
    struct fixture *f = *state;
    days_rule(f);
    bought(f, TODAY - 21, "R1", "AB");
    bought(f, TODAY - 28, "R2", "C");
    score(f, TODAY - 1, true);
    score(f, TODAY, true);
    int64_t boss = user(f, "boss", ROLE_MANAGER, "", 0);
    (void)user(f, "chief", ROLE_MANAGER, "", 0);
    (void)user(f, "r1", ROLE_REP, "R1", boss);
    (void)user(f, "r2", ROLE_REP, "R2", 0);
    struct alert *late = alert(f, alert_bit(ALERT_BECAME_AT_RISK), alert_bit(ALERT_TO_REP));
    assert_string_equal(looked(f, late, TODAY).p, "r1: B=at_risk A=at_risk\n");
    struct alert *soon = alert(f, alert_bit(ALERT_INACTIVE_IN), alert_bit(ALERT_TO_REP) | alert_bit(ALERT_TO_MANAGER));
    /* R2 has no manager of its own: every manager hears */
    assert_string_equal(looked(f, soon, TODAY).p, "boss: C=inactive_in\nchief: C=inactive_in\nr2: C=inactive_in\n");
    struct alert *forgotten = alert(f, alert_bit(ALERT_UNCONTACTED_A), alert_bit(ALERT_TO_MANAGER));
    forgotten->idle_days = 7;
    assert_int_equal(looked(f, forgotten, TODAY).n > 0, true);
    struct alert *volumes = alert(f, alert_bit(ALERT_VOLUMES), alert_bit(ALERT_TO_MANAGER));
    assert_string_equal(looked(f, volumes, TODAY).p, "boss+:\nchief+:\n");
    /* A rep who is named hears of no other's customer. */
    struct alert *named = alert(f, alert_bit(ALERT_BECAME_AT_RISK), alert_bit(ALERT_TO_NAMED));
    int64_t both[] = {3, 4, boss};
    fixture_good(f, db_write(&f->cx, f->db) && alert_users_put(&f->cx, f->db, named->id, both, 3) &&
                        db_commit(&f->cx, f->db));
    assert_string_equal(looked(f, named, TODAY).p, "boss: B=at_risk A=at_risk\nr1: B=at_risk A=at_risk\n");
    named->query = S("min_value=66");
    assert_string_equal(looked(f, named, TODAY).p, "boss: B=at_risk\nr1: B=at_risk\n");
}

/* ---- telling ---- */

static bool render(struct cx *cx, struct db *db, const struct alert_notice *notice, size_t n, struct alert_made *out,
                   void *owner) {
    bool *fails = owner;
    (void)db;
    for (size_t i = 0; i < n; i++)
        if (notice[i].lines > 0)
            out[i] = (struct alert_made){
                .subject = cx_text(cx, "%zu", notice[i].lines), .text = S("t"), .html = S("h"), .brief = S("b")};
    return !*fails || cx_fail(cx, ERR_LIMIT, S("web.memory"));
}

static struct alerts_report told(struct fixture *f, const struct alert *a, int day, bool fails) {
    struct alerts_report report;
    const struct alerts_way way = {.render = render, .owner = &fails, .day = {day}, .now_us = day * DAY_LONG};
    bool done = alerts_run(&f->cx, f->db, a->id, &way, &report);
    if (fails)
        fixture_refused(f, done, ERR_LIMIT, "web.memory");
    else
        fixture_good(f, done);
    return report;
}

static void nobody_is_told_of_the_same_twice_and_a_failure_tells_nothing(void **state) {
    struct fixture *f = *state;
    const char *messages = "SELECT recipient, day, channel, subject FROM message ORDER BY id";
    days_rule(f);
    bought(f, TODAY - 21, "R1", "AB");
    bought(f, TODAY - 20, "R1", "E");
    bought(f, TODAY - 1, "R2", "F");
    score(f, TODAY, true);
    (void)user(f, "r1", ROLE_REP, "R1", 0);
    (void)user(f, "r2", ROLE_REP, "R2", 0);
    struct alert *a = alert(f, alert_bit(ALERT_BECAME_AT_RISK) | alert_bit(ALERT_VOLUMES), alert_bit(ALERT_TO_REP));
    (void)told(f, a, TODAY, true);
    assert_string_equal(fixture_raw(f, "SELECT count(*) FROM alert_told"), "0\n");
    struct alerts_report report = told(f, a, TODAY, false);
    assert_int_equal(report.people, 1);
    assert_int_equal(report.customers, 2);
    assert_int_equal(report.silent, 1); /* of r2 nothing is to be said: nothing is sent */
    assert_string_equal(fixture_raw(f, messages), "user:1|20002|1|2\n");
    assert_int_equal(told(f, a, TODAY, false).people, 0);
    assert_string_equal(fixture_raw(f, messages), "user:1|20002|1|2\n");
    /* The next day only what is new; a day later nothing. */
    score(f, TODAY + 1, true);
    assert_int_equal(told(f, a, TODAY + 1, false).customers, 1);
    score(f, TODAY + 2, true);
    assert_int_equal(told(f, a, TODAY + 2, false).people, 0);
    assert_string_equal(fixture_raw(f, messages), "user:1|20002|1|2\nuser:1|20003|1|1\n");
    assert_string_equal(fixture_raw(f, "SELECT told_on, told_people FROM alert"), "20003|1\n");
}

static void between_two_runs_of_a_month_nobody_is_lost_and_daily_nothing_is_old(void **state) {
    struct fixture *f = *state;
    days_rule(f);
    bought(f, TODAY - 21, "R1", "A");
    bought(f, TODAY - 21, "R2", "B");
    score(f, TODAY - 1, true);
    score(f, TODAY, true); /* the day after the rule ran in that month */
    (void)user(f, "r1", ROLE_REP, "R1", 0);
    (void)user(f, "r2", ROLE_REP, "R2", 0);
    struct alert *late = alert(f, alert_bit(ALERT_BECAME_AT_RISK), alert_bit(ALERT_TO_REP));
    struct alert *gone = alert(f, alert_bit(ALERT_BECAME_INACTIVE), alert_bit(ALERT_TO_REP));
    struct alert *monthly[] = {late, gone};
    score(f, TODAY + 10, true); /* both lines crossed before it runs again, and that late */
    bought(f, TODAY + 39, "R2", "B");
    score(f, TODAY + 45, true);
    for (size_t i = 0; i < 2; i++)
        assert_string_equal(looked(f, monthly[i], TODAY + 45).p, "");
    late->schedule = gone->schedule = S("month-last-workday 17:00");
    assert_string_equal(looked(f, gone, TODAY + 45).p, "r1: A=inactive\n");
    assert_string_equal(looked(f, late, TODAY + 45).p, "r1: A=at_risk\n");
    fixture_raw_run(f, "UPDATE alert SET schedule = 'monthday 5 09:00'");
    assert_int_equal(told(f, late, TODAY + 45, false).customers, 1);
    assert_int_equal(told(f, late, TODAY + 46, false).customers, 0);
    assert_string_equal(looked(f, gone, TODAY + 200).p, ""); /* bounded: that is history */
}

static int64_t gateway_made(struct fixture *f) {
    bool again;
    struct gateway g = {.name = S("sms"),
                        .url = S("https://sms.example/"),
                        .body = S("{text}"),
                        .form = MERGE_TEXT,
                        .per_minute = 60,
                        .state = GATEWAY_USED,
                        .made_by = S("test"),
                        .token = S("g")};
    fixture_good(f, db_write(&f->cx, f->db) && gateway_add(&f->cx, f->db, &g, &again) && db_commit(&f->cx, f->db));
    return g.id;
}

static void a_phone_is_told_in_few_words_once_and_who_has_none_the_other_ways(void **state) {
    struct fixture *f = *state;
    const char *messages = "SELECT m.recipient, m.channel, m.state, m.gateway_id, m.address, b.text FROM message m "
                           "JOIN message_body b ON b.message_id = m.id "
                           "WHERE m.day = (SELECT max(day) FROM message) ORDER BY m.id";
    days_rule(f);
    bought(f, TODAY - 21, "R1", "AB");
    bought(f, TODAY - 20, "R1", "E");
    score(f, TODAY, true);
    (void)user(f, "r1", ROLE_REP, "R1", 0);
    (void)user(f, "r2", ROLE_REP, "R1", 0);
    fixture_raw_run(f, "UPDATE app_user SET phone = '(11) 98765-4321' WHERE login = 'r1'");
    struct alert *a = alert(f, alert_bit(ALERT_BECAME_AT_RISK), alert_bit(ALERT_TO_REP));
    char set[160];
    (void)snprintf(set, sizeof set, "UPDATE alert SET channels = %d, gateway_id = %d", 1 << ALERT_BY_GATEWAY,
                   (int)gateway_made(f));
    fixture_raw_run(f, set);
    for (int i = 0; i < 2; i++) { /* the second time nothing */
        (void)told(f, a, TODAY, false);
        assert_string_equal(fixture_raw(f, messages),
                            "user:1|1|3|0||t\nuser:1|3|1|1|+5511987654321|b\nuser:2|1|3|0||t\n");
    }
    fixture_raw_run(f, "UPDATE gateway SET state = 3"); /* retired: nobody goes without the news */
    score(f, TODAY + 1, true);
    assert_int_equal(told(f, a, TODAY + 1, false).people, 2);
    assert_string_equal(fixture_raw(f, messages), "user:1|1|3|0||t\nuser:2|1|3|0||t\n");
}

static void who_no_channel_reaches_is_not_told_and_told_once_there_is_one(void **state) {
    struct fixture *f = *state;
    days_rule(f);
    bought(f, TODAY - 21, "R1", "AB");
    score(f, TODAY, true);
    (void)user(f, "r1", ROLE_REP, "R1", 0);
    struct alert *a = alert(f, alert_bit(ALERT_BECAME_AT_RISK), alert_bit(ALERT_TO_REP));
    fixture_raw_run(f, "UPDATE alert SET channels = 4"); /* by e-mail alone */
    struct alerts_report report = told(f, a, TODAY, false);
    assert_int_equal(report.people, 0);
    assert_int_equal(report.unreached, 1);
    assert_string_equal(fixture_raw(f, "SELECT count(*) FROM message"), "0\n");
    fixture_raw_run(f, "UPDATE alert SET channels = 8"); /* other programs alone */
    assert_int_equal(told(f, a, TODAY, false).people, 1);
    assert_string_equal(fixture_raw(f, "SELECT count(*) FROM message"), "0\n");
    fixture_raw_run(f, "UPDATE alert SET channels = 4");
    fixture_raw_run(f, "DELETE FROM alert_told");
    fixture_raw_run(f, "UPDATE app_user SET email = 'r1@example.com'");
    assert_int_equal(told(f, a, TODAY, false).people, 1);
    assert_string_equal(fixture_raw(f, "SELECT channel, address FROM message"), "2|r1@example.com\n");
}

static void what_holds_for_long_is_told_again_once(void **state) {
    struct fixture *f = *state;
    days_rule(f);
    bought(f, TODAY - 21, "R1", "A");
    score(f, TODAY, true);
    (void)user(f, "r1", ROLE_REP, "R1", 0);
    struct alert *a = alert(f, alert_bit(ALERT_BECAME_AT_RISK), alert_bit(ALERT_TO_REP));
    assert_int_equal(told(f, a, TODAY, false).people, 1);
    fixture_raw_run(f, "UPDATE alert_told SET told_on = told_on - 181");
    fixture_raw_run(f, "UPDATE message SET day = day - 181");
    assert_int_equal(told(f, a, TODAY, false).people, 1);
    fixture_raw_run(f, "UPDATE message SET day = day - 1");
    assert_int_equal(told(f, a, TODAY, false).people, 0);
}

static void who_was_merged_is_not_told_of_once_more(void **state) {
    struct fixture *f = *state;
    size_t changed;
    struct str main;
    days_rule(f);
    bought(f, TODAY - 21, "R1", "A");
    bought(f, TODAY - 90, "R1", "B");
    score(f, TODAY, true);
    (void)user(f, "r1", ROLE_REP, "R1", 0);
    struct alert *a = alert(f, alert_bit(ALERT_BECAME_AT_RISK), alert_bit(ALERT_TO_REP));
    assert_int_equal(told(f, a, TODAY, false).customers, 1);
    const struct str codes[] = {S("A"), S("B")};
    const struct duplicates_act act = {
        .code = codes, .n = 2, .main = S("B"), .who = S("ana"), .now_us = TODAY * DAY_LONG};
    fixture_good(f, duplicates_merge(&f->cx, f->db, &act, &changed));
    score(f, TODAY, false);
    assert_string_equal(looked(f, a, TODAY + 1).p, "");
    score(f, TODAY + 1, true);
    assert_string_equal(looked(f, a, TODAY + 1).p, "");
    fixture_good(f, duplicates_unmerge(&f->cx, f->db, S("A"), S("ana"), TODAY * DAY_LONG, &main));
    score(f, TODAY + 1, true);
    assert_string_equal(looked(f, a, TODAY + 1).p, "");
}

/* One whose lease ran out is still at it when the next day's begins. */
static bool render_late(struct cx *cx, struct db *db, const struct alert_notice *notice, size_t n,
                        struct alert_made *out, void *owner) {
    struct alerts_report report;
    bool fails = false;
    const struct alerts_way way = {
        .render = render, .owner = &fails, .day = {notice->day.n - 1}, .now_us = (notice->day.n - 1) * DAY_LONG};
    return alerts_run(cx, db, *(int64_t *)owner, &way, &report) && render(cx, db, notice, n, out, &fails);
}

static void what_another_told_meanwhile_is_not_told_again(void **state) {
    struct fixture *f = *state;
    struct alerts_report report;
    days_rule(f);
    bought(f, TODAY - 21, "R1", "A");
    score(f, TODAY, true);
    (void)user(f, "r1", ROLE_REP, "R1", 0);
    struct alert *a = alert(f, alert_bit(ALERT_BECAME_AT_RISK), alert_bit(ALERT_TO_REP));
    const struct alerts_way way = {
        .render = render_late, .owner = &a->id, .day = {TODAY + 1}, .now_us = (TODAY + 1) * DAY_LONG};
    fixture_good(f, alerts_run(&f->cx, f->db, a->id, &way, &report));
    assert_int_equal(report.people, 0);
    assert_string_equal(fixture_raw(f, "SELECT day FROM message"), "20002\n");
}

/* A rule that is new, or made anew, by which everybody became late at once is no message a customer. */
static void very_many_at_once_are_noted_and_nobody_is_told_of_each(void **state) {
    struct fixture *f = *state;
    enum { MANY = CROSSINGS_MOST + 1 };
    struct buf text;
    char iso[DAY_TEXT];
    days_rule(f);
    bought(f, TODAY - 21, "R1", "A");
    score(f, TODAY, true);
    buf_init(&text, &f->arena, 0);
    buf_put(&text, S("order,customer,date,product,quantity,value,rep\n"));
    struct str on = {iso, day_iso((struct day){TODAY - 20}, iso)};
    for (int i = 0; i < MANY; i++)
        buf_printf(&text, "M%d,M%d,%.*s,P1,1,5.00,R1\n", i, i, STR_ARG(on));
    buf_char(&text, '\0');
    bring(f, text.p);
    score(f, TODAY + 1, true);
    assert_string_equal(fixture_raw(f, "SELECT state, count(*) FROM crossing GROUP BY state ORDER BY state"),
                        "1|1\n3|5001\n");
    struct crossing_bulk *bulk = NULL;
    size_t n = 0;
    fixture_good(f, db_read(&f->cx, f->db) && crossing_bulk(&f->cx, f->db, (struct day){TODAY}, &bulk, &n));
    db_rollback(f->db);
    assert_int_equal(n, 1);
    assert_int_equal(bulk[0].n, MANY);
    (void)user(f, "r1", ROLE_REP, "R1", 0);
    struct alert *a = alert(f, alert_bit(ALERT_BECAME_AT_RISK), alert_bit(ALERT_TO_REP));
    assert_string_equal(looked(f, a, TODAY + 1).p, "r1: A=at_risk\n");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        CASE(who_crosses_is_noted_once_and_a_rebuild_is_no_news),
        CASE(a_score_of_nobody_is_not_the_first_one),
        CASE(a_clock_that_was_far_ahead_for_a_while_silences_nothing),
        CASE(who_was_merged_is_not_told_of_once_more),
        CASE(everybody_hears_of_their_own_the_dearest_first),
        CASE(nobody_is_told_of_the_same_twice_and_a_failure_tells_nothing),
        CASE(between_two_runs_of_a_month_nobody_is_lost_and_daily_nothing_is_old),
        CASE(a_phone_is_told_in_few_words_once_and_who_has_none_the_other_ways),
        CASE(who_no_channel_reaches_is_not_told_and_told_once_there_is_one),
        CASE(what_holds_for_long_is_told_again_once),
        CASE(what_another_told_meanwhile_is_not_told_again),
        CASE(very_many_at_once_are_noted_and_nobody_is_told_of_each),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
