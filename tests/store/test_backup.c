// SPDX-License-Identifier: Apache-2.0
/* A backup holds every fact, opens as a database of its own, and comes back into either database. */
#include "shop.h"

#include "core/policy.h"
#include "store/backup.h"
#include "store/backup_tables.h"
#include "store/document.h"
#include "store/driver.h"
#include "store/policy.h"
#include "store/setting.h"

static void documents_put(struct fixture *f, int64_t import_id) {
    struct document_writer *writer;
    fixture_good(f, document_writer_open(&f->cx, f->db, import_id, &writer));
    for (int64_t id = 1; id <= 40; id++) {
        const struct document_line line[] = {{0, 20000, 15000, 300}, {0, 10000, -500, -5}};
        const struct document_row row = {.id = id,
                                         .customer_id = 1 + id % 30,
                                         .source = DOCUMENT_FROM_ORDERS,
                                         .number = shop_text(&(struct shop){.fixture = f}, "N", 4, (uint64_t)id),
                                         .kind = DOCUMENT_SALE,
                                         .day = {SHOP_TODAY - (int32_t)id},
                                         .value_cents = 295,
                                         .lines = 2,
                                         .hash = id * 77};
        fixture_good(f, document_writer_add(&f->cx, writer, &row, line));
    }
    const struct document_row other = {.id = 7,
                                       .customer_id = 8,
                                       .source = DOCUMENT_FROM_ORDERS,
                                       .number = S("N0007"),
                                       .kind = DOCUMENT_RETURN,
                                       .day = {SHOP_TODAY},
                                       .value_cents = -40,
                                       .lines = 1};
    fixture_good(f, document_writer_replace(&f->cx, writer, &other, &(struct document_line){0, -10000, 4000, -40}));
    fixture_good(f, document_writer_close(&f->cx, writer));
}

static void records_put(struct fixture *f, int64_t import_id) {
    struct record record = {.customer_id = 3,
                            .kind = IMPORT_TITLES,
                            .number = S("T1"),
                            .part = S("1"),
                            .day = {SHOP_TODAY},
                            .due_on = DAY_NONE,
                            .closed_on = DAY_NONE,
                            .amount_cents = 100,
                            .open_cents = STAT_NONE,
                            .state = S("aberto"),
                            .text = S("com, vírgula\ne linha")};
    enum record_put put;
    fixture_good(f, record_put(&f->cx, f->db, import_id, &record, &put));
    record.open_cents = 50;
    fixture_good(f, record_put(&f->cx, f->db, import_id + 1, &record, &put));
}

/* Something in nearly every table. */
static void company_put(struct fixture *f, struct shop *shop) {
    shop_open(shop, f, 300);
    int64_t import_id;
    struct import_rejects *rejects;
    const struct import_reject reject = {S("a.csv"), 3, S("Data"), S("reject.date"), S("31/02"), S("x;31/02;\"y\"")};
    const struct policy_rule rule = {.scope = {.segment = S("L1")}, .due = policy_default().due};
    fixture_good(f, db_write(&f->cx, f->db));
    fixture_good(f, import_begin(&f->cx, f->db, IMPORT_ORDERS, S("a.csv"), 5, &import_id));
    documents_put(f, import_id);
    records_put(f, import_id);
    fixture_good(f, import_rejects_open(&f->cx, f->db, import_id, &rejects));
    fixture_good(f, import_rejects_add(&f->cx, rejects, &reject));
    fixture_good(f, import_rejects_close(&f->cx, rejects));
    fixture_good(f, mapping_put(&f->cx, f->db, IMPORT_ORDERS, S("erp"), S("customer=Cliente")));
    fixture_good(f, policy_put(&f->cx, f->db, &rule));
    fixture_good(f, setting_put(&f->cx, f->db, S("currency"), S("BRL")));
    fixture_good(f, audit_add(&f->cx, f->db, 9, S("ana"), S("policy"), S("L1"), S(""), S("days 60")));
    fixture_good(f, db_commit(&f->cx, f->db));
}

/* All rows of a table of facts as text. */
static struct str table_text(struct fixture *f, struct db *db, const struct backup_table *table) {
    const char *types = sql_statements[table->write].args;
    struct buf out;
    struct sql_rows *rows;
    buf_init(&out, &f->arena, 0);
    fixture_good(f, sql_scan(&f->cx, db, table->read, NULL, 0, &rows));
    bool more;
    while (sql_next(&f->cx, rows, &more) && more) {
        for (int i = 0; types[i]; i++) {
            if (sql_is_null(rows, i))
                buf_put(&out, S("-"));
            else if (types[i] == 'i' || types[i] == 'I')
                buf_int(&out, sql_get_int(rows, i));
            else
                buf_put(&out, sql_get_text(rows, i));
            buf_char(&out, '|');
        }
        buf_char(&out, '\n');
    }
    sql_close(rows);
    return buf_str(&out);
}

static void assert_same_facts(struct fixture *f, struct db *a, struct db *b) {
    for (size_t i = 0; i < backup_tables_n; i++) {
        struct str x = table_text(f, a, &backup_tables[i]), y = table_text(f, b, &backup_tables[i]);
        if (!str_equal(x, y))
            fail_msg("%s:\n%.*s\n-- not\n%.*s", backup_tables[i].name, STR_ARG(x), STR_ARG(y));
    }
}

/* A folder for the copies of one test. */
static struct str folder_open(struct fixture *f) {
    char name[] = "/tmp/reativa-backup.XXXXXX";
    assert_non_null(mkdtemp(name));
    return str_copy(&f->arena, (struct str){name, sizeof name}); /* with its NUL */
}

static struct str in_folder(struct fixture *f, struct str folder, const char *name) {
    return cx_text(&f->cx, "%s/%s", folder.p, name);
}

static void folder_close(struct fixture *f, struct str folder) {
    assert_int_equal(system(cx_text(&f->cx, "rm -rf %s%c", folder.p, 0).p), 0);
}

/* -- tests ------------------------------------------------------------------------------------------------------------- */

/* Made by the scripts of derived tables, or neither facts nor derived: what was applied here, room for a merge. */
static bool is_no_fact(struct fixture *f, const char *name, size_t n) {
    const char *made = sql_statements[SQL_DERIVED_TABLES].text[db_kind(f->db) - 1];
    return strstr(made, cx_text(&f->cx, "TABLE %.*s (%c", (int)n, name, 0).p) ||
           str_equal((struct str){name, n}, S("schema_migration")) ||
           str_equal((struct str){name, n}, S("customer_merged"));
}

static bool is_copied(const char *name, size_t n) {
    size_t i = 0;
    while (i < backup_tables_n && !str_equal(str_from(backup_tables[i].name), (struct str){name, n}))
        i++;
    return i < backup_tables_n;
}

static void backup_lists_every_table_of_facts(void **state) {
    struct fixture *f = *state;
    size_t facts = 0;
    const char *line = fixture_raw(f, f->pg ? "SELECT table_name FROM information_schema.tables WHERE table_schema = "
                                              "current_schema() AND table_type = 'BASE TABLE'"
                                            : "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE "
                                              "'sqlite_%'");
    for (const char *end; (end = strchr(line, '\n')) != NULL; line = end + 1) {
        size_t n = (size_t)(end - line);
        if (is_no_fact(f, line, n))
            continue;
        facts++;
        if (!is_copied(line, n))
            fail_msg("%.*s is not in backup_tables", (int)n, line);
    }
    assert_int_equal(facts, backup_tables_n);
}

static void backup_copies_every_column(void **state) {
    struct fixture *f = *state;
    for (size_t i = 0; i < backup_tables_n; i++) {
        char text[300];
        if (f->pg)
            snprintf(text, sizeof text,
                     "SELECT count(*) FROM information_schema.columns WHERE table_schema = current_schema() AND "
                     "table_name = '%s'",
                     backup_tables[i].name);
        else
            snprintf(text, sizeof text, "SELECT count(*) FROM pragma_table_info('%s')", backup_tables[i].name);
        long columns = strtol(fixture_raw(f, text), NULL, 10);
        assert_int_equal(strlen(sql_statements[backup_tables[i].read].row), columns);
        assert_int_equal(strlen(sql_statements[backup_tables[i].write].args), columns);
    }
}

static void backup_opens_as_a_database_with_the_same_facts(void **state) {
    struct fixture *f = *state;
    struct shop shop;
    struct db *copy;
    struct str folder = folder_open(f), path = in_folder(f, folder, "copy.db");
    company_put(f, &shop);
    fixture_good(f, backup_write(&f->cx, f->db, path));
    fixture_good(f, db_open(&f->cx, path, DB_USE, &copy));
    assert_int_equal(db_kind(copy), DB_SQLITE);
    assert_same_facts(f, f->db, copy);
    db_close(copy);
    folder_close(f, folder);
}

static void backup_comes_back_into_a_new_database(void **state) {
    struct fixture *f = *state;
    struct shop shop;
    void *other_state;
    struct str folder = folder_open(f), path = in_folder(f, folder, "copy.db");
    company_put(f, &shop);
    fixture_good(f, backup_write(&f->cx, f->db, path));
    fixture_ready(&other_state);
    struct fixture *other = other_state;
    fixture_good(other, backup_restore(&other->cx, other->db, path));
    assert_same_facts(f, f->db, other->db);
    /* Numbers that the database gives out go on behind the ones that came. */
    fixture_good(other, db_write(&other->cx, other->db));
    fixture_good(other, audit_add(&other->cx, other->db, 10, S("ana"), S("x"), S("y"), S(""), S("")));
    fixture_good(other, db_commit(&other->cx, other->db));
    assert_string_equal(fixture_raw(other, "SELECT count(*), count(DISTINCT id) FROM audit"), "2|2\n");
    fixture_done(&other_state);
    folder_close(f, folder);
}

static struct str file_bytes(struct fixture *f, struct str path) {
    FILE *file = fopen(str_terminated(&f->arena, path), "rb");
    assert_non_null(file);
    struct buf out;
    buf_init(&out, &f->arena, 0);
    for (int c; (c = fgetc(file)) != EOF;)
        buf_char(&out, (char)c);
    fclose(file);
    return buf_str(&out);
}

static void backup_of_the_first_version_comes_back_and_stays_as_it_is(void **state) {
    struct fixture *f = *state;
    struct shop shop;
    void *other_state;
    sqlite3 *raw;
    struct db *copy;
    struct str folder = folder_open(f), path = in_folder(f, folder, "copy.db");
    company_put(f, &shop);
    fixture_good(f, backup_write(&f->cx, f->db, path));
    assert_int_equal(sqlite3_open(str_terminated(&f->arena, path), &raw), SQLITE_OK);
    assert_int_equal(sqlite3_exec(raw, fixture_first_version(f), NULL, NULL, NULL), SQLITE_OK);
    sqlite3_close(raw);
    struct str before = file_bytes(f, path);
    fixture_ready(&other_state);
    struct fixture *other = other_state;
    fixture_good(other, backup_restore(&other->cx, other->db, path));
    assert_same_facts(f, f->db, other->db);
    assert_true(str_equal(before, file_bytes(f, path)));
    fixture_good(f, db_open(&f->cx, path, DB_LOOK, &copy));
    assert_true(copy->older);
    db_close(copy);
    fixture_done(&other_state);
    /* Nothing else was left beside it. */
    assert_int_equal(unlink(str_terminated(&f->arena, path)), 0);
    assert_int_equal(rmdir(folder.p), 0);
}

static void backup_never_replaces_a_file(void **state) {
    struct fixture *f = *state;
    struct str folder = folder_open(f), path = in_folder(f, folder, "copy.db");
    fixture_good(f, backup_write(&f->cx, f->db, path));
    fixture_refused(f, backup_write(&f->cx, f->db, path), ERR_CONFLICT, "backup.exists");
    fixture_refused(f, backup_write(&f->cx, f->db, S("postgres://x/y")), ERR_INVALID, "backup.not_a_file");
    folder_close(f, folder);
}

static void backup_that_cannot_be_written_leaves_nothing(void **state) {
    struct fixture *f = *state;
    assert_false(backup_write(&f->cx, f->db, S("/tmp/reativa-no-such-folder/copy.db")));
    cx_clear(&f->cx);
    assert_int_not_equal(access("/tmp/reativa-no-such-folder", F_OK), 0);
}

static void backup_is_not_restored_over_data(void **state) {
    struct fixture *f = *state;
    struct shop shop;
    struct str folder = folder_open(f), path = in_folder(f, folder, "copy.db");
    fixture_good(f, backup_write(&f->cx, f->db, path));
    shop_open(&shop, f, 3);
    fixture_refused(f, backup_restore(&f->cx, f->db, path), ERR_CONFLICT, "backup.not_empty");
    folder_close(f, folder);
}

static bool then_says_so(struct cx *cx, struct db *db, void *owner) {
    return *(bool *)owner ? audit_add(cx, db, 10, S("ana"), S("restore"), S("x"), S(""), S(""))
                          : cx_fail(cx, ERR_IO, S("backup.not_a_file"));
}

static void backup_takes_the_place_of_what_stands_or_leaves_it(void **state) {
    struct fixture *f = *state;
    struct shop shop;
    bool good = true;
    struct backup_facts facts;
    struct str folder = folder_open(f), path = in_folder(f, folder, "copy.db");
    company_put(f, &shop);
    fixture_good(f, backup_write(&f->cx, f->db, path));
    const char *documents = fixture_raw(f, "SELECT count(*), sum(value_cents) FROM document");
    fixture_good(f, backup_facts(&f->cx, path, &facts));
    assert_int_equal(facts.documents, strtol(documents, NULL, 10));
    assert_int_equal(facts.schema, sql_migrations_n);
    fixture_raw_run(f, "UPDATE document SET value_cents = 7; INSERT INTO audit (id, at_us, who, what, subject, "
                       "before_text, after_text) "
                       "VALUES (900, 1, 'eva', 'note', '', '', '')");
    const char *since = fixture_raw(f, "SELECT count(*), sum(value_cents) FROM document");
    /* What goes wrong at the very end costs nothing. */
    good = false;
    fixture_refused(f, backup_replace(&f->cx, f->db, path, then_says_so, &good), ERR_IO, "backup.not_a_file");
    assert_string_equal(fixture_raw(f, "SELECT count(*), sum(value_cents) FROM document"), since);
    good = true;
    fixture_good(f, backup_replace(&f->cx, f->db, path, then_says_so, &good));
    assert_string_equal(fixture_raw(f, "SELECT count(*), sum(value_cents) FROM document"), documents);
    assert_string_equal(fixture_raw(f, "SELECT count(*) FROM audit WHERE who = 'eva'"), "0\n");
    assert_string_equal(fixture_raw(f, "SELECT count(*) FROM audit WHERE what = 'restore'"), "1\n");
    assert_string_equal(fixture_raw(f, "SELECT count(*) FROM score"), "0\n");
    folder_close(f, folder);
}

static void check_of_a_sound_database_finds_nothing(void **state) {
    struct fixture *f = *state;
    struct shop shop;
    int64_t faults;
    struct str first;
    company_put(f, &shop);
    fixture_good(f, backup_check(&f->cx, f->db, &faults, &first));
    assert_int_equal(faults, 0);
    assert_int_equal(first.n, 0);
}

static void check_finds_a_value_that_is_not_the_sum_of_its_lines(void **state) {
    struct fixture *f = *state;
    struct shop shop;
    int64_t faults;
    struct str first;
    company_put(f, &shop);
    fixture_raw_run(f, "UPDATE line SET value_cents = value_cents + 1 WHERE document_id = 5 AND seq = "
                       "(SELECT min(seq) FROM line WHERE document_id = 5)");
    fixture_good(f, backup_check(&f->cx, f->db, &faults, &first));
    assert_int_equal(faults, 1);
    assert_string_equal(str_terminated(&f->arena, first), "document N0005");
    fixture_raw_run(f, "DELETE FROM document WHERE id = 5");
    fixture_good(f, backup_check(&f->cx, f->db, &faults, &first));
    assert_int_equal(faults, 2);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(backup_lists_every_table_of_facts),
        TEST(backup_copies_every_column),
        TEST(backup_opens_as_a_database_with_the_same_facts),
        TEST(backup_comes_back_into_a_new_database),
        TEST(backup_of_the_first_version_comes_back_and_stays_as_it_is),
        TEST(backup_never_replaces_a_file),
        TEST(backup_that_cannot_be_written_leaves_nothing),
        TEST(backup_is_not_restored_over_data),
        TEST(backup_takes_the_place_of_what_stands_or_leaves_it),
        TEST(check_of_a_sound_database_finds_nothing),
        TEST(check_finds_a_value_that_is_not_the_sum_of_its_lines),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
