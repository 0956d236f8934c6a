// SPDX-License-Identifier: Apache-2.0
/* model_input -- see model.h: options into a summary_options, and the account of the rows that were left out. */
#include <math.h>

#include "base/parallel.h"
#include "base/real.h"
#include "base/text.h"
#include "cli/customers.h"
#include "cli/imports.h"
#include "cli/model.h"

enum { MAPS_MOST = 64, REJECT_COLUMNS = 6 };

/* -- numbers of the command line --------------------------------------------------------------------------------- */

bool model_number(struct cli *cli, const char *option, int64_t least, int64_t most, int64_t otherwise, int64_t *out) {
    *out = option_number(cli->options, option, otherwise);
    return option_last(cli->options, option) == NULL || (*out >= least && *out <= most) ||
           cli_usage(cli, S("cli.number_between"), cx_text(cli->cx, "--%s", option),
                     cx_text(cli->cx, "%lld", (long long)least), cx_text(cli->cx, "%lld", (long long)most));
}

bool model_k(struct cli *cli, int32_t *out) {
    int64_t k;
    if (!model_number(cli, "k", 1, MODEL_K_MOST, 0, &k))
        return false;
    *out = (int32_t)k;
    return true;
}

bool model_threads(struct cli *cli, unsigned *out) {
    int64_t threads;
    if (!model_number(cli, "threads", 0, PARALLEL_THREADS_MOST, 0, &threads))
        return false;
    *out = (unsigned)threads;
    return true;
}

bool model_real(struct cli *cli, const char *option, double least, bool equal, double *out) {
    struct str text = option_text(cli->options, option), dashed = cx_text(cli->cx, "--%s", option);
    if (text.n == 0)
        return cli_usage(cli, S("cli_model.option_missing"), dashed);
    if (real_read(text, DECIMAL_UNKNOWN, out, NULL) != DECIMAL_OK)
        return cli_usage(cli, S("cli_model.not_a_number"), dashed, text);
    bool enough = equal ? *out >= least : *out > least;
    return (enough && *out <= MODEL_TIME_MOST) ||
           cli_usage(cli, equal ? S("cli.number_between") : S("cli_model.number_above"), dashed,
                     cx_text(cli->cx, "%g", least), cx_text(cli->cx, "%d", MODEL_TIME_MOST));
}

bool model_params_read(struct cli *cli, const char *option, enum model_kind kind, int32_t k, struct model_text *out) {
    struct str text = option_text(cli->options, option);
    if (text.n == 0)
        return cli_usage(cli, S("cli_model.no_params"), cx_text(cli->cx, "--%s", option), str_from(model_name(kind)),
                         model_param_names(cli->cx->arena, kind));
    if (model_text_read(cli->cx, kind, k, text, out))
        return true;
    cli->cx->err.code = ERR_USAGE;
    return false;
}

enum cli_format model_format(struct cli *cli, enum cli_format otherwise) {
    struct str path = option_text(cli->options, "output");
    if (option_last(cli->options, "format") != NULL)
        return cli->format;
    if (path.n == 0 || str_equal(path, S("-")))
        return otherwise;
    return str_ends(path, S(".json")) ? CLI_JSON : CLI_CSV;
}

/* -- where customers come from ----------------------------------------------------------------------------------- */

static bool read_maps(struct cli *cli, struct summary_options *out) {
    struct summary_map *maps = arena_new(cli->cx->arena, struct summary_map, MAPS_MOST);
    for (size_t i = 0; i < cli->options->n; i++) {
        const struct option_given *given = &cli->options->given[i];
        struct summary_map *map = &maps[out->maps];
        if (!str_equal(str_from(given->def->name), S("map")))
            continue;
        if (out->maps == MAPS_MOST)
            return cli_usage(cli, S("cli_list.too_many_codes"), S("map"), cx_text(cli->cx, "%d", MAPS_MOST));
        if (!str_cut(given->text, '=', &map->field, &map->column) || map->column.n == 0)
            return cli_usage(cli, S("cli_import.map_form"), given->text);
        out->maps++;
    }
    out->map = maps;
    return true;
}

static bool read_covariates(struct cli *cli, struct summary_options *out) {
    struct str *names = arena_new(cli->cx->arena, struct str, SUMMARY_COVARIATES);
    for (struct str rest = option_text(cli->options, "covariates"), name; rest.n > 0;) {
        str_cut(rest, ',', &name, &rest);
        name = str_trim(name);
        for (size_t i = 0; i < out->covariates; i++) {
            if (str_equal(names[i], name))
                return cli_usage(cli, S("cli_model.covariate_twice"), name);
        }
        if (name.n == 0)
            continue;
        if (out->covariates == SUMMARY_COVARIATES)
            return cli_usage(cli, S("cli_list.too_many_codes"), S("covariates"),
                             cx_text(cli->cx, "%d", SUMMARY_COVARIATES));
        names[out->covariates++] = name;
    }
    out->covariate = names;
    return true;
}

static enum summary_unit unit_of(struct str text) {
    return str_equal(text, S("weeks")) ? SUMMARY_WEEKS : text.n > 0 ? SUMMARY_DAYS : SUMMARY_UNIT_NONE;
}

static bool files_differ(struct cli *cli) {
    static const char *const names[] = {"input", "output", "rejects"};
    for (size_t i = 0; i < 3; i++) {
        for (size_t k = i + 1; k < 3; k++) {
            struct str one = option_text(cli->options, names[i]), other = option_text(cli->options, names[k]);
            if (whole_same(cli->cx, one, other))
                return cli_usage(cli, S("cli_model.same_file"), cx_text(cli->cx, "--%s %.*s", names[i], STR_ARG(one)),
                                 cx_text(cli->cx, "--%s %.*s", names[k], STR_ARG(other)));
        }
    }
    return true;
}

bool model_input_read(struct cli *cli, struct model_input *out) {
    const struct options *given = cli->options;
    out->options = (struct summary_options){.path = option_text(given, "input"),
                                            .as_of = cli->as_of,
                                            .today = cli->world->today,
                                            .now_us = cli->world->clock_us(),
                                            .unit = unit_of(option_text(given, "unit")),
                                            .delimiter = import_delimiter(option_text(given, "delimiter")),
                                            .decimal = import_decimal(option_text(given, "decimal")),
                                            .date_order = import_date_order(option_text(given, "date-format")),
                                            .sheet = option_text(given, "sheet")};
    out->summary = NULL;
    if (out->options.path.n > 0 && !cli->as_of_given)
        out->options.as_of = DAY_NONE;
    if (str_equal(option_text(given, "rejects"), S("-")))
        return cli_usage(cli, S("cli_model.rejects_to_stdout"));
    return files_differ(cli) && read_maps(cli, &out->options) && read_covariates(cli, &out->options);
}

struct str model_input_words(const struct cli *cli) {
    struct str path = option_text(cli->options, "input");
    if (path.n == 0)
        return cli_db_words(cli);
    return cx_text(cli->cx, " --input %.*s", STR_ARG(text_shell(cli->cx->arena, path)));
}

/* -- rows that are left out -------------------------------------------------------------------------------------- */

static struct str left_out_text(const struct cli *cli, const struct import_reject *bad) {
    struct str reason = import_reason(cli, bad->reason, text_clean(cli->cx->arena, bad->detail));
    struct str line = cx_text(cli->cx, "%lld", (long long)bad->line);
    struct str file = text_clean(cli->cx->arena, bad->file.n > 0 ? bad->file : option_text(cli->options, "input"));
    if (file.n == 0)
        return TEXT(cli, S("cli_model.left_out_customer"), text_clean(cli->cx->arena, bad->row), reason);
    if (bad->column.n == 0)
        return TEXT(cli, S("cli_model.left_out_row"), file, line, reason);
    return TEXT(cli, S("cli_model.left_out_cell"), file, line, text_clean(cli->cx->arena, bad->column), reason);
}

static void count_reason(struct model_left_out *left, const struct import_reject *bad) {
    size_t i = 0;
    while (i < left->reasons && !str_equal(left->reason[i].reason, bad->reason))
        i++;
    if (i == MODEL_REASONS)
        return;
    if (i == left->reasons) {
        left->reason[left->reasons++].reason = str_copy(&left->texts, bad->reason);
        left->reason[i].first_line = bad->line;
    }
    left->reason[i].rows++;
}

bool model_leave_out(struct cx *cx, void *owner, const struct import_reject *bad) {
    struct model_left_out *left = owner;
    struct arena_mark mark = arena_mark_get(cx->arena);
    count_reason(left, bad);
    if (left->rows < MODEL_LEFT_OUT_SHOWN)
        left->shown[left->rows] = str_copy(&left->texts, left_out_text(left->cli, bad));
    left->rows++;
    if (left->out != NULL) {
        const struct out_cell cells[REJECT_COLUMNS] = {
            out_text(bad->file),   out_number(bad->line),
            out_text(bad->column), out_text(import_reason(left->cli, bad->reason, bad->detail)),
            out_text(bad->detail), out_text(bad->row)};
        if (!out_row(left->out, cells))
            return false;
    }
    arena_rewind(cx->arena, mark);
    return true;
}

static bool left_out_open(struct cli *cli, struct model_left_out *left) {
    static const struct out_column columns[REJECT_COLUMNS] = {
        {.name = {"file", 4}, .type = OUT_TEXT},   {.name = {"line", 4}, .type = OUT_INTEGER},
        {.name = {"column", 6}, .type = OUT_TEXT}, {.name = {"reason", 6}, .type = OUT_TEXT},
        {.name = {"detail", 6}, .type = OUT_TEXT}, {.name = {"row", 3}, .type = OUT_TEXT}};
    struct str path = option_text(cli->options, "rejects");
    *left = (struct model_left_out){.cli = cli};
    arena_init(&left->texts, 0, arena_full_exit, NULL);
    return path.n == 0 || (whole_open(cli->cx, cli->world->out, path, &left->file) &&
                           out_open(cli, left->file.to, CLI_CSV, columns, REJECT_COLUMNS, &left->out));
}

/* A summary is made with care and its rows are told one by one; an export of orders has always some that are none. */
static bool left_out_close(struct cli *cli, struct model_left_out *left, int64_t most, bool done) {
    if (left->out != NULL)
        done = whole_close(cli->cx, &left->file, out_close(left->out)) && done;
    for (int64_t i = 0; i < left->rows && i < most; i++)
        cli_note(cli, left->shown[i]);
    if (left->rows > most)
        NOTE(cli, S("cli_model.left_out_more"), text_int(cli->cx->arena, cli->lang, left->rows - most));
    for (size_t i = 0; i < left->reasons && left->rows > most; i++)
        NOTE(cli, S("cli_imports.reason_line"), text_int(cli->cx->arena, cli->lang, left->reason[i].rows),
             import_reason(cli, left->reason[i].reason, S("…")));
    if (left->rows > 0)
        NOTE(cli, S("cli_model.left_out"), text_int(cli->cx->arena, cli->lang, left->rows));
    arena_clear(&left->texts);
    return done;
}

/* -- the whole --------------------------------------------------------------------------------------------------- */

bool model_input_open(struct cli *cli, struct model_input *input) {
    bool database = input->options.path.n == 0;
    if (database && (!cli_open(cli) || !cli_old_data(cli)))
        return false;
    input->options.db = cli->db;
    if (!left_out_open(cli, &input->left_out))
        return false;
    input->options.progress = progress_begin(&input->line, cli);
    bool done = summary_open(cli->cx, &input->options, model_leave_out, &input->left_out, &input->summary);
    if (done && cli->as_of_given && summary_about(input->summary)->source == SUMMARY_FROM_FILE)
        done = cli_usage(cli, S("cli_model.as_of_summary"), input->options.path);
    return done || model_input_close(cli, input, false);
}

bool model_input_close(struct cli *cli, struct model_input *input, bool done) {
    bool orders = input->summary != NULL && summary_about(input->summary)->source == SUMMARY_FROM_ORDERS;
    progress_end(&input->line);
    summary_close(input->summary);
    input->summary = NULL;
    return left_out_close(cli, &input->left_out, orders ? MODEL_ORDERS_SHOWN : MODEL_LEFT_OUT_SHOWN, done);
}

void model_json_warnings(struct json *json, uint32_t warnings) {
    json_array(json, "warnings");
    for (uint32_t bit = 1; bit != 0 && bit <= warnings; bit <<= 1) {
        const char *name = warnings & bit ? model_warning_name((enum model_warning)bit) : NULL;
        if (name != NULL)
            json_text(json, NULL, str_from(name));
    }
    json_array_end(json);
}

void model_say_warnings(struct cli *cli, uint32_t warnings) {
    /* What these say of the use of a fit is true of an optimum only. */
    if (warnings & MODEL_WARN_NOT_CONVERGED)
        warnings &= ~(uint32_t)(MODEL_WARN_NO_DROPOUT | MODEL_WARN_HOMOGENEOUS | MODEL_WARN_RIDGE);
    for (uint32_t bit = 1; bit != 0 && bit <= warnings; bit <<= 1) {
        const char *name = warnings & bit ? model_warning_name((enum model_warning)bit) : NULL;
        if (name != NULL)
            SAY(cli, S("cli_model.warning"), TEXT(cli, cx_text(cli->cx, "model.warn_%s", name)));
    }
}
