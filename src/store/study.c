// SPDX-License-Identifier: Apache-2.0
/* study -- see the header. Must not know what is asked. Invariant: state goes asked, running, then done or failed; each step is one
 * statement that finds only the state before it.
 */
#include "store/study.h"

#include "store/setting.h"
#include "store/sql.h"

bool study_add(struct cx *cx, struct db *db, const struct study *study, struct str mark, int64_t *id, bool *again) {
    const struct sql_value by = sql_text(mark);
    if (!sql_one_int(cx, db, SQL_STUDY_MARKED, &by, 1, again, id))
        return false;
    if (*again)
        return SQL_RUN(cx, db, SQL_STUDY_ASK_AGAIN, sql_int(*id));
    return counter_next(cx, db, S("study"), id) &&
           SQL_RUN(cx, db, SQL_STUDY_ADD, sql_int(*id), sql_int((int64_t)study->kind), sql_text(study->who),
                   sql_int(study->asked_us), sql_int(study->as_of.n), sql_int(study->facts), by,
                   sql_text(study->about));
}

static struct study study_at(struct cx *cx, struct sql_rows *rows) {
    return (struct study){.id = sql_get_int(rows, 0),
                          .kind = (enum study_kind)sql_get_int(rows, 1),
                          .state = (enum study_state)sql_get_int(rows, 2),
                          .who = str_copy(cx->arena, sql_get_text(rows, 3)),
                          .asked_us = sql_get_int(rows, 4),
                          .started_us = sql_get_int(rows, 5),
                          .ended_us = sql_get_int(rows, 6),
                          .as_of = sql_get_day(rows, 7),
                          .facts = sql_get_int(rows, 8),
                          .about = str_copy(cx->arena, sql_get_text(rows, 9)),
                          .result = str_copy(cx->arena, sql_get_text(rows, 10)),
                          .told = str_copy(cx->arena, sql_get_text(rows, 11))};
}

static bool one_find(struct cx *cx, struct db *db, enum sql_id statement, int64_t by, bool *found, struct study *out) {
    const struct sql_value arg = sql_int(by);
    struct sql_rows *rows;
    bool good;
    if (!sql_open(cx, db, statement, &arg, 1, &rows))
        return false;
    good = sql_next(cx, rows, found);
    *out = good && *found ? study_at(cx, rows) : (struct study){.as_of = DAY_NONE};
    sql_close(rows);
    return good;
}

bool study_find(struct cx *cx, struct db *db, int64_t id, bool *found, struct study *out) {
    return one_find(cx, db, SQL_STUDY_FIND, id, found, out);
}

bool study_first(struct cx *cx, struct db *db, enum study_state state, bool *found, struct study *out) {
    return one_find(cx, db, SQL_STUDY_FIRST, (int64_t)state, found, out);
}

bool study_newest(struct cx *cx, struct db *db, struct study_pair *cycle, struct study_pair *backtest, int64_t *facts) {
    struct sql_rows *rows;
    bool more, good;
    *facts = 0;
    *cycle = *backtest = (struct study_pair){{.as_of = DAY_NONE}, {.as_of = DAY_NONE}};
    if (!sql_open(cx, db, SQL_STUDY_NEWEST, NULL, 0, &rows))
        return false;
    while ((good = sql_next(cx, rows, &more)) && more) {
        struct study one = study_at(cx, rows);
        *facts = sql_get_int(rows, 12);
        struct study_pair *pair = one.kind == STUDY_CYCLE ? cycle : backtest;
        if (one.state == STUDY_DONE)
            pair->done = one;
        else
            pair->next = one;
    }
    sql_close(rows);
    /* What failed or was asked before the newest answer is past. */
    for (int i = 0; i < 2; i++) {
        struct study_pair *pair = i == 0 ? cycle : backtest;
        if (pair->next.id < pair->done.id)
            pair->next = (struct study){.as_of = DAY_NONE};
    }
    return good;
}

static bool step(struct cx *cx, struct db *db, enum sql_id id, const struct sql_value *args, size_t n, bool *mine) {
    int64_t rows = 0;
    bool done = sql_run(cx, db, id, args, n, &rows);
    *mine = rows > 0;
    return done;
}

bool study_claim(struct cx *cx, struct db *db, int64_t id, int64_t now_us, bool *mine) {
    const struct sql_value args[] = {sql_int(id), sql_int(now_us)};
    return step(cx, db, SQL_STUDY_CLAIM, args, 2, mine);
}

bool study_end(struct cx *cx, struct db *db, const struct study *ended, bool *mine) {
    const struct sql_value args[] = {sql_int(ended->id),    sql_int((int64_t)ended->state), sql_int(ended->ended_us),
                                     sql_int(ended->facts), sql_text(ended->result),        sql_text(ended->told)};
    return step(cx, db, SQL_STUDY_END, args, 6, mine);
}

bool study_left(struct cx *cx, struct db *db) {
    return sql_run(cx, db, SQL_STUDY_LEFT, NULL, 0, NULL);
}

bool study_drop(struct cx *cx, struct db *db, enum study_kind kind, int64_t kept) {
    return SQL_RUN(cx, db, SQL_STUDY_DROP, sql_int((int64_t)kind), sql_int(kept)) &&
           sql_run(cx, db, SQL_STUDY_CUSTOMER_DROP, NULL, 0, NULL);
}

bool study_changes_put(struct cx *cx, struct db *db, int64_t study_id, const struct study_change *change, size_t n) {
    struct sql_bulk *bulk = NULL;
    bool done = SQL_RUN(cx, db, SQL_STUDY_CUSTOMER_CLEAR, sql_int(study_id)) &&
                sql_bulk_open(cx, db, SQL_STUDY_CUSTOMER_ADD, &bulk);
    for (size_t i = 0; done && i < n; i++) {
        const struct sql_value args[] = {sql_int(study_id),
                                         sql_int((int64_t)i + 1),
                                         sql_int(change[i].customer_id),
                                         sql_int((int64_t)change[i].before),
                                         sql_int((int64_t)change[i].after),
                                         sql_int(change[i].value_cents)};
        done = sql_bulk_add(cx, bulk, args, 6);
    }
    done = done && sql_bulk_flush(cx, bulk);
    sql_bulk_close(bulk);
    return done;
}

bool study_customer_each(struct cx *cx, struct db *db, const struct study_ask *ask, study_customer_visit *visit,
                         void *owner) {
    const struct sql_value args[] = {sql_int(ask->study_id), sql_int(ask->behind), sql_int(ask->before),
                                     sql_int(ask->after), sql_int(ask->most)};
    struct sql_rows *rows;
    bool more, good;
    if (!sql_open(cx, db, SQL_STUDY_CUSTOMER_LIST, args, 5, &rows))
        return false;
    while ((good = sql_next(cx, rows, &more)) && more) {
        const struct study_customer row = {.place = sql_get_int(rows, 0),
                                           .code = sql_get_text(rows, 1),
                                           .name = sql_get_text(rows, 2),
                                           .rep = sql_get_text(rows, 3),
                                           .segment = sql_get_text(rows, 4),
                                           .before = (enum status)sql_get_int(rows, 5),
                                           .after = (enum status)sql_get_int(rows, 6),
                                           .value_cents = sql_get_int(rows, 7)};
        good = visit(cx, owner, &row);
        if (!good)
            break;
    }
    sql_close(rows);
    return good;
}
