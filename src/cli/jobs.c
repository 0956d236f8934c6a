// SPDX-License-Identifier: Apache-2.0
/* jobs -- the `jobs` command: what is done again and again, how it went, and doing it now, from cron or by hand, where no server does.
 */
#include "web/jobs.h"
#include "app/admin.h"
#include "base/secret.h"
#include "base/text.h"
#include "cli/commands.h"
#include "cli/out.h"
#include "core/schedule.h"
#include "web/hands.h"

enum { RUNS_SHOWN = 50 };

static const char *const results[JOB_RESULTS] = {"under_way", "done", "failed", "broken"};

static struct job_world world_of(const struct cli *cli) {
    return (struct job_world){.clock_us = cli->world->clock_us,
                              .utc_offset_s = cli->world->utc_offset_s,
                              .as_of = cli->as_of_given ? cli->as_of : DAY_NONE,
                              .backups = cli_folder(cli, "backups"),
                              .secrets = cli_secrets(cli),
                              .private_too = option_flag(cli->options, "webhook-private"),
                              .version = cli->world->version};
}

static struct out_cell moment(int64_t us) {
    return (struct out_cell){.absent = us == 0, .number = us};
}

static struct out_cell lasted(const struct job_run *run) {
    return run->ended_us == 0 ? (struct out_cell){.absent = true} : out_number((run->ended_us - run->began_us) / 1000);
}

static struct out_cell result(const struct cli *cli, const struct job_run *run) {
    struct str name = str_from(results[run->result]);
    return out_word(name, TEXT(cli, cx_text(cli->cx, "job.result_%.*s", STR_ARG(name))),
                    run->result == JOB_DONE     ? OUT_GOOD
                    : run->result >= JOB_FAILED ? OUT_BAD
                                                : OUT_PLAIN);
}

static struct str said(const struct cli *cli, const struct job_run *run) {
    return run->result == JOB_BROKEN ? TEXT(cli, S("job.said_broken"))
                                     : jobs_said(cli->cx->arena, cli->lang, run->said);
}

static struct str when(const struct cli *cli, struct str kept) {
    struct schedule schedule;
    return schedule_parse(kept, &schedule) ? schedule_text(cli->cx->arena, cli->lang, &schedule) : kept;
}

/* ---- all of them ---- */

static bool rows(struct cli *cli, struct jobs_row **out, size_t *n) {
    const struct job_world world = world_of(cli);
    const struct jobs jobs = {
        .world = &world, .defs = job_defs, .db_url = cli->db_url, .who = jobs_who(cli->cx->arena)};
    return cli_open(cli) && jobs_begin(cli->cx, cli->db, &jobs) && jobs_look(cli->cx, cli->db, &jobs, out, n);
}

static bool list(struct cli *cli) {
    struct jobs_row *row;
    size_t n;
    struct out *out;
    const struct out_column columns[] = {{S("name"), TEXT(cli, S("job.name")), OUT_TEXT, 0, false},
                                         {S("state"), TEXT(cli, S("job.state")), OUT_WORD, 0, false},
                                         {S("schedule"), TEXT(cli, S("job.schedule")), OUT_WORD, 0, false},
                                         {S("next"), TEXT(cli, S("job.next")), OUT_MOMENT, 0, false},
                                         {S("last"), TEXT(cli, S("job.last")), OUT_MOMENT, 0, false},
                                         {S("milliseconds"), TEXT(cli, S("cli_jobs.lasted")), OUT_INTEGER, 0, false},
                                         {S("result"), TEXT(cli, S("job.result")), OUT_WORD, 0, false},
                                         {S("said"), TEXT(cli, S("job.said")), OUT_TEXT, 0, false}};
    enum { COLUMNS = sizeof columns / sizeof *columns };
    if (!rows(cli, &row, &n) || !out_open(cli, cli->world->out, cli->format, columns, COLUMNS, &out))
        return false;
    for (size_t i = 0; i < n; i++) {
        bool on = row[i].job.state == JOB_ON;
        struct out_cell cells[COLUMNS] = {
            out_text(row[i].job.name),
            out_word(on ? S("on") : S("paused"), TEXT(cli, on ? S("job.on") : S("job.paused")), OUT_PLAIN),
            out_word(row[i].job.schedule, when(cli, row[i].job.schedule), OUT_PLAIN),
            moment(row[i].next_us),
            {.absent = true},
            {.absent = true},
            {.absent = true},
            {.absent = true}};
        if (row[i].has_run) {
            const struct job_run *last = &row[i].last;
            cells[4] = moment(last->began_us);
            cells[5] = lasted(last);
            cells[6] = result(cli, last);
            cells[7] = out_text(said(cli, last));
        }
        if (!out_row(out, cells))
            return false;
    }
    return out_close(out);
}

/* ---- one ---- */

static bool runs(struct cli *cli, struct str name) {
    struct jobs_row *row;
    struct job_run *run;
    size_t n, at = 0, found = 0;
    struct out *out;
    const struct out_column columns[] = {{S("due"), TEXT(cli, S("cli_jobs.due")), OUT_MOMENT, 0, false},
                                         {S("missed"), TEXT(cli, S("cli_jobs.missed")), OUT_INTEGER, 0, false},
                                         {S("asked_by"), TEXT(cli, S("cli_jobs.asked_by")), OUT_TEXT, 0, false},
                                         {S("began"), TEXT(cli, S("job.began")), OUT_MOMENT, 0, false},
                                         {S("milliseconds"), TEXT(cli, S("cli_jobs.lasted")), OUT_INTEGER, 0, false},
                                         {S("result"), TEXT(cli, S("job.result")), OUT_WORD, 0, false},
                                         {S("said"), TEXT(cli, S("job.said")), OUT_TEXT, 0, false}};
    enum { COLUMNS = sizeof columns / sizeof *columns };
    if (!rows(cli, &row, &n))
        return false;
    while (at < n && !str_equal(row[at].job.name, name))
        at++;
    if (at == n)
        return cx_fail(cli->cx, ERR_NOT_FOUND, S("job.unknown"), name);
    if (!jobs_runs(cli->cx, cli->db, row[at].job.id, INT64_MAX, RUNS_SHOWN, &run, &found) ||
        !out_open(cli, cli->world->out, cli->format, columns, COLUMNS, &out))
        return false;
    for (size_t i = 0; i < found; i++) {
        const struct out_cell cells[COLUMNS] = {
            moment(run[i].due_us), out_number(run[i].missed), out_text(run[i].asked_by),   moment(run[i].began_us),
            lasted(&run[i]),       result(cli, &run[i]),      out_text(said(cli, &run[i]))};
        if (!out_row(out, cells))
            return false;
    }
    return out_close(out);
}

/* ---- now ---- */

struct telling {
    struct cli *cli;
    int64_t failed;
};

static void told(void *owner, const struct jobs_task *task) {
    struct telling *telling = owner;
    struct cli *cli = telling->cli;
    const struct job_run *run = &task->run;
    telling->failed += run->result != JOB_DONE;
    SAY(cli, run->result == JOB_DONE ? S("cli_jobs.did") : S("cli_jobs.failed"), task->job.name, said(cli, run),
        text_decimal(cli->cx->arena, cli->lang, (run->ended_us - run->began_us) / 1000, 3, 1));
}

static bool run_now(struct cli *cli, struct str only) {
    const struct hands_config config = {.db_url = cli->db_url, .user = cli->world->user, .world = world_of(cli)};
    struct telling telling = {.cli = cli};
    size_t n;
    if (!secret_ready())
        return cx_fail(cli->cx, ERR_IO, S("web.no_chance"));
    if (!cli_open(cli))
        return false;
    admin_close(cli->db); /* what is done has its own */
    cli->db = NULL;
    if (!hands_do(cli->cx, &config, only, told, &telling, &n))
        return false;
    if (n == 0)
        SAY(cli, S("cli_jobs.nothing"));
    return telling.failed == 0 ||
           cx_fail(cli->cx, ERR_IO, S("cli_jobs.some_failed"), text_int(cli->cx->arena, cli->lang, telling.failed));
}

static bool run(struct cli *cli) {
    struct str what = cli->options->words > 0 ? cli->options->word[0] : (struct str){0};
    struct str name = cli->options->words > 1 ? cli->options->word[1] : (struct str){0};
    if (str_equal(what, S("run")))
        return run_now(cli, name);
    if (name.n > 0)
        return cli_usage(cli, S("cli.too_many_words"), name);
    return what.n > 0 ? runs(cli, what) : list(cli);
}

static const struct option_def options[] = {
    {OPTION_TEXT, "backups", "FOLDER", "cli_serve.option_backups", "@file"},
    {OPTION_FLAG, "webhook-private", NULL, "cli_jobs.option_webhook_private", NULL},
    {0}};

const struct command command_jobs = {.name = "jobs",
                                     .group = COMMAND_CARE,
                                     .args = "[NAME|run [NAME]]",
                                     .args_most = 2,
                                     .common = COMMAND_DB | COMMAND_FORMAT | COMMAND_AS_OF,
                                     .words = "run",
                                     .options = options,
                                     .run = run};
