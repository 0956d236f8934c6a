// SPDX-License-Identifier: Apache-2.0
/* model -- the `model` command: fit, predict and simulate with the probability models, for an analyst.
 *
 * An option that the chosen part does not know is wrong usage, never passed over: a forgotten --params would else be a fit.
 */
#include "cli/model.h"

#include "cli/commands.h"

enum { FIT = 1, PREDICT = 2, SIMULATE = 4, INPUT = FIT | PREDICT, ALL = FIT | PREDICT | SIMULATE };

static const struct option_def options[] = {
    {OPTION_CHOICE, "model", "MODEL", "cli_model.option_model",
     "nbd bgnbd mbgnbd mbgcnbd bgcnbd mixk pnbd pggg gammagamma"},
    {OPTION_NUMBER, "k", "K", "cli_model.option_k", NULL},
    {OPTION_TEXT, "input", "FILE", "cli_model.option_input", "@file"},
    {OPTION_CHOICE, "unit", "UNIT", "cli_model.option_unit", "days weeks"},
    {OPTION_TEXT, "covariates", "NAME,...", "cli_model.option_covariates", "segment region abc company rep city"},
    {OPTION_TEXT, "params", "NAME=N,...", "cli_model.option_params", NULL},
    {OPTION_TEXT, "spend-params", "NAME=N,...", "cli_model.option_spend_params", NULL},
    {OPTION_TEXT, "horizon", "TIME", "cli_model.option_horizon", NULL},
    {OPTION_NUMBER, "customers", "N", "cli_model.option_customers", NULL},
    {OPTION_TEXT, "until", "TIME", "cli_model.option_until", NULL},
    {OPTION_TEXT, "starts", "TIME", "cli_model.option_starts", NULL},
    {OPTION_NUMBER, "seed", "N", "cli_model.option_seed", NULL},
    {OPTION_NUMBER, "chains", "N", "cli_model.option_chains", NULL},
    {OPTION_NUMBER, "draws", "N", "cli_model.option_draws", NULL},
    {OPTION_NUMBER, "threads", "N", "cli_model.option_threads", NULL},
    {OPTION_TEXT, "sheet", "NAME", "cli_import.option_sheet", NULL},
    {OPTION_TEXT, "map", "FIELD=COLUMN", "cli_model.option_map", NULL},
    {OPTION_CHOICE, "date-format", "FORMAT", "cli_import.option_date_format", "dmy mdy"},
    {OPTION_CHOICE, "decimal", "MARK", "cli_import.option_decimal", "comma point"},
    {OPTION_CHOICE, "delimiter", "MARK", "cli_import.option_delimiter", "comma semicolon tab pipe"},
    {OPTION_TEXT, "rejects", "FILE", "cli_model.option_rejects", "@file"},
    {OPTION_TEXT, "output", "FILE", "cli_model.option_output", "@file"},
    {OPTION_CHOICE, "format", "FORMAT", "cli_model.option_format", "table csv json orders"},
    {0}};

/* Which parts know which options; those that are not here all do. */
static const struct {
    const char *option;
    unsigned parts;
} known[] = {{"input", INPUT},
             {"covariates", FIT},
             {"params", PREDICT | SIMULATE},
             {"spend-params", PREDICT},
             {"horizon", PREDICT},
             {"customers", SIMULATE},
             {"until", SIMULATE},
             {"starts", SIMULATE},
             {"chains", FIT},
             {"draws", FIT},
             {"sheet", INPUT},
             {"map", INPUT},
             {"date-format", INPUT},
             {"decimal", INPUT},
             {"delimiter", INPUT},
             {"rejects", INPUT},
             {"seed", FIT | SIMULATE}};

static const struct {
    struct str name;
    unsigned part;
    bool (*run)(struct cli *cli, enum model_kind kind);
} parts[] = {{{"fit", 3}, FIT, cli_model_fit},
             {{"predict", 7}, PREDICT, cli_model_predict},
             {{"simulate", 8}, SIMULATE, cli_model_simulate}};

static bool options_belong(struct cli *cli, size_t part) {
    for (size_t i = 0; i < cli->options->n; i++) {
        struct str name = str_from(cli->options->given[i].def->name);
        for (size_t k = 0; k < sizeof known / sizeof *known; k++) {
            if (str_equal(name, str_from(known[k].option)) && !(known[k].parts & parts[part].part))
                return cli_usage(cli, S("cli_model.not_its_option"), cx_text(cli->cx, "--%.*s", STR_ARG(name)),
                                 parts[part].name);
        }
    }
    if (parts[part].part != SIMULATE && str_equal(option_text(cli->options, "format"), S("orders")))
        return cli_usage(cli, S("cli_model.orders_format"));
    return true;
}

static bool run_part(struct cli *cli, size_t part) {
    struct str name = option_text(cli->options, "model");
    enum model_kind kind;
    if (!options_belong(cli, part))
        return false;
    if (name.n == 0)
        return cli_usage(cli, S("cli_model.no_model"), str_from(options[0].choices));
    if (!model_kind_parse(name, &kind))
        return cli_usage(cli, S("cli.unknown_choice"), S("--model"), name, str_from(options[0].choices));
    return parts[part].run(cli, kind);
}

static bool run(struct cli *cli) {
    struct str words[sizeof parts / sizeof *parts];
    if (cli->options->words == 0)
        return cli_usage(cli, S("cli_model.no_part"));
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        words[i] = parts[i].name;
        if (str_equal(cli->options->word[0], parts[i].name))
            return run_part(cli, i);
    }
    struct str meant = nearest(cli->options->word[0], words, sizeof parts / sizeof *parts);
    if (meant.n > 0)
        return cli_usage(cli, S("cli_model.unknown_part_near"), cli->options->word[0], meant);
    return cli_usage(cli, S("cli_model.unknown_part"), cli->options->word[0]);
}

const struct command command_model = {.name = "model",
                                      .group = COMMAND_ANALYST,
                                      .args = "fit|predict|simulate",
                                      .args_most = 1,
                                      .common = COMMAND_DB | COMMAND_AS_OF,
                                      .options = options,
                                      .words = "fit predict simulate",
                                      .run = run};
