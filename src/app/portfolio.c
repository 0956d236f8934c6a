// SPDX-License-Identifier: Apache-2.0
/* portfolio -- see the header. Must not look at the database: what an address means does not hang on what is in it.
 */
#include "app/portfolio.h"

#include <string.h>

#include "base/limits.h"
#include "stats/stat.h"

enum { DAYS_MOST = 36500 };
static const int64_t NUMBER_MOST = 1000000000000000;

#define FIELD(text, kind, member)                                                                                      \
    { (text), (kind), offsetof(struct list_filter, member), COLUMN_COUNT }
#define WORDS(text, column, member)                                                                                    \
    { (text), PORTFOLIO_WORDS, offsetof(struct list_filter, member), (column) }

const struct portfolio_field portfolio_fields[] = {
    FIELD("q", PORTFOLIO_SEARCH, search),
    FIELD("status", PORTFOLIO_STATUS, statuses),
    FIELD("rep", PORTFOLIO_CODES, rep),
    FIELD("segment", PORTFOLIO_CODES, segment),
    FIELD("region", PORTFOLIO_CODES, region),
    FIELD("city", PORTFOLIO_CODES, city),
    FIELD("company", PORTFOLIO_CODES, company),
    FIELD("abc", PORTFOLIO_ABC, abc),
    FIELD("rfm", PORTFOLIO_RFM, rfm),
    FIELD("tag", PORTFOLIO_CODES, tag),
    FIELD("min_value", PORTFOLIO_MONEY, min_value),
    FIELD("max_value", PORTFOLIO_MONEY, max_value),
    FIELD("min_total", PORTFOLIO_MONEY, min_total),
    FIELD("max_total", PORTFOLIO_MONEY, max_total),
    FIELD("min_purchases", PORTFOLIO_NUMBER, min_purchases),
    FIELD("max_purchases", PORTFOLIO_NUMBER, max_purchases),
    FIELD("min_recency", PORTFOLIO_DAYS, min_recency),
    FIELD("max_recency", PORTFOLIO_DAYS, max_recency),
    FIELD("not_contacted_for", PORTFOLIO_DAYS, not_contacted_for),
    FIELD("due_within", PORTFOLIO_WITHIN, due_from),
    FIELD("due_from", PORTFOLIO_DATE, due_from),
    FIELD("due_to", PORTFOLIO_DATE, due_to),
    FIELD("became_inactive_from", PORTFOLIO_DATE, inactive.from),
    FIELD("became_inactive_to", PORTFOLIO_DATE, inactive.to),
    FIELD("recovered_from", PORTFOLIO_DATE, recovered.from),
    FIELD("recovered_to", PORTFOLIO_DATE, recovered.to),
    FIELD("written_off_from", PORTFOLIO_DATE, written_off.from),
    FIELD("written_off_to", PORTFOLIO_DATE, written_off.to),
    FIELD("min_chance", PORTFOLIO_PERCENT, min_chance_e4),
    FIELD("max_chance", PORTFOLIO_PERCENT, max_chance_e4),
    FIELD("next_from", PORTFOLIO_DATE, next_from),
    FIELD("next_to", PORTFOLIO_DATE, next_to),
    WORDS("standing", COLUMN_STANDING, work.standings),
    FIELD("min_open_titles", PORTFOLIO_MONEY, work.min_open_titles),
    FIELD("max_open_titles", PORTFOLIO_MONEY, work.max_open_titles),
    FIELD("min_overdue_titles", PORTFOLIO_MONEY, work.min_overdue_titles),
    FIELD("max_overdue_titles", PORTFOLIO_MONEY, work.max_overdue_titles),
    FIELD("min_open_quotes", PORTFOLIO_NUMBER, work.min_open_quotes),
    FIELD("max_open_quotes", PORTFOLIO_NUMBER, work.max_open_quotes),
    FIELD("min_open_quote_value", PORTFOLIO_MONEY, work.min_open_quote_value),
    FIELD("max_open_quote_value", PORTFOLIO_MONEY, work.max_open_quote_value),
    FIELD("min_open_tickets", PORTFOLIO_NUMBER, work.min_open_tickets),
    FIELD("max_open_tickets", PORTFOLIO_NUMBER, work.max_open_tickets),
    FIELD("contact_from", PORTFOLIO_DATE, work.contact_from),
    FIELD("contact_to", PORTFOLIO_DATE, work.contact_to),
    WORDS("last_outcome", COLUMN_LAST_OUTCOME, work.outcomes),
    FIELD("last_objection", PORTFOLIO_CODES, work.objection),
    FIELD("appointment_from", PORTFOLIO_DATE, work.appointment_from),
    FIELD("appointment_to", PORTFOLIO_DATE, work.appointment_to),
    FIELD("registered_from", PORTFOLIO_DATE, work.registered_from),
    FIELD("registered_to", PORTFOLIO_DATE, work.registered_to),
    WORDS("blocked", COLUMN_BLOCKED, work.blocked),
    FIELD("min_credit_limit", PORTFOLIO_MONEY, work.min_credit_limit),
    FIELD("max_credit_limit", PORTFOLIO_MONEY, work.max_credit_limit),
    FIELD("min_credit_left", PORTFOLIO_MONEY, work.min_credit_left),
    FIELD("max_credit_left", PORTFOLIO_MONEY, work.max_credit_left),
    {0},
};

const struct portfolio_field *portfolio_field(struct str name) {
    for (const struct portfolio_field *field = portfolio_fields; field->name != NULL; field++) {
        if (str_equal(name, str_from(field->name)))
            return field;
    }
    return NULL;
}

/* Bit i of the filter is word i; bit 0: no value. */
struct str portfolio_word(const struct portfolio_field *field, int i) {
    switch ((int)field->column) {
    case COLUMN_STANDING:
        return i == 0 ? S("none") : i < STANDING_COUNT ? str_from(standing_name((enum standing)i)) : (struct str){0};
    case COLUMN_BLOCKED:
        return i == 0 ? S("none") : i < BLOCKED_COUNT ? str_from(blocked_name((enum blocked)i)) : (struct str){0};
    case COLUMN_LAST_OUTCOME:
        return i == 0                      ? S("none")
               : i < CONTACT_OUTCOME_COUNT ? str_from(contact_outcome_name((enum contact_outcome)i))
                                           : (struct str){0};
    default:
        return (struct str){0};
    }
}

/* ---- one pair of the address ---- */

static int hex(char c) {
    return c >= '0' && c <= '9'   ? c - '0'
           : c >= 'a' && c <= 'f' ? c - 'a' + 10
           : c >= 'A' && c <= 'F' ? c - 'A' + 10
                                  : -1;
}

static bool decode(struct arena *arena, struct str s, struct str *out) {
    char *to = arena_new(arena, char, s.n + 1);
    size_t n = 0;
    for (size_t i = 0; i < s.n; i++) {
        char c = s.p[i] == '+' ? ' ' : s.p[i];
        if (c == '%') {
            if (i + 2 >= s.n || hex(s.p[i + 1]) < 0 || hex(s.p[i + 2]) < 0)
                return false;
            c = (char)(hex(s.p[i + 1]) * 16 + hex(s.p[i + 2]));
            i += 2;
        }
        if (c == '\0')
            return false;
        to[n++] = c;
    }
    *out = (struct str){to, n};
    return str_valid_utf8(*out);
}

struct reading {
    struct cx *cx;
    struct day as_of;
    struct portfolio *p;
};

static void fault(struct reading *r, struct str name, struct str value, struct str key, struct str arg) {
    if (r->p->faults < PORTFOLIO_FAULTS)
        r->p->fault[r->p->faults++] = (struct portfolio_fault){name, value, key, arg};
}

static bool code_take(struct reading *r, struct str name, struct str value, struct list_codes *codes) {
    if (codes->n == LIST_CODES || value.n > LIMIT_NAME) {
        fault(r, name, value, S("portfolio.too_many"), cx_text(r->cx, "%d", LIST_CODES));
        return false;
    }
    codes->code[codes->n++] = value;
    return true;
}

const char *const portfolio_rfm[] = {
    "champions",      "loyal",   "potential_loyal", "new",         "promising", "need_attention",
    "about_to_sleep", "at_risk", "cannot_lose",     "hibernating", "lost",      NULL};

static bool rfm_known(struct str name) {
    for (size_t i = 0; portfolio_rfm[i] != NULL; i++) {
        if (str_equal(name, str_from(portfolio_rfm[i])))
            return true;
    }
    return false;
}

static bool abc_take(struct reading *r, struct str name, struct str value, uint32_t *bits) {
    static const struct {
        const char *name;
        uint32_t bit;
    } class[] = {{"a", 1}, {"b", 2}, {"c", 4}, {"none", 8}};
    for (size_t i = 0; i < sizeof class / sizeof *class; i++) {
        if (str_equal(str_lower(r->cx->arena, value), str_from(class[i].name))) {
            *bits |= class[i].bit;
            return true;
        }
    }
    fault(r, name, value, S("portfolio.unknown"), (struct str){0});
    return false;
}

static bool status_take(struct reading *r, struct str name, struct str value, uint32_t *bits) {
    uint32_t set = 0;
    struct str bad;
    if (!status_parse_set(value, &set, &bad)) {
        fault(r, name, value, S("portfolio.unknown"), (struct str){0});
        return false;
    }
    *bits |= set;
    return true;
}

static bool word_take(struct reading *r, const struct portfolio_field *field, struct str value, uint32_t *bits) {
    struct str word;
    for (int i = 0; (word = portfolio_word(field, i)).n > 0; i++) {
        if (str_equal(word, value)) {
            *bits |= 1u << i;
            return true;
        }
    }
    fault(r, str_from(field->name), value, S("portfolio.unknown"), (struct str){0});
    return false;
}

/* A number from 0 on; money may be less: returns can be more than sales. */
static bool number_take(struct reading *r, const struct portfolio_field *field, struct str value, int64_t *out) {
    bool money = field->kind == PORTFOLIO_MONEY;
    int64_t most = field->kind == PORTFOLIO_PERCENT                                   ? 100
                   : field->kind == PORTFOLIO_DAYS || field->kind == PORTFOLIO_WITHIN ? DAYS_MOST
                   : money                                                            ? NUMBER_MOST
                                                                                      : NUMBER_MOST / 100;
    int64_t v, whole;
    struct str name = str_from(field->name);
    if (decimal_read(value, DECIMAL_POINT, money ? 2 : 0, &v, NULL) != DECIMAL_OK ||
        (!money && memchr(value.p, '.', value.n) != NULL)) {
        fault(r, name, value, money ? S("portfolio.no_amount") : S("portfolio.no_number"), (struct str){0});
        return false;
    }
    whole = money && v < 0 ? -v : v;
    if (whole < 0 || whole > most) {
        fault(r, name, value, S("portfolio.out_of_range"),
              cx_text(r->cx, "%lld", (long long)(money ? most / 100 : most)));
        return false;
    }
    *out = field->kind == PORTFOLIO_PERCENT ? v * 100 : v;
    return true;
}

static bool date_take(struct reading *r, struct str name, struct str value, struct day *out) {
    if (day_parse_iso(value, out))
        return true;
    fault(r, name, value, S("portfolio.no_date"), (struct str){0});
    return false;
}

static bool filter_take(struct reading *r, const struct portfolio_field *field, struct str value) {
    struct list_filter *f = &r->p->filter;
    void *at = (char *)f + field->at;
    struct str name = str_from(field->name);
    int64_t within;
    switch (field->kind) {
    case PORTFOLIO_CODES:
        return code_take(r, name, value, at);
    case PORTFOLIO_STATUS:
        return status_take(r, name, value, at);
    case PORTFOLIO_ABC:
        return abc_take(r, name, value, at);
    case PORTFOLIO_RFM:
        if (rfm_known(value))
            return code_take(r, name, value, at);
        fault(r, name, value, S("portfolio.unknown"), (struct str){0});
        return false;
    case PORTFOLIO_MONEY:
    case PORTFOLIO_NUMBER:
    case PORTFOLIO_DAYS:
    case PORTFOLIO_PERCENT:
        return number_take(r, field, value, at);
    case PORTFOLIO_DATE:
        return date_take(r, name, value, at);
    case PORTFOLIO_WORDS:
        return word_take(r, field, value, at);
    case PORTFOLIO_WITHIN:
        if (!number_take(r, field, value, &within))
            return false;
        f->due_from = r->as_of;
        f->due_to = (struct day){r->as_of.n + (int32_t)within};
        return true;
    case PORTFOLIO_SEARCH:
        f->search = value.n > LIMIT_CODE ? (struct str){0} : value;
        f->search_wide = true;
        if (value.n <= LIMIT_CODE)
            return true;
        fault(r, name, value, S("portfolio.long"), cx_text(r->cx, "%d", LIMIT_CODE));
        return false;
    }
    return false;
}

static void sort_take(struct reading *r, struct str value) {
    struct list_order order = {.descending = value.n > 0 && value.p[0] == '-'};
    struct str name = order.descending ? (struct str){value.p + 1, value.n - 1} : value;
    if (!column_parse(name, &order.column) || !column_defs[order.column].sortable)
        fault(r, S("sort"), value, S("portfolio.no_order"), (struct str){0});
    else
        r->p->order = order;
    r->p->anything = true;
}

static void column_take(struct reading *r, struct str value) {
    struct portfolio *p = r->p;
    enum column column;
    if (!column_parse(value, &column)) {
        fault(r, S("col"), value, S("portfolio.no_column"), (struct str){0});
        return;
    }
    for (size_t i = 0; i < p->columns; i++) {
        if (p->column[i] == column)
            return;
    }
    p->column[p->columns++] = column;
    p->chosen = p->anything = true;
}

static void from_take(struct reading *r, struct str name, struct str value) {
    struct list_from *from = &r->p->from;
    if (str_equal(name, S("at"))) {
        enum decimal_read read = decimal_read(value, DECIMAL_POINT, 0, &from->number, NULL);
        if (read != DECIMAL_OK)
            from->number = STAT_NONE;
        from->text = value;
        return;
    }
    from->set = true;
    from->back = str_equal(name, S("before"));
    from->code = value;
}

static void view_take(struct reading *r, struct str value) {
    int64_t id;
    if (decimal_read(value, DECIMAL_POINT, 0, &id, NULL) == DECIMAL_OK && id >= 0)
        r->p->view = id;
}

static void pair_take(struct reading *r, struct str name, struct str value) {
    const struct portfolio_field *field = portfolio_field(name);
    if (field != NULL) {
        r->p->anything = true;
        if (r->p->pairs == PORTFOLIO_PAIRS) /* left out, it would widen what is done to all that is found */
            fault(r, name, value, S("portfolio.too_many"), cx_text(r->cx, "%d", PORTFOLIO_PAIRS));
        else if (filter_take(r, field, value))
            r->p->pair[r->p->pairs++] = (struct portfolio_pair){str_from(field->name), value};
    } else if (str_equal(name, S("sort"))) {
        sort_take(r, value);
    } else if (str_equal(name, S("col"))) {
        column_take(r, value);
    } else if (str_equal(name, S("at")) || str_equal(name, S("after")) || str_equal(name, S("before"))) {
        from_take(r, name, value);
    } else if (str_equal(name, S("view"))) {
        view_take(r, value);
    }
}

bool portfolio_read(struct cx *cx, struct str query, struct day as_of, struct portfolio *out) {
    struct reading r = {cx, as_of, out};
    *out = (struct portfolio){
        .filter = list_filter_any(), .order = {COLUMN_VALUE_12M, true}, .from = {.number = STAT_NONE}, .view = -1};
    struct str one, raw_name, raw_value, name, value;
    while (query.n > 0) {
        if (!str_cut(query, '&', &one, &query))
            query = (struct str){0};
        str_cut(one, '=', &raw_name, &raw_value);
        if (raw_name.n == one.n)
            raw_value = (struct str){0};
        if (!decode(cx->arena, raw_name, &name) || !decode(cx->arena, raw_value, &value))
            return cx_fail(cx, ERR_INVALID, S("portfolio.malformed"));
        value = str_trim(value);
        if (value.n > 0)
            pair_take(&r, name, value);
        else if (!str_equal(name, S("at")))
            out->untidy = true;
    }
    for (int column = 0; !out->chosen && column < COLUMN_COUNT; column++) {
        if (column_defs[column].shown)
            out->column[out->columns++] = (enum column)column;
    }
    return true;
}

bool portfolio_good(struct cx *cx, const struct portfolio *p) {
    if (p->faults == 0)
        return true;
    const struct portfolio_fault *fault = &p->fault[0];
    return cx_fail(cx, ERR_INVALID, fault->key, fault->name, fault->value, fault->arg);
}

/* ---- the address again ---- */

static void put(struct buf *to, struct str name, struct str value) {
    if (to->n > 0)
        buf_char(to, '&');
    buf_put(to, name);
    buf_char(to, '=');
    for (size_t i = 0; i < value.n; i++) {
        char c = value.p[i];
        bool plain = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-' ||
                     c == '.' || c == '_' || c == '~';
        if (plain)
            buf_char(to, c);
        else
            buf_printf(to, "%%%02X", (unsigned)(unsigned char)c);
    }
}

static void put_order(struct buf *to, struct list_order order) {
    struct buf text;
    buf_init(&text, to->arena, 0);
    buf_put(&text, order.descending ? S("-") : S(""));
    buf_put(&text, str_from(column_defs[order.column].name));
    put(to, S("sort"), buf_str(&text));
}

static struct buf made(struct arena *arena, const struct portfolio *p, int without, struct list_order order) {
    struct buf to;
    buf_init(&to, arena, 0);
    for (size_t i = 0; i < p->pairs; i++) {
        if (without != (int)i)
            put(&to, p->pair[i].name, p->pair[i].value);
    }
    if (order.column != COLUMN_VALUE_12M || !order.descending)
        put_order(&to, order);
    for (size_t i = 0; p->chosen && i < p->columns; i++)
        put(&to, S("col"), str_from(column_defs[p->column[i]].name));
    if (p->view > 0 || (p->view == 0 && to.n == 0)) {
        struct buf id;
        buf_init(&id, arena, 0);
        buf_int(&id, p->view);
        put(&to, S("view"), buf_str(&id));
    }
    return to;
}

struct str portfolio_text(struct arena *arena, const struct portfolio *p, int without) {
    struct buf to = made(arena, p, without, p->order);
    return buf_str(&to);
}

struct str portfolio_sorted(struct arena *arena, const struct portfolio *p, enum column column) {
    bool same = p->order.column == column;
    bool text = column_defs[column].type == COLUMN_TEXT;
    struct buf to = made(arena, p, PORTFOLIO_ALL, (struct list_order){column, same ? !p->order.descending : !text});
    return buf_str(&to);
}

struct str portfolio_at(struct arena *arena, const struct portfolio *p, const struct list_from *from) {
    struct buf to = made(arena, p, PORTFOLIO_ALL, p->order), number;
    buf_init(&number, arena, 0);
    if (from->number != STAT_NONE)
        buf_int(&number, from->number);
    put(&to, S("at"), from->number != STAT_NONE ? buf_str(&number) : from->text);
    put(&to, from->back ? S("before") : S("after"), from->code);
    return buf_str(&to);
}
