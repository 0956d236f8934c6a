// SPDX-License-Identifier: Apache-2.0
/* Workbooks that we write, read again as the importer reads those of other programs. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <fcntl.h>
#include <unistd.h>

#include "base/buf.h"
#include "format/table.h"
#include "format/xlsx_write.h"
#include "sample.h"

enum { COLUMNS = 5 };
#define TITLES ((const struct str[COLUMNS]){S("code"), S("said"), S("value"), S("ratio"), S("on")})

static int file_new(struct sample *s, const char **path) {
    *path = str_terminated(&s->arena, cx_text(&s->cx, "%s/written.xlsx", s->folder));
    int file = open(*path, O_RDWR | O_CREAT | O_TRUNC, 0600);
    assert_true(file >= 0);
    return file;
}

static bool row_write(struct xlsx_writer *w, const char *code, struct str said, int64_t cents, int64_t ratio_e4,
                      struct day on) {
    return xlsx_writer_row(w) && xlsx_writer_text(w, 0, str_from(code)) && xlsx_writer_text(w, 1, said) &&
           xlsx_writer_money(w, 2, cents) && xlsx_writer_number(w, 3, ratio_e4, 4) && xlsx_writer_day(w, 4, on);
}

/* Every row as CSV, the titles first. */
static struct str read_again(struct sample *s, const char *path) {
    struct table_options options = {.path = str_from(path)};
    struct table *table;
    struct table_row row;
    struct buf out;
    buf_init(&out, &s->arena, 0);
    assert_true(table_open(&s->cx, &options, &table));
    while (table_next(&s->cx, table, &row) == TABLE_ROW) {
        buf_put(&out, row.raw);
        buf_char(&out, '\n');
    }
    table_close(table);
    return buf_str(&out);
}

static void xlsx_written_is_read_as_it_was(void **state) {
    struct sample *s = *state;
    struct xlsx_writer *w;
    const char *path;
    int file = file_new(s, &path);
    const struct day on = {20779}; /* 2026-11-22 */
    assert_true(xlsx_writer_open(&s->cx, file, S("Clientes & Cia"), TITLES, COLUMNS, &w));
    assert_true(row_write(w, "A-1", S("=1+1"), 123456, 12500, on));
    assert_true(row_write(w, "A-2", S("<b> & \"quotes\" ]]> café \xF0\x9F\x98\x80"), -5, 0, DAY_NONE));
    assert_true(row_write(w, "A-3", S(" _x0041_ "), INT64_C(900000000000000), -1, (struct day){0}));
    assert_true(row_write(w, "A-4", S("bell\x07 \xEF\xBF\xBF end"), 0, 1, DAY_NONE));
    assert_true(xlsx_writer_close(w));
    close(file);
    sample_str(read_again(s, path), "code,said,value,ratio,on\n"
                                    "A-1,=1+1,1234.56,1.25,2026-11-22\n"
                                    "A-2,\"<b> & \"\"quotes\"\" ]]> café \xF0\x9F\x98\x80\",-0.05,0\n"
                                    "A-3, _x0041_ ,9000000000000,-0.0001,1970-01-01\n"
                                    "A-4,bell? ? end,0,0.0001\n");
}

static void xlsx_columns_past_z_stand_in_their_place(void **state) {
    struct sample *s = *state;
    struct str many[60];
    struct xlsx_writer *w;
    const char *path;
    int file = file_new(s, &path);
    for (int i = 0; i < 60; i++)
        many[i] = cx_text(&s->cx, "c%d", i);
    assert_true(xlsx_writer_open(&s->cx, file, S("x"), many, 60, &w));
    assert_true(xlsx_writer_row(w) && xlsx_writer_text(w, 26, S("AA")) && xlsx_writer_text(w, 52, S("BA")) &&
                xlsx_writer_close(w));
    close(file);
    struct str all = read_again(s, path), titles_line, row;
    str_cut(all, '\n', &titles_line, &row);
    sample_str(row, ",,,,,,,,,,,,,,,,,,,,,,,,,,AA,,,,,,,,,,,,,,,,,,,,,,,,,,BA\n");
}

static void xlsx_memory_does_not_grow_with_the_rows(void **state) {
    struct sample *s = *state;
    struct xlsx_writer *w;
    const char *path;
    int file = file_new(s, &path);
    size_t used = 0;
    assert_true(xlsx_writer_open(&s->cx, file, S("x"), TITLES, COLUMNS, &w));
    for (int i = 0; i < 30000; i++) {
        assert_true(row_write(w, "A-1", S("the same words in every row"), i, i, (struct day){i}));
        if (i == 100)
            used = s->arena.used;
    }
    assert_int_equal(s->arena.used, used);
    assert_true(xlsx_writer_close(w));
    assert_true(lseek(file, 0, SEEK_END) > 100000); /* more than once through every buffer */
    close(file);
    assert_int_equal(read_again(s, path).n > 30000 * 40, true);
}

static void xlsx_without_room_on_the_disk_fails_with_its_reason(void **state) {
    struct sample *s = *state;
    struct xlsx_writer *w = NULL;
    int file = open("/dev/full", O_RDWR);
    assert_true(file >= 0);
    bool good = xlsx_writer_open(&s->cx, file, S("x"), TITLES, COLUMNS, &w);
    for (int i = 0; good && i < 300000; i++)
        good = row_write(w, "A-1", S("words"), i * 7919, i, (struct day){i});
    good = good && xlsx_writer_close(w);
    close(file);
    assert_false(good);
    sample_str(s->cx.err.key, "zip.full");
}

static void xlsx_of_no_rows_holds_its_titles(void **state) {
    struct sample *s = *state;
    struct xlsx_writer *w;
    const char *path;
    int file = file_new(s, &path);
    assert_true(xlsx_writer_open(&s->cx, file, S("x"), TITLES, COLUMNS, &w) && xlsx_writer_close(w));
    close(file);
    sample_str(read_again(s, path), "code,said,value,ratio,on\n");
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, sample_set_up, sample_tear_down)

int main(void) {
    const struct CMUnitTest tests[] = {
        CASE(xlsx_written_is_read_as_it_was),          CASE(xlsx_columns_past_z_stand_in_their_place),
        CASE(xlsx_memory_does_not_grow_with_the_rows), CASE(xlsx_without_room_on_the_disk_fails_with_its_reason),
        CASE(xlsx_of_no_rows_holds_its_titles),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
