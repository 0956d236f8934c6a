// SPDX-License-Identifier: Apache-2.0
/* show_parts -- the tables of a customer's page (products, titles, episodes, documents), and the page as JSON.
 *
 * A table shows the few rows that matter for a call; JSON holds all there are.
 */
#include "base/text.h"
#include "cli/foretold.h"
#include "cli/json.h"
#include "cli/show.h"

enum { PRODUCTS_SHOWN = 6, EPISODES_SHOWN = 5, DOCUMENTS_SHOWN = 5, RECORDS_SHOWN = 6 };

static void section(const struct show *show, struct str title) {
    struct str bold = out_coloured(show->cli, show->cli->cx->arena, OUT_BOLD, title);
    fprintf(show->to, "\n%.*s\n", STR_ARG(bold));
}
#define SECTION(show, ...) section((show), TEXT((show)->cli, __VA_ARGS__))

static struct out_column titled(const struct show *show, enum out_type type, struct str key) {
    return (struct out_column){
        .title = catalog_text(show->cli->cx->arena, show->cli->lang, key, NULL, 0), .type = type, .places = 2};
}

/* -- products ---------------------------------------------------------------------------------------------------- */

static bool any_name(const struct sheet *sheet) {
    for (size_t i = 0; i < sheet->boughts; i++) {
        if (sheet->bought[i].bought.name.n > 0)
            return true;
    }
    return false;
}

enum { PRODUCT_COLUMNS = 7 };

/* A shop whose files name no product is not shown an empty column. */
static size_t product_columns(const struct show *show, struct out_column *out) {
    size_t n = 0;
    out[n++] = titled(show, OUT_TEXT, S("cli_show.product"));
    if (any_name(show->sheet))
        out[n++] = titled(show, OUT_TEXT, S("column.name"));
    out[n++] = titled(show, OUT_INTEGER, S("cli_show.times"));
    out[n] = titled(show, OUT_E4, S("cli_show.quantity"));
    out[n++].places = OUT_SHORTEST;
    out[n++] = titled(show, OUT_E4, S("cli_show.last_price"));
    out[n++] = titled(show, OUT_DAY, S("column.last_purchase"));
    out[n++] = titled(show, OUT_MONEY, S("column.value_total"));
    return n;
}

static bool product_row(const struct show *show, struct out *out, const struct bought *b) {
    struct out_cell cells[PRODUCT_COLUMNS];
    size_t n = 0;
    cells[n++] = out_text(b->code);
    if (any_name(show->sheet))
        cells[n++] = out_text(b->name);
    cells[n++] = out_number(b->times);
    cells[n++] = out_number(b->quantity_e4);
    cells[n++] = out_number(b->last_price_e4);
    cells[n++] = out_day(b->last);
    cells[n++] = out_number(b->value_cents);
    return out_row(out, cells);
}

static bool products_table(const struct show *show, bool stopped) {
    struct out_column columns[PRODUCT_COLUMNS];
    struct out *out = NULL;
    size_t shown = 0, n = product_columns(show, columns);
    for (size_t i = 0; i < show->sheet->boughts && shown < PRODUCTS_SHOWN; i++) {
        if (show->sheet->bought[i].stopped != stopped)
            continue;
        if (shown++ == 0) {
            SECTION(show, stopped ? S("cli_show.stopped") : S("cli_show.products"));
            if (!out_open(show->cli, show->to, CLI_TABLE, columns, n, &out))
                return false;
        }
        if (!product_row(show, out, &show->sheet->bought[i].bought))
            return false;
    }
    return out == NULL || out_close(out);
}

/* -- titles, quotes, tickets ------------------------------------------------------------------------------------- */

static struct str record_number(const struct show *show, const struct record *record) {
    if (record->part.n == 0)
        return record->number;
    return cx_text(show->cli->cx, "%.*s/%.*s", STR_ARG(record->number), STR_ARG(record->part));
}

/* A title is open while something of it is unpaid, the others until they are closed. */
static bool record_is_open(const struct record *record) {
    return record->kind == IMPORT_TITLES ? record->open_cents > 0 : !day_is(record->closed_on);
}

static bool records_table(const struct show *show, struct str title, const struct record *record, size_t n,
                          bool has_due) {
    const struct out_column columns[] = {titled(show, OUT_TEXT, S("cli_show.number")),
                                         titled(show, OUT_DAY, S("cli_show.day")),
                                         titled(show, OUT_DAY, has_due ? S("cli_show.due_on") : S("cli_show.until")),
                                         titled(show, OUT_MONEY, S("cli_show.amount")),
                                         titled(show, OUT_MONEY, S("cli_show.open")),
                                         titled(show, OUT_TEXT, S("cli_show.state"))};
    struct out *out = NULL;
    size_t shown = 0;
    for (size_t i = 0; i < n && shown < RECORDS_SHOWN; i++) {
        if (!record_is_open(&record[i]))
            continue;
        if (shown++ == 0) {
            section(show, title);
            if (!out_open(show->cli, show->to, CLI_TABLE, columns, 6, &out))
                return false;
        }
        bool late = has_due && day_is(record[i].due_on) && record[i].due_on.n < show->cli->as_of.n;
        struct str state = record[i].text.n > 0 ? record[i].text : record[i].state;
        struct out_cell cells[] = {
            out_text(record_number(show, &record[i])), out_day(record[i].day),           out_day(record[i].due_on),
            out_number(record[i].amount_cents),        out_number(record[i].open_cents), out_text(state)};
        cells[2].colour = late ? OUT_BAD : OUT_PLAIN;
        if (!out_row(out, cells))
            return false;
    }
    return out == NULL || out_close(out);
}

static bool titles_table(const struct show *show) {
    struct cli *cli = show->cli;
    struct str title = TEXT(cli, S("cli_show.titles"), text_money(cli->cx->arena, cli->lang, show->sheet->open_cents),
                            text_money(cli->cx->arena, cli->lang, show->sheet->overdue_cents));
    return records_table(show, title, show->sheet->title, show->sheet->titles, true) &&
           records_table(show, TEXT(cli, S("cli_show.quotes")), show->sheet->quote, show->sheet->quotes, false) &&
           records_table(show, TEXT(cli, S("cli_show.tickets")), show->sheet->ticket, show->sheet->tickets, false);
}

/* -- episodes and documents -------------------------------------------------------------------------------------- */

static int64_t episode_days(const struct show *show, const struct score_episode *episode) {
    struct day end = day_is(episode->ended_on) ? episode->ended_on : show->cli->as_of;
    return (int64_t)end.n - episode->began_on.n;
}

static bool episodes_table(const struct show *show) {
    const struct out_column columns[] = {titled(show, OUT_DAY, S("cli_show.began")),
                                         titled(show, OUT_DAY, S("cli_show.ended")),
                                         titled(show, OUT_INTEGER, S("cli_show.days"))};
    const struct sheet *sheet = show->sheet;
    struct out *out;
    if (sheet->episodes == 0)
        return true;
    SECTION(show, S("cli_show.episodes"));
    if (!out_open(show->cli, show->to, CLI_TABLE, columns, 3, &out))
        return false;
    size_t from = sheet->episodes > EPISODES_SHOWN ? sheet->episodes - EPISODES_SHOWN : 0;
    for (size_t i = from; i < sheet->episodes; i++) {
        struct out_cell ended = out_day(sheet->episode[i].ended_on);
        if (ended.absent)
            ended.shown = TEXT(show->cli, S("cli_show.still"));
        const struct out_cell cells[] = {out_day(sheet->episode[i].began_on), ended,
                                         out_number(episode_days(show, &sheet->episode[i]))};
        if (!out_row(out, cells))
            return false;
    }
    return out_close(out);
}

static struct str document_kind_name(enum document_kind kind) {
    switch (kind) {
    case DOCUMENT_RETURN:
        return S("return");
    case DOCUMENT_CANCELLED:
        return S("cancelled");
    case DOCUMENT_SALE:
    case DOCUMENT_UNVALUED:
        break;
    }
    return S("sale");
}

static bool documents_table(const struct show *show) {
    const struct out_column columns[] = {
        titled(show, OUT_TEXT, S("cli_show.number")), titled(show, OUT_DAY, S("cli_show.day")),
        titled(show, OUT_WORD, S("cli_show.what")), titled(show, OUT_INTEGER, S("cli_show.lines")),
        titled(show, OUT_MONEY, S("column.value_total"))};
    struct out *out;
    if (show->sheet->documents == 0)
        return true;
    SECTION(show, S("cli_show.documents"));
    if (!out_open(show->cli, show->to, CLI_TABLE, columns, 5, &out))
        return false;
    for (size_t i = 0; i < show->sheet->documents && i < DOCUMENTS_SHOWN; i++) {
        const struct document_row *row = &show->sheet->document[i];
        struct str kind = document_kind_name(row->kind);
        struct out_cell value = out_number(row->value_cents);
        value.absent = row->kind == DOCUMENT_UNVALUED;
        const struct out_cell cells[] = {out_text(row->number), out_day(row->day),
                                         out_word(kind, cli_word(show->cli, "cli_document", kind), OUT_PLAIN),
                                         out_number(row->lines), value};
        if (!out_row(out, cells))
            return false;
    }
    return out_close(out);
}

bool show_tables(const struct show *show) {
    return products_table(show, false) && products_table(show, true) && titles_table(show) && episodes_table(show) &&
           documents_table(show);
}

/* -- JSON -------------------------------------------------------------------------------------------------------- */

static void json_columns(struct json *json, const struct show *show) {
    for (size_t i = 0; i < COLUMN_COUNT; i++) {
        struct out_column column = customers_column(show->cli, (enum column)i);
        struct out_cell cell = customers_cell(show->cli, &show->sheet->customer, (enum column)i);
        json_cell(json, column_defs[i].name, &column, &cell);
    }
    const struct customer *c = &show->sheet->customer;
    json_text(json, "phone", c->phone);
    json_text(json, "email", c->email);
    json_day(json, "closed_on", c->closed_on);
    json_text(json, "rule", c->rule);
    json_bool(json, "rule_stood_in", c->rule_stood_in);
    foretold_json(json, "forecast", show->sheet->model, &show->sheet->forecast);
}

static void json_products(struct json *json, const struct show *show, const char *name, bool stopped) {
    json_array(json, name);
    for (size_t i = 0; i < show->sheet->boughts; i++) {
        const struct bought *b = &show->sheet->bought[i].bought;
        if (stopped && !show->sheet->bought[i].stopped)
            continue;
        json_object(json, NULL);
        json_text(json, "code", b->code);
        json_text(json, "name", b->name);
        json_number(json, "times", b->times);
        json_e4(json, "quantity", b->quantity_e4);
        json_money(json, "value", b->value_cents);
        json_e4(json, "last_price", b->last_price_e4);
        json_day(json, "first", b->first);
        json_day(json, "last", b->last);
        json_object_end(json);
    }
    json_array_end(json);
}

static void json_records(struct json *json, const char *name, const struct record *record, size_t n) {
    json_array(json, name);
    for (size_t i = 0; i < n; i++) {
        json_object(json, NULL);
        json_text(json, "number", record[i].number);
        json_text(json, "part", record[i].part);
        json_day(json, "day", record[i].day);
        json_day(json, "due_on", record[i].due_on);
        json_day(json, "closed_on", record[i].closed_on);
        json_money(json, "amount", record[i].amount_cents);
        json_money(json, "open", record[i].open_cents);
        json_text(json, "state", record[i].state);
        json_text(json, "text", record[i].text);
        json_object_end(json);
    }
    json_array_end(json);
}

static void json_history(struct json *json, const struct show *show) {
    const struct sheet *sheet = show->sheet;
    json_array(json, "purchase_days");
    for (size_t i = 0; i < sheet->purchases; i++)
        json_day(json, NULL, sheet->purchase[i]);
    json_array_end(json);
    json_array(json, "episodes");
    for (size_t i = 0; i < sheet->episodes; i++) {
        json_object(json, NULL);
        json_day(json, "began_on", sheet->episode[i].began_on);
        json_day(json, "ended_on", sheet->episode[i].ended_on);
        json_number(json, "days", episode_days(show, &sheet->episode[i]));
        json_object_end(json);
    }
    json_array_end(json);
    json_array(json, "documents");
    for (size_t i = 0; i < sheet->documents; i++) {
        const struct document_row *row = &sheet->document[i];
        json_object(json, NULL);
        json_text(json, "number", row->number);
        json_day(json, "day", row->day);
        json_text(json, "kind", document_kind_name(row->kind));
        json_number(json, "lines", row->lines);
        json_money(json, "value", row->kind == DOCUMENT_UNVALUED ? INT64_MIN : row->value_cents);
        json_object_end(json);
    }
    json_array_end(json);
}

bool show_json(const struct show *show) {
    const struct sheet *sheet = show->sheet;
    struct json json;
    json_open(&json, show->cli, show->to);
    json_object(&json, NULL);
    json_columns(&json, show);
    json_products(&json, show, "products", false);
    json_products(&json, show, "stopped_products", true);
    json_history(&json, show);
    json_money(&json, "titles_open", sheet->open_cents);
    json_money(&json, "titles_overdue", sheet->overdue_cents);
    json_records(&json, "titles", sheet->title, sheet->titles);
    json_records(&json, "quotes", sheet->quote, sheet->quotes);
    json_records(&json, "tickets", sheet->ticket, sheet->tickets);
    json_object_end(&json);
    return json_close(&json);
}
