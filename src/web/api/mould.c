// SPDX-License-Identifier: Apache-2.0
/* mould -- see the header: the declarations are read here; the declarations themselves are in moulds.c. */
#include "web/api/mould.h"

#include <string.h>

#include "app/portfolio.h"
#include "base/limits.h"

const struct mould *mould_find(const struct mould *table, struct str name) {
    for (; table->name != NULL; table++)
        if (str_equal(name, str_from(table->name)))
            return table;
    return NULL;
}

/* ---- declarations ---- */

struct fields {
    struct mould_field *field;
    size_t n, room;
    struct arena *arena;
};

static void field_add(struct fields *to, struct str name, struct str type, char mark) {
    if (to->n == to->room) {
        size_t larger = to->room > 0 ? to->room * 2 : 32;
        to->field = arena_grow(to->arena, to->field, to->room, larger, sizeof *to->field);
        to->room = larger;
    }
    to->field[to->n++] = (struct mould_field){name, type, mark != 0, mark == '~'};
}

static const char *column_type_name(enum column_type type) {
    switch (type) {
    case COLUMN_INTEGER:
        return "int";
    case COLUMN_E4:
        return "decimal";
    case COLUMN_DAY:
        return "day";
    case COLUMN_MONEY:
        return "money";
    case COLUMN_TEXT:
    case COLUMN_WORD:
        break;
    }
    return "text";
}

static void columns_add(struct fields *to, char mark) {
    for (int column = 0; column < COLUMN_COUNT; column++)
        field_add(to, str_from(column_defs[column].name), str_from(column_type_name(column_defs[column].type)), mark);
}

static void filters_add(struct fields *to) {
    for (const struct portfolio_field *field = portfolio_fields; field->name != NULL; field++)
        field_add(to, str_from(field->name), S("text"), '?');
    field_add(to, S("search"), S("text"), '?');
    field_add(to, S("sort"), S("text"), '?');
    field_add(to, S("columns"), S("text"), '?');
}

size_t mould_fields(struct arena *arena, const char *fields, struct mould_field **out) {
    struct fields to = {.arena = arena};
    struct str rest = str_from(fields), one, name, type;
    while (rest.n > 0) {
        str_cut(rest, ' ', &one, &rest);
        char last = one.n > 0 ? one.p[one.n - 1] : '\0', mark = last == '?' || last == '~' ? last : '\0';
        one.n -= mark != '\0';
        if (str_equal(one, S("*columns")))
            columns_add(&to, mark);
        else if (str_equal(one, S("*filters")))
            filters_add(&to);
        else if (str_cut(one, ':', &name, &type))
            field_add(&to, name, type, mark);
    }
    *out = to.field;
    return to.n;
}

bool mould_item(struct str type, struct str *item) {
    if (type.n < 2 || type.p[0] != '[')
        return false;
    *item = (struct str){type.p + 1, type.n - 2};
    return true;
}

bool mould_words(struct str type) {
    return memchr(type.p, '|', type.n) != NULL;
}

/* ---- values ---- */

static bool word_fits(struct str words, struct str text) {
    struct str word;
    while (words.n > 0) {
        str_cut(words, '|', &word, &words);
        if (str_equal(word, text))
            return true;
    }
    return false;
}

static bool digits(struct str s, size_t at, size_t n, int *out) {
    *out = 0;
    for (size_t i = at; i < at + n; i++) {
        if (i >= s.n || s.p[i] < '0' || s.p[i] > '9')
            return false;
        *out = *out * 10 + (s.p[i] - '0');
    }
    return true;
}

/* "Z", "+03:00"; to seconds east of UTC. */
static bool offset_read(struct str s, int *out) {
    int hours, minutes;
    *out = 0;
    if (str_equal(s, S("Z")))
        return true;
    if (s.n != 6 || (s.p[0] != '+' && s.p[0] != '-') || s.p[3] != ':' || !digits(s, 1, 2, &hours) ||
        !digits(s, 4, 2, &minutes) || hours > 23 || minutes > 59)
        return false;
    *out = (hours * 3600 + minutes * 60) * (s.p[0] == '-' ? -1 : 1);
    return true;
}

bool mould_moment(struct str text, int64_t *out) {
    struct day day;
    int hour, minute, second, offset;
    if (text.n < 20 || !day_parse_iso((struct str){text.p, 10}, &day) || text.p[10] != 'T' || text.p[13] != ':' ||
        text.p[16] != ':' || !digits(text, 11, 2, &hour) || !digits(text, 14, 2, &minute) ||
        !digits(text, 17, 2, &second) || hour > 23 || minute > 59 || second > 59)
        return false;
    size_t at = 19;
    if (text.p[at] == '.')
        for (at++; at < text.n && text.p[at] >= '0' && text.p[at] <= '9'; at++)
            ;
    if (!offset_read((struct str){text.p + at, text.n - at}, &offset))
        return false;
    *out = ((int64_t)day.n * 86400 + hour * 3600 + minute * 60 + second - offset) * 1000000;
    return true;
}

bool mould_time(struct str text, int *out) {
    int hour, minute;
    if (text.n != 5 || text.p[2] != ':' || !digits(text, 0, 2, &hour) || !digits(text, 3, 2, &minute) || hour > 23 ||
        minute > 59)
        return false;
    *out = hour * 60 + minute;
    return true;
}

static bool integer_fits(struct str text) {
    int64_t v;
    size_t sign = text.n > 0 && text.p[0] == '-';
    for (size_t i = sign; i < text.n; i++)
        if (text.p[i] < '0' || text.p[i] > '9')
            return false;
    return text.n > sign && decimal_read(text, DECIMAL_POINT, 0, &v, NULL) == DECIMAL_OK;
}

static bool money_fits(struct str text) {
    int64_t v;
    struct str whole, cents;
    if (!str_cut(text, '.', &whole, &cents))
        return integer_fits(text);
    return cents.n >= 1 && cents.n <= 2 && integer_fits(whole) && integer_fits(cents) && cents.p[0] != '-' &&
           decimal_read(text, DECIMAL_POINT, 2, &v, NULL) == DECIMAL_OK;
}

bool mould_text_fits(struct str type, struct str text) {
    struct day day;
    int64_t at_us;
    int minute;
    if (mould_words(type))
        return word_fits(type, text);
    if (str_equal(type, S("int")))
        return integer_fits(text);
    if (str_equal(type, S("money")))
        return money_fits(text);
    if (str_equal(type, S("day")))
        return day_parse_iso(text, &day);
    if (str_equal(type, S("time")))
        return mould_time(text, &minute);
    if (str_equal(type, S("moment")))
        return mould_moment(text, &at_us);
    if (str_equal(type, S("bool")))
        return str_equal(text, S("true")) || str_equal(text, S("false"));
    return true;
}

/* ---- bodies ---- */

enum { PLACE_MOST = 200 };

struct checking {
    struct cx *cx;
    struct str *field;
};

static bool value_check(struct checking *c, struct str place, struct str type, const struct json_value *value);

static bool refuse(struct checking *c, struct str place, struct str key, struct str arg) {
    *c->field = place;
    return cx_fail(c->cx, ERR_INVALID, key, place, arg);
}

static struct str place_in(struct checking *c, struct str place, struct str name) {
    struct str short_name = {name.p, name.n < PLACE_MOST ? name.n : PLACE_MOST};
    if (!str_valid_utf8(short_name))
        short_name = S("?");
    return place.n > 0 ? cx_text(c->cx, "%.*s.%.*s", STR_ARG(place), STR_ARG(short_name)) : short_name;
}

static bool object_check(struct checking *c, struct str place, const struct mould *mould,
                         const struct json_value *value) {
    struct mould_field *field;
    size_t n = mould_fields(c->cx->arena, mould->fields, &field);
    if (value->kind != JSON_OBJECT)
        return refuse(c, place, S("api.not_object"), S(""));
    for (size_t i = 0; i < value->n; i++) {
        size_t at = 0;
        while (at < n && !str_equal(field[at].name, value->name[i]))
            at++;
        if (at == n)
            return refuse(c, place_in(c, place, value->name[i]), S("api.unknown_field"), S(""));
    }
    for (size_t i = 0; i < n; i++) {
        const struct json_value *member = json_member(value, field[i].name);
        struct str here = place_in(c, place, field[i].name);
        bool absent = member == NULL || member->kind == JSON_NULL;
        if (absent && !field[i].optional)
            return refuse(c, here, S("api.missing_field"), S(""));
        if (!absent && !value_check(c, here, field[i].type, member))
            return false;
    }
    return true;
}

static bool row_check(struct checking *c, struct str place, const struct json_value *value) {
    if (value->kind != JSON_OBJECT)
        return refuse(c, place, S("api.not_object"), S(""));
    for (size_t i = 0; i < value->n; i++) {
        enum json_kind kind = value->item[i].kind;
        if (kind != JSON_NULL && kind != JSON_TEXT && kind != JSON_NUMBER)
            return refuse(c, place_in(c, place, value->name[i]), S("api.bad_field"), S("text, number"));
    }
    return true;
}

static bool list_check(struct checking *c, struct str place, struct str item, const struct json_value *value) {
    if (value->kind != JSON_ARRAY)
        return refuse(c, place, S("api.bad_field"), S("[]"));
    for (size_t i = 0; i < value->n; i++)
        if (!value_check(c, cx_text(c->cx, "%.*s[%zu]", STR_ARG(place), i), item, &value->item[i]))
            return false;
    return true;
}

static bool value_check(struct checking *c, struct str place, struct str type, const struct json_value *value) {
    struct str item;
    const struct mould *mould = mould_find(moulds_taken, type);
    if (mould != NULL)
        return object_check(c, place, mould, value);
    if (str_equal(type, S("row")))
        return row_check(c, place, value);
    if (mould_item(type, &item))
        return list_check(c, place, item, value);
    bool number = str_equal(type, S("int")) || str_equal(type, S("money")), truth = str_equal(type, S("bool"));
    enum json_kind kind = value->kind;
    bool good = truth    ? kind == JSON_BOOL
                : number ? (kind == JSON_NUMBER || (kind == JSON_TEXT && str_equal(type, S("money")))) &&
                               mould_text_fits(type, value->text)
                         : kind == JSON_TEXT && mould_text_fits(type, value->text);
    return good || refuse(c, place, S("api.bad_field"), type);
}

bool mould_check(struct cx *cx, const struct mould *mould, const struct json_value *value, struct str *field) {
    struct checking c = {cx, field};
    return object_check(&c, S(""), mould, value);
}
