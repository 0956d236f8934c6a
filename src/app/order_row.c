// SPDX-License-Identifier: Apache-2.0
/* order_row.c -- a row is judged from left to right: is it data at all, whose is it, what is it worth. The first fault is
 * the one that is told.
 */
#include "app/order_row.h"

#include "app/importing.h"
#include "base/buf.h"
#include "base/limits.h"
#include "core/document.h"
#include "stats/stat.h"

enum { WHOLE_E4 = 10000 };

bool order_has_lines(const struct shape *s) {
    return shape_has(s, FIELD_PRICE) || shape_has(s, FIELD_VALUE) || shape_has(s, FIELD_QUANTITY) ||
           shape_has(s, FIELD_PRODUCT);
}

enum order_role order_role_of(const struct shape *s) {
    if (!shape_has(s, FIELD_CUSTOMER) || !shape_has(s, FIELD_DATE)) {
        return ORDER_LINES;
    }
    return order_has_lines(s) ? ORDER_FULL : ORDER_HEADING;
}

static struct str number_text(struct arena *arena, size_t n) {
    struct buf buf;
    buf_init(&buf, arena, 0);
    buf_int(&buf, (int64_t)n);
    return buf_str(&buf);
}

/* Is the row no data at all? Then why says so. */
static bool row_is_no_data(const struct order_rows *rows, const struct table_row *row, struct import_reject *why) {
    const struct shape *s = rows->shape;
    if (row->last_unended && row->cells < s->columns) {
        why->reason = ORDER_CUT;
        return true;
    }
    if (row_overflows(s, row)) {
        why->reason = S("reject.too_many_cells");
        why->detail = number_text(rows->scratch, row->cells);
        return true;
    }
    if (rows->role != ORDER_LINES &&
        (shape_cell(s, row, FIELD_CUSTOMER).n == 0 || shape_cell(s, row, FIELD_DATE).n == 0) &&
        document_row_total(rows->scratch, row->cell, row->cells)) {
        why->reason = S("reject.total_line");
        return true;
    }
    return false;
}

static bool day_fits(const struct order_rows *rows, const struct table_row *row, struct day day,
                     struct import_reject *why) {
    const struct shape *s = rows->shape;
    why->column = s->header[s->column[FIELD_DATE]];
    why->detail = shape_cell(s, row, FIELD_DATE);
    if (!day_is(day)) {
        why->reason = S("reject.no_date");
        return false;
    }
    if (day.n > rows->today.n) {
        why->reason = S("reject.future_date");
        return false;
    }
    if (day.n < ORDER_OLDEST_DAY) {
        why->reason = S("reject.date_too_old");
        return false;
    }
    return true;
}

static bool heading_read(const struct order_rows *rows, const struct table_row *row, struct staged_heading *h,
                         struct import_reject *why) {
    const struct shape *s = rows->shape;
    *h = (struct staged_heading){.day = DAY_NONE, .document_cents = STAT_NONE};
    h->number = cell_code(s, row, FIELD_DOCUMENT);
    h->company = cell_code(s, row, FIELD_COMPANY);
    h->customer = cell_code(s, row, FIELD_CUSTOMER);
    if (!cell_fits(s, FIELD_DOCUMENT, h->number, LIMIT_CODE, why) ||
        !cell_fits(s, FIELD_CUSTOMER, h->customer, LIMIT_CODE, why) ||
        !cell_fits(s, FIELD_COMPANY, h->company, LIMIT_CODE, why)) {
        return false;
    }
    if (rows->role == ORDER_LINES) {
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
    if (!cell_day(s, row, FIELD_DATE, &h->day, why) || !day_fits(rows, row, h->day, why) ||
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
static bool discount_read(const struct order_rows *rows, const struct table_row *row, int64_t *e4,
                          struct import_reject *why) {
    const struct shape *s = rows->shape;
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

static bool value_read(const struct order_rows *rows, const struct table_row *row, struct staged_line *line,
                       struct import_reject *why) {
    const struct shape *s = rows->shape;
    int64_t value = 0, discount = 0;
    if (!cell_number(s, row, FIELD_QUANTITY, 4, &line->quantity_e4, why) ||
        !cell_number(s, row, FIELD_PRICE, 4, &line->price_e4, why) ||
        !cell_number(s, row, FIELD_VALUE, 2, &value, why) || !discount_read(rows, row, &discount, why)) {
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

static bool line_read(const struct order_rows *rows, const struct table_row *row, struct staged_line *line,
                      struct import_reject *why) {
    const struct shape *s = rows->shape;
    struct arena *scratch = rows->scratch;
    *line = (struct staged_line){.file = rows->file, .line = row->line};
    struct str state = shape_cell(s, row, FIELD_STATE), type = shape_cell(s, row, FIELD_TYPE);
    if (state.n > 0 && document_state_cancelled(scratch, state)) {
        line->flags |= STAGED_CANCELLED;
    }
    if (type.n > 0 && document_type_return(scratch, type)) {
        line->flags |= STAGED_RETURN;
    }
    if (rows->joined) {
        line->raw = row->raw;
    }
    if (rows->role == ORDER_HEADING && rows->joined) {
        line->flags |= STAGED_HEADING;
        return true;
    }
    line->product = cell_code(s, row, FIELD_PRODUCT);
    line->product_name = shape_cell(s, row, FIELD_PRODUCT_NAME);
    line->product_kind = shape_cell(s, row, FIELD_PRODUCT_KIND);
    return cell_fits(s, FIELD_PRODUCT, line->product, LIMIT_CODE, why) &&
           cell_fits(s, FIELD_PRODUCT_NAME, line->product_name, LIMIT_NAME, why) && value_read(rows, row, line, why);
}

bool order_row_read(const struct order_rows *rows, const struct table_row *row, struct staged_heading *heading,
                    struct staged_line *line, struct import_reject *why) {
    return !row_is_no_data(rows, row, why) && heading_read(rows, row, heading, why) && line_read(rows, row, line, why);
}
