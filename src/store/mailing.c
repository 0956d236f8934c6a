// SPDX-License-Identifier: Apache-2.0
/* mailing -- see the header. Must not judge who may be written to. */
#include "store/mailing.h"

#include "base/decimal.h"
#include "base/secret.h"
#include "store/driver.h"
#include "store/rows.h"

static const struct str cause_prefix = {"letter:", 7};

struct str mailing_cause(struct cx *cx, int64_t id) {
    return cx_text(cx, "letter:%lld", (long long)id);
}

int64_t mailing_of_cause(struct str cause) {
    int64_t id;
    if (!str_starts(cause, cause_prefix))
        return 0;
    struct str number = {cause.p + cause_prefix.n, cause.n - cause_prefix.n};
    return decimal_read(number, DECIMAL_POINT, 0, &id, NULL) == DECIMAL_OK && id > 0 ? id : 0;
}

bool mailing_add(struct cx *cx, struct db *db, struct mailing *m) {
    bool found;
    if (!sql_one_int(cx, db, SQL_MAILING_MAX, NULL, 0, &found, &m->id))
        return false;
    m->id++;
    return SQL_RUN(cx, db, SQL_MAILING_ADD, sql_int(m->id), sql_int(m->template_id), sql_text(m->name),
                   sql_text(m->subject), sql_text(m->body), sql_int(m->offer.kind), sql_text(m->offer.text),
                   sql_day(m->offer.until), sql_int(m->user_id), sql_int(m->one), sql_int(m->asked),
                   sql_int(m->customers), sql_int(m->left_out), sql_day(m->day), sql_text(m->token),
                   sql_int(m->made_us), sql_int(m->gateway_id));
}

bool mailing_find_token(struct cx *cx, struct db *db, struct str token, bool *found, int64_t *id) {
    return sql_one_int(cx, db, SQL_MAILING_FIND_TOKEN, (struct sql_value[]){sql_text(token)}, 1, found, id);
}

bool mailing_asked(struct cx *cx, struct db *db, int64_t id, bool *asked) {
    int64_t value = 0;
    bool found, done = sql_one_int(cx, db, SQL_MAILING_ASKED, (struct sql_value[]){sql_int(id)}, 1, &found, &value);
    *asked = done && found && value != 0;
    return done;
}

bool mailing_off(struct cx *cx, struct db *db, int64_t id, int64_t now_us, struct str who) {
    return SQL_RUN(cx, db, SQL_MAILING_OFF, sql_int(id), sql_int(now_us), sql_text(who));
}

static struct str text_at(struct cx *cx, struct sql_rows *rows, int column) {
    return str_copy(cx->arena, sql_get_text(rows, column));
}

static int64_t moment_at(struct sql_rows *rows, int column) {
    return sql_is_null(rows, column) ? 0 : sql_get_int(rows, column);
}

static struct mailing_row row_at(struct cx *cx, struct sql_rows *rows) {
    return (struct mailing_row){.mailing = {.id = sql_get_int(rows, 0),
                                            .template_id = sql_get_int(rows, 1),
                                            .name = text_at(cx, rows, 2),
                                            .subject = text_at(cx, rows, 3),
                                            .body = text_at(cx, rows, 4),
                                            .offer = {.kind = (enum offer_kind)sql_get_int(rows, 5),
                                                      .text = text_at(cx, rows, 6),
                                                      .until = sql_get_day(rows, 7)},
                                            .user_id = sql_get_int(rows, 8),
                                            .one = sql_get_int(rows, 10) != 0,
                                            .asked = sql_get_int(rows, 11) != 0,
                                            .customers = sql_get_int(rows, 12),
                                            .left_out = sql_get_int(rows, 13),
                                            .day = sql_get_day(rows, 14),
                                            .made_us = sql_get_int(rows, 15),
                                            .off_us = sql_get_int(rows, 16),
                                            .off_by = text_at(cx, rows, 17),
                                            .gateway_id = sql_get_int(rows, 26)},
                                .user = text_at(cx, rows, 9),
                                .due = sql_get_int(rows, 18),
                                .sent = sql_get_int(rows, 19),
                                .failed = sql_get_int(rows, 20),
                                .off = sql_get_int(rows, 21),
                                .held = sql_get_int(rows, 22),
                                .opened = sql_get_int(rows, 23),
                                .clicked = sql_get_int(rows, 24),
                                .customer = text_at(cx, rows, 25),
                                .gateway = text_at(cx, rows, 27)};
}

bool mailing_list(struct cx *cx, struct db *db, const struct mailing_ask *ask, struct mailing_row **out, size_t *n) {
    const struct sql_value args[] = {sql_int(ask->user_id), sql_int(ask->id), sql_int(ask->before), sql_int(ask->most)};
    struct sql_rows *rows;
    bool more = false, done = sql_open(cx, db, SQL_MAILING_LIST, args, 4, &rows);
    *out = NULL;
    *n = 0;
    while (done && (done = sql_next(cx, rows, &more)) && more)
        ROWS_ADD(cx, *out, *n, row_at(cx, rows));
    sql_close(rows);
    return done;
}

bool mailing_message_list(struct cx *cx, struct db *db, int64_t id, struct str rep, int64_t after, int64_t most,
                          struct mailing_message **out, size_t *n) {
    const struct sql_value args[] = {sql_text(mailing_cause(cx, id)), sql_text(rep), sql_int(after), sql_int(most)};
    struct sql_rows *rows;
    bool more = false, done = sql_open(cx, db, SQL_MAILING_MESSAGE, args, 4, &rows);
    *out = NULL;
    *n = 0;
    while (done && (done = sql_next(cx, rows, &more)) && more) {
        const struct mailing_message one = {.id = sql_get_int(rows, 0),
                                            .code = text_at(cx, rows, 1),
                                            .customer = text_at(cx, rows, 2),
                                            .person = text_at(cx, rows, 3),
                                            .address = text_at(cx, rows, 4),
                                            .state = (enum message_state)sql_get_int(rows, 5),
                                            .why = text_at(cx, rows, 6),
                                            .words = text_at(cx, rows, 7),
                                            .due_us = sql_get_int(rows, 8),
                                            .sent_us = sql_get_int(rows, 9),
                                            .opened_us = moment_at(rows, 10),
                                            .clicked_us = moment_at(rows, 11)};
        ROWS_ADD(cx, *out, *n, one);
    }
    sql_close(rows);
    return done;
}

bool mailing_waiting(struct cx *cx, struct db *db, int64_t id, struct mailing_wait **out, size_t *n) {
    struct sql_rows *rows;
    bool more = false,
         done = sql_open(cx, db, SQL_MAILING_WAITING, (struct sql_value[]){sql_text(mailing_cause(cx, id))}, 1, &rows);
    *out = NULL;
    *n = 0;
    while (done && (done = sql_next(cx, rows, &more)) && more) {
        const struct mailing_wait one = {sql_get_int(rows, 0), sql_get_int(rows, 1)};
        ROWS_ADD(cx, *out, *n, one);
    }
    sql_close(rows);
    return done;
}

bool mailing_mark_put(struct cx *cx, struct db *db, int64_t message_id, enum mailing_mark kind, struct str url,
                      int64_t now_us) {
    return SQL_RUN(cx, db, SQL_MAILING_MARK_PUT, sql_int(message_id), sql_int(kind), sql_text(url), sql_int(now_us));
}

struct str mailing_sign(struct arena *arena, const struct db *db, struct str token, struct str url) {
    struct buf text;
    buf_init(&text, arena, 0);
    buf_put(&text, S("click\n"));
    buf_put(&text, token);
    buf_char(&text, '\n');
    buf_put(&text, url);
    int64_t sign = secret_keyed(db->address_key, buf_str(&text));
    return secret_hex(arena, (const unsigned char *)&sign, sizeof sign);
}

/* ---- to whom ---- */

static struct mailing_party party_at(struct cx *cx, struct sql_rows *rows) {
    return (struct mailing_party){.customer_id = sql_get_int(rows, 0),
                                  .code = text_at(cx, rows, 1),
                                  .name = text_at(cx, rows, 2),
                                  .rep = text_at(cx, rows, 3),
                                  .city = text_at(cx, rows, 4),
                                  .email = text_at(cx, rows, 5),
                                  .phone = text_at(cx, rows, 6),
                                  .closed_on = sql_get_day(rows, 7),
                                  .last_on = sql_get_day(rows, 8)};
}

static struct mailing_person person_row_at(struct cx *cx, struct sql_rows *rows) {
    return (struct mailing_person){.customer_id = sql_get_int(rows, 0),
                                   .id = sql_get_int(rows, 1),
                                   .name = text_at(cx, rows, 2),
                                   .email = text_at(cx, rows, 3),
                                   .phone = text_at(cx, rows, 4),
                                   .by_email = (enum consent)sql_get_int(rows, 5),
                                   .by_phone = (enum consent)sql_get_int(rows, 6)};
}

bool mailing_way_list(struct cx *cx, struct db *db, const int64_t *customer, size_t n, struct mailing_ways *out) {
    const struct sql_value ids = sql_text(rows_numbers(cx, customer, n));
    struct sql_rows *rows;
    bool more = false, done = sql_open(cx, db, SQL_MAILING_WAY, &ids, 1, &rows);
    *out = (struct mailing_ways){0};
    while (done && (done = sql_next(cx, rows, &more)) && more)
        if (sql_arm(rows) == SQL_MAILING_PARTY)
            ROWS_ADD(cx, out->party, out->parties, party_at(cx, rows));
        else
            ROWS_ADD(cx, out->person, out->persons, person_row_at(cx, rows));
    sql_close(rows);
    return done;
}

bool mailing_products(struct cx *cx, struct db *db, int64_t customer_id, struct day since,
                      struct str out[MAILING_PRODUCTS], size_t *n) {
    const struct sql_value args[] = {sql_int(customer_id), sql_day(since), sql_int(MAILING_PRODUCTS)};
    struct sql_rows *rows;
    bool more = false, done = sql_open(cx, db, SQL_MAILING_PRODUCT, args, 3, &rows);
    *n = 0;
    while (done && (done = sql_next(cx, rows, &more)) && more && *n < MAILING_PRODUCTS)
        out[(*n)++] = text_at(cx, rows, 0);
    sql_close(rows);
    return done;
}
