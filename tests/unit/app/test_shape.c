// SPDX-License-Identifier: Apache-2.0
/* test_shape -- where the header stands, and what proves how dates and numbers are written. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "app/shape.h"
#include "base/buf.h"

struct given {
    struct arena arena;
    struct cx cx;
    char path[40];
    struct table *table;
    struct shape shape;
    struct import_options options;
};

/* Looks at the text as a file of orders; true: its shape was found. */
static bool look(struct given *g, struct str text) {
    struct table_options how = {.path = str_from(g->path)};
    snprintf(g->path, sizeof g->path, "/tmp/test_shape.XXXXXX");
    int fd = mkstemp(g->path);
    assert_true(fd >= 0 && write(fd, text.p, text.n) == (ssize_t)text.n);
    close(fd);
    how.path = str_from(g->path);
    g->options.kind = IMPORT_ORDERS;
    g->shape.path = how.path;
    bool opened = table_open(&g->cx, &how, &g->table);
    unlink(g->path);
    assert_true(opened);
    return shape_find(&g->cx, g->table, &g->options, &g->shape) &&
           shape_settle(&g->cx, g->table, &g->options, &g->shape);
}

static void open_given(struct given *g) {
    *g = (struct given){0};
    arena_init(&g->arena, 0, arena_full_exit, NULL);
    g->cx.arena = &g->arena;
}

static void close_given(struct given *g) {
    table_close(g->table);
    arena_clear(&g->arena);
}

#define HEAD "Pedido;Data;Cliente;Valor\n"

/* The order that is found; -1: the error, whose key is then checked. */
static void order_is(const char *rows, int expected, const char *key) {
    struct given g;
    open_given(&g);
    bool ok = look(&g, str_from(rows));
    assert_int_equal(ok ? (int)g.shape.date_order : -1, expected);
    if (!ok)
        assert_true(str_equal(g.cx.err.key, str_from(key)));
    close_given(&g);
}

static void mark_is(const char *rows, int expected, const char *key) {
    struct given g;
    open_given(&g);
    bool ok = look(&g, str_from(rows));
    assert_int_equal(ok ? (int)g.shape.decimal : -1, expected);
    if (!ok)
        assert_true(str_equal(g.cx.err.key, str_from(key)));
    close_given(&g);
}

static void shape_header_below_the_titles_of_a_report(void **state) {
    (void)state;
    struct given g;
    open_given(&g);
    assert_true(look(&g, S("Relatório de vendas\nEmitido em;01/07/2021\n\n" HEAD "1;30/06/2021;A;1,50\n")));
    assert_int_equal(g.shape.header_line, 4);
    assert_int_equal(g.shape.columns, 4);
    assert_int_equal(g.shape.column[FIELD_CUSTOMER], 2);
    close_given(&g);
}

static void shape_dates_proved_by_one_row(void **state) {
    (void)state;
    order_is(HEAD "1;03/04/2021;A;1\n2;13/04/2021;A;1\n", DATE_ORDER_DMY, "");
    order_is(HEAD "1;03/04/2021;A;1\n2;04/13/2021;A;1\n", DATE_ORDER_MDY, "");
    order_is(HEAD "1;2021-04-03;A;1\n2;2021-04-13;A;1\n", DATE_ORDER_UNKNOWN, "");
}

static void shape_dates_unsettled_or_in_two_minds_are_asked_for(void **state) {
    (void)state;
    order_is(HEAD "1;03/04/2021;A;1\n2;05/06/2021;A;1\n", -1, "import.date_order_unknown");
    order_is(HEAD "1;13/04/2021;A;1\n2;04/13/2021;A;1\n", -1, "import.date_order_mixed");
}

/* The proof may stand anywhere: dates that have two readings are all read. */
static void shape_dates_proved_far_down(void **state) {
    (void)state;
    struct given g;
    struct buf rows;
    open_given(&g);
    buf_init(&rows, &g.arena, 0);
    buf_put(&rows, S(HEAD));
    for (int i = 0; i < 5000; i++)
        buf_put(&rows, S("1;03/04/2021;A;1\n"));
    buf_put(&rows, S("1;04/13/2021;A;1\n"));
    assert_true(look(&g, buf_str(&rows)));
    assert_int_equal(g.shape.date_order, DATE_ORDER_MDY);
    close_given(&g);
}

/* One typing error among twenty does not stop a file; two do. */
static void shape_dates_outvote_a_typing_error(void **state) {
    (void)state;
    for (int wrong = 1; wrong <= 2; wrong++) {
        struct given g;
        struct buf rows;
        open_given(&g);
        buf_init(&rows, &g.arena, 0);
        buf_put(&rows, S(HEAD));
        for (int i = 0; i < 20; i++)
            buf_put(&rows, S("1;13/04/2021;A;1\n"));
        for (int i = 0; i < wrong; i++)
            buf_put(&rows, S("1;04/13/2021;A;1\n"));
        assert_int_equal(look(&g, buf_str(&rows)), wrong == 1);
        close_given(&g);
    }
}

static void shape_marks_proved_or_asked_for(void **state) {
    (void)state;
    mark_is(HEAD "1;2021-04-03;A;1.234,50\n", DECIMAL_COMMA, "");
    mark_is(HEAD "1;2021-04-03;A;1,50\n2;2021-04-03;A;1.500\n", DECIMAL_COMMA, "");
    mark_is(HEAD "1;2021-04-03;A;1.50\n2;2021-04-03;A;1,500\n", DECIMAL_POINT, "");
    mark_is(HEAD "1;2021-04-03;A;15\n", DECIMAL_UNKNOWN, "");
    mark_is(HEAD "1;2021-04-03;A;1.500\n", -1, "import.decimal_unknown");
    mark_is(HEAD "1;2021-04-03;A;1,50\n2;2021-04-03;A;1.50\n", -1, "import.decimal_mixed");
}

static void shape_option_settles_what_the_file_does_not(void **state) {
    (void)state;
    struct given g;
    open_given(&g);
    g.options.date_order = DATE_ORDER_MDY;
    g.options.decimal = DECIMAL_POINT;
    assert_true(look(&g, S(HEAD "1;03/04/2021;A;1.500\n2;13/04/2021;A;1,50\n")));
    assert_int_equal(g.shape.date_order, DATE_ORDER_MDY);
    assert_int_equal(g.shape.decimal, DECIMAL_POINT);
    close_given(&g);
}

static void shape_mapped_column_takes_the_field_from_the_recognised_one(void **state) {
    (void)state;
    struct given g;
    struct import_map map[] = {{FIELD_CUSTOMER, S("#5")}, {FIELD_VALUE, S("líquido")}};
    open_given(&g);
    g.options.map = map;
    g.options.maps = 2;
    assert_true(look(&g, S("Pedido;Data;Cliente;Valor;Grupo;Líquido\n1;2021-04-03;A;1;G;2\n")));
    assert_int_equal(g.shape.column[FIELD_CUSTOMER], 4);
    assert_int_equal(g.shape.column[FIELD_VALUE], 5);
    close_given(&g);
}

/* Nobody knows these headings: they are found all the same, for a person or a mapping to say what they mean. */
static void shape_unknown_header_below_a_title(void **state) {
    (void)state;
    static const struct {
        const char *text;
        size_t line;
    } cases[] = {{"Umsatz je Beleg;;;\nBeleg;Wer;Wann;Preis\n1;A;2021-04-13;2\n", 2},
                 {"Umsatz\n\nStand: 1.4.;Filiale 2\nBeleg;;Wann;Preis;Ort;Tag\n1;A;2021-04-13;2;B;3\n", 4},
                 {"Beleg;;Wann;Preis\n1;A;2021-04-13;2\n", 1}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct given g;
        open_given(&g);
        assert_false(look(&g, str_from(cases[i].text)));
        assert_int_equal(g.shape.header_line, cases[i].line);
        close_given(&g);
    }
    struct given g;
    struct import_map map[] = {{FIELD_CUSTOMER, S("wer")}, {FIELD_DATE, S("Wann")}, {FIELD_VALUE, S("Preis")}};
    open_given(&g);
    g.options.map = map;
    g.options.maps = 3;
    assert_true(look(&g, S("Pedido;A;B;C\nBeleg;Wer;Wann;Preis\n1;A;2021-04-13;2\n")));
    assert_int_equal(g.shape.header_line, 2);
    assert_int_equal(g.shape.column[FIELD_CUSTOMER], 1);
    close_given(&g);
}

static void shape_unknown_mapped_column_and_empty_files_are_named(void **state) {
    (void)state;
    struct import_map map[] = {{FIELD_CUSTOMER, S("Kunde")}};
    const struct {
        const char *text, *key;
        size_t maps;
    } cases[] = {{HEAD, "import.mapped_column_missing", 1}, {"", "import.empty_file", 0},
                 {"\n \n", "import.empty_file", 0},         {"\"a;b\n", "import.no_good_row", 0},
                 {"abc\n1\n", "import.one_column", 0},      {"abc;def\n1;2\n", "import.no_header", 0}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct given g;
        open_given(&g);
        g.options.map = map;
        g.options.maps = cases[i].maps;
        assert_false(look(&g, str_from(cases[i].text)));
        assert_true(str_equal(g.cx.err.key, str_from(cases[i].key)));
        close_given(&g);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(shape_header_below_the_titles_of_a_report),
        cmocka_unit_test(shape_dates_proved_by_one_row),
        cmocka_unit_test(shape_dates_unsettled_or_in_two_minds_are_asked_for),
        cmocka_unit_test(shape_dates_proved_far_down),
        cmocka_unit_test(shape_dates_outvote_a_typing_error),
        cmocka_unit_test(shape_marks_proved_or_asked_for),
        cmocka_unit_test(shape_option_settles_what_the_file_does_not),
        cmocka_unit_test(shape_mapped_column_takes_the_field_from_the_recognised_one),
        cmocka_unit_test(shape_unknown_header_below_a_title),
        cmocka_unit_test(shape_unknown_mapped_column_and_empty_files_are_named),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
