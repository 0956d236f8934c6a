// SPDX-License-Identifier: Apache-2.0
/* summary.c -- which of the three inputs it is, and the way of an orders file through the importer.
 *
 * The database in memory lives as long as the reading of it: what is kept are the customers' days. Invariant: standard
 * input is opened once, whatever it turns out to be.
 */
#include "app/summary.h"

#include "app/admin.h"
#include "app/score.h"
#include "app/shape.h"
#include "app/summary_parts.h"
#include "core/summary.h"

struct summary {
    struct summary_about about;
    struct summary_file *file;
    struct summary_sales *sales;
};

const char *summary_unit_name(enum summary_unit unit) {
    static const char *const names[] = {[SUMMARY_UNIT_NONE] = NULL, [SUMMARY_DAYS] = "days", [SUMMARY_WEEKS] = "weeks"};
    return names[unit];
}

/* -- an orders file ---------------------------------------------------------------------------------------------- */

/* The maps that an orders file understands; those of a summary are none of its business. */
static void orders_maps(struct cx *cx, const struct summary_options *options, struct import_options *out) {
    struct import_map *map = arena_new(cx->arena, struct import_map, options->maps + 1);
    for (size_t i = 0; i < options->maps; i++) {
        if (field_parse(IMPORT_ORDERS, options->map[i].field, &map[out->maps].field)) {
            map[out->maps++].column = options->map[i].column;
        }
    }
    out->map = map;
}

static void orders_options(struct cx *cx, const struct summary_options *options, struct table *table,
                           struct import_options *out) {
    *out = (struct import_options){.kind = IMPORT_ORDERS,
                                   .path = &options->path,
                                   .paths = 1,
                                   .table = table,
                                   .sheet = options->sheet,
                                   .delimiter = options->delimiter,
                                   .date_order = options->date_order,
                                   .decimal = options->decimal,
                                   .today = options->today,
                                   .now_us = options->now_us,
                                   .progress = options->progress};
    orders_maps(cx, options, out);
}

/* Has it at least a customer and a date? If not, what is said is what a summary lacks: most likely it was to be one. */
static bool orders_recognised(struct cx *cx, const struct summary_options *options, struct table *table) {
    struct import_options how;
    struct shape shape = {.path = options->path};
    orders_options(cx, options, table, &how);
    if (!table_rewind(cx, table)) {
        return false;
    }
    bool found = shape_find(cx, table, &how, &shape);
    if (found && shape_has(&shape, FIELD_CUSTOMER) && shape_has(&shape, FIELD_DATE)) {
        return table_rewind(cx, table);
    }
    if (!found && !str_equal(cx->err.key, S("import.no_header"))) {
        return false;
    }
    cx_clear(cx);
    return table_rewind(cx, table) && summary_file_missing(cx, options, table);
}

static bool orders_read(struct cx *cx, const struct summary_options *options, struct table *table, struct db *db,
                        import_reject_visit *refused, void *owner, struct summary *summary) {
    struct import_options how;
    struct import_report *report = arena_new(cx->arena, struct import_report, 1);
    struct day as_of = options->as_of;
    orders_options(cx, options, table, &how);
    if (!import_files(cx, db, &how, report) || (refused && !admin_rejects(cx, db, report->run.id, refused, owner))) {
        return false;
    }
    summary->about.counts = report->run.counts;
    if (!day_is(as_of) && !score_last_day(cx, db, options->today, &as_of)) {
        return false;
    }
    if (!day_is(as_of)) {
        return cx_fail(cx, ERR_INVALID, S("summary.no_orders"), options->path);
    }
    return summary_sales_open(cx, options, db, as_of, &summary->about, &summary->sales);
}

static bool orders_open(struct cx *cx, const struct summary_options *options, struct table *table,
                        import_reject_visit *refused, void *owner, struct summary *summary) {
    struct db *db = NULL;
    if (!orders_recognised(cx, options, table)) {
        table_close(table);
        return false;
    }
    if (!admin_make(cx, S(":memory:"), &db)) {
        table_close(table);
        return false;
    }
    summary->about.source = SUMMARY_FROM_ORDERS;
    bool ok = orders_read(cx, options, table, db, refused, owner, summary);
    admin_close(db);
    return ok;
}

/* -- any input --------------------------------------------------------------------------------------------------- */

static bool file_open(struct cx *cx, const struct summary_options *options, import_reject_visit *refused, void *owner,
                      struct summary *summary) {
    struct table_options how = {options->path, options->sheet, options->delimiter};
    struct table *table = NULL;
    bool found = false;
    if (!table_open(cx, &how, &table)) {
        return false;
    }
    if (!summary_file_find(cx, options, table, &found, &summary->file)) {
        table_close(table);
        return false;
    }
    if (!found) {
        return orders_open(cx, options, table, refused, owner, summary);
    }
    summary->about.source = SUMMARY_FROM_FILE;
    summary->about.unit = options->unit;
    return summary_file_ready(cx, summary->file, &summary->about);
}

static bool maps_known(struct cx *cx, const struct summary_options *options) {
    enum summary_field mine;
    enum field orders;
    for (size_t i = 0; i < options->maps; i++) {
        struct str name = options->map[i].field;
        if (!summary_field_parse(name, &mine) && !field_parse(IMPORT_ORDERS, name, &orders)) {
            return cx_fail(cx, ERR_INVALID, S("summary.no_field"), name);
        }
    }
    return true;
}

bool summary_open(struct cx *cx, const struct summary_options *options, import_reject_visit *refused, void *owner,
                  struct summary **out) {
    struct summary *summary = arena_new(cx->arena, struct summary, 1);
    bool ok = maps_known(cx, options);
    summary->about.as_of = DAY_NONE;
    if (ok && options->path.n > 0) {
        ok = file_open(cx, options, refused, owner, summary);
    } else if (ok) {
        summary->about.source = SUMMARY_FROM_DATABASE;
        ok = summary_sales_open(cx, options, options->db, options->as_of, &summary->about, &summary->sales);
    }
    if (ok) {
        *out = summary;
    } else {
        summary_close(summary);
    }
    return ok;
}

void summary_close(struct summary *summary) {
    if (summary) {
        summary_file_close(summary->file);
        summary_sales_close(summary->sales);
    }
}

const struct summary_about *summary_about(const struct summary *summary) {
    return &summary->about;
}

enum summary_next summary_next(struct cx *cx, struct summary *summary, struct summary_row *out,
                               struct import_reject *bad) {
    return summary->file ? summary_file_next(cx, summary->file, out, bad) : summary_sales_next(summary->sales, out);
}

bool summary_rewind(struct cx *cx, struct summary *summary) {
    if (summary->file) {
        return summary_file_rewind(cx, summary->file);
    }
    summary_sales_rewind(summary->sales);
    return true;
}
