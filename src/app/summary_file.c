// SPDX-License-Identifier: Apache-2.0
/* summary_file.c -- a summary file row by row: header, how its numbers are written, and each row judged.
 *
 * Whether the mark is a point or a comma is taken from the rows that prove it. Where all that have a mark have just three
 * figures after it (30.429), it is the decimal mark: a summary is written by a program, and programs part no thousands.
 * Must not keep a row: memory is the same for ten rows and ten million.
 */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "app/shape.h"
#include "app/summary_parts.h"
#include "base/buf.h"
#include "base/real.h"
#include "core/summary.h"

enum { HEADER_ROWS = 20, PROOFS_ENOUGH = 200, ROWS_ENOUGH = 5000, MINORITY = 20, NO_COLUMN = -1, NUMBER_TEXT = 24 };

/* Beyond these a number is a slip of the file, and one such row would decide the whole fit: decades are 1e9 seconds, and
 * no double holds a gap whose logarithm is lower. */
static const double x_most = 1e7, time_most = 1e9, log_gap_least = -745;

struct summary_file {
    struct summary_options options;
    struct table *table;
    struct str *header;
    size_t columns;
    uint64_t header_line;
    int column[SUMMARY_FIELD_END];
    int covariate[SUMMARY_COVARIATES];
    bool number[SUMMARY_COVARIATES];
    enum decimal_mark mark;
    bool litt, spend; /* are read */
    uint64_t rows;
    char count[NUMBER_TEXT];
};

/* -- the header -------------------------------------------------------------------------------------------------- */

/* What each column of this row would stand for; false when a mapped column is not in it. */
static bool fields_of(struct cx *cx, const struct summary_options *options, const struct table_row *row,
                      enum summary_field *field) {
    bool all = true;
    summary_recognise(cx->arena, row->cell, row->cells, field);
    for (size_t i = 0; i < options->maps; i++) {
        enum summary_field mapped;
        if (!summary_field_parse(options->map[i].field, &mapped)) {
            continue;
        }
        size_t at = shape_column_find(cx->arena, row->cell, row->cells, options->map[i].column);
        all = all && at < row->cells;
        for (size_t k = 0; k < row->cells; k++) {
            field[k] = field[k] == mapped ? SUMMARY_NONE : field[k];
        }
        if (at < row->cells) {
            field[at] = mapped;
        }
    }
    return all;
}

static void columns_of(const enum summary_field *field, size_t n, int column[SUMMARY_FIELD_END]) {
    for (int f = 0; f < SUMMARY_FIELD_END; f++) {
        column[f] = NO_COLUMN;
    }
    for (size_t i = 0; i < n; i++) {
        column[field[i]] = (int)i;
    }
}

static bool is_summary(const struct summary_options *options, const int column[SUMMARY_FIELD_END]) {
    if (!options->times && column[SUMMARY_X] != NO_COLUMN && column[SUMMARY_SPEND] != NO_COLUMN) {
        return true;
    }
    return column[SUMMARY_X] != NO_COLUMN && column[SUMMARY_T_X] != NO_COLUMN && column[SUMMARY_T] != NO_COLUMN;
}

/* The next row that holds something; END after HEADER_ROWS of them. */
static enum table_next head_next(struct cx *cx, struct table *table, int *seen, struct table_row *row) {
    while (*seen < HEADER_ROWS) {
        enum table_next next = table_next(cx, table, row);
        ++*seen;
        if (next == TABLE_FAIL || next == TABLE_END || (next == TABLE_ROW && !row->blank)) {
            return next;
        }
    }
    return TABLE_END;
}

static void header_keep(struct cx *cx, const struct table_row *row, struct summary_file *file) {
    file->header_line = row->line;
    file->columns = row->cells;
    file->header = arena_new(cx->arena, struct str, row->cells + 1);
    for (size_t i = 0; i < row->cells; i++) {
        file->header[i] = str_copy(cx->arena, str_trim(row->cell[i]));
    }
}

bool summary_file_find(struct cx *cx, const struct summary_options *options, struct table *table, bool *found,
                       struct summary_file **out) {
    struct table_row row;
    int seen = 0;
    for (*found = false; !*found;) {
        enum table_next next = head_next(cx, table, &seen, &row);
        if (next != TABLE_ROW) {
            return next != TABLE_FAIL;
        }
        int column[SUMMARY_FIELD_END];
        enum summary_field *field = arena_new(cx->arena, enum summary_field, row.cells + 1);
        *found = fields_of(cx, options, &row, field);
        columns_of(field, row.cells, column);
        *found = *found && is_summary(options, column);
        if (*found) {
            struct summary_file *file = arena_new(cx->arena, struct summary_file, 1);
            file->options = *options;
            file->table = table;
            memcpy(file->column, column, sizeof column);
            header_keep(cx, &row, file);
            *out = file;
        }
    }
    return true;
}

static struct str columns_text(struct cx *cx, const struct str *header, size_t n) {
    struct shape shape = {.header = (struct str *)(uintptr_t)header, .columns = n};
    return shape_columns(cx, &shape);
}

/* The row that is most like a header of a summary; the first of equals. */
static bool best_row(struct cx *cx, const struct summary_options *options, struct table *table,
                     struct summary_file *out) {
    struct table_row row;
    int seen = 0;
    size_t best = 0;
    for (enum table_next next; (next = head_next(cx, table, &seen, &row)) != TABLE_END;) {
        if (next == TABLE_FAIL) {
            return false;
        }
        int column[SUMMARY_FIELD_END];
        enum summary_field *field = arena_new(cx->arena, enum summary_field, row.cells + 1);
        fields_of(cx, options, &row, field);
        columns_of(field, row.cells, column);
        size_t score = 1;
        for (int f = SUMMARY_CUSTOMER; f < SUMMARY_FIELD_END; f++) {
            score += column[f] != NO_COLUMN;
        }
        if (score > best) {
            best = score;
            memcpy(out->column, column, sizeof column);
            header_keep(cx, &row, out);
        }
    }
    return true;
}

bool summary_file_missing(struct cx *cx, const struct summary_options *options, struct table *table) {
    static const enum summary_field needed[] = {SUMMARY_X, SUMMARY_T_X, SUMMARY_T};
    struct summary_file file = {0};
    if (!best_row(cx, options, table, &file)) {
        return false;
    }
    struct str columns = columns_text(cx, file.header, file.columns);
    for (size_t i = 0; i < options->maps; i++) {
        enum summary_field mapped;
        if (summary_field_parse(options->map[i].field, &mapped) &&
            shape_column_find(cx->arena, file.header, file.columns, options->map[i].column) == file.columns) {
            return cx_fail(cx, ERR_INVALID, S("import.mapped_column_missing"), options->path,
                           str_trim(options->map[i].column), columns);
        }
    }
    bool some = false;
    for (size_t i = 0; file.columns > 0 && i < 3; i++) {
        some = some || file.column[needed[i]] != NO_COLUMN;
    }
    for (size_t i = 0; some && i < 3; i++) {
        if (file.column[needed[i]] == NO_COLUMN) {
            return cx_fail(cx, ERR_INVALID, S("summary.column_missing"), options->path,
                           str_from(summary_field_name(needed[i])), columns);
        }
    }
    return cx_fail(cx, ERR_INVALID, S("summary.unknown_file"), options->path, columns);
}

/* -- what is needed, and how it is written ----------------------------------------------------------------------- */

static bool needs(struct cx *cx, const struct summary_file *file, enum summary_field field) {
    return file->column[field] != NO_COLUMN ||
           cx_fail(cx, ERR_INVALID, S("summary.column_missing"), file->options.path,
                   str_from(summary_field_name(field)), columns_text(cx, file->header, file->columns));
}

static bool is_mapped(const struct summary_options *options, enum summary_field field) {
    enum summary_field mapped;
    for (size_t i = 0; i < options->maps; i++) {
        if (summary_field_parse(options->map[i].field, &mapped) && mapped == field) {
            return true;
        }
    }
    return false;
}

/* Of two columns with one heading nobody can say which is meant. */
static bool once(struct cx *cx, const struct summary_file *file, enum summary_field field) {
    int column = file->column[field];
    if (column == NO_COLUMN || is_mapped(&file->options, field)) {
        return true;
    }
    for (size_t i = (size_t)column + 1; i < file->columns; i++) {
        if (str_equal(file->header[i], file->header[column])) {
            return cx_fail(cx, ERR_INVALID, S("summary.column_twice"), file->options.path, file->header[column],
                           cx_text(cx, "%d", column + 1), cx_text(cx, "%zu", i + 1),
                           str_from(summary_field_name(field)));
        }
    }
    return true;
}

static bool all_once(struct cx *cx, const struct summary_file *file) {
    for (int f = SUMMARY_CUSTOMER; f < SUMMARY_FIELD_END; f++) {
        if (!once(cx, file, (enum summary_field)f)) {
            return false;
        }
    }
    return true;
}

static bool covariates_find(struct cx *cx, struct summary_file *file) {
    for (size_t i = 0; i < file->options.covariates; i++) {
        struct str name = file->options.covariate[i];
        size_t at = shape_column_find(cx->arena, file->header, file->columns, name);
        if (at == file->columns) {
            return cx_fail(cx, ERR_INVALID, S("summary.no_covariate"), file->options.path, name,
                           columns_text(cx, file->header, file->columns));
        }
        file->covariate[i] = (int)at;
    }
    return true;
}

/* What the rows say about the decimal mark. */
struct proof {
    int64_t point, comma;           /* cells that prove it */
    int64_t open_point, open_comma; /* cells with three figures after their only mark */
    uint64_t line;                  /* of the first such */
    struct str text;
};

/* Nearly every cell begins and ends with a letter or digit: there is nothing to trim. */
static struct str cell_of(const struct table_row *row, int column) {
    if (column < 0 || (size_t)column >= row->cells) {
        return (struct str){0};
    }
    struct str cell = row->cell[column];
    bool plain = cell.n > 0 && cell.p[0] > ' ' && cell.p[cell.n - 1] > ' ';
    return plain ? cell : str_trim(cell);
}

/* An absent value as statistics programs write it. */
static bool is_absent(struct str cell) {
    static const struct str words[] = {{"NA", 2}, {"NaN", 3}, {"nan", 3}, {"NULL", 4}, {"null", 4}, {"-", 1}};
    bool absent = cell.n == 0;
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        absent = absent || str_equal(cell, words[i]);
    }
    return absent;
}

static bool has_mark(struct str s, char mark) {
    return memchr(s.p, mark, s.n) != NULL;
}

static void proof_take(struct cx *cx, struct proof *proof, struct str cell, uint64_t line) {
    double v;
    enum decimal_mark seen = DECIMAL_UNKNOWN;
    if (cell.n == 0 || real_read(cell, DECIMAL_UNKNOWN, &v, &seen) != DECIMAL_OK) {
        return;
    }
    bool point = has_mark(cell, '.'), comma = has_mark(cell, ',');
    proof->point += seen == DECIMAL_POINT;
    proof->comma += seen == DECIMAL_COMMA;
    if (seen != DECIMAL_UNKNOWN || point == comma) {
        return;
    }
    if (proof->line == 0) {
        proof->line = line;
        proof->text = str_copy(cx->arena, cell);
    }
    proof->open_point += point;
    proof->open_comma += comma;
}

/* A covariate is numbers until a value is none. */
static void covariates_look(struct summary_file *file, const struct table_row *row, bool *any) {
    double v;
    for (size_t i = 0; i < file->options.covariates; i++) {
        struct str cell = cell_of(row, file->covariate[i]);
        any[i] = any[i] || !is_absent(cell);
        file->number[i] =
            file->number[i] && (is_absent(cell) || real_read(cell, file->options.decimal, &v, NULL) == DECIMAL_OK);
    }
}

/* Reads as far as it takes: all of the file when there are covariates, whose kind every value decides. */
static bool look(struct cx *cx, struct summary_file *file, struct proof *proof) {
    bool any[SUMMARY_COVARIATES] = {0}, covariates = file->options.covariates > 0;
    struct table_row row;
    for (size_t i = 0; i < file->options.covariates; i++) {
        file->number[i] = true;
    }
    for (int64_t rows = 0;; rows++) {
        bool open = proof->open_point + proof->open_comma > 0;
        if (!covariates && (proof->point + proof->comma >= PROOFS_ENOUGH || (rows >= ROWS_ENOUGH && !open))) {
            break;
        }
        enum table_next next = table_next(cx, file->table, &row);
        if (next == TABLE_FAIL) {
            return false;
        }
        if (next == TABLE_END) {
            break;
        }
        for (int f = SUMMARY_X; next == TABLE_ROW && f < SUMMARY_FIELD_END; f++) {
            proof_take(cx, proof, cell_of(&row, file->column[f]), row.line);
        }
        if (next == TABLE_ROW && !row.blank) {
            covariates_look(file, &row, any);
        }
    }
    for (size_t i = 0; i < file->options.covariates; i++) {
        file->number[i] = file->number[i] && any[i];
    }
    return true;
}

static bool mark_settle(struct cx *cx, struct summary_file *file, const struct proof *proof) {
    const struct summary_options *options = &file->options;
    bool point = proof->point > 0, comma = proof->comma > 0;
    if (options->decimal != DECIMAL_UNKNOWN || table_typed(file->table)) {
        file->mark = options->decimal != DECIMAL_UNKNOWN ? options->decimal : DECIMAL_POINT;
        return true;
    }
    if (point && comma) {
        point = proof->point >= MINORITY * proof->comma;
        comma = proof->comma >= MINORITY * proof->point;
        if (!point && !comma) {
            return cx_fail(cx, ERR_INVALID, S("import.decimal_mixed"), options->path,
                           cx_text(cx, "%lld", (long long)proof->point), cx_text(cx, "%lld", (long long)proof->comma));
        }
    } else if (!point && !comma) {
        point = proof->open_point > 0;
        comma = proof->open_comma > 0;
        if (point && comma) {
            return cx_fail(cx, ERR_INVALID, S("import.decimal_unknown"), options->path,
                           cx_text(cx, "%llu", (unsigned long long)proof->line), proof->text);
        }
    }
    file->mark = point ? DECIMAL_POINT : comma ? DECIMAL_COMMA : DECIMAL_UNKNOWN;
    return true;
}

bool summary_file_ready(struct cx *cx, struct summary_file *file, struct summary_about *about) {
    const struct summary_options *options = &file->options;
    struct proof proof = {0};
    if (!all_once(cx, file) || (options->litt && !needs(cx, file, SUMMARY_LITT)) ||
        (options->spend && !needs(cx, file, SUMMARY_SPEND)) || !covariates_find(cx, file) || !look(cx, file, &proof) ||
        !mark_settle(cx, file, &proof)) {
        return false;
    }
    file->litt = options->litt;
    file->spend = file->column[SUMMARY_SPEND] != NO_COLUMN;
    about->customer = file->column[SUMMARY_CUSTOMER] != NO_COLUMN;
    about->litt = file->column[SUMMARY_LITT] != NO_COLUMN;
    about->spend = file->spend;
    memcpy(about->number, file->number, sizeof about->number);
    return summary_file_rewind(cx, file);
}

bool summary_file_rewind(struct cx *cx, struct summary_file *file) {
    file->rows = 0;
    return table_rewind(cx, file->table);
}

void summary_file_close(struct summary_file *file) {
    if (file) {
        table_close(file->table);
    }
}

/* -- rows -------------------------------------------------------------------------------------------------------- */

static bool refuse(const struct summary_file *file, struct import_reject *bad, struct str reason, int column,
                   struct str detail) {
    bad->reason = reason;
    bad->column = column >= 0 ? file->header[column] : (struct str){0};
    bad->detail = detail;
    return false;
}

static bool read_cell(const struct summary_file *file, const struct table_row *row, int column, double *out,
                      struct import_reject *bad) {
    struct str cell = cell_of(row, column);
    if (real_read(cell, file->mark, out, NULL) == DECIMAL_OK) {
        return true;
    }
    return is_absent(cell) ? refuse(file, bad, S("summary.empty"), column, (struct str){0})
                           : refuse(file, bad, S("summary.not_a_number"), column, cell);
}

static bool read_litt(const struct summary_file *file, const struct table_row *row, struct cbs_customer *c,
                      struct import_reject *bad) {
    c->litt = 0;
    if (!file->litt || (c->x == 0 && is_absent(cell_of(row, file->column[SUMMARY_LITT])))) {
        return true;
    }
    return read_cell(file, row, file->column[SUMMARY_LITT], &c->litt, bad);
}

/* Without times only x can be wrong: it is looked at as that of a customer who has been watched. */
static enum cbs_fault fault_of(const struct summary_file *file, const struct cbs_customer *c) {
    if (file->column[SUMMARY_T] != NO_COLUMN && file->column[SUMMARY_T_X] != NO_COLUMN) {
        return cbs_check(c, file->litt);
    }
    struct cbs_customer alone = {.x = c->x, .t_x = c->x == 0 ? 0 : 1, .T = 1};
    return cbs_check(&alone, false);
}

static bool judge(const struct summary_file *file, const struct table_row *row, const struct cbs_customer *c,
                  struct import_reject *bad) {
    if (c->x > x_most) {
        return refuse(file, bad, S("summary.x_too_large"), NO_COLUMN, cell_of(row, file->column[SUMMARY_X]));
    }
    if (c->T > time_most) {
        return refuse(file, bad, S("summary.t_too_large"), NO_COLUMN, cell_of(row, file->column[SUMMARY_T]));
    }
    enum cbs_fault fault = fault_of(file, c);
    if (fault != CBS_FINE) {
        return refuse(file, bad, summary_fault_key(fault), NO_COLUMN, (struct str){0});
    }
    return c->litt >= log_gap_least * c->x ||
           refuse(file, bad, S("summary.litt_too_small"), NO_COLUMN, (struct str){0});
}

static bool read_times(const struct summary_file *file, const struct table_row *row, struct cbs_customer *c,
                       struct import_reject *bad) {
    static const enum summary_field fields[] = {SUMMARY_X, SUMMARY_T_X, SUMMARY_T};
    double *const to[] = {&c->x, &c->t_x, &c->T};
    for (size_t i = 0; i < 3; i++) {
        int column = file->column[fields[i]];
        *to[i] = 0;
        if (column != NO_COLUMN && !read_cell(file, row, column, to[i], bad)) {
            return false;
        }
    }
    return read_litt(file, row, c, bad) && judge(file, row, c, bad);
}

static double read_spend(const struct summary_file *file, const struct table_row *row) {
    double v;
    struct str cell = cell_of(row, file->column[SUMMARY_SPEND]);
    return file->spend && real_read(cell, file->mark, &v, NULL) == DECIMAL_OK ? v : NAN;
}

static bool read_covariates(const struct summary_file *file, const struct table_row *row, struct summary_row *out,
                            struct import_reject *bad) {
    for (size_t i = 0; i < file->options.covariates; i++) {
        out->covariate[i] = cell_of(row, file->covariate[i]);
        if (file->number[i] && !read_cell(file, row, file->covariate[i], &out->covariate_number[i], bad)) {
            return false;
        }
    }
    return true;
}

static struct str bad_reason(enum csv_next bad) {
    switch (bad) {
    case CSV_BAD_OPEN_QUOTE:
        return S("reject.open_quote");
    case CSV_BAD_TOO_WIDE:
        return S("reject.too_wide");
    case CSV_BAD_NUL:
        return S("reject.nul");
    case CSV_BAD_TOO_LONG:
    case CSV_ROW:
    case CSV_END:
    case CSV_FAIL:
        break;
    }
    return S("reject.too_long");
}

static bool row_whole(struct summary_file *file, const struct table_row *row, struct import_reject *bad) {
    struct shape shape = {.columns = file->columns};
    if (row->last_unended && row->cells < file->columns) {
        return refuse(file, bad, S("reject.cut"), NO_COLUMN, (struct str){0});
    }
    if (row_overflows(&shape, row)) {
        int n = snprintf(file->count, sizeof file->count, "%zu", row->cells);
        return refuse(file, bad, S("reject.too_many_cells"), NO_COLUMN, (struct str){file->count, (size_t)n});
    }
    return true;
}

static struct str customer_of(struct summary_file *file, const struct table_row *row) {
    struct str cell = cell_of(row, file->column[SUMMARY_CUSTOMER]);
    if (cell.n > 0) {
        return cell;
    }
    int n = snprintf(file->count, sizeof file->count, "%llu", (unsigned long long)file->rows);
    return (struct str){file->count, (size_t)n};
}

enum summary_next summary_file_next(struct cx *cx, struct summary_file *file, struct summary_row *out,
                                    struct import_reject *bad) {
    struct table_row row;
    for (;;) {
        enum table_next next = table_next(cx, file->table, &row);
        if (next == TABLE_END || next == TABLE_FAIL) {
            return next == TABLE_END ? SUMMARY_END : SUMMARY_FAIL;
        }
        if (row.line <= file->header_line || (next == TABLE_ROW && row.blank)) {
            continue;
        }
        file->rows++;
        *bad = (struct import_reject){.file = file->options.path, .line = (int64_t)row.line, .row = row.raw};
        if (next == TABLE_BAD) {
            bad->reason = bad_reason(row.bad);
            return SUMMARY_BAD;
        }
        if (!row_whole(file, &row, bad) || !read_times(file, &row, &out->c, bad) ||
            !read_covariates(file, &row, out, bad)) {
            return SUMMARY_BAD;
        }
        out->spend = read_spend(file, &row);
        out->line = row.line;
        out->customer = customer_of(file, &row);
        return SUMMARY_ROW;
    }
}
