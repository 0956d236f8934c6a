// SPDX-License-Identifier: Apache-2.0
/* show -- the `show` command: one customer on one page, for whoever is about to call. Parts are in show_parts.c. */
#include "cli/show.h"

#include "app/score.h"
#include "base/text.h"
#include "cli/commands.h"
#include "cli/foretold.h"
#include "core/taxid.h"

/* -- the page's head --------------------------------------------------------------------------------------------- */

static void put_fact(struct buf *line, struct str fact) {
    if (fact.n == 0)
        return;
    buf_put(line, line->n > 0 ? S(" · ") : (struct str){0});
    buf_put(line, fact);
}

static struct str labelled(const struct show *show, const char *column, struct str value) {
    if (value.n == 0)
        return value;
    struct cli *cli = show->cli;
    struct str key = cx_text(cli->cx, "column.%s", column);
    return cx_text(cli->cx, "%.*s %.*s", STR_ARG(catalog_text(cli->cx->arena, cli->lang, key, NULL, 0)),
                   STR_ARG(value));
}

static void put_paragraph(const struct show *show, struct str text, size_t indent) {
    int32_t columns = show->cli->world->columns;
    struct str wrapped = text_wrap(show->cli->cx->arena, text_clean(show->cli->cx->arena, text),
                                   columns > 0 ? (size_t)columns : 80, indent);
    fwrite(wrapped.p, 1, wrapped.n, show->to);
}

static void say_head(const struct show *show) {
    struct cli *cli = show->cli;
    struct arena *arena = cli->cx->arena;
    const struct customer *c = &show->sheet->customer;
    char tax_id[TAXID_TEXT];
    struct buf line;
    struct str status = cli_word(cli, "status", str_from(status_name(c->status)));
    struct str name = cx_text(cli->cx, "%.*s  %.*s", STR_ARG(c->code), STR_ARG(c->name));
    fprintf(show->to, "%.*s  [%.*s]\n", STR_ARG(out_coloured(cli, arena, OUT_BOLD, text_clean(arena, name))),
            STR_ARG(out_coloured(cli, arena, cli_status_colour(c->status), status)));
    buf_init(&line, arena, 0);
    put_fact(&line, (struct str){tax_id, c->tax_id.n > 0 ? taxid_pretty(c->tax_id, tax_id) : 0});
    put_fact(&line, c->city);
    put_fact(&line, c->region);
    put_fact(&line, labelled(show, "segment", c->segment));
    put_fact(&line, labelled(show, "rep", c->rep));
    put_fact(&line, labelled(show, "company", c->company));
    put_fact(&line, c->phone);
    put_fact(&line, c->email);
    if (day_is(c->last_contact))
        put_fact(&line, TEXT(cli, S("cli_show.last_contact"), text_day(arena, cli->lang, c->last_contact)));
    if (line.n > 0)
        put_paragraph(show, buf_str(&line), 0);
    fputc('\n', show->to);
    put_paragraph(show, why_text(arena, cli->lang, c, cli->as_of), 0);
}

/* -- the picture ------------------------------------------------------------------------------------------------- */

static void say_strip(const struct show *show) {
    struct cli *cli = show->cli;
    const struct customer *c = &show->sheet->customer;
    struct strip strip;
    size_t columns = cli->world->columns > 0 && cli->world->columns < 80 ? (size_t)cli->world->columns : 80;
    if (show->sheet->purchases == 0 || columns < STRIP_LEAST + 4)
        return;
    const struct strip_wish wish = {.purchase = show->sheet->purchase,
                                    .purchases = show->sheet->purchases,
                                    .as_of = cli->as_of,
                                    .at_risk_on = c->at_risk_on,
                                    .inactive_on = c->inactive_on,
                                    .cycle_days = c->cycle_e4 > 10000 ? c->cycle_e4 / 10000 : 1,
                                    .columns = columns - 4,
                                    .months = TEXT(cli, S("cli_show.months"))};
    strip_make(cli->cx->arena, &wish, &strip);
    struct str day = text_day(cli->cx->arena, cli->lang, cli->as_of);
    fprintf(show->to, "\n  %.*s\n  %.*s\n", STR_ARG(strip.ruler), STR_ARG(strip.marks));
    if (strip.today > day.n + 1)
        fprintf(show->to, "%*s%.*s ▲\n", (int)(strip.today - day.n + 1), "", STR_ARG(day));
    else
        fprintf(show->to, "%*s▲ %.*s\n", (int)strip.today + 2, "", STR_ARG(day));
    struct str mark = TEXT(cli, S("cli_show.mark"), cx_text(cli->cx, "%d", strip.mark_days));
    fprintf(show->to, "  %.*s\n", STR_ARG(TEXT(cli, S("cli_show.legend"), mark)));
}

/* -- facts in lines ---------------------------------------------------------------------------------------------- */

enum { FACT_BESIDE = 20 };

static void say_fact(const struct show *show, struct str name, struct str value) {
    int32_t columns = show->cli->world->columns;
    struct str lines = text_wrap(show->cli->cx->arena, value, columns > 0 ? (size_t)columns : 100, FACT_BESIDE);
    int room = FACT_BESIDE - 2 - (int)str_width(name);
    fprintf(show->to, "  %.*s%*s%.*s", STR_ARG(name), room > 0 ? room : 0, "", (int)(lines.n - FACT_BESIDE),
            lines.p + FACT_BESIDE);
}
#define FACT(show, name, ...) say_fact((show), TEXT((show)->cli, S(name)), TEXT((show)->cli, __VA_ARGS__))

static struct str e4_text(const struct show *show, int64_t v, int places) {
    return v == INT64_MIN ? S("-") : text_decimal(show->cli->cx->arena, show->cli->lang, v, 4, places);
}

static struct str int_text(const struct show *show, int64_t v) {
    return v == INT64_MIN ? S("-") : text_int(show->cli->cx->arena, show->cli->lang, v);
}

static struct str money_text(const struct show *show, int64_t cents) {
    return cents == INT64_MIN ? S("-") : text_money(show->cli->cx->arena, show->cli->lang, cents);
}

static struct str day_text(const struct show *show, struct day day) {
    return text_day(show->cli->cx->arena, show->cli->lang, day);
}

static void say_rhythm(const struct show *show) {
    const struct customer *c = &show->sheet->customer;
    if (c->purchases < 1)
        return;
    FACT(show, "cli_show.purchases", S("cli_show.purchases_are"), int_text(show, c->purchases),
         day_text(show, c->first_purchase), day_text(show, c->last_purchase));
    if (c->purchases > 1)
        FACT(show, "cli_show.gap", S("cli_show.gap_is"), e4_text(show, c->gap_median_e4, 1),
             e4_text(show, c->gap_mean_e4, 1), e4_text(show, c->gap_sd_e4, 1));
    FACT(show, "cli_show.cycle", S("cli_show.cycle_is"), e4_text(show, c->cycle_e4, 1), int_text(show, c->recency_days),
         e4_text(show, c->overdue_e4, 2));
    FACT(show, "cli_show.due", S("cli_show.due_is"), day_text(show, c->at_risk_on), day_text(show, c->inactive_on),
         day_text(show, c->lost_on));
    struct due_rule rule;
    if (c->rule.n > 0 && policy_rule_parse(show->cli->cx, c->rule, &rule))
        say_fact(show, TEXT(show->cli, S("cli_show.rule")),
                 c->rule_stood_in ? TEXT(show->cli, S("alive.stands_in"), cli_rule(show->cli, &rule))
                                  : cli_rule(show->cli, &rule));
}

static void say_value(const struct show *show) {
    struct cli *cli = show->cli;
    const struct customer *c = &show->sheet->customer;
    if (c->purchases < 1)
        return;
    struct out_cell trend = customers_cell(cli, c, COLUMN_TREND), rfm = customers_cell(cli, c, COLUMN_SEGMENT_RFM);
    struct str abc = c->abc != 0 ? cx_text(cli->cx, "%c", c->abc) : S("-");
    FACT(show, "cli_show.value", S("cli_show.value_is"), money_text(show, c->value_12m),
         money_text(show, c->value_prev_12m), trend.absent ? S("-") : trend.shown, abc);
    FACT(show, "cli_show.all_time", S("cli_show.all_time_is"), money_text(show, c->value_total),
         money_text(show, c->average_cents),
         c->return_e4 == INT64_MIN ? S("-") : text_share(cli->cx->arena, cli->lang, c->return_e4));
    if (c->r > 0)
        FACT(show, "cli_show.rfm", S("cli_show.rfm_is"), int_text(show, c->r), int_text(show, c->f),
             int_text(show, c->m), rfm.shown);
}

/* -- what to expect ---------------------------------------------------------------------------------------------- */

static struct str chance_text(const struct show *show, int64_t p_e4) {
    return text_chance(show->cli->cx->arena, show->cli->lang, p_e4);
}

static void say_next(const struct show *show, const struct forecast *f) {
    enum { UNLIKELY_E4 = 5000 };
    if (day_is(f->next_on))
        FACT(show, "cli_show.next", S("cli_show.next_is"), day_text(show, f->next_on), day_text(show, f->next_from),
             day_text(show, f->next_to));
    else
        FACT(show, "cli_show.next",
             f->p_active_e4 < UNLIKELY_E4 ? S("cli_show.next_unlikely") : S("cli_show.next_unknown"));
}

static void say_expect(const struct show *show) {
    enum { ONE_E4 = 10000 };
    const struct sheet *sheet = show->sheet;
    const struct forecast *f = &sheet->customer.forecast;
    struct str by = foretold_by(show->cli, &sheet->forecast);
    bool closed = sheet->customer.status == STATUS_CLOSED;
    if (sheet->customer.purchases < 1 || closed)
        return;
    fprintf(show->to, "\n%.*s\n",
            STR_ARG(out_coloured(show->cli, show->cli->cx->arena, OUT_BOLD, TEXT(show->cli, S("cli_show.expect")))));
    if (by.n == 0 || f->method == FORECAST_NONE || f->p_active_e4 == INT64_MIN) {
        struct str why = foretold_nothing(show->cli, sheet->model, &sheet->forecast);
        put_paragraph(show, why.n > 0 ? why : TEXT(show->cli, S("cli_show.nothing_foretold")), 2);
        return;
    }
    FACT(show, "cli_show.chance", S("cli_show.chance_is"), chance_text(show, f->p_active_e4),
         chance_text(show, f->p_active_low_e4), chance_text(show, f->p_active_high_e4),
         e4_text(show, f->expected_90d_e4, f->expected_90d_e4 < ONE_E4 ? 2 : 1));
    if (f->p_alive_e4 != INT64_MIN)
        FACT(show, "cli_show.alive", S("cli_show.alive_is"), chance_text(show, f->p_alive_e4));
    say_next(show, f);
    if (f->expected_value_365d_cents != INT64_MIN)
        FACT(show, "cli_show.year", S("cli_show.year_is"), money_text(show, f->expected_value_365d_cents));
    say_fact(show, TEXT(show->cli, S("cli_show.model")), by);
}

static bool say_page(const struct show *show) {
    say_head(show);
    say_strip(show);
    fputc('\n', show->to);
    say_rhythm(show);
    say_value(show);
    say_expect(show);
    return show_tables(show) && out_written(show->cli->cx, show->to);
}

/* -- the other forms --------------------------------------------------------------------------------------------- */

static bool write_csv(const struct show *show) {
    struct out_column columns[COLUMN_COUNT];
    struct out_cell cells[COLUMN_COUNT];
    struct out *out;
    for (size_t i = 0; i < COLUMN_COUNT; i++) {
        columns[i] = customers_column(show->cli, (enum column)i);
        cells[i] = customers_cell(show->cli, &show->sheet->customer, (enum column)i);
    }
    return out_open(show->cli, show->to, CLI_CSV, columns, COLUMN_COUNT, &out) && out_row(out, cells) && out_close(out);
}

static bool run(struct cli *cli) {
    struct score_run score;
    struct score_need need = {.as_of = cli->as_of, .forecast = true};
    if (cli->options->words == 0)
        return cli_usage(cli, S("cli.word_missing"), S("CODE"));
    struct sheet *sheet = arena_new(cli->cx->arena, struct sheet, 1);
    struct show show = {.cli = cli, .to = cli->world->out, .sheet = sheet};
    if (!cli_open(cli) || !cli_old_data(cli) || !score_for(cli->cx, cli->db, &need, NULL, &score) ||
        !sheet_make(cli->cx, cli->db, &score, cli->options->word[0], sheet))
        return false;
    if (cli->format == CLI_JSON)
        return show_json(&show);
    return cli->format == CLI_CSV ? write_csv(&show) : say_page(&show);
}

const struct command command_show = {.name = "show",
                                     .group = COMMAND_DAILY,
                                     .args = "CODE",
                                     .args_most = 1,
                                     .common = COMMAND_DB | COMMAND_FORMAT | COMMAND_AS_OF,
                                     .run = run};
