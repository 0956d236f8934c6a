// SPDX-License-Identifier: Apache-2.0
/* analyze_cluster -- see the header. Options into a request, the way to the server (channel/clickhouse.h) as its link, rows into a file.
 * A fault of the way becomes an error here, in the server's own words.
 */
#include "cli/analyze_cluster.h"

#include <math.h>

#include "app/cluster.h"
#include "base/text.h"
#include "base/whole.h"
#include "channel/clickhouse.h"
#include "cli/customers.h"
#include "cli/model.h"
#include "cli/progress.h"
#include "core/model_text.h"

enum {
    TIMEOUT_S = 3600,
    TIMEOUT_MOST_S = 604800,
    HORIZON_DAYS = 90,
    HORIZON_MOST = 36500,
    DIGITS = 10,
    SECOND_US = 1000000,
    STOP_S = 10
};

const struct option_def analyze_cluster_options[] = {
    {OPTION_TEXT, "query-orders", "SELECT", "cli_cluster.option_query_orders", NULL},
    {OPTION_TEXT, "into", "TABLE", "cli_cluster.option_into", NULL},
    {OPTION_FLAG, "sharded-by-customer", NULL, "cli_cluster.option_sharded", NULL},
    {OPTION_FLAG, "anew", NULL, "cli_cluster.option_anew", NULL},
    {OPTION_TEXT, "policy", "RULE", "cli_cluster.option_policy", NULL},
    {OPTION_NUMBER, "horizon", "DAYS", "cli_cluster.option_horizon", NULL},
    {OPTION_NUMBER, "k", "K", "cli_cluster.option_k", NULL},
    {OPTION_NUMBER, "timeout", "SECONDS", "cli_cluster.option_timeout", NULL},
    {OPTION_TEXT, "ca-file", "FILE", "cli_cluster.option_ca_file", NULL},
    {OPTION_NUMBER, "threads", "N", "cli_cluster.option_threads", NULL},
    {OPTION_TEXT, "output", "FILE", "cli_cluster.option_output", NULL},
    {0}};

bool analyze_is_cluster(struct str word) {
    return clickhouse_url(word);
}

bool analyze_options_belong(struct cli *cli) {
    static const char *const of_files[] = {"sheet", "map", "date-format", "decimal", "delimiter", "rejects", "memory"};
    const struct options *given = cli->options;
    bool cluster = false;
    for (size_t i = 0; i < given->words; i++)
        cluster = cluster || analyze_is_cluster(given->word[i]);
    if (cluster && given->words > 1)
        return cli_usage(cli, S("cli_cluster.one_word"));
    for (size_t i = 0; cluster && i < sizeof of_files / sizeof *of_files; i++) {
        if (option_last(given, of_files[i]) != NULL)
            return cli_usage(cli, S("cli_cluster.of_files"), cx_text(cli->cx, "--%s", of_files[i]));
    }
    for (size_t i = 0; !cluster && analyze_cluster_options[i].kind != OPTION_END; i++) {
        if (option_last(given, analyze_cluster_options[i].name) != NULL)
            return cli_usage(cli, S("cli_cluster.of_clusters"),
                             cx_text(cli->cx, "--%s", analyze_cluster_options[i].name));
    }
    return true;
}

/* -- the way ----------------------------------------------------------------------------------------------------- */

struct way {
    struct clickhouse *clickhouse;
    struct clickhouse_server server;
    struct str shown;
    int64_t sent, received;
};

static bool way_failed(struct cx *cx, const struct way *way, const struct clickhouse_answer *answer) {
    struct str words = str_copy(cx->arena, (struct str){answer->words, answer->words_n});
    switch (answer->fault) {
    case CLICKHOUSE_REFUSED:
        return cx_fail(cx, ERR_DB, S("cluster.refused"), way->shown, words);
    case CLICKHOUSE_DENIED:
        return cx_fail(cx, ERR_FORBIDDEN, S("cluster.denied"), way->shown, words);
    case CLICKHOUSE_UNREACHED:
        return cx_fail(cx, ERR_IO, S("cluster.unreached"), way->shown, words);
    case CLICKHOUSE_LATE:
        return cx_fail(cx, ERR_IO, S("cluster.late"), way->shown);
    case CLICKHOUSE_TLS:
        return cx_fail(cx, ERR_IO, S("cluster.tls"), way->shown, words);
    case CLICKHOUSE_STOPPED: /* whoever took the rows has said why */
    case CLICKHOUSE_DONE:
    case CLICKHOUSE_BROKEN:
    case CLICKHOUSE_FAULTS:
        break;
    }
    return cx_fail(cx, ERR_IO, S("cluster.broken"), way->shown, words);
}

/* By a connection of its own, which waits for nothing: the other one is where the server is still busy. */
static void statement_stop(const struct way *way, struct str id, struct str sql) {
    struct clickhouse_server server = way->server;
    struct clickhouse_answer answer;
    server.answer_s = STOP_S;
    struct clickhouse *other = id.n > 0 ? clickhouse_open(&server) : NULL;
    if (other != NULL)
        (void)clickhouse_ask(other, &(struct clickhouse_wish){.sql = sql}, &answer);
    clickhouse_close(other);
}

static bool way_ask(struct cx *cx, void *owner, const struct cluster_ask *ask) {
    struct way *way = owner;
    struct clickhouse_answer answer;
    /* A server that is away is a fault, never a smaller answer. */
    const struct clickhouse_wish wish = {.sql = ask->sql,
                                         .data = ask->data,
                                         .session = ask->session,
                                         .id = ask->id,
                                         .settings = cx_text(cx, "skip_unavailable_shards=0%s%s",
                                                             ask->apart ? "&distributed_group_by_no_merge=1" : "",
                                                             ask->session.n > 0 ? "&session_timeout=3600" : ""),
                                         .line = ask->line,
                                         .owner = ask->owner};
    bool ok = clickhouse_ask(way->clickhouse, &wish, &answer);
    way->sent += answer.sent;
    way->received += answer.received;
    if (!ok && answer.fault == CLICKHOUSE_LATE)
        statement_stop(way, ask->id, ask->stop);
    return ok || way_failed(cx, way, &answer);
}

static bool way_open(struct cli *cli, struct str url, struct way *way) {
    int64_t timeout;
    if (!model_number(cli, "timeout", 1, TIMEOUT_MOST_S, TIMEOUT_S, &timeout))
        return false;
    way->server = (struct clickhouse_server){.url = url,
                                             .password = cli->world->cluster_password,
                                             .ca_file = option_text(cli->options, "ca-file"),
                                             .answer_s = (int)timeout};
    way->clickhouse = clickhouse_open(&way->server);
    if (way->clickhouse == NULL)
        return cli_usage(cli, S("cluster.address"), cli_db_shown(cli->cx->arena, url));
    way->shown = str_from(clickhouse_shown(way->clickhouse));
    return true;
}

/* -- rows -------------------------------------------------------------------------------------------------------- */

static const enum column shown[] = {COLUMN_CODE,
                                    COLUMN_STATUS,
                                    COLUMN_PURCHASES,
                                    COLUMN_FIRST_PURCHASE,
                                    COLUMN_LAST_PURCHASE,
                                    COLUMN_RECENCY_DAYS,
                                    COLUMN_GAP_MEDIAN_DAYS,
                                    COLUMN_GAP_MEAN_DAYS,
                                    COLUMN_GAP_SD_DAYS,
                                    COLUMN_CYCLE_DAYS,
                                    COLUMN_OVERDUE_RATIO,
                                    COLUMN_AT_RISK_ON,
                                    COLUMN_INACTIVE_ON,
                                    COLUMN_LOST_ON,
                                    COLUMN_VALUE_TOTAL,
                                    COLUMN_VALUE_12M,
                                    COLUMN_VALUE_PREV_12M,
                                    COLUMN_AVERAGE_PURCHASE,
                                    COLUMN_RETURN_RATE,
                                    COLUMN_TREND,
                                    COLUMN_ABC,
                                    COLUMN_R,
                                    COLUMN_F,
                                    COLUMN_M,
                                    COLUMN_SEGMENT_RFM};
enum { SHOWN = sizeof shown / sizeof *shown, CHANCES = 3 };

struct rows {
    struct cli *cli;
    enum column wanted[COLUMN_COUNT];
    size_t n;
    struct out_column column[COLUMN_COUNT + CHANCES];
    struct out *out;
    FILE *to;
    enum cli_format format;
    size_t chances;
};

static bool rows_choose(struct rows *rows) {
    struct cli *cli = rows->cli;
    struct customers_wish wish = {0};
    if (!customers_read_columns(cli, &wish))
        return false;
    for (size_t i = 0; wish.columns == 0 && i < SHOWN; i++) {
        if (rows->format != CLI_TABLE || column_defs[shown[i]].shown)
            rows->wanted[rows->n++] = shown[i];
    }
    for (size_t i = 0; i < wish.columns; i++) {
        size_t k = 0;
        while (k < SHOWN && shown[k] != wish.column[i])
            k++;
        if (k == SHOWN)
            return cli_usage(cli, S("cli_cluster.no_column"), str_from(column_defs[wish.column[i]].name));
        rows->wanted[rows->n++] = shown[k];
    }
    return true;
}

/* Not before there is a row: who is told of a fault has no beginning of an answer before their eyes. */
static bool rows_open(struct rows *rows) {
    static const char *const names[CHANCES] = {"p_alive", "p_active", "expected_purchases"};
    for (size_t i = 0; i < rows->n; i++)
        rows->column[i] = customers_column(rows->cli, rows->wanted[i]);
    for (size_t i = 0; i < rows->chances; i++)
        rows->column[rows->n + i] =
            (struct out_column){.name = str_from(names[i]),
                                .title = TEXT(rows->cli, cx_text(rows->cli->cx, "cli_model.%s", names[i])),
                                .type = OUT_REAL,
                                .places = DIGITS};
    return out_open(rows->cli, rows->to, rows->format, rows->column, rows->n + rows->chances, &rows->out);
}

static bool row_write(struct cx *cx, void *owner, const struct cluster_row *row) {
    struct rows *rows = owner;
    struct out_cell cells[COLUMN_COUNT + CHANCES];
    (void)cx;
    if (rows->out == NULL && !rows_open(rows))
        return false;
    for (size_t i = 0; i < rows->n; i++)
        cells[i] = customers_cell(rows->cli, &row->customer, rows->wanted[i]);
    cells[rows->n] = out_real(row->p_alive);
    cells[rows->n + 1] = out_real(row->p_active);
    cells[rows->n + 2] = out_real(row->expected);
    return out_row(rows->out, cells);
}

/* -- the request ------------------------------------------------------------------------------------------------- */

static bool model_take(struct cli *cli, struct cluster_request *request) {
    struct str name = option_text(cli->options, "model");
    int64_t horizon;
    if (!model_k(cli, &request->k) || !model_threads(cli, &request->threads) ||
        !model_number(cli, "horizon", 1, HORIZON_MOST, HORIZON_DAYS, &horizon))
        return false;
    request->horizon_days = (double)horizon;
    return name.n == 0 || str_equal(name, S("none")) ||
           ((model_kind_parse(name, &request->model) ||
             cli_usage(cli, S("cli_cluster.no_model"), name, S("nbd, bgnbd, mbgnbd, bgcnbd, mbgcnbd, pnbd"))) &&
            model_k_ready(cli->cx, request->model, request->k, false));
}

static bool request_read(struct cli *cli, struct cluster_request *request) {
    struct policy_rule rule = policy_default();
    struct str text = option_text(cli->options, "policy");
    request->orders = option_text(cli->options, "query-orders");
    request->into = option_text(cli->options, "into");
    request->apart = option_flag(cli->options, "sharded-by-customer");
    request->whole = option_flag(cli->options, "anew");
    request->as_of = cli->as_of;
    request->now_us = cli->world->clock_us();
    if (request->orders.n == 0)
        return cli_usage(cli, S("cli_cluster.no_query"));
    if (!model_take(cli, request))
        return false;
    if (text.n > 0 && !policy_rule_parse(cli->cx, text, &rule.due))
        return false;
    request->rule = rule.due;
    return true;
}

static struct str bytes_text(const struct cli *cli, int64_t bytes) {
    enum { KILO = 1000 };
    static const char *const units[] = {"B", "kB", "MB", "GB", "TB"};
    double v = (double)bytes;
    size_t unit = 0;
    for (; v >= KILO && unit + 1 < sizeof units / sizeof *units; unit++)
        v /= KILO;
    return cx_text(cli->cx, "%.*s %s", STR_ARG(text_fixed(cli->cx->arena, cli->lang, v, unit > 0)), units[unit]);
}

/* The answer is rows, or stands in a table: warnings are no part of it. */
static void warnings_note(struct cli *cli, uint32_t warnings) {
    const struct cli_world *own = cli->world;
    struct cli_world other = *own;
    other.out = own->err;
    cli->world = &other;
    if (!cli->quiet)
        model_say_warnings(cli, warnings);
    cli->world = own;
}

static void say_report(struct cli *cli, const struct cluster_request *request, const struct cluster_report *report,
                       const struct way *way) {
    struct arena *arena = cli->cx->arena;
    double seconds = (double)(cli->world->clock_us() - request->now_us) / SECOND_US;
    if (report->unusable > 0)
        NOTE(cli, S("cli_cluster.unusable"), text_int(arena, cli->lang, report->unusable));
    if (!report->spread)
        NOTE(cli, S("cli_cluster.travels"));
    if (report->only_changed)
        NOTE(cli, S("cli_cluster.changed"));
    if (report->fitted) {
        const struct model_text text = {.params = report->fit.params};
        NOTE(cli, S("cli_cluster.fitted"), str_from(model_name(request->model)),
             text_int(arena, cli->lang, report->customers - report->status[STATUS_PROSPECT]),
             model_text_write(arena, &text));
        warnings_note(cli, report->fit.warnings);
    }
    NOTE(cli, S("cli_cluster.done"), text_int(arena, cli->lang, report->customers), way->shown,
         cx_text(cli->cx, "%.*s s", STR_ARG(text_fixed(arena, cli->lang, seconds, 1))), bytes_text(cli, way->received),
         bytes_text(cli, way->sent));
    if (request->into.n > 0)
        NOTE(cli, S("cli_cluster.into"), request->into);
}

static bool run_and_write(struct cli *cli, struct cluster_request *request, struct way *way) {
    struct progress_line line;
    struct cluster_report report;
    struct whole whole;
    struct rows rows = {
        .cli = cli, .format = model_format(cli, CLI_TABLE), .chances = request->model == MODEL_NONE ? 0 : CHANCES};
    bool table = request->into.n > 0;
    if (!rows_choose(&rows) ||
        !whole_open(cli->cx, cli->world->out, table ? (struct str){0} : option_text(cli->options, "output"), &whole))
        return false;
    request->link.ask = way_ask;
    request->link.owner = way;
    request->database = str_from(clickhouse_database(way->clickhouse));
    request->progress = progress_begin(&line, cli);
    rows.to = whole.to;
    bool done = cluster_analyze(cli->cx, request, row_write, &rows, &report);
    progress_end(&line);
    done = done && (table || ((rows.out != NULL || rows_open(&rows)) && out_close(rows.out)));
    if (!whole_close(cli->cx, &whole, done))
        return false;
    say_report(cli, request, &report, way);
    return true;
}

bool analyze_cluster(struct cli *cli, struct str url) {
    struct cluster_request request = {0};
    struct way way = {0};
    if (!request_read(cli, &request))
        return false;
    bool done = way_open(cli, url, &way) && run_and_write(cli, &request, &way);
    clickhouse_close(way.clickhouse);
    return done;
}
