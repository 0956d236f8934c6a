// SPDX-License-Identifier: Apache-2.0
/* imports -- the `imports` command: what was brought in, by when, and one import with its rejected rows. */
#include "cli/imports.h"

#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "base/whole.h"
#include "cli/commands.h"
#include "cli/customers.h"

enum { REJECTS_SHOWN = 20, REJECT_COLUMNS = 6 };

static const struct option_def options[] = {{OPTION_TEXT, "rejects", "FILE", "cli_imports.option_rejects", "@file"},
                                            {0}};

bool import_id_read(struct cli *cli, int64_t *out) {
    if (cli->options->words == 0)
        return cli_usage(cli, S("cli.word_missing"), S("ID"));
    struct str word = cli->options->word[0];
    *out = 0;
    for (size_t i = 0; i < word.n; i++) {
        if (word.p[i] < '0' || word.p[i] > '9' || i > 15)
            return cli_usage(cli, S("cli_imports.not_an_id"), word);
        *out = *out * 10 + (word.p[i] - '0');
    }
    return word.n > 0 || cli_usage(cli, S("cli_imports.not_an_id"), word);
}

/* -- counts and reasons ------------------------------------------------------------------------------------------ */

void import_count_columns(const struct cli *cli, struct out_column *out) {
    const struct out_column columns[IMPORT_COUNT_COLUMNS] = {
        {.name = S("rows"), .title = TEXT(cli, S("cli_imports.rows")), .type = OUT_INTEGER},
        {.name = S("added"), .title = TEXT(cli, S("cli_imports.added")), .type = OUT_INTEGER},
        {.name = S("changed"), .title = TEXT(cli, S("cli_imports.changed")), .type = OUT_INTEGER},
        {.name = S("unchanged"), .title = TEXT(cli, S("cli_imports.unchanged")), .type = OUT_INTEGER},
        {.name = S("rejected"), .title = TEXT(cli, S("cli_imports.rejected")), .type = OUT_INTEGER},
        {.name = S("blank"), .title = TEXT(cli, S("cli_imports.blank")), .type = OUT_INTEGER}};
    for (size_t i = 0; i < IMPORT_COUNT_COLUMNS; i++)
        out[i] = columns[i];
}

void import_count_cells(const struct import_counts *counts, struct out_cell *out) {
    const int64_t v[IMPORT_COUNT_COLUMNS] = {counts->rows,      counts->added,    counts->changed,
                                             counts->unchanged, counts->rejected, counts->blank};
    for (size_t i = 0; i < IMPORT_COUNT_COLUMNS; i++)
        out[i] = out_number(v[i]);
}

void import_count_json(struct json *json, const struct import_counts *counts) {
    json_number(json, "rows", counts->rows);
    json_number(json, "added", counts->added);
    json_number(json, "changed", counts->changed);
    json_number(json, "unchanged", counts->unchanged);
    json_number(json, "rejected", counts->rejected);
    json_number(json, "blank", counts->blank);
}

struct str import_reason(const struct cli *cli, struct str key, struct str detail) {
    return catalog_text(cli->cx->arena, cli->lang, key, &detail, 1);
}

/* What to do about it, or empty. */
static struct str import_remedy(const struct cli *cli, struct str key) {
    const char *hint = catalog_find(cli->lang, cx_text(cli->cx, "%.*s.hint", STR_ARG(key)));
    return str_from(hint);
}

void import_say_reason(const struct cli *cli, struct str key, int64_t rows) {
    struct str remedy = import_remedy(cli, key);
    SAY(cli, S("cli_imports.reason_line"), text_int(cli->cx->arena, cli->lang, rows), import_reason(cli, key, S("…")));
    if (remedy.n > 0)
        fprintf(cli->world->out, "%10s%.*s\n", "", STR_ARG(remedy));
}

struct str import_counts_text(const struct cli *cli, const struct import_counts *counts) {
    struct arena *arena = cli->cx->arena;
    return TEXT(cli, S("cli_imports.counts"), text_int(arena, cli->lang, counts->rows),
                text_int(arena, cli->lang, counts->added), text_int(arena, cli->lang, counts->changed),
                text_int(arena, cli->lang, counts->unchanged), text_int(arena, cli->lang, counts->rejected),
                text_int(arena, cli->lang, counts->blank));
}

/* -- all of them ------------------------------------------------------------------------------------------------- */

static struct out_cell moment_cell(int64_t us) {
    return (struct out_cell){.absent = us == 0, .number = us};
}

static struct str run_state(const struct import_run *run) {
    return run->undone_us != 0 ? S("undone") : S("kept");
}

enum { RUN_COLUMNS = 4, RUN_DAYS = 3, WIDE_TABLE = 110 };

/* In a terminal: no column for the sum of the others, nor for blank rows. */
static bool is_narrow(const struct cli *cli) {
    return cli->format == CLI_TABLE && cli->world->columns > 0 && cli->world->columns < WIDE_TABLE;
}

static size_t run_columns(const struct cli *cli, struct out_column *out) {
    const struct out_column before[RUN_COLUMNS] = {
        {.name = S("id"), .title = TEXT(cli, S("cli_imports.id")), .type = OUT_INTEGER},
        {.name = S("kind"), .title = TEXT(cli, S("cli_imports.kind")), .type = OUT_WORD},
        {.name = S("files"), .title = TEXT(cli, S("cli_imports.files")), .type = OUT_TEXT},
        {.name = S("started"), .title = TEXT(cli, S("cli_imports.started")), .type = OUT_MOMENT}};
    const struct out_column after[RUN_DAYS] = {
        {.name = S("first_day"), .title = TEXT(cli, S("cli_imports.first_day")), .type = OUT_DAY},
        {.name = S("last_day"), .title = TEXT(cli, S("cli_imports.last_day")), .type = OUT_DAY},
        {.name = S("undone"), .title = TEXT(cli, S("cli_imports.undone")), .type = OUT_MOMENT}};
    struct out_column counts[IMPORT_COUNT_COLUMNS];
    size_t n = 0;
    for (size_t i = 0; i < RUN_COLUMNS; i++)
        out[n++] = before[i];
    import_count_columns(cli, counts);
    for (size_t i = is_narrow(cli) ? 1 : 0; i < IMPORT_COUNT_COLUMNS - (is_narrow(cli) ? 1 : 0); i++)
        out[n++] = counts[i];
    /* A person asks an import for its days; the list stays narrow. */
    for (size_t i = 0; i < RUN_DAYS && cli->format != CLI_TABLE; i++)
        out[n++] = after[i];
    return n;
}

static bool run_row(struct cli *cli, struct out *out, const struct import_run *run) {
    struct out_cell cells[RUN_COLUMNS + IMPORT_COUNT_COLUMNS + RUN_DAYS], counts[IMPORT_COUNT_COLUMNS];
    struct str kind = str_from(import_kind_name(run->kind));
    bool undone = run->undone_us != 0;
    cells[0] = out_number(run->id);
    cells[1] = out_word(kind, cli_word(cli, "cli_kind", kind), OUT_PLAIN);
    cells[2] = out_text(run->files);
    if (undone)
        cells[2].shown = TEXT(cli, S("cli_imports.files_undone"), run->files);
    cells[3] = moment_cell(run->started_us);
    import_count_cells(&run->counts, counts);
    size_t n = RUN_COLUMNS;
    for (size_t i = is_narrow(cli) ? 1 : 0; i < IMPORT_COUNT_COLUMNS - (is_narrow(cli) ? 1 : 0); i++)
        cells[n++] = counts[i];
    if (cli->format != CLI_TABLE) {
        cells[n++] = out_day(run->first_day);
        cells[n++] = out_day(run->last_day);
        cells[n++] = moment_cell(run->undone_us);
    }
    for (size_t i = 0; i < n && undone; i++)
        cells[i].colour = OUT_DIM;
    return out_row(out, cells);
}

static bool write_all(struct cli *cli) {
    struct import_run *runs;
    struct out_column columns[RUN_COLUMNS + IMPORT_COUNT_COLUMNS + RUN_DAYS];
    struct out *out;
    size_t n;
    if (!admin_imports(cli->cx, cli->db, &runs, &n))
        return false;
    if (n == 0 && cli->format == CLI_TABLE) {
        NOTE(cli, S("cli_imports.none"), cli_db_words(cli));
        return true;
    }
    size_t width = run_columns(cli, columns);
    if (!out_open(cli, cli->world->out, cli->format, columns, width, &out))
        return false;
    for (size_t i = 0; i < n; i++) {
        if (!run_row(cli, out, &runs[i]))
            return false;
    }
    return out_close(out);
}

/* -- rejected rows ----------------------------------------------------------------------------------------------- */

struct reason {
    struct str key;
    int64_t rows;
};

struct rejects {
    struct cli *cli;
    struct out *out;
    struct json *json;
    int64_t most, written;
    struct reason reason[64];
    size_t reasons;
};

static void reject_columns(const struct cli *cli, struct out_column *out) {
    const struct out_column columns[REJECT_COLUMNS] = {
        {.name = S("file"), .title = TEXT(cli, S("cli_imports.file")), .type = OUT_TEXT},
        {.name = S("line"), .title = TEXT(cli, S("cli_imports.line")), .type = OUT_INTEGER},
        {.name = S("column"), .title = TEXT(cli, S("cli_imports.column")), .type = OUT_TEXT},
        {.name = S("reason"), .title = TEXT(cli, S("cli_imports.reason")), .type = OUT_TEXT},
        {.name = S("detail"), .title = TEXT(cli, S("cli_imports.detail")), .type = OUT_TEXT},
        {.name = S("row"), .title = TEXT(cli, S("cli_imports.row")), .type = OUT_TEXT}};
    for (size_t i = 0; i < REJECT_COLUMNS; i++)
        out[i] = columns[i];
}

static void count_reason(struct rejects *rejects, struct str key) {
    size_t i = 0;
    while (i < rejects->reasons && !str_equal(rejects->reason[i].key, key))
        i++;
    if (i == sizeof rejects->reason / sizeof rejects->reason[0])
        return;
    if (i == rejects->reasons) {
        rejects->reason[i].key = str_copy(rejects->cli->keep, key);
        rejects->reasons++;
    }
    rejects->reason[i].rows++;
}

static bool visit_reject(struct cx *cx, void *owner, const struct import_reject *reject) {
    struct rejects *rejects = owner;
    struct cli *cli = rejects->cli;
    count_reason(rejects, reject->reason);
    if (rejects->out == NULL || (rejects->most > 0 && rejects->written >= rejects->most))
        return true;
    struct arena_mark mark = arena_mark_get(cx->arena);
    struct str reason = import_reason(cli, reject->reason, reject->detail);
    const struct out_cell cells[REJECT_COLUMNS] = {out_text(reject->file),   out_number(reject->line),
                                                   out_text(reject->column), out_text(reason),
                                                   out_text(reject->detail), out_text(reject->row)};
    rejects->written++;
    if (!out_row(rejects->out, cells))
        return false;
    arena_rewind(cx->arena, mark);
    return true;
}

/* All rejected rows as CSV, whatever --format says: the file is to be mended and imported again. */
static bool write_rejects(struct cli *cli, int64_t id, FILE *to) {
    struct rejects rejects = {.cli = cli};
    struct out_column columns[REJECT_COLUMNS];
    reject_columns(cli, columns);
    return out_open(cli, to, CLI_CSV, columns, REJECT_COLUMNS, &rejects.out) &&
           admin_rejects(cli->cx, cli->db, id, visit_reject, &rejects) && out_close(rejects.out);
}

static bool write_rejects_to(struct cli *cli, int64_t id, struct str path) {
    struct whole whole;
    if (!whole_open(cli->cx, cli->world->out, path, &whole) ||
        !whole_close(cli->cx, &whole, write_rejects(cli, id, whole.to)))
        return false;
    if (whole.beside != NULL)
        NOTE(cli, S("cli_export.written"), path);
    return true;
}

/* -- one of them ------------------------------------------------------------------------------------------------- */

static void say_one(struct cli *cli, const struct import_run *run) {
    struct arena *arena = cli->cx->arena;
    struct str kind = str_from(import_kind_name(run->kind));
    int64_t at = run->started_us;
    SAY(cli, S("cli_imports.head"), cx_text(cli->cx, "%lld", (long long)run->id), cli_word(cli, "cli_kind", kind),
        text_moment(arena, cli->lang, at, cli->world->utc_offset_s(at)), text_clean(arena, run->files));
    if (day_is(run->first_day))
        SAY(cli, S("cli_imports.days"), text_day(arena, cli->lang, run->first_day),
            text_day(arena, cli->lang, run->last_day));
    cli_say(cli, import_counts_text(cli, &run->counts));
    if (run->undone_us != 0)
        SAY(cli, S("cli_imports.was_undone"),
            text_moment(arena, cli->lang, run->undone_us, cli->world->utc_offset_s(run->undone_us)));
}

/* The reason of most rows first. */
static void order_reasons(struct rejects *rejects) {
    for (size_t i = 1; i < rejects->reasons; i++) {
        struct reason moved = rejects->reason[i];
        size_t at = i;
        for (; at > 0 && rejects->reason[at - 1].rows < moved.rows; at--)
            rejects->reason[at] = rejects->reason[at - 1];
        rejects->reason[at] = moved;
    }
}

static bool show_one(struct cli *cli, const struct import_run *run) {
    struct rejects rejects = {.cli = cli, .most = REJECTS_SHOWN};
    struct out_column columns[REJECT_COLUMNS];
    say_one(cli, run);
    if (run->counts.rejected == 0)
        return true;
    reject_columns(cli, columns);
    /* In the table the reason says the detail and the row would push everything else aside: file to reason only. */
    struct rejects counting = {.cli = cli};
    if (!admin_rejects(cli->cx, cli->db, run->id, visit_reject, &counting))
        return false;
    SAY(cli, S("cli_imports.rejected_head"));
    order_reasons(&counting);
    for (size_t i = 0; i < counting.reasons; i++)
        import_say_reason(cli, counting.reason[i].key, counting.reason[i].rows);
    fputc('\n', cli->world->out);
    if (!out_open(cli, cli->world->out, CLI_TABLE, columns, 4, &rejects.out) ||
        !admin_rejects(cli->cx, cli->db, run->id, visit_reject, &rejects) || !out_close(rejects.out))
        return false;
    if (run->counts.rejected > REJECTS_SHOWN)
        NOTE(cli, S("cli_imports.more_rejects"), cx_text(cli->cx, "%d", REJECTS_SHOWN),
             cx_text(cli->cx, "%lld", (long long)run->id), cli_db_words(cli));
    return true;
}

static bool json_reject(struct cx *cx, void *owner, const struct import_reject *reject) {
    struct rejects *rejects = owner;
    if (rejects->written++ >= rejects->most)
        return true;
    (void)cx;
    json_object(rejects->json, NULL);
    json_text(rejects->json, "file", reject->file);
    json_number(rejects->json, "line", reject->line);
    json_text(rejects->json, "column", reject->column);
    json_text(rejects->json, "reason", reject->reason);
    json_text(rejects->json, "detail", reject->detail);
    json_text(rejects->json, "row", reject->row);
    json_object_end(rejects->json);
    return true;
}

static bool json_one(struct cli *cli, const struct import_run *run) {
    struct json json;
    struct rejects rejects = {.cli = cli, .json = &json, .most = REJECTS_SHOWN};
    json_open(&json, cli, cli->world->out);
    json_object(&json, NULL);
    json_number(&json, "id", run->id);
    json_text(&json, "kind", str_from(import_kind_name(run->kind)));
    json_text(&json, "files", run->files);
    json_moment(&json, "started", run->started_us);
    import_count_json(&json, &run->counts);
    json_day(&json, "first_day", run->first_day);
    json_day(&json, "last_day", run->last_day);
    json_text(&json, "state", run_state(run));
    json_moment(&json, "undone", run->undone_us);
    json_array(&json, "rejects");
    if (!admin_rejects(cli->cx, cli->db, run->id, json_reject, &rejects))
        return false;
    json_array_end(&json);
    json_object_end(&json);
    return json_close(&json);
}

static bool csv_one(struct cli *cli, const struct import_run *run) {
    struct out_column columns[RUN_COLUMNS + IMPORT_COUNT_COLUMNS + RUN_DAYS];
    struct out *out;
    return out_open(cli, cli->world->out, CLI_CSV, columns, run_columns(cli, columns), &out) &&
           run_row(cli, out, run) && out_close(out);
}

static bool run(struct cli *cli) {
    struct str path = option_text(cli->options, "rejects");
    struct import_run import;
    int64_t id;
    if (cli->options->words == 0) {
        if (path.n > 0)
            return cli_usage(cli, S("cli.word_missing"), S("ID"));
        return cli_open(cli) && write_all(cli);
    }
    if (!import_id_read(cli, &id) || !cli_open(cli) || !admin_import(cli->cx, cli->db, id, &import))
        return false;
    if (path.n > 0)
        return write_rejects_to(cli, id, path);
    if (cli->format == CLI_JSON)
        return json_one(cli, &import);
    return cli->format == CLI_CSV ? csv_one(cli, &import) : show_one(cli, &import);
}

const struct command command_imports = {.name = "imports",
                                        .group = COMMAND_CARE,
                                        .args = "[ID]",
                                        .args_most = 1,
                                        .common = COMMAND_DB | COMMAND_FORMAT,
                                        .options = options,
                                        .run = run};
