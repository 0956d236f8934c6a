// SPDX-License-Identifier: Apache-2.0
/* Sheets of workbooks, as Excel, LibreOffice and the writers of other programs make them: every part is written out
 * here so that one sees what is read. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/buf.h"
#include "base/limits.h"
#include "format/table.h"
#include "sample.h"

#define REL "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
#define MAIN "xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\""

static const char top[] =
    "<Relationships><Relationship Id='rId1' Type='" REL "/officeDocument' Target='xl/workbook.xml'/></Relationships>";
static const char links[] = "<Relationships><Relationship Id='r1' Type='" REL
                            "/worksheet' Target='worksheets/sheet1.xml'/><Relationship Id='r2' Type='" REL
                            "/worksheet' Target='/xl/worksheets/sheet2.xml'/><Relationship Id='r3' Type='" REL
                            "/styles' Target='styles.xml'/><Relationship Id='r4' Type='" REL
                            "/sharedStrings' Target='sharedStrings.xml'/></Relationships>";
static const char workbook[] =
    "<workbook " MAIN " xmlns:r='" REL "'><sheets><sheet name='Hidden' sheetId='3' state='hidden' "
    "r:id='r2'/><sheet name='Vendas &amp; Cia' sheetId='1' r:id='r1'/><sheet name='Preços' "
    "sheetId='2' r:id='r2'/></sheets></workbook>";
/* s=1: built-in date, s=2: own date format, s=3: own number format */
static const char styles[] = "<styleSheet><numFmts><numFmt numFmtId='164' formatCode='dd/mm/yyyy\\ hh:mm'/><numFmt "
                             "numFmtId='165' formatCode='\"R$\"\\ #,##0.00'/></numFmts><cellStyleXfs><xf "
                             "numFmtId='14'/></cellStyleXfs><cellXfs><xf numFmtId='0'/><xf numFmtId='14'/><xf "
                             "numFmtId='164'/><xf numFmtId='165'/></cellXfs></styleSheet>";
static const char strings[] = "<sst><si><t>code</t></si><si><r><t>rich </t></r><r><rPr/><t xml:space='preserve'>text "
                              "</t></r><rPh><t>spoken</t></rPh></si><si><t>a_x000D_&#10;b</t></si><si><t/></si></sst>";

struct book {
    const char *workbook, *sheet1, *sheet2, *strings;
};

/* The shared strings stand behind the sheets, as some writers put them. */
static const char *book_write(struct sample *s, struct book book) {
    const struct sample_member members[] = {
        {"[Content_Types].xml", S("<Types/>")},
        {"xl/worksheets/sheet1.xml", str_from(book.sheet1 ? book.sheet1 : "<worksheet/>")},
        {"xl/worksheets/sheet2.xml", str_from(book.sheet2 ? book.sheet2 : "<worksheet/>")},
        {"xl/sharedStrings.xml", str_from(book.strings ? book.strings : strings)},
        {"xl/styles.xml", str_from(styles)},
        {"xl/_rels/workbook.xml.rels", str_from(links)},
        {"xl/workbook.xml", str_from(book.workbook ? book.workbook : workbook)},
        {"_rels/.rels", str_from(top)},
    };
    return sample_zip(s, "book.xlsx", members, 8);
}

static struct table *book_open(struct sample *s, const char *path, const char *sheet) {
    struct table_options options = {.path = str_from(path), .sheet = str_from(sheet)};
    struct table *table = NULL;
    cx_clear(&s->cx);
    return table_open(&s->cx, &options, &table) ? table : NULL;
}

/* "row: raw" of each row, with its reason when it is bad. */
static struct str rows(struct sample *s, struct table *table) {
    struct buf out;
    buf_init(&out, &s->arena, 1u << 30);
    struct table_row row;
    enum table_next next;
    while ((next = table_next(&s->cx, table, &row)) == TABLE_ROW || next == TABLE_BAD) {
        if (next == TABLE_BAD)
            buf_printf(&out, "%d! %d\n", (int)row.line, (int)row.bad);
        else
            buf_printf(&out, "%d: %.*s%s\n", (int)row.line, STR_ARG(row.raw), row.blank ? " (blank)" : "");
    }
    if (next == TABLE_FAIL)
        buf_printf(&out, "failed %.*s\n", STR_ARG(s->cx.err.key));
    return buf_str(&out);
}

static void book_holds(struct sample *s, struct book book, const char *sheet, const char *expected) {
    struct table *table = book_open(s, book_write(s, book), sheet);
    if (!table)
        fail_msg("%.*s (%s)", STR_ARG(s->cx.err.key), s->cx.err.detail);
    sample_str(rows(s, table), expected);
    cx_clear(&s->cx);
    assert_true(table_rewind(&s->cx, table));
    sample_str(rows(s, table), expected);
    table_close(table);
}

static void cells_are(struct sample *s, const char *cells, const char *raw) {
    struct str sheet =
        cx_text(&s->cx, "<worksheet " MAIN "><sheetData><row r='1'>%s</row></sheetData></worksheet>", cells);
    struct str expected = cx_text(&s->cx, "1: %s\n", raw);
    book_holds(s, (struct book){.sheet1 = str_terminated(&s->arena, sheet)}, "", str_terminated(&s->arena, expected));
}

static void xlsx_cells_of_every_kind(void **state) {
    struct sample *s = *state;
    cells_are(s, "<c r='A1' t='s'><v>0</v></c><c r='B1' t='s'><v>1</v></c>", "code,rich text ");
    cells_are(s, "<c r='A1' t='s'><v>2</v></c>", "\"a\r\nb\"");
    cells_are(s, "<c t='inlineStr'><is><t>in, line</t></is></c><c t='str'><f>A1&amp;B1</f><v>made</v></c>",
              "\"in, line\",made");
    cells_are(s, "<c t='b'><v>1</v></c><c t='b'><v>0</v></c><c t='e'><v>#N/A</v></c>", "TRUE,FALSE,#N/A");
    cells_are(s, "<c><v>2.5499999999999998</v></c><c t='n'><v>1E-3</v></c><c s='3'><v>40148</v></c>",
              "2.55,0.001,40148");
    cells_are(s, "<c t='d'><v>2021-03-04T00:00:00</v></c>", "2021-03-04");
}

static void xlsx_dates_come_out_as_iso_by_their_style(void **state) {
    cells_are(*state, "<c s='1'><v>40148</v></c><c s='2'><v>40148.322916666664</v></c><c s='9'><v>40148</v></c>",
              "2009-12-01,2009-12-01 07:45:00,40148");
}

static void xlsx_dates_of_the_1904_calendar(void **state) {
    const struct book book = {
        .workbook = "<workbook><workbookPr date1904='1'/><sheets><sheet name='A' r:id='r1' xmlns:r='" REL
                    "'/></sheets></workbook>",
        .sheet1 = "<worksheet><sheetData><row><c s='1'><v>38686</v></c></row></sheetData></worksheet>",
    };
    book_holds(*state, book, "", "1: 2009-12-01\n");
}

static void xlsx_gaps_between_cells_and_rows_are_kept(void **state) {
    const struct book book = {.sheet1 =
                                  "<worksheet><sheetData><row r='2'><c r='B2'><v>1</v></c><c r='E2'><v>2</v></c>"
                                  "<c><v>3</v></c></row><row r='7'><c r='C7' s='1'/></row><row><c><v>4</v></c></row>"
                                  "</sheetData></worksheet>"};
    book_holds(*state, book, "", "2: ,1,,,2,3\n7:  (blank)\n8: 4\n");
}

static void xlsx_sheet_by_name_number_and_default(void **state) {
    struct sample *s = *state;
    const struct book book = {.sheet1 = "<worksheet><sheetData><row><c><v>1</v></c></row></sheetData></worksheet>",
                              .sheet2 = "<worksheet><sheetData><row><c><v>2</v></c></row></sheetData></worksheet>"};
    book_holds(s, book, "", "1: 1\n");
    book_holds(s, book, "Vendas & Cia", "1: 1\n");
    book_holds(s, book, "PRECOS", "1: 2\n");
    book_holds(s, book, "2", "1: 2\n");
    book_holds(s, book, "Hidden", "1: 2\n");
    assert_null(book_open(s, book_write(s, book), "Clientes"));
    sample_str(s->cx.err.key, "table.no_sheet");
    sample_str(s->cx.err.arg[2], "Vendas & Cia, Preços");
    assert_null(book_open(s, book_write(s, book), "3"));
}

static void xlsx_rows_past_the_limits_are_bad_and_the_next_is_not(void **state) {
    struct sample *s = *state;
    struct buf sheet;
    buf_init(&sheet, &s->arena, 1u << 30);
    buf_put(&sheet, S("<worksheet><sheetData><row><c r='AMJ1'><v>1</v></c></row><row><c r='AMK2'><v>1</v></c></row>"
                      "<row><c r='AMK3' s='1'/><c r='A3'><v>3</v></c></row>"));
    for (size_t extra = 0; extra < 2; extra++) {
        buf_put(&sheet, S("<row><c t='str'><v>"));
        for (size_t i = 0; i < LIMIT_CSV_ROW + extra; i++)
            buf_char(&sheet, 'x');
        buf_put(&sheet, S("</v></c></row>"));
    }
    buf_put(&sheet, S("<row><c><v>6</v></c></row></sheetData></worksheet>"));
    const struct book book = {.sheet1 = str_terminated(&s->arena, buf_str(&sheet))};
    struct table *table = book_open(s, book_write(s, book), "");
    struct table_row row;
    assert_int_equal(table_next(&s->cx, table, &row), TABLE_ROW);
    assert_int_equal(row.cells, LIMIT_CSV_FIELDS);
    assert_int_equal(table_next(&s->cx, table, &row), TABLE_BAD);
    assert_int_equal(row.bad, CSV_BAD_TOO_WIDE);
    assert_int_equal(table_next(&s->cx, table, &row), TABLE_ROW);
    sample_str(row.cell[0], "3");
    assert_int_equal(table_next(&s->cx, table, &row), TABLE_ROW);
    assert_int_equal(row.cell[0].n, LIMIT_CSV_ROW);
    assert_int_equal(table_next(&s->cx, table, &row), TABLE_BAD);
    assert_int_equal(row.bad, CSV_BAD_TOO_LONG);
    assert_int_equal(table_next(&s->cx, table, &row), TABLE_ROW);
    sample_str(row.raw, "6");
    assert_int_equal(table_next(&s->cx, table, &row), TABLE_END);
    table_close(table);
}

static void xlsx_damage_fails_with_its_reason(void **state) {
    struct sample *s = *state;
    book_holds(
        s, (struct book){.sheet1 = "<worksheet><sheetData><row><c t='s'><v>4</v></c></row></sheetData></worksheet>"},
        "", "failed table.no_shared\n");
    book_holds(s, (struct book){.sheet1 = "<worksheet><sheetData><row><c><v>1</v></c></row><row><c>"}, "",
               "1: 1\nfailed xml.broken\n");
    struct str whole = sample_read(s, book_write(s, (struct book){0}));
    assert_null(book_open(s, sample_write(s, "cut.xlsx", (struct str){whole.p, whole.n - 30}), ""));
    sample_str(s->cx.err.key, "input.damaged");
}

static void xlsx_entities_are_refused_in_every_part(void **state) {
    struct sample *s = *state;
    static const char laughs[] = "<!DOCTYPE x [<!ENTITY a 'ha'><!ENTITY b '&a;&a;&a;&a;'>]><x><t>&b;</t></x>";
    static const char outside[] = "<!DOCTYPE x [<!ENTITY a SYSTEM 'file:///etc/passwd'>]><x><t>&a;</t></x>";
    book_holds(s, (struct book){.sheet1 = laughs}, "", "failed xml.entities\n");
    book_holds(s, (struct book){.sheet1 = outside}, "", "failed xml.entities\n");
    assert_null(book_open(s, book_write(s, (struct book){.strings = laughs}), ""));
    sample_str(s->cx.err.key, "xml.entities");
    assert_null(book_open(s, book_write(s, (struct book){.workbook = outside}), ""));
    sample_str(s->cx.err.key, "xml.entities");
}

static void xlsx_bomb_is_refused(void **state) {
    struct sample *s = *state;
    enum { BYTES = LIMIT_PACKED_FREE + (1 << 20) };
    char *sheet = arena_alloc(&s->arena, BYTES + 1, 1);
    memset(sheet, ' ', BYTES);
    for (size_t i = 0; i < BYTES; i += 1 << 20)
        memcpy(sheet + i, "<c/>", 4);
    memcpy(sheet, "<worksheet >", 12);
    memcpy(sheet + BYTES - 12, "</worksheet>", 12);
    const char *path = book_write(s, (struct book){.sheet1 = sheet});
    struct table *table = book_open(s, path, "");
    struct table_row row;
    assert_int_equal(table_next(&s->cx, table, &row), TABLE_FAIL);
    sample_str(s->cx.err.key, "input.bomb");
    table_close(table);
}

static void xlsx_real_workbook_gives_both_sheets(void **state) {
    struct sample *s = *state;
    const char *file = sample_real(s, "online_retail_ii/samples/two_sheets_499_rows_each.xlsx");
    for (int sheet = 1; sheet <= 2; sheet++) {
        struct table *table = book_open(s, file, sheet == 1 ? "1" : "Year 2010-2011");
        assert_non_null(table);
        assert_true(table_typed(table));
        struct table_row row;
        assert_int_equal(table_next(&s->cx, table, &row), TABLE_ROW);
        sample_str(row.raw, "Invoice,StockCode,Description,Quantity,InvoiceDate,Price,Customer ID,Country");
        assert_int_equal(table_next(&s->cx, table, &row), TABLE_ROW);
        sample_str(row.raw, sheet == 1 ? "489434,85048,15CM CHRISTMAS GLASS BALL 20 LIGHTS,12,2009-12-01 "
                                         "07:45:00,6.95,13085,United Kingdom"
                                       : "536365,85123A,WHITE HANGING HEART T-LIGHT HOLDER,6,2010-12-01 "
                                         "08:26:00,2.55,17850,United Kingdom");
        int n = 1;
        while (table_next(&s->cx, table, &row) == TABLE_ROW)
            n++;
        assert_int_equal(n, 499);
        table_close(table);
    }
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, sample_set_up, sample_tear_down)

int main(void) {
    const struct CMUnitTest tests[] = {
        CASE(xlsx_cells_of_every_kind),
        CASE(xlsx_dates_come_out_as_iso_by_their_style),
        CASE(xlsx_dates_of_the_1904_calendar),
        CASE(xlsx_gaps_between_cells_and_rows_are_kept),
        CASE(xlsx_sheet_by_name_number_and_default),
        CASE(xlsx_rows_past_the_limits_are_bad_and_the_next_is_not),
        CASE(xlsx_damage_fails_with_its_reason),
        CASE(xlsx_entities_are_refused_in_every_part),
        CASE(xlsx_bomb_is_refused),
        CASE(xlsx_real_workbook_gives_both_sheets),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
