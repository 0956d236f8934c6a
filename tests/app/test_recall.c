// SPDX-License-Identifier: Apache-2.0
/* A server that remembers answers as one that has just been started: after every kind of write, from whichever process it came,
 * lists, the first page's numbers and what people choose from are what a fresh connection without a memory finds. REATIVA_SEED
 * draws other requests.
 */
#include "../store/fixture.h"

#include "app/admin.h"
#include "app/bulk.h"
#include "app/close.h"
#include "app/contact.h"
#include "app/demo.h"
#include "app/labels.h"
#include "app/list.h"
#include "app/rules.h"
#include "app/tags.h"
#include "app/today.h"
#include "base/recall.h"
#include "stats/stat.h"
#include "store/appointment.h"
#include "store/dossier.h"

enum { UNTIL = 20000, TODAY = UNTIL + 1, CUSTOMERS = 100, REQUESTS = 24, FEW = 2, ROUNDS = 2, PAGE = 15 };

static struct fixture *fixture;
static struct db *served[2]; /* of two processes: each has a memory of its own */
static struct recall *recall[2];
static uint64_t seed = 42;
static int64_t now_us = 1000;

static uint64_t draw(uint64_t n) {
    seed = seed * 6364136223846793005u + 1442695040888963407u;
    return (seed >> 33) % n;
}

static int start(void **state) {
    fixture_ready(state);
    fixture = *state;
    if (getenv("REATIVA_SEED"))
        seed = strtoull(getenv("REATIVA_SEED"), NULL, 10);
    const struct demo_options demo = {.seed = 5, .until = {UNTIL}, .customers = CUSTOMERS, .years = 2};
    fixture_good(fixture, demo_make(&fixture->cx, fixture->db, &demo, now_us, (struct progress){0}));
    for (int i = 0; i < 2; i++) {
        recall[i] = recall_new(1 << 20);
        fixture_good(fixture, admin_keep(&fixture->cx, str_from(fixture->url), 5, recall[i], &served[i]));
    }
    return 0;
}

static int finish(void **state) {
    for (int i = 0; i < 2; i++) {
        admin_close(served[i]);
        recall_free(recall[i]);
    }
    return fixture_done(state);
}

/* -- an answer as text ----------------------------------------------------------------------------------------------------- */

struct answering {
    struct buf *to;
    struct list_order order;
};

static bool write_customer(struct cx *cx, void *owner, const struct customer *c) {
    struct answering *a = owner;
    for (int column = 0; column < COLUMN_COUNT; column++) {
        if (column == COLUMN_WHY)
            continue;
        struct column_value v = column_value(cx->arena, c, (enum column)column);
        buf_printf(a->to, "%d %lld %.*s|", v.absent, (long long)v.number, STR_ARG(v.text));
    }
    uint64_t gaps = 0;
    for (int64_t i = 0; c->gap_days != NULL && i < c->purchases - 1; i++)
        gaps = gaps * 31 + (uint64_t)c->gap_days[i];
    struct list_from at = list_place(cx->arena, a->order.column, c);
    buf_printf(a->to, "%lld %lld %.*s %.*s %.*s %.*s %lld\n", (long long)gaps, (long long)at.number, STR_ARG(at.text),
               STR_ARG(c->rule), STR_ARG(c->phone), STR_ARG(c->email), (long long)c->waited_e4);
    return true;
}

static struct str list_answers(struct db *db, const struct list_request *request) {
    struct buf to;
    struct list_answer answer;
    struct answering a = {&to, request->order};
    buf_init(&to, &fixture->arena, 0);
    fixture_good(fixture, list_customers(&fixture->cx, db, request, write_customer, &a, &answer));
    buf_printf(&to, "%lld %lld %lld %d %d %d %.*s\n", (long long)answer.totals.customers,
               (long long)answer.totals.value_12m, (long long)answer.totals.value_total, (int)answer.foretold,
               (int)answer.learnt_on.n, answer.temporary, STR_ARG(answer.doubt.key));
    return buf_str(&to);
}

static struct str today_answers(struct db *db, struct str rep) {
    struct buf to;
    struct today_answer answer;
    const struct today_wish wish = {
        .as_of = {TODAY}, .workdays = workdays_usual, .rep = rep, .crossed = 10, .first = 10};
    struct label *label;
    struct tag *tag;
    size_t n;
    buf_init(&to, &fixture->arena, 0);
    fixture_good(fixture, today_look(&fixture->cx, db, &wish, &answer));
    for (size_t i = 0; i < answer.volumes; i++)
        buf_printf(&to, "%.*s %lld %lld\n", STR_ARG(answer.volume[i].code), (long long)answer.volume[i].at_risk,
                   (long long)answer.volume[i].not_contacted);
    buf_printf(&to, "%lld %lld %lld %zu %zu\n", (long long)answer.total.customers, (long long)answer.total.at_risk,
               (long long)answer.total.not_contacted, answer.crosseds, answer.firsts);
    fixture_good(fixture, labels_all(&fixture->cx, db, rep, &label, &n));
    for (size_t i = 0; i < n; i++)
        buf_printf(&to, "%lld %.*s\n", (long long)label[i].id, STR_ARG(label[i].code));
    fixture_good(fixture, tags_all(&fixture->cx, db, &tag, &n));
    for (size_t i = 0; i < n; i++)
        buf_printf(&to, "%.*s\n", STR_ARG(tag[i].name));
    return buf_str(&to);
}

/* What files brought of the first customers, and what can be chosen. */
static struct str papers_answers(struct db *db) {
    struct buf to;
    buf_init(&to, &fixture->arena, 0);
    fixture_good(fixture, db_read(&fixture->cx, db));
    for (int64_t id = 1; id <= 20; id++) {
        struct dossier d;
        const struct dossier_wish wish = {.customer_id = id,
                                          .as_of = {TODAY},
                                          .since = {TODAY - 90},
                                          .documents = 5,
                                          .notes = 5,
                                          .contacts = 5,
                                          .appointments = 5,
                                          .choices = id % 2};
        fixture_good(fixture, dossier_read(&fixture->cx, db, &wish, &d));
        for (size_t i = 0; i < d.boughts; i++)
            buf_printf(&to, "%.*s %.*s %lld %lld %d|", STR_ARG(d.bought[i].code), STR_ARG(d.bought[i].name),
                       (long long)d.bought[i].value_cents, (long long)d.bought[i].last_price_e4, d.bought[i].last.n);
        for (size_t i = 0; i < d.documents; i++)
            buf_printf(&to, "%.*s %d %lld|", STR_ARG(d.document[i].number), d.document[i].day.n,
                       (long long)d.document[i].value_cents);
        for (size_t i = 0; i < d.records; i++)
            buf_printf(&to, "%.*s %.*s %.*s|", STR_ARG(d.record[i].number), STR_ARG(d.record[i].part),
                       STR_ARG(d.record[i].state));
        for (size_t i = 0; i < d.tags; i++)
            buf_printf(&to, "%.*s|", STR_ARG(d.tag[i]));
        for (size_t i = 0; i < d.choices; i++)
            buf_printf(&to, "%.*s %.*s|", STR_ARG(d.choice[i].name), STR_ARG(d.choice[i].argument));
        buf_printf(&to, "%zu %zu %zu %zu\n", d.persons, d.notes, d.contacts, d.appointments);
    }
    db_rollback(db);
    return buf_str(&to);
}

/* -- what is asked --------------------------------------------------------------------------------------------------------- */

static struct str rep_drawn(void) {
    return cx_text(&fixture->cx, "R%02d", 1 + (int)draw(12));
}

static struct list_request request_drawn(void) {
    static const char *const text[] = {"ana", "mercado", "11", "sao", "C0001"};
    struct list_request request = {.filter = list_filter_any(),
                                   .from = {.number = STAT_NONE},
                                   .limit = PAGE,
                                   .as_of = {draw(24) ? TODAY : TODAY - 1},
                                   .totals = draw(4) != 0};
    struct list_filter *f = &request.filter;
    do
        request.order = (struct list_order){(enum column)draw(COLUMN_COUNT), draw(2)};
    while (!column_defs[request.order.column].sortable);
    if (draw(3) == 0)
        f->statuses = (uint32_t)(1 + draw(127));
    if (draw(3) == 0)
        f->rep = (struct list_codes){.code = {rep_drawn(), rep_drawn()}, .n = 1 + draw(2)};
    if (draw(4) == 0)
        f->only_rep = rep_drawn();
    if (draw(6) == 0)
        f->tag = (struct list_codes){.code = {S("feira")}, .n = 1};
    if (draw(6) == 0)
        f->search = str_from(text[draw(5)]);
    f->search_wide = draw(2);
    if (draw(6) == 0)
        f->min_value = (int64_t)draw(1000000);
    if (draw(6) == 0)
        f->not_contacted_for = (int64_t)draw(60);
    if (draw(6) == 0)
        f->abc = (uint32_t)(1 + draw(15));
    if (draw(6) == 0)
        f->work.min_overdue_titles = (int64_t)draw(100000);
    if (draw(6) == 0)
        f->work.contact_from = (struct day){TODAY - (int32_t)draw(30)};
    if (draw(6) == 0)
        f->work.outcomes = (uint32_t)draw(255);
    if (draw(5) == 0)
        request.from = (struct list_from){.set = true,
                                          .back = draw(2),
                                          .number = (int64_t)draw(100000),
                                          .text = S("m"),
                                          .code = cx_text(&fixture->cx, "C%05d", (int)draw(CUSTOMERS))};
    return request;
}

static struct list_request *asked; /* the same all through a round, so that they have been asked before */
static struct db *fresh;

static void all_the_same(const char *when, size_t requests) {
    fixture_good(fixture, db_open(&fixture->cx, str_from(fixture->url), DB_USE, &fresh));
    for (size_t i = 0; i < requests; i++) {
        struct str expected = list_answers(fresh, &asked[i]);
        for (int k = 0; k < 4; k++) {
            if (!str_equal(list_answers(served[k / 2], &asked[i]), expected))
                fail_msg("after %s, server %d, request %zu:\n%.*s\ninstead of\n%.*s", when, k / 2, i,
                         STR_ARG(list_answers(served[k / 2], &asked[i])), STR_ARG(expected));
        }
    }
    const struct str rep[] = {{0}, S("R03")};
    for (int k = 0; k < 4; k++) {
        if (!str_equal(today_answers(served[k / 2], rep[k % 2]), today_answers(fresh, rep[k % 2])))
            fail_msg("after %s: the first page of server %d", when, k / 2);
        if (!str_equal(papers_answers(served[k / 2]), papers_answers(fresh)))
            fail_msg("after %s: papers of server %d", when, k / 2);
    }
    db_close(fresh);
}

/* -- what is written ------------------------------------------------------------------------------------------------------- */

static struct str code_drawn(void) {
    struct list_request request = {
        .filter = list_filter_any(), .from = {.number = STAT_NONE}, .limit = 0, .as_of = {TODAY}};
    int64_t *id;
    size_t n;
    fixture_good(fixture, list_found(&fixture->cx, fixture->db, &request, &id, &n));
    const char *code = fixture_raw(
        fixture, str_terminated(&fixture->arena, cx_text(&fixture->cx, "SELECT code FROM customer WHERE id = %lld",
                                                         (long long)id[draw(n)])));
    return (struct str){code, strlen(code) - 1};
}

static void contact(struct db *db) {
    struct contact_made made;
    now_us++;
    const struct contact_wish wish = {.code = code_drawn(),
                                      .user_id = 1,
                                      .who = S("a"),
                                      .at_us = now_us,
                                      .day = {TODAY},
                                      .now_us = now_us,
                                      .today = {TODAY},
                                      .channel = CONTACT_CHANNEL_CALL,
                                      .outcome = CONTACT_OUTCOME_NO_ANSWER,
                                      .value_cents = STAT_NONE,
                                      .next_on = DAY_NONE,
                                      .next_minute = APPOINTMENT_ANY_TIME,
                                      .token = cx_text(&fixture->cx, "t%lld", (long long)now_us)};
    fixture_good(fixture, contact_log(&fixture->cx, db, &wish, &made));
}

static void tag(struct db *db) {
    const struct tags_wish wish = {.code = code_drawn(), .name = S("feira"), .who = S("a"), .now_us = ++now_us};
    fixture_good(fixture, tags_change(&fixture->cx, db, &wish));
}

static int64_t assigned;

static void assign(struct db *db) {
    struct bulk_report report;
    struct list_request request = {.filter = list_filter_any(), .from = {.number = STAT_NONE}, .as_of = {TODAY}};
    const struct str code[] = {code_drawn(), code_drawn(), code_drawn()};
    const struct bulk_wish wish = {.kind = BULK_ASSIGN,
                                   .request = &request,
                                   .code = code,
                                   .codes = 3,
                                   .text = rep_drawn(),
                                   .who = S("a"),
                                   .now_us = ++now_us};
    fixture_good(fixture, bulk_do(&fixture->cx, db, &wish, &report));
    assigned = report.import_id;
}

static void undo(struct db *db) {
    if (assigned > 0)
        fixture_good(fixture, import_take_back(&fixture->cx, db, assigned, S("ana"), ++now_us));
    assigned = 0;
}

static void close_one(struct db *db) {
    int64_t import_id;
    const struct close_request request = {
        .code = code_drawn(), .on = {TODAY}, .reason = S("gone"), .now_us = ++now_us, .who = S("a")};
    fixture_good(fixture, close_customer(&fixture->cx, db, &request, &import_id));
}

static void policy(struct db *db) {
    struct rules_change change;
    struct err unscored;
    struct policy_rule rule = {0};
    fixture_good(fixture,
                 policy_rule_parse(&fixture->cx, cx_text(&fixture->cx, "days %d", 40 + (int)draw(100)), &rule.due));
    fixture_good(fixture,
                 rules_set(&fixture->cx, db, &rule, (struct day){TODAY}, ++now_us, S("a"), &change, &unscored));
}

static void score_of(struct db *db, int32_t day) {
    struct score_report report;
    const struct score_wish wish = {.as_of = {day}, .model = S("none"), .who = S("a"), .now_us = ++now_us};
    fixture_good(fixture, score_make(&fixture->cx, db, &wish, &report));
}

static void score_today(struct db *db) {
    score_of(db, TODAY);
}

static void score_another_day(struct db *db) {
    score_of(db, TODAY - 1);
}

static void orders(struct db *db) {
    char path[] = "/tmp/reativa-recall.XXXXXX";
    int file = mkstemp(path);
    assert_true(file >= 0);
    FILE *to = fdopen(file, "w");
    fprintf(to, "customer;document;date;value\n");
    for (int i = 0; i < 5; i++) {
        struct str code = code_drawn();
        fprintf(to, "%.*s;N%lld-%d;2024-10-0%d;%d,00\n", STR_ARG(code), (long long)now_us, i, 1 + i,
                100 + (int)draw(900));
    }
    fclose(to);
    struct import_report *report = arena_new(&fixture->arena, struct import_report, 1);
    const struct str paths[] = {str_from(path)};
    const struct import_options options = {
        .kind = IMPORT_ORDERS, .path = paths, .paths = 1, .today = {TODAY}, .now_us = ++now_us};
    bool done = import_files(&fixture->cx, db, &options, report);
    unlink(path);
    fixture_good(fixture, done);
    assert_int_equal(report->documents, 5);
}

static void after_every_write_all_answer_the_same(void **state) {
    (void)state;
    /* Until the next score each answer works out one of its own: then few are asked. */
    static const struct {
        const char *name;
        void (*write)(struct db *db);
        size_t requests;
    } kind[] = {{"a contact", contact, REQUESTS},
                {"a tag", tag, REQUESTS},
                {"another rep", assign, FEW},
                {"a score", score_today, REQUESTS},
                {"an undo", undo, FEW},
                {"a score after undo", score_today, REQUESTS},
                {"a closing", close_one, FEW},
                {"orders", orders, FEW},
                {"a score of orders", score_today, REQUESTS},
                {"a policy", policy, REQUESTS},
                {"another day", score_another_day, FEW},
                {"today again", score_today, REQUESTS}};
    score_today(fixture->db);
    asked = calloc(REQUESTS, sizeof *asked);
    for (int round = 0; round < ROUNDS; round++) {
        struct arena_mark mark = arena_mark_get(&fixture->arena);
        for (size_t i = 0; i < REQUESTS; i++)
            asked[i] = request_drawn();
        all_the_same("nothing", REQUESTS);
        for (size_t k = 0; k < sizeof kind / sizeof *kind; k++) {
            struct arena_mark between = arena_mark_get(&fixture->arena);
            kind[k].write(draw(2) ? served[draw(2)] : fixture->db);
            all_the_same(kind[k].name, kind[k].requests);
            arena_rewind(&fixture->arena, between);
        }
        arena_rewind(&fixture->arena, mark);
    }
    free(asked);
}

/* -- the key ---------------------------------------------------------------------------------------------------------------- */

/* Each of these asks for something else than the plain request; asked after it, none may get its answer. */
static struct list_request another(int which) {
    static const int64_t id[] = {1, 2, 3};
    struct list_request r = {.filter = list_filter_any(),
                             .order = {COLUMN_VALUE_TOTAL, true},
                             .from = {.number = STAT_NONE},
                             .limit = PAGE,
                             .as_of = {TODAY},
                             .totals = true};
    struct list_filter *f = &r.filter;
    const struct list_codes rep = {.code = {S("R03")}, .n = 1}, city = {.code = {S("nowhere")}, .n = 1};
    switch (which) {
    case 1:
        f->statuses = 1u << STATUS_LOST;
        break;
    case 2:
        f->rep = rep;
        break;
    case 3:
        f->only_rep = S("R03");
        break;
    case 4:
        f->only_rep = S("R04");
        break;
    case 5:
        f->company = city;
        break;
    case 6:
        f->segment = city;
        break;
    case 7:
        f->region = city;
        break;
    case 8:
        f->city = city;
        break;
    case 9:
        f->rfm = (struct list_codes){.code = {S("lost")}, .n = 1};
        break;
    case 10:
        f->tag = city;
        break;
    case 11:
        f->abc = 1;
        break;
    case 12:
        f->min_value = 100000;
        break;
    case 13:
        f->max_value = 100000;
        break;
    case 14:
        f->min_total = 1000000;
        break;
    case 15:
        f->max_total = 1000000;
        break;
    case 16:
        f->min_purchases = 20;
        break;
    case 17:
        f->max_purchases = 20;
        break;
    case 18:
        f->min_recency = 60;
        break;
    case 19:
        f->max_recency = 60;
        break;
    case 20:
        f->not_contacted_for = 5;
        break;
    case 21:
        f->due_from = (struct day){TODAY - 10};
        break;
    case 22:
        f->due_to = (struct day){TODAY - 10};
        break;
    case 23:
        f->min_chance_e4 = 5000;
        break;
    case 24:
        f->max_chance_e4 = 5000;
        break;
    case 25:
        f->next_from = (struct day){TODAY + 5};
        break;
    case 26:
        f->next_to = (struct day){TODAY + 5};
        break;
    case 27:
        f->search = S("an");
        break;
    case 28:
        f->picked = true;
        f->id = id;
        f->ids = 3;
        break;
    case 29:
        r.order.descending = false;
        break;
    case 30:
        r.order.column = COLUMN_NAME;
        break;
    case 31:
        r.limit = PAGE - 1;
        break;
    case 32:
        r.totals = false;
        break;
    case 33:
        r.from = (struct list_from){.set = true, .number = 300000, .code = S("C")};
        break;
    case 34:
        r.from = (struct list_from){.set = true, .number = 300000, .code = S("C"), .back = true};
        break;
    case 35:
        r.from = (struct list_from){.set = true, .number = 400000, .code = S("C")};
        break;
    case 36:
        f->work.min_open_titles = 1;
        break;
    case 37:
        f->work.max_open_titles = 1;
        break;
    case 38:
        f->work.min_overdue_titles = 1;
        break;
    case 39:
        f->work.max_overdue_titles = 0;
        break;
    case 40:
        f->work.min_open_quotes = 1;
        break;
    case 41:
        f->work.max_open_quotes = 0;
        break;
    case 42:
        f->work.min_open_quote_value = 1;
        break;
    case 43:
        f->work.max_open_quote_value = 0;
        break;
    case 44:
        f->work.min_open_tickets = 1;
        break;
    case 45:
        f->work.max_open_tickets = 0;
        break;
    case 46:
        f->work.contact_from = (struct day){TODAY - 5};
        break;
    case 47:
        f->work.contact_to = (struct day){TODAY - 5};
        break;
    case 48:
        f->work.appointment_from = (struct day){TODAY};
        break;
    case 49:
        f->work.appointment_to = (struct day){TODAY};
        break;
    case 50:
        f->work.standings = 2;
        break;
    case 51:
        f->work.outcomes = 2;
        break;
    case 52:
        f->work.objection = city;
        break;
    default:
        break;
    }
    return r;
}
enum { OTHERS = 52 };

static void every_question_has_its_own_answer(void **state) {
    (void)state;
    struct str answer[OTHERS + 1];
    size_t different = 0;
    score_today(fixture->db);
    fixture_good(fixture, db_open(&fixture->cx, str_from(fixture->url), DB_USE, &fresh));
    for (int i = 0; i <= OTHERS; i++) {
        struct list_request request = another(i);
        answer[i] = list_answers(fresh, &request);
        different += i > 0 && !str_equal(answer[i], answer[0]);
        if (!str_equal(list_answers(served[0], &request), answer[i]))
            fail_msg("request %d", i);
    }
    db_close(fresh);
    assert_true(different > OTHERS * 3 / 4);
    for (int i = 0; i <= OTHERS; i++) {
        struct list_request request = another(i);
        int64_t before = admin_statements(served[0]);
        assert_true(str_equal(list_answers(served[0], &request), answer[i]));
        if (admin_statements(served[0]) - before != 1 && !request.filter.picked)
            fail_msg("request %d was worked out again", i);
    }
}

/* A database that came back has the tables of its backup, and goes its own way from there. */
static void a_backup_meets_no_newer_answers(void **state) {
    (void)state;
    char path[128], copy[128];
    snprintf(path, sizeof path, "/tmp/reativa-recall-%ld.backup", (long)getpid());
    snprintf(copy, sizeof copy, "/tmp/reativa-recall-%ld.db", (long)getpid());
    unlink(path);
    unlink(copy);
    struct db *restored;
    const struct list_request request = {.filter = list_filter_any(),
                                         .order = {COLUMN_CODE, false},
                                         .from = {.number = STAT_NONE},
                                         .limit = PAGE,
                                         .as_of = {TODAY},
                                         .totals = true};
    list_answers(served[0], &request);
    fixture_good(fixture, admin_backup(&fixture->cx, served[0], str_from(path)));
    assign(served[0]);
    score_today(served[0]);
    list_answers(served[0], &request);
    fixture_good(fixture, admin_restore(&fixture->cx, str_from(copy), str_from(path), &restored));
    admin_close(restored);
    for (int round = 0; round < 2; round++) {
        struct db *kept;
        fixture_good(fixture, admin_keep(&fixture->cx, str_from(copy), 5, recall[0], &kept));
        fixture_good(fixture, db_open(&fixture->cx, str_from(copy), DB_USE, &fresh));
        for (int again = 0; again < 2; again++)
            assert_true(str_equal(list_answers(kept, &request), list_answers(fresh, &request)));
        contact(kept);
        score_today(kept);
        for (int again = 0; again < 2; again++)
            assert_true(str_equal(list_answers(kept, &request), list_answers(fresh, &request)));
        db_close(fresh);
        admin_close(kept);
    }
    unlink(path);
    unlink(copy);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(after_every_write_all_answer_the_same),
        cmocka_unit_test(every_question_has_its_own_answer),
        cmocka_unit_test(a_backup_meets_no_newer_answers),
    };
    return cmocka_run_group_tests(tests, start, finish);
}
