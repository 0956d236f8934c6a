// SPDX-License-Identifier: Apache-2.0
/* The picture of a database: every write that a list may show moves it, others do not; what is remembered is given again while it
 * stands, to all connections that share a memory, and never beside temporary tables.
 */
#include "shop.h"
#include "store/appointment.h"
#include "store/contact.h"
#include "store/list.h"
#include "store/picture.h"
#include "store/policy.h"
#include "store/setting.h"
#include "store/tag.h"
#include "store/volume.h"

enum { CUSTOMERS = 300 };

static struct fixture *fixture;
static struct shop shop;
static struct recall *recall;

static int start(void **state) {
    fixture_ready(state);
    fixture = *state;
    shop_open(&shop, fixture, CUSTOMERS);
    recall = recall_new(1 << 20);
    db_recall(fixture->db, recall);
    return 0;
}

static int finish(void **state) {
    db_recall(fixture->db, NULL);
    recall_free(recall);
    return fixture_done(state);
}

static const char *picture(void) {
    return fixture_raw(fixture, "SELECT value FROM setting WHERE name = 'picture'");
}

/* -- what moves it --------------------------------------------------------------------------------------------------------- */

static bool row_put(struct cx *cx, struct db *db) {
    return score_row_put(cx, db, &shop.customer[3].row, NULL, 0);
}
static bool row_remove(struct cx *cx, struct db *db) {
    return score_row_remove(cx, db, shop.customer[4].row.customer_id);
}
static bool contact_day(struct cx *cx, struct db *db) {
    return contact_moves_last(cx, db, shop.customer[5].row.customer_id, (struct day){SHOP_TODAY});
}
static bool tagged(struct cx *cx, struct db *db) {
    int64_t tag;
    bool changed;
    return tag_of_name(cx, db, S("feira"), 1, &tag) && tag_put(cx, db, shop.customer[6].row.customer_id, tag, &changed);
}
static bool label_new(struct cx *cx, struct db *db) {
    int64_t id;
    return label_of(cx, db, LABEL_CITY, S("Atlantis"), &id);
}
static bool rule_put(struct cx *cx, struct db *db) {
    struct policy_rule rule = {.scope = {.segment = S("L1")}};
    return policy_rule_parse(cx, S("days 77"), &rule.due) && policy_put(cx, db, &rule);
}
static bool facts_moved(struct cx *cx, struct db *db) {
    return score_facts_moved(cx, db);
}
static bool imported(struct cx *cx, struct db *db) {
    int64_t import_id, changed;
    struct customer_writer *writer;
    struct customer_fact fact = {.customer_id = shop.customer[7].row.customer_id,
                                 .source = FACT_FROM_CUSTOMERS,
                                 .day = DAY_NONE,
                                 .name = S("Another name"),
                                 .closed_on = DAY_NONE,
                                 .last_contact = DAY_NONE};
    if (!import_begin(cx, db, IMPORT_CUSTOMERS, S("t"), 2, &import_id) || !customer_writer_open(cx, db, &writer))
        return false;
    fact.import_id = import_id;
    return customer_writer_fact(cx, writer, &fact) && customer_writer_close(cx, writer) &&
           customer_merge(cx, db, import_id, &changed);
}
static bool whole_set(struct cx *cx, struct db *db) {
    (void)cx;
    (void)db;
    shop_score_put(&shop, false);
    return true;
}

static bool audited(struct cx *cx, struct db *db) {
    return audit_add(cx, db, 1, S("a"), S("b"), S("c"), S("d"), S("e"));
}
static bool counted(struct cx *cx, struct db *db) {
    int64_t id;
    return counter_next(cx, db, S("contact"), &id);
}

static const char *after(bool (*write)(struct cx *cx, struct db *db), bool kept) {
    fixture_good(fixture, db_write(&fixture->cx, fixture->db));
    fixture_good(fixture, write(&fixture->cx, fixture->db));
    if (kept)
        fixture_good(fixture, db_commit(&fixture->cx, fixture->db));
    db_rollback(fixture->db);
    return picture();
}

static void every_write_that_shows_moves_it(void **state) {
    (void)state;
    bool (*const write[])(struct cx * cx, struct db * db) = {row_put,  row_remove,  contact_day, tagged,   label_new,
                                                             rule_put, facts_moved, imported,    whole_set};
    for (size_t i = 0; i < sizeof write / sizeof *write; i++) {
        const char *before = picture();
        assert_int_not_equal(strlen(before), 0);
        assert_string_equal(after(write[i], false), before);
        if (strcmp(after(write[i], true), before) == 0)
            fail_msg("write %zu did not move the picture", i);
    }
}

static void other_writes_leave_it(void **state) {
    (void)state;
    const char *before = picture();
    assert_string_equal(after(audited, true), before);
    assert_string_equal(after(counted, true), before);
}

/* What is worked out for a list reads watched tables alone, or it would never be remembered. */
static void statements_of_lists_read_watched_tables(void **state) {
    (void)state;
    static const enum sql_id id[] = {SQL_LIST_ROWS,     SQL_LIST_CUSTOMER,  SQL_LIST_CODE_UPTO, SQL_LIST_NAME_UPTO,
                                     SQL_LIST_TAX_UPTO, SQL_LIST_TAGGED,    SQL_STRIP_LOAD,     SQL_SCORE_MOVED_LIST,
                                     SQL_LABEL_LIST,    SQL_LABEL_LIST_OF,  SQL_LABEL_FIND,     SQL_TAG_LIST,
                                     SQL_WAITED_LIST,   SQL_SCORE_RUN_FIND, SQL_SCORE_CUT_LIST, SQL_FORECAST_FIND,
                                     SQL_POLICY_LIST,   SQL_SETTING_FIND,   SQL_VOLUME_MOVED,   SQL_LIST_CODES_NEAR};
    for (size_t i = 0; i < sizeof id / sizeof *id; i++) {
        if (sql_statements[id[i]].apart)
            fail_msg("%s reads a table that is not watched", sql_statements[id[i]].name);
    }
    assert_true(sql_statements[SQL_CONTACT_LIST].apart);
    assert_true(sql_statements[SQL_DOSSIER_SAID].apart);
    assert_false(sql_statements[SQL_DOSSIER_PAPERS].apart);
    assert_true(sql_statements[SQL_DOCUMENT_ADD].moves);
    assert_true(sql_statements[SQL_CONTACT_ADD].moves);
    assert_false(sql_statements[SQL_NOTE_ADD].moves);
}

/* -- what is remembered ---------------------------------------------------------------------------------------------------- */

static bool ignore(struct cx *cx, void *owner, const struct customer *customer) {
    (void)cx;
    (void)customer;
    ++*(size_t *)owner;
    return true;
}

/* Statements that a page of a list takes in a transaction of its own. */
static int64_t page_costs(struct db *db) {
    struct list_filter filter = list_filter_any();
    const struct list_from from = {.number = STAT_NONE};
    struct list_totals totals;
    size_t n = 0;
    int64_t before = db_statements(db);
    fixture_good(fixture, db_read(&fixture->cx, db));
    fixture_good(fixture, list_page(&fixture->cx, db, &shop.run, &filter, (struct list_order){COLUMN_NAME, false},
                                    &from, 50, ignore, &n, &totals));
    db_rollback(db);
    assert_int_equal(n, 50);
    return db_statements(db) - before;
}

static void connections_share_what_is_remembered(void **state) {
    (void)state;
    struct db *other;
    fixture_good(fixture, db_open(&fixture->cx, str_from(fixture->url), DB_USE, &other));
    assert_true(page_costs(fixture->db) > 1);
    assert_int_equal(page_costs(fixture->db), 1);
    assert_true(page_costs(other) > 1);
    db_recall(other, recall);
    assert_int_equal(page_costs(other), 1);
    after(contact_day, true);
    assert_true(page_costs(other) > 1);
    assert_int_equal(page_costs(fixture->db), 1);
    db_recall(other, NULL);
    db_close(other);
}

/* Within a transaction that writes, and beside temporary tables, everything is worked out. */
static void not_while_other_tables_are_in_sight(void **state) {
    (void)state;
    struct volume *volume, total;
    size_t n;
    const struct day day = {SHOP_TODAY};
    fixture_good(fixture, db_read(&fixture->cx, fixture->db));
    fixture_good(fixture, volume_by_rep(&fixture->cx, fixture->db, day, day, &volume, &n, &total));
    int64_t kept = total.customers;
    assert_true(kept > 100);
    for (size_t i = 0; i < shop.n; i++)
        shop.customer[i].gone = i % 2 == 0;
    shop_score_put(&shop, true);
    assert_true(picture_hidden(fixture->db));
    assert_false(picture_recalls(fixture->db));
    fixture_good(fixture, volume_by_rep(&fixture->cx, fixture->db, day, day, &volume, &n, &total));
    assert_int_equal(total.customers, CUSTOMERS / 2);
    db_rollback(fixture->db);
    assert_false(picture_hidden(fixture->db));
    fixture_good(fixture, db_read(&fixture->cx, fixture->db));
    fixture_good(fixture, volume_by_rep(&fixture->cx, fixture->db, day, day, &volume, &n, &total));
    assert_int_equal(total.customers, kept);
    db_rollback(fixture->db);
    fixture_good(fixture, db_write(&fixture->cx, fixture->db));
    assert_false(picture_recalls(fixture->db));
    db_rollback(fixture->db);
}

/* Temporary tables that were committed stay in sight until they are dropped. */
static void tables_that_stay_are_remembered(void **state) {
    (void)state;
    fixture_good(fixture, db_read(&fixture->cx, fixture->db));
    shop_score_put(&shop, true);
    fixture_good(fixture, db_commit(&fixture->cx, fixture->db));
    assert_true(picture_hidden(fixture->db));
    fixture_good(fixture, db_read(&fixture->cx, fixture->db));
    fixture_good(fixture, score_drop_temporary(&fixture->cx, fixture->db));
    assert_false(picture_hidden(fixture->db));
    db_rollback(fixture->db);
    assert_true(picture_hidden(fixture->db));
    fixture_good(fixture, db_read(&fixture->cx, fixture->db));
    fixture_good(fixture, score_drop_temporary(&fixture->cx, fixture->db));
    fixture_good(fixture, db_commit(&fixture->cx, fixture->db));
    assert_false(picture_hidden(fixture->db));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(connections_share_what_is_remembered),
        cmocka_unit_test(every_write_that_shows_moves_it),
        cmocka_unit_test(other_writes_leave_it),
        cmocka_unit_test(statements_of_lists_read_watched_tables),
        cmocka_unit_test(not_while_other_tables_are_in_sight),
        cmocka_unit_test(tables_that_stay_are_remembered),
    };
    return cmocka_run_group_tests(tests, start, finish);
}
