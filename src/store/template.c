// SPDX-License-Identifier: Apache-2.0
/* template -- see the header. Must not judge texts. */
#include "store/template.h"

#include "store/gateway_rows.h"

static struct str lang_text(enum lang lang) {
    return lang == LANG_EN ? S("en") : S("pt-BR");
}

static struct template template_at(struct cx *cx, struct sql_rows *rows) {
    return (struct template){.id = sql_get_int(rows, 0),
                             .name = str_copy(cx->arena, sql_get_text(rows, 1)),
                             .lang = str_equal(sql_get_text(rows, 2), S("en")) ? LANG_EN : LANG_PT_BR,
                             .subject = str_copy(cx->arena, sql_get_text(rows, 3)),
                             .body = str_copy(cx->arena, sql_get_text(rows, 4)),
                             .offer = {.kind = (enum offer_kind)sql_get_int(rows, 5),
                                       .text = str_copy(cx->arena, sql_get_text(rows, 6)),
                                       .until = sql_get_day(rows, 7)},
                             .token = str_copy(cx->arena, sql_get_text(rows, 8)),
                             .made_us = sql_get_int(rows, 9),
                             .retired_us = sql_get_int(rows, 10),
                             .version = sql_get_int(rows, 11),
                             .gateway_id = sql_get_int(rows, 12),
                             .gateway = str_copy(cx->arena, sql_get_text(rows, 13)),
                             .gateway_gone = sql_get_int(rows, 14) != 0};
}

bool template_list(struct cx *cx, struct db *db, struct template **out, size_t *n) {
    struct sql_rows *rows;
    bool more = false, done = sql_open(cx, db, SQL_TEMPLATE_LIST, NULL, 0, &rows);
    *out = NULL;
    *n = 0;
    while (done && (done = sql_next(cx, rows, &more)) && more)
        ROWS_ADD(cx, *out, *n, template_at(cx, rows));
    sql_close(rows);
    return done;
}

bool template_choices(struct cx *cx, struct db *db, struct template_choices *out) {
    struct sql_rows *rows;
    bool more = false, done = sql_open(cx, db, SQL_TEMPLATE_CHOICES, NULL, 0, &rows);
    *out = (struct template_choices){0};
    while (done && (done = sql_next(cx, rows, &more)) && more)
        if (sql_arm(rows) == SQL_TEMPLATE_LIST)
            ROWS_ADD(cx, out->template, out->templates, template_at(cx, rows));
        else
            ROWS_ADD(cx, out->gateway, out->gateways, gateway_name_at(cx, rows));
    sql_close(rows);
    return done;
}

static bool find(struct cx *cx, struct db *db, enum sql_id id, struct sql_value key, bool *found,
                 struct template *out) {
    struct sql_rows *rows;
    *found = false;
    bool done = sql_open(cx, db, id, &key, 1, &rows) && sql_next(cx, rows, found);
    if (done && *found)
        *out = template_at(cx, rows);
    sql_close(rows);
    return done;
}

bool template_find(struct cx *cx, struct db *db, int64_t id, bool *found, struct template *out) {
    return find(cx, db, SQL_TEMPLATE_FIND, sql_int(id), found, out);
}

bool template_find_token(struct cx *cx, struct db *db, struct str token, bool *found, struct template *out) {
    return find(cx, db, SQL_TEMPLATE_FIND_TOKEN, sql_text(token), found, out);
}

bool template_count(struct cx *cx, struct db *db, int64_t *greatest_id, int64_t *out) {
    struct sql_rows *rows;
    bool more = false, done = sql_open(cx, db, SQL_TEMPLATE_IDS, NULL, 0, &rows) && sql_next(cx, rows, &more);
    if (done) {
        *greatest_id = sql_get_int(rows, 0);
        *out = sql_get_int(rows, 1);
    }
    sql_close(rows);
    return done;
}

bool template_add(struct cx *cx, struct db *db, const struct template *t) {
    return SQL_RUN(cx, db, SQL_TEMPLATE_ADD, sql_int(t->id), sql_text(t->name), sql_text(lang_text(t->lang)),
                   sql_text(t->subject), sql_text(t->body), sql_int(t->offer.kind), sql_text(t->offer.text),
                   sql_day(t->offer.until), sql_text(t->token), sql_int(t->made_us), sql_int(t->gateway_id));
}

bool template_change(struct cx *cx, struct db *db, const struct template *t, bool *changed) {
    const struct sql_value args[] = {
        sql_int(t->id),          sql_int(t->version),    sql_text(t->name),      sql_text(lang_text(t->lang)),
        sql_text(t->subject),    sql_text(t->body),      sql_int(t->offer.kind), sql_text(t->offer.text),
        sql_day(t->offer.until), sql_int(t->retired_us), sql_int(t->gateway_id)};
    int64_t rows = 0;
    bool done = sql_run(cx, db, SQL_TEMPLATE_CHANGE, args, sizeof args / sizeof *args, &rows);
    *changed = rows > 0;
    return done;
}
