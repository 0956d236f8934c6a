// SPDX-License-Identifier: Apache-2.0
/* backtest -- the `backtest` command: which rule or model would have foretold best, on the company's own past. */
#include "cli/backtest.h"

#include <math.h>

#include "base/limits.h"
#include "base/text.h"
#include "cli/commands.h"
#include "cli/customers.h"
#include "cli/progress.h"

enum { HORIZON_USUAL = 90 };

static const struct option_def options[] = {{OPTION_DAY, "at", "DATE", "cli_backtest.option_at", NULL},
                                            {OPTION_NUMBER, "horizon", "DAYS", "cli_backtest.option_horizon", NULL},
                                            {OPTION_TEXT, "rules", "RULES", "cli_backtest.option_rules", NULL},
                                            {OPTION_FLAG, "record", NULL, "cli_backtest.option_record", NULL},
                                            {0}};

/* -- what is asked ----------------------------------------------------------------------------------------------- */

static bool read_wish(struct cli *cli, struct backtest_wish *out) {
    int64_t horizon = option_number(cli->options, "horizon", HORIZON_USUAL);
    if (horizon < 1 || horizon > BACKTEST_HORIZON_MOST)
        return cli_usage(cli, S("cli_backtest.bad_horizon"), text_int(cli->cx->arena, cli->lang, horizon),
                         text_int(cli->cx->arena, cli->lang, BACKTEST_HORIZON_MOST));
    struct day *at = arena_new(cli->cx->arena, struct day, cli->options->n);
    *out = (struct backtest_wish){.at = at,
                                  .horizon_days = (int32_t)horizon,
                                  .rules = option_text(cli->options, "rules"),
                                  .as_of = cli->as_of,
                                  .as_of_given = cli->as_of_given};
    for (size_t i = 0; i < cli->options->n; i++)
        if (cli->options->given[i].def == &options[0])
            at[out->ats++] = cli->options->given[i].day;
    /* A fault in the rules is a fault of the command line, and known before the database is opened. */
    struct backtest_candidate candidate[LIMIT_BACKTEST_RULES];
    size_t n = 0;
    if (backtest_rules_parse(cli->cx, out->rules, candidate, &n))
        return true;
    cli->cx->err.code = ERR_USAGE;
    return false;
}

/* -- what it says ------------------------------------------------------------------------------------------------ */

static struct str count_text(const struct cli *cli, int64_t n) {
    return text_int(cli->cx->arena, cli->lang, n);
}

static struct str day_text(const struct cli *cli, struct day day) {
    return text_day(cli->cx->arena, cli->lang, day);
}

static struct str days_list(const struct cli *cli, const struct backtest_report *report) {
    struct buf list;
    buf_init(&list, cli->cx->arena, 0);
    for (size_t i = 0; i < report->cuts; i++) {
        buf_put(&list, i > 0 ? S(", ") : (struct str){0});
        buf_put(&list, day_text(cli, report->cut[i].day));
    }
    return buf_str(&list);
}

static void say_cuts(struct cli *cli, const struct backtest_report *report) {
    struct arena *arena = cli->cx->arena;
    struct str share = text_share(arena, cli->lang, report->bought * 10000 / report->cases);
    SAY(cli, S("cli_backtest.cuts"), days_list(cli, report), count_text(cli, report->horizon_days),
        day_text(cli, report->known_until));
    SAY(cli, S("cli_backtest.cases"), count_text(cli, report->customers), count_text(cli, report->cases), share);
    if (report->row[report->in_force].candidate.kind == BACKTEST_RULE)
        SAY(cli, S("cli_backtest.rule_in_force"), cli_rule(cli, &report->row[report->in_force].candidate.due));
    if (report->customers < report->customers_known)
        SAY(cli, S("cli_backtest.sample"), count_text(cli, report->customers),
            count_text(cli, report->customers_known));
    if (report->cuts < report->cuts_usual)
        SAY(cli, S("cli_backtest.fewer"), count_text(cli, (int64_t)report->cuts),
            count_text(cli, (int64_t)report->cuts_usual), day_text(cli, report->first_day));
    for (size_t i = 0; i < report->cuts; i++)
        if (report->cut[i].learnt_from == 0)
            SAY(cli, S("cli_backtest.learnt_nothing"), day_text(cli, report->cut[i].day));
    fputc('\n', cli->world->out);
}

static void say_legend(struct cli *cli, const struct backtest_report *report) {
    SAY(cli, S("cli_backtest.legend"));
    if (report->reps > 0)
        SAY(cli, S("cli_backtest.legend_alarms"), count_text(cli, report->reps));
    else
        SAY(cli, S("cli_backtest.legend_alarms_no_reps"));
    for (size_t i = 0; i < report->rows; i++) {
        int64_t stood_in = 0;
        for (size_t k = 0; k < report->cuts; k++)
            stood_in += report->row[i].said.stood_in[k];
        if (stood_in > 0)
            SAY(cli, S("cli_backtest.stood_in"), backtest_label(cli, &report->row[i]), count_text(cli, stood_in));
    }
    fputc('\n', cli->world->out);
}

/* What sets the first against another, in words. */
static void say_against(struct cli *cli, const struct str keys[2], struct str label,
                        const struct backtest_against *against) {
    const struct estimate *e = &against->contrast.log_score_95;
    SAY(cli, keys[against->real ? 0 : 1], label, backtest_difference(cli, e->value), backtest_difference(cli, e->low),
        backtest_difference(cli, e->high));
}

static void say_rule(struct cli *cli, const struct backtest_report *report) {
    static const struct str keys[2] = {{"cli_backtest.rule_real", 22}, {"cli_backtest.rule_not_real", 26}};
    const struct backtest_row *best = &report->row[report->best_rule];
    struct str label = backtest_label(cli, best);
    if (report->row[report->in_force].same)
        return;
    if (report->best_rule == report->in_force) {
        SAY(cli, S("cli_backtest.rule_is_best"));
        return;
    }
    say_against(cli, keys, label, &report->best_rule_against);
    if (report->best_rule_against.real)
        NOTE(cli, S("cli_backtest.set"), cli_rule(cli, &best->candidate.due), cli_db_words(cli));
}

static void say_verdict(struct cli *cli, const struct backtest_report *report) {
    static const struct str next[2] = {{"cli_backtest.next_real", 22}, {"cli_backtest.next_not_real", 26}};
    static const struct str force[2] = {{"cli_backtest.force_real", 23}, {"cli_backtest.force_not_real", 27}};
    const struct backtest_row *first = &report->row[0];
    const struct measure *m = &first->said.total;
    SAY(cli, isfinite(m->auc.value) ? S("cli_backtest.best") : S("cli_backtest.best_no_auc"),
        backtest_label(cli, first), backtest_figure(cli, m->log_score.value), backtest_figure(cli, m->log_score.low),
        backtest_figure(cli, m->log_score.high), backtest_figure(cli, m->auc.value));
    if (report->next < report->rows)
        say_against(cli, next, backtest_label(cli, &report->row[report->next]), &report->row[report->next].recommended);
    if (report->in_force == 0)
        SAY(cli, S("cli_backtest.force_is_best"));
    else if (report->row[report->in_force].same)
        SAY(cli, S("cli_backtest.force_is_same"));
    else if (report->in_force != report->next)
        say_against(cli, force, backtest_label(cli, &report->row[report->in_force]),
                    &report->row[report->in_force].recommended);
    say_rule(cli, report);
}

static void say_none(struct cli *cli, const struct backtest_report *report) {
    bool table = cli->format == CLI_TABLE;
    struct str text =
        report->none == BACKTEST_EMPTY
            ? TEXT(cli, S("cli_backtest.empty"), cli_db_words(cli))
            : TEXT(cli, S("cli_backtest.short"), day_text(cli, report->first_day), day_text(cli, report->known_until),
                   count_text(cli, report->horizon_days), day_text(cli, report->enough_on));
    if (table)
        cli_say(cli, text);
    else
        cli_note(cli, text);
}

static bool write_report(struct cli *cli, const struct backtest_report *report) {
    if (report->none != BACKTEST_DONE)
        say_none(cli, report);
    if (cli->format == CLI_JSON)
        return backtest_write_json(cli, report);
    if (cli->format == CLI_CSV)
        return backtest_write_csv(cli, report);
    if (report->none != BACKTEST_DONE)
        return true;
    say_cuts(cli, report);
    if (!backtest_write_table(cli, report))
        return false;
    fputc('\n', cli->world->out);
    say_legend(cli, report);
    backtest_draw(cli, &report->row[0]);
    fputc('\n', cli->world->out);
    say_verdict(cli, report);
    return true;
}

/* What is kept was measured in one way only. */
static bool show_record(struct cli *cli) {
    for (size_t i = 0; i < cli->options->n; i++) {
        const struct option_def *def = cli->options->given[i].def;
        if (def == &options[0] || def == &options[1] || def == &options[2])
            return cli_usage(cli, S("cli_backtest.record_alone"), str_from(def->name));
    }
    return cli_open(cli) && backtest_record(cli);
}

static bool run(struct cli *cli) {
    if (option_flag(cli->options, "record"))
        return show_record(cli);
    struct backtest_wish wish;
    struct backtest_report *report = arena_new(cli->cx->arena, struct backtest_report, 1);
    struct progress_line line;
    if (!read_wish(cli, &wish) || !cli_open(cli))
        return false;
    bool done = backtest_make(cli->cx, cli->db, &wish, progress_begin(&line, cli), report);
    progress_end(&line);
    return done && write_report(cli, report);
}

const struct command command_backtest = {.name = "backtest",
                                         .group = COMMAND_RULES,
                                         .args = "",
                                         .common = COMMAND_DB | COMMAND_FORMAT | COMMAND_AS_OF,
                                         .options = options,
                                         .run = run};
