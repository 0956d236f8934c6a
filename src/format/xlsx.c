// SPDX-License-Identifier: Apache-2.0
/* xlsx -- one row of a sheet at a time, gaps between cells filled, numbers and dates in one form.
 *
 * Must not keep rows: whatever a row holds lives in `row`, which is emptied for the next one. The invariant: cells are
 * put at the column that their reference names, or after the last one when they name none.
 */
#include "format/xlsx.h"

#include <string.h>

#include "base/buf.h"
#include "base/limits.h"
#include "format/xlsx_book.h"

enum cell_kind { CELL_NUMBER = 0, CELL_SHARED, CELL_TEXT, CELL_BOOL, CELL_DATE };

struct xlsx {
    struct xlsx_book book;
    struct xlsx_part part;
    struct arena row;
    uint64_t line; /* of the row read last */
    /* the row under way */
    struct str *cell;
    size_t cells, width; /* width: column read last */
    size_t bytes;
    enum csv_next bad;
    /* the cell under way */
    enum cell_kind kind;
    enum xlsx_style style;
    bool open;       /* between its begin and its end */
    bool within;     /* v, or t of an inline string */
    struct buf text; /* of v or t; one buffer for all cells */
    int phonetic;
};

static bool sheet_start(struct cx *cx, struct xlsx *x) {
    xlsx_part_close(&x->part);
    x->line = 0;
    bool found;
    if (!xlsx_part_open(cx, x->book.source, x->book.sheet, &x->part, &found))
        return false;
    return found || cx_fail(cx, ERR_INVALID, S("table.no_workbook"), x->book.source->path);
}

bool xlsx_open(struct cx *cx, struct source *source, struct str sheet, struct xlsx **out) {
    struct xlsx *x = arena_new(cx->arena, struct xlsx, 1);
    arena_init(&x->row, 0, cx->arena->full, cx->arena->owner);
    buf_init(&x->text, cx->arena, LIMIT_CSV_ROW);
    x->cell = arena_new(cx->arena, struct str, LIMIT_CSV_FIELDS);
    if (xlsx_book_read(cx, source, sheet, &x->book) && sheet_start(cx, x)) {
        *out = x;
        return true;
    }
    xlsx_close(x);
    return false;
}

void xlsx_close(struct xlsx *xlsx) {
    if (!xlsx)
        return;
    xlsx_part_close(&xlsx->part);
    arena_clear(&xlsx->row);
}

bool xlsx_rewind(struct cx *cx, struct xlsx *xlsx) {
    return sheet_start(cx, xlsx);
}

/* -- cells --------------------------------------------------------------------------------------------------------- */

static void cell_begin(struct xlsx *x) {
    struct str type = xml_attribute(x->part.xml, "t");
    x->kind = CELL_NUMBER;
    if (str_equal(type, S("s")))
        x->kind = CELL_SHARED;
    if (str_equal(type, S("str")) || str_equal(type, S("inlineStr")) || str_equal(type, S("e")))
        x->kind = CELL_TEXT;
    if (str_equal(type, S("b")))
        x->kind = CELL_BOOL;
    if (str_equal(type, S("d")))
        x->kind = CELL_DATE;
    int64_t style;
    bool styled = xlsx_integer(xml_attribute(x->part.xml, "s"), &style) && (size_t)style < x->book.styles;
    x->style = styled ? x->book.style[style] : XLSX_STYLE_NUMBER;
    uint64_t row;
    uint32_t column = xlsx_column(xml_attribute(x->part.xml, "r"), &row);
    x->width = column > 0 ? column : x->width + 1;
    x->open = true;
    x->text.n = 0;
    x->text.cut = false;
}

static struct str rendered(struct xlsx *x, struct str stored) {
    char text[XLSX_TEXT];
    size_t n = x->kind == CELL_DATE ? xlsx_iso(stored, text) : xlsx_date(stored, x->style, x->book.from_1904, text);
    if (n == 0 && x->kind == CELL_NUMBER)
        n = xlsx_number(stored, text);
    return str_copy(&x->row, n > 0 ? (struct str){text, n} : stored);
}

static bool cell_value(struct cx *cx, struct xlsx *x, struct str *out) {
    struct str stored = buf_str(&x->text);
    int64_t number;
    *out = stored;
    if (stored.n == 0)
        return true;
    switch (x->kind) {
    case CELL_SHARED:
        if (!xlsx_integer(stored, &number) || (size_t)number >= x->book.shareds)
            return cx_fail(cx, ERR_INVALID, S("table.no_shared"), x->book.source->path,
                           cx_text(cx, "%llu", (unsigned long long)x->line));
        stored = x->book.shared[number];
        break;
    case CELL_BOOL:
        stored = str_equal(stored, S("1")) ? S("TRUE") : S("FALSE");
        break;
    case CELL_NUMBER:
    case CELL_DATE:
        stored = rendered(x, stored);
        break;
    case CELL_TEXT:
        stored = str_copy(&x->row, (struct str){stored.p, xlsx_text_unescape(x->text.p, stored.n)});
        break;
    }
    *out = stored;
    return true;
}

/* Cells that hold a format and nothing else do not make a row wide. */
static bool cell_end(struct cx *cx, struct xlsx *x) {
    struct str value;
    x->open = false;
    if (x->text.cut && x->bad == CSV_ROW)
        x->bad = CSV_BAD_TOO_LONG;
    if (x->bad != CSV_ROW)
        return true;
    if (!cell_value(cx, x, &value))
        return false;
    if (value.n == 0)
        return true;
    x->bytes += value.n;
    if (x->bytes > LIMIT_CSV_ROW) {
        x->bad = CSV_BAD_TOO_LONG;
    } else if (x->width > LIMIT_CSV_FIELDS) {
        x->bad = CSV_BAD_TOO_WIDE;
    } else if (memchr(value.p, 0, value.n)) {
        x->bad = CSV_BAD_NUL;
    } else {
        while (x->cells < x->width)
            x->cell[x->cells++] = (struct str){0};
        x->cell[x->width - 1] = value;
    }
    return true;
}

/* -- rows ---------------------------------------------------------------------------------------------------------- */

static void row_begin(struct xlsx *x) {
    int64_t number;
    bool numbered = xlsx_integer(xml_attribute(x->part.xml, "r"), &number) && number > 0;
    x->line = numbered ? (uint64_t)number : x->line + 1;
    arena_reset(&x->row);
    x->open = false;
    x->cells = x->width = x->bytes = 0;
    x->bad = CSV_ROW;
}

static enum table_next row_end(struct xlsx *x, struct table_row *out) {
    struct buf raw;
    buf_init(&raw, &x->row, x->bad == CSV_ROW ? 3 * LIMIT_CSV_ROW : LIMIT_CSV_SHOWN);
    for (size_t i = 0; i < x->cells; i++) {
        if (i > 0)
            buf_char(&raw, ',');
        buf_csv(&raw, x->cell[i], ',');
    }
    *out = (struct table_row){.line = x->line, .cell = x->cell, .cells = x->cells, .raw = buf_str(&raw), .bad = x->bad};
    return x->bad == CSV_ROW ? TABLE_ROW : TABLE_BAD;
}

/* A row's end is the only element that makes a row; `*made` says that it was one. */
static bool element_end(struct cx *cx, struct xlsx *x, bool *made) {
    const struct xml *xml = x->part.xml;
    if (xml_is(xml, "v") || xml_is(xml, "t"))
        x->within = false;
    if (xml_is(xml, "rPh"))
        x->phonetic--;
    *made = xml_is(xml, "row");
    return !xml_is(xml, "c") || !x->open || cell_end(cx, x);
}

static void element_begin(struct xlsx *x) {
    const struct xml *xml = x->part.xml;
    if (xml_is(xml, "c"))
        cell_begin(x);
    else if (xml_is(xml, "v") || xml_is(xml, "t"))
        x->within = x->open;
    else if (xml_is(xml, "row"))
        row_begin(x);
    else if (xml_is(xml, "rPh"))
        x->phonetic++;
}

enum table_next xlsx_next(struct cx *cx, struct xlsx *x, struct table_row *out) {
    for (;;) {
        bool made = false;
        switch (xml_next(cx, x->part.xml)) {
        case XML_BEGIN:
            element_begin(x);
            break;
        case XML_TEXT:
            if (x->within && x->phonetic == 0)
                buf_put(&x->text, xml_text(x->part.xml));
            break;
        case XML_END:
            if (!element_end(cx, x, &made))
                return TABLE_FAIL;
            if (made)
                return row_end(x, out);
            break;
        case XML_DONE:
            return packed_rest(cx, x->part.packed) ? TABLE_END : TABLE_FAIL;
        case XML_FAIL:
            return TABLE_FAIL;
        }
    }
}
