// SPDX-License-Identifier: Apache-2.0
/* cluster_orders -- the analyst's SELECT, taken apart just so far that the adding up can be put into it.
 *
 * A cluster adds up where the rows are only when the table stands in the FROM of the query that adds up. `SELECT customer, day, value FROM t
 * WHERE c` is therefore read into its three expressions, its table and its condition; anything that this does not hold for (GROUP BY, LIMIT,
 * UNION, WITH, DISTINCT, no FROM of its own) stands in brackets and its rows travel to the server that is asked, which is right and slower.
 * Must not try to understand expressions: strings, remarks and brackets are passed over, and the server judges the rest.
 */
#include "app/cluster_parts.h"

#include <string.h>

enum { ITEMS_LEAST = 3, ITEMS_MOST = 4, QUERY_MOST = 60000, DECIMALS_MOST = 30 };

struct reader {
    struct str text;
    size_t at;
    int depth;
    bool odd; /* remarks and texts that only today's servers know */
};

enum token { TOKEN_END = 0, TOKEN_WORD, TOKEN_COMMA, TOKEN_SEMICOLON, TOKEN_OTHER, TOKEN_OPEN_ENDED };

static bool is_letter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}

static bool quoted_pass(struct reader *r, char quote) {
    for (r->at++; r->at < r->text.n; r->at++) {
        if (r->text.p[r->at] == '\\')
            r->at++;
        else if (r->text.p[r->at] == quote)
            return ++r->at <= r->text.n;
    }
    return false;
}

static bool remark_pass(struct reader *r) {
    bool line = r->text.p[r->at] == '-';
    for (r->at += 2; r->at < r->text.n; r->at++) {
        if (line && r->text.p[r->at] == '\n')
            return true;
        if (!line && r->text.p[r->at] == '*' && r->at + 1 < r->text.n && r->text.p[r->at + 1] == '/') {
            r->at += 2;
            return true;
        }
    }
    return line;
}

/* The next of what stands outside of brackets; from..r->at is its text. */
static enum token next(struct reader *r, size_t *from) {
    while (r->at < r->text.n) {
        char c = r->text.p[r->at], after = r->at + 1 < r->text.n ? r->text.p[r->at + 1] : '\0';
        *from = r->at;
        if (c == '\'' || c == '"' || c == '`') {
            if (!quoted_pass(r, c))
                return TOKEN_OPEN_ENDED;
        } else if ((c == '-' && after == '-') || (c == '/' && after == '*')) {
            if (!remark_pass(r))
                return TOKEN_OPEN_ENDED;
        } else if (is_letter(c)) {
            while (r->at < r->text.n && is_letter(r->text.p[r->at]))
                r->at++;
            if (r->depth == 0)
                return TOKEN_WORD;
        } else {
            r->at++;
            r->odd = r->odd || c == '#' || c == '$';
            r->depth += (c == '(' || c == '[') - (c == ')' || c == ']');
            if (r->depth < 0)
                return TOKEN_OPEN_ENDED;
            if (r->depth == 0 && (c == ',' || c == ';'))
                return c == ',' ? TOKEN_COMMA : TOKEN_SEMICOLON;
            if (c == '\0')
                return TOKEN_OPEN_ENDED;
        }
    }
    return r->depth == 0 ? TOKEN_END : TOKEN_OPEN_ENDED;
}

struct parts {
    struct str item[ITEMS_MOST];
    size_t items;
    struct str from, where;
    bool plain; /* nothing but items, FROM and WHERE */
    bool other; /* SETTINGS, FORMAT, INTO: not for us to take over */
};

static bool word_is(struct str word, const char *const *list) {
    for (; *list != NULL; list++) {
        if (word.n == strlen(*list) && strncasecmp(word.p, *list, word.n) == 0)
            return true;
    }
    return false;
}

static const char *const word_select[] = {"select", NULL}, *const word_from[] = {"from", NULL},
                         *const word_where[] = {"where", NULL}, *const word_distinct[] = {"distinct", NULL};
static const char *const words_more[] = {"group",  "having",    "order",  "limit",   "union",  "with", "array",
                                         "offset", "intersect", "except", "qualify", "window", NULL};
static const char *const words_other[] = {"settings", "format", "into", "outfile", NULL};

static struct str piece(const struct reader *r, size_t from, size_t to) {
    return str_trim((struct str){r->text.p + from, to - from});
}

static void item_add(const struct reader *r, struct parts *p, size_t from, size_t to) {
    if (p->items < ITEMS_MOST)
        p->item[p->items] = piece(r, from, to);
    p->items++;
}

/* False: something does not close, or there is more than one statement. */
static bool parts_read(struct reader *r, struct parts *p) {
    enum { BEFORE, ITEMS, TABLE, CONDITION } in = BEFORE;
    size_t from = 0, begin = 0;
    enum token token;
    p->plain = true;
    while ((token = next(r, &from)) != TOKEN_END && token != TOKEN_OPEN_ENDED) {
        struct str word = {r->text.p + from, r->at - from};
        if (token == TOKEN_SEMICOLON)
            return false;
        if (token == TOKEN_COMMA && in == ITEMS) {
            item_add(r, p, begin, from);
            begin = r->at;
        }
        if (token != TOKEN_WORD)
            continue;
        if (in == BEFORE && word_is(word, word_select)) {
            in = ITEMS;
            begin = r->at;
        } else if (in == ITEMS && word_is(word, word_from)) {
            item_add(r, p, begin, from);
            in = TABLE;
            begin = r->at;
        } else if (in == TABLE && word_is(word, word_where)) {
            p->from = piece(r, begin, from);
            in = CONDITION;
            begin = r->at;
        } else if (word_is(word, words_other)) {
            p->other = true;
        } else if (in == BEFORE || word_is(word, words_more) || (in == ITEMS && word_is(word, word_distinct))) {
            p->plain = false;
        }
    }
    if (in == TABLE)
        p->from = piece(r, begin, r->text.n);
    if (in == CONDITION)
        p->where = piece(r, begin, r->text.n);
    return token == TOKEN_END && p->from.n > 0 && in != BEFORE && in != ITEMS;
}

bool cluster_orders_read(struct cx *cx, struct str query, struct cluster_orders *out) {
    struct str text = str_trim(query);
    while (text.n > 0 && text.p[text.n - 1] == ';')
        text = str_trim((struct str){text.p, text.n - 1});
    struct reader r = {.text = text};
    struct parts p = {0};
    if (text.n == 0 || text.n > QUERY_MOST || memchr(text.p, '\0', text.n) != NULL || !parts_read(&r, &p) || p.other)
        return cx_fail(cx, ERR_INVALID, S("cluster.no_select"));
    if (p.items < ITEMS_LEAST || p.items > ITEMS_MOST)
        return cx_fail(cx, ERR_INVALID, S("cluster.columns"), cx_text(cx, "%zu", p.items));
    static const char *const names[ITEMS_MOST] = {"customer", "day", "value", "changed"};
    struct str *const to[ITEMS_MOST] = {&out->customer, &out->day, &out->value, &out->changed};
    *out = (struct cluster_orders){.spread = p.plain && !r.odd};
    /* A line's end closes a remark that may stand at the end of what was typed. */
    for (size_t i = 0; i < p.items; i++)
        *to[i] = out->spread ? cx_text(cx, "(%.*s\n)", STR_ARG(p.item[i])) : str_from(names[i]);
    if (!out->spread)
        out->from = cx_text(cx, "(%.*s\n) WHERE 1", STR_ARG(text));
    else if (p.where.n > 0)
        out->from = cx_text(cx, "%.*s\nWHERE (%.*s\n)", STR_ARG(p.from), STR_ARG(p.where));
    else
        out->from = cx_text(cx, "%.*s\nWHERE 1", STR_ARG(p.from));
    return true;
}

/* -- types ------------------------------------------------------------------------------------------------------- */

struct type {
    struct str name; /* without Nullable and LowCardinality */
    bool nullable;
};

static struct type type_of(struct str text) {
    struct type type = {.name = str_trim(text)};
    static const char *const around[] = {"LowCardinality(", "Nullable(", "LowCardinality("};
    for (size_t i = 0; i < 3; i++) {
        struct str open = str_from(around[i]);
        if (str_starts(type.name, open) && str_ends(type.name, S(")"))) {
            type.nullable = type.nullable || i == 1;
            type.name = (struct str){type.name.p + open.n, type.name.n - open.n - 1};
        }
    }
    return type;
}

static bool starts_with_one(struct str name, const char *const *list) {
    for (; *list != NULL; list++) {
        if (str_starts(name, str_from(*list)))
            return true;
    }
    return false;
}

static bool wrong_type(struct cx *cx, struct str key, struct str type) {
    return cx_fail(cx, ERR_INVALID, key, str_copy(cx->arena, type));
}

/* Places after the point, of "Decimal(18, 2)". */
static int decimals_of(struct str name) {
    struct str head, tail = {0};
    if (!str_cut(name, ',', &head, &tail))
        return 0;
    int64_t places = cluster_int(str_trim((struct str){tail.p, tail.n > 0 ? tail.n - 1 : 0}));
    return places >= 0 && places <= DECIMALS_MOST ? (int)places : 0;
}

/* Twice the cents, cut off, and one more half: rounded, half away from zero. */
static bool cents_of(struct cx *cx, struct str value, const struct type *type, struct str *cents, struct str *usable) {
    static const char *const whole[] = {"Int", "UInt", NULL}, *const real[] = {"Float", NULL},
                             *const decimal[] = {"Decimal", NULL};
    struct str v = type->nullable ? cx_text(cx, "assumeNotNull(%.*s)", STR_ARG(value)) : value, twice;
    *usable = cx_text(cx, "abs(%.*s) < 1000000000000", STR_ARG(v));
    if (starts_with_one(type->name, whole)) {
        *cents = cx_text(cx, "toInt64(%.*s) * 100", STR_ARG(v));
        return true;
    }
    if (starts_with_one(type->name, real)) {
        twice = cx_text(cx, "toInt64(%.*s * 200)", STR_ARG(v));
        *usable = cx_text(cx, "isFinite(%.*s) AND %.*s", STR_ARG(v), STR_ARG(*usable));
    } else if (starts_with_one(type->name, decimal)) {
        int places = decimals_of(type->name);
        twice = cx_text(cx, "toInt64(toDecimal128(%.*s, %d) * 200)", STR_ARG(v), places);
        *usable =
            cx_text(cx, "toFloat64(%.*s) < 1000000000000 AND toFloat64(%.*s) > -1000000000000", STR_ARG(v), STR_ARG(v));
    } else {
        return wrong_type(cx, S("cluster.type_value"), type->name);
    }
    *cents = cx_text(cx, "intDiv(%.*s + if(%.*s < 0, -1, 1), 2)", STR_ARG(twice), STR_ARG(v));
    return true;
}

static bool customer_of(struct cx *cx, struct str customer, const struct type *type, struct str *out) {
    static const char *const kinds[] = {"String", "Int", "UInt", "UUID", "Enum", NULL};
    struct str c = type->nullable ? cx_text(cx, "assumeNotNull(%.*s)", STR_ARG(customer)) : customer;
    if (str_starts(type->name, S("FixedString")))
        *out = cx_text(cx, "toStringCutToZero(%.*s)", STR_ARG(c));
    else if (starts_with_one(type->name, kinds))
        *out = cx_text(cx, "toString(%.*s)", STR_ARG(c));
    else
        return wrong_type(cx, S("cluster.type_customer"), type->name);
    return true;
}

static bool day_of(struct cx *cx, struct str day, const struct type *type, struct str *out) {
    if (!str_starts(type->name, S("Date")))
        return wrong_type(cx, S("cluster.type_day"), type->name);
    *out =
        cx_text(cx, type->nullable ? "toUInt16(toDate(assumeNotNull(%.*s)))" : "toUInt16(toDate(%.*s))", STR_ARG(day));
    return true;
}

static bool moment_of(struct cx *cx, struct str changed, const struct type *type, struct str *out) {
    static const char *const kinds[] = {"Date", "Int", "UInt", NULL};
    if (changed.n == 0)
        *out = S("toInt64(0)");
    else if (starts_with_one(type->name, kinds))
        *out = cx_text(cx, type->nullable ? "ifNull(toInt64(%.*s), toInt64(0))" : "toInt64(%.*s)", STR_ARG(changed));
    else
        return wrong_type(cx, S("cluster.type_changed"), type->name);
    return true;
}

bool cluster_orders_types(struct cx *cx, const struct cluster_orders *orders, const struct str type[4],
                          struct cluster_words *words) {
    struct type customer = type_of(type[0]), day = type_of(type[1]), value = type_of(type[2]),
                changed = type_of(type[3]);
    struct str as_customer, as_day, as_cents, as_moment, fits;
    if (!customer_of(cx, orders->customer, &customer, &as_customer) || !day_of(cx, orders->day, &day, &as_day) ||
        !cents_of(cx, orders->value, &value, &as_cents, &fits) || !moment_of(cx, orders->changed, &changed, &as_moment))
        return false;
    const struct type *const each[] = {&customer, &day, &value};
    const struct str raw[] = {orders->customer, orders->day, orders->value};
    struct str usable =
        cx_text(cx, "%.*s != '' AND %.*s > 0 AND %.*s", STR_ARG(as_customer), STR_ARG(as_day), STR_ARG(fits));
    for (size_t i = 0; i < 3; i++) {
        if (each[i]->nullable)
            usable = cx_text(cx, "isNotNull(%.*s) AND %.*s", STR_ARG(raw[i]), STR_ARG(usable));
    }
    cluster_set_sql(words, "orders_customer", as_customer);
    cluster_set_sql(words, "orders_day", as_day);
    cluster_set_sql(words, "orders_cents", as_cents);
    cluster_set_sql(words, "orders_moment", as_moment);
    cluster_set_sql(words, "usable", usable);
    return true;
}
