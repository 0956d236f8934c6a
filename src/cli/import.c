// SPDX-License-Identifier: Apache-2.0
/* import -- the `import` command: bring files in, and say how each was understood, what was refused and what to do. */
#include "app/import.h"

#include "base/text.h"
#include "cli/commands.h"
#include "cli/customers.h"
#include "cli/imports.h"
#include "cli/progress.h"

enum { IMPORT_MAPS = 64 };

static const struct option_def options[] = {
    {OPTION_TEXT, "sheet", "NAME", "cli_import.option_sheet", NULL},
    {OPTION_TEXT, "map", "FIELD=COLUMN", "cli_import.option_map", "@field"},
    {OPTION_TEXT, "use-map", "NAME", "cli_import.option_use_map", NULL},
    {OPTION_TEXT, "save-map", "NAME", "cli_import.option_save_map", NULL},
    {OPTION_CHOICE, "date-format", "FORMAT", "cli_import.option_date_format", "dmy mdy"},
    {OPTION_CHOICE, "decimal", "MARK", "cli_import.option_decimal", "comma point"},
    {OPTION_CHOICE, "delimiter", "MARK", "cli_import.option_delimiter", "comma semicolon tab pipe"},
    {OPTION_FLAG, "dry-run", NULL, "cli_import.option_dry_run", NULL},
    {OPTION_TEXT, "rejects", "FILE", "cli_import.option_rejects", "@file"},
    {0}};

/* -- options ----------------------------------------------------------------------------------------------------- */

static bool unknown_field(struct cli *cli, enum import_kind kind, struct str name) {
    struct buf all;
    size_t n;
    const struct field_name *fields = field_table(kind, &n);
    struct str *names = arena_new(cli->cx->arena, struct str, n + 1);
    buf_init(&all, cli->cx->arena, 0);
    for (size_t i = 0; i < n; i++) {
        names[i] = str_from(fields[i].name);
        buf_printf(&all, "%s%s", i > 0 ? ", " : "", fields[i].name);
    }
    struct str meant = nearest(name, names, n);
    if (meant.n > 0)
        return cli_usage(cli, S("cli_import.no_field_near"), name, meant);
    return cli_usage(cli, S("cli_import.no_field"), name, buf_str(&all));
}

/* Every --map, each FIELD=COLUMN; only the first '=' parts, a header may hold others. */
bool import_read_maps(struct cli *cli, struct import_options *out) {
    struct import_map *maps = arena_new(cli->cx->arena, struct import_map, IMPORT_MAPS);
    for (size_t i = 0; i < cli->options->n; i++) {
        const struct option_given *given = &cli->options->given[i];
        struct str name, column;
        if (!str_equal(str_from(given->def->name), S("map")))
            continue;
        if (out->maps == IMPORT_MAPS)
            return cli_usage(cli, S("cli_list.too_many_codes"), S("map"), cx_text(cli->cx, "%d", IMPORT_MAPS));
        if (!str_cut(given->text, '=', &name, &column) || column.n == 0)
            return cli_usage(cli, S("cli_import.map_form"), given->text);
        if (!field_parse(out->kind, name, &maps[out->maps].field))
            return unknown_field(cli, out->kind, name);
        maps[out->maps++].column = column;
    }
    out->map = maps;
    return true;
}

enum date_order import_date_order(struct str text) {
    return str_equal(text, S("dmy")) ? DATE_ORDER_DMY : str_equal(text, S("mdy")) ? DATE_ORDER_MDY : DATE_ORDER_UNKNOWN;
}

enum decimal_mark import_decimal(struct str text) {
    return str_equal(text, S("comma")) ? DECIMAL_COMMA : text.n > 0 ? DECIMAL_POINT : DECIMAL_UNKNOWN;
}

char import_delimiter(struct str text) {
    static const struct {
        struct str name;
        char mark;
    } marks[] = {{{"comma", 5}, ','}, {{"semicolon", 9}, ';'}, {{"tab", 3}, '\t'}, {{"pipe", 4}, '|'}};
    for (size_t i = 0; i < sizeof marks / sizeof marks[0]; i++) {
        if (str_equal(text, marks[i].name))
            return marks[i].mark;
    }
    return '\0';
}

static bool read_kind(struct cli *cli, enum import_kind *out) {
    struct str names[IMPORT_KIND_END];
    size_t n = 0;
    for (int kind = 1; kind < IMPORT_KIND_END; kind++)
        names[n++] = str_from(import_kind_name((enum import_kind)kind));
    if (cli->options->words == 0)
        return cli_usage(cli, S("cli_import.no_kind"));
    struct str word = cli->options->word[0];
    if (import_kind_parse(word, out))
        return true;
    struct str meant = nearest(word, names, n);
    if (meant.n > 0)
        return cli_usage(cli, S("cli_import.kind_near"), word, meant);
    return cli_usage(cli, S("cli_import.unknown_kind"), word);
}

static bool read_options(struct cli *cli, struct import_options *out) {
    const struct options *given = cli->options;
    *out = (struct import_options){.sheet = option_text(given, "sheet"),
                                   .delimiter = import_delimiter(option_text(given, "delimiter")),
                                   .date_order = import_date_order(option_text(given, "date-format")),
                                   .decimal = import_decimal(option_text(given, "decimal")),
                                   .use_map = option_text(given, "use-map"),
                                   .save_map = option_text(given, "save-map"),
                                   .dry_run = option_flag(given, "dry-run"),
                                   .rejects_path = option_text(given, "rejects"),
                                   .today = cli->world->today,
                                   .now_us = cli->world->clock_us()};
    if (!read_kind(cli, &out->kind) || !import_read_maps(cli, out))
        return false;
    if (given->words < 2)
        return cli_usage(cli, S("cli_import.no_file"));
    out->path = given->word + 1;
    out->paths = given->words - 1;
    if (out->kind != IMPORT_NFE && out->paths > IMPORT_FILES)
        return cli_usage(cli, S("cli_import.too_many_files"), cx_text(cli->cx, "%d", IMPORT_FILES));
    return true;
}

/* -- the report -------------------------------------------------------------------------------------------------- */

static struct str delimiter_name(const struct cli *cli, char delimiter) {
    switch (delimiter) {
    case ',':
        return TEXT(cli, S("cli_import.comma"));
    case ';':
        return TEXT(cli, S("cli_import.semicolon"));
    case '\t':
        return TEXT(cli, S("cli_import.tab"));
    case '|':
        return TEXT(cli, S("cli_import.pipe"));
    default:
        return (struct str){0};
    }
}

static void put_part(struct buf *line, struct str part) {
    if (part.n == 0)
        return;
    buf_put(line, line->n > 0 ? S(", ") : (struct str){0});
    buf_put(line, part);
}

/* "fields separated by ; , dates day first, decimal comma": only what was a question in this file. */
static void say_form(struct cli *cli, const struct import_file_report *file) {
    struct buf line;
    buf_init(&line, cli->cx->arena, 0);
    put_part(&line, delimiter_name(cli, file->delimiter));
    if (file->date_order != DATE_ORDER_UNKNOWN)
        put_part(&line, file->date_order == DATE_ORDER_DMY ? TEXT(cli, S("cli_import.day_first"))
                                                           : TEXT(cli, S("cli_import.month_first")));
    if (file->decimal != DECIMAL_UNKNOWN)
        put_part(&line, file->decimal == DECIMAL_COMMA ? TEXT(cli, S("cli_import.decimal_comma"))
                                                       : TEXT(cli, S("cli_import.decimal_point")));
    if (file->recoded > 0)
        put_part(&line, TEXT(cli, S("cli_import.recoded"), text_int(cli->cx->arena, cli->lang, file->recoded)));
    if (line.n > 0)
        fprintf(cli->world->out, "  %.*s\n", STR_ARG(buf_str(&line)));
    if (file->cut)
        SAY(cli, S("cli_import.cut"));
}

static void say_columns(struct cli *cli, const struct import_file_report *file) {
    struct arena *arena = cli->cx->arena;
    struct buf used, unused;
    size_t widest = 0, columns = cli->world->columns > 0 ? (size_t)cli->world->columns : 80;
    buf_init(&used, arena, 0);
    buf_init(&unused, arena, 0);
    for (size_t i = 0; i < file->columns; i++) {
        size_t width = str_width(text_clean(arena, file->header[i]));
        if (file->field[i] != FIELD_NONE && width > widest)
            widest = width < 30 ? width : 30;
    }
    for (size_t i = 0; i < file->columns; i++) {
        struct str header = text_shorten(arena, text_clean(arena, file->header[i]), 30);
        if (file->field[i] == FIELD_NONE) {
            put_part(&unused, header);
            continue;
        }
        buf_printf(&used, "  %.*s%*s  → %s\n", STR_ARG(header), (int)(widest - str_width(header)), "",
                   field_name(file->field[i]));
    }
    fwrite(used.p, 1, used.n, cli->world->out);
    if (unused.n > 0) {
        struct str text = text_wrap(arena, TEXT(cli, S("cli_import.unused"), buf_str(&unused)), columns, 2);
        fwrite(text.p, 1, text.n, cli->world->out);
    }
}

static void say_file(struct cli *cli, const struct import_file_report *file) {
    struct str name = out_coloured(cli, cli->cx->arena, OUT_BOLD, text_clean(cli->cx->arena, file->path));
    fprintf(cli->world->out, "%.*s\n", STR_ARG(name));
    say_form(cli, file);
    say_columns(cli, file);
    fprintf(cli->world->out, "  %.*s\n\n", STR_ARG(import_counts_text(cli, &file->counts)));
}

static void say_rejects(struct cli *cli, const struct import_report *report) {
    if (report->reasons == 0)
        return;
    SAY(cli, S("cli_imports.rejected_head"));
    for (size_t i = 0; i < report->reasons; i++)
        import_say_reason(cli, report->reason[i].reason, report->reason[i].rows);
    fputc('\n', cli->world->out);
}

static struct str warning_text(const struct cli *cli, const struct import_warning *warning) {
    return catalog_text(cli->cx->arena, cli->lang, warning->key, warning->arg, 3);
}

static void say_warnings(struct cli *cli, const struct import_report *report) {
    for (size_t i = 0; i < report->warnings; i++)
        SAY(cli, S("cli_import.warning"), text_clean(cli->cx->arena, warning_text(cli, &report->warning[i])));
    if (report->warnings > 0)
        fputc('\n', cli->world->out);
}

static bool all_refused(const struct import_report *report) {
    const struct import_counts *counts = &report->run.counts;
    return counts->rejected > 0 && counts->added + counts->changed + counts->unchanged == 0;
}

static void say_next(struct cli *cli, const struct import_options *wish, const struct import_report *report) {
    struct arena *arena = cli->cx->arena;
    const struct import_run *run = &report->run;
    struct str id = cx_text(cli->cx, "%lld", (long long)run->id);
    bool sales = wish->kind == IMPORT_ORDERS || wish->kind == IMPORT_NFE;
    if (sales)
        SAY(cli, S("cli_import.done"), id, text_int(arena, cli->lang, report->documents),
            text_int(arena, cli->lang, report->customers_added));
    else
        SAY(cli, S("cli_import.done_rows"), id, text_int(arena, cli->lang, run->counts.added),
            text_int(arena, cli->lang, run->counts.changed));
    if (run->counts.rejected > 0 && wish->rejects_path.n == 0)
        NOTE(cli, S("cli_import.see_rejects"), id, cli_db_words(cli));
    if (all_refused(report))
        return;
    if (sales || wish->kind == IMPORT_CUSTOMERS)
        NOTE(cli, S("cli_import.next"), cli_db_words(cli));
    NOTE(cli, S("cli_import.undo"), id, cli_db_words(cli));
}

static void say_report(struct cli *cli, const struct import_options *wish, const struct import_report *report) {
    struct arena *arena = cli->cx->arena;
    const struct import_run *run = &report->run;
    for (size_t i = 0; i < report->files; i++)
        say_file(cli, &report->file[i]);
    if (report->files != 1)
        fprintf(cli->world->out, "%.*s\n\n", STR_ARG(import_counts_text(cli, &run->counts)));
    say_rejects(cli, report);
    say_warnings(cli, report);
    if (day_is(run->first_day))
        SAY(cli, S("cli_imports.days"), text_day(arena, cli->lang, run->first_day),
            text_day(arena, cli->lang, run->last_day));
    if (wish->dry_run) {
        SAY(cli, S("cli_import.dry_run_done"));
        return;
    }
    say_next(cli, wish, report);
}

static void json_file(struct json *json, const struct import_file_report *file) {
    json_object(json, NULL);
    json_text(json, "path", file->path);
    import_count_json(json, &file->counts);
    json_text(json, "delimiter", file->delimiter != '\0' ? (struct str){&file->delimiter, 1} : (struct str){0});
    json_text(json, "date_order",
              file->date_order == DATE_ORDER_DMY   ? S("dmy")
              : file->date_order == DATE_ORDER_MDY ? S("mdy")
                                                   : (struct str){0});
    json_text(json, "decimal",
              file->decimal == DECIMAL_COMMA   ? S("comma")
              : file->decimal == DECIMAL_POINT ? S("point")
                                               : (struct str){0});
    json_number(json, "recoded", file->recoded);
    json_bool(json, "cut", file->cut);
    json_array(json, "columns");
    for (size_t i = 0; i < file->columns; i++) {
        json_object(json, NULL);
        json_text(json, "header", file->header[i]);
        json_text(json, "field", file->field[i] != FIELD_NONE ? str_from(field_name(file->field[i])) : (struct str){0});
        json_object_end(json);
    }
    json_array_end(json);
    json_object_end(json);
}

static bool json_report(struct cli *cli, const struct import_options *wish, const struct import_report *report) {
    struct json json;
    json_open(&json, cli, cli->world->out);
    json_object(&json, NULL);
    json_number(&json, "id", wish->dry_run ? INT64_MIN : report->run.id);
    json_text(&json, "kind", str_from(import_kind_name(wish->kind)));
    json_bool(&json, "dry_run", wish->dry_run);
    import_count_json(&json, &report->run.counts);
    json_number(&json, "documents", report->documents);
    json_number(&json, "customers_added", report->customers_added);
    json_day(&json, "first_day", report->run.first_day);
    json_day(&json, "last_day", report->run.last_day);
    json_array(&json, "files");
    for (size_t i = 0; i < report->files; i++)
        json_file(&json, &report->file[i]);
    json_array_end(&json);
    json_array(&json, "reasons");
    for (size_t i = 0; i < report->reasons; i++) {
        json_object(&json, NULL);
        json_text(&json, "reason", report->reason[i].reason);
        json_number(&json, "rows", report->reason[i].rows);
        json_object_end(&json);
    }
    json_array_end(&json);
    json_array(&json, "warnings");
    for (size_t i = 0; i < report->warnings; i++)
        json_text(&json, NULL, warning_text(cli, &report->warning[i]));
    json_array_end(&json);
    json_object_end(&json);
    return json_close(&json);
}

static bool csv_report(struct cli *cli, const struct import_report *report) {
    struct out_column columns[IMPORT_COUNT_COLUMNS + 1];
    struct out *out;
    columns[0] = (struct out_column){.name = S("file"), .title = S("file"), .type = OUT_TEXT};
    import_count_columns(cli, columns + 1);
    if (!out_open(cli, cli->world->out, CLI_CSV, columns, IMPORT_COUNT_COLUMNS + 1, &out))
        return false;
    for (size_t i = 0; i < report->files; i++) {
        struct out_cell cells[IMPORT_COUNT_COLUMNS + 1];
        cells[0] = out_text(report->file[i].path);
        import_count_cells(&report->file[i].counts, cells + 1);
        if (!out_row(out, cells))
            return false;
    }
    return out_close(out);
}

static bool run(struct cli *cli) {
    const struct cli_world *world = cli->world;
    struct import_options wish;
    struct progress_line line;
    if (!read_options(cli, &wish) || !cli_open(cli))
        return false;
    struct import_report *report = arena_new(cli->cx->arena, struct import_report, 1);
    wish.progress = progress_begin(&line, cli);
    bool done = wish.kind == IMPORT_NFE ? import_nfe(cli->cx, cli->db, &wish, report)
                                        : import_files(cli->cx, cli->db, &wish, report);
    progress_end(&line);
    if (!done)
        return false;
    /* With the rejected rows on standard output the report is a message, not a part of that file. */
    struct cli_world aside = *cli->world;
    if (str_equal(wish.rejects_path, S("-"))) {
        aside.out = aside.err;
        cli->world = &aside;
    }
    if (cli->format == CLI_JSON)
        done = json_report(cli, &wish, report);
    else if (cli->format == CLI_CSV)
        done = csv_report(cli, report);
    else
        say_report(cli, &wish, report);
    cli->world = world;
    if (done && all_refused(report))
        return cx_fail(cli->cx, ERR_INVALID, S("cli_import.all_refused"),
                       cx_text(cli->cx, "%lld", (long long)report->run.counts.rejected));
    return done;
}

const struct command command_import = {.name = "import",
                                       .group = COMMAND_START,
                                       .args = "KIND FILE...",
                                       .args_most = SIZE_MAX,
                                       .common = COMMAND_DB | COMMAND_FORMAT,
                                       .options = options,
                                       .words = "orders customers products titles quotes tickets nfe",
                                       .run = run};
