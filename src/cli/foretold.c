// SPDX-License-Identifier: Apache-2.0
/* foretold -- see foretold.h. It must not choose: it tells what the kept figures say, and names the comparison behind them. */
#include "cli/foretold.h"

#include "base/text.h"
#include "cli/customers.h"
#include "cli/model.h"
#include "core/chance.h"

enum { FIGURE_SCALE = 6, FIGURE_PLACES = 4 };

struct str foretold_word(const struct cli *cli, enum forecast_method method) {
    return cli_word(cli, "forecast", chance_method(method));
}

struct str foretold_by(const struct cli *cli, const struct forecast_kept *kept) {
    struct arena *arena = cli->cx->arena;
    if (kept->method == FORECAST_NONE)
        return (struct str){0};
    return TEXT(cli, S("forecast.by"), foretold_word(cli, kept->method), text_int(arena, cli->lang, kept->purchases),
                text_int(arena, cli->lang, kept->customers), text_day(arena, cli->lang, kept->learnt_on));
}

struct str foretold_nothing(const struct cli *cli, struct str asked, const struct forecast_kept *kept) {
    if (kept->method != FORECAST_NONE)
        return (struct str){0};
    return str_equal(asked, S("none")) ? TEXT(cli, S("forecast.off"), cli_db_words(cli))
                                       : TEXT(cli, S("forecast.nothing"));
}

/* -- why it was chosen --------------------------------------------------------------------------------------------- */

static const struct forecast_kept_trial *trial_of(const struct forecast_kept *kept, enum forecast_method method) {
    for (size_t i = 0; i < kept->trials; i++) {
        if (kept->trial[i].method == method && kept->trial[i].log_score.value_e6 != STAT_NONE)
            return &kept->trial[i];
    }
    return NULL;
}

/* The best of those that were not chosen. */
static const struct forecast_kept_trial *next_best(const struct forecast_kept *kept) {
    const struct forecast_kept_trial *best = NULL;
    for (size_t i = 0; i < kept->trials; i++) {
        const struct forecast_kept_trial *trial = &kept->trial[i];
        if (trial->method == kept->method || trial->log_score.value_e6 == STAT_NONE)
            continue;
        if (best == NULL || trial->log_score.value_e6 < best->log_score.value_e6)
            best = trial;
    }
    return best;
}

static struct str figure(const struct cli *cli, const struct forecast_kept_trial *trial) {
    return text_decimal(cli->cx->arena, cli->lang, trial->log_score.value_e6, FIGURE_SCALE, FIGURE_PLACES);
}

static void say_trials(const struct cli *cli, const struct forecast_kept *kept) {
    const struct forecast_kept_trial *chosen = trial_of(kept, kept->method), *next = next_best(kept);
    const struct forecast_kept_trial *cycle = trial_of(kept, FORECAST_CYCLE);
    if (chosen == NULL || next == NULL)
        return;
    struct str looks = text_int(cli->cx->arena, cli->lang, kept->origins);
    looks = TEXT(cli, S("forecast.looks"), looks);
    if (next->log_score.value_e6 < chosen->log_score.value_e6)
        SAY(cli, S("forecast.compared_better"), looks, figure(cli, chosen), foretold_word(cli, next->method),
            figure(cli, next));
    else if (cycle == NULL || cycle == chosen || cycle == next)
        SAY(cli, S("forecast.compared"), looks, figure(cli, chosen), foretold_word(cli, next->method),
            figure(cli, next));
    else
        SAY(cli, S("forecast.compared_cycle"), looks, figure(cli, chosen), foretold_word(cli, next->method),
            figure(cli, next), figure(cli, cycle));
}

static bool is_asked(struct str asked, enum forecast_method method) {
    return str_equal(asked, chance_method(method));
}

/* The cycle rule without a trial is not a choice but what is left. */
static void say_short(const struct cli *cli, struct str asked, const struct forecast_kept *kept) {
    if (kept->method != FORECAST_CYCLE || kept->trials > 0 || is_asked(asked, FORECAST_CYCLE))
        return;
    if (!str_equal(asked, S("auto")))
        SAY(cli, S("forecast.gave_way"), asked);
    else if (day_is(kept->enough_on))
        SAY(cli, S("forecast.short"), text_day(cli->cx->arena, cli->lang, kept->enough_on));
    else
        SAY(cli, S("forecast.little"));
}

void foretold_say(struct cli *cli, struct str asked, const struct forecast_kept *kept) {
    if (kept->method == FORECAST_NONE) {
        cli_say(cli, foretold_nothing(cli, asked, kept));
        return;
    }
    SAY(cli, S("forecast.foretold"), foretold_by(cli, kept));
    say_short(cli, asked, kept);
    say_trials(cli, kept);
    if (kept->season)
        SAY(cli, S("forecast.season"));
    model_say_warnings(cli, kept->warnings);
}

/* -- JSON ------------------------------------------------------------------------------------------------------------ */

static void json_figure(struct json *json, const char *name, const struct forecast_figure *figure) {
    json_object(json, name);
    json_decimal(json, "value", figure->value_e6, FIGURE_SCALE);
    json_decimal(json, "low", figure->low_e6, FIGURE_SCALE);
    json_decimal(json, "high", figure->high_e6, FIGURE_SCALE);
    json_object_end(json);
}

static void json_trials(struct json *json, const struct forecast_kept *kept) {
    json_array(json, "trials");
    for (size_t i = 0; i < kept->trials; i++) {
        const struct forecast_kept_trial *trial = &kept->trial[i];
        json_object(json, NULL);
        json_text(json, "model", chance_method(trial->method));
        json_number(json, "cases", trial->cases);
        json_number(json, "happened", trial->happened);
        json_figure(json, "log_score", &trial->log_score);
        json_figure(json, "auc", &trial->auc);
        json_object_end(json);
    }
    json_array_end(json);
}

void foretold_json(struct json *json, const char *name, struct str asked, const struct forecast_kept *kept) {
    json_object(json, name);
    json_text(json, "asked", asked);
    json_text(json, "chosen", chance_method(kept->method));
    json_day(json, "learnt_on", kept->method == FORECAST_NONE ? DAY_NONE : kept->learnt_on);
    json_number(json, "customers", kept->customers);
    json_number(json, "purchases", kept->purchases);
    json_day(json, "first_day", kept->first_day);
    json_day(json, "enough_on", kept->enough_on);
    json_number(json, "looks_back", kept->origins);
    json_bool(json, "season", kept->season);
    model_json_warnings(json, kept->warnings);
    json_trials(json, kept);
    json_object_end(json);
}
