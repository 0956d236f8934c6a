// SPDX-License-Identifier: Apache-2.0
/* import_orders.c -- rows of an orders export into staged documents.
 *
 * A file may hold headings and lines in one row (most exports), or an export may come as two files, headings in one and
 * lines in the other: then they are staged together and meet by the document number. A row without a document number
 * belongs to the document "this customer, this day".
 */
#include "app/importers.h"
#include "app/intake.h"
#include "base/limits.h"
#include "stats/stat.h"

enum { OLDEST_DAY = -25567 /* 1900-01-01: what is older is a program's "no date" */, WHOLE_E4 = 10000 };

enum role {
    ROLE_FULL,    /* customer, date and values: stands alone */
    ROLE_HEADING, /* customer and date, no values */
    ROLE_LINES    /* values and a document number, but no customer or no date */
};

static bool has_lines(const struct shape *s) {
    return shape_has(s, FIELD_PRICE) || shape_has(s, FIELD_VALUE) || shape_has(s, FIELD_QUANTITY) ||
           shape_has(s, FIELD_PRODUCT);
}

static enum role role_of(const struct shape *s) {
    if (!shape_has(s, FIELD_CUSTOMER) || !shape_has(s, FIELD_DATE)) {
        return ROLE_LINES;
    }
    return has_lines(s) ? ROLE_FULL : ROLE_HEADING;
}

static bool any_role(const struct import_source *source, size_t n, enum role role) {
    for (size_t i = 0; i < n; i++) {
        if (role_of(&source[i].shape) == role) {
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
    bool headings = any_role(source, n, ROLE_HEADING) || any_role(source, n, ROLE_FULL);
    for (size_t i = 0; i < n; i++) {
        const struct shape *shape = &source[i].shape;
        if (role_of(shape) != ROLE_LINES) {
            continue;
        }
        if (!headings || !shape_has(shape, FIELD_DOCUMENT) || !has_lines(shape)) {
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
    const struct shape *shape;
    size_t at; /* which file of the report */
    enum role role;
    bool joined; /* shares its stage with another file */
    struct stage *stage;
};

static bool take_reject(struct cx *cx, const struct taking *t, const struct table_row *row, struct import_reject *why) {
    why->line = (int64_t)row->line;
    why->row = row->raw;
    return importing_reject(cx, t->im, t->at, why);
}

/* Is the row no data at all? Then why says so. */
static bool row_is_no_data(const struct taking *t, const struct table_row *row, struct import_reject *why) {
    const struct shape *s = t->shape;
    if (row->last_unended && row->cells < s->columns) {
        t->im->report->file[t->at].cut = true;
        why->reason = S("reject.cut");
        return true;
    }
    if (row_overflows(s, row)) {
        why->reason = S("reject.too_many_cells");
        why->detail = importing_number(t->im, row->cells);
        return true;
    }
    if (t->role != ROLE_LINES && (shape_cell(s, row, FIELD_CUSTOMER).n == 0 || shape_cell(s, row, FIELD_DATE).n == 0) &&
        document_row_total(&t->im->row, row->cell, row->cells)) {
        why->reason = S("reject.total_line");
        return true;
    }
    return false;
}

static bool day_fits(const struct taking *t, const struct table_row *row, struct day day, struct import_reject *why) {
    const struct shape *s = t->shape;
    why->column = s->header[s->column[FIELD_DATE]];
    why->detail = shape_cell(s, row, FIELD_DATE);
    if (!day_is(day)) {
        why->reason = S("reject.no_date");
        return false;
    }
    if (day.n > t->im->options->today.n) {
        why->reason = S("reject.future_date");
        return false;
    }
    if (day.n < OLDEST_DAY) {
        why->reason = S("reject.date_too_old");
        return false;
    }
    return true;
}

static bool heading_read(const struct taking *t, const struct table_row *row, struct staged_heading *h,
                         struct import_reject *why) {
    const struct shape *s = t->shape;
    *h = (struct staged_heading){.day = DAY_NONE, .document_cents = STAT_NONE};
    h->number = cell_code(s, row, FIELD_DOCUMENT);
    h->company = cell_code(s, row, FIELD_COMPANY);
    h->customer = cell_code(s, row, FIELD_CUSTOMER);
    if (!cell_fits(s, FIELD_DOCUMENT, h->number, LIMIT_CODE, why) ||
        !cell_fits(s, FIELD_CUSTOMER, h->customer, LIMIT_CODE, why) ||
        !cell_fits(s, FIELD_COMPANY, h->company, LIMIT_CODE, why)) {
        return false;
    }
    if (t->role == ROLE_LINES) {
        h->company = (struct str){0}; /* it names the heading it belongs to by number alone */
        why->column = s->header[s->column[FIELD_DOCUMENT]];
        why->reason = S("reject.no_number");
        return h->number.n > 0;
    }
    if (h->customer.n == 0) {
        why->column = s->header[s->column[FIELD_CUSTOMER]];
        why->reason = S("reject.no_customer");
        return false;
    }
    if (!cell_day(s, row, FIELD_DATE, &h->day, why) || !day_fits(t, row, h->day, why) ||
        !cell_number(s, row, FIELD_DOCUMENT_VALUE, 2, &h->document_cents, why)) {
        return false;
    }
    h->name = shape_cell(s, row, FIELD_CUSTOMER_NAME);
    h->tax_id = shape_cell(s, row, FIELD_TAX_ID);
    h->phone = shape_cell(s, row, FIELD_PHONE);
    h->email = shape_cell(s, row, FIELD_EMAIL);
    h->rep = cell_code(s, row, FIELD_REP);
    h->segment = cell_code(s, row, FIELD_SEGMENT);
    h->region = cell_code(s, row, FIELD_REGION);
    h->city = shape_cell(s, row, FIELD_CITY);
    return cell_fits(s, FIELD_CUSTOMER_NAME, h->name, LIMIT_NAME, why) &&
           cell_fits(s, FIELD_REP, h->rep, LIMIT_CODE, why) &&
           cell_fits(s, FIELD_SEGMENT, h->segment, LIMIT_CODE, why) &&
           cell_fits(s, FIELD_REGION, h->region, LIMIT_CODE, why) && cell_fits(s, FIELD_CITY, h->city, LIMIT_NAME, why);
}

/* A discount is a fraction (0.15) or, above 1 or with its sign, percent (15, 15 %). */
static bool discount_read(const struct taking *t, const struct table_row *row, int64_t *e4, struct import_reject *why) {
    const struct shape *s = t->shape;
    struct str cell = shape_cell(s, row, FIELD_DISCOUNT);
    bool percent = str_ends(cell, S("%"));
    *e4 = 0;
    if (cell.n == 0) {
        return true;
    }
    if (percent) {
        cell = str_trim((struct str){cell.p, cell.n - 1});
    }
    int64_t v = 0;
    if (decimal_read(cell, s->decimal, 6, &v, NULL) != DECIMAL_OK || v < 0 || v > 100000000) {
        why->column = s->header[s->column[FIELD_DISCOUNT]];
        why->reason = S("reject.not_a_discount");
        why->detail = cell;
        return false;
    }
    *e4 = percent || v > 1000000 ? decimal_divide(v, 10000) : decimal_divide(v, 100);
    return true;
}

static bool value_read(const struct taking *t, const struct table_row *row, struct staged_line *line,
                       struct import_reject *why) {
    const struct shape *s = t->shape;
    int64_t value = 0, discount = 0;
    if (!cell_number(s, row, FIELD_QUANTITY, 4, &line->quantity_e4, why) ||
        !cell_number(s, row, FIELD_PRICE, 4, &line->price_e4, why) ||
        !cell_number(s, row, FIELD_VALUE, 2, &value, why) || !discount_read(t, row, &discount, why)) {
        return false;
    }
    if (line->quantity_e4 == STAT_NONE) {
        line->quantity_e4 = WHOLE_E4;
    }
    if (value != STAT_NONE) {
        line->value_cents = line->quantity_e4 < 0 && value > 0 ? -value : value;
        line->flags |= STAGED_VALUED;
    } else if (line->price_e4 != STAT_NONE) {
        line->flags |= STAGED_VALUED;
        if (!document_line_value(line->quantity_e4, line->price_e4, discount, &line->value_cents)) {
            why->column = s->header[s->column[FIELD_PRICE]];
            why->reason = S("reject.number_too_large");
            return false;
        }
    }
    if (line->price_e4 == STAT_NONE) {
        line->price_e4 = 0;
        if (value != STAT_NONE) {
            (void)document_unit_price(line->value_cents, line->quantity_e4, &line->price_e4); /* none: stays 0 */
        }
    }
    if ((line->flags & STAGED_RETURN) && line->value_cents > 0) {
        line->value_cents = -line->value_cents;
    }
    return true;
}

static bool line_read(const struct taking *t, const struct table_row *row, struct staged_line *line,
                      struct import_reject *why) {
    const struct shape *s = t->shape;
    struct arena *scratch = &t->im->row;
    *line = (struct staged_line){.file = (uint32_t)t->at, .line = row->line};
    struct str state = shape_cell(s, row, FIELD_STATE), type = shape_cell(s, row, FIELD_TYPE);
    if (state.n > 0 && document_state_cancelled(scratch, state)) {
        line->flags |= STAGED_CANCELLED;
    }
    if (type.n > 0 && document_type_return(scratch, type)) {
        line->flags |= STAGED_RETURN;
    }
    if (t->joined) {
        line->raw = row->raw;
    }
    if (t->role == ROLE_HEADING && t->joined) {
        line->flags |= STAGED_HEADING;
        return true;
    }
    line->product = cell_code(s, row, FIELD_PRODUCT);
    line->product_name = shape_cell(s, row, FIELD_PRODUCT_NAME);
    line->product_kind = shape_cell(s, row, FIELD_PRODUCT_KIND);
    return cell_fits(s, FIELD_PRODUCT, line->product, LIMIT_CODE, why) &&
           cell_fits(s, FIELD_PRODUCT_NAME, line->product_name, LIMIT_NAME, why) && value_read(t, row, line, why);
}

static bool row_take(struct cx *cx, const struct taking *t, const struct table_row *row) {
    struct import_reject why = {0};
    struct staged_heading heading;
    struct staged_line line;
    char own[LIMIT_CODE + DAY_TEXT + 2];
    if (row->blank) {
        t->im->report->file[t->at].counts.rows++;
        t->im->report->file[t->at].counts.blank++;
        return true;
    }
    if (row_is_no_data(t, row, &why) || !heading_read(t, row, &heading, &why) || !line_read(t, row, &line, &why)) {
        return take_reject(cx, t, row, &why);
    }
    if (heading.number.n == 0) {
        char day[DAY_TEXT];
        day_iso(heading.day, day);
        int n = snprintf(own, sizeof own, "@%.*s@%s", STR_ARG(heading.customer), day);
        heading.number = (struct str){own, (size_t)n};
    }
    if (t->joined) {
        heading.company = (struct str){0};
    }
    return stage_add(cx, t->stage, &heading, &line);
}

static bool file_take(struct cx *cx, struct taking *t, struct import_source *source) {
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
        t->im->report->file[t->at].recoded += row.recoded;
        t->im->report->file[t->at].mended +=
            shape_mend(&t->im->row, &source->shape, table_delimiter(source->table), &row);
        bool ok = next == TABLE_BAD ? importing_bad(cx, t->im, t->at, &row) : row_take(cx, t, &row);
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
        enum role role = role_of(&source[i].shape);
        bool mine = joined ? role != ROLE_FULL : i == only;
        if (mine) {
            struct taking t = {intake->im, &source[i].shape, i, role, joined, stage};
            ok = file_take(cx, &t, &source[i]);
        }
    }
    ok = ok && intake_stage(cx, intake, stage);
    stage_close(stage);
    return ok;
}

bool import_orders(struct cx *cx, struct importing *im, struct import_source *source, size_t n) {
    struct intake intake;
    bool join = any_role(source, n, ROLE_LINES);
    bool ok = intake_open(cx, &intake, im, DOCUMENT_FROM_ORDERS);
    if (ok && join) {
        ok = stage_files(cx, &intake, source, n, true, 0);
    }
    for (size_t i = 0; ok && i < n; i++) {
        if (!join || role_of(&source[i].shape) == ROLE_FULL) {
            ok = stage_files(cx, &intake, source, n, false, i);
        }
    }
    ok = ok && intake_finish(cx, &intake);
    intake_close(cx, &intake);
    return ok;
}
