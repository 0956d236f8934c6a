// SPDX-License-Identifier: Apache-2.0
/* xlsx_write -- see the header. By libxlsxwriter, whose rows leave memory when the next one begins. */
#include "format/xlsx_write.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <xlsxwriter.h>

enum { TEXT_MOST = 8000, COLUMN_WIDTH = 16 }; /* bytes of a cell: a sheet takes 32,767 characters */
static const int32_t DAY_ZERO = 25569;        /* 1970-01-01 as a sheet counts days */

struct xlsx_writer {
    lxw_workbook *book;
    lxw_worksheet *sheet;
    lxw_format *bold, *money, *day;
    char *path;
    lxw_row_t row; /* written last; 0: the titles */
};

static bool failed(struct cx *cx, const struct xlsx_writer *writer, lxw_error error) {
    cx_fail(cx, ERR_IO, S("xlsx.not_written"));
    return cx_detail(cx, "%s: %s", writer->path, lxw_strerror(error));
}

static bool good(struct cx *cx, const struct xlsx_writer *writer, lxw_error error) {
    return error == LXW_NO_ERROR || failed(cx, writer, error);
}

/* A copy that ends in NUL, cut between characters. */
static const char *cell_text(struct cx *cx, struct str s) {
    if (s.n > TEXT_MOST) {
        s.n = TEXT_MOST;
        while (s.n > 0 && ((unsigned char)s.p[s.n] & 0xc0) == 0x80)
            s.n--;
    }
    return str_terminated(cx->arena, s);
}

static bool titles_put(struct cx *cx, struct xlsx_writer *writer, const struct str *title, size_t columns) {
    bool done = good(cx, writer, worksheet_set_column(writer->sheet, 0, (lxw_col_t)(columns - 1), COLUMN_WIDTH, NULL));
    for (size_t i = 0; done && i < columns; i++)
        done = good(cx, writer,
                    worksheet_write_string(writer->sheet, 0, (lxw_col_t)i, cell_text(cx, title[i]), writer->bold));
    worksheet_freeze_panes(writer->sheet, 1, 0);
    return done;
}

bool xlsx_writer_open(struct cx *cx, struct str path, struct str sheet, const struct str *title, size_t columns,
                      struct xlsx_writer **out) {
    lxw_workbook_options options = {.constant_memory = LXW_TRUE};
    struct xlsx_writer *writer = arena_new(cx->arena, struct xlsx_writer, 1);
    writer->path = str_terminated(cx->arena, path);
    writer->book = workbook_new_opt(writer->path, &options);
    if (writer->book == NULL)
        return failed(cx, writer, LXW_ERROR_MEMORY_MALLOC_FAILED);
    writer->sheet = workbook_add_worksheet(writer->book, cell_text(cx, sheet));
    writer->bold = workbook_add_format(writer->book);
    writer->money = workbook_add_format(writer->book);
    writer->day = workbook_add_format(writer->book);
    *out = writer;
    if (writer->sheet == NULL || writer->bold == NULL || writer->money == NULL || writer->day == NULL) {
        (void)workbook_close(writer->book);
        return failed(cx, writer, LXW_ERROR_MEMORY_MALLOC_FAILED);
    }
    format_set_bold(writer->bold);
    format_set_num_format(writer->money, "#,##0.00");
    format_set_num_format(writer->day, "yyyy-mm-dd");
    if (titles_put(cx, writer, title, columns))
        return true;
    (void)workbook_close(writer->book);
    return false;
}

bool xlsx_writer_row(struct cx *cx, struct xlsx_writer *writer) {
    char most[16];
    snprintf(most, sizeof most, "%d", XLSX_ROWS_MOST);
    if (writer->row == XLSX_ROWS_MOST)
        return cx_fail(cx, ERR_LIMIT, S("xlsx.too_many_rows"), str_from(most));
    writer->row++;
    return true;
}

bool xlsx_writer_text(struct cx *cx, struct xlsx_writer *writer, size_t column, struct str text) {
    struct arena_mark mark = arena_mark_get(cx->arena);
    lxw_error error =
        text.n == 0 ? LXW_NO_ERROR
                    : worksheet_write_string(writer->sheet, writer->row, (lxw_col_t)column, cell_text(cx, text), NULL);
    arena_rewind(cx->arena, mark);
    return good(cx, writer, error);
}

bool xlsx_writer_number(struct cx *cx, struct xlsx_writer *writer, size_t column, int64_t v, int scale) {
    double value = (double)v;
    for (int i = 0; i < scale; i++)
        value /= 10;
    return good(cx, writer, worksheet_write_number(writer->sheet, writer->row, (lxw_col_t)column, value, NULL));
}

bool xlsx_writer_money(struct cx *cx, struct xlsx_writer *writer, size_t column, int64_t cents) {
    return good(
        cx, writer,
        worksheet_write_number(writer->sheet, writer->row, (lxw_col_t)column, (double)cents / 100, writer->money));
}

bool xlsx_writer_day(struct cx *cx, struct xlsx_writer *writer, size_t column, struct day day) {
    if (!day_is(day))
        return true;
    return good(cx, writer,
                worksheet_write_number(writer->sheet, writer->row, (lxw_col_t)column, day.n + DAY_ZERO, writer->day));
}

bool xlsx_writer_close(struct cx *cx, struct xlsx_writer *writer, bool done) {
    lxw_error error = workbook_close(writer->book);
    return done && good(cx, writer, error);
}
