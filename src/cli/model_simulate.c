// SPDX-License-Identifier: Apache-2.0
/* model_simulate -- `model simulate`: invented customers of a model, as a summary or as the orders behind it. */
#include <math.h>

#include "base/parallel.h"
#include "base/real.h"
#include "cli/model.h"

enum { PIECE = 2048, PIECES_MOST = 64, DIGITS = 12, DAYS_A_WEEK = 7, SIMULATE_SEED = 1, CUSTOMERS_MOST = 1000000000 };
enum { FIRST_DAY = 11323 /* 2001-01-01 */, LAST_DAY = 2932896 /* 9999-12-31 */ };

struct simulated {
    struct cli *cli;
    struct model_invention how;
    double days_a_unit;
    struct whole whole;
    const struct model_invented *row; /* the part of a batch at hand */
    int64_t first;
    size_t n;
    struct arena arena[PIECES_MOST];
    struct buf text[PIECES_MOST];
    bool begun;
};

static void put_real(struct buf *text, double v) {
    char number[REAL_TEXT];
    size_t n = real_write(v, DIGITS, number);
    buf_char(text, ',');
    buf_put(text, (struct str){number, n});
}

static void put_summary(struct buf *text, int64_t number, const struct model_invented *row) {
    buf_int(text, number);
    put_real(text, row->c.x);
    put_real(text, row->c.t_x);
    put_real(text, row->c.T);
    put_real(text, row->c.litt);
    buf_char(text, '\n');
}

static void put_order(const struct simulated *s, struct buf *text, int64_t number, double time) {
    char date[DAY_TEXT];
    size_t n = day_iso((struct day){FIRST_DAY + (int32_t)floor(time * s->days_a_unit)}, date);
    buf_int(text, number);
    buf_char(text, ',');
    buf_put(text, (struct str){date, n});
    put_real(text, time);
    buf_char(text, '\n');
}

static void piece_write(void *owner, size_t piece) {
    struct simulated *s = owner;
    struct buf *text = &s->text[piece];
    size_t from = piece * PIECE, to = from + PIECE < s->n ? from + PIECE : s->n;
    arena_reset(&s->arena[piece]);
    buf_init(text, &s->arena[piece], 0);
    for (size_t i = from; i < to; i++) {
        const struct model_invented *row = &s->row[i];
        int64_t number = s->first + (int64_t)i;
        if (!s->how.events) {
            put_summary(text, number, row);
            continue;
        }
        put_order(s, text, number, row->start);
        for (size_t k = 0; k < (size_t)row->c.x; k++)
            put_order(s, text, number, row->start + row->time[k]);
    }
}

static bool visit(struct cx *cx, void *owner, int64_t first, const struct model_invented *row, size_t n) {
    struct simulated *s = owner;
    FILE *to = s->whole.to;
    if (!s->begun)
        fputs(s->how.events ? "customer,date,time\n" : "customer,x,t_x,T,litt\n", to);
    s->begun = true;
    for (size_t from = 0; from < n; from += (size_t)PIECES_MOST * PIECE) {
        s->row = row + from;
        s->first = first + (int64_t)from;
        s->n = n - from < (size_t)PIECES_MOST * PIECE ? n - from : (size_t)PIECES_MOST * PIECE;
        size_t pieces = (s->n + PIECE - 1) / PIECE;
        parallel_run(s->how.threads, pieces, piece_write, s);
        for (size_t i = 0; i < pieces; i++)
            fwrite(s->text[i].p, 1, s->text[i].n, to);
    }
    return !ferror(to) || out_written(cx, to);
}

static bool read_times(struct cli *cli, struct simulated *s) {
    double last = (LAST_DAY - FIRST_DAY) / s->days_a_unit;
    if (!model_real(cli, "until", 0, false, &s->how.until))
        return false;
    if (option_last(cli->options, "starts") != NULL && !model_real(cli, "starts", 0, true, &s->how.starts))
        return false;
    if (s->how.starts >= s->how.until)
        return cli_usage(cli, S("cli_model.starts_after"));
    if (s->how.events && s->how.until >= last)
        return cli_usage(cli, S("cli_model.no_such_date"));
    return true;
}

static bool read_how(struct cli *cli, enum model_kind kind, struct simulated *s) {
    struct str format = option_text(cli->options, "format");
    struct model_text text;
    int32_t k;
    if (kind == MODEL_GAMMAGAMMA)
        return cli_usage(cli, S("model.no_times"), str_from(model_name(kind)));
    if (format.n > 0 && !str_equal(format, S("csv")) && !str_equal(format, S("orders")))
        return cli_usage(cli, S("cli_model.simulate_format"), format);
    if (!model_k(cli, &k) || !model_threads(cli, &s->how.threads) || !model_params_read(cli, "params", kind, k, &text))
        return false;
    if (text.effects > 0)
        return cli_usage(cli, S("cli_model.simulate_effects"), model_effect_name(cli->cx->arena, &text.effect[0]));
    if (option_last(cli->options, "customers") == NULL)
        return cli_usage(cli, S("cli_model.option_missing"), S("--customers"));
    s->how.params = text.params;
    s->how.events = str_equal(format, S("orders"));
    s->how.seed = (uint64_t)option_number(cli->options, "seed", SIMULATE_SEED);
    s->days_a_unit = str_equal(option_text(cli->options, "unit"), S("weeks")) ? DAYS_A_WEEK : 1;
    return model_number(cli, "customers", 1, CUSTOMERS_MOST, 0, &s->how.customers) && read_times(cli, s);
}

bool cli_model_simulate(struct cli *cli, enum model_kind kind) {
    struct simulated *s = arena_new(cli->cx->arena, struct simulated, 1);
    s->cli = cli;
    if (!read_how(cli, kind, s) ||
        !whole_open(cli->cx, cli->world->out, option_text(cli->options, "output"), &s->whole))
        return false;
    for (size_t i = 0; i < PIECES_MOST; i++)
        arena_init(&s->arena[i], 0, arena_full_exit, NULL);
    bool done = model_invent_run(cli->cx, &s->how, visit, s);
    for (size_t i = 0; i < PIECES_MOST; i++)
        arena_clear(&s->arena[i]);
    return whole_close(cli->cx, &s->whole, done);
}
