// SPDX-License-Identifier: Apache-2.0
/* importing.c -- what all importers share: the transaction around them, rejects, labels, cells. */
#include "app/importing.h"

#include <errno.h>

#include "app/shape.h"
#include "app/webhook_tell.h"
#include "base/buf.h"
#include "base/limits.h"
#include "core/document.h"
#include "stats/stat.h"
#include "store/duplicate.h"
#include "store/score.h"
#include "store/upload.h"

enum { PROGRESS_ROWS = 8192, REJECT_DETAIL = 80 /* bytes of a cell that say what is wrong */ };

/* The first bytes of a text, no character cut in two. */
static struct str text_first(struct str s, size_t most) {
    if (s.n < most) {
        return s;
    }
    size_t n = most;
    for (size_t back = 1; back <= 4 && back <= most; back++) {
        unsigned char c = (unsigned char)s.p[most - back];
        if ((c & 0xc0) != 0x80) {
            size_t whole = c >= 0xf0 ? 4 : c >= 0xe0 ? 3 : c >= 0xc0 ? 2 : 1;
            n = whole > back ? most - back : most;
            break;
        }
    }
    return (struct str){s.p, n};
}

/* The rejected rows never take the place of what is being read. */
static bool rejects_path_fits(struct cx *cx, const struct import_options *options) {
    for (size_t i = 0; i < options->paths; i++) {
        if (whole_same(cx, options->rejects_path, options->path[i])) {
            return cx_fail(cx, ERR_INVALID, S("import.rejects_over_input"), options->rejects_path);
        }
    }
    return true;
}

/* The file's fault is told with what it means here: nothing was imported. */
static bool rejects_failed(struct cx *cx) {
    cx->err.key = S("import.rejects_file");
    return false;
}

static bool rejects_file_open(struct cx *cx, struct importing *im) {
    struct str path = im->options->rejects_path;
    if (path.n == 0) {
        return true;
    }
    if (!rejects_path_fits(cx, im->options)) {
        return false;
    }
    if (!whole_open(cx, stdout, path, &im->rejects_file)) {
        return rejects_failed(cx);
    }
    fputs(IMPORTING_REJECTS_HEAD, im->rejects_file.to);
    return true;
}

static bool rejects_file_end(struct cx *cx, struct importing *im) {
    return !im->rejects_file.to || whole_end(cx, &im->rejects_file) || rejects_failed(cx);
}

/* The import stands by now: a name that the file cannot get is only worth a word. */
static void rejects_file_keep(struct cx *cx, struct importing *im) {
    struct cx aside = {.arena = cx->arena};
    if (!whole_keep(&aside, &im->rejects_file)) {
        importing_warn(cx, im, S("import.warn_rejects_file"), aside.err.arg[0], aside.err.arg[1],
                       str_from(im->rejects_file.beside));
    }
}

bool importing_open(struct cx *cx, struct importing *im, struct db *db, const struct import_options *options,
                    struct str files, struct import_report *report) {
    *im = (struct importing){.db = db, .options = options, .report = report};
    arena_init(&im->row, 0, arena_full_exit, NULL);
    for (size_t i = 0; i < LABEL_KIND_END; i++) {
        map_init(&im->label[i], 0, arena_full_exit, NULL);
    }
    return db_write(cx, db) && duplicate_part(cx, db) &&
           import_begin(cx, db, options->kind, files, options->now_us, &im->id) &&
           import_rejects_open(cx, db, im->id, &im->rejects) && rejects_file_open(cx, im);
}

static void importing_free(struct importing *im) {
    arena_clear(&im->row);
    for (size_t i = 0; i < LABEL_KIND_END; i++) {
        map_clear(&im->label[i]);
    }
}

void importing_abort(struct cx *cx, struct importing *im) {
    (void)import_rejects_close(cx, im->rejects); /* not flushed: there is an error */
    im->rejects = NULL;
    whole_drop(&im->rejects_file);
    db_rollback(im->db);
    importing_free(im);
}

static void counts_add(struct import_counts *sum, const struct import_counts *more) {
    sum->rows += more->rows;
    sum->added += more->added;
    sum->changed += more->changed;
    sum->unchanged += more->unchanged;
    sum->rejected += more->rejected;
    sum->blank += more->blank;
}

static int by_rows(const void *a, const void *b) {
    const struct import_reason *x = a, *y = b;
    return x->rows > y->rows ? -1 : x->rows < y->rows;
}

static bool settle(struct cx *cx, struct importing *im) {
    struct import_report *report = im->report;
    report->run.id = im->id;
    report->run.kind = im->options->kind;
    report->run.started_us = im->options->now_us;
    report->run.finished_us = im->options->now_us;
    for (size_t i = 0; i < report->files; i++) {
        struct import_file_report *file = &report->file[i];
        counts_add(&report->run.counts, &file->counts);
        if (!import_file_add(cx, im->db, im->id, (int64_t)i, file->path, &file->counts)) {
            return false;
        }
        if (file->recoded > 0) {
            importing_warn(cx, im, S("import.warn_recoded"), file->path, cx_text(cx, "%lld", (long long)file->recoded),
                           S(""));
        }
        if (file->mended > 0) {
            importing_warn(cx, im, S("import.warn_mended"), file->path, cx_text(cx, "%lld", (long long)file->mended),
                           S(""));
        }
        if (file->cut) {
            importing_warn(cx, im, S("import.warn_cut"), file->path, S(""), S(""));
        }
    }
    qsort(report->reason, report->reasons, sizeof *report->reason, by_rows);
    const struct webhook_news news = {.kind = WEBHOOK_IMPORT_DONE, .subject = im->id, .at_us = im->options->now_us};
    return import_finish(cx, im->db, &report->run) && duplicate_join(cx, im->db) && score_facts_moved(cx, im->db) &&
           webhook_tell(cx, im->db, &news) &&
           (im->options->upload_id == 0 || upload_imported(cx, im->db, im->options->upload_id, im->id));
}

bool importing_close(struct cx *cx, struct importing *im) {
    bool ok = import_rejects_close(cx, im->rejects) && settle(cx, im) && rejects_file_end(cx, im);
    im->rejects = NULL;
    if (ok && im->options->dry_run) {
        db_rollback(im->db);
        im->report->run.id = 0;
    } else {
        ok = ok && db_commit(cx, im->db);
    }
    if (!ok) {
        importing_abort(cx, im);
        return false;
    }
    rejects_file_keep(cx, im);
    importing_free(im);
    return true;
}

void importing_reason(struct import_report *report, struct str reason) {
    size_t most = sizeof report->reason / sizeof *report->reason;
    for (size_t i = 0; i < report->reasons; i++) {
        if (str_equal(report->reason[i].reason, reason)) {
            report->reason[i].rows++;
            return;
        }
    }
    if (report->reasons < most) {
        report->reason[report->reasons].reason = reason; /* a literal */
        report->reason[report->reasons++].rows = 1;
    }
}

struct str importing_path(const struct import_options *options, struct str path) {
    size_t n = options->folder.n;
    return n > 0 && str_starts(path, options->folder) ? (struct str){path.p + n, path.n - n} : path;
}

struct str importing_shown(struct arena *arena, struct str row) {
    row = text_first(row, LIMIT_CSV_SHOWN);
    return str_valid_utf8(row) ? row : str_from_cp1252(arena, row);
}

struct str importing_reject_line(struct arena *arena, const struct import_reject *reject) {
    struct buf buf;
    buf_init(&buf, arena, 8 * LIMIT_CSV_SHOWN);
    buf_csv(&buf, reject->file, ',');
    buf_printf(&buf, ",%lld,", (long long)reject->line);
    const struct str text[] = {reject->column, reject->reason, reject->detail, reject->row};
    for (size_t i = 0; i < 4; i++) {
        buf_put(&buf, i ? S(",") : S(""));
        buf_csv(&buf, text[i], ',');
    }
    buf_char(&buf, '\n');
    return buf_str(&buf);
}

bool importing_reject(struct cx *cx, struct importing *im, size_t at, const struct import_reject *reject) {
    struct import_file_report *file = &im->report->file[at];
    struct import_reject whole = *reject;
    whole.file = reject->file.n > 0 ? importing_path(im->options, reject->file) : file->path;
    whole.row = importing_shown(&im->row, whole.row);
    file->counts.rows++;
    file->counts.rejected++;
    importing_reason(im->report, reject->reason);
    if (im->rejects_file.to) {
        struct str line = importing_reject_line(&im->row, &whole);
        if (fwrite(line.p, 1, line.n, im->rejects_file.to) != line.n) {
            return cx_fail(cx, ERR_IO, S("import.rejects_file"), im->options->rejects_path, str_from(strerror(errno)));
        }
    }
    return import_rejects_add(cx, im->rejects, &whole);
}

struct import_reject importing_bad_row(struct arena *arena, const struct table_row *row) {
    struct str reason = S("reject.too_long");
    switch (row->bad) {
    case CSV_BAD_OPEN_QUOTE:
        reason = S("reject.open_quote");
        break;
    case CSV_BAD_TOO_WIDE:
        reason = S("reject.too_wide");
        break;
    case CSV_BAD_NUL:
        reason = S("reject.nul");
        break;
    case CSV_BAD_TOO_LONG:
    case CSV_ROW:
    case CSV_END:
    case CSV_FAIL:
        break;
    }
    /* A NUL byte can't be kept in a text column: shown as the control picture. */
    struct str shown = str_copy(arena, row->raw);
    for (size_t i = 0; i < shown.n; i++) {
        if (shown.p[i] == '\0') {
            ((char *)(uintptr_t)shown.p)[i] = '?';
        }
    }
    return (struct import_reject){.line = (int64_t)row->line, .reason = reason, .row = shown};
}

bool importing_bad(struct cx *cx, struct importing *im, size_t at, const struct table_row *row) {
    struct import_reject reject = importing_bad_row(&im->row, row);
    return importing_reject(cx, im, at, &reject);
}

bool importing_label(struct cx *cx, struct importing *im, enum label_kind kind, struct str code, int64_t *id) {
    if (code.n == 0) {
        *id = 0;
        return true;
    }
    if (map_find(&im->label[kind], code, id)) {
        return true;
    }
    if (!label_of(cx, im->db, kind, code, id)) {
        return false;
    }
    map_put(&im->label[kind], code, *id);
    return true;
}

struct str importing_number(struct importing *im, size_t n) {
    struct buf buf;
    buf_init(&buf, &im->row, 0);
    buf_int(&buf, (int64_t)n);
    return buf_str(&buf);
}

void importing_warn(struct cx *cx, struct importing *im, struct str key, struct str a, struct str b, struct str c) {
    struct import_report *report = im->report;
    if (report->warnings < IMPORT_WARNINGS) {
        report->warning[report->warnings++] =
            (struct import_warning){key, {str_copy(cx->arena, a), str_copy(cx->arena, b), str_copy(cx->arena, c)}};
    }
}

void importing_row(struct importing *im, const struct table *table, struct str path) {
    arena_reset(&im->row);
    if (++im->rows_done % PROGRESS_ROWS == 0 && im->options->progress.step) {
        uint64_t done = 0, total = 0;
        table_progress(table, &done, &total);
        im->options->progress.step(im->options->progress.owner, path, done, total);
    }
}

static void cell_refuse(const struct shape *shape, enum field field, struct str cell, struct str reason,
                        struct import_reject *reject) {
    reject->column = shape->header[shape->column[field]];
    reject->reason = reason;
    reject->detail = text_first(cell, REJECT_DETAIL);
}

bool cell_day(const struct shape *shape, const struct table_row *row, enum field field, struct day *out,
              struct import_reject *reject) {
    struct str cell = shape_cell(shape, row, field);
    *out = DAY_NONE;
    switch (date_read(cell, shape->date_order, out, NULL)) {
    case DATE_READ_OK:
    case DATE_READ_EMPTY:
        return true;
    case DATE_READ_NO_SUCH_DAY:
        cell_refuse(shape, field, cell, S("reject.no_such_day"), reject);
        return false;
    case DATE_READ_TWO_READINGS:
        cell_refuse(shape, field, cell, S("reject.two_readings"), reject);
        return false;
    case DATE_READ_NOT_A_DATE:
        break;
    }
    cell_refuse(shape, field, cell, S("reject.not_a_date"), reject);
    return false;
}

bool cell_number(const struct shape *shape, const struct table_row *row, enum field field, int scale, int64_t *out,
                 struct import_reject *reject) {
    struct str cell = shape_cell(shape, row, field);
    *out = STAT_NONE;
    switch (decimal_read(cell, shape->decimal, scale, out, NULL)) {
    case DECIMAL_OK:
        if (document_amount_fits(*out)) {
            return true;
        }
        cell_refuse(shape, field, cell, S("reject.number_too_large"), reject);
        return false;
    case DECIMAL_EMPTY:
        return true;
    case DECIMAL_TOO_LARGE:
        cell_refuse(shape, field, cell, S("reject.number_too_large"), reject);
        return false;
    case DECIMAL_TWO_READINGS:
        cell_refuse(shape, field, cell, S("reject.number_two_readings"), reject);
        return false;
    case DECIMAL_NOT_A_NUMBER:
        break;
    }
    cell_refuse(shape, field, cell, S("reject.not_a_number"), reject);
    return false;
}

bool cell_degrees(const struct shape *shape, const struct table_row *row, enum field field, int64_t most, int64_t *out,
                  struct import_reject *reject) {
    enum { PLACES = 5, E5 = 100000, LONGEST = 40 };
    struct str cell = shape_cell(shape, row, field);
    char text[LONGEST];
    *out = STAT_NONE;
    for (size_t i = 0; i < cell.n && i < LONGEST; i++) {
        text[i] = cell.p[i];
        if (text[i] == ',') {
            text[i] = '.';
        }
    }
    enum decimal_read read = DECIMAL_NOT_A_NUMBER;
    if (cell.n <= LONGEST) {
        read = decimal_read((struct str){text, cell.n}, DECIMAL_POINT, PLACES, out, NULL);
    }
    if (read == DECIMAL_EMPTY || (read == DECIMAL_OK && *out >= -most * E5 && *out <= most * E5)) {
        return true;
    }
    cell_refuse(shape, field, cell, S("reject.not_degrees"), reject);
    return false;
}

struct str cell_code(const struct shape *shape, const struct table_row *row, enum field field) {
    struct str cell = shape_cell(shape, row, field);
    size_t n = cell.n;
    while (n > 1 && cell.p[n - 1] == '0') {
        n--;
    }
    if (n < 2 || n == cell.n || cell.p[n - 1] != '.') {
        return cell;
    }
    for (size_t i = 0; i + 1 < n; i++) {
        if (cell.p[i] < '0' || cell.p[i] > '9') {
            return cell;
        }
    }
    return (struct str){cell.p, n - 1};
}

bool cell_fits(const struct shape *shape, enum field field, struct str cell, size_t most,
               struct import_reject *reject) {
    if (cell.n <= most) {
        return true;
    }
    cell_refuse(shape, field, cell, S("reject.text_too_long"), reject);
    return false;
}
