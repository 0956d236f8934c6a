// SPDX-License-Identifier: Apache-2.0
/* demo -- the `demo` command: an invented company to try things on, in a database or as files. */
#include "app/demo.h"
#include "app/admin.h"
#include "app/alerts.h"
#include "base/text.h"
#include "cli/commands.h"
#include "cli/progress.h"
#include "web/mail/mail.h"

enum { DEMO_SEED = 1, DEMO_CUSTOMERS = 2500, DEMO_YEARS = 3, DEMO_CUSTOMERS_MOST = 2000000, DEMO_YEARS_MOST = 20 };

static const struct option_def options[] = {{OPTION_NUMBER, "seed", "N", "cli_demo.option_seed", NULL},
                                            {OPTION_NUMBER, "customers", "N", "cli_demo.option_customers", NULL},
                                            {OPTION_NUMBER, "years", "N", "cli_demo.option_years", NULL},
                                            {OPTION_DAY, "until", "DATE", "cli_demo.option_until", NULL},
                                            {OPTION_TEXT, "folder", "FOLDER", "cli_demo.option_folder", "@folder"},
                                            {0}};

static bool read_options(struct cli *cli, struct demo_options *out) {
    const struct option_given *until = option_last(cli->options, "until");
    int64_t customers = option_number(cli->options, "customers", DEMO_CUSTOMERS);
    int64_t years = option_number(cli->options, "years", DEMO_YEARS);
    if (customers < 1 || customers > DEMO_CUSTOMERS_MOST)
        return cli_usage(cli, S("cli.number_between"), S("--customers"), S("1"),
                         cx_text(cli->cx, "%d", DEMO_CUSTOMERS_MOST));
    if (years < 1 || years > DEMO_YEARS_MOST)
        return cli_usage(cli, S("cli.number_between"), S("--years"), S("1"), cx_text(cli->cx, "%d", DEMO_YEARS_MOST));
    *out = (struct demo_options){.seed = (uint64_t)option_number(cli->options, "seed", DEMO_SEED),
                                 .until = until != NULL ? until->day : (struct day){cli->world->today.n - 1},
                                 .customers = (int32_t)customers,
                                 .years = (int32_t)years};
    return true;
}

/* The usual rules have told everybody once, so that there is something to read. */
static bool people_tell(struct cli *cli, struct day as_of) {
    struct alerts_board board;
    struct alerts_report report;
    int64_t added, now_us = cli->world->clock_us();
    const struct alerts_way way = {.render = mail_alerts, .day = as_of, .now_us = now_us};
    bool done = alerts_usual(cli->cx, cli->db, LANG_PT_BR, as_of, S("demo"), now_us, &added) &&
                alerts_board(cli->cx, cli->db, as_of, false, &board);
    for (size_t i = 0; done && i < board.n; i++)
        done = alerts_run(cli->cx, cli->db, board.alert[i].id, &way, &report);
    return done;
}

static bool run(struct cli *cli) {
    struct demo_options wish;
    struct progress_line line;
    struct str folder = option_text(cli->options, "folder");
    if (!read_options(cli, &wish))
        return false;
    if (folder.n > 0) {
        if (!demo_write(cli->cx, folder, &wish))
            return false;
        SAY(cli, S("cli_demo.written"), folder);
        return true;
    }
    if (!admin_make(cli->cx, cli->db_url, cli_anew(cli)))
        return false;
    bool done = demo_make(cli->cx, cli->db, &wish, cli->world->clock_us(), progress_begin(&line, cli)) &&
                people_tell(cli, (struct day){wish.until.n + 1});
    progress_end(&line);
    if (!done)
        return false;
    SAY(cli, S("cli_demo.done"), cli_db_shown(cli->cx->arena, cli->db_url),
        text_int(cli->cx->arena, cli->lang, wish.customers), text_day(cli->cx->arena, cli->lang, wish.until));
    NOTE(cli, S("cli_demo.next"), cli_db_words(cli));
    return true;
}

const struct command command_demo = {
    .name = "demo", .group = COMMAND_START, .args = "", .common = COMMAND_DB, .options = options, .run = run};
