// SPDX-License-Identifier: Apache-2.0
/* shape.c -- finding the header, then scanning for proof of how dates and numbers are written.
 *
 * Proof of a date's order is a row such as 25/03/2021: one reading only. All rows are scanned when dates are written
 * that way, so that a file in two minds is noticed; ISO dates and plain numbers settle within SHAPE_ENOUGH cells.
 */
#include "app/shape.h"

#include "base/buf.h"

enum {
    SHAPE_HEADER_ROWS = 20, /* a report's title lines above its header */
    SHAPE_ENOUGH = 500,     /* cells with one reading, and none with two, settle the form */
    SHAPE_MINORITY = 20     /* one reading against 1 in so many of the other: the other are typing errors */
};

bool shape_has(const struct shape *shape, enum field field) {
    return shape->column[field] != SHAPE_NO_COLUMN;
}

struct str shape_cell(const struct shape *shape, const struct table_row *row, enum field field) {
    int column = shape->column[field];
    if (column == SHAPE_NO_COLUMN || (size_t)column >= row->cells) {
        return (struct str){0};
    }
    struct str cell = str_trim(row->cell[column]);
    if (cell.n == 4 && (str_equal(cell, S("NULL")) || str_equal(cell, S("null")))) {
        return (struct str){0};
    }
    return cell;
}

struct str shape_columns(struct cx *cx, const struct shape *shape) {
    struct buf buf;
    buf_init(&buf, cx->arena, 2000);
    for (size_t i = 0; i < shape->columns; i++) {
        buf_put(&buf, i ? S(", ") : S(""));
        buf_put(&buf, shape->header[i]);
    }
    return buf_str(&buf);
}

bool row_overflows(const struct shape *shape, const struct table_row *row) {
    for (size_t i = shape->columns; i < row->cells; i++) {
        if (str_trim(row->cell[i]).n > 0) {
            return true;
        }
    }
    return false;
}

static bool continues(struct str cell) {
    return cell.n > 1 && cell.p[0] == ' ' && cell.p[1] != ' ';
}

bool shape_mend(struct arena *arena, const struct shape *shape, char delimiter, struct table_row *row) {
    size_t rests = 0, n = 0;
    if (row->cells <= shape->columns) {
        return false;
    }
    for (size_t i = 1; i < row->cells; i++) {
        rests += continues(row->cell[i]);
    }
    if (rests != row->cells - shape->columns) {
        return false;
    }
    struct str *cell = arena_new(arena, struct str, shape->columns + 1);
    for (size_t i = 0; i < row->cells; i++) {
        if (i == 0 || !continues(row->cell[i])) {
            cell[n++] = row->cell[i];
            continue;
        }
        struct buf whole;
        buf_init(&whole, arena, 0);
        buf_put(&whole, cell[n - 1]);
        buf_char(&whole, delimiter);
        buf_put(&whole, row->cell[i]);
        cell[n - 1] = buf_str(&whole);
    }
    row->cell = cell;
    row->cells = n;
    return true;
}

static void header_keep(struct cx *cx, const struct table_row *row, struct shape *out) {
    out->header_line = row->line;
    out->columns = row->cells;
    out->header = arena_new(cx->arena, struct str, row->cells + 1);
    out->field = arena_new(cx->arena, enum field, row->cells + 1);
    for (size_t i = 0; i < row->cells; i++) {
        out->header[i] = str_copy(cx->arena, str_trim(row->cell[i]));
    }
}

/* The first of n cells that reads like the name, whatever its case and accents; n: none. */
static size_t cell_named(struct arena *arena, const struct str *cell, size_t n, struct str name) {
    struct str folded = str_fold(arena, name);
    for (size_t i = 0; i < n; i++)
        if (str_equal(cell[i], name) || str_equal(str_fold(arena, cell[i]), folded))
            return i;
    return n;
}

/* How much a row is like a header: the columns it is known by, those that a mapping names included. */
static size_t header_score(struct cx *cx, const struct import_options *options, const struct table_row *row) {
    struct arena_mark mark = arena_mark_get(cx->arena);
    size_t score = field_header_score(cx->arena, options->kind, row->cell, row->cells);
    for (size_t i = 0; i < options->maps; i++)
        score += cell_named(cx->arena, row->cell, row->cells, str_trim(options->map[i].column)) < row->cells;
    arena_rewind(cx->arena, mark);
    return score;
}

/* Cells with something in them, of a row that may be a header: no heading begins with a digit, and hardly a row of data has none that
 * does. */
static size_t headings(const struct table_row *row) {
    size_t n = 0;
    for (size_t i = 0; i < row->cells; i++) {
        struct str cell = str_trim(row->cell[i]);
        if (cell.n > 0 && cell.p[0] >= '0' && cell.p[0] <= '9')
            return 0;
        n += cell.n > 0;
    }
    return n;
}

/* The row most like a header among the first; the first of equals. Where no row is known by any column, a report's title has few
 * cells and the header below it many: twice as many tell them apart, and a header with a blank cell from its rows. */
static bool header_find(struct cx *cx, struct table *table, const struct import_options *options, struct shape *out) {
    size_t best = 0, widest = 0;
    bool any = false;
    uint64_t bad_line = 0;
    struct table_row row;
    for (int seen = 0; seen < SHAPE_HEADER_ROWS;) {
        enum table_next next = table_next(cx, table, &row);
        if (next == TABLE_FAIL) {
            return false;
        }
        if (next == TABLE_END) {
            break;
        }
        if (next == TABLE_BAD && bad_line == 0) {
            bad_line = row.line;
        }
        if (next == TABLE_BAD || row.blank) {
            continue;
        }
        seen++;
        size_t score = header_score(cx, options, &row), width = headings(&row);
        if (!any || score > best || (best == 0 && width > 1 && width >= 2 * widest)) {
            header_keep(cx, &row, out);
            best = score;
            widest = width;
        }
        any = true;
    }
    if (!any && bad_line > 0) {
        return cx_fail(cx, ERR_INVALID, S("import.no_good_row"), out->path,
                       cx_text(cx, "%llu", (unsigned long long)bad_line));
    }
    return any || cx_fail(cx, ERR_INVALID, S("import.empty_file"), out->path);
}

size_t shape_column_find(struct arena *arena, const struct str *header, size_t n, struct str name) {
    name = str_trim(name);
    if (name.n > 1 && name.p[0] == '#') {
        size_t at = 0;
        for (size_t i = 1; i < name.n; i++) {
            at = name.p[i] >= '0' && name.p[i] <= '9' && at < 10000 ? at * 10 + (size_t)(name.p[i] - '0') : 100000;
        }
        if (at >= 1 && at <= n) {
            return at - 1;
        }
    }
    return cell_named(arena, header, n, name);
}

static bool map_column(struct cx *cx, const struct import_map *map, const struct shape *shape, size_t *out) {
    *out = shape_column_find(cx->arena, shape->header, shape->columns, map->column);
    return *out < shape->columns || cx_fail(cx, ERR_INVALID, S("import.mapped_column_missing"), shape->path,
                                            str_trim(map->column), shape_columns(cx, shape));
}

/* Small systems export no customer code: then the tax number is the code, or, failing that, the name. */
static void customer_stand_in(struct shape *shape) {
    int *column = shape->column;
    if (column[FIELD_CUSTOMER] == SHAPE_NO_COLUMN) {
        column[FIELD_CUSTOMER] =
            column[FIELD_TAX_ID] != SHAPE_NO_COLUMN ? column[FIELD_TAX_ID] : column[FIELD_CUSTOMER_NAME];
    }
}

/* A field given by hand takes its column away from what recognition thought. */
static bool fields_assign(struct cx *cx, const struct import_options *options, bool lenient, struct shape *out) {
    field_recognise(cx->arena, options->kind, out->header, out->columns, out->field);
    for (size_t i = 0; i < options->maps; i++) {
        size_t column = 0;
        if (!map_column(cx, &options->map[i], out, &column)) {
            if (!lenient) {
                return false;
            }
            cx_clear(cx); /* another file of the same call may hold it */
            continue;
        }
        for (size_t k = 0; k < out->columns; k++) {
            if (out->field[k] == options->map[i].field) {
                out->field[k] = FIELD_NONE;
            }
        }
        out->field[column] = options->map[i].field;
    }
    for (size_t f = 0; f < FIELD_END; f++) {
        out->column[f] = SHAPE_NO_COLUMN;
    }
    bool any = false;
    for (size_t i = 0; i < out->columns; i++) {
        if (out->field[i] != FIELD_NONE) {
            out->column[out->field[i]] = (int)i;
            any = true;
        }
    }
    customer_stand_in(out);
    if (any) {
        return true;
    }
    return out->columns == 1 ? cx_fail(cx, ERR_INVALID, S("import.one_column"), out->path, out->header[0])
                             : cx_fail(cx, ERR_INVALID, S("import.no_header"), out->path, shape_columns(cx, out));
}

bool shape_find(struct cx *cx, struct table *table, const struct import_options *options, struct shape *out) {
    struct str path = out->path;
    *out = (struct shape){.path = path};
    return header_find(cx, table, options, out) && fields_assign(cx, options, options->paths > 1, out);
}

/* What the rows say about one kind of writing. */
struct proof {
    int64_t first, second; /* cells that prove DMY or POINT; MDY or COMMA */
    int64_t plain;         /* one reading, proving nothing */
    int64_t open;          /* two readings */
    uint64_t open_line;
    char open_text[40];
};

static void proof_open(struct proof *proof, struct str cell, uint64_t line) {
    if (proof->open++ == 0) {
        size_t n = cell.n < sizeof proof->open_text - 1 ? cell.n : sizeof proof->open_text - 1;
        memcpy(proof->open_text, cell.p, n);
        proof->open_text[n] = '\0';
        proof->open_line = line;
    }
}

static void proof_date(struct proof *proof, struct str cell, uint64_t line) {
    struct day day;
    enum date_order seen = DATE_ORDER_UNKNOWN;
    enum date_read read = date_read(cell, DATE_ORDER_UNKNOWN, &day, &seen);
    if (read == DATE_READ_TWO_READINGS) {
        proof_open(proof, cell, line);
    } else if (read == DATE_READ_OK) {
        proof->first += seen == DATE_ORDER_DMY;
        proof->second += seen == DATE_ORDER_MDY;
        proof->plain += seen == DATE_ORDER_UNKNOWN;
    }
}

static void proof_number(struct proof *proof, struct str cell, uint64_t line) {
    int64_t v = 0;
    enum decimal_mark seen = DECIMAL_UNKNOWN;
    enum decimal_read read = decimal_read(cell, DECIMAL_UNKNOWN, 4, &v, &seen);
    if (read == DECIMAL_TWO_READINGS) {
        proof_open(proof, cell, line);
    } else if (read == DECIMAL_OK) {
        proof->first += seen == DECIMAL_POINT;
        proof->second += seen == DECIMAL_COMMA;
        proof->plain += seen == DECIMAL_UNKNOWN;
    }
}

static const enum field date_fields[] = {FIELD_DATE, FIELD_DUE_DATE, FIELD_CLOSED_DATE, FIELD_LAST_CONTACT,
                                         FIELD_REGISTERED};
static const enum field number_fields[] = {FIELD_QUANTITY,       FIELD_PRICE,      FIELD_DISCOUNT,     FIELD_VALUE,
                                           FIELD_DOCUMENT_VALUE, FIELD_OPEN_VALUE, FIELD_CREDIT_LIMIT, FIELD_END};

/* Dates are settled when all so far begin with the year; numbers when one reading is proved or nothing is open. */
static bool dates_settled(const struct proof *p) {
    return p->plain >= SHAPE_ENOUGH && p->open + p->first + p->second == 0;
}

static bool numbers_settled(const struct proof *p) {
    return p->first + p->second >= SHAPE_ENOUGH || (p->plain >= 20 * SHAPE_ENOUGH && p->open == 0);
}

/* 0 unknown, 1 first, 2 second, -1 in two minds. */
static int proof_verdict(const struct proof *p) {
    if (p->first && p->second) {
        return p->first >= SHAPE_MINORITY * p->second ? 1 : p->second >= SHAPE_MINORITY * p->first ? 2 : -1;
    }
    return p->first ? 1 : p->second ? 2 : 0;
}

static bool scan(struct cx *cx, struct table *table, const struct shape *shape, bool want_dates, bool want_numbers,
                 struct proof *dates, struct proof *numbers) {
    struct table_row row;
    while (want_dates || want_numbers) {
        enum table_next next = table_next(cx, table, &row);
        if (next == TABLE_FAIL) {
            return false;
        }
        if (next == TABLE_END) {
            break;
        }
        if (next == TABLE_BAD || row.line <= shape->header_line || row.blank) {
            continue;
        }
        for (size_t i = 0; want_dates && i < sizeof date_fields / sizeof *date_fields; i++) {
            proof_date(dates, shape_cell(shape, &row, date_fields[i]), row.line);
        }
        for (size_t i = 0; want_numbers && number_fields[i] != FIELD_END; i++) {
            proof_number(numbers, shape_cell(shape, &row, number_fields[i]), row.line);
        }
        want_dates = want_dates && !dates_settled(dates);
        want_numbers = want_numbers && !numbers_settled(numbers);
    }
    return true;
}

bool shape_settle(struct cx *cx, struct table *table, const struct import_options *options, struct shape *out) {
    struct proof dates = {0}, numbers = {0};
    bool typed = table_typed(table);
    out->date_order = options->date_order;
    out->decimal = options->decimal != DECIMAL_UNKNOWN ? options->decimal : typed ? DECIMAL_POINT : DECIMAL_UNKNOWN;
    if (!table_rewind(cx, table) || !scan(cx, table, out, out->date_order == DATE_ORDER_UNKNOWN,
                                          out->decimal == DECIMAL_UNKNOWN, &dates, &numbers)) {
        return false;
    }
    if (out->date_order == DATE_ORDER_UNKNOWN) {
        int verdict = proof_verdict(&dates);
        if (verdict < 0) {
            return cx_fail(cx, ERR_INVALID, S("import.date_order_mixed"), out->path,
                           cx_text(cx, "%lld", (long long)dates.first), cx_text(cx, "%lld", (long long)dates.second));
        }
        if (verdict == 0 && dates.open > 0) {
            return cx_fail(cx, ERR_INVALID, S("import.date_order_unknown"), out->path,
                           cx_text(cx, "%llu", (unsigned long long)dates.open_line),
                           str_copy(cx->arena, str_from(dates.open_text)));
        }
        out->date_order = (enum date_order)verdict;
    }
    if (out->decimal == DECIMAL_UNKNOWN) {
        int verdict = proof_verdict(&numbers);
        if (verdict < 0) {
            return cx_fail(cx, ERR_INVALID, S("import.decimal_mixed"), out->path,
                           cx_text(cx, "%lld", (long long)numbers.first),
                           cx_text(cx, "%lld", (long long)numbers.second));
        }
        if (verdict == 0 && numbers.open > 0) {
            return cx_fail(cx, ERR_INVALID, S("import.decimal_unknown"), out->path,
                           cx_text(cx, "%llu", (unsigned long long)numbers.open_line),
                           str_copy(cx->arena, str_from(numbers.open_text)));
        }
        out->decimal = (enum decimal_mark)verdict;
    }
    return table_rewind(cx, table);
}
