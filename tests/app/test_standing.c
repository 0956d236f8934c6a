// SPDX-License-Identifier: Apache-2.0
/* What is open with a customer says the same in a list as on the customer's page, of today and of an earlier day; what people
 * do during the day is in the list at once, what an import brings after the next score.
 */
#include "../store/fixture.h"

#include "app/appointment.h"
#include "app/contact.h"
#include "app/list.h"
#include "app/profile.h"
#include "core/document.h"
#include "stats/stat.h"
#include "store/customer.h"
#include "store/import.h"
#include "store/record.h"

enum { TODAY = 20000, EARLIER = TODAY - 30, CUSTOMERS = 40, USER = 7 };
static const int64_t NOW_US = INT64_C(20000) * 86400000000;

/* Each bought some times, so that few changed ones do not move everybody. */
static void orders_bring(struct fixture *f) {
    struct buf sql;
    buf_init(&sql, &f->arena, 0);
    buf_put(
        &sql,
        S("INSERT INTO document (id, customer_id, day, kind, value_cents, source, company_id, number, rep_id, lines, "
          "hash, import_id) VALUES "));
    for (int i = 0; i < 6 * CUSTOMERS; i++)
        buf_printf(&sql, "%s(%d, %d, %d, %d, %d, 1, 0, 'D%d', 0, 0, %d, 1)", i > 0 ? ", " : "", i + 1,
                   1 + i % CUSTOMERS, TODAY - 400 + i + 20 * (i / CUSTOMERS), (int)DOCUMENT_SALE, 1000 + 37 * i, i, i);
    fixture_raw_run(f, str_terminated(&f->arena, buf_str(&sql)));
}

/* What a customers file says in numbers, of every other customer. */
static void customers_tell(struct fixture *f) {
    struct customer_writer *writer;
    int64_t changed, import_id;
    fixture_good(f, db_write(&f->cx, f->db));
    fixture_good(f, import_begin(&f->cx, f->db, IMPORT_CUSTOMERS, S("t"), 1, &import_id));
    fixture_good(f, customer_writer_open(&f->cx, f->db, &writer));
    for (int64_t id = 1; id <= CUSTOMERS; id++) {
        struct str code = cx_text(&f->cx, "C%02lld", (long long)id);
        struct customer_fact fact = {.customer_id = id,
                                     .import_id = import_id,
                                     .source = FACT_FROM_CUSTOMERS,
                                     .day = DAY_NONE,
                                     .name = code,
                                     .closed_on = DAY_NONE,
                                     .last_contact = DAY_NONE};
        const int64_t number[CUSTOMER_NUMBERS] = {TODAY - 500 - id, 100 * id, 1 + id % 4 / 2};
        fact.number = id % 2 ? number : NULL;
        fixture_good(f, customer_writer_add(&f->cx, writer, id, code));
        fixture_good(f, customer_writer_fact(&f->cx, writer, &fact));
    }
    fixture_good(f, customer_writer_close(&f->cx, writer));
    fixture_good(f, customer_merge(&f->cx, f->db, import_id, &changed));
    fixture_good(f, db_commit(&f->cx, f->db));
    orders_bring(f);
}

static struct day some_day(int64_t i, int32_t from, int32_t step, bool none) {
    return none ? DAY_NONE : (struct day){from + (int32_t)(i * step % 97)};
}

/* Titles, quotes and tickets of every kind: paid, late, open, overdue, partly paid, settled after EARLIER, begun after it. */
static int64_t records_bring(struct fixture *f, int64_t first, int64_t upto) {
    int64_t import_id;
    enum record_put put;
    fixture_good(f, db_write(&f->cx, f->db));
    fixture_good(f, import_begin(&f->cx, f->db, IMPORT_TITLES, S("t"), 1, &import_id));
    for (int64_t i = first; i < upto; i++) {
        bool open = i % 3 == 0;
        struct record record = {.customer_id = 1 + i % (CUSTOMERS - 4),
                                .kind = i % 5 < 3    ? IMPORT_TITLES
                                        : i % 5 == 3 ? IMPORT_QUOTES
                                                     : IMPORT_TICKETS,
                                .number = cx_text(&f->cx, "N%lld", (long long)i),
                                .day = some_day(i, TODAY - 96, 7, i % 11 == 0),
                                .due_on = some_day(i, TODAY - 60, 5, false),
                                .closed_on = some_day(i, TODAY - 70, 13, open),
                                .amount_cents = i % 13 == 0 ? STAT_NONE : 100 * (i + 1)};
        record.open_cents = record.amount_cents == STAT_NONE || !open ? 0 : record.amount_cents / (1 + i % 2);
        fixture_good(f, record_put(&f->cx, f->db, import_id, &record, &put));
    }
    fixture_good(f, score_facts_moved(&f->cx, f->db));
    fixture_good(f, db_commit(&f->cx, f->db));
    return import_id;
}

static bool score(struct fixture *f, bool full) {
    struct score_report report;
    const struct score_wish wish = {
        .as_of = {TODAY}, .full = full, .model = S("none"), .who = S("t"), .now_us = NOW_US};
    fixture_good(f, score_make(&f->cx, f->db, &wish, &report));
    return report.incremental;
}

struct seen {
    struct fixture *fixture;
    struct customer customer[CUSTOMERS];
    size_t n;
};

static bool see(struct cx *cx, void *owner, const struct customer *customer) {
    struct seen *seen = owner;
    seen->customer[seen->n] = *customer;
    seen->customer[seen->n].code = str_copy(cx->arena, customer->code);
    seen->customer[seen->n++].last_objection = str_copy(cx->arena, customer->last_objection);
    return true;
}

static struct list_request request_all(int32_t as_of) {
    return (struct list_request){
        .filter = list_filter_any(), .order = {COLUMN_CODE, false}, .from = {.number = STAT_NONE}, .as_of = {as_of}};
}

static void look(struct fixture *f, const struct list_request *request, struct seen *seen) {
    struct list_answer answer;
    *seen = (struct seen){.fixture = f};
    fixture_good(f, list_customers(&f->cx, f->db, request, see, seen, &answer));
}

static int64_t or_nothing(int64_t v) {
    return v == STAT_NONE ? 0 : v;
}

/* The page's own way: record by record. */
static void page_says_so(struct fixture *f, const struct customer *c, int32_t as_of) {
    struct profile profile;
    int64_t quotes = 0, quoted = 0, tickets = 0;
    fixture_good(f, profile_make(&f->cx, f->db, (struct day){as_of}, c->code, (struct str){0}, &profile));
    const struct sheet *sheet = &profile.sheet;
    struct profile_standing st = profile_standing(sheet, profile.as_of);
    for (size_t i = 0; i < sheet->quotes; i++) {
        quotes += !day_is(sheet->quote[i].closed_on);
        quoted += day_is(sheet->quote[i].closed_on) ? 0 : or_nothing(sheet->quote[i].amount_cents);
    }
    for (size_t i = 0; i < sheet->tickets; i++)
        tickets += !day_is(sheet->ticket[i].closed_on);
    enum standing expected = sheet->titles == 0 ? STANDING_NONE
                             : st.overdue > 0   ? STANDING_OVERDUE
                             : st.paid_late > 0 ? STANDING_LATE
                                                : STANDING_IN_TIME;
    assert_int_equal(c->standing, expected);
    assert_int_equal(c->open_titles_cents == STAT_NONE, sheet->titles == 0);
    assert_int_equal(or_nothing(c->open_titles_cents), sheet->open_cents);
    assert_int_equal(or_nothing(c->overdue_titles_cents), sheet->overdue_cents);
    assert_int_equal(c->quotes == STAT_NONE, sheet->quotes == 0);
    assert_int_equal(or_nothing(c->quotes), quotes);
    assert_int_equal(or_nothing(c->quote_cents), quoted);
    assert_int_equal(c->tickets == STAT_NONE, sheet->tickets == 0);
    assert_int_equal(or_nothing(c->tickets), tickets);
    bool told = c->id.v % 2;
    assert_int_equal(c->registered_on.n, told ? TODAY - 500 - (int32_t)c->id.v : DAY_NONE.n);
    assert_int_equal(c->credit_limit_cents, told ? 100 * c->id.v : STAT_NONE);
    assert_int_equal(c->credit_left_cents, told ? 100 * c->id.v - sheet->open_cents : STAT_NONE);
    assert_int_equal(c->blocked, told ? 1 + c->id.v % 4 / 2 : BLOCKED_UNKNOWN);
}

static void agrees(struct fixture *f, int32_t as_of) {
    struct seen seen;
    size_t standing[STANDING_COUNT] = {0};
    struct list_request request = request_all(as_of);
    look(f, &request, &seen);
    assert_int_equal(seen.n, CUSTOMERS);
    for (size_t i = 0; i < seen.n; i++) {
        page_says_so(f, &seen.customer[i], as_of);
        standing[seen.customer[i].standing]++;
    }
    for (int s = 0; s < STANDING_COUNT; s++)
        assert_true(standing[s] > 0); /* the test has all of them */
}

static void standing_in_a_list_is_that_of_the_page_on_every_day(void **state) {
    struct fixture *f = *state;
    customers_tell(f);
    records_bring(f, 0, 130);
    score(f, true);
    agrees(f, TODAY);
    agrees(f, EARLIER);
}

static int64_t open_of_all(const struct seen *seen) {
    int64_t sum = 0;
    for (size_t i = 0; i < seen->n; i++)
        sum += or_nothing(seen->customer[i].open_titles_cents);
    return sum;
}

static void standing_follows_an_import_and_its_undoing(void **state) {
    struct fixture *f = *state;
    customers_tell(f);
    records_bring(f, 0, 90);
    score(f, true);
    int64_t later = records_bring(f, 60, 130); /* thirty the same again, and new ones */
    assert_true(score(f, false));
    agrees(f, TODAY);
    struct seen after, before;
    struct list_request request = request_all(TODAY);
    look(f, &request, &after);
    fixture_good(f, db_write(&f->cx, f->db));
    fixture_good(f, import_undo(&f->cx, f->db, later, NOW_US, NULL));
    fixture_good(f, score_facts_moved(&f->cx, f->db));
    fixture_good(f, db_commit(&f->cx, f->db));
    assert_true(score(f, false));
    agrees(f, TODAY);
    look(f, &request, &before);
    assert_true(open_of_all(&before) < open_of_all(&after));
}

/* More than are renewed one by one: then all are found anew. */
static void standing_of_very_many_changed_customers_is_right_too(void **state) {
    struct fixture *f = *state;
    customers_tell(f);
    records_bring(f, 0, 130);
    score(f, true);
    fixture_raw_run(f, "UPDATE record SET open_cents = 7 WHERE kind = 4 AND open_cents > 0");
    fixture_raw_run(f, "INSERT INTO standing_due (customer_id) WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL "
                       "SELECT i + 1 FROM n WHERE i < 2001) SELECT i FROM n");
    assert_true(score(f, false));
    agrees(f, TODAY);
    assert_string_equal(fixture_raw(f, "SELECT count(*) FROM standing_due"), "0\n");
    assert_string_equal(fixture_raw(f, "SELECT count(*) FROM score_moved"), "0\n"); /* packed anew */
}

static struct contact_wish contact_wish_of(const char *token, enum contact_outcome outcome, int32_t day) {
    return (struct contact_wish){.code = S("C05"),
                                 .user_id = USER,
                                 .who = S("ana"),
                                 .at_us = day * INT64_C(86400000000) + 1,
                                 .day = {day},
                                 .now_us = NOW_US,
                                 .today = {TODAY},
                                 .channel = CONTACT_CHANNEL_CALL,
                                 .outcome = outcome,
                                 .value_cents = STAT_NONE,
                                 .next_on = DAY_NONE,
                                 .next_minute = APPOINTMENT_ANY_TIME,
                                 .token = str_from(token)};
}

static struct customer fifth(struct fixture *f, int32_t as_of) {
    struct seen seen;
    struct list_request request = request_all(as_of);
    look(f, &request, &seen);
    return seen.customer[4];
}

static void standing_shows_a_contact_and_an_appointment_at_once_and_not_before(void **state) {
    struct fixture *f = *state;
    struct contact_made made;
    struct appointment meeting;
    customers_tell(f);
    score(f, true);
    fixture_raw_run(f, "INSERT INTO choice (id, kind, name, made_us) VALUES (3, 2, 'dear', 1), (4, 2, 'awful', 1)");
    assert_int_equal(fifth(f, TODAY).last_outcome, CONTACT_OUTCOME_NONE);

    struct contact_wish wish = contact_wish_of("a", CONTACT_OUTCOME_REFUSED, TODAY - 40);
    wish.objection_id = 3;
    fixture_good(f, contact_log(&f->cx, f->db, &wish, &made));
    wish = contact_wish_of("b", CONTACT_OUTCOME_LATER, TODAY);
    wish.next_on = (struct day){TODAY + 6};
    fixture_good(f, contact_log(&f->cx, f->db, &wish, &made));

    struct customer now = fifth(f, TODAY), then = fifth(f, EARLIER);
    assert_int_equal(now.last_contact.n, TODAY);
    assert_int_equal(now.last_outcome, CONTACT_OUTCOME_LATER);
    assert_true(str_equal(now.last_objection, S("dear")));
    assert_int_equal(now.next_appointment.n, TODAY + 6);
    assert_int_equal(then.last_contact.n, TODAY - 40);
    assert_int_equal(then.last_outcome, CONTACT_OUTCOME_REFUSED);
    assert_false(day_is(then.next_appointment));

    struct appointment_wish appointment = {.code = S("C05"),
                                           .user_id = USER,
                                           .asker_id = USER,
                                           .who = S("ana"),
                                           .day = {TODAY + 2},
                                           .today = {TODAY},
                                           .minute = 600,
                                           .channel = CONTACT_CHANNEL_VISIT,
                                           .token = S("x"),
                                           .now_us = NOW_US};
    fixture_good(f, appointment_make(&f->cx, f->db, &appointment, &meeting));
    assert_int_equal(fifth(f, TODAY).next_appointment.n, TODAY + 2);
    appointment.id = meeting.id;
    appointment.version = meeting.version;
    appointment.day.n = TODAY + 9;
    fixture_good(f, appointment_move(&f->cx, f->db, &appointment, &meeting));
    assert_int_equal(fifth(f, TODAY).next_appointment.n, TODAY + 6);
    score(f, true);
    assert_int_equal(fifth(f, TODAY).next_appointment.n, TODAY + 6);
    assert_int_equal(fifth(f, TODAY).last_contact.n, TODAY);
}

static size_t count(struct fixture *f, const struct list_request *request) {
    struct seen seen;
    look(f, request, &seen);
    return seen.n;
}

static void standing_filters_by_amounts_words_and_days(void **state) {
    struct fixture *f = *state;
    struct seen all;
    struct contact_made made;
    size_t overdue = 0, much = 0, little = 0, quoted = 0, unknown = 0;
    customers_tell(f);
    records_bring(f, 0, 130);
    score(f, true);
    struct contact_wish wish = contact_wish_of("a", CONTACT_OUTCOME_QUOTED, TODAY - 3);
    fixture_good(f, contact_log(&f->cx, f->db, &wish, &made));
    struct list_request request = request_all(TODAY);
    look(f, &request, &all);
    for (size_t i = 0; i < all.n; i++) {
        const struct customer *c = &all.customer[i];
        overdue += c->standing == STANDING_OVERDUE;
        unknown += c->standing == STANDING_NONE;
        much += or_nothing(c->open_titles_cents) >= 9000;
        little += or_nothing(c->open_titles_cents) <= 9000;
        quoted += or_nothing(c->quotes) >= 1;
    }
    assert_true(overdue > 0 && unknown > 0 && much > 0 && little > much && quoted > 0);
    request.filter.work.standings = 1u << STANDING_OVERDUE;
    assert_int_equal(count(f, &request), overdue);
    request.filter.work.standings |= 1; /* and those of whom nothing is known */
    assert_int_equal(count(f, &request), overdue + unknown);
    request = request_all(TODAY);
    request.filter.work.min_open_titles = 9000;
    assert_int_equal(count(f, &request), much);
    request = request_all(TODAY);
    request.filter.work.max_open_titles = 9000;
    assert_int_equal(count(f, &request), little);
    request = request_all(TODAY);
    request.filter.work.min_open_quotes = 1;
    assert_int_equal(count(f, &request), quoted);
    request = request_all(TODAY);
    request.filter.work.blocked = 1u << BLOCKED_YES;
    assert_int_equal(count(f, &request), CUSTOMERS / 4);
    request.filter.work.min_credit_limit = 100 * (CUSTOMERS - 1); /* the last that was told of: number 39 is blocked */
    assert_int_equal(count(f, &request), 1);
    request.filter.work.registered_to = (struct day){TODAY - 600};
    assert_int_equal(count(f, &request), 0);
    request = request_all(TODAY);
    request.filter.work.outcomes = 1u << CONTACT_OUTCOME_QUOTED;
    request.filter.work.contact_from = request.filter.work.contact_to = (struct day){TODAY - 3};
    assert_int_equal(count(f, &request), 1);
    request.filter.work.objection = (struct list_codes){.code = {S("dear")}, .n = 1};
    assert_int_equal(count(f, &request), 0);
}

static int64_t place(const struct customer *c, enum column column) {
    struct arena arena;
    arena_init(&arena, 0, arena_full_exit, NULL);
    struct column_value value = column_value(&arena, c, column);
    arena_clear(&arena);
    return value.absent ? INT64_MAX : value.number;
}

static void standing_orders_and_pages_by_every_column(void **state) {
    struct fixture *f = *state;
    struct contact_made made;
    customers_tell(f);
    records_bring(f, 0, 130);
    fixture_raw_run(f, "INSERT INTO choice (id, kind, name, made_us) VALUES (3, 2, 'dear', 1), (4, 2, 'awful', 1)");
    score(f, true);
    for (int i = 0; i < 6; i++) {
        char token[2] = {(char)('a' + i), 0};
        struct contact_wish wish = contact_wish_of(token, CONTACT_OUTCOME_REFUSED, TODAY - i);
        wish.code = cx_text(&f->cx, "C%02d", 3 + 5 * i);
        wish.objection_id = 3 + i % 2;
        fixture_good(f, contact_log(&f->cx, f->db, &wish, &made));
        if (i == 3)
            score(f, true);
    }
    for (enum column column = COLUMN_STANDING; column <= COLUMN_CREDIT_LEFT; column++) {
        struct list_request request = request_all(TODAY);
        struct seen all, page;
        request.order = (struct list_order){column, false};
        look(f, &request, &all);
        for (size_t i = 1; i < all.n; i++) {
            if (column == COLUMN_LAST_OBJECTION)
                assert_true(all.customer[i].last_objection.n == 0 ||
                            str_compare(all.customer[i - 1].last_objection, all.customer[i].last_objection) <= 0);
            else
                assert_true(place(&all.customer[i - 1], column) <= place(&all.customer[i], column));
        }
        request.limit = 7;
        for (size_t at = 0; at < all.n; at += page.n) {
            look(f, &request, &page);
            assert_true(page.n > 0);
            for (size_t i = 0; i < page.n; i++)
                assert_true(str_equal(page.customer[i].code, all.customer[at + i].code));
            request.from = list_place(&f->arena, column, &page.customer[page.n - 1]);
        }
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(standing_in_a_list_is_that_of_the_page_on_every_day),
        TEST(standing_follows_an_import_and_its_undoing),
        TEST(standing_of_very_many_changed_customers_is_right_too),
        TEST(standing_shows_a_contact_and_an_appointment_at_once_and_not_before),
        TEST(standing_filters_by_amounts_words_and_days),
        TEST(standing_orders_and_pages_by_every_column),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
