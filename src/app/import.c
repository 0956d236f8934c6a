// SPDX-License-Identifier: Apache-2.0
/* import.c -- the importers' common door: opens the files, learns their shape, hands them on by kind.
 *
 * All shapes are known before the first row is taken, so a file that can't be read costs nothing.
 */
#include "app/import.h"

#include "app/goods.h"
#include "app/importers.h"
#include "app/webhook_tell.h"
#include "base/buf.h"
#include "store/duplicate.h"
#include "store/score.h"
#include "store/setting.h"
#include "store/transfer.h"

bool import_mapping(struct cx *cx, struct db *db, struct import_options *options) {
    bool found = false;
    struct str text = {0};
    if (options->use_map.n == 0) {
        return true;
    }
    if (!mapping_find(cx, db, options->kind, options->use_map, &found, &text)) {
        return false;
    }
    if (!found) {
        return cx_fail(cx, ERR_NOT_FOUND, S("import.map_unknown"), options->use_map);
    }
    struct import_map *room = arena_new(cx->arena, struct import_map, 2 * IMPORT_MAPS_MOST);
    size_t n = 0;
    for (struct str rest = text, line; rest.n > 0 && n < IMPORT_MAPS_MOST;) {
        struct str name, column;
        str_cut(rest, '\n', &line, &rest);
        if (str_cut(line, '=', &name, &column) && field_parse(options->kind, name, &room[n].field)) {
            room[n++].column = column;
        }
    }
    for (size_t i = 0; i < options->maps && n < 2 * IMPORT_MAPS_MOST; i++) {
        room[n++] = options->map[i];
    }
    options->map = room;
    options->maps = n;
    return true;
}

static bool mapping_save(struct cx *cx, struct db *db, const struct import_options *options) {
    if (options->save_map.n == 0 || options->dry_run) {
        return true;
    }
    struct buf buf;
    buf_init(&buf, cx->arena, 64 << 10);
    for (size_t i = 0; i < options->maps; i++) {
        buf_put(&buf, str_from(field_name(options->map[i].field)));
        buf_char(&buf, '=');
        buf_put(&buf, options->map[i].column);
        buf_char(&buf, '\n');
    }
    return mapping_put(cx, db, options->kind, options->save_map, buf_str(&buf));
}

static struct str base_name(struct str path) {
    size_t at = path.n;
    while (at > 0 && path.p[at - 1] != '/') {
        at--;
    }
    return (struct str){path.p + at, path.n - at};
}

/* A file's name as text: Linux lets it be any bytes, and old disks hold names in Windows-1252. */
static struct str path_text(struct cx *cx, const struct import_options *options, struct str path) {
    path = importing_path(options, path);
    return str_valid_utf8(path) ? path : str_from_cp1252(cx->arena, path);
}

struct str import_names(struct cx *cx, const struct import_options *options) {
    struct buf buf;
    buf_init(&buf, cx->arena, 4000);
    for (size_t i = 0; i < options->paths; i++) {
        buf_put(&buf, i ? S(" ") : S(""));
        buf_put(&buf, path_text(cx, options, base_name(options->path[i])));
    }
    return buf_str(&buf);
}

static bool sources_open(struct cx *cx, const struct import_options *options, struct import_source *source) {
    for (size_t i = 0; i < options->paths; i++) {
        struct table_options how = {options->path[i], options->sheet, options->delimiter};
        source[i].shape.path = importing_path(options, options->path[i]);
        if ((!source[i].table && !table_open(cx, &how, &source[i].table)) ||
            !shape_find(cx, source[i].table, options, &source[i].shape)) {
            return false;
        }
    }
    return true;
}

static bool sources_settle(struct cx *cx, const struct import_options *options, struct import_source *source,
                           struct import_report *report) {
    for (size_t i = 0; i < options->paths; i++) {
        if (!shape_settle(cx, source[i].table, options, &source[i].shape)) {
            return false;
        }
        struct import_file_report *file = &report->file[i];
        const struct shape *shape = &source[i].shape;
        *file = (struct import_file_report){.path = path_text(cx, options, options->path[i]),
                                            .delimiter = table_delimiter(source[i].table),
                                            .date_order = shape->date_order,
                                            .decimal = shape->decimal,
                                            .header = shape->header,
                                            .field = shape->field,
                                            .columns = shape->columns};
    }
    report->files = options->paths;
    return true;
}

static bool run(struct cx *cx, struct importing *im, struct import_source *source) {
    switch (im->options->kind) {
    case IMPORT_ORDERS:
        return import_orders(cx, im, source, im->options->paths);
    case IMPORT_CUSTOMERS:
        return import_customers(cx, im, source, im->options->paths);
    case IMPORT_PRODUCTS:
        return import_products(cx, im, source, im->options->paths);
    case IMPORT_TITLES:
    case IMPORT_QUOTES:
    case IMPORT_TICKETS:
        return import_records(cx, im, source, im->options->paths);
    case IMPORT_NFE:
    case IMPORT_KIND_END:
        break;
    }
    return cx_fail(cx, ERR_BUG, S("import.no_such_kind"));
}

bool import_sources(struct cx *cx, const struct import_options *options, struct import_source *source,
                    struct import_report *report) {
    source[0].table = options->table;
    /* A column that is missing is told before anybody is asked how the dates are written. */
    return sources_open(cx, options, source) && import_ready(cx, options, source) &&
           sources_settle(cx, options, source, report);
}

bool import_files(struct cx *cx, struct db *db, const struct import_options *given, struct import_report *out) {
    struct import_options options = *given;
    struct import_source *source = arena_new(cx->arena, struct import_source, options.paths + 1);
    struct importing im;
    *out = (struct import_report){.run = {.first_day = DAY_NONE, .last_day = DAY_NONE}};
    if (options.paths > IMPORT_FILES) {
        return cx_fail(cx, ERR_LIMIT, S("import.too_many_files"), cx_text(cx, "%d", IMPORT_FILES));
    }
    bool ok = import_mapping(cx, db, &options) && import_sources(cx, &options, source, out);
    if (ok) {
        out->run.files = import_names(cx, &options);
        ok = importing_open(cx, &im, db, &options, out->run.files, out) && mapping_save(cx, db, &options) &&
             run(cx, &im, source);
        if (ok) {
            ok = importing_close(cx, &im);
        } else {
            importing_abort(cx, &im);
        }
    }
    for (size_t i = 0; i < options.paths; i++) {
        table_close(source[i].table);
    }
    return ok;
}

bool import_take_back(struct cx *cx, struct db *db, int64_t id, struct str who, int64_t now_us) {
    if (!db_write(cx, db)) {
        return false;
    }
    const struct webhook_news news = {.kind = WEBHOOK_IMPORT_UNDONE, .subject = id, .at_us = now_us};
    if (duplicate_part(cx, db) && import_undo(cx, db, id, now_us, goods_judge) &&
        transfer_taken_back(cx, db, id, who, now_us) && duplicate_join(cx, db) && score_facts_moved(cx, db) &&
        webhook_tell(cx, db, &news) &&
        audit_add(cx, db, now_us, who, S("undo"), cx_text(cx, "%lld", (long long)id), S("kept"), S("undone")) &&
        db_commit(cx, db)) {
        return true;
    }
    db_rollback(db);
    return false;
}
