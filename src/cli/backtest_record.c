// SPDX-License-Identifier: Apache-2.0
/* backtest_record -- `backtest --record`: what was kept each month, newest last. Nothing is computed here. */
#include "app/track.h"
#include "base/text.h"
#include "cli/backtest.h"
#include "cli/customers.h"
#include "cli/out.h"
#include "core/policy.h"

enum { FIGURES = 5, COLUMNS_MOST = 32, DIGITS = 10, E6 = 1000000, E6_TO_E4 = 100 };

static const struct forecast_figure *figure_at(const struct track_row *row, size_t i) {
    const struct forecast_figure *all[FIGURES] = {&row->auc, &row->lift, &row->brier, &row->log_score,
                                                  &row->lost_value};
    return all[i];
}

/* -- the table --------------------------------------------------------------------------------------------------- */

/* A rule in the words of the language; several as they were kept. */
static struct str label_of(const struct cli *cli, const struct track_row *row) {
    struct due_rule due;
    if (row->subject == TRACK_MODEL)
        return TEXT(cli, S("cli_backtest.record_model"), row->said);
    if (policy_rule_parse(cli->cx, row->said, &due))
        return cli_rule(cli, &due);
    cx_clear(cli->cx);
    return row->said;
}

static struct out_cell e4_cell(int64_t e6) {
    return out_number(e6 == STAT_NONE ? e6 : (e6 + (e6 < 0 ? -1 : 1) * E6_TO_E4 / 2) / E6_TO_E4);
}

static bool write_table(struct cli *cli, const struct track_record *record) {
    const struct out_column columns[] = {
        {.name = S("month"), .title = TEXT(cli, S("cli_backtest.record_month")), .type = OUT_MONTH},
        {.name = S("said"), .title = TEXT(cli, S("cli_backtest.candidate")), .type = OUT_TEXT},
        {.name = S("cases"), .title = TEXT(cli, S("cli_backtest.record_cases")), .type = OUT_INTEGER},
        {.name = S("bought"), .title = TEXT(cli, S("cli_backtest.record_bought")), .type = OUT_INTEGER},
        {.name = S("auc"), .title = S("AUC"), .type = OUT_E4, .places = 3},
        {.name = S("lift"), .title = TEXT(cli, S("cli_backtest.lift")), .type = OUT_E4, .places = 1},
        {.name = S("brier"), .title = S("Brier"), .type = OUT_E4, .places = 3},
        {.name = S("log_score"), .title = S("Log"), .type = OUT_E4, .places = 3},
        {.name = S("lost"), .title = TEXT(cli, S("cli_backtest.lost")), .type = OUT_SHARE},
        {.name = S("alarms"), .title = TEXT(cli, S("cli_backtest.alarms")), .type = OUT_E4, .places = 1}};
    struct out *out;
    if (!out_open(cli, cli->world->out, CLI_TABLE, columns, sizeof columns / sizeof *columns, &out))
        return false;
    for (size_t i = 0; i < record->n; i++) {
        const struct track_row *row = &record->row[i];
        struct out_cell cells[COLUMNS_MOST] = {out_number(month_of(row->month)), out_text(label_of(cli, row)),
                                               out_number(row->cases), out_number(row->happened)};
        size_t n = 4;
        for (size_t k = 0; k < FIGURES; k++)
            cells[n++] = e4_cell(figure_at(row, k)->value_e6);
        cells[n] = e4_cell(row->false_alarms_e6);
        if (!out_row(out, cells))
            return false;
    }
    if (!out_close(out))
        return false;
    fputc('\n', cli->world->out);
    SAY(cli, S("cli_backtest.record_legend"), text_int(cli->cx->arena, cli->lang, TRACK_HORIZON));
    return true;
}

/* -- CSV and JSON ------------------------------------------------------------------------------------------------ */

static struct out_cell e6_cell(int64_t e6) {
    return e6 == STAT_NONE ? (struct out_cell){.absent = true} : out_real((double)e6 / E6);
}

static size_t columns_make(const struct cli *cli, struct out_column *out) {
    static const char *const figures[FIGURES] = {"auc", "lift", "brier", "log_score", "lost_value_flagged"};
    static const char *const ends[] = {"", "_low", "_high"};
    const struct out_column first[] = {
        {.name = S("month"), .type = OUT_MONTH},     {.name = S("subject"), .type = OUT_TEXT},
        {.name = S("said"), .type = OUT_TEXT},       {.name = S("cut"), .type = OUT_DAY},
        {.name = S("known_until"), .type = OUT_DAY}, {.name = S("horizon_days"), .type = OUT_INTEGER},
        {.name = S("made_at"), .type = OUT_MOMENT},  {.name = S("cases"), .type = OUT_INTEGER},
        {.name = S("bought"), .type = OUT_INTEGER}};
    size_t n = 0;
    while (n < sizeof first / sizeof *first) {
        out[n] = first[n];
        n++;
    }
    for (size_t i = 0; i < FIGURES; i++)
        for (size_t k = 0; k < 3; k++)
            out[n++] = (struct out_column){
                .name = cx_text(cli->cx, "%s%s", figures[i], ends[k]), .type = OUT_REAL, .places = DIGITS};
    out[n++] = (struct out_column){.name = S("flagged"), .type = OUT_INTEGER};
    out[n++] = (struct out_column){.name = S("false_alarms_week_rep"), .type = OUT_REAL, .places = DIGITS};
    return n;
}

static bool write_rows(struct cli *cli, const struct track_record *record) {
    struct out_column columns[COLUMNS_MOST];
    struct out *out;
    if (!out_open(cli, cli->world->out, cli->format, columns, columns_make(cli, columns), &out))
        return false;
    for (size_t i = 0; i < record->n; i++) {
        const struct track_row *row = &record->row[i];
        struct out_cell cells[COLUMNS_MOST] = {out_number(month_of(row->month)),
                                               out_text(row->subject == TRACK_MODEL ? S("model") : S("rule")),
                                               out_text(row->said),
                                               out_day(row->cut),
                                               out_day(row->known_until),
                                               out_number(row->horizon_days),
                                               out_number(row->made_us),
                                               out_number(row->cases),
                                               out_number(row->happened)};
        size_t n = 9;
        for (size_t k = 0; k < FIGURES; k++) {
            const struct forecast_figure *figure = figure_at(row, k);
            cells[n++] = e6_cell(figure->value_e6);
            cells[n++] = e6_cell(figure->low_e6);
            cells[n++] = e6_cell(figure->high_e6);
        }
        cells[n++] = out_number(row->flagged);
        cells[n] = e6_cell(row->false_alarms_e6);
        if (!out_row(out, cells))
            return false;
    }
    return out_close(out);
}

/* ---------------------------------------------------------------------------------------------------------------- */

static void say_empty(struct cli *cli, const struct track_record *record) {
    struct str text = day_is(record->enough_on)
                          ? TEXT(cli, S("cli_backtest.record_empty"),
                                 text_month(cli->cx->arena, cli->lang, month_of(record->enough_on)), cli_db_words(cli))
                          : TEXT(cli, S("cli_backtest.record_nobody"), cli_db_words(cli));
    if (cli->format == CLI_TABLE)
        cli_say(cli, text);
    else
        cli_note(cli, text);
}

bool backtest_record(struct cli *cli) {
    struct track_record record;
    if (!track_read(cli->cx, cli->db, cli->as_of, &record))
        return false;
    if (record.n == 0)
        say_empty(cli, &record);
    if (cli->format != CLI_TABLE)
        return write_rows(cli, &record);
    return record.n == 0 || write_table(cli, &record);
}
