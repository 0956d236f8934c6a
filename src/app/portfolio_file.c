// SPDX-License-Identifier: Apache-2.0
/* portfolio_file -- see the header. Written to a nameless file, since how long it becomes is known at its end. */
#include "app/portfolio_file.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "app/csv_file.h"
#include "core/why.h"
#include "format/xlsx_write.h"
#include "store/setting.h"

struct writing {
    struct cx *cx;
    const struct portfolio_file_wish *wish;
    FILE *to; /* CSV */
    struct xlsx_writer *sheet;
    int64_t rows, bytes;
};

static struct str word(struct writing *w, const char *group, struct str name) {
    return name.n == 0
               ? name
               : catalog_text(w->cx->arena, w->wish->lang, cx_text(w->cx, "%s.%.*s", group, STR_ARG(name)), NULL, 0);
}

/* A word as people say it; in CSV it stays the stable name that other programs know. */
static struct str word_shown(struct writing *w, enum column column, struct str name) {
    switch ((int)column) {
    case COLUMN_STATUS:
        return word(w, "status", name);
    case COLUMN_TREND:
        return word(w, "trend", name);
    case COLUMN_SEGMENT_RFM:
        return word(w, "rfm", name);
    default:
        return name;
    }
}

static struct column_value value_of(struct writing *w, const struct customer *customer, enum column column) {
    if (column == COLUMN_WHY)
        return (struct column_value){.text = why_text(w->cx->arena, w->wish->lang, customer, w->wish->request->as_of)};
    return column_value(w->cx->arena, customer, column);
}

/* ---- CSV ---- */

static void cell_put(struct writing *w, struct buf *line, size_t i, const struct column_value *value) {
    enum column_type type = column_defs[w->wish->column[i]].type;
    char digits[32];
    struct str text = {digits, 0};
    switch (value->absent ? COLUMN_TEXT : type) {
    case COLUMN_TEXT:
    case COLUMN_WORD:
        csv_file_text(line, w->wish->lang, i == 0, value->absent ? (struct str){0} : value->text);
        return;
    case COLUMN_DAY:
        text.n = day_iso((struct day){(int32_t)value->number}, digits);
        break;
    case COLUMN_INTEGER:
        text.n = decimal_write(value->number, 0, 0, digits);
        break;
    case COLUMN_E4:
        text.n = decimal_write(value->number, 4, 0, digits);
        break;
    case COLUMN_MONEY:
        text.n = decimal_write(value->number, 2, 2, digits);
        break;
    }
    csv_file_number(line, w->wish->lang, i == 0, text);
}

static bool line_write(struct writing *w, const struct buf *line) {
    w->bytes += (int64_t)line->n;
    if ((size_t)w->bytes > w->wish->bytes_most)
        return cx_fail(w->cx, ERR_LIMIT, S("portfolio.file_large"), cx_text(w->cx, "%zu", w->wish->bytes_most >> 20));
    if (fwrite(line->p, 1, line->n, w->to) == line->n)
        return true;
    cx_fail(w->cx, ERR_IO, S("portfolio.not_written"));
    return cx_detail(w->cx, "%s", strerror(errno));
}

static bool csv_titles(struct writing *w) {
    struct buf line;
    buf_init(&line, w->cx->arena, 0);
    buf_put(&line, CSV_FILE_MARK);
    for (size_t i = 0; i < w->wish->columns; i++)
        csv_file_text(&line, w->wish->lang, i == 0, str_from(column_defs[w->wish->column[i]].name));
    csv_file_end(&line);
    return line_write(w, &line);
}

static bool csv_row(struct writing *w, const struct customer *customer) {
    struct buf line;
    buf_init(&line, w->cx->arena, 0);
    for (size_t i = 0; i < w->wish->columns; i++) {
        const struct column_value value = value_of(w, customer, w->wish->column[i]);
        cell_put(w, &line, i, &value);
    }
    csv_file_end(&line);
    return line_write(w, &line);
}

/* ---- XLSX ---- */

static bool sheet_open(struct writing *w, struct str path) {
    struct str *title = arena_new(w->cx->arena, struct str, w->wish->columns);
    for (size_t i = 0; i < w->wish->columns; i++)
        title[i] = word(w, "column", str_from(column_defs[w->wish->column[i]].name));
    return xlsx_writer_open(w->cx, path, catalog_text(w->cx->arena, w->wish->lang, S("portfolio.sheet"), NULL, 0),
                            title, w->wish->columns, &w->sheet);
}

static bool sheet_cell(struct writing *w, size_t i, enum column column, const struct column_value *value) {
    switch (column_defs[column].type) {
    case COLUMN_TEXT:
    case COLUMN_WORD:
        return xlsx_writer_text(w->cx, w->sheet, i, word_shown(w, column, value->text));
    case COLUMN_INTEGER:
        return xlsx_writer_number(w->cx, w->sheet, i, value->number, 0);
    case COLUMN_E4:
        return xlsx_writer_number(w->cx, w->sheet, i, value->number, 4);
    case COLUMN_MONEY:
        return xlsx_writer_money(w->cx, w->sheet, i, value->number);
    case COLUMN_DAY:
        return xlsx_writer_day(w->cx, w->sheet, i, (struct day){(int32_t)value->number});
    }
    return true;
}

static bool sheet_row(struct writing *w, const struct customer *customer) {
    bool done = xlsx_writer_row(w->cx, w->sheet);
    for (size_t i = 0; done && i < w->wish->columns; i++) {
        struct column_value value = value_of(w, customer, w->wish->column[i]);
        done = value.absent || sheet_cell(w, i, w->wish->column[i], &value);
    }
    return done;
}

/* ---- the file ---- */

static bool write_one(struct cx *cx, void *owner, const struct customer *customer) {
    struct writing *w = owner;
    struct arena_mark mark = arena_mark_get(cx->arena);
    bool done = w->sheet != NULL ? sheet_row(w, customer) : csv_row(w, customer);
    w->rows++;
    if (done)
        arena_rewind(cx->arena, mark);
    return done;
}

static bool write_all(struct writing *w, struct db *db, const char *path) {
    struct list_request request = *w->wish->request;
    struct list_answer answer;
    request.limit = 0;
    request.totals = false;
    request.from = (struct list_from){0};
    bool sheet = w->wish->kind == PORTFOLIO_XLSX;
    if (!(sheet ? sheet_open(w, str_from(path)) : csv_titles(w)))
        return false;
    bool done = list_customers(w->cx, db, &request, write_one, w, &answer);
    if (sheet)
        return xlsx_writer_close(w->cx, w->sheet, done);
    return done && (fflush(w->to) == 0 || cx_fail(w->cx, ERR_IO, S("portfolio.not_written")));
}

static bool read_all(struct cx *cx, const struct portfolio_file_wish *wish, FILE *from, struct str *out) {
    struct stat stat;
    if (fstat(fileno(from), &stat) != 0 || fseek(from, 0, SEEK_SET) != 0)
        return cx_fail(cx, ERR_IO, S("portfolio.not_written"));
    size_t n = (size_t)stat.st_size;
    if (n > wish->bytes_most)
        return cx_fail(cx, ERR_LIMIT, S("portfolio.file_large"), cx_text(cx, "%zu", wish->bytes_most >> 20));
    char *bytes = arena_new(cx->arena, char, n + 1);
    *out = (struct str){bytes, n};
    return fread(bytes, 1, n, from) == n || cx_fail(cx, ERR_IO, S("portfolio.not_written"));
}

bool portfolio_file_make(struct cx *cx, struct db *db, const struct portfolio_file_wish *wish, struct str *out,
                         int64_t *rows) {
    const char *folder = getenv("TMPDIR");
    char *path = str_terminated(
        cx->arena, cx_text(cx, "%s/reativa-list-XXXXXX", folder != NULL && folder[0] != '\0' ? folder : "/tmp"));
    int file = mkstemp(path);
    FILE *to = file < 0 ? NULL : fdopen(file, "r+b");
    if (to == NULL) {
        if (file >= 0)
            close(file);
        cx_fail(cx, ERR_IO, S("portfolio.not_written"));
        return cx_detail(cx, "%s: %s", path, strerror(errno));
    }
    struct writing w = {.cx = cx, .wish = wish, .to = to};
    bool done = write_all(&w, db, path);
    if (done && wish->kind == PORTFOLIO_XLSX)
        done = (to = freopen(path, "rb", to)) != NULL || cx_fail(cx, ERR_IO, S("portfolio.not_written"));
    unlink(path);
    done = done && read_all(cx, wish, to, out);
    if (to != NULL)
        fclose(to);
    *rows = w.rows;
    return done;
}

bool portfolio_file_said(struct cx *cx, struct db *db, struct str who, int64_t now_us, int64_t rows, struct str query) {
    if (db_write(cx, db) &&
        audit_add(cx, db, now_us, who, S("export"), cx_text(cx, "%lld customers", (long long)rows), (struct str){0},
                  query) &&
        db_commit(cx, db))
        return true;
    db_rollback(db);
    return false;
}
