// SPDX-License-Identifier: Apache-2.0
/* preview -- see preview.h. Must not judge more than an import would: it uses the same shape and the same readers of cells.
 */
#include "app/preview.h"

#include "app/importers.h"
#include "stats/stat.h"

static bool is_date(enum field field) {
    return field == FIELD_DATE || field == FIELD_DUE_DATE || field == FIELD_CLOSED_DATE ||
           field == FIELD_LAST_CONTACT || field == FIELD_REGISTERED;
}

static bool is_number(enum field field) {
    return field == FIELD_QUANTITY || field == FIELD_PRICE || field == FIELD_VALUE || field == FIELD_DOCUMENT_VALUE ||
           field == FIELD_OPEN_VALUE || field == FIELD_CREDIT_LIMIT;
}

static struct str cut(struct arena *arena, struct str cell) {
    size_t n = cell.n < PREVIEW_CELL ? cell.n : PREVIEW_CELL;
    while (n < cell.n && n > 0 && ((unsigned char)cell.p[n] & 0xc0) == 0x80)
        n--;
    return str_copy(arena, (struct str){cell.p, n});
}

static void cell_understand(const struct shape *shape, const struct table_row *row, enum field field,
                            struct preview_cell *out) {
    struct import_reject why = {0};
    if (is_date(field)) {
        out->kind = PREVIEW_DAY;
        if (!cell_day(shape, row, field, &out->day, &why))
            out->fault = why.reason;
    } else if (is_number(field)) {
        out->kind = PREVIEW_NUMBER;
        if (!cell_number(shape, row, field, 4, &out->number_e4, &why))
            out->fault = why.reason;
    } else if (field != FIELD_NONE) {
        out->kind = PREVIEW_TEXT;
    }
}

static void row_take(struct cx *cx, const struct shape *shape, const struct table_row *row, struct preview_file *file) {
    struct preview_row *to = &file->row[file->rows++];
    *to = (struct preview_row){.line = row->line, .cell = arena_new(cx->arena, struct preview_cell, file->columns + 1)};
    for (size_t i = 0; i < file->columns; i++) {
        struct preview_cell *cell = &to->cell[i];
        *cell = (struct preview_cell){.day = DAY_NONE, .number_e4 = STAT_NONE};
        if (i < row->cells)
            cell->raw = cut(cx->arena, str_trim(row->cell[i]));
        cell_understand(shape, row, file->field[i], cell);
    }
    if (row_overflows(shape, row))
        to->fault = S("reject.too_many_cells");
}

static bool rows_take(struct cx *cx, struct import_source *source, struct preview_file *file) {
    struct table_row row;
    if (!table_rewind(cx, source->table))
        return false;
    while (file->rows < PREVIEW_ROWS) {
        enum table_next next = table_next(cx, source->table, &row);
        if (next == TABLE_END)
            return true;
        if (next == TABLE_FAIL)
            return false;
        if (next == TABLE_BAD || row.blank || row.line <= source->shape.header_line)
            continue;
        (void)shape_mend(cx->arena, &source->shape, table_delimiter(source->table), &row);
        row_take(cx, &source->shape, &row, file);
    }
    return true;
}

static void file_fill(const struct import_source *source, struct preview_file *file) {
    const struct shape *shape = &source->shape;
    *file = (struct preview_file){.name = shape->path,
                                  .header = shape->header,
                                  .field = shape->field,
                                  .columns = shape->columns < PREVIEW_COLUMNS ? shape->columns : PREVIEW_COLUMNS,
                                  .delimiter = source->table ? table_delimiter(source->table) : '\0',
                                  .date_order = shape->date_order,
                                  .decimal = shape->decimal};
}

/* The first fault of the files is the answer, not a failure of ours; what comes after it is still looked at where that is possible. */
static bool note(struct cx *cx, bool good, struct preview *out) {
    if (good)
        return true;
    bool ours = cx->err.code != ERR_INVALID && cx->err.code != ERR_NOT_FOUND && cx->err.code != ERR_LIMIT;
    if (!ours && out->fault.code == ERR_NONE)
        out->fault = cx->err;
    if (!ours)
        cx_clear(cx);
    return !ours;
}

/* What a table keeps is not of the page that asks: it is much, and most of it is never touched. */
static bool open_apart(struct cx *cx, struct arena *tables, const struct table_options *how, struct table **out) {
    struct cx own = {.arena = tables};
    bool done = table_open(&own, how, out);
    if (!done)
        cx->err = own.err;
    return done;
}

static bool file_look(struct cx *cx, struct arena *tables, const struct import_options *options,
                      struct import_source *source, struct preview *out) {
    const struct table_options how = {source->shape.path, options->sheet, options->delimiter};
    struct str path = source->shape.path;
    source->shape.path = importing_path(options, path);
    if (!note(cx, open_apart(cx, tables, &how, &source->table), out))
        return false;
    if (source->table == NULL)
        return true;
    if (!note(cx, shape_find(cx, source->table, options, &source->shape), out))
        return false;
    for (size_t f = 0; f < FIELD_END && source->shape.columns > 0 && out->fault.code != ERR_NONE; f++)
        source->shape.column[f] = SHAPE_NO_COLUMN;
    for (size_t i = 0; i < source->shape.columns; i++)
        if (source->shape.field[i] != FIELD_NONE)
            source->shape.column[source->shape.field[i]] = (int)i;
    return true;
}

static bool sources_look(struct cx *cx, struct arena *tables, const struct import_options *options,
                         struct import_source *source, struct preview *out) {
    bool good = true;
    for (size_t i = 0; good && i < options->paths; i++) {
        source[i].shape.path = options->path[i];
        good = file_look(cx, tables, options, &source[i], out);
    }
    if (good && out->fault.code == ERR_NONE)
        good = note(cx, import_ready(cx, options, source), out);
    for (size_t i = 0; good && i < options->paths; i++) {
        if (source[i].table == NULL || source[i].shape.columns == 0)
            continue;
        good = note(cx, shape_settle(cx, source[i].table, options, &source[i].shape), out);
        file_fill(&source[i], &out->file[out->files]);
        good = good && note(cx, rows_take(cx, &source[i], &out->file[out->files++]), out);
    }
    return good;
}

static void err_keep(struct arena *arena, struct err *err) {
    err->key = str_copy(arena, err->key);
    for (size_t i = 0; i < err->args; i++)
        err->arg[i] = str_copy(arena, err->arg[i]);
}

bool preview_make(struct cx *cx, struct db *db, const struct import_options *given, struct preview *out) {
    struct import_options options = *given;
    struct import_source *source = arena_new(cx->arena, struct import_source, options.paths + 1);
    *out = (struct preview){0};
    if (!note(cx, import_mapping(cx, db, &options), out))
        return false;
    struct arena tables;
    arena_init(&tables, 0, arena_full_exit, NULL);
    bool good = options.paths <= IMPORT_FILES && sources_look(cx, &tables, &options, source, out);
    for (size_t i = 0; i < options.paths; i++)
        table_close(source[i].table);
    err_keep(cx->arena, &out->fault);
    err_keep(cx->arena, &cx->err);
    arena_clear(&tables);
    return good;
}
