// SPDX-License-Identifier: Apache-2.0
/* Merging customers and parting them again leaves every table as it was, whatever is imported and taken back meanwhile; a merged customer
 * counts as one who had one code from the start; the score that is brought up to date is the one that is made anew.
 */
#include "../store/fixture.h"

#include "app/duplicates.h"
#include "app/score.h"
#include "app/verify.h"
#include "core/document.h"
#include "store/customer.h"
#include "store/setting.h"

enum { TODAY = 20000, CUSTOMERS = 24, ROUNDS = 7 };
static const int64_t NOW_US = INT64_C(20000) * 86400000000;

static uint64_t drawn(uint64_t *seed, uint64_t n) {
    *seed ^= *seed << 13;
    *seed ^= *seed >> 7;
    *seed ^= *seed << 17;
    return (*seed >> 11) % n;
}

/* ---- what comes in ---- */

/* Customer i under its own code, or, when `as` is given, under that of whom it is. */
static struct str code_of(struct fixture *f, size_t i, const size_t *as) {
    return cx_text(&f->cx, "C%02zu", as ? as[i] : i);
}

static int64_t bring(struct fixture *f, enum import_kind kind, struct buf *text) {
    char path[] = "/tmp/reativa-test-duplicates.XXXXXX";
    int file = mkstemp(path);
    assert_true(file >= 0 && write(file, text->p, text->n) == (ssize_t)text->n);
    close(file);
    struct import_report *report = arena_new(&f->arena, struct import_report, 1);
    const struct str paths[] = {str_from(path)};
    const struct import_options options = {.kind = kind, .path = paths, .paths = 1, .today = {TODAY}, .now_us = NOW_US};
    bool done = import_files(&f->cx, f->db, &options, report);
    unlink(path);
    fixture_good(f, done);
    return report->run.id;
}

/* The same numbers in file after file: new ones, others as they were, others changed. */
static int64_t orders_bring(struct fixture *f, uint64_t seed, size_t first, size_t n, const size_t *as) {
    struct buf text;
    buf_init(&text, &f->arena, 0);
    buf_put(&text, S("order,customer,date,product,quantity,value\n"));
    for (size_t i = first; i < first + n; i++) {
        uint64_t own = i * 7919 + 13; /* of the order, whatever the file */
        size_t who = i < CUSTOMERS ? i : drawn(&own, CUSTOMERS);
        char day[DAY_TEXT];
        struct str on = {day, day_iso((struct day){TODAY - 500 + (int32_t)drawn(&own, 490)}, day)};
        uint64_t value = drawn(&seed, 3) ? drawn(&own, 900) : drawn(&seed, 900);
        buf_printf(&text, "N%zu,%.*s,%.*s,P%llu,1,%llu.00\n", i, STR_ARG(code_of(f, who, as)), STR_ARG(on),
                   (unsigned long long)drawn(&own, 5), (unsigned long long)value + 1);
    }
    return bring(f, IMPORT_ORDERS, &text);
}

/* Each customer has a title 1, 2 ...: the same numbers at all. */
static int64_t titles_bring(struct fixture *f, uint64_t seed, const size_t *as) {
    struct buf text;
    buf_init(&text, &f->arena, 0);
    buf_put(&text, S("number,customer,date,due_date,amount\n"));
    for (size_t i = 0; i < CUSTOMERS; i++) {
        for (uint64_t k = 0; k < 1 + drawn(&seed, 3); k++)
            buf_printf(&text, "%llu,%.*s,2024-01-%02llu,2024-03-01,%llu.50\n", (unsigned long long)k + 1,
                       STR_ARG(code_of(f, i, as)), (unsigned long long)drawn(&seed, 28) + 1,
                       (unsigned long long)drawn(&seed, 4) * 100);
    }
    return bring(f, IMPORT_TITLES, &text);
}

/* By people: the same tags and tokens at several, so that they meet. */
static void work_write(struct fixture *f) {
    for (int i = 1; i <= CUSTOMERS; i++) {
        char sql[1200];
        snprintf(sql, sizeof sql,
                 "INSERT INTO person (customer_id, name, phone, token, made_us) VALUES (%d, 'P%d', '11 98765-%04d', "
                 "'p%d', 1);"
                 "INSERT INTO contact (id, customer_id, user_id, at_us, day, channel, outcome, token, made_us)"
                 " VALUES (%d, %d, 1, %d, %d, 1, 3, 'k%d', 1);"
                 "INSERT INTO appointment (id, customer_id, user_id, day, minute, channel, token, made_us, changed_us)"
                 " VALUES (%d, %d, 1, 20010, -1, 1, 'a%d', 1, 1);"
                 "INSERT INTO customer_note (customer_id, user_id, at_us, text, token) VALUES (%d, 1, %d, 'n', 'n%d');"
                 "INSERT INTO memo (id, user_id, customer_id, aim, day, text, text_fold, token, made_us) VALUES "
                 "(%d, 1, %d, 2, 1, 'm', 'm', 'm%d', 1);",
                 i, i, i % 5, i % 3, i, i, i, 19000 + i, i % 3, i, i, i % 3, i, i, i % 3, i, i, i);
        fixture_raw_run(f, sql);
        snprintf(
            sql, sizeof sql,
            "INSERT INTO message (id, cause, recipient, day, channel, kind, state, user_id, customer_id, person_id, "
            "from_user_id, template_id, gateway_id, offer, address, name, reply_to, subject, fold, token, header, "
            "made_us, due_us) VALUES (%d, 'letter:1', 'customer:%d', 20000, 2, 3, 3, 0, %d, 0, 1, 0, 0, '', '', '', "
            "'', '', '', 't%d', 'h%d', 1, 1)",
            i, i, i, i, i);
        fixture_raw_run(f, sql);
        for (int tag = 1; tag <= 3; tag++) {
            if ((i * 7 + tag) % 3)
                continue;
            snprintf(sql, sizeof sql,
                     "INSERT INTO customer_tag (customer_id, tag_id) VALUES (%d, %d);"
                     "INSERT INTO worklist_customer (worklist_id, customer_id) VALUES (%d, %d);"
                     "INSERT INTO worklist_skip (worklist_id, customer_id, user_id, until_on, why) VALUES (%d, %d, 1, "
                     "%d, 'w')",
                     i, tag, tag, i, tag, i, 20000 + i);
            fixture_raw_run(f, sql);
        }
        snprintf(sql, sizeof sql,
                 "UPDATE customer SET last_contact = %d WHERE id = %d AND coalesce(last_contact, 0) < %d", 19000 + i, i,
                 19000 + i);
        fixture_raw_run(f, sql);
    }
}

/* ---- all that is kept, as text ---- */

static const char *const facts[] = {"customer",        "customer_fact", "document",      "line",
                                    "document_before", "line_before",   "document_same", "record",
                                    "record_before",   "record_same",   "person",        "contact",
                                    "appointment",     "customer_note", "customer_tag",  "worklist_customer",
                                    "worklist_skip",   "message",       "memo"};
enum { FACTS = sizeof facts / sizeof *facts };

static void dump(struct fixture *f, const char *out[FACTS]) {
    for (size_t i = 0; i < FACTS; i++) {
        char sql[200];
        bool two = !strcmp(facts[i], "customer_tag") || !strcmp(facts[i], "worklist_customer");
        snprintf(sql, sizeof sql, "SELECT * FROM %s ORDER BY 1, 2%s", facts[i], two ? "" : ", 3");
        const char *text = fixture_raw(f, sql);
        out[i] = strdup(text);
    }
}

static void assert_same_dump(const char *const *a, const char *const *b) {
    for (size_t i = 0; i < FACTS; i++) {
        if (strcmp(a[i], b[i]))
            fail_msg("%s:\n%s-- not\n%s", facts[i], a[i], b[i]);
    }
}

static void dump_free(const char **a) {
    for (size_t i = 0; i < FACTS; i++)
        free((char *)(uintptr_t)a[i]);
}

/* ---- merging ---- */

static bool merge(struct fixture *f, struct str one, struct str main, size_t *changed) {
    const struct str codes[] = {main, one};
    const struct duplicates_act act = {.code = codes, .n = 2, .main = main, .who = S("ana"), .now_us = NOW_US};
    return duplicates_merge(&f->cx, f->db, &act, changed);
}

static void merged(struct fixture *f, size_t one, size_t into) {
    size_t changed;
    fixture_good(f, merge(f, code_of(f, one, NULL), code_of(f, into, NULL), &changed));
    assert_int_equal(changed, 1);
}

static void parted(struct fixture *f, struct str code) {
    struct str main;
    fixture_good(f, duplicates_unmerge(&f->cx, f->db, code, S("ana"), NOW_US, &main));
    assert_true(main.n > 0);
}

static void faultless(struct fixture *f) {
    struct verify_report report;
    struct progress none = {0};
    fixture_good(f, verify_all(&f->cx, f->db, none, &report));
    if (report.database_faults || report.derived_faults)
        fail_msg("%.*s", STR_ARG(report.first));
}

static bool score(struct fixture *f, bool full) {
    struct score_report *report = arena_new(&f->arena, struct score_report, 1);
    const struct score_wish wish = {
        .as_of = {TODAY}, .full = full, .model = S("none"), .who = S("t"), .now_us = NOW_US};
    fixture_good(f, score_make(&f->cx, f->db, &wish, report));
    return report->incremental;
}

/* Somebody of table customer, by chance. */
static struct str somebody(struct fixture *f, uint64_t *seed, const char *table) {
    char sql[200];
    long n =
        strtol(fixture_raw(f, str_terminated(&f->arena, cx_text(&f->cx, "SELECT count(*) FROM %s", table))), NULL, 10);
    if (n == 0)
        return (struct str){0};
    snprintf(sql, sizeof sql, "SELECT code FROM %s ORDER BY code LIMIT 1 OFFSET %d", table,
             (int)drawn(seed, (uint64_t)n));
    const char *text = fixture_raw(f, sql);
    return (struct str){text, strlen(text) - 1};
}

static void merge_some(struct fixture *f, uint64_t *seed) {
    for (int i = 0; i < 5; i++) {
        struct str one = somebody(f, seed, "customer"), into = somebody(f, seed, "customer");
        size_t changed;
        if (!str_equal(one, into) && drawn(seed, 3))
            fixture_good(f, merge(f, one, into, &changed));
        else if ((one = somebody(f, seed, "duplicate_absorbed")).n > 0)
            parted(f, one);
    }
}

static void part_all(struct fixture *f, uint64_t *seed) {
    for (struct str one; (one = somebody(f, seed, "duplicate_absorbed")).n > 0;)
        parted(f, one);
}

/* Imports and undos drawn by one seed, merges between them by another; what is there when all are parted again. */
static void history(uint64_t seed, bool with_merges, const char *out[FACTS]) {
    void *state = NULL;
    assert_int_equal(fixture_ready(&state), 0);
    struct fixture *f = state;
    uint64_t merges = seed * 77 + 5;
    int64_t undoable[ROUNDS];
    size_t n = 0;
    (void)orders_bring(f, 1, 0, 60, NULL);
    (void)titles_bring(f, 2, NULL);
    work_write(f);
    if (with_merges)
        (void)score(f, true);
    for (int round = 0; round < ROUNDS; round++) {
        if (with_merges) {
            merge_some(f, &merges);
            if (round % 4 == 3) {
                (void)score(f, false);
                faultless(f);
            }
        }
        uint64_t what = drawn(&seed, 4);
        if (what == 3 && n > 0)
            fixture_good(f, import_take_back(&f->cx, f->db, undoable[--n], S("t"), NOW_US));
        else if (what == 2)
            undoable[n++] = titles_bring(f, drawn(&seed, 1000) + 1, NULL);
        else
            undoable[n++] = orders_bring(f, drawn(&seed, 1000) + 1, drawn(&seed, 40), 30, NULL);
    }
    part_all(f, &merges);
    assert_string_equal(fixture_raw(f, "SELECT count(*) FROM duplicate_moved"), "0\n");
    dump(f, out);
    if (with_merges) {
        (void)score(f, false);
        faultless(f);
    }
    fixture_done(&state);
}

/* ---- tests ---- */

static void imports_and_undos_between_merges_leave_what_they_leave_without(void **state) {
    (void)state;
    for (uint64_t seed = 1; seed <= (fixture_pg() ? 1 : 2); seed++) {
        const char *plain[FACTS], *mixed[FACTS];
        history(seed * 1000003, false, plain);
        history(seed * 1000003, true, mixed);
        assert_same_dump(plain, mixed);
        dump_free(plain);
        dump_free(mixed);
    }
}

static void merging_and_parting_leaves_all_as_it_was(void **state) {
    struct fixture *f = *state;
    const char *before[FACTS], *after[FACTS];
    uint64_t seed = 4711;
    (void)orders_bring(f, 1, 0, 80, NULL);
    (void)orders_bring(f, 3, 20, 60, NULL);
    (void)titles_bring(f, 2, NULL);
    work_write(f);
    (void)score(f, true);
    dump(f, before);
    const char *scored = strdup(
        fixture_raw(f, "SELECT customer_id, status, purchases, first_on, last_on, value_total, value_12m, inactive_on, "
                       "trend, ranked FROM score ORDER BY customer_id"));
    for (int i = 0; i < 8; i++)
        merge_some(f, &seed);
    assert_string_not_equal(fixture_raw(f, "SELECT count(*) FROM duplicate_merge"), "0\n");
    assert_string_not_equal(fixture_raw(f, "SELECT count(*) FROM duplicate_merge WHERE into_id <> main_id"), "0\n");
    part_all(f, &seed);
    dump(f, after);
    assert_same_dump(before, after);
    (void)score(f, false);
    faultless(f);
    assert_string_equal(
        scored,
        fixture_raw(f, "SELECT customer_id, status, purchases, first_on, last_on, value_total, value_12m, inactive_on, "
                       "trend, ranked FROM score ORDER BY customer_id"));
    free((char *)(uintptr_t)scored);
    dump_free(before);
    dump_free(after);
}

static const char *const answers[] = {
    "SELECT c.code, s.status, s.purchases, s.first_on, s.last_on, s.gap_median_e4, s.gap_sd_e4, s.cycle_e4, "
    "s.overdue_e4, s.at_risk_on, "
    "s.inactive_on, s.lost_on, s.value_total, s.value_12m, s.value_prev_12m, s.average_cents, s.return_e4, s.trend, "
    "s.ranked FROM score s "
    "JOIN customer c ON c.id = s.customer_id ORDER BY c.code",
    "SELECT customers, value_12m, ranked, a_value, a_code, b_value, b_code FROM score_run",
    "SELECT c.code, e.began_on, e.ended_on FROM episode e JOIN customer c ON c.id = e.customer_id ORDER BY 1, 2",
    "SELECT c.code, s.open_cents, s.overdue_cents, s.standing FROM standing s JOIN customer c ON c.id = s.customer_id "
    "ORDER BY 1",
    "SELECT kind, inside, label, month, became_inactive, recovered, bought, new_customers FROM flow WHERE kind IN (0, "
    "6) AND (became_inactive <> 0 "
    "OR recovered <> 0 OR bought <> 0 OR new_customers <> 0) ORDER BY 1, 2, 3, 4"};
enum { ANSWERS = sizeof answers / sizeof *answers };

/* as: whom each customer is; merge: they come under codes of their own, and are merged. Half of the orders come after the merges. */
static void shop_of(const size_t *as, bool merging, const char *out[ANSWERS]) {
    void *state = NULL;
    assert_int_equal(fixture_ready(&state), 0);
    struct fixture *f = state;
    (void)orders_bring(f, 1, 0, 60, merging ? NULL : as);
    (void)score(f, true);
    for (size_t i = 0; merging && i < CUSTOMERS; i++) {
        if (as[i] != i)
            merged(f, i, as[i]);
    }
    (void)orders_bring(f, 1, 40, 60, merging ? NULL : as);
    if (merging) {
        (void)score(f, false);
        faultless(f);
    } else {
        (void)score(f, true);
    }
    for (size_t i = 0; i < ANSWERS; i++)
        out[i] = strdup(fixture_raw(f, answers[i]));
    fixture_done(&state);
}

static void merged_customers_count_as_those_of_one_code(void **state) {
    (void)state;
    uint64_t seed = 99;
    for (int round = 0; round < (fixture_pg() ? 1 : 3); round++) {
        size_t as[CUSTOMERS];
        const char *one[ANSWERS], *two[ANSWERS];
        for (size_t i = 0; i < CUSTOMERS; i++) {
            size_t other = drawn(&seed, CUSTOMERS);
            as[i] = i > 0 && drawn(&seed, 3) == 0 && as[other % i] == other % i ? other % i : i;
        }
        shop_of(as, false, one);
        shop_of(as, true, two);
        for (size_t i = 0; i < ANSWERS; i++) {
            if (strcmp(one[i], two[i]))
                fail_msg("%s:\n%s-- not\n%s", answers[i], one[i], two[i]);
            free((char *)(uintptr_t)one[i]);
            free((char *)(uintptr_t)two[i]);
        }
    }
}

static void purchases_of_one_day_under_two_codes_are_one_purchase(void **state) {
    struct fixture *f = *state;
    struct buf text;
    buf_init(&text, &f->arena, 0);
    buf_put(&text, S("order,customer,date,value\n1,A,2024-05-02,100.00\n2,B,2024-05-02,50.00\n3,B,2024-06-02,30.00\n4,"
                     "Z,2024-01-02,1.00\n5,Z,2024-02-02,1.00\n"));
    (void)bring(f, IMPORT_ORDERS, &text);
    (void)score(f, true);
    size_t changed;
    fixture_good(f, merge(f, S("A"), S("B"), &changed));
    (void)score(f, false);
    const char *of_b =
        "SELECT s.purchases, s.value_total FROM score s JOIN customer c ON c.id = s.customer_id WHERE c.code = 'B'";
    assert_string_equal(fixture_raw(f, of_b), "2|18000\n");
    assert_string_equal(fixture_raw(f, "SELECT count(*) FROM score"), "2\n");
    faultless(f);
}

static void an_import_that_names_the_old_code_lands_at_the_main_customer_and_goes_back_with_it(void **state) {
    struct fixture *f = *state;
    (void)orders_bring(f, 1, 0, 60, NULL);
    merged(f, 3, 4);
    struct buf text;
    buf_init(&text, &f->arena, 0);
    buf_put(&text, S("order,customer,date,value\nX1,C03,2024-06-02,77.00\n"));
    (void)bring(f, IMPORT_ORDERS, &text);
    const char *of = "SELECT c.code FROM document d JOIN customer c ON c.id = d.customer_id WHERE d.number = 'X1'";
    assert_string_equal(fixture_raw(f, of), "C04\n");
    parted(f, S("C03"));
    assert_string_equal(fixture_raw(f, of), "C03\n");
}

static void the_middle_of_a_chain_is_parted_with_what_was_merged_into_it(void **state) {
    struct fixture *f = *state;
    (void)orders_bring(f, 1, 0, 60, NULL);
    merged(f, 1, 2);
    merged(f, 2, 3);
    struct str main;
    fixture_good(f, duplicates_main(&f->cx, f->db, S("C01"), S(""), &main));
    assert_true(str_equal(main, S("C03")));
    parted(f, S("C02"));
    fixture_good(f, duplicates_main(&f->cx, f->db, S("C01"), S(""), &main));
    assert_true(str_equal(main, S("C02")));
    assert_string_equal(fixture_raw(f, "SELECT count(*) FROM customer"), "23\n");
    parted(f, S("C01"));
    assert_string_equal(fixture_raw(f, "SELECT count(*) FROM customer"), "24\n");
}

static void one_who_was_merged_elsewhere_meanwhile_is_told(void **state) {
    struct fixture *f = *state;
    size_t changed;
    struct str main;
    (void)orders_bring(f, 1, 0, 60, NULL);
    merged(f, 1, 2);
    fixture_good(f, merge(f, S("C01"), S("C02"), &changed));
    assert_int_equal(changed, 0);
    fixture_refused(f, merge(f, S("C01"), S("C05"), &changed), ERR_CONFLICT, "duplicate.merged_meanwhile");
    fixture_refused(f, merge(f, S("C05"), S("C01"), &changed), ERR_CONFLICT, "duplicate.merged_meanwhile");
    fixture_refused(f, merge(f, S("C05"), S("none"), &changed), ERR_NOT_FOUND, "scope.no_customer");
    parted(f, S("C01"));
    fixture_good(f, duplicates_unmerge(&f->cx, f->db, S("C01"), S("ana"), NOW_US, &main));
    assert_int_equal(main.n, 0);
    fixture_refused(f, duplicates_unmerge(&f->cx, f->db, S("none"), S("ana"), NOW_US, &main), ERR_NOT_FOUND,
                    "scope.no_customer");
    assert_string_equal(fixture_raw(f, "SELECT what, subject, count(*) FROM audit WHERE what IN ('merge', 'unmerge') "
                                       "GROUP BY what, subject ORDER BY 1"),
                        "merge|C01|1\nunmerge|C01|1\n");
}

/* A crowd that two more or fewer do not move: the two bought on the same days. */
static void a_merge_is_scored_without_looking_at_everybody(void **state) {
    struct fixture *f = *state;
    struct buf text;
    buf_init(&text, &f->arena, 0);
    buf_put(&text, S("order,customer,date,value,segment\n"));
    for (int i = 0; i < 1200; i++) {
        char day[DAY_TEXT];
        struct str on = {day, day_iso((struct day){TODAY - 700 + i / 200 * 110 + i % 200 % 37}, day)};
        buf_printf(&text, "%d,K%03d,%.*s,%d.00,S%d\n", i, i % 200, STR_ARG(on), 10 + i % 71, i % 200 % 4);
    }
    (void)bring(f, IMPORT_ORDERS, &text);
    (void)score(f, true);
    size_t changed;
    struct str main;
    fixture_good(f, merge(f, S("K064"), S("K027"), &changed));
    assert_true(score(f, false));
    faultless(f);
    assert_string_equal(fixture_raw(f, "SELECT customers FROM score_run"), "199\n");
    fixture_good(f, duplicates_unmerge(&f->cx, f->db, S("K064"), S("ana"), NOW_US, &main));
    assert_true(score(f, false));
    faultless(f);
    assert_string_equal(fixture_raw(f, "SELECT customers FROM score_run"), "200\n");
}

/* Whoever adds a table of what hangs on customers decides here what a merge does with it. */
static void every_table_with_a_customer_is_known_to_merging(void **state) {
    static const char *const stays[] = {
        "customer_fact",  "customer_dirty",  "customer_hold",   "document_before",   "line_before",    "document_same",
        "record_before",  "record_same",     "score",           "score_moved",       "episode",        "standing",
        "standing_due",   "duplicate_merge", "duplicate_moved", "transfer_customer", "transfer_along", "webhook_told",
        "study_customer", "crossing",        "alert_told"};
    static const char *const moves[] = {"document",          "line",          "record",        "person",
                                        "contact",           "appointment",   "customer_note", "customer_tag",
                                        "worklist_customer", "worklist_skip", "message",       "memo"};
    struct fixture *f = *state;
    const char *line =
        fixture_raw(f, f->pg ? "SELECT table_name FROM information_schema.columns WHERE column_name = 'customer_id' "
                               "AND table_schema = current_schema() AND table_name NOT LIKE 'v\\_%'"
                             : "SELECT m.name FROM sqlite_master m JOIN pragma_table_info(m.name) c ON c.name = "
                               "'customer_id' WHERE m.type = 'table'");
    size_t n = 0;
    for (const char *end; (end = strchr(line, '\n')) != NULL; line = end + 1, n++) {
        struct str name = {line, (size_t)(end - line)};
        bool known = false;
        for (size_t i = 0; i < sizeof stays / sizeof *stays; i++)
            known = known || str_equal(name, str_from(stays[i]));
        for (size_t i = 0; i < sizeof moves / sizeof *moves; i++)
            known = known || str_equal(name, str_from(moves[i]));
        if (!known)
            fail_msg("what does a merge do with %.*s? See src/store/duplicate.c", STR_ARG(name));
    }
    assert_true(n >= sizeof moves / sizeof *moves);
}

static void where_nobody_is_alike_nobody_is_found(void **state) {
    struct fixture *f = *state;
    struct progress none = {0};
    struct duplicate_run run;
    fixture_good(f, duplicates_look(&f->cx, f->db, NOW_US, none, &run));
    assert_int_equal(run.found, 0);
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, fixture_ready, fixture_done)

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(imports_and_undos_between_merges_leave_what_they_leave_without),
        CASE(merging_and_parting_leaves_all_as_it_was),
        cmocka_unit_test(merged_customers_count_as_those_of_one_code),
        CASE(purchases_of_one_day_under_two_codes_are_one_purchase),
        CASE(an_import_that_names_the_old_code_lands_at_the_main_customer_and_goes_back_with_it),
        CASE(the_middle_of_a_chain_is_parted_with_what_was_merged_into_it),
        CASE(one_who_was_merged_elsewhere_meanwhile_is_told),
        CASE(where_nobody_is_alike_nobody_is_found),
        CASE(a_merge_is_scored_without_looking_at_everybody),
        CASE(every_table_with_a_customer_is_known_to_merging),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
