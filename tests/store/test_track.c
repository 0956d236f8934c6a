// SPDX-License-Identifier: Apache-2.0
/* The track record comes back as it was written, and what is there is never written over. */
#include "fixture.h"

#include "store/backup.h"
#include "store/document.h"
#include "store/track.h"

static struct track_row row_of(const char *month, enum track_subject subject, int64_t seed) {
    struct track_row row = {.subject = subject,
                            .said = subject == TRACK_RULE ? S("segment=\"Bares; ç\": days 30; days 90") : S("mixk"),
                            .horizon_days = 90,
                            .made_us = 1700000000000000 + seed,
                            .cases = 1000 + seed,
                            .happened = 400,
                            .auc = {700000 + seed, 690000, 710000},
                            .lift = {1800000, 1700000, 1900000},
                            .brier = {200000, STAT_NONE, STAT_NONE},
                            .log_score = {580000, 570000, 590000},
                            .lost_value = {STAT_NONE, STAT_NONE, STAT_NONE},
                            .flagged = 123,
                            .false_alarms_e6 = 2500000};
    assert_true(day_parse_iso(str_from(month), &row.month));
    row.known_until.n = row.month.n - 1;
    row.cut.n = row.known_until.n - 90;
    return row;
}

static bool add(struct fixture *f, struct track_row row) {
    bool added;
    fixture_good(f, db_write(&f->cx, f->db));
    fixture_good(f, track_add(&f->cx, f->db, &row, &added));
    fixture_good(f, db_commit(&f->cx, f->db));
    return added;
}

static void assert_figure(struct forecast_figure a, struct forecast_figure b) {
    assert_int_equal(a.value_e6, b.value_e6);
    assert_int_equal(a.low_e6, b.low_e6);
    assert_int_equal(a.high_e6, b.high_e6);
}

static void assert_row(const struct track_row *a, struct track_row b) {
    assert_int_equal(a->month.n, b.month.n);
    assert_int_equal(a->subject, b.subject);
    assert_true(str_equal(a->said, b.said));
    assert_int_equal(a->cut.n, b.cut.n);
    assert_int_equal(a->known_until.n, b.known_until.n);
    assert_int_equal(a->horizon_days, b.horizon_days);
    assert_int_equal(a->made_us, b.made_us);
    assert_int_equal(a->cases, b.cases);
    assert_int_equal(a->happened, b.happened);
    assert_figure(a->auc, b.auc);
    assert_figure(a->lift, b.lift);
    assert_figure(a->brier, b.brier);
    assert_figure(a->log_score, b.log_score);
    assert_figure(a->lost_value, b.lost_value);
    assert_int_equal(a->flagged, b.flagged);
    assert_int_equal(a->false_alarms_e6, b.false_alarms_e6);
}

static void track_comes_back_as_written_oldest_month_first(void **state) {
    struct fixture *f = *state;
    struct track_row *row;
    struct day newest;
    size_t n;
    fixture_good(f, track_newest(&f->cx, f->db, &newest));
    assert_false(day_is(newest));
    assert_true(add(f, row_of("2021-08-01", TRACK_MODEL, 4)));
    assert_true(add(f, row_of("2021-08-01", TRACK_RULE, 3)));
    assert_true(add(f, row_of("2021-07-01", TRACK_RULE, 1)));
    assert_true(add(f, row_of("2021-07-01", TRACK_MODEL, 2)));
    fixture_good(f, track_list(&f->cx, f->db, &row, &n));
    assert_int_equal(n, 4);
    assert_row(&row[0], row_of("2021-07-01", TRACK_RULE, 1));
    assert_row(&row[1], row_of("2021-07-01", TRACK_MODEL, 2));
    assert_row(&row[2], row_of("2021-08-01", TRACK_RULE, 3));
    assert_row(&row[3], row_of("2021-08-01", TRACK_MODEL, 4));
    fixture_good(f, track_newest(&f->cx, f->db, &newest));
    assert_int_equal(newest.n, row[3].month.n);
}

static void track_row_that_is_there_is_never_written_over(void **state) {
    struct fixture *f = *state;
    struct track_row *row;
    size_t n;
    assert_true(add(f, row_of("2021-07-01", TRACK_RULE, 1)));
    assert_false(add(f, row_of("2021-07-01", TRACK_RULE, 99)));
    fixture_good(f, track_list(&f->cx, f->db, &row, &n));
    assert_int_equal(n, 1);
    assert_row(&row[0], row_of("2021-07-01", TRACK_RULE, 1));
}

static void track_of_many_years_comes_back_whole(void **state) {
    struct fixture *f = *state;
    struct track_row *row;
    char month[DAY_TEXT];
    size_t n;
    for (int32_t i = 0; i < 120; i++) {
        day_iso(month_first(480 + i), month);
        assert_true(add(f, row_of(month, TRACK_RULE, i)));
    }
    fixture_good(f, track_list(&f->cx, f->db, &row, &n));
    assert_int_equal(n, 120);
    for (size_t i = 0; i < n; i++)
        assert_int_equal(row[i].made_us, 1700000000000000 + (int64_t)i);
}

static void track_comes_back_from_a_backup(void **state) {
    struct fixture *f = *state;
    void *other_state;
    struct track_row *row;
    size_t n;
    char folder[] = "/tmp/reativa-track.XXXXXX";
    assert_non_null(mkdtemp(folder));
    struct str copy = cx_text(&f->cx, "%s/copy.db", folder);
    assert_true(add(f, row_of("2021-07-01", TRACK_RULE, 1)));
    fixture_good(f, backup_write(&f->cx, f->db, copy));
    fixture_ready(&other_state);
    struct fixture *other = other_state;
    fixture_good(other, backup_restore(&other->cx, other->db, copy));
    fixture_good(other, track_list(&other->cx, other->db, &row, &n));
    assert_int_equal(n, 1);
    assert_row(&row[0], row_of("2021-07-01", TRACK_RULE, 1));
    fixture_done(&other_state);
    assert_int_equal(unlink(str_terminated(&f->arena, copy)), 0);
    assert_int_equal(rmdir(folder), 0);
}

static void span_is_of_sales_up_to_the_day(void **state) {
    struct fixture *f = *state;
    struct day first, last;
    fixture_good(f, track_span(&f->cx, f->db, (struct day){100}, &first, &last));
    assert_false(day_is(first));
    assert_false(day_is(last));
    fixture_raw_run(f, "INSERT INTO customer (id, code) VALUES (1, 'A')");
    static const int sale[][2] = {{10, 2}, {20, 1}, {30, 4}, {40, 3}, {60, 1}};
    for (size_t i = 0; i < sizeof sale / sizeof *sale; i++) {
        char text[300];
        snprintf(text, sizeof text,
                 "INSERT INTO document (id, customer_id, day, kind, value_cents, source, company_id, number, rep_id, "
                 "lines, hash, import_id) VALUES (%zu, 1, %d, %d, 0, 1, 0, 'N%zu', 0, 0, 0, 1)",
                 i + 1, sale[i][0], sale[i][1], i);
        fixture_raw_run(f, text);
    }
    fixture_good(f, track_span(&f->cx, f->db, (struct day){59}, &first, &last));
    assert_int_equal(first.n, 20);
    assert_int_equal(last.n, 30);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(track_comes_back_as_written_oldest_month_first),
        TEST(track_row_that_is_there_is_never_written_over),
        TEST(track_of_many_years_comes_back_whole),
        TEST(track_comes_back_from_a_backup),
        TEST(span_is_of_sales_up_to_the_day),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
