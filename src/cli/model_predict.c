// SPDX-License-Identifier: Apache-2.0
/* model_predict -- `model predict`: what each customer will do within the horizon, as a table, CSV or JSON.
 *
 * CSV is made for millions: pieces of a batch are written out side by side into memory, then to the stream in order. It holds
 * the formula's value everywhere; in the table a P(alive) that is 1 by construction is left out (model_never_dead).
 */
#include <math.h>

#include "base/parallel.h"
#include "base/real.h"
#include "base/text.h"
#include "cli/json.h"
#include "cli/model.h"

enum { COLUMNS = 10, PIECE = 4096, PIECES_MOST = 64, DIGITS = 12, E4 = 10000 };

static const char *const names[COLUMNS] = {"customer",
                                           "x",
                                           "t_x",
                                           "T",
                                           "p_alive",
                                           "p_active",
                                           "expected_purchases",
                                           "expected_purchases_low",
                                           "expected_purchases_high",
                                           "expected_spend"};

struct predicted {
    struct cli *cli;
    struct model_foretelling how;
    enum cli_format format;
    struct whole whole;
    struct out *out; /* table and JSON */
    struct out_column column[COLUMNS];
    const struct model_prediction *row; /* the batch at hand, for the pieces */
    size_t n;
    struct arena arena[PIECES_MOST];
    struct buf text[PIECES_MOST];
    struct model_left_out *left_out;
    bool begun, hidden; /* a P(alive) was left out of the table */
    bool worthless;     /* nobody's value could be named though there is a model of it: its mean does not exist */
};

static void values_of(const struct model_prediction *row, double out[COLUMNS]) {
    const double values[COLUMNS] = {
        0, row->c.x, row->c.t_x, row->c.T, row->p_alive, row->p_active, row->expected, row->low, row->high, row->spend};
    for (size_t i = 0; i < COLUMNS; i++)
        out[i] = values[i];
}

/* -- CSV --------------------------------------------------------------------------------------------------------- */

static void piece_write(void *owner, size_t piece) {
    struct predicted *p = owner;
    struct buf *text = &p->text[piece];
    size_t from = piece * PIECE, to = from + PIECE < p->n ? from + PIECE : p->n;
    arena_reset(&p->arena[piece]);
    buf_init(text, &p->arena[piece], 0);
    for (size_t i = from; i < to; i++) {
        double value[COLUMNS];
        char number[REAL_TEXT];
        values_of(&p->row[i], value);
        buf_csv(text, p->row[i].customer, ',');
        for (size_t k = 1; k < COLUMNS; k++) {
            buf_char(text, ',');
            size_t length = real_write(value[k], DIGITS, number);
            buf_put(text, (struct str){number, length});
        }
        buf_char(text, '\n');
    }
}

static bool csv_batch(struct predicted *p, const struct model_prediction *row, size_t n) {
    FILE *to = p->whole.to;
    for (size_t i = 0; i < COLUMNS && !p->begun; i++)
        fprintf(to, "%s%c", names[i], i + 1 < COLUMNS ? ',' : '\n');
    p->begun = true;
    for (size_t from = 0; from < n; from += (size_t)PIECES_MOST * PIECE) {
        p->row = row + from;
        p->n = n - from < (size_t)PIECES_MOST * PIECE ? n - from : (size_t)PIECES_MOST * PIECE;
        size_t pieces = (p->n + PIECE - 1) / PIECE;
        parallel_run(p->how.threads, pieces, piece_write, p);
        for (size_t i = 0; i < pieces; i++)
            fwrite(p->text[i].p, 1, p->text[i].n, to);
    }
    return !ferror(to) || out_written(p->cli->cx, to);
}

/* -- table and JSON ---------------------------------------------------------------------------------------------- */

static void columns_make(struct predicted *p) {
    for (size_t i = 0; i < COLUMNS; i++) {
        bool share = i == 4 || i == 5;
        struct str name = str_from(names[i]);
        p->column[i] = (struct out_column){
            .name = name,
            .title = i >= 1 && i <= 3 ? name : TEXT(p->cli, cx_text(p->cli->cx, "cli_model.%s", names[i])),
            .type = i == 0                            ? OUT_TEXT
                    : share && p->format == CLI_TABLE ? OUT_SHARE
                                                      : OUT_REAL,
            .places = DIGITS};
    }
}

static struct out_cell share_cell(double p) {
    return isfinite(p) ? out_number(llround(p * E4)) : out_number(INT64_MIN);
}

static bool table_row(struct predicted *p, const struct model_prediction *row) {
    struct out_cell cells[COLUMNS];
    double value[COLUMNS];
    values_of(row, value);
    cells[0] = out_text(row->customer);
    for (size_t i = 1; i < COLUMNS; i++)
        cells[i] = p->column[i].type == OUT_SHARE ? share_cell(value[i]) : out_real(value[i]);
    if (p->format == CLI_TABLE && row->c.x == 0 && model_never_dead(p->how.text.params.kind)) {
        cells[4] = out_number(INT64_MIN);
        p->hidden = true;
    }
    return out_row(p->out, cells);
}

static bool visit(struct cx *cx, void *owner, const struct model_prediction *row, size_t n) {
    struct predicted *p = owner;
    for (size_t i = 0; i < n && p->how.spend != NULL; i++)
        p->worthless = p->worthless || (row[i].c.x == 0 && !isfinite(row[i].spend));
    if (p->format == CLI_CSV)
        return csv_batch(p, row, n);
    if (!p->begun) {
        columns_make(p);
        p->begun = true;
        if (!out_open(p->cli, p->whole.to, p->format, p->column, COLUMNS, &p->out))
            return false;
    }
    for (size_t i = 0; i < n; i++) {
        struct arena_mark mark = arena_mark_get(cx->arena);
        if (!table_row(p, &row[i]))
            return false;
        arena_rewind(cx->arena, mark);
    }
    return true;
}

static bool leave_out(struct cx *cx, void *owner, const struct import_reject *bad) {
    return model_leave_out(cx, ((struct predicted *)owner)->left_out, bad);
}

/* -- the value of a purchase ------------------------------------------------------------------------------------- */

/* Gamma-Gamma of the same customers; where it cannot be had the column stays empty, and why is said. */
static bool spend_fit(struct cli *cli, struct predicted *p, struct model_input *input) {
    const struct model_request request = {.kind = MODEL_GAMMAGAMMA, .threads = p->how.threads};
    struct model_report report;
    struct summary_options options = input->options;
    options.covariates = 0;
    if (!model_fit_run(cli->cx, input->summary, &options, &request, NULL, NULL, &report)) {
        if (cli->cx->err.code != ERR_INVALID)
            return false;
        NOTE(cli, S("cli_model.no_spend"), catalog_error(cli->cx->arena, cli->lang, &cli->cx->err));
        cx_clear(cli->cx);
    } else {
        struct model_text *text = arena_new(cli->cx->arena, struct model_text, 1);
        text->params = report.fit.params;
        p->how.spend = &text->params;
        progress_end(&input->line);
        NOTE(cli, S("cli_model.spend_fitted"), model_text_write(cli->cx->arena, text));
    }
    return summary_rewind(cli->cx, input->summary);
}

static bool spend_ready(struct cli *cli, struct predicted *p, struct model_input *input) {
    struct model_text *given = arena_new(cli->cx->arena, struct model_text, 1);
    if (p->how.text.params.kind == MODEL_GAMMAGAMMA) {
        p->how.spend = &p->how.text.params;
    } else if (option_text(cli->options, "spend-params").n > 0) {
        if (!model_params_read(cli, "spend-params", MODEL_GAMMAGAMMA, 0, given))
            return false;
        p->how.spend = &given->params;
    }
    if (!model_input_open(cli, input))
        return false;
    bool fitted = p->how.spend != NULL || !summary_about(input->summary)->spend || spend_fit(cli, p, input);
    return fitted || model_input_close(cli, input, false);
}

/* -- the whole --------------------------------------------------------------------------------------------------- */

static bool read_how(struct cli *cli, enum model_kind kind, struct predicted *p) {
    int32_t k;
    if (!model_k(cli, &k) || !model_threads(cli, &p->how.threads) ||
        !model_params_read(cli, "params", kind, k, &p->how.text))
        return false;
    return kind == MODEL_GAMMAGAMMA || model_real(cli, "horizon", 0, false, &p->how.horizon);
}

static void say_after(struct cli *cli, const struct predicted *p, const struct model_foretold *told) {
    for (size_t i = 0; i < p->how.text.effects; i++) {
        if (!told->met[i])
            NOTE(cli, S("cli_model.level_not_met"), model_effect_name(cli->cx->arena, &p->how.text.effect[i]));
    }
    if (p->hidden)
        NOTE(cli, S("cli_model.never_dead"));
    if (p->worthless)
        NOTE(cli, S("cli_model.no_mean"));
}

static bool write_all(struct cli *cli, struct predicted *p, struct model_input *input, struct model_foretold *told) {
    if (!whole_open(cli->cx, cli->world->out, option_text(cli->options, "output"), &p->whole))
        return false;
    for (size_t i = 0; i < PIECES_MOST; i++)
        arena_init(&p->arena[i], 0, arena_full_exit, NULL);
    bool done = model_predict_run(cli->cx, input->summary, &input->options, &p->how, visit, leave_out, p, told);
    if (done && p->out != NULL)
        done = out_close(p->out);
    for (size_t i = 0; i < PIECES_MOST; i++)
        arena_clear(&p->arena[i]);
    return whole_close(cli->cx, &p->whole, done);
}

bool cli_model_predict(struct cli *cli, enum model_kind kind) {
    struct model_input *input = arena_new(cli->cx->arena, struct model_input, 1);
    struct predicted *p = arena_new(cli->cx->arena, struct predicted, 1);
    struct model_foretold told;
    p->cli = cli;
    p->format = model_format(cli, CLI_TABLE);
    p->left_out = &input->left_out;
    if (!read_how(cli, kind, p) || !model_input_read(cli, input))
        return false;
    model_predict_needs(cli->cx, &p->how, &input->options);
    input->options.spend = kind == MODEL_GAMMAGAMMA;
    if (!spend_ready(cli, p, input))
        return false;
    progress_end(&input->line);
    input->options.progress = (struct progress){0};
    if (!model_input_close(cli, input, write_all(cli, p, input, &told)))
        return false;
    say_after(cli, p, &told);
    return true;
}
