// SPDX-License-Identifier: Apache-2.0
/* upload -- a file on its way in: how it would be read, what its columns mean, and how far the import is.
 */
#include <string.h>

#include "base/text.h"
#include "web/manage/imports.h"
#include "web/manage/manage.h"
#include "web/pages.h"

enum { SHEET_MOST = 100, NAME_MOST = 60 };

/* ---- coming in ---- */

bool upload_new_do(struct page *page) {
    const struct http_request *request = page->request;
    struct upload_file *file = arena_new(page->arena, struct upload_file, request->files + 1);
    struct uploads_new wish = {.folder = page_uploads(page),
                               .who = page->user.login,
                               .token = page_form(page, "token"),
                               .file = file,
                               .files = request->files,
                               .now_us = page->now_us};
    int64_t id;
    for (size_t i = 0; i < request->files; i++)
        file[i] = (struct upload_file){
            .name = request->file[i].name, .stored = str_from(request->file[i].path), .bytes = request->file[i].bytes};
    if (!import_kind_parse(page_form(page, "kind"), &wish.kind))
        return cx_fail(page->cx, ERR_INVALID, S("upload.no_kind"));
    return uploads_add(page->cx, page->db, &wish, &id) &&
           page_go(page, cx_text(page->cx, "/imports/files/%lld", (long long)id), (struct str){0});
}

/* ---- how it would be read ---- */

static struct str cut(struct page *page, struct str text, size_t most) {
    return text_shorten(page->arena, text_clean(page->arena, text), most);
}

struct str upload_cell(struct page *page, const struct preview_cell *cell) {
    enum { SHOWN = 40 };
    if (cell->fault.n > 0 || cell->kind == PREVIEW_RAW || cell->kind == PREVIEW_TEXT)
        return cut(page, cell->raw, SHOWN);
    if (cell->kind == PREVIEW_DAY)
        return html_arg(page, cell->day);
    return cell->number_e4 == INT64_MIN ? (struct str){0}
                                        : text_decimal(page->arena, page->lang, cell->number_e4, 4, 2);
}

size_t upload_row_cell(const struct upload_part *part, enum field field) {
    size_t i = 0;
    while (i < part->columns && part->column[i].field != field)
        i++;
    return i;
}

/* The header where it tells one column from all others, else its place. */
static struct str ref_of(struct page *page, const struct preview_file *file, size_t at, bool alone, bool *fixed) {
    struct str header = file->header[at];
    bool own = header.n > 0 && header.p[0] != '#' && memchr(header.p, '\n', header.n) == NULL;
    for (size_t i = 0; i < file->columns && own; i++)
        own = i == at || !str_equal(str_fold(page->arena, file->header[i]), str_fold(page->arena, header));
    *fixed = !own && !alone;
    return own ? header : cx_text(page->cx, "#%zu", at + 1);
}

static void part_fill(struct page *page, const struct upload_view *v, size_t at, struct upload_part *part) {
    const struct preview_file *file = &v->preview.file[at];
    enum field *known = arena_new(page->arena, enum field, file->columns + 1);
    *part = (struct upload_part){.name = file->name, .columns = file->columns, .preview = file};
    part->column = arena_new(page->arena, struct upload_column, file->columns + 1);
    field_recognise(page->arena, v->upload.kind, file->header, file->columns, known);
    for (size_t i = 0; i < file->columns; i++) {
        struct upload_column *column = &part->column[i];
        column->header = cut(page, file->header[i], NAME_MOST);
        column->ref = ref_of(page, file, i, v->preview.files == 1, &column->fixed);
        column->field = file->field[i];
        column->known = known[i] != FIELD_NONE;
        column->select = cx_text(page->cx, "c%zu.%zu", at, i);
        for (size_t k = 0, n = 0; k < file->rows && n < UPLOAD_EXAMPLES; k++) {
            const struct preview_cell *cell = &file->row[k].cell[i];
            if (cell->raw.n == 0)
                continue;
            column->example[n] = upload_cell(page, cell);
            column->bad[n++] = cell->fault.n > 0;
        }
    }
}

/* Hints of the command line name its options: here the page itself has the places to say it. */
static struct str fault_text(struct page *page, enum import_kind kind, const struct err *err) {
    static const struct {
        const char *key, *advice;
    } advices[] = {{"import.date_order_unknown", "upload_page.advice_date"},
                   {"import.date_order_mixed", "upload_page.advice_date"},
                   {"import.decimal_unknown", "upload_page.advice_decimal"},
                   {"import.decimal_mixed", "upload_page.advice_decimal"},
                   {"import.column_missing", "upload_page.advice_column"},
                   {"import.no_header", "upload_page.advice_column"},
                   {"import.one_column", "upload_page.advice_delimiter"},
                   {"import.map_unknown", "upload_page.advice_mapping"},
                   {"import.mapped_column_missing", "upload_page.advice_mapping"},
                   {"table.sheet_of_text", "upload_page.advice_sheet"},
                   {"table.no_sheet", "upload_page.advice_sheet"},
                   {"input.several", "upload_page.advice_sheet"},
                   {"input.no_member", "upload_page.advice_sheet"}};
    struct str arg[ERR_ARGS];
    enum field field;
    for (size_t i = 0; i < err->args; i++) {
        bool names_field = i == 1 && str_equal(err->key, S("import.column_missing"));
        arg[i] = names_field && field_parse(kind, err->arg[i], &field) ? imports_field(page, field) : err->arg[i];
    }
    struct str text = catalog_text(page->arena, page->lang, err->key, arg, err->args);
    for (size_t i = 0; i < sizeof advices / sizeof *advices; i++)
        if (str_equal(err->key, str_from(advices[i].key)))
            return cx_text(page->cx, "%.*s %.*s", STR_ARG(text), STR_ARG(page_text(page, str_from(advices[i].advice))));
    return text;
}

static bool headings_equal(const struct preview_file *a, const struct preview_file *b) {
    bool equal = a->columns == b->columns;
    for (size_t i = 0; equal && i < a->columns; i++)
        equal = str_equal(a->header[i], b->header[i]) && a->field[i] == b->field[i];
    return equal;
}

/* What a column means is said by its heading, so once for all files that have the same ones. */
static void parts_join(struct page *page, struct upload_view *v) {
    for (size_t i = 0; i < v->parts; i++) {
        struct upload_part *first = &v->part[0];
        while (first < &v->part[i] && (first->again || !headings_equal(first->preview, v->part[i].preview)))
            first++;
        v->part[i].again = first < &v->part[i];
        if (v->part[i].again)
            first->same = first->same.n == 0
                              ? v->part[i].name
                              : cx_text(page->cx, "%.*s, %.*s", STR_ARG(first->same), STR_ARG(v->part[i].name));
    }
}

static bool view_make(struct page *page, int64_t id, struct upload_view *v) {
    struct err told;
    if (!uploads_find(page->cx, page->db, id, &v->upload))
        return false;
    const struct upload *u = &v->upload;
    uploads_reading_read(page->arena, u->kind, u->said, &v->reading);
    v->names = imports_names(page, u);
    v->at = page_moment(page, u->made_us);
    v->kind = imports_kind(page, u->kind);
    v->done = work_done(page_work(page));
    if (u->state == UPLOAD_FAILED && uploads_told(page->arena, u, 0, &told))
        v->fault = fault_text(page, u->kind, &told);
    if (u->state != UPLOAD_NEW && u->state != UPLOAD_FAILED)
        return true;
    if (!uploads_preview(page->cx, page->db, page_uploads(page), u, page->today, &v->preview) ||
        !uploads_mappings(page->cx, page->db, u->kind, &v->saved, &v->saveds))
        return false;
    if (v->preview.fault.code != ERR_NONE)
        v->fault_now = fault_text(page, u->kind, &v->preview.fault);
    for (; v->parts < v->preview.files; v->parts++)
        part_fill(page, v, v->parts, &v->part[v->parts]);
    parts_join(page, v);
    return true;
}

int upload_percent(const struct upload_view *v) {
    return v->done.total > 0 ? (int)(v->done.done * 100 / v->done.total) : 0;
}

/* Where an upload that is over is to be seen. */
static struct str result_of(struct page *page, const struct upload *upload) {
    return upload->import_id > 0
               ? cx_text(page->cx, "/imports/%lld?upload=%lld", (long long)upload->import_id, (long long)upload->id)
               : S("/imports");
}

static bool show(struct page *page, struct upload_view *v) {
    page_top(page, page_text(page, S("upload_page.title"), v->names));
    upload_page(page, v);
    page_bottom(page);
    return true;
}

bool upload_show(struct page *page) {
    struct upload_view *v = arena_new(page->arena, struct upload_view, 1);
    int64_t id;
    if (!page_arg_id(page, 0, &id) || !view_make(page, id, v))
        return false;
    bool over = v->upload.state == UPLOAD_DONE || v->upload.state == UPLOAD_DROPPED;
    if (over)
        return page_go(page, result_of(page, &v->upload),
                       v->upload.state == UPLOAD_DONE ? S("upload_page.said_done") : S(""));
    return show(page, v);
}

/* Only how far it is, for the page that looks again by itself; when it is over the whole page is wanted. */
bool upload_progress(struct page *page) {
    struct upload_view *v = arena_new(page->arena, struct upload_view, 1);
    int64_t id;
    if (!page_arg_id(page, 0, &id) || !uploads_find(page->cx, page->db, id, &v->upload))
        return false;
    if (v->upload.state != UPLOAD_ASKED && v->upload.state != UPLOAD_RUNNING) {
        page_header(page, S("HX-Redirect"), cx_text(page->cx, "/imports/files/%lld", (long long)id));
        return true;
    }
    v->done = work_done(page_work(page));
    upload_far(page, v);
    return true;
}

/* ---- what a person says of it ---- */

static bool delimiter_of(struct page *page, char *out) {
    struct str text = page_form(page, "delimiter");
    *out = text.n == 0 ? '\0' : str_equal(text, S("tab")) ? '\t' : text.p[0];
    return text.n == 0 || *out == '\t' || (text.n == 1 && memchr(";,|", *out, 3) != NULL) ||
           cx_fail(page->cx, ERR_INVALID, S("upload.bad_delimiter"));
}

/* The fields of all columns as the form has them: each field once a file. */
static void columns_read(struct page *page, const struct upload *upload, struct uploads_reading *out) {
    const struct http_fields *form = &page->request->form;
    for (size_t i = 0; i < form->n; i++) {
        struct str name = form->field[i].name, value = form->field[i].value, ref;
        enum field field = FIELD_NONE;
        if (name.n < 4 || name.p[0] != 'c' || memchr(name.p, '.', name.n) == NULL)
            continue;
        struct str of = cx_text(page->cx, "n%.*s", (int)name.n - 1, name.p + 1);
        struct str was = cx_text(page->cx, "k%.*s", (int)name.n - 1, name.p + 1);
        ref = page_form(page, str_terminated(page->arena, of));
        if (ref.n == 0 || !field_parse(upload->kind, value, &field))
            continue;
        bool said = field != FIELD_NONE || page_form(page, str_terminated(page->arena, was)).n > 0;
        if (said && out->maps < IMPORT_MAPS_MOST)
            out->map[out->maps++] = (struct import_map){field, ref};
    }
}

/* One field for two columns of a file: the last would win and nobody would know. */
static bool fields_differ(struct page *page, enum import_kind kind) {
    const struct http_fields *form = &page->request->form;
    for (size_t i = 0; i < form->n; i++)
        for (size_t k = 0; k < i; k++) {
            struct str a = form->field[i].name, b = form->field[k].name, x, y, rest;
            if (a.n < 4 || b.n < 4 || a.p[0] != 'c' || b.p[0] != 'c' || !str_cut(a, '.', &x, &rest) ||
                !str_cut(b, '.', &y, &rest))
                continue;
            enum field field;
            if (str_equal(x, y) && str_equal(form->field[i].value, form->field[k].value) &&
                !str_equal(form->field[i].value, S(FIELD_UNUSED)) && field_parse(kind, form->field[i].value, &field))
                return cx_fail(page->cx, ERR_INVALID, S("upload.field_twice"), imports_field(page, field));
        }
    return true;
}

/* What the form calls the column of a choice: c1.3 is named by n1.3. */
static struct str ref_said(struct page *page, struct str choice) {
    struct str name = cx_text(page->cx, "n%.*s", (int)choice.n - 1, choice.p + 1);
    return page_form(page, str_terminated(page->arena, name));
}

/* What is said of a heading holds for each file that has it: of two meanings the last would win and nobody would know. */
static bool files_agree(struct page *page) {
    const struct http_fields *form = &page->request->form;
    struct str *ref = arena_new(page->arena, struct str, form->n + 1);
    for (size_t i = 0; i < form->n; i++) {
        const struct http_field *a = &form->field[i];
        if (a->name.n < 4 || a->name.p[0] != 'c' || a->value.n == 0 || memchr(a->name.p, '.', a->name.n) == NULL)
            continue;
        ref[i] = str_fold(page->arena, ref_said(page, a->name));
        for (size_t k = 0; k < i && ref[i].n > 0 && ref[i].p[0] != '#'; k++)
            if (str_equal(ref[i], ref[k]) && !str_equal(a->value, form->field[k].value))
                return cx_fail(page->cx, ERR_INVALID, S("upload.means_two"), ref_said(page, a->name));
    }
    return true;
}

static bool reading_of(struct page *page, const struct upload *upload, struct uploads_reading *out) {
    struct str date = page_form(page, "date"), decimal = page_form(page, "decimal");
    char delimiter;
    if (!delimiter_of(page, &delimiter))
        return false;
    *out = (struct uploads_reading){.delimiter = delimiter,
                                    .date_order = str_equal(date, S("dmy"))   ? DATE_ORDER_DMY
                                                  : str_equal(date, S("mdy")) ? DATE_ORDER_MDY
                                                                              : DATE_ORDER_UNKNOWN,
                                    .decimal = str_equal(decimal, S("comma"))   ? DECIMAL_COMMA
                                               : str_equal(decimal, S("point")) ? DECIMAL_POINT
                                                                                : DECIMAL_UNKNOWN,
                                    .sheet = str_trim(page_form(page, "sheet")),
                                    .use_map = page_form(page, "use"),
                                    .save_map = str_trim(page_form(page, "save"))};
    columns_read(page, upload, out);
    if (out->sheet.n > SHEET_MOST || out->save_map.n > NAME_MOST)
        return cx_fail(page->cx, ERR_INVALID, S("upload.name_long"), cx_text(page->cx, "%d", NAME_MOST));
    return fields_differ(page, upload->kind) && files_agree(page);
}

/* A saved mapping is taken instead of what the columns say now, not under it. */
static void mapping_first(struct page *page, const struct upload *upload, struct uploads_reading *reading) {
    struct uploads_reading before;
    uploads_reading_read(page->arena, upload->kind, upload->said, &before);
    if (reading->use_map.n > 0 && !str_equal(reading->use_map, before.use_map))
        reading->maps = 0;
}

bool upload_said_do(struct page *page) {
    struct uploads_reading *reading = arena_new(page->arena, struct uploads_reading, 1);
    struct upload upload;
    bool start = str_equal(page_form(page, "do"), S("start"));
    int64_t id;
    if (!page_arg_id(page, 0, &id) || !uploads_find(page->cx, page->db, id, &upload) ||
        !reading_of(page, &upload, reading))
        return false;
    mapping_first(page, &upload, reading);
    if (!uploads_said(page->cx, page->db, id, reading, start, page->user.login, page->now_us))
        return false;
    if (start)
        work_poke(page_work(page));
    return page_go(page, cx_text(page->cx, "/imports/files/%lld", (long long)id), (struct str){0});
}

bool upload_drop_do(struct page *page) {
    int64_t id;
    return page_arg_id(page, 0, &id) &&
           uploads_drop(page->cx, page->db, page_uploads(page), id, page->user.login, page->now_us) &&
           page_go(page, S("/imports"), S("upload_page.said_dropped"));
}
