// SPDX-License-Identifier: Apache-2.0
/* portfolio_file -- see the header. A file without a name is gone with the last that holds it open: what is broken off, by whom ever,
 * leaves nothing behind. */
#include "app/portfolio_file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "app/csv_file.h"
#include "core/why.h"
#include "format/xlsx_write.h"
#include "store/setting.h"

enum { LINES = 64 << 10 }; /* bytes of CSV that wait */
static const int64_t PORTFOLIO_FILE_MOST = INT64_C(4) << 30;

struct writing {
    struct cx *cx;
    const struct portfolio_file_wish *wish;
    int file;
    struct xlsx_writer *sheet; /* NULL: CSV */
    int64_t rows, bytes;
    size_t n; /* bytes that wait in lines */
    char *lines;
};

static struct str word(struct writing *w, const char *before, struct str name) {
    return name.n == 0
               ? name
               : catalog_text(w->cx->arena, w->wish->lang, cx_text(w->cx, "%s%.*s", before, STR_ARG(name)), NULL, 0);
}

/* A word as people say it; in CSV it stays the stable name that other programs know. */
static struct str word_shown(struct writing *w, enum column column, struct str name) {
    const char *before = column_word(column);
    return before == NULL ? name : word(w, before, name);
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

static bool failed(struct cx *cx) {
    int fault = errno;
    bool full = fault == ENOSPC || fault == EDQUOT || fault == EFBIG;
    cx_fail(cx, ERR_IO, full ? S("portfolio.full") : S("portfolio.not_written"));
    return cx_detail(cx, "%s", strerror(fault));
}

static bool lines_out(struct writing *w) {
    for (size_t at = 0; at < w->n;) {
        ssize_t done = write(w->file, w->lines + at, w->n - at);
        if (done <= 0 && errno != EINTR)
            return failed(w->cx);
        at += done > 0 ? (size_t)done : 0;
    }
    w->n = 0;
    return true;
}

static bool line_write(struct writing *w, const struct buf *line) {
    struct str left = buf_str(line);
    w->bytes += (int64_t)left.n;
    if (w->bytes > PORTFOLIO_FILE_MOST)
        return cx_fail(w->cx, ERR_LIMIT, S("portfolio.file_large"),
                       cx_text(w->cx, "%lld", (long long)(PORTFOLIO_FILE_MOST >> 30)));
    while (left.n > 0) {
        size_t n = left.n < LINES - w->n ? left.n : LINES - w->n;
        memcpy(w->lines + w->n, left.p, n);
        w->n += n;
        left = (struct str){left.p + n, left.n - n};
        if (w->n == LINES && !lines_out(w))
            return false;
    }
    return true;
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

static bool sheet_open(struct writing *w) {
    struct str *title = arena_new(w->cx->arena, struct str, w->wish->columns);
    for (size_t i = 0; i < w->wish->columns; i++)
        title[i] = word(w, "column.", str_from(column_defs[w->wish->column[i]].name));
    return xlsx_writer_open(w->cx, w->file, catalog_text(w->cx->arena, w->wish->lang, S("portfolio.sheet"), NULL, 0),
                            title, w->wish->columns, &w->sheet);
}

static bool sheet_cell(struct writing *w, size_t i, enum column column, const struct column_value *value) {
    switch (column_defs[column].type) {
    case COLUMN_TEXT:
    case COLUMN_WORD:
        return xlsx_writer_text(w->sheet, i, word_shown(w, column, value->text));
    case COLUMN_INTEGER:
        return xlsx_writer_number(w->sheet, i, value->number, 0);
    case COLUMN_E4:
        return xlsx_writer_number(w->sheet, i, value->number, 4);
    case COLUMN_MONEY:
        return xlsx_writer_money(w->sheet, i, value->number);
    case COLUMN_DAY:
        return xlsx_writer_day(w->sheet, i, (struct day){(int32_t)value->number});
    }
    return true;
}

static bool sheet_row(struct writing *w, const struct customer *customer) {
    bool done = xlsx_writer_row(w->sheet);
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

static bool write_all(struct writing *w, struct db *db) {
    struct list_request request = *w->wish->request;
    struct list_answer answer;
    request.limit = 0;
    request.totals = false;
    request.from = (struct list_from){0};
    w->lines = arena_new(w->cx->arena, char, LINES);
    if (!(w->wish->kind == PORTFOLIO_XLSX ? sheet_open(w) : csv_titles(w)))
        return false;
    return list_customers(w->cx, db, &request, write_one, w, &answer) &&
           (w->sheet != NULL ? xlsx_writer_close(w->sheet) : lines_out(w));
}

/* Where the system cannot make one without a name, the name goes at once. */
bool portfolio_file_open(struct cx *cx, int *out) {
    const char *folder = getenv("TMPDIR");
    folder = folder != NULL && folder[0] != '\0' ? folder : "/tmp";
    *out = open(folder, O_TMPFILE | O_RDWR | O_CLOEXEC, S_IRUSR | S_IWUSR);
    if (*out < 0 && (errno == EOPNOTSUPP || errno == EISDIR)) {
        char *path = str_terminated(cx->arena, cx_text(cx, "%s/reativa-list-XXXXXX", folder));
        *out = mkostemp(path, O_CLOEXEC);
        if (*out >= 0)
            (void)unlink(path);
    }
    return *out >= 0 || failed(cx);
}

bool portfolio_file_make(struct cx *cx, struct db *db, const struct portfolio_file_wish *wish, int *file,
                         int64_t *bytes, int64_t *rows) {
    struct writing w = {.cx = cx, .wish = wish};
    struct stat stat;
    if (!portfolio_file_open(cx, &w.file))
        return false;
    *file = w.file;
    bool done = write_all(&w, db) && (fstat(w.file, &stat) == 0 || failed(cx));
    *bytes = done ? (int64_t)stat.st_size : 0;
    *rows = w.rows;
    return done;
}

bool portfolio_file_taken(struct cx *cx, struct db *db, struct str who, int64_t now_us, struct str subject,
                          struct str query) {
    if (db_write(cx, db) && audit_add(cx, db, now_us, who, S("export"), subject, (struct str){0}, query) &&
        db_commit(cx, db))
        return true;
    db_rollback(db);
    return false;
}

bool portfolio_file_said(struct cx *cx, struct db *db, struct str who, int64_t now_us, int64_t rows, struct str query) {
    return portfolio_file_taken(cx, db, who, now_us, cx_text(cx, "%lld customers", (long long)rows), query);
}
