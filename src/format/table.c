// SPDX-License-Identifier: Apache-2.0
/* table -- chooses between CSV and XLSX, and makes UTF-8 of what is not.
 *
 * Must not know what columns mean. The invariant: a row that is ASCII costs one scan of its bytes and nothing else.
 */
#include "format/table.h"

#include <string.h>

#include "format/open.h"
#include "format/xlsx.h"

enum { TABLE_HEAD = 64 << 10 };

struct table {
    struct arena *arena; /* of the cx it was opened with */
    struct arena row;    /* recoded cells of the row handed out last */
    /* CSV */
    struct input *input;
    struct csv *csv;
    char *head; /* the first bytes, looked at for the delimiter and handed out again */
    size_t head_at, head_n;
    char delimiter;
    bool delimiter_given;
    /* XLSX */
    struct source source;
    struct xlsx *xlsx;
};

static bool csv_bytes(struct cx *cx, void *owner, char *into, size_t room, size_t *got) {
    struct table *t = owner;
    size_t left = t->head_n - t->head_at;
    if (left == 0)
        return input_fill(cx, t->input, into, room, got);
    *got = left < room ? left : room;
    memcpy(into, t->head + t->head_at, *got);
    t->head_at += *got;
    return true;
}

static bool csv_start(struct cx *cx, struct table *t) {
    t->head_at = t->head_n = 0;
    for (size_t n = 1; n > 0 && t->head_n < TABLE_HEAD; t->head_n += n)
        if (!input_fill(cx, t->input, t->head + t->head_n, TABLE_HEAD - t->head_n, &n))
            return false;
    if (!t->delimiter_given)
        t->delimiter = csv_guess_delimiter((struct str){t->head, t->head_n});
    if (!t->delimiter)
        t->delimiter = ',';
    t->csv = csv_open(cx->arena, t->delimiter, csv_bytes, t);
    return true;
}

/* -- which of the two ---------------------------------------------------------------------------------------------- */

enum book_kind { BOOK_NOT = 0, BOOK_XLSX, BOOK_ODS, BOOK_XLSB, BOOK_OTHER };

/* Office files are zip files with members of known names; with `archive#member` the zip itself is meant. */
static bool book_look(struct cx *cx, struct source *source, enum book_kind *out) {
    *out = BOOK_NOT;
    char head[PACKED_MAGIC];
    size_t n;
    if (!source_head(cx, source, head, sizeof head, &n))
        return false;
    if (packed_kind((struct str){head, n}) != PACKED_ZIP || source->member.n > 0)
        return true;
    struct packed *packed;
    if (!packed_open(cx, source, PACKED_ZIP, &packed))
        return false;
    bool office = false, ok;
    struct str name;
    while ((ok = packed_next(cx, packed, &name)) && name.p) {
        office = office || str_equal(name, S("[Content_Types].xml"));
        if (str_equal(name, S("xl/workbook.xml")))
            *out = BOOK_XLSX;
        if (str_equal(name, S("xl/workbook.bin")))
            *out = BOOK_XLSB;
        if (str_equal(name, S("content.xml")))
            *out = BOOK_ODS;
    }
    packed_close(packed);
    source->at = 0;
    /* Some writers call the workbook otherwise; its relations will tell. */
    if (*out == BOOK_NOT && office)
        *out = BOOK_OTHER;
    return ok;
}

static bool book_open(struct cx *cx, const struct table_options *options, struct table *t, enum book_kind kind) {
    if (kind == BOOK_ODS || kind == BOOK_XLSB)
        return cx_fail(cx, ERR_INVALID, S("table.other_workbook"), t->source.path);
    return xlsx_open(cx, &t->source, options->sheet, &t->xlsx);
}

static bool text_open(struct cx *cx, const struct table_options *options, struct table *t) {
    struct source source = t->source;
    t->source.fd = t->source.pipe = -1;
    if (!input_open_source(cx, &source, &t->input))
        return false;
    if (options->sheet.n > 0)
        return cx_fail(cx, ERR_INVALID, S("table.sheet_of_text"), t->source.path, options->sheet);
    t->delimiter = options->delimiter;
    t->delimiter_given = options->delimiter != 0;
    t->head = arena_alloc(cx->arena, TABLE_HEAD, 1);
    return csv_start(cx, t);
}

bool table_open(struct cx *cx, const struct table_options *options, struct table **out) {
    struct table *t = arena_new(cx->arena, struct table, 1);
    t->arena = cx->arena;
    t->source.fd = t->source.pipe = -1;
    arena_init(&t->row, 0, cx->arena->full, cx->arena->owner);
    enum book_kind kind = BOOK_NOT;
    bool ok = source_open(cx, options->path, &t->source) && book_look(cx, &t->source, &kind) &&
              (kind == BOOK_NOT ? text_open(cx, options, t) : book_open(cx, options, t, kind));
    if (ok)
        *out = t;
    else
        table_close(t);
    return ok;
}

void table_close(struct table *table) {
    if (!table)
        return;
    xlsx_close(table->xlsx);
    input_close(table->input);
    source_close(&table->source);
    arena_clear(&table->row);
}

bool table_rewind(struct cx *cx, struct table *table) {
    struct cx own = {.arena = table->arena};
    bool ok = table->xlsx ? xlsx_rewind(&own, table->xlsx) : input_rewind(&own, table->input) && csv_start(&own, table);
    if (!ok)
        cx->err = own.err;
    return ok;
}

/* -- rows ---------------------------------------------------------------------------------------------------------- */

static bool ascii(struct str s) {
    const uint64_t high = 0x8080808080808080u;
    uint64_t seen = 0, word;
    size_t i = 0;
    for (; i + sizeof word <= s.n; i += sizeof word) {
        memcpy(&word, s.p + i, sizeof word);
        seen |= word;
    }
    for (; i < s.n; i++)
        seen |= (uint64_t)(s.p[i] & 0x80);
    return (seen & high) == 0;
}

/* A rejected row is shown cut; a character cut with it does not make the row one of another code. */
static bool valid_utf8(struct str s, bool cut) {
    for (size_t i = 0; cut && i < 3 && s.n > 0 && (s.p[s.n - 1] & 0x80); i++) {
        bool first = (s.p[s.n - 1] & 0xc0) == 0xc0;
        if (first && str_valid_utf8(s))
            return true;
        s.n--;
        if (first)
            break;
    }
    return str_valid_utf8(s);
}

static void recode(struct arena *own, struct table_row *row) {
    arena_reset(own);
    struct str *cell = arena_new(own, struct str, row->cells);
    for (size_t i = 0; i < row->cells; i++)
        cell[i] = ascii(row->cell[i]) ? row->cell[i] : str_from_cp1252(own, row->cell[i]);
    row->cell = cell;
    row->raw = str_from_cp1252(own, row->raw);
    row->recoded = true;
}

static bool blank_text(struct str s) {
    for (size_t i = 0; i < s.n; i++)
        if (s.p[i] != ' ' && s.p[i] != '\t')
            return false;
    return true;
}

/* Nearly every row is decided by its first cell. */
static bool blank(const struct table_row *row) {
    for (size_t i = 0; i < row->cells; i++)
        if (!blank_text(row->cell[i]))
            return false;
    return true;
}

enum table_next table_row_take(struct arena *own, enum csv_next next, const struct csv_row *row,
                               struct table_row *out) {
    if (next == CSV_END)
        return TABLE_END;
    if (next == CSV_FAIL)
        return TABLE_FAIL;
    bool bad = next != CSV_ROW;
    *out = (struct table_row){
        .line = row->line,
        .cell = row->field,
        .cells = bad ? 0 : row->fields,
        .raw = row->raw,
        .bad = next,
        .last_unended = row->last_unended,
    };
    if (!ascii(out->raw) && !valid_utf8(out->raw, bad))
        recode(own, out);
    if (!bad)
        out->blank = blank(out);
    return bad ? TABLE_BAD : TABLE_ROW;
}

enum table_next table_next(struct cx *cx, struct table *table, struct table_row *out) {
    if (!table->xlsx) {
        struct csv_row row;
        enum csv_next found = csv_next(cx, table->csv, &row);
        return table_row_take(&table->row, found, &row, out);
    }
    enum table_next next = xlsx_next(cx, table->xlsx, out);
    if (next == TABLE_ROW)
        out->blank = blank(out);
    return next;
}

bool table_bytes(struct cx *cx, struct table *table, char *into, size_t room, size_t *got) {
    return csv_bytes(cx, table, into, room, got);
}

bool table_typed(const struct table *table) {
    return table->xlsx != NULL;
}

char table_delimiter(const struct table *table) {
    return table->xlsx ? 0 : table->delimiter;
}

void table_progress(const struct table *table, uint64_t *done, uint64_t *total) {
    if (table->xlsx) {
        *done = table->source.at;
        *total = table->source.size;
    } else {
        input_progress(table->input, done, total);
    }
}
