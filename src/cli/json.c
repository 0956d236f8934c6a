// SPDX-License-Identifier: Apache-2.0
/* json -- see json.h. A failed write is seen once, at the end: the stream remembers it. */
#include "cli/json.h"

#include "base/buf.h"
#include "base/decimal.h"

void json_open(struct json *json, const struct cli *cli, FILE *to) {
    *json = (struct json){.cli = cli, .to = to};
}

bool json_close(struct json *json) {
    fputc('\n', json->to);
    return out_written(json->cli->cx, json->to);
}

static void line_begin(struct json *json) {
    fputc('\n', json->to);
    for (int i = 0; i < json->depth; i++)
        fputs("  ", json->to);
}

static void put(struct json *json, struct str s, bool quoted) {
    struct arena *arena = json->cli->cx->arena;
    struct arena_mark mark = arena_mark_get(arena);
    struct buf out;
    buf_init(&out, arena, 0);
    if (quoted)
        buf_json(&out, s);
    else
        buf_put(&out, s);
    fwrite(out.p, 1, out.n, json->to);
    arena_rewind(arena, mark);
}

static void begin(struct json *json, const char *name) {
    if (json->depth > 0) {
        if (json->some[json->depth])
            fputc(',', json->to);
        json->some[json->depth] = true;
        line_begin(json);
    }
    if (name != NULL) {
        put(json, str_from(name), true);
        fputs(": ", json->to);
    }
}

static void open_with(struct json *json, const char *name, char bracket) {
    begin(json, name);
    fputc(bracket, json->to);
    json->depth++;
    json->some[json->depth] = false;
}

static void close_with(struct json *json, char bracket) {
    bool some = json->some[json->depth--];
    if (some)
        line_begin(json);
    fputc(bracket, json->to);
}

void json_object(struct json *json, const char *name) {
    open_with(json, name, '{');
}

void json_object_end(struct json *json) {
    close_with(json, '}');
}

void json_array(struct json *json, const char *name) {
    open_with(json, name, '[');
}

void json_array_end(struct json *json) {
    close_with(json, ']');
}

void json_cell(struct json *json, const char *name, const struct out_column *column, const struct out_cell *cell) {
    begin(json, name);
    if (cell->absent)
        fputs("null", json->to);
    else
        put(json, out_plain(json->cli->cx->arena, column, cell), !out_bare(column->type));
}

static void typed(struct json *json, const char *name, enum out_type type, struct out_cell cell) {
    const struct out_column column = {.type = type};
    json_cell(json, name, &column, &cell);
}

void json_text(struct json *json, const char *name, struct str s) {
    typed(json, name, OUT_TEXT, out_text(s));
}

void json_number(struct json *json, const char *name, int64_t v) {
    typed(json, name, OUT_INTEGER, out_number(v));
}

void json_decimal(struct json *json, const char *name, int64_t v, int scale) {
    char text[32];
    begin(json, name);
    if (v == INT64_MIN)
        fputs("null", json->to);
    else
        put(json, (struct str){text, decimal_write(v, scale, 0, text)}, false);
}

void json_e4(struct json *json, const char *name, int64_t v) {
    typed(json, name, OUT_E4, out_number(v));
}

void json_real(struct json *json, const char *name, double v) {
    typed(json, name, OUT_REAL, out_real(v));
}

void json_money(struct json *json, const char *name, int64_t cents) {
    typed(json, name, OUT_MONEY, out_number(cents));
}

void json_day(struct json *json, const char *name, struct day d) {
    typed(json, name, OUT_DAY, out_day(d));
}

void json_moment(struct json *json, const char *name, int64_t us) {
    typed(json, name, OUT_MOMENT, (struct out_cell){.absent = us == 0, .number = us});
}

void json_bool(struct json *json, const char *name, bool v) {
    begin(json, name);
    fputs(v ? "true" : "false", json->to);
}
