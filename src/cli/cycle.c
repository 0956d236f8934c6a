// SPDX-License-Identifier: Apache-2.0
/* cycle -- the `cycle` command: how long customers take to come back, by group, and the rule that this speaks for. */
#include "app/rhythm.h"
#include "app/score.h"
#include "base/text.h"
#include "cli/commands.h"
#include "cli/customers.h"
#include "cli/flow.h"

enum { WITHIN = 4, CYCLE_COLUMNS = 13 };

static const struct option_def options[] = {
    {OPTION_CHOICE, "by", "GROUP", "cli_cycle.option_by", "rep segment region company city abc"}, {0}};

/* -- the table of groups ----------------------------------------------------------------------------------------- */

static size_t cycle_columns(const struct cli *cli, enum flow_by by, struct out_column *out) {
    const struct out_column columns[] = {
        {.name = S("customers"), .title = TEXT(cli, S("cli_score.customers")), .type = OUT_INTEGER},
        {.name = S("repeat_customers"), .title = TEXT(cli, S("cli_cycle.repeat")), .type = OUT_INTEGER},
        {.name = S("gaps"), .title = TEXT(cli, S("cli_cycle.gaps")), .type = OUT_INTEGER},
        {.name = S("within_50"), .title = S("50 %"), .type = OUT_INTEGER},
        {.name = S("within_80"), .title = S("80 %"), .type = OUT_INTEGER},
        {.name = S("within_90"), .title = S("90 %"), .type = OUT_INTEGER},
        {.name = S("within_95"), .title = S("95 %"), .type = OUT_INTEGER},
        {.name = S("rule"), .title = TEXT(cli, S("cli_policy.rule")), .type = OUT_TEXT}};
    static const struct str in_cycles[WITHIN] = {
        {"cycles_50", 9}, {"cycles_80", 9}, {"cycles_90", 9}, {"cycles_95", 9}};
    size_t n = 0, most = sizeof columns / sizeof columns[0];
    /* In a table the rules stand below it, as commands to copy. */
    if (cli->format == CLI_TABLE)
        most--;
    out[n++] = by != FLOW_ALL ? group_column(cli, by)
                              : (struct out_column){.name = S("group"), .title = (struct str){0}, .type = OUT_TEXT};
    for (size_t i = 0; i < most; i++)
        out[n++] = columns[i];
    for (size_t i = 0; i < WITHIN && cli->format != CLI_TABLE; i++)
        out[n++] = (struct out_column){.name = in_cycles[i], .title = in_cycles[i], .type = OUT_E4, .places = 2};
    return n;
}

static bool write_group(struct cli *cli, struct out *out, const struct rhythm_group *group, enum flow_by by) {
    struct out_cell cells[CYCLE_COLUMNS];
    size_t n = 0;
    cells[n++] = by == FLOW_ALL ? out_text(S("all")) : group_cell(cli, group->group);
    if (by == FLOW_ALL)
        cells[0].shown = TEXT(cli, S("cli_cycle.company"));
    cells[n++] = out_number(group->customers);
    cells[n++] = out_number(group->repeat_customers);
    cells[n++] = out_number(group->gaps->n);
    for (size_t i = 0; i < WITHIN; i++)
        cells[n++] = out_number(group->within[i] < 0 ? INT64_MIN : group->within[i]);
    cells[n] = group->enough ? out_text(cli_rule(cli, &group->recommended)) : out_text((struct str){0});
    n++;
    for (size_t i = 0; i < WITHIN && cli->format != CLI_TABLE; i++)
        cells[n++] = out_number(group->cycle_within_e4[i]);
    return out_row(out, cells);
}

static bool write_groups(struct cli *cli, const struct rhythm_group *groups, size_t n, enum flow_by by) {
    struct out_column columns[CYCLE_COLUMNS];
    struct out *out;
    if (!out_open(cli, cli->world->out, cli->format, columns, cycle_columns(cli, by, columns), &out))
        return false;
    for (size_t i = 0; i < n; i++) {
        if (!write_group(cli, out, &groups[i], by))
            return false;
    }
    return out_close(out);
}

/* A rule for each group that has enough gaps, as the command that sets it; there are no rules by city. */
static void say_rules(struct cli *cli, const struct rhythm_group *groups, size_t n, struct str by) {
    int64_t few = 0, said = 0;
    for (size_t i = 0; i < n && !str_equal(by, S("city")); i++) {
        few += groups[i].enough ? 0 : 1;
        if (!groups[i].enough || groups[i].group.n == 0)
            continue;
        if (said++ == 0)
            SAY(cli, S("cli_cycle.rules"));
        struct str rule = cli_rule(cli, &groups[i].recommended);
        struct str group = text_shell(cli->cx->arena, text_clean(cli->cx->arena, groups[i].group));
        fprintf(cli->world->out, "  reativa policy set '%.*s' --%.*s %.*s%.*s\n", STR_ARG(rule), STR_ARG(by),
                STR_ARG(group), STR_ARG(cli_db_words(cli)));
    }
    if (few > 0)
        SAY(cli, S("cli_cycle.few"), text_int(cli->cx->arena, cli->lang, few));
}

/* -- the histogram ----------------------------------------------------------------------------------------------- */

static void put_bar(struct cli *cli, struct str label, int64_t count, int64_t most, int64_t all) {
    static const char *const eighths[] = {"", "▏", "▎", "▍", "▌", "▋", "▊", "▉"};
    int64_t room = cli->world->columns > 0 && cli->world->columns < 80 ? cli->world->columns - 40 : 40;
    int64_t parts = most > 0 && room > 0 ? count * room * 8 / most : 0;
    struct buf bar;
    buf_init(&bar, cli->cx->arena, 0);
    for (int64_t i = 0; i < parts / 8; i++)
        buf_put(&bar, S("█"));
    buf_put(&bar, str_from(eighths[parts % 8]));
    if (count > 0 && parts == 0)
        buf_put(&bar, S("▏"));
    struct str share = text_share(cli->cx->arena, cli->lang, all > 0 ? count * 10000 / all : 0);
    fprintf(cli->world->out, "%*s%.*s  %.*s %.*s\n", (int)(16 - (int64_t)str_width(label)), "", STR_ARG(label),
            STR_ARG(buf_str(&bar)), STR_ARG(share));
}

static void draw(struct cli *cli, const struct rhythm_group *group) {
    struct rhythm_bars bars = rhythm_bars(group);
    const int64_t *bar = bars.bar;
    int64_t most = 0;
    int32_t step = bars.step;
    for (int i = 0; i < RHYTHM_BARS; i++)
        most = bar[i] > most ? bar[i] : most;
    SAY(cli, S("cli_cycle.histogram"));
    for (int i = 0; i < RHYTHM_BARS; i++) {
        struct str from = cx_text(cli->cx, "%d", i * step + 1);
        struct str label = i == RHYTHM_BARS - 1 ? TEXT(cli, S("cli_cycle.days_and_more"), from)
                           : step == 1          ? from
                                       : TEXT(cli, S("cli_cycle.days"), from, cx_text(cli->cx, "%d", (i + 1) * step));
        put_bar(cli, label, bar[i], most, group->gaps->n);
    }
    fputc('\n', cli->world->out);
}

/* -- what it says ------------------------------------------------------------------------------------------------ */

static struct str days_text(const struct cli *cli, int32_t days) {
    return days < 0 ? S("?") : text_int(cli->cx->arena, cli->lang, days);
}

static void say_windows(struct cli *cli, const struct rhythm_group *group) {
    struct arena *arena = cli->cx->arena;
    SAY(cli, S("cli_cycle.windows"), text_int(arena, cli->lang, group->gaps->n), days_text(cli, group->within[0]),
        days_text(cli, group->within[1]), days_text(cli, group->within[2]), days_text(cli, group->within[3]));
    if (!group->enough) {
        SAY(cli, S("cli_cycle.too_few_company"));
        return;
    }
    struct str rule = cli_rule(cli, &group->recommended);
    SAY(cli, S("cli_cycle.recommended"), rule);
    NOTE(cli, S("cli_cycle.next"), rule, cli_db_words(cli));
}

static bool run(struct cli *cli) {
    enum flow_by by = FLOW_ALL;
    struct score_run score;
    struct score_need need = {.as_of = cli->as_of};
    struct rhythm_group *company, *groups;
    size_t n, companies;
    struct str name = option_text(cli->options, "by");
    if (name.n > 0)
        group_parse(name, &by);
    if (!cli_open(cli) || !cli_old_data(cli) || !score_for(cli->cx, cli->db, &need, NULL, &score) ||
        !rhythm_make(cli->cx, cli->db, cli->as_of, by, &groups, &n))
        return false;
    if (cli->format != CLI_TABLE || by != FLOW_ALL) {
        if (!write_groups(cli, groups, n, by) || cli->format != CLI_TABLE)
            return cli->cx->err.code == ERR_NONE;
        fputc('\n', cli->world->out);
        say_rules(cli, groups, n, name);
        fputc('\n', cli->world->out);
    }
    company = groups;
    companies = n;
    if (by != FLOW_ALL && !rhythm_make(cli->cx, cli->db, cli->as_of, FLOW_ALL, &company, &companies))
        return false;
    if (companies == 0 || company->gaps->n == 0) {
        NOTE(cli, S("cli_cycle.no_gaps"));
        return true;
    }
    if (by == FLOW_ALL)
        draw(cli, company);
    say_windows(cli, company);
    return true;
}

const struct command command_cycle = {.name = "cycle",
                                      .group = COMMAND_RULES,
                                      .args = "",
                                      .common = COMMAND_DB | COMMAND_FORMAT | COMMAND_AS_OF,
                                      .options = options,
                                      .run = run};
