// SPDX-License-Identifier: Apache-2.0
/* policy_file -- see the header. Rows go out as they come from the database. */
#include "app/policy_file.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "app/csv_file.h"
#include "app/study.h"
#include "format/xlsx_write.h"

enum { COLUMNS = 7 };
/* name: in CSV, stable; title: in the catalogs. */
static const struct {
    const char *name, *title;
} column[COLUMNS] = {{"code", "column.code"},          {"name", "column.name"},         {"rep", "column.rep"},
                     {"segment", "column.segment"},    {"before", "cli_policy.before"}, {"after", "cli_policy.after"},
                     {"value_12m", "column.value_12m"}};

struct writing {
    enum lang lang;
    FILE *csv; /* NULL: a sheet */
    struct xlsx_writer *sheet;
    int64_t rows;
};

static bool failed(struct cx *cx) {
    int fault = errno;
    cx_fail(cx, ERR_IO, fault == ENOSPC || fault == EDQUOT ? S("portfolio.full") : S("portfolio.not_written"));
    return cx_detail(cx, "%s", strerror(fault));
}

static struct str word(struct cx *cx, enum lang lang, const char *before, const char *name) {
    return catalog_text(cx->arena, lang, cx_text(cx, "%s%s", before, name), NULL, 0);
}

static bool line_out(struct cx *cx, struct writing *w, const struct buf *line) {
    struct str text = buf_str(line);
    return fwrite(text.p, 1, text.n, w->csv) == text.n || failed(cx);
}

static bool csv_row(struct cx *cx, struct writing *w, const struct study_customer *row) {
    const struct str text[] = {row->code,
                               row->name,
                               row->rep,
                               row->segment,
                               str_from(status_name(row->before)),
                               str_from(status_name(row->after))};
    char digits[32];
    struct buf line;
    buf_init(&line, cx->arena, 0);
    for (size_t i = 0; i < sizeof text / sizeof *text; i++)
        csv_file_text(&line, w->lang, i == 0, text[i]);
    csv_file_number(&line, w->lang, false, (struct str){digits, decimal_write(row->value_cents, 2, 2, digits)});
    csv_file_end(&line);
    return line_out(cx, w, &line);
}

static bool sheet_row(struct cx *cx, struct writing *w, const struct study_customer *row) {
    const struct str text[] = {row->code,
                               row->name,
                               row->rep,
                               row->segment,
                               word(cx, w->lang, "status.", status_name(row->before)),
                               word(cx, w->lang, "status.", status_name(row->after))};
    bool done = xlsx_writer_row(w->sheet);
    for (size_t i = 0; done && i < sizeof text / sizeof *text; i++)
        done = xlsx_writer_text(w->sheet, i, text[i]);
    return done && xlsx_writer_money(w->sheet, COLUMNS - 1, row->value_cents);
}

static bool row_write(struct cx *cx, void *owner, const struct study_customer *row) {
    struct writing *w = owner;
    struct arena_mark mark = arena_mark_get(cx->arena);
    bool done = w->csv != NULL ? csv_row(cx, w, row) : sheet_row(cx, w, row);
    w->rows++;
    if (done)
        arena_rewind(cx->arena, mark);
    return done;
}

static bool titles(struct cx *cx, struct writing *w, int file) {
    struct str title[COLUMNS];
    struct buf line;
    for (int i = 0; i < COLUMNS; i++)
        title[i] = word(cx, w->lang, "", column[i].title);
    if (w->csv == NULL)
        return xlsx_writer_open(cx, file, word(cx, w->lang, "", "policy_page.try_title"), title, COLUMNS, &w->sheet);
    buf_init(&line, cx->arena, 0);
    buf_put(&line, CSV_FILE_MARK);
    for (int i = 0; i < COLUMNS; i++)
        csv_file_text(&line, w->lang, i == 0, str_from(column[i].name));
    csv_file_end(&line);
    return line_out(cx, w, &line);
}

/* The file itself stays open with the caller. */
static bool csv_open(struct cx *cx, int file, FILE **out) {
    int own = dup(file);
    *out = own >= 0 ? fdopen(own, "w") : NULL;
    if (*out != NULL)
        return true;
    if (own >= 0)
        close(own);
    return failed(cx);
}

bool policy_file_make(struct cx *cx, struct db *db, const struct policy_file_wish *wish, int *file, int64_t *bytes,
                      int64_t *rows) {
    struct writing w = {.lang = wish->lang};
    struct stat stat;
    if (!portfolio_file_open(cx, file) || (wish->kind == PORTFOLIO_CSV && !csv_open(cx, *file, &w.csv)))
        return false;
    bool done = titles(cx, &w, *file) && study_customers(cx, db, wish->ask, row_write, &w);
    if (done && w.csv == NULL)
        done = xlsx_writer_close(w.sheet);
    if (w.csv != NULL && fclose(w.csv) != 0 && done)
        done = failed(cx);
    done = done && (fstat(*file, &stat) == 0 || failed(cx));
    *bytes = done ? (int64_t)stat.st_size : 0;
    *rows = w.rows;
    return done;
}
