// SPDX-License-Identifier: Apache-2.0
/* The log of imports, what they refused, saved mappings, labels and settings. */
#include "fixture.h"

#include "store/import.h"
#include "store/label.h"
#include "store/setting.h"

static void imports_are_listed_newest_first_with_their_counts(void **state) {
    struct fixture *f = *state;
    int64_t id[2];
    struct import_run *run;
    size_t n;
    fixture_good(f, db_write(&f->cx, f->db));
    fixture_good(f, import_begin(&f->cx, f->db, IMPORT_ORDERS, S("a.csv b.csv"), 100, &id[0]));
    fixture_good(f, import_begin(&f->cx, f->db, IMPORT_TITLES, S("títulos.csv"), 200, &id[1]));
    const struct import_counts counts = {
        .rows = 15, .added = 5, .changed = 4, .unchanged = 3, .rejected = 2, .blank = 1};
    fixture_good(f, import_file_add(&f->cx, f->db, id[0], 1, S("a.csv"), &counts));
    fixture_good(
        f,
        import_finish(&f->cx, f->db,
                      &(struct import_run){
                          .id = id[0], .finished_us = 150, .counts = counts, .first_day = {-5}, .last_day = DAY_NONE}));
    fixture_good(f, db_commit(&f->cx, f->db));
    fixture_good(f, import_list(&f->cx, f->db, &run, &n));
    assert_int_equal(n, 2);
    assert_true(str_equal(run[0].files, S("títulos.csv")));
    assert_int_equal(run[0].kind, IMPORT_TITLES);
    assert_int_equal(run[0].finished_us, 0);
    assert_int_equal(run[1].counts.rows, 15);
    assert_int_equal(run[1].counts.unchanged, 3);
    assert_int_equal(run[1].counts.blank, 1);
    assert_int_equal(run[1].first_day.n, -5);
    assert_false(day_is(run[1].last_day));
    bool found;
    fixture_good(f, import_find(&f->cx, f->db, 99, &found, run));
    assert_false(found);
}

struct seen {
    int n;
    char text[4000];
};

static bool reject_seen(struct cx *cx, void *owner, const struct import_reject *reject) {
    struct seen *seen = owner;
    (void)cx;
    size_t at = strlen(seen->text);
    snprintf(seen->text + at, sizeof seen->text - at, "%lld %.*s %.*s\n", (long long)reject->line,
             STR_ARG(reject->column), STR_ARG(reject->row));
    seen->n++;
    return true;
}

static void rejected_rows_come_back_in_order_whatever_bytes_they_hold(void **state) {
    struct fixture *f = *state;
    struct import_rejects *rejects;
    int64_t id;
    struct seen seen = {0};
    fixture_good(f, db_write(&f->cx, f->db));
    fixture_good(f, import_begin(&f->cx, f->db, IMPORT_ORDERS, S("x"), 1, &id));
    fixture_good(f, import_rejects_open(&f->cx, f->db, id, &rejects));
    const struct import_reject row[] = {
        {.file = S("x"), .line = 2, .column = S("Situação"), .reason = S("import.x"), .row = S("ação;1")},
        {.file = S("x"), .line = 3, .row = {"a\0b", 3}},
        {.file = S("x"), .line = 4, .row = S("\xE7\xE3o\x80")},
        {.file = S("x"), .line = 5, .row = S("")},
    };
    for (size_t i = 0; i < 4; i++)
        fixture_good(f, import_rejects_add(&f->cx, rejects, &row[i]));
    fixture_good(f, import_rejects_close(&f->cx, rejects));
    fixture_good(f, import_rejects_open(&f->cx, f->db, id, &rejects));
    for (int i = 0; i < 30; i++)
        fixture_good(f, import_rejects_add(&f->cx, rejects, &(struct import_reject){.file = S("y"), .line = i}));
    fixture_good(f, import_rejects_close(&f->cx, rejects));
    fixture_good(f, db_commit(&f->cx, f->db));
    fixture_good(f, import_rejects_each(&f->cx, f->db, id, reject_seen, &seen));
    assert_int_equal(seen.n, 34);
    assert_memory_equal(seen.text, "2 Situação ação;1\n3  a␀b\n4  ção€\n5  \n0  \n1  \n", 50);
}

static void a_saved_mapping_is_replaced_under_its_name(void **state) {
    struct fixture *f = *state;
    bool found;
    struct str text;
    fixture_good(f, mapping_put(&f->cx, f->db, IMPORT_ORDERS, S("erp"), S("customer=Cliente")));
    fixture_good(f, mapping_put(&f->cx, f->db, IMPORT_ORDERS, S("erp"), S("customer=Cód")));
    fixture_good(f, mapping_find(&f->cx, f->db, IMPORT_ORDERS, S("erp"), &found, &text));
    assert_true(found && str_equal(text, S("customer=Cód")));
    fixture_good(f, mapping_find(&f->cx, f->db, IMPORT_TITLES, S("erp"), &found, &text));
    assert_false(found);
}

static void labels_are_found_without_case_and_accents_when_no_code_is_equal(void **state) {
    struct fixture *f = *state;
    int64_t id[4], found;
    struct label *label;
    size_t n;
    fixture_good(f, label_of(&f->cx, f->db, LABEL_REGION, S(""), &id[0]));
    fixture_good(f, label_of(&f->cx, f->db, LABEL_REGION, S("São Paulo"), &id[1]));
    fixture_good(f, label_of(&f->cx, f->db, LABEL_REGION, S("Bahia"), &id[2]));
    fixture_good(f, label_of(&f->cx, f->db, LABEL_CITY, S("São Paulo"), &id[3]));
    assert_int_equal(id[0], 0);
    assert_int_not_equal(id[1], id[3]);
    fixture_good(f, label_find(&f->cx, f->db, LABEL_REGION, S("SAO  PAULO"), &found));
    assert_int_equal(found, id[1]);
    fixture_good(f, label_find(&f->cx, f->db, LABEL_REGION, S("Acre"), &found));
    assert_int_equal(found, -1);
    fixture_good(f, label_list(&f->cx, f->db, LABEL_REGION, &label, &n));
    assert_int_equal(n, 2);
    assert_true(str_equal(label[0].code, S("Bahia")));
    fixture_good(f, label_list(&f->cx, f->db, (enum label_kind)0, &label, &n));
    assert_int_equal(n, 3);
}

static void a_label_longer_than_the_memory_of_labels_is_kept(void **state) {
    struct fixture *f = *state;
    char code[900];
    int64_t id, again;
    memset(code, 'x', sizeof code);
    fixture_good(f, label_of(&f->cx, f->db, LABEL_CITY, (struct str){code, sizeof code}, &id));
    fixture_good(f, label_of(&f->cx, f->db, LABEL_CITY, (struct str){code, sizeof code}, &again));
    assert_int_equal(id, again);
}

static void an_audit_line_holds_before_and_after(void **state) {
    struct fixture *f = *state;
    fixture_good(f, audit_add(&f->cx, f->db, 5, S("ana"), S("policy"), S("all"), S("days 90"), S("days 60")));
    assert_string_equal(fixture_raw(f, "SELECT at_us, who, what, subject, before_text, after_text FROM audit"),
                        "5|ana|policy|all|days 90|days 60\n");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(imports_are_listed_newest_first_with_their_counts),
        TEST(rejected_rows_come_back_in_order_whatever_bytes_they_hold),
        TEST(a_saved_mapping_is_replaced_under_its_name),
        TEST(labels_are_found_without_case_and_accents_when_no_code_is_equal),
        TEST(a_label_longer_than_the_memory_of_labels_is_kept),
        TEST(an_audit_line_holds_before_and_after),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
