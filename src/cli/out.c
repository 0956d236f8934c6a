// SPDX-License-Identifier: Apache-2.0
/* out -- see out.h. The three forms share one rendering of values (out_plain for CSV and JSON, cell_shown for tables).
 *
 * Memory of a row is given back after the row; what is kept for the sample is given back when the sample is printed.
 * One out is open at a time.
 */
#include "cli/out.h"

#include <errno.h>
#include <math.h>
#include <string.h>

#include "base/buf.h"
#include "base/decimal.h"
#include "base/limits.h"
#include "base/real.h"
#include "base/text.h"

struct out {
    const struct cli *cli;
    struct cx *cx;
    struct arena *arena; /* of the out alone: the caller's is rewound under it, row by row */
    FILE *to;
    enum cli_format format;
    const struct out_column *column;
    size_t n;
    uint64_t rows;
    /* tables only */
    size_t *width;
    struct str *sample; /* OUT_SAMPLE x n, as shown */
    enum out_colour *sample_colour;
    size_t held;
    bool printing; /* the widths are settled */
    struct arena_mark mark;
};

/* -- values ------------------------------------------------------------------------------------------------------ */

struct out_cell out_text(struct str s) {
    return (struct out_cell){.absent = s.n == 0, .text = s};
}

struct out_cell out_word(struct str name, struct str shown, enum out_colour colour) {
    return (struct out_cell){.absent = name.n == 0, .text = name, .shown = shown, .colour = colour};
}

struct out_cell out_number(int64_t v) {
    return (struct out_cell){.absent = v == INT64_MIN, .number = v};
}

struct out_cell out_day(struct day d) {
    return (struct out_cell){.absent = !day_is(d), .number = d.n};
}

struct out_cell out_real(double v) {
    return (struct out_cell){.absent = !isfinite(v), .real = v};
}

static struct str real_plain(struct arena *arena, double v, int digits) {
    char text[REAL_TEXT];
    size_t n = real_write(v, digits, text);
    return str_copy(arena, (struct str){text, n});
}

static struct str decimal_plain(struct arena *arena, int64_t v, int scale, int keep) {
    char text[32];
    size_t n = decimal_write(v, scale, keep, text);
    return str_copy(arena, (struct str){text, n});
}

struct str out_plain(struct arena *arena, const struct out_column *column, const struct out_cell *cell) {
    char text[DAY_TEXT];
    if (cell->absent)
        return (struct str){0};
    switch (column->type) {
    case OUT_INTEGER:
        return decimal_plain(arena, cell->number, 0, 0);
    case OUT_E4:
    case OUT_SHARE:
        return decimal_plain(arena, cell->number, 4, 0);
    case OUT_MONEY:
        return decimal_plain(arena, cell->number, 2, 2);
    case OUT_DAY:
        return str_copy(arena, (struct str){text, day_iso((struct day){(int32_t)cell->number}, text)});
    case OUT_MONTH:
        return text_month_iso(arena, (int32_t)cell->number);
    case OUT_MOMENT:
        return text_moment_iso(arena, cell->number);
    case OUT_REAL:
        return real_plain(arena, cell->real, column->places);
    case OUT_TEXT:
    case OUT_WORD:
        break;
    }
    return cell->text;
}

static int places_shown(const struct out_column *column, int64_t e4) {
    int places = 4;
    if (column->places != OUT_SHORTEST)
        return column->places;
    for (; places > 0 && e4 % 10 == 0; places--)
        e4 /= 10;
    return places;
}

/* A cell as the table shows it. */
static struct str cell_shown(const struct cli *cli, struct arena *arena, const struct out_column *column,
                             const struct out_cell *cell) {
    if (cell->shown.n > 0)
        return text_clean(arena, cell->shown);
    if (cell->absent)
        return column->type == OUT_TEXT || column->type == OUT_WORD ? (struct str){0} : S("-");
    switch (column->type) {
    case OUT_INTEGER:
        return text_int(arena, cli->lang, cell->number);
    case OUT_E4:
        return text_decimal(arena, cli->lang, cell->number, 4, places_shown(column, cell->number));
    case OUT_SHARE:
        return text_share(arena, cli->lang, cell->number);
    case OUT_MONEY:
        return text_decimal(arena, cli->lang, cell->number, 2, column->whole ? 0 : 2);
    case OUT_DAY:
        return text_day(arena, cli->lang, (struct day){(int32_t)cell->number});
    case OUT_MONTH:
        return text_month(arena, cli->lang, (int32_t)cell->number);
    case OUT_MOMENT:
        return text_moment(arena, cli->lang, cell->number, cli->world->utc_offset_s(cell->number));
    case OUT_REAL:
        return text_real(arena, cli->lang, cell->real, OUT_REAL_SHOWN);
    case OUT_TEXT:
    case OUT_WORD:
        break;
    }
    return text_clean(arena, cell->text);
}

struct str out_coloured(const struct cli *cli, struct arena *arena, enum out_colour colour, struct str text) {
    static const char *const code[] = {
        [OUT_PLAIN] = "", [OUT_GOOD] = "32", [OUT_WARNING] = "33", [OUT_BAD] = "31", [OUT_DIM] = "2", [OUT_BOLD] = "1"};
    if (colour == OUT_PLAIN || !cli->world->colour)
        return text;
    struct buf out;
    buf_init(&out, arena, 0);
    buf_printf(&out, "\033[%sm%.*s\033[0m", code[colour], STR_ARG(text));
    return buf_str(&out);
}

bool out_written(struct cx *cx, FILE *to) {
    errno = 0;
    if (fflush(to) == 0 && !ferror(to))
        return true;
    cx_fail(cx, ERR_IO, S("cli.not_written"));
    return cx_detail(cx, "%s", errno != 0 ? strerror(errno) : "write failed");
}

static bool row_written(struct out *out) {
    return !ferror(out->to) || out_written(out->cx, out->to);
}

/* -- CSV and JSON ------------------------------------------------------------------------------------------------ */

static bool csv_row(struct out *out, const struct out_cell *cells) {
    struct buf line;
    buf_init(&line, out->arena, 0);
    for (size_t i = 0; i < out->n; i++) {
        if (i > 0)
            buf_char(&line, ',');
        buf_csv(&line, cells != NULL ? out_plain(out->arena, &out->column[i], &cells[i]) : out->column[i].name, ',');
    }
    buf_char(&line, '\n');
    fwrite(line.p, 1, line.n, out->to);
    return row_written(out);
}

bool out_bare(enum out_type type) {
    return type == OUT_INTEGER || type == OUT_E4 || type == OUT_SHARE || type == OUT_REAL;
}

static bool json_row(struct out *out, const struct out_cell *cells) {
    struct buf line;
    buf_init(&line, out->arena, 0);
    buf_put(&line, out->rows == 0 ? S("[\n{") : S(",\n{"));
    for (size_t i = 0; i < out->n; i++) {
        const struct out_column *column = &out->column[i];
        if (i > 0)
            buf_char(&line, ',');
        buf_json(&line, column->name);
        buf_char(&line, ':');
        struct str plain = out_plain(out->arena, column, &cells[i]);
        if (cells[i].absent)
            buf_put(&line, S("null"));
        else if (out_bare(column->type))
            buf_put(&line, plain);
        else
            buf_json(&line, plain);
    }
    buf_char(&line, '}');
    fwrite(line.p, 1, line.n, out->to);
    return row_written(out);
}

/* -- tables ------------------------------------------------------------------------------------------------------ */

static bool to_the_right(enum out_type type) {
    return type == OUT_INTEGER || type == OUT_E4 || type == OUT_SHARE || type == OUT_MONEY || type == OUT_REAL;
}

static void put_blanks(FILE *to, size_t n) {
    for (size_t i = 0; i < n; i++)
        fputc(' ', to);
}

static void put_line(struct out *out, const struct str *shown, const enum out_colour *colour) {
    struct arena *arena = out->arena;
    struct arena_mark mark = arena_mark_get(arena);
    size_t owed = 0; /* blanks before the next text: none are left at a line's end */
    for (size_t i = 0; i < out->n; i++) {
        struct str text = text_shorten(arena, shown[i], out->width[i]);
        size_t room = out->width[i] - str_width(text);
        bool right = to_the_right(out->column[i].type);
        owed += (i > 0 ? 2 : 0) + (right ? room : 0);
        if (text.n > 0) {
            put_blanks(out->to, owed);
            owed = 0;
            text = out_coloured(out->cli, arena, colour != NULL ? colour[i] : OUT_PLAIN, text);
            fwrite(text.p, 1, text.n, out->to);
        }
        owed += right ? 0 : room;
    }
    fputc('\n', out->to);
    arena_rewind(arena, mark);
}

static void put_rule(struct out *out) {
    for (size_t i = 0; i < out->n; i++) {
        put_blanks(out->to, i > 0 ? 2 : 0);
        for (size_t w = 0; w < out->width[i]; w++)
            fputs("─", out->to);
    }
    fputc('\n', out->to);
}

/* Take columns from the widest text until the line fits, or no text can give any. */
static void fit(struct out *out) {
    size_t limit = (size_t)out->cli->world->columns;
    size_t total = 2 * (out->n - 1);
    for (size_t i = 0; i < out->n; i++)
        total += out->width[i];
    while (limit > 0 && total > limit) {
        size_t widest = SIZE_MAX;
        for (size_t i = 0; i < out->n; i++) {
            bool text = out->column[i].type == OUT_TEXT;
            if (text && out->width[i] > OUT_TEXT_LEAST && (widest == SIZE_MAX || out->width[i] > out->width[widest]))
                widest = i;
        }
        if (widest == SIZE_MAX)
            return;
        out->width[widest]--;
        total--;
    }
}

static void widen(struct out *out, const struct str *shown) {
    for (size_t i = 0; i < out->n; i++) {
        size_t width = str_width(shown[i]);
        if (width > out->width[i])
            out->width[i] = width;
    }
}

static void print_sample(struct out *out) {
    if (out->printing)
        return;
    struct str *title = arena_new(out->arena, struct str, out->n);
    enum out_colour *bold = arena_new(out->arena, enum out_colour, out->n);
    for (size_t i = 0; i < out->n; i++) {
        title[i] = out->column[i].title;
        bold[i] = OUT_BOLD;
    }
    widen(out, title);
    fit(out);
    out->printing = true;
    put_line(out, title, bold);
    put_rule(out);
    for (size_t row = 0; row < out->held; row++)
        put_line(out, out->sample + row * out->n, out->sample_colour + row * out->n);
    arena_rewind(out->arena, out->mark);
}

static void table_cells(struct out *out, const struct out_cell *cells, struct str *shown, enum out_colour *colour) {
    for (size_t i = 0; i < out->n; i++) {
        shown[i] = cell_shown(out->cli, out->arena, &out->column[i], &cells[i]);
        colour[i] = cells[i].colour;
    }
}

/* The cells' texts die with the caller's row, so the sample holds copies: text_clean has made them. */
static bool table_row(struct out *out, const struct out_cell *cells) {
    if (!out->printing) {
        struct str *shown = out->sample + out->held * out->n;
        table_cells(out, cells, shown, out->sample_colour + out->held * out->n);
        widen(out, shown);
        if (++out->held == OUT_SAMPLE)
            print_sample(out);
        return row_written(out);
    }
    struct arena_mark mark = arena_mark_get(out->arena);
    struct str *shown = arena_new(out->arena, struct str, out->n);
    enum out_colour *colour = arena_new(out->arena, enum out_colour, out->n);
    table_cells(out, cells, shown, colour);
    put_line(out, shown, colour);
    arena_rewind(out->arena, mark);
    return row_written(out);
}

/* -- the whole --------------------------------------------------------------------------------------------------- */

bool out_open(const struct cli *cli, FILE *to, enum cli_format format, const struct out_column *columns, size_t n,
              struct out **made) {
    struct arena *arena = cli->keep;
    struct out *out = arena_new(arena, struct out, 1);
    *out =
        (struct out){.cli = cli, .cx = cli->cx, .arena = arena, .to = to, .format = format, .column = columns, .n = n};
    *made = out;
    if (format == CLI_TABLE) {
        out->width = arena_new(arena, size_t, n);
        out->mark = arena_mark_get(arena);
        out->sample = arena_new(arena, struct str, OUT_SAMPLE * n);
        out->sample_colour = arena_new(arena, enum out_colour, OUT_SAMPLE * n);
    }
    return format != CLI_CSV || csv_row(out, NULL);
}

bool out_row(struct out *out, const struct out_cell *cells) {
    bool done;
    if (out->format == CLI_TABLE) {
        done = table_row(out, cells);
    } else {
        struct arena_mark mark = arena_mark_get(out->arena);
        done = out->format == CLI_CSV ? csv_row(out, cells) : json_row(out, cells);
        if (done)
            arena_rewind(out->arena, mark);
    }
    out->rows++;
    return done;
}

bool out_total(struct out *out, const struct out_cell *cells) {
    if (out->format != CLI_TABLE)
        return true;
    struct str *shown = arena_new(out->arena, struct str, out->n);
    enum out_colour *colour = arena_new(out->arena, enum out_colour, out->n);
    for (size_t i = 0; i < out->n; i++) {
        shown[i] = cells[i].absent ? cells[i].shown : cell_shown(out->cli, out->arena, &out->column[i], &cells[i]);
        colour[i] = OUT_BOLD;
    }
    if (!out->printing)
        widen(out, shown);
    /* The sample is older than `shown`: printing it must not give this row's memory back. */
    out->mark = arena_mark_get(out->arena);
    print_sample(out);
    put_rule(out);
    put_line(out, shown, colour);
    return row_written(out);
}

bool out_close(struct out *out) {
    if (out->format == CLI_TABLE)
        print_sample(out);
    else if (out->format == CLI_JSON)
        fputs(out->rows == 0 ? "[]\n" : "\n]\n", out->to);
    return out_written(out->cx, out->to);
}
