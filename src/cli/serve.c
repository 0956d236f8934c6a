// SPDX-License-Identifier: Apache-2.0
/* serve -- the `serve` command: the pages, until it is told to stop.
 *
 * This thread waits for SIGTERM or SIGINT; those that answer and those that work in the background are of http and web.
 */
#include <signal.h>
#include <stdio.h>
#include <unistd.h>

#include "app/admin.h"
#include "cli/commands.h"
#include "web/web.h"

/* With fewer connections than that files that take long could have them all. */
enum {
    GRACE_S = 20,
    SLOW_THREADS = 2,
    THREADS_LEAST = 2,
    CONNECTIONS_LEAST = SLOW_THREADS + HTTP_LONG_THREADS + 1,
    LOG_NONE = -1
};

static const struct option_def options[] = {
    {OPTION_TEXT, "listen", "ADDRESS:PORT", "cli_serve.option_listen", NULL},
    {OPTION_TEXT, "certificate", "FILE", "cli_serve.option_certificate", "@file"},
    {OPTION_TEXT, "key", "FILE", "cli_serve.option_key", "@file"},
    {OPTION_TEXT, "trusted", "ADDRESSES", "cli_serve.option_trusted", NULL},
    {OPTION_NUMBER, "threads", "N", "cli_serve.option_threads", NULL},
    {OPTION_NUMBER, "connections", "N", "cli_serve.option_connections", NULL},
    {OPTION_TEXT, "read-db", "URL", "cli_serve.option_read_db", NULL},
    {OPTION_TEXT, "uploads", "FOLDER", "cli_serve.option_uploads", "@file"},
    {OPTION_TEXT, "watch", "FOLDER", "cli_serve.option_watch", "@file"},
    {OPTION_TEXT, "backups", "FOLDER", "cli_serve.option_backups", "@file"},
    {OPTION_TEXT, "secrets", "FILE", "cli_serve.option_secrets", "@file"},
    {OPTION_TEXT, "tiles", "URL", "cli_serve.option_tiles", NULL},
    {OPTION_FLAG, "webhook-private", NULL, "cli_serve.option_webhook_private", NULL},
    {OPTION_FLAG, "no-log", NULL, "cli_serve.option_no_log", NULL},
    {0}};

static void wait_for_stop(void) {
    sigset_t set;
    int which;
    sigemptyset(&set);
    sigaddset(&set, SIGTERM);
    sigaddset(&set, SIGINT);
    while (sigwait(&set, &which) != 0) {
    }
}

/* Before any thread is made: they inherit it. A client that goes away in the middle of an answer is no reason to end,
 * nor a file that may not grow: the write fails, and who asked for it is told. */
static void signals_set(void) {
    sigset_t set;
    sigemptyset(&set);
    sigaddset(&set, SIGTERM);
    sigaddset(&set, SIGINT);
    (void)pthread_sigmask(SIG_BLOCK, &set, NULL);
    (void)signal(SIGPIPE, SIG_IGN);
    (void)signal(SIGXFSZ, SIG_IGN);
}

static bool serve(struct cli *cli, const struct http_config *given, struct web *web) {
    struct http_config config = *given;
    struct http_server *server;
    config.spool = web_spool(web);
    config.room = config.spool.n > 0 ? web_room : NULL;
    if (!http_start(cli->cx, &config, web_handle, web_slow, web, &server))
        return false;
    web_watch(web, server);
    SAY(cli, S("cli_serve.ready"), http_secure(server) ? S("https") : S("http"), http_address(server));
    fflush(cli->world->out);
    wait_for_stop();
    NOTE(cli, S("cli_serve.stopping"));
    http_stop(server, GRACE_S);
    return true;
}

static bool run(struct cli *cli) {
    struct str listen = option_text(cli->options, "listen"), certificate = option_text(cli->options, "certificate");
    int64_t threads = option_number(cli->options, "threads", 0);
    struct web *web;
    if ((certificate.n > 0) != (option_text(cli->options, "key").n > 0))
        return cli_usage(cli, S("cli_serve.both"));
    int64_t connections = option_number(cli->options, "connections", INT32_MAX);
    struct str read_url = option_text(cli->options, "read-db");
    if (read_url.n > 0 && !(admin_is_server(read_url) && admin_is_server(cli->db_url)))
        return cli_usage(cli, S("cli_serve.read_db_server"));
    if (connections < CONNECTIONS_LEAST)
        return cli_usage(cli, S("cli_serve.connections_least"), cx_text(cli->cx, "%d", CONNECTIONS_LEAST),
                         cx_text(cli->cx, "%d", CONNECTIONS_LEAST - 1));
    if (threads > 64)
        return cli_usage(cli, S("cli.number_too_large"), S("--threads"), S("64"));
    long processors = sysconf(_SC_NPROCESSORS_ONLN);
    if (threads == 0)
        threads = processors > THREADS_LEAST ? processors : THREADS_LEAST;
    threads = threads < THREADS_LEAST ? THREADS_LEAST : threads;
    int64_t wanted = threads + SLOW_THREADS + HTTP_LONG_THREADS;
    const struct http_config http = {.listen = listen.n > 0 ? listen : S("127.0.0.1:8080"),
                                     .certificate = certificate,
                                     .key = option_text(cli->options, "key"),
                                     .trusted = option_text(cli->options, "trusted"),
                                     .plain = S("/api/"),
                                     .threads = (unsigned)threads,
                                     .slow_threads = SLOW_THREADS,
                                     .log = option_flag(cli->options, "no-log") ? LOG_NONE : STDERR_FILENO,
                                     .clock_us = cli->world->clock_us};
    const struct web_config config = {.db_url = cli->db_url,
                                      .version = cli->world->version,
                                      .as_of = cli->as_of_given ? cli->as_of : DAY_NONE,
                                      .uploads = cli_folder(cli, "uploads"),
                                      .backups = cli_folder(cli, "backups"),
                                      .secrets = cli_secrets(cli),
                                      .watched = option_text(cli->options, "watch"),
                                      .tiles = option_text(cli->options, "tiles"),
                                      .webhook_private = option_flag(cli->options, "webhook-private"),
                                      .clock_us = cli->world->clock_us,
                                      .utc_offset_s = cli->world->utc_offset_s,
                                      .read_url = read_url,
                                      .workers = (unsigned)(connections < wanted ? connections : wanted)};
    signals_set();
    if (!web_open(cli->cx, &config, &web))
        return false;
    bool done = serve(cli, &http, web);
    web_close(web);
    return done;
}

const struct command command_serve = {.name = "serve",
                                      .group = COMMAND_DAILY,
                                      .args = "",
                                      .common = COMMAND_DB | COMMAND_AS_OF,
                                      .options = options,
                                      .run = run};
