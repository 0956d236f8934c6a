// SPDX-License-Identifier: Apache-2.0
/* customers -- see customers.h. The options become a list_filter and nothing else: what fits is the store's to find. */
#include "cli/customers.h"

#include "app/portfolio.h"
#include "base/buf.h"
#include "base/text.h"
#include "core/why.h"

enum { WIDE_TABLE = 110 };

const struct option_def customers_options[] = {
    {OPTION_TEXT, "status", "STATUS,...", "cli_list.option_status", "prospect new active at-risk inactive lost closed"},
    {OPTION_TEXT, "rep", "REP,...", "cli_list.option_rep", NULL},
    {OPTION_TEXT, "segment", "SEGMENT,...", "cli_list.option_segment", NULL},
    {OPTION_TEXT, "region", "REGION,...", "cli_list.option_region", NULL},
    {OPTION_TEXT, "company", "COMPANY,...", "cli_list.option_company", NULL},
    {OPTION_TEXT, "city", "CITY,...", "cli_list.option_city", NULL},
    {OPTION_TEXT, "abc", "CLASS,...", "cli_list.option_abc", "A B C none"},
    {OPTION_TEXT, "rfm", "SEGMENT,...", "cli_list.option_rfm",
     "champions loyal potential_loyal new promising need_attention about_to_sleep at_risk cannot_lose hibernating "
     "lost"},
    {OPTION_MONEY, "min-value", "AMOUNT", "cli_list.option_min_value", NULL},
    {OPTION_MONEY, "max-value", "AMOUNT", "cli_list.option_max_value", NULL},
    {OPTION_MONEY, "min-total", "AMOUNT", "cli_list.option_min_total", NULL},
    {OPTION_MONEY, "max-total", "AMOUNT", "cli_list.option_max_total", NULL},
    {OPTION_NUMBER, "min-purchases", "N", "cli_list.option_min_purchases", NULL},
    {OPTION_NUMBER, "max-purchases", "N", "cli_list.option_max_purchases", NULL},
    {OPTION_NUMBER, "min-recency", "DAYS", "cli_list.option_min_recency", NULL},
    {OPTION_NUMBER, "max-recency", "DAYS", "cli_list.option_max_recency", NULL},
    {OPTION_NUMBER, "not-contacted-for", "DAYS", "cli_list.option_not_contacted_for", NULL},
    {OPTION_NUMBER, "due-within", "DAYS", "cli_list.option_due_within", NULL},
    {OPTION_NUMBER, "min-chance", "PERCENT", "cli_list.option_min_chance", NULL},
    {OPTION_NUMBER, "max-chance", "PERCENT", "cli_list.option_max_chance", NULL},
    {OPTION_DAY, "next-from", "DATE", "cli_list.option_next_from", NULL},
    {OPTION_DAY, "next-to", "DATE", "cli_list.option_next_to", NULL},
    {OPTION_TEXT, "standing", "WORD,...", "cli_list.option_standing", "in_time late overdue none"},
    {OPTION_MONEY, "min-open-titles", "AMOUNT", "cli_list.option_min_open_titles", NULL},
    {OPTION_MONEY, "max-open-titles", "AMOUNT", "cli_list.option_max_open_titles", NULL},
    {OPTION_MONEY, "min-overdue-titles", "AMOUNT", "cli_list.option_min_overdue_titles", NULL},
    {OPTION_MONEY, "max-overdue-titles", "AMOUNT", "cli_list.option_max_overdue_titles", NULL},
    {OPTION_NUMBER, "min-open-quotes", "N", "cli_list.option_min_open_quotes", NULL},
    {OPTION_NUMBER, "max-open-quotes", "N", "cli_list.option_max_open_quotes", NULL},
    {OPTION_MONEY, "min-open-quote-value", "AMOUNT", "cli_list.option_min_open_quote_value", NULL},
    {OPTION_MONEY, "max-open-quote-value", "AMOUNT", "cli_list.option_max_open_quote_value", NULL},
    {OPTION_NUMBER, "min-open-tickets", "N", "cli_list.option_min_open_tickets", NULL},
    {OPTION_NUMBER, "max-open-tickets", "N", "cli_list.option_max_open_tickets", NULL},
    {OPTION_DAY, "contact-from", "DATE", "cli_list.option_contact_from", NULL},
    {OPTION_DAY, "contact-to", "DATE", "cli_list.option_contact_to", NULL},
    {OPTION_TEXT, "last-outcome", "WORD,...", "cli_list.option_last_outcome",
     "ordered quoted later no_answer refused wrong_number closed do_not_contact none"},
    {OPTION_TEXT, "last-objection", "NAME,...", "cli_list.option_last_objection", NULL},
    {OPTION_DAY, "appointment-from", "DATE", "cli_list.option_appointment_from", NULL},
    {OPTION_DAY, "appointment-to", "DATE", "cli_list.option_appointment_to", NULL},
    {OPTION_DAY, "registered-from", "DATE", "cli_list.option_registered_from", NULL},
    {OPTION_DAY, "registered-to", "DATE", "cli_list.option_registered_to", NULL},
    {OPTION_TEXT, "blocked", "WORD,...", "cli_list.option_blocked", "yes no none"},
    {OPTION_MONEY, "min-credit-limit", "AMOUNT", "cli_list.option_min_credit_limit", NULL},
    {OPTION_MONEY, "max-credit-limit", "AMOUNT", "cli_list.option_max_credit_limit", NULL},
    {OPTION_MONEY, "min-credit-left", "AMOUNT", "cli_list.option_min_credit_left", NULL},
    {OPTION_MONEY, "max-credit-left", "AMOUNT", "cli_list.option_max_credit_left", NULL},
    {OPTION_TEXT, "search", "TEXT", "cli_list.option_search", NULL},
    {OPTION_TEXT, "sort", "[-]COLUMN", "cli_list.option_sort", "@sort"},
    {OPTION_NUMBER, "limit", "N", "cli_list.option_limit", NULL},
    {OPTION_TEXT, "columns", "COLUMN,...", "cli_list.option_columns", "@column"},
    {0}};

/* -- options ----------------------------------------------------------------------------------------------------- */

/* The next of a comma list; a comma that belongs to the text is written \, . */
static struct str list_next(struct arena *arena, struct str *rest) {
    struct buf item;
    buf_init(&item, arena, 0);
    size_t at = 0;
    for (; at < rest->n && rest->p[at] != ','; at++) {
        if (rest->p[at] == '\\' && at + 1 < rest->n && rest->p[at + 1] == ',')
            at++;
        buf_char(&item, rest->p[at]);
    }
    *rest = at < rest->n ? (struct str){rest->p + at + 1, rest->n - at - 1} : (struct str){0};
    return str_trim(buf_str(&item));
}

/* All occurrences of the option together. */
static bool read_codes(struct cli *cli, const char *name, struct list_codes *out) {
    for (size_t i = 0; i < cli->options->n; i++) {
        const struct option_given *given = &cli->options->given[i];
        if (!str_equal(str_from(given->def->name), str_from(name)))
            continue;
        for (struct str rest = given->text; rest.n > 0;) {
            struct str code = list_next(cli->cx->arena, &rest);
            if (code.n == 0)
                continue;
            if (out->n == LIST_CODES)
                return cli_usage(cli, S("cli_list.too_many_codes"), str_from(name), cx_text(cli->cx, "%d", LIST_CODES));
            out->code[out->n++] = code;
        }
    }
    return true;
}

static bool read_rfm(struct cli *cli, struct list_codes *out) {
    struct str names = str_from(option_find(&(struct option_tables){{customers_options}}, S("rfm"))->choices);
    if (!read_codes(cli, "rfm", out))
        return false;
    for (size_t i = 0; i < out->n; i++) {
        bool known = false;
        struct str rest = names, word;
        while (rest.n > 0 && !known) {
            str_cut(rest, ' ', &word, &rest);
            known = str_equal(word, out->code[i]);
        }
        if (!known)
            return cli_usage(cli, S("cli.unknown_choice"), S("--rfm"), out->code[i], names);
    }
    return true;
}

static bool read_abc(struct cli *cli, uint32_t *out) {
    struct list_codes codes = {0};
    if (!read_codes(cli, "abc", &codes))
        return false;
    for (size_t i = 0; i < codes.n; i++) {
        struct str code = str_lower(cli->cx->arena, codes.code[i]);
        uint32_t bit = str_equal(code, S("a"))      ? 1
                       : str_equal(code, S("b"))    ? 2
                       : str_equal(code, S("c"))    ? 4
                       : str_equal(code, S("none")) ? 8
                                                    : 0;
        if (bit == 0)
            return cli_usage(cli, S("cli.unknown_choice"), S("--abc"), codes.code[i], S("A B C none"));
        *out |= bit;
    }
    return true;
}

static bool read_statuses(struct cli *cli, uint32_t *out) {
    const struct option_given *given = option_last(cli->options, "status");
    struct str bad;
    if (given != NULL && !status_parse_set(given->text, out, &bad))
        return cli_usage(cli, S("cli.unknown_choice"), S("--status"), bad, str_from(given->def->choices));
    return true;
}

/* Per cent to 1/10,000. */
static bool read_chance(struct cli *cli, const char *name, int64_t *out) {
    int64_t percent = option_number(cli->options, name, -1);
    if (percent > 100)
        return cli_usage(cli, S("cli.number_too_large"), cx_text(cli->cx, "--%s", name), S("100"));
    if (percent >= 0)
        *out = percent * 100;
    return true;
}

static void read_day(const struct cli *cli, const char *name, struct day *out) {
    const struct option_given *given = option_last(cli->options, name);
    if (given != NULL)
        *out = given->day;
}

static bool read_words(struct cli *cli, const char *option, const struct portfolio_field *field, uint32_t *out) {
    struct list_codes given = {0};
    if (!read_codes(cli, option, &given))
        return false;
    for (size_t i = 0; i < given.n; i++) {
        int k = 0;
        while (portfolio_word(field, k).n > 0 && !str_equal(portfolio_word(field, k), given.code[i]))
            k++;
        if (portfolio_word(field, k).n == 0)
            return cli_usage(
                cli, S("cli.unknown_choice"), cx_text(cli->cx, "--%s", option), given.code[i],
                str_from(option_find(&(struct option_tables){{customers_options}}, str_from(option))->choices));
        *out |= 1u << k;
    }
    return true;
}

/* What is open with a customer is asked for by the words of the pages, with '-' for '_'. */
static bool read_work(struct cli *cli, struct list_filter *filter) {
    for (const struct portfolio_field *field = portfolio_fields; field->name != NULL; field++) {
        if (field->at < offsetof(struct list_filter, work) ||
            field->at >= offsetof(struct list_filter, work) + sizeof filter->work)
            continue;
        char *option = str_terminated(cli->cx->arena, str_from(field->name));
        for (char *p = option; *p != '\0'; p++)
            *p = *p == '_' ? '-' : *p;
        void *to = (char *)filter + field->at;
        if (field->kind == PORTFOLIO_DATE)
            read_day(cli, option, to);
        else if (field->kind == PORTFOLIO_MONEY || field->kind == PORTFOLIO_NUMBER)
            *(int64_t *)to = option_number(cli->options, option, STAT_NONE);
        else if (!(field->kind == PORTFOLIO_WORDS ? read_words(cli, option, field, to) : read_codes(cli, option, to)))
            return false;
    }
    return true;
}

static bool read_filter(struct cli *cli, struct list_filter *out) {
    const struct options *o = cli->options;
    *out = list_filter_any();
    out->min_value = option_number(o, "min-value", out->min_value);
    out->max_value = option_number(o, "max-value", out->max_value);
    out->min_total = option_number(o, "min-total", out->min_total);
    out->max_total = option_number(o, "max-total", out->max_total);
    out->min_purchases = option_number(o, "min-purchases", out->min_purchases);
    out->max_purchases = option_number(o, "max-purchases", out->max_purchases);
    out->min_recency = option_number(o, "min-recency", out->min_recency);
    out->max_recency = option_number(o, "max-recency", out->max_recency);
    out->not_contacted_for = option_number(o, "not-contacted-for", out->not_contacted_for);
    out->search = option_text(o, "search");
    int64_t within = option_number(o, "due-within", -1);
    if (within > 36500)
        return cli_usage(cli, S("cli.number_too_large"), S("--due-within"), S("36500"));
    if (within >= 0) {
        out->due_from = cli->as_of;
        out->due_to = (struct day){cli->as_of.n + (int32_t)within};
    }
    read_day(cli, "next-from", &out->next_from);
    read_day(cli, "next-to", &out->next_to);
    return read_chance(cli, "min-chance", &out->min_chance_e4) && read_chance(cli, "max-chance", &out->max_chance_e4) &&
           read_statuses(cli, &out->statuses) && read_codes(cli, "rep", &out->rep) &&
           read_codes(cli, "segment", &out->segment) && read_codes(cli, "region", &out->region) &&
           read_codes(cli, "company", &out->company) && read_codes(cli, "city", &out->city) &&
           read_rfm(cli, &out->rfm) && read_abc(cli, &out->abc) && read_work(cli, out);
}

static bool unknown_column(struct cli *cli, struct str name, bool sortable_only) {
    struct str names[COLUMN_COUNT];
    struct buf all;
    size_t n = 0;
    buf_init(&all, cli->cx->arena, 0);
    for (size_t i = 0; i < COLUMN_COUNT; i++) {
        if (sortable_only && !column_defs[i].sortable)
            continue;
        names[n] = str_from(column_defs[i].name);
        buf_printf(&all, "%s%s", n > 0 ? ", " : "", column_defs[i].name);
        n++;
    }
    struct str meant = nearest(name, names, n);
    if (meant.n > 0)
        return cli_usage(cli, S("cli_list.no_column_near"), name, meant);
    return cli_usage(cli, S("cli_list.no_column"), name, buf_str(&all));
}

static bool read_order(struct cli *cli, struct list_order *out) {
    struct str text = option_text(cli->options, "sort");
    *out = (struct list_order){.column = COLUMN_VALUE_12M, .descending = true};
    if (text.n == 0)
        return true;
    out->descending = text.p[0] == '-';
    if (out->descending || text.p[0] == '+')
        text = (struct str){text.p + 1, text.n - 1};
    if (!column_parse(text, &out->column))
        return unknown_column(cli, text, true);
    return column_defs[out->column].sortable || cli_usage(cli, S("cli_list.not_sortable"), text);
}

bool customers_read_columns(struct cli *cli, struct customers_wish *out) {
    struct str rest = option_text(cli->options, "columns");
    while (rest.n > 0) {
        struct str name = list_next(cli->cx->arena, &rest);
        if (out->columns == COLUMN_COUNT)
            return cli_usage(cli, S("cli_list.too_many_codes"), S("columns"), cx_text(cli->cx, "%d", COLUMN_COUNT));
        if (!column_parse(name, &out->column[out->columns]))
            return unknown_column(cli, name, false);
        out->columns++;
    }
    return true;
}

bool customers_read(struct cli *cli, int64_t limit, struct customers_wish *out) {
    *out = (struct customers_wish){.request = {.as_of = cli->as_of}};
    out->request.limit = option_number(cli->options, "limit", limit);
    return read_filter(cli, &out->request.filter) && read_order(cli, &out->request.order) &&
           customers_read_columns(cli, out);
}

/* -- columns and cells ------------------------------------------------------------------------------------------- */

struct str cli_rule(const struct cli *cli, const struct due_rule *due) {
    return policy_rule_said(cli->cx->arena, cli->format == CLI_TABLE ? cli->lang : LANG_EN, due);
}

struct str cli_word(const struct cli *cli, const char *group, struct str name) {
    if (name.n == 0)
        return name;
    struct str key = cx_text(cli->cx, "%s.%.*s", group, STR_ARG(name));
    return catalog_text(cli->cx->arena, cli->lang, key, NULL, 0);
}

enum out_colour cli_status_colour(enum status status) {
    switch (status) {
    case STATUS_NEW:
    case STATUS_ACTIVE:
        return OUT_GOOD;
    case STATUS_AT_RISK:
        return OUT_WARNING;
    case STATUS_INACTIVE:
    case STATUS_LOST:
        return OUT_BAD;
    case STATUS_PROSPECT:
    case STATUS_CLOSED:
    case STATUS_COUNT:
        break;
    }
    return OUT_DIM;
}

static bool is_chance(enum column column) {
    return column >= COLUMN_P_ACTIVE && column <= COLUMN_P_ALIVE;
}

struct out_column customers_column(const struct cli *cli, enum column column) {
    static const enum out_type types[] = {
        [COLUMN_TEXT] = OUT_TEXT, [COLUMN_INTEGER] = OUT_INTEGER, [COLUMN_E4] = OUT_E4,
        [COLUMN_DAY] = OUT_DAY,   [COLUMN_MONEY] = OUT_MONEY,     [COLUMN_WORD] = OUT_WORD};
    const struct column_def *def = &column_defs[column];
    struct str key = cx_text(cli->cx, "column.%s", def->name);
    return (struct out_column){.name = str_from(def->name),
                               .title = catalog_text(cli->cx->arena, cli->lang, key, NULL, 0),
                               .type = column == COLUMN_RETURN_RATE || is_chance(column) ? OUT_SHARE : types[def->type],
                               .places = column == COLUMN_OVERDUE_RATIO ? 2 : 1};
}

struct out_cell customers_cell(const struct cli *cli, const struct customer *customer, enum column column) {
    struct arena *arena = cli->cx->arena;
    if (column == COLUMN_WHY)
        return out_text(why_text(arena, cli->lang, customer, cli->as_of));
    struct column_value value = column_value(arena, customer, column);
    struct out_cell cell = {.absent = value.absent, .text = value.text, .number = value.number};
    if (value.absent)
        return cell;
    if (column == COLUMN_STATUS) {
        cell.shown = cli_word(cli, "status", value.text);
        cell.colour = cli_status_colour(customer->status);
    } else if (column == COLUMN_TREND) {
        cell.shown = customer->trend == TREND_DOWN ? S("↓") : customer->trend == TREND_UP ? S("↑") : S("→");
        cell.colour = customer->trend == TREND_DOWN ? OUT_BAD : customer->trend == TREND_UP ? OUT_GOOD : OUT_PLAIN;
    } else if (column_word(column) != NULL) {
        struct str key = cx_text(cli->cx, "%s%.*s", column_word(column), STR_ARG(value.text));
        cell.shown = catalog_text(arena, cli->lang, key, NULL, 0);
        cell.colour = customer->standing == STANDING_OVERDUE && column == COLUMN_STANDING ? OUT_BAD : OUT_PLAIN;
    } else if (is_chance(column)) {
        cell.shown = text_chance(arena, cli->lang, value.number);
    }
    return cell;
}

/* -- writing ----------------------------------------------------------------------------------------------------- */

struct writing {
    struct cli *cli;
    struct out *out;
    const struct customers_wish *wish;
    int64_t rows;
};

/* In a table of 80 columns the name must stay readable: what the other columns tell anyway is left out, cents too. */
static bool is_narrow(const struct cli *cli) {
    return cli->world->columns > 0 && cli->world->columns < WIDE_TABLE;
}

static bool left_out(const struct cli *cli, enum column column) {
    bool dear = column == COLUMN_PURCHASES || column == COLUMN_LAST_PURCHASE || column == COLUMN_OVERDUE_RATIO ||
                column == COLUMN_P_ACTIVE;
    return dear && is_narrow(cli);
}

/* foretold: something is to be; else a table is spared an empty column. */
void customers_choose_columns(const struct cli *cli, enum cli_format format, bool foretold,
                              struct customers_wish *wish) {
    for (size_t i = 0; wish->columns < COLUMN_COUNT && i < COLUMN_COUNT; i++) {
        enum column column = column_defs[i].column;
        bool shown = column_defs[i].shown && !left_out(cli, column) && (foretold || column != COLUMN_P_ACTIVE);
        if (format != CLI_TABLE || shown)
            wish->column[wish->columns++] = column;
    }
}

bool customers_show_chances(const struct cli *cli, const struct customers_wish *wish) {
    struct customers_wish full = *wish;
    if (full.columns == 0)
        customers_choose_columns(cli, CLI_TABLE, true, &full);
    for (size_t i = 0; i < full.columns; i++) {
        if (full.column[i] >= COLUMN_P_ACTIVE && full.column[i] < COLUMN_MODEL)
            return true;
    }
    return false;
}

static bool write_one(struct cx *cx, void *owner, const struct customer *customer) {
    struct writing *writing = owner;
    struct out_cell cells[COLUMN_COUNT];
    struct arena_mark mark = arena_mark_get(cx->arena);
    for (size_t i = 0; i < writing->wish->columns; i++)
        cells[i] = customers_cell(writing->cli, customer, writing->wish->column[i]);
    writing->rows++;
    if (!out_row(writing->out, cells))
        return false;
    arena_rewind(cx->arena, mark);
    return true;
}

static bool write_totals(const struct writing *writing, const struct list_totals *totals) {
    struct out_cell cells[COLUMN_COUNT];
    bool any = false;
    for (size_t i = 0; i < writing->wish->columns; i++) {
        enum column column = writing->wish->column[i];
        bool adds_up = column == COLUMN_VALUE_12M || column == COLUMN_VALUE_TOTAL;
        cells[i] = (struct out_cell){.absent = true};
        if (adds_up)
            cells[i] = out_number(column == COLUMN_VALUE_12M ? totals->value_12m : totals->value_total);
        any = any || adds_up;
    }
    return !any || out_total(writing->out, cells);
}

bool customers_write(struct cli *cli, const struct customers_wish *wish, FILE *to, enum cli_format format,
                     struct list_answer *out) {
    struct customers_wish full = *wish;
    struct out_column columns[COLUMN_COUNT];
    bool foretold = true;
    if (full.columns == 0 && format == CLI_TABLE && !list_foretells(cli->cx, cli->db, &foretold))
        return false;
    if (full.columns == 0)
        customers_choose_columns(cli, format, foretold, &full);
    full.request.totals = format == CLI_TABLE;
    for (size_t i = 0; i < full.columns; i++) {
        columns[i] = customers_column(cli, full.column[i]);
        columns[i].whole = is_narrow(cli);
    }
    struct writing writing = {.cli = cli, .wish = &full};
    if (!out_open(cli, to, format, columns, full.columns, &writing.out) ||
        !list_customers(cli->cx, cli->db, &full.request, write_one, &writing, out))
        return false;
    if (out->doubt.code != ERR_NONE)
        cli_note(cli, catalog_error(cli->cx->arena, cli->lang, &out->doubt));
    if (format == CLI_TABLE && writing.rows > 0 && !write_totals(&writing, &out->totals))
        return false;
    return out_close(writing.out);
}
