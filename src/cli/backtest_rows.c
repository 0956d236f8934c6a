// SPDX-License-Identifier: Apache-2.0
/* backtest_rows -- the figures of a backtest as a table or CSV, and the reliability curve in text. */
#include <math.h>

#include "base/buf.h"
#include "base/text.h"
#include "cli/backtest.h"
#include "cli/out.h"

enum { COLUMNS_MOST = 48, CURVE_COLUMNS = 50, NAME_COLUMNS = 16, DIGITS = 6 };

/* -- names ------------------------------------------------------------------------------------------------------- */

/* What the program chose at each cut, each name once: "stack, mixk"; empty: it was not its to choose. */
static struct str backtest_chosen(const struct cli *cli, const struct backtest_row *row, size_t cuts) {
    struct buf names;
    buf_init(&names, cli->cx->arena, 0);
    for (size_t i = 0; row->candidate.automatic && i < cuts; i++) {
        bool said = row->chosen[i].n == 0;
        for (size_t k = 0; k < i; k++)
            said = said || str_equal(row->chosen[k], row->chosen[i]);
        if (said)
            continue;
        buf_put(&names, names.n > 0 ? S(", ") : (struct str){0});
        buf_put(&names, row->chosen[i]);
    }
    return buf_str(&names);
}

struct str backtest_label(const struct cli *cli, const struct backtest_row *row) {
    struct str name = backtest_name(cli->cx, cli->lang, &row->candidate);
    struct str chosen = backtest_chosen(cli, row, BACKTEST_CUTS_MOST);
    if (chosen.n > 0)
        return cx_text(cli->cx, "%.*s (%.*s)", STR_ARG(name), STR_ARG(chosen));
    if (!row->in_force)
        return name;
    /* A rule in full would push the figures out of the terminal; the sentence above the table has it. */
    if (row->candidate.kind == BACKTEST_POLICY || str_width(name) > NAME_COLUMNS)
        return TEXT(cli, S("cli_backtest.policy"));
    return TEXT(cli, S("cli_backtest.in_force"), name);
}

/* -- the table --------------------------------------------------------------------------------------------------- */

/* In 1/10,000; STAT_NONE when there is none. */
static int64_t e4(double figure) {
    return isfinite(figure) ? llround(figure * 10000) : STAT_NONE;
}

static struct out_cell figure(double v) {
    return out_number(e4(v));
}

static struct str decimal(const struct cli *cli, double v, int places) {
    return isfinite(v) ? text_decimal(cli->cx->arena, cli->lang, e4(v), 4, places) : S("-");
}

struct str backtest_figure(const struct cli *cli, double v) {
    return decimal(cli, v, 3);
}

struct str backtest_difference(const struct cli *cli, double v) {
    return decimal(cli, v, 4);
}

static struct out_cell interval(const struct cli *cli, const struct estimate *e) {
    if (!isfinite(e->low))
        return (struct out_cell){.absent = true, .shown = S("-")};
    return out_text(
        cx_text(cli->cx, "%.*s–%.*s", STR_ARG(backtest_figure(cli, e->low)), STR_ARG(backtest_figure(cli, e->high))));
}

bool backtest_write_table(struct cli *cli, const struct backtest_report *report) {
    const struct out_column columns[] = {
        {.name = S("candidate"), .title = TEXT(cli, S("cli_backtest.candidate")), .type = OUT_TEXT},
        {.name = S("auc"), .title = S("AUC"), .type = OUT_E4, .places = 3},
        {.name = S("lift"), .title = TEXT(cli, S("cli_backtest.lift")), .type = OUT_E4, .places = 1},
        {.name = S("brier"), .title = S("Brier"), .type = OUT_E4, .places = 3},
        {.name = S("log_score"), .title = S("Log"), .type = OUT_E4, .places = 3},
        {.name = S("log_score_80"), .title = S("80 %"), .type = OUT_TEXT},
        {.name = S("mae"), .title = TEXT(cli, S("cli_backtest.mae")), .type = OUT_E4, .places = 2},
        {.name = S("bias"), .title = TEXT(cli, S("cli_backtest.bias")), .type = OUT_SHARE},
        {.name = S("lost"), .title = TEXT(cli, S("cli_backtest.lost")), .type = OUT_SHARE},
        {.name = S("alarms"), .title = TEXT(cli, S("cli_backtest.alarms")), .type = OUT_E4, .places = 1}};
    struct out *out;
    if (!out_open(cli, cli->world->out, CLI_TABLE, columns, sizeof columns / sizeof *columns, &out))
        return false;
    for (size_t i = 0; i < report->rows; i++) {
        const struct backtest_row *row = &report->row[i];
        const struct measure *m = &row->said.total;
        struct out_cell cells[] = {out_text(backtest_label(cli, row)),
                                   figure(m->auc.value),
                                   figure(m->lift.value),
                                   figure(m->brier.value),
                                   figure(m->log_score.value),
                                   interval(cli, &m->log_score),
                                   figure(m->mae.value),
                                   figure(m->bias.value),
                                   figure(m->lost_value_flagged.value),
                                   figure(row->false_alarms)};
        cells[0].colour = i == 0 ? OUT_GOOD : row->in_force ? OUT_BOLD : OUT_PLAIN;
        if (!out_row(out, cells))
            return false;
    }
    return out_close(out);
}

/* -- CSV --------------------------------------------------------------------------------------------------------- */

/* The figures that have an interval, with the names they have in CSV and JSON. */
static const char *const estimate_names[] = {"auc", "lift", "brier", "log_score", "mae", "bias", "lost_value_flagged"};
enum { ESTIMATES = sizeof estimate_names / sizeof *estimate_names };

static const struct estimate *estimate_at(const struct measure *m, size_t i) {
    const struct estimate *all[ESTIMATES] = {
        &m->auc, &m->lift, &m->brier, &m->log_score, &m->mae, &m->bias, &m->lost_value_flagged};
    return all[i];
}

static struct out_column number_column(struct str name) {
    return (struct out_column){.name = name, .title = name, .type = OUT_REAL, .places = DIGITS};
}

static size_t csv_columns(const struct cli *cli, struct out_column *out) {
    static const char *const suffix[] = {"", "_low", "_high"};
    size_t n = 0;
    static const char *const words[] = {"cut", "candidate", "chosen"}, *const flags[] = {"recommended", "in_force"};
    static const char *const counts[] = {"stood_in", "customers", "bought"};
    for (size_t i = 0; i < 3; i++)
        out[n++] = (struct out_column){.name = str_from(words[i]), .type = OUT_TEXT};
    for (size_t i = 0; i < 2; i++)
        out[n++] = (struct out_column){.name = str_from(flags[i]), .type = OUT_INTEGER};
    for (size_t i = 0; i < 3; i++)
        out[n++] = (struct out_column){.name = str_from(counts[i]), .type = OUT_INTEGER};
    for (size_t i = 0; i < ESTIMATES; i++)
        for (size_t k = 0; k < 3; k++)
            out[n++] = number_column(cx_text(cli->cx, "%s%s", estimate_names[i], suffix[k]));
    out[n++] = number_column(S("flagged"));
    out[n++] = number_column(S("false_alarms"));
    out[n++] = number_column(S("false_alarms_week_rep"));
    out[n++] = number_column(S("log_score_difference"));
    out[n++] = number_column(S("log_score_difference_low95"));
    out[n++] = number_column(S("log_score_difference_high95"));
    return n;
}

static bool csv_row(struct cli *cli, struct out *out, const struct backtest_report *report, size_t at, size_t cut) {
    const struct backtest_row *row = &report->row[at];
    bool total = cut == report->cuts;
    const struct measure *m = total ? &row->said.total : &row->said.cut[cut];
    struct out_cell cells[COLUMNS_MOST];
    char day[DAY_TEXT];
    size_t n = 0;
    int64_t stood_in = 0;
    for (size_t i = 0; i < report->cuts; i++)
        stood_in += row->said.stood_in[i] && (total || i == cut);
    cells[n++] = out_text(total ? S("total") : (struct str){day, day_iso(report->cut[cut].day, day)});
    cells[n++] = out_text(row->name);
    cells[n++] = out_text(total ? backtest_chosen(cli, row, report->cuts) : row->chosen[cut]);
    cells[n++] = out_number(at == 0);
    cells[n++] = out_number(row->in_force);
    cells[n++] = out_number(stood_in);
    cells[n++] = out_number(m->cases);
    cells[n++] = out_number(m->happened);
    for (size_t i = 0; i < ESTIMATES; i++) {
        const struct estimate *e = estimate_at(m, i);
        cells[n++] = out_real(e->value);
        cells[n++] = out_real(e->low);
        cells[n++] = out_real(e->high);
    }
    const struct out_cell absent = {.absent = true};
    cells[n++] = out_real(m->flagged);
    cells[n++] = out_real(m->false_alarms);
    cells[n++] = total ? out_real(row->false_alarms) : absent;
    cells[n++] = total ? out_real(row->recommended.contrast.log_score_95.value) : absent;
    cells[n++] = total ? out_real(row->recommended.contrast.log_score_95.low) : absent;
    cells[n++] = total ? out_real(row->recommended.contrast.log_score_95.high) : absent;
    return out_row(out, cells);
}

bool backtest_write_csv(struct cli *cli, const struct backtest_report *report) {
    struct out_column columns[COLUMNS_MOST];
    struct out *out;
    if (!out_open(cli, cli->world->out, CLI_CSV, columns, csv_columns(cli, columns), &out))
        return false;
    for (size_t i = 0; i < report->rows; i++)
        for (size_t cut = 0; cut <= report->cuts; cut++)
            if (!csv_row(cli, out, report, i, cut))
                return false;
    return out_close(out);
}

/* -- the reliability curve --------------------------------------------------------------------------------------- */

static size_t curve_place(double share) {
    double place = share * (CURVE_COLUMNS - 1) + 0.5;
    return place < 0 ? 0 : place > CURVE_COLUMNS - 1 ? CURVE_COLUMNS - 1 : (size_t)place;
}

/* The interval as a line, what happened as a dot on it, what was said as a bar. */
static struct str curve_line(const struct cli *cli, const struct measure_bin *bin) {
    size_t low = curve_place(bin->low), high = curve_place(bin->high);
    size_t said = curve_place(bin->p_mean), happened = curve_place(bin->share);
    size_t last = high > said ? high : said;
    struct buf line;
    buf_init(&line, cli->cx->arena, 0);
    for (size_t i = 0; i <= last; i++) {
        if (i == said && i == happened)
            buf_put(&line, S("◉"));
        else if (i == happened)
            buf_put(&line, S("●"));
        else if (i == said)
            buf_put(&line, S("│"));
        else
            buf_put(&line, i >= low && i <= high ? S("─") : S(" "));
    }
    return buf_str(&line);
}

static void put_right(struct cli *cli, struct str text, size_t width) {
    size_t taken = str_width(text);
    fprintf(cli->world->out, "%*s%.*s", (int)(taken < width ? width - taken : 0), "", STR_ARG(text));
}

void backtest_draw(struct cli *cli, const struct backtest_row *row) {
    enum { NUMBER = 10 };
    struct arena *arena = cli->cx->arena;
    const struct measure *m = &row->said.total;
    SAY(cli, S("cli_backtest.curve"), backtest_label(cli, row));
    put_right(cli, TEXT(cli, S("cli_backtest.said")), NUMBER);
    put_right(cli, TEXT(cli, S("cli_backtest.came")), NUMBER);
    put_right(cli, TEXT(cli, S("cli_backtest.cases_head")), NUMBER);
    fprintf(cli->world->out, "  0 %%%*s\n", CURVE_COLUMNS - 3, "100 %");
    for (size_t i = 0; i < m->bins; i++) {
        const struct measure_bin *bin = &m->bin[i];
        put_right(cli, text_share(arena, cli->lang, e4(bin->p_mean)), NUMBER);
        put_right(cli, text_share(arena, cli->lang, e4(bin->share)), NUMBER);
        put_right(cli, text_int(arena, cli->lang, bin->n), NUMBER);
        fprintf(cli->world->out, "  %.*s\n", STR_ARG(curve_line(cli, bin)));
    }
    SAY(cli, S("cli_backtest.curve_how"));
}
