// SPDX-License-Identifier: Apache-2.0
/* alive -- see alive.h. It must not judge: it tells what is kept beside the score. */
#include "cli/alive.h"

#include "base/text.h"
#include "core/alive_text.h"
#include "core/model_text.h"

/* Lines of the policy are scope, tab, rule. */
static bool asked(const struct score_run *run) {
    struct str left = run->policy, line, scope, rule;
    bool found = false;
    while (left.n > 0) {
        str_cut(left, '\n', &line, &left);
        found = found || (str_cut(line, '\t', &scope, &rule) && str_starts(rule, S("probability ")));
    }
    return found;
}

static bool table_of(struct cli *cli, const struct score_run *run, struct alive_table *out) {
    return asked(run) && alive_read(cli->cx->arena, run->alive, out);
}

/* One sentence for each stretch of the same state. */
static void say_stretches(struct cli *cli, const struct alive_table *table) {
    for (size_t i = 0; i < table->n; i++) {
        const struct alive_fit *fit = &table->fit[i];
        if (fit->state == ALIVE_FITTED || (i > 0 && table->fit[i - 1].state == fit->state))
            continue;
        struct str from = text_day(cli->cx->arena, cli->lang, fit->from);
        if (fit->state == ALIVE_TOO_FEW)
            SAY(cli, S("alive.too_few"), from);
        else
            SAY(cli, S("alive.no_leaving"), from);
    }
}

void alive_say(struct cli *cli, const struct score_run *run) {
    struct alive_table table;
    int64_t fitted = 0;
    struct day last = DAY_NONE;
    if (!table_of(cli, run, &table))
        return;
    if (table.n == 0)
        SAY(cli, S("alive.too_short"));
    say_stretches(cli, &table);
    for (size_t i = 0; i < table.n; i++) {
        if (table.fit[i].state == ALIVE_FITTED) {
            fitted++;
            last = table.fit[i].from;
        }
    }
    if (fitted > 0)
        SAY(cli, S("alive.fitted"), text_int(cli->cx->arena, cli->lang, fitted),
            text_day(cli->cx->arena, cli->lang, last));
}

void alive_json(struct json *json, const char *name, struct cli *cli, const struct score_run *run) {
    struct alive_table table;
    if (!table_of(cli, run, &table))
        return;
    json_array(json, name);
    for (size_t i = 0; i < table.n; i++) {
        const struct alive_fit *fit = &table.fit[i];
        json_object(json, NULL);
        json_day(json, "from", fit->from);
        json_text(json, "state", str_from(alive_state_name(fit->state)));
        for (size_t k = 0; k < model_params_n(MODEL_MIXK) && fit->state == ALIVE_FITTED; k++)
            json_real(json, model_param_name(MODEL_MIXK, k), fit->params.v[k]);
        json_object_end(json);
    }
    json_array_end(json);
}
