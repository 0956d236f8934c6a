// SPDX-License-Identifier: Apache-2.0
/* reactivated_file -- who came back as a file: one table of columns behind both kinds. */
#include <errno.h>
#include <string.h>
#include <sys/stat.h>

#include "app/csv_file.h"
#include "app/portfolio_file.h"
#include "app/reactivated.h"
#include "format/xlsx_write.h"

enum cell_type { CELL_TEXT, CELL_WORD, CELL_DAY, CELL_WHOLE, CELL_MONEY };
struct cell {
    struct str text; /* of CELL_WORD its key */
    int64_t number;
    bool absent;
};

/* name: in CSV, stable; title: in the catalogs, for people. */
static const struct {
    const char *name, *title;
    enum cell_type type;
} column[] = {
    {"company", "column.company", CELL_TEXT},
    {"code", "column.code", CELL_TEXT},
    {"name", "column.name", CELL_TEXT},
    {"rep", "column.rep", CELL_TEXT},
    {"segment", "column.segment", CELL_TEXT},
    {"region", "column.region", CELL_TEXT},
    {"reactivated_on", "reactivated.day", CELL_DAY},
    {"orders", "reactivated.orders", CELL_WHOLE},
    {"value", "reactivated.value", CELL_MONEY},
    {"last_order", "reactivated.last", CELL_DAY},
    {"recovered_by", "reactivated.by", CELL_TEXT},
    {"contact_on", "reactivated.contact_on", CELL_DAY},
    {"contact_channel", "reactivated.channel", CELL_WORD},
};
enum { COLUMNS = sizeof column / sizeof *column };

static struct cell day_cell(struct day day) {
    return (struct cell){.number = day.n, .absent = !day_is(day)};
}

static void cells(const struct reactivated_row *row, struct cell out[COLUMNS]) {
    const struct cell cell[COLUMNS] = {
        {.text = row->label[LABEL_COMPANY]},
        {.text = row->code},
        {.text = row->name},
        {.text = row->label[LABEL_REP]},
        {.text = row->label[LABEL_SEGMENT]},
        {.text = row->label[LABEL_REGION]},
        day_cell(row->day),
        {.number = row->orders},
        {.number = row->value_cents},
        day_cell(row->last_on),
        {.text = row->user},
        day_cell(row->contact_on),
        {.text = day_is(row->contact_on) ? str_from(contact_channel_name(row->channel)) : (struct str){0}},
    };
    memcpy(out, cell, sizeof cell);
}

/* ---- CSV ---- */

static void csv_cell(struct buf *to, enum lang lang, size_t i, const struct cell *cell) {
    char digits[32];
    struct str text = {digits, 0};
    switch (column[i].type) {
    case CELL_TEXT:
    case CELL_WORD:
        csv_file_text(to, lang, i == 0, cell->text);
        return;
    case CELL_DAY:
        text.n = cell->absent ? 0 : day_iso((struct day){(int32_t)cell->number}, digits);
        break;
    case CELL_WHOLE:
        text.n = decimal_write(cell->number, 0, 0, digits);
        break;
    case CELL_MONEY:
        text.n = decimal_write(cell->number, 2, 2, digits);
        break;
    }
    csv_file_number(to, lang, i == 0, text);
}

void reactivated_csv(enum lang lang, const struct reactivated_row *const *row, size_t n, struct buf *to) {
    buf_put(to, CSV_FILE_MARK);
    for (size_t i = 0; i < COLUMNS; i++)
        csv_file_text(to, lang, i == 0, str_from(column[i].name));
    csv_file_end(to);
    for (size_t r = 0; r < n && !to->cut; r++) {
        struct cell cell[COLUMNS];
        cells(row[r], cell);
        for (size_t i = 0; i < COLUMNS; i++)
            csv_cell(to, lang, i, &cell[i]);
        csv_file_end(to);
    }
}

/* ---- XLSX ---- */

static struct str word(struct cx *cx, enum lang lang, struct str key) {
    return catalog_text(cx->arena, lang, key, NULL, 0);
}

static bool sheet_cell(struct cx *cx, enum lang lang, struct xlsx_writer *sheet, size_t i, const struct cell *cell) {
    switch (column[i].type) {
    case CELL_TEXT:
        return xlsx_writer_text(sheet, i, cell->text);
    case CELL_WORD:
        return cell->text.n == 0 ||
               xlsx_writer_text(sheet, i, word(cx, lang, cx_text(cx, "contact.channel_%.*s", STR_ARG(cell->text))));
    case CELL_DAY:
        return cell->absent || xlsx_writer_day(sheet, i, (struct day){(int32_t)cell->number});
    case CELL_WHOLE:
        return xlsx_writer_number(sheet, i, cell->number, 0);
    case CELL_MONEY:
        return xlsx_writer_money(sheet, i, cell->number);
    }
    return true;
}

static bool sheet_row(struct cx *cx, enum lang lang, struct xlsx_writer *sheet, const struct reactivated_row *row) {
    struct cell cell[COLUMNS];
    cells(row, cell);
    bool done = xlsx_writer_row(sheet);
    for (size_t i = 0; done && i < COLUMNS; i++)
        done = sheet_cell(cx, lang, sheet, i, &cell[i]);
    return done;
}

static bool sheet_write(struct cx *cx, enum lang lang, const struct reactivated_row *const *row, size_t n, int file) {
    struct str title[COLUMNS];
    struct xlsx_writer *sheet;
    for (size_t i = 0; i < COLUMNS; i++)
        title[i] = word(cx, lang, str_from(column[i].title));
    if (!xlsx_writer_open(cx, file, word(cx, lang, S("reactivated.title")), title, COLUMNS, &sheet))
        return false;
    for (size_t i = 0; i < n; i++) {
        struct arena_mark mark = arena_mark_get(cx->arena);
        if (!sheet_row(cx, lang, sheet, row[i]))
            return false;
        arena_rewind(cx->arena, mark);
    }
    return xlsx_writer_close(sheet);
}

bool reactivated_xlsx(struct cx *cx, enum lang lang, const struct reactivated_row *const *row, size_t n, int *file,
                      int64_t *bytes) {
    struct stat stat;
    *bytes = 0;
    if (!portfolio_file_open(cx, file) || !sheet_write(cx, lang, row, n, *file))
        return false;
    if (fstat(*file, &stat) != 0) {
        cx_fail(cx, ERR_IO, S("portfolio.not_written"));
        return cx_detail(cx, "%s", strerror(errno));
    }
    *bytes = (int64_t)stat.st_size;
    return true;
}
