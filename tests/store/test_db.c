// SPDX-License-Identifier: Apache-2.0
/* Opening, refusing, transactions and what a kill leaves. What is one database's alone is run on that one. */
#include "fixture.h"

#include <fcntl.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>

#include "store/driver.h"
#include "store/label.h"
#include "store/setting.h"

static bool reopen(struct fixture *f, enum db_mode mode) {
    db_close(f->db);
    return db_open(&f->cx, str_from(f->url), mode, &f->db);
}

static void put(struct fixture *f, const char *name, const char *value) {
    fixture_good(f, db_write(&f->cx, f->db));
    fixture_good(f, setting_put(&f->cx, f->db, str_from(name), str_from(value)));
    fixture_good(f, db_commit(&f->cx, f->db));
}

/* -- opening -- */

static void every_statement_is_what_its_header_says(void **state) {
    struct fixture *f = *state;
    fixture_good(f, db_check_statements(&f->cx, f->db));
}

/* What pages ask at each request finds its rows by an index. Whole are read only tables of a few rows (lists, who works on them, who is
 * at hand, choices), what a subquery gives, and a single row. */
static void statements_of_pages_read_no_large_table_whole(void **state) {
    struct fixture *f = *state;
    static const enum sql_id ids[] = {SQL_SESSION_USER,   SQL_DOSSIER_PAPERS,   SQL_DOSSIER_SAID,     SQL_DESK,
                                      SQL_WORKLIST_BOARD, SQL_CUSTOMER_FIND_OF, SQL_LIST_ROWS,        SQL_PERSON_FIND,
                                      SQL_NOTE_FIND,      SQL_APPOINTMENT_DUE,  SQL_APPOINTMENT_LIST, SQL_SESSION_LIST,
                                      SQL_USER_FIND_FEED};
    static const char *const small[] = {"t", "(", "worklist", "w", "choice", "score_run", "customer_hold", "CONSTANT"};
    for (size_t i = 0; i < sizeof ids / sizeof *ids; i++) {
        const struct sql_statement *statement = &sql_statements[ids[i]];
        struct str plan = str_from(fixture_raw(f, str_terminated(&f->arena, cx_text(&f->cx, "EXPLAIN QUERY PLAN %s",
                                                                                    statement->text[DB_SQLITE - 1])))),
                   line;
        assert_true(plan.n > 0);
        while (str_cut(plan, '\n', &line, &plan) || line.n > 0) {
            const char *scan = strstr(str_terminated(&f->arena, line), "|SCAN ");
            bool allowed = !scan || strstr(scan, "USING");
            for (size_t k = 0; !allowed && k < sizeof small / sizeof *small; k++)
                allowed = !strncmp(scan + 6, small[k], strlen(small[k])) &&
                          (small[k][0] == '(' || !scan[6 + strlen(small[k])] || scan[6 + strlen(small[k])] == ' ');
            if (!allowed)
                fail_msg("%s: %s", statement->name, scan + 1);
            if (plan.n == 0)
                break;
        }
    }
}

static void create_twice_keeps_what_is_there(void **state) {
    struct fixture *f = *state;
    put(f, "currency", "BRL");
    fixture_good(f, reopen(f, DB_CREATE));
    bool found;
    struct str value;
    fixture_good(f, setting_find(&f->cx, f->db, S("currency"), &found, &value));
    assert_true(found);
    assert_true(str_equal(value, S("BRL")));
}

static void use_of_an_absent_file_names_it_and_init(void **state) {
    struct fixture *f = *state;
    bool done = db_open(&f->cx, str_from(f->url), DB_USE, &f->db);
    assert_true(str_equal(f->cx.err.arg[0], str_from(f->path)));
    fixture_refused(f, done, ERR_NOT_FOUND, "db.not_found");
    assert_int_equal(access(f->path, F_OK), -1);
}

static void use_of_an_empty_database_asks_for_init(void **state) {
    struct fixture *f = *state;
    if (!f->pg)
        close(open(f->path, O_CREAT | O_WRONLY, 0600));
    fixture_refused(f, db_open(&f->cx, str_from(f->url), DB_USE, &f->db), ERR_NOT_FOUND, "db.not_initialised");
}

static void a_folder_is_no_database(void **state) {
    struct fixture *f = *state;
    fixture_refused(f, db_open(&f->cx, str_from(f->folder), DB_CREATE, &f->db), ERR_INVALID, "db.is_folder");
}

static void a_text_file_is_no_database_and_stays_as_it_is(void **state) {
    struct fixture *f = *state;
    FILE *file = fopen(f->path, "w");
    for (int i = 0; i < 500; i++)
        fputs("Pedido;Cliente;Valor\n", file);
    fclose(file);
    fixture_refused(f, db_open(&f->cx, str_from(f->url), DB_USE, &f->db), ERR_INVALID, "db.not_a_database");
    fixture_refused(f, db_open(&f->cx, str_from(f->url), DB_CREATE, &f->db), ERR_INVALID, "db.not_a_database");
    struct stat about;
    assert_int_equal(stat(f->path, &about), 0);
    assert_int_equal(about.st_size, 500 * 21);
}

static void tables_of_another_program_are_left_alone(void **state) {
    struct fixture *f = *state;
    fixture_raw_run(f, "CREATE TABLE customer (cpf TEXT)");
    fixture_refused(f, db_open(&f->cx, str_from(f->url), DB_USE, &f->db), ERR_INVALID, "db.not_ours");
    fixture_refused(f, db_open(&f->cx, str_from(f->url), DB_CREATE, &f->db), ERR_INVALID, "db.not_ours");
    assert_string_equal(fixture_raw(f, "SELECT count(*) FROM customer"), "0\n");
    if (!f->pg)
        assert_string_equal(fixture_raw(f, "PRAGMA journal_mode"), "delete\n");
}

static void a_damaged_page_is_told_as_damage(void **state) {
    struct fixture *f = *state;
    put(f, "currency", "BRL");
    db_close(f->db);
    f->db = NULL;
    int file = open(f->path, O_WRONLY);
    char noise[4096];
    memset(noise, 0x5A, sizeof noise);
    for (off_t page = 1; page < 40; page++)
        assert_int_equal(pwrite(file, noise, sizeof noise, page * 4096), sizeof noise);
    close(file);
    fixture_refused(f, db_open(&f->cx, str_from(f->url), DB_USE, &f->db), ERR_DB, "db.corrupt");
}

static void a_newer_schema_is_refused(void **state) {
    struct fixture *f = *state;
    fixture_raw_run(
        f, "INSERT INTO schema_migration (version, name, checksum, applied_us) VALUES (9999, 'later', 'x', 0)");
    fixture_refused(f, reopen(f, DB_USE), ERR_CONFLICT, "schema.newer");
    fixture_refused(f, db_open(&f->cx, str_from(f->url), DB_CREATE, &f->db), ERR_CONFLICT, "schema.newer");
}

static void a_database_of_the_first_version_is_brought_up_to_date(void **state) {
    struct fixture *f = *state;
    bool found;
    struct str value;
    put(f, "currency", "BRL");
    fixture_raw_run(f, fixture_first_version(f));
    fixture_good(f, reopen(f, DB_USE));
    assert_string_equal(fixture_raw(f, "SELECT count(*) FROM track"), "0\n");
    assert_string_equal(fixture_raw(f, "SELECT name FROM schema_migration WHERE version = 2"), "track\n");
    fixture_good(f, setting_find(&f->cx, f->db, S("currency"), &found, &value));
    assert_true(found && str_equal(value, S("BRL")));
}

static void a_changed_migration_is_refused(void **state) {
    struct fixture *f = *state;
    fixture_raw_run(f, "UPDATE schema_migration SET checksum = 'other' WHERE version = 1");
    fixture_refused(f, reopen(f, DB_USE), ERR_CONFLICT, "schema.changed");
}

static void derived_tables_of_other_texts_are_made_anew(void **state) {
    struct fixture *f = *state;
    fixture_raw_run(f, "UPDATE setting SET value = 'other' WHERE name = 'derived'");
    fixture_raw_run(f, "DROP VIEW v_customer");
    fixture_good(f, reopen(f, DB_USE));
    assert_string_equal(fixture_raw(f, "SELECT count(*) FROM v_customer"), "0\n");
}

static void every_view_can_be_read(void **state) {
    struct fixture *f = *state;
    static const char *const views[] = {"v_customer", "v_purchase", "v_document", "v_line",    "v_title", "v_quote",
                                        "v_ticket",   "v_score",    "v_episode",  "v_contact", "v_flow"};
    for (size_t i = 0; i < sizeof views / sizeof *views; i++) {
        char sql[64];
        snprintf(sql, sizeof sql, "SELECT count(*) FROM %s", views[i]);
        assert_string_equal(fixture_raw(f, sql), "0\n");
    }
}

/* -- read only -- */

/* As a user whom file modes concern, in a process of its own: 0 when `inner` said so. */
static int as_nobody(struct fixture *f, int (*inner)(struct fixture *f)) {
    pid_t child = fork();
    if (child == 0) {
        if (geteuid() == 0 && (setgid(65534) || setuid(65534)))
            _exit(99);
        _exit(inner(f));
    }
    int status;
    waitpid(child, &status, 0);
    return WIFEXITED(status) ? WEXITSTATUS(status) : 98;
}

static int reads_but_cannot_write(struct fixture *f) {
    bool found;
    struct str value;
    if (!db_open(&f->cx, str_from(f->url), DB_USE, &f->db))
        return 1;
    if (!setting_find(&f->cx, f->db, S("currency"), &found, &value) || !found)
        return 2;
    if (db_write(&f->cx, f->db) && setting_put(&f->cx, f->db, S("currency"), S("EUR")) && db_commit(&f->cx, f->db))
        return 3;
    return str_equal(f->cx.err.key, S("db.read_only")) ? 0 : 4;
}

static void a_read_only_file_is_read_and_a_write_refused(void **state) {
    struct fixture *f = *state;
    put(f, "currency", "BRL");
    db_close(f->db);
    f->db = NULL;
    chmod(f->folder, 0777);
    chmod(f->path, 0444);
    assert_int_equal(as_nobody(f, reads_but_cannot_write), 0);
}

static void a_read_only_folder_is_read_and_a_write_refused(void **state) {
    struct fixture *f = *state;
    put(f, "currency", "BRL");
    db_close(f->db);
    f->db = NULL;
    chmod(f->path, 0444);
    chmod(f->folder, 0555);
    int answer = as_nobody(f, reads_but_cannot_write);
    chmod(f->folder, 0755);
    assert_int_equal(answer, 0);
}

static int is_not_permitted(struct fixture *f) {
    return !db_open(&f->cx, str_from(f->url), DB_USE, &f->db) && str_equal(f->cx.err.key, S("db.no_permission")) ? 0
                                                                                                                 : 1;
}

static void a_file_of_someone_else_is_told_as_permission(void **state) {
    struct fixture *f = *state;
    chmod(f->folder, 0755);
    chmod(f->path, 0000);
    assert_int_equal(as_nobody(f, is_not_permitted), 0);
}

/* -- transactions -- */

static void a_rollback_leaves_nothing_and_forgets_labels(void **state) {
    struct fixture *f = *state;
    int64_t id, again;
    fixture_good(f, db_write(&f->cx, f->db));
    fixture_good(f, label_of(&f->cx, f->db, LABEL_REP, S("R07"), &id));
    db_rollback(f->db);
    fixture_good(f, label_find(&f->cx, f->db, LABEL_REP, S("R07"), &again));
    assert_int_equal(again, -1);
    fixture_good(f, db_write(&f->cx, f->db));
    fixture_good(f, label_of(&f->cx, f->db, LABEL_REP, S("R08"), &id));
    fixture_good(f, label_of(&f->cx, f->db, LABEL_REP, S("R07"), &again));
    fixture_good(f, db_commit(&f->cx, f->db));
    assert_int_not_equal(id, again);
}

static void a_second_writer_is_refused_and_readers_are_not(void **state) {
    struct fixture *f = *state;
    struct db *other;
    bool found;
    struct str value;
    fixture_good(f, db_open(&f->cx, str_from(f->url), DB_USE, &other));
    fixture_good(f, db_write(&f->cx, f->db));
    fixture_good(f, setting_put(&f->cx, f->db, S("currency"), S("BRL")));
    fixture_good(f, db_read(&f->cx, other));
    fixture_good(f, setting_find(&f->cx, other, S("currency"), &found, &value));
    assert_false(found);
    db_rollback(other);
    fixture_refused(f, db_write(&f->cx, other), ERR_IO, "db.busy");
    fixture_good(f, db_commit(&f->cx, f->db));
    fixture_good(f, db_write(&f->cx, other));
    db_close(other);
}

static void a_reader_sees_one_picture(void **state) {
    struct fixture *f = *state;
    struct db *other;
    bool found;
    struct str value;
    put(f, "currency", "BRL");
    fixture_good(f, db_open(&f->cx, str_from(f->url), DB_USE, &other));
    fixture_good(f, db_read(&f->cx, other));
    fixture_good(f, setting_find(&f->cx, other, S("currency"), &found, &value));
    put(f, "currency", "EUR");
    fixture_good(f, setting_find(&f->cx, other, S("currency"), &found, &value));
    assert_true(str_equal(value, S("BRL")));
    db_close(other);
}

static void killed_before_commit_leaves_what_was_there(void **state) {
    struct fixture *f = *state;
    put(f, "currency", "BRL");
    db_close(f->db);
    f->db = NULL;
    pid_t child = fork();
    if (child == 0) {
        if (db_open(&f->cx, str_from(f->url), DB_USE, &f->db) && db_write(&f->cx, f->db) &&
            setting_put(&f->cx, f->db, S("currency"), S("EUR")))
            raise(SIGKILL);
        _exit(1);
    }
    int status;
    waitpid(child, &status, 0);
    assert_true(WIFSIGNALED(status));
    bool found;
    struct str value;
    fixture_good(f, db_open(&f->cx, str_from(f->url), DB_USE, &f->db));
    fixture_good(f, setting_find(&f->cx, f->db, S("currency"), &found, &value));
    assert_true(str_equal(value, S("BRL")));
    put(f, "currency", "USD");
}

static void killed_within_init_leaves_an_empty_database_for_the_next(void **state) {
    struct fixture *f = *state;
    pid_t child = fork();
    if (child == 0) {
        signal(SIGALRM, SIG_DFL);
        ualarm(3000, 0);
        if (db_open(&f->cx, str_from(f->url), DB_CREATE, &f->db))
            raise(SIGKILL);
        _exit(1);
    }
    int status;
    waitpid(child, &status, 0);
    fixture_good(f, db_open(&f->cx, str_from(f->url), DB_CREATE, &f->db));
    fixture_good(f, db_check_statements(&f->cx, f->db));
}

static int fills_the_disk(struct fixture *f) {
    signal(SIGXFSZ, SIG_IGN);
    if (!db_open(&f->cx, str_from(f->url), DB_USE, &f->db) || !db_write(&f->cx, f->db))
        return 1;
    const struct rlimit small = {1 << 20, 1 << 20};
    setrlimit(RLIMIT_FSIZE, &small);
    char *large = malloc(1 << 20);
    memset(large, 'x', 1 << 20);
    bool done = true;
    for (int i = 0; done && i < 80; i++) {
        char name[16];
        snprintf(name, sizeof name, "n%d", i);
        done = setting_put(&f->cx, f->db, str_from(name), (struct str){large, 1 << 20});
    }
    free(large);
    if (done && db_commit(&f->cx, f->db))
        return 2;
    db_rollback(f->db);
    return f->cx.err.code == ERR_IO && str_equal(f->cx.err.key, S("db.full")) ? 0 : 3;
}

static void a_full_disk_is_told_and_costs_nothing(void **state) {
    struct fixture *f = *state;
    put(f, "currency", "BRL");
    db_close(f->db);
    f->db = NULL;
    pid_t child = fork();
    if (child == 0)
        _exit(fills_the_disk(f));
    int status;
    waitpid(child, &status, 0);
    assert_true(WIFEXITED(status));
    assert_int_equal(WEXITSTATUS(status), 0);
    fixture_good(f, db_open(&f->cx, str_from(f->url), DB_USE, &f->db));
    assert_string_equal(fixture_raw(f, "SELECT count(*) FROM setting WHERE name LIKE 'n%'"), "0\n");
    assert_string_equal(fixture_raw(f, "PRAGMA integrity_check"), "ok\n");
}

/* -- PostgreSQL -- */

static void an_absent_database_says_how_to_create_it(void **state) {
    struct fixture *f = *state;
    char url[512];
    snprintf(url, sizeof url, "postgres:///no_such_database?host=%s&port=%s&user=%s", PQhost(f->pg), PQport(f->pg),
             PQuser(f->pg));
    bool done = db_open(&f->cx, str_from(url), DB_CREATE, &f->db);
    assert_int_equal(f->cx.err.args, 2);
    assert_true(str_equal(f->cx.err.arg[1], S("no_such_database")));
    fixture_refused(f, done, ERR_NOT_FOUND, "db.pg_no_database");
}

static void a_server_that_does_not_answer_is_told(void **state) {
    struct fixture *f = *state;
    fixture_refused(f, db_open(&f->cx, S("postgres://reativa:secret@/x?host=/nonexistent"), DB_USE, &f->db), ERR_IO,
                    "db.pg_no_server");
    assert_null(strstr(f->cx.err.detail, "secret"));
}

static void a_malformed_address_is_told(void **state) {
    struct fixture *f = *state;
    fixture_refused(f, db_open(&f->cx, S("postgres://[::1/x"), DB_USE, &f->db), ERR_INVALID, "db.pg_url");
}

static void a_lost_connection_is_told(void **state) {
    struct fixture *f = *state;
    fixture_good(f, db_write(&f->cx, f->db));
    fixture_good(f, setting_put(&f->cx, f->db, S("currency"), S("EUR")));
    /* This connection alone, by its lock: other tests use the same server. */
    fixture_raw(f, "SELECT count(pg_terminate_backend(pid)) FROM (SELECT DISTINCT pid FROM pg_locks WHERE relation = "
                   "'setting'::regclass AND pid <> pg_backend_pid()) AS own");
    fixture_refused(f, setting_put(&f->cx, f->db, S("currency"), S("USD")), ERR_IO, "db.lost");
    db_rollback(f->db);
    assert_string_equal(fixture_raw(f, "SELECT count(*) FROM setting WHERE name = 'currency'"), "0\n");
}

static void a_user_without_rights_is_told(void **state) {
    struct fixture *f = *state;
    char sql[256], url[600];
    snprintf(sql, sizeof sql, "CREATE ROLE %s_guest LOGIN; GRANT USAGE ON SCHEMA %s TO %s_guest", f->schema, f->schema,
             f->schema);
    fixture_raw_run(f, sql);
    snprintf(url, sizeof url, "%s&user=%s_guest", f->url, f->schema);
    struct db *guest;
    bool done = db_open(&f->cx, str_from(url), DB_USE, &guest);
    snprintf(sql, sizeof sql, "REVOKE ALL ON SCHEMA %s FROM %s_guest; DROP ROLE %s_guest", f->schema, f->schema,
             f->schema);
    fixture_raw_run(f, sql);
    fixture_refused(f, done, ERR_FORBIDDEN, "db.no_rights");
}

int main(void) {
    const struct CMUnitTest both[] = {
        TEST(every_statement_is_what_its_header_says),
        TEST(create_twice_keeps_what_is_there),
        TEST_BARE(use_of_an_empty_database_asks_for_init),
        TEST_BARE(tables_of_another_program_are_left_alone),
        TEST(a_newer_schema_is_refused),
        TEST(a_database_of_the_first_version_is_brought_up_to_date),
        TEST(a_changed_migration_is_refused),
        TEST(derived_tables_of_other_texts_are_made_anew),
        TEST(every_view_can_be_read),
        TEST(a_rollback_leaves_nothing_and_forgets_labels),
        TEST(a_second_writer_is_refused_and_readers_are_not),
        TEST(a_reader_sees_one_picture),
        TEST(killed_before_commit_leaves_what_was_there),
        TEST_BARE(killed_within_init_leaves_an_empty_database_for_the_next),
        TEST_BARE(a_server_that_does_not_answer_is_told),
        TEST_BARE(a_malformed_address_is_told),
    };
    const struct CMUnitTest sqlite[] = {
        TEST_BARE(use_of_an_absent_file_names_it_and_init),
        TEST_BARE(a_folder_is_no_database),
        TEST_BARE(a_text_file_is_no_database_and_stays_as_it_is),
        TEST(a_damaged_page_is_told_as_damage),
        TEST(a_read_only_file_is_read_and_a_write_refused),
        TEST(a_read_only_folder_is_read_and_a_write_refused),
        TEST(statements_of_pages_read_no_large_table_whole),
        TEST(a_file_of_someone_else_is_told_as_permission),
        TEST(a_full_disk_is_told_and_costs_nothing),
    };
    const struct CMUnitTest pg[] = {
        TEST_BARE(an_absent_database_says_how_to_create_it),
        TEST(a_lost_connection_is_told),
        TEST(a_user_without_rights_is_told),
    };
    enum { BOTH = sizeof both / sizeof *both, SQLITE = sizeof sqlite / sizeof *sqlite, PG = sizeof pg / sizeof *pg };
    struct CMUnitTest tests[BOTH + SQLITE + PG];
    size_t more = fixture_pg() ? PG : SQLITE;
    memcpy(tests, both, sizeof both);
    memcpy(tests + BOTH, fixture_pg() ? pg : sqlite, more * sizeof *tests);
    return _cmocka_run_group_tests("db", tests, BOTH + more, NULL, NULL);
}
