// SPDX-License-Identifier: Apache-2.0
/* model_fit -- `model fit`: parameters as a table with what they rest on, or as JSON or one line of CSV. */
#include <math.h>

#include "base/real.h"
#include "base/text.h"
#include "cli/imports.h"
#include "cli/json.h"
#include "cli/model.h"

enum { CHAINS_MOST = 64, DRAWS_MOST = 1000000, PGGG_SEED = 1, COLUMNS_MOST = 2 * MODEL_FREE + 24 };

struct fitted {
    struct model_request request;
    const struct summary_about *about;
    const struct model_left_out *left_out;
    struct model_report report;
};

static bool read_request(struct cli *cli, enum model_kind kind, struct model_request *out) {
    int64_t chains, draws;
    *out = (struct model_request){.kind = kind, .seed = (uint64_t)option_number(cli->options, "seed", PGGG_SEED)};
    if (!model_k(cli, &out->k) || !model_threads(cli, &out->threads) ||
        !model_number(cli, "chains", 1, CHAINS_MOST, 0, &chains) ||
        !model_number(cli, "draws", 100, DRAWS_MOST, 0, &draws))
        return false;
    out->chains = (int32_t)chains;
    out->draws = (int32_t)draws;
    if (!model_k_ready(cli->cx, kind, out->k, false)) {
        cli->cx->err.code = ERR_USAGE;
        return false;
    }
    if (option_last(cli->options, "covariates") != NULL && !model_takes_rate(kind))
        return cli_usage(cli, S("model.no_covariates"), str_from(model_name(kind)));
    return true;
}

/* -- for people -------------------------------------------------------------------------------------------------- */

static bool is_sampled(const struct fitted *f) {
    return f->report.fit.stop == MODEL_SAMPLED;
}

static bool parameter_row(const struct fitted *f, struct out *out, struct str name, double value, double se, size_t i) {
    struct out_cell cells[5] = {out_text(name), out_real(value), out_real(se)};
    if (is_sampled(f)) {
        cells[3] = out_real(f->report.fit.r_hat[i]);
        cells[4] = out_real(f->report.fit.effective[i]);
    }
    return out_row(out, cells);
}

static bool write_parameters(struct cli *cli, const struct fitted *f, FILE *to) {
    const struct out_column columns[] = {
        {.name = S("parameter"), .title = TEXT(cli, S("cli_model.parameter")), .type = OUT_TEXT},
        {.name = S("value"), .title = TEXT(cli, S("cli_model.value")), .type = OUT_REAL},
        {.name = S("se"), .title = TEXT(cli, S("cli_model.se")), .type = OUT_REAL},
        {.name = S("r_hat"), .title = TEXT(cli, S("cli_model.r_hat")), .type = OUT_REAL},
        {.name = S("effective"), .title = TEXT(cli, S("cli_model.effective")), .type = OUT_REAL}};
    const struct model_fit *fit = &f->report.fit;
    struct out *out;
    if (!out_open(cli, to, CLI_TABLE, columns, is_sampled(f) ? 5 : 3, &out))
        return false;
    for (size_t i = 0; i < model_params_n(f->request.kind); i++) {
        struct str name = str_from(model_param_name(f->request.kind, i));
        if (!parameter_row(f, out, name, fit->params.v[i], fit->se[i], i))
            return false;
    }
    for (size_t i = 0; i < f->report.effects; i++) {
        const struct model_effect *effect = &f->report.effect[i];
        struct str name = model_effect_name(cli->keep, effect);
        if (!parameter_row(f, out, name, effect->value, effect->se, 0))
            return false;
    }
    return out_close(out);
}

static void say_basis(struct cli *cli, const struct fitted *f) {
    struct arena *arena = cli->cx->arena;
    const struct model_fit *fit = &f->report.fit;
    if (model_has_k(f->request.kind))
        SAY(cli, f->request.k == 0 ? S("cli_model.k_chosen") : S("cli_model.k"), cx_text(cli->cx, "%d", fit->params.k),
            cx_text(cli->cx, "%d", MODEL_K_MOST));
    if (isfinite(fit->loglik))
        SAY(cli, S("cli_model.loglik"), text_fixed(arena, cli->lang, fit->loglik, 4),
            text_fixed(arena, cli->lang, fit->aic, 3), text_fixed(arena, cli->lang, fit->bic, 3));
    SAY(cli, S("cli_model.customers"), text_int(arena, cli->lang, fit->customers),
        text_int(arena, cli->lang, fit->unique), text_int(arena, cli->lang, fit->iterations),
        TEXT(cli, cx_text(cli->cx, "model.stop_%s", model_stop_name(fit->stop))));
    if (f->request.kind == MODEL_GAMMAGAMMA)
        SAY(cli, S("cli_model.gammagamma"), text_int(arena, cli->lang, f->report.without_repeat),
            text_fixed(arena, cli->lang, fit->correlation, 3));
    if (f->about->unit != SUMMARY_UNIT_NONE && f->request.kind != MODEL_GAMMAGAMMA)
        SAY(cli, f->about->unit == SUMMARY_WEEKS ? S("cli_model.in_weeks") : S("cli_model.in_days"));
    if (day_is(f->about->as_of))
        SAY(cli, S("cli_model.until"), text_day(arena, cli->lang, f->about->as_of));
    for (size_t i = 0; i < f->report.covariates; i++) {
        const struct model_covariate *c = &f->report.covariate[i];
        struct str base = c->base.n > 0 ? text_clean(arena, c->base) : TEXT(cli, S("cli_model.level_none"));
        if (c->number)
            SAY(cli, S("cli_model.covariate_number"), text_clean(arena, c->name));
        else
            SAY(cli, S("cli_model.covariate_levels"), text_clean(arena, c->name),
                text_int(arena, cli->lang, (int64_t)c->levels), base);
    }
}

static void say_next(struct cli *cli, const struct fitted *f) {
    const struct model_text text = {
        .params = f->report.fit.params, .effect = f->report.effect, .effects = f->report.effects};
    struct str params = model_text_write(cli->cx->arena, &text);
    struct str k = model_has_k(text.params.kind) ? cx_text(cli->cx, " --k %d", text.params.k) : (struct str){0};
    struct buf when;
    buf_init(&when, cli->cx->arena, 0);
    if (option_last(cli->options, "unit") != NULL)
        buf_printf(&when, " --unit %.*s", STR_ARG(option_text(cli->options, "unit")));
    if (cli->as_of_given)
        buf_printf(&when, " --as-of %.*s", STR_ARG(option_text(cli->options, "as-of")));
    struct str horizon =
        text.params.kind == MODEL_GAMMAGAMMA ? (struct str){0} : TEXT(cli, S("cli_model.next_horizon"));
    NOTE(cli, S("cli_model.next"), str_from(model_name(text.params.kind)), k, text_shell(cli->cx->arena, params),
         model_input_words(cli), buf_str(&when), horizon);
}

static bool write_table(struct cli *cli, const struct fitted *f, FILE *to) {
    const struct cli_world *world = cli->world;
    struct cli_world aside = *world;
    aside.out = to;
    cli->world = &aside;
    bool done = write_parameters(cli, f, to);
    if (done) {
        fputc('\n', to);
        say_basis(cli, f);
        model_say_warnings(cli, f->report.fit.warnings);
    }
    cli->world = world;
    if (done)
        say_next(cli, f);
    return done;
}

/* -- for programs ------------------------------------------------------------------------------------------------ */

static void json_values(struct json *json, const char *name, const struct fitted *f, bool se) {
    const struct model_fit *fit = &f->report.fit;
    json_object(json, name);
    for (size_t i = 0; i < model_params_n(f->request.kind); i++)
        json_real(json, model_param_name(f->request.kind, i), se ? fit->se[i] : fit->params.v[i]);
    for (size_t i = 0; i < f->report.effects; i++) {
        const struct model_effect *effect = &f->report.effect[i];
        struct str effect_name = model_effect_name(json->cli->cx->arena, effect);
        json_real(json, str_terminated(json->cli->cx->arena, effect_name), se ? effect->se : effect->value);
    }
    json_object_end(json);
}

static void json_sampled(struct json *json, const struct fitted *f) {
    const double *const values[] = {f->report.fit.r_hat, f->report.fit.effective};
    static const char *const names[] = {"r_hat", "effective"};
    for (size_t k = 0; k < 2 && is_sampled(f); k++) {
        json_object(json, names[k]);
        for (size_t i = 0; i < model_params_n(f->request.kind); i++)
            json_real(json, model_param_name(f->request.kind, i), values[k][i]);
        json_object_end(json);
    }
}

static void json_covariates(struct json *json, const struct fitted *f) {
    json_array(json, "covariates");
    for (size_t i = 0; i < f->report.covariates; i++) {
        const struct model_covariate *c = &f->report.covariate[i];
        json_object(json, NULL);
        json_text(json, "name", c->name);
        json_text(json, "kind", c->number ? S("number") : S("levels"));
        json_text(json, "base", c->base);
        json_number(json, "levels", c->number ? INT64_MIN : (int64_t)c->levels);
        json_object_end(json);
    }
    json_array_end(json);
}

static int64_t left_out_rows(const struct fitted *f) {
    return f->report.left_out + f->about->counts.rejected;
}

static void json_left_out(struct json *json, const struct fitted *f) {
    json_number(json, "left_out", left_out_rows(f));
    json_array(json, "left_out_reasons");
    for (size_t i = 0; i < f->left_out->reasons; i++) {
        json_object(json, NULL);
        json_text(json, "reason", f->left_out->reason[i].reason);
        json_number(json, "rows", f->left_out->reason[i].rows);
        json_number(json, "first_line", f->left_out->reason[i].first_line);
        json_object_end(json);
    }
    json_array_end(json);
}

static struct str unit_name(const struct fitted *f) {
    return str_from(summary_unit_name(f->about->unit));
}

static bool write_json(struct cli *cli, const struct fitted *f, FILE *to) {
    const struct model_fit *fit = &f->report.fit;
    struct json json;
    json_open(&json, cli, to);
    json_object(&json, NULL);
    json_text(&json, "model", str_from(model_name(f->request.kind)));
    json_number(&json, "k", model_has_k(f->request.kind) ? fit->params.k : INT64_MIN);
    json_values(&json, "params", f, false);
    json_values(&json, "se", f, true);
    json_real(&json, "loglik", fit->loglik);
    json_real(&json, "aic", fit->aic);
    json_real(&json, "bic", fit->bic);
    json_number(&json, "customers", fit->customers);
    json_number(&json, "unique", fit->unique);
    json_number(&json, "iterations", fit->iterations);
    json_text(&json, "stop", str_from(model_stop_name(fit->stop)));
    json_text(&json, "unit", unit_name(f));
    json_day(&json, "as_of", f->about->as_of);
    model_json_warnings(&json, fit->warnings);
    json_left_out(&json, f);
    json_covariates(&json, f);
    if (f->request.kind == MODEL_GAMMAGAMMA) {
        json_number(&json, "without_repeat", f->report.without_repeat);
        json_real(&json, "correlation", fit->correlation);
    }
    json_sampled(&json, f);
    json_object_end(&json);
    return json_close(&json);
}

struct line {
    struct out_column column[COLUMNS_MOST];
    struct out_cell cell[COLUMNS_MOST];
    size_t n;
};

static void put(struct line *line, struct str name, enum out_type type, struct out_cell cell) {
    line->column[line->n] = (struct out_column){.name = name, .title = name, .type = type, .places = REAL_EXACT};
    line->cell[line->n++] = cell;
}

static void put_values(struct cli *cli, struct line *line, const struct fitted *f, bool se) {
    const struct model_fit *fit = &f->report.fit;
    const char *before = se ? "se_" : "";
    for (size_t i = 0; i < model_params_n(f->request.kind); i++) {
        struct str name = cx_text(cli->cx, "%s%s", before, model_param_name(f->request.kind, i));
        put(line, name, OUT_REAL, out_real(se ? fit->se[i] : fit->params.v[i]));
    }
    for (size_t i = 0; i < f->report.effects; i++) {
        const struct model_effect *effect = &f->report.effect[i];
        struct str name = cx_text(cli->cx, "%s%.*s", before, STR_ARG(model_effect_name(cli->cx->arena, effect)));
        put(line, name, OUT_REAL, out_real(se ? effect->se : effect->value));
    }
}

static struct str warnings_text(struct cli *cli, uint32_t warnings) {
    struct buf out;
    buf_init(&out, cli->cx->arena, 0);
    for (uint32_t bit = 1; bit != 0 && bit <= warnings; bit <<= 1) {
        const char *name = warnings & bit ? model_warning_name((enum model_warning)bit) : NULL;
        if (name != NULL) {
            buf_put(&out, out.n > 0 ? S(" ") : (struct str){0});
            buf_put(&out, str_from(name));
        }
    }
    return buf_str(&out);
}

static bool write_csv(struct cli *cli, const struct fitted *f, FILE *to) {
    const struct model_fit *fit = &f->report.fit;
    struct line *line = arena_new(cli->cx->arena, struct line, 1);
    struct out *out;
    put(line, S("model"), OUT_TEXT, out_text(str_from(model_name(f->request.kind))));
    put(line, S("k"), OUT_INTEGER, out_number(model_has_k(f->request.kind) ? fit->params.k : INT64_MIN));
    put_values(cli, line, f, false);
    put_values(cli, line, f, true);
    put(line, S("loglik"), OUT_REAL, out_real(fit->loglik));
    put(line, S("aic"), OUT_REAL, out_real(fit->aic));
    put(line, S("bic"), OUT_REAL, out_real(fit->bic));
    put(line, S("customers"), OUT_INTEGER, out_number(fit->customers));
    put(line, S("unique"), OUT_INTEGER, out_number(fit->unique));
    put(line, S("iterations"), OUT_INTEGER, out_number(fit->iterations));
    put(line, S("stop"), OUT_TEXT, out_text(str_from(model_stop_name(fit->stop))));
    put(line, S("unit"), OUT_TEXT, out_text(unit_name(f)));
    put(line, S("warnings"), OUT_TEXT, out_text(warnings_text(cli, fit->warnings)));
    put(line, S("left_out"), OUT_INTEGER, out_number(left_out_rows(f)));
    return out_open(cli, to, CLI_CSV, line->column, line->n, &out) && out_row(out, line->cell) && out_close(out);
}

/* -- the whole --------------------------------------------------------------------------------------------------- */

static bool write_fitted(struct cli *cli, const struct fitted *f) {
    struct whole whole;
    if (!whole_open(cli->cx, cli->world->out, option_text(cli->options, "output"), &whole))
        return false;
    enum cli_format format = model_format(cli, CLI_TABLE);
    bool done = format == CLI_JSON  ? write_json(cli, f, whole.to)
                : format == CLI_CSV ? write_csv(cli, f, whole.to)
                                    : write_table(cli, f, whole.to);
    return whole_close(cli->cx, &whole, done);
}

bool cli_model_fit(struct cli *cli, enum model_kind kind) {
    struct model_input *input = arena_new(cli->cx->arena, struct model_input, 1);
    struct fitted *f = arena_new(cli->cx->arena, struct fitted, 1);
    if (!read_request(cli, kind, &f->request) || !model_input_read(cli, input))
        return false;
    model_summary_needs(&f->request, &input->options);
    if (!model_input_open(cli, input))
        return false;
    struct summary_about about = *summary_about(input->summary);
    f->about = &about;
    f->left_out = &input->left_out;
    bool done = model_fit_run(cli->cx, input->summary, &input->options, &f->request, model_leave_out, &input->left_out,
                              &f->report);
    progress_end(&input->line);
    return model_input_close(cli, input, done && write_fitted(cli, f));
}
