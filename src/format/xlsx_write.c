// SPDX-License-Identifier: Apache-2.0
/* xlsx_write -- see the header. An XLSX file is a ZIP file of a few XML parts that say which sheets there are and how cells look, and
 * one part a sheet. Rows go straight into the compressor: a library that keeps the sheet beside its file until the end needs ten
 * times the room on the disk, and does not notice when that is not there.
 */
#include "format/xlsx_write.h"

#include <string.h>

#include "base/decimal.h"
#include "format/zip_write.h"

enum {
    TEXT_MOST = 8000, /* bytes of a cell: a sheet takes 32,767 characters */
    PIECE = 32 << 10, /* bytes of rows that wait for the compressor */
    LETTERS = 26
};
static const int32_t DAY_ZERO = 25569; /* 1970-01-01 as a sheet counts days */

/* Places in cellXfs of the styles below. */
enum style { STYLE_PLAIN = 0, STYLE_BOLD, STYLE_MONEY, STYLE_DAY };

struct xlsx_writer {
    struct zip_writer *zip;
    struct cx *cx;
    int64_t row; /* begun last, from 1; 1: the titles */
    bool within, broken;
    size_t n; /* bytes that wait in piece */
    char piece[PIECE];
};

#define XML "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n"
#define OFFICE "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
#define PACKAGE "http://schemas.openxmlformats.org/package/2006/"
#define SHEET "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
#define TYPE "application/vnd.openxmlformats-officedocument.spreadsheetml."

static const struct {
    const char *name, *text;
} before[] = {
    {"[Content_Types].xml",
     XML "<Types xmlns=\"" PACKAGE "content-types\">"
         "<Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>"
         "<Default Extension=\"xml\" ContentType=\"application/xml\"/>"
         "<Override PartName=\"/xl/workbook.xml\" ContentType=\"" TYPE "sheet.main+xml\"/>"
         "<Override PartName=\"/xl/styles.xml\" ContentType=\"" TYPE "styles+xml\"/>"
         "<Override PartName=\"/xl/worksheets/sheet1.xml\" ContentType=\"" TYPE "worksheet+xml\"/></Types>"},
    {"_rels/.rels", XML "<Relationships xmlns=\"" PACKAGE "relationships\"><Relationship Id=\"rId1\" Type=\"" OFFICE
                        "/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>"},
    {"xl/_rels/workbook.xml.rels",
     XML "<Relationships xmlns=\"" PACKAGE "relationships\"><Relationship Id=\"rId1\" Type=\"" OFFICE
         "/worksheet\" Target=\"worksheets/sheet1.xml\"/><Relationship Id=\"rId2\" Type=\"" OFFICE
         "/styles\" Target=\"styles.xml\"/></Relationships>"},
    {"xl/styles.xml",
     XML "<styleSheet xmlns=\"" SHEET
         "\"><numFmts count=\"1\"><numFmt numFmtId=\"164\" formatCode=\"yyyy\\-mm\\-dd\"/></numFmts>"
         "<fonts count=\"2\"><font><sz val=\"11\"/><name val=\"Calibri\"/></font>"
         "<font><b/><sz val=\"11\"/><name val=\"Calibri\"/></font></fonts>"
         "<fills count=\"2\"><fill><patternFill patternType=\"none\"/></fill>"
         "<fill><patternFill patternType=\"gray125\"/></fill></fills>"
         "<borders count=\"1\"><border><left/><right/><top/><bottom/><diagonal/></border></borders>"
         "<cellStyleXfs count=\"1\"><xf numFmtId=\"0\" fontId=\"0\" fillId=\"0\" borderId=\"0\"/></cellStyleXfs>"
         "<cellXfs count=\"4\"><xf numFmtId=\"0\" fontId=\"0\" fillId=\"0\" borderId=\"0\" xfId=\"0\"/>"
         "<xf numFmtId=\"0\" fontId=\"1\" fillId=\"0\" borderId=\"0\" xfId=\"0\" applyFont=\"1\"/>"
         "<xf numFmtId=\"4\" fontId=\"0\" fillId=\"0\" borderId=\"0\" xfId=\"0\" applyNumberFormat=\"1\"/>"
         "<xf numFmtId=\"164\" fontId=\"0\" fillId=\"0\" borderId=\"0\" xfId=\"0\" applyNumberFormat=\"1\"/></cellXfs>"
         "<cellStyles count=\"1\"><cellStyle name=\"Normal\" xfId=\"0\" builtinId=\"0\"/></cellStyles></styleSheet>"}};

/* ---- bytes on their way; after a failure they go nowhere, and every call says so ---- */

static void piece_out(struct xlsx_writer *w) {
    if (w->n > 0)
        w->broken = w->broken || !zip_writer_put(w->cx, w->zip, (struct str){w->piece, w->n});
    w->n = 0;
}

static void put(struct xlsx_writer *w, struct str s) {
    while (s.n > 0) {
        size_t n = s.n < PIECE - w->n ? s.n : PIECE - w->n;
        memcpy(w->piece + w->n, s.p, n);
        w->n += n;
        s = (struct str){s.p + n, s.n - n};
        if (w->n == PIECE)
            piece_out(w);
    }
}

static void number(struct xlsx_writer *w, int64_t v, int scale) {
    char digits[32];
    put(w, (struct str){digits, decimal_write(v, scale, 0, digits)});
}

static void part(struct xlsx_writer *w, const char *name) {
    piece_out(w);
    w->broken = w->broken || !zip_writer_part(w->cx, w->zip, name);
}

/* ---- words of XML ---- */

static bool is_hex(char c) {
    return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'F') || (c >= 'a' && c <= 'f');
}

/* Readers take _x0041_ for the letter of that number. */
static bool looks_escaped(struct str s, size_t i) {
    return i + 7 <= s.n && s.p[i] == '_' && s.p[i + 1] == 'x' && is_hex(s.p[i + 2]) && is_hex(s.p[i + 3]) &&
           is_hex(s.p[i + 4]) && is_hex(s.p[i + 5]) && s.p[i + 6] == '_';
}

/* Bytes that XML has no way to write: controls, and the two last of the first plane. */
static bool unwritable(struct str s, size_t i) {
    unsigned char c = (unsigned char)s.p[i];
    if (c == 0xef && i + 2 < s.n && (unsigned char)s.p[i + 1] == 0xbf && (unsigned char)s.p[i + 2] >= 0xbe)
        return true;
    return c < ' ' && c != '\t' && c != '\n' && c != '\r';
}

/* One character, or what stands for it; the bytes it takes. */
static size_t word(struct xlsx_writer *w, struct str s, size_t i) {
    if (unwritable(s, i)) {
        put(w, S("?"));
        return (unsigned char)s.p[i] == 0xef ? 3 : 1;
    }
    switch (s.p[i]) {
    case '&':
        put(w, S("&amp;"));
        break;
    case '<':
        put(w, S("&lt;"));
        break;
    case '>':
        put(w, S("&gt;"));
        break;
    case '"':
        put(w, S("&quot;"));
        break;
    case '\r':
        put(w, S("&#13;"));
        break;
    default:
        put(w, looks_escaped(s, i) ? S("_x005F_") : (struct str){s.p + i, 1});
    }
    return 1;
}

static void words(struct xlsx_writer *w, struct str s) {
    for (size_t i = 0; i < s.n;)
        i += word(w, s, i);
}

static struct str cut(struct str s) {
    if (s.n > TEXT_MOST) {
        s.n = TEXT_MOST;
        while (s.n > 0 && ((unsigned char)s.p[s.n] & 0xc0) == 0x80)
            s.n--;
    }
    return s;
}

/* ---- cells ---- */

/* "AB12"; columns from 0. */
static void place(struct xlsx_writer *w, size_t column) {
    char letter[8];
    size_t at = sizeof letter;
    for (size_t left = column + 1; left > 0; left = (left - 1) / LETTERS)
        letter[--at] = (char)('A' + (left - 1) % LETTERS);
    put(w, (struct str){letter + at, sizeof letter - at});
    number(w, w->row, 0);
}

static void cell(struct xlsx_writer *w, size_t column, enum style style) {
    put(w, S("<c r=\""));
    place(w, column);
    if (style != STYLE_PLAIN) {
        put(w, S("\" s=\""));
        number(w, (int64_t)style, 0);
    }
}

static bool text_put(struct xlsx_writer *w, size_t column, struct str text, enum style style) {
    cell(w, column, style);
    put(w, S("\" t=\"inlineStr\"><is><t xml:space=\"preserve\">"));
    words(w, cut(text));
    put(w, S("</t></is></c>"));
    return !w->broken;
}

static bool number_put(struct xlsx_writer *w, size_t column, int64_t v, int scale, enum style style) {
    cell(w, column, style);
    put(w, S("\"><v>"));
    number(w, v, scale);
    put(w, S("</v></c>"));
    return !w->broken;
}

bool xlsx_writer_text(struct xlsx_writer *writer, size_t column, struct str text) {
    return text.n == 0 || text_put(writer, column, text, STYLE_PLAIN);
}

bool xlsx_writer_number(struct xlsx_writer *writer, size_t column, int64_t v, int scale) {
    return number_put(writer, column, v, scale, STYLE_PLAIN);
}

bool xlsx_writer_money(struct xlsx_writer *writer, size_t column, int64_t cents) {
    return number_put(writer, column, cents, 2, STYLE_MONEY);
}

bool xlsx_writer_day(struct xlsx_writer *writer, size_t column, struct day day) {
    return !day_is(day) || number_put(writer, column, (int64_t)day.n + DAY_ZERO, 0, STYLE_DAY);
}

/* ---- rows ---- */

static void row_begin(struct xlsx_writer *w) {
    put(w, w->within ? S("</row>\n<row r=\"") : S("<row r=\""));
    w->within = true;
    number(w, ++w->row, 0);
    put(w, S("\">"));
}

bool xlsx_writer_row(struct xlsx_writer *writer) {
    if (writer->row > XLSX_ROWS_MOST)
        return cx_fail(writer->cx, ERR_LIMIT, S("xlsx.too_many_rows"), cx_text(writer->cx, "%d", XLSX_ROWS_MOST));
    row_begin(writer);
    return !writer->broken;
}

/* ---- the book ---- */

static void book_put(struct xlsx_writer *w, struct str sheet) {
    for (size_t i = 0; i < sizeof before / sizeof *before; i++) {
        part(w, before[i].name);
        put(w, str_from(before[i].text));
    }
    part(w, "xl/workbook.xml");
    put(w, S(XML "<workbook xmlns=\"" SHEET "\" xmlns:r=\"" OFFICE "\"><sheets><sheet name=\""));
    words(w, sheet);
    put(w, S("\" sheetId=\"1\" r:id=\"rId1\"/></sheets></workbook>"));
}

static void sheet_begin(struct xlsx_writer *w, const struct str *title, size_t columns) {
    part(w, "xl/worksheets/sheet1.xml");
    put(w, S(XML "<worksheet xmlns=\"" SHEET "\"><sheetViews><sheetView tabSelected=\"1\" workbookViewId=\"0\">"
                 "<pane ySplit=\"1\" topLeftCell=\"A2\" activePane=\"bottomLeft\" state=\"frozen\"/>"
                 "</sheetView></sheetViews><cols><col min=\"1\" max=\""));
    number(w, (int64_t)columns, 0);
    put(w, S("\" width=\"16\" customWidth=\"1\"/></cols><sheetData>\n"));
    row_begin(w);
    for (size_t i = 0; i < columns; i++)
        (void)text_put(w, i, title[i], STYLE_BOLD);
}

bool xlsx_writer_open(struct cx *cx, int file, struct str sheet, const struct str *title, size_t columns,
                      struct xlsx_writer **out) {
    struct xlsx_writer *w = arena_new(cx->arena, struct xlsx_writer, 1);
    w->cx = cx;
    if (!zip_writer_open(cx, file, &w->zip))
        return false;
    *out = w;
    book_put(w, sheet);
    sheet_begin(w, title, columns);
    return !w->broken;
}

bool xlsx_writer_close(struct xlsx_writer *writer) {
    put(writer, S("</row>\n</sheetData></worksheet>"));
    piece_out(writer);
    return !writer->broken && zip_writer_close(writer->cx, writer->zip);
}
