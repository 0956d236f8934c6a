// SPDX-License-Identifier: Apache-2.0
/* verify -- the `verify` command: is what is kept whole, and are the derived data what a rebuild gives? */
#include "app/verify.h"

#include "base/text.h"
#include "cli/commands.h"
#include "cli/json.h"
#include "cli/progress.h"

static bool write_json(struct cli *cli, const struct verify_report *report) {
    struct json json;
    json_open(&json, cli, cli->world->out);
    json_object(&json, NULL);
    json_number(&json, "database_faults", report->database_faults);
    json_number(&json, "derived_faults", report->derived_faults);
    json_text(&json, "first", report->first);
    json_bool(&json, "scored", report->scored);
    json_bool(&json, "stale", report->stale);
    json_day(&json, "as_of", report->as_of);
    json_object_end(&json);
    return json_close(&json);
}

static void say_derived(struct cli *cli, const struct verify_report *report) {
    struct str day = text_day(cli->cx->arena, cli->lang, report->as_of);
    if (!report->scored)
        SAY(cli, S("cli_verify.not_scored"));
    else if (report->stale)
        SAY(cli, S("cli_verify.stale"), day, cli_db_words(cli));
    else if (report->derived_faults == 0)
        SAY(cli, S("cli_verify.derived_good"), day);
}

static bool run(struct cli *cli) {
    struct verify_report report;
    struct progress_line line;
    if (!cli_open(cli))
        return false;
    bool done = verify_all(cli->cx, cli->db, progress_begin(&line, cli), &report);
    progress_end(&line);
    if (!done)
        return false;
    if (cli->format == CLI_JSON && !write_json(cli, &report))
        return false;
    if (cli->format != CLI_JSON) {
        if (report.database_faults == 0)
            SAY(cli, S("cli_verify.database_good"));
        say_derived(cli, &report);
    }
    if (report.database_faults > 0)
        return cx_fail(cli->cx, ERR_DB, S("cli_verify.database_bad"),
                       text_int(cli->cx->arena, cli->lang, report.database_faults), report.first);
    if (report.derived_faults > 0)
        return cx_fail(cli->cx, ERR_BUG, S("cli_verify.derived_bad"),
                       text_int(cli->cx->arena, cli->lang, report.derived_faults), report.first);
    return true;
}

const struct command command_verify = {
    .name = "verify", .group = COMMAND_CARE, .args = "", .common = COMMAND_DB | COMMAND_FORMAT, .run = run};
