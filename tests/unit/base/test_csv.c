// SPDX-License-Identifier: Apache-2.0
/* What a file's bytes become as rows: first on texts one can read, then against a parser that is slow and obvious, on
 * many small random texts and a long one, under sources that hand out their bytes in pieces of every size. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/csv.h"
#include "base/limits.h"

enum { WHOLE = 1 << 30 };

static struct arena arena;
static struct cx cx;

static int set_up(void **state) {
    (void)state;
    arena_init(&arena, 0, NULL, NULL);
    cx = (struct cx){.arena = &arena};
    return 0;
}

static int tear_down(void **state) {
    (void)state;
    arena_clear(&arena);
    return 0;
}

/* A source that hands out `first` bytes (0: like the others) and then `step` at a time, and fails once when it comes to
 * `fails_at` (0: never). */
struct feed {
    struct str text;
    size_t at, first, step, fails_at;
};

static bool feed_fill(struct cx *c, void *source, char *into, size_t room, size_t *got) {
    struct feed *feed = source;
    if (feed->fails_at > 0 && feed->at >= feed->fails_at) {
        feed->fails_at = 0;
        return cx_fail(c, ERR_IO, S("test.source_failed"));
    }
    size_t n = feed->text.n - feed->at;
    size_t step = feed->at == 0 && feed->first > 0 ? feed->first : feed->step;
    if (n > step)
        n = step;
    if (n > room)
        n = room;
    if (n > 0)
        memcpy(into, feed->text.p + feed->at, n);
    feed->at += n;
    *got = n;
    return true;
}

static const char *const kind_names[] = {"", "OPEN_QUOTE ", "TOO_LONG ", "TOO_WIDE ", "NUL "};

/* One row as text: line@offset{raw} [field] [field], '~' when the file ended without a line end. */
static void row_put(struct buf *out, enum csv_next kind, const struct csv_row *row) {
    buf_printf(out, "%s%d@%d{", kind_names[kind], (int)row->line, (int)row->offset);
    buf_put(out, row->raw);
    buf_char(out, '}');
    for (size_t i = 0; kind == CSV_ROW && i < row->fields; i++) {
        buf_put(out, S(" ["));
        buf_put(out, row->field[i]);
        buf_char(out, ']');
    }
    buf_put(out, row->last_unended ? S("~\n") : S("\n"));
}

static struct str parsed_from(struct feed feed, char delimiter) {
    struct csv *csv = csv_open(&arena, delimiter, feed_fill, &feed);
    struct csv_row row;
    struct buf out;
    enum csv_next next;
    buf_init(&out, &arena, 0);
    while ((next = csv_next(&cx, csv, &row)) < CSV_END)
        row_put(&out, next, &row);
    assert_int_equal(next, CSV_END);
    assert_int_equal(csv_next(&cx, csv, &row), CSV_END);
    buf_char(&out, '\0');
    return (struct str){out.p, out.n - 1};
}

static struct str parsed(struct str text, char delimiter, size_t step) {
    return parsed_from((struct feed){.text = text, .step = step}, delimiter);
}

/* The same under every cut of the source. */
#define check(text, expected)                                                                                          \
    do {                                                                                                               \
        for (size_t step = 1; step <= sizeof(text); step++) {                                                          \
            struct arena_mark mark = arena_mark_get(&arena);                                                           \
            assert_string_equal(parsed(S(text), ',', step).p, expected);                                               \
            arena_rewind(&arena, mark);                                                                                \
        }                                                                                                              \
    } while (0)

static void csv_plain_rows_have_line_offset_and_fields(void **state) {
    (void)state;
    check("", "");
    check("a,b\nc,d\n", "1@0{a,b} [a] [b]\n2@4{c,d} [c] [d]\n");
    check("a,b\nc,d", "1@0{a,b} [a] [b]\n2@4{c,d} [c] [d]~\n");
    check(",", "1@0{,} [] []~\n");
    check("a,,\n", "1@0{a,,} [a] [] []\n");
}

static void csv_line_ends_are_lf_crlf_or_cr(void **state) {
    (void)state;
    check("a\r\nb\r\n", "1@0{a} [a]\n2@3{b} [b]\n");
    check("a\rb\r", "1@0{a} [a]\n2@2{b} [b]\n");
    check("a\r\r\nb\n\nc", "1@0{a} [a]\n2@2{} []\n3@4{b} [b]\n4@6{} []\n5@7{c} [c]~\n");
    check("\n", "1@0{} []\n");
    check("\r\n", "1@0{} []\n");
}

static void csv_quotes_hold_delimiters_breaks_and_doubled_quotes(void **state) {
    (void)state;
    check("\"a,b\",c\n", "1@0{\"a,b\",c} [a,b] [c]\n");
    check("\"a\"\"b\",\"\"\"\",\"\"\n", "1@0{\"a\"\"b\",\"\"\"\",\"\"} [a\"b] [\"] []\n");
    check("\"a\nb\r\nc\rd\",e\nf\n", "1@0{\"a\nb\r\nc\rd\",e} [a\nb\r\nc\rd] [e]\n5@13{f} [f]\n");
    check("\"a\"", "1@0{\"a\"} [a]~\n");
}

static void csv_quote_inside_an_unquoted_field_is_an_ordinary_byte(void **state) {
    (void)state;
    check("7\" SINGLE,b\n", "1@0{7\" SINGLE,b} [7\" SINGLE] [b]\n");
    check(" \"a,b\"\n", "1@0{ \"a,b\"} [ \"a] [b\"]\n");
    check("a\"\"b\n", "1@0{a\"\"b} [a\"\"b]\n");
}

static void csv_bytes_after_a_closing_quote_belong_to_the_field(void **state) {
    (void)state;
    check("\"a\"b,c\n", "1@0{\"a\"b,c} [ab] [c]\n");
    check("\"a\" \"b\"\"c\",d\n", "1@0{\"a\" \"b\"\"c\",d} [a \"b\"\"c\"] [d]\n");
    check("\"a\"\"b\"c\"d\n", "1@0{\"a\"\"b\"c\"d} [a\"bc\"d]\n");
}

static void csv_unclosed_quote_costs_one_line(void **state) {
    (void)state;
    check("a,\"b\nc,d\ne\n", "OPEN_QUOTE 1@0{a,\"b}\n2@5{c,d} [c] [d]\n3@9{e} [e]\n");
    check("\"a\r\nb\r\n", "OPEN_QUOTE 1@0{\"a}\n2@4{b} [b]\n");
    check("\"a\rb", "OPEN_QUOTE 1@0{\"a}\n2@3{b} [b]~\n");
    check("x\n\"a", "1@0{x} [x]\nOPEN_QUOTE 2@2{\"a}~\n");
    check("\"", "OPEN_QUOTE 1@0{\"}~\n");
    check("\"a\n\"b\n\"c\n", "1@0{\"a\n\"b} [a\nb]\nOPEN_QUOTE 3@6{\"c}\n");
}

static void csv_row_with_nul_is_bad_alone(void **state) {
    (void)state;
    struct feed feed = {.text = {"a\nb\0c,d\ne\n", 10}, .step = WHOLE};
    struct csv *csv = csv_open(&arena, ',', feed_fill, &feed);
    struct csv_row row;
    assert_int_equal(csv_next(&cx, csv, &row), CSV_ROW);
    assert_int_equal(csv_next(&cx, csv, &row), CSV_BAD_NUL);
    assert_int_equal(row.line, 2);
    assert_true(str_equal(row.raw, (struct str){"b\0c,d", 5}));
    assert_int_equal(csv_next(&cx, csv, &row), CSV_ROW);
    assert_true(str_equal(row.field[0], S("e")));
    assert_int_equal(csv_next(&cx, csv, &row), CSV_END);
}

static void csv_delimiter_changes_from_the_next_row(void **state) {
    (void)state;
    struct feed feed = {.text = S("a;b,c\r\nd;e,f\n"), .step = WHOLE};
    struct csv *csv = csv_open(&arena, ',', feed_fill, &feed);
    struct csv_row row;
    assert_int_equal(csv_next(&cx, csv, &row), CSV_ROW);
    assert_true(str_equal(row.field[0], S("a;b")));
    csv_delimiter(csv, ';');
    assert_true(str_equal(row.field[0], S("a;b")));
    assert_int_equal(csv_next(&cx, csv, &row), CSV_ROW);
    assert_int_equal(row.fields, 2);
    assert_true(str_equal(row.field[1], S("e,f")));
}

static void csv_delimiter_of_zero_reads_one_column_files(void **state) {
    (void)state;
    assert_string_equal(parsed(S("a\nb\n"), '\0', WHOLE).p, "1@0{a} [a]\n2@2{b} [b]\n");
    assert_string_equal(parsed(S("a\tb\n"), '\t', WHOLE).p, "1@0{a\tb} [a] [b]\n");
}

static void csv_failing_source_is_told_and_can_go_on(void **state) {
    (void)state;
    struct feed feed = {.text = S("a,\"b\nc\",d\ne\n"), .step = 3, .fails_at = 6};
    struct csv *csv = csv_open(&arena, ',', feed_fill, &feed);
    struct csv_row row;
    assert_int_equal(csv_next(&cx, csv, &row), CSV_FAIL);
    assert_true(str_equal(cx.err.key, S("test.source_failed")));
    cx_clear(&cx);
    assert_int_equal(csv_next(&cx, csv, &row), CSV_ROW);
    assert_int_equal(row.fields, 3);
    assert_true(str_equal(row.field[1], S("b\nc")));
    assert_int_equal(csv_next(&cx, csv, &row), CSV_ROW);
    assert_int_equal(row.line, 3);
    assert_int_equal(csv_next(&cx, csv, &row), CSV_END);
}

/* -- limits: at the maximum and one past it -- */

/* before, then n bytes `fill`, then after. */
static struct str text_with_run(const char *before, char fill, size_t n, const char *after) {
    struct buf buf;
    buf_init(&buf, &arena, 0);
    buf_put(&buf, str_from(before));
    char *run = arena_new(&arena, char, n);
    memset(run, fill, n);
    buf_put(&buf, (struct str){run, n});
    buf_put(&buf, str_from(after));
    return buf_str(&buf);
}

static void expect_rows(struct str text, const enum csv_next *kinds, const int *lines, size_t n) {
    static const size_t steps[] = {WHOLE, 1000, 65537};
    for (size_t s = 0; s < sizeof steps / sizeof steps[0]; s++) {
        struct feed feed = {.text = text, .step = steps[s]};
        struct csv *csv = csv_open(&arena, ',', feed_fill, &feed);
        struct csv_row row;
        for (size_t i = 0; i < n; i++) {
            assert_int_equal(csv_next(&cx, csv, &row), kinds[i]);
            assert_int_equal(row.line, lines[i]);
            if (kinds[i] != CSV_ROW)
                assert_true(row.raw.n <= LIMIT_CSV_SHOWN);
        }
        assert_int_equal(csv_next(&cx, csv, &row), CSV_END);
    }
}

static void csv_row_of_limit_bytes_is_read_one_more_is_too_long(void **state) {
    (void)state;
    const enum csv_next good[] = {CSV_ROW, CSV_ROW, CSV_ROW}, bad[] = {CSV_ROW, CSV_BAD_TOO_LONG, CSV_ROW};
    const int lines[] = {1, 2, 3};
    expect_rows(text_with_run("a\n", 'x', LIMIT_CSV_ROW, "\r\nb\n"), good, lines, 3);
    expect_rows(text_with_run("a\n", 'x', LIMIT_CSV_ROW + 1, "\r\nb\n"), bad, lines, 3);
    expect_rows(text_with_run("a\n\"", 'x', LIMIT_CSV_ROW - 2, "\"\nb"), good, lines, 3);
    expect_rows(text_with_run("a\n\"", 'x', LIMIT_CSV_ROW - 1, "\"\nb"), bad, lines, 3);
}

static void csv_quote_open_past_limit_costs_its_line_only(void **state) {
    (void)state;
    const enum csv_next kinds[] = {CSV_BAD_OPEN_QUOTE, CSV_ROW, CSV_BAD_TOO_LONG, CSV_ROW};
    const int lines[] = {1, 2, 3, 4};
    expect_rows(text_with_run("\"a\nb\n", 'x', LIMIT_CSV_ROW + 1, "\nc\n"), kinds, lines, 4);
    const enum csv_next one_line[] = {CSV_BAD_OPEN_QUOTE, CSV_ROW};
    expect_rows(text_with_run("\"", 'x', LIMIT_CSV_ROW + 5, "\nc\n"), one_line, lines, 2);
}

static void csv_fields_up_to_limit_are_read_one_more_is_too_wide(void **state) {
    (void)state;
    const enum csv_next good[] = {CSV_ROW, CSV_ROW}, bad[] = {CSV_BAD_TOO_WIDE, CSV_ROW};
    const int lines[] = {1, 2};
    expect_rows(text_with_run("", ',', LIMIT_CSV_FIELDS - 1, "\na\n"), good, lines, 2);
    expect_rows(text_with_run("", ',', LIMIT_CSV_FIELDS, "\na\n"), bad, lines, 2);
}

static void csv_breaks_in_quotes_up_to_limit_are_read_one_more_is_an_open_quote(void **state) {
    (void)state;
    const enum csv_next good[] = {CSV_ROW, CSV_ROW};
    const int lines[] = {1, LIMIT_CSV_ROW_LINES + 2};
    expect_rows(text_with_run("\"", '\n', LIMIT_CSV_ROW_LINES, "\"\na\n"), good, lines, 2);
    struct str over = text_with_run("\"", '\n', LIMIT_CSV_ROW_LINES + 1, "\"\na\n");
    struct feed feed = {.text = over, .step = WHOLE};
    struct csv *csv = csv_open(&arena, ',', feed_fill, &feed);
    struct csv_row row;
    assert_int_equal(csv_next(&cx, csv, &row), CSV_BAD_OPEN_QUOTE);
    for (int line = 2; line <= LIMIT_CSV_ROW_LINES + 1; line++) {
        assert_int_equal(csv_next(&cx, csv, &row), CSV_ROW);
        assert_int_equal(row.line, line);
    }
    assert_int_equal(csv_next(&cx, csv, &row), CSV_BAD_OPEN_QUOTE); /* the closing quote now opens a field */
    assert_int_equal(row.line, LIMIT_CSV_ROW_LINES + 2);
    assert_int_equal(csv_next(&cx, csv, &row), CSV_ROW);
    assert_true(str_equal(row.field[0], S("a")));
}

static bool gigabyte_fill(struct cx *c, void *source, char *into, size_t room, size_t *got) {
    (void)c;
    size_t *left = source;
    *got = room < *left ? room : *left;
    memset(into, 'x', *got);
    *left -= *got;
    if (*left == 0 && *got >= 3)
        memcpy(into + *got - 3, "\na\n", 3);
    return true;
}

static void csv_line_of_a_gigabyte_is_skipped_in_bounded_memory(void **state) {
    (void)state;
    size_t left = (size_t)1 << 30;
    struct csv *csv = csv_open(&arena, ',', gigabyte_fill, &left);
    struct csv_row row;
    size_t used = arena.used;
    assert_int_equal(csv_next(&cx, csv, &row), CSV_BAD_TOO_LONG);
    assert_int_equal(row.raw.n, LIMIT_CSV_SHOWN);
    assert_int_equal(csv_next(&cx, csv, &row), CSV_ROW);
    assert_int_equal(row.line, 2);
    assert_int_equal(row.offset, ((size_t)1 << 30) - 2);
    assert_true(str_equal(row.field[0], S("a")));
    assert_int_equal(csv_next(&cx, csv, &row), CSV_END);
    assert_int_equal(arena.used, used);
    assert_true(used < (size_t)4 << 20);
}

/* -- against a parser that looks at one byte after the other and has the whole text before it -- */

static size_t slow_line_end(struct str s, size_t at) {
    while (at < s.n && s.p[at] != '\n' && s.p[at] != '\r')
        at++;
    return at;
}

static size_t slow_after_break(struct str s, size_t at) {
    return at + (at < s.n ? s.p[at] == '\r' && at + 1 < s.n && s.p[at + 1] == '\n' ? 2 : 1 : 0);
}

static bool is_break_at(struct str s, size_t at) {
    return s.p[at] == '\n' || s.p[at] == '\r';
}

/* Reads the field at *at, its value behind `out`; false when its quote is never closed. */
static bool slow_field(struct str s, char delimiter, size_t *at, int *breaks, struct buf *out) {
    size_t i = *at;
    if (i < s.n && s.p[i] == '"') {
        for (i++;; i++) {
            if (i >= s.n)
                return false;
            if (s.p[i] == '"' && (i + 1 >= s.n || s.p[i + 1] != '"'))
                break;
            if (s.p[i] == '"')
                i++;
            else
                *breaks += is_break_at(s, i) && !(s.p[i] == '\n' && s.p[i - 1] == '\r');
            buf_char(out, s.p[i]);
        }
        i++;
    }
    for (; i < s.n && s.p[i] != delimiter && !is_break_at(s, i); i++)
        buf_char(out, s.p[i]);
    *at = i;
    return true;
}

static enum csv_next slow_row(struct str s, char delimiter, size_t *at, int *breaks, struct buf *fields) {
    for (;;) {
        buf_put(fields, S(" ["));
        if (!slow_field(s, delimiter, at, breaks, fields))
            return CSV_BAD_OPEN_QUOTE;
        buf_char(fields, ']');
        if (*at == s.n || is_break_at(s, *at))
            return CSV_ROW;
        ++*at;
    }
}

static struct str slow_parsed(struct str s, char delimiter) {
    struct buf out;
    buf_init(&out, &arena, 0);
    int line = 1;
    for (size_t at = 0; at < s.n;) {
        size_t end = at;
        int breaks = 0;
        struct buf fields;
        buf_init(&fields, &arena, 0);
        enum csv_next kind = slow_row(s, delimiter, &end, &breaks, &fields);
        if (kind == CSV_ROW && memchr(s.p + at, '\0', end - at) != NULL)
            kind = CSV_BAD_NUL;
        if (kind != CSV_ROW) {
            end = slow_line_end(s, at);
            breaks = 0;
        }
        buf_printf(&out, "%s%d@%d{", kind_names[kind], line, (int)at);
        buf_put(&out, (struct str){s.p + at, end - at});
        buf_char(&out, '}');
        buf_put(&out, kind == CSV_ROW ? buf_str(&fields) : S(""));
        buf_put(&out, end == s.n ? S("~\n") : S("\n"));
        at = slow_after_break(s, end);
        line += breaks + 1;
    }
    buf_char(&out, '\0');
    return (struct str){out.p, out.n - 1};
}

static uint32_t next_random(uint32_t *seed) {
    *seed = *seed * 1664525U + 1013904223U;
    return *seed >> 8;
}

static struct str random_text(uint32_t *seed, size_t n, uint32_t quote_in) {
    static const char usual[] = "abcdefg ,,,\n\r\r\n\t\x01\xE9;";
    char *p = arena_new(&arena, char, n);
    for (size_t i = 0; i < n; i++) {
        uint32_t r = next_random(seed);
        p[i] = r % quote_in == 0 ? '"' : r % 4001 == 1 ? '\0' : usual[r / 64 % (sizeof usual - 1)];
    }
    return (struct str){p, n};
}

static void expect_as_slow(struct str text, char delimiter, size_t step) {
    struct str expected = slow_parsed(text, delimiter), got = parsed(text, delimiter, step);
    assert_int_equal(got.n, expected.n);
    assert_memory_equal(got.p, expected.p, expected.n);
}

static void csv_random_texts_are_read_as_by_the_slow_parser(void **state) {
    (void)state;
    uint32_t seed = 20091201;
    for (int round = 0; round < 4000; round++) {
        struct arena_mark mark = arena_mark_get(&arena);
        struct str text = random_text(&seed, next_random(&seed) % 300, 3 + next_random(&seed) % 40);
        expect_as_slow(text, next_random(&seed) % 4 == 0 ? '\t' : ',', 1 + next_random(&seed) % 80);
        arena_rewind(&arena, mark);
    }
}

static void csv_long_text_is_read_as_by_the_slow_parser_under_any_cut(void **state) {
    (void)state;
    static const size_t steps[] = {1, 63, 64, 4093, 200000, WHOLE};
    uint32_t seed = 7;
    struct buf buf;
    buf_init(&buf, &arena, 0);
    for (int i = 0; i < 9000; i++) {
        buf_printf(&buf, "%d,\"quoted \"\"%u\"\"\",plain %u,\"two\r\nlines\"", i, next_random(&seed),
                   next_random(&seed));
        buf_put(&buf, next_random(&seed) % 50 == 0 ? S(",\"x\"tail\r\n") : S("\r\n"));
    }
    buf_put(&buf, text_with_run("\"", 'y', 300000, ",\"\"\",z\n"));
    for (size_t i = 0; i < sizeof steps / sizeof steps[0]; i++)
        expect_as_slow(buf_str(&buf), ',', steps[i]);
}

/* After 200,000 bytes the parser moves the row at hand to the front of its buffer before it asks for more: here at
 * every place of rows that are not simple. The rows before them may not fill a read of 256 KB. */
static void csv_row_moved_within_the_buffer_is_read_as_by_the_slow_parser(void **state) {
    (void)state;
    static const char rows[] = "a,\"b\r\nc\rd\n\",\"\"\",e\"\",\",\"f\"g\"h\"\r\n\"open,\r\n\"shut\",\"i\nj,k\r\nl,m\n";
    struct buf text;
    buf_init(&text, &arena, 0);
    for (int i = 0; i < 200; i++)
        buf_printf(&text, "%0999d\n", i);
    size_t before = text.n;
    buf_put(&text, S(rows));
    struct str expected = slow_parsed(buf_str(&text), ',');
    for (size_t moved_at = 1; moved_at < sizeof rows; moved_at++) {
        struct arena_mark mark = arena_mark_get(&arena);
        struct feed feed = {.text = buf_str(&text), .first = before + moved_at, .step = 1 + moved_at % 3};
        assert_true(str_equal(parsed_from(feed, ','), expected));
        arena_rewind(&arena, mark);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
#define test(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
        test(csv_plain_rows_have_line_offset_and_fields),
        test(csv_line_ends_are_lf_crlf_or_cr),
        test(csv_quotes_hold_delimiters_breaks_and_doubled_quotes),
        test(csv_quote_inside_an_unquoted_field_is_an_ordinary_byte),
        test(csv_bytes_after_a_closing_quote_belong_to_the_field),
        test(csv_unclosed_quote_costs_one_line),
        test(csv_row_with_nul_is_bad_alone),
        test(csv_delimiter_changes_from_the_next_row),
        test(csv_delimiter_of_zero_reads_one_column_files),
        test(csv_failing_source_is_told_and_can_go_on),
        test(csv_row_of_limit_bytes_is_read_one_more_is_too_long),
        test(csv_quote_open_past_limit_costs_its_line_only),
        test(csv_fields_up_to_limit_are_read_one_more_is_too_wide),
        test(csv_breaks_in_quotes_up_to_limit_are_read_one_more_is_an_open_quote),
        test(csv_line_of_a_gigabyte_is_skipped_in_bounded_memory),
        test(csv_random_texts_are_read_as_by_the_slow_parser),
        test(csv_long_text_is_read_as_by_the_slow_parser_under_any_cut),
        test(csv_row_moved_within_the_buffer_is_read_as_by_the_slow_parser),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
