// SPDX-License-Identifier: Apache-2.0
/* csv -- the pull parser: finds the bytes that matter 64 at a time, cuts rows and fields between them.
 *
 * Bytes that may matter (delimiter, quote, line ends, NUL; the other control characters up to CR come along and are
 * ignored) are collected into a 64-bit mask per block, and the parser hops from one set bit to the next. Fields are
 * slices of the buffer; only a quoted field that is more than its quotes (doubled ones inside, bytes after the closing
 * one) is written out anew, beside the buffer, so that `raw` stays what the file holds.
 *
 * Must not look further than LIMIT_CSV_ROW + 1 bytes into a row to judge it: so the answer never depends on how the
 * source cuts its bytes. Invariant between calls: data[at] begins a line, `line` is its number, offset + at its place
 * in the file, and `mask` holds the bits of the block at `base` that are not used up, up to `scan`.
 */
#include "base/csv.h"

#include <string.h>

#ifdef __SSE2__
#include <emmintrin.h>
#endif

#include "base/limits.h"

enum { BLOCK = 64, BUFFER_FIRST = 256 << 10, BUFFER_MAX = LIMIT_CSV_ROW + (256 << 10) };

struct csv {
    csv_fill *fill;
    void *source;
    char *data; /* BUFFER_MAX bytes and a block more; pages never used cost nothing */
    char *plain;
    size_t room, at, end, scan, base;
    uint64_t mask, offset, line;
    char delimiter;
    bool ended, skip_lf, skipping;
    size_t awry_n;
    uint16_t awry[LIMIT_CSV_FIELDS]; /* fields to be written out anew */
    struct str field[LIMIT_CSV_FIELDS];
};

enum state { PLAIN = 0, QUOTED, CLOSED };

/* The row being read; places are indexes into csv->data. */
struct row {
    size_t field;  /* where the current field begins */
    size_t fields; /* complete ones */
    size_t closed; /* the last quote that closed */
    size_t breaks, first_break, last_cr;
    enum state state;
    bool awry, nul, wide;
};

enum scanned { SCANNED_ROW, SCANNED_MORE, SCANNED_OVER };

struct csv *csv_open(struct arena *arena, char delimiter, csv_fill *fill, void *source) {
    struct csv *csv = arena_new(arena, struct csv, 1);
    csv->fill = fill;
    csv->source = source;
    csv->data = arena_new(arena, char, BUFFER_MAX + BLOCK);
    csv->plain = arena_new(arena, char, LIMIT_CSV_ROW);
    csv->room = BUFFER_FIRST;
    csv->line = 1;
    csv_delimiter(csv, delimiter);
    return csv;
}

void csv_restart(struct csv *csv) {
    csv->room = BUFFER_FIRST;
    csv->at = csv->end = csv->scan = csv->base = 0;
    csv->mask = csv->offset = 0;
    csv->line = 1;
    csv->ended = csv->skip_lf = csv->skipping = false;
}

void csv_delimiter(struct csv *csv, char delimiter) {
    csv->delimiter = delimiter == '\0' ? ',' : delimiter;
    csv->scan = csv->at;
    csv->mask = 0;
}

#ifdef __SSE2__
static uint64_t mask_16(const char *p, __m128i delimiter) {
    __m128i bytes = _mm_loadu_si128((const __m128i *)(const void *)p);
    __m128i hit = _mm_cmpeq_epi8(bytes, delimiter);
    hit = _mm_or_si128(hit, _mm_cmpeq_epi8(bytes, _mm_set1_epi8('"')));
    hit = _mm_or_si128(hit, _mm_cmpeq_epi8(bytes, _mm_min_epu8(bytes, _mm_set1_epi8('\r'))));
    return (uint64_t)(unsigned)_mm_movemask_epi8(hit);
}

static uint64_t mask_block(const char *p, char delimiter) {
    __m128i d = _mm_set1_epi8(delimiter);
    return mask_16(p, d) | mask_16(p + 16, d) << 16 | mask_16(p + 32, d) << 32 | mask_16(p + 48, d) << 48;
}
#else
static uint64_t mask_block(const char *p, char delimiter) {
    uint64_t mask = 0;
    for (unsigned i = 0; i < BLOCK; i++)
        mask |= (uint64_t)(p[i] == delimiter || p[i] == '"' || (unsigned char)p[i] <= '\r') << i;
    return mask;
}
#endif

/* The next block's mask; false at the end of what is in the buffer. */
static bool next_block(struct csv *csv) {
    size_t n = csv->end - csv->scan;
    if (n == 0)
        return false;
    csv->base = csv->scan;
    csv->mask = mask_block(csv->data + csv->base, csv->delimiter);
    if (n < BLOCK)
        csv->mask &= ((uint64_t)1 << n) - 1;
    csv->scan += n < BLOCK ? n : BLOCK;
    return true;
}

/* Sets where the next row begins; earlier than where the parser has been is fine. */
static void row_begin(struct csv *csv, size_t at) {
    csv->at = at;
    csv->scan = at;
    csv->mask = 0;
}

static void field_add(struct csv *csv, struct row *row, size_t from, size_t to, bool awry) {
    if (row->fields == LIMIT_CSV_FIELDS) {
        row->wide = true;
        return;
    }
    if (awry)
        csv->awry[csv->awry_n++] = (uint16_t)row->fields;
    csv->field[row->fields++] = (struct str){csv->data + from, to - from};
}

/* The field ends before pos; the next one begins after it. */
static void field_end(struct csv *csv, struct row *row, size_t pos) {
    if (row->state == PLAIN)
        field_add(csv, row, row->field, pos, false);
    else if (row->awry || pos != row->closed + 1)
        field_add(csv, row, row->field, pos, true);
    else
        field_add(csv, row, row->field + 1, row->closed, false);
    row->state = PLAIN;
    row->awry = false;
    row->field = pos + 1;
}

/* A line end inside quotes; false when there are too many. */
static bool row_break(struct row *row, size_t pos, char c) {
    bool of_cr = c == '\n' && row->breaks > 0 && row->last_cr + 1 == pos;
    if (row->breaks == 0)
        row->first_break = pos;
    if (c == '\r')
        row->last_cr = pos;
    row->breaks += !of_cr;
    return row->breaks <= LIMIT_CSV_ROW_LINES;
}

/* A byte that matters inside quotes; false when the row has gone too far. */
static bool step_quoted(struct row *row, size_t pos, char c) {
    if (c == '"') {
        row->state = CLOSED;
        row->closed = pos;
    } else if (c == '\n' || c == '\r') {
        return row_break(row, pos, c);
    } else if (c == '\0') {
        row->nul = true;
    }
    return true;
}

/* Reads on from where the block masks are, until the row's line end (at *end), the end of the buffer, or too far. */
static enum scanned scan(struct csv *csv, struct row *row, size_t *end) {
    const char delimiter = csv->delimiter;
    const size_t last = csv->at + LIMIT_CSV_ROW;
    do {
        uint64_t mask = csv->mask;
        while (mask != 0) {
            size_t pos = csv->base + (size_t)__builtin_ctzll(mask);
            char c = csv->data[pos];
            mask &= mask - 1;
            if (pos > last)
                return SCANNED_OVER;
            if (row->state == QUOTED) {
                if (!step_quoted(row, pos, c))
                    return SCANNED_OVER;
            } else if (c == delimiter) {
                field_end(csv, row, pos);
            } else if (c == '\n' || c == '\r') {
                csv->mask = mask;
                *end = pos;
                return SCANNED_ROW;
            } else if (c == '"') {
                bool doubled = row->state == CLOSED && pos == row->closed + 1;
                row->awry |= doubled;
                if (doubled || (row->state == PLAIN && pos == row->field))
                    row->state = QUOTED;
            } else if (c == '\0') {
                row->nul = true;
            }
        }
        csv->mask = 0;
    } while (next_block(csv));
    return csv->end - csv->at > LIMIT_CSV_ROW ? SCANNED_OVER : SCANNED_MORE;
}

/* Moves what is not read yet to the front of the buffer. */
static void buffer_shift(struct csv *csv, struct row *row) {
    size_t by = csv->at;
    memmove(csv->data, csv->data + by, csv->end - by);
    csv->offset += by;
    csv->at = 0;
    csv->end -= by;
    csv->scan -= by;
    for (size_t i = 0; i < row->fields; i++)
        csv->field[i].p -= by;
    row->field -= by;
    row->closed -= by;
    row->first_break -= by;
    row->last_cr -= by;
}

/* Gets more bytes behind those that are there; at the end of the source sets `ended`. False: the source failed. */
static bool buffer_fill(struct cx *cx, struct csv *csv, struct row *row) {
    if (csv->at == csv->end)
        csv->room = BUFFER_FIRST;
    if (csv->at > 0 && (csv->at == csv->end || csv->room - csv->end < csv->room / 4))
        buffer_shift(csv, row);
    if (csv->end == csv->room)
        csv->room = csv->room * 2 < BUFFER_MAX ? csv->room * 2 : BUFFER_MAX;
    size_t got = 0;
    if (!csv->fill(cx, csv->source, csv->data + csv->end, csv->room - csv->end, &got))
        return false;
    csv->ended = got == 0;
    csv->end += got;
    return true;
}

/* A quoted field without its quotes: doubled ones halved, what follows the closing one as it stands. */
static struct str unquote(struct str field, char *to) {
    const char *p = field.p + 1, *end = field.p + field.n;
    char *from = to;
    for (;;) {
        const char *quote = memchr(p, '"', (size_t)(end - p));
        bool doubled = quote != NULL && quote + 1 < end && quote[1] == '"';
        size_t n = (size_t)((quote == NULL ? end : quote) - p) + doubled;
        memcpy(to, p, n);
        to += n;
        p += n + 1;
        if (!doubled) {
            n = quote == NULL ? 0 : (size_t)(end - p);
            memcpy(to, p, n);
            return (struct str){from, (size_t)(to - from) + n};
        }
    }
}

/* Where the line after the one that ends at `pos` begins. Whether a CR is followed by its LF may not be known yet. */
static size_t after_break(struct csv *csv, size_t pos) {
    csv->skip_lf = csv->data[pos] == '\r';
    return pos + 1;
}

/* A row that ended at `end`, by a line end or with the source. */
static enum csv_next row_good(struct csv *csv, struct row *row, size_t end, struct csv_row *out) {
    out->raw = (struct str){csv->data + csv->at, end - csv->at};
    char *to = csv->plain;
    for (size_t i = 0; i < csv->awry_n; i++) {
        struct str *field = &csv->field[csv->awry[i]];
        *field = unquote(*field, to);
        to += field->n;
    }
    out->field = csv->field;
    out->fields = row->fields;
    csv->line += row->breaks + 1;
    csv->at = out->last_unended ? end : after_break(csv, end);
    return CSV_ROW;
}

/* A bad row is one line: reading goes on behind it. `end` is where the row ended, or how far it was read (`open`): the
 * end of its line is then looked for on the next call, so that `raw` stays valid until there. */
static enum csv_next row_bad(struct csv *csv, const struct row *row, enum csv_next kind, size_t end, bool open,
                             struct csv_row *out) {
    if (row->breaks > 0) {
        end = row->first_break;
        open = false;
        out->last_unended = false;
    }
    size_t n = end - csv->at;
    out->raw = (struct str){csv->data + csv->at, n < LIMIT_CSV_SHOWN ? n : LIMIT_CSV_SHOWN};
    csv->line++;
    csv->skipping = open;
    row_begin(csv, open || out->last_unended ? end : after_break(csv, end));
    return kind;
}

/* Goes to the end of the line, or of what is in the buffer. */
static void skip_line(struct csv *csv) {
    do {
        for (uint64_t mask = csv->mask; mask != 0; mask &= mask - 1) {
            size_t pos = csv->base + (size_t)__builtin_ctzll(mask);
            if (csv->data[pos] == '\n' || csv->data[pos] == '\r') {
                csv->skipping = false;
                row_begin(csv, after_break(csv, pos));
                return;
            }
        }
        csv->mask = 0;
    } while (next_block(csv));
    csv->at = csv->end;
}

/* Takes the LF of a CRLF at `at`: its bit is the lowest of the mask, or no mask reaches it yet. */
static void lf_skip(struct csv *csv) {
    if (csv->mask == 0) {
        row_begin(csv, csv->at + 1);
    } else {
        csv->mask &= csv->mask - 1;
        csv->at++;
    }
}

/* Brings data[at] to the first byte of the next row. CSV_ROW: there is one. */
static enum csv_next row_find(struct cx *cx, struct csv *csv) {
    for (;;) {
        while (csv->at == csv->end) {
            struct row none = {0};
            if (csv->ended)
                return CSV_END;
            if (!buffer_fill(cx, csv, &none))
                return CSV_FAIL;
        }
        if (csv->skip_lf) {
            csv->skip_lf = false;
            if (csv->data[csv->at] == '\n') {
                lf_skip(csv);
                continue;
            }
        }
        if (!csv->skipping)
            return CSV_ROW;
        skip_line(csv);
    }
}

enum csv_next csv_next(struct cx *cx, struct csv *csv, struct csv_row *out) {
    enum csv_next found = row_find(cx, csv);
    if (found != CSV_ROW)
        return found;
    struct row row = {.field = csv->at, .last_cr = SIZE_MAX - 1};
    size_t end = 0;
    csv->awry_n = 0;
    *out = (struct csv_row){.line = csv->line, .offset = csv->offset + csv->at};
    enum scanned scanned = scan(csv, &row, &end);
    while (scanned == SCANNED_MORE && !csv->ended) {
        if (!buffer_fill(cx, csv, &row)) {
            row_begin(csv, csv->at);
            return CSV_FAIL;
        }
        scanned = scan(csv, &row, &end);
    }
    if (scanned == SCANNED_OVER)
        return row_bad(csv, &row, row.state == QUOTED ? CSV_BAD_OPEN_QUOTE : CSV_BAD_TOO_LONG,
                       csv->at + LIMIT_CSV_ROW + 1, true, out);
    out->last_unended = scanned == SCANNED_MORE;
    if (out->last_unended)
        end = csv->end;
    if (row.state == QUOTED)
        return row_bad(csv, &row, CSV_BAD_OPEN_QUOTE, end, false, out);
    field_end(csv, &row, end);
    if (row.wide || row.nul)
        return row_bad(csv, &row, row.wide ? CSV_BAD_TOO_WIDE : CSV_BAD_NUL, end, false, out);
    return row_good(csv, &row, end, out);
}
