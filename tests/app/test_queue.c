// SPDX-License-Identifier: Apache-2.0
/* 64 agents on one queue: each customer is given out and logged once, whoever asks at the same time. */
#include "../store/fixture.h"

#include <pthread.h>

#include "app/contact.h"
#include "app/queue.h"
#include "app/worklists.h"
#include "stats/stat.h"
#include "store/appointment.h"
#include "store/customer.h"
#include "store/import.h"

/* A server answers more people than it has threads: each thread here is SHARE agents who have a customer at hand at once. */
enum { TODAY = 20000, AGENTS = 64, SHARE = 4, THREADS = AGENTS / SHARE, CUSTOMERS = 160 };

static void customers_make(struct fixture *f, int n) {
    struct customer_writer *writer;
    int64_t changed, import_id;
    fixture_good(f, db_write(&f->cx, f->db));
    fixture_good(f, import_begin(&f->cx, f->db, IMPORT_CUSTOMERS, S("t"), 1, &import_id));
    fixture_good(f, customer_writer_open(&f->cx, f->db, &writer));
    for (int i = 1; i <= n; i++) {
        struct customer_fact fact = {.customer_id = i,
                                     .import_id = import_id,
                                     .source = FACT_FROM_CUSTOMERS,
                                     .day = DAY_NONE,
                                     .name = S("Somebody"),
                                     .closed_on = DAY_NONE,
                                     .last_contact = DAY_NONE};
        fixture_good(f, customer_writer_add(&f->cx, writer, i, cx_text(&f->cx, "C%03d", i)));
        fixture_good(f, customer_writer_fact(&f->cx, writer, &fact));
    }
    fixture_good(f, customer_writer_close(&f->cx, writer));
    fixture_good(f, customer_merge(&f->cx, f->db, import_id, &changed));
    fixture_good(f, db_commit(&f->cx, f->db));
}

/* A list of all of them, picked by hand. */
static int64_t list_make(struct fixture *f, int n) {
    struct worklists_wish *wish = arena_new(&f->arena, struct worklists_wish, 1);
    struct worklist made;
    int64_t id[CUSTOMERS];
    *wish = (struct worklists_wish){.name = S("All"),
                                    .starts_on = {TODAY},
                                    .ends_on = DAY_NONE,
                                    .as_of = {TODAY},
                                    .user_id = 1,
                                    .who = S("m"),
                                    .now_us = 1};
    fixture_good(f, worklists_put(&f->cx, f->db, wish, &made));
    for (int i = 0; i < n; i++)
        id[i] = i + 1;
    fixture_good(f, worklists_pick(&f->cx, f->db, made.id, id, (size_t)n, S("m"), 2));
    return made.id;
}

static struct queue_wish wish_of(int64_t user, int64_t list, int64_t now_us) {
    return (struct queue_wish){.user_id = user, .worklist_id = list, .who = S("a"), .as_of = {TODAY}, .now_us = now_us};
}

static struct hold next(struct fixture *f, int64_t user, int64_t list, int64_t now_us) {
    struct queue_wish wish = wish_of(user, list, now_us);
    struct hold hold;
    fixture_good(f, queue_next(&f->cx, f->db, &wish, &hold));
    return hold;
}

struct agent {
    pthread_t thread;
    const char *url;
    int64_t user, list; /* the first of SHARE users */
    int64_t logged[CUSTOMERS];
    size_t n;
    char failed[1000];
};

/* Another writes for longer than one waits: a person would send the form again. */
static bool again(struct cx *cx, bool done) {
    bool busy = !done && cx->err.code == ERR_CONFLICT;
    if (busy)
        cx_clear(cx);
    return busy;
}

static bool log_one(struct cx *cx, struct db *db, int64_t user, int64_t list, const struct hold *hold) {
    struct contact_made made;
    const struct contact_wish wish = {.code = hold->code,
                                      .user_id = user,
                                      .who = S("a"),
                                      .at_us = 1000,
                                      .day = {TODAY},
                                      .now_us = 1000,
                                      .today = {TODAY},
                                      .channel = CONTACT_CHANNEL_CALL,
                                      .outcome = CONTACT_OUTCOME_ORDERED,
                                      .worklist_id = list,
                                      .value_cents = STAT_NONE,
                                      .next_on = DAY_NONE,
                                      .next_minute = APPOINTMENT_ANY_TIME,
                                      .token = cx_text(cx, "%lld", (long long)user)};
    bool done;
    do
        done = contact_log(cx, db, &wish, &made);
    while (again(cx, done));
    return done;
}

/* Each of them takes one; then each logs it. */
static bool round_of(struct cx *cx, struct db *db, struct agent *agent, bool *more) {
    struct hold hold[SHARE] = {0};
    bool done = true;
    *more = false;
    for (int i = 0; done && i < SHARE; i++) {
        struct queue_wish wish = wish_of(agent->user + i, agent->list, 1000);
        do
            done = queue_next(cx, db, &wish, &hold[i]);
        while (again(cx, done));
    }
    for (int i = 0; done && i < SHARE; i++) {
        if (hold[i].customer_id == 0)
            continue;
        *more = true;
        if ((done = log_one(cx, db, agent->user + i, agent->list, &hold[i])))
            agent->logged[agent->n++] = hold[i].customer_id;
    }
    return done;
}

static void *agent_work(void *owner) {
    struct agent *agent = owner;
    struct arena arena;
    struct db *db = NULL;
    arena_init(&arena, 0, arena_full_exit, NULL);
    struct cx cx = {.arena = &arena};
    bool done = db_open(&cx, str_from(agent->url), DB_USE, &db), more = true;
    while (done && more && agent->n + SHARE <= CUSTOMERS)
        done = round_of(&cx, db, agent, &more);
    if (!done)
        snprintf(agent->failed, sizeof agent->failed, "%.*s %.390s", STR_ARG(cx.err.key), cx.err.detail);
    db_close(db);
    arena_clear(&arena);
    return NULL;
}

static void queue_of_many_agents_gives_each_customer_once(void **state) {
    struct fixture *f = *state;
    int times[CUSTOMERS + 1] = {0}, all = 0;
    customers_make(f, CUSTOMERS);
    int64_t list = list_make(f, CUSTOMERS);
    struct agent *agent = arena_new(&f->arena, struct agent, THREADS);
    for (int i = 0; i < THREADS; i++) {
        agent[i] = (struct agent){.url = f->url, .user = 1 + i * SHARE, .list = list};
        assert_int_equal(pthread_create(&agent[i].thread, NULL, agent_work, &agent[i]), 0);
    }
    for (int i = 0; i < THREADS; i++)
        pthread_join(agent[i].thread, NULL);
    for (int i = 0; i < THREADS; i++) {
        assert_string_equal(agent[i].failed, "");
        for (size_t k = 0; k < agent[i].n; k++) {
            times[agent[i].logged[k]]++;
            all++;
        }
    }
    for (int i = 1; i <= CUSTOMERS; i++)
        if (times[i] > 1)
            fail_msg("customer %d was given to %d", i, times[i]);
    /* Who finds the others busy with the last ones goes home: the rest, if any, is still there. */
    while (next(f, 1000, list, 2000).customer_id != 0) {
        struct queue *q = arena_new(&f->arena, struct queue, 1);
        struct queue_wish wish = wish_of(1000, list, 2000);
        fixture_good(f, queue_look(&f->cx, f->db, &wish, q));
        fixture_good(f, log_one(&f->cx, f->db, 1000, list, &q->at_hand));
        assert_int_equal(++times[q->at_hand.customer_id], 1);
        all++;
    }
    assert_int_equal(all, CUSTOMERS);
    assert_string_equal(fixture_raw(f, "SELECT count(*), count(DISTINCT customer_id) FROM contact"), "160|160\n");
}

/* As nobody has set it. */
#define QUEUE_HOLD_US (INT64_C(15) * 60 * 1000000)

static void queue_hold_ends_by_time_and_by_leaving_the_page(void **state) {
    struct fixture *f = *state;
    bool held;
    customers_make(f, 1);
    int64_t list = list_make(f, 1), start = INT64_C(1000000000);
    assert_int_equal(next(f, 1, list, start).customer_id, 1);
    assert_int_equal(next(f, 2, list, start + 1).customer_id, 0);
    struct queue_wish mine = wish_of(1, list, start + QUEUE_HOLD_US - 1);
    fixture_good(f, queue_renew(&f->cx, f->db, &mine, S("C001"), false, &held));
    assert_true(held);
    assert_int_equal(next(f, 2, list, start + QUEUE_HOLD_US + 1).customer_id, 0);
    fixture_good(f, queue_renew(&f->cx, f->db, &mine, S("C001"), true, &held));
    assert_int_equal(next(f, 2, list, mine.now_us + QUEUE_LEFT_US).customer_id, 1);
    /* The page that was left comes back too late: it does not take the customer from the other. */
    mine.now_us += QUEUE_LEFT_US + 1;
    fixture_good(f, queue_renew(&f->cx, f->db, &mine, S("C001"), false, &held));
    assert_false(held);
    struct hold hold;
    fixture_refused(f, queue_take(&f->cx, f->db, &mine, S("C001"), &hold), ERR_CONFLICT, "queue.held");
}

static void queue_gives_appointments_first_and_not_before_their_day(void **state) {
    struct fixture *f = *state;
    customers_make(f, 3);
    int64_t list = list_make(f, 3);
    struct appointment due = {.customer_id = 3,
                              .user_id = 1,
                              .day = {TODAY},
                              .minute = 600,
                              .channel = CONTACT_CHANNEL_CALL,
                              .token = S("t")};
    struct appointment early = due;
    early.customer_id = 2;
    early.day.n = TODAY - 4;
    early.token = S("u");
    fixture_good(f, db_write(&f->cx, f->db));
    fixture_good(f, appointment_add(&f->cx, f->db, &due));
    fixture_good(f, appointment_add(&f->cx, f->db, &early));
    fixture_good(f, db_commit(&f->cx, f->db));
    struct queue *q = arena_new(&f->arena, struct queue, 1);
    struct queue_wish wish = wish_of(1, list, 10);
    fixture_good(f, queue_look(&f->cx, f->db, &wish, q));
    assert_int_equal(q->appointments, 2);
    assert_int_equal(q->item[0].customer_id, 2);
    assert_int_equal(q->item[1].customer_id, 3);
    assert_int_equal(q->item[2].customer_id, 1);
    wish.as_of.n = TODAY - 1;
    fixture_good(f, queue_look(&f->cx, f->db, &wish, q));
    assert_int_equal(q->appointments, 1);
}

static void queue_skipped_customer_comes_back_on_its_day(void **state) {
    struct fixture *f = *state;
    customers_make(f, 1);
    int64_t list = list_make(f, 1);
    struct queue_wish wish = wish_of(1, list, 10);
    fixture_refused(f, queue_skip(&f->cx, f->db, &wish, S("C001"), S(" "), 3), ERR_INVALID, "queue.bad_why");
    fixture_refused(f, queue_skip(&f->cx, f->db, &wish, S("C001"), S("away"), 0), ERR_INVALID, "queue.bad_days");
    fixture_good(f, queue_skip(&f->cx, f->db, &wish, S("C001"), S("away"), 3));
    struct queue *q = arena_new(&f->arena, struct queue, 1);
    fixture_good(f, queue_look(&f->cx, f->db, &wish, q));
    assert_int_equal(q->n, 0);
    wish.as_of.n += 3;
    fixture_good(f, queue_look(&f->cx, f->db, &wish, q));
    assert_int_equal(q->n, 1);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(queue_of_many_agents_gives_each_customer_once),
        TEST(queue_hold_ends_by_time_and_by_leaving_the_page),
        TEST(queue_gives_appointments_first_and_not_before_their_day),
        TEST(queue_skipped_customer_comes_back_on_its_day),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
