// SPDX-License-Identifier: Apache-2.0
/* message -- see the header. Invariant: of one cause, recipient, day and channel there is one row, whatever happens to it; a row whose
 * last byte may have gone out is never due again by itself.
 */
#include "store/message.h"

#include "store/rows.h"

static bool number_of(struct cx *cx, struct db *db, const struct message *m, int64_t *id) {
    const struct sql_value args[] = {sql_text(m->cause), sql_text(m->recipient), sql_int(m->day.n),
                                     sql_int(m->channel)};
    bool found;
    return sql_one_int(cx, db, SQL_MESSAGE_OF, args, 4, &found, id);
}

/* What a search looks through. */
static struct str folded(struct cx *cx, const struct message *m) {
    return str_fold(cx->arena,
                    cx_text(cx, "%.*s\n%.*s\n%.*s", STR_ARG(m->name), STR_ARG(m->address), STR_ARG(m->subject)));
}

bool message_add(struct cx *cx, struct db *db, struct message *m, const struct message_body *body, bool *again) {
    bool found;
    int64_t rows = 0;
    if (!sql_one_int(cx, db, SQL_MESSAGE_MAX, NULL, 0, &found, &m->id))
        return false;
    m->id++;
    m->version = 1;
    const struct sql_value args[] = {
        sql_int(m->id),          sql_text(m->cause),    sql_text(m->recipient),   sql_int(m->day.n),
        sql_int(m->channel),     sql_int(m->kind),      sql_int(m->state),        sql_int(m->user_id),
        sql_int(m->customer_id), sql_int(m->person_id), sql_int(m->from_user_id), sql_int(m->template_id),
        sql_int(m->gateway_id),  sql_text(m->offer),    sql_text(m->address),     sql_text(m->name),
        sql_text(m->reply_to),   sql_text(m->subject),  sql_text(folded(cx, m)),  sql_text(m->token),
        sql_text(m->header),     sql_int(m->made_us),   sql_int(m->due_us),       sql_int(m->sent_us),
        sql_text(m->why)};
    if (!sql_run(cx, db, SQL_MESSAGE_ADD, args, sizeof args / sizeof *args, &rows))
        return false;
    *again = rows == 0;
    return *again ? number_of(cx, db, m, &m->id)
                  : SQL_RUN(cx, db, SQL_MESSAGE_BODY_ADD, sql_int(m->id), sql_text(body->text), sql_text(body->html),
                            sql_blob(body->picture));
}

static struct str text_at(struct cx *cx, struct sql_rows *rows, int column) {
    return str_copy(cx->arena, sql_get_text(rows, column));
}

static struct message message_at(struct cx *cx, struct sql_rows *rows) {
    return (struct message){.id = sql_get_int(rows, 0),
                            .cause = text_at(cx, rows, 1),
                            .recipient = text_at(cx, rows, 2),
                            .day = {(int32_t)sql_get_int(rows, 3)},
                            .channel = (enum message_channel)sql_get_int(rows, 4),
                            .kind = (enum message_kind)sql_get_int(rows, 5),
                            .state = (enum message_state)sql_get_int(rows, 6),
                            .user_id = sql_get_int(rows, 7),
                            .customer_id = sql_get_int(rows, 8),
                            .person_id = sql_get_int(rows, 9),
                            .from_user_id = sql_get_int(rows, 10),
                            .template_id = sql_get_int(rows, 11),
                            .gateway_id = sql_get_int(rows, 12),
                            .offer = text_at(cx, rows, 13),
                            .address = text_at(cx, rows, 14),
                            .name = text_at(cx, rows, 15),
                            .reply_to = text_at(cx, rows, 16),
                            .subject = text_at(cx, rows, 17),
                            .token = text_at(cx, rows, 18),
                            .header = text_at(cx, rows, 19),
                            .made_us = sql_get_int(rows, 20),
                            .due_us = sql_get_int(rows, 21),
                            .lease_us = sql_get_int(rows, 22),
                            .lease_by = text_at(cx, rows, 23),
                            .began_us = sql_get_int(rows, 24),
                            .sent_us = sql_get_int(rows, 25),
                            .read_us = sql_get_int(rows, 26),
                            .tries = sql_get_int(rows, 27),
                            .code = sql_get_int(rows, 28),
                            .why = text_at(cx, rows, 29),
                            .words = text_at(cx, rows, 30),
                            .version = sql_get_int(rows, 31)};
}
enum { MESSAGE_COLUMNS = 32 };

static struct message_body body_at(struct cx *cx, struct sql_rows *rows, int at) {
    return (struct message_body){text_at(cx, rows, at), text_at(cx, rows, at + 1), text_at(cx, rows, at + 2)};
}

bool message_find(struct cx *cx, struct db *db, int64_t id, bool *found, struct message *out) {
    struct sql_rows *rows;
    *found = false;
    bool done =
        sql_open(cx, db, SQL_MESSAGE_FIND, (struct sql_value[]){sql_int(id)}, 1, &rows) && sql_next(cx, rows, found);
    if (done && *found)
        *out = message_at(cx, rows);
    sql_close(rows);
    return done;
}

bool message_body_find(struct cx *cx, struct db *db, int64_t id, bool *found, struct message_body *out) {
    struct sql_rows *rows;
    *found = false;
    bool done = sql_open(cx, db, SQL_MESSAGE_BODY_FIND, (struct sql_value[]){sql_int(id)}, 1, &rows) &&
                sql_next(cx, rows, found);
    if (done && *found)
        *out = body_at(cx, rows, 0);
    sql_close(rows);
    return done;
}

bool message_of_token(struct cx *cx, struct db *db, struct str token, bool *found, int64_t *id) {
    return sql_one_int(cx, db, SQL_MESSAGE_OF_TOKEN, (struct sql_value[]){sql_text(token)}, 1, found, id);
}

bool message_of_header(struct cx *cx, struct db *db, struct str header, bool *found, int64_t *id) {
    return sql_one_int(cx, db, SQL_MESSAGE_OF_HEADER, (struct sql_value[]){sql_text(header)}, 1, found, id);
}

/* ---- sending ---- */

bool message_lapsing(struct cx *cx, struct db *db, int64_t now_us, int64_t most_us, bool *found) {
    int64_t id;
    return sql_one_int(cx, db, SQL_MESSAGE_LAPSING, (struct sql_value[]){sql_int(now_us), sql_int(most_us)}, 2, found,
                       &id);
}

bool message_lapsed(struct cx *cx, struct db *db, int64_t now_us, int64_t most_us, struct str why) {
    return SQL_RUN(cx, db, SQL_MESSAGE_LAPSED, sql_int(now_us), sql_int(most_us), sql_text(why));
}

bool message_next_due(struct cx *cx, struct db *db, enum message_channel channel, int64_t *due_us) {
    bool found;
    if (!sql_one_int(cx, db, SQL_MESSAGE_NEXT_DUE, (struct sql_value[]){sql_int(channel)}, 1, &found, due_us))
        return false;
    if (!found)
        *due_us = INT64_MAX;
    return true;
}

bool message_under_way(struct cx *cx, struct db *db, enum message_channel channel, int64_t since_us, int64_t until_us,
                       int64_t *out) {
    const struct sql_value args[] = {sql_int(channel), sql_int(since_us), sql_int(until_us)};
    bool found;
    return sql_one_int(cx, db, SQL_MESSAGE_UNDER_WAY, args, 3, &found, out);
}

bool message_take(struct cx *cx, struct db *db, const struct message_lease *l, struct message_task **out, size_t *n) {
    const struct sql_value args[] = {sql_int(l->channel), sql_int(l->now_us), sql_int(l->until_us), sql_text(l->by),
                                     sql_int(l->most)};
    struct sql_rows *rows = NULL;
    bool more = false, done = sql_run(cx, db, SQL_MESSAGE_TAKE, args, 5, NULL) &&
                              sql_open(cx, db, SQL_MESSAGE_TAKEN, (struct sql_value[]){sql_text(l->by)}, 1, &rows);
    *out = NULL;
    *n = 0;
    while (done && (done = sql_next(cx, rows, &more)) && more) {
        const struct message_task one = {message_at(cx, rows), body_at(cx, rows, MESSAGE_COLUMNS)};
        ROWS_ADD(cx, *out, *n, one);
    }
    sql_close(rows);
    return done;
}

static bool changes(struct cx *cx, struct db *db, enum sql_id id, const struct sql_value *args, size_t n,
                    bool *changed) {
    int64_t rows = 0;
    bool done = sql_run(cx, db, id, args, n, &rows);
    *changed = rows == 1;
    return done;
}

bool message_began(struct cx *cx, struct db *db, int64_t id, struct str by, int64_t now_us, int64_t until_us,
                   bool *mine) {
    const struct sql_value args[] = {sql_int(id), sql_text(by), sql_int(now_us), sql_int(until_us)};
    return changes(cx, db, SQL_MESSAGE_BEGAN, args, 4, mine);
}

bool message_end(struct cx *cx, struct db *db, const struct message_end *e, bool *mine) {
    const struct sql_value args[] = {sql_int(e->id),     sql_text(e->by),     sql_int(e->state),
                                     sql_int(e->due_us), sql_int(e->sent_us), sql_int(e->code),
                                     sql_text(e->why),   sql_text(e->words),  sql_int(e->tried)};
    return changes(cx, db, SQL_MESSAGE_END, args, 9, mine);
}

bool message_let_go(struct cx *cx, struct db *db, struct str by) {
    return SQL_RUN(cx, db, SQL_MESSAGE_LET_GO, sql_text(by));
}

/* ---- by hand ---- */

bool message_again(struct cx *cx, struct db *db, int64_t id, int64_t version, int64_t due_us, bool *changed) {
    const struct sql_value args[] = {sql_int(id), sql_int(version), sql_int(due_us)};
    return changes(cx, db, SQL_MESSAGE_AGAIN, args, 3, changed);
}

bool message_readdress(struct cx *cx, struct db *db, int64_t id, struct str address) {
    return SQL_RUN(cx, db, SQL_MESSAGE_READDRESS, sql_int(id), sql_text(address));
}

bool message_state_put(struct cx *cx, struct db *db, int64_t id, int64_t version, enum message_state state,
                       struct str why, bool *changed) {
    const struct sql_value args[] = {sql_int(id), sql_int(version), sql_int(state), sql_text(why)};
    return changes(cx, db, SQL_MESSAGE_STATE_PUT, args, 4, changed);
}

bool message_restored(struct cx *cx, struct db *db) {
    return SQL_RUN(cx, db, SQL_MESSAGE_RESTORED, sql_text(S("message.why_restored")));
}

bool message_sweep(struct cx *cx, struct db *db, int64_t before_us) {
    return SQL_RUN(cx, db, SQL_MESSAGE_SWEEP, sql_int(before_us));
}

/* ---- looking ---- */

static void compose(struct sql_text *text, struct cx *cx, enum sql_part head, const struct message_filter *f) {
    const struct {
        enum sql_part part;
        int64_t number;
    } by[] = {{PART_MESSAGE_STATE, f->state},
              {PART_MESSAGE_KIND, f->kind},
              {PART_MESSAGE_CHANNEL, f->channel},
              {PART_MESSAGE_USER, f->user_id},
              {PART_MESSAGE_CUSTOMER, f->customer_id},
              {PART_MESSAGE_ONLY, f->id},
              {PART_MESSAGE_UPTO, f->upto},
              {f->oldest ? PART_MESSAGE_NEWER : PART_MESSAGE_OLDER, f->after}};
    sql_compose(text, head, NULL, 0);
    for (size_t i = 0; i < sizeof by / sizeof *by; i++)
        if (by[i].number > 0)
            sql_compose(text, by[i].part, (struct sql_value[]){sql_int(by[i].number)}, 1);
    if (f->holds.n > 0)
        sql_compose(text, PART_MESSAGE_HOLDS, (struct sql_value[]){sql_text(db_pattern(cx, f->holds))}, 1);
}

bool message_each(struct cx *cx, struct db *db, const struct message_filter *filter, message_each_take *take,
                  void *owner) {
    struct sql_text text;
    struct sql_rows *rows;
    bool more = false;
    sql_text_init(&text, cx, db);
    compose(&text, cx, PART_MESSAGE_LINES, filter);
    sql_compose(&text, filter->oldest ? PART_MESSAGE_OLDEST : PART_MESSAGE_NEWEST,
                (struct sql_value[]){sql_int(filter->most)}, 1);
    bool done = sql_open_text(cx, db, &text, &rows);
    while (done && (done = sql_next(cx, rows, &more)) && more) {
        const struct message_line line = {.message = message_at(cx, rows),
                                          .customer = text_at(cx, rows, MESSAGE_COLUMNS),
                                          .from = text_at(cx, rows, MESSAGE_COLUMNS + 1)};
        done = take(cx, owner, &line);
    }
    sql_close(rows);
    return done;
}

bool message_count(struct cx *cx, struct db *db, const struct message_filter *filter, int64_t *n, int64_t *newest) {
    struct sql_text text;
    struct sql_rows *rows;
    bool more = false;
    sql_text_init(&text, cx, db);
    compose(&text, cx, PART_MESSAGE_COUNT, filter);
    bool done = sql_open_text(cx, db, &text, &rows) && sql_next(cx, rows, &more);
    *n = done && more ? sql_get_int(rows, 0) : 0;
    *newest = done && more ? sql_get_int(rows, 1) : 0;
    sql_close(rows);
    return done;
}

bool message_counts(struct cx *cx, struct db *db, int64_t most, struct message_counts *out) {
    struct sql_rows *rows;
    bool more = false, done = sql_open(cx, db, SQL_MESSAGE_COUNTS, (struct sql_value[]){sql_int(most)}, 1, &rows) &&
                              sql_next(cx, rows, &more);
    *out = (struct message_counts){0};
    if (done && more)
        *out = (struct message_counts){sql_get_int(rows, 0), sql_get_int(rows, 1), sql_get_int(rows, 2),
                                       sql_get_int(rows, 3), sql_get_int(rows, 4)};
    sql_close(rows);
    return done;
}

bool message_trouble(struct cx *cx, struct db *db, enum message_channel channel, struct str *words) {
    struct sql_rows *rows;
    bool more = false, done = sql_open(cx, db, SQL_MESSAGE_TROUBLE, (struct sql_value[]){sql_int(channel)}, 1, &rows) &&
                              sql_next(cx, rows, &more);
    *words = done && more ? text_at(cx, rows, 0) : (struct str){0};
    sql_close(rows);
    return done;
}

/* ---- one's own ---- */

bool message_read_put(struct cx *cx, struct db *db, int64_t id, int64_t user_id, int64_t now_us) {
    return SQL_RUN(cx, db, SQL_MESSAGE_READ_PUT, sql_int(id), sql_int(user_id), sql_int(now_us));
}

bool message_unread(struct cx *cx, struct db *db, int64_t user_id, int64_t *out) {
    bool found;
    return sql_one_int(cx, db, SQL_MESSAGE_UNREAD, (struct sql_value[]){sql_int(user_id)}, 1, &found, out);
}
