// SPDX-License-Identifier: Apache-2.0
/* The analyst's SELECT taken apart just so far, and words of statements that are never read as SQL. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#include "app/cluster_parts.h"

static struct arena arena;
static struct cx cx;

static int begin(void **state) {
    (void)state;
    arena_init(&arena, 0, arena_full_exit, NULL);
    cx = (struct cx){.arena = &arena};
    return 0;
}

static int end(void **state) {
    (void)state;
    arena_clear(&arena);
    return 0;
}

static struct cluster_orders read(const char *query) {
    struct cluster_orders orders;
    assert_true(cluster_orders_read(&cx, str_from(query), &orders));
    return orders;
}

static void assert_text(struct str found, const char *expected) {
    assert_string_equal(str_terminated(&arena, found), expected);
}

static void a_plain_select_is_added_up_where_its_rows_are(void **state) {
    (void)state;
    struct cluster_orders orders = read(" select c, f(d, ')'), v * 100 AS cents\tFROM sales WHERE a = 'FROM' OR b;; ");
    assert_true(orders.spread);
    assert_text(orders.customer, "(c\n)");
    assert_text(orders.day, "(f(d, ')')\n)");
    assert_text(orders.value, "(v * 100 AS cents\n)");
    assert_int_equal(orders.changed.n, 0);
    assert_text(orders.from, "sales\nWHERE (a = 'FROM' OR b\n)");
    assert_text(read("SELECT a, b, c, d FROM t").from, "t\nWHERE 1");
    assert_text(read("SELECT a, b, c, d FROM t").changed, "(d\n)");
}

static void words_within_brackets_quotes_and_remarks_are_nothing(void **state) {
    (void)state;
    struct cluster_orders orders = read("SELECT `from`, \"where\", (SELECT 1 FROM x WHERE y LIMIT 1) /* FROM ( */ FROM "
                                        "(SELECT * FROM z GROUP BY q) -- WHERE '");
    assert_true(orders.spread);
    assert_text(orders.customer, "(`from`\n)");
    assert_text(orders.from, "(SELECT * FROM z GROUP BY q) -- WHERE '\nWHERE 1");
    assert_true(read("SELECT a, b, 'it''s \\' FROM' FROM t").spread);
}

static void what_cannot_be_added_up_there_stands_in_brackets(void **state) {
    (void)state;
    const char *const queries[] = {"SELECT customer, day, sum(value) AS value FROM t GROUP BY customer, day",
                                   "SELECT DISTINCT customer, day, value FROM t",
                                   "WITH 1 AS one SELECT customer, day, value FROM t",
                                   "SELECT customer, day, value FROM t UNION ALL SELECT customer, day, value FROM u",
                                   "SELECT customer, day, value FROM t LIMIT 5",
                                   "SELECT customer, day, value FROM t # WHERE x"};
    for (size_t i = 0; i < sizeof queries / sizeof *queries; i++) {
        struct cluster_orders orders = read(queries[i]);
        assert_false(orders.spread);
        assert_text(orders.customer, "customer");
        assert_text(orders.from, str_terminated(&arena, cx_text(&cx, "(%s\n) WHERE 1", queries[i])));
    }
}

static void what_is_no_select_of_orders_is_refused(void **state) {
    (void)state;
    const char *const queries[] = {"",
                                   ";",
                                   "orders",
                                   "DROP TABLE t",
                                   "SELECT a, b FROM t",
                                   "SELECT a, b, c, d, e FROM t",
                                   "SELECT a, b, c",
                                   "SELECT a, b, c FROM",
                                   "SELECT a, b, c) FROM t",
                                   "SELECT a, b, (c FROM t",
                                   "SELECT a, b, c FROM t) UNION ALL (SELECT 1",
                                   "SELECT a, b, 'c FROM t",
                                   "SELECT a, b, `c FROM t",
                                   "SELECT a, b, c FROM t /* ",
                                   "SELECT a, b, c FROM t; DROP TABLE t",
                                   "SELECT a, b, c FROM t FORMAT CSV",
                                   "SELECT a, b, c FROM t SETTINGS max_threads = 1",
                                   "SELECT a, b, c INTO OUTFILE 'x' FROM t"};
    for (size_t i = 0; i < sizeof queries / sizeof *queries; i++) {
        struct cluster_orders orders;
        cx_clear(&cx);
        if (cluster_orders_read(&cx, str_from(queries[i]), &orders))
            fail_msg("taken: %s", queries[i]);
        assert_int_equal(cx.err.code, ERR_INVALID);
    }
}

static void a_word_is_quoted_by_its_kind_and_never_filled_again(void **state) {
    (void)state;
    struct cluster_words words = {0};
    struct str sql;
    cluster_set_text(&arena, &words, "database", S("it's \\ {table}"));
    cluster_set_text(&arena, &words, "table", S("'); --"));
    assert_true(cluster_sql(&cx, &words, "table_exists", &sql));
    assert_non_null(strstr(str_terminated(&arena, sql), "database = 'it\\'s \\\\ {table}' AND name = '\\'); --'"));
    cluster_set_name(&arena, &words, "table", S("a`b\\"));
    cluster_set_sql(&words, "temporary", (struct str){0});
    assert_true(cluster_sql(&cx, &words, "table_drop", &sql));
    assert_text(sql, "DROP TABLE IF EXISTS `a\\`b\\\\`");
    cluster_set_int(&arena, &words, "horizon", INT64_MIN);
    assert_false(cluster_sql(&cx, &words, "nbd_active", &sql));
    assert_int_equal(cx.err.code, ERR_BUG);
    cx_clear(&cx);
    assert_false(cluster_sql(&cx, &words, "no_such_statement", &sql));
}

static void numbers_and_texts_of_an_answer_are_read_back(void **state) {
    (void)state;
    struct str line = S("-12\t\t9223372036854775807\t-9223372036854775808\t99999999999999999999\ta\\tb\\\\n\\'\\\n");
    line.n--; /* ends in a backslash: a line that is no line */
    assert_int_equal(cluster_int(cluster_field(&line)), -12);
    assert_int_equal(cluster_int(cluster_field(&line)), 0);
    assert_int_equal(cluster_int(cluster_field(&line)), INT64_MAX);
    assert_int_equal(cluster_int(cluster_field(&line)), INT64_MIN);
    assert_int_equal(cluster_int(cluster_field(&line)), INT64_MAX);
    assert_text(cluster_text(&arena, cluster_field(&line)), "a\tb\\n'\\");
    assert_int_equal(cluster_field(&line).n, 0);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_plain_select_is_added_up_where_its_rows_are, begin, end),
        cmocka_unit_test_setup_teardown(words_within_brackets_quotes_and_remarks_are_nothing, begin, end),
        cmocka_unit_test_setup_teardown(what_cannot_be_added_up_there_stands_in_brackets, begin, end),
        cmocka_unit_test_setup_teardown(what_is_no_select_of_orders_is_refused, begin, end),
        cmocka_unit_test_setup_teardown(a_word_is_quoted_by_its_kind_and_never_filled_again, begin, end),
        cmocka_unit_test_setup_teardown(numbers_and_texts_of_an_answer_are_read_back, begin, end),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
