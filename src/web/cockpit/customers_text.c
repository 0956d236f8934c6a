// SPDX-License-Identifier: Apache-2.0
/* customers_text -- values, filters and addresses of the list of customers in words.
 */
#include <string.h>

#include "base/text.h"
#include "core/why.h"
#include "web/cockpit/customers.h"

/* ---- values ---- */

/* A page asks for a thousand of them. */
static struct str word(struct page *page, const char *group, struct str name) {
    size_t n = strlen(group);
    char *key = arena_new(page->arena, char, n + 1 + name.n);
    memcpy(key, group, n);
    key[n] = '.';
    if (name.n > 0)
        memcpy(key + n + 1, name.p, name.n);
    return page_text(page, (struct str){key, n + 1 + name.n});
}

static struct str status_badge(enum status status) {
    switch (status) {
    case STATUS_NEW:
    case STATUS_ACTIVE:
        return S("bg-green-lt");
    case STATUS_AT_RISK:
        return S("bg-orange-lt");
    case STATUS_INACTIVE:
    case STATUS_LOST:
        return S("bg-red-lt");
    case STATUS_PROSPECT:
    case STATUS_CLOSED:
    case STATUS_COUNT:
        break;
    }
    return S("bg-secondary-lt");
}

static struct str number_shown(struct page *page, enum column column, int64_t v) {
    bool chance = column >= COLUMN_P_ACTIVE && column <= COLUMN_P_ALIVE;
    switch (column_defs[column].type) {
    case COLUMN_INTEGER:
        return text_int(page->arena, page->lang, v);
    case COLUMN_MONEY:
        return text_money(page->arena, page->lang, v);
    case COLUMN_DAY:
        return text_day(page->arena, page->lang, (struct day){(int32_t)v});
    case COLUMN_E4:
        return chance                         ? text_chance(page->arena, page->lang, v)
               : column == COLUMN_RETURN_RATE ? text_share(page->arena, page->lang, v)
                                              : text_decimal(page->arena, page->lang, v, 4, 1);
    case COLUMN_TEXT:
    case COLUMN_WORD:
        break;
    }
    return (struct str){0};
}

struct customers_cell customers_cell_of(struct page *page, const struct customer *customer, enum column column) {
    struct customers_cell cell = {.column = column};
    if (column == COLUMN_WHY) {
        cell.text = why_text(page->arena, page->lang, customer, page->as_of);
        return cell;
    }
    struct column_value value = column_value(page->arena, customer, column);
    if (value.absent)
        return cell;
    cell.text = str_copy(page->arena, value.text);
    if (column == COLUMN_STATUS)
        cell.badge = status_badge(customer->status);
    if (column == COLUMN_STANDING && customer->standing == STANDING_OVERDUE)
        cell.badge = S("bg-red-lt");
    if (column_word(column) != NULL) {
        cell.text = page_text(page, cx_text(page->cx, "%s%.*s", column_word(column), STR_ARG(value.text)));
    } else if (customers_is_number(column) || column_defs[column].type == COLUMN_DAY) {
        cell.text = number_shown(page, column, value.number);
    }
    return cell;
}

bool customers_is_number(enum column column) {
    enum column_type type = column_defs[column].type;
    return type == COLUMN_INTEGER || type == COLUMN_E4 || type == COLUMN_MONEY;
}

/* What a rep wants to know at a glance, unless the columns were chosen in an order of their own. */
static bool is_best(const struct portfolio *p, enum column column) {
    return !p->chosen && (column == COLUMN_LAST_PURCHASE || column == COLUMN_RECENCY_DAYS ||
                          column == COLUMN_CYCLE_DAYS || column == COLUMN_VALUE_12M);
}

struct str customers_cell_class(const struct portfolio *p, enum column column) {
    bool number = customers_is_number(column);
    if (column == COLUMN_NAME)
        return S("in-head name");
    if (column == COLUMN_CODE || column == COLUMN_STATUS)
        return S("in-head");
    if (column == COLUMN_WHY)
        return S("wide");
    if (is_best(p, column))
        return number ? S("number best") : S("best");
    return number ? S("number") : (struct str){0};
}

struct str customers_head(struct page *page, enum column column) {
    return word(page, "column", str_from(column_defs[column].name));
}

/* ---- filters ---- */

struct str customers_field(struct page *page, const char *name) {
    return page_text(page, cx_text(page->cx, "customers.field_%s", name));
}

static struct str pair_value(struct page *page, const struct portfolio_pair *pair) {
    const struct portfolio_field *field = portfolio_field(pair->name);
    struct day day;
    int64_t v;
    switch (field->kind) {
    case PORTFOLIO_STATUS: {
        uint32_t set = 0;
        struct str bad;
        for (int status = 0; status_parse_set(pair->value, &set, &bad) && status < STATUS_COUNT; status++) {
            if (set == 1u << status)
                return word(page, "status", str_from(status_name((enum status)status)));
        }
        return pair->value;
    }
    case PORTFOLIO_WORDS:
        return customers_word(page, field, pair->value);
    case PORTFOLIO_RFM:
        return word(page, "rfm", pair->value);
    case PORTFOLIO_ABC:
        return str_equal(pair->value, S("none")) ? page_text(page, S("customers.abc_none")) : pair->value;
    case PORTFOLIO_MONEY:
        return decimal_read(pair->value, DECIMAL_POINT, 2, &v, NULL) == DECIMAL_OK
                   ? text_money(page->arena, page->lang, v)
                   : pair->value;
    case PORTFOLIO_DATE:
        return day_parse_iso(pair->value, &day) ? text_day(page->arena, page->lang, day) : pair->value;
    case PORTFOLIO_PERCENT:
        return cx_text(page->cx, "%.*s %%", STR_ARG(pair->value));
    case PORTFOLIO_CODES:
    case PORTFOLIO_NUMBER:
    case PORTFOLIO_DAYS:
    case PORTFOLIO_WITHIN:
    case PORTFOLIO_SEARCH:
        break;
    }
    return pair->value;
}

struct str customers_word(struct page *page, const struct portfolio_field *field, struct str name) {
    return str_equal(name, S("none"))
               ? page_text(page, S("customers.word_none"))
               : page_text(page, cx_text(page->cx, "%s%.*s", column_word(field->column), STR_ARG(name)));
}

struct str customers_chip(struct page *page, const struct portfolio_pair *pair) {
    return cx_text(page->cx, "%.*s: %.*s", STR_ARG(customers_field(page, str_terminated(page->arena, pair->name))),
                   STR_ARG(pair_value(page, pair)));
}

/* A fault names its field as the form does. */
struct str customers_fault(struct page *page, const struct portfolio_fault *fault) {
    struct str name = portfolio_field(fault->name) != NULL
                          ? customers_field(page, str_terminated(page->arena, fault->name))
                          : fault->name;
    return page_text(page, fault->key, name, fault->value, fault->arg);
}

bool customers_has(const struct portfolio *p, const char *name, struct str value) {
    for (size_t i = 0; i < p->pairs; i++) {
        if (str_equal(p->pair[i].name, str_from(name)) && str_equal(p->pair[i].value, value))
            return true;
    }
    return false;
}

struct str customers_given(const struct portfolio *p, const char *name) {
    for (size_t i = 0; i < p->faults; i++) {
        if (str_equal(p->fault[i].name, str_from(name)))
            return p->fault[i].value;
    }
    for (size_t i = 0; i < p->pairs; i++) {
        if (str_equal(p->pair[i].name, str_from(name)))
            return p->pair[i].value;
    }
    return (struct str){0};
}

enum label_kind customers_kind(const char *field) {
    static const struct {
        const char *field;
        enum label_kind kind;
    } kind[] = {{"rep", LABEL_REP},
                {"segment", LABEL_SEGMENT},
                {"region", LABEL_REGION},
                {"city", LABEL_CITY},
                {"company", LABEL_COMPANY}};
    for (size_t i = 0; i < sizeof kind / sizeof *kind; i++) {
        if (strcmp(kind[i].field, field) == 0)
            return kind[i].kind;
    }
    return (enum label_kind)0;
}

bool customers_lists(const struct customers_view *v, enum label_kind kind) {
    size_t n = 0;
    for (size_t i = 0; i < v->labels; i++)
        n += v->label[i].kind == kind;
    return n > 0 && n <= CUSTOMERS_LABELS_MOST;
}

size_t customers_place(const struct portfolio *p, enum column column) {
    for (size_t i = 0; i < p->columns; i++) {
        if (p->column[i] == column)
            return i + 1;
    }
    return 0;
}

/* ---- addresses ---- */

struct url customers_address(struct page *page, struct str query) {
    return url_local(cx_text(page->cx, "/customers%s%.*s", query.n > 0 ? "?" : "", STR_ARG(query)));
}

/* Nothing left is all customers, not the view that opens first. */
struct url customers_without(struct page *page, const struct portfolio *p, size_t i) {
    struct str query = portfolio_text(page->arena, p, (int)i);
    return customers_address(page, query.n > 0 ? query : S("view=0"));
}

struct url customers_sorted(struct page *page, const struct portfolio *p, enum column column) {
    return customers_address(page, portfolio_sorted(page->arena, p, column));
}

const char *customers_order(const struct portfolio *p, enum column column) {
    return p->order.column != column ? "none" : p->order.descending ? "descending" : "ascending";
}

struct url customers_export(struct page *page, struct str query, const char *format) {
    return url_local(cx_text(page->cx, "/customers.%s?%.*s", format, STR_ARG(query)));
}
