// SPDX-License-Identifier: Apache-2.0
/* list -- the `list` command: customers by any filter, the ones to call first on top. */
#include "base/text.h"
#include "cli/commands.h"
#include "cli/customers.h"
#include "cli/foretold.h"

static bool is_foretold(enum column column) {
    return column >= COLUMN_P_ACTIVE && column <= COLUMN_MODEL;
}

/* Is something asked for that only a forecast can answer? */
static bool asks_for_chances(const struct cli *cli, const struct customers_wish *wish) {
    static const char *const filters[] = {"min-chance", "max-chance", "next-from", "next-to"};
    bool asked = is_foretold(wish->request.order.column);
    for (size_t i = 0; i < sizeof filters / sizeof *filters; i++)
        asked = asked || option_last(cli->options, filters[i]) != NULL;
    for (size_t i = 0; i < wish->columns; i++)
        asked = asked || is_foretold(wish->column[i]);
    return asked;
}

/* What a person does next: look at the first one, see the rest, or widen the search. */
static void say_summary(struct cli *cli, const struct customers_wish *wish, const struct list_answer *answer) {
    struct arena *arena = cli->cx->arena;
    struct str customers = text_int(arena, cli->lang, answer->totals.customers);
    struct str day = text_day(arena, cli->lang, cli->as_of);
    if (answer->foretold == FORECAST_NONE && asks_for_chances(cli, wish))
        NOTE(cli, S("cli_list.nothing_foretold"), cli_db_words(cli));
    if (answer->totals.customers == 0) {
        NOTE(cli, S("cli_list.nobody"), day);
        return;
    }
    if (wish->request.limit > 0 && answer->totals.customers > wish->request.limit)
        SAY(cli, S("cli_list.some"), text_int(arena, cli->lang, wish->request.limit), customers, day);
    else
        SAY(cli, S("cli_list.all"), customers, day);
    if (answer->foretold != FORECAST_NONE && customers_show_chances(cli, wish))
        SAY(cli, S("cli_list.foretold"), foretold_word(cli, answer->foretold),
            text_day(arena, cli->lang, answer->learnt_on));
    NOTE(cli, S("cli_list.next"), cli_db_words(cli));
}

static bool run(struct cli *cli) {
    struct customers_wish wish;
    struct list_answer answer;
    if (!customers_read(cli, CUSTOMERS_LIMIT, &wish) || !cli_open(cli) || !cli_old_data(cli) ||
        !customers_write(cli, &wish, cli->world->out, cli->format, &answer))
        return false;
    if (cli->format == CLI_TABLE)
        say_summary(cli, &wish, &answer);
    return true;
}

const struct command command_list = {.name = "list",
                                     .group = COMMAND_DAILY,
                                     .args = "",
                                     .common = COMMAND_DB | COMMAND_FORMAT | COMMAND_AS_OF,
                                     .options = customers_options,
                                     .run = run};
