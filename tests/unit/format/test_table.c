// SPDX-License-Identifier: Apache-2.0
/* Rows of any CSV dialect: their letters, their lines, and that one bad row costs only itself. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/buf.h"
#include "base/limits.h"
#include "format/table.h"
#include "sample.h"

static struct table *open_table(struct sample *s, const char *path, const char *sheet, char delimiter) {
    struct table_options options = {.path = str_from(path), .sheet = str_from(sheet), .delimiter = delimiter};
    struct table *table = NULL;
    cx_clear(&s->cx);
    if (!table_open(&s->cx, &options, &table))
        return NULL;
    return table;
}

/* "line: cell|cell" a row; bad rows as "line! number of the reason"; blank, recoded and unended rows are marked. */
static struct str rows(struct sample *s, struct table *table) {
    struct buf out;
    buf_init(&out, &s->arena, 1u << 30);
    struct table_row row;
    enum table_next next;
    while ((next = table_next(&s->cx, table, &row)) == TABLE_ROW || next == TABLE_BAD) {
        buf_printf(&out, "%d%s", (int)row.line, next == TABLE_BAD ? "!" : ":");
        if (next == TABLE_BAD)
            buf_printf(&out, "%d", (int)row.bad);
        for (size_t i = 0; i < row.cells; i++)
            buf_printf(&out, "%s%.*s", i ? "|" : " ", STR_ARG(row.cell[i]));
        buf_printf(&out, "%s%s%s\n", row.blank ? " (blank)" : "", row.recoded ? " (recoded)" : "",
                   row.last_unended ? " (unended)" : "");
    }
    if (next == TABLE_FAIL)
        buf_printf(&out, "failed %.*s\n", STR_ARG(s->cx.err.key));
    return buf_str(&out);
}

static void holds(struct sample *s, struct str bytes, const char *expected) {
    struct table *table = open_table(s, sample_write(s, "a.csv", bytes), "", 0);
    assert_non_null(table);
    sample_str(rows(s, table), expected);
    assert_true(table_rewind(&s->cx, table));
    sample_str(rows(s, table), expected);
    assert_false(table_typed(table));
    table_close(table);
}

static void table_delimiter_is_found_or_taken_as_given(void **state) {
    struct sample *s = *state;
    holds(s, S("a;b\n1,5;2\n"), "1: a|b\n2: 1,5|2\n");
    holds(s, S("a\tb\n1\t2\n"), "1: a|b\n2: 1|2\n");
    struct table *table = open_table(s, sample_write(s, "a.csv", S("a;b,c\n")), "", ',');
    assert_int_equal(table_delimiter(table), ',');
    sample_str(rows(s, table), "1: a;b|c\n");
    table_close(table);
}

static void table_of_one_column_and_of_nothing_is_legal(void **state) {
    struct sample *s = *state;
    holds(s, S("code\n1\n2\n"), "1: code\n2: 1\n3: 2\n");
    holds(s, S(""), "");
}

static void table_windows_1252_row_is_recoded_alone(void **state) {
    struct sample *s = *state;
    holds(s, S("nome;uf\nA\347a\355;SP\nSão;SP\n1;2\n"), "1: nome|uf\n2: Açaí|SP (recoded)\n3: São|SP\n4: 1|2\n");
    struct table *table = open_table(s, sample_write(s, "a.csv", S("x;\200 5\n")), "", ';');
    struct table_row row;
    assert_int_equal(table_next(&s->cx, table, &row), TABLE_ROW);
    sample_str(row.cell[1], "€ 5");
    sample_str(row.raw, "x;€ 5");
    table_close(table);
}

static void table_blank_rows_are_marked(void **state) {
    holds(*state, S("a;b\n;\n ;\t\n\n;x\n"), "1: a|b\n2: | (blank)\n3:  |\t (blank)\n4:  (blank)\n5: |x\n");
}

static void table_bad_row_leaves_the_next_alone(void **state) {
    struct sample *s = *state;
    char expected[100];
    snprintf(expected, sizeof expected, "1: a|b\n2!%d\n3: 3|4\n", CSV_BAD_NUL);
    holds(s, S("a;b\n1;\0002\n3;4\n"), expected);
}

static void table_missing_line_end_is_marked(void **state) {
    holds(*state, S("a;b\n1;2"), "1: a|b\n2: 1|2 (unended)\n");
}

/* The place where a bad row is cut for showing may fall into the middle of a letter. */
static void table_cut_bad_row_keeps_its_letters(void **state) {
    struct sample *s = *state;
    for (size_t shift = 0; shift < 2; shift++) {
        char *text = arena_alloc(&s->arena, LIMIT_CSV_ROW + 10, 1);
        memset(text, 'a', shift);
        for (size_t i = shift; i + 1 < LIMIT_CSV_ROW + 6; i += 2)
            memcpy(text + i, "\xc3\xa7", 2);
        memcpy(text + LIMIT_CSV_ROW + 6, "\n1;2\n", 4);
        const char *path = sample_write(s, "a.csv", (struct str){text, LIMIT_CSV_ROW + 10});
        struct table *table = open_table(s, path, "", ';');
        struct table_row row;
        assert_int_equal(table_next(&s->cx, table, &row), TABLE_BAD);
        assert_int_equal(row.bad, CSV_BAD_TOO_LONG);
        assert_false(row.recoded);
        table_close(table);
    }
}

static void table_file_cut_inside_its_packing_fails_at_the_end(void **state) {
    struct sample *s = *state;
    struct buf text;
    buf_init(&text, &s->arena, 1 << 24);
    for (int i = 0; i < 60000; i++)
        buf_printf(&text, "%d;%u\n", i, (unsigned)i * 2654435761u);
    struct str packed = sample_read(s, sample_pack(s, "a.gz", buf_str(&text)));
    struct table *table = open_table(s, sample_write(s, "a.gz", (struct str){packed.p, packed.n * 3 / 4}), "", 0);
    assert_non_null(table);
    struct str all = rows(s, table);
    assert_true(str_ends(all, S("failed input.damaged\n")));
    assert_true(str_starts(all, S("1: 0|0\n2: 1|2654435761\n")));
    table_close(table);
}

static void table_sheet_of_a_text_file_is_an_error(void **state) {
    struct sample *s = *state;
    assert_null(open_table(s, sample_write(s, "a.csv", S("a;b\n")), "Vendas", 0));
    sample_str(s->cx.err.key, "table.sheet_of_text");
}

static void table_of_other_office_programs_says_what_to_do(void **state) {
    struct sample *s = *state;
    const struct sample_member ods[] = {{"mimetype", S("application/vnd.oasis.opendocument.spreadsheet")},
                                        {"content.xml", S("<x/>")}};
    assert_null(open_table(s, sample_zip(s, "a.ods", ods, 2), "", 0));
    sample_str(s->cx.err.key, "table.other_workbook");
    const struct sample_member word[] = {{"[Content_Types].xml", S("<x/>")}, {"word/document.xml", S("<x/>")}};
    assert_null(open_table(s, sample_zip(s, "a.docx", word, 2), "", 0));
    sample_str(s->cx.err.key, "table.no_workbook");
}

/* -- the real files ------------------------------------------------------------------------------------------------ */

struct count {
    uint64_t rows, blank, recoded, bad, last_line;
    size_t widest, narrowest;
};

static struct count count(struct sample *s, const char *path) {
    struct count n = {.narrowest = SIZE_MAX};
    struct table *table = open_table(s, path, "", 0);
    if (!table)
        fail_msg("%s: %.*s", path, STR_ARG(s->cx.err.key));
    struct table_row row;
    enum table_next next;
    while ((next = table_next(&s->cx, table, &row)) == TABLE_ROW || next == TABLE_BAD) {
        n.rows++;
        n.bad += next == TABLE_BAD;
        n.blank += row.blank;
        n.recoded += row.recoded;
        n.last_line = row.line;
        n.widest = row.cells > n.widest ? row.cells : n.widest;
        n.narrowest = row.cells < n.narrowest ? row.cells : n.narrowest;
    }
    assert_int_equal(next, TABLE_END);
    table_close(table);
    return n;
}

static void table_real_year_has_every_row_in_eight_columns(void **state) {
    struct count n = count(*state, sample_real(*state, "online_retail_ii/year_2009_2010.csv.xz"));
    assert_int_equal(n.rows, 525461 + 1);
    assert_int_equal(n.bad + n.recoded + n.blank, 0);
    assert_int_equal(n.widest, 8);
    assert_int_equal(n.narrowest, 8);
}

static void table_real_file_with_mark_has_a_clean_first_name(void **state) {
    struct sample *s = *state;
    struct table *table = open_table(s, sample_real(s, "online_retail_ii/samples/bom_us_dates.csv"), "", 0);
    struct table_row row;
    assert_int_equal(table_next(&s->cx, table, &row), TABLE_ROW);
    sample_str(row.cell[0], "Invoice");
    table_close(table);
}

static void table_real_excel_export_has_its_blank_rows_marked(void **state) {
    struct count n = count(*state, sample_real(*state, "olist_partial/excel_cut/olist_orders_dataset.csv.xz"));
    assert_int_equal(n.rows - n.blank, 9999 + 1);
    assert_int_equal(n.blank, 89442);
    assert_int_equal(n.bad, 0);
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, sample_set_up, sample_tear_down)

int main(void) {
    const struct CMUnitTest tests[] = {
        CASE(table_delimiter_is_found_or_taken_as_given),
        CASE(table_of_one_column_and_of_nothing_is_legal),
        CASE(table_windows_1252_row_is_recoded_alone),
        CASE(table_blank_rows_are_marked),
        CASE(table_bad_row_leaves_the_next_alone),
        CASE(table_missing_line_end_is_marked),
        CASE(table_cut_bad_row_keeps_its_letters),
        CASE(table_file_cut_inside_its_packing_fails_at_the_end),
        CASE(table_sheet_of_a_text_file_is_an_error),
        CASE(table_of_other_office_programs_says_what_to_do),
        CASE(table_real_year_has_every_row_in_eight_columns),
        CASE(table_real_file_with_mark_has_a_clean_first_name),
        CASE(table_real_excel_export_has_its_blank_rows_marked),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
