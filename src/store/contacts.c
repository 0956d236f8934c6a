// SPDX-License-Identifier: Apache-2.0
/* contacts -- see the header. Must not know who asks. Invariant: every call is one statement, and what a purchase belongs to is written
 * once, in the part contacts.taken.
 */
#include "store/contacts.h"

#include "store/rows.h"

static void chosen(struct sql_text *text, struct cx *cx, const struct contacts_ask *ask) {
    const struct sql_value args[] = {sql_int(ask->from.n),
                                     sql_int(ask->to.n),
                                     sql_int(ask->label[LABEL_COMPANY]),
                                     sql_int(ask->label[LABEL_REP]),
                                     sql_int(ask->label[LABEL_SEGMENT]),
                                     sql_int(ask->label[LABEL_REGION]),
                                     sql_int(ask->user_id),
                                     sql_int(ask->channel),
                                     sql_int(ask->outcome),
                                     sql_int(ask->choice[CHOICE_OCCURRENCE]),
                                     sql_int(ask->choice[CHOICE_REASON]),
                                     sql_int(ask->choice[CHOICE_OBJECTION]),
                                     sql_int(ask->reached),
                                     sql_text(db_pattern(cx, str_fold(cx->arena, ask->search))),
                                     sql_text(db_pattern(cx, str_lower(cx->arena, ask->search)))};
    sql_compose(text, PART_CONTACTS_CHOSEN, args, sizeof args / sizeof *args);
}

static void taken(struct sql_text *text, const struct contacts_ask *ask) {
    sql_compose(text, PART_CONTACTS_TAKEN, (struct sql_value[]){sql_int(ask->within_days), sql_int(ask->as_of.n)}, 2);
}

/* ---- figures ---- */

static struct contacts_sum sum_at(struct sql_rows *rows) {
    return (struct contacts_sum){.id = sql_get_int(rows, 1),
                                 .contacts = sql_get_int(rows, 2),
                                 .customers = sql_get_int(rows, 3),
                                 .reached = sql_get_int(rows, 4),
                                 .ordered = sql_get_int(rows, 5),
                                 .followed = sql_get_int(rows, 6),
                                 .purchases = sql_get_int(rows, 7),
                                 .value_cents = sql_get_int(rows, 8)};
}

static void sum_take(struct cx *cx, struct sql_rows *rows, struct contacts_sums *out) {
    enum { ALL = 0, BY, REASON };
    struct contacts_sum sum = sum_at(rows);
    switch (sql_get_int(rows, 0)) {
    case ALL:
        out->all = sum;
        break;
    case BY:
        ROWS_ADD(cx, out->by, out->bys, sum);
        break;
    case REASON:
        ROWS_ADD(cx, out->reason, out->reasons, sum);
        break;
    default:
        ROWS_ADD(cx, out->objection, out->objections, sum);
    }
}

bool contacts_sum_up(struct cx *cx, struct db *db, const struct contacts_ask *ask, enum contacts_by by,
                     struct contacts_sums *out) {
    struct sql_text text;
    struct sql_rows *rows;
    bool more = false;
    *out = (struct contacts_sums){0};
    sql_text_init(&text, cx, db);
    chosen(&text, cx, ask);
    sql_compose(&text, PART_CONTACTS_ALL, NULL, 0);
    taken(&text, ask);
    sql_compose(&text, PART_CONTACTS_FIGURES, (struct sql_value[]){sql_int(by)}, 1);
    bool done = sql_open_text(cx, db, &text, &rows);
    while (done && (done = sql_next(cx, rows, &more)) && more)
        sum_take(cx, rows, out);
    sql_close(rows);
    return done;
}

/* ---- one by one ---- */

static struct contacts_row row_at(struct sql_rows *rows) {
    return (struct contacts_row){
        .place = {.day = sql_get_int(rows, 2), .at_us = sql_get_int(rows, 1), .id = sql_get_int(rows, 0)},
        .code = sql_get_text(rows, 3),
        .name = sql_get_text(rows, 4),
        .rep = sql_get_text(rows, 5),
        .segment = sql_get_text(rows, 6),
        .region = sql_get_text(rows, 7),
        .user = sql_get_text(rows, 8),
        .person = sql_get_text(rows, 9),
        .channel = (enum contact_channel)sql_get_int(rows, 10),
        .outcome = (enum contact_outcome)sql_get_int(rows, 11),
        .occurrence = sql_get_text(rows, 12),
        .reason = sql_get_text(rows, 13),
        .objection = sql_get_text(rows, 14),
        .note = sql_get_text(rows, 15),
        .purchases = sql_get_int(rows, 16),
        .value_cents = sql_get_int(rows, 17)};
}

/* A page is cut before its purchases are looked for, unless they decide who is on it. */
static void some(struct sql_text *text, const struct contacts_ask *ask, struct contacts_place after, int64_t most) {
    if (ask->last)
        sql_compose(text, PART_CONTACTS_LAST, NULL, 0);
    else if (ask->followed)
        sql_compose(text, PART_CONTACTS_ALL, NULL, 0);
    else
        sql_compose(text, PART_CONTACTS_PAGE,
                    (struct sql_value[]){sql_int(after.day), sql_int(after.at_us), sql_int(after.id), sql_int(most)},
                    4);
}

bool contacts_each(struct cx *cx, struct db *db, const struct contacts_ask *ask, struct contacts_place after,
                   int64_t most, contacts_visit *visit, void *owner) {
    const struct sql_value args[] = {sql_int(ask->followed), sql_int(after.day), sql_int(after.at_us),
                                     sql_int(after.id), sql_int(most)};
    struct sql_text text;
    struct sql_rows *rows;
    bool more = false;
    sql_text_init(&text, cx, db);
    chosen(&text, cx, ask);
    some(&text, ask, after, most);
    taken(&text, ask);
    sql_compose(&text, PART_CONTACTS_ROWS, args, sizeof args / sizeof *args);
    bool done = sql_open_text(cx, db, &text, &rows);
    while (done && (done = sql_next(cx, rows, &more)) && more) {
        struct contacts_row row = row_at(rows);
        done = visit(cx, owner, &row);
    }
    sql_close(rows);
    return done;
}

/* ---- names ---- */

static void name_take(struct cx *cx, struct sql_rows *rows, struct contacts_names *out) {
    enum { USER = 1, LABEL };
    int64_t kind = sql_get_int(rows, 0), id = sql_get_int(rows, 1), sub = sql_get_int(rows, 2);
    struct str name = str_copy(cx->arena, sql_get_text(rows, 3));
    if (kind == USER) {
        const struct contacts_name user = {id, name, sql_get_int(rows, 6) == 1};
        ROWS_ADD(cx, out->user, out->users, user);
    } else if (kind == LABEL) {
        const struct label label = {id, (enum label_kind)sub, name};
        ROWS_ADD(cx, out->label, out->labels, label);
    } else {
        const struct choice choice = {.id = id,
                                      .kind = (enum choice_kind)sub,
                                      .name = name,
                                      .owner = str_copy(cx->arena, sql_get_text(rows, 4)),
                                      .preventable = sql_get_int(rows, 5) == 1,
                                      .retired_us = sql_get_int(rows, 6)};
        ROWS_ADD(cx, out->choice, out->choices, choice);
    }
}

bool contacts_names(struct cx *cx, struct db *db, struct contacts_names *out) {
    struct sql_rows *rows;
    bool more = false, done = sql_open(cx, db, SQL_CONTACTS_NAMES, NULL, 0, &rows);
    *out = (struct contacts_names){0};
    while (done && (done = sql_next(cx, rows, &more)) && more)
        name_take(cx, rows, out);
    sql_close(rows);
    return done;
}
