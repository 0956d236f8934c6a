// SPDX-License-Identifier: Apache-2.0
/* uploads -- files brought by another program: kept like those of the page, imported by the same thread, followed until it is over.
 */
#include "app/uploads.h"

#include <string.h>

#include "base/text.h"
#include "web/api/handlers.h"
#include "web/api/write.h"
#include "web/work.h"

enum { NAME_MOST = 60 };

/* ---- how tables are written ---- */

enum date_order api_date_order(struct str text) {
    return str_equal(text, S("dmy")) ? DATE_ORDER_DMY : str_equal(text, S("mdy")) ? DATE_ORDER_MDY : DATE_ORDER_UNKNOWN;
}

enum decimal_mark api_decimal(struct str text) {
    return str_equal(text, S("comma")) ? DECIMAL_COMMA : str_equal(text, S("point")) ? DECIMAL_POINT : DECIMAL_UNKNOWN;
}

char api_delimiter(struct str text) {
    static const struct {
        const char *name;
        char mark;
    } names[] = {{"comma", ','}, {"semicolon", ';'}, {"tab", '\t'}, {"bar", '|'}};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (str_equal(text, str_from(names[i].name)))
            return names[i].mark;
    return '\0';
}

/* ---- coming in ---- */

static struct str form(const struct api *api, const char *name) {
    return str_trim(page_form(api->page, name));
}

/* field=Heading, each in a field `map` of its own. */
static bool maps_read(struct api *api, enum import_kind kind, struct uploads_reading *out) {
    const struct http_fields *fields = &api->page->request->form;
    for (size_t i = 0; i < fields->n; i++) {
        struct str field, column;
        if (!str_equal(fields->field[i].name, S("map")))
            continue;
        struct import_map *map = &out->map[out->maps];
        bool good = out->maps < IMPORT_MAPS_MOST && str_cut(fields->field[i].value, '=', &field, &column) &&
                    field_parse(kind, str_trim(field), &map->field);
        if (good)
            map->column = str_trim(column);
        if (!good || map->column.n == 0 || memchr(map->column.p, '\n', map->column.n) != NULL) {
            api->field = S("map");
            return cx_fail(api->cx, ERR_INVALID, S("api.bad_map"), fields->field[i].value);
        }
        out->maps++;
    }
    return true;
}

static bool reading_read(struct api *api, enum import_kind kind, struct uploads_reading *out) {
    *out = (struct uploads_reading){.delimiter = api_delimiter(form(api, "delimiter")),
                                    .date_order = api_date_order(form(api, "date_format")),
                                    .decimal = api_decimal(form(api, "decimal")),
                                    .sheet = form(api, "sheet"),
                                    .use_map = form(api, "mapping"),
                                    .save_map = form(api, "save_mapping")};
    const struct {
        const char *name;
        struct str value;
    } named[] = {{"sheet", out->sheet}, {"mapping", out->use_map}, {"save_mapping", out->save_map}};
    for (size_t i = 0; i < sizeof named / sizeof *named; i++)
        if (named[i].value.n > NAME_MOST ||
            (named[i].value.n > 0 && memchr(named[i].value.p, '\n', named[i].value.n) != NULL)) {
            api->field = str_from(named[i].name);
            return cx_fail(api->cx, ERR_INVALID, S("upload.name_long"), cx_text(api->cx, "%d", NAME_MOST));
        }
    return maps_read(api, kind, out);
}

static void upload_write(struct api *api, const struct upload *upload) {
    static const char *const states[] = {
        [UPLOAD_NEW] = "waiting", [UPLOAD_ASKED] = "asked",   [UPLOAD_RUNNING] = "running",
        [UPLOAD_DONE] = "done",   [UPLOAD_FAILED] = "failed", [UPLOAD_DROPPED] = "dropped"};
    struct work_done done = work_done(page_work(api->page));
    bool known = upload->state == UPLOAD_RUNNING && done.total > 0;
    struct err told;
    answer_object(&api->out, NULL);
    answer_number(&api->out, "id", upload->id);
    answer_chars(&api->out, "kind", import_kind_name(upload->kind));
    answer_array(&api->out, "files");
    for (size_t i = 0; i < upload->files; i++) {
        answer_object(&api->out, NULL);
        answer_text(&api->out, "name", upload->file[i].name);
        answer_number(&api->out, "bytes", upload->file[i].bytes);
        answer_object_end(&api->out);
    }
    answer_array_end(&api->out);
    answer_chars(&api->out, "state", states[upload->state]);
    answer_moment(&api->out, "made_at", upload->made_us);
    answer_moment(&api->out, "started_at", upload->started_us);
    answer_moment(&api->out, "ended_at", upload->ended_us);
    answer_number(&api->out, "percent", known ? (int64_t)(done.done * 100 / done.total) : STAT_NONE);
    answer_id(&api->out, "import_id", upload->import_id);
    answer_array(&api->out, "told");
    for (size_t at = 0; uploads_told(api->arena, upload, at, &told); at++)
        answer_text(&api->out, NULL, catalog_error_api(api->arena, api->page->lang, &told));
    answer_array_end(&api->out);
    answer_object_end(&api->out);
}

bool api_upload_files(struct api *api) {
    struct page *page = api->page;
    const struct http_request *request = page->request;
    struct upload_file *file = arena_new(api->arena, struct upload_file, request->files + 1);
    struct uploads_reading *reading = arena_new(api->arena, struct uploads_reading, 1);
    struct uploads_new wish = {.folder = page_uploads(page),
                               .who = api->who,
                               .token = api->once,
                               .file = file,
                               .files = request->files,
                               .now_us = page->now_us};
    struct upload upload;
    int64_t id;
    for (size_t i = 0; i < request->files; i++)
        file[i] = (struct upload_file){
            .name = request->file[i].name, .stored = str_from(request->file[i].path), .bytes = request->file[i].bytes};
    if (!import_kind_parse(form(api, "kind"), &wish.kind))
        return cx_fail(api->cx, ERR_INVALID, S("upload.no_kind"));
    if (!reading_read(api, wish.kind, reading))
        return false;
    bool start = !str_equal(form(api, "start"), S("no"));
    struct str said = uploads_reading_text(api->arena, reading);
    if (!(start ? uploads_add_asked(api->cx, api->db, &wish, said, &id) : uploads_add(api->cx, api->db, &wish, &id)) ||
        (!start && said.n > 0 && !uploads_said(api->cx, api->db, id, reading, false, api->who, page->now_us)) ||
        !uploads_find(api->cx, api->db, id, &upload))
        return false;
    if (start)
        work_poke(page_work(page));
    page_header(page, S("Location"), cx_text(api->cx, "/api/v1/uploads/%lld", (long long)id));
    upload_write(api, &upload);
    return true;
}

bool api_upload_show(struct api *api) {
    struct upload upload;
    int64_t id;
    if (!api_id(api, 0, &id) || !uploads_find(api->cx, api->db, id, &upload))
        return false;
    upload_write(api, &upload);
    return true;
}
