// SPDX-License-Identifier: Apache-2.0
/* policy -- the `policy` command: show the rules of inactivity, try one, set one, remove one. */
#include "app/admin.h"
#include "app/rules.h"
#include "base/text.h"
#include "cli/alive.h"
#include "cli/commands.h"
#include "cli/customers.h"
#include "cli/json.h"

static const struct option_def options[] = {{OPTION_TEXT, "segment", "SEGMENT", "cli_policy.option_scope", NULL},
                                            {OPTION_TEXT, "region", "REGION", "cli_policy.option_scope", NULL},
                                            {OPTION_TEXT, "rep", "REP", "cli_policy.option_scope", NULL},
                                            {OPTION_TEXT, "company", "COMPANY", "cli_policy.option_scope", NULL},
                                            {OPTION_CHOICE, "abc", "CLASS", "cli_policy.option_scope", "A B C"},
                                            {0}};

static struct policy_scope scope_of(const struct options *given) {
    struct str abc = option_text(given, "abc");
    return (struct policy_scope){.company = option_text(given, "company"),
                                 .rep = option_text(given, "rep"),
                                 .segment = option_text(given, "segment"),
                                 .region = option_text(given, "region"),
                                 .abc = (char)(abc.n > 0 ? abc.p[0] : '\0')};
}

static bool scope_is_all(const struct policy_scope *scope) {
    return scope->company.n + scope->rep.n + scope->segment.n + scope->region.n == 0 && scope->abc == '\0';
}

/* The rule may be one quoted word or several: `policy set days 90 at-risk 60`. A fault in it is wrong usage. */
static bool read_rule(struct cli *cli, struct policy_rule *out) {
    struct buf text;
    buf_init(&text, cli->cx->arena, 0);
    for (size_t i = 1; i < cli->options->words; i++) {
        buf_put(&text, i > 1 ? S(" ") : (struct str){0});
        buf_put(&text, cli->options->word[i]);
    }
    if (text.n == 0)
        return cli_usage(cli, S("cli_policy.no_rule"));
    *out = (struct policy_rule){.scope = scope_of(cli->options)};
    if (policy_rule_parse(cli->cx, buf_str(&text), &out->due))
        return true;
    cli->cx->err.code = ERR_USAGE;
    return false;
}

/* -- show -------------------------------------------------------------------------------------------------------- */

static bool show(struct cli *cli) {
    struct policy policy;
    const struct out_column columns[] = {
        {.name = S("order"), .title = S("#"), .type = OUT_INTEGER},
        {.name = S("who"), .title = TEXT(cli, S("cli_policy.who")), .type = OUT_TEXT},
        {.name = S("rule"), .title = TEXT(cli, S("cli_policy.rule")), .type = OUT_TEXT}};
    struct out *out;
    if (!cli_open(cli) || !admin_policy(cli->cx, cli->db, &policy) ||
        !out_open(cli, cli->world->out, cli->format, columns, 3, &out))
        return false;
    for (size_t i = 0; i < policy.n; i++) {
        struct out_cell who = out_text(policy_scope_text(cli->cx->arena, &policy.rule[i].scope));
        if (who.absent)
            who.shown = TEXT(cli, S("cli_policy.everybody"));
        const struct out_cell cells[] = {out_number((int64_t)i + 1), who, out_text(cli_rule(cli, &policy.rule[i].due))};
        if (!out_row(out, cells))
            return false;
    }
    if (!out_close(out))
        return false;
    if (cli->format == CLI_TABLE)
        NOTE(cli, S("cli_policy.next"), cli_db_words(cli));
    return true;
}

/* -- test and set ------------------------------------------------------------------------------------------------ */

static struct out_cell status_cell(const struct cli *cli, enum status status) {
    struct str name = str_from(status_name(status));
    return out_word(name, cli_word(cli, "status", name), cli_status_colour(status));
}

/* One row for each way to change, so that CSV and JSON are the same as what is seen. */
static bool write_change(struct cli *cli, const struct rules_change *change) {
    const struct out_column columns[] = {
        {.name = S("before"), .title = TEXT(cli, S("cli_policy.before")), .type = OUT_WORD},
        {.name = S("after"), .title = TEXT(cli, S("cli_policy.after")), .type = OUT_WORD},
        {.name = S("customers"), .title = TEXT(cli, S("cli_score.customers")), .type = OUT_INTEGER}};
    struct out *out;
    if (cli->format == CLI_TABLE && change->changed == 0)
        return true;
    if (!out_open(cli, cli->world->out, cli->format, columns, 3, &out))
        return false;
    for (int from = 0; from < STATUS_COUNT; from++) {
        for (int to = 0; to < STATUS_COUNT; to++) {
            int64_t n = change->from_to[from][to];
            if (n == 0 || (cli->format == CLI_TABLE && from == to))
                continue;
            const struct out_cell cells[] = {status_cell(cli, (enum status)from), status_cell(cli, (enum status)to),
                                             out_number(n)};
            if (!out_row(out, cells))
                return false;
        }
    }
    return out_close(out);
}

static struct str everybody_or(const struct cli *cli, const struct policy_scope *scope) {
    if (scope_is_all(scope))
        return TEXT(cli, S("cli_policy.everybody"));
    return policy_scope_text(cli->cx->arena, scope);
}

/* The rule with its customers as the data name them; a word when nobody is so named. */
static bool read_scoped(struct cli *cli, struct policy_rule *out) {
    struct err doubt;
    if (!read_rule(cli, out) || !cli_open(cli) || !rules_scope(cli->cx, cli->db, &out->scope, &doubt))
        return false;
    if (doubt.code != ERR_NONE)
        NOTE(cli, S("cli_policy.waits"), catalog_error(cli->cx->arena, cli->lang, &doubt));
    return true;
}

static void say_unscored(const struct cli *cli, const struct err *unscored) {
    if (unscored->code != ERR_NONE)
        NOTE(cli, S("cli_policy.unscored"), catalog_error(cli->cx->arena, cli->lang, unscored), cli_db_words(cli));
}

/* ` --segment Varejo`: for whom the rule was given, as the next command has to say it too. */
static struct str scope_words(const struct cli *cli) {
    struct buf words;
    buf_init(&words, cli->cx->arena, 0);
    for (const struct option_def *option = options; option->name != NULL; option++) {
        struct str given = option_text(cli->options, option->name);
        if (given.n > 0)
            buf_printf(&words, " --%s %.*s", option->name, STR_ARG(text_shell(cli->cx->arena, given)));
    }
    return buf_str(&words);
}

static bool test(struct cli *cli) {
    struct policy_rule rule;
    struct rules_change change;
    if (!read_scoped(cli, &rule) || !cli_old_data(cli) || !rules_try(cli->cx, cli->db, &rule, cli->as_of, &change) ||
        !write_change(cli, &change))
        return false;
    if (cli->format == CLI_TABLE) {
        SAY(cli, S("cli_policy.tested"), cli_rule(cli, &rule.due), everybody_or(cli, &rule.scope),
            text_int(cli->cx->arena, cli->lang, change.changed), text_day(cli->cx->arena, cli->lang, cli->as_of));
        alive_say(cli, &change.run);
        NOTE(cli, S("cli_policy.test_next"), cli_rule(cli, &rule.due), scope_words(cli), cli_db_words(cli));
    }
    return true;
}

static bool set(struct cli *cli) {
    struct policy_rule rule;
    struct rules_change change;
    struct err unscored;
    if (!read_scoped(cli, &rule) || !cli_old_data(cli) ||
        !rules_set(cli->cx, cli->db, &rule, cli->as_of, cli->world->clock_us(), cli->world->user, &change, &unscored) ||
        !write_change(cli, &change))
        return false;
    say_unscored(cli, &unscored);
    if (cli->format == CLI_TABLE) {
        SAY(cli, S("cli_policy.set"), cli_rule(cli, &rule.due), everybody_or(cli, &rule.scope),
            text_int(cli->cx->arena, cli->lang, change.changed), text_day(cli->cx->arena, cli->lang, cli->as_of));
        alive_say(cli, &change.run);
    }
    return true;
}

static bool remove_rule(struct cli *cli) {
    struct policy_scope scope = scope_of(cli->options);
    if (scope_is_all(&scope))
        return cli_usage(cli, S("cli_policy.remove_whom"));
    struct err unscored;
    if (!cli_open(cli) || !rules_remove(cli->cx, cli->db, &scope, cli->world->clock_us(), cli->world->user, &unscored))
        return false;
    say_unscored(cli, &unscored);
    SAY(cli, S("cli_policy.removed"), policy_scope_text(cli->cx->arena, &scope));
    return true;
}

static bool run(struct cli *cli) {
    static const struct {
        struct str word;
        bool (*run)(struct cli *cli);
        bool rule; /* takes one */
    } ways[] = {{{"show", 4}, show, false},
                {{"test", 4}, test, true},
                {{"set", 3}, set, true},
                {{"remove", 6}, remove_rule, false}};
    struct str names[4];
    if (cli->options->words == 0)
        return show(cli);
    for (size_t i = 0; i < 4; i++) {
        names[i] = ways[i].word;
        if (!str_equal(cli->options->word[0], ways[i].word))
            continue;
        if (!ways[i].rule && cli->options->words > 1)
            return cli_usage(cli, S("cli.too_many_words"), cli->options->word[1]);
        return ways[i].run(cli);
    }
    struct str meant = nearest(cli->options->word[0], names, 4);
    if (meant.n > 0)
        return cli_usage(cli, S("cli_policy.unknown_near"), cli->options->word[0], meant);
    return cli_usage(cli, S("cli_policy.unknown"), cli->options->word[0]);
}

const struct command command_policy = {.name = "policy",
                                       .group = COMMAND_RULES,
                                       .args = "[show | test RULE | set RULE | remove]",
                                       .args_most = 16,
                                       .common = COMMAND_DB | COMMAND_FORMAT | COMMAND_AS_OF,
                                       .options = options,
                                       .words = "show test set remove",
                                       .run = run};
