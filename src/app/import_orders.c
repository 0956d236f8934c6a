// SPDX-License-Identifier: Apache-2.0
/* import_orders.c -- rows of an orders export into staged documents.
 *
 * A file may hold headings and lines in one row (most exports), or an export may come as two files, headings in one and
 * lines in the other: then they are staged together and meet by the document number. A row without a document number
 * belongs to the document "this customer, this day".
 */
#include "app/importers.h"
#include "app/intake.h"
#include "app/order_row.h"
#include "base/limits.h"

static bool any_role(const struct import_source *source, size_t n, enum order_role role) {
    for (size_t i = 0; i < n; i++) {
        if (order_role_of(&source[i].shape) == role) {
            return true;
        }
    }
    return false;
}

static bool missing(struct cx *cx, const struct shape *shape, enum field field) {
    return cx_fail(cx, ERR_INVALID, S("import.column_missing"), shape->path, str_from(field_name(field)),
                   shape_columns(cx, shape));
}

static bool orders_ready(struct cx *cx, const struct import_source *source, size_t n) {
    bool headings = any_role(source, n, ORDER_HEADING) || any_role(source, n, ORDER_FULL);
    for (size_t i = 0; i < n; i++) {
        const struct shape *shape = &source[i].shape;
        if (order_role_of(shape) != ORDER_LINES) {
            continue;
        }
        if (!headings || !shape_has(shape, FIELD_DOCUMENT) || !order_has_lines(shape)) {
            return missing(cx, shape, shape_has(shape, FIELD_CUSTOMER) ? FIELD_DATE : FIELD_CUSTOMER);
        }
    }
    return true;
}

bool import_ready(struct cx *cx, const struct import_options *options, const struct import_source *source) {
    static const enum field needed[IMPORT_KIND_END][3] = {
        [IMPORT_CUSTOMERS] = {FIELD_CUSTOMER},
        [IMPORT_PRODUCTS] = {FIELD_PRODUCT},
        [IMPORT_TITLES] = {FIELD_CUSTOMER, FIELD_DOCUMENT, FIELD_DUE_DATE},
        [IMPORT_QUOTES] = {FIELD_CUSTOMER, FIELD_DOCUMENT, FIELD_DATE},
        [IMPORT_TICKETS] = {FIELD_CUSTOMER, FIELD_DOCUMENT, FIELD_DATE},
    };
    if (options->kind == IMPORT_ORDERS) {
        return orders_ready(cx, source, options->paths);
    }
    for (size_t i = 0; i < options->paths; i++) {
        for (size_t k = 0; k < 3 && needed[options->kind][k] != FIELD_NONE; k++) {
            if (!shape_has(&source[i].shape, needed[options->kind][k])) {
                return missing(cx, &source[i].shape, needed[options->kind][k]);
            }
        }
    }
    return true;
}

/* One file's rows on their way to a stage. */
struct taking {
    struct importing *im;
    struct order_rows rows;
    struct stage *stage;
};

static bool take_reject(struct cx *cx, const struct taking *t, const struct table_row *row, struct import_reject *why) {
    why->line = (int64_t)row->line;
    why->row = row->raw;
    return importing_reject(cx, t->im, t->rows.file, why);
}

static bool row_take(struct cx *cx, const struct taking *t, const struct table_row *row) {
    struct import_reject why = {0};
    struct staged_heading heading;
    struct staged_line line;
    struct import_file_report *file = &t->im->report->file[t->rows.file];
    char own[LIMIT_CODE + DAY_TEXT + 2];
    if (row->blank) {
        file->counts.rows++;
        file->counts.blank++;
        return true;
    }
    if (!order_row_read(&t->rows, row, &heading, &line, &why)) {
        file->cut = file->cut || str_equal(why.reason, ORDER_CUT);
        return take_reject(cx, t, row, &why);
    }
    if (heading.number.n == 0) {
        char day[DAY_TEXT];
        day_iso(heading.day, day);
        int n = snprintf(own, sizeof own, "@%.*s@%s", STR_ARG(heading.customer), day);
        heading.number = (struct str){own, (size_t)n};
    }
    if (t->rows.joined) {
        heading.company = (struct str){0};
    }
    return stage_add(cx, t->stage, &heading, &line);
}

static bool file_take(struct cx *cx, struct taking *t, struct import_source *source) {
    struct import_file_report *file = &t->im->report->file[t->rows.file];
    struct table_row row;
    for (;;) {
        importing_row(t->im, source->table, source->shape.path);
        enum table_next next = table_next(cx, source->table, &row);
        if (next == TABLE_END) {
            return true;
        }
        if (next == TABLE_FAIL) {
            return false;
        }
        if (next == TABLE_ROW && row.line <= source->shape.header_line) {
            continue;
        }
        file->recoded += row.recoded;
        file->mended += shape_mend(&t->im->row, &source->shape, table_delimiter(source->table), &row);
        bool ok = next == TABLE_BAD ? importing_bad(cx, t->im, t->rows.file, &row) : row_take(cx, t, &row);
        if (!ok) {
            return false;
        }
    }
}

/* The files of one stage: those that are to be joined, or a single one. */
static bool stage_files(struct cx *cx, struct intake *intake, struct import_source *source, size_t n, bool joined,
                        size_t only) {
    struct stage *stage = NULL;
    bool ok = stage_open(cx, &stage);
    for (size_t i = 0; ok && i < n; i++) {
        enum order_role role = order_role_of(&source[i].shape);
        bool mine = joined ? role != ORDER_FULL : i == only;
        if (mine) {
            struct importing *im = intake->im;
            struct order_rows rows = {&source[i].shape, (uint32_t)i, role, joined, im->options->today, &im->row};
            struct taking t = {im, rows, stage};
            ok = file_take(cx, &t, &source[i]);
        }
    }
    ok = ok && intake_stage(cx, intake, stage);
    stage_close(stage);
    return ok;
}

bool import_orders(struct cx *cx, struct importing *im, struct import_source *source, size_t n) {
    struct intake intake;
    bool join = any_role(source, n, ORDER_LINES);
    bool ok = intake_open(cx, &intake, im, DOCUMENT_FROM_ORDERS);
    if (ok && join) {
        ok = stage_files(cx, &intake, source, n, true, 0);
    }
    for (size_t i = 0; ok && i < n; i++) {
        if (!join || order_role_of(&source[i].shape) == ORDER_FULL) {
            ok = stage_files(cx, &intake, source, n, false, i);
        }
    }
    ok = ok && intake_finish(cx, &intake);
    intake_close(cx, &intake);
    return ok;
}
