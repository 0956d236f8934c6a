// SPDX-License-Identifier: Apache-2.0
/* grid_file -- see the header.
 */
#include "app/grid_file.h"

#include <errno.h>
#include <string.h>
#include <sys/stat.h>

#include "app/csv_file.h"
#include "app/portfolio_file.h"
#include "format/xlsx_write.h"

/* ---- CSV ---- */

static void csv_cell(struct buf *to, enum lang lang, enum grid_type type, bool first, const struct grid_cell *cell) {
    char digits[32];
    struct str text = {digits, 0};
    switch (type) {
    case GRID_TEXT:
    case GRID_WORD:
        csv_file_text(to, lang, first, cell->text);
        return;
    case GRID_DAY:
        text.n = cell->absent ? 0 : day_iso((struct day){(int32_t)cell->number}, digits);
        break;
    case GRID_WHOLE:
        text.n = cell->absent ? 0 : decimal_write(cell->number, 0, 0, digits);
        break;
    case GRID_MONEY:
    case GRID_PERCENT:
        text.n = cell->absent ? 0 : decimal_write(cell->number, 2, 2, digits);
        break;
    }
    csv_file_number(to, lang, first, text);
}

void grid_csv_names(enum lang lang, const struct grid *grid, struct buf *to) {
    buf_put(to, CSV_FILE_MARK);
    for (size_t i = 0; i < grid->columns; i++)
        csv_file_text(to, lang, i == 0, str_from(grid->column[i].name));
    csv_file_end(to);
}

void grid_csv_row(enum lang lang, const struct grid *grid, const struct grid_cell *cell, struct buf *to) {
    for (size_t i = 0; i < grid->columns; i++)
        csv_cell(to, lang, grid->column[i].type, i == 0, &cell[i]);
    csv_file_end(to);
}

void grid_csv(enum lang lang, const struct grid *grid, struct buf *to) {
    grid_csv_names(lang, grid, to);
    for (size_t row = 0; row < grid->rows && !to->cut; row++) {
        struct grid_cell cell[GRID_COLUMNS_MOST] = {0};
        grid->cells(grid->owner, row, cell);
        grid_csv_row(lang, grid, cell, to);
    }
}

/* ---- XLSX ---- */

static struct str word(struct cx *cx, enum lang lang, struct str key) {
    return catalog_text(cx->arena, lang, key, NULL, 0);
}

static bool sheet_cell(struct cx *cx, enum lang lang, struct xlsx_writer *sheet, const struct grid_column *column,
                       size_t i, const struct grid_cell *cell) {
    switch (column->type) {
    case GRID_TEXT:
        return xlsx_writer_text(sheet, i, cell->text);
    case GRID_WORD:
        return cell->text.n == 0 ||
               xlsx_writer_text(sheet, i, word(cx, lang, cx_text(cx, "%s%.*s", column->words, STR_ARG(cell->text))));
    case GRID_DAY:
        return cell->absent || xlsx_writer_day(sheet, i, (struct day){(int32_t)cell->number});
    case GRID_WHOLE:
        return cell->absent || xlsx_writer_number(sheet, i, cell->number, 0);
    case GRID_MONEY:
        return cell->absent || xlsx_writer_money(sheet, i, cell->number);
    case GRID_PERCENT:
        return cell->absent || xlsx_writer_number(sheet, i, cell->number, 2);
    }
    return true;
}

static bool sheet_row(struct cx *cx, enum lang lang, struct xlsx_writer *sheet, const struct grid *grid, size_t row) {
    struct grid_cell cell[GRID_COLUMNS_MOST] = {0};
    grid->cells(grid->owner, row, cell);
    bool done = xlsx_writer_row(sheet);
    for (size_t i = 0; done && i < grid->columns; i++)
        done = sheet_cell(cx, lang, sheet, &grid->column[i], i, &cell[i]);
    return done;
}

static bool sheet_write(struct cx *cx, enum lang lang, const struct grid *grid, int file) {
    struct str title[GRID_COLUMNS_MOST];
    struct xlsx_writer *sheet;
    for (size_t i = 0; i < grid->columns; i++)
        title[i] = word(cx, lang, str_from(grid->column[i].title));
    if (!xlsx_writer_open(cx, file, word(cx, lang, str_from(grid->title)), title, grid->columns, &sheet))
        return false;
    for (size_t row = 0; row < grid->rows; row++) {
        struct arena_mark mark = arena_mark_get(cx->arena);
        if (!sheet_row(cx, lang, sheet, grid, row))
            return false;
        arena_rewind(cx->arena, mark);
    }
    return xlsx_writer_close(sheet);
}

bool grid_xlsx(struct cx *cx, enum lang lang, const struct grid *grid, int *file, int64_t *bytes) {
    struct stat stat;
    *bytes = 0;
    if (!portfolio_file_open(cx, file) || !sheet_write(cx, lang, grid, *file))
        return false;
    if (fstat(*file, &stat) != 0) {
        cx_fail(cx, ERR_IO, S("portfolio.not_written"));
        return cx_detail(cx, "%s", strerror(errno));
    }
    *bytes = (int64_t)stat.st_size;
    return true;
}
